// Retry-After, and the same in milliseconds as OpenAI and Azure say it. Thread: pure functions.
#pragma once

#include "base/clock.h"
#include "http/message.h"

#include <chrono>
#include <optional>

namespace gatehouse::gateway {

/// How long a server wants to be left alone: seconds or a date (RFC 9110 section 10.2.3), or retry-after-ms; ten minutes at most.
std::optional<std::chrono::seconds> retryAfter(const http::Headers& answer, base::WallTime now);

}  // namespace gatehouse::gateway
