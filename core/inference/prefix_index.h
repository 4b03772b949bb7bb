// Two prefix indexes as gateways keep them.
//
// ApproximateIndex is the reference picker's: hashes of 64-token blocks in one LRU per server whose capacity is the engine's
// num_gpu_blocks (of 16 tokens: about four times the real cache), inserted from head to tail so that the head ages first, with a
// match that counts any block of the walk, contiguous or not. HonestIndex is a model of each engine's own cache: capacity in tokens,
// contiguous match, tail first. The laboratory and the data plane use the same.
// Thread: one owner (on the data plane: whoever holds the scheduler's lock). Lifetime: of the policy, of the scheduler.
#pragma once

#include "inference/block_cache.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace gatehouse::inference {

class ApproximateIndex {
  public:
    static constexpr std::uint32_t kIndexBlockTokens = 64;
    static constexpr std::uint32_t kMostTokens = 131'072;

    explicit ApproximateIndex(std::size_t pods) : pods_(pods), servers_(pods) {}
    void setCapacity(std::size_t pod, std::uint32_t entries) { servers_[pod].capacity = entries; }
    /// Blocks of the prompt that each server is believed to hold; answers how many blocks the prompt has.
    std::uint32_t match(std::span<const Segment> prompt, std::span<std::uint32_t> matched) const;
    void add(std::span<const Segment> prompt, std::size_t pod);

  private:
    struct Entry {
        std::uint64_t key = 0;
        std::uint32_t previous = KeyIndex::kNone, next = KeyIndex::kNone;
    };
    struct Server {
        std::uint32_t capacity = 31'250;
        KeyIndex index;
        std::vector<Entry> entries;
        std::uint32_t oldest = KeyIndex::kNone, newest = KeyIndex::kNone;
        void touch(std::uint64_t key);
        void unlink(std::uint32_t entry);
        void append(std::uint32_t entry);
    };
    std::size_t pods_;
    std::vector<Server> servers_;
};

/// Which caches hold a run whole, by its key: a row of bits per key.
class RunTable final : public RunWatcher {
  public:
    using Word = std::uint64_t;
    static constexpr std::size_t kBits = 64;

    /// For caches 0 to `caches` - 1.
    void widen(std::size_t caches);
    std::size_t words() const { return words_; }
    /// words() words, valid until the next change; null: no cache has it.
    const Word* row(std::uint64_t key) const {
        const std::uint32_t found = index_.find(key);
        return found == KeyIndex::kNone ? nullptr : bits_.data() + std::size_t(found) * words_;
    }
    std::size_t size() const { return index_.size(); }
    void runComplete(std::uint64_t key, std::uint32_t cache) override;
    void runBroken(std::uint64_t key, std::uint32_t cache) override;

  private:
    std::size_t words_ = 0;
    KeyIndex index_;
    std::vector<Word> bits_;
    std::vector<std::uint32_t> spare_;
};

class HonestIndex {
  public:
    explicit HonestIndex(std::size_t pods) : servers_(pods, BlockCache(0)) {}
    /// From now on matchAll() can be asked too. To be called before anything else.
    void answerForAll();
    /// Adds servers, each without a capacity.
    void grow(std::size_t pods);
    std::size_t size() const { return servers_.size(); }
    /// To be called before each pick with what the scrape says; the first capacity that is known starts that server.
    void setCapacity(std::size_t pod, std::uint32_t blocks);
    /// Forgets all that the server holds. Leases that are out must not be given back.
    void restart(std::size_t pod, std::uint32_t blocks);
    void resize(std::size_t pod, std::uint32_t blocks) { servers_[pod].resize(blocks); }
    std::uint32_t match(std::span<const Segment> prompt, std::uint32_t tokens, std::size_t pod) const {
        return servers_[pod].match(prompt, tokens);
    }
    /// match() of every server at once, in whole segments: a cache that lost a part of a segment does not count for it. `matched` has
    /// size() tokens. Costs a few look-ups where servers agree, however long the prompt is.
    void matchAll(std::span<const Segment> prompt, std::span<std::uint32_t> matched) const;
    /// The request runs there: what it holds is pinned until done() or leave().
    void begin(std::span<const Segment> prompt, std::size_t pod, BlockCache::Lease& lease);
    /// As begin() for `tokens` in all, more than the chain covers: its end is in no segment.
    void begin(std::span<const Segment> prompt, std::uint32_t tokens, std::size_t pod, BlockCache::Lease& lease);
    void done(std::span<const Segment> chain, std::uint32_t promptTokens, std::uint32_t outputTokens, std::size_t pod, BlockCache::Lease& lease);
    /// It ended: nothing is added to what begin() entered.
    void leave(std::span<const Segment> prompt, std::size_t pod, BlockCache::Lease& lease) { servers_[pod].release(prompt, lease); }
    const BlockCache& server(std::size_t pod) const { return servers_[pod]; }
    const RunTable* table() const { return table_.get(); }

  private:
    std::vector<BlockCache> servers_;
    std::unique_ptr<RunTable> table_;
    mutable std::vector<RunTable::Word> alive_;  ///< Scratch of matchAll().
};

}  // namespace gatehouse::inference
