// What is known of an endpoint, in words: for the views, the admin pages and explain. Thread: any; a sample of atomics.
#pragma once

#include "base/clock.h"
#include "upstream/endpoint.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse::upstream {

enum class Standing : std::uint8_t { In, WarmingUp, Out };
std::string_view standingName(Standing standing);  ///< "in", "warming up", "out"

struct EndpointHealth {
    std::string id;       ///< "10.0.0.1:8000"
    std::string podName;  ///< Where known.
    Standing standing = Standing::In;
    std::string reason;   ///< "out until 14:03:22: 5 resets in a row"; empty while in.
    std::int64_t outMillis = 0;  ///< Still to go.
    std::int64_t outForMillis = -1;     ///< Since it was taken out; -1 while in.
    Failure outBy = Failure::None;      ///< What took it out, and how many in a row.
    std::uint32_t outCount = 0;
    double share = 1;            ///< Of its turns, while it warms up.
    std::int32_t inFlight = 0, connections = 0;
    std::uint64_t requests = 0, failures = 0;
    std::uint32_t failuresInRow = 0, errorsInRow = 0, ejections = 0;
    std::uint32_t latencyMicros = 0;  ///< A moving mean; 0: not known.
    std::string lastFailure;          ///< "reset"; empty: none yet.
    std::int64_t lastFailureAgeMillis = -1;
};

/// `wall` is the same moment as `now`, for the reason's time of day (local).
EndpointHealth healthOf(const Endpoint& endpoint, base::MonoTime now, base::WallTime wall);

/// "5 resets in a row", "1 failed connect".
std::string failureSentence(Failure failure, std::uint32_t count);

}  // namespace gatehouse::upstream
