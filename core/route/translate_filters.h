// Filters and matches of a rule, compiled. Thread: control thread.
#pragma once

#include "route/translate_context.h"

#include <optional>
#include <string>
#include <vector>

namespace gatehouse::route {

/// Of entries that repeat a name (case-insensitively) the first counts.
filter::HeaderMutation compileHeaders(const config::HeaderModifier& modifier);

struct CompiledFilters {
    filter::Chain chain;
    std::vector<const config::Object*> policies;  ///< TrafficPolicies named by ExtensionRef filters.
    std::string broken;                           ///< Not empty: why the rule answers 500.
};
CompiledFilters compileFilters(TranslateContext& context, const config::Object& route, const config::RouteRule& rule);

/// Error "bad-expression" where a regular expression does not compile: such a match can match nothing.
Result<CompiledMatch> compileMatch(const config::RouteMatch& match);

}  // namespace gatehouse::route
