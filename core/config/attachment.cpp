// Which routes attach to which listeners, and how references resolve: Gateway API v1.6.1 semantics, once for status,
// translation, validation and explain.
#include "config/gateway_api.h"
#include "config/status.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace gatehouse::config {
namespace {

constexpr std::string_view kGatewayGroup = "gateway.networking.k8s.io";
constexpr std::string_view kNamespaceNameLabel = "kubernetes.io/metadata.name";

/// The common part of a listener's and a route's hostname; nullopt when they do not intersect. "" = any.
std::optional<std::string> intersect(const std::string& listener, const std::string& route) {
    if (listener.empty()) return route;
    if (route.empty() || listener == route) return listener;
    const auto covers = [](const std::string& pattern, const std::string& name) {
        return pattern.starts_with("*.") && name.size() > pattern.size() - 1 && name.ends_with(pattern.substr(1));
    };
    if (covers(listener, route)) return route;   // exact, or a longer wildcard, below the listener's wildcard
    if (covers(route, listener)) return listener;
    return std::nullopt;
}

bool namespaceAllowed(const ObjectSet& set, const AllowedRoutes& allowed, const std::string& gatewayNs, const std::string& ns) {
    switch (allowed.from) {
        case FromNamespaces::All: return true;
        case FromNamespaces::Same: return ns == gatewayNs;
        case FromNamespaces::None: return false;
        case FromNamespaces::Selector: break;
    }
    const auto* object = set.find("Namespace", "", ns);
    return std::all_of(allowed.selector.matchLabels.begin(), allowed.selector.matchLabels.end(), [&](const auto& wanted) {
        if (wanted.first == kNamespaceNameLabel) return wanted.second == ns;
        if (!object) return false;
        const auto label = object->labels.find(wanted.first);
        return label != object->labels.end() && label->second == wanted.second;
    });
}

bool kindAllowed(const ListenerSpec& listener, std::string_view kind) {
    if (listener.allowedRoutes.kinds.empty()) return listener.protocol == "HTTP" || listener.protocol == "HTTPS";
    return std::any_of(listener.allowedRoutes.kinds.begin(), listener.allowedRoutes.kinds.end(), [&](const auto& allowed) {
        return allowed.second == kind && (allowed.first.empty() || allowed.first == kGatewayGroup);
    });
}

/// One (route, parentRef, listener) that the reference selects.
Attachment tryListener(const ObjectSet& set, const HttpRouteSpec& route, std::size_t parent, const GatewaySpec& gateway,
                       const ListenerSpec& listener) {
    Attachment result{route.key, parent, gateway.key, listener.name, false, {}, {}, {}};
    if (!kindAllowed(listener, "HTTPRoute")) {
        result.reason = "NotAllowedByListeners";
        result.message = fmt::format("Listener {} ({}) does not take HTTPRoutes; allow the kind in its allowedRoutes.kinds.",
                                     listener.name, listener.protocol);
        return result;
    }
    if (!namespaceAllowed(set, listener.allowedRoutes, gateway.key.ns, route.key.ns)) {
        result.reason = "NotAllowedByListeners";
        result.message = fmt::format("Listener {} does not take routes from namespace {}; widen its allowedRoutes.namespaces.",
                                     listener.name, route.key.ns);
        return result;
    }
    std::vector<std::string> hostnames;
    if (route.hostnames.empty()) {
        hostnames.push_back(listener.hostname);
    } else {
        for (const auto& name : route.hostnames)
            if (auto common = intersect(listener.hostname, name); common && std::find(hostnames.begin(), hostnames.end(), *common) == hostnames.end())
                hostnames.push_back(std::move(*common));
    }
    if (hostnames.empty()) {
        result.reason = "NoMatchingListenerHostname";
        result.message = fmt::format("No hostname of the route fits {} of listener {}; change one of them.", listener.hostname,
                                     listener.name);
        return result;
    }
    result.accepted = true;
    result.reason = "Accepted";
    result.message = fmt::format("Attached to listener {}.", listener.name);
    result.hostnames = std::move(hostnames);
    return result;
}

bool granted(const ObjectSet& set, const ObjectKey& from, const BackendRefTarget& to) {
    for (const auto* object : set.ofKind("ReferenceGrant")) {
        if (object->key.ns != to.ns) continue;
        const auto grant = decodeReferenceGrant(*object);
        if (!grant) continue;
        const bool fromFits = std::any_of(grant->from.begin(), grant->from.end(), [&](const auto& entry) {
            return entry.group == from.group && entry.kind == from.kind && entry.ns == from.ns;
        });
        const bool toFits = std::any_of(grant->to.begin(), grant->to.end(), [&](const auto& entry) {
            return entry.group == to.group && entry.kind == to.kind && (entry.name.empty() || entry.name == to.name);
        });
        if (fromFits && toFits) return true;
    }
    return false;
}

}  // namespace

