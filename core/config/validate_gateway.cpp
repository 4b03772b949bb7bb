// Gateway and ListenerSet: names and places of listeners, TLS, certificates, addresses.
#include "config/agentgateway_model.h"
#include "config/certificates.h"
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

/// `whom`: the rest of a sentence, "listener a admits no route".
void checkSelector(Findings& findings, const Object& object, FromNamespaces from, const LabelSelector& selector,
                   const FieldPath& namespaces, const std::string& whom) {
    if (from != FromNamespaces::Selector) return;
    const auto at = namespaces.key("selector");
    if (!selector.present)
        findings.error(codes::kSelector, object, at, fmt::format("Namespaces are chosen by Selector, but there is none; {}.", whom));
    for (std::size_t i = 0; i < selector.matchExpressions.size(); ++i) {
        const auto& expression = selector.matchExpressions[i];
        const bool readable = isSelectorOperator(expression.op) && !expression.key.empty();  // Else reading has told.
        if (const auto problem = selectorProblem(expression); readable && !problem.empty())
            findings.error(codes::kSelector, object, at.key("matchExpressions").index(i),
                           fmt::format("{} Therefore {}.", problem, whom));
    }
}

void checkAddresses(Findings& findings, const Object& object) {
    const auto* spec = memberOf(object.root.get(), "spec");
    std::set<std::pair<std::string, std::string>> seen;
    const auto& items = itemsOf(spec, "addresses");
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto type = textOf(&items[i], "type", "IPAddress");
        const auto value = textOf(&items[i], "value");
        const auto entry = FieldPath().key("spec").key("addresses").index(i);
        const auto at = entry.key("value");
        if (type != "IPAddress" && type != "Hostname")
            findings.error(codes::kAddresses, object, entry.key("type"),
                           fmt::format("Addresses of type {} are not served, so the Gateway is not accepted; use IPAddress or "
                                       "Hostname, or remove it.",
                                       type));
        if (value.empty()) continue;
        if ((type == "IPAddress" || type == "Hostname") && !seen.emplace(type, value).second)
            findings.error(codes::kAddresses, object, at, fmt::format("{} is listed twice.", value));
        if (type == "IPAddress" && !isIpAddress(value))
            findings.error(codes::kAddresses, object, at, fmt::format("'{}' is not an IP address.", value));
        if (type == "Hostname" && !isHostname(value, true))
            findings.error(codes::kAddresses, object, at, fmt::format("'{}' is not a host name.", value));
    }
}

/// "prefix.example/name", the prefix being optional (Kubernetes: qualified name).
bool isQualifiedName(std::string_view key) {
    const auto slash = key.find('/');
    if (slash != std::string_view::npos && !isDnsSubdomain(key.substr(0, slash))) return false;
    const auto name = slash == std::string_view::npos ? key : key.substr(slash + 1);
    const auto alnum = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    return !name.empty() && name.size() <= 63 && alnum(name.front()) && alnum(name.back()) &&
           std::all_of(name.begin(), name.end(), [&](char c) { return alnum(c) || c == '-' || c == '_' || c == '.'; });
}

void checkInfrastructure(Findings& findings, const Object& object) {
    const auto* infrastructure = memberOf(memberOf(object.root.get(), "spec"), "infrastructure");
    const auto at = FieldPath().key("spec").key("infrastructure");
    for (const auto* list : {"labels", "annotations"})
        for (const auto& [key, value] : pairsOf(infrastructure, list))
            if (!isQualifiedName(key))
                findings.error(codes::kMarkKey, object, at.key(list).key(key),
                               fmt::format("'{}' is no key; it takes a name of up to 63 letters, digits, '-', '_' and '.', "
                                           "with a domain and a slash before it if need be.",
                                           key));
}

const char* codeOf(const std::string& reason) {
    if (reason == "RefNotPermitted") return codes::kNoGrant;
    return reason.starts_with("InvalidCACertificate") ? codes::kAuthorities : codes::kCertificate;
}

void checkListener(Findings& findings, const Object& object, const MergedListener& listener) {
    const auto& spec = listener.spec;
    const auto& state = listener.state;
    if ((spec.protocol == "TCP" || spec.protocol == "UDP") && !spec.hostname.empty())
        findings.error(codes::kListenerHostname, object, spec.path.key("hostname"),
                       fmt::format("A {} listener cannot have a hostname.", spec.protocol));
    checkTls(findings, object, spec);
    checkSelector(findings, object, spec.allowedRoutes.from, spec.allowedRoutes.selector,
                  spec.path.key("allowedRoutes").key("namespaces"), fmt::format("listener {} admits no route", spec.name));
    if (state.reason == "UnsupportedProtocol" && !spec.protocol.empty())
        findings.warn(codes::kNotRun, object, spec.path.key("protocol"),
                      fmt::format("Listener {} is not served: protocol {} is not run by this version.", spec.name, spec.protocol));
    if (state.refReason == "InvalidRouteKinds")
        findings.warn(codes::kNotRun, object, state.refAt, state.refMessage);
    else if (state.refReason != "ResolvedRefs" && !state.refInGateway && !spec.certificateRefs.empty())
        findings.error(codeOf(state.refReason), object, state.refAt, state.refMessage);
    for (const auto& warning : state.warnings)
        findings.warn(codes::kCertificateDates, object, spec.path.key("tls").key("certificateRefs"), warning);
}

