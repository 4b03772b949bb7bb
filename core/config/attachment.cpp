// Attachment of routes to listeners (Gateway API v1.6.1: parentRefs, allowedRoutes, hostnames), per route, parent,
// listener.
#include "config/agentgateway_model.h"
#include "config/listeners.h"
#include "config/memo.h"
#include "config/relations.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

namespace gatehouse::config {
namespace {

/// What of a route matters here, whatever its kind.
struct RouteView {
    const ObjectKey& key;
    const std::vector<ParentRef>& parentRefs;
    const std::vector<std::string>& hostnames;
};

bool haveCommonHostname(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::any_of(a.begin(), a.end(), [&](const std::string& one) {
        return std::any_of(b.begin(), b.end(), [&](const std::string& other) { return commonHostname(one, other).has_value(); });
    });
}

class Attacher {
  public:
    explicit Attacher(const ObjectSet& set) : set_(set), gateways_(mergeListeners(set)) {
        for (std::size_t g = 0; g < gateways_.size(); ++g) {
            const auto& gateway = gateways_[g];
            Parent own{g, true, {}};
            for (std::size_t i = 0; i < gateway.own; ++i) own.listeners.push_back(i);
            parents_.emplace(gateway.spec.key, std::move(own));
            for (const auto& set : gateway.sets) parents_.emplace(set.key, Parent{g, set.allowed, set.listeners});
        }
    }

    std::vector<Attachment> run() {
        for (const auto* kind : {"HTTPRoute", "GRPCRoute", "TLSRoute"}) {
            std::set<ObjectKey> seen;
            for (const auto* object : set_.ofKind(kind)) {
                if (object->key.group != kGatewayApiGroup || !seen.insert(object->key).second) continue;
                if (object->key.kind == "TLSRoute") {
                    if (const auto route = decodeTlsRoute(*object)) attach({route->key, route->parentRefs, route->hostnames});
                } else {
                    const auto memo = routeMemo(*object);
                    if (memo->spec) attach({memo->spec->key, memo->spec->parentRefs, memo->spec->hostnames});
                }
            }
        }
        partKinds();
        return std::move(out_);
    }

    std::vector<Attachment> runModels() {
        std::set<ObjectKey> seen;
        for (const auto* object : set_.ofKind(agentgateway::kModelKind)) {
            if (object->key.group != kAgentgatewayGroup || !seen.insert(object->key).second) continue;
            if (const auto model = agentgateway::decodeModel(*object)) attach({model->key, model->parentRefs, kAnyHost});
        }
        return std::move(out_);
    }

  private:
    inline static const std::vector<std::string> kAnyHost{};

    /// Something that a parentRef can name: a Gateway with its own listeners, or a ListenerSet.
    struct Parent {
        std::size_t gateway;
        bool allowed;
        std::vector<std::size_t> listeners;
    };

    void attach(const RouteView& route) {
        for (std::size_t i = 0; i < route.parentRefs.size(); ++i) attach(route, i);
    }

    Attachment& add(const RouteView& route, std::size_t parent, std::string listener) {
        auto& attachment = out_.emplace_back();
        attachment.route = route.key;
        attachment.parentIndex = parent;
        attachment.owner = route.parentRefs[parent].key();
        attachment.listener = std::move(listener);
        if (attachment.owner.kind == "Gateway") attachment.gateway = attachment.owner;
        if (const auto found = parents_.find(attachment.owner); found != parents_.end())
            attachment.gateway = gateways_[found->second.gateway].spec.key;
        return attachment;
    }

    void refuse(const RouteView& route, std::size_t parent, std::string listener, std::string reason, std::string message) {
        auto& attachment = add(route, parent, std::move(listener));
        attachment.reason = std::move(reason);
        attachment.message = std::move(message);
    }

    void attach(const RouteView& route, std::size_t index) {
        const auto& parent = route.parentRefs[index];
        const auto none = [&](std::string message) {
            refuse(route, index, parent.sectionName, "NoMatchingParent", std::move(message));
        };
        if (parent.group != kGatewayApiGroup || (parent.kind != "Gateway" && parent.kind != "ListenerSet"))
            return none(fmt::format("Parents of kind {} are not run by this version; name a Gateway or a ListenerSet.", parent.kind));
        const auto found = parents_.find(parent.key());
        if (found == parents_.end()) {
            if (set_.find(parent.key()) == nullptr)
                return none(fmt::format("{} does not exist in this workspace; create it or correct the reference.",
                                        parent.key().display()));
            return none(fmt::format("{} belongs to no Gateway that can be read; correct its parentRef.", parent.key().display()));
        }
        const auto& gateway = gateways_[found->second.gateway];
        if (!found->second.allowed)
            return none(fmt::format("{} does not admit {}; widen its allowedListeners.", gateway.spec.key.display(),
                                    parent.key().display()));
        bool any = false;
        for (const auto i : found->second.listeners) {
            const auto& listener = gateway.listeners[i];
            if (!parent.sectionName.empty() && parent.sectionName != listener.spec.name) continue;
            if (parent.port && *parent.port != listener.spec.port) continue;
            any = true;
            attachTo(route, index, listener);
        }
        if (any) return;
        std::string wanted;
        if (!parent.sectionName.empty()) wanted += " named " + parent.sectionName;
        if (parent.port) wanted += fmt::format(" on port {}", *parent.port);
        none(fmt::format("{} has no listener{}; correct sectionName or port.", parent.key().display(), wanted));
    }

