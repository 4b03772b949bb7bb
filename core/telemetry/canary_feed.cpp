#include "telemetry/canary_feed.h"

#include "llm/price_book.h"

#include <algorithm>

namespace gatehouse::telemetry {
namespace {

using canary::ArmSource;

constexpr int kServerError = 500;

/// A virtual model's draw tells itself: a request that names the target was drawn by nobody.
bool drawnBy(const RequestRecord& record, const canary::CanaryArms& arms) {
    const auto prefix = "virtual " + arms.rule + ", weight ";
    return std::any_of(record.steps.begin(), record.steps.end(), [&](const route::Step& step) {
        return step.outcome == route::StepOutcome::Chosen && step.origin == arms.object && step.detail.starts_with(prefix);
    });
}

/// A rewrite tells which model it asked for; where several tried, the last.
int rewrittenTo(const RequestRecord& record, const canary::CanaryArms& arms) {
    int arm = -1;
    for (const auto& step : record.steps) {
        if (step.stage != "rewrite" || step.origin != arms.object) continue;
        for (std::size_t i = 0; i < arms.arms.size(); ++i)
            if (step.detail.starts_with("asks for " + arms.arms[i].name + ", ")) arm = static_cast<int>(i);
    }
    return arm;
}

/// A session stays with the backend that its first request drew: the others were drawn by nobody.
bool sessionKept(const RequestRecord& record) {
    return std::any_of(record.steps.begin(), record.steps.end(),
                       [](const route::Step& step) { return step.stage == "backend" && step.detail.starts_with("the session's backend"); });
}

int armOf(const RequestRecord& record, const canary::CanaryArms& arms) {
    const auto named = [&](const std::string& name) {
        const auto found = std::find_if(arms.arms.begin(), arms.arms.end(), [&](const canary::Arm& arm) { return arm.name == name; });
        return found == arms.arms.end() ? -1 : static_cast<int>(found - arms.arms.begin());
    };
    switch (arms.source) {
        case ArmSource::RouteWeights:
            if (record.rule != arms.rule || record.route != arms.object.display()) return -1;
            return named(!record.armFirst.empty() ? record.armFirst : record.arm.empty() ? record.backend : record.arm);
        case ArmSource::RouteMatches: return record.route == arms.object.display() ? named(record.rule) : -1;
        case ArmSource::VirtualModel: {
            const int arm = named(record.route);
            return arm >= 0 && drawnBy(record, arms) ? arm : -1;
        }
        case ArmSource::ModelRewrite: return rewrittenTo(record, arms);
    }
    return -1;
}

}  // namespace

std::optional<canary::Observation> observationOf(const RequestRecord& record, const canary::CanaryArms& arms) {
    if (record.armChosen || sessionKept(record)) return std::nullopt;
    const int arm = armOf(record, arms);
    if (arm < 0) return std::nullopt;
    canary::Observation out;
    out.startedAt = record.startedAt;
    out.arm = static_cast<std::uint32_t>(arm);
    out.session = record.armKey;
    out.error = record.status >= kServerError || record.status == 0;
    if (!record.armFirst.empty()) {
        // What the client got was another arm's; of this one only its failure is known.
        out.error = true;
        return out;
    }
    out.blocked = record.guard.rejected || record.answerGuard.rejected;
    out.ttft = record.firstByteMicros;
    out.endToEnd = out.error ? -1 : record.totalMicros;
    out.pod = record.pod.empty() ? record.endpoint : record.pod;
    if (record.usage.known) {
        out.inputTokens = static_cast<std::int64_t>(record.usage.inputTokens);
        out.outputTokens = static_cast<std::int64_t>(record.usage.outputTokens);
        if (record.streamMicros > 0 && out.outputTokens > 1) out.tpot = record.streamMicros / (out.outputTokens - 1);
    }
    if (record.receipt && record.receipt->priced()) out.costNano = record.receipt->nano;
    return out;
}

}  // namespace gatehouse::telemetry
