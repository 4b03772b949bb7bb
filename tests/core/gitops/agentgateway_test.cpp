// kgateway's AI objects written in agentgateway's kinds, and the other way refused part by part.
#include "core/gitops/exports.h"
#include "llm/guard_chain.h"
#include "route/translate.h"

#include <algorithm>
#include <map>

namespace gatehouse::gitops {
namespace {

using NoteKind = ExportNote::Kind;

bool noted(const ExportResult& result, NoteKind kind, const std::string& path, const std::string& part) {
    return std::any_of(result.notes.begin(), result.notes.end(), [&](const ExportNote& note) {
        return note.kind == kind && note.fieldPath == path && note.message.find(part) != std::string::npos;
    });
}

/// With what a case adds.
std::string backend(const std::string& spec) {
    return "apiVersion: gateway.kgateway.dev/v1alpha1\nkind: Backend\nmetadata: {name: b}\nspec: " + spec + "\n";
}
std::string policy(const std::string& spec) {
    return "apiVersion: gateway.kgateway.dev/v1alpha1\nkind: TrafficPolicy\nmetadata: {name: p}\nspec: " + spec + "\n";
}

TEST(Agentgateway, WritesABackendWithOneProvider) {
    const auto result = exported(vectorText("kgateway_ai.yaml"), "agentgateway-1");
    EXPECT_FALSE(result.refused()) << allNotes(result);
    EXPECT_EQ(textOf(result, "default/agentgatewaybackend-one.yaml"), R"(apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayBackend
metadata:
  name: one
  namespace: default
spec:
  ai:
    provider:
      openai:
        model: gpt-4o
      host: api.example.com
      port: 443
      path: /x/chat/completions
  policies:
    auth:
      secretRef:
        name: keys
      location:
        header:
          name: X-Key
          prefix: Token
    tls:
      sni: api.example.com
)");
    EXPECT_TRUE(noted(result, NoteKind::Changed, "kind", "Written as AgentgatewayBackend"));
}

TEST(Agentgateway, WritesGroupsWithTheHealthThatTheyNeed) {
    const auto result = exported(vectorText("kgateway_ai.yaml"), "agentgateway-1");
    const auto text = textOf(result, "default/agentgatewaybackend-many.yaml");
    for (const auto* part : {"groups:", "name: a", "passthrough: {}", "apiVersion: 2024-10-21-preview", "aws:", "region: us-central1", "consecutiveFailures: 1", "duration: 3s"})
        EXPECT_NE(text.find(part), std::string::npos) << part << " is not in\n" << text;
    EXPECT_TRUE(noted(result, NoteKind::Changed, "spec.ai.priorityGroups", "policies.health is added"));
    EXPECT_TRUE(noted(result, NoteKind::Changed, "spec.ai.priorityGroups[1].providers[1].vertexai.apiVersion", "left out")) << allNotes(result);
}

TEST(Agentgateway, WritesGuardsInTheOrderInWhichKgatewayAsksThem) {
    const auto text = textOf(exported(vectorText("kgateway_ai.yaml"), "agentgateway-1"), "default/agentgatewaypolicy-guards.yaml");
    const auto webhook = text.find("webhook:"), regex = text.find("regex:"), moderation = text.find("openAIModeration:");
    EXPECT_TRUE(webhook < regex && regex < moderation && moderation != std::string::npos) << text;
    for (const auto* part : {"action: Reject", "- CreditCard", "- (?is)secret", "statusCode: 400", "streaming: Enabled", "role: system", "value: 0.5", "overrides:", "port: 9000"})
        EXPECT_NE(text.find(part), std::string::npos) << part << " is not in\n" << text;
}

TEST(Agentgateway, RewritesReferences) {
    const auto text = textOf(exported(vectorText("kgateway_ai.yaml"), "agentgateway-1"), "default/httproute-chat.yaml");
    EXPECT_NE(text.find("kind: AgentgatewayBackend"), std::string::npos) << text;
    EXPECT_EQ(text.find("gateway.kgateway.dev"), std::string::npos) << text;
}

/// What is written does what was there: the same ways, hosts and paths.
TEST(Agentgateway, RunsAsTheOriginal) {
    constexpr char kSecrets[] = "apiVersion: v1\nkind: Secret\nmetadata: {name: keys}\nstringData: {Authorization: sk-in-the-cluster}\n---\n"
                                "apiVersion: v1\nkind: Secret\nmetadata: {name: aws}\nstringData: {accessKey: AKIA-there, secretKey: also-there}\n";
    const auto original = config::readObjects({{"a.yaml", vectorText("kgateway_ai.yaml")}, {"s.yaml", kSecrets}});
    const auto result = exportObjects(*original, "agentgateway-1");
    ASSERT_TRUE(result);
    std::map<std::string, std::string> files{{"s.yaml", kSecrets}};
    for (const auto& file : result->files)
        if (file.path != "kustomization.yaml") files.emplace(file.path, file.text);
    const auto back = config::readObjects(files);
    route::Runtime first, second;
    const auto before = route::translate(*original, first, 1), after = route::translate(*back, second, 1);
    ASSERT_EQ(before.snapshot->rules.size(), after.snapshot->rules.size());
    for (std::size_t i = 0; i < before.snapshot->rules.size(); ++i) {
        const auto &a = *before.snapshot->rules[i], &b = *after.snapshot->rules[i];
        ASSERT_EQ(a.backends.size(), b.backends.size());
        for (std::size_t k = 0; k < a.backends.size(); ++k) {
            ASSERT_TRUE(a.backends[k].cluster && b.backends[k].cluster) << a.backends[k].invalidReason << b.backends[k].invalidReason;
            EXPECT_EQ(a.backends[k].targets ? a.backends[k].targets->size() : 0, b.backends[k].targets ? b.backends[k].targets->size() : 0);
            EXPECT_EQ(a.backends[k].cluster->endpoints.front()->host, b.backends[k].cluster->endpoints.front()->host);
            EXPECT_EQ(a.backends[k].cluster->endpoints.front()->port, b.backends[k].cluster->endpoints.front()->port);
        }
        ASSERT_TRUE(a.llmPolicy && b.llmPolicy) << a.broken << b.broken;
        EXPECT_EQ(a.llmPolicy->enrichment.prepend.size(), b.llmPolicy->enrichment.prepend.size());
        ASSERT_TRUE(a.llmPolicy->guards && b.llmPolicy->guards);
        ASSERT_EQ(a.llmPolicy->guards->requests.size(), b.llmPolicy->guards->requests.size());
        for (std::size_t k = 0; k < a.llmPolicy->guards->requests.size(); ++k) {
            EXPECT_EQ(a.llmPolicy->guards->requests[k].kind, b.llmPolicy->guards->requests[k].kind);
            EXPECT_EQ(a.llmPolicy->guards->requests[k].rejectStatus, b.llmPolicy->guards->requests[k].rejectStatus);
        }
    }
}

TEST(Agentgateway, RefusesWhatItCannotSay) {
    const auto target = "targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: r}]";
    const struct {
        std::string yaml, path, part;
    } cases[] = {
        {backend("{type: Static, static: {hosts: [{host: a, port: 1}, {host: b, port: 2}]}}"), "spec", "one host"},
        {backend("{type: AWS, aws: {}}"), "spec", "no twin"},
        {backend("{type: AI, ai: {llm: {openai: {authToken: {kind: Inline, inline: sk-1}}}}}"), "spec.ai.llm.openai.authToken", "in clear"},
        {policy("{ai: {defaults: [{field: a, value: b}]}}"), "spec", "targetRefs"},
        {policy(std::string("{") + target + ", rbac: {}}"), "spec.rbac", "not converted"},
        {policy("{targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: r}, {group: gateway.networking.k8s.io, kind: Gateway, name: g}]}"), "spec.targetRefs", "one kind"},
        {policy(std::string("{") + target + ", ai: {promptGuard: {request: {webhook: {host: {host: hook.example.com, port: 1}}}}}}"), "spec.ai.promptGuard.request.webhook", "by reference"},
        {policy(std::string("{") + target + ", ai: {promptGuard: {request: {moderation: {openAIModeration: {authToken: {kind: Passthrough}}}}}}}"),
         "spec.ai.promptGuard.request.moderation.openAIModeration.authToken", "from a Secret"},
        {"apiVersion: agentgateway.dev/v1alpha1\nkind: AgentgatewayBackend\nmetadata: {name: b}\nspec: {ai: {provider: {openai: {}}}, policies: {auth: {key: sk-1}}}\n",
         "spec.policies.auth.key", "in clear"},
    };
    for (const auto& each : cases) {
        const auto result = exported(each.yaml, "agentgateway-1");
        EXPECT_TRUE(noted(result, NoteKind::Refused, each.path, each.part)) << each.yaml << allNotes(result);
    }
}

TEST(Agentgateway, LeavesItsOwnKindsAsTheyAre) {
    const auto result = exported(vectorText("agentgateway.yaml"), "agentgateway-1");
    EXPECT_TRUE(std::any_of(result.notes.begin(), result.notes.end(), [](const ExportNote& note) { return note.kind == NoteKind::Refused; }));
    for (const auto& note : result.notes) {
        if (note.kind == NoteKind::Refused) {
            EXPECT_EQ(note.fieldPath, "spec.ai.groups[1].providers[1].policies.auth.key") << allNotes(result);
        }
    }
    EXPECT_NE(textOf(result, "default/agentgatewaypolicy-guards.yaml").find("streaming: Enabled"), std::string::npos);
}

TEST(Agentgateway, SaysForKgatewayWhatHasACounterpartThere) {
    for (const auto* target : {"kgateway-2.1", "kgateway-2.4"}) {
        const auto result = exported(vectorText("agentgateway.yaml"), target);
        EXPECT_TRUE(result.refused());
        const std::pair<const char*, const char*> wanted[] = {
            {"spec.ai.groups", "priorityGroups"},
            {"spec.ai.groups[0].providers[1].pathPrefix", "path.full"},
            {"spec.ai.groups[1].providers[6].custom", "no custom providers"},
            {"spec.policies.health", "outlierDetection"},
            {"spec.backend.ai.promptGuard", "one guard of each kind"},
            {"spec.traffic.jwtAuthentication", "2.2 and later"},
            {"spec.strategy", "inherited-policy-priority"},
            {"spec.rules[0].backendRefs[0]", "a kind of agentgateway"},
        };
        for (const auto& [path, part] : wanted) EXPECT_TRUE(noted(result, NoteKind::Refused, path, part)) << target << " " << path << "\n" << allNotes(result);
    }
}

}  // namespace
}  // namespace gatehouse::gitops
