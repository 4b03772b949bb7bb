#include "base/ids.h"
#include "filter/chain.h"
#include "gateway/client.h"
#include "gateway/exchange.h"
#include "http/characters.h"
#include "http/fields.h"
#include "http/limit_table.h"
#include "route/matcher.h"
#include "route/preflight.h"
#include "telemetry/trace_context.h"

#include <algorithm>

namespace gatehouse::gateway {
namespace {

/// A client's id is kept when it is short and plain enough for logs and headers.
bool acceptableRequestId(std::string_view id) {
    constexpr std::size_t kLongest = 128;
    if (id.empty() || id.size() > kLongest) return false;
    return std::all_of(id.begin(), id.end(), [](char c) {
        return http::hasClass(c, http::kUnreserved) || c == ':' || c == '=' || c == '+' || c == '/' || c == '@';
    });
}

}  // namespace

bool Exchange::headArrived(Downstream::Arrival arrival) {
    switch (arrival) {
        case Downstream::Arrival::Ready:
            if (const auto* choice = worker_.armChoice()) arm_ = choice->take(request_.headers, downstream_.client().peer().address().is_loopback());
            record_.head = worker_.heads().keep(request_);
            return true;
        case Downstream::Arrival::Refused: {
            const auto& refusal = downstream_.refusal();
            if (refusal.limit != nullptr) worker_.limitBit(refusal.limit);
            return failWith(refusal.status, refusal.code, refusal.sentence);
        }
        case Downstream::Arrival::TimedOut:
            worker_.limitBit(limit::kHeadTime);
            return failWith(408, "head-timeout", "The client did not finish the request head in time.");
        case Downstream::Arrival::Left:
            return failWith(499, "client-left", "The client left in the middle of the request head.");
        case Downstream::Arrival::Idle: break;
    }
    return false;
}

void Exchange::stampRequestId() {
    const auto sent = downstream_.framing().requestId;
    if (acceptableRequestId(sent) && request_.headers.count("x-request-id") == 1) {
        record_.requestId.assign(sent);
    } else {
        if (sent.data() != nullptr) request_.headers.remove("x-request-id");
        base::writeRequestId(requestId_);
        record_.requestId.assign({requestId_, sizeof requestId_});
        request_.headers.addView("x-request-id", {requestId_, sizeof requestId_});
    }
    if (worker_.traces()) stampTrace();
    record_.method.assign(request_.method);
    record_.host.assign(request_.authority);
    if (!request_.hasQuery) {
        record_.path.assign(request_.path);
        return;
    }
    const auto path = request_.arena.concat({request_.path, "?", request_.query});
    auto& secrets = worker_.heads().secretNames();
    if (telemetry::hasSecretParameter(request_.query, secrets)) record_.path.assign(telemetry::hideParameters(path, &secrets));
    else record_.path.assign(path);
}

/// The upstream's span is a child of ours, and ours of the client's; a trace begins here where the client named none.
void Exchange::stampTrace() {
    std::optional<telemetry::TraceParent> client;
    const auto sent = request_.headers.get("traceparent");
    if (sent && request_.headers.count("traceparent") == 1) client = telemetry::readTraceParent(*sent);
    if (sent) request_.headers.remove("traceparent");
    if (!client) request_.headers.remove("tracestate");  // It belongs to a trace that is not known.
    record_.traceparent = std::make_unique<std::string>(telemetry::writeTraceParent(telemetry::childOf(client)));
    request_.headers.addView("traceparent", *record_.traceparent);
}

/// Listener, host and rule.
bool Exchange::route() {
    const auto* snapshot = record_.snapshot.get();
    const auto* port = snapshot != nullptr ? snapshot->findPort(downstream_.client().logicalPort()) : nullptr;
    if (port == nullptr) return failWith(404, "no-listener", "No listener serves this port any more.");
    const auto* sni = downstream_.client().sni();
    request_.scheme = sni != nullptr ? "https" : "http";
    // A swap changed what the port speaks; what was meant for sessions is not for connections in clear, nor the reverse.
    if (port->tls != (sni != nullptr))
        return failWith(421, "misdirected", "The port's protocol has changed since the connection was made.");
    auto match = route::match(*port, request_, nullptr, sni);
    if (port->custom && !match.misdirected && !applyListener(*port, sni, match)) return false;
    if (request_.method == "OPTIONS" && !match.misdirected) preflight_ = route::matchPreflight(*port, request_, match);
    record_.listener = match.listener;
    if (match.misdirected)
        return failWith(421, "misdirected", "The host belongs to another listener than the connection's TLS session.");
    connecting_ = request_.method == "CONNECT";
    connectTo_ = request_.target;
    if (connecting_ && (match.candidate == nullptr || match.candidate->match.method != "CONNECT"))
        return failWith(501, "connect-refused", "CONNECT is served only where a rule matches that method.");
    if (match.candidate == nullptr)
        return failWith(404, "no-route", match.listener == nullptr ? "No listener of this port covers the host."
                                                                   : "No route matches this request.");
    record_.candidate = match.candidate;
    const auto& found = rule();
    llmRoute_ = record_.llmRoute = found.llm;
    if (!found.broken.empty()) {
        record_.detail = std::make_unique<std::string>(found.broken);
        return failWith(500, "rule-broken", "The rule is broken.");
    }
    if (found.requestTimeout && found.requestTimeout->count() > 0)
        requestDeadline_ = record_.started + *found.requestTimeout;
    const auto& framing = downstream_.framing();
    // Other protocols are not offered to upstreams: h2c by Upgrade is a known way past a proxy's rules.
    upgrading_ = http::equalsIgnoreCase(framing.upgrade, "websocket") && request_.method == "GET" &&
                 framing.body == http::BodyKind::None;
    stampForwarded();
    if (llmRoute_) beginLlm();
    if (llmRoute_ && worker_.capturing()) beginCapture();
    return true;
}

/// Limits that are known from the head alone.
bool Exchange::acceptBody() {
    const auto& framing = downstream_.framing();
    if (framing.body != http::BodyKind::Length) return true;
    const auto most = readsChat() ? limits().llmBodyBytes : limits().bodyBytes;
    if (framing.length > most) worker_.limitBit(readsChat() ? limit::kLlmBodySize : limit::kBodySize);
    if (framing.length > most)
        return failWith(413, "body-too-large", "The request body is larger than the limit.");
    return true;
}

bool Exchange::clientFailed() {
    now_ = base::MonoClock::now();
    const auto end = downstream_.end();
    if (end == net::IoEnd::Timeout && now_ >= requestDeadline_)
        return failWith(504, "timeout", "The request took longer than its timeout.");
    if (end == net::IoEnd::Timeout) {
        // One pause of a whole gap is one too long; more in all is a body that trickles.
        const bool trickled = bodyWaited_ > limits().bodyGap + 2 * net::Sweeper::kTick;
        worker_.limitBit(trickled ? limit::kBodyRate : limit::kBodyGap);
    }
    if (end == net::IoEnd::Timeout)
        return failWith(408, "body-timeout", "The client sent its body too slowly, or not at all.");
    return failWith(499, "client-left", "The client left before it had sent the whole request.");
}

/// One pause may be long, but not one after the other: what has arrived earns the time for the rest.
base::MonoTime Exchange::bodyDeadline() const {
    if (rule().grpc) return std::min(now_ + limits().streamIdle, requestDeadline_);  // A call may have little to say.
    const auto earned = std::chrono::milliseconds(bodyReceived_ * 1000 / limits().bodyBytesPerSecond);
    const auto left = std::max(limits().bodyGap + earned - bodyWaited_, base::MonoClock::duration::zero());
    return std::min(now_ + std::min<base::MonoClock::duration>(left, limits().bodyGap), requestDeadline_);
}

/// After a read that began at now_.
void Exchange::noteBodyWait() {
    const auto began = now_;
    now_ = base::MonoClock::now();
    bodyWaited_ += now_ - began;
}

net::Task<bool> Exchange::askForBody() {
    if (!downstream_.framing().expectContinue || continueSent_) co_return true;
    continueSent_ = true;
    const bool sent = co_await downstream_.sendContinue({now_ + limits().writeStall});
    if (!sent) co_return clientFailed();
    co_return true;
}

/// The whole body into body_, for what must read it.
net::Task<bool> Exchange::bufferBody(std::size_t most) {
    const auto& framing = downstream_.framing();
    constexpr std::uint64_t kFirstReserve = 256 * 1024;
    if (bodyBuffered_) co_return true;
    if (framing.body == http::BodyKind::Length)
        body_.reserve(static_cast<std::size_t>(std::min(framing.length, kFirstReserve)));
    while (true) {
        const auto arrived = downstream_.takeBody();
        const bool tooLarge = body_.size() + arrived.total > most;
        for (std::size_t i = 0; !tooLarge && i < arrived.count; ++i) body_.append(arrived.pieces[i]);
        downstream_.consumeBody(arrived);
        bodyReceived_ += arrived.total;
        if (tooLarge) worker_.limitBit(most == limits().llmBodyBytes ? limit::kLlmBodySize : limit::kBodySize);
        if (tooLarge) co_return failWith(413, "body-too-large", "The request body is larger than the limit.");
        if (arrived.failed) co_return failWith(400, "bad-request", downstream_.bodyError());
        if (downstream_.bodyDone()) break;
        if (arrived.total > 0) continue;
        const bool asked = co_await askForBody();
        if (!asked) co_return false;
        const bool more = co_await downstream_.moreBody({bodyDeadline()});
        noteBodyWait();
        if (!more) co_return clientFailed();
    }
    bodyBuffered_ = true;
    record_.at.body = elapsed();
    co_return true;
}

upstream::RequestOut Exchange::requestOut() const {
    const auto& framing = downstream_.framing();
    upstream::RequestOut out;
    out.head = &request_;
    out.body = bodyBuffered_ ? http::BodyKind::Length : framing.body;
    out.length = bodyBuffered_ ? body_.size() : framing.length;
    out.authority = endpoint_->id;
    if (upgrading_) out.upgrade = "websocket";
    return out;
}

}  // namespace gatehouse::gateway
