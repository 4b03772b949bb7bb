// Time as the data plane and the console use it. Monotonic for durations, wall clock only for display.
// Thread: free functions, any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace gatehouse::base {

using MonoClock = std::chrono::steady_clock;
using MonoTime = MonoClock::time_point;
using WallTime = std::chrono::system_clock::time_point;
using Micros = std::chrono::microseconds;
using Millis = std::chrono::milliseconds;

/// RFC 3339 in UTC with milliseconds, e.g. 2026-11-23T09:12:33.120Z.
std::string formatRfc3339(WallTime time);

}  // namespace gatehouse::base
