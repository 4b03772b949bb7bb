// What the rules of a route refer to, and what of it does not resolve: backends, mirrors, authorisers, extensions.
// Private to config/. Thread: pure functions.
#pragma once

#include "config/gateway_api.h"
#include "config/status.h"

#include <functional>
#include <optional>
#include <vector>

namespace gatehouse::config {

struct RouteReference {
    enum class Use { Backend, Mirror, Auth, Extension };
    Use use = Use::Backend;
    std::size_t rule = 0;
    const ObjectRef* target = nullptr;  ///< In the route's spec.
    std::optional<std::uint16_t> port;
    const FieldPath* place = nullptr;  ///< Of the reference, or of the filter that holds it (Extension).
    FieldPath at() const { return use == Use::Extension ? place->key("extensionRef") : *place; }
};

/// In the order of the text. `rules` must outlive what `visit` keeps.
void forEachReference(const std::vector<RouteRule>& rules, const std::function<void(const RouteReference&)>& visit);

RefResolution resolve(const ObjectSet& set, const ObjectKey& route, const RouteReference& reference);

}  // namespace gatehouse::config
