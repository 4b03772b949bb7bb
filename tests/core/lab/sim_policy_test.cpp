// Baselines are fair: formulas against values computed by hand, and each policy's behaviour in states that tell it apart.
#include "base/clock.h"
#include "inference/pool.h"
#include "lab/sim/scenario.h"
#include "upstream/endpoint.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <sstream>

namespace gatehouse::lab::sim {
namespace {

std::vector<double> numbers(const std::string& text) {
    std::istringstream words(text);
    std::vector<double> all;
    for (std::string word; words >> word;) all.push_back(word == "nan" ? std::nan("") : std::stod(word));
    return all;
}

/// The blend's total for "wq wk wp blocks : waiting use matched : ...".
std::vector<double> blend(const std::string& text) {
    std::vector<std::vector<double>> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, ':');) parts.push_back(numbers(part));
    std::vector<double> waiting, totals(parts.size() - 1);
    for (std::size_t i = 1; i < parts.size(); ++i) waiting.push_back(parts[i][0]);
    queueScores(waiting, totals);
    for (std::size_t i = 1; i < parts.size(); ++i) {
        totals[i - 1] = parts[0][0] * totals[i - 1] + parts[0][1] * kvScore(parts[i][1]) +
                        parts[0][2] * prefixScore(static_cast<std::uint32_t>(parts[i][2]), static_cast<std::uint32_t>(parts[0][3]));
    }
    return totals;
}

std::vector<double> evaluate(const std::string& function, const std::string& text) {
    if (function == "blend") return blend(text);
    const std::vector<double> a = numbers(text);
    if (function == "queue") {
        std::vector<double> out(a.size());
        queueScores(a, out);
        return out;
    }
    if (function == "affinity") {
        std::vector<AffinityCandidate> candidates;
        for (std::size_t i = 0; i + 1 < a.size(); i += 2) candidates.push_back({a[i], a[i + 1]});
        std::vector<std::size_t> kept;
        affinityFilter(candidates, kept);
        return {kept.begin(), kept.end()};
    }
    const std::map<std::string, std::function<double()>> one = {
        {"kv", [&] { return kvScore(a[0]); }},
        {"prefix", [&] { return prefixScore(static_cast<std::uint32_t>(a[0]), static_cast<std::uint32_t>(a[1])); }},
        {"tokenload", [&] { return tokenLoadScore(a[0], a[1]); }},
        {"sglang", [&] { return sglangImbalanced(a[0], a[1]) ? 1.0 : 0.0; }},
        {"lmetric", [&] { return lmetricScore(a[0], a[1], a[2]); }},
        {"dynamo", [&] { return dynamoCost(a[0], a[1], a[2], a[3], a[4]); }},
        {"today", [&] { return gatehouseTodayScore(a[0], a[1], a[2], a[3]); }},
    };
    const auto found = one.find(function);
    return found == one.end() ? std::vector<double>{} : std::vector<double>{found->second()};
}

TEST(Scores, MatchTheValuesComputedByHand) {
    std::ifstream file(GATEHOUSE_VECTORS "/lab/scores.txt");
    ASSERT_TRUE(file);
    int cases = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') continue;
        const auto space = line.find(' '), arrow = line.find("->");
        ASSERT_NE(arrow, std::string::npos) << line;
        const auto got = evaluate(line.substr(0, space), line.substr(space, arrow - space));
        const auto wanted = numbers(line.substr(arrow + 2));
        ASSERT_EQ(got.size(), wanted.size()) << line;
        for (std::size_t i = 0; i < got.size(); ++i) EXPECT_NEAR(got[i], wanted[i], 1e-9) << line;
        ++cases;
    }
    EXPECT_GE(cases, 40);
}

TEST(Scores, GatehouseTodayIsWhatThePoolDoes) {
    std::random_device device;
    const std::uint64_t seed = device();
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const auto now = base::MonoClock::now();
    for (int round = 0; round < 50; ++round) {
        std::vector<std::shared_ptr<inference::Pod>> pods;
        std::vector<double> expected;
        for (int i = 0; i < 6; ++i) {
            auto pod = std::make_shared<inference::Pod>();
            pod->endpoint = std::make_shared<upstream::Endpoint>();
            inference::PodMetrics metrics;
            metrics.waiting = double(random.below(9));
            metrics.running = double(random.below(9));
            metrics.kvUse = random.uniform();
            pod->store(metrics, now);
            const int inFlight = static_cast<int>(random.below(30)), reserved = static_cast<int>(random.below(10));
            pod->endpoint->inFlight = inFlight;
            pod->reservedSinceScrape = reserved;
            expected.push_back(gatehouseTodayScore(metrics.waiting, std::min(reserved, inFlight), metrics.kvUse, inFlight));
            pods.push_back(std::move(pod));
        }
        inference::Pool pool("p", "p", pods, {});
        inference::PickRecord record;
        pool.pick(now, &record);
        for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(record.candidates[i].total, expected[i], 1e-9);
        const double best = *std::max_element(expected.begin(), expected.end());
        EXPECT_GE(expected[static_cast<std::size_t>(record.chosen)], best - inference::kTieBand);
    }
}

