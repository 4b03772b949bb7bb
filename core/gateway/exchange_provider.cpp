// The provider's side of an LLM request: which provider is asked, what it is sent, and who is asked when it fails.
#include "base/ids.h"
#include "filter/chain.h"
#include "gateway/exchange.h"
#include "gateway/exchange_llm.h"
#include "gateway/retry_after.h"
#include "llm/credentials.h"
#include "llm/provider_health.h"
#include "upstream/outlier.h"

#include <algorithm>
#include <limits>

namespace gatehouse::gateway {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;
/// How long a provider is left alone after a failure; twice as long for each further one in a row. agentgateway's eviction is 3 s.
constexpr std::chrono::seconds kCoolDown{3};
constexpr std::chrono::seconds kLongestCoolDown{60};

upstream::Endpoint& endpointOf(const route::LlmTarget& target) { return *target.cluster->endpoints.front(); }

/// Smaller is better: how long it takes, how often it failed of late, how many wait there.
double cost(const route::LlmTarget& target) {
    const auto& endpoint = endpointOf(target);
    const int waiting = endpoint.inFlight.load(kRelaxed);
    if (const auto& health = target.provider->health) return health->cost(waiting);
    return (1.0 + std::max(0, waiting)) * (1.0 + endpoint.ewmaLatencyMicros.load(kRelaxed) / 1000.0) *
           (1.0 + endpoint.consecutiveErrors.load(kRelaxed) + endpoint.consecutiveFailures.load(kRelaxed));
}

/// Is it a failure of the provider's own, where none of its answers came?
bool isProviders(std::string_view code) {
    return code == "upstream-connect" || code == "upstream-reset" || code == "upstream-tls" || code == "upstream-bad-response" ||
           code == "provider-answer" || code == "first-token";
}

/// Leaves a provider out until its time is over.
void coolDown(upstream::Endpoint& endpoint, base::MonoTime now, base::MonoClock::duration time, upstream::Failure failure) {
    const auto until = (now + time).time_since_epoch().count();
    if (endpoint.ejectedUntil.load(kRelaxed) >= until) return;
    endpoint.ejectedBy.store(failure, kRelaxed);
    endpoint.ejectedFor.store(1, kRelaxed);
    endpoint.ejectedAt.store(now.time_since_epoch().count(), kRelaxed);
    endpoint.ejections.fetch_add(1, kRelaxed);
    endpoint.ejectedUntil.store(until, kRelaxed);
    if (!endpoint.cluster) return;
    auto known = endpoint.cluster->outUntil.load(kRelaxed);
    while (known < until && !endpoint.cluster->outUntil.compare_exchange_weak(known, until, kRelaxed)) {}
}

}  // namespace

const upstream::Cluster* Exchange::cluster() const {
    if (llm_ && llm_->provider != nullptr)
        if (const auto* side = llm::sideHostOf(*llm_->provider, llm_->request.choice.api)) return side->cluster.get();
    return llm_ && llm_->target != nullptr ? llm_->target->cluster.get() : record_.backend->cluster.get();
}

/// The best of the first group that has one which is not cooling down and had no try yet; where all are cooling down, the one that
/// is back first. Null: all were tried.
const route::LlmTarget* Exchange::nextTarget() const {
    const route::LlmTarget* soonest = nullptr;
    std::int64_t soonestAt = 0;
    const auto& targets = *record_.backend->targets;
    const auto wall = std::chrono::system_clock::now();
    const auto tooLongFor = [&](const route::LlmTarget& target) {
        const auto& models = llm_->tooLongFor;
        if (models.empty()) return false;
        const auto& forced = target.provider->modelOverride;
        const auto& model = forced.empty() && llm_->asked ? llm_->asked->model : forced;
        return std::find(models.begin(), models.end(), model) != models.end();
    };
    for (std::size_t begin = 0, end = 0; begin < targets.size(); begin = end) {
        std::vector<const route::LlmTarget*> ready;
        for (end = begin; end < targets.size() && targets[end].group == targets[begin].group; ++end) {
            const auto& target = targets[end];
            if (std::find(llm_->tried.begin(), llm_->tried.end(), &target) != llm_->tried.end()) continue;
            if (target.cluster->transport && !target.cluster->transport->broken.empty()) continue;
            if (tooLongFor(target)) continue;
            const auto& endpoint = endpointOf(target);
            const bool out = upstream::isEjected(endpoint, now_);
            const auto& keys = target.provider->credentials;
            const bool keyless = keys && !keys->usable(now_, wall);
            if (!out && !keyless) {
                ready.push_back(&target);
                continue;
            }
            // Better one that failed a while ago than one without a key to show.
            const auto back = keyless ? std::numeric_limits<std::int64_t>::max() - 1 : endpoint.ejectedUntil.load(kRelaxed);
            if (soonest != nullptr && back >= soonestAt) continue;
            soonest = &target;
            soonestAt = back;
        }
        if (ready.empty()) continue;
        if (ready.size() == 1) return ready.front();
        const auto first = base::randomBelow(ready.size());
        auto second = base::randomBelow(ready.size() - 1);
        if (second >= first) ++second;
        return cost(*ready[second]) < cost(*ready[first]) ? ready[second] : ready[first];
    }
    return soonest;
}

