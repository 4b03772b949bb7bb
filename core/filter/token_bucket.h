// TokenBucket: so much at once, and so much more with every interval. One atomic number, so that several workers take from it
// without a lock; what is charged afterwards may push it below zero, and is paid back by later fills.
// Thread: any. Lifetime: outlives snapshots (BucketRegistry), so that an edit hands nothing out twice.
#pragma once

#include "base/clock.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>

namespace gatehouse::filter {

struct BucketSpec {
    std::int64_t most = 1;     ///< Held at once.
    std::int64_t perFill = 1;  ///< Added with every interval.
    std::chrono::nanoseconds interval{std::chrono::seconds(1)};
    bool operator==(const BucketSpec&) const = default;
};

class TokenBucket {
  public:
    TokenBucket(BucketSpec spec, base::MonoTime born) : spec_(spec), born_(born), taken_(-spec.most) {}
    TokenBucket(const TokenBucket&) = delete;
    TokenBucket& operator=(const TokenBucket&) = delete;

    /// All or nothing.
    bool take(std::int64_t count, base::MonoTime now) {
        const auto filled = filledAt(now);
        auto taken = taken_.load(kRelaxed);
        while (true) {
            const auto left = leftOf(filled, taken);
            if (left < count) return false;
            if (taken_.compare_exchange_weak(taken, filled - left + count, kRelaxed)) return true;
        }
    }

    /// Takes also what is not there.
    void charge(std::int64_t count, base::MonoTime now) {
        const auto filled = filledAt(now);
        auto taken = taken_.load(kRelaxed);
        while (!taken_.compare_exchange_weak(taken, filled - leftOf(filled, taken) + std::min(count, kMostCharged), kRelaxed)) {}
    }

    /// What take() took, and nobody used.
    void giveBack(std::int64_t count) { taken_.fetch_sub(count, kRelaxed); }

    /// Below zero where more was charged than was there.
    std::int64_t left(base::MonoTime now) const { return leftOf(filledAt(now), taken_.load(kRelaxed)); }

    /// Until so many are there; zero: they are. Nothing is ever there that is more than the bucket holds: then until it is full.
    std::chrono::nanoseconds until(std::int64_t count, base::MonoTime now) const {
        const auto missing = std::min(count, spec_.most) - left(now);
        if (missing <= 0) return std::chrono::nanoseconds(0);
        const auto fills = (missing + spec_.perFill - 1) / spec_.perFill;
        return spec_.interval * (intervalsAt(now) + fills) - (now - born_);
    }

    const BucketSpec& spec() const { return spec_; }

  private:
    static constexpr auto kRelaxed = std::memory_order_relaxed;
    static constexpr std::int64_t kMostCharged = 1'000'000'000'000;

    std::int64_t intervalsAt(base::MonoTime now) const {
        return std::max<std::int64_t>((now - born_) / spec_.interval, 0);
    }
    std::int64_t filledAt(base::MonoTime now) const { return intervalsAt(now) * spec_.perFill; }
    std::int64_t leftOf(std::int64_t filled, std::int64_t taken) const { return std::min(spec_.most, filled - taken); }

    const BucketSpec spec_;
    const base::MonoTime born_;
    /// All that was ever taken, where nothing of the fills had overflowed; `most` less at the start.
    std::atomic<std::int64_t> taken_;
};

}  // namespace gatehouse::filter
