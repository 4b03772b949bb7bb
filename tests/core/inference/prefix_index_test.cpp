// The honest prefix index against a model that does everything the slow way, and all servers at once against one by one.
#include "inference/prefix_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>

namespace gatehouse::inference {
namespace {

/// One engine's cache, told block by block: runs in a map, the oldest freed one found by looking at all.
class SlowCache {
  public:
    explicit SlowCache(std::uint32_t blocks) : capacity_(blocks) {}

    struct Held {
        std::vector<std::uint64_t> pinned;
        std::uint32_t own = 0;
    };

    std::uint32_t match(const std::vector<Segment>& chain, std::uint32_t tokens) const {
        std::uint32_t blocks = 0, before = 0;
        for (const Segment& segment : chain) {
            const auto found = runs_.find(segment.key);
            const std::uint32_t length = segment.end / kBlockTokens - before;
            const std::uint32_t here = found == runs_.end() ? 0 : std::min(found->second.blocks, length);
            blocks += here;
            before = segment.end / kBlockTokens;
            if (here < length) break;
        }
        return std::min(blocks, tokens / kBlockTokens) * kBlockTokens;
    }
    /// False: no room, nothing changed.
    bool begin(const std::vector<Segment>& chain, std::uint32_t tokens, Held& held) {
        const std::uint32_t matched = match(chain, tokens - 1) / kBlockTokens;
        std::uint32_t before = 0;
        for (const Segment& segment : chain) {
            if (before >= matched) break;
            ++runs_[segment.key].pins;
            held.pinned.push_back(segment.key);
            before = segment.end / kBlockTokens;
        }
        const std::uint32_t wanted = blocksFor(tokens) - matched;
        std::uint32_t evictable = 0;
        for (const auto& [key, run] : runs_) evictable += run.pins == 0 ? run.blocks : 0;
        if (wanted > free() + evictable) {
            end(chain, held);
            return false;
        }
        while (free() < wanted) evictOne();
        held.own = wanted;
        ownBlocks_ += wanted;
        std::uint32_t from = 0, published = matched;
        for (const Segment& segment : chain) {
            const std::uint32_t until = segment.end / kBlockTokens;
            if (published < until) {
                auto& run = runs_[segment.key];
                if (std::find(held.pinned.begin(), held.pinned.end(), segment.key) == held.pinned.end()) {
                    ++run.pins;
                    held.pinned.push_back(segment.key);
                }
                if (run.blocks == published - from) {
                    const std::uint32_t moved = std::min(until - published, held.own);
                    run.blocks += moved;
                    held.own -= moved;
                    ownBlocks_ -= moved;
                }
                published = until;
            }
            from = until;
        }
        return true;
    }
    void end(const std::vector<Segment>&, Held& held) {
        ownBlocks_ -= held.own;
        for (auto key = held.pinned.rbegin(); key != held.pinned.rend(); ++key) {
            auto& run = runs_[*key];
            if (--run.pins > 0) continue;
            if (run.blocks == 0) runs_.erase(*key);
            else run.freed = ++clock_;
        }
        held = {};
    }

  private:
    struct Run {
        std::uint32_t blocks = 0, pins = 0;
        std::uint64_t freed = 0;
    };
    std::uint32_t free() const {
        std::uint32_t used = ownBlocks_;
        for (const auto& [key, run] : runs_) used += run.blocks;
        return capacity_ - used;
    }
    void evictOne() {
        auto oldest = runs_.end();
        for (auto run = runs_.begin(); run != runs_.end(); ++run)
            if (run->second.pins == 0 && run->second.blocks > 0 && (oldest == runs_.end() || run->second.freed < oldest->second.freed)) oldest = run;
        ASSERT_NE(oldest, runs_.end());
        if (--oldest->second.blocks == 0) runs_.erase(oldest);
    }

