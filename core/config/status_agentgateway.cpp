// Conditions of AgentgatewayBackend and AgentgatewayPolicy.
#include "config/agentgateway_targets.h"
#include "config/status_policies.h"
#include "text/regex.h"

#include <fmt/format.h>

namespace gatehouse::config {
namespace {

namespace ag = agentgateway;

std::string problemOf(const ag::BackendSpec& spec) {
    if (spec.member.empty()) return "spec names no destination.";
    if (spec.member == "static") {
        if (!spec.unixPath.empty()) return "spec.static.unixPath is not run by this version.";
        return spec.fixed.host.empty() || spec.fixed.port == 0 ? "spec.static needs host and port." : "";
    }
    if (spec.member != "ai") return fmt::format("Backends of type {} are not run by this version.", spec.member);
    if (spec.groups.empty()) return "spec.ai names no provider.";
    for (const auto& group : spec.groups)
        for (const auto& provider : group)
            if (provider.provider.empty()) return "A provider of spec.ai names no API.";
    return {};
}

/// The first pattern of a guard that does not compile.
std::string problemOf(const ag::PolicySpec& spec) {
    if (!spec.backend || !spec.backend->ai || !spec.backend->ai->promptGuard) return {};
    for (const auto* list : {&spec.backend->ai->promptGuard->request, &spec.backend->ai->promptGuard->response})
        for (const auto& guard : *list)
            if (guard.regex)
                for (const auto& pattern : guard.regex->matches)
                    if (const auto compiled = text::Regex::compile(pattern); !compiled)
                        return fmt::format("{}: {}", guard.regex->at.toString(), compiled.error().message);
    return {};
}

}  // namespace

void agentgatewayBackendStatus(const Object& object, ObjectStatus& status) {
    const auto spec = ag::decodeBackend(object);
    addValidity(spec ? problemOf(*spec) : spec.error().message, status);
}

void agentgatewayPolicyStatus(const ObjectSet& set, const Object& object, ObjectStatus& status) {
    const auto spec = ag::decodePolicy(object);
    if (!spec) {
        status.conditions.push_back({"Accepted", false, "Invalid", spec.error().message});
        return;
    }
    const auto problem = problemOf(*spec);
    const auto reach = ag::reachOf(set, object, *spec);
    if (!problem.empty())
        status.conditions.push_back({"Accepted", false, "Invalid", problem});
    else if (!reach.missed.empty())
        status.conditions.push_back({"Accepted", false, reach.missed.front().kind ? "Invalid" : "TargetNotFound", reach.missed.front().message});
    else if (!spec->unsupported.empty())
        status.conditions.push_back(
            {"Accepted", true, "PartiallyValid", fmt::format("{} is not run by this version.", fmt::join(spec->unsupported, ", "))});
    else
        status.conditions.push_back({"Accepted", true, "Valid", "The policy is valid."});
    const bool attached = problem.empty() && !reach.reached.empty();
    status.conditions.push_back({"Attached", attached, attached ? "Attached" : "Pending",
                                 attached && reach.missed.empty() ? "All its targets exist."
                                 : reach.missed.empty()           ? "It names no target."
                                                                  : reach.missed.front().message});
}

}  // namespace gatehouse::config
