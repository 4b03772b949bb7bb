// Tunnel: bytes both ways between a client and an upstream, unread: WebSocket and other upgrades, CONNECT, TLS passthrough.
// Thread: the worker's. Lifetime: both sides outlive the task.
#pragma once

#include "http/tunnel_side.h"

#include <chrono>
#include <cstdint>

namespace gatehouse::gateway {

enum class TunnelClose : std::uint8_t { Both, ClientBroke, UpstreamBroke, Idle };

struct TunnelEnd {
    std::uint64_t up = 0;    ///< Bytes from the client to the upstream.
    std::uint64_t down = 0;
    TunnelClose why = TunnelClose::Both;
};
/// Why, as a sentence.
const char* tunnelText(TunnelClose why);

/// Until both sides have ended, one of them broke, or neither said anything for `idle` (0: no limit). A half-close is
/// passed on. Bytes that stand in either input() go first. Both sides are ended afterwards.
net::Task<TunnelEnd> tunnel(http::TunnelSide& client, http::TunnelSide& upstream, net::Executor executor,
                            net::Sweeper& sweeper, std::chrono::milliseconds idle);

}  // namespace gatehouse::gateway
