#include "canary/report.h"
#include "canary/run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace gatehouse::canary {
namespace {

using namespace std::chrono_literals;
using Weights = std::vector<std::uint32_t>;

/// A run whose time and traffic the test moves, over weights that stand for the workspace.
class CanaryRunTest : public ::testing::Test {
  protected:
    static CanaryArms arms() {
        CanaryArms arms;
        arms.object = {"gateway.networking.k8s.io", "HTTPRoute", "default", "chat"};
        arms.rule = "chat · rule 1";
        arms.arms = {{"Service default/v1", "v1", 100, {}}, {"Service default/v2", "v2", 0, {}}};
        return arms;
    }
    static CanaryPlan plan() {
        auto plan = CanaryPlan::usual();
        for (auto& step : plan.steps) step.hold = 60s;
        plan.patience = 600s;
        plan.judgement.metrics.resize(1);  // Errors alone decide, with a margin that few requests can show.
        plan.judgement.metrics[0].margin = 0.05;
        return plan;
    }
    CanaryRun make(CanaryPlan plan) {
        return CanaryRun(arms(), std::move(plan), [this](const Weights& weights, const std::string& name) -> Result<void> {
            if (refuse_) return fail("read-only", "The workspace is read-only.");
            written_.push_back(weights);
            names_.push_back(name);
            return {};
        });
    }
    /// Requests in the shares of the step, with these parts of errors.
    void traffic(CanaryRun& run, int requests, double stableErrors, double canaryErrors) {
        now_ += 1s;
        std::array<int, 2> counts{};
        for (int i = 0; i < requests; ++i) {
            Observation o;
            o.startedAt = now_;
            o.arm = i % 100 < run.percent() ? 1 : 0;
            const double rate = (o.arm == 1 ? canaryErrors : stableErrors) + 1e-9;
            const int count = counts[o.arm]++;
            o.error = std::floor((count + 1) * rate) > std::floor(count * rate);
            o.ttft = 100'000 + i % 1000;
            o.pod = o.arm == 1 ? "v2-0" : "v1-0";
            run.observe(o);
        }
    }
    static std::vector<RunEvent> events(const CanaryRun& run) {
        std::vector<RunEvent> out;
        for (const auto& entry : run.journal()) out.push_back(entry.event);
        return out;
    }

