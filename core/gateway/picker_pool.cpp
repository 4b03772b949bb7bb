#include "gateway/picker_pool.h"

#include "http/message.h"
#include "http/uri.h"

namespace gatehouse::gateway {

const route::ServedPool* servedPool(const route::Snapshot& snapshot, std::string_view authority) {
    if (snapshot.served.size() == 1) return &snapshot.served.front();
    std::string_view host, port;
    if (!http::splitAuthority(authority, host, port)) host = authority;
    const auto dot = host.find('.');
    const auto name = host.substr(0, dot);
    const auto rest = dot == std::string_view::npos ? std::string_view{} : host.substr(dot + 1);
    const auto ns = rest.substr(0, rest.find('.'));
    const route::ServedPool* found = nullptr;
    for (const auto& served : snapshot.served) {
        const auto& object = served.backend.object;
        const std::string_view wanted = served.picker.empty() ? object.name : served.picker;
        if (!http::equalsIgnoreCase(wanted, name) || (!ns.empty() && !http::equalsIgnoreCase(ns, object.ns))) continue;
        if (found != nullptr) return nullptr;
        found = &served;
    }
    return found;
}

}  // namespace gatehouse::gateway
