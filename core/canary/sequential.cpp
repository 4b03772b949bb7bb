#include "canary/sequential.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gatehouse::canary {
namespace {

/// Prior weight of quantiles: narrowest some hundred values after the beginning, with little lost at ten thousands.
constexpr double kQuantileWeight = 100;

/// std::lgamma() writes a global; the reentrant one does not.
double logGamma(double x) {
    int sign = 0;
    return ::lgamma_r(x, &sign);
}

double logBeta(double a, double b) { return logGamma(a) + logGamma(b) - logGamma(a + b); }

bool compares(const StepCounts& step) { return step.split > 0 && step.split < 1; }

}  // namespace

double logMixtureRatio(std::uint64_t k, std::uint64_t n, double p, double weight) {
    if (n == 0) return 0;
    const double a = weight * p, b = weight * (1 - p), hits = static_cast<double>(k), misses = static_cast<double>(n - k);
    return logBeta(a + hits, b + misses) - logBeta(a, b) - hits * std::log(p) - misses * std::log1p(-p);
}

double logLabelRatio(std::span<const StepCounts> steps, double weight) {
    double sum = 0;
    for (const auto& step : steps)
        if (compares(step)) sum += logMixtureRatio(step.canaryHits, step.canaryHits + step.stableHits, step.split, weight);
    return sum;
}

double logSplitRatio(std::span<const StepCounts> steps, double weight) {
    double sum = 0;
    for (const auto& step : steps)
        if (compares(step)) sum += logMixtureRatio(step.canary, step.canary + step.stable, step.split, weight);
    return sum;
}

double sequenceWidth(double n, double variance, double alpha, double tunedFor) {
    if (n <= 0) return std::numeric_limits<double>::infinity();
    // The r that makes the interval narrowest at n = tunedFor (the same paper, appendix B.2, by its approximation).
    const double twice = -2 * std::log(alpha);
    const double r2 = (twice + std::log(twice) + 1) / tunedFor;
    return std::sqrt(variance) * std::sqrt(2 * (n * r2 + 1) / (n * n * r2) * std::log(std::sqrt(n * r2 + 1) / alpha));
}

RateDifference rateDifference(std::span<const StepCounts> steps, double margin, double alpha) {
    double all = 0, information = 0, difference = 0, hits = 0, stableRate = 0;
    for (const auto& step : steps) {
        if (!compares(step) || step.stable == 0 || step.canary == 0) continue;
        const auto stable = static_cast<double>(step.stable), canary = static_cast<double>(step.canary);
        const double weight = step.split * (1 - step.split) * (stable + canary);
        all += stable + canary;
        information += weight;
        hits += static_cast<double>(step.stableHits + step.canaryHits);
        stableRate += weight * static_cast<double>(step.stableHits) / stable;
        difference += weight * (static_cast<double>(step.canaryHits) / canary - static_cast<double>(step.stableHits) / stable);
    }
    constexpr double kUnknown = std::numeric_limits<double>::infinity();
    if (information <= 0) return {{0, -kUnknown, kUnknown}, kUnknown};
    difference /= information;
    // Laplace's rule: without a single hit the rate is small, but not 0.
    const double pooled = (hits + 1) / (all + 2);
    const double width = sequenceWidth(all, pooled * (1 - pooled) * all / information, alpha);
    // At the margin the canary's own variance is larger than the pooled one says.
    stableRate = std::clamp(stableRate / information, 1 / (all + 2), 1.0);
    const double canaryRate = std::min(stableRate + margin, 1.0);
    double atMargin = 0;
    for (const auto& step : steps) {
        if (!compares(step) || step.stable == 0 || step.canary == 0) continue;
        const double weight = step.split * (1 - step.split) * static_cast<double>(step.stable + step.canary);
        atMargin += weight * ((1 - step.split) * canaryRate * (1 - canaryRate) + step.split * stableRate * (1 - stableRate));
    }
    const double harmWidth = sequenceWidth(all, atMargin * all / (information * information), alpha);
    return {{difference, difference - width, difference + width}, difference + std::max(width, harmWidth)};
}

Interval meanDifference(const MeanOf& stable, const MeanOf& canary, double alpha) {
    const double difference = canary.mean - stable.mean;
    constexpr double kUnknown = std::numeric_limits<double>::infinity();
    if (stable.count < 2 || canary.count < 2) return {difference, -kUnknown, kUnknown};
    const auto m = static_cast<double>(stable.count), n = static_cast<double>(canary.count);
    const double apart = stable.variance / m + canary.variance / n;
    const double pooled = (stable.variance * m + canary.variance * n) / (m + n) * (1 / m + 1 / n);
    const double width = sequenceWidth(m + n, std::max(apart, pooled) * (m + n), alpha);
    return {difference, difference - width, difference + width};
}

std::pair<std::uint64_t, std::uint64_t> quantileRanks(std::uint64_t n, double part, double alpha) {
    const double limit = -std::log(alpha);
    const auto possible = [&](std::uint64_t below) { return logMixtureRatio(below, n, part, kQuantileWeight) < limit; };
    // The ratio falls up to about part * n and rises from there.
    const auto middle = static_cast<std::uint64_t>(std::llround(part * static_cast<double>(n)));
    std::uint64_t low = 0, high = middle;
    while (low < high) {
        const auto at = low + (high - low) / 2;
        if (possible(at)) high = at;
        else low = at + 1;
    }
    const auto least = low;
    low = middle;
    high = n;
    while (low < high) {
        const auto at = low + (high - low + 1) / 2;
        if (possible(at)) low = at;
        else high = at - 1;
    }
    return {least, low + 1};
}

}  // namespace gatehouse::canary
