// Scheduler: what a pool knows of its pods beyond their metrics, and the pick by cost (cost_model.h) or by a profile (pick_profile.h).
// It outlives snapshots, so that an edit forgets nothing: a Pool of each snapshot enrols its pods and gets their numbers.
//
// A pick scores and reserves under one lock, so that two workers never see the same state. Of a pod's scrapes it takes what others sent
// (waiting + running beyond our own) and the size of its cache; everything else is its own bookkeeping, moved on by each pick, first token
// and end. Where a scrape is missing or older than staleAfter, the pod is judged by that bookkeeping alone, and the decision says so.
// Requests that do not stream show no first token: their prefill is taken to drain at the pod's fitted rate, which they teach where their
// answers are short.
// Thread: enrol() and forget() on the control thread, the rest on any. Lifetime: shared by pools, bookings and the registry.
#pragma once

#include "inference/cost_model.h"
#include "inference/decision.h"
#include "inference/flow_control.h"
#include "inference/pick_profile.h"
#include "inference/pool.h"
#include "inference/prefix_index.h"
#include "inference/prompt.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace gatehouse::inference {

/// One request under way in a scheduler.
struct Reservation {
    std::uint32_t slot = 0, generation = 0;
    std::vector<Segment> chain;
    BlockCache::Lease lease;
    CostModel::Sent sent;
    std::uint64_t adapter = kBaseModel;
    double promptTokens = 0;  ///< As estimated.
    double nominalTokens = 0;
    bool silent = false;      ///< Does not stream.
    bool hadFirst = false;
    bool stale = false;       ///< Its pod's cache began anew meanwhile.
};

class Scheduler : public std::enable_shared_from_this<Scheduler> {
  public:
    explicit Scheduler(base::Millis staleAfter) : staleAfter_(staleAfter) { index_.answerForAll(); }

    /// Numbers of the pods; new ones get the number of one that is gone, or a new one.
    std::vector<std::uint32_t> enrol(const std::vector<std::shared_ptr<Pod>>& pods);

    struct Picked {
        int pod = -1;  ///< In the pool's pods.
        Reservation* reservation = nullptr;
    };
    /// `reserve` false: nothing changes. `decision` may be null; `all`: it keeps every pod.
    Picked pick(const Pool& pool, const PickAsk& ask, Decision* decision, bool reserve, bool all);

    void firstToken(Reservation& reservation, base::MonoTime now);
    void finish(Reservation& reservation, base::MonoTime now, const PickOutcome& outcome);

    /// Every usable pod has a queue already: a further request would only wait in one of them, where it cannot be moved any more.
    bool full(const Pool& pool, base::MonoTime now) { return full(pool, PickAsk{.now = now}); }
    /// The same of those that are asked for.
    bool full(const Pool& pool, const PickAsk& ask);
    /// As the last pick saw it; cheap.
    bool seemedFull() const { return full_.load(std::memory_order_relaxed); }
    FlowControl& flow() { return flow_; }
    DecisionShelf& shelf() { return *shelf_; }

    /// For tests and views: what is known of one pod now.
    struct View {
        double prefillRate = 0, slowness = 0, trust = 0, others = 0, queuedTokens = 0;
        int requests = 0, decoding = 0;
        double cacheTokens = 0, cacheUse = 0;
    };
    View view(std::uint32_t slot);
    std::size_t reservations() const;

    /// Waiting requests at which a pod counts as full: the reference's queueDepthThreshold.
    static constexpr double kFullQueue = 5;

