// The rules of an HTTPRoute or GRPCRoute that need more than one field (CEL of Gateway API v1.6.1, restated). Validation reports
// them one by one; status tells by them whether a rule is dropped. Private to config/. Thread: pure functions.
#pragma once

#include "config/gateway_api.h"
#include "config/object.h"

#include <string>
#include <vector>

namespace gatehouse::config {

struct RouteFinding {
    Severity severity = Severity::Error;
    const char* code = "";
    FieldPath at;
    std::string message;
    std::string reason = "UnsupportedValue";  ///< Status reason: UnsupportedValue or IncompatibleFilters.
};

/// Findings of one rule. An Error makes the rule answer 500 by itself.
std::vector<RouteFinding> checkRule(const Object& route, const RouteRule& rule);

}  // namespace gatehouse::config
