#include "upstream/dial.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <memory>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace gatehouse::upstream {
namespace {

using Addresses = std::vector<net::asio::ip::address>;

/// What the attempts and the one who waits for them share.
struct Race {
    Race(net::Sweeper& sweeper, net::Executor executor) : event(sweeper, executor) {}
    net::Event event;
    std::vector<std::unique_ptr<net::Stream>> streams;
    std::size_t running = 0;
    net::Stream* winner = nullptr;
    bool over = false;  ///< Nobody waits any more.
};

net::Task<void> attempt(std::shared_ptr<Race> race, net::Stream& stream, net::Tcp::endpoint to) {
    const bool connected = co_await stream.connect(to);
    --race->running;
    if (race->over || race->winner != nullptr) {
        stream.close();
        co_return;
    }
    if (connected) race->winner = &stream;
    race->event.notify();
}

}  // namespace

Addresses dialOrder(std::span<const net::asio::ip::address> addresses, std::uint32_t turn) {
    Addresses families[2];
    for (const auto& address : addresses) families[address.is_v6() == addresses.front().is_v6() ? 0 : 1].push_back(address);
    for (auto& family : families)
        if (!family.empty())
            std::rotate(family.begin(), family.begin() + static_cast<std::ptrdiff_t>(turn % family.size()), family.end());
    Addresses order;
    order.reserve(addresses.size());
    for (std::size_t i = 0; i < std::max(families[0].size(), families[1].size()); ++i)
        for (const auto& family : families)
            if (i < family.size()) order.push_back(family[i]);
    return order;
}

net::Task<Dialled> dial(net::Executor executor, net::Sweeper& sweeper, Addresses addresses, std::uint16_t port,
                        base::MonoTime deadline, const net::Watched* client, base::Millis stagger) {
    Dialled result;
    if (addresses.empty()) co_return result;
    if (addresses.size() == 1) {
        net::Stream stream(sweeper, net::Socket(executor));
        stream.deadline(deadline);
        stream.watch(client, net::Waiter::Watch::PeerLeaves);
        result.attempts = 1;
        const bool connected = co_await stream.connect({addresses.front(), port});
        result.end = stream.end();
        result.peer = stream.peer();
        if (connected) result.socket.emplace(std::move(stream.socket()));
        co_return result;
    }
    auto race = std::make_shared<Race>(sweeper, executor);
    auto& event = race->event;
    event.watch(client, net::Waiter::Watch::PeerLeaves);
    std::size_t next = 0;
    base::MonoTime nextAt{};
    while (race->winner == nullptr) {
        const auto now = base::MonoClock::now();
        if (next < addresses.size() && (race->running == 0 || now >= nextAt)) {
            auto& stream = *race->streams.emplace_back(std::make_unique<net::Stream>(sweeper, net::Socket(executor)));
            stream.deadline(deadline);
            const net::Tcp::endpoint to(addresses[next++], port);
            ++race->running;
            net::asio::co_spawn(executor, attempt(race, stream, to), net::asio::detached);
            nextAt = now + stagger;
            // It may have failed at once.
            continue;
        }
        if (race->running == 0) break;
        event.deadline(next < addresses.size() ? std::min(nextAt, deadline) : deadline);
        const bool woken = co_await event.wait();
        if (woken) continue;
        if (event.end() == net::IoEnd::Timeout && base::MonoClock::now() < deadline) continue;
        result.end = event.end();
        break;
    }
    race->over = true;
    result.attempts = static_cast<std::uint32_t>(next);
    if (race->winner != nullptr) {
        result.peer = race->winner->peer();
        result.socket.emplace(std::move(race->winner->socket()));
        result.end = net::IoEnd::Ok;
    } else if (result.end == net::IoEnd::Reset && base::MonoClock::now() >= deadline) {
        result.end = net::IoEnd::Timeout;
    }
    for (auto& stream : race->streams)
        if (stream.get() != race->winner) stream->close();
    co_return result;
}

void keepAlive(net::Socket& socket, const ConnectionOptions& options) {
    if (!options.tcpKeepAlive) return;
    const int descriptor = socket.native_handle();
    const auto set = [&](int level, int name, long value) {
        if (value <= 0) return;
        const int number = static_cast<int>(value);
        ::setsockopt(descriptor, level, name, &number, sizeof number);
    };
    set(SOL_SOCKET, SO_KEEPALIVE, 1);
    set(IPPROTO_TCP, TCP_KEEPCNT, options.keepAliveProbes);
    set(IPPROTO_TCP, TCP_KEEPIDLE, options.keepAliveTime.count());
    set(IPPROTO_TCP, TCP_KEEPINTVL, options.keepAliveInterval.count());
}

}  // namespace gatehouse::upstream
