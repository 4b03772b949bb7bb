#include "lab/sim/report.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gatehouse::lab::sim {

namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

constexpr MetricInfo kInfos[kMetrics] = {
    {"ttftMean", "s", true},       {"ttftP50", "s", true},        {"ttftP90", "s", true},        {"ttftP99", "s", true},
    {"tpotP50", "s", true},        {"tpotP90", "s", true},        {"tpotP99", "s", true},        {"e2eP50", "s", true},
    {"e2eP90", "s", true},         {"e2eP99", "s", true},         {"goodput", "requests/s", false}, {"goodShare", "share", false},
    {"outputRate", "tokens/s", false}, {"hitTrue", "share", false}, {"hitPredicted", "share", false}, {"loadCv", "", true},
    {"busiestShare", "", true},    {"preemptions", "", true},     {"adapterLoads", "", true},    {"regretMean", "s", true},
    {"regretP99", "s", true},      {"regretTop1", "share", false}, {"regretTop3", "share", false}, {"refused", "", true},
};

double quantile(std::vector<double>& values, double u) {
    if (values.empty()) return kNothing;
    const auto at = std::min(values.size() - 1, static_cast<std::size_t>(u * double(values.size())));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
    return values[at];
}

double meanOf(std::span<const double> values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return values.empty() ? kNothing : sum / double(values.size());
}

/// Two-sided 95 % quantile of Student's t.
double studentT(std::size_t freedom) {
    constexpr double kTable[] = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145,
                                 2.131,  2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048,
                                 2.045,  2.042};
    return freedom == 0 ? kNothing : freedom <= std::size(kTable) ? kTable[freedom - 1] : 1.96 + 2.5 / double(freedom);
}

void addRegrets(const RunResult& result, Figures& figures) {
    std::vector<double> lost;
    double first = 0, third = 0;
    for (const Regret& regret : result.regrets) {
        lost.push_back(regret.chosen - regret.best);
        first += regret.rank == 0;
        third += regret.rank < 3;
    }
    const double count = lost.empty() ? kNothing : double(lost.size());
    figures.at(Metric::RegretMean) = meanOf(lost);
    figures.at(Metric::RegretP99) = quantile(lost, 0.99);
    figures.at(Metric::RegretTop1) = first / count;
    figures.at(Metric::RegretTop3) = third / count;
}

}  // namespace

const MetricInfo& info(Metric metric) { return kInfos[static_cast<std::size_t>(metric)]; }

Figures figuresOf(const Trace& trace, const RunResult& result, const SimulationOptions& options, const Slo& slo) {
    std::vector<double> ttft, tpot, e2e;
    double good = 0, refused = 0, prompt = 0, cached = 0, believed = 0, output = 0;
    bool believes = false;
    const auto begin = static_cast<std::size_t>(options.warmUp * double(trace.requests.size()));
    for (std::size_t i = begin; i < trace.requests.size(); ++i) {
        const Request& request = trace.requests[i];
        const Outcome& outcome = result.outcomes[i];
        if (outcome.refused) ++refused;
        if (outcome.last.count() < 0) continue;
        const double first = seconds(outcome.first - request.arrival);
        const double each = request.outputTokens > 1 ? seconds(outcome.last - outcome.first) / (request.outputTokens - 1) : 0;
        ttft.push_back(first);
        e2e.push_back(seconds(outcome.last - request.arrival));
        if (request.outputTokens > 1) tpot.push_back(each);
        good += first <= slo.ttft && each <= slo.tpot;
        prompt += request.promptTokens;
        cached += outcome.cached;
        output += request.outputTokens;
        if (outcome.believed >= 0) believes = true;
        believed += std::max(0.0F, outcome.believed);
    }
    Figures figures;
    figures.values.fill(kNothing);
    figures.at(Metric::TtftMean) = meanOf(ttft);
    const double at[] = {0.5, 0.9, 0.99};
    for (std::size_t i = 0; i < 3; ++i) {
        figures.values[static_cast<std::size_t>(Metric::TtftP50) + i] = quantile(ttft, at[i]);
        figures.values[static_cast<std::size_t>(Metric::TpotP50) + i] = quantile(tpot, at[i]);
        figures.values[static_cast<std::size_t>(Metric::E2eP50) + i] = quantile(e2e, at[i]);
    }
    if (begin < trace.requests.size()) {
        const double arrivals = seconds(trace.requests.back().arrival - trace.requests[begin].arrival);
        const double whole = seconds(result.end - trace.requests[begin].arrival);
        if (arrivals > 0) figures.at(Metric::Goodput) = good / arrivals;
        if (whole > 0) figures.at(Metric::OutputRate) = output / whole;
        figures.at(Metric::GoodShare) = good / double(trace.requests.size() - begin);
    }
    if (prompt > 0) figures.at(Metric::HitTrue) = cached / prompt;
    if (prompt > 0 && believes) figures.at(Metric::HitPredicted) = believed / prompt;
    figures.at(Metric::LoadCv) = result.loadCv;
    figures.at(Metric::BusiestShare) = result.busiestShare;
    figures.at(Metric::Preemptions) = double(result.preemptions);
    figures.at(Metric::AdapterLoads) = double(result.adapterLoads);
    figures.at(Metric::Refused) = refused;
    addRegrets(result, figures);
    return figures;
}

