// Pool: the pods of an InferencePool with what is known of them, and the pick. Pod state is atomics plus one short critical
// section for reserve-at-pick. Thread: pick() and release() on any worker; the scraper writes metrics from its own thread.
//
// A pool with a scheduler (inference/scheduler.h), as all of the data plane are unless their annotation gatehouse.dev/picker says "scores",
// picks by cost in seconds, or as an EndpointPickerConfig says. Without one it picks by scores:
// the score of a pod, higher is better, is a sum of three contributions on absolute scales, so that {0, 1} waiting requests
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
#include "inference/engine.h"
#include "upstream/endpoint.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
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
    double gpuFreeMib;      ///< DCGM_FI_DEV_FB_FREE summed. What engines reserve at their start is not in it: see usableKvTokens().
    double kvTokens;        ///< The whole KV cache in tokens, where the engine says it so.
    double maxAdapters;     ///< LoRA adapters that fit at a time.
    double prefixQueries;   ///< Tokens that were looked for in the prefix cache, since the engine's start.
    double prefixHits;      ///< Those that were found.
    double hitRate;         ///< 0..1, where the engine tells it as a share.
    double preemptions;     ///< Since the engine's start.
    double promptTokens;    ///< Computed since the engine's start.
    double outputTokens;    ///< Likewise.
    PodMetrics();           ///< All NaN.
    bool known(double value) const { return value == value; }
    /// Used / (used + free) in percent, NaN without DCGM.
    double gpuMemoryPercent() const;
    /// The whole KV cache in tokens; NaN where the engine does not tell.
    double kvCapacityTokens() const;
    /// What a further request can use of it: (1 - kvUse) of the capacity. NaN unless both are known.
    double usableKvTokens() const;
    static constexpr std::size_t kValues = 15;
};

enum class ScrapeState { Never, Fresh, Stale, Failing };

struct Pod {
    std::shared_ptr<upstream::Endpoint> endpoint;  ///< Counts our own in-flight requests.
    std::string name;          ///< "namespace/name"
    std::string metricsHost;   ///< Where /metrics is scraped.
    std::uint16_t metricsPort = 0;
    std::string metricsPath;   ///< Empty: the engine's; where that is not known, those of all engines are tried.
    Engine engineHint = Engine::Unknown;  ///< By label or annotation.

    /// Marks the moment a scrape is asked for: picks after it cannot be in its answer. Scraper thread.
    void beginScrape();
    /// Writes the scrape and its time. Scraper thread. The picks that were counted before beginScrape() (or before now, where
    /// that was not called) are taken to be in the metrics.
    void store(const PodMetrics& metrics, base::MonoTime at);
    /// The last good values stay, with their age. `unreachable`: the serving port itself refused the connection, so the pod is
    /// left out of picks until a scrape succeeds.
    void storeFailure(std::string_view reason, base::MonoTime at, bool unreachable = false);
    /// Reserves at the pod itself: what its endpoint has in flight, and what its metrics cannot show yet.
    void count() {
        endpoint->inFlight.fetch_add(1, std::memory_order_relaxed);
        reservedSinceScrape.fetch_add(1, std::memory_order_relaxed);
        picks.fetch_add(1, std::memory_order_relaxed);
    }
    /// Changes with each good scrape.
    std::uint32_t scrapeCount() const { return sequence_.load(std::memory_order_acquire); }
    bool unreachable() const { return unreachable_.load(std::memory_order_relaxed); }
    /// A consistent copy (seqlock); `at` is the time of the last good scrape.
    PodMetrics load(base::MonoTime& at) const;
    ScrapeState scrapeState(base::MonoTime now, base::Millis staleAfter) const;
    std::string scrapeError() const;

    /// What the last page was of; the hint before one was read. Scraper thread writes.
    Engine engine() const;
    void setEngine(Engine engine, const char* kvSource, std::shared_ptr<const Adapters> adapters);
    /// The metric that KV use was read from: "vllm:kv_cache_usage_perc"; "" where there is none. Lives for ever.
    const char* kvSource() const { return kvSource_.load(std::memory_order_relaxed); }
    /// Null: the engine named none.
    std::shared_ptr<const Adapters> adapters() const;
    /// Device memory from elsewhere than the pod's own page (DCGM, joined by namespace and pod). Scraper thread.
    void storeGpu(double usedMib, double freeMib, base::MonoTime at, std::string_view source);
    /// When device memory was read; the epoch: never.
    base::MonoTime gpuAt() const;
    std::string gpuSource() const;  ///< "DCGM exporter gpu/dcgm-1", "its own page", "".

