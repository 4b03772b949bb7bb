// Tables of models where the cases cannot say it: every provider's word, order among names, draws, and neighbours of a broken model.
#include "route/model_table.h"

#include "config/agentgateway_model.h"
#include "config/workspace.h"
#include "route/explain.h"
#include "route/translate.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

namespace gatehouse::route {
namespace {

constexpr char kGateway[] = R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: default}
spec:
  gatewayClassName: any
  listeners:
    - {name: http, protocol: HTTP, port: 80, allowedRoutes: {kinds: [{group: agentgateway.dev, kind: AgentgatewayModel}]}}
)";

std::string model(const std::string& name, const std::string& spec) {
    return fmt::format("---\napiVersion: agentgateway.dev/v1alpha1\nkind: AgentgatewayModel\nmetadata: {{name: {}, namespace: default}}\nspec:\n  parentRefs: [{{name: gw}}]\n{}", name, spec);
}

struct World {
    explicit World(const std::string& yaml) : objects(config::readObjects({{"w.yaml", yaml}})), translation(translate(*objects, runtime, 1)) {}
    const ModelTable* table() const { return translation.snapshot->ports.at(0).listeners.at(0).models.get(); }
    Explanation ask(const std::string& name) const {
        ExplainRequest request;
        request.method = "POST";
        request.url = "http://h/v1/chat/completions";
        request.body = fmt::format(R"({{"model":"{}","messages":[{{"role":"user","content":"hi"}}]}})", name);
        return *explain(*translation.snapshot, request);
    }
    bool has(const char* code) const {
        for (const auto& finding : translation.diagnostics)
            if (finding.code == code) return true;
        return false;
    }
    Runtime runtime;
    std::shared_ptr<const config::ObjectSet> objects;
    Translation translation;
};

class Nothing final : public text::cel::Activation {
  public:
    Result<std::optional<text::cel::Value>> find(std::string_view) const override { return std::optional<text::cel::Value>(); }
};

TEST(ModelTable, EveryProvidersWordIsServed) {
    const auto& words = config::agentgateway::modelProviders();
    EXPECT_EQ(words.size(), 20U);
    for (const auto& word : words) {
        std::string spec = fmt::format("  provider: {}\n", word);
        if (word == "Ollama") spec += "  baseURL: http://ollama.test:11434/v1\n";
        if (word == "Azure") spec += "  azure: {resourceName: r, resourceType: OpenAI}\n";
        if (word == "VertexAI") spec += "  vertexai: {projectId: p}\n  policies: {auth: {key: k}}\n";
        if (word == "Bedrock") spec += "  bedrock: {region: eu-west-1}\n  policies: {auth: {key: k}}\n";
        if (word == "Custom") spec += "  baseURL: http://own.test:8000/v1\n  custom: {formats: [{type: Completions}]}\n";
        const World world(kGateway + model("m", spec));
        ASSERT_NE(world.table(), nullptr) << word;
        const auto got = world.ask("m");
        EXPECT_EQ(got.status, 0) << word << ": " << got.answer;
        EXPECT_FALSE(got.forwardedHost.empty()) << word;
    }
}

TEST(ModelTable, NamesGoBeforePatternsAndLongPatternsBeforeShort) {
    const World world(kGateway + model("any", "  match: {model: \"*\"}\n  provider: OpenAI\n") + model("family", "  match: {model: gpt-*}\n  provider: OpenAI\n") +
                      model("latest", "  match: {model: \"*-latest\"}\n  provider: OpenAI\n") + model("gpt-4-latest", "  provider: OpenAI\n"));
    EXPECT_EQ(world.ask("gpt-4-latest").rule, "model gpt-4-latest");
    EXPECT_EQ(world.ask("gpt-5-latest").rule, "model *-latest");
    EXPECT_EQ(world.ask("gpt-5").rule, "model gpt-*");
    EXPECT_EQ(world.ask("claude").rule, "model *");
}

TEST(ModelTable, DrawsFallByWeight) {
    const World world(kGateway + model("a", "  provider: OpenAI\n") + model("b", "  provider: OpenAI\n") + model("c", "  provider: OpenAI\n") +
                      model("v", "  virtualModel: {weighted: {targets: [{modelRef: {name: a}, weight: 1}, {modelRef: {name: b}, weight: 2}, {modelRef: {name: c}, weight: 1}]}}\n"));
    const Nothing names;
    std::map<std::string, int> counts;
    for (int i = 0; i < 400; ++i) ++counts[world.table()->choose("v", names, (i + 0.5) / 400.0).asked];
    EXPECT_EQ(counts, (std::map<std::string, int>{{"a", 100}, {"b", 200}, {"c", 100}}));
    EXPECT_EQ(world.table()->choose("v", names, 0.0).asked, "a");
    EXPECT_EQ(world.table()->choose("v", names, 1.0).asked, "c");
}

TEST(ModelTable, ABrokenModelLeavesItsNeighboursAlone) {
    const World world(kGateway + model("good", "  provider: OpenAI\n") + model("bad", "  provider: OpenAI\n  policies: {transformations: [{field: x, expression: \"1 +\"}]}\n") +
                      model("lost", "  virtualModel: {weighted: {targets: [{modelRef: {name: nobody}}]}}\n") +
                      model("elsewhere", "  virtualModel: {weighted: {targets: [{modelRef: {name: apart}}]}}\n") +
                      "---\napiVersion: agentgateway.dev/v1alpha1\nkind: AgentgatewayModel\nmetadata: {name: apart, namespace: default}\nspec:\n  parentRefs: [{name: gw, sectionName: none}]\n  provider: OpenAI\n");
    EXPECT_EQ(world.ask("good").status, 0);
    EXPECT_EQ(world.ask("bad").status, 500);
    EXPECT_EQ(world.ask("lost").status, 500);
    EXPECT_EQ(world.ask("elsewhere").status, 500);
    EXPECT_TRUE(world.has("GH2210"));
    EXPECT_TRUE(world.has("GH3109"));
    EXPECT_TRUE(world.has("GH4321"));
}

TEST(ModelTable, ARuleOfAModelIsKnownOnce) {
    const World world(kGateway + model("a", "  provider: OpenAI\n") + model("a-2", "  match: {model: a}\n  provider: Groq\n"));
    EXPECT_TRUE(world.has("GH4321")) << "two models of one name";
    EXPECT_EQ(world.ask("a").route, "AgentgatewayModel default/a");
    std::vector<std::string> ids;
    for (const auto& rule : world.translation.snapshot->rules) ids.push_back(rule->id);
    EXPECT_EQ(ids, (std::vector<std::string>{"AgentgatewayModel/default/a@default/gw/http", "AgentgatewayModel/default/a-2@default/gw/http"}));
}

}  // namespace
}  // namespace gatehouse::route
