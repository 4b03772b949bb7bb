// FlowControl: the queue of a pool whose pods are all full. Requests wait here, where they can still go to whichever pod has room first,
// rather than in an engine's queue, where they cannot be moved. Highest priority first, then by arrival. Bounded: a full queue refuses, or
// drops the last of a lower priority. Requests of negative priority do not wait at all.
// Reasons are those of the endpoint picker (x-llm-d-request-dropped-reason).
// Thread: any; what is woken runs `wake`, which must not block. Lifetime: of the scheduler.
#pragma once

#include "base/clock.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace gatehouse::inference {

/// Published reasons for a request that is not served. Static.
namespace dropped {
inline constexpr const char* kSaturated = "rejected-saturated";
inline constexpr const char* kNoEndpoints = "rejected-no-endpoints";
inline constexpr const char* kTtlExpired = "rejected-ttl-expired";
inline constexpr const char* kCancelled = "rejected-context-cancelled";
inline constexpr const char* kShuttingDown = "rejected-shutting-down";
inline constexpr const char* kEvicted = "evicted-queue-pressure";
}  // namespace dropped

struct FlowOptions {
    std::size_t maxRequests = 5'000;
    std::uint64_t maxBytes = 1'000'000'000;
    base::Millis ttl{60'000};
};

class FlowControl {
  public:
    struct Waiter {
        int priority = 0;
        std::uint64_t order = 0, bytes = 0;
        std::function<void()> wake;
        std::atomic<bool> evicted{false};
    };

    void configure(const FlowOptions& options);
    FlowOptions options() const;

    struct Joined {
        std::shared_ptr<Waiter> waiter;   ///< Null: refused.
        const char* reason = nullptr;     ///< Of the refusal.
    };
    Joined join(int priority, std::uint64_t bytes, std::function<void()> wake);
    /// Is it this one's turn?
    bool first(const Waiter& waiter) const;
    /// Served, refused, or its client left. The next one is woken.
    void leave(const Waiter& waiter);
    /// Something ended: the first may look whether there is room.
    void wakeFirst();

    bool anybodyWaits() const { return waiting_.load(std::memory_order_relaxed) > 0; }
    std::size_t waiting() const { return waiting_.load(std::memory_order_relaxed); }
    std::uint64_t shed() const { return shed_.load(std::memory_order_relaxed); }
    /// Of those that were shed: of negative priority; pushed out by others of a higher one. The rest did not fit in.
    std::uint64_t shedNegative() const { return negative_.load(std::memory_order_relaxed); }
    std::uint64_t evicted() const { return evicted_.load(std::memory_order_relaxed); }
    /// A wait is over, however it ended.
    void noteWait(base::MonoClock::duration took) {
        waits_.fetch_add(1, std::memory_order_relaxed);
        waitedMicros_.fetch_add(static_cast<std::uint64_t>(std::chrono::duration_cast<base::Micros>(took).count()), std::memory_order_relaxed);
    }
    std::uint64_t waits() const { return waits_.load(std::memory_order_relaxed); }
    base::Micros waited() const { return base::Micros(waitedMicros_.load(std::memory_order_relaxed)); }
    /// How many wait, by priority, the highest first.
    std::vector<std::pair<int, std::size_t>> waitingByPriority() const;

  private:
    using Key = std::pair<int, std::uint64_t>;  ///< -priority, order.

    std::atomic<std::size_t> waiting_{0};
    std::atomic<std::uint64_t> shed_{0}, negative_{0}, evicted_{0}, waits_{0}, waitedMicros_{0};
    mutable std::mutex mutex_;
    FlowOptions options_;
    std::map<Key, std::shared_ptr<Waiter>> queue_;
    std::uint64_t bytes_ = 0, next_ = 0;
};

}  // namespace gatehouse::inference
