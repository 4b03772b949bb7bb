// PromptClient: sends prompts to the gateway's own listener as any client would, and reads the answers as they stream, for people who
// try things (the Playground). A prompt is written in the dialect that its path speaks, and its answer read in the same, so that
// lanes of different APIs can be compared. One thread, one curl multi; whoever looks takes a copy, as often as he likes.
// Thread: every member from any. Lifetime: destruction cancels what is under way and joins.
#pragma once

#include "base/result.h"
#include "llm/translate.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::lab {

struct Prompt {
    std::string system;  ///< Empty: none.
    std::string user;
    std::string model;
    std::optional<double> temperature;
    std::optional<std::int64_t> maxTokens;
    bool stream = true;
};

struct PromptTarget {
    std::string address;  ///< "127.0.0.1:8080"
    std::string host;     ///< Host to ask for; empty: the address.
    std::string path;     ///< "/v1/chat/completions"
    std::vector<std::pair<std::string, std::string>> headers;
    bool tls = false;     ///< The session must be proved by a certificate of `caPem`, for the name of `host`.
    std::string caPem;    ///< The listener's own certificates, each an anchor of trust by itself.
    std::string identityPem;  ///< The client's own certificate and its key, for listeners that ask for one; empty: it has none.
};

/// What is sent: method POST, and the body in the path's own dialect (OpenAI's chat where the path is none that is known).
struct PromptRequest {
    std::string target;  ///< The path, with the model where its dialect has it there, and "?alt=sse" of Gemini's streams.
    std::string body;
    const llm::Dialect* dialect = nullptr;
    llm::Losses losses;
};
/// Errors as translateRequest(); "unsupported" where the path is of no API for chats.
Result<PromptRequest> writePrompt(const Prompt& prompt, const PromptTarget& target);

/// "http://127.0.0.1:8080"; of TLS "https://chat.example:8443": the name that is proved, and the port where it is bound.
std::string promptUrl(const PromptTarget& target);

/// An answer as far as it came. Times in microseconds since it was sent.
struct PromptAnswer {
    enum class State : std::uint8_t { Waiting, Streaming, Done, Failed, Cancelled };
    State state = State::Waiting;
    int status = 0;               ///< 0: no head came yet.
    std::string requestId;        ///< As the gateway calls it; empty until the head came.
    std::string text, thinking;   ///< Of the first choice.
    std::string toolCalls;        ///< As they stream: name and arguments.
    std::string finish;           ///< Why it stopped, in OpenAI's words.
    std::string model;            ///< That answered.
    std::string error;            ///< One sentence, where Failed.
    llm::Usage usage;
    std::int64_t firstTokenMicros = -1;
    std::int64_t lastTokenMicros = -1;
    std::int64_t totalMicros = 0;   ///< So far.
    std::uint64_t pieces = 0;       ///< Of text, thought or arguments that came.

    bool over() const { return state != State::Waiting && state != State::Streaming; }
    /// Of the output, after the first one; 0: not known. By the usage where the answer said it, else by pieces.
    double tokensPerSecond() const;
};

class PromptClient {
  public:
    PromptClient();
    ~PromptClient();
    PromptClient(const PromptClient&) = delete;
    PromptClient& operator=(const PromptClient&) = delete;

    /// Sends it, and answers a number to ask by. Errors as writePrompt().
    Result<std::uint64_t> send(const Prompt& prompt, const PromptTarget& target);
    /// Nothing where the number is not known, or was forgotten.
    std::optional<PromptAnswer> look(std::uint64_t number) const;
    void cancel(std::uint64_t number);
    /// Cancels it where it is under way, and lets go of its answer.
    void forget(std::uint64_t number);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace gatehouse::lab