Estimate estimate(std::span<const double> values) {
    Estimate result{meanOf(values), kNothing};
    if (values.size() < 2) return result;
    double squares = 0;
    for (const double value : values) squares += (value - result.mean) * (value - result.mean);
    const double count = double(values.size());
    result.half = studentT(values.size() - 1) * std::sqrt(squares / (count - 1) / count);
    return result;
}

Estimate PolicyReport::of(Metric metric) const {
    std::vector<double> values;
    for (const Figures& figures : seeds) values.push_back(figures.at(metric));
    return estimate(values);
}

const char* name(Verdict verdict) {
    switch (verdict) {
        case Verdict::Better: return "better";
        case Verdict::Tie: return "tie";
        case Verdict::Worse: return "worse";
        default: return "unknown";
    }
}

namespace {

/// Seed by seed, in units of `base`.
std::vector<double> differences(const PolicyReport& policy, const PolicyReport& against, Metric metric, double base) {
    std::vector<double> all;
    for (std::size_t i = 0; i < std::min(policy.seeds.size(), against.seeds.size()); ++i)
        all.push_back((policy.seeds[i].at(metric) - against.seeds[i].at(metric)) / base);
    return all;
}

}  // namespace

Comparison compare(const PolicyReport& policy, const PolicyReport& against, Metric metric) {
    Comparison result{metric, policy.policy, against.policy, {}, Verdict::Unknown};
    result.relative = estimate(differences(policy, against, metric, against.of(metric).mean));
    if (std::isnan(result.relative.half) || std::isnan(result.relative.mean)) return result;
    if (std::abs(result.relative.mean) <= result.relative.half) {
        result.verdict = Verdict::Tie;
    } else {
        result.verdict = (result.relative.mean < 0) == info(metric).lowerIsBetter ? Verdict::Better : Verdict::Worse;
    }
    return result;
}

std::vector<Standing> standings(const std::vector<PolicyReport>& reports, Metric metric) {
    std::vector<Standing> all(reports.size(), Standing::Unknown);
    const double sign = info(metric).lowerIsBetter ? 1 : -1;
    std::size_t best = reports.size();
    for (std::size_t i = 0; i < reports.size(); ++i) {
        const double mean = reports[i].of(metric).mean;
        if (reports[i].policy->bound || std::isnan(mean)) continue;
        if (best == reports.size() || sign * mean < sign * reports[best].of(metric).mean) best = i;
    }
    if (best == reports.size()) return all;
    for (std::size_t i = 0; i < reports.size(); ++i) {
        if (reports[i].policy->bound || std::isnan(reports[i].of(metric).mean)) continue;
        const Estimate off = estimate(differences(reports[i], reports[best], metric, 1));
        if (i == best) all[i] = Standing::Best;
        else if (!std::isnan(off.half)) all[i] = std::abs(off.mean) <= off.half ? Standing::Tie : Standing::Behind;
    }
    return all;
}

std::vector<Comparison> compareWithBaselines(const std::vector<PolicyReport>& reports, Metric metric) {
    const PolicyReport* best = nullptr;
    const double sign = info(metric).lowerIsBetter ? 1 : -1;
    for (const PolicyReport& report : reports) {
        if (report.policy->ours || report.policy->bound || std::isnan(report.of(metric).mean)) continue;
        if (!best || sign * report.of(metric).mean < sign * best->of(metric).mean) best = &report;
    }
    std::vector<Comparison> all;
    if (!best) return all;
    for (const PolicyReport& report : reports)
        if (report.policy->ours) all.push_back(compare(report, *best, metric));
    return all;
}

}  // namespace gatehouse::lab::sim
