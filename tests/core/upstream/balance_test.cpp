// Choice among endpoints, and passive ejection, on a clock of the test's own.
#include "upstream/balance.h"

#include <gtest/gtest.h>

#include <map>

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

TEST_F(BalanceTest, LeavesOutAnEndpointThatFailsInARowAndTakesItBack) {
    add(2);
    for (std::uint32_t i = 1; i < kFailuresToEject; ++i) EXPECT_FALSE(noteFailure(at(0), now));
    EXPECT_FALSE(isEjected(at(0), now));
    noteSuccess(at(0));
    for (std::uint32_t i = 1; i < kFailuresToEject; ++i) EXPECT_FALSE(noteFailure(at(0), now)) << "a success starts anew";
    EXPECT_TRUE(noteFailure(at(0), now));
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(pickLeastRequest(cluster, cursor, now, nullptr), &at(1));
        EXPECT_EQ(pickRoundRobin(cluster, cursor, now, nullptr), &at(1));
    }
    EXPECT_TRUE(isEjected(at(0), now + kEjection - 1ms));
    EXPECT_FALSE(isEjected(at(0), now + kEjection));
}

TEST_F(BalanceTest, UsesEjectedEndpointsWhenThereAreNoOthers) {
    add(2);
    for (std::size_t e = 0; e < 2; ++e)
        for (std::uint32_t i = 0; i < kFailuresToEject; ++i) noteFailure(at(e), now);
    EXPECT_NE(pickLeastRequest(cluster, cursor, now, nullptr), nullptr);
    EXPECT_NE(pickRoundRobin(cluster, cursor, now, nullptr), nullptr);
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
