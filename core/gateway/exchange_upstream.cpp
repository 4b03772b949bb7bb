#include "base/ids.h"
#include "gateway/exchange.h"
#include "gateway/exchange_llm.h"
#include "http/limit_table.h"
#include "filter/client_access.h"
#include "route/matcher.h"
#include "route/sticky_split.h"
#include "upstream/balance.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace gatehouse::gateway {
namespace {

/// RFC 9110 section 9.2.2.
bool isIdempotent(std::string_view method) {
    return method == "GET" || method == "HEAD" || method == "PUT" || method == "DELETE" || method == "OPTIONS" ||
           method == "TRACE";
}

}  // namespace

bool Exchange::drawBackend() {
    const auto& found = rule();
    if (found.backends.empty()) return failWith(500, "no-backend", "The rule has no backend.");
    const bool chosen = arm_ >= 0 && static_cast<std::size_t>(arm_) < found.backends.size();
    const bool bySession = !chosen && found.sessions && chooseBySession();
    const auto caller = record_.caller ? record_.caller->name() : std::string_view();
    const auto key = found.stickySplit && !chosen ? route::stickyKey(*found.stickySplit, request_.headers, caller) : 0;
    record_.draw = found.backends.size() < 2 || found.totalWeight == 0 ? 0
                   : key != 0                                          ? route::stickyPlace(key, found.totalWeight)
                                                                       : base::randomBelow(found.totalWeight);
    if (key != 0 && !bySession) extra().armKey = key;
    const auto* backend = bySession ? record_.backend : route::drawBackend(found, record_.draw);
    if (chosen) {
        backend = &found.backends[static_cast<std::size_t>(arm_)];
        extra().armChosen = true;
    }
    if (backend == nullptr)
        return failWith(route::statusWithoutBackend(found), "no-weight", "All backends of the rule have weight 0.");
    record_.backend = backend;
    if (backend->kind == route::BackendKind::Invalid) {
        record_.detail = std::make_unique<std::string>(backend->invalidReason);
        return failWith(backend->invalidStatus, "backend-invalid", "The backend reference is not valid.");
    }
    // Never plaintext, least of all with a provider's key, where the configuration asks for TLS.
    if (!backend->targets && backend->cluster && backend->cluster->transport && !backend->cluster->transport->broken.empty()) {
        record_.detail = std::make_unique<std::string>(backend->cluster->transport->broken);
        return failWith(503, "upstream-tls", "TLS with the backend cannot be set up.");
    }
    return true;
}

/// Reserves an endpoint. On a second attempt the one that failed is left out.
bool Exchange::pickEndpoint() {
    constexpr auto kRelaxed = std::memory_order_relaxed;
    if (record_.attempts < 255) ++record_.attempts;
    if (freshOnly_ && endpoint_ != nullptr) return true;
    const bool again = avoidEndpoint_ != nullptr;
    release();
    const auto& backend = *record_.backend;
    upstream::Endpoint* found = nullptr;
    const bool furtherTry = record_.extra && !record_.extra->tries.empty();
    if (session_.endpoint != nullptr && pickSessionEndpoint()) {
        found = session_.endpoint;
    } else if (backend.pool) {
        found = pickPod(again, furtherTry);
    } else if (backend.cluster) {
        const auto& endpoints = *cluster();
        if (upstream::requestsFull(endpoints)) return upstreamFull(limit::kUpstreamRequests);
        found = upstream::pick(endpoints, worker_.balanceCursor(), now_, avoidEndpoint_);
        // A further try goes elsewhere where it can, but better to the same endpoint than nowhere.
        if (furtherTry) found = pickUntried(found);
        if (found != nullptr) found->inFlight.fetch_add(1, kRelaxed);
    }
    if (found == nullptr) {
        if (again) return failWith(503, "upstream-connect", "No endpoint of the backend could be connected to.");
        return failWith(503, "no-endpoints", "The backend has no ready endpoint.");
    }
    endpoint_ = found;
    reserved_ = true;
    found->requests.fetch_add(1, kRelaxed);
    record_.endpoint = found;
    record_.at.picked = elapsed();
    return true;
}

