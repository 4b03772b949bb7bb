// CanaryVerdict: what the statistics of two arms say, at any time and as often as one likes. Pure functions. Thread: any.
#pragma once

#include "canary/statistics.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::canary {

enum class Metric : std::uint8_t { ErrorRate, GuardBlocks, Ttft, Tpot, EndToEnd, Cost, Tokens, AnswerLength };
enum class Outcome : std::uint8_t {
    NoHarm,          ///< The difference is below the margin: may go on.
    Worse,           ///< Roll back.
    KeepCollecting,
    Inconclusive,    ///< The time of the step is spent, or the sample ratio voids what was found: pause.
};
const char* metricName(Metric metric);    ///< "error rate", in English.
const char* outcomeName(Outcome outcome); ///< "no harm at margin", in English.

/// What is asked of one metric.
struct MetricRule {
    Metric metric = Metric::ErrorRate;
    bool guard = false;       ///< Decides; the others are shown, each with the whole error rate.
    double margin = 0;        ///< Least harm that matters: a part of requests, microseconds, units of the currency, tokens; or
    bool relative = false;    ///< a part of what the stable arm has.
    double quantile = 0;      ///< Of times; 0: the mean or rate.
    bool anyHarm = false;     ///< Worse as soon as it is worse at all, unless it is known to stay below the margin; else: beyond the margin.
};

struct Judgement {
    double alpha = 0.05;        ///< Shared out over the metrics that decide.
    double ratioAlpha = 0.001;  ///< Of the sample-ratio check.
    double priorWeight = kPriorWeight;  ///< Of label tests.
    std::uint64_t least = 100;  ///< Requests of the canary before an interval is believed; exact tests need none.
    std::size_t steps = 1;      ///< Planned: times are judged within each, and share their error rate over them.
    std::vector<MetricRule> metrics;

    /// Errors and guard blocks at 1 point, TTFT p95 at 100 ms decide; TPOT p50 5 %, end-to-end p95 and cost 10 % are shown.
    static Judgement usual();
    std::size_t guards() const;
    double alphaOf(const MetricRule& rule) const;
};

/// Where most of a difference sits. `value` of `dimension` has `part` of what is too much, with `traffic` of the canary's requests.
struct Whereabouts {
    Dimension dimension = Dimension::Pod;
    std::string value;
    double part = 0, traffic = 0;
    std::uint64_t requests = 0;
};

struct MetricVerdict {
    MetricRule rule;
    Outcome outcome = Outcome::KeepCollecting;
    bool better = false;        ///< Known to be below the stable arm.
    double stable = std::numeric_limits<double>::quiet_NaN();  ///< Rates as parts, times in microseconds; NaN: no value.
    double canary = std::numeric_limits<double>::quiet_NaN();
    Interval difference;        ///< Canary minus stable. Infinite bounds: nothing is known.
    double margin = 0;          ///< In the same unit.
    double evidence = 0;        ///< Rates: the log of the label test's ratio; alarm at log(1 / alpha).
    std::uint64_t stableCount = 0, canaryCount = 0;
    std::optional<Whereabouts> where;
};

struct SampleRatio {
    bool applies = false;   ///< Shares are configured.
    bool broken = false;    ///< Voids the verdict.
    double configured = 0, observed = 0;  ///< The canary's part of the two arms.
    std::uint64_t stable = 0, canary = 0; ///< Requests, or keys of a sticky split.
};

struct CanaryVerdict {
    Outcome outcome = Outcome::KeepCollecting;
    bool voided = false;
    bool chosenByClients = false;  ///< Nothing was random: a difference may be that of the clients.
    SampleRatio ratio;
    std::vector<MetricVerdict> metrics;

    const MetricVerdict* of(Metric metric) const;
};

/// `spent`: the step has no time left, so what is not decided is inconclusive.
CanaryVerdict judge(const CanaryStatistics& statistics, const Judgement& judgement, std::size_t stable, std::size_t canary, bool spent = false);

}  // namespace gatehouse::canary
