#include "telemetry/canary_feed.h"

#include <gtest/gtest.h>

namespace gatehouse::telemetry {
namespace {

using canary::ArmSource;
using canary::CanaryArms;

CanaryArms split(ArmSource source = ArmSource::RouteWeights) {
    CanaryArms arms;
    arms.source = source;
    arms.object = {"gateway.networking.k8s.io", "HTTPRoute", "default", "chat"};
    arms.rule = "chat · rule 1";
    arms.arms = {{"InferencePool default/a", "a", 90, {}}, {"InferencePool default/b", "b", 10, {}}};
    return arms;
}

RequestRecord record() {
    RequestRecord out;
    out.route = "HTTPRoute default/chat";
    out.rule = "chat · rule 1";
    out.arm = out.backend = "InferencePool default/b";
    out.pod = "default/b-0";
    out.status = 200;
    out.firstByteMicros = 80'000;
    out.totalMicros = 900'000;
    out.streamMicros = 800'000;
    out.usage.known = true;
    out.usage.inputTokens = 100;
    out.usage.outputTokens = 41;
    return out;
}

TEST(CanaryFeed, TakesWhatTheRecordSays) {
    const auto from = record();
    const auto seen = observationOf(from, split());
    ASSERT_TRUE(seen.has_value());
    EXPECT_EQ(seen->arm, 1u);
    EXPECT_FALSE(seen->error);
    EXPECT_EQ(seen->ttft, 80'000);
    EXPECT_EQ(seen->tpot, 20'000) << "per token after the first";
    EXPECT_EQ(seen->endToEnd, 900'000);
    EXPECT_EQ(seen->outputTokens, 41);
    EXPECT_EQ(seen->costNano, -1);
    EXPECT_EQ(seen->pod, "default/b-0");
}

TEST(CanaryFeed, LeavesOutWhatNoDrawSentThere) {
    auto chosen = record();
    chosen.armChosen = true;
    EXPECT_FALSE(observationOf(chosen, split()).has_value());
    auto other = record();
    other.rule = "chat · rule 2";
    EXPECT_FALSE(observationOf(other, split()).has_value());
    auto session = record();
    session.steps.push_back({"backend", route::StepOutcome::Chosen, "InferencePool default/b", "the session's backend", {}, {}});
    EXPECT_FALSE(observationOf(session, split()).has_value()) << "only its first request was drawn";
    auto elsewhere = record();
    elsewhere.route = "HTTPRoute prod/chat";
    EXPECT_FALSE(observationOf(elsewhere, split()).has_value()) << "the same rule's name in another namespace";
}

TEST(CanaryFeed, AFailureThatAnotherArmMadeGoodIsOneOfTheArmThatWasDrawn) {
    auto again = record();
    again.arm = again.backend = "InferencePool default/a";
    again.armFirst = "InferencePool default/b";
    const auto seen = observationOf(again, split());
    ASSERT_TRUE(seen.has_value());
    EXPECT_EQ(seen->arm, 1u);
    EXPECT_TRUE(seen->error);
    EXPECT_EQ(seen->ttft, -1) << "the other arm's";
    EXPECT_TRUE(seen->pod.empty());
}

TEST(CanaryFeed, ErrorsAreTheServersAlone) {
    for (const auto& [status, error] : {std::pair{200, false}, {403, false}, {429, false}, {499, false}, {500, true}, {504, true}, {0, true}}) {
        auto from = record();
        from.status = status;
        EXPECT_EQ(observationOf(from, split())->error, error) << status;
    }
    auto blocked = record();
    blocked.status = 403;
    blocked.guard.rejected = true;
    EXPECT_TRUE(observationOf(blocked, split())->blocked);
}

TEST(CanaryFeed, KeysPricesAndMissingFactsAreTakenAsTheyAre) {
    auto from = record();
    from.armKey = 42;
    from.usage.known = false;
    auto receipt = std::make_shared<llm::Receipt>();
    receipt->nano = 4'100'000;
    receipt->book = std::make_shared<llm::PriceBook>();
    from.receipt = receipt;
    const auto seen = observationOf(from, split());
    EXPECT_EQ(seen->session, 42u);
    EXPECT_EQ(seen->outputTokens, -1);
    EXPECT_EQ(seen->tpot, -1);
    EXPECT_EQ(seen->costNano, 4'100'000);
    receipt->unpriced = "No price book knows the model.";
    EXPECT_EQ(observationOf(from, split())->costNano, -1);
}

TEST(CanaryFeed, RulesOfAnABTestAreArms) {
    auto arms = split(ArmSource::RouteMatches);
    arms.arms = {{"chat · rule 1", "all others", 1, {}}, {"chat · treatment", "header x=1", 1, {}}};
    auto from = record();
    from.rule = "chat · treatment";
    EXPECT_EQ(observationOf(from, arms)->arm, 1u);
}

TEST(CanaryFeed, ARewriteTellsItsTarget) {
    auto arms = split(ArmSource::ModelRewrite);
    arms.object = {"inference.networking.x-k8s.io", "InferenceModelRewrite", "default", "chat"};
    arms.arms = {{"llama", "llama", 80, {}}, {"llama-v2", "llama-v2", 20, {}}};
    auto from = record();
    EXPECT_FALSE(observationOf(from, arms).has_value());
    route::Step step;
    step.stage = "rewrite";
    step.outcome = route::StepOutcome::Applied;
    step.detail = "asks for llama-v2, 20 of 100 by InferenceModelRewrite default/chat";
    step.origin = arms.object;
    from.steps.push_back(step);
    EXPECT_EQ(observationOf(from, arms)->arm, 1u);
}

TEST(CanaryFeed, AModelCountsWhereTheVirtualOneDrewIt) {
    auto arms = split(ArmSource::VirtualModel);
    arms.object = {"agentgateway.dev", "AgentgatewayModel", "default", "fast"};
    arms.rule = "fast";
    arms.arms = {{"AgentgatewayModel default/a", "a", 1, {}}, {"AgentgatewayModel default/b", "b", 1, {}}};
    auto from = record();
    from.route = "AgentgatewayModel default/b";
    EXPECT_FALSE(observationOf(from, arms).has_value()) << "asked for by its own name";
    route::Step step;
    step.outcome = route::StepOutcome::Chosen;
    step.subject = "AgentgatewayModel default/b";
    step.detail = "virtual fast, weight 1 of 2: drawn by 0.7312, asked for b";
    step.origin = arms.object;
    from.steps.push_back(step);
    EXPECT_EQ(observationOf(from, arms)->arm, 1u);
    arms.rule = "faster";
    EXPECT_FALSE(observationOf(from, arms).has_value());
}

}  // namespace
}  // namespace gatehouse::telemetry
