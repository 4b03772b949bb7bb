// What comes before HTTP on a connection: a PROXY header, TLS, or a tunnel by SNI.
#include "base/ids.h"
#include "base/log.h"
#include "gateway/client.h"
#include "gateway/tunnel.h"
#include "net/client_hello.h"
#include "net/proxy_protocol.h"
#include "route/listener_settings.h"
#include "route/matcher.h"
#include "upstream/balance.h"
#include "upstream/dial.h"

namespace gatehouse::gateway {

net::Task<bool> Client::welcome(bool& http2) {
    // Held while it is used: the worker may get another one meanwhile.
    const auto snapshot = worker_.snapshot();
    const auto* port = snapshot ? snapshot->findPort(logicalPort_) : nullptr;
    if (port == nullptr || !(port->tls || port->proxyProtocol || port->custom)) co_return true;
    if (port->settings) take(*port->settings);
    stream_.deadline(base::MonoClock::now() + worker_.limits().headTime);
    if (port->proxyProtocol) {
        const bool read = co_await readProxyHeader(port->proxyOptional);
        if (!read) co_return false;
    }
    if (!port->tls) co_return true;
    const bool secured = co_await secure(*port, http2);
    co_return secured;
}

void Client::take(const route::ListenerSettings& settings) {
    if (settings.changesLimits()) limits_ = std::make_unique<const http::Limits>(settings.limits(worker_.limits()));
    upstream::keepAlive(stream_.socket(), settings.tcp);
}

net::Task<bool> Client::readProxyHeader(bool optional) {
    while (true) {
        net::ProxyHeader header;
        const auto state = net::parseProxyHeader(stream_.input(), header);
        if (state == net::ProxyState::Done) {
            stream_.consume(header.size);
            if (header.local) co_return true;
            net::ErrorCode error;
            const auto address = net::asio::ip::make_address(header.sourceAddress, error);
            if (error) co_return false;
            peer_ = {address, header.sourcePort};
            address_ = header.sourceAddress;
            co_return true;
        }
        if (state == net::ProxyState::NotProxy && optional) co_return true;
        if (state != net::ProxyState::NeedMore) {
            if (worker_.maySay(base::MonoClock::now())) base::logWarning("connection", "{}: no PROXY header where the listener expects one", address_);
            worker_.limitBit("proxy-header");
            co_return false;
        }
        const std::size_t bytes = co_await stream_.receive();
        if (!stream_.arrived(bytes)) co_return false;
    }
}

void Client::refuseTls(const char* reason, const std::string& why) {
    worker_.limitBit(reason);
    if (!worker_.maySay(base::MonoClock::now())) return;
    base::logInfo("connection", "{}: TLS on port {}: {} ({})", address_, logicalPort_, why, reason);
}

net::Task<bool> Client::secure(const route::Port& port, bool& http2) {
    net::ClientHelloParser parser;
    while (true) {
        const auto state = stream_.input().empty() ? net::ClientHelloState::NeedMore : parser.parse(stream_.input());
        if (state == net::ClientHelloState::Done) break;
        if (state != net::ClientHelloState::NeedMore) {
            refuseTls("tls-not-tls", "the client does not speak TLS");
            co_return false;
        }
        const std::size_t bytes = co_await stream_.receive();
        if (stream_.arrived(bytes)) continue;
        if (stream_.end() == net::IoEnd::Timeout) refuseTls("tls-handshake", "the handshake did not begin in time");
        co_return false;
    }
    const auto sni = parser.hello().sni;
    const auto* listener = route::matchSni(port, sni);
    if (listener == nullptr) {
        refuseTls("tls-no-listener", "no listener covers the name " + (sni.empty() ? std::string("(none)") : sni));
        co_return false;
    }
    if (listener->settings) {
        take(*listener->settings);
        if (listener->settings->handshake) stream_.deadline(base::MonoClock::now() + *listener->settings->handshake);
    }
    if (listener->passthrough) {
        co_await passThrough(*listener, sni);
        co_return false;
    }
    if (listener->tls == nullptr) {
        refuseTls("tls-no-certificate", listener->tlsBroken);
        co_return false;
    }
    const bool secured = co_await stream_.serverHandshake(listener->tls);
    if (!secured) {
        refuseTls("tls-handshake", stream_.tlsError().empty() ? "the handshake did not end in time" : stream_.tlsError());
        co_return false;
    }
    tls_ = std::make_shared<const net::TlsFacts>(stream_.tlsFacts());
    // TLS that ends here on a listener of protocol TLS carries bytes, not HTTP.
    if (listener->protocol == "TLS") {
        co_await passThrough(*listener, sni);
        co_return false;
    }
    http2 = tls_->alpn == "h2";
    co_return true;
}

net::Task<void> Client::passThrough(const route::Listener& listener, const std::string& sni) {
    const auto* candidate = route::matchPassthrough(listener, sni);
    if (candidate == nullptr) {
        refuseTls("tls-no-route", "no TLSRoute takes the name " + (sni.empty() ? std::string("(none)") : sni));
        co_return;
    }
    const auto& rule = *candidate->rule;
    const auto draw = rule.totalWeight > 0 ? base::randomBelow(rule.totalWeight) : 0;
    const auto* backend = route::drawBackend(rule, draw);
    if (backend == nullptr || !backend->cluster || backend->cluster->endpoints.empty()) {
        refuseTls("tls-no-endpoint", "the backend of " + rule.displayName + " has no endpoint");
        co_return;
    }
    if (const auto& transport = backend->cluster->transport; transport && !transport->broken.empty()) {
        refuseTls("tls-upstream", transport->broken);
        co_return;
    }
    const auto now = base::MonoClock::now();
    auto* endpoint = upstream::pick(*backend->cluster, worker_.balanceCursor(), now, nullptr);
    if (endpoint == nullptr) co_return;
    constexpr auto kRelaxed = std::memory_order_relaxed;
    if (rule.counters) rule.counters->requests.fetch_add(1, kRelaxed);
    if (backend->counters) backend->counters->requests.fetch_add(1, kRelaxed);
    endpoint->inFlight.fetch_add(1, kRelaxed);
    endpoint->requests.fetch_add(1, kRelaxed);
    auto connected = co_await worker_.pool().connectRaw(endpoint->shared_from_this(), now + worker_.limits().connect, &stream_);
    if (connected.stream) {
        upstream::noteSuccess(*endpoint);
        co_await tunnel(stream_, *connected.stream, worker_.executor(), worker_.sweeper(), worker_.limits().tunnelIdle);
    } else if (connected.overflow != nullptr) {
        if (endpoint->cluster) endpoint->cluster->overflows.fetch_add(1, kRelaxed);
        if (rule.counters) rule.counters->errors.fetch_add(1, kRelaxed);
        refuseTls(connected.overflow, "the endpoint " + endpoint->id + " has as many connections as it may");
    } else {
        upstream::noteFailure(*endpoint, base::MonoClock::now(), upstream::Failure::Connect);
        if (rule.counters) rule.counters->errors.fetch_add(1, kRelaxed);
        refuseTls("tls-upstream", "the endpoint " + endpoint->id + " could not be connected to. " + connected.tlsError);
    }
    endpoint->inFlight.fetch_sub(1, kRelaxed);
}

}  // namespace gatehouse::gateway
