// Every size and time limit of the data plane, in one table that the console shows. Sources: reference values of nginx,
// Envoy and HAProxy, see core/README.md. Thread: immutable values.
#pragma once

#include "http/h2_limits.h"

#include <chrono>
#include <cstddef>

namespace gatehouse::http {

struct Limits {
    std::size_t headBytes = 64 * 1024;  ///< 431 beyond.
    std::size_t headFields = 100;       ///< 431 beyond.
    std::size_t targetBytes = 16 * 1024;
    std::size_t bodyBytes = 10 * 1024 * 1024;     ///< Buffered or streamed request body of an ordinary route, 413 beyond.
    std::size_t llmBodyBytes = 32 * 1024 * 1024;  ///< The same for LLM routes, whose bodies are buffered.
    std::chrono::milliseconds headTime{10'000};   ///< From the first byte to the end of the head, 408 beyond.
    std::chrono::milliseconds bodyGap{30'000};    ///< Between two reads of a request body, 408 beyond.
    /// A body may not trickle for ever: waiting for it may take bodyGap in all, and a second more per this many bytes; 408
    /// beyond (Kestrel's MinRequestBodyDataRate, Apache's mod_reqtimeout).
    std::size_t bodyBytesPerSecond = 240;
    std::chrono::milliseconds idle{75'000};       ///< Keep-alive connection without a request.
    std::chrono::milliseconds streamIdle{300'000};  ///< Between two reads of a response body.
    std::chrono::milliseconds tunnelIdle{3'600'000};  ///< WebSocket and TLS passthrough without a byte either way.
    std::chrono::milliseconds connect{5'000};       ///< TCP connect to an endpoint, 503 beyond.
    std::chrono::milliseconds upstreamHead{60'000};  ///< Until the response head where no timeout is configured, 504 beyond.
    std::chrono::milliseconds upstreamIdle{30'000};  ///< Pooled upstream connection.
    std::chrono::milliseconds writeStall{30'000};    ///< A client that takes no byte.
    std::size_t connections = 10'000;                ///< Per gateway.
    std::size_t upstreamIdlePerEndpoint = 128;       ///< Pooled connections per worker and endpoint.
    H2Limits h2;
};

}  // namespace gatehouse::http
