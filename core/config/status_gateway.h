// Conditions of Gateways and ListenerSets, from their merged listeners. Private to config/. Thread: pure functions.
#pragma once

#include "config/listeners.h"
#include "config/status.h"

#include <map>
#include <set>
#include <string>
#include <utility>

namespace gatehouse::config {

/// The routes that each listener has accepted, by the object it stands in and its name. Routes, not references: a route
/// that names a listener twice counts once, and unresolved backends do not matter.
using AttachedRoutes = std::map<std::pair<ObjectKey, std::string>, std::set<ObjectKey>>;

void gatewayStatus(const ObjectSet& set, const GatewayListeners& gateway, const AttachedRoutes& routes, ObjectStatus& status);
/// `gateway`: the one that it names as parent; null where that cannot be read.
void listenerSetStatus(const ListenerSetSpec& set, const GatewayListeners* gateway, const AttachedRoutes& routes,
                       ObjectStatus& status);

}  // namespace gatehouse::config
