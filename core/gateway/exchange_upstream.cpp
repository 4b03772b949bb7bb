#include "base/ids.h"
#include "gateway/exchange.h"
#include "route/matcher.h"
#include "upstream/balance.h"

#include <algorithm>

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
    record_.draw = found.backends.size() > 1 && found.totalWeight > 0 ? base::randomBelow(found.totalWeight) : 0;
    const auto* backend = route::drawBackend(found, record_.draw);
    if (backend == nullptr) return failWith(503, "no-weight", "All backends of the rule have weight 0.");
    record_.backend = backend;
    if (backend->kind == route::BackendKind::Invalid) {
        record_.detail = std::make_unique<std::string>(backend->invalidReason);
        return failWith(backend->invalidStatus, "backend-invalid", "The backend reference is not valid.");
    }
    // Never plaintext, least of all with a provider's key, where the configuration asks for TLS.
    if (backend->cluster && backend->cluster->tls)
        return failWith(503, "upstream-tls", "The backend needs TLS, which this version does not speak to upstreams.");
    return true;
}

/// Reserves an endpoint. On a second attempt the one that failed is left out.
bool Exchange::pickEndpoint() {
    constexpr auto kRelaxed = std::memory_order_relaxed;
    ++record_.attempts;
    if (freshOnly_ && endpoint_ != nullptr) return true;
    const bool again = avoidEndpoint_ != nullptr;
    release();
    const auto& backend = *record_.backend;
    upstream::Endpoint* found = nullptr;
    if (backend.pool) {
        auto pick = std::make_shared<inference::PickRecord>();
        pod_ = backend.pool->pick(now_, pick.get(), avoidPod_).pod;
        if (pod_ || !again) record_.pick = std::move(pick);
        if (pod_) {
            found = pod_->endpoint.get();
            record_.pod = pod_.get();
        }
    } else if (backend.cluster) {
        found = upstream::pickLeastRequest(*backend.cluster, worker_.balanceCursor(), now_, avoidEndpoint_);
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
        inference::Pool::release(*pod_);
        pod_.reset();
    } else {
        endpoint_->inFlight.fetch_sub(1, std::memory_order_relaxed);
    }
}

/// Can the request be sent again without the client?
bool Exchange::replayable() const {
    const bool whole = bodyBuffered_ || requestParser_.framing().body == http::BodyKind::None;
    // A completion that was asked for twice costs money, not state: the one POST that is worth a second try.
    return whole && (bodyBuffered_ || isIdempotent(request_.method));
}

bool Exchange::takePooled() {
    if (freshOnly_) return false;
    connection_ = worker_.pool().take(*endpoint_, !replayable());
    record_.reused = connection_ != nullptr;
    if (!connection_) return false;
    worker_.tallies().upstreamReuses.add(1);
    record_.at.connected = elapsed();
    return true;
}

net::Task<bool> Exchange::connect() {
    worker_.tallies().upstreamConnects.add(1);
    record_.reused = false;
    const auto deadline = std::min(now_ + limits().connect, requestDeadline_);
    std::shared_ptr<const upstream::Endpoint> endpoint = endpoint_->weak_from_this().lock();
    connection_ = co_await worker_.pool().connect(std::move(endpoint), deadline, &client_.stream());
    now_ = base::MonoClock::now();
    if (connection_) {
        record_.at.connected = elapsed();
        co_return true;
    }
    if (!client_.stream().isOpen() || client_.stream().peerGone())
        co_return failWith(499, "client-left", "The client left while the upstream was being connected to.");
    if (now_ >= requestDeadline_) co_return failWith(504, "timeout", "The request took longer than its timeout.");
    connectFailed_ = true;
    upstream::noteFailure(*endpoint_, now_);
    co_return failWith(503, "upstream-connect", "The endpoint could not be connected to.");
}

base::MonoTime Exchange::answerDeadline() const {
    const auto& found = rule();
    if (tryDeadline_ != net::Stream::kNever) return tryDeadline_;
    // A timeout of 0s switches every limit off; without one the table's limits hold.
    if (found.requestTimeout || found.backendTimeout) return net::Stream::kNever;
    return now_ + (llmRoute_ ? limits().streamIdle : limits().upstreamHead);
}

net::Task<bool> Exchange::send() {
    auto& stream = connection_->stream;
    const auto& found = rule();
    tryDeadline_ = requestDeadline_;
    if (found.backendTimeout && found.backendTimeout->count() > 0)
        tryDeadline_ = std::min(tryDeadline_, now_ + *found.backendTimeout);
    writeRequestHead();
    net::Gather out;
    out.add(out_.view());
    stream.deadline(std::min(now_ + limits().writeStall, tryDeadline_));
    stream.watch(&client_.stream(), net::Stream::Watch::PeerLeaves);
    if (bodyBuffered_) {
        out.add(body_.view());
    } else if (!requestBody_.done()) {
        const bool sent = co_await sendStreamedBody(out);
        co_return sent;
    }
    const bool sent = co_await stream.write(out);
    now_ = base::MonoClock::now();
    if (!sent) co_return sendFailed();
    requestSentWhole_ = true;
    record_.at.sent = elapsed();
    co_return true;
}

/// A write failed. A reset may hide an answer that was sent before the upstream stopped reading, so that is read first.
bool Exchange::sendFailed() {
    record_.at.sent = elapsed();
    switch (connection_->stream.end()) {
        case net::IoEnd::Timeout: return failWith(504, "timeout", "The upstream did not take the request in time.");
        case net::IoEnd::OtherLeft:
        case net::IoEnd::Stopped: return failWith(499, "client-left", "The client left while its request was being sent.");
        default: return true;
    }
}

