// Filters and matches of a rule, compiled. Thread: control thread.
#pragma once

#include "route/translate_backends.h"
#include "route/translate_context.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::route {

/// Of entries that repeat a name (case-insensitively) the first counts.
filter::HeaderMutation compileHeaders(const config::HeaderModifier& modifier);

/// By its first character: what the Content-Type of a direct response goes by.
bool looksLikeJson(std::string_view body);

Retry compileRetry(const config::RetrySpec& spec);

struct CompiledFilters {
    filter::Chain chain;
    std::vector<const config::Object*> policies;  ///< TrafficPolicies named by ExtensionRef filters.
    std::string broken;                           ///< Not empty: why the rule answers 500.
    /// By OrderedFilter::index; their backends have neither id nor counters yet.
    std::vector<Mirror> mirrors;
    std::vector<Auth> auths;
};
CompiledFilters compileFilters(TranslateContext& context, BackendResolver& backends, const config::Object& route,
                               const config::RouteRule& rule);

/// What of a rule is neither match, filter nor backend: retry and session persistence. After the rule's backends.
void compileExtras(TranslateContext& context, const config::RouteRule& spec, const CompiledFilters& filters, Rule& rule);

/// Annotation gatehouse.dev/trusted-hops of a Gateway, 0 to 255; 0 where absent, or reported where it is no such number.
std::uint8_t trustedHops(TranslateContext& context, const config::Object& gateway);

/// Error "bad-expression" where a regular expression does not compile: such a match can match nothing.
Result<CompiledMatch> compileMatch(const config::RouteMatch& match);

}  // namespace gatehouse::route
