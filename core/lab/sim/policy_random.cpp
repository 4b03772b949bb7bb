#include "lab/sim/picker_policy.h"

namespace gatehouse::lab::sim {

namespace {

class AnyServer : public PickerPolicy {
  public:
    explicit AnyServer(const PolicySetup& setup) : random_(setup.seed) {}
    std::size_t pick(const PickContext& context) override { return random_.below(context.pods.size()); }

  private:
    Random random_;
};

}  // namespace

std::unique_ptr<PickerPolicy> makeRandom(const PolicySetup& setup) { return std::make_unique<AnyServer>(setup); }

}  // namespace gatehouse::lab::sim
