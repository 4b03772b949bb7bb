#include "base/buffer.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/ring.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <thread>

namespace gatehouse::base {
namespace {

TEST(Buffer, KeepsReadablePaddingBehindItsContent) {
    Buffer buffer("abc");
    EXPECT_EQ(buffer.view(), "abc");
    EXPECT_GE(buffer.paddedCapacity(), buffer.size() + Buffer::kPadding);
    buffer.append(std::string(5000, 'x'));
    EXPECT_EQ(buffer.size(), 5003u);
    EXPECT_GE(buffer.paddedCapacity(), buffer.size() + Buffer::kPadding);
}

TEST(Buffer, SplicesLongerAndShorter) {
    Buffer buffer("hello world");
    buffer.splice(0, 5, "good morning");
    EXPECT_EQ(buffer.view(), "good morning world");
    buffer.splice(4, 8, "");
    EXPECT_EQ(buffer.view(), "good world");
    buffer.splice(buffer.size(), 0, "!");
    EXPECT_EQ(buffer.view(), "good world!");
}

TEST(Ring, DropsTheNewestWhenFullAndCounts) {
    Ring<int> ring(4);
    for (int i = 0; i < 6; ++i) EXPECT_EQ(ring.push(int(i)), i < 4);
    EXPECT_EQ(ring.dropped(), 2u);
    std::vector<int> got;
    EXPECT_EQ(ring.drain(3, [&](int&& value) { got.push_back(value); }), 3u);
    EXPECT_TRUE(ring.push(9));
    EXPECT_EQ(ring.drain(10, [&](int&& value) { got.push_back(value); }), 2u);
    EXPECT_EQ(got, (std::vector<int>{0, 1, 2, 3, 9}));
}

TEST(Ring, HandsEverythingOverBetweenTwoThreads) {
    constexpr int kCount = 100'000;
    Ring<int> ring(64);
    std::thread producer([&] {
        for (int i = 0; i < kCount;)
            if (ring.push(int(i)))
                ++i;
            else
                std::this_thread::yield();
    });
    int next = 0;
    bool inOrder = true;
    while (next < kCount)
        if (ring.drain(64, [&](int&& value) { inOrder = inOrder && value == next++; }) == 0) std::this_thread::yield();
    producer.join();
    EXPECT_TRUE(inOrder);
}

TEST(Ids, StableHashIsFnv1a) {
    // Published test vectors of FNV-1a, 64 bit.
    EXPECT_EQ(stableHash(""), 0xcbf29ce484222325ULL);
    EXPECT_EQ(stableHash("a"), 0xaf63dc4c8601ec8cULL);
    EXPECT_EQ(stableHash("foobar"), 0x85944171f73967e8ULL);
}

TEST(Ids, RandomBelowStaysBelowAndReachesAll) {
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 1000; ++i) {
        const auto value = randomBelow(7);
        ASSERT_LT(value, 7u);
        seen.insert(value);
    }
    EXPECT_EQ(seen.size(), 7u);
}

TEST(Ids, RequestIdsAreUuidShapedAndDiffer) {
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) {
        char id[36];
        writeRequestId(id);
        const std::string text(id, sizeof id);
        EXPECT_EQ(text[8], '-');
        EXPECT_EQ(text[14], '4');
        EXPECT_NE(std::string("89ab").find(text[19]), std::string::npos);
        seen.insert(text);
    }
    EXPECT_EQ(seen.size(), 100u);
}

TEST(Clock, FormatsRfc3339InUtc) {
    EXPECT_EQ(formatRfc3339(WallTime(std::chrono::milliseconds(0))), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(formatRfc3339(WallTime(std::chrono::milliseconds(1'795'425'153'120))), "2026-11-23T09:12:33.120Z");
}

TEST(Result, CarriesAnErrorOrAValue) {
    const auto half = [](int value) -> Result<int> {
        if (value % 2 != 0) return fail("odd", "An even number is needed.");
        return value / 2;
    };
    EXPECT_EQ(*half(4), 2);
    ASSERT_FALSE(half(3));
    EXPECT_EQ(half(3).error().code, "odd");
}

}  // namespace
}  // namespace gatehouse::base
