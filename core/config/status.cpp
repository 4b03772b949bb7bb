// Conditions of Gateways, HTTPRoutes and the objects they use, from the attachments and resolutions in attachment.cpp.
#include "config/status.h"

#include "config/gateway_api.h"
#include "config/inference_api.h"
#include "config/policies.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace gatehouse::config {
namespace {

constexpr std::string_view kHttpRoute = "HTTPRoute";

Condition condition(const Object& object, std::string type, bool status, std::string reason, std::string message) {
    return {std::move(type), status, std::move(reason), std::move(message), object.generation};
}

/// Listener name -> why it conflicts; empty when it does not. The first in the list wins.
std::map<std::string, std::pair<std::string, std::string>> conflicts(const GatewaySpec& gateway) {
    std::map<std::string, std::pair<std::string, std::string>> result;
    for (std::size_t i = 0; i < gateway.listeners.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const auto& mine = gateway.listeners[i];
            const auto& other = gateway.listeners[j];
            if (mine.port != other.port) continue;
            if (mine.protocol != other.protocol)
                result[mine.name] = {"ProtocolConflict", fmt::format("Listener {} uses port {} with protocol {}; choose another port.",
                                                                     other.name, other.port, other.protocol)};
            else if (mine.hostname == other.hostname)
                result[mine.name] = {"HostnameConflict", fmt::format("Listener {} has the same port and hostname; change one of them.", other.name)};
        }
    }
    return result;
}

struct ListenerVerdict {
    bool accepted = true;
    bool resolved = true;
    std::vector<Condition> conditions;
    std::vector<std::string> supportedKinds;
};

ListenerVerdict judgeListener(const Object& object, const ListenerSpec& listener, const std::pair<std::string, std::string>* conflict) {
    ListenerVerdict verdict;
    std::string reason = "Accepted";
    std::string message = "The listener is valid.";
    if (listener.protocol != "HTTP") {
        verdict.accepted = false;
        reason = "UnsupportedProtocol";
        message = fmt::format("Protocol {} is not served by this version; use HTTP.", listener.protocol);
    }
    bool badKinds = false;
    if (listener.allowedRoutes.kinds.empty()) {
        if (listener.protocol == "HTTP") verdict.supportedKinds.emplace_back(kHttpRoute);
    } else {
        for (const auto& [group, kind] : listener.allowedRoutes.kinds) {
            if (kind == kHttpRoute) verdict.supportedKinds.push_back(kind);
            else badKinds = true;
        }
    }
    verdict.resolved = !badKinds;
    const bool programmed = verdict.accepted && verdict.resolved && !conflict;
    auto& conditions = verdict.conditions;
    conditions.push_back(condition(object, "Accepted", verdict.accepted && !conflict, conflict ? conflict->first : reason,
                                   conflict ? conflict->second : message));
    conditions.push_back(condition(object, "Conflicted", conflict != nullptr, conflict ? conflict->first : "NoConflicts",
                                   conflict ? conflict->second : "No other listener of this Gateway is in its way."));
    conditions.push_back(condition(object, "ResolvedRefs", verdict.resolved, badKinds ? "InvalidRouteKinds" : "ResolvedRefs",
                                   badKinds ? "allowedRoutes.kinds names a kind that this version does not serve; only HTTPRoute is."
                                            : "All references resolve."));
    conditions.push_back(condition(object, "Programmed", programmed, programmed ? "Programmed" : "Invalid",
                                   programmed ? "The data plane serves it." : "It is not served until the other conditions are met."));
    if (conflict) verdict.accepted = false;
    return verdict;
}

ObjectStatus gatewayStatus(const Object& object, const std::vector<Attachment>& attached) {
    ObjectStatus status;
    status.object = object.key;
    const auto gateway = decodeGateway(object);
    if (!gateway) {
        status.conditions.push_back(condition(object, "Accepted", false, "Invalid", gateway.error().message));
        return status;
    }
    const auto conflicted = conflicts(*gateway);
    std::size_t valid = 0;
    bool resolved = true;
    for (const auto& listener : gateway->listeners) {
        const auto conflict = conflicted.find(listener.name);
        auto verdict = judgeListener(object, listener, conflict == conflicted.end() ? nullptr : &conflict->second);
        valid += verdict.accepted;
        resolved = resolved && verdict.resolved;
        std::set<ObjectKey> routes;
        for (const auto& entry : attached)
            if (entry.accepted && entry.gateway == object.key && entry.listener == listener.name) routes.insert(entry.route);
        status.listeners.push_back({listener.name, std::move(verdict.supportedKinds), static_cast<int>(routes.size()), std::move(verdict.conditions)});
    }
    const bool all = valid == gateway->listeners.size();
    status.conditions.push_back(condition(object, "Accepted", valid > 0, all ? "Accepted" : "ListenersNotValid",
                                          all ? "All listeners are valid." : fmt::format("{} of {} listeners are valid; see their conditions.", valid, gateway->listeners.size())));
    status.conditions.push_back(condition(object, "ResolvedRefs", resolved, resolved ? "ResolvedRefs" : "ListenersNotResolved",
                                          resolved ? "All references resolve." : "A listener refers to what cannot be used; see its conditions."));
    status.conditions.push_back(condition(object, "Programmed", valid > 0, valid > 0 ? "Programmed" : "Invalid",
                                          valid > 0 ? "The data plane serves it." : "No listener can be served."));
    return status;
}

