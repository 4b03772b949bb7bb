// What objects are to each other: grants, hostnames in common, label selectors. The one place for these rules: status and
// validation ask here, and so does translation. Thread: pure functions.
#pragma once

#include "config/gateway_api.h"
#include "config/inference_api.h"
#include "config/policies.h"
#include "config/status.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gatehouse::config {

inline constexpr char kGatewayApiGroup[] = "gateway.networking.k8s.io";
inline constexpr char kKgatewayGroup[] = "gateway.kgateway.dev";

/// The hostname that a listener's and a route's have in common ("" = any host); empty optional: none. Wildcards stand
/// for one or more labels.
std::optional<std::string> commonHostname(std::string_view listener, std::string_view route);

/// May `from` refer to `to` in another namespace? Always true within one namespace.
bool referenceGranted(const ObjectSet& set, const ObjectKey& from, const ObjectKey& to);

/// Do the labels hold every pair?
bool labelsMatch(const std::unordered_map<std::string, std::string>& labels,
                 const std::vector<std::pair<std::string, std::string>>& wanted);

bool selects(const LabelSelector& selector, const std::unordered_map<std::string, std::string>& labels);
bool isSelectorOperator(std::string_view op);
/// Why the condition makes no sense; empty where it does.
std::string selectorProblem(const LabelExpression& expression);

/// Is namespace `ns` among those that `from` and `selector` name, seen from `own`?
bool namespaceSelected(const ObjectSet& set, FromNamespaces from, const LabelSelector& selector, const std::string& own,
                       const std::string& ns);

/// Resolution of an ExtensionRef filter: a TrafficPolicy or DirectResponse of the route's own namespace.
RefResolution resolveExtension(const ObjectSet& set, const ObjectRef& ref);

}  // namespace gatehouse::config
