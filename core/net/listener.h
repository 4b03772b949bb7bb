// Listening sockets: an address text to a bound, listening descriptor, with errors that say what to do.
// Thread: any. Lifetime: the caller owns the descriptor.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse::net {

struct HostPort {
    std::string host;
    std::uint16_t port = 0;
};

/// "127.0.0.1:8080", "[::1]:8080", ":8080" (every address), "localhost:8080". Error "bad-address".
Result<HostPort> parseHostPort(std::string_view text);
/// "127.0.0.1:8080", "[::1]:8080".
std::string formatHostPort(std::string_view host, std::uint16_t port);

struct BoundSocket {
    int descriptor = -1;
    std::string address;  ///< What was bound, with the port that the system chose for port 0.
    bool ipv6 = false;
};

/// Non-blocking and listening. Errors "port-in-use", "port-denied", "bad-address".
Result<BoundSocket> bindListener(std::string_view address);

}  // namespace gatehouse::net