bool Exchange::anotherTarget() const { return llm_ && llm_->target != nullptr && nextTarget() != nullptr; }

/// What depends on the drawn backend: provider, credentials, the reference's own header filters.
bool Exchange::prepareForBackend() {
    if (llm_ && record_.backend->targets) return beginTarget();
    return prepareTarget();
}

/// The next provider that can be asked this at all.
bool Exchange::beginTarget() {
    auto& llm = *llm_;
    if (bodyBuffered_ && llm.tried.empty()) llm.original.assign(body_.view());
    while (const auto* next = nextTarget()) {
        if (!llm.tried.empty()) {
            restoreHead();
            if (bodyBuffered_) body_.assign(llm.original.view());
        }
        llm.target = next;
        llm.tried.push_back(next);
        failureStatus_ = 0;
        record_.failure = {};
        record_.detail.reset();
        if (prepareTarget()) return true;
        // Not the provider's fault, and no other would read it.
        if (failureStatus_ == 400) return false;
    }
    if (failureStatus_ == 0) failWith(503, "no-endpoints", "The backend has no provider that can be asked.");
    return false;
}

bool Exchange::prepareTarget() {
    const auto& backend = *record_.backend;
    if (llm_ && !aimAtProvider()) return false;
    if (!backend.requestHeaders.empty()) filter::apply(backend.requestHeaders, request_.headers);
    if (llm_ && llm_->target != nullptr) filter::apply(llm_->target->requestHeaders, request_.headers);
    return showKey();
}

/// Nothing of an earlier try's answer is left.
void Exchange::forgetAnswer() {
    auto& llm = *llm_;
    llm.silentUntil = {};
    llm.translator.reset();
    llm.list.reset();
    llm.early.clear();
    llm.answer.clear();
    llm.hasEarly = llm.whole = llm.cut = llm.keyRefused = llm.tooLong = false;
    record_.streamed = false;
    if (!record_.llm) return;
    record_.llm->usage = {};
    record_.llm->answer = {};
}

bool Exchange::aimAtProvider() {
    auto& llm = *llm_;
    const auto& backend = *record_.backend;
    const auto* configured = llm.target != nullptr ? llm.target->provider.get() : backend.provider.get();
    const auto& provider = configured != nullptr ? *configured : llm::inHouseServer();
    llm.provider = configured;
    llm.request = {};
    llm.key.reset();
    llm.keysTried = 0;
    llm.keyAwaited = false;
    forgetAnswer();
    const bool readable = bodyBuffered_ && readsChat() && !llm.call.passthrough;
    if (!readable) {
        if (configured == nullptr) return true;
        auto made = llm::makeUnreadRequest(provider, llm.call);
        if (!made) return refuseBody(made.error());
        llm.request = std::move(*made);
        llm::writeProviderHead(provider, llm.call, llm.request, request_);
        if (llm.call.api == llm::ClientApi::None) return true;
        if (!record_.llm) record_.llm = std::make_unique<LlmDetail>();
        record_.llm->api = llm::apiName(llm.call.api);
        record_.llm->operation = llm::operationName(llm.call.api);
        record_.llm->provider = configured;
        return true;
    }
    auto& detail = *record_.llm;
    if (!rewriteForPool()) return false;
    if (configured == nullptr && llm::chooseApi(provider, llm.call, {}).client == nullptr) {
        // No API that is read here: the model server may know it.
        if (auto info = llm::readChat(body_)) detail.info = std::move(*info);
        request_.headers.remove("accept-encoding");
        return true;
    }
    if (configured == nullptr && llm.call.api == llm::ClientApi::None) {
        if (auto info = llm::readChat(body_)) detail.info = std::move(*info);
        request_.headers.remove("accept-encoding");
        return true;
    }
    if (!rewriteForProvider(provider)) return false;
    auto made = llm::makeProviderRequest(provider, llm.call, llm.asked, body_);
    now_ = base::MonoClock::now();
    record_.at.guarded = elapsed();
    if (!made) return refuseBody(made.error());
    llm.request = std::move(*made);
    if (!finishProviderBody(provider)) return false;
    auto& choice = llm.request.choice;
    if (configured == nullptr && !choice.translates()) llm.request.path.clear();  // As the client named it.
    llm::writeProviderHead(provider, llm.call, llm.request, request_);
    detail.info = *llm.asked;
    detail.info.model = llm.request.facts.model;
    detail.info.stream = llm.request.facts.stream;
    detail.usageInjected = llm.request.usageInjected;
    detail.api = llm::apiName(llm.call.api);
    detail.operation = llm::operationName(llm.call.api);
    detail.provider = configured;
    if (choice.client != nullptr) detail.clientDialect = llm::nameOf(*choice.client);
    if (choice.provider != nullptr) detail.providerDialect = llm::nameOf(*choice.provider);
    detail.losses = std::move(llm.request.losses);
    return true;
}

