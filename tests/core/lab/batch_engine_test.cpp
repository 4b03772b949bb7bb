// The batch model without a clock: steps, queueing, memory.
#include "lab/batch_engine.h"

#include <gtest/gtest.h>

#include <random>

namespace gatehouse::lab {
namespace {

using std::chrono::microseconds;

Profile small() {
    Profile p;
    p.prefillTokensPerSecond = 1'000;
    p.decodeStepBase = microseconds(10'000);
    p.decodeStepPerSequence = microseconds(1'000);
    p.maxBatch = 2;
    p.kvBlocks = 16;
    p.blockTokens = 16;
    p.maxWaiting = 3;
    return p;
}

/// Runs until idle; answers when each job's last token came.
struct Outcome {
    microseconds clock{0};
    std::vector<std::pair<std::uint64_t, microseconds>> finished;
    std::vector<BatchEngine::Token> tokens;
};
Outcome runAll(BatchEngine& engine) {
    Outcome run;
    for (int guard = 0; guard < 100'000; ++guard) {
        const auto step = engine.beginStep();
        if (step.count() == 0) return run;
        run.clock += step;
        std::vector<BatchEngine::Token> made;
        engine.finishStep(made);
        for (const auto& token : made) {
            run.tokens.push_back(token);
            if (token.last) run.finished.emplace_back(token.job, run.clock);
        }
    }
    ADD_FAILURE() << "the engine never became idle";
    return run;
}

TEST(BatchEngine, OneRequestTakesPrefillPlusOneStepPerToken) {
    BatchEngine engine(small());
    ASSERT_EQ(engine.submit({1, 100, 3}), BatchEngine::Admission::Accepted);
    // 100 tokens at 1,000 per second and one step of 10 ms, then two decode steps.
    EXPECT_EQ(engine.beginStep(), microseconds(110'000));
    EXPECT_EQ(engine.beginStep(), microseconds(0)) << "a step is under way";
    std::vector<BatchEngine::Token> out;
    engine.finishStep(out);
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out[0].index, 0U);
    EXPECT_EQ(engine.beginStep(), microseconds(10'000));
    engine.finishStep(out);
    EXPECT_EQ(engine.beginStep(), microseconds(10'000));
    engine.finishStep(out);
    ASSERT_EQ(out.size(), 3U);
    EXPECT_TRUE(out[2].last);
    EXPECT_EQ(engine.beginStep(), microseconds(0));
    EXPECT_EQ(engine.usedBlocks(), 0U);
    EXPECT_EQ(engine.counters().promptTokens, 100U);
    EXPECT_EQ(engine.counters().outputTokens, 3U);
}

TEST(BatchEngine, MoreLoadWaitsAndTakesLonger) {
    const auto slowest = [](int jobs) {
        BatchEngine engine(small());
        for (int i = 0; i < jobs; ++i) EXPECT_EQ(engine.submit({std::uint64_t(i), 20, 10}), BatchEngine::Admission::Accepted);
        engine.beginStep();
        std::vector<BatchEngine::Token> out;
        engine.finishStep(out);
        EXPECT_EQ(engine.waiting(), jobs > 2 ? std::uint32_t(jobs - 2) : 0U);
        EXPECT_GT(engine.kvUse(), 0);
        return runAll(engine).clock;
    };
    const auto one = slowest(1), two = slowest(2), three = slowest(3);
    EXPECT_LT(one, two);
    EXPECT_LT(two, three);
}

TEST(BatchEngine, RefusesWhatDoesNotFit) {
    BatchEngine engine(small());
    EXPECT_EQ(engine.submit({1, 200, 57}), BatchEngine::Admission::TooLong) << "257 tokens in 256";
    EXPECT_EQ(engine.submit({1, 200, 56}), BatchEngine::Admission::Accepted);
    EXPECT_EQ(engine.submit({2, 1, 1}), BatchEngine::Admission::Accepted);
    EXPECT_EQ(engine.submit({3, 1, 1}), BatchEngine::Admission::Accepted);
    EXPECT_EQ(engine.submit({4, 1, 1}), BatchEngine::Admission::QueueFull);
    EXPECT_EQ(runAll(engine).finished.size(), 3U);
}

TEST(BatchEngine, PreemptsTheYoungestWhenMemoryEnds) {
    BatchEngine engine(small());
    engine.submit({1, 96, 100});
    engine.submit({2, 96, 100});
    const Outcome run = runAll(engine);
    EXPECT_GT(engine.counters().preemptions, 0U);
    ASSERT_EQ(run.finished.size(), 2U);
    EXPECT_EQ(run.finished[0].first, 1U);
    EXPECT_EQ(run.tokens.size(), 200U) << "a recomputed token is not sent twice";
    EXPECT_EQ(engine.usedBlocks(), 0U);
}

TEST(BatchEngine, LongPromptsArePrefilledInChunks) {
    Profile p = small();
    p.kvBlocks = 1'000;
    BatchEngine engine(p);
    engine.submit({1, 5'000, 1});
    int steps = 0;
    std::vector<BatchEngine::Token> out;
    while (engine.beginStep().count() > 0) {
        ++steps;
        engine.finishStep(out);
    }
    EXPECT_EQ(steps, 3);
    EXPECT_EQ(out.size(), 1U);
}

TEST(BatchEngine, CancellingFreesMemoryAtAnyMoment) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (int round = 0; round < 300; ++round) {
        BatchEngine engine(small());
        std::uint64_t next = 0;
        std::vector<BatchEngine::Token> out;
        for (int i = 0; i < 60; ++i) {
            switch (random() % 4) {
                case 0: engine.submit({++next, std::uint32_t(1 + random() % 120), std::uint32_t(1 + random() % 60)}); break;
                case 1: if (next) engine.cancel(1 + random() % next); break;
                case 2: engine.beginStep(); break;
                default: engine.finishStep(out);
            }
            ASSERT_LE(engine.usedBlocks(), 16U);
        }
        engine.finishStep(out);
        runAll(engine);
        ASSERT_EQ(engine.usedBlocks(), 0U);
        ASSERT_EQ(engine.running() + engine.waiting(), 0U);
    }
}

}  // namespace
}  // namespace gatehouse::lab
