// SGLang's gateway, cache_aware: by load alone where the servers are uneven; else the longest match of an approximate tree per server
// when it covers more than half of the prompt, else the server with the smallest tree. The tree keeps 10,000 nodes, cut back every 30 s,
// least recently used leaves first. A node here is a segment, which is what the tree's nodes become for prompts that share beginnings.
#include "lab/sim/picker_policy.h"

#include <algorithm>
#include <list>
#include <unordered_map>

namespace gatehouse::lab::sim {

namespace {

constexpr std::size_t kMostNodes = 10'000;
constexpr SimTime kEvictEvery{30'000'000};

class Tree {
  public:
    std::uint32_t match(std::span<const Segment> prompt) const {
        std::uint32_t end = 0;
        for (const Segment& segment : prompt) {
            if (!nodes_.contains(segment.key)) break;
            end = segment.end;
        }
        return end;
    }
    void add(std::span<const Segment> prompt) {
        // From the end, so that a parent is always used later than its children.
        for (std::size_t i = prompt.size(); i-- > 0;) {
            const auto [node, fresh] = nodes_.try_emplace(prompt[i].key);
            if (!fresh) order_.erase(node->second.at);
            node->second = {order_.insert(order_.end(), prompt[i].key), prompt[i].end - (i > 0 ? prompt[i - 1].end : 0)};
            if (fresh) tokens_ += node->second.tokens;
        }
    }
    void evict() {
        while (nodes_.size() > kMostNodes) {
            const auto node = nodes_.find(order_.front());
            tokens_ -= node->second.tokens;
            nodes_.erase(node);
            order_.pop_front();
        }
    }
    std::uint64_t tokens() const { return tokens_; }

  private:
    struct Node {
        std::list<std::uint64_t>::iterator at;
        std::uint32_t tokens = 0;
    };
    std::unordered_map<std::uint64_t, Node> nodes_;
    std::list<std::uint64_t> order_;
    std::uint64_t tokens_ = 0;
};

class CacheAware : public PickerPolicy {
  public:
    explicit CacheAware(const PolicySetup& setup) : random_(setup.seed), counts_(setup.pods), trees_(setup.pods), values_(setup.pods) {}

    std::size_t pick(const PickContext& context) override {
        if (context.now >= nextEviction_) {
            for (Tree& tree : trees_) tree.evict();
            nextEviction_ = context.now + kEvictEvery;
        }
        const std::size_t chosen = choose(context);
        believed_ = trees_[chosen].match(context.prompt());
        return chosen;
    }
    void dispatched(const PickContext& context, std::size_t pod) override {
        ++counts_.requests[pod];
        trees_[pod].add(context.prompt());
    }
    void finished(const PickContext&, std::size_t pod) override { --counts_.requests[pod]; }
    double believedTokens() const override { return believed_; }

  private:
    std::size_t choose(const PickContext& context) {
        const auto [least, most] = std::minmax_element(counts_.requests.begin(), counts_.requests.end());
        if (sglangImbalanced(*most, *least)) {
            std::copy(counts_.requests.begin(), counts_.requests.end(), values_.begin());
            return lowest(values_, random_);
        }
        for (std::size_t i = 0; i < values_.size(); ++i) values_[i] = trees_[i].match(context.prompt());
        const std::size_t longest = highest(values_, random_);
        if (values_[longest] > kSglangMatch * context.request.promptTokens) return longest;
        for (std::size_t i = 0; i < values_.size(); ++i) values_[i] = double(trees_[i].tokens());
        return lowest(values_, random_);
    }

    Random random_;
    OwnCounts counts_;
    std::vector<Tree> trees_;
    std::vector<double> values_;
    SimTime nextEviction_{0};
    double believed_ = 0;
};

}  // namespace

std::unique_ptr<PickerPolicy> makeSglangCacheAware(const PolicySetup& setup) { return std::make_unique<CacheAware>(setup); }

}  // namespace gatehouse::lab::sim
