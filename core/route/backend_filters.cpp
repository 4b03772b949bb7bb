#include "route/backend_filters.h"

#include <fmt/format.h>

namespace gatehouse::route {
namespace {

void tell(const Rule& rule, const char* type, const std::string& whose, const filter::HeaderMutation& mutation, std::vector<Step>& steps) {
    if (mutation.empty()) return;
    steps.push_back({"filter", StepOutcome::Applied, type, fmt::format("for {} alone: {}", whose, filter::describe(mutation)), rule.route, rule.where});
}

}  // namespace

void addBackendFilterSteps(const Rule& rule, const Backend& backend, std::vector<Step>& steps) {
    tell(rule, "RequestHeaderModifier", backend.name, backend.requestHeaders, steps);
    tell(rule, "ResponseHeaderModifier", backend.name, backend.responseHeaders, steps);
}

void addTargetFilterSteps(const Rule& rule, const LlmTarget& target, std::vector<Step>& steps) {
    tell(rule, "RequestHeaderModifier", target.provider->name, target.requestHeaders, steps);
    tell(rule, "ResponseHeaderModifier", target.provider->name, target.responseHeaders, steps);
}

}  // namespace gatehouse::route
