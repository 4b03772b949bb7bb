#include "canary/sequential.h"
#include "canary/sketch.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace gatehouse::canary {
namespace {

/// The ratio by its definition: the beta integral of the mixture, summed in small steps.
double ratioByIntegral(std::uint64_t k, std::uint64_t n, double p, double weight) {
    const double a = weight * p, b = weight * (1 - p);
    constexpr int kSteps = 200'000;
    double upper = 0, lower = 0;
    for (int i = 0; i < kSteps; ++i) {
        const double x = (i + 0.5) / kSteps;
        const double prior = std::pow(x, a - 1) * std::pow(1 - x, b - 1);
        upper += prior * std::pow(x / p, static_cast<double>(k)) * std::pow((1 - x) / (1 - p), static_cast<double>(n - k));
        lower += prior;
    }
    return std::log(upper / lower);
}

TEST(SequentialTest, MixtureRatioIsTheIntegralThatItStandsFor) {
    // Priors with a and b above 1 alone: the midpoint rule does not see the poles of others.
    for (const auto& [k, n, p, weight] : {std::tuple{3ULL, 20ULL, 0.3, 8.0}, {0ULL, 7ULL, 0.5, 4.0}, {30ULL, 40ULL, 0.4, 10.0}})
        EXPECT_NEAR(logMixtureRatio(k, n, p, weight), ratioByIntegral(k, n, p, weight), 1e-3) << k << " of " << n;
}

TEST(SequentialTest, MixtureRatioIsAMartingale) {
    // The mean over the next outcome, under p, is the value now.
    for (const double p : {0.01, 0.1, 0.5})
        for (std::uint64_t n = 0; n < 40; n += 3)
            for (std::uint64_t k = 0; k <= n; ++k) {
                const double next = p * std::exp(logMixtureRatio(k + 1, n + 1, p, 4)) + (1 - p) * std::exp(logMixtureRatio(k, n + 1, p, 4));
                EXPECT_NEAR(next / std::exp(logMixtureRatio(k, n, p, 4)), 1, 1e-9) << k << " of " << n << " at " << p;
            }
}

TEST(SequentialTest, ACanaryThatOnlyFailsIsFoundWithinFiveErrors) {
    const StepCounts counts{.split = 0.1, .stable = 45, .canary = 5, .canaryHits = 5};
    EXPECT_GE(logLabelRatio(std::span(&counts, 1)), std::log(20));
}

TEST(SequentialTest, StepsMultiply) {
    const std::vector<StepCounts> steps{{0.1, 900, 100, 9, 4}, {0.25, 750, 250, 8, 5}, {1, 0, 500, 0, 9}};
    const double first = logLabelRatio(std::span(&steps[0], 1)), second = logLabelRatio(std::span(&steps[1], 1));
    EXPECT_DOUBLE_EQ(logLabelRatio(steps), first + second) << "a step without a stable arm compares nothing";
}

TEST(SequentialTest, SequenceWidthIsTheReferencesFormula) {
    // sqrt(v) * sqrt(2 (n r^2 + 1) / (n^2 r^2) * ln(sqrt(n r^2 + 1) / alpha)), computed apart: n = 10,000, r tuned for it, alpha 0.05.
    const double r2 = (-2 * std::log(0.05) + std::log(-2 * std::log(0.05)) + 1) / 10'000;
    const double expected = std::sqrt(0.2178) * std::sqrt(2 * (10'000 * r2 + 1) / (1e8 * r2) * std::log(std::sqrt(10'000 * r2 + 1) / 0.05));
    EXPECT_NEAR(sequenceWidth(10'000, 0.2178, 0.05), expected, 1e-12);
    // Wider than an interval that is looked at once, by about a half.
    EXPECT_GT(expected, 1.96 * std::sqrt(0.2178 / 10'000));
    EXPECT_LT(expected, 2 * 1.96 * std::sqrt(0.2178 / 10'000));
}

TEST(SequentialTest, ChangingRatesAndSplitsAreNoDifference) {
    // Both arms have 1 % at first and 5 % later; pooled over steps the canary would look twice as bad.
    const std::vector<StepCounts> steps{{0.05, 19'000, 1'000, 190, 10}, {0.5, 10'000, 10'000, 500, 500}};
    const auto found = rateDifference(steps, 0.01, 0.05);
    EXPECT_NEAR(found.difference.estimate, 0, 1e-12);
    EXPECT_LT(found.difference.low, 0);
    EXPECT_GT(found.difference.high, 0);
}

TEST(SequentialTest, NoErrorAtAllIsNoProofOfNoHarm) {
    const StepCounts few{.split = 0.1, .stable = 900, .canary = 100};
    EXPECT_GT(rateDifference(std::span(&few, 1), 0.01, 0.05).harmBound, 0.01);
    const StepCounts many{.split = 0.1, .stable = 90'000, .canary = 10'000};
    EXPECT_LT(rateDifference(std::span(&many, 1), 0.01, 0.05).harmBound, 0.01);
}

TEST(SequentialTest, QuantileRanksEncloseTheQuantileAndTighten) {
    const auto [noLow, noHigh] = quantileRanks(0, 0.95, 0.05);
    EXPECT_EQ(noLow, 0u);
    EXPECT_EQ(noHigh, 1u) << "beyond all";
    double last = 1;
    for (const std::uint64_t n : {50ULL, 500ULL, 5'000ULL, 50'000ULL}) {
        const auto [low, high] = quantileRanks(n, 0.95, 0.05);
        const auto middle = static_cast<std::uint64_t>(0.95 * static_cast<double>(n));
        EXPECT_LE(low, middle);
        EXPECT_GT(high, middle);
        const double width = static_cast<double>(high - low) / static_cast<double>(n);
        EXPECT_LT(width, last);
        last = width;
    }
    EXPECT_LT(last, 0.01);
}

TEST(SketchTest, RanksLieBetweenTheirBounds) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    std::lognormal_distribution<double> values(12, 2);
    Sketch sketch;
    std::vector<double> all;
    for (int i = 0; i < 5'000; ++i) {
        all.push_back(values(random));
        sketch.add(all.back());
    }
    std::sort(all.begin(), all.end());
    for (std::size_t rank = 1; rank <= all.size(); rank += 37) {
        EXPECT_LE(sketch.lowerAt(rank), all[rank - 1] * (1 + 1e-9));
        EXPECT_GE(sketch.upperAt(rank), all[rank - 1] * (1 - 1e-9));
        EXPECT_LT(sketch.upperAt(rank) / sketch.lowerAt(rank), 1.011);
    }
    EXPECT_EQ(sketch.lowerAt(0), 0);
    EXPECT_TRUE(std::isinf(sketch.upperAt(all.size() + 1)));
    EXPECT_LT(sketch.memoryBytes(), 20'000u);
}

TEST(SketchTest, MergedIsWhatBothSaw) {
    Sketch a, b, both;
    for (int i = 1; i < 400; ++i) {
        (i % 3 == 0 ? a : b).add(i * 77.0);
        both.add(i * 77.0);
    }
    a.merge(b);
    EXPECT_EQ(a.count(), both.count());
    for (const double part : {0.01, 0.5, 0.95, 0.99}) EXPECT_DOUBLE_EQ(a.quantile(part), both.quantile(part));
    EXPECT_EQ(a.countAbove(20'000), both.countAbove(20'000));
}

TEST(SketchTest, TakesWhatIsNoTime) {
    Sketch sketch;
    for (const double value : {0.0, -5.0, std::nan(""), 1e300}) sketch.add(value);
    EXPECT_EQ(sketch.count(), 4u);
    EXPECT_LE(sketch.quantile(0.5), 1);
    EXPECT_LT(sketch.upperAt(4), 1.02e10);
    EXPECT_TRUE(std::isnan(Sketch().quantile(0.5)));
}

TEST(MomentsTest, VarianceIsThatOfTheValues) {
    Moments moments;
    for (const double value : {2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0}) moments.add(value);
    EXPECT_DOUBLE_EQ(moments.mean(), 5);
    EXPECT_NEAR(moments.variance(), 32.0 / 7, 1e-12);
}

}  // namespace
}  // namespace gatehouse::canary
