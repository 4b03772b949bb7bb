// Models by their name through the data plane: what reaches the provider, what the client and the record are told. The configuration
// is YAML, so that translation is part of it.
#include "config/workspace.h"
#include "core/gateway/provider_fixture.h"
#include "route/translate.h"

#include <nlohmann/json.hpp>

namespace gatehouse::test {
namespace {

using Json = nlohmann::json;

const std::string kGptStream = "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-x\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hel\"},\"finish_reason\":null}]}\n\n"
                               "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-x\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"},\"finish_reason\":\"stop\"}]}\n\n"
                               "data: [DONE]\n\n";

class Models : public DataPlaneTest {
  protected:
    static std::string gateway() {
        return "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw}\nspec:\n  gatewayClassName: agentgateway\n  listeners:\n"
               "    - name: http\n      protocol: HTTP\n      port: 80\n      allowedRoutes: {kinds: [{group: agentgateway.dev, kind: AgentgatewayModel}]}\n";
    }
    static std::string model(const std::string& name, const std::string& spec) {
        return "---\napiVersion: agentgateway.dev/v1alpha1\nkind: AgentgatewayModel\nmetadata: {name: " + name + "}\nspec:\n  parentRefs: [{name: gw}]\n" + spec;
    }
    static std::string served(const std::string& name, std::uint16_t port, const std::string& more = {}) {
        return model(name, "  provider: OpenAI\n  baseURL: http://127.0.0.1:" + std::to_string(port) + "/v1\n" + more);
    }
    void serveYaml(const std::string& yaml) {
        objects_ = config::readObjects({{"w.yaml", yaml}});
        auto translation = route::translate(*objects_, runtime_, 1);
        for (const auto& finding : translation.diagnostics)
            EXPECT_NE(finding.severity, config::Severity::Error) << finding.code << " " << finding.message;
        start({});
        if (HasFatalFailure()) return;
        plane->swap(translation.snapshot);
    }
    static std::string stepsOf(const telemetry::RequestRecord& record) {
        std::string out;
        for (const auto& step : record.steps) out += step.stage + " | " + step.subject + " | " + step.detail + "\n";
        return out;
    }
    route::Runtime runtime_;
    std::shared_ptr<const config::ObjectSet> objects_;
};

TEST_F(Models, AModelIsServedByItsName) {
    Recorder gpt([](const Message&) { return jsonAnswer(kGptAnswer); });
    serveYaml(gateway() + served("gpt-4", gpt.port(), "  policies: {auth: {key: sk-own}}\n"));
    const auto answer = post("/v1/chat/completions", R"({"model":"gpt-4","messages":[{"role":"user","content":"hi"}]})", "Authorization: Bearer client\r\n");
    ASSERT_EQ(answer.status(), 200) << answer.body;
    ASSERT_EQ(gpt.seen().size(), 1U);
    EXPECT_TRUE(gpt.seen()[0].head.starts_with("POST /v1/chat/completions ")) << gpt.seen()[0].head;
    EXPECT_EQ(gpt.seen()[0].field("authorization"), "Bearer sk-own");
    EXPECT_EQ(gpt.seen()[0].body, R"({"model":"gpt-4","messages":[{"role":"user","content":"hi"}]})") << "nothing is to be changed";
    const auto seen = record();
    EXPECT_EQ(seen.route, "AgentgatewayModel default/gpt-4");
    EXPECT_EQ(seen.model, "gpt-4");
}

TEST_F(Models, UnknownAndInternalModelsAreNotFoundInTheClientsDialect) {
    Recorder gpt([](const Message&) { return jsonAnswer(kGptAnswer); });
    serveYaml(gateway() + served("hidden", gpt.port(), "  visibility: Internal\n"));
    for (const auto* name : {"nobody", "hidden"}) {
        const auto body = std::string(R"({"model":")") + name + R"(","max_tokens":9,"messages":[{"role":"user","content":"hi"}]})";
        const auto openai = post("/v1/chat/completions", body);
        EXPECT_EQ(openai.status(), 404);
        EXPECT_EQ(Json::parse(openai.body)["error"]["code"], "model_not_found") << openai.body;
        const auto anthropic = post("/v1/messages", body);
        EXPECT_EQ(anthropic.status(), 404);
        EXPECT_EQ(Json::parse(anthropic.body)["error"]["type"], "not_found_error") << anthropic.body;
        const auto gemini = post(std::string("/v1beta/models/") + name + ":generateContent", R"({"contents":[]})");
        EXPECT_EQ(gemini.status(), 404);
        EXPECT_EQ(Json::parse(gemini.body)["error"]["status"], "NOT_FOUND") << gemini.body;
    }
    EXPECT_TRUE(gpt.seen().empty());
    EXPECT_EQ(post("/v1/chat/completions", "{\"messages\":[]}").status(), 400);
    EXPECT_EQ(post("/v1/chat/completions", "{\"model\":").status(), 400);
    EXPECT_EQ(post("/other", "{}").status(), 404);
}

TEST_F(Models, ListsHoldWhatClientsMayName) {
    Recorder gpt([](const Message&) { return jsonAnswer(kGptAnswer); });
    serveYaml(gateway() + served("gpt-4", gpt.port()) + served("hidden", gpt.port(), "  visibility: Internal\n") +
              served("family", gpt.port(), "  match: {model: openai/*}\n") +
              model("balanced", "  virtualModel: {weighted: {targets: [{modelRef: {name: hidden}}]}}\n"));
    const auto list = Json::parse(get("/v1/models").body);
    std::vector<std::string> ids;
    for (const auto& entry : list["data"]) ids.push_back(entry["id"]);
    EXPECT_EQ(ids, (std::vector<std::string>{"balanced", "gpt-4", "openai/*"}));
    EXPECT_EQ(Json::parse(get("/v1/models", "anthropic-version: 2023-06-01\r\n").body)["data"].size(), 3U);
    EXPECT_EQ(Json::parse(get("/v1/models/gpt-4").body)["id"], "gpt-4");
    EXPECT_EQ(Json::parse(get("/v1/models/openai/gpt-9").body)["id"], "openai/gpt-9");
    EXPECT_EQ(get("/v1/models/hidden").status(), 404);
    EXPECT_TRUE(gpt.seen().empty());
}

TEST_F(Models, AWeightedModelDrawsBothAndTellsWhich) {
    Recorder gpt([](const Message&) { return jsonAnswer(kGptAnswer); });
    serveYaml(gateway() + served("one", gpt.port(), "  visibility: Internal\n") + served("two", gpt.port(), "  visibility: Internal\n") +
              model("both", "  virtualModel: {weighted: {targets: [{modelRef: {name: one}, weight: 3}, {modelRef: {name: two}, weight: 1}]}}\n"));
    for (int i = 0; i < 80; ++i) ASSERT_EQ(post("/v1/chat/completions", R"({"model":"both","messages":[{"role":"user","content":"hi"}]})").status(), 200);
    int ones = 0;
    for (const auto& message : gpt.seen()) ones += Json::parse(message.body)["model"] == "one" ? 1 : 0;
    EXPECT_GT(ones, 40);
    EXPECT_LT(ones, 76);
    EXPECT_NE(stepsOf(record()).find("drawn by"), std::string::npos);
}

TEST_F(Models, AConditionReadsHeaderAndBodyAndStreamsGoThrough) {
    Recorder gpt([](const Message&) { return ok(kGptStream, "Content-Type: text/event-stream\r\n"); });
    serveYaml(gateway() + served("slow", gpt.port(), "  visibility: Internal\n") + served("fast", gpt.port(), "  visibility: Internal\n") +
              model("smart", "  virtualModel: {conditional: {targets: [{modelRef: {name: slow}, when: 'request.headers[\"x-tier\"] == \"gold\" || size(llmRequest.messages) > 1'}, "
                             "{modelRef: {name: fast}}]}}\n"));
    const auto ask = [&](const char* messages, const char* extra) {
        const auto answer = post("/v1/chat/completions", std::string(R"({"model":"smart","stream":true,"messages":[)") + messages + "]}", extra);
        EXPECT_TRUE(answer.body.ends_with("data: [DONE]\n\n")) << answer.body;
        return Json::parse(gpt.seen().back().body)["model"].get<std::string>();
    };
    EXPECT_EQ(ask(R"({"role":"user","content":"a"})", ""), "fast");
    EXPECT_EQ(ask(R"({"role":"user","content":"a"})", "x-tier: gold\r\n"), "slow");
    EXPECT_EQ(ask(R"({"role":"user","content":"a"},{"role":"user","content":"b"})", ""), "slow");
    const auto anthropic = post("/v1/messages", R"({"model":"smart","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"a"}]})");
    EXPECT_NE(anthropic.body.find("event: message_stop"), std::string::npos) << anthropic.body;
}

