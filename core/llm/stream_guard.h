// StreamGuard: masks a streamed answer of any dialect on its way to the client. Each text that comes in pieces (of a choice, a block, a
// tool's arguments) goes through a TextMasker of its own; what is held back goes out before that part's end, as one more event
// of the same kind. Events that hold no text pass byte for byte. Thread: one exchange. Lifetime: not beyond the guard's.
#pragma once

#include "llm/guard.h"
#include "llm/text_filter.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace gatehouse::llm {

class StreamGuard {
  public:
    enum class Framing : std::uint8_t {
        Sse,          ///< OpenAI, Anthropic, Gemini, Cohere
        Lines,        ///< Ollama: one JSON object on each line.
        EventStream,  ///< Bedrock: application/vnd.amazon.eventstream
    };
    /// By the media type of the client's stream.
    static Framing framingOf(std::string_view contentType);

    StreamGuard(const RegexGuard& guard, Framing framing);
    /// Through filters of another kind. `each` (may be null) is called after every event with what went out for it, and may take it.
    StreamGuard(TextFilters filters, Framing framing, std::function<void(std::string& out)> each = {});
    ~StreamGuard();
    StreamGuard(const StreamGuard&) = delete;
    StreamGuard& operator=(const StreamGuard&) = delete;

    /// Bytes at any split; appends what may go to the client now.
    void feed(std::string_view bytes, std::string& out);
    /// The stream ended, or broke off.
    void finish(std::string& out);

    GuardVerdict verdict() const;
    /// How often something was let go because it was longer than the window, though it might have become a hit.
    std::size_t overruns() const;
    /// An event was too large, or its frame broken: nothing more goes out.
    bool failed() const;

    struct State;

  private:
    std::unique_ptr<State> state_;
};

}  // namespace gatehouse::llm
