// Dialect: one row of the table in dialects.cpp. A new dialect is one more file pair and one row. Private to llm/dialect. Thread:
// constants.
//
// For whoever writes one more:
// - Define `const Dialect kName = {.name = ..., .family = ..., .operation = ..., .modelInTarget = ..., .readRequest = ..., ...}` in a
//   file of its own and take the row out of pending.cpp. Anonymous namespaces for all else; what several dialects share goes to chat.h.
// - readRequest: one Members per object, rest() of it into the nearest Extras with family and path. Set Extras::family also where
//   nothing is left over: a writer of the same family tells by it that a node came from its own kind (ChatMessage::extras.family).
//   At the end return unexpected(*members.failure()) where there is one. Unknown kinds of parts: Part::Kind::Opaque, with the whole
//   object in `opaque` and extras.family; a writer of the family writes it back, others leave it untaken, which reports it.
// - writeRequest: take() what is written, set part.taken, tool.taken; restore() extras. What is left alone is reported for you, so
//   never report it yourself as well. Coerced and Defaulted are yours to tell, with the source's path (Given::path, Part::path).
//   Yours to tell as well, because no flag says that they were taken: Part::cache, Part::citations, Part::detail, title and context,
//   isError, a signature of another family, Tool::cache, Tool::strict, ChatMessage::name, a message that was left out or merged.
//   Begin with takeDefaults(request). Read the model by *request.model, also where it is taken: with modelInTarget it is. The same
//   goes for stream.
// - Text that is empty is no part: readers leave it out, writers never write an empty block. Messages without a part are taken out
//   (and told) before writers see them.
// - Arguments of tools are objects here, texts in streams. Tools, keys and schemas keep their order: prompt caches depend on it.
// - Usage: totals hold every bucket (Anthropic's input_tokens does not hold cached ones: add them).
// - Finish reasons: FinishReason is the meaning, rawFinish the provider's own word.
// - A Signature may only be written back to its own family; for others the part's text alone (or nothing) is written. Claude's is
//   Family::Anthropic wherever Claude runs (Vertex AI, Bedrock): they take each other's. OpenAI's chat carries them all, in
//   thinking_blocks with "format" and "id", Gemini's on calls as extra_content.google.thought_signature: see openai_chat.h.
// - Json::value() and operator[] of nlohmann throw where a type is another than expected: use Members, or textOf().
// - Words of neutral fields: service tiers and finish words as OpenAI has them (auto, default, flex, priority), efforts as in chat.h,
//   log probabilities as OpenAI's chat, media types as MIME.
// - Servers that imitate OpenAI are read with what is common among them (openai_chat.h names it); OpenAI-shaped dialects share
//   readOpenAiSettings, readOpenAiContent, readOpenAiToolCall, writeOpenAiMessages, readOpenAiUsage.
// - Stream readers: PartTracker makes the parts out of deltas. An answer that was read whole and the same answer read as a stream and
//   accumulated (Accumulator in stream.h) must be equal, but for what the dialect's streams do not say: a test holds every row to it.
// - Vectors: tests/vectors/llm/dialects/NAME.txt, any number of files; the generic tests run over every row with functions.
#pragma once

#include "llm/dialect/stream.h"

namespace gatehouse::llm {

/// One batch of texts to embed, in no dialect.
struct EmbeddingsRequest {
    Given<std::string> model;
    struct Input {
        std::string text;
        std::vector<std::int64_t> tokens;  ///< In place of a text.
        std::string imageUrl;              ///< Data URL, in place of a text.
    };
    std::vector<Input> inputs;
    std::string inputPath;                 ///< Where they stood, for failures.
    bool inputWasText = false;             ///< One string, no list.
    Given<std::int64_t> dimensions;
    Given<std::string> encoding;           ///< "float", "base64"
    Given<std::vector<std::string>> embeddingTypes;  ///< Cohere: "float", "int8", ...
    Given<std::string> purpose;            ///< Cohere's words: "search_document", "search_query", "classification", "clustering"
    Given<std::string> truncate;           ///< "NONE", "START", "END"
    Given<bool> normalize;
    Given<std::string> user;
    Extras extras;
};

struct EmbeddingsAnswer {
    std::string id;
    std::string model;
    std::vector<std::vector<double>> vectors;
    std::vector<std::string> base64;       ///< In place of `vectors`: little-endian float32.
    std::vector<std::string> texts;        ///< Cohere repeats them.
    bool wantsBase64 = false;              ///< For writers: what the client asked for.
    Usage usage;
    Extras extras;
};

/// Documents to put in order, in no dialect.
struct RerankRequest {
    Given<std::string> model;
    std::string query;
    std::vector<Json> documents;           ///< Texts, or objects with a text.
    Given<std::int64_t> topN, tokensPerDocument;
    Extras extras;
};

struct RerankAnswer {
    struct Rank {
        std::uint64_t index = 0;
        double score = 0;
    };
    std::string id, model;
    std::vector<Rank> ranks;
    Usage usage;
    Extras extras;
};

/// What an API that counts the tokens of a request answers.
struct CountAnswer {
    std::uint64_t tokens = 0;
    Extras extras;
};

/// How a dialect asks for a count. Defined in llm/dialect/count_tokens.h.
struct CountForm;

struct Dialect {
    const char* name;
    Family family;
    Operation operation;
    bool modelInTarget;   ///< The model (and whether to stream) stands in the path, not in the body.