TEST_F(Models, EachModelOfAFailoverChangesItsOwnHeaders) {
    Recorder bad([](const Message&) { return jsonAnswer(R"({"error":{"message":"down"}})", 503); });
    Recorder good([](const Message&) { return jsonAnswer(kGptAnswer); });
    serveYaml(gateway() + served("first", bad.port(), "  visibility: Internal\n  policies: {headers: {request: {set: [{name: x-tier, value: one}, {name: x-first, value: here}]}}}\n") +
              served("second", good.port(), "  visibility: Internal\n  policies: {headers: {request: {set: [{name: x-tier, value: two}]}, response: {add: [{name: x-model, value: second}]}}}\n") +
              model("resilient", "  virtualModel: {failover: {targets: [{modelRef: {name: first}, priority: 0}, {modelRef: {name: second}, priority: 1}]}}\n"));
    const auto answer = post("/v1/chat/completions", R"({"model":"resilient","messages":[{"role":"user","content":"hi"}]})", "x-tier: client\r\n");
    ASSERT_EQ(answer.status(), 200) << answer.body;
    EXPECT_EQ(bad.seen().at(0).field("x-tier"), "one");
    EXPECT_EQ(good.seen().at(0).field("x-tier"), "two");
    EXPECT_EQ(good.seen().at(0).field("x-first"), "") << "what the first one's request was given is gone";
    EXPECT_EQ(answer.field("x-model"), "second");
    EXPECT_NE(stepsOf(record()).find("for second alone"), std::string::npos) << stepsOf(record());
}

