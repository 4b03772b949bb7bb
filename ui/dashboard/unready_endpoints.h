// Endpoints that an EndpointSlice lists as not ready: the gateway never sees them, and an operator looks for them. Thread: GUI.
#pragma once

#include "config/object.h"
#include "gateway/gateway.h"

#include <vector>

namespace gatehouse::ui {

/// Adds them to the samples of their Services, out and with the slice's word as the reason.
void addUnreadyEndpoints(std::vector<gateway::ClusterSample>& clusters, const config::ObjectSet& objects);

}  // namespace gatehouse::ui
