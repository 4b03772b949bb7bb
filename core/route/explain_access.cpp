// Explain: would the caller be let in, and by what; what limits and budgets have left. By the code that serves requests; nothing is counted.
#include "filter/rate_limits.h"
#include "route/explainer.h"

#include <fmt/format.h>

namespace gatehouse::route {
/// False: refused, and answered.
bool Explainer::admitsCaller() {
    const auto& found = rule();
    if (!found.access && !found.rateLimits) return true;
    const bool preflight = found.chain.cors && head_.method == "OPTIONS" && filter::isPreflight(head_);
    if (preflight) {
        step("access", StepOutcome::Info, "preflight", "browsers send no credentials with it, so it is answered before anybody is asked for some");
        return true;
    }
    if (found.access && asked_.recorded) {
        step("access", StepOutcome::Info, "credentials", "what a client shows to be let in is not kept, so it is not known here whether he would be");
    } else if (found.access) {
        filter::AccessFacts facts;
        facts.clientAddress = clientAddress();
        facts.bodyFollows = found.llm && head_.method == "POST";
        facts.asksOnly = true;
        facts.wall = std::chrono::system_clock::now();
        facts.mono = base::MonoClock::now();
        const auto verdict = found.access->admit(head_, caller_, facts);
        for (const auto& line : filter::linesOf(caller_))
            out_.steps.push_back({"access", line.good ? StepOutcome::Applied : StepOutcome::Rejected, line.subject, line.detail, found.route, found.where});
        for (const auto& [name, value] : caller_.answerHeaders) out_.answerHeaders.emplace_back(name, value);
        if (!verdict.admitted()) {
            answer(verdict.status, caller_.told);
            return false;
        }
        callerKnown_ = true;
    }
    if (!found.rateLimits) return true;
    const auto now = base::MonoClock::now();
    for (const auto& limit : found.rateLimits->limits())
        out_.steps.push_back({"limit", limit.bucket->left(now) > 0 ? StepOutcome::Applied : StepOutcome::Rejected, limit.name,
                              fmt::format("{} of {} left now", limit.bucket->left(now), limit.bucket->spec().most), limit.origin, {}});
    const auto refusal = found.rateLimits->look(now);
    if (refusal.limit == nullptr) return true;
    out_.answerHeaders.emplace_back("Retry-After", std::to_string(refusal.retryAfter.count()));
    answer(429, "Too many requests; try again later.");
    return false;
}

/// What his key may ask for, and what is left of its budget. False: refused, and answered.
bool Explainer::admitsModel(const llm::ClientCall& call) {
    if (!callerKnown_ || head_.method != "POST" || (asked_.body.empty() && call.facts.model.empty())) return true;
    filter::AccessFacts facts;
    facts.clientAddress = clientAddress();
    facts.asksOnly = true;
    facts.wall = std::chrono::system_clock::now();
    facts.mono = base::MonoClock::now();
    const auto model = call.facts.model.empty() ? llm::modelInBody(base::Buffer(asked_.body)).value_or("") : call.facts.model;
    const auto verdict = rule().access->admitModel(head_, caller_, model, facts);
    if (caller_.key && caller_.key->account) {
        const auto& terms = caller_.key->terms;
        const auto spent = caller_.key->account->today(facts.wall);
        std::string text;
        if (terms.tokensPerDay) text = fmt::format("{} of {} tokens used today", spent.tokens, *terms.tokensPerDay);
        if (terms.nanoPerDay)
            text += fmt::format("{}{:.6f} of {:.6f} {} spent today", text.empty() ? "" : ", ", static_cast<double>(spent.nano(terms.currency)) * 1e-9,
                                static_cast<double>(*terms.nanoPerDay) * 1e-9, terms.currency);
        step("limit", verdict.admitted() ? StepOutcome::Applied : StepOutcome::Rejected, "budget of " + caller_.key->name, text);
    }
    if (verdict.admitted()) return true;
    step("access", StepOutcome::Rejected, "refused", caller_.reason);
    answer(verdict.status, caller_.told);
    return false;
}

}  // namespace gatehouse::route
