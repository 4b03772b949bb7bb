// Streams in no dialect: a reader turns a provider's bytes into events, a writer turns events into a client's bytes. Private to
// llm/dialect. Thread: one exchange.
//
// Grammar of the events, which readers make and writers may rely on: Start once, first. For each (choice, part): PartStart,
// PartDelta*, PartStop; parts of one choice are numbered from 0 without a gap and do not overlap. Finish once per choice, after its
// parts. Usage any number of times, the last one counts. End once, last; without it the stream was cut. Error may come at any
// time, and nothing after it.
#pragma once

#include "llm/dialect/chat.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::llm {

struct StreamEvent {
    enum class Kind : std::uint8_t { Start, PartStart, PartDelta, PartStop, Finish, Usage, End, Error, Ping };
    Kind kind = Kind::Ping;

    /// Start
    std::string id;
    std::string model;
    std::int64_t created = 0;
    std::string serviceTier;
    std::string systemFingerprint;

    int choice = 0;
    int part = 0;
    /// PartStart: kind, callId, name, signature, opaque (complete). PartDelta: what is added: `text` (Text, Thinking, Refusal: more
    /// text; ToolCall: more of the arguments' JSON text), signature, citations, data (Audio: base64).
    Part content;
    Json logprobs;          ///< PartDelta of Text: as Choice::logprobs; null: none.

    FinishReason finish = FinishReason::Unknown;
    std::string rawFinish;
    std::string stopSequence;

    Usage usage;
    ApiError error;
};

class StreamReader {
  public:
    virtual ~StreamReader() = default;
    /// Bytes at any split.
    virtual void feed(std::string_view bytes, std::vector<StreamEvent>& out) = 0;
    /// The body ended. Adds what was still open; adds End only where the dialect's end is the body's end and it was well formed
    /// (a dialect with an end of its own has sent it in feed()).
    virtual void finish(std::vector<StreamEvent>& out) = 0;
    std::vector<std::string> faults;
    std::uint64_t events = 0;
    Losses losses;

  protected:
    void fault(std::string what) {
        if (faults.size() < 20) faults.push_back(std::move(what));
    }
};

class StreamWriter {
  public:
    virtual ~StreamWriter() = default;
    virtual void write(const StreamEvent& event, std::string& out) = 0;
    /// In place of End: the client must not take the stream for whole.
    virtual void fail(const ApiError& error, std::string& out) = 0;
    virtual std::string_view contentType() const { return "text/event-stream"; }
    Losses losses;
};

/// Opens and closes parts for readers of dialects that only have deltas (OpenAI chat, Gemini, Ollama): makes PartStart where
/// the kind or the call changes, PartStop before the next and before Finish. Parallel calls whose deltas are interleaved, which
/// the events cannot say, come one after the other: a call waits while the arguments of the one before it are no whole JSON.
class PartTracker {
  public:
    /// Text of this kind (Text, Thinking, Refusal): opens a part, closing what was open, where needed. `delta` without text only opens.
    void add(int choice, Part::Kind kind, StreamEvent delta, std::vector<StreamEvent>& out);
    /// A piece of a call, by the provider's own number of it. `id` and `name` count in its first piece.
    void addCall(int choice, int key, std::string id, std::string name, StreamEvent delta, std::vector<StreamEvent>& out);
    /// A part that is complete: start, one delta where it has text, stop. `content` is the start's.
    void addWhole(int choice, Part content, std::vector<StreamEvent>& out);
    void close(int choice, std::vector<StreamEvent>& out);
    void closeAll(std::vector<StreamEvent>& out);

  private:
    struct Call {
        int key = 0;
        StreamEvent start;
        StreamEvent held;      ///< What came while it waited.
        int depth = 0;         ///< Of its arguments' JSON.
        bool begun = false;
        bool inText = false;
        bool escaped = false;

        void scan(std::string_view arguments);
        bool complete() const { return begun && depth == 0; }
    };
    struct Open {
        int choice = 0;
        int part = -1;         ///< Number of the part that is open; -1: none.
        int next = 0;
        Part::Kind kind = Part::Kind::Text;
        std::vector<Call> calls;  ///< The first one is open, the others wait.
        std::vector<int> closed;  ///< Keys of calls that were closed.
    };
    Open& of(int choice);
    static void begin(Open& entry, StreamEvent start, std::vector<StreamEvent>& out);
    static void emit(Open& entry, StreamEvent delta, std::vector<StreamEvent>& out);
    static void stop(Open& entry, std::vector<StreamEvent>& out);
    static void advance(Open& entry, std::vector<StreamEvent>& out);
    std::vector<Open> open_;
};

/// Events -> the answer that they tell: what a reader of the buffered answer would have made of it.
class Accumulator {
  public:
    void add(const StreamEvent& event);
    bool ended() const { return ended_; }
    bool failed() const { return failed_; }
    /// Arguments of calls are parsed here.
    ChatAnswer take();

  private:
    Choice& choiceOf(int index);

    ChatAnswer answer_;
    bool ended_ = false;
    bool failed_ = false;
};

/// Server-sent events out of bytes at any split (WHATWG HTML 9.2): CR, LF, CRLF; comments and unknown fields left out.
class SseParser {
  public:
    using OnEvent = std::function<void(std::string_view event, std::string_view data)>;
    explicit SseParser(OnEvent onEvent) : onEvent_(std::move(onEvent)) {}
    void feed(std::string_view bytes);
    /// An event that no empty line ended is not one (the specification discards it); true where such bytes were left.
    bool unfinished() const { return !line_.empty() || hasData_; }
    bool overflowed() const { return overflowed_; }  ///< An event beyond kMaxEvent; nothing is read after it.
    static constexpr std::size_t kMaxEvent = 16 * 1024 * 1024;

  private:
    void endLine();

    OnEvent onEvent_;
    std::string line_;
    std::string event_;
    std::string data_;
    bool hasData_ = false;
    bool afterReturn_ = false;
    bool overflowed_ = false;
    bool begun_ = false;   ///< A byte order mark may only come first.
};

/// Server-sent events -> the items of one JSON list, as Gemini's clients without alt=sse read streams. Bytes in at any split.
class JsonListFraming {
  public:
    void feed(std::string_view events, std::string& out);
    /// The stream is over: the list ends.
    void finish(std::string& out);

  private:
    std::string* out_ = nullptr;
    bool begun_ = false;
    bool over_ = false;
    SseParser sse_{[this](std::string_view, std::string_view data) {
        out_->append(begun_ ? ",\r\n" : "[").append(data);
        begun_ = true;
    }};
};

void writeSse(std::string& out, std::string_view event, std::string_view data);  ///< `event` may be empty: no such line.

}  // namespace gatehouse::llm
