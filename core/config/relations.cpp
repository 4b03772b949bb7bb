#include "config/relations.h"

#include <fmt/core.h>

#include <algorithm>

namespace gatehouse::config {
namespace {

bool underWildcard(std::string_view wildcard, std::string_view host) {
    const auto suffix = wildcard.substr(1);  // ".example.com"
    return host.size() > suffix.size() && host.substr(host.size() - suffix.size()) == suffix;
}

bool isWildcard(std::string_view host) {
    return host.substr(0, 2) == "*.";
}

/// Listeners of one port can share it when they speak the same; HTTPS and TLS are told apart by the server name.
std::string_view protocolFamily(std::string_view protocol) {
    return protocol == "HTTPS" || protocol == "TLS" ? "TLS" : protocol;
}

void judgeCertificates(const ObjectSet& set, const GatewaySpec& gateway, const ListenerSpec& listener,
                       ListenerState& state) {
    if (listener.protocol != "HTTPS" && listener.protocol != "TLS") return;
    for (const auto& ref : listener.certificateRefs) {
        const auto name = fmt::format("{} {}/{}", ref.kind, ref.ns, ref.name);
        if (!ref.group.empty() || ref.kind != "Secret") {
            state.refReason = "InvalidCertificateRef";
            state.refMessage = fmt::format("{} cannot hold a certificate; name a Secret.", name);
        } else if (!referenceGranted(set, gateway.key, ref.key())) {
            state.refReason = "RefNotPermitted";
            state.refMessage =
                fmt::format("{} lies in another namespace, and no ReferenceGrant there permits it.", name);
        } else if (set.find(ref.key()) == nullptr) {
            state.refReason = "InvalidCertificateRef";
            state.refMessage = fmt::format("{} does not exist.", name);
        }
    }
}

}  // namespace

std::optional<std::string> commonHostname(std::string_view listener, std::string_view route) {
    if (listener.empty()) return std::string(route);
    if (route.empty() || listener == route) return std::string(listener);
    if (isWildcard(listener) && isWildcard(route)) {
        // "*.a.example" lies under "*.example": the longer one is what both cover.
        if (listener.size() < route.size() && underWildcard(listener, route.substr(1))) return std::string(route);
        if (route.size() < listener.size() && underWildcard(route, listener.substr(1))) return std::string(listener);
        return std::nullopt;
    }
    if (isWildcard(listener)) return underWildcard(listener, route) ? std::optional<std::string>(route) : std::nullopt;
    if (isWildcard(route)) return underWildcard(route, listener) ? std::optional<std::string>(listener) : std::nullopt;
    return std::nullopt;
}

bool referenceGranted(const ObjectSet& set, const ObjectKey& from, const ObjectKey& to) {
    if (from.ns == to.ns) return true;
    for (const auto* object : set.ofKind("ReferenceGrant")) {
        if (object->key.group != kGatewayApiGroup || object->key.ns != to.ns) continue;
        const auto grant = decodeReferenceGrant(*object);
        if (!grant) continue;
        const bool fromMatches = std::any_of(grant->from.begin(), grant->from.end(), [&](const auto& entry) {
            return entry.group == from.group && entry.kind == from.kind && entry.ns == from.ns;
        });
        const bool toMatches = std::any_of(grant->to.begin(), grant->to.end(), [&](const auto& entry) {
            return entry.group == to.group && entry.kind == to.kind && (entry.name.empty() || entry.name == to.name);
        });
        if (fromMatches && toMatches) return true;
    }
    return false;
}

bool labelsMatch(const std::unordered_map<std::string, std::string>& labels,
                 const std::vector<std::pair<std::string, std::string>>& wanted) {
    return std::all_of(wanted.begin(), wanted.end(), [&](const auto& pair) {
        const auto found = labels.find(pair.first);
        return found != labels.end() && found->second == pair.second;
    });
}

bool isSelectorOperator(std::string_view op) {
    return op == "In" || op == "NotIn" || op == "Exists" || op == "DoesNotExist";
}

std::string selectorProblem(const LabelExpression& expression) {
    const bool byValue = expression.op == "In" || expression.op == "NotIn";
    if (!isSelectorOperator(expression.op))
        return fmt::format("'{}' is no operator of a selector.", expression.op);
    if (expression.key.empty()) return "A condition needs the key of a label.";
    if (byValue && expression.values.empty()) return fmt::format("{} needs values.", expression.op);
    if (!byValue && !expression.values.empty()) return fmt::format("{} takes no values.", expression.op);
    return {};
}

bool selects(const LabelSelector& selector, const std::unordered_map<std::string, std::string>& labels) {
    if (!selector.present || !labelsMatch(labels, selector.matchLabels)) return false;
    const auto& all = selector.matchExpressions;
    // One senseless condition makes the whole selector senseless; it must not select more by being left out.
    if (std::any_of(all.begin(), all.end(), [](const auto& one) { return !selectorProblem(one).empty(); })) return false;
    return std::all_of(all.begin(), all.end(), [&](const LabelExpression& one) {
        const auto label = labels.find(one.key);
        const bool has = label != labels.end();
        if (one.op == "Exists") return has;
        if (one.op == "DoesNotExist") return !has;
        const bool listed = has && std::find(one.values.begin(), one.values.end(), label->second) != one.values.end();
        return one.op == "In" ? listed : !listed;  // NotIn holds for an object without the label, too.
    });
}

bool namespaceAllowed(const ObjectSet& set, const AllowedRoutes& allowed, const std::string& gatewayNs,
                      const std::string& routeNs) {
    switch (allowed.from) {
        case FromNamespaces::All:
            return true;
        case FromNamespaces::None:
            return false;
        case FromNamespaces::Same:
            return gatewayNs == routeNs;
        case FromNamespaces::Selector:
            break;
    }
    std::unordered_map<std::string, std::string> labels;
    if (const auto* object = set.find("Namespace", "", routeNs)) labels = object->labels;
    labels["kubernetes.io/metadata.name"] = routeNs;  // Every cluster sets it by itself.
    return selects(allowed.selector, labels);
}

bool kindAllowed(const ListenerSpec& listener, std::string_view group, std::string_view kind) {
    if (listener.protocol != "HTTP" && listener.protocol != "HTTPS") return false;
    const auto& kinds = listener.allowedRoutes.kinds;
    if (kinds.empty()) return true;
    return std::any_of(kinds.begin(), kinds.end(),
                       [&](const auto& entry) { return entry.first == group && entry.second == kind; });
}

std::vector<ListenerState> judgeListeners(const ObjectSet& set, const GatewaySpec& gateway) {
    std::vector<ListenerState> states;
    for (std::size_t i = 0; i < gateway.listeners.size(); ++i) {
        const auto& listener = gateway.listeners[i];
        auto& state = states.emplace_back();
        state.served = listener.protocol == "HTTP";
        for (std::size_t j = 0; j < i && !state.conflicted; ++j) {
            const auto& other = gateway.listeners[j];
            const bool transport = (other.protocol == "UDP") == (listener.protocol == "UDP");
            if (other.port != listener.port || listener.port == 0 || !transport || states[j].conflicted) continue;
            if (protocolFamily(other.protocol) != protocolFamily(listener.protocol)) {
                state.conflicted = true;
                state.conflictReason = "ProtocolConflict";
                state.conflictMessage = fmt::format("Port {} speaks {} already, by listener {}; use another port.",
                                                    listener.port, other.protocol, other.name);
            } else if (other.hostname == listener.hostname) {
                state.conflicted = true;
                state.conflictReason = "HostnameConflict";
                state.conflictMessage =
                    fmt::format("Listener {} has the same port and hostname; change one of them.", other.name);
            }
        }
        const bool routes = listener.protocol == "HTTP" || listener.protocol == "HTTPS";
        bool unknown = false;
        for (const auto& [group, kind] : listener.allowedRoutes.kinds)
            unknown = unknown || !routes || group != kGatewayApiGroup || kind != "HTTPRoute";
        if (kindAllowed(listener, kGatewayApiGroup, "HTTPRoute")) state.supportedKinds.push_back("HTTPRoute");
        judgeCertificates(set, gateway, listener, state);
        if (unknown && state.refReason == "ResolvedRefs") {
            state.refReason = "InvalidRouteKinds";
            state.refMessage = "allowedRoutes names a kind that this listener cannot serve.";
        }
    }
    return states;
}

RefResolution resolveExtension(const ObjectSet& set, const ObjectRef& ref) {
    const bool known = ref.group == kKgatewayGroup && (ref.kind == "TrafficPolicy" || ref.kind == "DirectResponse");
    if (!known)
        return {false, "InvalidKind",
                fmt::format("{} ({}) cannot be used as a filter; name a TrafficPolicy or DirectResponse of {}.",
                            ref.kind, ref.group, kKgatewayGroup)};
    if (set.find(ref.key()) == nullptr)
        return {false, "BackendNotFound", fmt::format("{} {}/{} does not exist.", ref.kind, ref.ns, ref.name)};
    return {true, "ResolvedRefs", "It exists and may be used."};
}

RefResolution resolveBackend(const ObjectSet& set, const ObjectKey& from, const BackendRefTarget& to) {
    const auto name = fmt::format("{} {}/{}", to.kind, to.ns, to.name);
    const bool service = to.group.empty() && to.kind == "Service";
    const bool pool = to.group == kInferenceGroup && to.kind == "InferencePool";
    const bool backend = to.group == kKgatewayGroup && to.kind == "Backend";
    if (!service && !pool && !backend)
        return {false, "InvalidKind",
                fmt::format("{} ({}) cannot be a backend; use a Service, an InferencePool or a Backend.", to.kind,
                            to.group.empty() ? "core" : to.group)};
    const ObjectKey key{to.group, to.kind, to.ns, to.name};
    if (!referenceGranted(set, from, key))
        return {false, "RefNotPermitted",
                fmt::format("{} lies in another namespace; a ReferenceGrant in {} must permit {} from {}.", name, to.ns,
                            from.kind, from.ns)};
    const auto* object = set.find(key);
    if (object == nullptr) return {false, "BackendNotFound", fmt::format("{} does not exist.", name)};
    if (service) {
        const auto spec = decodeService(*object);
        if (!spec) return {false, "BackendNotFound", spec.error().message};
        if (!to.hasPort) return {false, "BackendNotFound", fmt::format("The reference to {} needs a port.", name)};
        const auto port = std::find_if(spec->ports.begin(), spec->ports.end(),
                                       [&](const ServicePort& entry) { return entry.port == to.port; });
        if (port == spec->ports.end())
            return {false, "BackendNotFound", fmt::format("{} has no port {}.", name, to.port)};
        const auto& protocol = port->appProtocol;
        if (!protocol.empty() && protocol != "http" && protocol != "kubernetes.io/ws")
            return {false, "UnsupportedProtocol",
                    fmt::format("{} speaks {} on port {}, which this version does not.", name, protocol, to.port)};
        return {true, "ResolvedRefs", "It exists and may be used."};
    }
    if (pool) {
        const auto spec = decodeInferencePool(*object);
        if (!spec) return {false, "BackendNotFound", spec.error().message};
        if (spec->appProtocol != "http")
            return {false, "UnsupportedProtocol",
                    fmt::format("{} speaks {}, which this version does not.", name, spec->appProtocol)};
        return {true, "ResolvedRefs", "It exists and may be used."};
    }
    if (to.hasPort)
        return {false, "BackendNotFound",
                fmt::format("{} has its ports in itself; remove port from the reference.", name)};
    const auto spec = decodeBackend(*object);
    if (!spec) return {false, "BackendNotFound", spec.error().message};
    if (!spec->appProtocol.empty() && spec->appProtocol != "kubernetes.io/ws")
        return {false, "UnsupportedProtocol",
                fmt::format("{} speaks {}, which this version does not.", name, spec->appProtocol)};
    return {true, "ResolvedRefs", "It exists and may be used."};
}

}  // namespace gatehouse::config
