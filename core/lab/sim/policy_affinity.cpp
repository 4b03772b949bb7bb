// The reference picker's default since August 2026: prefix-cache-affinity-filter, then token-load-scorer, then max-score. In-flight
// tokens rise after the decision and fall with the first streamed chunk.
#include "lab/sim/picker_policy.h"

#include <algorithm>

namespace gatehouse::lab::sim {

namespace {

class ReferenceAffinity : public PickerPolicy {
  public:
    explicit ReferenceAffinity(const PolicySetup& setup)
        : random_(setup.seed), index_(setup.pods), counts_(setup.pods), matched_(setup.pods), candidates_(setup.pods), pending_(setup.requests) {}

    std::size_t pick(const PickContext& context) override {
        for (std::size_t i = 0; i < matched_.size(); ++i)
            if (context.pods[i].kvBlocks > 0) index_.setCapacity(i, context.pods[i].kvBlocks);
        const std::uint32_t blocks = index_.match(context.prompt(), matched_);
        for (std::size_t i = 0; i < candidates_.size(); ++i)
            candidates_[i] = {prefixScore(matched_[i], blocks), counts_.prefillTokens[i]};
        affinityFilter(candidates_, kept_);
        scores_.clear();
        for (const std::size_t pod : kept_) scores_.push_back(tokenLoadScore(counts_.prefillTokens[pod], uncached(context, pod)));
        const std::size_t chosen = kept_[highest(scores_, random_)];
        believed_ = double(matched_[chosen]) * ApproximateIndex::kIndexBlockTokens;
        pending_[context.index] = uncached(context, chosen);
        return chosen;
    }
    void dispatched(const PickContext& context, std::size_t pod) override {
        counts_.prefillTokens[pod] += pending_[context.index];
        index_.add(context.prompt(), pod);
    }
    void firstToken(const PickContext& context, std::size_t pod, std::uint32_t) override {
        counts_.prefillTokens[pod] -= pending_[context.index];
    }
    double believedTokens() const override { return believed_; }

  private:
    double uncached(const PickContext& context, std::size_t pod) const {
        return std::max(0.0, context.request.promptTokens - double(matched_[pod]) * ApproximateIndex::kIndexBlockTokens);
    }

    Random random_;
    ApproximateIndex index_;
    OwnCounts counts_;
    std::vector<std::uint32_t> matched_;
    std::vector<AffinityCandidate> candidates_;
    std::vector<std::size_t> kept_;
    std::vector<double> scores_, pending_;
    double believed_ = 0;
};

}  // namespace

std::unique_ptr<PickerPolicy> makeReferenceAffinity(const PolicySetup& setup) { return std::make_unique<ReferenceAffinity>(setup); }

}  // namespace gatehouse::lab::sim
