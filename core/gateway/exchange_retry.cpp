// Further tries that the rule asks for (HTTPRouteRetry), and the copy of the body that they need.
#include "base/ids.h"
#include "gateway/exchange.h"
#include "gateway/exchange_llm.h"
#include "http/limit_table.h"
#include "upstream/balance.h"

#include <algorithm>
#include <cstring>

namespace gatehouse::gateway {
namespace {

constexpr std::chrono::milliseconds kFirstWait{25};
constexpr std::chrono::milliseconds kLongestWait{250};

/// At least the configured wait; a quarter of it more by chance, so that clients that failed together part.
base::Micros waitBefore(const route::Retry& plan, std::size_t tries) {
    auto least = plan.backoff.value_or(std::min(kFirstWait * (1 << std::min<std::size_t>(tries - 1, 8)), kLongestWait));
    const auto micros = std::chrono::duration_cast<base::Micros>(least);
    return micros + base::Micros(base::randomBelow(static_cast<std::uint64_t>(micros.count() / 4 + 1)));
}

/// Could a further try at it come to anything? An invalid reference only fails for its own share of the requests.
bool canServe(const route::Backend& backend) {
    if (backend.kind == route::BackendKind::Invalid || backend.weight == 0) return false;
    if (backend.pool) return !backend.pool->pods().empty();
    if (!backend.cluster || backend.cluster->endpoints.empty()) return false;
    const auto& transport = backend.cluster->transport;
    return !transport || transport->broken.empty();
}

}  // namespace

void Exchange::keepBodyIfNeeded() {
    const auto& framing = downstream_.framing();
    keepBody_ = false;
    if (bodyBuffered_ || framing.body == http::BodyKind::None || (!rule().retry && mirrors_.empty())) return;
    keepBody_ = framing.body != http::BodyKind::Length || framing.length <= limits().keptBodyBytes;
    if (keepBody_) return;
    worker_.limitBit(limit::kKeptBody);
    dropMirrors("not sent: the body is longer than is kept");
}

void Exchange::keepBody(const http::BodyPieces& body) {
    if (body_.size() + body.total <= limits().keptBodyBytes) {
        for (std::size_t i = 0; i < body.count; ++i) body_.append(body.pieces[i]);
        return;
    }
    keepBody_ = false;
    body_.clear();
    worker_.limitBit(limit::kKeptBody);
    dropMirrors("not sent: the body is longer than is kept");
}

void Exchange::noteTry(bool answered) {
    TryRecord note;
    note.backend = record_.backend;
    note.endpoint = endpoint_;
    if (llm_) note.provider = llm_->provider;
    if (record_.llm) note.key = record_.llm->key;
    if (answered) note.status = response_.status;
    else note.code = record_.failure.code;
    note.endedAt = elapsed();
    extra().tries.push_back(note);
}

/// Null: another try is worth it. Empty: there is nothing to say.
const char* Exchange::whyNoRetry(bool answered) const {
    const auto& plan = *rule().retry;
    if (answered) {
        if (switched_ || !plan.retries(response_.status)) return "";
    } else {
        const std::string_view code = record_.failure.code;
        const bool connection = code == "upstream-connect" || code == "upstream-reset" || code == "upstream-tls";
        const bool late = code == "timeout" && now_ < requestDeadline_;
        const bool broken = code == "upstream-bad-response";
        if (!connection && !((late || broken) && plan.retries(failureStatus_))) return "";
    }
    if (record_.extra->tries.size() > plan.attempts) return "every try was used";
    // What was not even begun can still be sent from its beginning.
    const bool replayable = bodyBuffered_ || keepBody_ || bodyReceived_ == 0 || downstream_.framing().body == http::BodyKind::None;
    if (!replayable) return "not tried again: the body is longer than is kept for another try";
    return nullptr;
}

/// Room for another try. An answer that is there whole gives its connection back.
void Exchange::forgetTry() {
    if (call_ && failureStatus_ == 0) {
        const auto body = call_->takeBody();
        call_->consumeBody(body);
        if (!body.failed && call_->bodyDone()) worker_.pool().give(std::move(call_), now_);
    }
    call_.reset();
    avoidEndpoint_ = endpoint_;
    avoidPod_ = pod_.get();
    release();
    response_.clear();
    if (llm_) forgetAnswer();
    record_.failure = {};
    record_.detail.reset();
    record_.at.answered = -1;
    failureStatus_ = 0;
    freshOnly_ = staleConnection_ = connectFailed_ = requestSentWhole_ = false;
}

upstream::Endpoint* Exchange::pickUntried(upstream::Endpoint* otherwise) const {
    const auto& tries = record_.extra->tries;
    upstream::Endpoint* best = nullptr;
    std::int32_t fewest = 0;
    for (const auto& endpoint : cluster()->endpoints) {
        const bool tried = std::any_of(tries.begin(), tries.end(),
                                       [&](const TryRecord& note) { return note.endpoint == endpoint.get(); });
        if (tried || upstream::isEjected(*endpoint, now_)) continue;
        const auto inFlight = endpoint->inFlight.load(std::memory_order_relaxed);
        if (best != nullptr && inFlight >= fewest) continue;
        best = endpoint.get();
        fewest = inFlight;
    }
    if (best != nullptr) return best;
    if (otherwise != nullptr) return otherwise;
    return upstream::pick(*cluster(), worker_.balanceCursor(), now_, nullptr);
}

net::Task<bool> Exchange::retry(bool answered) {
    noteTry(answered);
    auto& notes = extra();
    if (const char* why = whyNoRetry(answered)) {
        if (*why != '\0') notes.retryNote = why;
        co_return false;
    }
    const auto wait = waitBefore(*rule().retry, notes.tries.size());
    if (requestDeadline_ != net::Waiter::kNever && now_ + wait >= requestDeadline_) {
        notes.retryNote = "not tried again: the wait before it would outlast the request's timeout";
        co_return false;
    }
    notes.tries.back().waited = wait.count();
    forgetTry();
    net::Event pause(worker_.sweeper(), worker_.executor());
    pause.deadline(now_ + wait);
    pause.watch(&downstream_.watched(), net::Waiter::Watch::PeerLeaves);
    co_await pause.wait();
    now_ = base::MonoClock::now();
    if (pause.end() != net::IoEnd::Timeout)
        co_return failWith(499, "client-left", "The client left between two tries.");
    redrawBackend();
    co_return true;
}

/// Backends change the request's head each in its own way; a further try at another one begins without that.
void Exchange::keepHead() {
    const bool elsewhere = rule().retry && rule().backends.size() > 1;
    if (!elsewhere && !record_.backend->targets) return;
    const auto fields = request_.headers.fields();
    keptHead_ = std::make_unique<KeptHead>();
    keptHead_->headers.assign(fields.begin(), fields.end());
    keptHead_->path = request_.path;
    keptHead_->query = request_.query;
    keptHead_->hasQuery = request_.hasQuery;
    keptHead_->authority = request_.authority;
    keptHead_->host = request_.host;
}

void Exchange::redrawBackend() {
    // A session stays with its backend, and a chat with the one that its body was made for.
    if (!keptHead_ || session_.backend != nullptr || record_.llm || record_.extra->armChosen || record_.extra->armKey != 0) return;
    const auto& tries = record_.extra->tries;
    const auto tried = [&](const route::Backend& backend) {
        return std::any_of(tries.begin(), tries.end(), [&](const TryRecord& note) { return note.backend == &backend; });
    };
    const auto sum = [&](bool untriedOnly) {
        std::uint64_t total = 0;
        for (const auto& backend : rule().backends)
            if (canServe(backend) && !(untriedOnly && tried(backend))) total += backend.weight;
        return total;
    };
    const bool untriedOnly = sum(true) > 0;
    const auto total = sum(untriedOnly);
    if (total == 0) return;
    auto draw = base::randomBelow(total);
    const route::Backend* drawn = nullptr;
    for (const auto& backend : rule().backends) {
        if (!canServe(backend) || (untriedOnly && tried(backend))) continue;
        drawn = &backend;
        if (draw < backend.weight) break;
        draw -= backend.weight;
    }
    if (drawn == record_.backend) return;
    record_.backend = drawn;
    record_.decision.reset();
    record_.pod = nullptr;
    record_.extra->redrawn = true;
    restoreHead();
    prepareForBackend();
}

void Exchange::restoreHead() {
    if (!keptHead_) return;
    request_.headers.clear();
    for (const auto& field : keptHead_->headers) request_.headers.addView(field.name, field.value);
    request_.path = keptHead_->path;
    request_.query = keptHead_->query;
    request_.hasQuery = keptHead_->hasQuery;
    request_.authority = keptHead_->authority;
    request_.host = keptHead_->host;
}

}  // namespace gatehouse::gateway
