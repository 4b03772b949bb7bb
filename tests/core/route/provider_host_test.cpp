// APIs of a provider that stand at a host of their own.
#include "config/workspace.h"
#include "route/explain.h"
#include "route/translate.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace gatehouse::route {
namespace {

std::string yamlOf(std::string_view backend) {
    return fmt::format(R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: gw}}
spec: {{gatewayClassName: any, listeners: [{{name: http, protocol: HTTP, port: 80}}]}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: ai}}
spec:
  parentRefs: [{{name: gw}}]
  rules: [{{backendRefs: [{}]}}]
)", backend);
}
const std::string kKgateway = yamlOf("{group: gateway.kgateway.dev, kind: Backend, name: ai}") + R"(---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {name: ai}
spec:
  type: AI
  ai:
    llm:
      vertexai: {authToken: {kind: Inline, inline: k}, model: semantic-ranker-512, apiVersion: v1, projectId: p, location: europe-west4, publisher: GOOGLE}
)";
const std::string kAgentgateway = yamlOf("{group: agentgateway.dev, kind: AgentgatewayBackend, name: ai}") + R"(---
apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayBackend
metadata: {name: ai}
spec: {ai: {provider: {vertexai: {projectId: p, region: europe-west4}}}, policies: {auth: {key: k}}}
)";

Explanation ask(const std::string& yaml, const char* path, const char* body) {
    Runtime runtime;
    const auto translation = translate(*config::readObjects({{"a.yaml", yaml}}), runtime, 1);
    ExplainRequest request;
    request.method = "POST";
    request.url = std::string("http://h") + path;
    request.body = body;
    const auto told = explain(*translation.snapshot, request);
    EXPECT_TRUE(told) << (told ? "" : told.error().message);
    return told ? *told : Explanation{};
}

TEST(ProviderHost, GoogleRanksAtAnotherHostThanItChats) {
    for (const auto& yaml : {kKgateway, kAgentgateway}) {
        const auto ranks = ask(yaml, "/v1/rerank", R"({"model":"semantic-ranker-512","query":"cats","documents":["a cat"]})");
        EXPECT_EQ(ranks.status, 0) << ranks.answer;
        EXPECT_EQ(ranks.endpoint, "discoveryengine.googleapis.com:443");
        EXPECT_EQ(ranks.forwardedHost, "discoveryengine.googleapis.com");
        EXPECT_EQ(ranks.forwardedPath, "/v1/projects/p/locations/global/rankingConfigs/default_ranking_config:rank");
        const auto chats = ask(yaml, "/v1/chat/completions", R"({"model":"gemini-2.5-flash","messages":[{"role":"user","content":"hi"}]})");
        EXPECT_EQ(chats.endpoint, "europe-west4-aiplatform.googleapis.com:443") << chats.answer;
    }
}

TEST(ProviderHost, AHostThatIsNamedStandsForAllOfThem) {
    auto yaml = kKgateway;
    yaml += "      host: proxy.test\n      port: 8443\n";
    const auto ranks = ask(yaml, "/v1/rerank", R"({"model":"semantic-ranker-512","query":"cats","documents":["a cat"]})");
    EXPECT_EQ(ranks.endpoint, "proxy.test:8443") << ranks.answer;
    EXPECT_EQ(ranks.forwardedHost, "proxy.test:8443");
}

}  // namespace
}  // namespace gatehouse::route
