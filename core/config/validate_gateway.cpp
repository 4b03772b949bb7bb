// Gateway: names and places of listeners, TLS, certificates.
#include "config/fields.h"
#include "config/findings.h"
#include "config/formats.h"
#include "config/relations.h"

#include <fmt/core.h>

#include <map>
#include <set>
#include <tuple>

namespace gatehouse::config {
namespace {

void checkTls(Findings& findings, const Object& object, const ListenerSpec& listener) {
    const auto& protocol = listener.protocol;
    const auto at = listener.path.key("tls");
    const auto* node = object.root->at(at);
    if ((protocol == "HTTP" || protocol == "TCP" || protocol == "UDP") && listener.hasTls) {
        auto& finding =
            findings.error(codes::kListenerTls, object, at,
                           fmt::format("A listener of protocol {} cannot have tls; remove it or use HTTPS.", protocol));
        finding.fix = Fix{"Remove tls", at, {}, {}};
        return;
    }
    if (protocol == "HTTPS" && !listener.hasTls)
        findings.warn(codes::kListenerTls, object, listener.path,
                      fmt::format("Listener {} speaks HTTPS but has no tls.certificateRefs.", listener.name));
    if (protocol == "HTTPS" && listener.hasTls && listener.tlsMode != "Terminate")
        findings.error(codes::kListenerTls, object, at.key("mode"),
                       "An HTTPS listener must terminate TLS; use protocol TLS to pass it through.");
    if (protocol == "TLS" && (!listener.hasTls || memberOf(node, "mode") == nullptr))
        findings.error(codes::kListenerTls, object, listener.hasTls ? at : listener.path,
                       "A TLS listener must say tls.mode: Terminate or Passthrough.");
    const bool terminates =
        listener.hasTls && listener.tlsMode == "Terminate" && (protocol == "HTTPS" || protocol == "TLS");
    if (terminates && listener.certificateRefs.empty() && memberOf(node, "options") == nullptr)
        findings.error(codes::kListenerTls, object, at, "Terminating TLS needs certificateRefs.");
}

void checkSelector(Findings& findings, const Object& object, const ListenerSpec& listener) {
    const auto& allowed = listener.allowedRoutes;
    if (allowed.from != FromNamespaces::Selector) return;
    const auto at = listener.path.key("allowedRoutes").key("namespaces");
    if (!allowed.selector.present)
        findings.error(codes::kSelector, object, at.key("selector"),
                       fmt::format("Namespaces are chosen by Selector, but there is none; listener {} admits no route.",
                                   listener.name));
    for (std::size_t i = 0; i < allowed.selector.matchExpressions.size(); ++i) {
        const auto& expression = allowed.selector.matchExpressions[i];
        const bool readable = isSelectorOperator(expression.op) && !expression.key.empty();  // Else reading has told.
        if (const auto problem = selectorProblem(expression); readable && !problem.empty())
            findings.error(codes::kSelector, object, at.key("selector").key("matchExpressions").index(i),
                           fmt::format("{} Listener {} admits no route.", problem, listener.name));
    }
}

void checkAddresses(Findings& findings, const Object& object) {
    const auto* spec = memberOf(object.root.get(), "spec");
    std::set<std::pair<std::string, std::string>> seen;
    const auto& items = itemsOf(spec, "addresses");
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto type = textOf(&items[i], "type", "IPAddress");
        const auto value = textOf(&items[i], "value");
        const auto at = FieldPath().key("spec").key("addresses").index(i).key("value");
        if (value.empty()) continue;
        if ((type == "IPAddress" || type == "Hostname") && !seen.emplace(type, value).second)
            findings.error(codes::kAddresses, object, at, fmt::format("{} is listed twice.", value));
        if (type == "IPAddress" && !isIpAddress(value))
            findings.error(codes::kAddresses, object, at, fmt::format("'{}' is not an IP address.", value));
        if (type == "Hostname" && !isHostname(value, true))
            findings.error(codes::kAddresses, object, at, fmt::format("'{}' is not a host name.", value));
    }
}

}  // namespace

void validateGateway(Findings& findings, const Object& object) {
    const auto gateway = decodeGateway(object);
    if (!gateway) return;
    std::map<std::string, std::size_t> names;
    std::map<std::tuple<std::uint16_t, std::string, std::string>, std::string> places;
    const auto states = judgeListeners(findings.set, *gateway);
    for (std::size_t i = 0; i < gateway->listeners.size(); ++i) {
        const auto& listener = gateway->listeners[i];
        if (!listener.name.empty() && !names.emplace(listener.name, i).second)
            findings.error(codes::kListenerNames, object, listener.path.key("name"),
                           fmt::format("Another listener is named {} already.", listener.name));
        const auto [place, added] =
            places.emplace(std::make_tuple(listener.port, listener.protocol, listener.hostname), listener.name);
        if (!added && listener.port != 0)
            findings.error(codes::kListenerClash, object, listener.path.key("port"),
                           fmt::format("Listener {} has the same port, protocol and hostname; change one of them.",
                                       place->second));
        else if (states[i].conflicted)
            findings.error(codes::kListenerClash, object, listener.path.key("port"), states[i].conflictMessage);
        if ((listener.protocol == "TCP" || listener.protocol == "UDP") && !listener.hostname.empty())
            findings.error(codes::kListenerHostname, object, listener.path.key("hostname"),
                           fmt::format("A {} listener cannot have a hostname.", listener.protocol));
        checkTls(findings, object, listener);
        checkSelector(findings, object, listener);
        if (!listener.protocol.empty() && !states[i].served)
            findings.warn(codes::kNotRun, object, listener.path.key("protocol"),
                          fmt::format("Listener {} is not served: protocol {} is not run by this version.",
                                      listener.name, listener.protocol));
        if (states[i].refReason == "InvalidRouteKinds")
            findings.warn(codes::kNotRun, object, listener.path.key("allowedRoutes").key("kinds"),
                          states[i].refMessage);
        else if (states[i].refReason != "ResolvedRefs")
            findings.error(states[i].refReason == "RefNotPermitted" ? codes::kNoGrant : codes::kCertificate, object,
                           listener.path.key("tls").key("certificateRefs"), states[i].refMessage);
    }
    checkAddresses(findings, object);
}

}  // namespace gatehouse::config
