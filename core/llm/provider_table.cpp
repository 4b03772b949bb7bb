#include "llm/provider_table.h"

#include "llm/dialect/dialect.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gatehouse::llm {
namespace {

using Api = ClientApi;

constexpr std::array kOpenAi = std::to_array<ProviderApi>({
    {Api::ChatCompletions, "openai-chat", "/v1/chat/completions", nullptr, ""},
    {Api::Responses, "openai-responses", "/v1/responses", nullptr, ""},
    {Api::InputTokens, "openai-input-tokens", "/v1/responses/input_tokens", nullptr, ""},
    {Api::Completions, "openai-completions", "/v1/completions", nullptr, ""},
    {Api::Embeddings, "openai-embeddings", "/v1/embeddings", nullptr, ""},
    {Api::Models, nullptr, "/v1/models", nullptr, ""},
    {Api::Images, nullptr, "/v1/{rest}", nullptr, ""},
    {Api::Audio, nullptr, "/v1/{rest}", nullptr, ""},
    {Api::Moderations, nullptr, "/v1/moderations", nullptr, ""},
});

constexpr std::array kAzure = std::to_array<ProviderApi>({
    {Api::ChatCompletions, "openai-chat", "/openai/deployments/{deployment}/chat/completions?api-version={version}", nullptr, ""},
    {Api::Completions, "openai-completions", "/openai/deployments/{deployment}/completions?api-version={version}", nullptr, ""},
    {Api::Embeddings, "openai-embeddings", "/openai/deployments/{deployment}/embeddings?api-version={version}", nullptr, ""},
    {Api::Responses, "openai-responses", "/openai/v1/responses", nullptr, ""},
    {Api::Images, nullptr, "/openai/deployments/{deployment}/{rest}?api-version={version}", nullptr, ""},
    {Api::Audio, nullptr, "/openai/deployments/{deployment}/{rest}?api-version={version}", nullptr, ""},
});

constexpr std::array kAnthropic = std::to_array<ProviderApi>({
    {Api::Messages, "anthropic-messages", "/v1/messages", nullptr, ""},
    {Api::CountTokens, "anthropic-count-tokens", "/v1/messages/count_tokens", nullptr, ""},
    {Api::Models, nullptr, "/v1/models", nullptr, ""},
});

constexpr std::array kGemini = std::to_array<ProviderApi>({
    {Api::Generate, "gemini-generate", "/{version}/models/{model}:generateContent",
     "/{version}/models/{model}:streamGenerateContent?alt=sse", ""},
    {Api::GeminiCount, "gemini-count-tokens", "/{version}/models/{model}:countTokens", nullptr, ""},
    {Api::Embeddings, "openai-embeddings", "/{version}/openai/embeddings", nullptr, "", true},
});

constexpr std::array kVertex = std::to_array<ProviderApi>({
    {Api::Messages, "vertex-anthropic", "/{version}/projects/{project}/locations/{location}/publishers/anthropic/models/{model}:rawPredict",
     "/{version}/projects/{project}/locations/{location}/publishers/anthropic/models/{model}:streamRawPredict", "claude"},
    {Api::CountTokens, "anthropic-count-tokens",
     "/{version}/projects/{project}/locations/{location}/publishers/anthropic/models/count-tokens:rawPredict", nullptr, "claude"},
    {Api::Generate, "vertex-gemini", "/{version}/projects/{project}/locations/{location}/publishers/google/models/{model}:generateContent",
     "/{version}/projects/{project}/locations/{location}/publishers/google/models/{model}:streamGenerateContent?alt=sse", ""},
    {Api::GeminiCount, "vertex-count-tokens", "/{version}/projects/{project}/locations/{location}/publishers/google/models/{model}:countTokens", nullptr, ""},
    {Api::Rerank, "vertex-rerank", "/v1/projects/{project}/locations/global/rankingConfigs/default_ranking_config:rank", nullptr, "", false,
     "discoveryengine.googleapis.com"},
});

constexpr std::array kBedrock = std::to_array<ProviderApi>({
    {Api::Converse, "bedrock-converse", "/model/{model}/converse", "/model/{model}/converse-stream", ""},
    {Api::Embeddings, "bedrock-embeddings", "/model/{model}/invoke", nullptr, ""},
    {Api::Rerank, "bedrock-rerank", "/model/{model}/invoke", nullptr, ""},
    {Api::BedrockCount, "bedrock-count-tokens", "/model/{model}/count-tokens", nullptr, ""},
});

constexpr std::array kCohere = std::to_array<ProviderApi>({
    {Api::CohereChat, "cohere-chat", "/v2/chat", nullptr, ""},
    {Api::CohereEmbed, "cohere-embeddings", "/v2/embed", nullptr, ""},
    {Api::Rerank, "cohere-rerank", "/v2/rerank", nullptr, ""},
    {Api::Models, nullptr, "/v1/models", nullptr, ""},
});

constexpr std::array kOllama = std::to_array<ProviderApi>({
    {Api::OllamaChat, "ollama-chat", "/api/chat", nullptr, ""},
    {Api::ChatCompletions, "openai-chat", "/v1/chat/completions", nullptr, ""},
    {Api::Completions, "openai-completions", "/v1/completions", nullptr, ""},
    {Api::Embeddings, "openai-embeddings", "/v1/embeddings", nullptr, ""},
    {Api::Models, nullptr, "/v1/models", nullptr, ""},
});

/// vLLM serves OpenAI's API and, beside it, rerank and responses.
constexpr std::array kVllm = std::to_array<ProviderApi>({
    {Api::ChatCompletions, "openai-chat", "/v1/chat/completions", nullptr, ""},
    {Api::Completions, "openai-completions", "/v1/completions", nullptr, ""},
    {Api::Responses, "openai-responses", "/v1/responses", nullptr, ""},
    {Api::Embeddings, "openai-embeddings", "/v1/embeddings", nullptr, ""},
    {Api::Rerank, "cohere-rerank", "/v1/rerank", nullptr, ""},
    {Api::Tokenize, "vllm-tokenize", "/tokenize", nullptr, ""},
    {Api::Models, nullptr, "/v1/models", nullptr, ""},
    {Api::Audio, nullptr, "/v1/{rest}", nullptr, ""},
});

/// Chat, and what goes with it, in OpenAI's words.
constexpr std::array kCompatible = std::to_array<ProviderApi>({
    {Api::ChatCompletions, "openai-chat", "/v1/chat/completions", nullptr, ""},
    {Api::Completions, "openai-completions", "/v1/completions", nullptr, ""},
    {Api::Embeddings, "openai-embeddings", "/v1/embeddings", nullptr, ""},
    {Api::Models, nullptr, "/v1/models", nullptr, ""},
});
constexpr std::array kMistral = std::to_array<ProviderApi>({
    {Api::ChatCompletions, "mistral-chat", "/v1/chat/completions", nullptr, ""},
    {Api::Embeddings, "openai-embeddings", "/v1/embeddings", nullptr, ""},
    {Api::Models, nullptr, "/v1/models", nullptr, ""},
    {Api::Moderations, nullptr, "/v1/moderations", nullptr, ""},
    {Api::Audio, nullptr, "/v1/{rest}", nullptr, ""},
});
/// The same without a version in the path.
constexpr std::array kBare = std::to_array<ProviderApi>({
    {Api::ChatCompletions, "openai-chat", "/chat/completions", nullptr, ""},
    {Api::Embeddings, "openai-embeddings", "/embeddings", nullptr, ""},
    {Api::Models, nullptr, "/models", nullptr, ""},
});

/// Of embeddings; its chat is a dialect of its own.
constexpr std::array kMistralQuirks = std::to_array<Quirk>({
    {Quirk::Kind::Rename, "dimensions", "output_dimension"},
    {Quirk::Kind::Drop, "user", nullptr},
});
/// Servers that know the older name alone.
constexpr std::array kMaxTokens = std::to_array<Quirk>({{Quirk::Kind::Rename, "max_completion_tokens", "max_tokens"}});

template <std::size_t A>
constexpr ProviderKind row(std::string_view name, std::string_view title, std::string_view system, std::string_view host, std::uint16_t port,
                           AuthScheme auth, std::string_view header, const std::array<ProviderApi, A>& apis, std::string_view version = "",
                           std::string_view prefix = "") {
    return {name, title, system, host, port, auth, header, apis.data(), A, nullptr, 0, version, prefix};
}

template <std::size_t Q>
constexpr ProviderKind with(ProviderKind kind, const std::array<Quirk, Q>& quirks) {
    kind.quirks = quirks.data();
    kind.quirkCount = Q;
    return kind;
}

constexpr std::uint16_t kTls = 443;

constexpr std::array kKinds = std::to_array<ProviderKind>({
    row("openai", "OpenAI", "openai", "api.openai.com", kTls, AuthScheme::Bearer, "", kOpenAi),
    row("azureopenai", "Azure OpenAI", "azure.ai.openai", "", kTls, AuthScheme::Header, "api-key", kAzure, "2024-10-21"),
    row("anthropic", "Anthropic", "anthropic", "api.anthropic.com", kTls, AuthScheme::Header, "x-api-key", kAnthropic, "2023-06-01"),
    row("gemini", "Google Gemini", "gcp.gemini", "generativelanguage.googleapis.com", kTls, AuthScheme::Header, "x-goog-api-key", kGemini,
        "v1beta"),
    row("vertexai", "Google Vertex AI", "gcp.vertex_ai", "{location}-aiplatform.googleapis.com", kTls, AuthScheme::Google, "", kVertex,
        "v1"),
    row("bedrock", "Amazon Bedrock", "aws.bedrock", "bedrock-runtime.{location}.amazonaws.com", kTls, AuthScheme::SigV4, "", kBedrock),
    with(row("mistral", "Mistral", "mistral_ai", "api.mistral.ai", kTls, AuthScheme::Bearer, "", kMistral), kMistralQuirks),
    row("cohere", "Cohere", "cohere", "api.cohere.com", kTls, AuthScheme::Bearer, "", kCohere),
    row("ollama", "Ollama", "ollama", "localhost", 11434, AuthScheme::None, "", kOllama),
    row("vllm", "vLLM", "vllm", "localhost", 8000, AuthScheme::None, "", kVllm),
    with(row("groq", "Groq", "groq", "api.groq.com", kTls, AuthScheme::Bearer, "", kCompatible, "", "/openai"), kMaxTokens),
    with(row("deepseek", "DeepSeek", "deepseek", "api.deepseek.com", kTls, AuthScheme::Bearer, "", kBare), kMaxTokens),
    row("xai", "xAI", "x_ai", "api.x.ai", kTls, AuthScheme::Bearer, "", kCompatible),
    with(row("together", "Together AI", "together_ai", "api.together.xyz", kTls, AuthScheme::Bearer, "", kCompatible), kMaxTokens),
    with(row("fireworks", "Fireworks AI", "fireworks_ai", "api.fireworks.ai", kTls, AuthScheme::Bearer, "", kCompatible, "", "/inference"),
         kMaxTokens),
    row("openrouter", "OpenRouter", "openrouter", "openrouter.ai", kTls, AuthScheme::Bearer, "", kCompatible, "", "/api"),
    with(row("perplexity", "Perplexity", "perplexity", "api.perplexity.ai", kTls, AuthScheme::Bearer, "", kBare), kMaxTokens),
    row("cerebras", "Cerebras", "cerebras", "api.cerebras.ai", kTls, AuthScheme::Bearer, "", kCompatible),
    with(row("nvidia", "NVIDIA NIM", "nvidia", "integrate.api.nvidia.com", kTls, AuthScheme::Bearer, "", kCompatible), kMaxTokens),
    with(row("deepinfra", "DeepInfra", "deepinfra", "api.deepinfra.com", kTls, AuthScheme::Bearer, "", kBare, "", "/v1/openai"), kMaxTokens),
    row("baseten", "Baseten", "baseten", "inference.baseten.co", kTls, AuthScheme::Bearer, "", kCompatible),
    row("sambanova", "SambaNova", "sambanova", "api.sambanova.ai", kTls, AuthScheme::Bearer, "", kCompatible),
    with(row("moonshot", "Moonshot AI", "moonshot_ai", "api.moonshot.ai", kTls, AuthScheme::Bearer, "", kCompatible), kMaxTokens),
    with(row("qwen", "Alibaba Qwen", "alibaba_cloud", "dashscope-intl.aliyuncs.com", kTls, AuthScheme::Bearer, "", kCompatible, "",
             "/compatible-mode"),
         kMaxTokens),
    with(row("zhipu", "Zhipu AI", "zhipu_ai", "api.z.ai", kTls, AuthScheme::Bearer, "", kBare, "", "/api/paas/v4"), kMaxTokens),
    row("huggingface", "Hugging Face", "huggingface", "router.huggingface.co", kTls, AuthScheme::Bearer, "", kCompatible),
});

bool speaksChat(const ProviderApi& api) {
    const auto* dialect = api.dialect == nullptr ? nullptr : findDialect(api.dialect);
    return dialect != nullptr && dialect->operation == Operation::Chat && dialect != &kOpenAiCompletions;
}

/// What would end a segment or the path is encoded. "publishers/x" stays: a model's name may be a path of its own, but for
/// `strict` ones: AWS signs the path with ":" and "/" of a model's ARN encoded.
std::string encoded(std::string_view text, bool strict = false) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
                           c == '~' || (!strict && (c == '@' || c == '/' || c == ':'));
        if (plain) out += c;
        else out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

}  // namespace