Trace sharedTrace(std::uint32_t tokens, int count) {
    Trace trace;
    for (int i = 0; i < count; ++i) {
        Request request{.promptTokens = tokens + 64, .outputTokens = 4,
                        .firstSegment = static_cast<std::uint32_t>(trace.segments.size()), .segments = 3};
        const std::uint64_t question = mix(7, 100 + std::uint64_t(i));
        trace.segments.insert(trace.segments.end(), {{mix(7, 1), tokens}, {question, tokens + 64}, {mix(question, 1), tokens + 68}});
        trace.requests.push_back(request);
    }
    return trace;
}

TEST(ApproximateIndex, AgesTheHeadFirstAndCountsWhatIsNotContiguous) {
    const Trace trace = sharedTrace(64 * 10, 2);
    ApproximateIndex index(2);
    index.setCapacity(0, 6);  // Of 11 blocks.
    index.add(trace.prompt(trace.requests[0]), 0);
    index.add(trace.prompt(trace.requests[0]), 1);
    std::vector<std::uint32_t> matched(2);
    EXPECT_EQ(index.match(trace.prompt(trace.requests[0]), matched), 11u);
    // Server 0 has lost the head, so an engine there would have to compute all of it; the walk goes on because server 1 has it.
    EXPECT_EQ(matched, (std::vector<std::uint32_t>{6, 11}));
    index.match(trace.prompt(trace.requests[1]), matched);
    EXPECT_EQ(matched[1], 10u) << "the shared beginning";
}

TEST(HonestIndex, ForgetsTheTailFirstAndOnlyWhatDoesNotFit) {
    const Trace trace = sharedTrace(1'600, 3);
    HonestIndex index(1);
    index.setCapacity(0, 110);  // One prompt of 104 blocks and a little.
    BlockCache::Lease lease;
    for (std::uint32_t i = 0; i < 3; ++i) {
        const Request& request = trace.requests[i];
        index.begin(trace.prompt(request), 0, lease);
        index.done(trace.chain(request), request.promptTokens, request.outputTokens, 0, lease);
        EXPECT_TRUE(index.server(0).conserved(0));
        EXPECT_EQ(index.match(trace.prompt(request), 1'600, 0), 1'600u);
    }
    EXPECT_LT(index.match(trace.prompt(trace.requests[0]), 1'664, 0), 1'664u) << "the oldest question had to go";
}

/// Plays picks at one moment on idle servers; answers how many each got.
std::vector<int> picksAtOnce(const char* policy, std::size_t pods, int picks, bool race) {
    const Trace trace = sharedTrace(32, picks);
    SimulationOptions options;
    options.race = race;
    options.warmUp = 0;
    std::vector<ServerSpec> servers(pods);
    const auto result = run(trace, servers, **findPolicy(policy), options);
    std::vector<int> counts(pods);
    for (const auto& outcome : result->outcomes) ++counts[outcome.pod];
    return counts;
}

TEST(Policies, LeastRequestAndRoundRobinSpreadABurstEvenly) {
    for (const char* policy : {"round-robin", "least-request"}) {
        for (const int count : picksAtOnce(policy, 8, 80, true)) EXPECT_EQ(count, 10) << policy;
    }
}

TEST(Policies, WithoutReservationABurstDoesNotSeeItself) {
    // 40 requests with one shared beginning that no server has: the default of the reference picker draws among equals while its
    // counters lag, and stays with the first server that it counted where they do not.
    const auto raced = picksAtOnce("reference-affinity", 8, 40, true), serial = picksAtOnce("reference-affinity", 8, 40, false);
    EXPECT_NE(raced, serial);
}

TEST(Policies, AffinityStaysWithTheServerThatHasThePrefix) {
    Trace trace = sharedTrace(6'400, 20);
    for (std::size_t i = 0; i < trace.requests.size(); ++i) trace.requests[i].arrival = SimTime(std::int64_t(i) * 2'000'000);
    for (const char* policy : {"reference-affinity", "reference-2-2-3", "reference-precise", "sglang-cache-aware", "lmetric", "dynamo",
                               "gatehouse-cost", "oracle"}) {
        const auto result = run(trace, std::vector<ServerSpec>(8), **findPolicy(policy), {});
        ASSERT_TRUE(result);
        int hits = 0;
        for (const auto& outcome : result->outcomes) hits += outcome.cached >= 6'400;
        EXPECT_EQ(hits, 19) << policy;
    }
}

TEST(Policies, EveryNameIsKnownAndUnknownOnesListThem) {
    for (const PolicySpec& spec : policySpecs()) EXPECT_EQ(*findPolicy(spec.name), &spec);
    const auto none = findPolicy("magic");
    ASSERT_FALSE(none);
    EXPECT_NE(none.error().message.find("round-robin"), std::string::npos);
}

}  // namespace
}  // namespace gatehouse::lab::sim
