// The grammar of streams, event by event: the dialect's own reader is fed one event at a time, so that what it finds wrong belongs
// to that event.
#include "llm/stream_grammar.h"

#include "http/characters.h"
#include "llm/dialect/aws_events.h"
#include "llm/dialect/dialect.h"
#include "text/find.h"

#include <algorithm>
#include <optional>

namespace gatehouse::llm {
namespace {

using Kind = StreamPart::Kind;

/// An event beyond it is told as it stands, without being read.
constexpr std::size_t kMostEvent = 16 * 1024 * 1024;

Kind kindOf(const StreamEvent& event) {
    switch (event.kind) {
        case StreamEvent::Kind::Start: return Kind::Start;
        case StreamEvent::Kind::PartStart:
        case StreamEvent::Kind::PartStop: return Kind::Block;
        case StreamEvent::Kind::PartDelta:
            return event.content.kind == Part::Kind::Thinking ? Kind::Thinking : event.content.kind == Part::Kind::ToolCall ? Kind::ToolCall : Kind::Text;
        case StreamEvent::Kind::Finish: return Kind::Finish;
        case StreamEvent::Kind::Usage: return Kind::Usage;
        case StreamEvent::Kind::End: return Kind::End;
        case StreamEvent::Kind::Error: return Kind::Error;
        case StreamEvent::Kind::Ping: return Kind::Ping;
    }
    return Kind::Other;
}

/// Which of several things that one event says is told.
int weight(Kind kind) {
    switch (kind) {
        case Kind::Error: return 9;
        case Kind::ToolCall: return 8;
        case Kind::Thinking: return 7;
        case Kind::Text: return 6;
        case Kind::Finish: return 5;
        case Kind::Start: return 4;
        case Kind::Usage: return 3;
        case Kind::End: return 2;
        case Kind::Block: return 1;
        default: return 0;
    }
}

/// The end of the first whole event in `bytes`; npos: none is whole.
std::size_t endOfSse(std::string_view bytes) {
    for (std::size_t at = 0; (at = text::findLineEnd(bytes, at)) != std::string_view::npos;) {
        const auto lineEnd = [&](std::size_t from) -> std::size_t {
            if (from >= bytes.size() || (bytes[from] != '\r' && bytes[from] != '\n')) return 0;
            return bytes[from] == '\r' && from + 1 < bytes.size() && bytes[from + 1] == '\n' ? 2 : 1;
        };
        const auto first = lineEnd(at);
        const auto second = lineEnd(at + first);
        // A CR at the end of what came may be half a line end: its LF then begins the next event, and does not matter there.
        if (second > 0) return at + first + second;
        at += first;
    }
    return std::string_view::npos;
}

std::size_t endOfFrame(std::string_view bytes) {
    constexpr std::size_t kShortest = 16;
    if (bytes.size() < 4) return std::string_view::npos;
    std::size_t total = 0;
    for (std::size_t i = 0; i < 4; ++i) total = total << 8U | static_cast<unsigned char>(bytes[i]);
    if (total < kShortest || total > kMostEvent) return bytes.size();  // No frame: the parser says what is wrong with it.
    return total <= bytes.size() ? total : std::string_view::npos;
}

std::size_t endOfLine(std::string_view bytes) {
    const auto at = bytes.find('\n');
    return at == std::string_view::npos ? at : at + 1;
}

/// The word by which an event without a name is known: its "type", where its JSON has one.
std::string typeOf(std::string_view data) {
    const auto json = Json::parse(data, nullptr, false);
    if (!json.is_object()) return data == "[DONE]" ? std::string(data) : std::string();
    return textOf(json, "type");
}

}  // namespace

struct StreamGrammar::State {
    Framing framing;
    std::unique_ptr<StreamReader> reader;
    std::vector<StreamPart> parts;
    std::vector<std::string> endFaults;
    std::vector<StreamEvent> events;
    std::string pending;
    std::uint64_t taken = 0;     ///< Bytes of the body before `pending`.
    std::size_t known = 0;       ///< Faults of the reader that were told.
    Usage usage;
    bool ended = false;
    bool broken = false;

