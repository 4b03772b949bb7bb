// Dynamo's KV router: prefill blocks that remain after the overlap, plus the blocks of sequences that decode; argmin (temperature 0).
// Its index is fed by KV events, so it sees the engines' true caches; load is what it sent itself: prompt blocks until the request ends,
// those that running requests share counted once, and prefill tokens until the first answer token.
#include "lab/sim/picker_policy.h"

#include <algorithm>

namespace gatehouse::lab::sim {

namespace {

class Dynamo : public PickerPolicy {
  public:
    explicit Dynamo(const PolicySetup& setup)
        : random_(setup.seed), counts_(setup.pods), active_(setup.pods, BlockCache(kNoLimit)), leases_(setup.requests), values_(setup.pods),
          pending_(setup.requests) {}

    std::size_t pick(const PickContext& context) override {
        const double tokens = context.request.promptTokens;
        for (std::size_t i = 0; i < values_.size(); ++i) {
            values_[i] = dynamoCost(counts_.prefillTokens[i], tokens, overlap(context, i), activeBlocks(context, i), kBlockTokens);
        }
        const std::size_t chosen = lowest(values_, random_);
        believed_ = overlap(context, chosen);
        pending_[context.index] = std::max(0.0, tokens - believed_);
        return chosen;
    }
    void dispatched(const PickContext& context, std::size_t pod) override {
        counts_.prefillTokens[pod] += pending_[context.index];
        BlockCache::Lease& lease = leases_[context.index];
        const std::uint32_t tokens = context.request.promptTokens;
        const std::uint32_t shared = active_[pod].acquire(context.prompt(), tokens, lease);
        active_[pod].grow(lease, shared, tokens);
        active_[pod].publish(context.prompt(), tokens, lease);
    }
    void firstToken(const PickContext& context, std::size_t pod, std::uint32_t) override {
        counts_.prefillTokens[pod] -= pending_[context.index];
    }
    void finished(const PickContext& context, std::size_t pod) override {
        active_[pod].release(context.prompt(), leases_[context.index]);
        active_[pod].clearUnpinned();
    }
    double believedTokens() const override { return believed_; }

  private:
    static double overlap(const PickContext& context, std::size_t pod) {
        return context.truth[pod].cache().match(context.prompt(), context.request.promptTokens);
    }
    /// Blocks of running requests there if this one joined them.
    double activeBlocks(const PickContext& context, std::size_t pod) const {
        const std::uint32_t tokens = context.request.promptTokens;
        return double(kNoLimit - active_[pod].available()) + blocksFor(tokens) - active_[pod].match(context.prompt(), tokens) / kBlockTokens;
    }
    static constexpr std::uint32_t kNoLimit = 1U << 30;

    Random random_;
    OwnCounts counts_;
    std::vector<BlockCache> active_;
    std::vector<BlockCache::Lease> leases_;
    std::vector<double> values_, pending_;
    double believed_ = 0;
};

}  // namespace

std::unique_ptr<PickerPolicy> makeDynamo(const PolicySetup& setup) { return std::make_unique<Dynamo>(setup); }

}  // namespace gatehouse::lab::sim