/// Adds what the client has sent of its body, newly framed. False: the body is broken.
bool Exchange::gatherRequestBody(net::Gather& out, std::size_t& consumed) {
    const auto body = takeBody(requestBody_, client_.stream().input());
    consumed = body.consumed;
    record_.requestBytes += consumed;
    if (body.failed) return failWith(400, "bad-request", requestBody_.error());
    frameBody(out, body, requestBody_.kind() == http::BodyKind::Chunked, requestBody_.done());
    if (record_.requestBytes > requestParser_.consumed() + limits().bodyBytes + limits().bodyBytes / 8)
        return failWith(413, "body-too-large", "The request body is larger than the limit.");
    return true;
}

/// Pulls the body from the client piece by piece. Ends early, and well, when the upstream answers before the end.
net::Task<bool> Exchange::sendStreamedBody(net::Gather out) {
    auto& upstream = connection_->stream;
    auto& client = client_.stream();
    const auto& framing = requestParser_.framing();
    upstream.watch(&upstream, net::Stream::Watch::BytesArrive);
    client.watch(&upstream, net::Stream::Watch::BytesArrive);
    bool answeredEarly = false;
    while (true) {
        std::size_t consumed = 0;
        if (!gatherRequestBody(out, consumed)) co_return false;
        upstream.deadline(std::min(now_ + limits().writeStall, tryDeadline_));
        const bool sent = co_await upstream.write(out);
        now_ = base::MonoClock::now();
        if (!sent) {
            if (upstream.end() != net::IoEnd::OtherReadable && !sendFailed()) co_return false;
            answeredEarly = true;
            break;
        }
        client.consume(consumed);
        out.clear();
        if (requestBody_.done()) break;
        if (!client.input().empty()) continue;
        if (framing.expectContinue && !continueSent_) {
            const bool asked = co_await sendContinue();
            if (!asked) co_return false;
        }
        client.deadline(bodyDeadline());
        const std::size_t bytes = co_await client.receive();
        if (!client.arrived(bytes)) {
            if (client.end() != net::IoEnd::OtherReadable) co_return clientFailed();
            answeredEarly = true;
            break;
        }
        noteBodyWait();
    }
    client.watch(nullptr, net::Stream::Watch::Nothing);
    requestSentWhole_ = !answeredEarly;
    record_.at.sent = elapsed();
    co_return true;
}

net::Task<bool> Exchange::readResponseHead() {
    auto& stream = connection_->stream;
    stream.watch(&client_.stream(), net::Stream::Watch::PeerLeaves);
    stream.deadline(answerDeadline());
    const bool toHead = request_.method == "HEAD";
    while (true) {
        if (!stream.input().empty()) {
            switch (responseParser_.parse(stream.input(), toHead, response_)) {
                case http::ParseState::Done: {
                    stream.consume(responseParser_.consumed());
                    if (response_.status >= 200) {
                        record_.at.answered = elapsed();
                        upstream::noteSuccess(*endpoint_);
                        co_return true;
                    }
                    const bool passed = co_await forwardInterim();
                    if (!passed) co_return false;
                    responseParser_.reset();
                    response_.clear();
                    continue;
                }
                case http::ParseState::Failed:
                    upstream::noteFailure(*endpoint_, now_);
                    co_return failWith(502, responseParser_.refusal().code, responseParser_.refusal().sentence);
                case http::ParseState::NeedMore: break;
            }
        }
        const std::size_t bytes = co_await stream.receive();
        now_ = base::MonoClock::now();
        if (!stream.arrived(bytes)) co_return answerFailed();
    }
}

/// RFC 9110 section 15.2: interim answers are passed on to those who can read them. 100 is ours to send.
net::Task<bool> Exchange::forwardInterim() {
    if (response_.status == 101)
        co_return failWith(502, "upstream-bad-response", "The upstream switched protocols without being asked.");
    if (response_.status == 100 || request_.minorVersion == 0) co_return true;
    http::HeadWriter head;
    head.statusLine(response_.status, response_.reason);
    head.forwardable(response_.headers, responseParser_.framing());
    head.crlf();
    net::Gather out;
    out.add(head.view());
    const bool sent = co_await writeToClient(out);
    co_return sent;
}

bool Exchange::answerFailed() {
    const auto& stream = connection_->stream;
    switch (stream.end()) {
        case net::IoEnd::Timeout:
            return failWith(504, "timeout", now_ >= requestDeadline_
                                                ? "The request took longer than its timeout."
                                                : "The upstream did not answer in time.");
        case net::IoEnd::OtherLeft:
        case net::IoEnd::Stopped:
            return failWith(499, "client-left", "The client left while it waited for the answer.");
        default: break;
    }
    staleConnection_ = record_.reused && stream.input().empty();
    if (!staleConnection_ || !replayable()) upstream::noteFailure(*endpoint_, now_);
    return failWith(502, "upstream-reset", "The upstream closed the connection before it answered.");
}

/// Once more where that is safe: elsewhere after a failed connect, on a fresh connection after a stale one.
bool Exchange::tryAgain() {
    connection_.reset();
    if (staleConnection_ && replayable()) {
        staleConnection_ = false;
        freshOnly_ = true;
    } else if (connectFailed_ && avoidEndpoint_ == nullptr) {
        const auto& backend = *record_.backend;
        const auto others = backend.pool ? backend.pool->pods().size() : backend.cluster->endpoints.size();
        if (others < 2) return false;
        connectFailed_ = freshOnly_ = false;
        avoidEndpoint_ = endpoint_;
        avoidPod_ = pod_.get();
    } else {
        return false;
    }
    responseParser_.reset();
    response_.clear();
    failureStatus_ = 0;
    record_.failure = {};
    return true;
}

}  // namespace gatehouse::gateway
