#include "telemetry/guard_metrics.h"

#include "llm/guard_chain.h"
#include "telemetry/metric_names.h"

namespace gatehouse::telemetry {
namespace {

const char* directionOf(bool answer) { return answer ? "response" : "request"; }

}  // namespace

void GuardMetrics::count(std::string guard, std::string_view kind, bool answer, std::string_view outcome) {
    ++outcomes_[{std::move(guard), std::string(kind), directionOf(answer), std::string(outcome)}];
}

void GuardMetrics::observe(const RequestRecord& record) {
    if (!record.guardReport) return;
    for (const auto& finding : record.guardReport->findings) {
        const auto kind = llm::guardKindName(finding.kind);
        count(finding.guard, kind, finding.answer, llm::guardOutcomeName(finding.outcome));
        const Key key{finding.guard, std::string(kind), directionOf(finding.answer), {}};
        if (finding.unscanned > 0) unscanned_[key] += finding.unscanned;
        if (finding.calls == 0) continue;
        auto& service = services_[key];
        service.calls += finding.calls;
        service.seconds += static_cast<double>(finding.micros) * 1e-6;
    }
}

void GuardMetrics::write(Exposition& page) const {
    page.family(metric::kGuardOutcomes);
    for (const auto& [key, number] : outcomes_)
        page.sample({{"guard", key.guard}, {"kind", key.kind}, {"direction", key.direction}, {"outcome", key.outcome}}, number);
    page.family(metric::kGuardUnscanned);
    for (const auto& [key, bytes] : unscanned_) page.sample({{"guard", key.guard}, {"kind", key.kind}, {"direction", key.direction}}, bytes);
    page.family(metric::kGuardCalls);
    for (const auto& [key, service] : services_)
        page.sample({{"guard", key.guard}, {"kind", key.kind}, {"direction", key.direction}}, service.calls);
    page.family(metric::kGuardSeconds);
    for (const auto& [key, service] : services_)
        page.sample({{"guard", key.guard}, {"kind", key.kind}, {"direction", key.direction}}, service.seconds);
}

}  // namespace gatehouse::telemetry
