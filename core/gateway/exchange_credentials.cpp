// Which of our keys a provider is shown, and which one next when it is refused.
#include "gateway/exchange.h"
#include "gateway/exchange_llm.h"
#include "llm/provider_request.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::gateway {
namespace {

/// How long a request waits for the first token of its provider.
constexpr std::chrono::seconds kPatience{10};
/// The same where another provider could be asked instead.
constexpr std::chrono::seconds kShortPatience{2};
constexpr std::chrono::milliseconds kLook{10};

}  // namespace

bool Exchange::showKey() {
    if (!llm_ || llm_->provider == nullptr) return true;
    auto& llm = *llm_;
    const auto& provider = *llm.provider;
    if (!provider.credentials) {
        llm::signProviderRequest(provider, request_, bodyBuffered_ ? body_.view() : std::string_view{}, std::chrono::system_clock::now());
        return true;
    }
    const auto index = provider.credentials->choose(now_, std::chrono::system_clock::now(), llm.keysTried, true);
    if (!index) return keyMissing("every key was tried");
    llm.key = index;
    llm.keysTried |= 1U << *index;
    if (record_.llm) record_.llm->key = &provider.credentials->at(*index);
    return stampKey();
}

/// Writes the chosen key into the request's head, or signs it. Last of all that changes it.
bool Exchange::stampKey() {
    auto& llm = *llm_;
    const auto& provider = *llm.provider;
    const auto body = bodyBuffered_ ? body_.view() : std::string_view{};
    const auto shown = llm::stampKey(provider, llm.request.choice.api, *llm.key, request_, body, std::chrono::system_clock::now());
    llm.keyAwaited = shown.standing == llm::TokenSource::Standing::Pending;
    if (shown.standing == llm::TokenSource::Standing::Failed) return keyMissing(shown.error);
    return true;
}

bool Exchange::keyMissing(const std::string& why) {
    llm_->keyAwaited = false;
    const auto& provider = *llm_->provider;
    const auto text = llm_->key ? fmt::format("{}: {}", provider.credentials->at(*llm_->key).name, why) : why;
    record_.detail = std::make_unique<std::string>(fmt::format("There are no credentials for {}: {}", provider.name, text));
    return failWith(503, "no-credentials", "The gateway has no valid credentials for the provider.");
}

/// The first token of a provider that was never asked yet is on its way.
net::Task<bool> Exchange::awaitKey() {
    const auto until = std::min(now_ + (anotherTarget() ? kShortPatience : kPatience), requestDeadline_);
    while (llm_->keyAwaited) {
        net::Event pause(worker_.sweeper(), worker_.executor());
        pause.deadline(now_ + kLook);
        pause.watch(&downstream_.watched(), net::Waiter::Watch::PeerLeaves);
        co_await pause.wait();
        now_ = base::MonoClock::now();
        if (pause.end() != net::IoEnd::Timeout) co_return failWith(499, "client-left", "The client left while a token was being fetched.");
        if (!stampKey()) co_return false;
        if (llm_->keyAwaited && now_ >= until) co_return keyMissing("its token did not come in time");
    }
    co_return true;
}

bool Exchange::anotherKey() const {
    if (!llm_ || !llm_->key) return false;
    return llm_->provider->credentials->choose(now_, std::chrono::system_clock::now(), llm_->keysTried, false).has_value();
}

/// The same request to the same provider, with a key that it did not see yet.
bool Exchange::tryAnotherKey(bool answered) {
    if (!llm_ || !llm_->key || switched_ || now_ >= requestDeadline_) return false;
    const bool refused = answered ? llm_->keyRefused : failureOf(answered) == "no-credentials";
    if (!refused || !replayable() || !anotherKey()) return false;
    noteTry(answered);
    extra().tries.back().otherKey = true;
    forgetTry();
    avoidEndpoint_ = nullptr;
    avoidPod_ = nullptr;
    endpoint_ = nullptr;
    return showKey() || tryAnotherKey(false);
}

bool Exchange::passesOn(int status) const {
    if (llm_->keyRefused && (anotherTarget() || (replayable() && anotherKey()))) return true;
    return llm::worthAnother(status) && anotherTarget();
}

}  // namespace gatehouse::gateway
