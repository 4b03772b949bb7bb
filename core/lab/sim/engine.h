// Engine: one simulated model server, with the scheduling of vLLM v1: continuous batching in steps, chunked prefill under a token
// budget, at most N sequences in the batch, a block cache with prefix reuse, preemption of the youngest by recompute, and LoRA
// slots whose adapters take time to load. Time is the caller's: beginStep() says how long the step takes.
//
// `fork()` copies the state without the cached runs, so that a forecast can play one request forward on every server.
// Thread: one owner. Lifetime: a value; the trace outlives it.
#pragma once

#include "inference/block_cache.h"
#include "lab/sim/request.h"
#include "lab/sim/step_model.h"

#include <cstdint>
#include <deque>
#include <vector>

namespace gatehouse::lab::sim {

using inference::BlockCache;

struct EngineOptions {
    std::uint32_t stepTokens = 8'192;    ///< max_num_batched_tokens
    std::uint32_t maxSequences = 256;    ///< max_num_seqs
    std::uint32_t blocks = 0;            ///< num_gpu_blocks; 0: what the model leaves on the GPUs.
    std::uint32_t adapterSlots = 4;      ///< max_loras
    SimTime adapterLoad{150'000};        ///< Of one adapter; the step waits for it.
};

class Engine {
  public:
    struct Event {
        std::uint32_t request = 0;  ///< Index in the trace.
        bool first = false;
        bool last = false;
        std::uint32_t cachedTokens = 0;  ///< What the answer's `usage` would say.
    };
    struct Counters {
        std::uint64_t submitted = 0, finished = 0, preemptions = 0, adapterLoads = 0;
        std::uint64_t promptTokens = 0, cachedTokens = 0, computedTokens = 0, outputTokens = 0, steps = 0;
    };

    Engine(const StepModel& model, const EngineOptions& options, const Trace& trace);
    Engine fork() const;

    /// False: the request can never fit into the cache.
    bool submit(std::uint32_t request);
    /// Plans the next step and answers how long it takes; 0: nothing to do.
    SimTime beginStep(SimTime now);
    /// Ends the planned step. Appends first and last tokens to `out`.
    void finishStep(std::vector<Event>& out);

    bool stepping() const { return stepping_; }
    SimTime stepEnds() const { return stepEnds_; }
    std::uint32_t running() const { return static_cast<std::uint32_t>(running_.size()); }
    std::uint32_t waiting() const { return static_cast<std::uint32_t>(waiting_.size()); }
    const BlockCache& cache() const { return cache_; }
    const Counters& counters() const { return counters_; }
    const EngineOptions& options() const { return options_; }
    const StepModel& model() const { return model_; }
    /// Blocks are conserved, the batch is within its limits, and every request that came is waiting, running or finished.
    bool consistent() const;

  private:
    struct Sequence {
        std::uint32_t request = 0;
        std::uint32_t generated = 0;
        std::uint32_t computed = 0;  ///< Tokens whose KV is there.
        std::uint32_t planned = 0;   ///< Tokens of the step under way.
        std::uint32_t held = 0;      ///< Tokens that blocks are there for.
        std::uint32_t cached = 0;    ///< Found at the first admission.
        bool admitted = false;
        BlockCache::Lease lease;
    };
    struct Slot {
        std::uint16_t adapter = kNoAdapter;
        bool busy = false;  ///< While admitting: somebody in the batch uses it.
        std::uint64_t used = 0;
    };
    Engine(const Engine& original, BlockCache cache);
    const Request& request(const Sequence& sequence) const { return trace_->requests[sequence.request]; }
    std::uint32_t tokens(const Sequence& sequence) const { return request(sequence).promptTokens + sequence.generated; }
    void planRunning(std::uint32_t& budget, StepLoad& load);
    void admit(std::uint32_t& budget, StepLoad& load);
    bool admitOne(Sequence& sequence, std::uint32_t budget);
    void preemptLast();
    void plan(Sequence& sequence, std::uint32_t tokens, StepLoad& load);
    bool takeSlot(std::uint16_t adapter);
    void markBusySlots();

    StepModel model_;
    EngineOptions options_;
    const Trace* trace_;
    BlockCache cache_;
    std::vector<Sequence> running_;  ///< Oldest first.
    std::deque<Sequence> waiting_;
    std::vector<Slot> slots_;
    SimTime loading_{0};  ///< Of adapters, added to the step.
    SimTime stepEnds_{0};
    bool stepping_ = false;
    Counters counters_;
};

/// When `request` would give its first token on `engine` if it came at `now` and nothing came after it. Queues that take more than
/// 1,500 steps to reach it are extrapolated from how fast they shrank until then. SimTime::max(): never.
SimTime forecastFirstToken(const Engine& engine, std::uint32_t request, SimTime now);

}  // namespace gatehouse::lab::sim
