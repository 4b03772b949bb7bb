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

std::unique_ptr<Call> ConnectionPool::take(const Endpoint& endpoint, bool sure) {
    auto& idle = slotOf(endpoint).idle;
    while (!idle.empty()) {
        auto connection = std::move(idle.back());
        idle.pop_back();
        // An idle connection has nothing to say: anything readable is its end, or a breach of the protocol.
        if (sure && connection->stream().readableNow()) continue;
        ++reuses_;
        return connection;
    }
    return nullptr;
}

net::Task<std::unique_ptr<Call>> ConnectionPool::connect(std::shared_ptr<const Endpoint> endpoint,
                                                         base::MonoTime deadline, const net::Watched* client) {
    std::vector<net::asio::ip::address> addresses;
    net::asio::ip::address numeric;
    if (net::Resolver::numeric(endpoint->host, numeric)) addresses.push_back(numeric);
    else addresses = co_await resolver_.resolve(executor_, endpoint->host, deadline);
    for (const auto& address : addresses) {
        auto call = std::make_unique<Http1Call>(sweeper_, net::Socket(executor_), endpoint, limits_);
        auto& stream = call->stream();
        stream.deadline(deadline);
        stream.watch(client, net::Stream::Watch::PeerLeaves);
        ++connects_;
        const bool connected = co_await stream.connect({address, endpoint->port});
        if (connected) co_return call;
        if (stream.end() != net::IoEnd::Reset) break;
    }
    co_return nullptr;
}

void ConnectionPool::give(std::unique_ptr<Call> call, base::MonoTime now) {
    auto* http1 = dynamic_cast<Http1Call*>(call.get());
    if (http1 == nullptr || !http1->reusable()) return;
    call.release();
    std::unique_ptr<Http1Call> connection(http1);
    auto& idle = slotOf(*connection->endpoint()).idle;
    connection->rest(now);
    if (idle.size() >= limits_.upstreamIdlePerEndpoint) idle.erase(idle.begin());
    idle.push_back(std::move(connection));
}

void ConnectionPool::sweep(base::MonoTime now) {
    for (auto& slot : slots_)
        std::erase_if(slot.idle, [&](const std::unique_ptr<Http1Call>& connection) {
            return now - connection->idleSince() > limits_.upstreamIdle || connection->stream().readableNow();
        });
}

void ConnectionPool::clear() { slots_.clear(); }

std::size_t ConnectionPool::idle() const {
    std::size_t total = 0;
    for (const auto& slot : slots_) total += slot.idle.size();
    return total;
}

}  // namespace gatehouse::upstream
