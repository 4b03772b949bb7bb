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
    const Candidate* candidate = nullptr;  ///< Null: 404, or 421.
    bool misdirected = false;  ///< The host belongs to another listener than the one that the client's TLS session is with.
};

/// `trace` may be null (hot path: no allocation); otherwise each listener, host and match considered is told. `sni`: the name
/// that the client's TLS session was made for, null on a plain connection; a request for a host of another listener is
/// misdirected then (RFC 9110 section 15.5.20, GatewayHTTPSListenerDetectMisdirectedRequests).
MatchResult match(const Port& port, const http::RequestHead& request, std::vector<Step>* trace,
                  const std::string* sni = nullptr);

/// The conditions of one match, each by itself, for those who look at a request in another way (route/preflight.h).
bool pathMatches(const CompiledMatch& match, std::string_view path);
bool queryMatches(const CompiledMatch& match, std::string_view query);
bool headerMatches(const CompiledValueMatch& wanted, const http::Headers& headers);

/// The listener that a TLS session for `sni` (lower case, may be empty) is made with; null: none covers it.
const Listener* matchSni(const Port& port, std::string_view sni);

/// The rule that a TLS connection for `sni` is passed on by; null: none.
const Candidate* matchPassthrough(const Listener& listener, std::string_view sni);

/// Draws a backend by weight; `draw` in [0, totalWeight). Null when there is none (500) or all weights are zero (503).
const Backend* drawBackend(const Rule& rule, std::uint64_t draw);

/// What a rule answers when drawBackend() has nothing: 500 without backends (HTTPRouteNoBackendRefs) or with an invalid one
/// among zero weights, 503 when every weight is zero.
int statusWithoutBackend(const Rule& rule);

/// Host of a request or listener pattern: does `pattern` ("", exact, "*.suffix") cover `host` (lower case)?
bool hostMatches(std::string_view pattern, std::string_view host);

}  // namespace gatehouse::route