    std::atomic<std::uint64_t> picks{0};
    /// Own picks since the last good scrape: dead reckoning on top of `waiting`.
    std::atomic<std::int32_t> reservedSinceScrape{0};

  private:
    mutable std::atomic<std::uint32_t> sequence_{0};
    std::array<std::atomic<double>, PodMetrics::kValues> values_{};
    std::atomic<std::int64_t> scrapedAt_{0};
    std::atomic<std::int64_t> gpuAt_{0};
    std::atomic<Engine> engine_{Engine::Unknown};
    std::atomic<const char*> kvSource_{""};
    std::atomic<bool> failing_{false};
    std::atomic<bool> unreachable_{false};
    std::int32_t reservedAtBegin_ = -1;  ///< Scraper thread; -1 = beginScrape() was not called.
    mutable std::mutex errorMutex_;
    std::string error_;
    std::string gpuSource_;
    std::shared_ptr<const Adapters> adapters_;
};

/// What a cost was made from beyond what a Candidate says anyway, so that what_if.h can make it anew.
struct CostInputs {
    float uncachedTokens = 0;           ///< Of the prompt, there.
    float stepGrowth = 0;               ///< Seconds that one more decoding request adds to a step.
    float cacheTokens = 0, cacheUse = 0, growth = 0;  ///< Capacity (0: not known), share that is held, tokens still to be written.
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
    double total = 0;            ///< Higher is better, but where PickRecord::lowerIsBetter.
    std::vector<double> terms;   ///< Of PickRecord::termNames; they add up to total. Empty: the three contributions above do.
    double cachedTokens = 0;     ///< Of the prompt, as Gatehouse believes; costs and profiles alone.
    double others = 0;           ///< Requests there that are not Gatehouse's; costs alone.
    CostInputs inputs;           ///< Costs alone.
    std::string excluded;  ///< Why it was filtered out; empty = scored.
};

/// Metrics, LeastRequest: by scores. Cost: by seconds; OwnState: by seconds, and metrics are missing. Profile: as an EndpointPickerConfig says.
enum class PickMethod { Metrics, LeastRequest, Only, None, Cost, OwnState, Profile };
/// Terms of a total, at most.
inline constexpr std::size_t kMostTerms = 8;

class PickProfile;

/// Why a request went where it went: immutable, shared with the request record.
struct PickRecord {
    std::string pool;
    PickMethod method = PickMethod::None;
    std::string reason;  ///< One sentence: "best score 4.21 of 5, margin 0.06 to default/vllm-3" or "metrics of 8 pods are stale ...".
    std::vector<Candidate> candidates;
    int chosen = -1;     ///< Index in candidates.
    double margin = 0;   ///< To the runner-up, never negative; 0 when tied or alone.
    int tied = 1;        ///< How many shared the best score; drawn at random among them.
    std::vector<std::string> termNames;  ///< "queue", "prefill", ... or the scorers of a profile; empty: by scores.
    bool lowerIsBetter = false;          ///< Totals are seconds.
    int pods = 0;             ///< In the pool; `candidates` may be the best of them alone.
    std::vector<std::pair<std::string, int>> removed;  ///< Why pods were no candidates, and how many.
    double promptTokens = 0;  ///< Estimated; 0: the prompt was not read.
    double waitedSeconds = 0; ///< For room, in the pool's queue.
    int priority = 0;         ///< Of the request's objective.
    double answerTokens = 0, residenceSeconds = 0;  ///< As expected of a request; costs alone.
    std::shared_ptr<const PickProfile> profile;     ///< That it was judged by; null: by cost or by scores.
};

struct Decision;
struct ReturnDecision;  ///< Deleter of a Decision: decision.h
using DecisionRef = std::unique_ptr<Decision, ReturnDecision>;
struct Prompt;
class Scheduler;
struct Reservation;

/// What is asked of a pool.
struct PickAsk {
    base::MonoTime now;
    const Prompt* prompt = nullptr;  ///< Null: it was not read.
    const Pod* avoid = nullptr;      ///< Left out, for the retry after a dead pod.
    const Pod* only = nullptr;       ///< A session's.
    const std::vector<const Pod*>* among = nullptr;  ///< A subset that was asked for, sorted; null: all.
    bool leavesOut(const Pod& pod) const { return among != nullptr && !std::binary_search(among->begin(), among->end(), &pod); }
};

/// How a request ended, as far as it teaches anything.
struct PickOutcome {
    bool answered = false;           ///< Whole, and well.
    bool usageKnown = false;
    std::uint64_t inputTokens = 0, outputTokens = 0, cachedTokens = 0;
};

