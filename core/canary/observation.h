// Observation: what canary statistics need of one finished request. Made of a request record by telemetry/canary_feed.h.
// Thread: a value; `pod` is only looked at while it is added.
#pragma once

#include "base/clock.h"

#include <cstdint>
#include <string_view>

namespace gatehouse::canary {

struct Observation {
    base::WallTime startedAt{};
    std::uint32_t arm = 0;      ///< In CanaryArms::arms.
    std::uint64_t session = 0;  ///< Hash of the key that chose the arm; 0: the request was drawn by itself.
    bool error = false;         ///< 500 and above, or no answer; a client that left is none.
    bool blocked = false;       ///< A guard refused the request or its answer.
    // Microseconds; negative: there was none.
    std::int64_t ttft = -1;      ///< To the first byte of the answer.
    std::int64_t tpot = -1;      ///< Per output token after the first.
    std::int64_t endToEnd = -1;
    std::int64_t inputTokens = -1, outputTokens = -1;  ///< Negative: not known.
    std::int64_t costNano = -1;                        ///< Nano-units of the currency; negative: not known.
    std::string_view pod;                              ///< Empty: not known.
};

}  // namespace gatehouse::canary
