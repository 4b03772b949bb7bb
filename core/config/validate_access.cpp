// Findings about callers: TrafficPolicy, GatewayExtension, and the annotations of Secrets with keys.
#include "config/access_check.h"
#include "config/findings.h"
#include "config/virtual_keys.h"

#include <fmt/format.h>

namespace gatehouse::config {
namespace {

void tell(Findings& findings, const Object& object, std::vector<AccessProblem> problems) {
    for (auto& problem : problems)
        findings.add(problem.error ? Severity::Error : Severity::Warning, problem.code, object, problem.at, std::move(problem.message));
}

}  // namespace

void validateAccess(Findings& findings, const Object& policy) { tell(findings, policy, accessProblems(findings.set, policy)); }

void validateGatewayExtension(Findings& findings, const Object& object) { tell(findings, object, jwtExtensionProblems(findings.set, object)); }

void validateVirtualKeys(Findings& findings, const Object& secret) {
    if (!hasTerms(secret)) return;
    for (const auto& problem : termsProblems(secret))
        findings.error(codes::kVirtualKey, secret, FieldPath().key("metadata").key("annotations").key(problem.annotation),
                       fmt::format("{} {}. What cannot be read allows nothing.", problem.annotation, problem.message));
}

}  // namespace gatehouse::config
