// What was worked out from one object's text alone. The text of an object does not change, so readings that share its
// tree share this too: after an edit among a thousand routes only one is decoded and checked again. Private to config/.
// Thread: made once under a once_flag, then immutable; any thread.
#pragma once

#include "config/gateway_api.h"
#include "config/object.h"
#include "config/route_rules.h"
#include "net/tls.h"

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace gatehouse::config {

struct RouteMemo {
    Result<HttpRouteSpec> spec;
    std::vector<std::vector<RouteFinding>> findings;  ///< Per rule.
};
/// A set field that this version does not run, with the sentence that says so.
struct NotRunField {
    FieldPath path;
    std::string message;
};

struct ObjectMemo {
    std::once_flag routeOnce;
    std::shared_ptr<const RouteMemo> route;
    std::once_flag notRunOnce;
    std::vector<NotRunField> notRun;
    std::once_flag certificateOnce;  ///< Of a Secret's pair; certificates.cpp.
    std::shared_ptr<const Result<net::CertificateInfo>> certificate;
    std::once_flag authoritiesOnce;  ///< Of a ca.crt.
    std::shared_ptr<const Result<void>> authorities;
};

/// The object must be an HTTPRoute or a GRPCRoute.
std::shared_ptr<const RouteMemo> routeMemo(const Object& object);

}  // namespace gatehouse::config
