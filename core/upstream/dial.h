// Dialling: a TCP connection to one of a name's addresses, by happy eyeballs (RFC 8305): both families in turn, the next one
// begun when the one before has failed or has taken 250 ms, the first that stands is kept.
// Thread: the worker's. Lifetime: attempts that lost are closed, and end by themselves.
#pragma once

#include "net/io.h"
#include "net/stream.h"
#include "upstream/backend_options.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace gatehouse::upstream {

/// RFC 8305 section 5, Connection Attempt Delay.
inline constexpr base::Millis kDialStagger{250};

/// The order in which addresses are tried: the families alternate, beginning with that of the first address, which is the
/// system's preference (RFC 8305 section 4, First Address Family Count 1); within a family `turn` rotates them, so that each
/// takes its share of the connections.
std::vector<net::asio::ip::address> dialOrder(std::span<const net::asio::ip::address> addresses, std::uint32_t turn);

struct Dialled {
    std::optional<net::Socket> socket;  ///< Connected; none: no address answered.
    net::Tcp::endpoint peer;
    net::IoEnd end = net::IoEnd::Reset;  ///< Why there is none: Reset (all refused), Timeout, OtherLeft, Stopped.
    std::uint32_t attempts = 0;
};

/// `addresses` in the order that they are to be tried. `client`: its leaving ends the wait; may be null.
net::Task<Dialled> dial(net::Executor executor, net::Sweeper& sweeper, std::vector<net::asio::ip::address> addresses,
                        std::uint16_t port, base::MonoTime deadline, const net::Watched* client,
                        base::Millis stagger = kDialStagger);

/// Sets what the policy says of TCP keep-alive. Where the system refuses, the connection goes on without.
void keepAlive(net::Socket& socket, const ConnectionOptions& options);

}  // namespace gatehouse::upstream
