#include "inference/fail_open.h"

#include "base/ids.h"

namespace gatehouse::inference {

std::shared_ptr<Pod> anyPod(const Pool& pool, const PickAsk& ask) {
    std::shared_ptr<Pod> best;
    std::int32_t fewest = 0;
    const auto& pods = pool.pods();
    const auto start = pods.empty() ? 0 : base::randomBelow(pods.size());
    for (std::size_t i = 0; i < pods.size(); ++i) {
        const auto& pod = pods[(start + i) % pods.size()];
        if (pod.get() == ask.avoid || ask.leavesOut(*pod)) continue;
        const auto inFlight = pod->endpoint->inFlight.load(std::memory_order_relaxed);
        if (best && inFlight >= fewest) continue;
        best = pod;
        fewest = inFlight;
    }
    return best;
}

}  // namespace gatehouse::inference