void Exchange::release() {
    if (!reserved_) return;
    reserved_ = false;
    if (pod_) {
        endBooking();
        inference::Pool::release(*pod_);
        pod_.reset();
    } else {
        endpoint_->inFlight.fetch_sub(1, std::memory_order_relaxed);
    }
}

/// Can the request be sent again without the client?
bool Exchange::replayable() const {
    const bool whole = bodyBuffered_ || downstream_.framing().body == http::BodyKind::None;
    // A completion that was asked for twice costs money, not state: the one POST that is worth a second try.
    return whole && (bodyBuffered_ || isIdempotent(request_.method));
}

bool Exchange::takePooled() {
    if (freshOnly_) return false;
    call_ = worker_.pool().take(*endpoint_, !replayable());
    record_.reused = call_ != nullptr;
    if (!call_) return false;
    worker_.tallies().upstreamReuses.add(1);
    record_.upstreamHttp2 = call_->isHttp2();
    record_.at.connected = elapsed();
    return true;
}

net::Task<bool> Exchange::connect() {
    worker_.tallies().upstreamConnects.add(1);
    record_.reused = false;
    const auto wished = upstream::optionsOf(*endpoint_).connections.connect;
    const auto connectDeadline = now_ + (wished.count() > 0 ? wished : limits().connect);
    const auto deadline = std::min(connectDeadline, requestDeadline_);
    std::shared_ptr<const upstream::Endpoint> endpoint = endpoint_->weak_from_this().lock();
    auto connected = co_await worker_.pool().connect(std::move(endpoint), deadline, &downstream_.watched());
    call_ = std::move(connected.call);
    now_ = base::MonoClock::now();
    if (call_) {
        record_.upstreamHttp2 = call_->isHttp2();
        record_.at.connected = elapsed();
        co_return true;
    }
    if (downstream_.left())
        co_return failWith(499, "client-left", "The client left while the upstream was being connected to.");
    if (now_ >= requestDeadline_) co_return failWith(504, "timeout", "The request took longer than its timeout.");
    if (connected.overflow != nullptr) co_return upstreamFull(connected.overflow);
    if (now_ >= connectDeadline) worker_.limitBit(limit::kUpstreamConnect);
    if (!connected.tlsError.empty()) {
        record_.detail = std::make_unique<std::string>(std::move(connected.tlsError));
        upstream::noteFailure(*endpoint_, now_, upstream::Failure::Tls);
        co_return failWith(503, "upstream-tls", "TLS with the upstream failed.");
    }
    connectFailed_ = true;
    upstream::noteFailure(*endpoint_, now_, upstream::Failure::Connect);
    co_return failWith(503, "upstream-connect", "The endpoint could not be connected to.");
}

/// Too much for the backend at this moment. No fault of the endpoint, and no better elsewhere.
bool Exchange::upstreamFull(const char* name) {
    worker_.limitBit(name);
    if (endpoint_ != nullptr && endpoint_->cluster) endpoint_->cluster->overflows.fetch_add(1, std::memory_order_relaxed);
    return failWith(503, name, "The backend has as many connections or requests as it may.");
}

base::MonoTime Exchange::answerDeadline() const {
    const auto& found = rule();
    const bool elsewhere = llm_ && llm_->request.facts.stream && anotherTarget();
    if (elsewhere) llm_->silentUntil = now_ + llm_->provider->firstToken;
    if (elsewhere) return std::min(tryDeadline_, llm_->silentUntil);
    if (tryDeadline_ != net::Stream::kNever) return tryDeadline_;
    // A timeout of 0s switches every limit off; without one the table's limits hold.
    if (found.requestTimeout || found.backendTimeout) return net::Stream::kNever;
    return now_ + (llmRoute_ || found.grpc ? limits().streamIdle : limits().upstreamHead);
}

http::Wait Exchange::whileClientStays(base::MonoTime deadline) const {
    return {deadline, &downstream_.watched(), net::Waiter::Watch::PeerLeaves};
}

