#include "net/listener.h"

#include <fmt/format.h>

#include <cerrno>
#include <charconv>
#include <cstring>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace gatehouse::net {
namespace {

Error bindError(std::string_view address, int code) {
    switch (code) {
        case EADDRINUSE:
            return {"port-in-use", fmt::format("{} is already in use by another process.", address)};
        case EACCES:
        case EPERM:
            return {"port-denied", fmt::format("This user may not listen on {}: choose a port above 1023.", address)};
        case EADDRNOTAVAIL:
            return {"bad-address", fmt::format("{} is no address of this machine.", address)};
        default: return {"bad-address", fmt::format("{} cannot be listened on: {}.", address, std::strerror(code))};
    }
}

}  // namespace

Result<HostPort> parseHostPort(std::string_view text) {
    HostPort result;
    const auto bad = [&] { return fail("bad-address", fmt::format("\"{}\" is not HOST:PORT.", text)); };
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return bad();
    auto host = text.substr(0, colon);
    const auto port = text.substr(colon + 1);
    if (host.size() >= 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    else if (host.find(':') != std::string_view::npos) return bad();
    unsigned value = 0;
    const auto parsed = std::from_chars(port.data(), port.data() + port.size(), value);
    if (port.empty() || parsed.ec != std::errc{} || parsed.ptr != port.data() + port.size() || value > 65535)
        return bad();
    result.host = host;
    result.port = static_cast<std::uint16_t>(value);
    return result;
}

std::string formatHostPort(std::string_view host, std::uint16_t port) {
    if (host.find(':') != std::string_view::npos) return fmt::format("[{}]:{}", host, port);
    return fmt::format("{}:{}", host, port);
}

Result<BoundSocket> bindListener(std::string_view address) {
    auto place = parseHostPort(address);
    if (!place) return tl::unexpected(place.error());
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const auto port = std::to_string(place->port);
    const int code = ::getaddrinfo(place->host.empty() ? nullptr : place->host.c_str(), port.c_str(), &hints, &found);
    if (code != 0)
        return fail("bad-address", fmt::format("{} cannot be resolved: {}.", place->host, ::gai_strerror(code)));
    int last = EADDRNOTAVAIL;
    for (const auto* entry = found; entry != nullptr; entry = entry->ai_next) {
        const int fd = ::socket(entry->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (fd < 0) {
            last = errno;
            continue;
        }
        const int on = 1;
        ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        if (::bind(fd, entry->ai_addr, entry->ai_addrlen) != 0 || ::listen(fd, 4096) != 0) {
            last = errno;
            ::close(fd);
            continue;
        }
        sockaddr_storage bound{};
        socklen_t size = sizeof bound;
        ::getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &size);
        char host[NI_MAXHOST] = "";
        char service[NI_MAXSERV] = "0";
        ::getnameinfo(reinterpret_cast<sockaddr*>(&bound), size, host, sizeof host, service, sizeof service,
                      NI_NUMERICHOST | NI_NUMERICSERV);
        BoundSocket result;
        result.descriptor = fd;
        result.ipv6 = entry->ai_family == AF_INET6;
        result.address = formatHostPort(host, static_cast<std::uint16_t>(std::stoi(service)));
        ::freeaddrinfo(found);
        return result;
    }
    ::freeaddrinfo(found);
    return tl::unexpected(bindError(address, last));
}

}  // namespace gatehouse::net
