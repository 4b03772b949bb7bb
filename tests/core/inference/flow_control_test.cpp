// The queue of a full pool: order, bounds, who is shed, who is woken.
#include "inference/flow_control.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace gatehouse::inference {
namespace {

TEST(FlowControl, ServesByPriorityThenByArrival) {
    FlowControl flow;
    const auto low = flow.join(0, 1, [] {}).waiter, first = flow.join(5, 1, [] {}).waiter, second = flow.join(5, 1, [] {}).waiter;
    EXPECT_TRUE(flow.first(*first));
    EXPECT_FALSE(flow.first(*low));
    flow.leave(*first);
    EXPECT_TRUE(flow.first(*second));
    flow.leave(*second);
    EXPECT_TRUE(flow.first(*low));
    flow.leave(*low);
    flow.leave(*low);
    EXPECT_FALSE(flow.anybodyWaits());
}

TEST(FlowControl, ShedsNegativePriorityAtOnce) {
    FlowControl flow;
    const auto joined = flow.join(-1, 1, [] { FAIL(); });
    EXPECT_EQ(joined.waiter, nullptr);
    EXPECT_STREQ(joined.reason, "rejected-saturated");
    EXPECT_EQ(flow.shed(), 1U);
    EXPECT_FALSE(flow.anybodyWaits());
}

TEST(FlowControl, AFullQueueDropsTheLastOfALowerPriorityElseRefuses) {
    FlowControl flow;
    flow.configure({.maxRequests = 2, .maxBytes = 100});
    bool told = false;
    const auto old = flow.join(0, 10, [] { FAIL() << "the older one stays"; }).waiter;
    const auto last = flow.join(0, 10, [&] { told = true; }).waiter;
    EXPECT_STREQ(flow.join(0, 10, [] {}).reason, "rejected-saturated");
    const auto urgent = flow.join(1, 10, [] {}).waiter;
    ASSERT_TRUE(urgent);
    EXPECT_TRUE(told);
    EXPECT_TRUE(last->evicted);
    EXPECT_FALSE(old->evicted);
    EXPECT_EQ(flow.waiting(), 2U);
    flow.leave(*last);
    EXPECT_EQ(flow.waiting(), 2U) << "it has left already";
}

TEST(FlowControl, BytesBoundItTooAndNobodyIsDroppedInVain) {
    FlowControl flow;
    flow.configure({.maxRequests = 10, .maxBytes = 100});
    const auto small = flow.join(0, 60, [] { FAIL(); }).waiter;
    EXPECT_STREQ(flow.join(0, 50, [] {}).reason, "rejected-saturated");
    EXPECT_STREQ(flow.join(9, 101, [] {}).reason, "rejected-saturated");
    EXPECT_FALSE(small->evicted);
    EXPECT_TRUE(flow.join(9, 40, [] {}).waiter);
}

TEST(FlowControl, WakesTheFirstWhenSomethingEndsAndTheNextWhenOneLeaves) {
    FlowControl flow;
    std::string woken;
    const auto a = flow.join(0, 1, [&] { woken += 'a'; }).waiter, b = flow.join(0, 1, [&] { woken += 'b'; }).waiter;
    flow.wakeFirst();
    EXPECT_EQ(woken, "a");
    flow.leave(*a);
    EXPECT_EQ(woken, "ab");
    flow.leave(*b);
    flow.wakeFirst();
    EXPECT_EQ(woken, "ab");
}

TEST(FlowControl, TellsWhoWaitsByPriorityAndWhyOthersWereShed) {
    FlowControl flow;
    flow.configure({.maxRequests = 3, .maxBytes = 100});
    const auto a = flow.join(0, 1, [] {}).waiter, b = flow.join(5, 1, [] {}).waiter, c = flow.join(0, 1, [] {}).waiter;
    EXPECT_EQ(flow.waitingByPriority(), (std::vector<std::pair<int, std::size_t>>{{5, 1}, {0, 2}}));
    EXPECT_FALSE(flow.join(-1, 1, [] {}).waiter);
    EXPECT_FALSE(flow.join(0, 1, [] {}).waiter);
    EXPECT_TRUE(flow.join(7, 1, [] {}).waiter);
    EXPECT_TRUE(c->evicted);
    EXPECT_EQ(flow.waitingByPriority(), (std::vector<std::pair<int, std::size_t>>{{7, 1}, {5, 1}, {0, 1}}));
    EXPECT_EQ(flow.shed(), 3U);
    EXPECT_EQ(flow.shedNegative(), 1U);
    EXPECT_EQ(flow.evicted(), 1U);
}

TEST(FlowControl, ManyThreadsComeAndGo) {
    FlowControl flow;
    flow.configure({.maxRequests = 20, .maxBytes = 1'000});
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&flow, t] {
            for (int i = 0; i < 2'000; ++i) {
                auto joined = flow.join(t - 1, 10, [] {});
                flow.wakeFirst();
                if (joined.waiter) flow.leave(*joined.waiter);
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(flow.waiting(), 0U);
}

}  // namespace
}  // namespace gatehouse::inference
