#include "lab/sim/picker_policy.h"

namespace gatehouse::lab::sim {

namespace {

class RoundRobin : public PickerPolicy {
  public:
    std::size_t pick(const PickContext& context) override { return next_++ % context.pods.size(); }

  private:
    std::size_t next_ = 0;
};

}  // namespace

std::unique_ptr<PickerPolicy> makeRoundRobin(const PolicySetup&) { return std::make_unique<RoundRobin>(); }

}  // namespace gatehouse::lab::sim
