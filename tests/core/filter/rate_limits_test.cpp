// Token buckets under a clock that is moved by hand, also by several threads at once; limits that hold together.
#include "filter/rate_limits.h"

#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <thread>

namespace gatehouse::filter {
namespace {

using namespace std::chrono_literals;
const base::MonoTime kStart{1000h};

TEST(TokenBucket, FillsInWholeSteps) {
    TokenBucket bucket({3, 2, 1s}, kStart);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(bucket.take(1, kStart));
    EXPECT_FALSE(bucket.take(1, kStart));
    EXPECT_FALSE(bucket.take(1, kStart + 999ms));
    EXPECT_EQ(bucket.until(1, kStart + 400ms), 600ms);
    EXPECT_EQ(bucket.until(3, kStart + 400ms), 1600ms);
    EXPECT_EQ(bucket.left(kStart + 1s), 2);
    EXPECT_TRUE(bucket.take(2, kStart + 1s));
    EXPECT_EQ(bucket.left(kStart + 100h), 3);  // Never more than it holds.
}

TEST(TokenBucket, ChargesWhatIsNotThereAndIsPaidBackByFills) {
    TokenBucket bucket({100, 100, 1min}, kStart);
    bucket.charge(250, kStart);
    EXPECT_EQ(bucket.left(kStart), -150);
    EXPECT_FALSE(bucket.take(1, kStart + 1min));
    EXPECT_EQ(bucket.left(kStart + 1min), -50);
    EXPECT_EQ(bucket.until(1, kStart), 2min);
    EXPECT_EQ(bucket.left(kStart + 2min), 50);
    bucket.charge(INT64_MAX, kStart);  // Nonsense does not overflow.
    EXPECT_LT(bucket.left(kStart + 24h), 0);
}

TEST(TokenBucket, GivesBackWhatNobodyUsed) {
    TokenBucket bucket({1, 1, 1h}, kStart);
    EXPECT_TRUE(bucket.take(1, kStart));
    bucket.giveBack(1);
    EXPECT_TRUE(bucket.take(1, kStart));
    EXPECT_FALSE(bucket.take(1, kStart));
}

/// Against a model that counts with one lock in its head: the same answers, whatever the times and amounts.
TEST(TokenBucket, SaysTheSameAsItsDescription) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 200; ++round) {
        const std::int64_t most = 1 + random() % 50, fill = 1 + random() % 60;
        const auto interval = std::chrono::milliseconds(50 + random() % 2000);
        TokenBucket bucket({most, fill, interval}, kStart);
        std::int64_t level = most;
        std::int64_t steps = 0;
        auto now = kStart;
        for (int i = 0; i < 200; ++i) {
            now += std::chrono::milliseconds(random() % 700);
            const auto passed = (now - kStart) / std::chrono::nanoseconds(interval);
            level = std::min(most, level + (passed - steps) * fill);
            steps = passed;
            ASSERT_EQ(bucket.left(now), level);
            const std::int64_t count = 1 + random() % 4;
            if (random() % 5 == 0) {
                bucket.charge(count, now);
                level -= count;
                continue;
            }
            const bool fits = level >= count;
            ASSERT_EQ(bucket.take(count, now), fits);
            if (fits) level -= count;
            const auto wait = bucket.until(1, now);
            if (level < 1 && most >= 1) {
                ASSERT_GE(bucket.left(now + wait), 1);
                ASSERT_LT(bucket.left(now + wait - 1ns), 1);
            }
        }
    }
}

/// However many take at once while the clock moves: never more than what was there at the start and the fills since.
TEST(TokenBucket, HandsOutNoMoreThanItHasToSeveralThreads) {
    constexpr int kThreads = 4, kTakes = 20'000;
    constexpr std::int64_t kMost = 50, kFill = 7;
    TokenBucket bucket({kMost, kFill, 10ms}, kStart);
    std::atomic<std::int64_t> millis{0}, taken{0}, given{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < kTakes; ++i) {
                const auto now = kStart + std::chrono::milliseconds(millis.load());
                if (bucket.take(1, now)) {
                    if ((i + t) % 5 == 0) {
                        bucket.giveBack(1);
                        ++given;
                    } else {
                        ++taken;
                    }
                }
                if (t == 0 && i % 10 == 0) millis.fetch_add(1);
            }
        });
    for (auto& thread : threads) thread.join();
    const auto fills = millis.load() / 10;
    EXPECT_LE(taken.load(), kMost + fills * kFill);
    EXPECT_GE(taken.load(), fills * kFill / 2);  // And it is no wall.
    const auto later = kStart + std::chrono::milliseconds(millis.load()) + 1h;
    EXPECT_EQ(bucket.left(later), kMost);
}

