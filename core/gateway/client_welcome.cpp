// What comes before HTTP on a connection: a PROXY header, TLS, or a tunnel by SNI.
#include "base/ids.h"
#include "base/log.h"
#include "gateway/client.h"
#include "gateway/exchange_record.h"
#include "gateway/tunnel.h"
#include "http/limit_table.h"
#include "net/client_hello.h"
#include "net/proxy_protocol.h"
#include "route/listener_settings.h"
#include "route/matcher.h"
#include "upstream/balance.h"
#include "upstream/dial.h"

namespace gatehouse::gateway {
namespace {

// RFC 8446 section 6.2.
constexpr char kInternalError = 80;
constexpr char kUnrecognizedName = 112;

}  // namespace

net::Task<bool> Client::welcome(bool& http2) {
    // Held while it is used: the worker may get another one meanwhile.
    const auto snapshot = worker_.snapshot();
    const auto* port = snapshot ? snapshot->findPort(logicalPort_) : nullptr;
    welcomedAt_ = base::MonoClock::now();
    if (port == nullptr || !(port->tls || port->proxyProtocol || port->custom)) co_return true;
    if (port->settings) take(*port->settings);
    stream_.deadline(base::MonoClock::now() + worker_.limits().headTime);
    if (port->proxyProtocol) {
        const bool read = co_await readProxyHeader(port->proxyOptional);
        if (!read) co_return false;
    }
    if (!port->tls) co_return true;
    const bool secured = co_await secure(snapshot, *port, http2);
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

net::Task<void> Client::alert(char description) {
    // A record of type alert and version TLS 1.2, as all versions write it here: two bytes, fatal.
    const char record[] = {21, 3, 3, 0, 2, 2, description};
    net::Gather out;
    out.add({record, sizeof record});
    const bool written = co_await stream_.write(out);
    if (written) co_await lingerAndClose();
}

net::Task<bool> Client::secure(std::shared_ptr<const route::Snapshot> snapshot, const route::Port& port, bool& http2) {
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
        co_await alert(kUnrecognizedName);
        co_return false;
    }
    if (listener->settings) {
        take(*listener->settings);
        if (listener->settings->handshake) stream_.deadline(base::MonoClock::now() + *listener->settings->handshake);
    }
    if (listener->passthrough) {
        co_await passThrough(std::move(snapshot), *listener, sni);
        co_return false;
    }
    if (listener->tls == nullptr) {
        refuseTls("tls-no-certificate", listener->tlsBroken);
        co_await alert(kInternalError);
        co_return false;
    }
    const bool secured = co_await stream_.serverHandshake(listener->tls);
    if (!secured) {
        refuseTls("tls-handshake", stream_.tlsError().empty() ? "the handshake did not end in time" : stream_.tlsError());
        // In TLS 1.3 a client speaks before it knows that its certificate was refused: the alert must outlive those bytes.
        if (stream_.end() != net::IoEnd::Timeout) co_await lingerAndClose();
        co_return false;
    }
    tls_ = std::make_shared<const net::TlsFacts>(stream_.tlsFacts());
    // TLS that ends here on a listener of protocol TLS carries bytes, not HTTP.
    if (listener->protocol == "TLS") {
        co_await passThrough(std::move(snapshot), *listener, sni);
        co_return false;
    }
    http2 = tls_->alpn == "h2";
    co_return true;
}

net::Task<void> Client::passThrough(std::shared_ptr<const route::Snapshot> snapshot, const route::Listener& listener,
                                    const std::string& sni) {
    ExchangeRecord record;
    record.snapshot = std::move(snapshot);
    record.connection = true;
    record.listener = &listener;
    record.logicalPort = logicalPort_;
    record.tls = tls_;
    record.started = welcomedAt_;
    record.host.assign(sni);
    const auto elapsed = [&] {
        return std::chrono::duration_cast<base::Micros>(base::MonoClock::now() - record.started).count();
    };
    record.at.head = elapsed();
    co_await carry(record, sni);
    record.at.ended = elapsed();
    const char why = record.candidate == nullptr ? kUnrecognizedName : kInternalError;
    worker_.tallies().bytesIn.add(record.requestBytes);
    worker_.tallies().bytesOut.add(record.responseBytes);
    record.keepClient(peer_.address(), peer_.port());
    const bool refused = record.detail != nullptr;
    worker_.records().push(std::move(record));
    if (refused && !stream_.isTls()) co_await alert(why);
}

/// Bytes both ways with an endpoint of the TLSRoute for `sni`. What happened is in `record` afterwards.
net::Task<void> Client::carry(ExchangeRecord& record, const std::string& sni) {
    const auto refuse = [&](const char* reason, std::string why) {
        refuseTls(reason, why);
        record.failure.code = reason;
        record.detail = std::make_unique<std::string>(std::move(why));
    };
    const auto micros = [&](base::MonoTime at) {
        return std::chrono::duration_cast<base::Micros>(at - record.started).count();
    };
    record.candidate = route::matchPassthrough(*record.listener, sni);
    if (record.candidate == nullptr) {
        refuse("tls-no-route", "no TLSRoute takes the name " + (sni.empty() ? std::string("(none)") : sni));
        co_return;
    }
    const auto& rule = *record.candidate->rule;
    record.draw = rule.totalWeight > 0 ? base::randomBelow(rule.totalWeight) : 0;
    record.backend = route::drawBackend(rule, record.draw);
    const auto* backend = record.backend;
    if (backend == nullptr || !backend->cluster || backend->cluster->endpoints.empty()) {
        refuse("tls-no-endpoint", "the backend of " + rule.displayName + " has no endpoint");
        co_return;
    }
    if (const auto& transport = backend->cluster->transport; transport && !transport->broken.empty()) {
        refuse("tls-upstream", transport->broken);
        co_return;
    }
    const auto now = base::MonoClock::now();
    auto* endpoint = upstream::pick(*backend->cluster, worker_.balanceCursor(), now, nullptr);
    if (endpoint == nullptr) {
        refuse("tls-no-endpoint", "every endpoint of " + rule.displayName + " is left out");
        co_return;
    }
    record.endpoint = endpoint;
    record.attempts = 1;
    record.at.picked = micros(now);
    constexpr auto kRelaxed = std::memory_order_relaxed;
    if (rule.counters) rule.counters->requests.fetch_add(1, kRelaxed);
    if (backend->counters) backend->counters->requests.fetch_add(1, kRelaxed);
    endpoint->inFlight.fetch_add(1, kRelaxed);
    endpoint->requests.fetch_add(1, kRelaxed);
    auto connected = co_await worker_.pool().connectRaw(endpoint->shared_from_this(), now + worker_.limits().connect, &stream_);
    if (connected.stream) {
        upstream::noteSuccess(*endpoint);
        record.at.connected = micros(base::MonoClock::now());
        http::StreamSide client(stream_);
        http::StreamSide upstream(*connected.stream);
        const auto end = co_await tunnel(client, upstream, worker_.executor(), worker_.sweeper(), worker_.limits().tunnelIdle);
        record.requestBytes = end.up;
        record.responseBytes = end.down;
        record.tunnelEnd = tunnelText(end.why);
        if (end.why == TunnelClose::Idle) {
            worker_.limitBit(limit::kTunnelIdle);
            record.failure = {"tunnel-idle", "Neither side said anything for too long."};
        }
    } else if (stream_.gone()) {
        record.failure = {"client-left", "The client left while the upstream was being connected to."};
    } else if (connected.overflow != nullptr) {
        if (endpoint->cluster) endpoint->cluster->overflows.fetch_add(1, kRelaxed);
        refuse(connected.overflow, "the endpoint " + endpoint->id + " has as many connections as it may");
    } else {
        upstream::noteFailure(*endpoint, base::MonoClock::now(), upstream::Failure::Connect);
        refuse("tls-upstream", "the endpoint " + endpoint->id + " could not be connected to. " + connected.tlsError);
    }
    if (rule.counters && !connected.stream) rule.counters->errors.fetch_add(1, kRelaxed);
    endpoint->inFlight.fetch_sub(1, kRelaxed);
}

}  // namespace gatehouse::gateway
