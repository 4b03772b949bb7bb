// PodsNow: the pods that the view shows at this moment, each with its history, its last state and whether it is still there. Thread: GUI. Lifetime:
// one refresh; it points into the bridge.
#pragma once

#include "models/pod_words.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace gatehouse::config {
class ObjectSet;
}

namespace gatehouse::ui {

struct PodHistory;

struct PodsNow {
    std::vector<const PodHistory*> pods;  ///< By name.
    double wallOffset = 0;                ///< Seconds since the epoch at the engine's time 0.
    qint64 now = 0;                       ///< The engine's milliseconds.
    const config::ObjectSet* objects = nullptr;
    std::unordered_map<std::string, const gateway::PodState*> states;  ///< By pool and address.

    void takeStates(const std::vector<gateway::PodState>& all);
    /// Null: its pool has it no more.
    const gateway::PodState* stateOf(const PodHistory& pod) const;
    PodPresence presenceOf(const PodHistory& pod) const;
    /// A state to be shown: of one that is gone no more than its names.
    gateway::PodState shownState(const PodHistory& pod) const;
};

}  // namespace gatehouse::ui
