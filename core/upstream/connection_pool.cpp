#include "upstream/connection_pool.h"

#include <algorithm>
#include <utility>

namespace gatehouse::upstream {
namespace {

/// How a Unix socket is written where a host is: the path follows.
constexpr std::string_view kUnix = "unix:";

bool isUnix(const Endpoint& endpoint) { return endpoint.host.starts_with(kUnix); }

}  // namespace

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
        slot.dial = nullptr;
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

net::Task<std::vector<net::asio::ip::address>> ConnectionPool::addressesOf(std::shared_ptr<const Endpoint> endpoint,
                                                                           base::MonoTime deadline) {
    std::vector<net::asio::ip::address> addresses;
    net::asio::ip::address numeric;
    if (isUnix(*endpoint) || net::Resolver::numeric(endpoint->host, numeric)) addresses.push_back(numeric);
    else addresses = co_await resolver_.resolve(executor_, endpoint->host, deadline);
    co_return addresses;
}

net::Task<bool> ConnectionPool::open(net::Stream& stream, const Endpoint& endpoint, net::asio::ip::address address,
                                     const Transport& transport, std::string& tlsError) {
    ++connects_;
    bool connected = false;
    if (isUnix(endpoint)) connected = co_await stream.connectUnix(endpoint.host.substr(kUnix.size()));
    else connected = co_await stream.connect({address, endpoint.port});
    if (!connected || !transport.tls) co_return connected;
    const bool secured = co_await stream.clientHandshake(transport.tls);
    if (!secured) {
        tlsError = stream.tlsError();
        if (tlsError.empty() && stream.end() != net::IoEnd::OtherLeft) tlsError = "The upstream broke off the TLS handshake.";
    } else if (transport.protocol == Protocol::Http2 && stream.tlsFacts().alpn != "h2") {
        tlsError = "The upstream does not offer HTTP/2 (ALPN \"h2\"), which its appProtocol or the route asks for.";
    }
    co_return tlsError.empty() && secured;
}

net::Task<ConnectionPool::Connected> ConnectionPool::connect(std::shared_ptr<const Endpoint> endpoint,
                                                             base::MonoTime deadline, const net::Watched* client) {
    const bool http2 = endpoint->transport && endpoint->transport->protocol == Protocol::Http2;
    if (http2) return connectHttp2(std::move(endpoint), deadline, client);
    return connectHttp1(std::move(endpoint), deadline, client);
}

net::Task<ConnectionPool::Connected> ConnectionPool::connectHttp1(std::shared_ptr<const Endpoint> endpoint,
                                                                  base::MonoTime deadline, const net::Watched* client) {
    static const Transport kPlain;
    const auto& transport = endpoint->transport ? *endpoint->transport : kPlain;
    Connected result;
    const auto addresses = co_await addressesOf(endpoint, deadline);
    for (const auto& address : addresses) {
        auto call = std::make_unique<Http1Call>(sweeper_, net::Socket(executor_), endpoint, limits_);
        auto& stream = call->stream();
        stream.deadline(deadline);
        stream.watch(client, net::Stream::Watch::PeerLeaves);
        const bool opened = co_await open(stream, *endpoint, address, transport, result.tlsError);
        if (opened) {
            result.call = std::move(call);
            break;
        }
        if (!result.tlsError.empty() || stream.end() != net::IoEnd::Reset) break;
    }
    co_return result;
}

void ConnectionPool::Dial::tell() {
    for (auto* event : std::exchange(waiting, {})) event->notify();
}

/// A burst on a cold pool makes one connection: the first of it dials, the others wait until they know how many it takes.
net::Task<ConnectionPool::Connected> ConnectionPool::connectHttp2(std::shared_ptr<const Endpoint> endpoint,
                                                                  base::MonoTime deadline, const net::Watched* client) {
    Connected result;
    while (true) {
        const auto pending = slotOf(*endpoint).dial;
        if (!pending) {
            const auto mine = std::make_shared<Dial>();
            slotOf(*endpoint).dial = mine;
            result = co_await dial(endpoint, mine, deadline, client);
            co_return result;
        }
        net::Event turn(sweeper_, executor_);
        turn.deadline(deadline);
        turn.watch(client, net::Waiter::Watch::PeerLeaves);
        pending->waiting.push_back(&turn);
        const bool told = co_await turn.wait();
        std::erase(pending->waiting, &turn);
        if (!told) co_return result;
        if (pending->failed) {
            result.tlsError = pending->tlsError;
            co_return result;
        }
        result.call = share(slotOf(*endpoint));
        if (result.call) co_return result;
    }
}

net::Task<ConnectionPool::Connected> ConnectionPool::dial(std::shared_ptr<const Endpoint> endpoint, std::shared_ptr<Dial> dial,
                                                          base::MonoTime deadline, const net::Watched* client) {
    const auto& transport = *endpoint->transport;
    Connected result;
    std::shared_ptr<Http2Link> link;
    bool left = false;
    const auto addresses = co_await addressesOf(endpoint, deadline);
    for (const auto& address : addresses) {
        auto tried = std::make_shared<Http2Link>(sweeper_, net::Socket(executor_), endpoint, limits_, executor_);
        auto& stream = tried->stream();
        stream.deadline(deadline);
        stream.watch(client, net::Stream::Watch::PeerLeaves);
        const bool opened = co_await open(stream, *endpoint, address, transport, result.tlsError);
        if (opened) {
            link = std::move(tried);
            break;
        }
        left = stream.end() == net::IoEnd::OtherLeft;
        if (!result.tlsError.empty() || stream.end() != net::IoEnd::Reset) break;
    }
    auto& slot = slotOf(*endpoint);
    const auto over = [&] {
        if (slot.dial == dial) slot.dial = nullptr;
        dial->tell();
    };
    if (!link) {
        dial->failed = !left;
        dial->tlsError = result.tlsError;
        over();
        co_return result;
    }
    link->hold(live_);
    link->start(executor_);
    link->use(base::MonoClock::now());
    auto opened = link->session().open();
    slot.links.push_back(link);
    link->whenKnown([this, dial, endpoint] {
        auto& known = slotOf(*endpoint);
        if (known.dial == dial) known.dial = nullptr;
        dial->tell();
    });
    if (opened) result.call = std::make_unique<Http2Call>(std::move(link), std::move(opened));
    co_return result;
}

net::Task<std::unique_ptr<net::Stream>> ConnectionPool::connectRaw(std::shared_ptr<const Endpoint> endpoint,
                                                                   base::MonoTime deadline,
                                                                   const net::Watched* client) {
    static const Transport kPlain;
    const auto addresses = co_await addressesOf(endpoint, deadline);
    for (const auto& address : addresses) {
        auto stream = std::make_unique<net::Stream>(sweeper_, net::Socket(executor_));
        stream->deadline(deadline);
        stream->watch(client, net::Stream::Watch::PeerLeaves);
        std::string unused;
        const bool connected = co_await open(*stream, *endpoint, address, kPlain, unused);
        if (connected) co_return stream;
        if (stream->end() != net::IoEnd::Reset) break;
    }
    co_return nullptr;
}

void ConnectionPool::give(std::unique_ptr<Call> call, base::MonoTime now) {
    auto* http1 = dynamic_cast<Http1Call*>(call.get());
    if (http1 == nullptr) {
        // Streams are not kept; their link is, as long as it is used.
        if (auto* http2 = dynamic_cast<Http2Call*>(call.get())) http2->link().use(now);
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
