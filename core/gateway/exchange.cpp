#include "gateway/exchange.h"

#include "base/ids.h"
#include "filter/fault.h"
#include "gateway/client.h"
#include "gateway/exchange_llm.h"
#include "gateway/exchange_pick.h"

#include <algorithm>

namespace gatehouse::gateway {

Exchange::Exchange(Worker& worker, Downstream& downstream)
    : worker_(worker), downstream_(downstream), limits_(downstream.client().limits()), request_(downstream.request()) {}

Exchange::~Exchange() { release(); }

net::Task<bool> Exchange::run() {
    const auto arrival = co_await downstream_.readHead();
    reset();
    if (!headArrived(arrival)) {
        if (failureStatus_ == 0) co_return false;
        begin();
        co_return co_await answerLocally();
    }
    begin();
    if (!route()) co_return co_await answerLocally();
    if ((rule().access || rule().rateLimits) && !answersPreflight()) {
        const bool admitted = co_await admitClient();
        if (!admitted) co_return co_await answerLocally();
    }
    auto filtered = runFilters();
    while (filtered == Filtered::AsksAuth || filtered == Filtered::Faults) {
        bool allowed = false;
        if (filtered == Filtered::AsksAuth) allowed = co_await askAuth();
        else allowed = co_await injectFault();
        filtered = allowed ? runFilters() : Filtered::Answered;
    }
    if (filtered == Filtered::Answered || !acceptBody()) co_return co_await answerLocally();

    if (llmRoute_ && answersModels()) co_return co_await answerLocally();
    if (readsChat()) {
        const bool buffered = co_await bufferBody(limits().llmBodyBytes);
        if (buffered) captureClientRequest();
        if (!buffered || !admitModel() || !chooseModelRoute() || !rewriteBody()) co_return co_await answerLocally();
        const bool passed = co_await askRequestGuards();
        if (!passed || !applyPolicies() || answersFromCache()) co_return co_await answerLocally();
    } else if (llmRoute_ && (!admitModel() || !chooseModelRoute())) {
        co_return co_await answerLocally();
    }
    if (!drawBackend()) co_return co_await answerLocally();
    keepHead();
    if (!prepareForBackend()) co_return co_await answerLocally();

    const bool answered = co_await tryUpstreams();
    if (!answered) co_return co_await answerLocally();
    if (switched_) co_return co_await switchProtocols();
    if (llm_ && llm_->whole) co_return co_await relayWhole();
    co_return co_await relay();
}

net::Task<bool> Exchange::tryUpstreams() {
    while (true) {
        bool forwarded = true;
        if (llm_ && llm_->keyAwaited) forwarded = co_await awaitKey();
        if (forwarded && record_.backend->pool) forwarded = co_await awaitRoom();
        if (forwarded) forwarded = pickEndpoint();
        if (forwarded && !takePooled()) forwarded = co_await connect();
        if (forwarded) forwarded = co_await send();
        if (forwarded) forwarded = co_await readResponseHead();
        if (forwarded && llmRoute_) forwarded = co_await readLlmAnswer();
        if (forwarded && llm_ && llm_->whole) forwarded = co_await askAnswerGuards();
        if (forwarded && !rule().retry && !llmRoute_) co_return true;
        if (!forwarded && tryAgain()) continue;
        if (llm_) judgeProvider(forwarded);
        if (tryAnotherKey(forwarded) || failOver(forwarded)) continue;
        if (rule().retry) {
            const bool again = co_await retry(forwarded);
            if (again) continue;
        }
        co_return forwarded && failureStatus_ == 0;
    }
}

void Exchange::reset() {
    response_.clear();
    body_.clear();
    record_ = ExchangeRecord{};
    now_ = base::MonoClock::now();
    record_.started = downstream_.startedAt();
    bodyBuffered_ = continueSent_ = requestSentWhole_ = llmRoute_ = upgrading_ = switched_ = false;
    connecting_ = preflight_ = false;
    arm_ = ArmChoice::kNone;
    connectTo_ = webSocketKey_ = {};
    if (keptHead_) keptHead_.reset();
    if (llm_) llm_.reset();
    keepBody_ = false;
    nextFilter_ = 0;
    local_ = Local::Error;
    if (!mirrors_.empty()) mirrors_.clear();
    abortGrpcStatus_ = -1;
    answerRate_ = 0;
    paceUntil_ = {};
    activeFault_.reset();
    session_ = {};
    origin_ = {};
    trustedClient_.reset();
    authAnswer_.reset();
    bodyReceived_ = 0;
    bodyWaited_ = {};
    avoidPod_ = nullptr;
    if (picking_) picking_->begin();
    avoidEndpoint_ = nullptr;
    endpoint_ = nullptr;
    freshOnly_ = staleConnection_ = connectFailed_ = false;
    requestDeadline_ = tryDeadline_ = net::Waiter::kNever;
    streamUsage_.reset();
    usageOut_.clear();
    usageBody_.clear();
    usageFromBody_ = responseStarted_ = false;
    failureStatus_ = 0;
}

std::int64_t Exchange::elapsed() {
    return std::chrono::duration_cast<base::Micros>(now_ - record_.started).count();
}

void Exchange::begin() {
    record_.snapshot = worker_.snapshot();
    record_.logicalPort = downstream_.client().logicalPort();
    record_.tls = downstream_.client().tls();
    record_.http2 = downstream_.isHttp2();
    record_.at.head = elapsed();
    stampRequestId();
    worker_.tallies().requests.add(1);
    worker_.tallies().inFlight.add(1);
}

bool Exchange::failWith(int status, const char* code, const char* sentence) {
    failureStatus_ = status;
    record_.failure = {code, sentence};
    return false;
}

void Exchange::finish() {
    release();
    activeFault_.reset();
    if (llm_ && llm_->cacheDraft) storeAnswer();
    record_.at.ended = elapsed();
    record_.requestBytes = downstream_.bytesIn();
    record_.responseBytes = downstream_.bytesOut();
    auto& tallies = worker_.tallies();
    tallies.inFlight.subtract(1);
    const bool answered = record_.status >= 100 && record_.status != 499;
    tallies.responses[answered ? std::min(record_.status / 100, 5) : 0].add(1);
    tallies.bytesIn.add(record_.requestBytes);
    tallies.bytesOut.add(record_.responseBytes);
    const auto& bounds = latencyBounds();
    const double seconds = static_cast<double>(record_.at.ended) * 1e-6;
    const auto bucket = std::lower_bound(bounds.begin(), bounds.end(), seconds) - bounds.begin();
    tallies.latency[bucket].add(1);
    tallies.latencyMicros.add(static_cast<std::uint64_t>(record_.at.ended));

    constexpr auto kRelaxed = std::memory_order_relaxed;
    const bool error = record_.status >= 500 || (responseStarted_ && record_.failure.code != nullptr);
    if (record_.candidate != nullptr && rule().counters) {
        rule().counters->requests.fetch_add(1, kRelaxed);
        if (error) rule().counters->errors.fetch_add(1, kRelaxed);
    }
    if (record_.backend != nullptr && record_.backend->counters) {
        auto& counters = *record_.backend->counters;
        counters.requests.fetch_add(1, kRelaxed);
        if (error) counters.errors.fetch_add(1, kRelaxed);
        if (record_.llm && record_.llm->usage.known) {
            counters.inputTokens.fetch_add(record_.llm->usage.inputTokens, kRelaxed);
            counters.outputTokens.fetch_add(record_.llm->usage.outputTokens, kRelaxed);
        }
    }

    if (record_.caller) chargeClient();
    const auto& peer = downstream_.client().peer();
    record_.keepClient(trustedClient_ ? *trustedClient_ : peer.address(), trustedClient_ ? 0 : peer.port());
    if (llm_ && llm_->capture) endCapture();
    worker_.records().push(std::move(record_));
}

}  // namespace gatehouse::gateway