    base::WallTime now_{std::chrono::hours(500'000)};
    std::vector<Weights> written_;
    std::vector<std::string> names_;
    bool refuse_ = false;
};

TEST_F(CanaryRunTest, StepsByItselfWhenEachGateOpensAndPromotesAtTheEnd) {
    auto wanted = plan();
    wanted.automatic = true;
    auto run = make(wanted);
    ASSERT_TRUE(run.start(now_).has_value());
    EXPECT_EQ(written_.back(), (Weights{99, 1}));
    for (const int percent : {1, 5, 25, 50}) {
        EXPECT_EQ(run.percent(), percent);
        traffic(run, 40'000, 0.01, 0.01);
        run.tick(now_);
        EXPECT_EQ(run.percent(), percent) << "the hold is not over";
        now_ += 60s;
        run.tick(now_);
    }
    EXPECT_EQ(run.state(), RunState::Promoted);
    EXPECT_EQ(written_, (std::vector<Weights>{{99, 1}, {95, 5}, {75, 25}, {50, 50}, {0, 100}}));
    EXPECT_EQ(names_.back(), "Give v2 100 %");
}

TEST_F(CanaryRunTest, AGateOpensAndWaitsWhereSomebodyIsToStep) {
    auto run = make(plan());
    ASSERT_TRUE(run.start(now_).has_value());
    traffic(run, 40'000, 0.01, 0.01);
    now_ += 61s;
    run.tick(now_);
    EXPECT_TRUE(run.gateOpen());
    EXPECT_EQ(run.percent(), 1);
    run.tick(now_);
    EXPECT_EQ(events(run), (std::vector{RunEvent::Started, RunEvent::GateOpened})) << "told once";
    ASSERT_TRUE(run.step(now_).has_value());
    EXPECT_EQ(run.percent(), 5);
    EXPECT_FALSE(run.gateOpen());
}

TEST_F(CanaryRunTest, ArmedRollbackActsAtTheFirstTickThatSeesWorse) {
    auto run = make(plan());
    ASSERT_TRUE(run.start(now_).has_value());
    traffic(run, 2'000, 0, 0.9);
    EXPECT_EQ(run.tick(now_).outcome, Outcome::Worse);
    EXPECT_EQ(run.state(), RunState::RolledBack);
    EXPECT_EQ(written_.back(), (Weights{100, 0}));
    EXPECT_EQ(run.journal().back().event, RunEvent::RolledBack);
    EXPECT_TRUE(run.journal().back().byItself);
    EXPECT_EQ(run.journal().back().note, "error rate");
}

TEST_F(CanaryRunTest, UnarmedWorseOnlyPausesAndResumingStartsTheEvidenceAnew) {
    auto wanted = plan();
    wanted.armed = false;
    auto run = make(wanted);
    ASSERT_TRUE(run.start(now_).has_value());
    traffic(run, 2'000, 0, 0.9);
    run.tick(now_);
    EXPECT_EQ(run.state(), RunState::Paused);
    EXPECT_EQ(run.percent(), 1);
    run.tick(now_);
    EXPECT_EQ(run.verdict().outcome, Outcome::Worse) << "the reason stays in sight";
    ASSERT_TRUE(run.resume(now_).has_value());
    run.tick(now_);
    EXPECT_EQ(run.state(), RunState::Running);
    EXPECT_EQ(run.statistics().total(1).errors, 18u) << "shown on";
    traffic(run, 2'000, 0, 0.9);
    run.tick(now_);
    EXPECT_EQ(run.state(), RunState::Paused) << "found again";
}

TEST_F(CanaryRunTest, AnAutomaticRollbackCanBeTakenBack) {
    auto run = make(plan());
    ASSERT_TRUE(run.start(now_).has_value());
    traffic(run, 2'000, 0, 0.9);
    run.tick(now_);
    ASSERT_EQ(run.state(), RunState::RolledBack);
    ASSERT_TRUE(run.undo(now_).has_value());
    EXPECT_EQ(run.state(), RunState::Paused) << "what ended it may still hold";
    EXPECT_EQ(run.percent(), 1);
    run.tick(now_);
    EXPECT_EQ(run.percent(), 1);
    ASSERT_TRUE(run.resume(now_).has_value());
    run.tick(now_);
    EXPECT_EQ(run.state(), RunState::Running);
    ASSERT_TRUE(run.undo(now_).has_value()) << "the start";
    EXPECT_EQ(run.state(), RunState::Idle);
    EXPECT_EQ(run.percent(), 0);
    EXPECT_EQ(run.undo(now_).error().code, "canary-undo");
}

TEST_F(CanaryRunTest, UndecidedPausesWhenThePatienceIsOver) {
    auto run = make(plan());
    ASSERT_TRUE(run.start(now_).has_value());
    traffic(run, 100, 0.01, 0.01);
    now_ += 601s;
    EXPECT_EQ(run.tick(now_).outcome, Outcome::Inconclusive);
    EXPECT_EQ(run.state(), RunState::Paused);
    EXPECT_EQ(run.journal().back().event, RunEvent::Inconclusive);
    ASSERT_TRUE(run.resume(now_).has_value());
    run.tick(now_);
    EXPECT_EQ(run.state(), RunState::Running) << "the time begins anew";
}

TEST_F(CanaryRunTest, ABrokenSplitVoidsAndPauses) {
    auto run = make(plan());
    ASSERT_TRUE(run.start(now_).has_value());
    now_ += 1s;
    for (int i = 0; i < 1000; ++i) {
        Observation o;
        o.startedAt = now_;
        o.arm = i % 2 ? 1 : 0;
        run.observe(o);
    }
    const auto& verdict = run.tick(now_);
    EXPECT_TRUE(verdict.voided);
    EXPECT_EQ(run.state(), RunState::Paused);
    EXPECT_EQ(run.journal().back().event, RunEvent::SampleRatio);
    EXPECT_EQ(run.percent(), 1) << "never rolls back on it";
    ASSERT_TRUE(run.resume(now_).has_value());
    EXPECT_FALSE(run.tick(now_).voided) << "from here on";
}

TEST_F(CanaryRunTest, ForeignWeightsPauseAndAreComparedBy) {
    auto run = make(plan());
    ASSERT_TRUE(run.start(now_).has_value());
    run.weightsAre({99, 1}, now_);
    EXPECT_EQ(run.state(), RunState::Running) << "its own";
    run.weightsAre({80, 20}, now_);
    EXPECT_EQ(run.state(), RunState::Paused);
    EXPECT_EQ(run.percent(), 20);
    EXPECT_EQ(run.journal().back().event, RunEvent::ChangedElsewhere);
    EXPECT_DOUBLE_EQ(run.statistics().steps().back().shares.at(1), 0.2);
}

TEST_F(CanaryRunTest, WhatCannotBeWrittenChangesNothing) {
    auto run = make(plan());
    refuse_ = true;
    EXPECT_FALSE(run.start(now_).has_value());
    EXPECT_EQ(run.state(), RunState::Idle);
    EXPECT_FALSE(run.canUndo());
    refuse_ = false;
    ASSERT_TRUE(run.start(now_).has_value());
    refuse_ = true;
    EXPECT_FALSE(run.step(now_).has_value());
    EXPECT_EQ(run.percent(), 1);
    EXPECT_EQ(run.state(), RunState::Running);
    // A rollback that cannot be written is told, and the run pauses.
    traffic(run, 2'000, 0, 0.9);
    run.tick(now_);
    EXPECT_EQ(run.state(), RunState::Paused);
    EXPECT_EQ(run.journal().back().event, RunEvent::Worse);
    EXPECT_EQ(run.journal()[run.journal().size() - 2].event, RunEvent::Failed);
}

TEST_F(CanaryRunTest, ActionsAreRefusedWhereTheyMakeNoSense) {
    auto run = make(plan());
    for (const auto& refused : {run.pause(now_), run.resume(now_), run.step(now_), run.promote(now_), run.rollBack(now_)})
        EXPECT_EQ(refused.error().code, "canary-state");
    ASSERT_TRUE(run.start(now_).has_value());
    EXPECT_FALSE(run.start(now_).has_value());
    EXPECT_FALSE(run.resume(now_).has_value());
    ASSERT_TRUE(run.pause(now_).has_value());
    EXPECT_FALSE(run.pause(now_).has_value());
    ASSERT_TRUE(run.promote(now_).has_value());
    EXPECT_EQ(written_.back(), (Weights{0, 100}));
    ASSERT_TRUE(run.rollBack(now_).has_value()) << "after a promotion, too";
    EXPECT_EQ(written_.back(), (Weights{100, 0}));
}

TEST_F(CanaryRunTest, PlansAreChecked) {
    const auto wrong = [](auto&& change) {
        auto plan = CanaryPlan::usual();
        change(plan);
        return !plan.check(arms()).has_value();
    };
    EXPECT_FALSE(wrong([](CanaryPlan&) {}));
    EXPECT_TRUE(wrong([](CanaryPlan& plan) { plan.steps.clear(); }));
    EXPECT_TRUE(wrong([](CanaryPlan& plan) { plan.steps[1].percent = 1; }));
    EXPECT_TRUE(wrong([](CanaryPlan& plan) { plan.steps.back().percent = 101; }));
    EXPECT_TRUE(wrong([](CanaryPlan& plan) { plan.steps[0].hold = -1s; }));
    EXPECT_TRUE(wrong([](CanaryPlan& plan) { plan.patience = 0s; }));
    EXPECT_TRUE(wrong([](CanaryPlan& plan) { plan.canary = 0; }));
    EXPECT_TRUE(wrong([](CanaryPlan& plan) { plan.stable = 9; }));
    EXPECT_TRUE(wrong([](CanaryPlan& plan) { plan.judgement.alpha = 0; }));
    EXPECT_TRUE(wrong([](CanaryPlan& plan) { plan.judgement.metrics.clear(); }));
    auto byClient = arms();
    byClient.source = ArmSource::RouteMatches;
    EXPECT_FALSE(CanaryPlan::usual().check(byClient).has_value());
}

TEST_F(CanaryRunTest, ReportsSayWhatTheRunSays) {
    auto run = make(plan());
    ASSERT_TRUE(run.start(now_).has_value());
    traffic(run, 2'000, 0.01, 0.9);
    run.tick(now_);
    const ReportFacts facts{.title = "Try of <v2> & | co", .currency = "EUR", .at = now_};
    const auto html = reportHtml(run, facts), markdown = reportMarkdown(run, facts);
    EXPECT_NE(html.find("<h1>Try of &lt;v2&gt; &amp; | co</h1>"), std::string::npos);
    EXPECT_NE(markdown.find("# Try of \\<v2\\> & \\| co"), std::string::npos);
    for (const auto& text : {html, markdown}) {
        EXPECT_NE(text.find("Verdict: worse."), std::string::npos);
        EXPECT_NE(text.find("rolled back"), std::string::npos);
        EXPECT_NE(text.find("90.00 %"), std::string::npos) << "the canary's error rate";
        EXPECT_NE(text.find("v2-0"), std::string::npos);
        EXPECT_GE(std::count(text.begin(), text.end(), '\n'), 20);
        EXPECT_EQ(text.find("nan"), std::string::npos);
        EXPECT_EQ(text.find("inf"), std::string::npos);
    }
    // Every plot is closed, and nothing is loaded from elsewhere.
    const auto count = [&](const std::string& text, const std::string& piece) {
        int found = 0;
        for (auto at = text.find(piece); at != std::string::npos; at = text.find(piece, at + 1)) ++found;
        return found;
    };
    EXPECT_GE(count(html, "<svg"), 3);
    EXPECT_EQ(count(html, "<svg"), count(html, "</svg>"));
    EXPECT_EQ(count(html, "<svg"), count(markdown, "<svg"));
    EXPECT_EQ(count(html, "src="), 0);
    EXPECT_EQ(count(html, "<tr>"), count(html, "</tr>"));
}

TEST_F(CanaryRunTest, AReportBeforeTheFirstRequestIsWhole) {
    auto run = make(plan());
    EXPECT_NE(reportHtml(run, {}).find("keep collecting"), std::string::npos);
    ASSERT_TRUE(run.start(now_).has_value());
    EXPECT_NE(reportMarkdown(run, {}).find("no data"), std::string::npos);
}

TEST(CanaryReportText, UnitsAreThoseOfTheMetric) {
    EXPECT_EQ(valueText(Metric::ErrorRate, 0.0062, {}), "0.62 %");
    EXPECT_EQ(valueText(Metric::Ttft, 812'000, {}), "812 ms");
    EXPECT_EQ(valueText(Metric::Cost, 0.0041, "EUR"), "0.00410 EUR");
    EXPECT_EQ(valueText(Metric::Ttft, std::numeric_limits<double>::quiet_NaN(), {}), "no data");
    EXPECT_EQ(differenceText(Metric::ErrorRate, 0.0009, {}), "+0.09 pp");
    EXPECT_EQ(differenceText(Metric::Tpot, -2'500, {}), "-2.5 ms");
}

}  // namespace
}  // namespace gatehouse::canary
