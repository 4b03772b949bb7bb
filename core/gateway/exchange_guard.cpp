// Response guards: on answers that came whole, and on streams on their way. They fail closed: what cannot be read does not go on.
#include "gateway/exchange.h"
#include "gateway/exchange_llm.h"
#include "gateway/guard_run.h"
#include "http/characters.h"
#include "llm/mask_restore.h"
#include "llm/policy.h"

#include <algorithm>
#include <iterator>

namespace gatehouse::gateway {
namespace {

constexpr std::size_t kMostHits = 200;

/// In capitals or not, as readLlmAnswer() takes it: no stream passes the guards for how its type is spelled.
bool isStream(std::string_view type) {
    return std::any_of(kStreamTypes.begin(), kStreamTypes.end(),
                       [&](std::string_view known) { return http::equalsIgnoreCase(type.substr(0, known.size()), known); });
}

}  // namespace

const llm::RegexGuard* Exchange::answerGuard() const {
    if (!llm_ || !record_.llm || record_.candidate == nullptr || switched_ || response_.status < 200 || response_.status > 299) return nullptr;
    const auto* policy = rule().llmPolicy.get();
    return policy != nullptr ? policy->responseGuard.get() : nullptr;
}

/// May the answer go on as it comes, or must it be read whole first?
bool Exchange::answerNeedsGuard() const {
    return !isStream(call_->framing().contentType) && (answerGuard() != nullptr || answerChain(false) != nullptr || restoresMasks());
}

/// Whole or streamed.
bool Exchange::answerIsGuarded() const { return answerGuard() != nullptr || answerChain(true) != nullptr || restoresMasks(); }

void Exchange::noteGuarded(const llm::GuardVerdict& verdict) {
    auto& kept = record_.llm->answerGuard;
    kept.masked = kept.masked || verdict.masked;
    for (const auto& hit : verdict.hits)
        if (kept.hits.size() < kMostHits) kept.hits.push_back(hit);
}

/// llm_->answer is whole, in the client's dialect. False: it does not go on.
bool Exchange::guardWholeAnswer() {
    const auto* guard = answerGuard();
    if (guard == nullptr || llm_->answer.empty()) return true;
    const auto verdict = llm::guardAnswer(llm_->answer, *guard);
    if (!verdict) return failWith(502, "provider-answer", "The answer cannot be read by the guard of its route.");
    noteGuarded(*verdict);
    return true;
}

/// The answer's head goes to the client now.
void Exchange::beginStreamGuard() {
    const auto* guard = answerGuard();
    const auto* chain = answerChain(true);
    const bool restores = restoresMasks();
    if ((guard == nullptr && chain == nullptr && !restores) || llm_->whole) return;
    const auto type = llm_->translator && !llm_->list ? llm_->translator->contentType() : call_->framing().contentType;
    if (!llm_->list && !isStream(type)) return;
    const auto framing = llm_->list ? llm::StreamGuard::Framing::Sse : llm::StreamGuard::framingOf(type);
    if (chain != nullptr || restores) {
        auto filters = restores ? llm_->restore->filters() : llm::TextFilters();
        llm_->guardRun = std::make_shared<GuardRun>(chain, guard, std::move(filters), framing, limits().guardWindowBytes);
        return;
    }
    llm_->guard = std::make_unique<llm::StreamGuard>(*guard, framing);
}

/// `bytes` of the client's stream, before it is made a list: what may go on stands in their place.
void Exchange::guardStream(std::string& bytes, bool last) {
    if (!llm_ || !llm_->guard) return;
    std::string visible;
    llm_->guard->feed(bytes, visible);
    if (last) llm_->guard->finish(visible);
    bytes = std::move(visible);
    if (llm_->guard->failed()) llm_->cut = true;
    if (last || llm_->cut) endStreamGuard();
}

/// Also of a stream that broke off.
void Exchange::endStreamGuard() {
    if (llm_ && llm_->guardRun) endGuardRun();
    if (!llm_ || !llm_->guard) return;
    noteGuarded(llm_->guard->verdict());
    record_.llm->guardOverruns = llm_->guard->overruns();
    llm_->guard.reset();
}

}  // namespace gatehouse::gateway
