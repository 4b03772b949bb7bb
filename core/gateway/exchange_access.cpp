// Who calls, what he may ask for, what he is charged: the exchange's side of filter/client_access and filter/rate_limits.
#include "gateway/exchange_access.h"

#include "filter/client_access.h"
#include "filter/rate_limits.h"
#include "gateway/capture_ring.h"
#include "gateway/client.h"
#include "gateway/exchange.h"
#include "gateway/exchange_llm.h"
#include "http/uri.h"
#include "llm/body_rewrites.h"

#include <algorithm>

namespace gatehouse::gateway {
namespace {

/// What is waited for is another thread's: keys from an issuer, a password's hash.
constexpr std::chrono::milliseconds kLookAgain{5};
constexpr std::chrono::seconds kLongestWait{3};

/// "/a?x=1&k=v" with the value of `name` hidden.
std::string withoutValue(std::string_view target, std::string_view name) {
    const auto mark = target.find('?');
    if (mark == std::string_view::npos) return std::string(target);
    std::string out(target.substr(0, mark + 1));
    auto query = target.substr(mark + 1);
    while (true) {
        const auto end = query.find('&');
        const auto pair = query.substr(0, end);
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && http::percentDecoded(pair.substr(0, equals)) == name)
            out.append(pair.substr(0, equals + 1)).append(telemetry::kHiddenValue);
        else
            out += pair;
        if (end == std::string_view::npos) return out;
        out += '&';
        query.remove_prefix(end + 1);
    }
}

/// Captures keep heads as they came.
void hideFromCapture(const filter::ClientAccess& access, http::RequestHead& head, CaptureDraft& draft) {
    for (const auto* source : access.sources()) {
        std::string_view value;
        if (!source->header.empty())
            for (const auto& field : head.headers.fields())
                if (http::equalsIgnoreCase(field.name, source->header)) draft.hide(field.value);
        if (!source->query.empty() && head.hasQuery && http::queryValue(head.query, source->query, head.arena, value)) draft.hide(value);
    }
}

}  // namespace

void hideCredentials(const ExchangeRecord& record, telemetry::RequestRecord& out) {
    if (record.candidate == nullptr || !record.candidate->rule->access) return;
    std::shared_ptr<telemetry::RecordedHead> head;
    if (out.head) head = std::make_shared<telemetry::RecordedHead>(*out.head);
    for (const auto* source : record.candidate->rule->access->sources()) {
        if (head && !source->header.empty()) head->hide(source->header);
        if (source->query.empty()) continue;
        out.path = withoutValue(out.path, source->query);
        if (head) head->text = withoutValue(head->target(), source->query) + head->text.substr(head->target().size());
    }
    if (head) out.head = std::move(head);
}

bool Exchange::answersPreflight() const { return preflight_ || (rule().chain.cors && filter::isPreflight(request_)); }

/// False: refused; the client is told by what stands in record_.caller.
net::Task<bool> Exchange::admitClient() {
    record_.caller = std::make_shared<filter::Caller>();
    auto& caller = *record_.caller;
    const auto& found = rule();
    filter::AccessFacts facts;
    facts.clientAddress = downstream_.client().address();
    facts.bodyFollows = llmRoute_ && request_.method == "POST";
    facts.wall = std::chrono::system_clock::now();
    facts.mono = now_;
    if (found.access && llm_ && llm_->capture) hideFromCapture(*found.access, request_, *llm_->capture);
    filter::Admission verdict;
    if (found.access) verdict = found.access->admit(request_, caller, facts);
    const auto patience = now_ + kLongestWait;
    while (verdict.outcome == filter::Admission::Outcome::Wait) {
        if (now_ >= patience) {
            verdict = filter::refuse(caller, 503, "access-unknown", "what tells who may pass did not answer in time",
                                     "It cannot be checked now who may pass; try again.");
            break;
        }
        net::Event pause(worker_.sweeper(), worker_.executor());
        pause.deadline(std::min(now_ + kLookAgain, requestDeadline_));
        pause.watch(&downstream_.watched(), net::Waiter::Watch::PeerLeaves);
        co_await pause.wait();
        now_ = base::MonoClock::now();
        if (pause.end() != net::IoEnd::Timeout) co_return failWith(499, "client-left", "The client left before it was let in.");
        if (now_ >= requestDeadline_) co_return failWith(504, "timeout", "The request took longer than its timeout.");
        facts.mono = now_;
        verdict = found.access->admit(request_, caller, facts);
    }
    if (verdict.admitted() && found.rateLimits) {
        const auto refusal = found.rateLimits->take(now_);
        if (refusal.limit != nullptr)
            verdict = filter::refuseRate(caller, "rate-limited", "the limit of " + refusal.limit->name, refusal.retryAfter,
                                         refusal.limit->bucket->spec().most, refusal.left, refusal.resetAfter, "Too many requests; try again later.");
    }
    if (verdict.admitted()) co_return true;
    record_.detail = std::make_unique<std::string>("Refused: " + caller.reason + ".");
    co_return failWith(verdict.status, caller.code, "The caller was refused.");
}

/// What the body tells. Called when it was read, or will not be.
bool Exchange::admitModel() {
    if (!record_.caller || !rule().access || request_.method != "POST") return true;
    auto& caller = *record_.caller;
    auto model = llm_->call.facts.model;
    // Of what is no JSON none: whoever reads it next says so.
    if (model.empty() && bodyBuffered_) model = llm::modelInBody(body_).value_or("");
    filter::AccessFacts facts;
    facts.clientAddress = downstream_.client().address();
    facts.wall = std::chrono::system_clock::now();
    facts.mono = now_;
    const auto verdict = rule().access->admitModel(request_, caller, model, facts);
    if (verdict.admitted()) return true;
    record_.detail = std::make_unique<std::string>("Refused: " + caller.reason + ".");
    return failWith(verdict.status, caller.code, "The caller was refused.");
}

/// Once, when the exchange is over: whatever tries and providers it took, one answer was used.
void Exchange::chargeClient() {
    auto& caller = *record_.caller;
    caller.claims = {};  // Nobody asks any more, and records are kept for long.
    if (!record_.llm || record_.candidate == nullptr) return;
    const auto& limits = rule().rateLimits;
    const bool budget = caller.key && caller.key->account;
    if (!limits && !budget) return;
    auto usage = record_.llm->usage;
    const auto receipt = receiptOf(record_, usage);
    if (!receipt) return;
    const auto tokens = usage.known ? static_cast<std::int64_t>(usage.inputTokens + usage.outputTokens) : 0;
    if (limits) limits->chargeTokens(tokens, base::MonoClock::now());
    if (budget)
        filter::ClientAccess::charge(caller, tokens, receipt->priced() ? std::string_view(receipt->book->currency) : std::string_view{},
                                     receipt->priced() ? receipt->nano : 0, std::chrono::system_clock::now());
}

void addAccessSteps(const ExchangeRecord& record, std::vector<route::Step>& steps) {
    if (!record.caller || record.candidate == nullptr) return;
    const auto& rule = *record.candidate->rule;
    for (const auto& line : filter::linesOf(*record.caller))
        steps.push_back({"access", line.good ? route::StepOutcome::Applied : route::StepOutcome::Rejected, line.subject, line.detail, rule.route, rule.where});
}

}  // namespace gatehouse::gateway
