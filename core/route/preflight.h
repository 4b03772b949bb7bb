// Preflights: whose CORS answers them. A browser asks by OPTIONS whether it may send another request, which the rules may match
// by its method and its fields; so the preflight belongs to the rule of that request. Thread: any; pure.
//
// As Gateway API v1.6.1 leaves it open where the CORS filter of a rule with a method match answers, this is how it is here: the
// rule is the first, in the order of precedence, that the announced request could belong to: by host, path and query as they
// are, by method as Access-Control-Request-Method names it, by fields as the preflight has them or Access-Control-Request-
// Headers announces them (or the browser adds them unannounced). A match that names OPTIONS itself keeps its requests; so does
// every rule where the announced request has none with CORS.
#pragma once

#include "route/matcher.h"

namespace gatehouse::route {

/// `found`: what match() found for the OPTIONS request; replaced where the preflight is another rule's. True: it was.
/// `trace` may be null.
bool matchPreflight(const Port& port, const http::RequestHead& request, MatchResult& found, std::vector<Step>* trace = nullptr);

}  // namespace gatehouse::route
