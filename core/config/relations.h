// What objects are to each other: grants, hostnames in common, the state of a Gateway's listeners, label selectors. The
// one place for these rules: status and validation both ask here. Private to config/. Thread: pure functions.
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
inline constexpr char kInferenceGroup[] = "inference.networking.k8s.io";

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

/// Does the listener admit HTTPRoutes of this namespace?
bool namespaceAllowed(const ObjectSet& set, const AllowedRoutes& allowed, const std::string& gatewayNs,
                      const std::string& routeNs);
bool kindAllowed(const ListenerSpec& listener, std::string_view group, std::string_view kind);

/// One listener, judged within its Gateway.
struct ListenerState {
    bool served = false;         ///< This version serves its protocol.
    bool conflicted = false;     ///< An earlier listener has its place.
    std::string conflictReason;  ///< HostnameConflict, ProtocolConflict
    std::string conflictMessage;
    std::string refReason = "ResolvedRefs";  ///< Else InvalidCertificateRef, RefNotPermitted, InvalidRouteKinds
    std::string refMessage;
    std::vector<std::string> supportedKinds;
    bool usable() const { return served && !conflicted; }
    bool lacksCertificate() const { return refReason == "InvalidCertificateRef" || refReason == "RefNotPermitted"; }
};
std::vector<ListenerState> judgeListeners(const ObjectSet& set, const GatewaySpec& gateway);

/// Resolution of an ExtensionRef filter: a TrafficPolicy or DirectResponse of the route's own namespace.
RefResolution resolveExtension(const ObjectSet& set, const ObjectRef& ref);

}  // namespace gatehouse::config
