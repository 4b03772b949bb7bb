#include "upstream/connection_pool.h"

#include "base/ids.h"
#include "http/limit_table.h"

#include <algorithm>
#include <utility>

namespace gatehouse::upstream {
namespace {

/// How a Unix socket is written where a host is: the path follows.
constexpr std::string_view kUnix = "unix:";

bool isUnix(const Endpoint& endpoint) { return endpoint.host.starts_with(kUnix); }

constexpr base::Millis kLookAgain{50};

/// How long a name's addresses are kept: with the policy's jitter, so that names are not asked for in step.
base::Millis keepName(const ConnectionOptions& options) {
    const auto spread = options.dnsJitter.count() > 0
                            ? static_cast<std::int64_t>(base::randomBelow(static_cast<std::uint64_t>(options.dnsJitter.count()) + 1))
                            : 0;
    return options.dnsRefresh.count() > 0 ? options.dnsRefresh + base::Millis(spread) : base::Millis::zero();
}

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
        slot.gate = std::make_shared<Gate>();
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
    const auto most = optionsOf(*slot.endpoint).connections.maxRequestsPerConnection;
    for (auto& link : slot.links) {
        // Until its limits are known one request is on it: more could be too many, and would wait there for others to end.
        if (!link->usable() || !link->session().settingsKnown()) continue;
        if (most > 0 && link->served >= most) {
            link->session().shutdown();  // What runs on it ends first.
            continue;
        }
        auto stream = link->session().open();
        if (!stream) continue;
        ++reuses_;
        return std::make_unique<Http2Call>(link, std::move(stream));
    }
    return nullptr;
}

net::Task<ConnectionTicket> ConnectionPool::admit(std::shared_ptr<const Endpoint> endpoint, base::MonoTime deadline,
                                                  const net::Watched* client, Connected& result) {
    const auto gate = slotOf(*endpoint).gate;
    auto ticket = ConnectionTicket::take(endpoint, gate, limits_);
    if (ticket) co_return ticket;
    const PendingTicket pending(*endpoint, *gate, limits_);
    if (pending.refused()) {
        result.overflow = limit::kUpstreamPending;
        co_return ticket;
    }
    net::Event event(sweeper_, executor_);
    event.watch(client, net::Waiter::Watch::PeerLeaves);
    gate->waiting.push_back(&event);
    while (true) {
        // What another worker gives back wakes nobody here, so it is looked for now and then.
        event.deadline(std::min(deadline, base::MonoClock::now() + kLookAgain));
        const bool woken = co_await event.wait();
        if (!woken && event.end() != net::IoEnd::Timeout) break;
        result.call = take(*endpoint, true);
        if (result.call) break;
        ticket = ConnectionTicket::take(endpoint, gate, limits_);
        if (ticket) break;
        if (base::MonoClock::now() < deadline) continue;
        result.overflow = limit::kUpstreamConnections;
        break;
    }
    std::erase(gate->waiting, &event);
    if (result.call) gate->wake();  // There may be more than one.
    co_return ticket;
}

net::Task<Dialled> ConnectionPool::dialEndpoint(std::shared_ptr<const Endpoint> endpoint, base::MonoTime deadline,
                                                const net::Watched* client) {
    ++connects_;
    const auto& options = optionsOf(*endpoint).connections;
    Dialled result;
    if (isUnix(*endpoint)) {
        net::Stream stream(sweeper_, net::Socket(executor_));
        stream.deadline(deadline);
        stream.watch(client, net::Stream::Watch::PeerLeaves);
        const bool connected = co_await stream.connectUnix(endpoint->host.substr(kUnix.size()));
        result.end = stream.end();
        if (connected) result.socket.emplace(std::move(stream.socket()));
        co_return result;
    }
    std::vector<net::asio::ip::address> addresses(1);
    if (!net::Resolver::numeric(endpoint->host, addresses.front())) {
        addresses = co_await resolver_.resolve(executor_, endpoint->host, deadline, keepName(options));
        const auto turn = const_cast<Endpoint&>(*endpoint).dialled.fetch_add(1, std::memory_order_relaxed);
        addresses = dialOrder(addresses, turn);
    }
    result = co_await upstream::dial(executor_, sweeper_, std::move(addresses), endpoint->port, deadline, client);
    if (result.socket) keepAlive(*result.socket, options);
    co_return result;
}

net::Task<bool> ConnectionPool::secure(net::Stream& stream, const Transport& transport, std::string& tlsError) {
    if (!transport.tls) co_return true;
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
    auto ticket = co_await admit(endpoint, deadline, client, result);
    if (!ticket) co_return result;
    auto dialled = co_await dialEndpoint(endpoint, deadline, client);
    if (!dialled.socket) co_return result;
    auto call = std::make_unique<Http1Call>(sweeper_, std::move(*dialled.socket), endpoint, limits_);
    call->hold(std::move(ticket));
    auto& stream = call->stream();
    stream.setPeer(dialled.peer);
    stream.deadline(deadline);
    stream.watch(client, net::Stream::Watch::PeerLeaves);
    const bool secured = co_await secure(stream, transport, result.tlsError);
    if (secured) result.call = std::move(call);
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
            result.overflow = pending->overflow;
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
    auto ticket = co_await admit(endpoint, deadline, client, result);
    if (ticket) {
        auto dialled = co_await dialEndpoint(endpoint, deadline, client);
        left = dialled.end == net::IoEnd::OtherLeft;
        if (dialled.socket) {
            auto tried = std::make_shared<Http2Link>(sweeper_, std::move(*dialled.socket), endpoint, limits_, executor_);
            tried->hold(std::move(ticket));
            auto& stream = tried->stream();
            stream.setPeer(dialled.peer);
            stream.deadline(deadline);
            stream.watch(client, net::Stream::Watch::PeerLeaves);
            const bool secured = co_await secure(stream, transport, result.tlsError);
            left = stream.end() == net::IoEnd::OtherLeft;
            if (secured) link = std::move(tried);
        }
    }
    auto& slot = slotOf(*endpoint);
    const auto over = [&] {
        if (slot.dial == dial) slot.dial = nullptr;
        dial->tell();
    };
    if (!link) {
        dial->failed = !left && !result.call;
        dial->overflow = result.overflow;
        dial->tlsError = result.tlsError;
        over();
        co_return result;
    }
    link->hold(live_);
    link->tellLimits(told_);
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

net::Task<ConnectionPool::Raw> ConnectionPool::connectRaw(std::shared_ptr<const Endpoint> endpoint, base::MonoTime deadline,
                                                          const net::Watched* client) {
    Raw result;
    const auto gate = slotOf(*endpoint).gate;
    // What is never given back is not waited for.
    result.ticket = ConnectionTicket::take(endpoint, gate, limits_);
    if (!result.ticket) {
        result.overflow = limit::kUpstreamConnections;
        co_return result;
    }
    auto dialled = co_await dialEndpoint(endpoint, deadline, client);
    if (!dialled.socket) co_return result;
    result.stream = std::make_unique<net::Stream>(sweeper_, std::move(*dialled.socket));
    result.stream->setPeer(dialled.peer);
    if (!endpoint->transport) co_return result;
    result.stream->deadline(deadline);
    result.stream->watch(client, net::Stream::Watch::PeerLeaves);
    const bool secured = co_await secure(*result.stream, *endpoint->transport, result.tlsError);
    if (!secured) result.stream.reset();
    co_return result;
}

void ConnectionPool::give(std::unique_ptr<Call> call, base::MonoTime now) {
    auto* http1 = dynamic_cast<Http1Call*>(call.get());
    if (http1 == nullptr) {
        // Streams are not kept; their link is, as long as it is used.
        if (auto* http2 = dynamic_cast<Http2Call*>(call.get())) http2->link().use(now);
        return;
    }
    const auto most = optionsOf(*http1->endpoint()).connections.maxRequestsPerConnection;
    if (!http1->reusable() || (most > 0 && http1->served() + 1 >= most)) return;
    call.release();
    std::unique_ptr<Http1Call> connection(http1);
    auto& slot = slotOf(*connection->endpoint());
    connection->rest(now);
    if (slot.idle.size() >= limits_.upstreamIdlePerEndpoint) {
        slot.idle.erase(slot.idle.begin());
        bite(limit::kUpstreamIdleConnections);
    }
    slot.idle.push_back(std::move(connection));
    slot.gate->wake();
}

void ConnectionPool::sweep(base::MonoTime now) {
    for (auto& slot : slots_) {
        if (slot.endpoint == nullptr || (slot.idle.empty() && slot.links.empty())) continue;
        const auto wished = optionsOf(*slot.endpoint).connections.idle;
        const auto most = wished.count() < 0 ? base::Millis::max() : wished.count() > 0 ? wished : limits_.upstreamIdle;
        const auto rested = [&](base::MonoTime since) { return std::chrono::duration_cast<base::Millis>(now - since) > most; };
        sweepName(slot);
        std::erase_if(slot.idle, [&](const std::unique_ptr<Http1Call>& connection) {
            const bool idled = rested(connection->idleSince());
            if (idled) bite(limit::kUpstreamIdle);
            return idled || connection->stream().readableNow();
        });
        std::erase_if(slot.links, [&](const std::shared_ptr<Http2Link>& link) {
            const bool idle = link->session().active() == 0 && rested(link->usedAt());
            if (idle && !link->session().over()) bite(limit::kUpstreamIdle);
            if (idle) link->session().shutdown();
            return idle || !link->usable();
        });
    }
}

/// Connections to an address that the name no longer has are not used again; what runs on them ends.
void ConnectionPool::sweepName(Slot& slot) {
    net::asio::ip::address numeric;
    const auto& endpoint = *slot.endpoint;
    if (isUnix(endpoint) || net::Resolver::numeric(endpoint.host, numeric)) return;
    const auto addresses = resolver_.refresh(endpoint.host, keepName(optionsOf(endpoint).connections));
    if (addresses.empty()) return;
    const auto gone = [&](const net::Stream& stream) {
        return std::find(addresses.begin(), addresses.end(), stream.peer().address()) == addresses.end();
    };
    std::erase_if(slot.idle, [&](const std::unique_ptr<Http1Call>& connection) { return gone(connection->stream()); });
    std::erase_if(slot.links, [&](const std::shared_ptr<Http2Link>& link) {
        if (!gone(link->stream())) return false;
        link->session().shutdown();
        return true;
    });
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
