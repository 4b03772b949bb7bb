// Whole runs: determinism, nothing lost, the lags, the anchor, reports and scenario files.
#include "lab/sim/scenario.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <thread>

namespace gatehouse::lab::sim {
namespace {

Scenario small(const char* workload, double rate, double duration, std::vector<std::string> policies, int seeds) {
    Scenario scenario;
    scenario.name = "test";
    scenario.workload = **findWorkload(workload);
    scenario.servers = std::vector<ServerSpec>(4);
    scenario.rate = rate;
    scenario.duration = duration;
    scenario.policies = std::move(policies);
    scenario.seeds = seeds;
    return scenario;
}

const PolicyReport& of(const ScenarioReport& report, const std::string& name) {
    for (const PolicyReport& policy : report.policies)
        if (policy.policy->name == name) return policy;
    throw std::runtime_error(name);
}

TEST(Simulation, EveryPolicyServesEveryRequestAndTheSameSeedGivesTheSameRun) {
    const Trace trace = generate(**findWorkload("bursts"), 20, SimTime(10'000'000), 3);
    const std::vector<ServerSpec> servers(4);
    for (const PolicySpec& policy : policySpecs()) {
        const auto first = run(trace, servers, policy, {}), second = run(trace, servers, policy, {});
        ASSERT_TRUE(first && second) << policy.name;
        for (std::size_t i = 0; i < trace.requests.size(); ++i) {
            ASSERT_GT(first->outcomes[i].first, trace.requests[i].arrival) << policy.name;
            ASSERT_GE(first->outcomes[i].last, first->outcomes[i].first) << policy.name;
            ASSERT_EQ(first->outcomes[i].last, second->outcomes[i].last) << policy.name;
            ASSERT_EQ(first->outcomes[i].pod, second->outcomes[i].pod) << policy.name;
        }
    }
}

TEST(Simulation, TheOracleHasNoRegretAndOthersDo) {
    Scenario scenario = small("bursts", 20, 20, {"oracle", "random"}, 1);
    scenario.options.regretEvery = 3;
    const auto report = compareAll(scenario, nullptr, {});
    ASSERT_TRUE(report);
    EXPECT_DOUBLE_EQ(of(*report, "oracle").of(Metric::RegretMean).mean, 0);
    EXPECT_DOUBLE_EQ(of(*report, "oracle").of(Metric::RegretTop1).mean, 1);
    EXPECT_GT(of(*report, "random").of(Metric::RegretMean).mean, 0.01);
    EXPECT_LT(of(*report, "oracle").of(Metric::TtftP90).mean, of(*report, "random").of(Metric::TtftP90).mean);
}

TEST(Simulation, OldMetricsMakeAPolicyThatTrustsThemWorse) {
    Scenario fresh = small("chat", 25, 20, {"reference-2-2-3"}, 2), old = fresh;
    fresh.options.scrapeInterval = SimTime(0);
    old.options.scrapeInterval = SimTime(5'000'000);
    const auto a = compareAll(fresh, nullptr, {}), b = compareAll(old, nullptr, {});
    ASSERT_TRUE(a && b);
    EXPECT_LT(a->policies[0].of(Metric::TtftP90).mean, b->policies[0].of(Metric::TtftP90).mean);
}

// The published order of llm-d's KV-cache wins: precise > approximate > load only ~ random, in throughput and in TTFT.
TEST(Anchor, ReproducesTheOrderOfKvCacheWins) {
    Scenario scenario = *findScenario("kv-cache-wins");
    scenario.duration = 60;
    scenario.seeds = 2;
    scenario.options.regretEvery = 0;
    scenario.options.warmUp = 0.2;
    const auto report = compareAll(scenario, nullptr, {});
    ASSERT_TRUE(report);
    const auto ttft = [&](const char* name) { return of(*report, name).of(Metric::TtftMean).mean; };
    const auto rate = [&](const char* name) { return of(*report, name).of(Metric::OutputRate).mean; };
    EXPECT_LE(ttft("reference-precise"), ttft("reference-2-2-3") * 1.02);
    EXPECT_LT(ttft("reference-2-2-3") * 5, ttft("least-request"));
    EXPECT_NEAR(ttft("least-request") / ttft("random"), 1, 0.25) << "published: 46.99 s and 45.28 s";
    EXPECT_GT(rate("reference-2-2-3"), 1.15 * rate("least-request"));
    EXPECT_NEAR(rate("least-request") / rate("random"), 1, 0.15) << "published: 4,429 tokens/s both";
    EXPECT_NEAR(rate("random") / 4'429, 1, 0.35) << "published: 4,429 tokens/s";
}

TEST(Report, IntervalsAndVerdictsAreStudents) {
    const double values[] = {10, 12, 14};
    const Estimate estimated = estimate(values);
    EXPECT_DOUBLE_EQ(estimated.mean, 12);
    EXPECT_NEAR(estimated.half, 4.303 * 2 / std::sqrt(3.0), 1e-9);
    EXPECT_TRUE(std::isnan(estimate(std::span(values, 1)).half));

    const auto with = [](const char* name, std::vector<double> ttft) {
        PolicyReport report{*findPolicy(name), {}};
        for (const double value : ttft) {
            report.seeds.emplace_back();
            report.seeds.back().values.fill(std::nan(""));
            report.seeds.back().at(Metric::TtftP90) = value;
        }
        return report;
    };
    const auto base = with("random", {1, 2, 3});
    EXPECT_EQ(compare(with("gatehouse-today", {0.5, 1.5, 2.5}), base, Metric::TtftP90).verdict, Verdict::Better);
    EXPECT_EQ(compare(with("gatehouse-today", {1.5, 2.4, 3.5}), base, Metric::TtftP90).verdict, Verdict::Worse);
    EXPECT_EQ(compare(with("gatehouse-today", {0.5, 2.5, 3.1}), base, Metric::TtftP90).verdict, Verdict::Tie);
    EXPECT_EQ(compare(with("gatehouse-today", {0.5}), with("random", {1}), Metric::TtftP90).verdict, Verdict::Unknown);
    // The oracle is no baseline; the best of the others is.
    const auto all = compareWithBaselines({with("oracle", {0.1, 0.1}), base, with("round-robin", {2, 2, 3}), with("gatehouse-today", {1, 1, 1})},
                                          Metric::TtftP90);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].against->name, "random");
}

TEST(Report, TableAndJsonSayWhatWasRun) {
    const auto report = compareAll(small("chat", 10, 5, {"round-robin", "gatehouse-today"}, 2), nullptr, {}, 2);
    ASSERT_TRUE(report);
    const std::string table = tableOf(*report);
    EXPECT_NE(table.find("round-robin"), std::string::npos);
    EXPECT_NE(table.find("gatehouse-today against round-robin on ttftP90"), std::string::npos) << table;
    const auto json = nlohmann::json::parse(jsonOf(*report));
    EXPECT_EQ(json["policies"].size(), 2u);
    EXPECT_EQ(json["policies"][0]["metrics"]["ttftP90"]["seeds"].size(), 2u);
    EXPECT_TRUE(json["policies"][0]["metrics"]["hitPredicted"]["mean"].is_null()) << "round robin believes nothing";
    EXPECT_EQ(json["comparisons"][0]["metric"], "ttftP90");
}

TEST(Report, ThreadsDoNotChangeTheResult) {
    const Scenario scenario = small("agent", 6, 10, {"reference-2-2-3", "gatehouse-cost", "lmetric"}, 2);
    EXPECT_EQ(jsonOf(*compareAll(scenario, nullptr, {}, 1)), jsonOf(*compareAll(scenario, nullptr, {}, 3)));
}

TEST(Report, StopsWhenAsked) {
    const std::atomic<bool> stop{true};
    const auto report = compareAll(small("chat", 50, 100, {"random"}, 1), &stop, {});
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->stopped);
}

