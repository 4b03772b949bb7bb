// LMetric: uncached prompt tokens times batch size, no weights. It is given the honest index (capacity and eviction as the engines have
// them), which is more than SGLang's gateway, where the formula is from, keeps.
#include "lab/sim/picker_policy.h"

namespace gatehouse::lab::sim {

namespace {

class Lmetric : public PickerPolicy {
  public:
    explicit Lmetric(const PolicySetup& setup)
        : random_(setup.seed), index_(setup.pods), counts_(setup.pods), values_(setup.pods), leases_(setup.requests) {}

    std::size_t pick(const PickContext& context) override {
        const std::uint32_t tokens = context.request.promptTokens;
        for (std::size_t i = 0; i < values_.size(); ++i) {
            index_.setCapacity(i, context.pods[i].kvBlocks);
            values_[i] = lmetricScore(tokens, index_.match(context.prompt(), tokens, i), counts_.requests[i]);
        }
        const std::size_t chosen = lowest(values_, random_);
        believed_ = index_.match(context.prompt(), tokens, chosen);
        return chosen;
    }
    void dispatched(const PickContext& context, std::size_t pod) override {
        ++counts_.requests[pod];
        index_.begin(context.prompt(), pod, leases_[context.index]);
    }
    void finished(const PickContext& context, std::size_t pod) override {
        --counts_.requests[pod];
        index_.done(context.trace.chain(context.request), context.request.promptTokens, context.request.outputTokens, pod, leases_[context.index]);
    }
    double believedTokens() const override { return believed_; }

  private:
    Random random_;
    HonestIndex index_;
    OwnCounts counts_;
    std::vector<double> values_;
    std::vector<BlockCache::Lease> leases_;
    double believed_ = 0;
};

}  // namespace

std::unique_ptr<PickerPolicy> makeLmetric(const PolicySetup& setup) { return std::make_unique<Lmetric>(setup); }

}  // namespace gatehouse::lab::sim