    Result<ChatRequest> (*readRequest)(const Json& body) = nullptr;
    Json (*writeRequest)(ChatRequest& request, Losses& losses) = nullptr;
    Result<ChatAnswer> (*readAnswer)(const Json& body) = nullptr;
    Json (*writeAnswer)(ChatAnswer& answer, Losses& losses) = nullptr;
    std::unique_ptr<StreamReader> (*streamReader)() = nullptr;
    std::unique_ptr<StreamWriter> (*streamWriter)(std::string_view model, bool includeUsage) = nullptr;

    Result<EmbeddingsRequest> (*readEmbeddings)(const Json& body) = nullptr;
    /// A failure where the target cannot take the inputs at all (tokens, several where it takes one).
    Result<Json> (*writeEmbeddings)(EmbeddingsRequest& request, Losses& losses) = nullptr;
    Result<EmbeddingsAnswer> (*readVectors)(const Json& body) = nullptr;
    Json (*writeVectors)(EmbeddingsAnswer& answer, Losses& losses) = nullptr;

    ApiError (*readError)(int status, const Json& body) = nullptr;
    Json (*writeError)(const ApiError& error) = nullptr;
    std::string_view (*errorType)(int status) = nullptr;

    Result<RerankRequest> (*readRerank)(const Json& body) = nullptr;
    Json (*writeRerank)(RerankRequest& request, Losses& losses) = nullptr;
    Result<RerankAnswer> (*readRanks)(const Json& body) = nullptr;
    Json (*writeRanks)(RerankAnswer& answer, Losses& losses) = nullptr;

    const CountForm* count = nullptr;  ///< CountTokens alone: the chat whose requests it counts, and where they stand.
    Result<CountAnswer> (*readCount)(const Json& body) = nullptr;
    Json (*writeCount)(CountAnswer& answer, Losses& losses) = nullptr;
};

/// Rows of dialects.cpp; each is defined in the file that is named after it.
extern const Dialect kOpenAiChat;
extern const Dialect kOpenAiResponses;
extern const Dialect kOpenAiCompletions;
extern const Dialect kOpenAiEmbeddings;
extern const Dialect kAnthropicMessages;
extern const Dialect kAnthropicCountTokens;
extern const Dialect kOpenAiInputTokens;
extern const Dialect kGeminiCountTokens;
extern const Dialect kVertexCountTokens;
extern const Dialect kBedrockCountTokens;
extern const Dialect kVllmTokenize;
extern const Dialect kGeminiGenerate;
extern const Dialect kVertexGemini;
extern const Dialect kVertexAnthropic;
extern const Dialect kBedrockConverse;
extern const Dialect kBedrockEmbeddings;
extern const Dialect kBedrockRerank;
extern const Dialect kVertexRerank;
extern const Dialect kCohereChat;
extern const Dialect kCohereEmbeddings;
extern const Dialect kCohereRerank;
extern const Dialect kOllamaChat;
extern const Dialect kMistralChat;

/// What becomes of a chat once it was read (defined in translate.cpp). `write`: the body in the words of `to`.
TranslatedRequest writeChatRequest(ChatRequest& request, const Dialect& to, Json (*write)(const Dialect& to, ChatRequest& request, Losses& losses),
                                   const RequestFacts& given, std::string_view forceModel);

/// Shared by the OpenAI-shaped dialects (defined in openai_errors.cpp).
ApiError readOpenAiError(int status, const Json& body);
Json writeOpenAiError(const ApiError& error);
std::string_view openAiErrorType(int status);

}  // namespace gatehouse::llm
