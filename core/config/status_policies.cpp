#include "config/status_policies.h"

#include "config/access_check.h"
#include "config/relations.h"
#include "text/regex.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::config {
namespace {

void backend(const Object& object, ObjectStatus& status) {
    const auto spec = decodeBackend(object);
    std::string problem;
    if (!spec)
        problem = spec.error().message;
    else if (spec->type != "AI" && spec->type != "Static")
        problem =
            fmt::format("Backends of type {} are not run by this version.", spec->type.empty() ? "(none)" : spec->type);
    else if (spec->type == "Static" && spec->staticHosts.empty())
        problem = "spec.static.hosts names no host.";
    else if (spec->type == "AI" && spec->llmGroups.empty())
        problem = "spec.ai names no provider.";
    else if (spec->type == "AI")
        for (const auto& group : spec->llmGroups)
            for (const auto& provider : group)
                if (provider.provider.empty() && problem.empty()) problem = "A provider of spec.ai names no API.";
    addValidity(problem, status);
}

bool targetExists(const ObjectSet& set, const ObjectKey& policy, const PolicyTarget& target) {
    if (target.group != kGatewayApiGroup || (target.kind != "Gateway" && target.kind != "HTTPRoute")) return false;
    const auto* object = set.find({target.group, target.kind, policy.ns, target.name});
    if (object == nullptr) return false;
    if (target.sectionName.empty()) return true;
    if (target.kind == "Gateway") {
        const auto gateway = decodeGateway(*object);
        return gateway && std::any_of(gateway->listeners.begin(), gateway->listeners.end(),
                                      [&](const ListenerSpec& l) { return l.name == target.sectionName; });
    }
    const auto route = decodeHttpRoute(*object);
    return route && std::any_of(route->rules.begin(), route->rules.end(),
                                [&](const RouteRule& r) { return r.name == target.sectionName; });
}

void trafficPolicy(const ObjectSet& set, const Object& object, ObjectStatus& status) {
    const auto spec = decodeTrafficPolicy(object);
    if (!spec) {
        status.conditions.push_back({"Accepted", false, "Invalid", spec.error().message});
        return;
    }
    std::string problem;
    if (spec->ai && spec->ai->requestGuard)
        for (const auto& rule : spec->ai->requestGuard->matches)
            if (auto compiled = text::Regex::compile(rule.pattern); !compiled && problem.empty())
                problem = fmt::format("{}: {}", rule.at.toString(), compiled.error().message);
    for (const auto& found : accessProblems(set, object))
        if (found.error && problem.empty()) problem = fmt::format("{}: {}", found.at.toString(), found.message);
    const auto missing = std::find_if(spec->targets.begin(), spec->targets.end(), [&](const PolicyTarget& target) {
        return !targetExists(set, spec->key, target);
    });
    const bool found = missing == spec->targets.end();
    const auto targetMessage = found ? std::string()
                                     : fmt::format("Target {} {}{}{} does not exist.", missing->kind, missing->name,
                                                   missing->sectionName.empty() ? "" : "/", missing->sectionName);
    if (!problem.empty())
        status.conditions.push_back({"Accepted", false, "Invalid", problem});
    else if (!found)
        status.conditions.push_back({"Accepted", false, "TargetNotFound", targetMessage});
    else if (!spec->unsupported.empty())
        status.conditions.push_back(
            {"Accepted", true, "PartiallyValid",
             fmt::format("{} is not run by this version.", fmt::join(spec->unsupported, ", "))});
    else
        status.conditions.push_back({"Accepted", true, "Valid", "The policy is valid."});
    const bool attached = problem.empty() &&
                          std::any_of(spec->targets.begin(), spec->targets.end(),
                                      [&](const PolicyTarget& target) { return targetExists(set, spec->key, target); });
    // Without targets a policy waits for an ExtensionRef, and reports nothing about attachment.
    if (!spec->targets.empty())
        status.conditions.push_back({"Attached", attached, attached ? "Attached" : "Pending",
                                     attached && found ? "All its targets exist." : targetMessage});
}

}  // namespace

void addValidity(const std::string& problem, ObjectStatus& status) {
    const bool valid = problem.empty();
    status.conditions.push_back({"Accepted", valid, valid ? "Accepted" : "Invalid", valid ? "The object is valid." : problem});
}

bool policyStatus(const ObjectSet& set, const Object& object, ObjectStatus& status) {
    const auto& kind = object.key.kind;
    if (kind == "GatewayClass") {
        gatewayClassStatus(set, object, status);
    } else if (kind == "Backend") {
        backend(object, status);
    } else if (kind == "TrafficPolicy") {
        trafficPolicy(set, object, status);
    } else if (kind == "BackendConfigPolicy") {
        backendConfigPolicyStatus(set, object, status);
    } else if (kind == "ListenerPolicy" || kind == "HTTPListenerPolicy") {
        listenerPolicyStatus(set, object, status);
    } else if (kind == "AgentgatewayBackend") {
        agentgatewayBackendStatus(object, status);
    } else if (kind == "AgentgatewayPolicy") {
        agentgatewayPolicyStatus(set, object, status);
    } else if (kind == "GatewayExtension") {
        std::string problem;
        for (const auto& found : jwtExtensionProblems(set, object))
            if (problem.empty()) problem = fmt::format("{}: {}", found.at.toString(), found.message);
        addValidity(problem, status);
    } else if (kind == "DirectResponse") {
        const auto spec = decodeDirectResponse(object);
        addValidity(spec ? std::string() : spec.error().message, status);
    } else {
        return inferenceStatus(set, object, status);
    }
    return true;
}

}  // namespace gatehouse::config
