// The cost model: what answers that do not stream tell of a server, and what they do not.
#include "inference/cost_model.h"

#include <gtest/gtest.h>

#include <random>

namespace gatehouse::inference {
namespace {

using Time = CostModel::Time;

Time at(double seconds) { return Time(static_cast<std::int64_t>(seconds * 1e6)); }

/// A server of a known pace, asked for whole answers one after the other.
struct Whole {
    CostModel model;
    CostModel::Server server;
    double rate = 5'000, step = 0.03, now = 0;
    std::mt19937 random{20261124};

    /// As Scheduler does: first() is told when the first token is expected.
    bool ask(double prompt, double output, double cached = 0) {
        CostModel::Sent sent;
        model.begin(server, sent, at(now), server.prefillTokens, cached, prompt - cached, true, kBaseModel);
        model.first(server, sent, at(now + (prompt - cached) / server.rate() + model.stepOf(server)));
        now += (prompt - cached) / rate + step * output;
        const bool told = model.learnPrefillWhole(server, sent, at(now), prompt, cached, output);
        const bool slept = at(now) - sent.first < (at(now) - sent.at) / 2;
        model.finish(server, sent, at(now), output, kBaseModel, !slept);
        now += 0.1;
        return told;
    }
};

TEST(Cost, OfWorkGrowsWithHowBusyAServerIsAndFadesWithTime) {
    CostModel model;
    CostModel::Server server;
    const double prompt = server.rate();  // A second of prefill.
    const auto others = [&](double uncached, bool evicts = false) {
        return model.cost(server, {0, 0, evicts}, 0, uncached, 0).seconds[CostTerms::Others];
    };
    EXPECT_EQ(others(prompt), 0) << "nobody is there, and nobody is expected";
    CostModel::Sent sent;
    for (int i = 0; i < 5; ++i) {
        model.begin(server, sent, at(100 + i), 0, 0, prompt, true, kBaseModel);
        model.abandon(server, sent, false, kBaseModel);
    }
    const double busy = others(prompt);
    EXPECT_GT(busy, 10);
    EXPECT_GT(busy, 3.9 * others(prompt / 4)) << "what is cached is no work";
    model.settle(server, at(110));
    EXPECT_LT(others(prompt), busy);
    EXPECT_GT(others(prompt), 0);
    model.settle(server, at(300));
    EXPECT_NEAR(others(prompt), 0, 1e-3);
    for (int i = 0; i < 1'000; ++i) {
        model.begin(server, sent, at(301), 0, 0, prompt, true, kBaseModel);
        model.abandon(server, sent, false, kBaseModel);
    }
    EXPECT_LT(others(prompt), 1e4) << "never without an end";
}

TEST(WholeAnswers, OfOneTokenTellTheRateExactly) {
    Whole server;
    for (int i = 0; i < 60; ++i) EXPECT_TRUE(server.ask(4'000, 1));
    EXPECT_NEAR(server.server.rate() / server.rate, 1, 0.05);
}

TEST(WholeAnswers, ThatAreLongTellTheStepAndNotTheRate) {
    Whole server;
    const double before = server.server.rate();
    for (int i = 0; i < 60; ++i) EXPECT_FALSE(server.ask(2'000, 300));
    EXPECT_EQ(server.server.rate(), before);
    EXPECT_NEAR(server.model.stepOf(server.server) / server.step, 1, 0.15);
}

TEST(WholeAnswers, OfBothKindsTellBoth) {
    Whole server;
    int told = 0;
    for (int i = 0; i < 400; ++i) {
        const bool shortOne = server.random() % 2 == 0;
        const double prompt = 2'000 + double(server.random() % 6'000);
        told += server.ask(prompt, shortOne ? 2 + double(server.random() % 6) : 200 + double(server.random() % 200));
    }
    EXPECT_GT(told, 100);
    EXPECT_NEAR(server.server.rate() / server.rate, 1, 0.1);
    EXPECT_NEAR(server.model.stepOf(server.server) / server.step, 1, 0.15);
}

TEST(WholeAnswers, WithoutAKnownStepTellNothingUnlessOfOneToken) {
    Whole server;
    EXPECT_FALSE(server.ask(8'000, 3));
    EXPECT_EQ(server.server.rate(), CostModel::Server().rate());
}

TEST(WholeAnswers, CountWhatWasCachedAsNotComputed) {
    Whole server;
    for (int i = 0; i < 60; ++i) EXPECT_TRUE(server.ask(12'000, 1, 9'000));
    EXPECT_NEAR(server.server.rate() / server.rate, 1, 0.05);
    EXPECT_GT(server.model.hits(), 0.3);
}

TEST(WholeAnswers, OfASlowServerMakeItCostMore) {
    Whole fast, slow;
    slow.rate = fast.rate / 4;
    for (int i = 0; i < 60; ++i) {
        fast.ask(4'000, 1);
        slow.ask(4'000, 1);
    }
    const CacheState cache;
    EXPECT_GT(slow.model.cost(slow.server, cache, 0, 4'000, 0).total(), 3 * fast.model.cost(fast.server, cache, 0, 4'000, 0).total());
}

}  // namespace
}  // namespace gatehouse::inference
