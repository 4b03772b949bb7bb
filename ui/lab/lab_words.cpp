#include "lab/lab_words.h"

#include "models/format.h"

#include <QCoreApplication>

#include <cmath>

namespace gatehouse::ui {
namespace {

using sim::Metric;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Laboratory)
};

bool isTime(Metric metric) { return sim::info(metric).unit == "s"; }
bool isShare(Metric metric) { return sim::info(metric).unit == "share"; }

}  // namespace

QString labMetricText(Metric metric) {
    switch (metric) {
        case Metric::TtftMean: return Words::tr("TTFT mean", "metric: time to first token");
        case Metric::TtftP50: return Words::tr("TTFT p50", "metric: time to first token");
        case Metric::TtftP90: return Words::tr("TTFT p90", "metric: time to first token");
        case Metric::TtftP99: return Words::tr("TTFT p99", "metric: time to first token");
        case Metric::TpotP50: return Words::tr("TPOT p50", "metric: time per output token");
        case Metric::TpotP90: return Words::tr("TPOT p90", "metric: time per output token");
        case Metric::TpotP99: return Words::tr("TPOT p99", "metric: time per output token");
        case Metric::E2eP50: return Words::tr("End to end p50", "metric: whole time of a request");
        case Metric::E2eP90: return Words::tr("End to end p90", "metric: whole time of a request");
        case Metric::E2eP99: return Words::tr("End to end p99", "metric: whole time of a request");
        case Metric::Goodput: return Words::tr("Goodput", "metric: requests per second that met their targets");
        case Metric::GoodShare: return Words::tr("Within targets", "metric: share of requests that met their targets");
        case Metric::OutputRate: return Words::tr("Output", "metric: tokens per second");
        case Metric::HitTrue: return Words::tr("Cache hits", "metric: share of prompt tokens that were cached");
        case Metric::HitPredicted: return Words::tr("Hits believed", "metric: share of prompt tokens that the picker believed to be cached");
        case Metric::LoadCv: return Words::tr("Load imbalance", "metric: how uneven servers are loaded");
        case Metric::BusiestShare: return Words::tr("Busiest server", "metric: its requests over an even share");
        case Metric::Preemptions: return Words::tr("Preemptions", "metric: requests pushed out of a batch");
        case Metric::AdapterLoads: return Words::tr("Adapter loads", "metric: LoRA adapters that were loaded");
        case Metric::RegretMean: return Words::tr("Regret", "metric: time lost by a pick against the best server");
        case Metric::RegretP99: return Words::tr("Regret p99", "metric: time lost by a pick against the best server");
        case Metric::RegretTop1: return Words::tr("Best pick", "metric: share of picks that were the best");
        case Metric::RegretTop3: return Words::tr("Among best 3", "metric: share of picks among the best three");
        case Metric::Refused: return Words::tr("Refused", "metric: requests that fit nowhere");
        case Metric::Count: break;
    }
    return {};
}

QString labMetricUnit(Metric metric) {
    if (isTime(metric)) return QStringLiteral("ms");
    if (isShare(metric)) return QStringLiteral("%");
    if (metric == Metric::Goodput) return Words::tr("req/s", "unit: requests per second");
    if (metric == Metric::OutputRate) return Words::tr("tokens/s", "unit");
    return {};
}

double labMetricValue(Metric metric, double value) { return isTime(metric) ? value * 1e3 : isShare(metric) ? value * 100 : value; }

int labDecimals(double shown) { return std::abs(shown) >= 100 || shown == 0 ? 0 : std::abs(shown) >= 10 ? 1 : 2; }

QString labEstimateText(Metric metric, const sim::Estimate& estimate) {
    if (std::isnan(estimate.mean)) return QStringLiteral("–");
    const double mean = labMetricValue(metric, estimate.mean);
    const int digits = labDecimals(mean);
    if (std::isnan(estimate.half)) return formatNumber(mean, digits);
    return QStringLiteral("%1 ±%2").arg(formatNumber(mean, digits), formatNumber(labMetricValue(metric, estimate.half), digits));
}

QString labVerdictText(sim::Verdict verdict) {
    switch (verdict) {
        case sim::Verdict::Better: return Words::tr("Better", "verdict of a comparison");
        case sim::Verdict::Tie: return Words::tr("Tie", "verdict of a comparison: the interval holds no difference");
        case sim::Verdict::Worse: return Words::tr("Worse", "verdict of a comparison");
        default: return Words::tr("Not known", "verdict of a comparison: too few seeds");
    }
}

QString labStandingText(sim::Standing standing) {
    switch (standing) {
        case sim::Standing::Best: return Words::tr("best", "of all policies, on one metric");
        case sim::Standing::Tie: return Words::tr("ties with the best", "of all policies, on one metric");
        case sim::Standing::Behind: return Words::tr("behind the best", "of all policies, on one metric");
        default: return Words::tr("not compared", "of all policies, on one metric");
    }
}

QString labRelativeText(const sim::Estimate& relative) {
    if (!std::isfinite(relative.mean)) return QStringLiteral("–");
    const double percent = relative.mean * 100;
    const int digits = std::abs(percent) >= 10 || percent == 0 ? 0 : 1;
    const auto sign = percent < 0 ? QStringLiteral("−") : percent > 0 ? QStringLiteral("+") : QString();
    const auto text = sign + formatPercent(std::abs(percent), digits);
    return std::isfinite(relative.half) ? QStringLiteral("%1 ±%2").arg(text, formatNumber(relative.half * 100, digits)) : text;
}

}  // namespace gatehouse::ui
