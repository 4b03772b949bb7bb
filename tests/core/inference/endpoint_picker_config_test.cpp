// EndpointPickerConfig: the reference's files are read, run by its formulas, and what is not run is said.
#include "config/workspace.h"
#include "inference/endpoint_picker_config.h"
#include "inference/scheduler.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

namespace gatehouse::inference {
namespace {

const std::string kHead = "apiVersion: inference.networking.x-k8s.io/v1alpha1\nkind: EndpointPickerConfig\nmetadata: {name: epp}\n";

CompiledPicker compile(const std::string& body) {
    const auto set = config::readObjects({{"epp.yaml", kHead + body}});
    EXPECT_EQ(set->objects.size(), 1U);
    return compilePicker(set->objects.at(0));
}

std::string told(const CompiledPicker& compiled) {
    std::string all;
    for (const auto& finding : compiled.findings)
        all += (finding.severity == config::Severity::Error ? "E " : "W ") + finding.at.toString() + ": " + finding.message + "\n";
    return all;
}

TEST(EndpointPickerConfig, RunsTheCompiledInSetOfTheReference) {
    const auto compiled = compile(R"(plugins:
- type: queue-scorer
- type: kv-cache-utilization-scorer
- {name: prefix, type: prefix-cache-scorer}
- type: metrics-data-source
- type: max-score-picker
schedulingProfiles:
- name: default
  plugins:
  - {pluginRef: queue-scorer, weight: 2}
  - {pluginRef: kv-cache-utilization-scorer, weight: 2}
  - {pluginRef: prefix, weight: 3}
  - {pluginRef: max-score-picker}
flowControl: {maxRequests: 100, maxBytes: 1Gi, defaultRequestTTL: 1m30s}
)");
    EXPECT_EQ(told(compiled), "");
    ASSERT_TRUE(compiled.profile);
    ASSERT_EQ(compiled.profile->scorers.size(), 3U);
    EXPECT_EQ(compiled.profile->scorers[2].name, "prefix");
    EXPECT_EQ(compiled.profile->scorers[2].weight, 3);
    ASSERT_TRUE(compiled.flow);
    EXPECT_EQ(compiled.flow->maxRequests, 100U);
    EXPECT_EQ(compiled.flow->maxBytes, 1'073'741'824U);
    EXPECT_EQ(compiled.flow->ttl, base::Millis(90'000));
}

TEST(EndpointPickerConfig, WithoutPluginsItIsTheReferencesDefault) {
    const auto compiled = compile("featureGates: []\n");
    ASSERT_TRUE(compiled.profile);
    ASSERT_EQ(compiled.profile->scorers.size(), 3U);
    EXPECT_EQ(compiled.profile->scorers[0].weight, 2);
    EXPECT_EQ(compiled.profile->scorers[2].weight, 3);
}

TEST(EndpointPickerConfig, SaysWhatIsWrongAndWhatIsNotRun) {
    std::ifstream file(GATEHOUSE_VECTORS "/inference/picker_configs.txt");
    ASSERT_TRUE(file);
    std::string yaml, expected, line;
    int cases = 0;
    bool inExpected = false;
    const auto check = [&] {
        if (yaml.empty()) return;
        const auto compiled = compile(yaml);
        EXPECT_EQ(told(compiled), expected) << yaml;
        EXPECT_EQ(compiled.profile == nullptr, expected.starts_with("E ") || expected.find("\nE ") != std::string::npos) << yaml;
        ++cases;
    };
    while (std::getline(file, line)) {
        if (line.starts_with("#")) continue;
        if (line == "=== yaml") {
            check();
            yaml.clear();
            expected.clear();
            inExpected = false;
        } else if (line == "=== told") {
            inExpected = true;
        } else {
            (inExpected ? expected : yaml) += line + "\n";
        }
    }
    check();
    EXPECT_GE(cases, 10);
}

/// The blends of tests/vectors/lab/scores.txt, computed by hand, through a profile: "wq wk wp blocks : waiting use matched : ...".
TEST(PickProfile, BlendsAreThoseComputedByHand) {
    std::ifstream file(GATEHOUSE_VECTORS "/lab/scores.txt");
    ASSERT_TRUE(file);
    int cases = 0;
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with("blend ")) continue;
        std::vector<std::vector<double>> parts;
        std::istringstream stream(line.substr(6, line.find("->") - 6));
        for (std::string part; std::getline(stream, part, ':');) {
            auto& numbers = parts.emplace_back();
            std::istringstream words(part);
            for (std::string word; words >> word;) numbers.push_back(word == "nan" ? std::nan("") : std::stod(word));
        }
        PickProfile profile;
        profile.scorers = {{.kind = ScorerKind::Queue, .weight = parts[0][0]},
                           {.kind = ScorerKind::KvCache, .weight = parts[0][1]},
                           {.kind = ScorerKind::Prefix, .weight = parts[0][2]}};
        std::vector<ProfilePod> pods;
        for (std::size_t i = 1; i < parts.size(); ++i)
            pods.push_back({.waiting = parts[i][0], .kvUse = parts[i][1], .matchedTokens = parts[i][2] * 64});
        std::vector<ProfileScore> scores(pods.size());
        profile.run(pods, parts[0][3] * 64, scores);
        std::istringstream wanted(line.substr(line.find("->") + 2));
        for (const auto& score : scores) {
            double value = 0;
            wanted >> value;
            EXPECT_NEAR(score.total, value, 1e-9) << line;
        }
        ++cases;
    }
    EXPECT_GE(cases, 3);
}

TEST(PickProfile, EachScorerFollowsItsFormula) {
    const auto one = [](PickProfile::Scorer scorer, std::vector<ProfilePod> pods, double prompt = 0) {
        PickProfile profile;
        profile.scorers.push_back(std::move(scorer));
        std::vector<ProfileScore> scores(pods.size());
        profile.run(pods, prompt, scores);
        std::vector<double> totals;
        for (const auto& score : scores) totals.push_back(score.total);
        return totals;
    };
    using Totals = std::vector<double>;
    EXPECT_EQ(one({.kind = ScorerKind::LoadAware}, {{.waiting = 0}, {.waiting = 64}, {.waiting = 500}}), (Totals{0.5, 0.25, 0}));
    EXPECT_EQ(one({.kind = ScorerKind::LoraAffinity}, {{.adapterState = 3}, {.adapterState = 2}, {.adapterState = 1}, {}}), (Totals{1, 0.8, 0.6, 0}));
    EXPECT_EQ(one({.kind = ScorerKind::ActiveRequest}, {{.inFlight = 0}, {.inFlight = 2}, {.inFlight = 8}}), (Totals{1, 0.75, 0}));
    EXPECT_EQ(one({.kind = ScorerKind::RunningRequests}, {{.running = 4}, {.running = 0}, {.running = std::nan("")}}), (Totals{0, 1, 0}));
    EXPECT_EQ(one({.kind = ScorerKind::TokenLoad}, {{.inFlightTokens = 0, .uncachedTokens = 0}, {.inFlightTokens = 4e6, .uncachedTokens = 1e6}}), (Totals{1, 0}));
    EXPECT_EQ(one({.kind = ScorerKind::NoHitLru}, {{.coldAt = 9}, {.coldAt = 0}, {.coldAt = 5}}), (Totals{0, 1, 0.5}));
    EXPECT_EQ(one({.kind = ScorerKind::NoHitLru}, {{.matchedTokens = 64}, {}}), (Totals{0.5, 0.5}));
    EXPECT_EQ(one({.kind = ScorerKind::SessionAffinity}, {{.session = true}, {}}), (Totals{1, 0}));
    EXPECT_EQ(one({.kind = ScorerKind::Prefix, .alpha = 0.5}, {{.matchedTokens = 4'096}}, 8'192), (Totals{0.25 + 0.125}));
}

TEST(PickProfile, TheAffinityFilterKeepsWhoHasThePrefixUnlessThatIsTooBusy) {
    PickProfile profile;
    profile.filters.push_back({.kind = FilterKind::PrefixAffinity, .name = "affinity"});
    const auto kept = [&](std::vector<ProfilePod> pods) {
        std::vector<ProfileScore> scores(pods.size());
        profile.run(pods, 100, scores);
        std::string out;
        for (const auto& score : scores) out += score.filtered ? '-' : '+';
        return out;
    };
    EXPECT_EQ(kept({{.matchedTokens = 90}, {.matchedTokens = 79}, {.matchedTokens = 80}}), "+-+");
    EXPECT_EQ(kept({{.matchedTokens = 10}, {}}), "++") << "nobody would be left";
    EXPECT_EQ(kept({{.matchedTokens = 90, .inFlightTokens = 300'000}, {}}), "++") << "more than 18 s longer";
}

TEST(PickProfile, PickersDrawAsTheySay) {
    PickProfile profile;
    const std::vector<ProfileScore> scores{{.total = 1}, {.total = 3}, {.total = 3}, {.filtered = true, .total = 9}};
    std::vector<int> counts(4);
    std::uint32_t tied = 0;
    for (int i = 0; i < 4'000; ++i) ++counts[static_cast<std::size_t>(profile.choose(scores, tied))];
    EXPECT_EQ(tied, 2U);
    EXPECT_EQ(counts[0] + counts[3], 0);
    EXPECT_NEAR(counts[1], 2'000, 200);
    profile.picker = PickerKind::WeightedRandom;
    counts.assign(4, 0);
    for (int i = 0; i < 7'000; ++i) ++counts[static_cast<std::size_t>(profile.choose(scores, tied))];
    EXPECT_NEAR(counts[0], 1'000, 200);
    EXPECT_NEAR(counts[1], 3'000, 300);
    profile.picker = PickerKind::Random;
    counts.assign(4, 0);
    for (int i = 0; i < 3'000; ++i) ++counts[static_cast<std::size_t>(profile.choose(scores, tied))];
    EXPECT_NEAR(counts[0], 1'000, 200);
    EXPECT_EQ(counts[3], 0);
    EXPECT_EQ(profile.choose(std::vector<ProfileScore>{{.filtered = true}}, tied), -1);
}

TEST(PickProfile, APoolPicksByItAndTheRecordNamesItsScorers) {
    const auto compiled = compile(R"(plugins: [{type: queue-scorer}, {type: utilization-filter}]
)");
    ASSERT_TRUE(compiled.profile) << told(compiled);
    std::vector<std::shared_ptr<Pod>> pods;
    const auto now = base::MonoClock::now();
    for (const double waiting : {3.0, 1.0, 9.0}) {
        auto pod = std::make_shared<Pod>();
        pod->endpoint = std::make_shared<upstream::Endpoint>();
        pod->name = "default/pod-" + std::to_string(pods.size());
        PodMetrics metrics;
        metrics.waiting = waiting;
        metrics.kvUse = 0.1;
        pod->store(metrics, now);
        pods.push_back(std::move(pod));
    }
    Pool pool("p", "default/p", pods, PickerOptions{}, std::make_shared<Scheduler>(base::Millis(2'000)), compiled.profile);
    Decision decision;
    const auto picked = pool.pick({.now = now}, &decision);
    EXPECT_EQ(picked.pod, pods[1]);
    const auto record = describe(decision, pool);
    EXPECT_EQ(record.method, PickMethod::Profile);
    EXPECT_FALSE(record.lowerIsBetter);
    EXPECT_EQ(record.termNames, std::vector<std::string>{"queue-scorer"});
    EXPECT_NE(record.reason.find("EndpointPickerConfig default/epp"), std::string::npos) << record.reason;
    ASSERT_EQ(record.candidates.size(), 3U);
    EXPECT_EQ(record.candidates[2].excluded, "removed by utilization-filter");
    Pool::release(*picked.pod);
}

}  // namespace
}  // namespace gatehouse::inference
