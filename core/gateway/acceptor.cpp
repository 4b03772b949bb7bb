#include "gateway/acceptor.h"

#include "base/log.h"
#include "http/limit_table.h"
#include "net/listener.h"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <climits>

#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace gatehouse::gateway {

struct Acceptor::Door {
    Door(net::Executor executor, std::uint16_t port, bool v6)
        : acceptor(executor), pause(executor), logicalPort(port), ipv6(v6) {}
    net::asio::basic_socket_acceptor<net::Tcp, net::Executor> acceptor;
    net::Timer pause;
    std::uint16_t logicalPort;
    bool ipv6;
};

int highestClientDescriptor(std::size_t spare) {
    rlimit most{};
    if (::getrlimit(RLIMIT_NOFILE, &most) != 0 || most.rlim_cur == RLIM_INFINITY) return INT_MAX;
    const auto all = std::min<rlim_t>(most.rlim_cur, INT_MAX);
    return static_cast<int>(all - std::min<rlim_t>(spare, all / 2));
}

Acceptor::Acceptor(std::vector<std::unique_ptr<Worker>>& workers, const http::Limits& limits)
    : workers_(workers), maxConnections_(static_cast<std::int64_t>(limits.connections)),
      highestDescriptor_(highestClientDescriptor(limits.spareDescriptors)) {}

Acceptor::~Acceptor() = default;

Result<std::string> Acceptor::open(std::uint16_t logicalPort, const std::string& bind) {
    auto bound = net::bindListener(bind);
    if (!bound) return tl::unexpected(bound.error());
    auto& home = *workers_.front();
    home.run([&] {
        auto door = std::make_shared<Door>(home.executor(), logicalPort, bound->ipv6);
        net::ErrorCode error;
        door->acceptor.assign(bound->ipv6 ? net::Tcp::v6() : net::Tcp::v4(), bound->descriptor, error);
        if (auto old = doors_.find(logicalPort); old != doors_.end()) old->second->acceptor.close(error);
        doors_[logicalPort] = door;
        net::asio::co_spawn(home.executor(), accept(door, *this), net::asio::detached);
    });
    return bound->address;
}

void Acceptor::close(std::uint16_t logicalPort) {
    workers_.front()->run([&] {
        const auto door = doors_.find(logicalPort);
        if (door == doors_.end()) return;
        net::ErrorCode ignored;
        door->second->acceptor.close(ignored);
        door->second->pause.cancel();
        doors_.erase(door);
    });
}

void Acceptor::closeAll() {
    workers_.front()->run([&] {
        for (auto& [port, door] : doors_) {
            net::ErrorCode ignored;
            door->acceptor.close(ignored);
            door->pause.cancel();
        }
        doors_.clear();
    });
}

net::Task<void> Acceptor::accept(std::shared_ptr<Door> door, Acceptor& self) {
    while (door->acceptor.is_open()) {
        net::ErrorCode error;
        net::Socket socket = co_await door->acceptor.async_accept(net::asio::redirect_error(net::kAwait, error));
        if (!error) {
            net::ErrorCode ignored;
            const int descriptor = socket.release(ignored);
            if (ignored) continue;
            self.deal(descriptor, *door);
            continue;
        }
        if (!door->acceptor.is_open()) co_return;
        if (error == net::asio::error::connection_aborted) continue;
        // Out of descriptors or memory: what is open goes on, and the queue waits.
        base::logWarning("acceptor", "port {}: {}", door->logicalPort, error.message());
        self.workers_.front()->limitBit(limit::kDescriptors);
        door->pause.expires_after(base::Millis(100));
        co_await door->pause.async_wait(net::asio::redirect_error(net::kAwait, error));
    }
}

void Acceptor::refuse(int descriptor, const char* limit) {
    workers_.front()->limitBit(limit);
    // A reset: the client's bytes are not waited for, and nothing lingers here.
    const linger hard{1, 0};
    ::setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    ::close(descriptor);
}

void Acceptor::deal(int descriptor, const Door& door) {
    std::int64_t total = 0;
    Worker* least = nullptr;
    for (std::size_t i = 0; i < workers_.size(); ++i) {
        auto* worker = workers_[(next_ + i) % workers_.size()].get();
        total += worker->connections();
        if (least == nullptr || worker->connections() < least->connections()) least = worker;
    }
    ++next_;
    if (total >= maxConnections_) return refuse(descriptor, limit::kConnections);
    // The kernel gives the lowest free number, so a high one says that nearly all are taken.
    if (descriptor >= highestDescriptor_) return refuse(descriptor, limit::kDescriptors);
    least->connectionDealt();
    const bool ipv6 = door.ipv6;
    const auto port = door.logicalPort;
    if (least == workers_.front().get()) least->adopt(descriptor, ipv6, port);
    else least->post([least, descriptor, ipv6, port] { least->adopt(descriptor, ipv6, port); });
}

}  // namespace gatehouse::gateway
