// Which API a path asks for, and where each provider serves it.
#include "llm/provider_table.h"

#include <gtest/gtest.h>

namespace gatehouse::llm {
namespace {

TEST(ClientApi, IsToldByThePathsEnd) {
    const auto api = [](std::string_view method, std::string_view path) { return clientCallOf(method, path, "").api; };
    EXPECT_EQ(api("POST", "/v1/chat/completions"), ClientApi::ChatCompletions);
    EXPECT_EQ(api("POST", "/team/openai/v1/completions/"), ClientApi::Completions);
    EXPECT_EQ(api("POST", "/v1/messages"), ClientApi::Messages);
    EXPECT_EQ(api("POST", "/anthropic/v1/messages/count_tokens"), ClientApi::CountTokens);
    EXPECT_EQ(api("POST", "/v1/responses/input_tokens"), ClientApi::InputTokens);
    EXPECT_EQ(api("POST", "/v1beta/models/gemini-2.5-pro:countTokens"), ClientApi::GeminiCount);
    EXPECT_EQ(api("POST", "/model/anthropic.claude-3%3A0/count-tokens"), ClientApi::BedrockCount);
    EXPECT_EQ(api("POST", "/tokenize"), ClientApi::Tokenize);
    EXPECT_EQ(api("POST", "/v1/tokenize"), ClientApi::None) << "Cohere's";
    EXPECT_EQ(api("POST", "/v1/images/edits"), ClientApi::Images);
    EXPECT_EQ(api("GET", "/v1/models"), ClientApi::Models);
    EXPECT_EQ(api("GET", "/v1/chat/completions"), ClientApi::None);
    EXPECT_EQ(api("POST", "/v1/chat/completionsx"), ClientApi::None);
    EXPECT_EQ(clientCallOf("GET", "/v1/models/gpt-4o", "").rest, "gpt-4o");
}

TEST(ClientApi, ReadsTheModelOutOfThePath) {
    const auto call = clientCallOf("POST", "/v1beta/models/gemini-2.5-pro:streamGenerateContent", "key=x&alt=sse");
    EXPECT_EQ(call.api, ClientApi::Generate);
    EXPECT_EQ(call.facts.model, "gemini-2.5-pro");
    EXPECT_TRUE(call.facts.stream);
    EXPECT_FALSE(call.streamAsList);
    EXPECT_TRUE(clientCallOf("POST", "/v1beta/models/g:streamGenerateContent", "alt=json").streamAsList);
    const auto converse = clientCallOf("POST", "/model/anthropic.claude-3%3A0/converse", "");
    EXPECT_EQ(converse.facts.model, "anthropic.claude-3:0");
    EXPECT_EQ(clientCallOf("POST", "/models/:generateContent", "").api, ClientApi::None);
}

std::string path(const char* kind, const char* client, PathParts parts, bool stream = false) {
    const auto call = clientCallOf("POST", client, "");
    const auto* provider = findProviderKind(kind);
    const auto* api = provider == nullptr ? nullptr : provider->apiFor(call, parts.model);
    return api == nullptr ? "none" : std::string(api->dialect == nullptr ? "as it is" : api->dialect) + " " + pathOf(*provider, *api, parts, stream);
}

TEST(ProviderTable, PrefersTheClientsOwnApiAndElseTranslates) {
    EXPECT_EQ(path("openai", "/v1/responses", {}), "openai-responses /v1/responses");
    EXPECT_EQ(path("openai", "/v1/messages", {}), "openai-chat /v1/chat/completions");
    EXPECT_EQ(path("anthropic", "/v1/chat/completions", {}), "anthropic-messages /v1/messages");
    EXPECT_EQ(path("anthropic", "/v1/embeddings", {}), "none");
    EXPECT_EQ(path("groq", "/v1/chat/completions", {}), "openai-chat /openai/v1/chat/completions");
    EXPECT_EQ(path("openai", "/x/v1/images/edits", {.rest = "images/edits"}), "as it is /v1/images/edits");
    EXPECT_EQ(path("anthropic", "/v1/images/edits", {}), "none");
    EXPECT_EQ(path("bedrock", "/v1/embeddings", {.model = "amazon.titan-embed-text-v2:0"}),
              "bedrock-embeddings /model/amazon.titan-embed-text-v2%3A0/invoke");
}

TEST(ProviderTable, CountsTokensWhereTheProviderCan) {
    const char* kClient = "/v1/messages/count_tokens";
    EXPECT_EQ(path("anthropic", kClient, {}), "anthropic-count-tokens /v1/messages/count_tokens");
    EXPECT_EQ(path("openai", kClient, {}), "openai-input-tokens /v1/responses/input_tokens");
    EXPECT_EQ(path("gemini", kClient, {.model = "g"}), "gemini-count-tokens /v1beta/models/g:countTokens");
    EXPECT_EQ(path("bedrock", kClient, {.model = "amazon.nova-lite-v1:0"}), "bedrock-count-tokens /model/amazon.nova-lite-v1%3A0/count-tokens");
    EXPECT_EQ(path("vllm", kClient, {}), "vllm-tokenize /tokenize");
    EXPECT_EQ(path("groq", kClient, {}), "none");
    PathParts vertex{.model = "claude-sonnet-4", .project = "p", .location = "eu"};
    EXPECT_EQ(path("vertexai", "/v1beta/models/claude-sonnet-4:countTokens", vertex),
              "anthropic-count-tokens /v1/projects/p/locations/eu/publishers/anthropic/models/count-tokens:rawPredict");
    vertex.model = "gemini-2.5-pro";
    EXPECT_EQ(path("vertexai", kClient, vertex), "vertex-count-tokens /v1/projects/p/locations/eu/publishers/google/models/gemini-2.5-pro:countTokens");
    EXPECT_EQ(path("vertexai", "/v1/rerank", {.model = "semantic-ranker-512", .project = "p", .location = "eu"}),
              "vertex-rerank /v1/projects/p/locations/global/rankingConfigs/default_ranking_config:rank");
}

TEST(ProviderTable, FillsInWhatThePathNeeds) {
    EXPECT_EQ(path("azureopenai", "/v1/chat/completions", {.deployment = "four o"}),
              "openai-chat /openai/deployments/four%20o/chat/completions?api-version=2024-10-21");
    EXPECT_EQ(path("gemini", "/v1/chat/completions", {.model = "gemini-2.5-pro"}, true),
              "gemini-generate /v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse");
    PathParts vertex{.model = "claude-sonnet-4", .project = "p", .location = "europe-west1"};
    EXPECT_EQ(path("vertexai", "/v1/chat/completions", vertex, true),
              "vertex-anthropic /v1/projects/p/locations/europe-west1/publishers/anthropic/models/claude-sonnet-4:streamRawPredict");
    // Its words must be Anthropic's, whatever the client speaks.
    EXPECT_EQ(path("vertexai", "/v1beta/models/claude-sonnet-4:generateContent", vertex),
              "vertex-anthropic /v1/projects/p/locations/europe-west1/publishers/anthropic/models/claude-sonnet-4:rawPredict");
    vertex.model = "gemini-2.5-pro";
    EXPECT_EQ(path("vertexai", "/v1/messages", vertex),
              "vertex-gemini /v1/projects/p/locations/europe-west1/publishers/google/models/gemini-2.5-pro:generateContent");
    EXPECT_EQ(hostOf(*findProviderKind("vertexai"), "europe-west1"), "europe-west1-aiplatform.googleapis.com");
    EXPECT_EQ(hostOf(*findProviderKind("vertexai"), "global"), "aiplatform.googleapis.com");
    EXPECT_EQ(hostOf(*findProviderKind("bedrock"), "us-east-1"), "bedrock-runtime.us-east-1.amazonaws.com");
}

TEST(ProviderTable, NamesDialectsThatExist) {
    for (const auto* kind : providerKinds())
        for (std::size_t i = 0; i < kind->apiCount; ++i)
            EXPECT_TRUE(kind->apis[i].dialect == nullptr || findDialect(kind->apis[i].dialect) != nullptr) << kind->name << ' ' << i;
}

TEST(ProviderTable, SaysAFieldInTheProvidersWords) {
    std::string body = R"({"model":"m","input":"x","dimensions":5,"user":"u"})";
    Losses losses;
    applyQuirks(*findProviderKind("mistral"), body, losses);
    EXPECT_EQ(body, R"({"model":"m","input":"x","output_dimension":5})");
    ASSERT_EQ(losses.size(), 1U);
    EXPECT_EQ(losses[0].path, "user");
}

}  // namespace
}  // namespace gatehouse::llm
