// The PROXY protocol, versions 1 and 2 (haproxy.org, doc/proxy-protocol.txt): the addresses of a connection as the balancer
// in front saw them, before the connection's own bytes. Only read where a listener is set to expect it: anyone could send it.
// Thread: any. Lifetime: free functions and values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse::net {

struct ProxyHeader {
    /// No addresses are told (LOCAL, UNKNOWN, UNSPEC, Unix sockets): the connection's own hold.
    bool local = false;
    std::string sourceAddress;  ///< "192.0.2.1", "2001:db8::1"
    std::string destinationAddress;
    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
    std::size_t size = 0;  ///< Bytes of the header: what to consume.
};

enum class ProxyState : std::uint8_t {
    NeedMore,
    Done,
    NotProxy,  ///< The bytes begin otherwise.
    Malformed,
};

/// Version 2 with its extensions; the specification sets no limit below 64 KiB, real ones stay below 1 KiB.
inline constexpr std::size_t kMostProxyHeader = 4096;

/// `bytes`: everything that has come so far. Answers as soon as the bytes decide it; cheap to ask again with more.
ProxyState parseProxyHeader(std::string_view bytes, ProxyHeader& header);

}  // namespace gatehouse::net