  private:
    struct Slot {
        std::weak_ptr<Pod> owner;
        Pod* pod = nullptr;
        std::uint32_t scrape = 0, generation = 0;
        base::MonoTime scrapedAt{};
        PodMetrics metrics;
        std::shared_ptr<const Adapters> adapters;
        std::string session;      ///< Its x-session-token.
        std::vector<std::uint64_t> active, queued;  ///< Hashes of their names.
        double kvBlocks = 0;      ///< Of 16 tokens, as the capacity was made from; 0: assumed.
        double scaleThen = 1;     ///< tokenScale_ at that time.
        bool blind = true;        ///< Had no fresh scrape when it was last looked at.
        CostModel::Server server;
        double silentTokens = 0;  ///< Prefill of requests that do not stream.
        double silentUnder = 0;   ///< The same of those that have not ended: what has ended waits nowhere.
        base::MonoTime silentAt{};
        std::uint64_t coldAt = 0; ///< Of the last pick without a hit: no-hit-lru-scorer.
    };
    static constexpr std::uint8_t kNotByProfile = 255;
    struct Candidate {
        double total = 0;
        LeftOut leftOut{};
        std::uint8_t filter = 0;
        bool fresh = false, full = false;
    };
    struct Terms {
        std::array<double, kMostTerms> value{};
        double total = 0;
    };

    void observe(Slot& slot, std::uint32_t number, base::MonoTime now);
    void fitCache(Slot& slot, std::uint32_t number);
    void noteAdapters(Slot& slot);
    void drain(Slot& slot, base::MonoTime now) const;
    bool isFull(const Slot& slot, const Pod& pod) const;
    LeftOut judge(const Pod& pod, const PickAsk& ask) const;
    std::uint64_t adapterOf(const Prompt* prompt) const;
    CacheState cacheOf(std::uint32_t number, const Slot& slot) const;
    double adapterWaitOf(const Slot& slot, std::uint64_t adapter) const;
    int adapterStateOf(const Slot& slot, std::uint64_t adapter) const;
    Terms costOf(std::uint32_t number, const Slot& slot, double promptTokens, std::uint64_t adapter) const;
    void scoreByProfile(const Pool& pool, const PickAsk& ask, double promptTokens);
    struct Choice {
        int pod = -1, runnerUp = -1;
        std::uint32_t tied = 0;
        double margin = 0;
    };
    Choice lowest() const;
    Reservation& reserveAt(std::uint32_t number, Slot& slot, const PickAsk& ask, double promptTokens, std::uint64_t adapter);
    void learn(Slot& slot, const Reservation& reservation, const PickOutcome& outcome, CostModel::Time now);
    /// In scheduler_decision.cpp.
    void describeInto(Decision& decision, const Pool& pool, const PickAsk& ask, double promptTokens, std::uint64_t adapter, const Choice& choice,
                      bool all);
    DecidedPod describePod(const Pool& pool, std::uint32_t position, base::MonoTime now, double promptTokens, std::uint64_t adapter) const;
    double estimatedTokens(const Prompt* prompt) const;

    const base::Millis staleAfter_;
    FlowControl flow_;
    const std::shared_ptr<DecisionShelf> shelf_ = std::make_shared<DecisionShelf>();
    std::atomic<bool> full_{false};

    mutable std::mutex mutex_;  ///< Guards all below.
    std::vector<Slot> slots_;
    HonestIndex index_{0};
    CostModel model_;
    double tokenScale_ = 1;     ///< Real tokens per nominal one.
    double promptMean_ = 500;   ///< Tokens of prompts that were read, lately: for those that were not.
    bool seesCached_ = false;   ///< Some answer has said cached tokens: others that say none had none.
    std::uint64_t picks_ = 0;
    KeyIndex adapters_;         ///< Hashes of names that engines have named as adapters.
    std::vector<std::unique_ptr<Reservation>> made_;
    std::vector<Reservation*> idle_;
    std::vector<std::uint32_t> matched_;  ///< Scratch of a pick, by slot: nominal tokens.
    std::vector<Candidate> seen_;         ///< Scratch, by pod of the pool.
    std::vector<ProfilePod> profilePods_;
    std::vector<ProfileScore> profileScores_;
    std::vector<std::uint32_t> order_;
    std::unordered_map<const Pod*, std::uint32_t> byPod_;
};

/// Hands out the one Scheduler per pool, so that what was learnt survives a swap. Thread: control thread.
class SchedulerRegistry {
  public:
    std::shared_ptr<Scheduler> get(const std::string& poolId, base::Millis staleAfter);
    void prune();

  private:
    std::unordered_map<std::string, std::shared_ptr<Scheduler>> byId_;
};

}  // namespace gatehouse::inference
