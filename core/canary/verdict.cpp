#include "canary/verdict.h"

#include "canary/whereabouts.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::canary {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::infinity();

/// One question asked of two arms.
class Judge {
  public:
    Judge(const CanaryStatistics& statistics, const Judgement& judgement, std::size_t stable, std::size_t canary)
        : statistics_(statistics), judgement_(judgement), stable_(stable), canary_(canary) {}

    CanaryVerdict run(bool spent) {
        CanaryVerdict out;
        if (statistics_.steps().empty()) return out;
        out.chosenByClients = statistics_.steps().back().shares.empty();
        checkRatio(out);
        bool allHarmless = true, worse = false;
        for (const auto& rule : judgement_.metrics) {
            auto verdict = judgeMetric(rule);
            if (spent && verdict.outcome == Outcome::KeepCollecting) verdict.outcome = Outcome::Inconclusive;
            if (worthLocating(verdict))
                verdict.where = whereabouts(statistics_, rule, stable_, canary_);
            if (rule.guard) {
                worse = worse || verdict.outcome == Outcome::Worse;
                allHarmless = allHarmless && verdict.outcome == Outcome::NoHarm;
            }
            out.metrics.push_back(std::move(verdict));
        }
        if (out.voided) out.outcome = Outcome::Inconclusive;
        else if (worse) out.outcome = Outcome::Worse;
        else if (judgement_.guards() > 0 && allHarmless) out.outcome = Outcome::NoHarm;
        else out.outcome = spent ? Outcome::Inconclusive : Outcome::KeepCollecting;
        return out;
    }

  private:
    bool worthLocating(const MetricVerdict& verdict) const {
        if (verdict.outcome == Outcome::Worse) return true;
        return verdict.outcome != Outcome::NoHarm && verdict.canaryCount >= judgement_.least && verdict.difference.estimate > verdict.margin / 2;
    }

    /// Hits of one kind, all steps: their shares make them comparable.
    std::vector<StepCounts> countsOf(Metric metric) const {
        std::vector<StepCounts> out;
        for (const auto& step : statistics_.steps()) {
            auto counts = step.counts(stable_, canary_);
            if (step.voided) continue;
            const auto hits = [&](std::size_t arm) { return metric == Metric::GuardBlocks ? step.arms[arm].blockUnits : step.arms[arm].errorUnits; };
            counts.stableHits = hits(stable_);
            counts.canaryHits = hits(canary_);
            out.push_back(counts);
        }
        return out;
    }

    void checkRatio(CanaryVerdict& out) const {
        const auto& last = statistics_.steps().back();
        out.ratio.applies = !last.shares.empty();
        const auto counts = last.counts(stable_, canary_);
        out.ratio.configured = counts.split;
        out.ratio.stable = counts.stable;
        out.ratio.canary = counts.canary;
        const auto both = counts.stable + counts.canary;
        out.ratio.observed = both > 0 ? static_cast<double>(counts.canary) / static_cast<double>(both) : 0;
        if (!out.ratio.applies) return;
        // Each step by itself: one that was off says nothing of the next.
        out.ratio.broken = logSplitRatio(std::span(&counts, 1), judgement_.priorWeight) >= -std::log(judgement_.ratioAlpha);
        if (counts.split <= 0 || counts.split >= 1) out.ratio.broken = false;
        out.voided = out.ratio.broken;
    }

    MetricVerdict judgeMetric(const MetricRule& rule) const {
        MetricVerdict out;
        out.rule = rule;
        switch (rule.metric) {
            case Metric::ErrorRate:
            case Metric::GuardBlocks: judgeRate(out); break;
            case Metric::Ttft: judgeTiming(out, Timing::Ttft); break;
            case Metric::Tpot: judgeTiming(out, Timing::Tpot); break;
            case Metric::EndToEnd: judgeTiming(out, Timing::EndToEnd); break;
            case Metric::Cost:
                judgeMean(out, [](const ArmWindow& arm) -> const Moments& { return arm.sticky ? arm.unitCost : arm.cost; });
                break;
            case Metric::Tokens:
                judgeMean(out, [](const ArmWindow& arm) -> const Moments& { return arm.sticky ? arm.unitTokens : arm.tokens; });
                break;
            case Metric::AnswerLength:
                if (rule.quantile > 0) judgeTiming(out, Timing::AnswerLength);
                else judgeMean(out, [](const ArmWindow& arm) -> const Moments& { return arm.sticky ? arm.unitOutput : arm.outputTokens; });
                break;
        }
        return out;
    }

    void judgeRate(MetricVerdict& out) const {
        const auto steps = countsOf(out.rule.metric);
        std::uint64_t stableHits = 0, canaryHits = 0;
        for (const auto& step : steps) {
            out.stableCount += step.stable;
            out.canaryCount += step.canary;
            stableHits += step.stableHits;
            canaryHits += step.canaryHits;
        }
        const bool random = !statistics_.steps().back().shares.empty();
        if (out.stableCount > 0) out.stable = static_cast<double>(stableHits) / static_cast<double>(out.stableCount);
        if (out.canaryCount > 0) out.canary = static_cast<double>(canaryHits) / static_cast<double>(out.canaryCount);
        out.margin = out.rule.relative ? out.rule.margin * out.stable : out.rule.margin;
        const double alpha = judgement_.alphaOf(out.rule);
        const auto difference = rateDifference(steps, out.margin, alpha);
        out.difference = difference.difference;
        out.difference.high = difference.harmBound;
        out.evidence = random ? logLabelRatio(steps, judgement_.priorWeight) : 0;
        const bool believed = out.canaryCount >= judgement_.least && out.stableCount >= judgement_.least;
        decide(out, believed);
        // The exact test needs no minimum, and replaces the interval where requests were drawn.
        if (!random || !out.rule.anyHarm || out.outcome == Outcome::NoHarm) return;
        const bool alarm = out.evidence >= -std::log(alpha) && excess(steps) > 0;
        out.outcome = alarm ? Outcome::Worse : Outcome::KeepCollecting;
    }

