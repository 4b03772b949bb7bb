// Matcher: which listener, virtual host and rule a request belongs to, by Gateway API precedence. Thread: any; pure.
//
// Order of decisions: the listener with the most specific hostname (isolation: others on the port are not looked at, but for
// listeners of the very same hostname, which several Gateways on one machine may have), then host names from most to least
// specific, then candidates in the order that translation gave them (Exact, RegularExpression, longest prefix, method,
// header count, query count, age, name, position).
#pragma once

#include "http/message.h"
#include "route/decision.h"
#include "route/snapshot.h"

#include <vector>

namespace gatehouse::route {

struct MatchResult {
    const Listener* listener = nullptr;
    const VirtualHost* host = nullptr;
    const Candidate* candidate = nullptr;  ///< Null: 404.
};

/// `trace` may be null (hot path: no allocation); otherwise each listener, host and match considered is told.
MatchResult match(const Port& port, const http::RequestHead& request, std::vector<Step>* trace);

/// Draws a backend by weight; `draw` in [0, totalWeight). Null when there is none (500) or all weights are zero (503).
const Backend* drawBackend(const Rule& rule, std::uint64_t draw);

/// What a rule answers when drawBackend() has nothing: 500 without backends (HTTPRouteNoBackendRefs) or with an invalid one
/// among zero weights, 503 when every weight is zero.
int statusWithoutBackend(const Rule& rule);

/// Host of a request or listener pattern: does `pattern` ("", exact, "*.suffix") cover `host` (lower case)?
bool hostMatches(std::string_view pattern, std::string_view host);

}  // namespace gatehouse::route
