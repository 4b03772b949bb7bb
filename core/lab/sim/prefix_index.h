// Two prefix indexes as gateways keep them.
//
// ApproximateIndex is the reference picker's: hashes of 64-token blocks in one LRU per server whose capacity is the engine's
// num_gpu_blocks (of 16 tokens: about four times the real cache), inserted from head to tail so that the head ages first, with a
// match that counts any block of the walk, contiguous or not. HonestIndex is a model of each engine's own cache: capacity in tokens,
// contiguous match, tail first.
// Thread: one owner. Lifetime: of the policy.
#pragma once

#include "lab/sim/block_cache.h"

#include <cstdint>
#include <span>
#include <vector>

namespace gatehouse::lab::sim {

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

class HonestIndex {
  public:
    explicit HonestIndex(std::size_t pods) : servers_(pods, BlockCache(0)) {}
    /// To be called before each pick with what the scrape says; the first capacity that is known starts that server.
    void setCapacity(std::size_t pod, std::uint32_t blocks);
    std::uint32_t match(std::span<const Segment> prompt, std::uint32_t tokens, std::size_t pod) const {
        return servers_[pod].match(prompt, tokens);
    }
    /// The request runs there: what it holds is pinned until done().
    void begin(std::span<const Segment> prompt, std::size_t pod, BlockCache::Lease& lease);
    void done(std::span<const Segment> chain, const Request& request, std::size_t pod, BlockCache::Lease& lease);
    const BlockCache& server(std::size_t pod) const { return servers_[pod]; }

  private:
    std::vector<BlockCache> servers_;
};

}  // namespace gatehouse::lab::sim
