// Pool: the pods of an InferencePool with what is known of them, and the pick. Pod state is atomics plus one short critical
// section for reserve-at-pick. Thread: pick() and release() on any worker; the scraper writes metrics from its own thread.
//
// The score of a pod, higher is better, is a sum of three contributions on absolute scales, so that {0, 1} waiting requests
// never look like {0, 1000} (a scale from the lowest to the highest candidate would make them equal):
//   queueScore = queueWeight / (1 + waiting' / 4)     waiting' = waiting + own picks since that scrape that still run
//   kvScore    = kvWeight * (1 - kvUse)
//   loadScore  = loadWeight / (1 + inFlight / 8)      our own requests on the pod
// The own picks are dead reckoning: what the engine will report only at its next scrape is counted at once, and the pick
// itself reserves under the same lock, so concurrent picks do not herd. A pod whose metrics are missing or stale is judged
// by in-flight counts alone (all taken as waiting) with the mean KV contribution of the others; when more than half of
// the pods are so, the whole pick falls back to least-request: loadScore = (sum of weights) / (1 + inFlight / 8).
// Scores closer than kTieBand are equal, as no metric is more exact than that, and the draw among them is uniform.
// Lifetime: shared_ptr in snapshots; Pod state survives swaps through PodRegistry.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "upstream/endpoint.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace gatehouse::inference {

/// One pod's latest scrape. NaN where the engine has no such metric. Units as named.
struct PodMetrics {
    double waiting;         ///< Requests in the engine's queue.
    double running;         ///< Requests in the batch.
    double kvUse;           ///< 0..1 of KV-cache blocks.
    double kvBlocks;        ///< num_gpu_blocks of cache_config_info.
    double blockTokens;     ///< block_size.
    double gpuUsedMib;      ///< DCGM_FI_DEV_FB_USED summed over the pod's GPUs.
    double gpuFreeMib;      ///< DCGM_FI_DEV_FB_FREE summed.
    PodMetrics();           ///< All NaN.
    bool known(double value) const { return value == value; }
    /// Used / (used + free) in percent, NaN without DCGM.
    double gpuMemoryPercent() const;
};

enum class ScrapeState { Never, Fresh, Stale, Failing };

struct Pod {
    std::shared_ptr<upstream::Endpoint> endpoint;  ///< Counts our own in-flight requests.
    std::string name;          ///< "namespace/name"
    std::string metricsHost;   ///< Where /metrics is scraped.
    std::uint16_t metricsPort = 0;

    /// Marks the moment a scrape is asked for: picks after it cannot be in its answer. Scraper thread.
    void beginScrape();
    /// Writes the scrape and its time. Scraper thread. The picks that were counted before beginScrape() (or before now, where
    /// that was not called) are taken to be in the metrics.
    void store(const PodMetrics& metrics, base::MonoTime at);
    /// The last good values stay, with their age. `unreachable`: the serving port itself refused the connection, so the pod is
    /// left out of picks until a scrape succeeds.
    void storeFailure(std::string_view reason, base::MonoTime at, bool unreachable = false);
    bool unreachable() const { return unreachable_.load(std::memory_order_relaxed); }
    /// A consistent copy (seqlock); `at` is the time of the last good scrape.
    PodMetrics load(base::MonoTime& at) const;
    ScrapeState scrapeState(base::MonoTime now, base::Millis staleAfter) const;
    std::string scrapeError() const;

    std::atomic<std::uint64_t> picks{0};
    /// Own picks since the last good scrape: dead reckoning on top of `waiting`.
    std::atomic<std::int32_t> reservedSinceScrape{0};

  private:
    mutable std::atomic<std::uint32_t> sequence_{0};
    std::array<std::atomic<double>, 7> values_{};
    std::atomic<std::int64_t> scrapedAt_{0};
    std::atomic<bool> failing_{false};
    std::atomic<bool> unreachable_{false};
    std::int32_t reservedAtBegin_ = -1;  ///< Scraper thread; -1 = beginScrape() was not called.
    mutable std::mutex errorMutex_;
    std::string error_;
};

/// One pod in a pick, as the picker saw it.
struct Candidate {
    std::string pod;
    std::string address;
    double waiting = 0, running = 0, kvUse = 0, gpuMemoryPercent = 0;  ///< NaN = unknown
    std::int32_t inFlight = 0;
    std::int32_t ageMillis = -1;  ///< Age of the metrics; -1 = never scraped.
    std::int32_t reserved = 0;   ///< Own picks that the metrics cannot hold yet, counted as waiting.
    bool estimated = false;      ///< Metrics missing or stale: judged by in-flight counts.
    double queueScore = 0, kvScore = 0, loadScore = 0;  ///< Weighted contributions; they add up to total.
    double total = 0;            ///< Higher is better.
    std::string excluded;  ///< Why it was filtered out; empty = scored.
};

enum class PickMethod { Metrics, LeastRequest, Only, None };

/// Why a request went where it went: immutable, shared with the request record.
struct PickRecord {
    std::string pool;
    PickMethod method = PickMethod::None;
    std::string reason;  ///< One sentence: "best score 4.21 of 5, margin 0.06 to default/vllm-3" or "metrics of 8 pods are stale ...".
    std::vector<Candidate> candidates;
    int chosen = -1;     ///< Index in candidates.
    double margin = 0;   ///< To the runner-up, never negative; 0 when tied or alone.
    int tied = 1;        ///< How many shared the best score; drawn at random among them.
};

struct PickResult {
    std::shared_ptr<Pod> pod;  ///< Null: pool empty, all excluded.
};

/// Scores closer than this are equal: 1/500 of the default maximum, less than one waiting request makes anywhere.
inline constexpr double kTieBand = 0.01;

struct PickerOptions {
    double queueWeight = 2;
    double kvWeight = 2;
    double loadWeight = 1;
    base::Millis staleAfter{2000};
};

class Pool {
  public:
    Pool(std::string id, std::string name, std::vector<std::shared_ptr<Pod>> pods, PickerOptions options);

    /// Chooses and reserves (the endpoint's inFlight and reservedSinceScrape rise) under one short critical section.
    /// `record` may be null; then nothing is allocated. `avoid` (may be null) is left out, for the retry after a dead pod.
    PickResult pick(base::MonoTime now, PickRecord* record, const Pod* avoid = nullptr);
    /// Takes the reservation back when the request ended. Must be called once per pick.
    static void release(Pod& pod);

    const std::string& id() const { return id_; }
    const std::string& name() const { return name_; }
    const std::vector<std::shared_ptr<Pod>>& pods() const { return pods_; }
    const PickerOptions& options() const { return options_; }

  private:
    std::string id_;
    std::string name_;
    std::vector<std::shared_ptr<Pod>> pods_;
    PickerOptions options_;
    std::shared_ptr<std::mutex> mutex_;
};

/// Hands out the one Pod per (pool, address), so that metrics and counters survive a swap. Thread: control thread.
class PodRegistry {
  public:
    std::shared_ptr<Pod> get(const std::string& poolId, const std::string& podName,
                             std::shared_ptr<upstream::Endpoint> endpoint, const std::string& metricsHost,
                             std::uint16_t metricsPort);
    /// Forgets those that nobody else holds: no snapshot, no request, no scrape.
    void prune();
    std::size_t size() const;

  private:
    mutable std::mutex mutex_;
    std::unordered_map<std::string, std::shared_ptr<Pod>> byKey_;
};

}  // namespace gatehouse::inference
