#include "config/relations.h"

#include "config/agentgateway_model.h"
#include "config/backend_tls.h"

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

bool namespaceSelected(const ObjectSet& set, FromNamespaces from, const LabelSelector& selector, const std::string& own,
                       const std::string& ns) {
    switch (from) {
        case FromNamespaces::All:
            return true;
        case FromNamespaces::None:
            return false;
        case FromNamespaces::Same:
            return own == ns;
        case FromNamespaces::Selector:
            break;
    }
    std::unordered_map<std::string, std::string> labels;
    if (const auto* object = set.find("Namespace", "", ns)) labels = object->labels;
    labels["kubernetes.io/metadata.name"] = ns;  // Every cluster sets it by itself.
    return selects(selector, labels);
}

RefResolution resolveExtension(const ObjectSet& set, const ObjectRef& ref) {
    const bool known = ref.group == kKgatewayGroup && (ref.kind == "TrafficPolicy" || ref.kind == "DirectResponse");
    if (!known)
        return {false, "InvalidKind",
                fmt::format("{} ({}) cannot be used as a filter; name a TrafficPolicy or DirectResponse of {}.",
                            ref.kind, ref.group, kKgatewayGroup)};
    if (set.find(ref.key()) == nullptr)
        return {false, "BackendNotFound", fmt::format("{} {}/{} does not exist; create it or correct the reference.", ref.kind, ref.ns, ref.name)};
    return {true, "ResolvedRefs", "It exists and may be used."};
}

namespace {

RefResolution usable() {
    return {true, "ResolvedRefs", "It exists and may be used."};
}

/// Standard values of KEP-3726, and the bare names that Services of meshes carry.
bool clearProtocol(std::string_view protocol) {
    constexpr std::string_view kKnown[] = {"",     "http", "kubernetes.io/h2c", "kubernetes.io/ws", "ws",
                                           "http2", "h2c", "grpc"};
    return std::find(std::begin(kKnown), std::end(kKnown), protocol) != std::end(kKnown);
}
bool encryptedProtocol(std::string_view protocol) {
    return protocol == "https" || protocol == "kubernetes.io/wss" || protocol == "wss";
}

RefResolution resolveService(const ObjectSet& set, const ObjectKey& from, const BackendRefTarget& to, const Object& object,
                             const std::string& name) {
    const auto spec = decodeService(object);
    if (!spec) return {false, "BackendNotFound", spec.error().message};
    if (!to.hasPort) return {false, "BackendNotFound", fmt::format("The reference to {} needs a port.", name), true};
    const auto port = std::find_if(spec->ports.begin(), spec->ports.end(),
                                   [&](const ServicePort& entry) { return entry.port == to.port; });
    if (port == spec->ports.end())
        return {false, "BackendNotFound", fmt::format("{} has no port {}; name one that it has.", name, to.port), true};
    if (from.kind == "TLSRoute") return usable();  // What is inside is not looked at.
    const auto& protocol = port->appProtocol;
    if (clearProtocol(protocol)) return usable();
    if (!encryptedProtocol(protocol))
        return {false, "UnsupportedProtocol",
                fmt::format("{} speaks {} on port {}, which this version does not; use http, kubernetes.io/h2c or kubernetes.io/ws.", name,
                            protocol, to.port)};
    if (hasBackendTls(set, object.key, port->name)) return usable();
    return {false, "UnsupportedProtocol",
            fmt::format("{} speaks {} on port {}; add a BackendTLSPolicy that says how its certificate is checked.", name,
                        protocol, to.port)};
}

}  // namespace

RefResolution resolveBackend(const ObjectSet& set, const ObjectKey& from, const BackendRefTarget& to) {
    const auto name = fmt::format("{} {}/{}", to.kind, to.ns, to.name);
    const bool service = to.group.empty() && to.kind == "Service";
    const bool pool = isInferencePool(to.group, to.kind);
    const bool backend = to.group == kKgatewayGroup && to.kind == "Backend";
    const bool model = to.group == kAgentgatewayGroup && to.kind == agentgateway::kModelKind && from.kind == to.kind;  // Of itself alone.
    const bool agent = model || (to.group == kAgentgatewayGroup && to.kind == "AgentgatewayBackend");
    if (!service && !pool && !backend && !agent)
        return {false, "InvalidKind",
                fmt::format("{} ({}) cannot be a backend; use a Service, an InferencePool or a Backend.", to.kind,
                            to.group.empty() ? "core" : to.group)};
    if (!service && from.kind == "TLSRoute")
        return {false, "InvalidKind", fmt::format("{} cannot take connections of a TLSRoute; use a Service.", name)};
    const ObjectKey key{to.group, to.kind, to.ns, to.name};
    if (!referenceGranted(set, from, key))
        return {false, "RefNotPermitted",
                fmt::format("{} lies in another namespace; a ReferenceGrant in {} must permit {} from {}.", name, to.ns,
                            from.kind, from.ns)};
    const auto* object = set.find(key);
    if (object == nullptr)
        return {false, "BackendNotFound", fmt::format("{} does not exist; create it or correct the reference.", name)};
    if (service) return resolveService(set, from, to, *object, name);
    if (pool) {
        const auto spec = decodeInferencePool(*object);
        if (!spec) return {false, "BackendNotFound", spec.error().message};
        if (!clearProtocol(spec->appProtocol))
            return {false, "UnsupportedProtocol",
                    fmt::format("{} speaks {}, which this version does not; use http, kubernetes.io/h2c or kubernetes.io/ws.", name, spec->appProtocol)};
        return usable();
    }
    if (to.hasPort)
        return {false, "BackendNotFound",
                fmt::format("{} has its ports in itself; remove port from the reference.", name), true};
    if (model) return usable();
    if (agent) {
        const auto spec = agentgateway::decodeBackend(*object);
        return spec ? usable() : RefResolution{false, "BackendNotFound", spec.error().message};
    }
    const auto spec = decodeBackend(*object);
    if (!spec) return {false, "BackendNotFound", spec.error().message};
    if (!clearProtocol(spec->appProtocol))
        return {false, "UnsupportedProtocol",
                fmt::format("{} speaks {}, which this version does not; use http, kubernetes.io/h2c or kubernetes.io/ws.", name, spec->appProtocol)};
    return usable();
}

}  // namespace gatehouse::config
