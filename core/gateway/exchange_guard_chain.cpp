// Guards in a chain, those that ask a service included: over the client's body before anything else is done with it, over answers that
// came whole, and over streams on their way. They fail closed unless their object says otherwise.
#include "gateway/client.h"
#include "gateway/exchange.h"
#include "gateway/exchange_llm.h"
#include "gateway/guard_run.h"
#include "llm/mask_restore.h"
#include "llm/policy.h"

#include <algorithm>

namespace gatehouse::gateway {
namespace {

constexpr const char* kRefused = "A guard of the route refused it.";
constexpr const char* kUnchecked = "A guard of the route could not check it.";

}  // namespace

const llm::GuardChain* Exchange::guardChain() const {
    if (!llmRoute_ || record_.candidate == nullptr) return nullptr;
    const auto* policy = rule().llmPolicy.get();
    return policy != nullptr ? policy->guards.get() : nullptr;
}

/// Null: none looks at this answer.
const llm::GuardChain* Exchange::answerChain(bool stream) const {
    const auto* chain = guardChain();
    if (chain == nullptr || !llm_ || switched_ || response_.status < 200 || response_.status > 299) return nullptr;
    return stream ? (chain->answers.empty() ? nullptr : chain) : chain->guardsAnswers(false) ? chain : nullptr;
}

llm::GuardReport& Exchange::guardReport() {
    if (!record_.llm) record_.llm = std::make_unique<LlmDetail>();
    if (!record_.llm->guardReport) record_.llm->guardReport = std::make_shared<llm::GuardReport>();
    return *record_.llm->guardReport;
}

/// A guard of the chain refused the request or its answer.
bool Exchange::guardStopped() const { return record_.llm && record_.llm->guardReport && record_.llm->guardReport->rejected; }

bool Exchange::guardRefused() {
    const auto& report = guardReport();
    record_.detail.reset();
    return report.failed ? failWith(report.status, "guard-failed", kUnchecked) : failWith(report.status, "guard-rejected", kRefused);
}

/// One guard over a body that is there whole.
net::Task<bool> Exchange::runGuard(const llm::Guard& guard, bool answer, base::Buffer& body) {
    if (guard.kind == llm::GuardKind::Regex) {
        const bool restores = guard.restores && !answer;
        if (restores && !llm_->restore) llm_->restore = std::make_shared<llm::MaskRestore>();
        const auto passed = restores ? llm::maskForRestore(body, guard, *llm_->restore, guardReport()) : llm::runRegexGuard(body, guard, answer, guardReport());
        if (!passed && answer) co_return failWith(502, "provider-answer", "The answer cannot be read by the guard of its route.");
        if (!passed) co_return refuseBody(passed.error());
        co_return *passed || guardRefused();
    }
    const auto texts = answer ? llm::answerTexts(body) : llm::requestTexts(body);
    if (!texts && answer) co_return failWith(502, "provider-answer", "The answer cannot be read by the guard of its route.");
    if (!texts) co_return refuseBody(texts.error());
    const auto questions = llm::guardTextsOf(body, *texts, guard);
    if (questions.empty()) co_return true;
    std::vector<std::string> masked;
    const bool passed = co_await askGuard(guard, answer, questions, masked);
    if (passed && !masked.empty()) llm::replaceGuarded(body, *texts, guard, masked);
    co_return passed;
}

net::Task<bool> Exchange::askRequestGuards() {
    const auto* chain = guardChain();
    if (chain == nullptr || !bodyBuffered_) co_return true;
    for (const auto& guard : chain->requests) {
        const bool passed = co_await runGuard(guard, false, body_);
        if (!passed) co_return false;
    }
    now_ = base::MonoClock::now();
    record_.at.guarded = elapsed();
    co_return true;
}

bool Exchange::restoresMasks() const {
    return llm_ && llm_->restore && !llm_->restore->empty() && !switched_ && response_.status >= 200 && response_.status <= 299;
}

/// After the guards: what they saw were tags. False: it cannot be read.
bool Exchange::restoreWhole() {
    if (!restoresMasks() || llm_->answer.empty()) return true;
    if (llm_->restore->restoreAnswer(llm_->answer)) return true;
    return failWith(502, "provider-answer", "The answer cannot be read by the guard of its route.");
}

/// llm_->answer is whole, in the client's dialect.
net::Task<bool> Exchange::askAnswerGuards() {
    const auto* chain = answerChain(false);
    if (chain == nullptr || llm_->answer.empty()) co_return restoreWhole();
    base::Buffer body(llm_->answer);
    for (const auto& guard : chain->answers) {
        const bool passed = co_await runGuard(guard, true, body);
        if (!passed) co_return false;
    }
    llm_->answer = body.view();
    co_return restoreWhole();
}

/// What arrived of the client's stream stands in usageOut_; what may go on does then. False: the stream ends here.
net::Task<bool> Exchange::guardStreamByChain(bool last) {
    auto& run = *llm_->guardRun;
    for (auto& stage : run.stages()) {
        if (!stage.window) {
            if (GuardRun::pass(stage, usageOut_, last)) continue;
            endStreamGuard();
            usageOut_.clear();
            auto& report = guardReport();
            report.rejected = true;
            report.status = stage.guard->rejectStatus;
            report.message = stage.guard->rejectMessage;
            co_return guardRefused();
        }
        stage.window->feed(usageOut_);
        if (last) stage.window->finish();
        usageOut_.clear();
        while (true) {
            const auto& texts = stage.window->due();
            if (texts.empty()) break;
            std::vector<std::string> masked;
            const bool passed = co_await askGuard(*stage.guard, true, texts, masked);
            if (!passed) {
                usageOut_.clear();
                co_return false;
            }
            stage.window->settle(masked);
        }
        stage.window->take(usageOut_);
    }
    if (run.failed()) llm_->cut = true;
    if (last || llm_->cut) endStreamGuard();
    co_return true;
}

/// The same for relay(): `body` is what goes to the client then.
net::Task<bool> Exchange::guardAnswerStream(http::BodyPieces& body, bool last) {
    const bool ends = last || llm_->cut;
    const bool passed = co_await guardStreamByChain(ends);
    if (!passed) {
        endStreamGuard();
        co_return false;
    }
    if (llm_->list) {
        std::string events;
        events.swap(usageOut_);
        llm_->list->feed(events, usageOut_);
        if (last && !llm_->cut) llm_->list->finish(usageOut_);
    }
    showInstead(body);
    co_return true;
}

void Exchange::endGuardRun() {
    auto& run = *llm_->guardRun;
    if (run.told) return;
    run.told = true;
    for (auto& stage : run.stages()) {
        if (stage.restores) continue;
        if (stage.guard == nullptr) {
            noteGuarded(stage.masker->verdict());
            record_.llm->guardOverruns = stage.masker->overruns();
            continue;
        }
        auto& finding = guardReport().of(*stage.guard, true);
        finding.unscanned += stage.passedBy;
        if (!stage.masker) continue;
        llm::noteStreamGuard(finding, *stage.guard, stage.masker->verdict(), stage.bytes);
    }
}

/// The end of a stream that a guard refused: the client's dialect has an event for it.
void Exchange::writeRefusal(std::string& out) {
    const auto& report = guardReport();
    const auto& dialect = clientDialect();
    const llm::ApiError error{report.status, std::string(llm::errorType(dialect, report.status)), record_.failure.code, report.message, ""};
    std::string events;
    llm::StreamTranslator(dialect, dialect, {}, false).fail(error, events);
    if (llm_->list) llm_->list->feed(events, out);
    else out += events;
}

}  // namespace gatehouse::gateway