const ProviderApi* ProviderKind::apiFor(const ClientCall& call, std::string_view model) const {
    const auto* end = apis + apiCount;
    const auto named = [&](const ProviderApi& api) { return !api.models.empty() && model.find(api.models) != std::string_view::npos; };
    // A model that has rows of its own (Claude on Vertex AI) is served by those alone.
    const bool claimed = std::any_of(apis, end, named);
    const auto fits = [&](const ProviderApi& api) { return claimed ? named(api) : api.models.empty(); };
    for (const auto* api = apis; api != end; ++api)
        if (api->api == call.api && fits(*api)) return api;
    if (call.dialect == nullptr) return nullptr;
    for (const auto* api = apis; api != end; ++api) {
        if (!fits(*api)) continue;
        const auto operation = operationOf(*call.dialect);
        if (operation == Operation::Chat ? speaksChat(*api) : api->dialect != nullptr && operationOf(*findDialect(api->dialect)) == operation)
            return api;
    }
    return nullptr;
}

const ProviderKind* findProviderKind(std::string_view name) {
    for (const auto& kind : kKinds)
        if (kind.name == name) return &kind;
    return nullptr;
}

const std::vector<const ProviderKind*>& providerKinds() {
    static const std::vector<const ProviderKind*> kAll = [] {
        std::vector<const ProviderKind*> all;
        for (const auto& kind : kKinds) all.push_back(&kind);
        return all;
    }();
    return kAll;
}

