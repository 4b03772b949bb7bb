#include "editors/object_edits.h"

#include "config/gateway_api.h"
#include "editors/form_edits.h"
#include "editors/object_text.h"
#include "editors/references.h"
#include "editors/templates.h"

#include <QCoreApplication>

namespace gatehouse::ui {
namespace {

using config::Edit;
using config::FieldPath;
using config::ObjectKey;
using config::Workspace;

/// Context of this file's texts.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(ObjectEdits)
};
QString named(const ObjectKey& key) { return QString::fromStdString(key.kind + " " + key.name); }

Result<Edit> withName(Result<Edit> edit, const QString& name) {
    if (edit) edit->name = name.toStdString();
    return edit;
}

FieldPath spec(std::string_view field) { return FieldPath().key("spec").key(field); }

/// Appends to a list of the object, making the list where it is missing or empty.
Result<Edit> append(const Workspace& workspace, const ObjectKey& object, const FieldPath& list, const std::string& fragment,
                    std::size_t& index) {
    const auto set = workspace.objects();
    const auto* found = set->find(object);
    const auto* node = found && found->root ? found->root->at(list) : nullptr;
    index = node ? node->items.size() : 0;
    if (index > 0) return workspace.setFragment(object, list.index(index), fragment);
    std::string block;
    for (std::size_t at = 0; at < fragment.size();) {
        const auto end = std::min(fragment.find('\n', at), fragment.size() - 1);
        block += (at == 0 ? "- " : "  ") + fragment.substr(at, end + 1 - at);
        at = end + 1;
    }
    return workspace.setFragment(object, list, block);
}

/// A block as an item of a list.
std::string item(const std::string& fragment) {
    std::string out;
    for (std::size_t at = 0; at < fragment.size();) {
        const auto end = std::min(fragment.find('\n', at), fragment.size() - 1);
        out += (at == 0 ? "  - " : "    ") + fragment.substr(at, end + 1 - at);
        at = end + 1;
    }
    return out;
}

}  // namespace

PreparedEdit addObject(const Workspace& workspace, const std::string& yaml) {
    const auto key = keyOfText(yaml);
    if (!key) return {fail("no-object", "This text is no object: it needs apiVersion, kind and metadata.name."), {}, {}};
    return {withName(workspace.addObject(fileForNewObject(*workspace.objects(), *key), yaml), Words::tr("Add %1").arg(named(*key))), *key, {}};
}

PreparedEdit addGateway(const Workspace& workspace) {
    const auto set = workspace.objects();
    const auto ns = usualNamespace(*set);
    return addObject(workspace, gatewayYaml(*set, ns, uniqueName(*set, "Gateway", ns, "gateway")));
}

PreparedEdit addListener(const Workspace& workspace, const ObjectKey& owner, ListenerKind kind) {
    const auto set = workspace.objects();
    const auto* object = set->find(owner);
    std::vector<config::ListenerSpec> known;
    if (object && owner.kind == "ListenerSet") {
        if (auto decoded = config::decodeListenerSet(*object)) known = std::move(decoded->listeners);
    } else if (object) {
        if (auto decoded = config::decodeGateway(*object)) known = std::move(decoded->listeners);
    }
    const std::string base = kind == ListenerKind::Http ? "http" : kind == ListenerKind::Https ? "https" : "tls";
    auto name = base;
    for (int number = 2; std::any_of(known.begin(), known.end(), [&](const auto& l) { return l.name == name; }); ++number) name = base + "-" + std::to_string(number);
    std::string fragment;
    switch (kind) {
        case ListenerKind::Http: fragment = listenerFragment(name, freeListenerPort(*set)); break;
        case ListenerKind::Https: fragment = tlsListenerFragment(name, freeListenerPort(*set, 8443), certificateSecret(*set, owner.ns, name + "-certificate")); break;
        case ListenerKind::Passthrough: fragment = passthroughListenerFragment(name, freeListenerPort(*set, 9443)); break;
    }
    std::size_t index = 0;
    auto edit = append(workspace, owner, spec("listeners"), fragment, index);
    return {withName(std::move(edit), Words::tr("Add listener %1 to %2").arg(QString::fromStdString(name), QString::fromStdString(owner.name))), owner,
            spec("listeners").index(index)};
}

PreparedEdit addListenerSet(const Workspace& workspace, const ObjectKey& gateway) {
    const auto set = workspace.objects();
    const auto name = uniqueName(*set, "ListenerSet", gateway.ns, gateway.name + "-listeners");
    auto prepared = addObject(workspace, listenerSetYaml(*set, gateway, name));
    // A Gateway takes no ListenerSet unless it says so.
    const auto* object = set->find(gateway);
    const auto allowed = object ? config::decodeGateway(*object) : Result<config::GatewaySpec>(fail("no-gateway", "The gateway is gone."));
    if (!prepared.edit || !allowed || allowed->allowedListeners.from != config::FromNamespaces::None) return prepared;
    const auto text = prepared.edit->name;
    const auto yaml = listenerSetYaml(*set, gateway, name);
    const auto key = prepared.object;
    prepared.edit = workspace.combine(text, {[=](const Workspace& at) { return at.addObject(fileForNewObject(*at.objects(), key), yaml); },
                                             [=](const Workspace& at) {
                                                 return at.setFragment(gateway, spec("allowedListeners"), "namespaces:\n  from: Same\n");
                                             }});
    if (prepared.edit) prepared.edit->name = text;
    return prepared;
}

