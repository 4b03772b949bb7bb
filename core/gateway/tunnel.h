// Tunnel: bytes both ways between a client and an upstream, unread: WebSocket and other upgrades, CONNECT, TLS passthrough.
// Thread: the worker's. Lifetime: both streams outlive the task.
#pragma once

#include "net/stream.h"

#include <chrono>
#include <cstdint>

namespace gatehouse::gateway {

struct TunnelEnd {
    std::uint64_t up = 0;    ///< Bytes from the client to the upstream.
    std::uint64_t down = 0;
    bool idle = false;       ///< Nothing was said for too long.
};

/// Until both sides have ended, one of them broke, or neither said anything for `idle` (0: no limit). A half-close is
/// passed on. Bytes that stand in either input() go first. Both streams are closed afterwards.
net::Task<TunnelEnd> tunnel(net::Stream& client, net::Stream& upstream, net::Executor executor, net::Sweeper& sweeper,
                            std::chrono::milliseconds idle);

}  // namespace gatehouse::gateway
