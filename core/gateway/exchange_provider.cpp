// The provider's side of an LLM request: which provider is asked, what it is sent, and who is asked when it fails.
#include "base/ids.h"
#include "filter/chain.h"
#include "gateway/exchange.h"
#include "gateway/exchange_llm.h"
#include "http/characters.h"
#include "upstream/outlier.h"

#include <algorithm>
#include <charconv>
#include <ctime>

namespace gatehouse::gateway {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;
/// How long a provider is left alone after a failure; twice as long for each further one in a row. agentgateway's eviction is 3 s.
constexpr std::chrono::seconds kCoolDown{3};
constexpr std::chrono::seconds kLongestCoolDown{60};
/// What a provider may ask for by Retry-After.
constexpr std::chrono::seconds kLongestRetryAfter{600};

upstream::Endpoint& endpointOf(const route::LlmTarget& target) { return *target.cluster->endpoints.front(); }

/// Smaller is better: requests that wait there, by how long they wait, by how often it failed of late.
double cost(const upstream::Endpoint& endpoint) {
    const double waiting = 1.0 + std::max(0, endpoint.inFlight.load(kRelaxed));
    const double latency = 1.0 + endpoint.ewmaLatencyMicros.load(kRelaxed) / 1000.0;
    return waiting * latency * (1.0 + endpoint.consecutiveErrors.load(kRelaxed) + endpoint.consecutiveFailures.load(kRelaxed));
}

std::optional<std::chrono::seconds> retryAfter(const http::ResponseHead& answer) {
    const auto value = answer.headers.get("retry-after");
    if (!value) return std::nullopt;
    const auto text = http::trimOws(*value);
    long seconds = -1;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) {
        std::tm date{};
        if (strptime(std::string(text).c_str(), "%a, %d %b %Y %H:%M:%S GMT", &date) == nullptr) return std::nullopt;
        seconds = static_cast<long>(timegm(&date) - std::time(nullptr));
    }
    return std::clamp(std::chrono::seconds(std::max(seconds, 0L)), std::chrono::seconds(0), kLongestRetryAfter);
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
    return llm_ && llm_->target != nullptr ? llm_->target->cluster.get() : record_.backend->cluster.get();
}

/// The best of the first group that has one which is not cooling down and had no try yet; where all are cooling down, the one that
/// is back first. Null: all were tried.
const route::LlmTarget* Exchange::nextTarget() const {
    const route::LlmTarget* soonest = nullptr;
    std::int64_t soonestAt = 0;
    const auto& targets = *record_.backend->targets;
    for (std::size_t begin = 0, end = 0; begin < targets.size(); begin = end) {
        std::vector<const route::LlmTarget*> ready;
        for (end = begin; end < targets.size() && targets[end].group == targets[begin].group; ++end) {
            const auto& target = targets[end];
            if (std::find(llm_->tried.begin(), llm_->tried.end(), &target) != llm_->tried.end()) continue;
            if (target.cluster->transport && !target.cluster->transport->broken.empty()) continue;
            const auto& endpoint = endpointOf(target);
            if (!upstream::isEjected(endpoint, now_)) {
                ready.push_back(&target);
                continue;
            }
            const auto back = endpoint.ejectedUntil.load(kRelaxed);
            if (soonest != nullptr && back >= soonestAt) continue;
            soonest = &target;
            soonestAt = back;
        }
        if (ready.empty()) continue;
        if (ready.size() == 1) return ready.front();
        const auto first = base::randomBelow(ready.size());
        auto second = base::randomBelow(ready.size() - 1);
        if (second >= first) ++second;
        return cost(endpointOf(*ready[second])) < cost(endpointOf(*ready[first])) ? ready[second] : ready[first];
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
    if (llm_ && llm_->provider != nullptr && llm_->provider->auth == llm::UpstreamAuth::SigV4)
        llm::signProviderRequest(*llm_->provider, request_, bodyBuffered_ ? body_.view() : std::string_view{}, std::chrono::system_clock::now());
    return true;
}

bool Exchange::aimAtProvider() {
    auto& llm = *llm_;
    const auto& backend = *record_.backend;
    const auto* configured = llm.target != nullptr ? llm.target->provider.get() : backend.provider.get();
    const auto& provider = configured != nullptr ? *configured : llm::inHouseServer();
    llm.provider = configured;
    llm.request = {};
    llm.silentUntil = {};
    llm.translator.reset();
    llm.list.reset();
    llm.early.clear();
    llm.answer.clear();
    llm.hasEarly = llm.whole = llm.cut = false;
    record_.streamed = false;
    const bool readable = bodyBuffered_ && readsChat();
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
    auto made = llm::makeProviderRequest(provider, llm.call, llm.asked, body_);
    now_ = base::MonoClock::now();
    record_.at.guarded = elapsed();
    if (!made) return refuseBody(made.error());
    llm.request = std::move(*made);
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
    std::chrono::seconds time = kCoolDown * (1 << std::min<std::uint32_t>(again > 0 ? again - 1 : 0, 5));
    time = std::min(time, kLongestCoolDown);
    if (answered)
        if (const auto asked = retryAfter(response_)) time = *asked;
    const auto failure = answered ? upstream::Failure::Status : endpoint.lastFailure.load(kRelaxed);
    coolDown(endpoint, now_, time, failure);
}

/// After a try that was answered or failed: is another provider asked? Nothing of an answer has reached the client.
bool Exchange::failOver(bool answered) {
    if (!llm_ || llm_->target == nullptr || switched_) return false;
    const std::string_view code = answered || record_.failure.code == nullptr ? std::string_view{} : record_.failure.code;
    const bool late = code == "timeout" && now_ < requestDeadline_;
    const bool failed = code == "upstream-connect" || code == "upstream-reset" || code == "upstream-tls" ||
                        code == "upstream-bad-response" || code == "provider-answer" || code == "first-token" || late;
    const bool worth = answered ? llm::worthAnother(response_.status) : failed;
    if (worth) judgeTarget(answered);
    const bool full = !answered && (code == "upstream-connections" || code == "upstream-pending" || code == "upstream-requests");
    const bool on = (worth || full) && now_ < requestDeadline_ && nextTarget() != nullptr;
    const bool tries = record_.extra && !record_.extra->tries.empty();
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
