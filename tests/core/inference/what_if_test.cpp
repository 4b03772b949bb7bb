// Recorded decisions judged anew: nothing moves where nothing is changed, what is changed equals what the pick itself would have made of it.
#include "inference/what_if.h"

#include "inference/pick_profile.h"
#include "inference/scheduler.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>
#include <string>

namespace gatehouse::inference {
namespace {

const base::MonoTime kNow = base::MonoTime(std::chrono::hours(1));

struct Load {
    double waiting = 0, running = 0, kvUse = 0.2;
    int ageMillis = 100;
};

/// A pool as it was picked from, made anew from its loads each time, so that nothing is remembered.
struct Stage {
    std::vector<std::shared_ptr<Pod>> pods;
    std::shared_ptr<Scheduler> scheduler;
    std::unique_ptr<Pool> pool;

    Stage(const std::vector<Load>& loads, bool byScores, std::shared_ptr<const PickProfile> profile = nullptr) {
        for (std::size_t i = 0; i < loads.size(); ++i) {
            auto pod = std::make_shared<Pod>();
            pod->endpoint = std::make_shared<upstream::Endpoint>();
            pod->endpoint->host = "10.0.0." + std::to_string(i);
            pod->endpoint->port = 8000;
            pod->name = "default/pod-" + std::to_string(i);
            PodMetrics metrics;
            metrics.waiting = loads[i].waiting;
            metrics.running = loads[i].running;
            metrics.kvUse = loads[i].kvUse;
            metrics.kvBlocks = 4'000;
            metrics.blockTokens = 16;
            pod->beginScrape();
            pod->store(metrics, kNow - base::Millis(loads[i].ageMillis));
            pods.push_back(std::move(pod));
        }
        if (!byScores) scheduler = std::make_shared<Scheduler>(base::Millis(2'000));
        pool = std::make_unique<Pool>("p", "default/p", pods, PickerOptions{}, scheduler, std::move(profile));
    }
    PickRecord record(std::size_t promptTokens = 4'000) {
        Prompt prompt;
        const std::string text(promptTokens * kBytesPerToken, 'x');
        cutText(text, 1, prompt.chain);
        prompt.bytes = text.size();
        prompt.streams = true;
        PickRecord made;
        pool->preview({.now = kNow, .prompt = &prompt}, made);
        return made;
    }
};

const Candidate& of(const PickRecord& record, const std::string& pod) {
    return *std::find_if(record.candidates.begin(), record.candidates.end(), [&](const Candidate& c) { return c.pod == pod; });
}

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

std::shared_ptr<PickProfile> profileOf(PickerKind picker = PickerKind::MaxScore) {
    auto profile = std::make_shared<PickProfile>();
    profile->name = "EndpointPickerConfig default/epp";
    profile->picker = picker;
    profile->scorers.push_back({.kind = ScorerKind::Queue, .name = "queue-scorer", .weight = 2});
    profile->scorers.push_back({.kind = ScorerKind::KvCache, .name = "kv-cache-utilization-scorer", .weight = 1});
    return profile;
}

struct RandomDecisions : ::testing::TestWithParam<int> {
    Stage stage(std::mt19937& dice) const {
        std::vector<Load> loads(2 + dice() % 9);
        for (auto& load : loads) load = {double(dice() % 6), double(dice() % 20), double(dice() % 100) / 100, dice() % 5 == 0 ? 9'000 : 100};
        std::shared_ptr<PickProfile> profile;
        if (GetParam() >= 2) profile = profileOf(static_cast<PickerKind>(GetParam() - 2));
        return Stage(loads, GetParam() == 1, profile);
    }
};

TEST_P(RandomDecisions, NothingMovesWhereNothingIsChanged) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 dice(seed);
    WhatIfTally tally;
    for (int i = 0; i < 200; ++i) {
        const auto record = stage(dice).record();
        const auto anew = judgeAnew(record, {});
        EXPECT_EQ(anew.record.chosen, record.chosen);
        EXPECT_DOUBLE_EQ(anew.stays, 1);
        tally.add(record, {});
    }
    EXPECT_EQ(tally.decisions(), 200u);
    EXPECT_EQ(tally.notJudged(), 0u);
    EXPECT_DOUBLE_EQ(tally.elsewhere(), 0);
    for (const auto& share : tally.shares()) EXPECT_DOUBLE_EQ(share.before, share.after) << share.pod;
}

TEST_P(RandomDecisions, ChancesAddUpWhateverIsChanged) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 dice(seed);
    for (int i = 0; i < 200; ++i) {
        const auto record = stage(dice).record();
        WhatIf what;
        for (const auto& term : termNamesOf(record)) what.factors.push_back({term, double(dice() % 4)});
        what.pods.push_back({.pod = "default/pod-0", .waiting = double(dice() % 40), .kvUse = double(dice() % 101) / 100, .ageMillis = dice() % 2 ? 50.0 : 60'000.0});
        what.pods.push_back({.pod = "default/pod-1", .out = dice() % 2 == 0});
        const auto anew = judgeAnew(record, what);
        const bool left = std::any_of(anew.record.candidates.begin(), anew.record.candidates.end(), [](const Candidate& c) { return c.excluded.empty(); });
        EXPECT_NEAR(sum(anew.chance), left ? 1 : 0, 1e-9);
        EXPECT_EQ(anew.record.chosen >= 0, left);
        for (const auto& candidate : anew.record.candidates) EXPECT_TRUE(std::isfinite(candidate.total));
    }
}

std::string nameOf(const ::testing::TestParamInfo<int>& info) {
    constexpr const char* kNames[] = {"Cost", "Scores", "MaxScore", "Random", "WeightedRandom"};
    return kNames[info.param];
}
INSTANTIATE_TEST_SUITE_P(Policies, RandomDecisions, ::testing::Values(0, 1, 2, 3, 4), nameOf);

/// What a change predicts against what a pick says where the metrics really are so.
void expectAsPicked(bool byScores, const std::shared_ptr<const PickProfile>& profile, const std::vector<Load>& before, std::size_t pod, const Load& now) {
    auto loads = before;
    const auto record = Stage(loads, byScores, profile).record();
    const auto kvUse = loads[pod].kvUse;
    loads[pod] = now;
    const auto truth = Stage(loads, byScores, profile).record();
    WhatIf what;
    what.pods.push_back({.pod = "default/pod-" + std::to_string(pod), .waiting = now.waiting, .ageMillis = double(now.ageMillis)});
    if (now.kvUse != kvUse) what.pods[0].kvUse = now.kvUse;
    const auto anew = judgeAnew(record, what);
    for (const auto& candidate : truth.candidates) {
        EXPECT_EQ(of(anew.record, candidate.pod).excluded, candidate.excluded) << candidate.pod;
        if (candidate.excluded.empty()) {
            EXPECT_NEAR(of(anew.record, candidate.pod).total, candidate.total, 1e-4) << candidate.pod;
        }
    }
    EXPECT_EQ(anew.record.tied, truth.tied);
    if (truth.tied > 1) return;  // Drawn among equals.
    EXPECT_EQ(anew.record.candidates[std::size_t(anew.record.chosen)].pod, truth.candidates[std::size_t(truth.chosen)].pod);
}

TEST(WhatIf, ALongerQueueCostsWhatThePickWouldHaveSaid) {
    expectAsPicked(false, nullptr, {{0, 4}, {0, 7}, {3, 9}}, 0, {12, 4});
    expectAsPicked(false, nullptr, {{0, 4}, {0, 7}, {3, 9}}, 2, {0, 9});
}

TEST(WhatIf, OldMetricsCostWhatThePickWouldHaveSaid) {
    expectAsPicked(false, nullptr, {{0, 4}, {0, 7}, {3, 9}}, 2, {3, 9, 0.2, 60'000});
    expectAsPicked(false, nullptr, {{0, 4}, {0, 7}, {3, 9, 0.2, 60'000}}, 2, {3, 9, 0.2, 50});
}

TEST(WhatIf, ScoresAreThoseThatThePickWouldHaveMade) {
    expectAsPicked(true, nullptr, {{0, 4}, {2, 7}, {3, 9}}, 0, {12, 4, 0.9});
    expectAsPicked(true, nullptr, {{0, 4}, {2, 7}, {3, 9}}, 0, {0, 4, 0.2, 60'000});
    expectAsPicked(true, nullptr, {{0, 4}, {2, 7, 0.2, 60'000}, {3, 9}}, 0, {0, 4, 0.2, 60'000});
}

TEST(WhatIf, ProfilesScoreAsTheyWouldHaveScored) {
    expectAsPicked(false, profileOf(), {{0, 4}, {2, 7, 0.5}, {3, 9}}, 0, {12, 4, 0.9});
    expectAsPicked(false, profileOf(), {{0, 4}, {2, 7, 0.5}, {8, 9}}, 2, {1, 9, 0.1});
    auto filtering = profileOf();
    filtering->filters.push_back({.kind = FilterKind::Utilization, .name = "utilization-filter"});
    expectAsPicked(false, filtering, {{0, 4}, {2, 7, 0.5}, {3, 9}}, 0, {12, 4, 0.2});
}

TEST(WhatIf, AFullCacheNeedsRoom) {
    Stage stage({{0, 2}, {0, 3}}, false);
    auto record = stage.record();
    WhatIf what;
    what.pods.push_back({.pod = record.candidates[std::size_t(record.chosen)].pod, .kvUse = 0.99});
    const auto anew = judgeAnew(record, what);
    // 0.99 of 64,000 tokens held, 4,000 + 200 wanted, 95 % may be used: (63,360 + 4,200 - 60,800) / 63,360 of 5 s.
    EXPECT_NEAR(of(anew.record, what.pods[0].pod).terms[3], (63'360 + 4'200 - 60'800) / 63'360.0 * 5, 0.05);
    EXPECT_NE(anew.record.chosen, record.chosen);
    EXPECT_DOUBLE_EQ(anew.stays, 0);
}

PickRecord byHand() {
    PickRecord record;
    record.termNames = {"a", "b"};
    record.profile = profileOf();
    record.pods = 3;
    record.chosen = 0;
    for (const auto& [a, b] : {std::pair(2.0, 0.5), std::pair(1.0, 1.0), std::pair(0.5, 1.75)}) {
        Candidate candidate;
        candidate.pod = "p" + std::to_string(record.candidates.size());
        candidate.terms = {a, b};
        candidate.total = a + b;
        record.candidates.push_back(candidate);
    }
    return record;
}

TEST(WhatIf, WeightsMoveTheOrderAndTheMargin) {
    const auto anew = judgeAnew(byHand(), {.factors = {{"b", 3}}});
    EXPECT_EQ(anew.record.chosen, 2);  // 3.5, 4, 5.75
    EXPECT_DOUBLE_EQ(anew.record.candidates[2].total, 5.75);
    EXPECT_DOUBLE_EQ(anew.record.candidates[2].terms[1], 5.25);
    EXPECT_DOUBLE_EQ(anew.record.margin, 1.75);
    EXPECT_DOUBLE_EQ(anew.stays, 0);
    EXPECT_DOUBLE_EQ(anew.chance[2], 1);
}

TEST(WhatIf, EqualsShareWhatMoves) {
    // b twice: 3, 3, 4; a at half beside it: 2, 2.5, 3.75. With b at 0 and a at 1: 2, 1, 0.5.
    auto record = byHand();
    record.candidates[1].terms = {2, 0.5};
    record.candidates[1].total = 2.5;
    record.candidates[2].terms = {0, 2.5};
    record.candidates[2].total = 2.5;
    // Three are equal; without b two of them stay so: whoever was drawn before keeps it only where he is one of them.
    WhatIf what{.factors = {{"b", 0}}};
    EXPECT_DOUBLE_EQ(judgeAnew(record, what).stays, 1);
    record.chosen = 2;
    const auto anew = judgeAnew(record, what);
    EXPECT_DOUBLE_EQ(anew.stays, 0);
    EXPECT_DOUBLE_EQ(anew.chance[0], 0.5);
    EXPECT_DOUBLE_EQ(anew.chance[1], 0.5);
}

TEST(WhatIf, WeightedDrawsMoveByTheirChances) {
    auto record = byHand();
    auto profile = profileOf(PickerKind::WeightedRandom);
    record.profile = profile;
    // Of 2.5, 2, 2.25 (6.75) to 2, 1, 0.5 (3.5): the first gains, so it stays; the last keeps 1/7 of 1/3.
    WhatIf what{.factors = {{"b", 0}}};
    EXPECT_DOUBLE_EQ(judgeAnew(record, what).stays, 1);
    record.chosen = 2;
    const auto anew = judgeAnew(record, what);
    EXPECT_NEAR(anew.stays, (0.5 / 3.5) / (2.25 / 6.75), 1e-12);
    EXPECT_NEAR(anew.chance[0], 1 - anew.stays, 1e-12);
}

TEST(WhatIf, APodThatIsTakenOutLosesAllAndLastsOfAllNobodyIsLeft) {
    WhatIf what;
    what.pods.push_back({.pod = "p0", .out = true});
    WhatIfTally tally;
    tally.add(byHand(), what);
    EXPECT_DOUBLE_EQ(tally.elsewhere(), 1);
    ASSERT_EQ(tally.shares().size(), 3u);
    EXPECT_DOUBLE_EQ(tally.shares()[0].before, 1);
    EXPECT_DOUBLE_EQ(tally.shares()[0].after, 0);
    EXPECT_DOUBLE_EQ(tally.shares()[2].after, 1);  // 2.25 beats 2.
    what.pods.push_back({.pod = "p1", .out = true});
    what.pods.push_back({.pod = "p2", .out = true});
    WhatIfTally none;
    none.add(byHand(), what);
    EXPECT_DOUBLE_EQ(none.nowhere(), 1);
}

TEST(WhatIf, WhatWasNotTheBestIsNotJudged) {
    auto record = byHand();
    record.chosen = 1;  // As by a session that went elsewhere.
    const auto anew = judgeAnew(record, {.factors = {{"b", 9}}});
    EXPECT_FALSE(anew.judged);
    EXPECT_DOUBLE_EQ(anew.chance[1], 1);
    record.pods = 12;
    WhatIfTally tally;
    tally.add(record, {});
    EXPECT_EQ(tally.notJudged(), 1u);
    EXPECT_EQ(tally.incomplete(), 1u);
    record.chosen = -1;
    tally.add(record, {});
    EXPECT_EQ(tally.decisions(), 1u);
}

}  // namespace
}  // namespace gatehouse::inference