    void attachTo(const RouteView& route, std::size_t index, const MergedListener& listener) {
        const auto& spec = listener.spec;
        const auto no = [&](std::string reason, std::string message) {
            refuse(route, index, spec.name, std::move(reason), std::move(message));
        };
        const auto admission = admitsKind(spec, route.key.group, route.key.kind);
        if (admission == KindAdmission::NotListed)
            return no("NotAllowedByListeners",
                      fmt::format("Listener {} ({}) does not take {}s; allow the kind in its allowedRoutes.kinds.", spec.name,
                                  spec.protocol, route.key.kind));
        if (admission == KindAdmission::WrongProtocol)
            // A listener that cannot speak TLS is no parent for a TLSRoute at all (conformance: TLSRouteInvalidNoMatchingListener).
            return no(route.key.kind == "TLSRoute" ? "NoMatchingParent" : "NotAllowedByListeners",
                      fmt::format("Listener {} speaks {}, which does not carry {}s; name a listener of another protocol.", spec.name,
                                  spec.protocol, route.key.kind));
        if (!namespaceSelected(set_, spec.allowedRoutes.from, spec.allowedRoutes.selector, listener.owner.ns, route.key.ns))
            return no("NotAllowedByListeners",
                      fmt::format("Listener {} does not take routes from namespace {}; widen its allowedRoutes.namespaces.",
                                  spec.name, route.key.ns));
        if (listener.state.conflicted)
            return no("NotAllowedByListeners",
                      fmt::format("Listener {} is not in use: {}", spec.name, listener.state.conflictMessage));
        std::vector<std::string> common;
        if (route.hostnames.empty()) common.push_back(spec.hostname);
        for (const auto& hostname : route.hostnames)
            if (auto shared = commonHostname(spec.hostname, hostname);
                shared && std::find(common.begin(), common.end(), *shared) == common.end())
                common.push_back(std::move(*shared));
        if (common.empty())
            return no("NoMatchingListenerHostname",
                      fmt::format("No hostname of the route fits {} of listener {}; change one of them.", spec.hostname, spec.name));
        auto& attachment = add(route, index, spec.name);
        attachment.hostnames = std::move(common);
        attachment.accepted = true;
        attachment.reason = "Accepted";
        attachment.message = fmt::format("Attached to listener {}.", spec.name);
    }

    /// An HTTPRoute and a GRPCRoute cannot have a hostname in common on one listener: the older one stays, then the first by
    /// name (GRPCRouteSpec.hostnames in the specification).
    void partKinds() {
        const auto first = std::find_if(out_.begin(), out_.end(), [](const Attachment& a) { return a.route.kind == "GRPCRoute"; });
        if (first == out_.end()) return;
        std::map<std::pair<ObjectKey, std::string>, std::vector<std::size_t>> listeners;
        for (auto a = first; a != out_.end() && a->route.kind == "GRPCRoute"; ++a)
            if (a->accepted) listeners[{a->owner, a->listener}].push_back(static_cast<std::size_t>(a - out_.begin()));
        for (auto a = out_.begin(); a != first; ++a) {
            if (!a->accepted) continue;
            const auto found = listeners.find({a->owner, a->listener});
            if (found != listeners.end()) found->second.push_back(static_cast<std::size_t>(a - out_.begin()));
        }
        for (auto& [listener, all] : listeners) {
            std::stable_sort(all.begin(), all.end(), [&](std::size_t a, std::size_t b) {
                return olderObject(*set_.find(out_[a].route), *set_.find(out_[b].route));
            });
            std::vector<std::size_t> kept;
            for (const auto i : all) {
                const auto other = std::find_if(kept.begin(), kept.end(), [&](std::size_t k) {
                    return out_[k].route.kind != out_[i].route.kind && haveCommonHostname(out_[k].hostnames, out_[i].hostnames);
                });
                if (other == kept.end()) {
                    kept.push_back(i);
                    continue;
                }
                out_[i].accepted = false;
                out_[i].reason = "HostnameConflict";
                out_[i].message = fmt::format("{} has a hostname in common on listener {} and comes first; give them different hostnames.",
                                              out_[*other].route.display(), out_[i].listener);
                out_[i].hostnames.clear();
            }
        }
    }

    const ObjectSet& set_;
    const std::vector<GatewayListeners> gateways_;
    std::map<ObjectKey, Parent> parents_;
    std::vector<Attachment> out_;
};

}  // namespace

std::vector<Attachment> attachments(const ObjectSet& set) {
    return Attacher(set).run();
}

std::vector<Attachment> agentgateway::modelAttachments(const ObjectSet& set) {
    return set.ofKind(kModelKind).empty() ? std::vector<Attachment>{} : Attacher(set).runModels();
}

}  // namespace gatehouse::config
