#include "gateway/guard_steps.h"

#include "llm/guard_chain.h"

namespace gatehouse::gateway {
namespace {

route::StepOutcome stepOutcome(llm::GuardOutcome outcome) {
    switch (outcome) {
        case llm::GuardOutcome::Masked: return route::StepOutcome::Applied;
        case llm::GuardOutcome::Rejected: return route::StepOutcome::Rejected;
        case llm::GuardOutcome::Failed:
        case llm::GuardOutcome::FailedOpen: return route::StepOutcome::Failed;
        default: return route::StepOutcome::Info;
    }
}

void addPlain(const char* name, bool answer, const llm::GuardVerdict& verdict, llm::GuardReport& report) {
    llm::GuardFinding finding;
    finding.guard = name;
    finding.answer = answer;
    finding.hits = verdict.hits;
    finding.outcome = verdict.rejected          ? llm::GuardOutcome::Rejected
                      : !verdict.hits.empty() ? llm::GuardOutcome::Masked
                                              : llm::GuardOutcome::Passed;
    report.rejected = report.rejected || verdict.rejected;
    report.findings.push_back(std::move(finding));
}

}  // namespace

void describeGuards(const ExchangeRecord& record, telemetry::RequestRecord& out) {
    if (!record.llm || record.candidate == nullptr) return;
    out.guardReport = record.llm->guardReport;
    const auto& policy = record.candidate->rule->llmPolicy;
    if (!policy || (!policy->requestGuard && !policy->responseGuard)) return;
    auto report = out.guardReport ? std::make_shared<llm::GuardReport>(*out.guardReport) : std::make_shared<llm::GuardReport>();
    if (policy->requestGuard && record.at.guarded >= 0) addPlain("ai.promptGuard.request.regex", false, record.llm->guard, *report);
    const bool answered = record.at.answered >= 0 && record.status < 300;
    if (policy->responseGuard && answered) addPlain("ai.promptGuard.response.regex", true, record.llm->answerGuard, *report);
    if (!report->findings.empty()) out.guardReport = std::move(report);
}

void addGuardSteps(const ExchangeRecord& record, std::vector<route::Step>& steps) {
    if (record.extra) steps.insert(steps.end(), record.extra->notes.begin(), record.extra->notes.end());
    if (!record.llm || !record.llm->guardReport || record.candidate == nullptr) return;
    const auto& rule = *record.candidate->rule;
    for (const auto& finding : record.llm->guardReport->findings)
        steps.push_back({"guard", stepOutcome(finding.outcome), finding.guard, llm::findingText(finding), rule.route, rule.where});
}

}  // namespace gatehouse::gateway
