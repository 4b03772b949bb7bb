// Choice among endpoints, and passive ejection, on a clock of the test's own.
#include "upstream/balance.h"

#include <gtest/gtest.h>

#include <map>
#include <vector>

namespace gatehouse::upstream {
namespace {

using namespace std::chrono_literals;

struct BalanceTest : ::testing::Test {
    EndpointRegistry registry;
    Cluster cluster;
    base::MonoTime now{1h};
    std::uint32_t cursor = 0;

    void add(int count) {
        for (int i = 0; i < count; ++i)
            cluster.endpoints.push_back(registry.get("c", "10.0.0.1", static_cast<std::uint16_t>(1000 + i), ""));
    }
    Endpoint& at(std::size_t i) { return *cluster.endpoints[i]; }
    template <class Change>
    void use(Change change) {
        BackendOptions options;
        change(options);
        registry.cluster("c")->setOptions(options);
    }
    /// How many of `count` picks each endpoint gets.
    std::vector<int> share(int count, base::MonoTime when) {
        std::vector<int> picks(cluster.endpoints.size());
        for (int i = 0; i < count; ++i) {
            const auto* chosen = pick(cluster, cursor, when, nullptr);
            for (std::size_t e = 0; e < picks.size(); ++e) picks[e] += cluster.endpoints[e].get() == chosen ? 1 : 0;
        }
        return picks;
    }
};

TEST_F(BalanceTest, SpreadsLightTrafficEvenly) {
    add(4);
    std::map<Endpoint*, int> picks;
    for (int i = 0; i < 400; ++i) ++picks[pickLeastRequest(cluster, cursor, now, nullptr)];
    for (const auto& [endpoint, count] : picks) EXPECT_EQ(count, 100) << endpoint->id;
}

TEST_F(BalanceTest, PrefersTheEndpointWithTheFewestInFlight) {
    add(4);
    for (std::size_t i = 0; i < 4; ++i) at(i).inFlight = 5;
    at(2).inFlight = 1;
    for (int i = 0; i < 10; ++i) EXPECT_EQ(pickLeastRequest(cluster, cursor, now, nullptr), &at(2));
}

TEST_F(BalanceTest, NeverTakesTheAvoidedOne) {
    add(2);
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(pickLeastRequest(cluster, cursor, now, &at(0)), &at(1));
        EXPECT_EQ(pickRoundRobin(cluster, cursor, now, &at(0)), &at(1));
    }
    cluster.endpoints.resize(1);
    EXPECT_EQ(pickLeastRequest(cluster, cursor, now, &at(0)), nullptr);
    EXPECT_EQ(pickRoundRobin(cluster, cursor, now, &at(0)), nullptr);
    cluster.endpoints.clear();
    EXPECT_EQ(pickLeastRequest(cluster, cursor, now, nullptr), nullptr);
}

TEST_F(BalanceTest, EveryMethodLeavesOutWhatIsOutAndTakesItBack) {
    add(3);
    for (int i = 0; i < 5; ++i) noteFailure(at(0), now);
    ASSERT_TRUE(isEjected(at(0), now));
    for (auto method : {Balance::LeastRequest, Balance::RoundRobin, Balance::Random}) {
        for (std::uint32_t choices : {0U, 2U}) {
            use([&](BackendOptions& options) {
                options.balance.method = method;
                options.balance.choices = choices;
            });
            const auto out = share(600, now);
            EXPECT_EQ(out[0], 0) << balanceName(method);
            EXPECT_NEAR(out[1], 300, 60) << balanceName(method) << ": its share goes to both others";
            const auto back = share(600, now + 10s);
            for (int count : back) EXPECT_NEAR(count, 200, 60) << balanceName(method);
        }
    }
}

TEST_F(BalanceTest, UsesEjectedEndpointsWhenThereAreNoOthers) {
    add(2);
    for (std::size_t e = 0; e < 2; ++e)
        for (int i = 0; i < 5; ++i) noteFailure(at(e), now);
    for (auto method : {Balance::LeastRequest, Balance::RoundRobin, Balance::Random}) {
        use([&](BackendOptions& options) { options.balance.method = method; });
        EXPECT_NE(pick(cluster, cursor, now, nullptr), nullptr);
        EXPECT_EQ(pick(cluster, cursor, now, &at(0)), &at(1));
    }
}

TEST_F(BalanceTest, PanicSpreadsOverAllRatherThanBuryTheRest) {
    add(4);
    for (std::size_t e = 0; e < 3; ++e)
        for (int i = 0; i < 5; ++i) noteFailure(at(e), now);
    EXPECT_EQ(share(400, now)[3], 400) << "without a threshold the last one takes all";
    use([](BackendOptions& options) { options.balance.panicPercent = 50; });
    for (int count : share(400, now)) EXPECT_EQ(count, 100);
}

TEST_F(BalanceTest, RoundRobinTakesTurnsWhateverIsInFlight) {
    add(3);
    use([](BackendOptions& options) { options.balance.method = Balance::RoundRobin; });
    at(0).inFlight = 50;
    for (int count : share(300, now)) EXPECT_EQ(count, 100);
}

TEST_F(BalanceTest, TwoChoicesTakeTheOneWithFewerInFlight) {
    add(10);
    use([](BackendOptions& options) { options.balance.choices = 2; });
    for (std::size_t i = 0; i < 10; ++i) at(i).inFlight = 100;
    at(7).inFlight = 0;
    // It is among two draws of ten in 1 - 0.9^2 = 19 % of the picks, and then always taken.
    EXPECT_NEAR(share(10'000, now)[7], 1'900, 200);
}

TEST_F(BalanceTest, TwoChoicesKeepCountsLevel) {
    add(20);
    use([](BackendOptions& options) { options.balance.choices = 2; });
    for (int i = 0; i < 2'000; ++i) ++pick(cluster, cursor, now, nullptr)->inFlight;
    for (const auto& endpoint : cluster.endpoints) EXPECT_NEAR(endpoint->inFlight.load(), 100, 4);
}

TEST_F(BalanceTest, RandomIsEven) {
    add(5);
    use([](BackendOptions& options) { options.balance.method = Balance::Random; });
    for (int count : share(10'000, now)) EXPECT_NEAR(count, 2'000, 200);
}

TEST_F(BalanceTest, ANewEndpointWarmsUp) {
    add(2);
    at(0).joinedAt = (now - 1h).time_since_epoch().count();
    at(1).joinedAt = now.time_since_epoch().count();
    for (auto method : {Balance::LeastRequest, Balance::RoundRobin}) {
        use([&](BackendOptions& options) {
            options.balance.method = method;
            options.balance.slowStart.window = 100s;
        });
        const auto& slowStart = optionsOf(cluster).balance.slowStart;
        EXPECT_DOUBLE_EQ(warmth(at(0), slowStart, now), 1);
        EXPECT_DOUBLE_EQ(warmth(at(1), slowStart, now), 0.1) << "never less than the least";
        EXPECT_DOUBLE_EQ(warmth(at(1), slowStart, now + 50s), 0.5);
        EXPECT_DOUBLE_EQ(warmth(at(1), slowStart, now + 100s), 1);
        // By turns it is a weight of 0.1 against 1, by least request that share of the half that is its own.
        const bool turns = method == Balance::RoundRobin;
        EXPECT_NEAR(share(10'000, now)[1], turns ? 909 : 500, 120) << balanceName(method);
        EXPECT_NEAR(share(10'000, now + 50s)[1], turns ? 3'333 : 2'500, 250) << balanceName(method);
        EXPECT_NEAR(share(10'000, now + 100s)[1], 5'000, 100) << balanceName(method);
    }
}

TEST_F(BalanceTest, AggressionBendsTheSlowStart) {
    add(1);
    at(0).joinedAt = now.time_since_epoch().count();
    SlowStart slowStart{100s, 2.0, 0.01};
    EXPECT_DOUBLE_EQ(warmth(at(0), slowStart, now + 25s), 0.5) << "0.25 ^ (1 / 2)";
    slowStart.aggression = 0.5;
    EXPECT_DOUBLE_EQ(warmth(at(0), slowStart, now + 50s), 0.25) << "0.5 ^ (1 / 0.5)";
}

TEST_F(BalanceTest, SlowStartOfAllIsSlowStartOfNone) {
    add(3);
    for (std::size_t i = 0; i < 3; ++i) at(i).joinedAt = now.time_since_epoch().count();
    use([](BackendOptions& options) { options.balance.slowStart = {100s, 1.0, 0.0}; });
    for (int i = 0; i < 100; ++i) EXPECT_NE(pick(cluster, cursor, now, nullptr), nullptr);
}

TEST_F(BalanceTest, TheBackendsRequestsAreLimitedTogether) {
    add(2);
    EXPECT_FALSE(requestsFull(cluster));
    use([](BackendOptions& options) { options.connections.maxRequests = 3; });
    at(0).inFlight = 2;
    EXPECT_FALSE(requestsFull(cluster));
    at(1).inFlight = 1;
    EXPECT_TRUE(requestsFull(cluster));
}

TEST_F(BalanceTest, RegistryKeepsOneEndpointPerClusterAndAddress) {
    const auto a = registry.get("c", "10.0.0.1", 80, "");
    EXPECT_EQ(registry.get("c", "10.0.0.1", 80, ""), a);
    EXPECT_NE(registry.get("d", "10.0.0.1", 80, ""), a) << "another cluster may have another identity";
    EXPECT_NE(registry.get("c", "10.0.0.1", 81, ""), a);
    EXPECT_EQ(registry.get("c", "::1", 80, "")->id, "[::1]:80");
    const auto all = registry.all();
    for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i]->index, i);
}

}  // namespace
}  // namespace gatehouse::upstream
