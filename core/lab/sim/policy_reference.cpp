// The reference picker's weighted blends, with the lags that it has: scraped gauges whose age nobody checks, and an index that learns of
// a pick after the decision. The precise variant asks the engines' true caches instead, as KV events tell them.
#include "lab/sim/picker_policy.h"

namespace gatehouse::lab::sim {

namespace {

struct Weights {
    double queue, kv, prefix;
};

class ReferenceBlend : public PickerPolicy {
  public:
    ReferenceBlend(const PolicySetup& setup, Weights weights, bool precise)
        : random_(setup.seed), index_(setup.pods), weights_(weights), precise_(precise), waiting_(setup.pods), scores_(setup.pods),
          matched_(setup.pods) {}

    std::size_t pick(const PickContext& context) override {
        for (std::size_t i = 0; i < waiting_.size(); ++i) waiting_[i] = context.pods[i].waiting;
        queueScores(waiting_, scores_);
        const std::uint32_t blocks = match(context);
        for (std::size_t i = 0; i < scores_.size(); ++i) {
            scores_[i] = weights_.queue * scores_[i] + weights_.kv * kvScore(context.pods[i].kvUse) +
                         weights_.prefix * prefixScore(matched_[i], blocks);
        }
        const std::size_t chosen = highest(scores_, random_);
        believed_ = double(matched_[chosen]) * (precise_ ? kBlockTokens : ApproximateIndex::kIndexBlockTokens);
        return chosen;
    }
    void dispatched(const PickContext& context, std::size_t pod) override {
        if (!precise_) index_.add(context.prompt(), pod);
    }
    double believedTokens() const override { return believed_; }

  private:
    std::uint32_t match(const PickContext& context) {
        if (!precise_) {
            for (std::size_t i = 0; i < matched_.size(); ++i)
                if (context.pods[i].kvBlocks > 0) index_.setCapacity(i, context.pods[i].kvBlocks);
            return index_.match(context.prompt(), matched_);
        }
        const std::uint32_t tokens = context.request.promptTokens;
        for (std::size_t i = 0; i < matched_.size(); ++i)
            matched_[i] = context.truth[i].cache().match(context.prompt(), tokens) / kBlockTokens;
        return tokens / kBlockTokens;
    }

    Random random_;
    ApproximateIndex index_;
    Weights weights_;
    bool precise_;
    double believed_ = 0;
    std::vector<double> waiting_, scores_;
    std::vector<std::uint32_t> matched_;
};

constexpr Weights kChart{1, 1, 1};
constexpr Weights kCompiledIn{2, 2, 3};

}  // namespace

std::unique_ptr<PickerPolicy> makeReference111(const PolicySetup& s) { return std::make_unique<ReferenceBlend>(s, kChart, false); }
std::unique_ptr<PickerPolicy> makeReference223(const PolicySetup& s) { return std::make_unique<ReferenceBlend>(s, kCompiledIn, false); }
std::unique_ptr<PickerPolicy> makeReferencePrecise(const PolicySetup& s) {
    return std::make_unique<ReferenceBlend>(s, kCompiledIn, true);
}

}  // namespace gatehouse::lab::sim
