// Decoders of Gateway, ListenerSet, BackendTLSPolicy and ReferenceGrant, with the defaults of Gateway API v1.6.1.
#include "config/codec_parts.h"

namespace gatehouse::config {
namespace codec {

ObjectRef reference(const Node& node, std::string_view group, std::string_view kind, const std::string& ns) {
    ObjectRef ref;
    ref.group = textOf(&node, "group", group);
    ref.kind = textOf(&node, "kind", kind);
    ref.ns = textOf(&node, "namespace", ns);
    ref.name = textOf(&node, "name");
    return ref;
}

std::vector<ObjectRef> references(const Node* parent, std::string_view list, std::string_view group,
                                  std::string_view kind, const std::string& ns) {
    std::vector<ObjectRef> refs;
    for (const auto& item : itemsOf(parent, list)) refs.push_back(reference(item, group, kind, ns));
    return refs;
}

LabelSelector labelSelector(const Node* node) {
    LabelSelector out;
    out.present = node != nullptr;
    out.matchLabels = pairsOf(node, "matchLabels");
    for (const auto& item : itemsOf(node, "matchExpressions"))
        out.matchExpressions.push_back({textOf(&item, "key"), textOf(&item, "operator"), textsOf(&item, "values")});
    return out;
}

}  // namespace codec

namespace {

using codec::kGroup;
using codec::reference;

FromNamespaces fromNamespaces(const std::string& text, FromNamespaces otherwise) {
    if (text == "All") return FromNamespaces::All;
    if (text == "Selector") return FromNamespaces::Selector;
    if (text == "Same") return FromNamespaces::Same;
    return text == "None" ? FromNamespaces::None : otherwise;
}

ListenerSpec listener(const Node& node, const std::string& ns, FieldPath path) {
    ListenerSpec out;
    out.path = std::move(path);
    out.name = textOf(&node, "name");
    out.hostname = lowerCase(textOf(&node, "hostname"));
    out.port = portOf(&node, "port").value_or(0);
    out.protocol = textOf(&node, "protocol");
    if (const auto* tls = memberOf(&node, "tls")) {
        out.hasTls = true;
        out.tlsMode = textOf(tls, "mode", "Terminate");
        out.certificateRefs = codec::references(tls, "certificateRefs", "", "Secret", ns);
    }
    const auto* allowed = memberOf(&node, "allowedRoutes");
    const auto* namespaces = memberOf(allowed, "namespaces");
    out.allowedRoutes.from = fromNamespaces(textOf(namespaces, "from"), FromNamespaces::Same);
    out.allowedRoutes.selector = codec::labelSelector(memberOf(namespaces, "selector"));
    for (const auto& kind : itemsOf(allowed, "kinds"))
        out.allowedRoutes.kinds.emplace_back(textOf(&kind, "group", kGroup), textOf(&kind, "kind"));
    return out;
}

std::vector<ListenerSpec> listeners(const Node* spec, const std::string& ns) {
    std::vector<ListenerSpec> out;
    const auto& items = itemsOf(spec, "listeners");
    const auto at = FieldPath().key("spec").key("listeners");
    for (std::size_t i = 0; i < items.size(); ++i) out.push_back(listener(items[i], ns, at.index(i)));
    return out;
}

std::optional<ClientValidation> clientValidation(const Node* tls, const std::string& ns, const FieldPath& at) {
    const auto* validation = memberOf(tls, "validation");
    if (validation == nullptr) return std::nullopt;
    ClientValidation out;
    out.caRefs = codec::references(validation, "caCertificateRefs", "", "ConfigMap", ns);
    out.insecureFallback = textOf(validation, "mode", "AllowValidOnly") == "AllowInsecureFallback";
    out.at = at.key("validation");
    return out;
}

GatewayTls gatewayTls(const Node* spec, const std::string& ns) {
    GatewayTls out;
    out.at = FieldPath().key("spec").key("tls");
    const auto* tls = memberOf(spec, "tls");
    if (const auto* ref = memberOf(memberOf(tls, "backend"), "clientCertificateRef"))
        out.backendCertificate = reference(*ref, "", "Secret", ns);
    const auto* frontend = memberOf(tls, "frontend");
    const auto at = out.at.key("frontend");
    out.frontend = clientValidation(memberOf(frontend, "default"), ns, at.key("default"));
    const auto& ports = itemsOf(frontend, "perPort");
    for (std::size_t i = 0; i < ports.size(); ++i) {
        const auto port = portOf(&ports[i], "port");
        auto validation =
            clientValidation(memberOf(&ports[i], "tls"), ns, at.key("perPort").index(i).key("tls"));
        // An entry without validation takes the default away from its port, which is what an empty one says.
        if (port)
            out.perPort.emplace_back(*port, validation ? std::move(*validation)
                                                       : ClientValidation{{}, false, at.key("perPort").index(i)});
    }
    return out;
}

}  // namespace

Result<GatewaySpec> decodeGateway(const Object& object) {
    const auto spec = specOf(object);
    if (!spec) return tl::unexpected(spec.error());
    GatewaySpec out;
    out.key = object.key;
    out.className = textOf(*spec, "gatewayClassName");
    out.listeners = listeners(*spec, object.key.ns);
    const auto* namespaces = memberOf(memberOf(*spec, "allowedListeners"), "namespaces");
    out.allowedListeners.from = fromNamespaces(textOf(namespaces, "from"), FromNamespaces::None);
    out.allowedListeners.selector = codec::labelSelector(memberOf(namespaces, "selector"));
    out.tls = gatewayTls(*spec, object.key.ns);
    for (const auto& item : itemsOf(*spec, "addresses"))
        out.addresses.emplace_back(textOf(&item, "type", "IPAddress"), textOf(&item, "value"));
    if (const auto* ref = memberOf(memberOf(*spec, "infrastructure"), "parametersRef"))
        out.parameters = reference(*ref, "", "", object.key.ns);
    return out;
}

Result<ListenerSetSpec> decodeListenerSet(const Object& object) {
    const auto spec = specOf(object);
    if (!spec) return tl::unexpected(spec.error());
    ListenerSetSpec out;
    out.key = object.key;
    out.at = FieldPath().key("spec").key("parentRef");
    if (const auto* parent = memberOf(*spec, "parentRef"))
        out.parent = reference(*parent, kGroup, "Gateway", object.key.ns);
    out.listeners = listeners(*spec, object.key.ns);
    return out;
}

Result<BackendTlsPolicySpec> decodeBackendTlsPolicy(const Object& object) {
    const auto spec = specOf(object);
    if (!spec) return tl::unexpected(spec.error());
    BackendTlsPolicySpec out;
    out.key = object.key;
    const auto& targets = itemsOf(*spec, "targetRefs");
    for (std::size_t i = 0; i < targets.size(); ++i) {
        BackendTlsPolicySpec::Target target;
        static_cast<ObjectRef&>(target) = reference(targets[i], "", "", object.key.ns);
        target.ns = object.key.ns;  // Local by definition.
        target.sectionName = textOf(&targets[i], "sectionName");
        target.at = FieldPath().key("spec").key("targetRefs").index(i);
        out.targets.push_back(std::move(target));
    }
    const auto* validation = memberOf(*spec, "validation");
    out.hostname = lowerCase(textOf(validation, "hostname"));
    for (const auto& item : itemsOf(validation, "subjectAltNames")) {
        const bool uri = textOf(&item, "type") == "URI";
        out.subjectAltNames.push_back({uri, textOf(&item, uri ? "uri" : "hostname")});
    }
    out.caRefs = codec::references(validation, "caCertificateRefs", "", "ConfigMap", object.key.ns);
    for (auto& ref : out.caRefs) ref.ns = object.key.ns;
    out.wellKnown = textOf(validation, "wellKnownCACertificates");
    out.systemTrust = out.wellKnown == "System";
    return out;
}

Result<ReferenceGrantSpec> decodeReferenceGrant(const Object& object) {
    const auto spec = specOf(object);
    if (!spec) return tl::unexpected(spec.error());
    ReferenceGrantSpec out;
    out.key = object.key;
    for (const auto& from : itemsOf(*spec, "from"))
        out.from.push_back({textOf(&from, "group"), textOf(&from, "kind"), textOf(&from, "namespace")});
    for (const auto& to : itemsOf(*spec, "to"))
        out.to.push_back({textOf(&to, "group"), textOf(&to, "kind"), textOf(&to, "name")});
    return out;
}

}  // namespace gatehouse::config
