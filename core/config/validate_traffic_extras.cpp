// TrafficPolicy: csrf and faultInjection, beyond their tables.
#include "config/fields.h"
#include "config/findings.h"
#include "config/traffic_extras.h"

namespace gatehouse::config {

void validateTrafficExtras(Findings& findings, const Object& policy) {
    if (const auto csrf = decodeCsrf(policy)) {
        const auto* node = policy.root->at(csrf->at);
        if (memberOf(node, "percentageEnabled") != nullptr && memberOf(node, "percentageShadowed") != nullptr)
            findings.error(codes::kUnion, policy, csrf->at, "csrf takes percentageEnabled or percentageShadowed, not both.");
    }
    const auto fault = decodeFaults(policy);
    if (!fault) return;
    const auto* node = policy.root->at(fault->at);
    bool any = false;
    for (const auto* member : {"delay", "abort", "responseRateLimit", "disable"}) any = any || memberOf(node, member) != nullptr;
    if (!any) findings.error(codes::kUnion, policy, fault->at, "faultInjection needs delay, abort, responseRateLimit or disable.");
    if (fault->delay && (fault->delay->count() < 1 || *fault->delay > std::chrono::hours(1)))
        findings.error(codes::kOutOfRange, policy, fault->at.key("delay").key("fixedDelay"), "fixedDelay is between 1ms and 1h.");
}

}  // namespace gatehouse::config
