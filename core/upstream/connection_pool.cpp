#include "upstream/connection_pool.h"

#include <algorithm>

namespace gatehouse::upstream {

ConnectionPool::ConnectionPool(net::Executor executor, net::Sweeper& sweeper, net::Resolver& resolver,
                               const http::Limits& limits)
    : executor_(executor), sweeper_(sweeper), resolver_(resolver), limits_(limits) {}

ConnectionPool::~ConnectionPool() = default;

ConnectionPool::Slot& ConnectionPool::slotOf(const Endpoint& endpoint) {
    if (endpoint.index >= slots_.size()) slots_.resize(endpoint.index + 1);
    auto& slot = slots_[endpoint.index];
    if (slot.endpoint != &endpoint) {
        // Another registry numbered its endpoints too; a slot never mixes identities.
        slot.idle.clear();
        slot.endpoint = &endpoint;
    }
    return slot;
}

std::unique_ptr<Connection> ConnectionPool::take(const Endpoint& endpoint, bool sure) {
    auto& idle = slotOf(endpoint).idle;
    while (!idle.empty()) {
        auto connection = std::move(idle.back());
        idle.pop_back();
        // An idle connection has nothing to say: anything readable is its end, or a breach of the protocol.
        if (sure && connection->stream.readableNow()) continue;
        ++reuses_;
        return connection;
    }
    return nullptr;
}

net::Task<std::unique_ptr<Connection>> ConnectionPool::connect(std::shared_ptr<const Endpoint> endpoint,
                                                               base::MonoTime deadline, const net::Watched* client) {
    std::vector<net::asio::ip::address> addresses;
    net::asio::ip::address numeric;
    if (net::Resolver::numeric(endpoint->host, numeric)) addresses.push_back(numeric);
    else addresses = co_await resolver_.resolve(executor_, endpoint->host, deadline);
    for (const auto& address : addresses) {
        auto connection = std::make_unique<Connection>(sweeper_, net::Socket(executor_), endpoint);
        connection->stream.deadline(deadline);
        connection->stream.watch(client, net::Stream::Watch::PeerLeaves);
        ++connects_;
        const bool connected = co_await connection->stream.connect({address, endpoint->port});
        if (connected) co_return connection;
        if (connection->stream.end() != net::IoEnd::Reset) break;
    }
    co_return nullptr;
}

void ConnectionPool::give(std::unique_ptr<Connection> connection, base::MonoTime now) {
    auto& idle = slotOf(*connection->endpoint).idle;
    connection->idleSince = now;
    ++connection->requests;
    connection->stream.watch(nullptr, net::Stream::Watch::Nothing);
    connection->stream.shrink();
    if (idle.size() >= limits_.upstreamIdlePerEndpoint) idle.erase(idle.begin());
    idle.push_back(std::move(connection));
}

void ConnectionPool::sweep(base::MonoTime now) {
    for (auto& slot : slots_)
        std::erase_if(slot.idle, [&](const std::unique_ptr<Connection>& connection) {
            return now - connection->idleSince > limits_.upstreamIdle || connection->stream.readableNow();
        });
}

void ConnectionPool::clear() { slots_.clear(); }

std::size_t ConnectionPool::idle() const {
    std::size_t total = 0;
    for (const auto& slot : slots_) total += slot.idle.size();
    return total;
}

}  // namespace gatehouse::upstream
