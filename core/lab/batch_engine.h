// BatchEngine: how an LLM engine works through requests: continuous batching in steps. A step decodes one token for each
// running sequence and prefills chunks of new prompts under a token budget; KV blocks are taken as sequences grow, and the
// youngest sequence is preempted and recomputed when none is left (vLLM v1 semantics). Time is the caller's: the engine says
// how long a step takes, so a server waits for real and a simulation does not.
// Thread: one owner. Lifetime: a value of its server.
#pragma once

#include "lab/model_server.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <vector>

namespace gatehouse::lab {

class BatchEngine {
  public:
    /// Prompt tokens that one step may prefill beside its decodes; vLLM's max_num_batched_tokens default for serving.
    static constexpr std::uint32_t kStepTokens = 2'048;

    struct Job {
        std::uint64_t id = 0;
        std::uint32_t promptTokens = 1;
        std::uint32_t outputTokens = 1;
    };
    struct Token {
        std::uint64_t job = 0;
        std::uint32_t index = 0;  ///< From 0.
        bool last = false;
    };
    enum class Admission { Accepted, QueueFull, TooLong };
    struct Counters {
        std::uint64_t promptTokens = 0, outputTokens = 0, finished = 0, preemptions = 0;
        std::uint64_t waitedMicros = 0;  ///< Of all jobs together, in the queue while steps ran: the engine's time, not the clock's.
        std::uint32_t mostWaiting = 0;
    };

    explicit BatchEngine(const Profile& profile) : profile_(profile) {}

    Admission submit(Job job);
    /// The client left: frees what the job holds, unknown ids are fine.
    void cancel(std::uint64_t id);
    void clear();

    /// Plans the next step and answers how long it takes; 0 when there is nothing to do.
    std::chrono::microseconds beginStep();
    /// Ends the planned step and appends the tokens it made.
    void finishStep(std::vector<Token>& out);

    std::uint32_t running() const { return static_cast<std::uint32_t>(running_.size()); }
    std::uint32_t waiting() const { return static_cast<std::uint32_t>(waiting_.size()); }
    std::uint32_t usedBlocks() const { return usedBlocks_; }
    double kvUse() const { return profile_.kvBlocks ? double(usedBlocks_) / profile_.kvBlocks : 0; }
    const Counters& counters() const { return counters_; }

  private:
    struct Sequence {
        Job job;
        std::uint32_t generated = 0;
        std::uint32_t computed = 0;  ///< Tokens whose KV is in the cache.
        std::uint32_t planned = 0;   ///< Tokens of the step under way.
        std::uint32_t blocks = 0;
        std::uint32_t pending() const { return job.promptTokens + generated - computed; }
    };
    std::uint32_t blocksFor(std::uint64_t tokens) const;
    bool grow(Sequence& sequence, std::uint32_t tokens);
    void free(Sequence& sequence);
    void preemptLast();
    void admit(std::uint32_t& budget);

    Profile profile_;
    std::vector<Sequence> running_;  ///< Oldest first.
    std::deque<Sequence> waiting_;
    std::uint32_t usedBlocks_ = 0;
    bool stepping_ = false;
    Counters counters_;
};

}  // namespace gatehouse::lab
