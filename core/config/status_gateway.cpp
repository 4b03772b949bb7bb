#include "config/status_gateway.h"

#include "config/certificates.h"
#include "config/relations.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::config {
namespace {

/// "a, b and 7 more".
std::string someOf(std::vector<std::string> words) {
    constexpr std::size_t kShown = 3;
    if (words.size() <= kShown) return fmt::format("{}", fmt::join(words, ", "));
    const auto more = words.size() - kShown;
    words.resize(kShown);
    return fmt::format("{} and {} more", fmt::join(words, ", "), more);
}

ListenerStatus listenerStatus(const MergedListener& listener, const AttachedRoutes& routes) {
    const auto& state = listener.state;
    ListenerStatus status;
    status.name = listener.spec.name;
    status.supportedKinds = state.supportedKinds;
    const auto attached = routes.find({listener.owner, listener.spec.name});
    status.attachedRoutes = attached == routes.end() ? 0 : static_cast<int>(attached->second.size());
    auto& out = status.conditions;
    out.push_back({"Accepted", state.accepted, state.reason, state.message});
    out.push_back({"Conflicted", state.conflicted, state.conflicted ? state.conflictReason : "NoConflicts",
                   state.conflicted ? state.conflictMessage : "No other listener of this Gateway is in its way."});
    const bool resolved = state.refReason == "ResolvedRefs";
    out.push_back({"ResolvedRefs", resolved, state.refReason,
                   !resolved                ? state.refMessage
                   : state.warnings.empty() ? std::string("All references resolve.")
                                            : state.warnings.front()});
    const bool programmed = state.programmed();
    out.push_back({"Programmed", programmed, programmed ? "Programmed" : "Invalid",
                   programmed                 ? "The data plane serves it."
                   : state.lacksCertificate() ? "It is not served for want of a certificate; see ResolvedRefs."
                                              : "It is not served until the other conditions are met."});
    // Where both are so, the certificates' is the reason to give (Gateway API, OverlappingTLSConfig).
    if (!state.sharers.empty())
        out.push_back({"OverlappingTLSConfig", true, "OverlappingCertificates",
                       fmt::format("A certificate is good both for this hostname and for that of {} on this port, so that one "
                                   "connection may carry requests for both; give them certificates of their own where their TLS "
                                   "settings differ.",
                                   someOf(state.sharers))});
    else if (!state.overlaps.empty())
        out.push_back({"OverlappingTLSConfig", true, "OverlappingHostnames",
                       fmt::format("The hostname shares server names with {} on this port, so that one connection may carry requests "
                                   "for both; give them hostnames of their own where their TLS settings differ.",
                                   someOf(state.overlaps))});
    return status;
}

/// What the Gateway shows to backends: its own reference, resolved apart from the listeners'.
Condition gatewayRefs(const ObjectSet& set, const GatewayListeners& gateway, bool listenersResolved) {
    if (const auto& ref = gateway.spec.tls.backendCertificate) {
        const auto name = fmt::format("{} {}/{}", ref->kind, ref->ns, ref->name);
        if (!ref->group.empty() || ref->kind != "Secret")
            return {"ResolvedRefs", false, "InvalidClientCertificateRef",
                    fmt::format("A {} cannot hold the certificate for backends; name a Secret of the core group.", ref->kindText())};
        if (!referenceGranted(set, gateway.spec.key, ref->key()))
            return {"ResolvedRefs", false, "RefNotPermitted",
                    fmt::format("{} lies in another namespace; add a ReferenceGrant there that permits Gateway from {}.", name,
                                gateway.spec.key.ns)};
        if (const auto certificate = inspectTlsSecret(set, ref->key()); !certificate)
            return {"ResolvedRefs", false, "InvalidClientCertificateRef", certificate.error().message};
    }
    if (!listenersResolved)
        return {"ResolvedRefs", false, "ListenersNotResolved", "A listener refers to what cannot be used; see its conditions."};
    return {"ResolvedRefs", true, "ResolvedRefs", "All references resolve."};
}

bool insecureFallback(const GatewayTls& tls) {
    return (tls.frontend && tls.frontend->insecureFallback) ||
           std::any_of(tls.perPort.begin(), tls.perPort.end(), [](const auto& entry) { return entry.second.insecureFallback; });
}

bool anyAccepted(const GatewayListeners& gateway, const MergedListenerSet& set) {
    return set.allowed && std::any_of(set.listeners.begin(), set.listeners.end(),
                                      [&](std::size_t i) { return gateway.listeners[i].state.accepted; });
}

}  // namespace

