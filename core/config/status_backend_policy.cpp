// Conditions of BackendConfigPolicy.
#include "config/backend_policy.h"
#include "config/status_policies.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::config {

void backendConfigPolicyStatus(const ObjectSet& set, const Object& object, ObjectStatus& status) {
    const auto spec = decodeBackendConfigPolicy(object);
    if (!spec) {
        status.conditions.push_back({"Accepted", false, "Invalid", spec.error().message});
        return;
    }
    std::size_t reached = 0;
    for (const auto* kind : {"Service", "Backend"})
        for (const auto* target : set.ofKind(kind))
            if (reaches(*spec, *target)) ++reached;
    const auto missing = std::find_if(spec->targets.begin(), spec->targets.end(), [&](const PolicyTarget& target) {
        return set.find({target.group, target.kind, object.key.ns, target.name}) == nullptr;
    });
    if (missing != spec->targets.end())
        status.conditions.push_back({"Accepted", false, "TargetNotFound",
                                     fmt::format("Target {} {} does not exist; name one of this namespace.", missing->kind,
                                                 missing->name)});
    else if (!spec->unsupported.empty())
        status.conditions.push_back({"Accepted", true, "PartiallyValid",
                                     fmt::format("{} is not run by this version.", fmt::join(spec->unsupported, ", "))});
    else
        status.conditions.push_back({"Accepted", true, "Valid", "The policy is valid."});
    status.conditions.push_back({"Attached", reached > 0, reached > 0 ? "Attached" : "Pending",
                                 reached > 0 ? fmt::format("It holds for {} {}.", reached, reached == 1 ? "backend" : "backends")
                                             : std::string("It reaches no Service or Backend of its namespace.")});
}

}  // namespace gatehouse::config