std::vector<Attachment> attachments(const ObjectSet& set) {
    std::map<ObjectKey, GatewaySpec> gateways;
    for (const auto* object : set.ofKind("Gateway"))
        if (auto spec = decodeGateway(*object)) gateways.emplace(object->key, std::move(*spec));

    std::vector<Attachment> result;
    for (const auto* object : set.ofKind("HTTPRoute")) {
        const auto route = decodeHttpRoute(*object);
        if (!route) continue;
        for (std::size_t parent = 0; parent < route->parentRefs.size(); ++parent) {
            const auto& ref = route->parentRefs[parent];
            const auto refuse = [&](std::string message) {
                result.push_back({route->key, parent, ref.key(), ref.sectionName, false, "NoMatchingParent", std::move(message), {}});
            };
            const auto gateway = ref.kind == "Gateway" ? gateways.find(ref.key()) : gateways.end();
            if (gateway == gateways.end()) {
                refuse(fmt::format("{} does not exist in this workspace; create it or correct the reference.", ref.key().display()));
                continue;
            }
            bool selected = false;
            for (const auto& listener : gateway->second.listeners) {
                if (!ref.sectionName.empty() && ref.sectionName != listener.name) continue;
                if (ref.port && *ref.port != listener.port) continue;
                selected = true;
                result.push_back(tryListener(set, *route, parent, gateway->second, listener));
            }
            if (!selected) {
                const auto wanted = !ref.sectionName.empty() ? fmt::format("named {}", ref.sectionName)
                                                             : fmt::format("on port {}", ref.port.value_or(0));
                refuse(fmt::format("{} has no listener {}; correct sectionName or port.", ref.key().display(), wanted));
            }
        }
    }
    return result;
}

RefResolution resolveBackend(const ObjectSet& set, const ObjectKey& from, const BackendRefTarget& to) {
    const ObjectKey key{to.group, to.kind, to.ns, to.name};
    const bool service = to.group.empty() && to.kind == "Service";
    const bool pool = to.group == "inference.networking.k8s.io" && to.kind == "InferencePool";
    const bool backend = to.group == "gateway.kgateway.dev" && to.kind == "Backend";
    if (!service && !pool && !backend)
        return {false, "InvalidKind",
                fmt::format("{}/{} cannot be a backend; use Service, InferencePool or Backend (gateway.kgateway.dev).",
                            to.group.empty() ? "core" : to.group, to.kind)};
    if (to.ns != from.ns && !granted(set, from, to))
        return {false, "RefNotPermitted",
                fmt::format("No ReferenceGrant in namespace {} lets {} of namespace {} refer to {}; add one there.", to.ns, from.kind,
                            from.ns, key.display())};
    const auto* object = set.find(key);
    if (!object)
        return {false, "BackendNotFound", fmt::format("{} does not exist in this workspace; create it or correct the name.", key.display())};
    if (backend && to.hasPort)
        return {false, "BackendNotFound", fmt::format("A reference to {} takes no port; remove it.", key.display())};
    if (service) {
        if (!to.hasPort) return {false, "BackendNotFound", fmt::format("A reference to {} needs a port.", key.display())};
        const auto spec = decodeService(*object);
        if (!spec) return {false, "BackendNotFound", fmt::format("{} cannot be read: {}", key.display(), spec.error().message)};
        const auto port = std::find_if(spec->ports.begin(), spec->ports.end(), [&](const auto& entry) { return entry.port == to.port; });
        if (port == spec->ports.end())
            return {false, "BackendNotFound", fmt::format("{} has no port {}; correct the port.", key.display(), to.port)};
        static const std::set<std::string> known = {"", "http", "kubernetes.io/ws"};
        if (!known.contains(port->appProtocol))
            return {false, "UnsupportedProtocol",
                    fmt::format("Port {} of {} speaks {}, which this version does not.", to.port, key.display(), port->appProtocol)};
    }
    return {true, "ResolvedRefs", fmt::format("{} exists.", key.display())};
}

}  // namespace gatehouse::config