PreparedEdit addRoute(const Workspace& workspace, const ObjectKey& parent, const std::string& section, std::string_view kind) {
    const auto set = workspace.objects();
    const auto ns = parent.kind.empty() ? usualNamespace(*set) : parent.ns;
    if (kind == "GRPCRoute") return addObject(workspace, grpcRouteYaml(*set, parent, section, ns, uniqueName(*set, kind, ns, "calls")));
    if (kind == "TLSRoute") return addObject(workspace, tlsRouteYaml(*set, parent, section, ns, uniqueName(*set, kind, ns, "tls")));
    return addObject(workspace, routeYaml(*set, parent, section, ns, uniqueName(*set, kind, ns, "route")));
}

PreparedEdit addBackendTlsPolicy(const Workspace& workspace, const ObjectKey& service) {
    const auto set = workspace.objects();
    return addObject(workspace, backendTlsPolicyYaml(service.ns, uniqueName(*set, "BackendTLSPolicy", service.ns, service.name + "-tls"), service.name));
}

PreparedEdit addListenerPolicy(const Workspace& workspace, const ObjectKey& gateway, const std::string& section) {
    const auto set = workspace.objects();
    const auto wish = section.empty() ? gateway.name + "-listeners" : gateway.name + "-" + section;
    return addObject(workspace, listenerPolicyYaml(gateway.ns, uniqueName(*set, "ListenerPolicy", gateway.ns, wish), gateway.name, section));
}

PreparedEdit addRule(const Workspace& workspace, const ObjectKey& route) {
    const auto set = workspace.objects();
    const auto* object = set->find(route);
    const auto* rules = object && object->root ? object->root->at(spec("rules")) : nullptr;
    const auto number = (rules ? rules->items.size() : 0) + 1;
    const auto candidates = backendCandidates(*set, route.ns);
    const auto backend = !candidates.empty() && candidates.front().ns == route.ns ? candidates.front() : ObjectKey{};
    std::size_t index = 0;
    auto fragment = ruleFragment(*set, "/" + route.name + "-" + std::to_string(number), backend);
    if (route.kind == "GRPCRoute") {
        fragment = "matches:\n  - method:\n      service: " + grpcServiceName(route.name + std::to_string(number)) + "\n";
        if (!backend.kind.empty()) fragment += "backendRefs:\n" + item(backendRefFragment(*set, backend, route.ns));
    }
    auto edit = append(workspace, route, spec("rules"), fragment, index);
    return {withName(std::move(edit), Words::tr("Add a rule to %1").arg(QString::fromStdString(route.name))), route, spec("rules").index(index)};
}

PreparedEdit addBackendRef(const Workspace& workspace, const ObjectKey& route, std::size_t rule, const ObjectKey& backend) {
    const auto list = spec("rules").index(rule).key("backendRefs");
    std::size_t index = 0;
    auto edit = append(workspace, route, list, backendRefFragment(*workspace.objects(), backend, route.ns), index);
    return {withName(std::move(edit), Words::tr("Send rule %1 of %2 to %3 too").arg(rule + 1).arg(QString::fromStdString(route.name), named(backend))), route,
            list.index(index)};
}

PreparedEdit addPolicy(const Workspace& workspace, const ObjectKey& route) {
    const auto set = workspace.objects();
    const auto ns = route.kind.empty() ? usualNamespace(*set) : route.ns;
    const auto wish = route.kind.empty() ? std::string("policy") : route.name + "-policy";
    return addObject(workspace, trafficPolicyYaml(ns, uniqueName(*set, "TrafficPolicy", ns, wish), route));
}

PreparedEdit duplicateObject(const Workspace& workspace, const ObjectKey& object) {
    const auto text = workspace.objectText(object);
    if (!text) return {tl::unexpected(text.error()), {}, {}};
    const auto name = uniqueName(*workspace.objects(), object.kind, object.ns, object.name + "-copy");
    const auto copy = text::yaml::setScalar(*text, 0, FieldPath().key("metadata").key("name"), name, text::yaml::Type::String);
    if (!copy) return {tl::unexpected(copy.error()), {}, {}};
    auto prepared = addObject(workspace, *copy);
    prepared.edit = withName(std::move(prepared.edit), Words::tr("Duplicate %1").arg(named(object)));
    return prepared;
}

PreparedEdit renameObject(const Workspace& workspace, const ObjectKey& object, const std::string& name) {
    auto renamed = object;
    renamed.name = name;
    const auto text = Words::tr("Rename %1 to %2").arg(named(object), QString::fromStdString(name));
    return {withName(prepareRename(workspace, object, name, text.toStdString()), text), renamed, {}};
}

PreparedEdit deleteObject(const Workspace& workspace, const ObjectKey& object) {
    return {withName(workspace.removeObject(object), Words::tr("Delete %1").arg(named(object))), {}, {}};
}

PreparedEdit deletePart(const Workspace& workspace, const ObjectKey& object, const FieldPath& part) {
    return {FormEdits(workspace, object).remove(part), object, {}};
}

}  // namespace gatehouse::ui
