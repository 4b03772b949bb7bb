// What runs amount to: figures per run, means with intervals over seeds, and what may be said of one policy against another.
// Intervals are 95 % by Student's t over seeds; comparisons are paired, as all policies see the same traces. A difference whose
// interval holds zero is a tie. Thread: pure functions.
#pragma once

#include "lab/sim/simulation.h"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace gatehouse::lab::sim {

enum class Metric : std::size_t {
    TtftMean, TtftP50, TtftP90, TtftP99, TpotP50, TpotP90, TpotP99, E2eP50, E2eP90, E2eP99, Goodput, GoodShare, OutputRate,
    HitTrue, HitPredicted, LoadCv, BusiestShare, Preemptions, AdapterLoads, RegretMean, RegretP99, RegretTop1, RegretTop3, Refused,
    Count
};
inline constexpr std::size_t kMetrics = static_cast<std::size_t>(Metric::Count);

struct MetricInfo {
    std::string_view key;   ///< In JSON.
    std::string_view unit;
    bool lowerIsBetter;
};
const MetricInfo& info(Metric metric);

struct Slo {
    double ttft = 1;       ///< Seconds.
    double tpot = 0.05;
};

struct Figures {
    std::array<double, kMetrics> values{};  ///< NaN where there is nothing to say.
    double at(Metric metric) const { return values[static_cast<std::size_t>(metric)]; }
    double& at(Metric metric) { return values[static_cast<std::size_t>(metric)]; }
};
Figures figuresOf(const Trace& trace, const RunResult& result, const SimulationOptions& options, const Slo& slo);

/// A mean over seeds and half the width of its 95 % interval; the latter is NaN for one seed.
struct Estimate {
    double mean = 0, half = 0;
};
Estimate estimate(std::span<const double> values);

struct PolicyReport {
    const PolicySpec* policy = nullptr;
    std::vector<Figures> seeds;
    Estimate of(Metric metric) const;
};

enum class Verdict { Better, Tie, Worse, Unknown };
const char* name(Verdict verdict);

/// One policy against another on one metric, relative to the other's mean: -0.2 is a fifth less.
struct Comparison {
    Metric metric = Metric::TtftP90;
    const PolicySpec* policy = nullptr;
    const PolicySpec* against = nullptr;
    Estimate relative;
    Verdict verdict = Verdict::Unknown;
};
Comparison compare(const PolicyReport& policy, const PolicyReport& against, Metric metric);

/// Where a policy stands among those that could be built, on one metric.
enum class Standing { Best, Tie, Behind, Unknown };
/// By report: the best mean; those whose paired difference to it holds zero; and those behind. Bounds (the oracle) and what has no figure
/// stand nowhere: Unknown. With one seed nothing but the best mean can be told apart, and the others are Unknown too.
std::vector<Standing> standings(const std::vector<PolicyReport>& reports, Metric metric);

/// Each of ours against the best baseline of that metric (oracle excepted).
std::vector<Comparison> compareWithBaselines(const std::vector<PolicyReport>& reports, Metric metric);

}  // namespace gatehouse::lab::sim