/// A reservation in a pool's scheduler: taken back when it goes. Thread: any one at a time.
class Booking {
  public:
    Booking() = default;
    Booking(std::shared_ptr<Scheduler> scheduler, Reservation* reservation);
    Booking(Booking&& other) noexcept;
    Booking& operator=(Booking&& other) noexcept;
    ~Booking();
    /// The first bytes of a streamed answer came.
    void firstToken(base::MonoTime now);
    void finish(base::MonoTime now, const PickOutcome& outcome);
    explicit operator bool() const { return reservation_ != nullptr; }

  private:
    std::shared_ptr<Scheduler> scheduler_;
    Reservation* reservation_ = nullptr;
};

struct PickResult {
    std::shared_ptr<Pod> pod;  ///< Null: pool empty, all excluded.
    Booking booking{};         ///< Empty where the pool has no scheduler.
};

/// Scores closer than this are equal: 1/500 of the default maximum, less than one waiting request makes anywhere.
inline constexpr double kTieBand = 0.01;

struct PickerOptions {
    double queueWeight = 2;
    double kvWeight = 2;
    double loadWeight = 1;
    base::Millis staleAfter{2000};
};

/// What a request is worth: more is served first, less than nothing may be shed.
struct Priorities {
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    using Table = std::unordered_map<std::string, int, Hash, std::equal_to<>>;
    Table objectives;  ///< By the names of InferenceObjectives, as headers name them.
    Table models;      ///< Of InferenceModels, which no header can name, by the model that is asked for.
};

class Pool {
  public:
    /// Picks by scores, or, with a scheduler, by cost, or as `profile` says.
    Pool(std::string id, std::string name, std::vector<std::shared_ptr<Pod>> pods, PickerOptions options,
         std::shared_ptr<Scheduler> scheduler = nullptr, std::shared_ptr<const PickProfile> profile = nullptr);

    /// Chooses and reserves (the endpoint's inFlight and reservedSinceScrape rise) under one short critical section. `decision` may be
    /// null. Once warm nothing is allocated, but by the policy of scores for its decision.
    PickResult pick(const PickAsk& ask, Decision* decision);
    /// An empty one for pick(); of the scheduler's shelf, where there is one.
    DecisionRef newDecision() const;
    /// The same in words. `record` may be null. `avoid` (may be null) is left out, for the retry after a dead pod.
    PickResult pick(base::MonoTime now, PickRecord* record, const Pod* avoid = nullptr);
    /// What pick() would choose now: every pod in the record, nothing is reserved or counted. Null: no pod.
    std::shared_ptr<Pod> preview(const PickAsk& ask, PickRecord& record) const;
    /// Takes the reservation back when the request ended. Must be called once per pick.
    static void release(Pod& pod);

    const std::string& id() const { return id_; }
    const std::string& name() const { return name_; }
    const std::vector<std::shared_ptr<Pod>>& pods() const { return pods_; }
    const PickerOptions& options() const { return options_; }
    const std::shared_ptr<Scheduler>& scheduler() const { return scheduler_; }
    const PickProfile* profile() const { return profile_.get(); }
    const std::shared_ptr<const PickProfile>& sharedProfile() const { return profile_; }
    /// Numbers of the pods in the scheduler, in their order.
    const std::vector<std::uint32_t>& slotNumbers() const { return slots_; }

    /// Once, before the pool is shared.
    void setPriorities(Priorities priorities) { priorities_ = std::move(priorities); }
    /// 0 where nothing is said.
    int priorityOf(std::string_view objective) const;
    int priorityOfModel(std::string_view model) const;

  private:
    PickResult pickByScores(const PickAsk& ask, PickRecord* record, bool reserve) const;

    std::string id_;
    std::string name_;
    std::vector<std::shared_ptr<Pod>> pods_;
    PickerOptions options_;
    std::shared_ptr<std::mutex> mutex_;
    std::shared_ptr<Scheduler> scheduler_;
    std::shared_ptr<const PickProfile> profile_;
    std::vector<std::uint32_t> slots_;
    Priorities priorities_;
};

/// Hands out the one Pod per (pool, address), so that metrics and counters survive a swap. Thread: control thread.
class PodRegistry {
  public:
    std::shared_ptr<Pod> get(const std::string& poolId, const std::string& podName,
                             std::shared_ptr<upstream::Endpoint> endpoint, const std::string& metricsHost,
                             std::uint16_t metricsPort, Engine engineHint = Engine::Unknown,
                             const std::string& metricsPath = {});
    /// Forgets those that nobody else holds: no snapshot, no request, no scrape.
    void prune();
    std::size_t size() const;

  private:
    mutable std::mutex mutex_;
    std::unordered_map<std::string, std::shared_ptr<Pod>> byKey_;
};

}  // namespace gatehouse::inference
