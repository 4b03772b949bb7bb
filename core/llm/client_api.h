// ClientApi: which API a request speaks, by its method and path. One table; prefixes before the API's own path (/openai/v1/...,
// /anthropic/v1/messages) do not matter. Thread: pure functions.
#pragma once

#include "llm/translate.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse::llm {

enum class ClientApi : std::uint8_t {
    None,             ///< No LLM API that is known here: passes as it is.
    ChatCompletions,  ///< POST .../chat/completions
    Completions,      ///< POST .../completions
    Responses,        ///< POST .../responses
    Embeddings,       ///< POST .../embeddings
    Models,           ///< GET  .../models, .../models/{id}
    Messages,         ///< POST .../messages
    CountTokens,      ///< POST .../messages/count_tokens
    InputTokens,      ///< POST .../responses/input_tokens
    GeminiCount,      ///< POST .../models/{model}:countTokens
    BedrockCount,     ///< POST .../model/{model}/count-tokens
    Tokenize,         ///< POST .../tokenize, vLLM's
    Generate,         ///< POST .../models/{model}:generateContent, :streamGenerateContent
    Rerank,           ///< POST .../rerank
    CohereChat,       ///< POST .../v2/chat
    CohereEmbed,      ///< POST .../v2/embed
    OllamaChat,       ///< POST .../api/chat
    Converse,         ///< POST .../model/{model}/converse, converse-stream
    Images,           ///< POST .../images/generations, edits, variations: passes where the provider has it
    Audio,            ///< POST .../audio/speech, transcriptions, translations
    Moderations,      ///< POST .../moderations
};

struct ClientCall {
    ClientApi api = ClientApi::None;
    const Dialect* dialect = nullptr;  ///< Of the body; null where it is not read (Models, Images, Audio, Moderations, None).
    RequestFacts facts;                ///< What the path itself says (Gemini, Bedrock).
    std::string_view rest;             ///< Images, Audio: "images/edits"; Models: the id, where one is asked for.
    /// Gemini without alt=sse: the stream is one JSON list.
    bool streamAsList = false;
    bool passthrough = false;  ///< Configuration says that it goes on as it is, wherever its path leads.
};

/// `path` without the query, as it stands in the request target; `query` without its "?". `userAgent` tells Mistral's clients, whose chat
/// stands at OpenAI's path.
ClientCall clientCallOf(std::string_view method, std::string_view path, std::string_view query, std::string_view userAgent = {});

/// "chat-completions", "messages", ... for records, metrics and explain. Static.
std::string_view apiName(ClientApi api);
/// gen_ai.operation.name of OpenTelemetry: "chat", "text_completion", "embeddings", "generate_content", ...
std::string_view operationName(ClientApi api);

}  // namespace gatehouse::llm