std::string pathOf(const ProviderKind& kind, const ProviderApi& api, const PathParts& parts, bool stream) {
    const std::string_view pattern = stream && api.streamPath != nullptr ? api.streamPath : api.path;
    const auto version = parts.apiVersion.empty() ? std::string(kind.apiVersion) : parts.apiVersion;
    std::string out(kind.prefix);
    for (std::size_t at = 0; at < pattern.size();) {
        const auto hole = pattern.find('{', at);
        out += pattern.substr(at, hole - at);
        if (hole == std::string_view::npos) break;
        const auto end = pattern.find('}', hole);
        const auto name = pattern.substr(hole + 1, end - hole - 1);
        if (name == "model") out += encoded(parts.model, kind.auth == AuthScheme::SigV4);
        else if (name == "deployment") out += encoded(parts.deployment.empty() ? parts.model : parts.deployment);
        else if (name == "version") out += encoded(version);
        else if (name == "project") out += encoded(parts.project);
        else if (name == "location") out += encoded(parts.location);
        else if (name == "rest") out += parts.rest;
        at = end + 1;
    }
    return out;
}

std::string hostOf(const ProviderKind& kind, std::string_view location) {
    constexpr std::string_view kHole = "{location}";
    std::string host(kind.host);
    const auto at = host.find(kHole);
    if (at == std::string::npos) return host;
    // Vertex AI's global endpoint has no region before its name.
    if (location.empty() || location == "global") {
        host.erase(at, kHole.size());
        if (host.starts_with('-')) host.erase(0, 1);
        return host;
    }
    return host.replace(at, kHole.size(), location);
}

void applyQuirks(const ProviderKind& kind, std::string& body, Losses& losses) {
    if (kind.quirkCount == 0) return;
    auto json = Json::parse(body, nullptr, false);
    if (!json.is_object()) return;
    bool changed = false;
    for (std::size_t i = 0; i < kind.quirkCount; ++i) {
        const auto& quirk = kind.quirks[i];
        if (!json.contains(quirk.field)) continue;
        changed = true;
        if (quirk.kind == Quirk::Kind::Rename && !json.contains(quirk.to)) json[quirk.to] = json[quirk.field];
        else if (quirk.kind == Quirk::Kind::Drop) dropped(losses, quirk.field, fmt::format("{} has no such setting.", kind.title));
        json.erase(quirk.field);
    }
    if (changed) body = dump(json);
}

}  // namespace gatehouse::llm
