// StreamGrammar: one stream cut into its events, each with the time when it was whole and with what it does against its dialect's
// grammar (order of events, blocks and indices, role in the first chunk, finish reason, [DONE] only where the dialect has it). The
// rules are those by which the data plane reads the dialect. streamMarks(): stalls, bursts and the cut, from the times alone.
// Thread: one owner. Pure: no clock, no I/O.
#pragma once

#include "llm/translate.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::llm {

/// One event of a stream, as it stands on the wire.
struct StreamPart {
    /// What it says, by its most telling part.
    enum class Kind : std::uint8_t { Start, Text, Thinking, ToolCall, Block, Finish, Usage, End, Error, Ping, Other };
    Kind kind = Kind::Other;
    std::int64_t micros = 0;          ///< When its last byte came.
    std::uint64_t begin = 0, end = 0; ///< Its bytes in the body, framing included.
    std::string name;                 ///< The event's name or type; "data" where it has none.
    std::string data;                 ///< Its payload: JSON as a rule.
    std::string text;                 ///< What it adds to a text, a thought or a call's arguments.
    std::vector<std::string> faults;  ///< Sentences in the words of the dialect, in English.
};

class StreamGrammar {
  public:
    /// How events stand in the body.
    enum class Framing : std::uint8_t { Sse, AwsEvents, Lines };
    static Framing framingOf(std::string_view contentType, const Dialect* dialect);

    /// `dialect` may be null, or have no streams: events are cut, and no grammar is checked.
    StreamGrammar(const Dialect* dialect, Framing framing);
    ~StreamGrammar();
    StreamGrammar(const StreamGrammar&) = delete;
    StreamGrammar& operator=(const StreamGrammar&) = delete;

    /// Bytes at any split; `micros` is when they came.
    void feed(std::string_view bytes, std::int64_t micros);
    /// The body is over. Faults of the end (a missing end, bytes of half an event) stand in endFaults().
    void finish();

    const std::vector<StreamPart>& parts() const;
    const std::vector<std::string>& endFaults() const;
    bool checked() const;  ///< A grammar was there to check by.
    bool ended() const;    ///< The stream said its end.
    const Usage& usage() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Something about the times of a stream.
struct StreamMark {
    enum class Kind : std::uint8_t {
        Stall,  ///< A silence that is long for this stream.
        Burst,  ///< Events that came at once, after the stream had a pace.
    };
    Kind kind = Kind::Stall;
    std::size_t first = 0, last = 0;  ///< Parts: of a Stall those before and after it.
    std::int64_t micros = 0;          ///< How long it took.
};
/// A stall is a gap of at least kLeastStall and kStallTimes the median gap; a burst kBurst or more events within kBurstMicros, where
/// the median gap is longer than that.
inline constexpr std::int64_t kLeastStallMicros = 300'000;
inline constexpr std::int64_t kStallTimes = 5;
inline constexpr std::size_t kBurst = 6;
inline constexpr std::int64_t kBurstMicros = 1'000;
std::vector<StreamMark> streamMarks(const std::vector<StreamPart>& parts);
/// Between events that did not come at once; 0: there is none.
std::int64_t medianGapMicros(const std::vector<StreamPart>& parts);

}  // namespace gatehouse::llm
