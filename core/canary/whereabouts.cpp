#include "canary/whereabouts.h"

#include <cmath>

namespace gatehouse::canary {
namespace {

constexpr double kMost = 0.5;
constexpr double kBeyondTraffic = 1.5;
constexpr std::uint64_t kFewest = 5;  ///< Requests of a value that is named.

/// Requests of a slice that count against it.
struct Bad {
    MetricRule rule;
    double threshold = 0;  ///< Of times: the stable arm's quantile.
    double expected = 0;   ///< Part of the requests, as in the stable arm.

    std::pair<double, double> of(const Slice& slice) const {
        const auto requests = static_cast<double>(slice.requests);
        switch (rule.metric) {
            case Metric::ErrorRate: return {static_cast<double>(slice.errors), requests};
            case Metric::GuardBlocks: return {static_cast<double>(slice.blocks), requests};
            default: break;
        }
        const auto& sketch = slice.timing(timing());
        return {static_cast<double>(sketch.countAbove(threshold)), static_cast<double>(sketch.count())};
    }
    Timing timing() const {
        return rule.metric == Metric::Ttft ? Timing::Ttft : rule.metric == Metric::Tpot ? Timing::Tpot : rule.metric == Metric::EndToEnd ? Timing::EndToEnd : Timing::AnswerLength;
    }
};

Bad badness(const ArmWindow& stable, const MetricRule& rule) {
    Bad out{rule};
    const auto requests = static_cast<double>(std::max<std::uint64_t>(stable.requests, 1));
    if (rule.metric == Metric::ErrorRate) out.expected = static_cast<double>(stable.errors) / requests;
    else if (rule.metric == Metric::GuardBlocks) out.expected = static_cast<double>(stable.blocks) / requests;
    else {
        const double part = rule.quantile > 0 ? rule.quantile : 0.5;
        out.threshold = stable.timing(out.timing()).quantile(part);
        out.expected = 1 - part;
    }
    return out;
}

}  // namespace

std::optional<Whereabouts> whereabouts(const CanaryStatistics& statistics, const MetricRule& rule, std::size_t stable, std::size_t canary) {
    // Rates are judged over all steps, times within the last: each is looked for where it was found.
    const bool rate = rule.metric == Metric::ErrorRate || rule.metric == Metric::GuardBlocks;
    if (statistics.steps().empty() || rule.metric == Metric::Cost || rule.metric == Metric::Tokens) return std::nullopt;
    const auto windowOf = [&](std::size_t arm) { return rate ? statistics.total(arm) : statistics.steps().back().arms[arm]; };
    const auto base = windowOf(stable), tried = windowOf(canary);
    const auto bad = badness(base, rule);
    if (!rate && base.timing(bad.timing()).empty()) return std::nullopt;
    std::optional<Whereabouts> found;
    double best = kBeyondTraffic;
    for (std::size_t i = 0; i < kDimensions; ++i) {
        const auto& slices = tried.slices[i];
        if (slices.size() < 2) continue;  // One value has everything, and explains nothing.
        double excess = 0;
        for (const auto& [name, slice] : slices) {
            const auto [hits, of] = bad.of(slice);
            excess += std::max(0.0, hits - bad.expected * of);
        }
        if (excess < 1) continue;
        for (const auto& [name, slice] : slices) {
            const auto [hits, of] = bad.of(slice);
            const double part = std::max(0.0, hits - bad.expected * of) / excess;
            const double traffic = static_cast<double>(slice.requests) / static_cast<double>(std::max<std::uint64_t>(tried.requests, 1));
            if (slice.requests < kFewest || part < kMost || part / traffic < best) continue;
            best = part / traffic;
            found = Whereabouts{static_cast<Dimension>(i), name, part, traffic, slice.requests};
        }
    }
    return found;
}

}  // namespace gatehouse::canary
