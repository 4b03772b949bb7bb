// Attachment of routes to listeners (Gateway API v1.6.1: parentRefs, allowedRoutes, hostnames), per route, parent,
// listener.
#include "config/memo.h"
#include "config/relations.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

namespace gatehouse::config {
namespace {

struct GatewayEntry {
    GatewaySpec spec;
    std::vector<ListenerState> states;
};

class Attacher {
  public:
    explicit Attacher(const ObjectSet& set) : set_(set) {
        for (const auto* object : set_.ofKind("Gateway")) {
            if (object->key.group != kGatewayApiGroup || gateways_.contains(object->key)) continue;
            if (auto spec = decodeGateway(*object)) {
                auto states = judgeListeners(set_, *spec);
                gateways_.emplace(object->key, GatewayEntry{std::move(*spec), std::move(states)});
            }
        }
    }

    std::vector<Attachment> run() {
        std::set<ObjectKey> seen;
        for (const auto* object : set_.ofKind("HTTPRoute")) {
            if (object->key.group != kGatewayApiGroup || !seen.insert(object->key).second) continue;
            const auto memo = routeMemo(*object);
            const auto& route = memo->spec;
            if (!route) continue;
            for (std::size_t i = 0; i < route->parentRefs.size(); ++i) attach(*route, i);
        }
        return std::move(out_);
    }

  private:
    void refuse(const HttpRouteSpec& route, std::size_t parent, std::string listener, std::string reason,
                std::string message) {
        Attachment attachment;
        attachment.route = route.key;
        attachment.parentIndex = parent;
        attachment.gateway = route.parentRefs[parent].key();
        attachment.listener = std::move(listener);
        attachment.reason = std::move(reason);
        attachment.message = std::move(message);
        out_.push_back(std::move(attachment));
    }

    void attach(const HttpRouteSpec& route, std::size_t index) {
        const auto& parent = route.parentRefs[index];
        if (parent.group != kGatewayApiGroup || parent.kind != "Gateway")
            return refuse(route, index, parent.sectionName, "NoMatchingParent",
                          fmt::format("Parents of kind {} are not run by this version; name a Gateway.", parent.kind));
        const auto gateway = gateways_.find(parent.key());
        if (gateway == gateways_.end())
            return refuse(route, index, parent.sectionName, "NoMatchingParent",
                          fmt::format("{} does not exist in this workspace; create it or correct the reference.",
                                      parent.key().display()));
        const auto& [spec, states] = gateway->second;
        bool any = false;
        for (std::size_t i = 0; i < spec.listeners.size(); ++i) {
            const auto& listener = spec.listeners[i];
            if (!parent.sectionName.empty() && parent.sectionName != listener.name) continue;
            if (parent.port && *parent.port != listener.port) continue;
            any = true;
            attachTo(route, index, spec, listener, states[i]);
        }
        if (any) return;
        std::string wanted;
        if (!parent.sectionName.empty()) wanted += " named " + parent.sectionName;
        if (parent.port) wanted += fmt::format(" on port {}", *parent.port);
        refuse(route, index, parent.sectionName, "NoMatchingParent",
               fmt::format("{} has no listener{}; correct sectionName or port.", parent.key().display(), wanted));
    }

    void attachTo(const HttpRouteSpec& route, std::size_t index, const GatewaySpec& gateway,
                  const ListenerSpec& listener, const ListenerState& state) {
        if (!kindAllowed(listener, route.key.group, route.key.kind))
            return refuse(
                route, index, listener.name, "NotAllowedByListeners",
                fmt::format("Listener {} ({}) does not take HTTPRoutes; allow the kind in its allowedRoutes.kinds.",
                            listener.name, listener.protocol));
        if (!namespaceAllowed(set_, listener.allowedRoutes, gateway.key.ns, route.key.ns))
            return refuse(
                route, index, listener.name, "NotAllowedByListeners",
                fmt::format("Listener {} does not take routes from namespace {}; widen its allowedRoutes.namespaces.",
                            listener.name, route.key.ns));
        if (state.conflicted)
            return refuse(route, index, listener.name, "NotAllowedByListeners",
                          fmt::format("Listener {} is not in use: {}", listener.name, state.conflictMessage));
        Attachment attachment;
        if (route.hostnames.empty()) attachment.hostnames.push_back(listener.hostname);
        auto& common = attachment.hostnames;
        for (const auto& hostname : route.hostnames)
            if (auto shared = commonHostname(listener.hostname, hostname);
                shared && std::find(common.begin(), common.end(), *shared) == common.end())
                common.push_back(std::move(*shared));
        if (common.empty())
            return refuse(route, index, listener.name, "NoMatchingListenerHostname",
                          fmt::format("No hostname of the route fits {} of listener {}; change one of them.",
                                      listener.hostname, listener.name));
        attachment.route = route.key;
        attachment.parentIndex = index;
        attachment.gateway = gateway.key;
        attachment.listener = listener.name;
        attachment.accepted = true;
        attachment.reason = "Accepted";
        attachment.message = fmt::format("Attached to listener {}.", listener.name);
        out_.push_back(std::move(attachment));
    }

    const ObjectSet& set_;
    std::map<ObjectKey, GatewayEntry> gateways_;
    std::vector<Attachment> out_;
};

}  // namespace

std::vector<Attachment> attachments(const ObjectSet& set) {
    return Attacher(set).run();
}

}  // namespace gatehouse::config
