#include "canary/statistics.h"
#include "canary/verdict.h"

#include <gtest/gtest.h>

#include <string>

namespace gatehouse::canary {
namespace {

using namespace std::chrono_literals;

const base::WallTime kBegan{std::chrono::hours(500'000)};

Observation request(std::uint32_t arm, base::WallTime at, bool error = false) {
    Observation o;
    o.arm = arm;
    o.startedAt = at;
    o.error = error;
    o.ttft = 100'000;
    return o;
}

TEST(CanaryStatisticsTest, RequestsBelongToTheStepInWhichTheyBegan) {
    CanaryStatistics statistics(2);
    EXPECT_FALSE(statistics.add(request(0, kBegan))) << "no step yet";
    statistics.beginStep({0.9, 0.1}, kBegan);
    statistics.beginStep({0.5, 0.5}, kBegan + 60s);
    EXPECT_TRUE(statistics.add(request(1, kBegan + 59s))) << "finished late";
    EXPECT_TRUE(statistics.add(request(0, kBegan + 61s)));
    EXPECT_FALSE(statistics.add(request(0, kBegan + 60s + 100ms))) << "perhaps drawn by the former weights";
    EXPECT_FALSE(statistics.add(request(0, kBegan - 1s)));
    EXPECT_FALSE(statistics.add(request(2, kBegan + 61s))) << "of no arm";
    EXPECT_EQ(statistics.steps()[0].arms[1].requests, 1u);
    EXPECT_EQ(statistics.steps()[1].arms[0].requests, 1u);
    EXPECT_EQ(statistics.total(0).requests + statistics.total(1).requests, 2u);
}

TEST(CanaryStatisticsTest, EachKeyOfAStickySplitCountsOnce) {
    CanaryStatistics statistics(2);
    statistics.beginStep({0.5, 0.5}, kBegan);
    for (int i = 0; i < 10; ++i) {
        auto o = request(1, kBegan + 1s, i >= 8);
        o.session = 77;
        statistics.add(o);
    }
    const auto& window = statistics.steps()[0].arms[1];
    EXPECT_EQ(window.requests, 10u);
    EXPECT_EQ(window.errors, 2u);
    EXPECT_EQ(window.units, 1u);
    EXPECT_EQ(window.errorUnits, 1u);
    EXPECT_EQ(window.tested(Timing::Ttft).count(), 1u);
    EXPECT_EQ(window.timing(Timing::Ttft).count(), 10u);
}

TEST(CanaryStatisticsTest, MemoryIsBounded) {
    CanaryStatistics statistics(2);
    for (int step = 0; step < 100; ++step) {
        statistics.beginStep({0.9, 0.1}, kBegan + step * 60s);
        for (int i = 0; i < 300; ++i) {
            auto o = request(i % 2 ? 1 : 0, kBegan + step * 60s + 1s);
            const auto pod = "pod-" + std::to_string(i);
            o.pod = pod;
            o.ttft = 1000 + i * 5000;
            o.outputTokens = i;
            o.session = static_cast<std::uint64_t>(i + 1);
            statistics.add(o);
        }
    }
    EXPECT_LE(statistics.steps().size(), CanaryStatistics::kMostSteps);
    EXPECT_EQ(statistics.total(0).requests, 100u * 150u) << "steps of the same shares are put together";
    EXPECT_LE(statistics.steps().back().arms[0].slices[0].size(), CanaryStatistics::kMostPods + 1);
    EXPECT_LT(statistics.memoryBytes(), 64u << 20);
}

TEST(CanaryStatisticsTest, ClassesHaveTheirEdges) {
    EXPECT_EQ(CanaryStatistics::promptClass(-1), "unknown");
    EXPECT_EQ(CanaryStatistics::promptClass(255), "below 256");
    EXPECT_EQ(CanaryStatistics::promptClass(256), "256 to 1k");
    EXPECT_EQ(CanaryStatistics::promptClass(1'000'000), "16k and more");
    EXPECT_EQ(CanaryStatistics::answerClass(64), "64 to 256");
    EXPECT_EQ(CanaryStatistics::answerClass(1024), "1k and more");
}

/// A thousand requests at 50/50 with errors and times as told.
CanaryStatistics filled(int canaryErrors, int stableErrors, std::int64_t canaryTtft, std::int64_t stableTtft, const char* badPod = "canary-1") {
    CanaryStatistics statistics(2);
    statistics.beginStep({0.5, 0.5}, kBegan);
    for (int i = 0; i < 2000; ++i) {
        for (const std::uint32_t arm : {0u, 1u}) {
            auto o = request(arm, kBegan + 1s);
            const bool bad = i < (arm == 1 ? canaryErrors : stableErrors);
            o.error = bad;
            const int spread = (i * 37) % 100;
            o.ttft = (arm == 1 ? canaryTtft : stableTtft) * (100 + spread) / 100;
            const std::string pod = arm == 0 ? "stable-0" : bad ? badPod : "canary-" + std::to_string(i % 4);
            o.pod = pod;
            o.inputTokens = 100 + (i * 997) % 2000;  // Of all lengths in either.
            o.outputTokens = 50;
            statistics.add(o);
        }
    }
    return statistics;
}

TEST(CanaryVerdictTest, NoHarmWhereAllAreBelowTheirMargins) {
    const auto statistics = filled(2, 2, 100'000, 100'000);
    const auto verdict = judge(statistics, Judgement::usual(), 0, 1);
    EXPECT_EQ(verdict.outcome, Outcome::NoHarm);
    EXPECT_FALSE(verdict.voided);
    EXPECT_NEAR(verdict.ratio.observed, 0.5, 1e-9);
}

TEST(CanaryVerdictTest, MoreErrorsAreWorseAndTheirPodIsNamed) {
    const auto verdict = judge(filled(200, 20, 100'000, 100'000), Judgement::usual(), 0, 1);
    EXPECT_EQ(verdict.outcome, Outcome::Worse);
    const auto* errors = verdict.of(Metric::ErrorRate);
    ASSERT_NE(errors, nullptr);
    EXPECT_EQ(errors->outcome, Outcome::Worse);
    EXPECT_NEAR(errors->difference.estimate, 0.09, 1e-9);
    ASSERT_TRUE(errors->where.has_value());
    EXPECT_EQ(errors->where->dimension, Dimension::Pod);
    EXPECT_EQ(errors->where->value, "canary-1");
    EXPECT_GT(errors->where->part, 0.9);
}

TEST(CanaryVerdictTest, FewerErrorsAreBetterNotWorse) {
    const auto verdict = judge(filled(20, 200, 100'000, 100'000), Judgement::usual(), 0, 1);
    EXPECT_EQ(verdict.of(Metric::ErrorRate)->outcome, Outcome::NoHarm);
    EXPECT_TRUE(verdict.of(Metric::ErrorRate)->better);
}

TEST(CanaryVerdictTest, SlowerBeyondTheMarginIsWorse) {
    const auto verdict = judge(filled(2, 2, 300'000, 100'000), Judgement::usual(), 0, 1);
    EXPECT_EQ(verdict.of(Metric::Ttft)->outcome, Outcome::Worse);
    EXPECT_EQ(verdict.outcome, Outcome::Worse);
}

TEST(CanaryVerdictTest, MetricsThatAreOnlyShownDecideNothing) {
    auto judgement = Judgement::usual();
    for (auto& rule : judgement.metrics) rule.guard = rule.metric == Metric::ErrorRate;
    EXPECT_EQ(judge(filled(2, 2, 300'000, 100'000), judgement, 0, 1).outcome, Outcome::NoHarm);
}

TEST(CanaryVerdictTest, TheErrorRateIsSharedOut) {
    const auto judgement = Judgement::usual();
    ASSERT_EQ(judgement.guards(), 3u);
    double sum = 0;
    for (const auto& rule : judgement.metrics) sum += rule.guard ? judgement.alphaOf(rule) : 0;
    EXPECT_NEAR(sum, judgement.alpha, 1e-12);
}

TEST(CanaryVerdictTest, UndecidedIsInconclusiveOnceTheTimeIsSpent) {
    CanaryStatistics statistics(2);
    statistics.beginStep({0.9, 0.1}, kBegan);
    for (int i = 0; i < 50; ++i) statistics.add(request(i % 10 == 0 ? 1 : 0, kBegan + 1s));
    EXPECT_EQ(judge(statistics, Judgement::usual(), 0, 1).outcome, Outcome::KeepCollecting);
    EXPECT_EQ(judge(statistics, Judgement::usual(), 0, 1, true).outcome, Outcome::Inconclusive);
}

TEST(CanaryVerdictTest, NothingIsSaidBeforeTheFirstRequest) {
    CanaryStatistics statistics(2);
    EXPECT_EQ(judge(statistics, Judgement::usual(), 0, 1).outcome, Outcome::KeepCollecting);
    statistics.beginStep({0.9, 0.1}, kBegan);
    const auto verdict = judge(statistics, Judgement::usual(), 0, 1);
    EXPECT_EQ(verdict.outcome, Outcome::KeepCollecting);
    for (const auto& row : verdict.metrics) EXPECT_FALSE(row.where.has_value());
}

TEST(CanaryVerdictTest, ArmsThatClientsChooseAreComparedWithoutASplit) {
    CanaryStatistics statistics(2);
    statistics.beginStep({}, kBegan);
    for (int i = 0; i < 4000; ++i) statistics.add(request(i % 4 == 0 ? 1 : 0, kBegan + 1s, i % 4 == 0 && i % 40 == 0));
    const auto verdict = judge(statistics, Judgement::usual(), 0, 1);
    EXPECT_TRUE(verdict.chosenByClients);
    EXPECT_FALSE(verdict.ratio.applies);
    EXPECT_EQ(verdict.of(Metric::ErrorRate)->outcome, Outcome::Worse);
}

}  // namespace
}  // namespace gatehouse::canary