TEST(Watch, TellsHowFarItCameAndStops) {
    const Scenario scenario = small("chat", 20, 10, {"random", "least-request"}, 2);
    Watch watch;
    const auto report = compareAll(scenario, watch);
    ASSERT_TRUE(report);
    EXPECT_FALSE(report->stopped);
    EXPECT_EQ(watch.runs, 4U);
    EXPECT_EQ(watch.allRuns, 4U);
    EXPECT_GT(watch.allRequests, 400U);
    EXPECT_EQ(watch.requests, watch.allRequests);
    EXPECT_EQ(jsonOf(*report), jsonOf(*compareAll(scenario, nullptr, {}))) << "watching changes nothing";
}

TEST(Watch, OfARunThatIsStoppedEndsBeforeItsTraceDoes) {
    const Scenario scenario = small("chat", 40, 2'000, {"random"}, 1);
    Watch watch;
    std::thread person([&] {
        while (watch.requests == 0) std::this_thread::yield();
        watch.stop = true;
    });
    const auto report = compareAll(scenario, watch, 1);
    person.join();
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->stopped);
    EXPECT_LT(watch.requests, watch.allRequests);
    EXPECT_EQ(watch.runs, 0U);
}

TEST(Report, StandingsNameTheBestItsTiesAndThoseBehind) {
    const auto with = [](const char* name, std::vector<double> values) {
        PolicyReport report{*findPolicy(name), {}};
        for (const double value : values) {
            report.seeds.emplace_back();
            report.seeds.back().values.fill(std::nan(""));
            report.seeds.back().at(Metric::TtftP90) = value;
            report.seeds.back().at(Metric::Goodput) = value;
            report.seeds.back().at(Metric::Preemptions) = value > 2 ? value : 0;
        }
        return report;
    };
    const std::vector<PolicyReport> reports{with("oracle", {0.1, 0.1, 0.1}), with("random", {5, 6, 7}), with("round-robin", {1, 2, 3}), with("lmetric", {1.2, 1.9, 3.2}),
                                            with("dynamo", {1.5, 2.5, std::nan("")})};
    using enum Standing;
    EXPECT_EQ(standings(reports, Metric::TtftP90), (std::vector<Standing>{Unknown, Behind, Best, Tie, Unknown}));
    EXPECT_EQ(standings(reports, Metric::Goodput), (std::vector<Standing>{Unknown, Best, Behind, Behind, Unknown}));
    EXPECT_EQ(standings({with("random", {5}), with("lmetric", {1})}, Metric::TtftP90), (std::vector<Standing>{Unknown, Best})) << "one seed proves nothing";
    EXPECT_EQ(standings({with("random", {0, 0}), with("lmetric", {0, 0})}, Metric::Preemptions), (std::vector<Standing>{Best, Tie})) << "zeros are equal";
    EXPECT_EQ(standings({}, Metric::TtftP90), std::vector<Standing>{});
}