    void name(StreamPart& part, std::string_view bytes) const;
    void say(StreamPart& part);
    void take(std::string_view bytes, std::int64_t micros);
    std::size_t endOfEvent(std::string_view bytes) const {
        return framing == Framing::Sse ? endOfSse(bytes) : framing == Framing::AwsEvents ? endOfFrame(bytes) : endOfLine(bytes);
    }
};

void StreamGrammar::State::name(StreamPart& part, std::string_view bytes) const {
    if (framing == Framing::AwsEvents) {
        AwsEventParser frames([&](const AwsEvent& event) {
            part.name = event.eventType.empty() ? event.messageType : event.eventType;
            part.data = event.payload;
        });
        frames.feed(bytes);
        if (part.name.empty()) part.name = "frame";
        return;
    }
    if (framing == Framing::Lines) {
        part.data = bytes.substr(0, bytes.find_last_not_of(" \r\n") + 1);
        part.name = "line";
        return;
    }
    SseParser sse([&](std::string_view event, std::string_view data) {
        part.name = event;
        part.data = data;
    });
    sse.feed(bytes);
    if (part.data.empty() && part.name.empty()) {
        part.name = "comment";
        part.kind = Kind::Ping;
        part.data = bytes.substr(0, bytes.find_last_not_of("\r\n") + 1);
        return;
    }
    if (part.name.empty()) part.name = typeOf(part.data);
    if (part.name.empty()) part.name = "data";
}

/// What the reader made of the event.
void StreamGrammar::State::say(StreamPart& part) {
    for (const auto& event : events) {
        const auto kind = kindOf(event);
        if (weight(kind) > weight(part.kind)) part.kind = kind;
        if (event.kind == StreamEvent::Kind::PartDelta) part.text += event.content.text;
        if (event.kind == StreamEvent::Kind::Usage) usage = event.usage;
        if (event.kind == StreamEvent::Kind::End) ended = true;
    }
    events.clear();
    for (; known < reader->faults.size(); ++known) part.faults.push_back(reader->faults[known]);
}

void StreamGrammar::State::take(std::string_view bytes, std::int64_t micros) {
    StreamPart part;
    part.micros = micros;
    part.begin = taken;
    part.end = taken + bytes.size();
    name(part, bytes);
    if (reader && !broken) {
        try {
            reader->feed(bytes, events);
            say(part);
        } catch (const Json::exception&) {
            events.clear();
            broken = true;
            part.faults.emplace_back("a field of the event has a type that it should not have");
        }
    }
    parts.push_back(std::move(part));
}

StreamGrammar::Framing StreamGrammar::framingOf(std::string_view contentType, const Dialect* dialect) {
    if (http::containsIgnoreCase(contentType, "eventstream")) return Framing::AwsEvents;  // vnd.amazon.eventstream
    if (http::containsIgnoreCase(contentType, "event-stream")) return Framing::Sse;
    if (http::containsIgnoreCase(contentType, "ndjson") || http::containsIgnoreCase(contentType, "stream+json")) return Framing::Lines;
    if (dialect != nullptr && dialect->family == Family::Ollama) return Framing::Lines;
    if (dialect != nullptr && dialect->family == Family::Bedrock) return Framing::AwsEvents;
    return Framing::Sse;
}

StreamGrammar::StreamGrammar(const Dialect* dialect, Framing framing) : state_(std::make_unique<State>()) {
    state_->framing = framing;
    if (dialect != nullptr && dialect->streamReader != nullptr) state_->reader = dialect->streamReader();
}

StreamGrammar::~StreamGrammar() = default;

void StreamGrammar::feed(std::string_view bytes, std::int64_t micros) {
    auto& s = *state_;
    s.pending.append(bytes);
    auto left = std::string_view(s.pending);
    while (!left.empty()) {
        const auto end = s.endOfEvent(left);
        if (end == std::string_view::npos) break;
        const auto event = left.substr(0, end);
        if (event.find_first_not_of("\r\n") != std::string_view::npos) s.take(event, micros);
        s.taken += end;
        left.remove_prefix(end);
    }
    s.pending.erase(0, s.pending.size() - left.size());
}

void StreamGrammar::finish() {
    auto& s = *state_;
    if (s.reader && !s.broken) {
        try {
            if (!s.pending.empty()) s.reader->feed(s.pending, s.events);
            s.reader->finish(s.events);
            StreamPart rest;
            s.say(rest);
            s.endFaults = std::move(rest.faults);
        } catch (const Json::exception&) {
            s.events.clear();
        }
    }
    if (!s.reader && !s.pending.empty()) s.endFaults.emplace_back("the stream ended within an event");
}

const std::vector<StreamPart>& StreamGrammar::parts() const { return state_->parts; }
const std::vector<std::string>& StreamGrammar::endFaults() const { return state_->endFaults; }
bool StreamGrammar::checked() const { return state_->reader != nullptr; }
bool StreamGrammar::ended() const { return state_->ended; }
const Usage& StreamGrammar::usage() const { return state_->usage; }

std::int64_t medianGapMicros(const std::vector<StreamPart>& parts) {
    std::vector<std::int64_t> gaps;
    for (std::size_t i = 1; i < parts.size(); ++i)
        if (const auto gap = parts[i].micros - parts[i - 1].micros; gap > kBurstMicros) gaps.push_back(gap);
    if (gaps.empty()) return 0;
    const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
    std::nth_element(gaps.begin(), middle, gaps.end());
    return *middle;
}

std::vector<StreamMark> streamMarks(const std::vector<StreamPart>& parts) {
    std::vector<StreamMark> marks;
    const auto median = medianGapMicros(parts);
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const auto gap = parts[i].micros - parts[i - 1].micros;
        if (gap >= kLeastStallMicros && (gap >= kStallTimes * median || parts.size() < 4)) marks.push_back({StreamMark::Kind::Stall, i - 1, i, gap});
    }
    if (median <= kBurstMicros) return marks;
    for (std::size_t first = 0; first < parts.size();) {
        auto last = first;
        while (last + 1 < parts.size() && parts[last + 1].micros - parts[last].micros <= kBurstMicros) ++last;
        if (last - first + 1 >= kBurst) marks.push_back({StreamMark::Kind::Burst, first, last, parts[last].micros - parts[first].micros});
        first = last + 1;
    }
    std::stable_sort(marks.begin(), marks.end(), [](const StreamMark& a, const StreamMark& b) { return a.first < b.first; });
    return marks;
}

}  // namespace gatehouse::llm