void gatewayStatus(const ObjectSet& set, const GatewayListeners& gateway, const AttachedRoutes& routes, ObjectStatus& status) {
    std::size_t accepted = 0;
    std::size_t programmed = 0;
    bool resolved = true;
    for (std::size_t i = 0; i < gateway.own; ++i) {
        const auto& state = gateway.listeners[i].state;
        status.listeners.push_back(listenerStatus(gateway.listeners[i], routes));
        accepted += state.accepted ? 1 : 0;
        programmed += state.programmed() ? 1 : 0;
        resolved = resolved && state.refReason == "ResolvedRefs";
    }
    const bool refused = !gateway.refusal.empty();
    auto& out = status.conditions;
    if (refused)
        out.push_back({"Accepted", false, gateway.refusal, gateway.refusalMessage});
    else if (accepted == gateway.own && accepted > 0)
        out.push_back({"Accepted", true, "Accepted", "All listeners are valid."});
    else
        out.push_back({"Accepted", accepted > 0, "ListenersNotValid",
                       fmt::format("{} of {} listeners are valid; see their conditions.", accepted, gateway.own)});
    out.push_back(gatewayRefs(set, gateway, resolved));
    out.push_back({"Programmed", programmed > 0, programmed > 0 ? "Programmed" : "Invalid",
                   programmed > 0 ? "The data plane serves it." : "No listener can be served; see their conditions."});
    if (insecureFallback(gateway.spec.tls))
        out.push_back({"InsecureFrontendValidationMode", true, "ConfigurationChanged",
                       "Clients without a valid certificate are let in; set mode to AllowValidOnly to keep them out."});
    // What the data plane binds unless it is told otherwise; it puts the bound ones in their place.
    if (programmed > 0) status.addresses.emplace_back("IPAddress", "127.0.0.1");
    status.attachedListenerSets = static_cast<int>(std::count_if(
        gateway.sets.begin(), gateway.sets.end(), [&](const MergedListenerSet& entry) { return anyAccepted(gateway, entry); }));
}

void listenerSetStatus(const ListenerSetSpec& spec, const GatewayListeners* gateway, const AttachedRoutes& routes,
                       ObjectStatus& status) {
    const auto none = [&](const char* reason, const std::string& message) {
        status.conditions.push_back({"Accepted", false, reason, message});
        status.conditions.push_back({"Programmed", false, reason, message});
        for (const auto& listener : spec.listeners) {
            MergedListener idle{{}, spec.key, listener, {}, {}};
            idle.state.accepted = false;
            idle.state.reason = "Invalid";
            idle.state.message = message;
            status.listeners.push_back(listenerStatus(idle, routes));
        }
    };
    if (gateway == nullptr)
        return none("ParentNotAccepted", spec.parent.kind == "Gateway" && spec.parent.group == kGatewayApiGroup
                                             ? fmt::format("{} does not exist; create it or correct parentRef.", spec.parent.key().display())
                                             : fmt::format("A ListenerSet cannot belong to a {}; name a Gateway.", spec.parent.kind));
    const auto entry = std::find_if(gateway->sets.begin(), gateway->sets.end(),
                                    [&](const MergedListenerSet& set) { return set.key == spec.key; });
    if (entry == gateway->sets.end() || !entry->allowed)
        return none("NotAllowed", fmt::format("{} does not admit ListenerSets from namespace {}; widen its allowedListeners.",
                                              gateway->spec.key.display(), spec.key.ns));
    if (!gateway->refusal.empty())
        return none("ParentNotAccepted",
                    fmt::format("{} is not accepted: {}", gateway->spec.key.display(), gateway->refusalMessage));
    std::size_t accepted = 0;
    std::size_t programmed = 0;
    for (const auto i : entry->listeners) {
        const auto& listener = gateway->listeners[i];
        status.listeners.push_back(listenerStatus(listener, routes));
        accepted += listener.state.accepted ? 1 : 0;
        programmed += listener.state.programmed() ? 1 : 0;
    }
    const auto count = entry->listeners.size();
    const bool all = accepted == count && accepted > 0;
    status.conditions.push_back({"Accepted", accepted > 0, all ? "Accepted" : "ListenersNotValid",
                                 all ? "All listeners are valid."
                                     : fmt::format("{} of {} listeners are valid; see their conditions.", accepted, count)});
    status.conditions.push_back({"Programmed", programmed > 0, programmed > 0 ? "Programmed" : "ListenersNotValid",
                                 programmed > 0 ? "The data plane serves it." : "No listener can be served; see their conditions."});
}

}  // namespace gatehouse::config
