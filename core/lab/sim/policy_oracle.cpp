// The oracle: forks every server's true state, plays the request on it with its true answer lengths, and takes the earliest first token.
// It is myopic (later requests are not foreseen), so it bounds one decision, not a whole run.
#include "lab/sim/picker_policy.h"

namespace gatehouse::lab::sim {

namespace {

class Oracle : public PickerPolicy {
  public:
    explicit Oracle(const PolicySetup& setup) : random_(setup.seed), values_(setup.pods) {}

    std::size_t pick(const PickContext& context) override {
        for (std::size_t i = 0; i < values_.size(); ++i)
            values_[i] = seconds(forecastFirstToken(context.truth[i], context.index, context.now));
        const std::size_t chosen = lowest(values_, random_);
        believed_ = context.truth[chosen].cache().match(context.prompt(), context.request.promptTokens - 1);
        return chosen;
    }
    double believedTokens() const override { return believed_; }

  private:
    Random random_;
    std::vector<double> values_;
    double believed_ = 0;
};

}  // namespace

std::unique_ptr<PickerPolicy> makeOracle(const PolicySetup& setup) { return std::make_unique<Oracle>(setup); }

}  // namespace gatehouse::lab::sim
