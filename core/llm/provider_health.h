// ProviderHealth: how one provider of a Backend has been answering: how many of its answers failed of late, how long the last ones
// took. Thread: any, atomics. Lifetime: kept by the CredentialRegistry, outlives snapshots.
#pragma once

#include "base/clock.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace gatehouse::llm {

class ProviderHealth {
  public:
    /// Answers whose times are kept for the percentiles.
    static constexpr std::size_t kKept = 256;

    /// An answer's head, or its first event, came after `latency`.
    void succeeded(base::Micros latency);
    void failed();

    /// The share of failures, a moving mean of about the last eight calls, 0 to 1.
    double failureShare() const { return failureShare_.load(std::memory_order_relaxed) / kWhole; }
    /// A moving mean; 0: nothing was answered yet.
    double latencyMicros() const { return latency_.load(std::memory_order_relaxed); }
    /// Smaller is better: how long it takes, by how often it fails, and a tenth more for each request that waits there.
    double cost(int inFlight) const;

    struct Sample {
        std::uint64_t calls = 0, failures = 0;
        double failureShare = 0;
        std::int64_t p50Micros = -1, p95Micros = -1;  ///< Of the last kKept answers; -1: none.
    };
    Sample sample() const;

  private:
    static constexpr double kWhole = 1'000'000;
    void note(bool failed);

    std::atomic<std::uint64_t> calls_{0}, failures_{0};
    std::atomic<std::uint32_t> failureShare_{0};  ///< Millionths.
    std::atomic<std::uint32_t> latency_{0};       ///< Microseconds.
    std::atomic<std::uint32_t> next_{0};
    std::array<std::atomic<std::uint32_t>, kKept> last_{};
};

}  // namespace gatehouse::llm
