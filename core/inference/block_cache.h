// BlockCache: the KV blocks of one engine: 16 tokens each, shared by prompts with an equal beginning, kept after use until their
// room is needed (vLLM v1: least recently freed first, and of one request its tail before its head).
//
// Blocks are kept as runs, one per segment of a prompt: the blocks that end in the segment. A run's blocks are cached from its
// front, freed together and evicted from its tail, which is what happens block by block in an engine. Two differences, both
// conservative: a sequence pins the whole run that it uses, and of blocks that two sequences compute at the same time the second
// copy is not kept when its sequence ends.
// Thread: one owner. Lifetime: a value of its engine; a shadow lives no longer than what it shadows.
#pragma once

#include "inference/prompt_chain.h"

#include <cstdint>
#include <span>
#include <vector>

namespace gatehouse::inference {

/// Is told which runs of a cache are whole, so that many caches can be asked at once.
class RunWatcher {
  public:
    virtual void runComplete(std::uint64_t key, std::uint32_t cache) = 0;
    virtual void runBroken(std::uint64_t key, std::uint32_t cache) = 0;

  protected:
    ~RunWatcher() = default;
};

class BlockCache {
  public:
    /// What a sequence holds here. Its chain must stay the same until release().
    struct Lease {
        std::uint16_t pinned = 0;       ///< Runs of the chain that are pinned, from the first.
        std::uint32_t own = 0;          ///< Blocks that are not in a run: being filled, or copies.
        std::uint32_t published = 0;    ///< Blocks of the chain, from the start, that have been offered to runs.
        std::uint32_t granted = 0;      ///< Shadow only: blocks that release() gives back.
    };

    explicit BlockCache(std::uint32_t blocks) : capacity_(blocks), free_(blocks) {}
    /// `number` is what the watcher knows this cache by. Must be called while it is empty.
    void watch(RunWatcher* watcher, std::uint32_t number) {
        watcher_ = watcher;
        number_ = number;
    }
    /// Tells the watcher that nothing is whole any more. For a cache that is about to be replaced.
    void forget();
    /// Another capacity. What sequences hold stays: a smaller one may be reached only in part.
    void resize(std::uint32_t blocks);
    /// Counts like `original` from now on without copying its runs: for playing a state forward. Prompts are matched as of now.
    static BlockCache shadow(const BlockCache& original);

    /// Whole blocks of the chain's beginning that are cached, in tokens.
    std::uint32_t match(std::span<const Segment> chain, std::uint32_t tokens) const;
    /// Pins what is cached of the first `tokens` tokens, and answers how many that is. The lease must be empty.
    std::uint32_t acquire(std::span<const Segment> chain, std::uint32_t tokens, Lease& lease);
    /// Room for a sequence of `tokens` tokens in all; false (and nothing changed) where blocks lack.
    bool grow(Lease& lease, std::uint32_t heldTokens, std::uint32_t tokens);
    /// The first `tokens` tokens are computed: their whole blocks can be found by others from now on.
    void publish(std::span<const Segment> chain, std::uint32_t tokens, Lease& lease);
    /// Everything that the lease holds becomes free, cached where it was published.
    void release(std::span<const Segment> chain, Lease& lease);
    void clearUnpinned();
    /// Of a shadow: whatever was held at the fork is free by now. Nothing else changes.
    void nothingRuns() {
        if (base_) free_ = capacity_;
    }

    std::uint32_t capacity() const { return capacity_; }
    /// Share of blocks that sequences hold: what engines report as KV-cache use.
    double use() const { return capacity_ ? 1 - double(available()) / capacity_ : 0; }
    std::uint32_t available() const { return free_ + unpinned_; }
    std::uint32_t cached() const { return cached_; }
    std::uint64_t evictions() const { return evictions_; }
    /// Counts every block anew: free + own + cached = capacity. `ownBlocks` is the sum over the leases that are out.
    bool conserved(std::uint64_t ownBlocks) const;

  private:
    struct Run {
        std::uint64_t key = 0;
        std::uint32_t cached = 0;  ///< Blocks, from the run's front.
        std::uint32_t pins = 0;
        bool complete = false;     ///< As the watcher was told.
        std::uint32_t previous = KeyIndex::kNone, next = KeyIndex::kNone;  ///< In the order of freeing.
    };
    std::uint32_t runOf(const Segment& segment);
    void pin(Run& run, std::uint32_t index);
    void unlink(Run& run);
    void append(std::uint32_t index);
    void drop(std::uint32_t index);
    void evict(std::uint32_t blocks);

    std::uint32_t capacity_;
    std::uint32_t free_;
    std::uint32_t cached_ = 0;    ///< In runs.
    std::uint32_t unpinned_ = 0;  ///< In runs that nobody pins.
    std::uint64_t evictions_ = 0;
    KeyIndex index_;
    std::vector<Run> runs_;
    std::vector<std::uint32_t> spare_;
    std::uint32_t oldest_ = KeyIndex::kNone, newest_ = KeyIndex::kNone;
    const BlockCache* base_ = nullptr;
    RunWatcher* watcher_ = nullptr;
    std::uint32_t number_ = 0;
};

}  // namespace gatehouse::inference
