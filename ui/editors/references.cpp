#include "editors/references.h"

#include <algorithm>
#include <array>

namespace gatehouse::ui {
namespace {

using config::FieldPath;
using config::ObjectKey;
using text::yaml::Node;
using text::yaml::NodeKind;

/// Fields that hold references, and what a reference without group and kind means there.
struct ReferenceField {
    std::string_view field;
    std::string_view group;
    std::string_view kind;
};
constexpr std::array kReferenceFields = {
    ReferenceField{"parentRefs", "gateway.networking.k8s.io", "Gateway"},
    ReferenceField{"backendRefs", "", "Service"},
    ReferenceField{"backendRef", "", "Service"},
    ReferenceField{"extensionRef", "gateway.kgateway.dev", "GatewayExtension"},
    ReferenceField{"targetRefs", "", ""},
    ReferenceField{"secretRef", "", "Secret"},
    ReferenceField{"certificateRefs", "", "Secret"},
    ReferenceField{"endpointPickerRef", "", "Service"},
    ReferenceField{"parentRef", "gateway.networking.k8s.io", "Gateway"},
    ReferenceField{"clientCertificateRef", "", "Secret"},
    ReferenceField{"caCertificateRefs", "", "ConfigMap"},
};

const ReferenceField* referenceField(std::string_view name) {
    const auto found = std::find_if(kReferenceFields.begin(), kReferenceFields.end(),
                                    [&](const ReferenceField& f) { return f.field == name; });
    return found == kReferenceFields.end() ? nullptr : &*found;
}

std::string scalar(const Node& node, std::string_view key, std::string_view fallback) {
    const auto* found = node.find(key);
    return found && found->kind == NodeKind::Scalar && !found->isNull() ? found->value : std::string(fallback);
}

ObjectKey targetOf(const Node& node, const ReferenceField& field, const ObjectKey& from) {
    return {scalar(node, "group", field.group), scalar(node, "kind", field.kind), scalar(node, "namespace", from.ns),
            scalar(node, "name", "")};
}

void collect(const Node& node, const FieldPath& path, const ReferenceField* as, const ObjectKey& from,
             std::vector<Reference>& out) {
    if (node.kind == NodeKind::Sequence) {
        for (std::size_t i = 0; i < node.items.size(); ++i) collect(node.items[i], path.index(i), as, from, out);
    } else if (node.kind == NodeKind::Mapping) {
        if (as && node.find("name")) out.push_back({from, path, targetOf(node, *as, from)});
        for (const auto& entry : node.entries)
            collect(entry.value, path.key(entry.key.value), referenceField(entry.key.value), from, out);
    }
}

}  // namespace

std::vector<Reference> references(const config::ObjectSet& set) {
    std::vector<Reference> out;
    for (const auto& object : set.objects)
        if (object.root)
            if (const auto* spec = object.root->find("spec")) collect(*spec, FieldPath().key("spec"), nullptr, object.key, out);
    return out;
}

std::vector<Reference> usersOf(const config::ObjectSet& set, const ObjectKey& object) {
    auto all = references(set);
    std::erase_if(all, [&](const Reference& reference) { return reference.to != object; });
    return all;
}

std::vector<std::string> namesFor(const config::ObjectSet& set, const ObjectKey& object, const FieldPath& path) {
    if (path.empty()) return {};
    const auto* last = std::get_if<std::string>(&path.steps().back());
    if (!last || *last != "name") return {};
    const auto* holder = set.find(object);
    const ReferenceField* field = nullptr;
    for (const auto& step : path.parent().steps()) {
        const auto* name = std::get_if<std::string>(&step);
        if (name) field = referenceField(*name);
    }
    if (!field || !holder || !holder->root) return {};
    const auto* node = holder->root->at(path.parent());
    const auto to = node ? targetOf(*node, *field, object) : ObjectKey{std::string(field->group), std::string(field->kind), object.ns, {}};
    std::vector<std::string> names;
    for (const auto& candidate : set.objects)
        if (candidate.key.group == to.group && candidate.key.kind == to.kind && candidate.key.ns == to.ns)
            names.push_back(candidate.key.name);
    return names;
}

Result<config::Edit> prepareRename(const config::Workspace& workspace, const ObjectKey& object, const std::string& newName,
                                   const std::string& editName) {
    const auto set = workspace.objects();
    auto renamed = object;
    renamed.name = newName;
    if (newName.empty()) return fail("rename-empty", "Give the object a name.");
    if (set->find(renamed)) return fail("rename-taken", renamed.display() + " exists already; choose another name.");
    std::vector<config::Workspace::Step> steps;
    for (const auto& user : usersOf(*set, object))
        steps.push_back([user, newName](const config::Workspace& at) {
            return at.setField(user.from, user.path.key("name"), newName, text::yaml::Type::String);
        });
    steps.push_back([object, newName](const config::Workspace& at) {
        return at.setField(object, FieldPath().key("metadata").key("name"), newName, text::yaml::Type::String);
    });
    return workspace.combine(editName, steps);
}

}  // namespace gatehouse::ui