net::Task<bool> Exchange::send() {
    const auto& found = rule();
    tryDeadline_ = requestDeadline_;
    if (found.backendTimeout && found.backendTimeout->count() > 0)
        tryDeadline_ = std::min(tryDeadline_, now_ + *found.backendTimeout);
    keepBodyIfNeeded();
    captureProviderRequest();
    if (upgrading_ || connecting_) {
        const bool prepared = co_await prepareTunnel();
        if (!prepared) co_return false;
    }
    if (!bodyBuffered_ && !endsInHead() && (!downstream_.bodyDone() || !body_.empty())) {
        const bool sent = co_await sendStreamedBody();
        co_return sent;
    }
    const auto head = requestOut();
    const auto body = http::BodyPieces::of(bodyBuffered_ ? body_.view() : std::string_view{});
    const auto wait = whileClientStays(std::min(now_ + limits().writeStall, tryDeadline_));
    const bool last = !((upgrading_ || connecting_) && call_->isHttp2());  // The stream stays open for the tunnel.
    const bool sent = co_await call_->send(&head, body, last, nullptr, wait);
    now_ = base::MonoClock::now();
    if (!sent) co_return sendFailed();
    requestSentWhole_ = true;
    if (!mirrors_.empty()) startMirrors();
    record_.at.sent = elapsed();
    co_return true;
}

/// A write failed. A reset may hide an answer that was sent before the upstream stopped reading, so that is read first.
bool Exchange::sendFailed() {
    record_.at.sent = elapsed();
    switch (call_->end()) {
        case net::IoEnd::Timeout: return failWith(504, "timeout", "The upstream did not take the request in time.");
        case net::IoEnd::OtherLeft:
        case net::IoEnd::Stopped: return failWith(499, "client-left", "The client left while its request was being sent.");
        default: return true;
    }
}

/// Pulls the body from the client piece by piece. Ends early, and well, when the upstream answers before the end.
net::Task<bool> Exchange::sendStreamedBody() {
    const auto& found = rule();
    const auto head = requestOut();
    const auto most = found.grpc ? std::numeric_limits<std::uint64_t>::max() : limits().bodyBytes;  // Streams have no end.
    bool headSent = false;
    bool replays = !body_.empty();  // Bytes of a former try go first.
    // A write that waits on a full socket, or a client that is slow, must not hide the upstream's early answer.
    http::Wait upstreamWait{{}, &call_->watched(), net::Waiter::Watch::BytesArrive};
    http::Wait clientWait = upstreamWait;
    while (true) {
        const bool again = std::exchange(replays, false);
        const auto body = again ? http::BodyPieces::of(body_.view()) : downstream_.takeBody();
        if (!again) bodyReceived_ += body.total;
        // What was taken is always consumed: what is left in the input is read as the next request.
        if (body.failed || bodyReceived_ > most) downstream_.consumeBody(body);
        if (body.failed) co_return failWith(400, "bad-request", downstream_.bodyError());
        if (bodyReceived_ > most) worker_.limitBit(limit::kBodySize);
        if (bodyReceived_ > most)
            co_return failWith(413, "body-too-large", "The request body is larger than the limit.");
        const bool last = downstream_.bodyDone();
        upstreamWait.deadline = std::min(now_ + limits().writeStall, tryDeadline_);
        const auto* first = headSent ? nullptr : &head;
        const auto* trailers = last ? downstream_.trailers() : nullptr;
        const bool sent = co_await call_->send(first, body, last, trailers, upstreamWait);
        if (keepBody_ && !again) keepBody(body);
        if (!again) downstream_.consumeBody(body);
        headSent = true;
        now_ = base::MonoClock::now();
        if (!sent) {
            if (call_->end() != net::IoEnd::OtherReadable && !sendFailed()) co_return false;
            break;
        }
        if (!last && found.grpc && startUpload()) break;  // A call's answer may come at any time.
        if (last) {
            requestSentWhole_ = true;
            if (!mirrors_.empty()) startMirrors();
            break;
        }
        if (again || (body.total > 0 && body.count == http::BodyPieces::kMax)) continue;
        const bool asked = co_await askForBody();
        if (!asked) co_return false;
        clientWait.deadline = bodyDeadline();
        const bool more = co_await downstream_.moreBody(clientWait);
        noteBodyWait();
        if (more) continue;
        if (downstream_.end() != net::IoEnd::OtherReadable) co_return clientFailed();
        break;
    }
    record_.at.sent = elapsed();
    co_return true;
}

net::Task<bool> Exchange::readResponseHead() {
    const bool arrived = co_await awaitResponseHead();
    if (arrived || !uploading_) co_return arrived;
    co_await endUpload();
    co_return false;
}