TEST_F(Models, AFailingModelGivesWayToTheNextPriority) {
    Recorder bad([](const Message&) { return jsonAnswer(R"({"error":{"message":"down"}})", 503); });
    Recorder good([](const Message&) { return jsonAnswer(kGptAnswer); });
    serveYaml(gateway() + served("first", bad.port(), "  visibility: Internal\n") +
              served("second", good.port(), "  visibility: Internal\n  policies: {transformations: [{field: model, expression: '\"resolved\"'}]}\n") +
              model("resilient", "  virtualModel: {failover: {targets: [{modelRef: {name: first}, priority: 0}, {modelRef: {name: second}, priority: 1}]}}\n"));
    const auto answer = post("/v1/chat/completions", R"({"model":"resilient","messages":[{"role":"user","content":"hi"}]})");
    ASSERT_EQ(answer.status(), 200) << answer.body;
    ASSERT_EQ(bad.seen().size(), 1U);
    ASSERT_EQ(good.seen().size(), 1U);
    EXPECT_EQ(Json::parse(bad.seen()[0].body)["model"], "first");
    EXPECT_EQ(Json::parse(good.seen()[0].body)["model"], "resolved") << "each model's own transformations hold for it alone";
}

TEST_F(Models, RewritesOfTheBodyStandInTheRecord) {
    Recorder gpt([](const Message&) { return jsonAnswer(kGptAnswer); });
    serveYaml(gateway() + served("capped", gpt.port(),
                                 "  policies:\n    transformations: [{field: max_tokens, expression: 'min(llmRequest.max_tokens, 10)'}, {field: user, expression: 'llmRequest.nobody'}]\n"
                                 "    finalTransformations: [{field: seed, expression: 'llmRequest.max_tokens + 1'}]\n"));
    ASSERT_EQ(post("/v1/chat/completions", R"({"model":"capped","max_tokens":500,"user":"u","messages":[{"role":"user","content":"hi"}]})").status(), 200);
    const auto sent = Json::parse(gpt.seen().at(0).body);
    EXPECT_EQ(sent["max_tokens"], 10);
    EXPECT_EQ(sent["seed"], 11);
    EXPECT_FALSE(sent.contains("user"));
    const auto steps = stepsOf(record());
    EXPECT_NE(steps.find("rewrite | transformation max_tokens | 10"), std::string::npos) << steps;
    EXPECT_NE(steps.find("taken out: 1:12: There is no nobody."), std::string::npos) << steps;
    EXPECT_NE(steps.find("rewrite | final transformation seed | 11"), std::string::npos) << steps;
}

}  // namespace
}  // namespace gatehouse::test
