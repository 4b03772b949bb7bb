// HTTPRoute, GRPCRoute and TLSRoute: their own rules, their parents and their references.
#include "config/fields.h"
#include "config/findings.h"
#include "config/memo.h"
#include "config/relations.h"
#include "config/route_refs.h"
#include "config/route_rules.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

namespace gatehouse::config {
namespace {

constexpr std::size_t kMaxMatches = 128;

const char* codeOf(const RefResolution& resolution) {
    if (resolution.reason == "InvalidKind") return codes::kBackendKind;
    if (resolution.reason == "RefNotPermitted") return codes::kNoGrant;
    if (resolution.reason == "UnsupportedProtocol") return codes::kBackendProtocol;
    return resolution.port ? codes::kBackendPort : codes::kBackendMissing;
}

void reportUnresolved(Findings& findings, const Object& object, const RouteReference& reference, const RefResolution& resolution) {
    using Use = RouteReference::Use;
    if (reference.use == Use::Extension) {
        const bool kind = resolution.reason == "InvalidKind";
        findings.error(kind ? codes::kExtensionKind : codes::kExtensionMissing, object, reference.at().key(kind ? "kind" : "name"),
                       resolution.message + " The rule answers 500.");
        return;
    }
    const bool tls = object.key.kind == "TLSRoute";
    const auto* consequence = reference.use == Use::Mirror ? " No request is copied to it."
                              : reference.use == Use::Auth ? " The rule lets no request pass."
                              : tls                        ? " Its share of connections is closed."
                                                           : " Its share of requests is answered with 500.";
    findings.error(codeOf(resolution), object, reference.at().key("name"), resolution.message + consequence);
}

void checkReferences(Findings& findings, const Object& object, const ObjectKey& route, const std::vector<RouteRule>& rules) {
    forEachReference(rules, [&](const RouteReference& reference) {
        const auto& target = *reference.target;
        findings.used.insert(target.key());
        if (target.name.empty()) return;  // Its absence is reported already.
        const bool service = target.group.empty() && target.kind == "Service";
        if (service && !reference.port && reference.use != RouteReference::Use::Extension) {
            // Of the other kinds of routes checkRule() tells.
            if (route.kind == "TLSRoute" && memberOf(object.root->at(reference.at()), "port") == nullptr)
                findings.error(codes::kServicePort, object, reference.at().key("port"),
                               fmt::format("The reference to Service {} needs a port.", target.name));
            return;
        }
        if (const auto resolution = resolve(findings.set, route, reference); !resolution.ok)
            reportUnresolved(findings, object, reference, resolution);
    });
}

/// Filters that stand on single backends.
void checkBackendFilters(Findings& findings, const Object& object, const HttpRouteSpec& route) {
    for (const auto& rule : route.rules)
        for (const auto& ref : rule.backendRefs)
            for (const auto& filter : ref.filters)
                if (filter.type != "RequestHeaderModifier" && filter.type != "ResponseHeaderModifier" &&
                    !filter.type.empty())
                    findings.warn(
                        codes::kNotRun, object, filter.at,
                        fmt::format("{} in the filters of a backend is not run by this version; put it on the rule.",
                                    filter.type));
}

void checkParents(Findings& findings, const Object& object, const std::vector<ParentRef>& parentRefs) {
    if (parentRefs.empty())
        findings.warn(codes::kNoParents, object, FieldPath().key("spec"),
                      fmt::format("Route {} names no parent, so it gets no requests; add parentRefs.", object.key.name));
    for (std::size_t i = 0; i < parentRefs.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            const auto& a = parentRefs[i];
            const auto& b = parentRefs[j];
            if (a.key() != b.key()) continue;
            const bool sections = !a.sectionName.empty() && !b.sectionName.empty() && a.sectionName != b.sectionName;
            const bool ports = a.port && b.port && *a.port != *b.port && a.sectionName.empty() == b.sectionName.empty();
            if (!sections && !ports)
                findings.error(
                    codes::kParentTwice, object, a.path,
                    fmt::format("{} {} is named twice; give each reference its own sectionName.", a.kind, a.name));
        }
}

void validateTlsRoute(Findings& findings, const Object& object) {
    const auto route = decodeTlsRoute(object);
    if (!route) return;
    checkParents(findings, object, route->parentRefs);
    checkReferences(findings, object, route->key, route->rules);
    for (const auto& rule : route->rules)
        if (!rule.backendRefs.empty() &&
            std::all_of(rule.backendRefs.begin(), rule.backendRefs.end(), [](const BackendRef& ref) { return ref.weight == 0; }))
            findings.warn(codes::kWeightsZero, object, rule.at.key("backendRefs"), "All weights are 0; connections are closed.");
}

}  // namespace

void validateRoute(Findings& findings, const Object& object) {
    if (object.key.kind == "TLSRoute") return validateTlsRoute(findings, object);
    const auto memo = routeMemo(object);
    const auto& route = memo->spec;
    if (!route) return;
    std::size_t matches = 0;
    std::map<std::string, std::size_t> names;
    for (std::size_t i = 0; i < route->rules.size(); ++i) {
        const auto& rule = route->rules[i];
        matches += rule.matches.size();
        if (!rule.name.empty() && !names.emplace(rule.name, i).second)
            findings.warn(codes::kRuleNames, object, rule.at.key("name"),
                          fmt::format("Another rule is named {} already; policies cannot tell them apart.", rule.name));
        for (const auto& finding : memo->findings[i])
            findings.add(finding.severity, finding.code, object, finding.at, finding.message);
    }
    if (matches > kMaxMatches)
        findings.error(
            codes::kTooManyMatches, object, FieldPath().key("spec").key("hostnames"),
            fmt::format("The route has {} matches in all its rules; at most {} are allowed.", matches, kMaxMatches));
    checkParents(findings, object, route->parentRefs);
    checkReferences(findings, object, route->key, route->rules);
    checkBackendFilters(findings, object, *route);
}

/// A parent is at fault only where none of its listeners takes the route.
void validateAttachments(Findings& findings) {
    const auto all = attachments(findings.set);
    for (std::size_t begin = 0; begin < all.size();) {
        auto end = begin;
        bool accepted = false;
        const Attachment* worst = nullptr;
        for (; end < all.size() && all[end].route == all[begin].route && all[end].parentIndex == all[begin].parentIndex;
             ++end) {
            accepted = accepted || all[end].accepted;
            if (worst == nullptr || all[end].reason == "NoMatchingListenerHostname") worst = &all[end];
        }
        begin = end;
        if (accepted || worst == nullptr) continue;
        const auto* object = findings.set.find(worst->route);
        if (object == nullptr) continue;
        auto at = FieldPath().key("spec").key("parentRefs").index(worst->parentIndex);
        const bool exists = findings.set.find(worst->owner) != nullptr;
        if (worst->reason == "NoMatchingParent" && !exists)
            findings.error(codes::kParentMissing, *object, at.key("name"),
                           worst->message + " The route gets no requests from it.");
        else if (worst->reason == "NoMatchingParent")
            findings.error(codes::kParentSection, *object,
                           object->root->at(at.key("sectionName")) ? at.key("sectionName") : at, worst->message);
        else if (worst->reason == "NotAllowedByListeners")
            findings.error(codes::kNotAllowed, *object, at, worst->message);
        else if (worst->reason == "HostnameConflict")
            findings.error(codes::kRoutesMeet, *object, FieldPath().key("spec").key("hostnames"), worst->message);
        else
            findings.error(codes::kNoHostname, *object, FieldPath().key("spec").key("hostnames"), worst->message);
    }
}

void validateUnused(Findings& findings) {
    for (const auto* kind : {"DirectResponse", "Backend", "AgentgatewayBackend", "InferencePool"})
        for (const auto* object : findings.set.ofKind(kind))
            if (object->schema != nullptr && !findings.used.contains(object->key))
                findings.add(Severity::Info, codes::kPolicyUnused, *object, FieldPath().key("metadata").key("name"),
                             fmt::format("No route refers to {}.", object->key.display()));
    for (const auto* object : findings.set.ofKind("TrafficPolicy")) {
        const auto policy = decodeTrafficPolicy(*object);
        if (object->schema != nullptr && policy && policy->targets.empty() && !findings.used.contains(object->key))
            findings.warn(codes::kPolicyUnused, *object, FieldPath().key("spec"),
                          fmt::format("{} has no targetRefs, and no route refers to it: it has no effect.",
                                      object->key.display()));
    }
}

}  // namespace gatehouse::config
