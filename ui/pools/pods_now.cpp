#include "pools/pods_now.h"

#include "bridge/engine_bridge.h"
#include "config/object.h"

namespace gatehouse::ui {

void PodsNow::takeStates(const std::vector<gateway::PodState>& all) {
    states.clear();
    states.reserve(all.size());
    for (const auto& state : all) states.emplace(state.pool + '\n' + state.address, &state);
}

const gateway::PodState* PodsNow::stateOf(const PodHistory& pod) const {
    const auto found = states.find(pod.pool.toStdString() + '\n' + pod.address.toStdString());
    return found == states.end() ? nullptr : found->second;
}

PodPresence PodsNow::presenceOf(const PodHistory& pod) const {
    if (stateOf(pod) != nullptr) return PodPresence::Here;
    if (objects == nullptr) return PodPresence::Gone;
    const auto name = pod.pod.section(QLatin1Char('/'), 1, 1);
    const auto* object = objects->find("Pod", pod.pod.section(QLatin1Char('/'), 0, 0).toStdString(), name.toStdString());
    const auto* metadata = object && object->root ? object->root->find("metadata") : nullptr;
    return metadata != nullptr && metadata->find("deletionTimestamp") != nullptr ? PodPresence::Draining : PodPresence::Gone;
}

gateway::PodState PodsNow::shownState(const PodHistory& pod) const {
    if (const auto* state = stateOf(pod)) return *state;
    gateway::PodState gone;
    gone.pool = pod.pool.toStdString();
    gone.pod = pod.pod.toStdString();
    gone.address = pod.address.toStdString();
    gone.picks = pod.samples.empty() ? 0 : pod.samples.back().picks;
    return gone;
}

}  // namespace gatehouse::ui
