// The policy of scores (pool.h), as a pure function on what it sees. Thread: pure.
#pragma once

#include "inference/pool.h"

#include <span>

namespace gatehouse::inference {

struct ScoredPod {
    double waiting = 0, kvUse = 0;  ///< NaN: not known.
    double queueScore = 0, kvScore = 0, loadScore = 0, total = 0;
    std::int32_t inFlight = 0, reserved = 0;
    bool fresh = false;   ///< Its metrics are.
    bool usable = true;   ///< Others are not scored.
};

/// The formulas of pool.h. True when by metrics, false when by least-request, as more than half have none that are fresh.
bool scorePods(std::span<ScoredPod* const> pods, const PickerOptions& options);

}  // namespace gatehouse::inference
