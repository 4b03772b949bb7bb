// csrf, faultInjection and delay become steps of a rule's filters. Thread: control thread, one translate() call.
#pragma once

#include "config/traffic_extras.h"
#include "filter/csrf.h"
#include "filter/fault.h"
#include "route/translate_context.h"

#include <memory>
#include <string>

namespace gatehouse::route {

struct PolicyEffect;

/// Null: nothing is asked for, or it cannot be run, which `broken` says then: unchecked requests must not pass.
std::shared_ptr<const filter::Csrf> compileCsrfOf(TranslateContext& context, const config::Object& policy, const config::CsrfSpec& spec, std::string& broken);
/// Null: no fault.
std::shared_ptr<const filter::Fault> compileFaultOf(TranslateContext& context, const config::Object& policy, const config::FaultSpec& spec);

/// Of a route's annotation; 0: nothing is kept.
std::chrono::milliseconds cacheTimeOf(TranslateContext& context, const config::Object& route);

/// After CORS, whose preflights change nothing.
void addCsrf(filter::Chain& chain, std::shared_ptr<const filter::Csrf> csrf);
/// `first`: before everything else (kgateway); else right before the backend (agentgateway).
void addFault(filter::Chain& chain, std::shared_ptr<const filter::Fault> fault, bool first);
/// What TrafficPolicies ask for.
void applyExtras(filter::Chain& chain, PolicyEffect& effect);

}  // namespace gatehouse::route
