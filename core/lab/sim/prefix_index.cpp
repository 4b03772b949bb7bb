#include "lab/sim/prefix_index.h"

#include <algorithm>

namespace gatehouse::lab::sim {

namespace {

/// Calls `visit(key)` for each whole 64-token block of the prompt until it answers false; answers the number of blocks.
template <class Visit>
std::uint32_t walk(std::span<const Segment> prompt, Visit visit) {
    constexpr std::uint32_t kBlock = ApproximateIndex::kIndexBlockTokens;
    const std::uint32_t blocks = std::min(prompt.back().end, ApproximateIndex::kMostTokens) / kBlock;
    std::size_t segment = 0;
    for (std::uint32_t block = 0; block < blocks; ++block) {
        while (prompt[segment].end < (block + 1) * kBlock) ++segment;
        if (!visit(blockKey(prompt, segment, block))) break;
    }
    return blocks;
}

}  // namespace

std::uint32_t ApproximateIndex::match(std::span<const Segment> prompt, std::span<std::uint32_t> matched) const {
    std::fill(matched.begin(), matched.end(), 0U);
    return walk(prompt, [&](std::uint64_t key) {
        bool anywhere = false;
        for (std::size_t pod = 0; pod < pods_; ++pod) {
            if (servers_[pod].index.find(key) == KeyIndex::kNone) continue;
            anywhere = true;
            ++matched[pod];
        }
        return anywhere;
    });
}

void ApproximateIndex::add(std::span<const Segment> prompt, std::size_t pod) {
    walk(prompt, [&](std::uint64_t key) {
        servers_[pod].touch(key);
        return true;
    });
}

void ApproximateIndex::Server::touch(std::uint64_t key) {
    if (capacity == 0) return;
    std::uint32_t entry = index.find(key);
    if (entry != KeyIndex::kNone) {
        unlink(entry);
    } else if (entries.size() < capacity) {
        entry = static_cast<std::uint32_t>(entries.size());
        entries.push_back({key});
        index.insert(key, entry);
    } else {
        entry = oldest;
        index.erase(entries[entry].key);
        unlink(entry);
        entries[entry].key = key;
        index.insert(key, entry);
    }
    append(entry);
}

void ApproximateIndex::Server::unlink(std::uint32_t entry) {
    const Entry& gone = entries[entry];
    (gone.previous == KeyIndex::kNone ? oldest : entries[gone.previous].next) = gone.next;
    (gone.next == KeyIndex::kNone ? newest : entries[gone.next].previous) = gone.previous;
}

void ApproximateIndex::Server::append(std::uint32_t entry) {
    entries[entry].previous = newest;
    entries[entry].next = KeyIndex::kNone;
    (newest == KeyIndex::kNone ? oldest : entries[newest].next) = entry;
    newest = entry;
}

void HonestIndex::setCapacity(std::size_t pod, std::uint32_t blocks) {
    if (servers_[pod].capacity() == 0 && blocks > 0) servers_[pod] = BlockCache(blocks);
}

void HonestIndex::begin(std::span<const Segment> prompt, std::size_t pod, BlockCache::Lease& lease) {
    BlockCache& cache = servers_[pod];
    const std::uint32_t tokens = prompt.back().end;
    const std::uint32_t matched = cache.acquire(prompt, tokens - 1, lease);
    if (cache.grow(lease, matched, tokens)) {
        cache.publish(prompt, tokens, lease);
    } else {
        // The model is full of running requests: this one waits in the engine's queue, and is entered when it is done.
        cache.release(prompt, lease);
    }
}

void HonestIndex::done(std::span<const Segment> chain, const Request& request, std::size_t pod, BlockCache::Lease& lease) {
    BlockCache& cache = servers_[pod];
    const std::uint32_t whole = request.promptTokens + request.outputTokens - 1;
    const bool begun = lease.own > 0 || lease.published > 0;
    const std::uint32_t held = begun ? request.promptTokens : cache.acquire(chain, whole, lease);
    if (cache.grow(lease, held, whole)) cache.publish(chain, whole, lease);
    cache.release(chain, lease);
}

}  // namespace gatehouse::lab::sim