net::Task<bool> Exchange::awaitResponseHead() {
    const auto wait = whileClientStays(answerDeadline());
    while (true) {
        const auto arrival = co_await call_->readHead(response_, wait);
        now_ = base::MonoClock::now();
        switch (arrival) {
            case upstream::Call::Arrival::Final:
                record_.at.answered = elapsed();
                upstream::noteAnswer(*endpoint_, response_.status, now_, base::Micros(record_.at.answered - record_.at.picked));
                switched_ = agreedToTunnel();
                co_return failureStatus_ == 0;
            case upstream::Call::Arrival::Interim:
                if (response_.status != 101 || !upgrading_) break;
                switched_ = agreedToTunnel();
                if (!switched_) co_return false;
                record_.at.answered = elapsed();
                upstream::noteSuccess(*endpoint_);
                co_return true;
            case upstream::Call::Arrival::Broken:
                upstream::noteFailure(*endpoint_, now_, upstream::Failure::BadAnswer);
                co_return failWith(502, call_->refusal().code, call_->refusal().sentence);
            case upstream::Call::Arrival::Failed:
                if (uploadBroken_.code != nullptr) co_return failWith(400, uploadBroken_.code, uploadBroken_.sentence);
                co_return answerFailed();
        }
        const bool passed = co_await forwardInterim();
        if (!passed) co_return false;
        response_.clear();
    }
}

/// RFC 9110 section 15.2: interim answers are passed on to those who can read them. 100 is ours to send.
net::Task<bool> Exchange::forwardInterim() {
    if (response_.status == 101)
        co_return failWith(502, "upstream-bad-response", "The upstream switched protocols without being asked.");
    if (response_.status == 100) co_return true;
    const bool sent = co_await downstream_.sendInterim(response_, clientWait());
    co_return clientTook(sent);
}

bool Exchange::answerFailed() {
    switch (call_->end()) {
        case net::IoEnd::Timeout:
            upstream::noteFailure(*endpoint_, now_, upstream::Failure::Timeout);
            if (llm_ && llm_->silentUntil != base::MonoTime{} && !responseStarted_ && now_ >= llm_->silentUntil && now_ < requestDeadline_)
                return failWith(504, "first-token", "The provider did not begin its answer in time.");
            if (now_ < requestDeadline_ && tryDeadline_ == net::Waiter::kNever)
                worker_.limitBit(responseStarted_ || llmRoute_ ? limit::kStreamIdle : limit::kUpstreamHead);
            return failWith(504, "timeout", now_ >= requestDeadline_
                                                ? "The request took longer than its timeout."
                                                : "The upstream did not answer in time.");
        case net::IoEnd::OtherLeft:
        case net::IoEnd::Stopped:
            return failWith(499, "client-left", "The client left while it waited for the answer.");
        default: break;
    }
    staleConnection_ = call_->wasStale();
    if (!staleConnection_ || !replayable()) upstream::noteFailure(*endpoint_, now_);
    return failWith(502, "upstream-reset", "The upstream closed the connection before it answered.");
}

/// Once more where that is safe: elsewhere after a failed connect, on a fresh connection after a stale one.
bool Exchange::tryAgain() {
    const bool neverStarted = call_ && call_->neverStarted();
    call_.reset();
    constexpr std::uint8_t kMostFreshTries = 3;
    const bool whole = bodyBuffered_ || downstream_.framing().body == http::BodyKind::None;
    if (neverStarted && whole && record_.attempts < kMostFreshTries) {
        freshOnly_ = record_.attempts > 1;
    } else if (staleConnection_ && replayable()) {
        staleConnection_ = false;
        freshOnly_ = true;
    } else if (connectFailed_ && avoidEndpoint_ == nullptr && !rule().retry) {
        const auto& backend = *record_.backend;
        const auto others = backend.pool ? backend.pool->pods().size() : cluster()->endpoints.size();
        if (others < 2) return false;
        connectFailed_ = freshOnly_ = false;
        avoidEndpoint_ = endpoint_;
        avoidPod_ = pod_.get();
    } else {
        return false;
    }
    response_.clear();
    failureStatus_ = 0;
    record_.failure = {};
    return true;
}

}  // namespace gatehouse::gateway
