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
        for (auto& link : slot.links) link->session().shutdown();
        slot.links.clear();
        slot.endpoint = &endpoint;
    }
    return slot;
}

std::unique_ptr<Call> ConnectionPool::take(const Endpoint& endpoint, bool sure) {
    auto& slot = slotOf(endpoint);
    if (!slot.links.empty()) return share(slot);
    auto& idle = slot.idle;
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

std::unique_ptr<Call> ConnectionPool::share(Slot& slot) {
    for (auto& link : slot.links) {
        if (!link->usable()) continue;
        auto stream = link->session().open();
        if (!stream) continue;
        ++reuses_;
        return std::make_unique<Http2Call>(link, std::move(stream));
    }
    return nullptr;
}

net::Task<ConnectionPool::Connected> ConnectionPool::connect(std::shared_ptr<const Endpoint> endpoint,
                                                             base::MonoTime deadline, const net::Watched* client) {
    static const Transport kPlain;
    const auto& transport = endpoint->transport ? *endpoint->transport : kPlain;
    Connected result;
    std::vector<net::asio::ip::address> addresses;
    net::asio::ip::address numeric;
    if (net::Resolver::numeric(endpoint->host, numeric)) addresses.push_back(numeric);
    else addresses = co_await resolver_.resolve(executor_, endpoint->host, deadline);
    for (const auto& address : addresses) {
        std::unique_ptr<Http1Call> call;
        std::shared_ptr<Http2Link> link;
        net::Socket socket(executor_);
        if (transport.protocol == Protocol::Http2)
            link = std::make_shared<Http2Link>(sweeper_, std::move(socket), endpoint, limits_, executor_);
        else
            call = std::make_unique<Http1Call>(sweeper_, std::move(socket), endpoint, limits_);
        auto& stream = link ? link->stream() : call->stream();
        stream.deadline(deadline);
        stream.watch(client, net::Stream::Watch::PeerLeaves);
        ++connects_;
        const bool connected = co_await stream.connect({address, endpoint->port});
        if (!connected) {
            if (stream.end() != net::IoEnd::Reset) break;
            continue;
        }
        if (transport.tls) {
            const bool secured = co_await stream.clientHandshake(transport.tls);
            if (!secured) {
                result.tlsError = stream.tlsError();
                break;
            }
        }
        if (call) {
            result.call = std::move(call);
            break;
        }
        link->start(executor_);
        link->use(base::MonoClock::now());
        auto opened = link->session().open();
        if (!opened) break;
        slotOf(*endpoint).links.push_back(link);
        result.call = std::make_unique<Http2Call>(std::move(link), std::move(opened));
        break;
    }
    co_return result;
}

net::Task<std::unique_ptr<net::Stream>> ConnectionPool::connectRaw(const Endpoint& endpoint, base::MonoTime deadline,
                                                                   const net::Watched* client) {
    std::vector<net::asio::ip::address> addresses;
    net::asio::ip::address numeric;
    if (net::Resolver::numeric(endpoint.host, numeric)) addresses.push_back(numeric);
    else addresses = co_await resolver_.resolve(executor_, endpoint.host, deadline);
    for (const auto& address : addresses) {
        auto stream = std::make_unique<net::Stream>(sweeper_, net::Socket(executor_));
        stream->deadline(deadline);
        stream->watch(client, net::Stream::Watch::PeerLeaves);
        ++connects_;
        const bool connected = co_await stream->connect({address, endpoint.port});
        if (connected) co_return stream;
        if (stream->end() != net::IoEnd::Reset) break;
    }
    co_return nullptr;
}

void ConnectionPool::give(std::unique_ptr<Call> call, base::MonoTime now) {
    auto* http1 = dynamic_cast<Http1Call*>(call.get());
    if (http1 == nullptr) {
        // Streams are not kept; their link is, as long as it is used.
        for (auto& link : slotOf(*call->endpoint()).links) link->use(now);
        return;
    }
    if (!http1->reusable()) return;
    call.release();
    std::unique_ptr<Http1Call> connection(http1);
    auto& idle = slotOf(*connection->endpoint()).idle;
    connection->rest(now);
    if (idle.size() >= limits_.upstreamIdlePerEndpoint) idle.erase(idle.begin());
    idle.push_back(std::move(connection));
}

void ConnectionPool::sweep(base::MonoTime now) {
    for (auto& slot : slots_) {
        std::erase_if(slot.idle, [&](const std::unique_ptr<Http1Call>& connection) {
            return now - connection->idleSince() > limits_.upstreamIdle || connection->stream().readableNow();
        });
        std::erase_if(slot.links, [&](const std::shared_ptr<Http2Link>& link) {
            const bool idle = link->session().active() == 0 && now - link->usedAt() > limits_.upstreamIdle;
            if (idle) link->session().shutdown();
            return idle || !link->usable();
        });
    }
}

void ConnectionPool::clear() {
    for (auto& slot : slots_)
        for (auto& link : slot.links) link->session().close(http::kH2NoError);
    slots_.clear();
}

std::size_t ConnectionPool::idle() const {
    std::size_t total = 0;
    for (const auto& slot : slots_) total += slot.idle.size() + slot.links.size();
    return total;
}

}  // namespace gatehouse::upstream
