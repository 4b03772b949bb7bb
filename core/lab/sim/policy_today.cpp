// Pools that pick by scores: the formulas and the tie band of core/inference/pool.h. It reserves at the pick, counts its own picks since a
// scrape as waiting, and knows nothing of prefixes. A test holds it to inference::Pool itself.
#include "inference/pool.h"
#include "lab/sim/picker_policy.h"

#include <algorithm>

namespace gatehouse::lab::sim {

namespace {

class GatehouseToday : public PickerPolicy {
  public:
    explicit GatehouseToday(const PolicySetup& setup)
        : random_(setup.seed), counts_(setup.pods), reserved_(setup.pods), seen_(setup.pods, SimTime(-1)), scores_(setup.pods) {}

    std::size_t pick(const PickContext& context) override {
        double best = 0;
        for (std::size_t i = 0; i < scores_.size(); ++i) {
            const PodView& pod = context.pods[i];
            if (pod.scrapedAt != seen_[i]) {
                seen_[i] = pod.scrapedAt;
                reserved_[i] = 0;
            }
            scores_[i] = gatehouseTodayScore(pod.waiting, std::min(reserved_[i], counts_.requests[i]), pod.kvUse, counts_.requests[i]);
            best = std::max(best, scores_[i]);
        }
        // Within the band all are equal.
        for (double& score : scores_) score = score >= best - inference::kTieBand ? 1 : 0;
        return highest(scores_, random_);
    }
    void dispatched(const PickContext&, std::size_t pod) override {
        ++counts_.requests[pod];
        ++reserved_[pod];
    }
    void finished(const PickContext&, std::size_t pod) override { --counts_.requests[pod]; }

  private:
    Random random_;
    OwnCounts counts_;
    std::vector<int> reserved_;
    std::vector<SimTime> seen_;
    std::vector<double> scores_;
};

}  // namespace

std::unique_ptr<PickerPolicy> makeGatehouseToday(const PolicySetup& setup) { return std::make_unique<GatehouseToday>(setup); }

}  // namespace gatehouse::lab::sim
