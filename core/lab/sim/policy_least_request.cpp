#include "lab/sim/picker_policy.h"

namespace gatehouse::lab::sim {

namespace {

/// Looks at all servers, or at two drawn ones.
class LeastRequest : public PickerPolicy {
  public:
    LeastRequest(const PolicySetup& setup, bool onlyTwo) : random_(setup.seed), counts_(setup.pods), values_(setup.pods), onlyTwo_(onlyTwo) {}

    std::size_t pick(const PickContext& context) override {
        if (onlyTwo_ && context.pods.size() > 1) {
            const std::size_t a = random_.below(context.pods.size());
            const std::size_t b = (a + 1 + random_.below(context.pods.size() - 1)) % context.pods.size();
            return counts_.requests[b] < counts_.requests[a] ? b : a;
        }
        for (std::size_t i = 0; i < values_.size(); ++i) values_[i] = counts_.requests[i];
        return lowest(values_, random_);
    }
    void dispatched(const PickContext&, std::size_t pod) override { ++counts_.requests[pod]; }
    void finished(const PickContext&, std::size_t pod) override { --counts_.requests[pod]; }

  private:
    Random random_;
    OwnCounts counts_;
    std::vector<double> values_;
    bool onlyTwo_;
};

}  // namespace

std::unique_ptr<PickerPolicy> makeLeastRequest(const PolicySetup& setup) { return std::make_unique<LeastRequest>(setup, false); }
std::unique_ptr<PickerPolicy> makePowerOfTwo(const PolicySetup& setup) { return std::make_unique<LeastRequest>(setup, true); }

}  // namespace gatehouse::lab::sim
