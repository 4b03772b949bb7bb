// Conditions of ListenerPolicy and HTTPListenerPolicy.
#include "config/listener_policy.h"
#include "config/status_policies.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::config {
namespace {

bool hasListener(const Object& gateway, const std::string& name) {
    const auto spec = decodeGateway(gateway);
    return spec && std::any_of(spec->listeners.begin(), spec->listeners.end(), [&](const auto& l) { return l.name == name; });
}

}  // namespace

void listenerPolicyStatus(const ObjectSet& set, const Object& object, ObjectStatus& status) {
    const auto spec = decodeListenerPolicy(object);
    if (!spec) {
        status.conditions.push_back({"Accepted", false, "Invalid", spec.error().message});
        return;
    }
    std::size_t reached = 0;
    for (const auto* gateway : set.ofKind("Gateway")) {
        const auto sections = spec->sectionsOf(*gateway);
        if (std::any_of(sections.begin(), sections.end(),
                        [&](const std::string& section) { return section.empty() || hasListener(*gateway, section); }))
            ++reached;
    }
    const auto missing = std::find_if(spec->targets.begin(), spec->targets.end(), [&](const PolicyTarget& target) {
        const auto* found = set.find({target.group, target.kind, object.key.ns, target.name});
        return found == nullptr || (!target.sectionName.empty() && !hasListener(*found, target.sectionName));
    });
    if (missing != spec->targets.end())
        status.conditions.push_back(
            {"Accepted", false, "TargetNotFound",
             missing->sectionName.empty()
                 ? fmt::format("Target {} {} does not exist; name one of this namespace.", missing->kind, missing->name)
                 : fmt::format("Target {} {} with a listener {} does not exist; name one of this namespace.", missing->kind,
                               missing->name, missing->sectionName)});
    else if (!spec->unsupported.empty())
        status.conditions.push_back({"Accepted", true, "PartiallyValid",
                                     fmt::format("{} is not run by this version.", fmt::join(spec->unsupported, ", "))});
    else
        status.conditions.push_back({"Accepted", true, "Valid", "The policy is valid."});
    status.conditions.push_back({"Attached", reached > 0, reached > 0 ? "Attached" : "Pending",
                                 reached > 0 ? fmt::format("It holds for {} {}.", reached, reached == 1 ? "Gateway" : "Gateways")
                                             : std::string("It reaches no Gateway of its namespace.")});
}

}  // namespace gatehouse::config