/// The first reference of the route that does not resolve; ok when all do.
RefResolution worstReference(const ObjectSet& set, const HttpRouteSpec& route) {
    for (const auto& rule : route.rules) {
        for (const auto& ref : rule.backendRefs) {
            auto resolution = resolveBackend(set, route.key, {ref.group, ref.kind, ref.ns, ref.name, ref.port.has_value(), ref.port.value_or(0)});
            if (!resolution.ok) return resolution;
        }
        for (const auto& filter : rule.filters) {
            if (!filter.extension || set.find(filter.extension->key())) continue;
            return {false, "BackendNotFound", fmt::format("{} does not exist in this workspace; create it or correct the name.", filter.extension->key().display())};
        }
    }
    return {true, "ResolvedRefs", "All references resolve."};
}

ObjectStatus routeStatus(const ObjectSet& set, const Object& object, const std::vector<Attachment>& attached) {
    ObjectStatus status;
    status.object = object.key;
    const auto route = decodeHttpRoute(object);
    if (!route) {
        status.conditions.push_back(condition(object, "Accepted", false, "UnsupportedValue", route.error().message));
        return status;
    }
    const auto resolution = worstReference(set, *route);
    for (std::size_t parent = 0; parent < route->parentRefs.size(); ++parent) {
        const auto& ref = route->parentRefs[parent];
        ParentStatus entry;
        entry.parent = ref.key().display() + (ref.sectionName.empty() ? "" : "/" + ref.sectionName);
        const Attachment* best = nullptr;
        for (const auto& candidate : attached) {
            if (candidate.route != object.key || candidate.parentIndex != parent) continue;
            if (!best || (candidate.accepted && !best->accepted)) best = &candidate;
        }
        const bool accepted = best && best->accepted;
        entry.conditions.push_back(condition(object, "Accepted", accepted, best ? best->reason : "NoMatchingParent",
                                             best ? best->message : "The parent has no listener."));
        entry.conditions.push_back(condition(object, "ResolvedRefs", resolution.ok, resolution.reason, resolution.message));
        status.parents.push_back(std::move(entry));
    }
    return status;
}

bool targetExists(const ObjectSet& set, const TrafficPolicySpec& policy, const PolicyTarget& target) {
    return set.find(ObjectKey{target.group, target.kind, policy.key.ns, target.name}) != nullptr;
}

ObjectStatus policyStatus(const ObjectSet& set, const Object& object) {
    ObjectStatus status;
    status.object = object.key;
    const auto policy = decodeTrafficPolicy(object);
    if (!policy) {
        status.conditions.push_back(condition(object, "Accepted", false, "Invalid", policy.error().message));
        return status;
    }
    const auto missing = std::find_if(policy->targets.begin(), policy->targets.end(), [&](const auto& target) { return !targetExists(set, *policy, target); });
    const bool attached = missing == policy->targets.end();
    const bool whole = policy->unsupported.empty();
    status.conditions.push_back(condition(object, "Accepted", true, whole ? "Valid" : "PartiallyValid",
                                          whole ? "The policy is valid."
                                                : fmt::format("{} is not run by this version.", fmt::join(policy->unsupported, ", "))));
    status.conditions.push_back(condition(object, "Attached", attached, attached ? "Attached" : "Pending",
                                          attached ? "All its targets exist."
                                                   : fmt::format("{} {} does not exist in namespace {}; create it or correct targetRefs.",
                                                                 missing->kind, missing->name, policy->key.ns)));
    return status;
}

template <class Decoded>
ObjectStatus plainStatus(const Object& object, const Result<Decoded>& decoded) {
    ObjectStatus status;
    status.object = object.key;
    status.conditions.push_back(condition(object, "Accepted", decoded.has_value(), decoded ? "Accepted" : "Invalid",
                                          decoded ? "The object is valid." : decoded.error().message));
    return status;
}

ObjectStatus poolStatus(const ObjectSet& set, const Object& object) {
    ObjectStatus status;
    status.object = object.key;
    const auto pool = decodeInferencePool(object);
    std::set<ObjectKey> parents;
    const auto attached = attachments(set);
    for (const auto* routeObject : set.ofKind(kHttpRoute)) {
        const auto route = decodeHttpRoute(*routeObject);
        if (!route) continue;
        const bool uses = std::any_of(route->rules.begin(), route->rules.end(), [&](const auto& rule) {
            return std::any_of(rule.backendRefs.begin(), rule.backendRefs.end(), [&](const auto& ref) { return ref.key() == object.key; });
        });
        if (!uses) continue;
        for (const auto& entry : attached)
            if (entry.accepted && entry.route == route->key) parents.insert(entry.gateway);
    }
    for (const auto& parent : parents)
        status.parents.push_back({parent.display(), {condition(object, "Accepted", pool.has_value(), pool ? "Accepted" : "NotSupportedByParent",
                                                               pool ? "A route of this Gateway sends requests to the pool." : pool.error().message),
                                                     condition(object, "ResolvedRefs", true, "ResolvedRefs",
                                                               "Gatehouse picks the pods itself; no endpoint picker is asked.")}});
    if (!pool) status.conditions.push_back(condition(object, "Accepted", false, "Invalid", pool.error().message));
    return status;
}

}  // namespace

std::vector<ObjectStatus> computeStatus(const ObjectSet& set) {
    const auto attached = attachments(set);
    std::vector<ObjectStatus> result;
    for (const auto& object : set.objects) {
        if (!object.schema) continue;
        const auto& kind = object.key.kind;
        if (kind == "Gateway") result.push_back(gatewayStatus(object, attached));
        else if (kind == kHttpRoute) result.push_back(routeStatus(set, object, attached));
        else if (kind == "TrafficPolicy") result.push_back(policyStatus(set, object));
        else if (kind == "Backend") result.push_back(plainStatus(object, decodeBackend(object)));
        else if (kind == "DirectResponse") result.push_back(plainStatus(object, decodeDirectResponse(object)));
        else if (kind == "InferencePool") result.push_back(poolStatus(set, object));
    }
    return result;
}

}  // namespace gatehouse::config