    std::uint32_t capacity_, ownBlocks_ = 0;
    std::uint64_t clock_ = 0;
    std::map<std::uint64_t, Run> runs_;
};

/// Prompts that share beginnings: each is a walk down a small tree of texts.
std::vector<Segment> someChain(std::mt19937_64& random) {
    std::vector<Segment> chain;
    const std::size_t depth = 1 + random() % 12;
    std::string path;
    for (std::size_t i = 0; i < depth; ++i) {
        path += static_cast<char>('a' + random() % (i < 2 ? 2 : 3));
        std::string text(std::size_t(kTextSegmentTokens) * kBytesPerToken, 'x');
        text.replace(0, path.size(), path);
        cutText(text, 7, chain);
    }
    return chain;
}

TEST(HonestIndex, IsWhatTheSlowModelSaysAndAllServersAgreeWithEach) {
    std::random_device device;
    const std::uint64_t seed = device();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    constexpr std::size_t kPods = 70;  // More than one word of bits.
    HonestIndex index(0);
    index.answerForAll();
    index.grow(3);
    index.grow(kPods);
    std::vector<SlowCache> slow;
    for (std::size_t i = 0; i < kPods; ++i) {
        const std::uint32_t blocks = 20 + static_cast<std::uint32_t>(random() % 120);
        index.setCapacity(i, blocks);
        slow.emplace_back(blocks);
    }
    struct Under {
        std::size_t pod;
        std::vector<Segment> chain;
        BlockCache::Lease lease;
        SlowCache::Held held;
    };
    std::vector<Under> under;
    std::vector<std::uint32_t> all(kPods);
    for (int step = 0; step < 6'000; ++step) {
        if (!under.empty() && random() % 2 == 0) {
            const std::size_t at = random() % under.size();
            auto& one = under[at];
            index.leave(one.chain, one.pod, one.lease);
            slow[one.pod].end(one.chain, one.held);
            std::swap(under[at], under.back());
            under.pop_back();
        } else {
            Under one{random() % 7 == 0 ? random() % kPods : random() % 4, someChain(random), {}, {}};
            const std::uint32_t tokens = one.chain.back().end + static_cast<std::uint32_t>(random() % 64);
            index.begin(one.chain, tokens, one.pod, one.lease);
            slow[one.pod].begin(one.chain, tokens, one.held);
            under.push_back(std::move(one));
        }
        const auto asked = someChain(random);
        index.matchAll(asked, all);
        for (std::size_t pod = 0; pod < kPods; ++pod) {
            const std::uint32_t one = index.match(asked, asked.back().end, pod);
            ASSERT_EQ(one, slow[pod].match(asked, asked.back().end)) << "server " << pod << " at step " << step;
            ASSERT_EQ(all[pod], one / kTextSegmentTokens * kTextSegmentTokens) << "server " << pod << " at step " << step;
        }
        if (step % 100 != 0) continue;
        std::vector<std::uint64_t> own(kPods);
        for (const auto& one : under) own[one.pod] += one.lease.own;
        for (std::size_t pod = 0; pod < kPods; ++pod) ASSERT_TRUE(index.server(pod).conserved(own[pod])) << "server " << pod;
    }
    for (auto& one : under) index.leave(one.chain, one.pod, one.lease);
    for (std::size_t pod = 0; pod < kPods; ++pod) {
        index.restart(pod, 10);
        index.matchAll(someChain(random), all);
        EXPECT_EQ(all[pod], 0U);
    }
    EXPECT_EQ(index.table()->size(), 0U) << "what nobody holds is forgotten";
}

TEST(HonestIndex, NeverBelievesMoreThanTheCacheHolds) {
    HonestIndex index(1);
    index.answerForAll();
    index.setCapacity(0, 40);  // 640 tokens.
    std::vector<std::vector<Segment>> prompts;
    for (int i = 0; i < 10; ++i) {
        std::vector<Segment> chain;
        cutText(std::string(2'048, static_cast<char>('a' + i)), 7, chain);
        BlockCache::Lease lease;
        index.begin(chain, 0, lease);
        index.leave(chain, 0, lease);
        prompts.push_back(std::move(chain));
    }
    std::uint32_t believed = 0;
    std::vector<std::uint32_t> matched(1);
    for (const auto& prompt : prompts) {
        index.matchAll(prompt, matched);
        believed += matched[0];
    }
    EXPECT_LE(believed, 640U);
    index.matchAll(prompts.back(), matched);
    EXPECT_EQ(matched[0], 512U) << "the newest is there whole";
}

TEST(BlockCache, ShrinksAndGrowsWithoutLosingWhatIsHeld) {
    BlockCache cache(100);
    std::vector<Segment> held, idle;
    cutText(std::string(1'024, 'a'), 7, held);
    cutText(std::string(1'024, 'b'), 7, idle);
    BlockCache::Lease lease, other;
    for (auto [chain, mine] : {std::pair(&held, &lease), std::pair(&idle, &other)}) {
        cache.acquire(*chain, 256, *mine);
        ASSERT_TRUE(cache.grow(*mine, 0, 256));
        cache.publish(*chain, 256, *mine);
    }
    cache.release(idle, other);
    cache.resize(8);
    EXPECT_EQ(cache.capacity(), 16U) << "what is held cannot be taken";
    EXPECT_TRUE(cache.conserved(lease.own));
    EXPECT_EQ(cache.match(held, 256), 256U);
    EXPECT_EQ(cache.match(idle, 256), 0U);
    cache.resize(50);
    EXPECT_EQ(cache.capacity(), 50U);
    EXPECT_TRUE(cache.conserved(lease.own));
    cache.release(held, lease);
    EXPECT_EQ(cache.available(), 50U);
}

TEST(PromptChain, SharesExactlyTheCommonBeginning) {
    std::vector<Segment> a, b;
    const std::string common(64 * 4 * 3, 'x');
    cutText(common + std::string(300, 'a'), 1, a);
    cutText(common + std::string(300, 'b'), 1, b);
    ASSERT_EQ(a.size(), 4U);
    ASSERT_EQ(b.size(), 4U);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(a[i].key, b[i].key);
    EXPECT_NE(a[3].key, b[3].key);
    EXPECT_EQ(a.back().end, 256U);
    std::vector<Segment> other;
    cutText(common, 2, other);
    EXPECT_NE(other[0].key, a[0].key) << "another model, other blocks";
    std::vector<Segment> endless;
    cutText(std::string(4'000'000, 'x'), 1, endless);
    EXPECT_EQ(endless.back().end, kMostPromptTokens);
}

}  // namespace
}  // namespace gatehouse::inference
