// Recorded decisions taken again: reading them, each policy on a state worked out by hand, what cannot be taken again, and what is told.
#include "lab/replay.h"

#include "telemetry/request_record.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace gatehouse::lab {
namespace {

using inference::Candidate;
using inference::PickRecord;

/// Three pods: a is warm for the prompt and busy, b is idle and cold, c is in between. Costs in seconds, as recorded.
PickRecord threePods() {
    PickRecord pick;
    pick.pool = "default/chat";
    pick.method = inference::PickMethod::Cost;
    pick.lowerIsBetter = true;
    pick.termNames = {"queue", "prefill", "step", "room", "adapter", "eviction", "decode", "others"};
    pick.promptTokens = 4'000;
    pick.pods = 3;
    const auto add = [&](const char* pod, double waiting, double kvUse, int inFlight, double cached, std::vector<double> terms) {
        Candidate candidate;
        candidate.pod = pod;
        candidate.waiting = waiting;
        candidate.running = inFlight;
        candidate.kvUse = kvUse;
        candidate.inFlight = inFlight;
        candidate.cachedTokens = cached;
        candidate.ageMillis = 20;
        candidate.terms = std::move(terms);
        for (const double term : candidate.terms) candidate.total += term;
        pick.candidates.push_back(std::move(candidate));
    };
    add("a", 6, 0.9, 12, 3'900, {0.10, 0.01, 0.02, 0, 0, 0, 0.05, 0.20});
    add("b", 0, 0.1, 2, 0, {0.05, 0.40, 0.02, 0, 0, 0, 0.05, 0.03});
    add("c", 3, 0.5, 7, 2'000, {0.20, 0.20, 0.02, 0, 0, 0, 0.05, 0.10});
    pick.chosen = 0;
    return pick;
}

RecordedDecision decision(PickRecord pick, const std::string& id = "r1") {
    return {id, "2026-11-24T03:00:00.000Z", std::make_shared<const PickRecord>(std::move(pick))};
}

std::string podAfter(const Replay& replay, const std::vector<RecordedDecision>& decisions, std::size_t i = 0) {
    return decisions[i].pick->candidates[static_cast<std::size_t>(replay.decisions[i].after)].pod;
}

TEST(Replay, EachPolicyPicksByWhatItLooksAt) {
    const std::vector<RecordedDecision> decisions{decision(threePods())};
    const auto after = [&](const char* name) { return podAfter(replay(decisions, *findReplayPolicy(name)), decisions); };
    // queue 0, 1, 0.5; kv 0.1, 0.9, 0.5; prefix 0.975, 0, 0.5.
    EXPECT_EQ(after("reference-1-1-1"), "b") << "1.075, 1.9, 1.5";
    EXPECT_EQ(after("reference-2-2-3"), "b") << "3.125, 3.8, 3.5";
    EXPECT_EQ(after("reference-affinity"), "a") << "the only one with at least 0.8 of the prompt";
    EXPECT_EQ(after("least-request"), "b");
    EXPECT_EQ(after("gatehouse-scores"), "b");
    EXPECT_EQ(after("gatehouse-cost"), "a");
    EXPECT_EQ(after("gatehouse-ttft"), "a");
}

TEST(Replay, TheFiltersPatienceEndsWhereTheStickyPodHasTooMuchBeforeIt) {
    auto pick = threePods();
    // 0.4 s of prefill for 4,000 tokens of b's; a's 100 tokens cost 0.01 s there, so 40 s of queue are 400,000 tokens: 25 s at 15,928 a second.
    pick.candidates[0].terms[0] = 40;
    const std::vector<RecordedDecision> decisions{decision(pick)};
    // Then the token load alone: 400,100, 4,500 and 4,000.
    EXPECT_EQ(podAfter(replay(decisions, *findReplayPolicy("reference-affinity")), decisions), "c");
}

TEST(Replay, SaysHowSharesAndPredictedCostsWouldDiffer) {
    auto other = threePods();
    other.chosen = 1;
    const std::vector<RecordedDecision> decisions{decision(threePods(), "r1"), decision(other, "r2")};
    const auto result = replay(decisions, *findReplayPolicy("least-request"));
    EXPECT_EQ(result.taken(), 2U);
    EXPECT_EQ(result.changed, 1U);
    ASSERT_EQ(result.pods.size(), 3U);
    EXPECT_EQ(result.pods[0].before, 1U);
    EXPECT_EQ(result.pods[0].after, 0U);
    EXPECT_EQ(result.pods[1].after, 2U);
    EXPECT_EQ(result.pods[2].before + result.pods[2].after, 0U);
    EXPECT_EQ(result.costed, 2U);
    EXPECT_NEAR(result.costBefore, 0.38 + 0.55, 1e-9);
    EXPECT_NEAR(result.costAfter, 0.55 + 0.55, 1e-9);
}

TEST(Replay, AmongEqualsTheChoiceThatWasMadeStands) {
    auto pick = threePods();
    for (auto& candidate : pick.candidates) candidate.inFlight = 4;
    pick.chosen = 2;
    const std::vector<RecordedDecision> decisions{decision(pick)};
    const auto result = replay(decisions, *findReplayPolicy("least-request"));
    EXPECT_EQ(result.changed, 0U);
    EXPECT_EQ(result.tied, 1U);
    EXPECT_EQ(result.decisions[0].tied, 3U);
}

TEST(Replay, WhatTheRecordLacksIsNotTakenAgainAndSaidSo) {
    auto alone = threePods();
    for (std::size_t i = 1; i < 3; ++i) alone.candidates[i].excluded = "refuses connections";
    auto byScores = threePods();
    byScores.termNames.clear();
    byScores.lowerIsBetter = false;
    auto byProfile = threePods();
    byProfile.lowerIsBetter = false;
    byProfile.termNames = {"queue-scorer"};
    auto few = threePods();
    few.pods = 40;
    const std::vector<RecordedDecision> decisions{decision(alone), decision(byScores), decision(byProfile), decision(few)};
    const auto blend = replay(decisions, *findReplayPolicy("reference-2-2-3"));
    EXPECT_EQ(blend.decisions[0].why, NotTaken::OnlyPod);
    EXPECT_EQ(blend.decisions[1].why, NotTaken::NoCaches);
    EXPECT_EQ(blend.decisions[2].why, NotTaken::Taken);
    EXPECT_TRUE(std::isnan(blend.decisions[2].costBefore)) << "no costs were recorded";
    EXPECT_EQ(blend.costed, 1U);
    EXPECT_EQ(blend.fewSeen, 1U);
    const auto affinity = replay(decisions, *findReplayPolicy("reference-affinity"));
    EXPECT_EQ(affinity.decisions[2].why, NotTaken::NoCosts);
    const auto cost = replay(decisions, *findReplayPolicy("gatehouse-cost"));
    EXPECT_EQ(cost.decisions[1].why, NotTaken::NoCosts);
    const auto text = tableOf(blend, *findReplayPolicy("reference-2-2-3"));
    EXPECT_NE(text.find("1 not taken again: only one pod could be picked"), std::string::npos) << text;
    EXPECT_NE(text.find("1 were of pools with more pods"), std::string::npos) << text;
}

TEST(Replay, OtherWeightsAreNotLaidOnCostsThatDoNotExplainThePick) {
    auto drawn = threePods();
    drawn.chosen = 1;
    const std::vector<RecordedDecision> decisions{decision(drawn), decision(threePods())};
    const auto result = replay(decisions, *findReplayPolicy("gatehouse-ttft"));
    EXPECT_EQ(result.decisions[0].why, NotTaken::NotBest);
    EXPECT_EQ(result.decisions[1].why, NotTaken::Taken);
    EXPECT_EQ(replay(decisions, *findReplayPolicy("gatehouse-cost")).taken(), 2U) << "the costs themselves are compared as they stand";
}

TEST(Replay, FiltersOfTheRecordedPolicyDoNotBindAnotherButSessionsDo) {
    auto pick = threePods();
    pick.chosen = 2;
    pick.candidates[1].excluded = "removed by utilization-filter";
    EXPECT_EQ(podAfter(replay(std::vector{decision(pick)}, *findReplayPolicy("least-request")), {decision(pick)}), "b");
    pick.candidates[1].excluded = "removed by a filter";
    EXPECT_EQ(podAfter(replay(std::vector{decision(pick)}, *findReplayPolicy("least-request")), {decision(pick)}), "c");
}

TEST(Replay, AnEndpointPickerConfigIsReadAndItsGapsAreTold) {
    const auto policy = readReplayPolicy(R"(apiVersion: inference.networking.x-k8s.io/v1alpha1
kind: EndpointPickerConfig
metadata: {name: epp, namespace: default}
plugins:
  - type: kv-cache-utilization-scorer
  - type: lora-affinity-scorer
  - type: max-score-picker
schedulingProfiles:
  - name: default
    plugins:
      - {pluginRef: kv-cache-utilization-scorer, weight: 5}
      - {pluginRef: lora-affinity-scorer}
      - {pluginRef: max-score-picker}
)", "epp.yaml");
    ASSERT_TRUE(policy) << policy.error().message;
    ASSERT_EQ(policy->notes.size(), 1U);
    EXPECT_NE(policy->notes[0].find("lora-affinity-scorer"), std::string::npos);
    const std::vector<RecordedDecision> decisions{decision(threePods())};
    EXPECT_EQ(podAfter(replay(decisions, *policy), decisions), "b");
    EXPECT_FALSE(readReplayPolicy("kind: Service\napiVersion: v1\nmetadata: {name: x}\n", "x.yaml"));
    EXPECT_FALSE(readReplayPolicy("apiVersion: llm-d.ai/v1alpha1\nkind: EndpointPickerConfig\nplugins: [{type: no-such-scorer}]\n", "x.yaml"));
}

TEST(Replay, AFileWithoutANameIsReadToo) {
    const auto policy = readReplayPolicy("apiVersion: llm-d.ai/v1alpha1\nkind: EndpointPickerConfig\nplugins: [{type: queue-scorer}]\n", "epp.yaml");
    ASSERT_TRUE(policy) << policy.error().message;
    EXPECT_EQ(policy->profile->scorers.size(), 1U);
}

TEST(Replay, PickersThatDrawDrawTheSameEachTime) {
    const auto policy = readReplayPolicy("apiVersion: llm-d.ai/v1alpha1\nkind: EndpointPickerConfig\nmetadata: {name: e}\nplugins: [{type: random-picker}]\n", "e.yaml");
    ASSERT_TRUE(policy) << policy.error().message;
    std::vector<RecordedDecision> decisions;
    for (int i = 0; i < 300; ++i) decisions.push_back(decision(threePods(), "request-" + std::to_string(i)));
    const auto first = replay(decisions, *policy), second = replay(decisions, *policy);
    for (const auto& share : first.pods) EXPECT_NEAR(double(share.after), 100, 30) << share.pod;
    for (std::size_t i = 0; i < decisions.size(); ++i) EXPECT_EQ(first.decisions[i].after, second.decisions[i].after);
}

TEST(RecordedDecisions, ComeBackFromWhatRequestsPrints) {
    telemetry::RequestRecord record;
    record.requestId = "r-1";
    record.method = "POST";
    record.path = "/v1/chat/completions";
    auto pick = threePods();
    pick.candidates[2].excluded = "refuses connections";
    pick.candidates[1].kvUse = std::nan("");
    record.pick = std::make_shared<const PickRecord>(pick);
    const auto line = telemetry::toJson(record);
    const auto live = decisionOf(record);
    ASSERT_TRUE(live);
    for (const auto& text : {line, "[" + line + "]", "{\"requests\":[" + line + "]}", line + "\n" + line + "\n"}) {
        const auto read = readDecisions(text);
        ASSERT_TRUE(read) << read.error().message;
        const auto& back = *read->front().pick;
        EXPECT_EQ(read->front().requestId, "r-1");
        EXPECT_EQ(back.pool, pick.pool);
        EXPECT_EQ(back.chosen, 0);
        EXPECT_TRUE(back.lowerIsBetter);
        ASSERT_EQ(back.candidates.size(), 3U);
        EXPECT_EQ(back.termNames, pick.termNames);
        EXPECT_EQ(back.candidates[0].terms, pick.candidates[0].terms);
        EXPECT_TRUE(std::isnan(back.candidates[1].kvUse));
        EXPECT_EQ(back.candidates[2].excluded, "refuses connections");
        for (const auto& policy : replayPolicies()) {
            const std::vector<RecordedDecision> a{*live}, b{read->front()};
            EXPECT_EQ(podAfter(replay(a, policy), a), podAfter(replay(b, policy), b)) << policy.name;
        }
    }
    EXPECT_EQ(readDecisions(line + "\n" + line + "\n")->size(), 2U);
}

TEST(RecordedDecisions, BadInputIsAnErrorAndNeverACrash) {
    for (const char* text : {"", "{", "[]", "{\"requests\":[]}", "3", "null", "{\"pick\":3}", "{\"pick\":{\"candidates\":3}}", "{\"pick\":{\"chosen\":7,\"candidates\":[{}]}}",
                             "{\"pick\":{\"chosen\":-1,\"candidates\":[{\"terms\":{\"queue\":\"x\"}}]}}", "no json\n{}"}) {
        const auto read = readDecisions(text);
        EXPECT_FALSE(read) << text;
    }
    // Terms of odd shapes are read as far as they go.
    const auto odd = readDecisions(R"({"pick":{"chosen":0,"unit":"seconds","candidates":[{"pod":"a","terms":{"queue":null,"x":1e300}},{"pod":"b","waiting":"many","terms":[]},7]}})");
    ASSERT_TRUE(odd) << odd.error().message;
    for (const auto& policy : replayPolicies()) {
        EXPECT_EQ(replay(*odd, policy).decisions.size(), 1U);
    }
}

TEST(Replay, JsonAndCsvHoldEveryDecision) {
    const std::vector<RecordedDecision> decisions{decision(threePods(), "r,1")};
    const auto policy = *findReplayPolicy("least-request");
    const auto result = replay(decisions, policy);
    const auto json = nlohmann::json::parse(jsonOf(result, policy, decisions));
    EXPECT_EQ(json["each"][0]["before"], "a");
    EXPECT_EQ(json["each"][0]["after"], "b");
    EXPECT_NEAR(json["predictedCost"]["after"].get<double>(), 0.55, 1e-9);
    const auto csv = csvOf(result, decisions);
    EXPECT_NE(csv.find("2026-11-24T03:00:00.000Z,\"r,1\",default/chat,a,b,yes,1,0.380000,0.550000,\n"), std::string::npos) << csv;
}

}  // namespace
}  // namespace gatehouse::lab