TEST(Report, CsvHasALinePerPolicyMetricAndSeed) {
    const auto report = compareAll(small("chat", 10, 5, {"round-robin", "random"}, 2), nullptr, {});
    ASSERT_TRUE(report);
    const std::string csv = csvOf(*report);
    EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 2 * 2 * std::ptrdiff_t(kMetrics));
    EXPECT_NE(csv.find("\nround-robin,ttftP90,s,2,"), std::string::npos) << csv;
    EXPECT_NE(csv.find("\nrandom,hitPredicted,share,1,\n"), std::string::npos) << "random believes nothing";
}

TEST(ScenarioFile, ReadsEveryField) {
    const auto scenario = parseScenario(R"(
name: mine
servers:
- {count: 2, model: llama-8b, gpu: A100, speed: 0.5, blocks: 1000, maxSequences: 64, stepTokens: 2048, adapterSlots: 2}
- {model: qwen-32b}
workload: {shape: bursts, arrivalCv: 2, groups: 3, groupTokens: 100, promptTokens: 200, answerTokens: 20}
rate: 3.5
duration: 12
policies: [random, gatehouse-cost]
seeds: 7
scrapeMillis: 100
decisionMicros: 0
race: false
mfuFactor: 0.7
regretEvery: 0
slo: {ttftMillis: 500, tpotMillis: 30}
)", "mine.yaml");
    ASSERT_TRUE(scenario) << scenario.error().message;
    EXPECT_EQ(scenario->servers.size(), 3u);
    EXPECT_EQ(scenario->servers[1].engine.blocks, 1'000u);
    EXPECT_EQ(scenario->servers[1].gpu, "A100");
    EXPECT_DOUBLE_EQ(scenario->workload.arrivalCv, 2);
    EXPECT_DOUBLE_EQ(scenario->workload.prompt.p99, 200);
    EXPECT_EQ(scenario->policies.size(), 2u);
    EXPECT_EQ(scenario->seeds, 7);
    EXPECT_EQ(scenario->options.scrapeInterval, SimTime(100'000));
    EXPECT_EQ(scenario->options.decisionLatency.count(), 0);
    EXPECT_FALSE(scenario->options.race);
    EXPECT_DOUBLE_EQ(scenario->options.mfuFactor, 0.7);
    EXPECT_DOUBLE_EQ(scenario->slo.tpot, 0.03);
    EXPECT_TRUE(parseScenario(R"({"workload": "chat", "rate": 5})", "mine.json"));
}

TEST(ScenarioFile, SaysWhereItIsWrong) {
    const std::pair<const char*, const char*> cases[] = {
        {"rate: 0", "f:1: \"rate\" needs a number"},
        {"rate: nan", "f:1: \"rate\" needs a number"},
        {"rate: .inf", "\"rate\" needs a number"},
        {"a: 1", "no field \"a\""},
        {"servers: []", "empty"},
        {"servers:\n- {count: 900}\n- {count: 200}", "f:3: There may be at most 1000 servers"},
        {"servers: [{model: gpt}]", "There is no model \"gpt\""},
        {"servers: [{gpu: TPU}]", "There is no GPU \"TPU\""},
        {"servers: {count: 1}", "needs a list"},
        {"workload: poker", "There is no workload \"poker\""},
        {"workload: {arrivalCv: 2}", "needs a shape"},
        {"workload: {shape: chat, groups: 4}", "needs groupTokens"},
        {"policies: [magic]", "There is no policy \"magic\""},
        {"policies: magic", "needs a list"},
        {"race: maybe", "true or false"},
        {"slo: {ttft: 1}", "no field \"ttft\""},
        {"rate: 100000\nduration: 100000", "do not fit into memory"},
        {"rate: [", "f:"},
        {"- 1", "needs a mapping"},
        {"rate: 1\n---\nrate: 2", "one document"},
    };
    for (const auto& [text, words] : cases) {
        const auto scenario = parseScenario(text, "f");
        ASSERT_FALSE(scenario) << text;
        EXPECT_NE(scenario.error().message.find(words), std::string::npos) << text << " -> " << scenario.error().message;
    }
}

TEST(Scenarios, AllRunAndNameTheirWorkload) {
    for (Scenario scenario : scenarios()) {
        scenario.duration = scenario.workload.name == "code" ? 20 : 2;
        scenario.seeds = 1;
        scenario.policies = {"round-robin"};
        const auto report = compareAll(scenario, nullptr, {});
        ASSERT_TRUE(report) << scenario.name << ": " << report.error().message;
        EXPECT_GT(report->policies[0].of(Metric::TtftP50).mean, 0) << scenario.name;
        EXPECT_FALSE(scenario.about.empty());
    }
    EXPECT_FALSE(findScenario("nothing"));
}

}  // namespace
}  // namespace gatehouse::lab::sim
