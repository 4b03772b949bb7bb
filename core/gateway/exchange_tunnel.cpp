// Tunnels: CONNECT where a rule asks for it, WebSocket by Upgrade (HTTP/1) and by extended CONNECT (RFC 8441), between any
// two of the protocols.
#include "gateway/exchange.h"
#include "gateway/tunnel.h"
#include "http/characters.h"
#include "http/fields.h"
#include "http/limit_table.h"
#include "http/uri.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>

namespace gatehouse::gateway {
namespace {

constexpr std::string_view kKey = "Sec-WebSocket-Key";
constexpr std::string_view kAccept = "Sec-WebSocket-Accept";

/// RFC 6455 section 4.2.2: proves that the other side understood the handshake.
std::string acceptFor(std::string_view key) {
    const std::string text = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr) != 1) return {};
    std::array<unsigned char, 64> out{};
    const int length = EVP_EncodeBlock(out.data(), digest.data(), static_cast<int>(size));
    return {reinterpret_cast<const char*>(out.data()), static_cast<std::size_t>(length)};
}

/// 16 random bytes in base64.
std::string newKey() {
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), bytes.size()) != 1) return {};
    std::array<unsigned char, 32> out{};
    const int length = EVP_EncodeBlock(out.data(), bytes.data(), bytes.size());
    return {reinterpret_cast<const char*>(out.data()), static_cast<std::size_t>(length)};
}

}  // namespace

/// What goes to the backend names one place: filters may have given it another Host, which has no port.
void Exchange::aimConnect() {
    const auto sent = connectTo_.substr(connectTo_.rfind(':'));
    auto target = request_.headers.get("host").value_or(request_.authority);
    std::string_view name;
    std::string_view port;
    if (!http::splitAuthority(target, name, port)) target = connectTo_;
    else if (port.empty()) target = request_.arena.concat({name, sent});
    request_.authority = request_.target = target;
    request_.headers.set("Host", target);
    request_.path = {};
    request_.query = {};
    request_.hasQuery = false;
}

/// Before the head goes out on call_: the handshake's own fields, as its protocol has them. False: it cannot be asked for.
net::Task<bool> Exchange::prepareTunnel() {
    if (connecting_) aimConnect();
    if (!upgrading_) co_return true;
    if (!call_->isHttp2()) {
        if (!downstream_.isHttp2()) co_return true;
        request_.headers.set(kKey, newKey());
        webSocketKey_ = request_.headers.get(kKey).value_or(std::string_view{});
        co_return true;
    }
    // Over HTTP/2 there is no key: the client's is answered here.
    if (const auto key = request_.headers.get(kKey)) webSocketKey_ = *key;
    request_.headers.remove(kKey);
    constexpr base::Millis kLookAgain{10};
    const auto latest = now_ + limits().connect;
    while (call_->upgrades() == upstream::Call::Upgrades::NotKnownYet && now_ < latest && !downstream_.left()) {
        net::Event pause(worker_.sweeper(), worker_.executor());
        pause.deadline(now_ + kLookAgain);
        co_await pause.wait();
        now_ = base::MonoClock::now();
    }
    if (call_->upgrades() == upstream::Call::Upgrades::Yes) co_return true;
    co_return failWith(502, "upstream-no-websocket", "The upstream's HTTP/2 takes no WebSocket (RFC 8441).");
}

/// A final answer's or a 101's head is there. True: what follows it is the tunnel. failureStatus_ says where it must not be.
bool Exchange::agreedToTunnel() {
    const int status = response_.status;
    if (connecting_) return status / 100 == 2;
    if (!upgrading_) return false;
    if (call_->isHttp2()) return status / 100 == 2;
    if (status == 101) {
        if (!downstream_.isHttp2()) return true;
        const auto accept = response_.headers.get(kAccept);
        const auto protocol = response_.headers.get("upgrade");
        if (accept && *accept == acceptFor(webSocketKey_) && protocol && http::equalsIgnoreCase(*protocol, "websocket"))
            return true;
        return failWith(502, "upstream-bad-response", "The upstream's Sec-WebSocket-Accept does not answer the key.");
    }
    // To an extended CONNECT 200 would say that the WebSocket is open.
    if (downstream_.isHttp2() && status / 100 == 2)
        failWith(502, "upstream-bad-response", "The upstream answered a WebSocket's handshake without switching to it.");
    return false;
}

/// The upstream agreed to speak something else: its answer goes on, and then bytes both ways until both sides have ended.
net::Task<bool> Exchange::switchProtocols() {
    const bool http2 = downstream_.isHttp2();
    if (upgrading_) response_.status = http2 ? 200 : 101;
    if (upgrading_ && http2 != call_->isHttp2()) {
        if (http2) response_.headers.remove(kAccept);
        else response_.headers.set(kAccept, acceptFor(webSocketKey_));
        response_.reason = {};
    }
    record_.status = static_cast<std::uint16_t>(response_.status);
    auto head = answerHead();
    head.body = http::BodyKind::None;
    head.tellsLength = false;
    if (upgrading_ && !http2) head.upgrade = downstream_.framing().upgrade;
    else head.tunnels = true;
    responseStarted_ = true;
    const bool sent = co_await downstream_.send(&head, {}, false, nullptr, clientWait());
    if (clientTook(sent)) {
        const auto client = downstream_.tunnelSide();
        const auto upstream = call_->tunnelSide();
        const auto end = co_await tunnel(*client, *upstream, worker_.executor(), worker_.sweeper(), limits().tunnelIdle);
        now_ = base::MonoClock::now();
        downstream_.countTunnel(end.up, end.down);
        record_.tunnelEnd = tunnelText(end.why);
        if (end.why == TunnelClose::Idle) {
            worker_.limitBit(limit::kTunnelIdle);
            record_.failure = {"tunnel-idle", "Neither side said anything for too long."};
        }
    } else if (failureStatus_ == 499) {
        record_.status = 499;
        downstream_.cut();
    }
    call_.reset();
    downstream_.finish(false);
    finish();
    co_return false;
}

}  // namespace gatehouse::gateway
