#include "config/memo.h"

namespace gatehouse::config {
namespace {

std::shared_ptr<const RouteMemo> makeRouteMemo(const Object& object) {
    auto memo = std::make_shared<RouteMemo>();
    memo->spec = decodeHttpRouteTree(object);
    if (memo->spec)
        for (const auto& rule : memo->spec->rules) memo->findings.push_back(checkRule(object, rule));
    return memo;
}

}  // namespace

std::shared_ptr<const RouteMemo> routeMemo(const Object& object) {
    if (!object.memo) return makeRouteMemo(object);  // Made by hand, not by reading.
    std::call_once(object.memo->routeOnce, [&] { object.memo->route = makeRouteMemo(object); });
    return object.memo->route;
}

Result<HttpRouteSpec> decodeHttpRoute(const Object& object) {
    return routeMemo(object)->spec;
}

Result<HttpRouteSpec> decodeGrpcRoute(const Object& object) {
    return routeMemo(object)->spec;
}

}  // namespace gatehouse::config
