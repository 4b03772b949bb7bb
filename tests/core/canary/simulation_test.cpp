// The promises of the canary's statistics, held by simulation: 90/10, 20 requests a second, an hour, a look every ten seconds. A seed of
// GATEHOUSE_SEED repeats a run.
#include "canary/run.h"
#include "canary/sequential.h"
#include "canary/verdict.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <iostream>
#include <random>

namespace gatehouse::canary {
namespace {

constexpr int kRequestsPerLook = 200;  // 20 per second.
constexpr int kLooks = 360;            // An hour.
constexpr double kSplit = 0.1;

std::uint64_t seed() {
    static const std::uint64_t chosen = [] {
        const char* text = std::getenv("GATEHOUSE_SEED");
        const auto value = text ? std::strtoull(text, nullptr, 10) : 20261124ULL;
        std::cout << "seed " << value << '\n';
        return value;
    }();
    return chosen;
}

/// What an hour came to.
struct Tally {
    int runs = 0, worse = 0, noHarm = 0;
    double minutes = 0;  ///< Until the first *worse*, summed up.
    double worsePart() const { return static_cast<double>(worse) / runs; }
    double noHarmPart() const { return static_cast<double>(noHarm) / runs; }
};

/// Looks at two arms' errors by counts alone, so that thousands of hours fit into seconds. Of each hour the first word counts.
Tally hoursOfErrors(int runs, double stableRate, double canaryRate, double alpha, std::uint64_t salt) {
    std::mt19937_64 random(seed() + salt);
    Tally tally;
    tally.runs = runs;
    for (int run = 0; run < runs; ++run) {
        StepCounts counts{.split = kSplit};
        bool worse = false, noHarm = false;
        for (int look = 1; look <= kLooks && !worse; ++look) {
            const auto canary = static_cast<std::uint64_t>(std::binomial_distribution<int>(kRequestsPerLook, kSplit)(random));
            const auto stable = kRequestsPerLook - canary;
            counts.canary += canary;
            counts.stable += stable;
            counts.canaryHits += static_cast<std::uint64_t>(std::binomial_distribution<int>(static_cast<int>(canary), canaryRate)(random));
            counts.stableHits += static_cast<std::uint64_t>(std::binomial_distribution<int>(static_cast<int>(stable), stableRate)(random));
            const std::span all(&counts, 1);
            const auto hits = static_cast<double>(counts.canaryHits + counts.stableHits);
            if (logLabelRatio(all) >= -std::log(alpha) && static_cast<double>(counts.canaryHits) > kSplit * hits) {
                worse = true;
                tally.minutes += look / 6.0;
            }
            noHarm = noHarm || (counts.canary >= 100 && rateDifference(all, 0.01, alpha).harmBound < 0.01);
        }
        tally.worse += worse ? 1 : 0;
        tally.noHarm += noHarm ? 1 : 0;
    }
    return tally;
}

void tell(const char* what, const Tally& tally) {
    std::cout << what << ": worse " << 100 * tally.worsePart() << " %, no harm " << 100 * tally.noHarmPart() << " % of " << tally.runs << " hours";
    if (tally.worse > 0) std::cout << ", worse after " << tally.minutes / tally.worse << " min";
    std::cout << '\n';
}

TEST(CanarySimulation, AtMostFivePercentOfHarmlessCanariesAreCalledWorse) {
    for (const double rate : {0.02, 0.005}) {
        const auto tally = hoursOfErrors(600, rate, rate, 0.05, 1);
        tell("no difference", tally);
        EXPECT_LE(tally.worsePart(), 0.05) << "at a rate of " << rate;
    }
}

TEST(CanarySimulation, OnePointMoreErrorsAreFound) {
    const auto tally = hoursOfErrors(300, 0.02, 0.03, 0.05, 2);
    tell("+1 point", tally);
    EXPECT_GE(tally.worsePart(), 0.9);
}

TEST(CanarySimulation, OnePointMoreErrorsAreFoundWhenThreeMetricsShareTheErrorRate) {
    const auto tally = hoursOfErrors(300, 0.02, 0.03, 0.05 / 3, 3);
    tell("+1 point, a third of the error rate", tally);
    EXPECT_GE(tally.worsePart(), 0.9);
}

TEST(CanarySimulation, HarmAtTheMarginIsSeldomCalledHarmless) {
    for (const double rate : {0.02, 0.005}) {
        const auto tally = hoursOfErrors(300, rate, rate + 0.01, 0.05, 4);
        tell("+1 point, at the margin", tally);
        EXPECT_LE(tally.noHarmPart(), 0.05) << "at a rate of " << rate;
    }
}

/// A generator that is fast without optimisation: tests are built without.
struct Fast {
    std::uint64_t state;
    double operator()() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return static_cast<double>(state >> 11) * 0x1.0p-53;
    }
    double normal() { return std::sqrt(-2 * std::log(1 - (*this)())) * std::cos(6.283185307179586 * (*this)()); }
};

struct Arms {
    double errors = 0.02;
    double ttftMicros = 250'000;
    double spread = 0.5;  ///< Of the logarithm.
};

/// The whole way: observations, statistics, verdict. Ends at the first *worse*.
struct Hour {
    Outcome last = Outcome::KeepCollecting;
    bool voided = false;
    const MetricVerdict* culprit = nullptr;
    CanaryVerdict verdict;
};
Hour wholeHour(Fast& random, const Arms& stable, const Arms& canary, double drawnSplit, int looks, int perLook) {
    CanaryStatistics statistics(2);
    const base::WallTime began{std::chrono::hours(500'000)};
    statistics.beginStep({1 - kSplit, kSplit}, began);
    const auto judgement = Judgement::usual();
    Hour hour;
    auto now = began + std::chrono::seconds(1);
    for (int look = 0; look < looks; ++look) {
        for (int i = 0; i < perLook; ++i) {
            Observation o;
            o.arm = random() < drawnSplit ? 1 : 0;
            const auto& arm = o.arm == 1 ? canary : stable;
            o.startedAt = now;
            o.error = random() < arm.errors;
            o.ttft = static_cast<std::int64_t>(arm.ttftMicros * std::exp(arm.spread * random.normal()));
            o.pod = o.arm == 1 ? "canary-0" : "stable-0";
            statistics.add(o);
        }
        now += std::chrono::seconds(10);
        hour.verdict = judge(statistics, judgement, 0, 1);
        hour.voided = hour.voided || hour.verdict.voided;
        hour.last = hour.verdict.outcome;
        if (hour.last == Outcome::Worse) break;
    }
    return hour;
}

TEST(CanarySimulation, WholeVerdictsOfHarmlessCanariesAreSeldomWorse) {
    Fast random{seed() | 1};
    constexpr int kRuns = 60;
    int worse = 0, voided = 0;
    for (int run = 0; run < kRuns; ++run) {
        // A sixth of the traffic, so that many hours fit: the error rate holds at any.
        const auto hour = wholeHour(random, {}, {}, kSplit, 60, 200);
        worse += hour.last == Outcome::Worse ? 1 : 0;
        voided += hour.voided ? 1 : 0;
    }
    std::cout << "whole verdicts, no difference: worse " << worse << ", voided " << voided << " of " << kRuns << '\n';
    // 5 % of 60 are 3; a true rate of 5 % shows more than 7 once in a hundred times.
    EXPECT_LE(worse, 7);
    EXPECT_LE(voided, 1);
}

TEST(CanarySimulation, SlowerFirstTokensAreFound) {
    Fast random{(seed() + 5) | 1};
    constexpr int kRuns = 20;
    int found = 0;
    for (int run = 0; run < kRuns; ++run) {
        // p95 is 569 ms; three quarters more is 427 ms more, and the margin 100 ms.
        const auto hour = wholeHour(random, {}, {.ttftMicros = 437'500}, kSplit, 90, 200);
        const auto* ttft = hour.verdict.of(Metric::Ttft);
        found += hour.last == Outcome::Worse && ttft->outcome == Outcome::Worse ? 1 : 0;
    }
    std::cout << "TTFT +75 %: found in " << found << " of " << kRuns << '\n';
    EXPECT_GE(found, 18);
}

TEST(CanarySimulation, ABrokenSplitVoidsTheVerdict) {
    Fast random{(seed() + 6) | 1};
    for (int run = 0; run < 5; ++run) {
        const auto hour = wholeHour(random, {}, {}, 0.13, 60, 200);
        EXPECT_TRUE(hour.voided);
        EXPECT_EQ(hour.last, Outcome::Inconclusive);
    }
}

/// The quantile's interval must hold at every look, for all of the time.
TEST(CanarySimulation, QuantileSequencesHoldAtAllTimes) {
    Fast random{(seed() + 7) | 1};
    constexpr int kRuns = 300;
    int missed = 0;
    for (int run = 0; run < kRuns; ++run) {
        std::uint64_t below = 0;
        bool out = false;
        for (std::uint64_t n = 1; n <= 3000; ++n) {
            below += random() < 0.95 ? 1 : 0;  // Values below the true p95.
            if (n % 20 != 0) continue;
            const auto [low, high] = quantileRanks(n, 0.95, 0.05);
            // The true quantile lies above `below` values: X(low) <= it < X(high).
            out = out || below < low || below + 1 > high;
        }
        missed += out ? 1 : 0;
    }
    std::cout << "p95 outside its sequence at some look: " << missed << " of " << kRuns << '\n';
    EXPECT_LE(missed, kRuns / 20);
}

}  // namespace
}  // namespace gatehouse::canary
