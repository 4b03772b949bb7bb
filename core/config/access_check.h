// What is wrong with what policies say about callers, across objects: the one list for findings and for status conditions.
// Thread: pure functions on immutable sets.
#pragma once

#include "config/access_policy.h"

#include <string>
#include <vector>

namespace gatehouse::config {

struct AccessProblem {
    bool error = true;   ///< Rules under the policy answer 500; else the policy runs, but not as somebody may think.
    const char* code = nullptr;
    FieldPath at;
    std::string message;
};

/// Of a TrafficPolicy: apiKeyAuth, jwtAuth, basicAuth, rbac, rateLimit.local.
std::vector<AccessProblem> accessProblems(const ObjectSet& set, const Object& policy);
/// Of a GatewayExtension with JWT providers; none where it has no jwt block.
std::vector<AccessProblem> jwtExtensionProblems(const ObjectSet& set, const Object& extension);

/// Secrets of the namespace that carry all the labels, by name; of ConfigMaps likewise.
std::vector<const Object*> labelled(const ObjectSet& set, std::string_view kind, const std::string& ns,
                                    const std::vector<std::pair<std::string, std::string>>& labels);

}  // namespace gatehouse::config
