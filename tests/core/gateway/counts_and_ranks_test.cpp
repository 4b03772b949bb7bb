// Counts of tokens and ranks of documents, by providers whose APIs for them are not the client's: what they are sent, what the client
// gets, and that policies hold for them too.
#include "core/gateway/provider_stage.h"

namespace gatehouse::test {
namespace {

using Json = nlohmann::json;

const std::string kCount = R"({"model":"m-1","system":"Be kind.","messages":[{"role":"user","content":"hi"}]})";

class CountsAndRanks : public ProviderDataPlane {};

TEST_F(CountsAndRanks, AnthropicsCountIsMadeByGemini) {
    Recorder gemini([](const Message&) { return jsonAnswer(R"({"totalTokens":31,"promptTokensDetails":[{"modality":"TEXT","tokenCount":31}]})"); });
    serveTargets({target("gemini", gemini.port())});
    const auto answer = post("/v1/messages/count_tokens", kCount, "anthropic-version: 2023-06-01\r\n");
    ASSERT_EQ(answer.status(), 200) << answer.body;
    EXPECT_EQ(Json::parse(answer.body), Json({{"input_tokens", 31}}));
    const auto sent = gemini.seen().front();
    EXPECT_TRUE(sent.head.starts_with("POST /v1beta/models/m-1:countTokens HTTP/1.1\r\n")) << sent.head;
    EXPECT_EQ(Json::parse(sent.body)["generateContentRequest"]["model"], "models/m-1");
    const auto seen = record();
    EXPECT_EQ(seen.api, "count-tokens");
    EXPECT_EQ(seen.providerDialect, "gemini-count-tokens");
    EXPECT_FALSE(seen.usage.known) << "a count uses nothing that is billed";
}

TEST_F(CountsAndRanks, GeminisCountIsMadeByAnthropicAndOpenAi) {
    Recorder claude([](const Message&) { return jsonAnswer(R"({"input_tokens":12})"); });
    serveTargets({target("anthropic", claude.port())});
    const auto answer = post("/v1beta/models/claude-x:countTokens", R"({"contents":[{"parts":[{"text":"hi"}]}]})");
    ASSERT_EQ(answer.status(), 200) << answer.body;
    EXPECT_EQ(Json::parse(answer.body), Json({{"totalTokens", 12}}));
    EXPECT_TRUE(claude.seen().front().head.starts_with("POST /v1/messages/count_tokens ")) << claude.seen().front().head;
    EXPECT_EQ(Json::parse(claude.seen().front().body), Json::parse(R"({"model":"claude-x","messages":[{"role":"user","content":"hi"}]})"));
    Recorder gpt([](const Message&) { return jsonAnswer(R"({"object":"response.input_tokens","input_tokens":7})"); });
    serveTargets({target("openai", gpt.port())});
    const auto other = post("/v1beta/models/gpt-x:countTokens", R"({"contents":[{"parts":[{"text":"hi"}]}]})");
    EXPECT_EQ(Json::parse(other.body), Json({{"totalTokens", 7}})) << other.body;
    EXPECT_TRUE(gpt.seen().front().head.starts_with("POST /v1/responses/input_tokens ")) << gpt.seen().front().head;
}

TEST_F(CountsAndRanks, VllmsTokensAreCountedForAnthropicsClients) {
    Recorder server([](const Message&) { return jsonAnswer(R"({"count":3,"max_model_len":4096,"tokens":[1,2,3]})"); });
    serveTargets({target("vllm", server.port())});
    EXPECT_EQ(Json::parse(post("/v1/messages/count_tokens", kCount).body), Json({{"input_tokens", 3}}));
    EXPECT_TRUE(server.seen().front().head.starts_with("POST /tokenize ")) << server.seen().front().head;
    EXPECT_EQ(post("/tokenize", R"({"model":"m","prompt":"hi", "return_token_strs":true})").body, R"({"count":3,"max_model_len":4096,"tokens":[1,2,3]})");
    EXPECT_EQ(server.seen().back().body, R"({"model":"m","prompt":"hi", "return_token_strs":true})") << "unchanged";
}

TEST_F(CountsAndRanks, AProviderThatCountsNothingIsNamedInTheClientsWords) {
    Recorder groq([](const Message&) { return jsonAnswer(kGptAnswer); });
    serveTargets({target("groq", groq.port())});
    const auto anthropic = post("/v1/messages/count_tokens", kCount);
    EXPECT_EQ(anthropic.status(), 404);
    EXPECT_EQ(Json::parse(anthropic.body)["error"]["type"], "not_found_error") << anthropic.body;
    EXPECT_EQ(Json::parse(anthropic.body)["error"]["message"], "Groq has no API for count-tokens.");
    EXPECT_EQ(record().error, "no-api");
    const auto gemini = post("/v1beta/models/m:countTokens", R"({"contents":[{"parts":[{"text":"hi"}]}]})");
    EXPECT_EQ(gemini.status(), 404);
    EXPECT_EQ(Json::parse(gemini.body)["error"]["status"], "NOT_FOUND") << gemini.body;
    EXPECT_TRUE(groq.seen().empty());
}

TEST_F(CountsAndRanks, AnErrorOfTheCounterIsToldInTheClientsWords) {
    Recorder gemini([](const Message&) { return jsonAnswer(R"({"error":{"code":400,"message":"Unknown model.","status":"INVALID_ARGUMENT"}})", 400); });
    serveTargets({target("gemini", gemini.port())});
    const auto answer = post("/v1/messages/count_tokens", kCount);
    EXPECT_EQ(answer.status(), 400);
    EXPECT_EQ(Json::parse(answer.body)["error"]["message"], "Unknown model.") << answer.body;
    EXPECT_EQ(post("/v1/messages/count_tokens", R"({"model":"m","messages":7})").status(), 400);
}

TEST_F(CountsAndRanks, DocumentsAreRankedByGoogleAtTheHostOfItsRankingApi) {
    Recorder models([](const Message&) { return jsonAnswer(R"({"candidates":[{"content":{"parts":[{"text":"Hello"}]},"finishReason":"STOP"}]})"); });
    Recorder ranking([](const Message&) { return jsonAnswer(R"({"records":[{"id":"1","score":0.9},{"id":"0","score":0.1}]})"); });
    auto vertex = target("vertexai", models.port());
    auto own = std::make_shared<llm::Provider>(*vertex.provider);
    own->parts.project = "p";
    own->parts.location = "europe-west4";
    auto cluster = std::make_shared<upstream::Cluster>();
    cluster->id = cluster->name = "provider/ranking";
    cluster->endpoints.push_back(registry.get(cluster->id, "127.0.0.1", ranking.port(), ""));
    own->side = std::make_shared<const llm::SideHost>(llm::SideHost{"ranking.test", cluster});
    vertex.provider = own;
    serveTargets({vertex});
    const auto answer = post("/v1/rerank", R"({"model":"semantic-ranker-default-004","query":"cats","documents":["a dog","a cat"],"top_n":2})");
    ASSERT_EQ(answer.status(), 200) << answer.body;
    EXPECT_EQ(Json::parse(answer.body)["results"], Json::parse(R"([{"index":1,"relevance_score":0.9},{"index":0,"relevance_score":0.1}])"));
    ASSERT_EQ(ranking.seen().size(), 1U);
    const auto sent = ranking.seen().front();
    EXPECT_TRUE(sent.head.starts_with("POST /v1/projects/p/locations/global/rankingConfigs/default_ranking_config:rank ")) << sent.head;
    EXPECT_EQ(sent.field("host"), "ranking.test");
    EXPECT_EQ(record().providerDialect, "vertex-rerank");
    EXPECT_EQ(post("/v1/chat/completions", R"({"model":"gemini-2.5-flash","messages":[{"role":"user","content":"hi"}]})").status(), 200);
    EXPECT_EQ(models.seen().size(), 1U) << "chats stay where they were";
    EXPECT_EQ(models.seen().front().field("host"), "vertexai.test");
}

// ---- Policies of a route

class GuardedCounts : public ProviderStage {
  protected:
    static std::string yaml(std::string_view provider, std::string_view more, std::uint16_t at) {
        return stageYaml(fmt::format(R"(apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {{name: ai}}
spec: {{type: AI, ai: {{llm: {{{}: {{authToken: {{kind: Inline, inline: k}}{}}}, host: 127.0.0.1, port: {}}}}}}}
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: TrafficPolicy
metadata: {{name: guards}}
spec:
  targetRefs: [{{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}}]
  ai:
    promptEnrichment: {{prepend: [{{role: SYSTEM, content: Be kind.}}]}}
    defaults: [{{field: max_tokens, value: "9"}}]
    promptGuard: {{request: {{regex: {{action: MASK, builtins: [EMAIL]}}}}}}
)", provider, more, at));
    }
};

TEST_F(GuardedCounts, GeminisEnvelopeHidesNothingFromAGuard) {
    Recorder gemini([](const Message&) { return jsonAnswer(R"({"totalTokens":5})"); });
    serve(yaml("gemini", ", model: m, apiVersion: v1beta", gemini.port()));
    const auto answer = post(R"({"generateContentRequest":{"model":"models/m","contents":[{"role":"user","parts":[{"text":"I am a@b.example"}]}]}})", "/v1beta/models/m:countTokens");
    ASSERT_EQ(answer.status(), 200) << answer.body;
    const auto sent = Json::parse(gemini.seen().front().body);
    const auto& inner = sent["generateContentRequest"];
    EXPECT_EQ(inner["contents"][0]["parts"][0]["text"], "I am <EMAIL_ADDRESS>") << sent;
    EXPECT_EQ(inner["systemInstruction"]["parts"][0]["text"], "Be kind.") << "what is counted is what a model would get";
    EXPECT_EQ(inner["model"], "models/m");
}

TEST_F(GuardedCounts, SettingsThatPoliciesFillInStayOutOfACount) {
    Recorder claude([](const Message&) { return jsonAnswer(R"({"input_tokens":5})"); });
    serve(yaml("anthropic", "", claude.port()));
    ASSERT_EQ(post(kCount, "/v1/messages/count_tokens").status(), 200);
    const auto sent = Json::parse(claude.seen().front().body);
    EXPECT_FALSE(sent.contains("max_tokens")) << sent << " which Anthropic would refuse";
    EXPECT_NE(sent["system"].dump().find("Be kind."), std::string::npos);
}

}  // namespace
}  // namespace gatehouse::test
