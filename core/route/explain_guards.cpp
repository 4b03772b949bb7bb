// Explain: what a chain of guards makes of a request. Regex guards really run; services are named, and nobody is asked.
#include "llm/guard_chain.h"
#include "route/explainer.h"

#include <fmt/format.h>

namespace gatehouse::route {

/// False: answered.
bool Explainer::runChain(const llm::GuardChain& chain, base::Buffer& body) {
    for (const auto& guard : chain.requests) {
        if (guard.kind != llm::GuardKind::Regex) {
            const auto& service = *guard.service;
            step("guard", service.cluster ? StepOutcome::Info : StepOutcome::Failed, guard.name,
                 service.cluster ? fmt::format("{} would be asked here ({}); explain asks nobody, and goes on as if it let everything pass", service.name,
                                               guard.failOpen ? "fails open" : "fails closed")
                                 : service.broken);
            continue;
        }
        llm::GuardReport report;
        const auto passed = llm::runRegexGuard(body, guard, false, report);
        if (!passed) {
            answer(400, passed.error().message);
            return false;
        }
        const auto& finding = report.findings.front();
        step("guard", !*passed ? StepOutcome::Rejected : finding.hits.empty() ? StepOutcome::Info : StepOutcome::Applied, guard.name,
             llm::findingText(finding));
        if (*passed && guard.restores && !finding.hits.empty()) step("guard", StepOutcome::Info, guard.name, "each mask gets a tag of its own, and where the answer says the tag the client reads what he wrote");
        if (*passed) continue;
        answer(report.status, report.message);
        return false;
    }
    return true;
}

void Explainer::tellAnswerChain(const llm::GuardChain& chain) {
    for (const auto& guard : chain.answers)
        step("guard", StepOutcome::Info, guard.name,
             guard.kind == llm::GuardKind::Regex
                 ? std::string("the answer is not known here; what this guard finds is acted on, in streams too")
                 : fmt::format("the answer is not known here; {} is asked about it, of streams sentence by sentence", guard.service->name));
}

}  // namespace gatehouse::route
