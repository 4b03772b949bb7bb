// Every size and time limit of the data plane. http/limit_table.h has them as a table with their sources, which the console
// shows and core/README.md repeats. Thread: immutable values.
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
    /// Copy of a streamed request body, kept for further tries and mirrors; a longer one is sent once, to no mirror. Envoy
    /// keeps as much (per_connection_buffer_limit_bytes).
    std::size_t keptBodyBytes = 1024 * 1024;
    std::size_t mirrors = 128;                       ///< Copies under way per worker; further ones are dropped.
    std::chrono::milliseconds mirrorTime{15'000};    ///< For one copy, its answer included. Envoy's route timeout.
    std::chrono::milliseconds authTime{5'000};       ///< For the answer of an authorization service, 403 beyond.
    std::size_t authAnswerBytes = 64 * 1024;         ///< Of its answer's body; more is not passed on.
    std::chrono::milliseconds guardTime{5'000};      ///< For the answer of a guard's service; refused beyond, unless it fails open.
    std::size_t guardAnswerBytes = 8 * 1024 * 1024;  ///< Of that answer: a mask holds every text that was asked about.
    std::size_t guardWindowBytes = 2 * 1024;         ///< Of a streamed text without a sentence's end, held for a guard's service.
    std::size_t connections = 10'000;                ///< Per gateway.
    std::size_t upstreamIdlePerEndpoint = 128;       ///< Pooled connections per worker and endpoint.
    std::size_t upstreamConnectionsPerEndpoint = 1'024;  ///< Open ones per worker and endpoint; more wait.
    std::size_t upstreamPendingPerEndpoint = 1'024;  ///< Requests that wait for one, per worker and endpoint; 503 beyond.
    std::size_t requestsPerConnection = 0;           ///< Of a client, after which it is closed; 0: any number.
    std::size_t spareDescriptors = 64;               ///< Not given to clients: upstreams need them to answer at all.
    H2Limits h2;
};

}  // namespace gatehouse::http
