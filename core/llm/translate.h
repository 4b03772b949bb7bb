// Translation of LLM bodies between dialects: request, answer, error, stream. Text to text; what one side says and the other
// cannot is told as a Loss, never dropped in silence. Thread: the functions are pure; a StreamTranslator belongs to one
// exchange. Where source and target are the same dialect the body passes unchanged.
#pragma once

#include "base/result.h"
#include "llm/usage.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::llm {

/// What an endpoint of a dialect is for. Bodies are translated within one operation only (Completion counts as Chat).
enum class Operation : std::uint8_t { Chat, Embeddings, Rerank, CountTokens };

/// One field that did not get through as it was written.
struct Loss {
    enum class Kind : std::uint8_t {
        Dropped,    ///< The target has no place for it.
        Defaulted,  ///< The target must have it and the source did not say it.
        Coerced,    ///< The target says it in another way that is not quite the same.
    };
    Kind kind = Kind::Dropped;
    std::string path;    ///< In the source's body ("messages[2].content[0].cache_control"); of Defaulted in the target's.
    std::string reason;  ///< One sentence.

    bool operator==(const Loss&) const = default;
};
using Losses = std::vector<Loss>;
std::string_view lossWord(Loss::Kind kind);  ///< "dropped", "defaulted", "coerced"

struct Dialect;

/// Null where the name is unknown. Names: see dialectNames().
const Dialect* findDialect(std::string_view name);
std::vector<std::string_view> dialectNames();
std::string_view nameOf(const Dialect& dialect);
Operation operationOf(const Dialect& dialect);

/// What some dialects say in the request's target and others in the body.
struct RequestFacts {
    std::string model;
    bool stream = false;
    std::string encoding{};  ///< Of embeddings: "base64" where the client asked for it; translateAnswer() wants it back.
};

struct TranslatedRequest {
    std::string body;
    RequestFacts facts;  ///< Of the request, wherever it said them; where the target's body has no place for them, its path has.
    Losses losses;
};

/// `given`: what the request's target said (Gemini, Bedrock); the body's own word wins. `forceModel`: what the provider is
/// asked for whatever the client said; empty keeps the client's.
/// Errors: "invalid-json", "invalid-field" (the sentence begins with the field's path), "unsupported" (another operation).
Result<TranslatedRequest> translateRequest(const Dialect& from, const Dialect& to, std::string_view body,
                                           const RequestFacts& given = {}, std::string_view forceModel = {});

struct TranslatedAnswer {
    std::string body;
    Usage usage;
    AnswerFacts facts;
    Losses losses;
};

/// A whole answer (2xx) of `from`, for a client of `to`. `model`: what the client is told where the answer names none.
/// `encoding`: RequestFacts::encoding of the request that is answered (OpenAI's clients decode base64 by default).
Result<TranslatedAnswer> translateAnswer(const Dialect& from, const Dialect& to, std::string_view body, std::string_view model = {},
                                         std::string_view encoding = {});

/// An error, in no dialect.
struct ApiError {
    int status = 500;
    std::string type;     ///< As the provider called it ("overloaded_error", "RESOURCE_EXHAUSTED"); may be empty.
    std::string code;     ///< "context_length_exceeded", "rate_limit_exceeded"; may be empty.
    std::string message;  ///< For a person.
    std::string param;    ///< The field that it is about; may be empty.
};
/// Reads what a provider answered beside 2xx; a body that is none of its own (HTML of a proxy) gives a message that says so.
ApiError readError(const Dialect& from, int status, std::string_view body);
/// As the client's SDK expects it. The reason of the provider is kept.
std::string writeError(const Dialect& to, const ApiError& error);
/// The type of an error of ours by its status ("invalid_request_error", "RESOURCE_EXHAUSTED"), in the words of `to`.
std::string_view errorType(const Dialect& to, int status);

/// Both read and write streams (or are the same dialect): what a StreamTranslator demands.
bool canTranslateStream(const Dialect& from, const Dialect& to);

/// One stream on its way from provider to client. Bytes in at any split, bytes out; whole events only.
class StreamTranslator {
  public:
    /// `model`: what the client is told where the stream names none. `includeUsage`: the client asked for usage at the end
    /// (openai-chat's stream_options.include_usage); dialects whose streams always hold usage write it anyway.
    StreamTranslator(const Dialect& from, const Dialect& to, std::string_view model, bool includeUsage);
    ~StreamTranslator();
    StreamTranslator(const StreamTranslator&) = delete;
    StreamTranslator& operator=(const StreamTranslator&) = delete;

    /// What goes to the client is one JSON list in place of events (ClientCall::streamAsList). Before the first feed().
    void asList();

    void feed(std::string_view bytes, std::string& out);
    /// The upstream's body ended. A stream that did not say its end is cut: the client gets an error event where its dialect
    /// has one and never a proper end. False: it was cut.
    bool finish(std::string& out);
    /// Ends the client's stream with an error of ours. Nothing may follow.
    void fail(const ApiError& error, std::string& out);

    bool ended() const;                  ///< The provider said the end.
    const Usage& usage() const;
    const AnswerFacts& facts() const;
    const Losses& losses() const;
    /// What the provider's stream did against its own dialect's grammar ("message_start came twice"), in order, at most 20.
    const std::vector<std::string>& faults() const;
    std::uint64_t events() const;        ///< That the provider sent.
    std::string_view contentType() const;  ///< Of the client's stream.

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace gatehouse::llm
