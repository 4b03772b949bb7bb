#include "llm/client_api.h"

#include "http/uri.h"

#include <array>

namespace gatehouse::llm {
namespace {

struct Row {
    ClientApi api;
    std::string_view suffix;   ///< Of the path, from a "/" on.
    const char* dialect;       ///< Null: the body is not read.
    std::string_view name;
    std::string_view operation;
};

/// The longest suffix stands before the shorter ones that it ends with.
constexpr auto kRows = std::to_array<Row>({
    {ClientApi::ChatCompletions, "/chat/completions", "openai-chat", "chat-completions", "chat"},
    {ClientApi::Completions, "/completions", "openai-completions", "completions", "text_completion"},
    {ClientApi::Responses, "/responses", "openai-responses", "responses", "chat"},
    {ClientApi::InputTokens, "/responses/input_tokens", "openai-input-tokens", "input-tokens", "count_tokens"},
    {ClientApi::Embeddings, "/embeddings", "openai-embeddings", "embeddings", "embeddings"},
    {ClientApi::CountTokens, "/messages/count_tokens", "anthropic-count-tokens", "count-tokens", "count_tokens"},
    {ClientApi::Messages, "/messages", "anthropic-messages", "messages", "chat"},
    {ClientApi::Tokenize, "/tokenize", "vllm-tokenize", "tokenize", "count_tokens"},
    {ClientApi::Rerank, "/rerank", "cohere-rerank", "rerank", "rerank"},
    {ClientApi::CohereChat, "/v2/chat", "cohere-chat", "cohere-chat", "chat"},
    {ClientApi::CohereEmbed, "/v2/embed", "cohere-embeddings", "cohere-embed", "embeddings"},
    {ClientApi::OllamaChat, "/api/chat", "ollama-chat", "ollama-chat", "chat"},
    {ClientApi::Images, "/images/generations", nullptr, "images", "image_generation"},
    {ClientApi::Images, "/images/edits", nullptr, "images", "image_generation"},
    {ClientApi::Images, "/images/variations", nullptr, "images", "image_generation"},
    {ClientApi::Audio, "/audio/speech", nullptr, "audio", "speech"},
    {ClientApi::Audio, "/audio/transcriptions", nullptr, "audio", "transcription"},
    {ClientApi::Audio, "/audio/translations", nullptr, "audio", "translation"},
    {ClientApi::Moderations, "/moderations", nullptr, "moderations", "moderation"},
});

/// The segment between the last `before` and `after` that ends the path.
bool between(std::string_view path, std::string_view before, std::string_view after, std::string_view& out) {
    if (!path.ends_with(after)) return false;
    path.remove_suffix(after.size());
    const auto at = path.rfind(before);
    if (at == std::string_view::npos) return false;
    out = path.substr(at + before.size());
    return !out.empty();
}

bool asksForSse(std::string_view query) {
    while (!query.empty()) {
        const auto end = query.find('&');
        if (query.substr(0, end) == "alt=sse") return true;
        if (end == std::string_view::npos) break;
        query.remove_prefix(end + 1);
    }
    return false;
}

/// "speakeasy-sdk/typescript … @mistralai/mistralai", "speakeasy-sdk/python … mistralai", "mistral-client-python/…"
bool isMistralClient(std::string_view userAgent) {
    return userAgent.find("mistralai") != std::string_view::npos || userAgent.starts_with("mistral-client");
}

ClientCall modelInPath(ClientApi api, const char* dialect, std::string_view model, bool stream) {
    ClientCall call;
    call.api = api;
    call.dialect = findDialect(dialect);
    call.facts = {http::percentDecoded(model), stream};
    return call;
}

}  // namespace

ClientCall clientCallOf(std::string_view method, std::string_view path, std::string_view query, std::string_view userAgent) {
    ClientCall call;
    while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    if (method == "GET") {
        if (path.ends_with("/models")) {
            call.api = ClientApi::Models;
        } else if (const auto at = path.rfind("/models/"); at != std::string_view::npos) {
            call.api = ClientApi::Models;
            call.rest = path.substr(at + 8);
        }
        return call;
    }
    if (method != "POST") return call;
    std::string_view model;
    if (between(path, "/models/", ":generateContent", model)) return modelInPath(ClientApi::Generate, "gemini-generate", model, false);
    if (between(path, "/models/", ":streamGenerateContent", model)) {
        call = modelInPath(ClientApi::Generate, "gemini-generate", model, true);
        call.streamAsList = !asksForSse(query);
        return call;
    }
    // Vertex AI's own path says that its form of the body comes.
    if (between(path, "/models/", ":countTokens", model))
        return modelInPath(ClientApi::GeminiCount, path.find("/publishers/") != std::string_view::npos ? "vertex-count-tokens" : "gemini-count-tokens", model, false);
    if (between(path, "/model/", "/count-tokens", model)) return modelInPath(ClientApi::BedrockCount, "bedrock-count-tokens", model, false);
    if (between(path, "/model/", "/converse", model)) return modelInPath(ClientApi::Converse, "bedrock-converse", model, false);
    if (between(path, "/model/", "/converse-stream", model)) return modelInPath(ClientApi::Converse, "bedrock-converse", model, true);
    for (const auto& row : kRows) {
        if (!path.ends_with(row.suffix)) continue;
        if (row.api == ClientApi::Tokenize && path.ends_with("/v1/tokenize")) continue;  // Cohere's, which is another.
        call.api = row.api;
        if (row.dialect != nullptr) call.dialect = findDialect(row.dialect);
        else call.rest = row.suffix.substr(1);
        if (row.api == ClientApi::ChatCompletions && isMistralClient(userAgent)) call.dialect = findDialect("mistral-chat");
        return call;
    }
    return call;
}

std::string_view apiName(ClientApi api) {
    switch (api) {
    case ClientApi::None: return "none";
    case ClientApi::Models: return "models";
    case ClientApi::Generate: return "generate-content";
    case ClientApi::Converse: return "converse";
    case ClientApi::GeminiCount: return "gemini-count-tokens";
    case ClientApi::BedrockCount: return "bedrock-count-tokens";
    default: break;
    }
    for (const auto& row : kRows)
        if (row.api == api) return row.name;
    return "none";
}

std::string_view operationName(ClientApi api) {
    switch (api) {
    case ClientApi::None: return "";
    case ClientApi::Models: return "list_models";
    case ClientApi::Generate: return "generate_content";
    case ClientApi::Converse: return "chat";
    case ClientApi::GeminiCount:
    case ClientApi::BedrockCount: return "count_tokens";
    default: break;
    }
    for (const auto& row : kRows)
        if (row.api == api) return row.operation;
    return "";
}

}  // namespace gatehouse::llm