/// `all` and the positions of the object's own listeners in it.
void checkListeners(Findings& findings, const Object& object, const GatewayListeners& gateway, const std::vector<std::size_t>& own) {
    std::map<std::string, std::size_t> names;
    std::map<std::tuple<std::uint16_t, std::string, std::string>, std::string> places;
    for (const auto i : own) {
        const auto& listener = gateway.listeners[i];
        const auto& spec = listener.spec;
        if (!spec.name.empty() && !names.emplace(spec.name, i).second)
            findings.error(codes::kListenerNames, object, spec.path.key("name"),
                           fmt::format("Another listener is named {} already.", spec.name));
        const auto [place, added] = places.emplace(std::make_tuple(spec.port, spec.protocol, spec.hostname), spec.name);
        if (!added && spec.port != 0)
            findings.error(codes::kListenerClash, object, spec.path.key("port"),
                           fmt::format("Listener {} has the same port, protocol and hostname; change one of them.", place->second));
        else if (listener.state.conflicted && listener.state.conflictWith < i)
            findings.error(codes::kListenerClash, object, spec.path.key("port"), listener.state.conflictMessage);
        checkListener(findings, object, listener);
    }
}

void checkGatewayTls(Findings& findings, const Object& object, const GatewayListeners& gateway) {
    const auto& tls = gateway.spec.tls;
    std::set<std::string> told;  // Several listeners lean on one reference.
    for (const auto& listener : gateway.listeners) {
        const auto& state = listener.state;
        if (state.refInGateway && told.insert(state.refAt.toString()).second)
            findings.error(codeOf(state.refReason), object, state.refAt, state.refMessage);
    }
    std::set<std::uint16_t> ports;
    const auto frontend = tls.at.key("frontend");
    const auto& items = itemsOf(object.root->at(frontend), "perPort");
    for (std::size_t i = 0; i < items.size(); ++i)
        if (const auto port = portOf(&items[i], "port"); port && !ports.insert(*port).second)
            findings.error(codes::kPortTwice, object, frontend.key("perPort").index(i).key("port"),
                           fmt::format("Port {} is listed twice.", *port));
    if (!tls.backendCertificate) return;
    const auto& ref = *tls.backendCertificate;
    const auto at = tls.at.key("backend").key("clientCertificateRef");
    if (!ref.group.empty() || ref.kind != "Secret")
        findings.error(codes::kClientCertificate, object, at, fmt::format("A {} cannot hold a certificate; name a Secret.", ref.kindText()));
    else if (!referenceGranted(findings.set, object.key, ref.key()))
        findings.error(codes::kNoGrant, object, at,
                       fmt::format("{} lies in another namespace; add a ReferenceGrant there that permits Gateway from {}.",
                                   ref.key().display(), object.key.ns));
    else if (const auto certificate = inspectTlsSecret(findings.set, ref.key()); !certificate)
        findings.error(codes::kClientCertificate, object, at, certificate.error().message);
}

}  // namespace

const GatewayListeners* Findings::gateway(const ObjectKey& key) {
    if (!gateways_) gateways_ = mergeListeners(set);
    const auto found = std::find_if(gateways_->begin(), gateways_->end(), [&](const auto& gateway) { return gateway.spec.key == key; });
    return found == gateways_->end() ? nullptr : &*found;
}

const std::vector<Attachment>& Findings::modelAttachments() {
    if (!modelAttachments_) modelAttachments_ = agentgateway::modelAttachments(set);
    return *modelAttachments_;
}

void validateGateway(Findings& findings, const Object& object) {
    const auto* gateway = findings.gateway(object.key);
    if (gateway == nullptr) return;
    std::vector<std::size_t> own;
    for (std::size_t i = 0; i < gateway->own; ++i) own.push_back(i);
    checkListeners(findings, object, *gateway, own);
    checkAddresses(findings, object);
    checkInfrastructure(findings, object);
    checkGatewayTls(findings, object, *gateway);
    const auto spec = FieldPath().key("spec");
    const auto& allowed = gateway->spec.allowedListeners;
    checkSelector(findings, object, allowed.from, allowed.selector, spec.key("allowedListeners").key("namespaces"),
                  "the Gateway admits no ListenerSet");
    if (gateway->refusal == "InvalidParameters")
        findings.error(codes::kParameters, object, spec.key("infrastructure").key("parametersRef"),
                       gateway->refusalMessage + " The Gateway is not accepted.");
}

void validateListenerSet(Findings& findings, const Object& object) {
    const auto spec = decodeListenerSet(object);
    if (!spec) return;
    const auto& parent = spec->parent;
    if (parent.name.empty()) return;  // Its absence is reported already.
    if (parent.group != kGatewayApiGroup || parent.kind != "Gateway") {
        findings.error(codes::kParentMissing, object, spec->at.key("kind"),
                       fmt::format("A ListenerSet cannot belong to a {}; name a Gateway.", parent.kindText()));
        return;
    }
    const auto* gateway = findings.gateway(parent.key());
    if (gateway == nullptr) {
        findings.error(codes::kParentMissing, object, spec->at.key("name"),
                       fmt::format("{} does not exist in this workspace, so these listeners are not served; create it or correct "
                                   "the reference.",
                                   parent.key().display()));
        return;
    }
    for (const auto& set : gateway->sets) {
        if (set.key != object.key) continue;
        if (!set.allowed)
            findings.error(codes::kSetNotAllowed, object, spec->at,
                           fmt::format("{} does not admit ListenerSets from namespace {}; widen its allowedListeners.",
                                       parent.key().display(), object.key.ns));
        checkListeners(findings, object, *gateway, set.listeners);
    }
}

}  // namespace gatehouse::config
