// Guards in a chain, those that ask a service included: over the client's body before anything else is done with it, over answers that
// came whole, and over streams on their way. They fail closed unless their object says otherwise.
#include "gateway/client.h"
#include "gateway/exchange.h"
#include "gateway/exchange_llm.h"
#include "gateway/guard_run.h"
#include "gateway/side_call.h"
#include "http/fields.h"
#include "http/limit_table.h"
#include "llm/policy.h"

#include <algorithm>

namespace gatehouse::gateway {
namespace {

constexpr const char* kRefused = "A guard of the route refused it.";
constexpr const char* kUnchecked = "A guard of the route could not check it.";

bool forwards(const llm::GuardService& service, const http::Header& field) {
    return std::any_of(service.forward.begin(), service.forward.end(), [&](const llm::GuardService::Forward& wanted) {
        if (!http::equalsIgnoreCase(wanted.name, field.name)) return false;
        return wanted.pattern ? wanted.pattern->fullMatch(field.value) : wanted.value == field.value;
    });
}

/// The question's head: what the service needs, what it may see of the client's, and its key.
void fillGuardHead(const llm::Guard& guard, bool answer, const upstream::Endpoint& endpoint, const http::RequestHead& client, http::RequestHead& head) {
    const auto& service = *guard.service;
    head.method = "POST";
    head.path = head.arena.copy(llm::guardPath(guard, answer));
    head.target = head.path;
    head.scheme = endpoint.transport && endpoint.transport->tls ? "https" : "http";
    const auto host = head.arena.copy(service.host.empty() ? endpoint.id : service.host);
    head.authority = host;
    head.headers.addView("Host", host);
    head.headers.addView("Content-Type", "application/json");
    head.headers.addView("Accept", "application/json");
    head.headers.addView("Accept-Encoding", "identity");
    for (const auto& field : client.headers.fields()) {
        const auto id = http::classify(field.name);
        if (http::isHopByHop(id) || id == http::FieldId::ContentLength || id == http::FieldId::Host || id == http::FieldId::ContentType) continue;
        if (http::equalsIgnoreCase(field.name, "accept") || http::equalsIgnoreCase(field.name, "accept-encoding")) continue;
        if (forwards(service, field)) head.headers.add(field.name, field.value);
    }
    for (const auto& [name, value] : service.headers) head.headers.set(name, value);
    if (!service.provider) return;
    const auto& key = *service.provider;
    if (key.auth == llm::UpstreamAuth::Bearer) head.headers.set(key.authHeader, key.authPrefix + std::string(key.token.reveal()));
    if (key.auth == llm::UpstreamAuth::Passthrough)
        if (const auto own = client.headers.get(key.authHeader)) head.headers.set(key.authHeader, *own);
}

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

/// One question to a guard's service. `masked` gets the texts in place of those that were asked about; empty: they stand.
/// False: refused, or nobody is there any more.
net::Task<bool> Exchange::askGuard(const llm::Guard& guard, bool answer, const std::vector<llm::GuardText>& texts, std::vector<std::string>& masked) {
    const auto& service = *guard.service;
    llm::ServiceVerdict verdict;
    const auto began = base::MonoClock::now();
    now_ = began;
    if (!service.cluster) {
        verdict.detail = service.broken;
    } else {
        SideEndpoint endpoint(worker_, *service.cluster, now_);
        if (endpoint.get() == nullptr) {
            verdict.detail = "The guard's service has no ready endpoint.";
        } else {
            http::RequestHead head;
            fillGuardHead(guard, answer, *endpoint.get(), request_, head);
            const auto question = llm::guardQuestion(guard, answer, texts);
            upstream::RequestOut out;
            out.head = &head;
            out.body = http::BodyKind::Length;
            out.length = question.size();
            const auto wait = whileClientStays(std::min(now_ + limits().guardTime, requestDeadline_));
            auto answerHead = std::make_unique<http::ResponseHead>();
            auto asked = co_await askAside(worker_, *endpoint.get(), out, question, *answerHead, wait);
            if (!asked.call) {
                verdict.detail = asked.end == net::IoEnd::Timeout ? "The guard's service did not answer in time." : "The guard's service could not be asked.";
                if (asked.end == net::IoEnd::Timeout) worker_.limitBit(limit::kGuardTime);
            } else {
                std::string body;
                const auto most = limits().guardAnswerBytes;
                const bool whole = co_await finishAside(worker_, std::move(asked.call), most, &body, wait);
                if (!whole && body.size() >= most) worker_.limitBit(limit::kGuardAnswer);
                if (whole) verdict = llm::readGuardAnswer(guard, answer, texts, answerHead->status, body);
                else verdict.detail = "The guard's service broke off in its answer.";
            }
        }
    }
    now_ = base::MonoClock::now();
    if (downstream_.left()) co_return failWith(499, "client-left", "The client left while a guard was asked.");
    if (now_ >= requestDeadline_) co_return failWith(504, "timeout", "The request took longer than its timeout.");
    const auto micros = std::chrono::duration_cast<base::Micros>(now_ - began).count();
    if (!llm::settleGuard(guard, answer, texts, verdict, micros, guardReport())) co_return guardRefused();
    if (verdict.outcome == llm::GuardOutcome::Masked) masked = std::move(verdict.texts);
    co_return true;
}

/// One guard over a body that is there whole.
net::Task<bool> Exchange::runGuard(const llm::Guard& guard, bool answer, base::Buffer& body) {
    if (guard.kind == llm::GuardKind::Regex) {
        const auto passed = llm::runRegexGuard(body, guard, answer, guardReport());
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

/// llm_->answer is whole, in the client's dialect.
net::Task<bool> Exchange::askAnswerGuards() {
    const auto* chain = answerChain(false);
    if (chain == nullptr || llm_->answer.empty()) co_return true;
    base::Buffer body(llm_->answer);
    for (const auto& guard : chain->answers) {
        const bool passed = co_await runGuard(guard, true, body);
        if (!passed) co_return false;
    }
    llm_->answer = body.view();
    co_return true;
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