RateLimit limit(BucketRegistry& registry, const std::string& id, BucketSpec spec, RateLimit::Counts counts = RateLimit::Counts::Requests) {
    RateLimit out;
    out.counts = counts;
    out.bucket = registry.bucket(id, spec, kStart);
    out.id = id;
    out.name = limitText(spec, counts);
    return out;
}

TEST(RateLimits, ARefusedRequestCountsAgainstNoLimit) {
    BucketRegistry registry;
    const RateLimits limits({limit(registry, "wide", {10, 10, 1min}), limit(registry, "narrow", {2, 2, 1s})});
    EXPECT_EQ(limits.take(kStart).limit, nullptr);
    EXPECT_EQ(limits.take(kStart).limit, nullptr);
    for (int i = 0; i < 20; ++i) EXPECT_EQ(limits.take(kStart).limit, &limits.limits()[1]);
    EXPECT_EQ(limits.limits()[0].bucket->left(kStart), 8);
    EXPECT_EQ(limits.take(kStart + 1s).limit, nullptr);
}

TEST(RateLimits, TokensRefuseTheRequestsAfterThoseThatUsedThem) {
    BucketRegistry registry;
    const RateLimits limits({limit(registry, "tokens", {100, 100, 1min}, RateLimit::Counts::Tokens)});
    EXPECT_EQ(limits.take(kStart).limit, nullptr);
    limits.chargeTokens(130, kStart);
    const auto refusal = limits.take(kStart + 10s);
    ASSERT_NE(refusal.limit, nullptr);
    EXPECT_EQ(refusal.retryAfter, 50s);
    EXPECT_EQ(refusal.left, 0);
    EXPECT_EQ(limits.take(kStart + 1min).limit, nullptr);
    limits.chargeTokens(-5, kStart);
    EXPECT_EQ(limits.limits()[0].bucket->left(kStart + 1min), 70);
}

TEST(RateLimits, PercentagesSayWhoIsCountedAndWhoIsRefused) {
    BucketRegistry registry;
    auto never = limit(registry, "a", {1, 1, 1h});
    never.enforcedPercent = 0;
    auto off = limit(registry, "b", {1, 1, 1h});
    off.enabledPercent = 0;
    const RateLimits limits({never, off});
    for (int i = 0; i < 10; ++i) EXPECT_EQ(limits.take(kStart).limit, nullptr);
    EXPECT_EQ(limits.limits()[0].bucket->left(kStart), 0);
    EXPECT_EQ(limits.limits()[1].bucket->left(kStart), 1);
}

TEST(RateLimits, LookingCountsNothing) {
    BucketRegistry registry;
    const RateLimits limits({limit(registry, "a", {1, 1, 1h})});
    for (int i = 0; i < 10; ++i) EXPECT_EQ(limits.look(kStart).limit, nullptr);
    EXPECT_EQ(limits.take(kStart).limit, nullptr);
    EXPECT_NE(limits.look(kStart).limit, nullptr);
}

TEST(BucketRegistry, AnEditHandsNothingOutAgain) {
    BucketRegistry registry;
    auto bucket = registry.bucket("x", {10, 10, 1min}, kStart);
    EXPECT_EQ(registry.bucket("x", {10, 10, 1min}, kStart), bucket);
    EXPECT_TRUE(bucket->take(8, kStart));
    EXPECT_EQ(registry.bucket("x", {20, 20, 1min}, kStart)->left(kStart), 12);
    EXPECT_EQ(registry.bucket("x", {5, 5, 1min}, kStart)->left(kStart), -3);
    bucket.reset();
    registry.prune(kStart);
    EXPECT_EQ(registry.size(), 1U);  // Somebody would begin anew with a full one.
    registry.prune(kStart + 1h);
    EXPECT_EQ(registry.size(), 0U);
}

TEST(RateLimits, SayWhatTheyAre) {
    EXPECT_EQ(limitText({60, 60, 1min}, RateLimit::Counts::Requests), "60 requests per minute");
    EXPECT_EQ(limitText({1, 1, 1s}, RateLimit::Counts::Tokens), "1 token per second");
    EXPECT_EQ(limitText({15, 10, 1h}, RateLimit::Counts::Tokens), "10 tokens per hour, 15 at once");
    EXPECT_EQ(limitText({5, 1, 250ms}, RateLimit::Counts::Requests), "1 request per 250 ms, 5 at once");
}

}  // namespace
}  // namespace gatehouse::filter
