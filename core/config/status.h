// Status conditions as a conformant Gateway API controller would write them. Thread: pure function.
#pragma once

#include "config/object.h"

#include <optional>
#include <string>
#include <vector>

namespace gatehouse::config {

struct Condition {
    std::string type;     ///< Accepted, Programmed, ResolvedRefs, Conflicted, ...
    bool status = false;  ///< True / False
    std::string reason;
    std::string message;  ///< Says what to do where status is not the wished one.
    std::int64_t observedGeneration = 1;
    /// RFC 3339. A computed status has no past: the object's creationTimestamp, or the epoch where the text has none.
    std::string lastTransitionTime{};
};

struct ListenerStatus {
    std::string name;
    std::vector<std::string> supportedKinds;
    int attachedRoutes = 0;
    std::vector<Condition> conditions;
};

struct ParentStatus {
    std::string parent;  ///< "Gateway default/demo", with "/section" where the ref has one, and ":80" where it has a port.
    std::vector<Condition> conditions;
    ObjectKey ref{};               ///< The same in parts.
    std::string sectionName{};
    std::optional<std::uint16_t> port{};
    std::string controllerName{};  ///< Of the Gateway's class; kController where the text has no such class.
};

/// Who signs a status where no GatewayClass says whose Gateways they are.
inline constexpr char kController[] = "gatehouse.dev/gateway";

struct ObjectStatus {
    ObjectKey object;
    std::vector<Condition> conditions;      ///< Gateway, Backend, ...
    std::vector<ListenerStatus> listeners;  ///< Gateway, ListenerSet
    std::vector<ParentStatus> parents;      ///< Routes: their parents. Policies, InferencePool: Gateways that use them, or targets.
    std::vector<std::pair<std::string, std::string>> addresses;  ///< Gateway: {type, value}
    std::optional<int> attachedListenerSets;     ///< Gateway
    std::vector<std::string> supportedFeatures;  ///< GatewayClass
};

/// Which of a route's parentRefs attach to which listeners: the one computation that status, translation and explain
/// share. Covers HTTPRoute, GRPCRoute and TLSRoute (route.kind tells), in this order of kinds.
struct Attachment {
    ObjectKey route;
    std::size_t parentIndex = 0;
    ObjectKey gateway;  ///< Whose traffic it is; empty where the parent leads to none.
    ObjectKey owner;    ///< The Gateway or ListenerSet that the listener stands in: what the parentRef names.
    std::string listener;
    bool accepted = false;
    /// Accepted, NoMatchingParent, NotAllowedByListeners, NoMatchingListenerHostname, HostnameConflict (a GRPCRoute and an
    /// HTTPRoute cannot share a hostname)
    std::string reason;
    std::string message;
    std::vector<std::string> hostnames;  ///< The intersection; "" = any host. Filled where accepted.
};
std::vector<Attachment> attachments(const ObjectSet& set);

/// How a backend reference resolves, by Gateway API rules.
struct RefResolution {
    bool ok = false;
    std::string reason;  ///< ResolvedRefs, RefNotPermitted, InvalidKind, BackendNotFound, UnsupportedProtocol
    std::string message;
    bool port = false;  ///< It is the port that is wrong, not the object.
};
struct BackendRefTarget {
    std::string group, kind, ns, name;
    bool hasPort = false;
    std::uint16_t port = 0;
};
RefResolution resolveBackend(const ObjectSet& set, const ObjectKey& from, const BackendRefTarget& to);

std::vector<ObjectStatus> computeStatus(const ObjectSet& set);

}  // namespace gatehouse::config
