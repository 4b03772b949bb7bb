// Samples of the data plane for Gateway::state(): clusters and limits. Thread: any.
#pragma once

#include "gateway/data_plane.h"
#include "gateway/gateway.h"

namespace gatehouse::gateway {

/// Each backend once for each way it is spoken to.
std::vector<ClusterSample> sampleClusters(const route::Snapshot& snapshot, const DataPlane& dataPlane, base::MonoTime now);
/// Adds what ListenerPolicies set for single listeners.
void addOverrides(const route::Snapshot& snapshot, const http::Limits& limits, std::vector<LimitState>& states);
/// The whole table in its order, with the uses; then what was noted and is no limit.
std::vector<LimitState> sampleLimits(const http::Limits& limits, const std::vector<LimitUse>& uses);

}  // namespace gatehouse::gateway
