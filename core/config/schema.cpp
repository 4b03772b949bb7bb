#include "config/schema.h"

#include "config/schema_build.h"

#include <algorithm>

namespace gatehouse::config {
namespace table {

FieldSpec labelSelector(std::string name, std::string help) {
    return object(std::move(name), std::move(help),
                  {map("matchLabels", "Labels that an object must carry, all of them."),
                   list("matchExpressions", "Label conditions with an operator; all of them must hold.",
                        object("", "One condition.",
                               {required(text("key", "The label.")),
                                required(choice("operator", {"In", "NotIn", "Exists", "DoesNotExist"},
                                                "How the label's value is compared.")),
                                list("values", "Values for In and NotIn.", text("", "A value."), 0, -1)}),
                        0, -1)});
}

KindSchema kind(std::string group, std::string kindName, std::vector<std::string> versions, std::string help,
                std::vector<FieldSpec> members) {
    KindSchema schema;
    schema.group = std::move(group);
    schema.kind = std::move(kindName);
    schema.versions = std::move(versions);
    schema.help = help;
    schema.root = object("", std::move(help), {});
    auto& fields = schema.root.fields;
    fields.push_back(required(text("apiVersion", "Group and version of the kind.")));
    fields.push_back(required(text("kind", "What this object is.")));
    fields.push_back(required(
        object("metadata", "Name, namespace, labels and annotations.",
               {required(sized(1, 253,
                               as(FieldFormat::DnsSubdomain,
                                  text("name", "The object's name, unique among its kind in its namespace.")))),
                byDefault("default", namespaceOf("The namespace it lives in.")),
                map("labels", "Key and value pairs that selectors look at."),
                map("annotations", "Key and value pairs for tools and for settings beyond the specification."),
                text("generateName", "Prefix of a name that the server completes."), any("uid", "Set by the server."),
                any("resourceVersion", "Set by the server."),
                any("generation", "Counts changes of the specification; set by the server."),
                any("creationTimestamp", "When it was made; older objects win ties."),
                any("deletionTimestamp", "Set by the server."), any("deletionGracePeriodSeconds", "Set by the server."),
                any("selfLink", "Set by old servers."), any("ownerReferences", "Objects that this one belongs to."),
                any("finalizers", "What must happen before removal."), any("managedFields", "Set by the server.")})));
    for (auto& member : members) fields.push_back(std::move(member));
    const bool hasStatus =
        std::any_of(fields.begin(), fields.end(), [](const FieldSpec& f) { return f.name == "status"; });
    if (!hasStatus) fields.push_back(any("status", "What a controller reports; Gatehouse computes its own."));
    return schema;
}

}  // namespace table

const FieldSpec* FieldSpec::member(std::string_view wanted) const {
    for (const auto& spec : fields)
        if (spec.name == wanted) return &spec;
    return nullptr;
}

std::span<const KindSchema> kinds() {
    static const std::vector<KindSchema> all = [] {
        std::vector<KindSchema> list;
        for (auto family :
             {table::gatewayKinds(), table::routeKinds(), table::inferenceKinds(), table::endpointPickerKinds(), table::kgatewayKinds(),
              table::agentgatewayKinds(), table::coreKinds()})
            for (auto& schema : family) list.push_back(std::move(schema));
        return list;
    }();
    return all;
}

const KindSchema* findKind(std::string_view group, std::string_view kind) {
    for (const auto& schema : kinds())
        if (schema.kind == kind && schema.group == group) return &schema;
    return nullptr;
}

const FieldSpec* findField(const KindSchema& kind, std::string_view fieldPath) {
    const FieldSpec* spec = &kind.root;
    for (std::size_t at = 0; at < fieldPath.size() && spec != nullptr;) {
        if (fieldPath[at] == '.') {
            ++at;
        } else if (fieldPath[at] == '[') {
            const auto close = fieldPath.find(']', at);
            if (close == std::string_view::npos) return nullptr;
            // A quoted key below a map of strings has no row of its own.
            if (fieldPath[at + 1] == '"')
                return spec->type == FieldType::Any || spec->type == FieldType::StringMap ? spec : nullptr;
            spec = spec->element();
            at = close + 1;
        } else {
            const auto end = std::min(fieldPath.find_first_of(".[", at), fieldPath.size());
            if (spec->type == FieldType::Any || spec->type == FieldType::StringMap) return spec;
            if (spec->type == FieldType::List) spec = spec->element();
            if (spec != nullptr) spec = spec->member(fieldPath.substr(at, end - at));
            at = end;
        }
    }
    return spec;
}

}  // namespace gatehouse::config