/// Counts what came of a try against the provider.
void Exchange::judgeTarget(bool answered) {
    auto& endpoint = endpointOf(*llm_->target);
    const auto again = std::max(endpoint.consecutiveErrors.load(kRelaxed), endpoint.consecutiveFailures.load(kRelaxed));
    const auto* own = llm_->target->provider->eviction.get();
    const auto asked = answered ? retryAfter(response_.headers, std::chrono::system_clock::now()) : std::nullopt;
    if (own != nullptr && !asked && again < own->failures) return;
    const base::Millis first = own != nullptr ? own->coolDown : base::Millis(kCoolDown);
    const auto further = again > 0 ? again - (own != nullptr ? std::min(again, own->failures) : 1) : 0;
    base::MonoClock::duration time = std::min(first * (1 << std::min<std::uint32_t>(further, 5)), std::max<base::Millis>(first, kLongestCoolDown));
    if (asked) time = *asked;
    const auto failure = answered ? upstream::Failure::Status : endpoint.lastFailure.load(kRelaxed);
    coolDown(endpoint, now_, time, failure);
}

std::string_view Exchange::failureOf(bool answered) const {
    return answered || record_.failure.code == nullptr ? std::string_view{} : record_.failure.code;
}

/// Notes how the provider did, for those who come after.
void Exchange::judgeProvider(bool answered) {
    if (llm_->provider == nullptr || !llm_->provider->health || switched_) return;
    auto& health = *llm_->provider->health;
    const auto code = failureOf(answered);
    const bool late = code == "timeout" && now_ < requestDeadline_;
    if (answered ? llm::worthAnother(response_.status) || llm_->keyRefused : isProviders(code) || late || code == "provider-key") health.failed();
    else if (answered) health.succeeded(base::Micros(record_.at.answered - record_.at.picked));
}

/// After a try that was answered or failed: is another provider asked? Nothing of an answer has reached the client, or the rule wants
/// its stream to begin anew.
bool Exchange::failOver(bool answered) {
    if (!llm_ || switched_) return false;
    const auto code = failureOf(answered);
    // Whoever could not be asked or did not answer has failed; there may be others than this one.
    if (!answered && llm_->provider != nullptr && failureStatus_ == 503 && isProviders(code)) failureStatus_ = 502;
    const bool tries = record_.extra && !record_.extra->tries.empty();
    if (llm_->target == nullptr) {
        if (tries && !rule().retry) noteTry(answered);
        return false;
    }
    const bool late = code == "timeout" && now_ < requestDeadline_;
    const auto* own = llm_->target->provider->eviction.get();
    const bool custom = own != nullptr && !own->unhealthy.empty();
    const auto status = static_cast<std::size_t>(response_.status);
    const bool unwell = custom ? status < own->unhealthy.size() && own->unhealthy[status] : llm::worthAnother(response_.status);
    const bool judged = answered ? unwell : isProviders(code) || late;
    const bool worth = judged || (answered ? llm::worthAnother(response_.status) || llm_->keyRefused || llm_->tooLong : code == "no-credentials");
    if (judged) judgeTarget(answered);
    const bool full = !answered && (code == "upstream-connections" || code == "upstream-pending" || code == "upstream-requests");
    const bool on = (worth || full) && now_ < requestDeadline_ && nextTarget() != nullptr;
    if (!on) {
        if (tries && !rule().retry) noteTry(answered);
        return false;
    }
    noteTry(answered);
    extra().tries.back().passedOn = true;
    forgetTry();
    avoidEndpoint_ = nullptr;
    avoidPod_ = nullptr;
    endpoint_ = nullptr;
    if (beginTarget()) return true;
    // Those that are left have no API for it; that they were not asked is not why it failed.
    if (failureStatus_ == 404 || failureStatus_ == 501) {
        record_.detail.reset();
        failWith(502, "providers-failed", "Every provider that has an API for this request failed.");
    }
    return false;
}

}  // namespace gatehouse::gateway
