#include "inference/block_cache.h"

#include <algorithm>

namespace gatehouse::inference {

namespace {

/// Blocks of a segment: those whose last token lies in it.
std::uint32_t blocksBefore(std::span<const Segment> chain, std::size_t segment) {
    return segment == 0 ? 0 : chain[segment - 1].end / kBlockTokens;
}
std::uint32_t blocksThrough(std::span<const Segment> chain, std::size_t segment) { return chain[segment].end / kBlockTokens; }

}  // namespace

BlockCache BlockCache::shadow(const BlockCache& original) {
    BlockCache copy(original.capacity_);
    copy.free_ = original.free_ + original.unpinned_;
    copy.base_ = original.base_ ? original.base_ : &original;
    return copy;
}

std::uint32_t BlockCache::match(std::span<const Segment> chain, std::uint32_t tokens) const {
    if (base_) return base_->match(chain, tokens);
    const std::uint32_t most = tokens / kBlockTokens;
    std::uint32_t blocks = 0;
    for (std::size_t s = 0; s < chain.size() && blocks < most; ++s) {
        const std::uint32_t length = blocksThrough(chain, s) - blocksBefore(chain, s);
        if (length == 0) continue;
        const std::uint32_t found = index_.find(chain[s].key);
        const std::uint32_t here = found == KeyIndex::kNone ? 0 : std::min(runs_[found].cached, length);
        blocks += here;
        if (here < length) break;
    }
    return std::min(blocks, most) * kBlockTokens;
}

std::uint32_t BlockCache::acquire(std::span<const Segment> chain, std::uint32_t tokens, Lease& lease) {
    const std::uint32_t matched = match(chain, tokens);
    lease.published = matched / kBlockTokens;
    if (base_) {
        // Runs that nobody pins would move from free to held.
        for (std::size_t s = 0; s < chain.size() && blocksBefore(chain, s) < lease.published; ++s) {
            const std::uint32_t found = base_->index_.find(chain[s].key);
            if (found == KeyIndex::kNone || base_->runs_[found].pins > 0) continue;
            const std::uint32_t blocks = std::min(base_->runs_[found].cached, free_);
            free_ -= blocks;
            lease.granted += blocks;
        }
        return matched;
    }
    while (lease.pinned < chain.size() && blocksBefore(chain, lease.pinned) < lease.published) {
        const std::uint32_t run = runOf(chain[lease.pinned]);
        pin(runs_[run], run);
        ++lease.pinned;
    }
    return matched;
}

bool BlockCache::grow(Lease& lease, std::uint32_t heldTokens, std::uint32_t tokens) {
    const std::uint32_t held = blocksFor(heldTokens), wanted = blocksFor(tokens);
    if (wanted <= held) return true;
    const std::uint32_t more = wanted - held;
    if (more > available()) return false;
    if (more > free_) evict(more - free_);
    free_ -= more;
    (base_ ? lease.granted : lease.own) += more;
    return true;
}

void BlockCache::publish(std::span<const Segment> chain, std::uint32_t tokens, Lease& lease) {
    const std::uint32_t computed = tokens / kBlockTokens;
    if (base_) {
        lease.published = std::max(lease.published, computed);
        return;
    }
    // The segment of the next block to offer is the last pinned one, or the one behind it.
    std::size_t s = lease.pinned > 0 ? lease.pinned - 1U : 0;
    while (lease.published < computed && s < chain.size()) {
        const std::uint32_t end = blocksThrough(chain, s);
        if (lease.published >= end) {
            ++s;
            continue;
        }
        if (s >= lease.pinned) {
            // Segments too short to end a block have no run of their own, and are passed over above without one.
            while (lease.pinned <= s) {
                const std::uint32_t created = runOf(chain[lease.pinned]);
                pin(runs_[created], created);
                ++lease.pinned;
            }
        }
        Run& run = runs_[index_.find(chain[s].key)];
        const std::uint32_t until = std::min(end, computed);
        const std::uint32_t before = blocksBefore(chain, s);
        if (lease.published - before == run.cached) {
            const std::uint32_t moved = std::min(until - lease.published, lease.own);
            run.cached += moved;
            cached_ += moved;
            lease.own -= moved;
            if (watcher_ && moved > 0 && run.cached == end - before) {
                run.complete = true;
                watcher_->runComplete(run.key, number_);
            }
        }
        lease.published = until;
    }
}

void BlockCache::release(std::span<const Segment> chain, Lease& lease) {
    if (base_) {
        free_ += lease.granted;
    } else {
        free_ += lease.own;
        while (lease.pinned > 0) {
            --lease.pinned;
            const std::uint32_t index = index_.find(chain[lease.pinned].key);
            Run& run = runs_[index];
            if (--run.pins > 0) continue;
            if (run.cached == 0) {
                drop(index);
                continue;
            }
            unpinned_ += run.cached;
            append(index);
        }
    }
    lease = Lease{};
}

void BlockCache::forget() {
    for (Run& run : runs_) {
        if (!run.complete) continue;
        run.complete = false;
        watcher_->runBroken(run.key, number_);
    }
}

void BlockCache::resize(std::uint32_t blocks) {
    if (base_) return;
    if (blocks >= capacity_) {
        free_ += blocks - capacity_;
        capacity_ = blocks;
        return;
    }
    const std::uint32_t wanted = std::min(capacity_ - blocks, available());
    if (wanted > free_) evict(wanted - free_);
    free_ -= wanted;
    capacity_ -= wanted;
}

void BlockCache::clearUnpinned() {
    if (!base_) evict(unpinned_);
}

bool BlockCache::conserved(std::uint64_t ownBlocks) const {
    std::uint64_t cached = 0, unpinned = 0, listed = 0;
    for (const Run& run : runs_) {
        if (run.key == 0) continue;
        cached += run.cached;
        if (run.pins == 0) unpinned += run.cached;
    }
    for (std::uint32_t i = oldest_; i != KeyIndex::kNone; i = runs_[i].next) listed += runs_[i].cached;
    return cached == cached_ && unpinned == unpinned_ && listed == unpinned_ && free_ + ownBlocks + cached == capacity_ &&
           index_.size() == runs_.size() - spare_.size();
}

std::uint32_t BlockCache::runOf(const Segment& segment) {
    if (const std::uint32_t found = index_.find(segment.key); found != KeyIndex::kNone) return found;
    std::uint32_t index;
    if (spare_.empty()) {
        index = static_cast<std::uint32_t>(runs_.size());
        runs_.emplace_back();
    } else {
        index = spare_.back();
        spare_.pop_back();
    }
    runs_[index] = Run{.key = segment.key};
    index_.insert(segment.key, index);
    return index;
}

void BlockCache::pin(Run& run, std::uint32_t index) {
    if (run.pins++ > 0) return;
    if (run.previous != KeyIndex::kNone || run.next != KeyIndex::kNone || oldest_ == index) unlink(run);
    unpinned_ -= run.cached;
}

void BlockCache::unlink(Run& run) {
    (run.previous == KeyIndex::kNone ? oldest_ : runs_[run.previous].next) = run.next;
    (run.next == KeyIndex::kNone ? newest_ : runs_[run.next].previous) = run.previous;
    run.previous = run.next = KeyIndex::kNone;
}

void BlockCache::append(std::uint32_t index) {
    Run& run = runs_[index];
    run.previous = newest_;
    run.next = KeyIndex::kNone;
    (newest_ == KeyIndex::kNone ? oldest_ : runs_[newest_].next) = index;
    newest_ = index;
}

void BlockCache::drop(std::uint32_t index) {
    index_.erase(runs_[index].key);
    runs_[index].key = 0;
    spare_.push_back(index);
}

void BlockCache::evict(std::uint32_t blocks) {
    while (blocks > 0 && oldest_ != KeyIndex::kNone) {
        const std::uint32_t index = oldest_;
        Run& run = runs_[index];
        const std::uint32_t taken = std::min(blocks, run.cached);
        run.cached -= taken;
        cached_ -= taken;
        unpinned_ -= taken;
        free_ += taken;
        blocks -= taken;
        evictions_ += taken;
        if (run.complete) {
            run.complete = false;
            watcher_->runBroken(run.key, number_);
        }
        if (run.cached == 0) {
            unlink(run);
            drop(index);
        }
    }
}

}  // namespace gatehouse::inference
