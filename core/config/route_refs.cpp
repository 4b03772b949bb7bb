#include "config/route_refs.h"

#include "config/relations.h"

namespace gatehouse::config {
namespace {

using Use = RouteReference::Use;
using Visit = std::function<void(const RouteReference&)>;

void visitFilters(const std::vector<FilterSpec>& filters, std::size_t rule, const Visit& visit) {
    for (const auto& filter : filters) {
        if (filter.mirror) visit({Use::Mirror, rule, &filter.mirror->backend, filter.mirror->backend.port, &filter.mirror->backend.at});
        if (filter.auth) visit({Use::Auth, rule, &filter.auth->backend, filter.auth->backend.port, &filter.auth->backend.at});
        if (filter.extension) visit({Use::Extension, rule, &*filter.extension, {}, &filter.at});
    }
}

}  // namespace

void forEachReference(const std::vector<RouteRule>& rules, const Visit& visit) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
        for (const auto& ref : rules[i].backendRefs) {
            visit({Use::Backend, i, &ref, ref.port, &ref.at});
            visitFilters(ref.filters, i, visit);
        }
        visitFilters(rules[i].filters, i, visit);
    }
}

RefResolution resolve(const ObjectSet& set, const ObjectKey& route, const RouteReference& reference) {
    const auto& to = *reference.target;
    if (reference.use == Use::Extension) return resolveExtension(set, to);
    return resolveBackend(set, route, {to.group, to.kind, to.ns, to.name, reference.port.has_value(), reference.port.value_or(0)});
}

}  // namespace gatehouse::config