    /// Hits of the canary beyond its part of all hits.
    static double excess(const std::vector<StepCounts>& steps) {
        double sum = 0;
        for (const auto& step : steps)
            if (step.split > 0 && step.split < 1)
                sum += static_cast<double>(step.canaryHits) - step.split * static_cast<double>(step.canaryHits + step.stableHits);
        return sum;
    }

    /// Times are compared within the last step: over steps the arms would have seen different hours in different parts.
    void judgeTiming(MetricVerdict& out, Timing timing) const {
        const auto& arms = statistics_.steps().back().arms;
        const auto& stable = arms[stable_].tested(timing);
        const auto& canary = arms[canary_].tested(timing);
        const double part = out.rule.quantile > 0 ? out.rule.quantile : 0.5;
        out.stableCount = stable.count();
        out.canaryCount = canary.count();
        out.stable = stable.quantile(part);
        out.canary = canary.quantile(part);
        out.margin = out.rule.relative ? out.rule.margin * out.stable : out.rule.margin;
        out.difference = {out.canary - out.stable, -kUnknown, kUnknown};
        if (stable.empty() || canary.empty()) {
            out.difference.estimate = 0;
            return;
        }
        const double alpha = judgement_.alphaOf(out.rule) / static_cast<double>(std::max<std::size_t>(judgement_.steps, 1));
        const auto [stableLow, stableHigh] = quantileRanks(stable.count(), part, alpha / 2);
        const auto [canaryLow, canaryHigh] = quantileRanks(canary.count(), part, alpha / 2);
        out.difference.low = canary.lowerAt(canaryLow) - stable.upperAt(stableHigh);
        out.difference.high = canary.upperAt(canaryHigh) - stable.lowerAt(stableLow);
        decide(out, true);
    }

    template <class Pick>
    void judgeMean(MetricVerdict& out, Pick pick) const {
        const auto& arms = statistics_.steps().back().arms;
        const Moments& stable = pick(arms[stable_]);
        const Moments& canary = pick(arms[canary_]);
        out.stableCount = stable.count;
        out.canaryCount = canary.count;
        if (stable.count > 0) out.stable = stable.mean();
        if (canary.count > 0) out.canary = canary.mean();
        out.margin = out.rule.relative ? out.rule.margin * stable.mean() : out.rule.margin;
        const double alpha = judgement_.alphaOf(out.rule) / static_cast<double>(std::max<std::size_t>(judgement_.steps, 1));
        out.difference = meanDifference({stable.count, stable.mean(), stable.variance()}, {canary.count, canary.mean(), canary.variance()}, alpha);
        decide(out, stable.count >= judgement_.least && canary.count >= judgement_.least);
    }

    static void decide(MetricVerdict& out, bool believed) {
        if (!believed) return;
        out.better = out.difference.high < 0;
        if (out.difference.high < out.margin || (out.margin == 0 && out.difference.high <= 0)) out.outcome = Outcome::NoHarm;
        else if (out.difference.low > (out.rule.anyHarm ? 0 : out.margin)) out.outcome = Outcome::Worse;
    }

    const CanaryStatistics& statistics_;
    const Judgement& judgement_;
    std::size_t stable_, canary_;
};

}  // namespace

Judgement Judgement::usual() {
    Judgement out;
    out.metrics = {{.metric = Metric::ErrorRate, .guard = true, .margin = 0.01, .anyHarm = true},
                   {.metric = Metric::GuardBlocks, .guard = true, .margin = 0.01, .anyHarm = true},
                   {.metric = Metric::Ttft, .guard = true, .margin = 100'000, .quantile = 0.95},
                   {.metric = Metric::Tpot, .margin = 0.05, .relative = true, .quantile = 0.5},
                   {.metric = Metric::EndToEnd, .margin = 0.1, .relative = true, .quantile = 0.95},
                   {.metric = Metric::Cost, .margin = 0.1, .relative = true},
                   {.metric = Metric::Tokens, .margin = 0.1, .relative = true},
                   {.metric = Metric::AnswerLength, .margin = 0.1, .relative = true}};
    return out;
}

std::size_t Judgement::guards() const {
    return static_cast<std::size_t>(std::count_if(metrics.begin(), metrics.end(), [](const MetricRule& rule) { return rule.guard; }));
}

double Judgement::alphaOf(const MetricRule& rule) const { return rule.guard ? alpha / static_cast<double>(std::max<std::size_t>(guards(), 1)) : alpha; }

const MetricVerdict* CanaryVerdict::of(Metric metric) const {
    const auto found = std::find_if(metrics.begin(), metrics.end(), [&](const MetricVerdict& row) { return row.rule.metric == metric; });
    return found == metrics.end() ? nullptr : &*found;
}

CanaryVerdict judge(const CanaryStatistics& statistics, const Judgement& judgement, std::size_t stable, std::size_t canary, bool spent) {
    return Judge(statistics, judgement, stable, canary).run(spent);
}

}  // namespace gatehouse::canary
