#include "gitops/export.h"

#include "config/agentgateway.h"
#include "config/credential_layout.h"
#include "config/listener_policy.h"
#include "config/policies.h"
#include "gitops/clean.h"
#include "gitops/convert_agentgateway.h"
#include "gitops/convert_listener_policy.h"
#include "gitops/kustomization.h"
#include "gitops/secret_scan.h"
#include "gitops/target_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>

namespace gatehouse::gitops {

namespace {

using config::Object;
using config::ObjectKey;
using config::Severity;
using text::yaml::Node;
using text::yaml::NodeKind;
using NoteKind = ExportNote::Kind;

std::string lower(std::string text) {
    for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    return text;
}

/// Calls `visit(node, path with indices, path without)` for every mapping member below `node`.
using Visit = std::function<void(const Node&, const std::string&, const std::string&)>;
void walk(const Node& node, const std::string& path, const std::string& shape, const Visit& visit) {
    visit(node, path, shape);
    for (const auto& entry : node.entries) {
        const std::string dot = path.empty() ? "" : ".";
        walk(entry.value, path + dot + entry.key.value, shape + dot + entry.key.value, visit);
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) walk(node.items[i], fmt::format("{}[{}]", path, i), shape, visit);
}

std::string scalarText(const Node& mapping, std::string_view key) {
    const Node* member = mapping.find(key);
    return member && member->kind == NodeKind::Scalar ? member->value : std::string{};
}

class Exporter {
  public:
    Exporter(const config::ObjectSet& objects, const TargetTable& table) : objects_(objects), table_(table), secrets_(objects) {}

    ExportResult run() {
        std::vector<const Object*> ordered;
        for (const auto& object : objects_.objects) ordered.push_back(&object);
        std::stable_sort(ordered.begin(), ordered.end(), [](const auto* a, const auto* b) { return a->key < b->key; });
        for (const auto* object : ordered) {
            if (!leaveOut(*object)) take(*object);
        }
        refuseUnread();
        nameFiles();
        std::stable_sort(result_.notes.begin(), result_.notes.end(), [](const auto& a, const auto& b) {
            return std::tie(a.object, a.fieldPath, a.message) < std::tie(b.object, b.fieldPath, b.message);
        });
        return std::move(result_);
    }

  private:
    struct Taken {
        const Object* object;
        std::string text;
        ObjectKey key;  ///< As it is written.
    };

    void note(NoteKind kind, const ObjectKey& object, std::string path, std::string message) {
        result_.notes.push_back({kind, object, std::move(path), std::move(message)});
    }

    const ForeignGroup* foreign(std::string_view group) const {
        for (const auto& entry : table_.foreign) {
            if (entry.group == group) return &entry;
        }
        return nullptr;
    }

    /// Whole objects that no export to this target holds.
    bool leaveOut(const Object& object) {
        const auto out = [&](std::string message) {
            note(NoteKind::LeftOut, object.key, "", std::move(message));
            return true;
        };
        if (object.key.kind == "Secret" && object.key.group.empty()) return out(secretMessage(object));
        if (object.schema && !object.schema->exportable) {
            return out(fmt::format("The cluster makes each {} itself; it is not part of what is declared.", object.key.kind));
        }
        if (object.key.group == "kustomize.config.k8s.io") return out("The export writes a kustomization.yaml of its own.");
        if (table_.agentgateway && hasAgentgatewayTwin(object.key)) return false;
        if (object.key.group == config::kAgentgatewayGroup && !table_.agentgateway && !table_.listenerPolicyKind.empty()) {
            for (auto& each : refuseAgentgateway(object, table_.target.name)) note(each.kind, object.key, std::move(each.path), std::move(each.message));
            return true;
        }
        if (const auto* group = foreign(object.key.group)) {
            // Left out, it would leave in doubt whom a cluster believes and lets in.
            if (config::isListenerPolicy(object.key)) {
                note(NoteKind::Refused, object.key, "",
                     fmt::format("{} is a kind of {}, and {} has nothing like it: whose X-Forwarded-For is believed, and what "
                                 "connections may do, must be set in the cluster's own way. Take it out of the workspace to export "
                                 "without.", object.key.kind, group->owner, table_.target.name));
                return true;
            }
            return out(fmt::format("{} is a kind of {} and {} has nothing like it: what it does will not be done there.",
                                   object.key.kind, group->owner, table_.target.name));
        }
        return false;
    }

    /// Values never leave the workspace; the keys are what a person needs to make the Secret in the cluster.
    static std::string secretMessage(const Object& object) {
        std::set<std::string> keys;
        for (const char* part : {"data", "stringData"}) {
            if (const Node* data = object.root->find(part)) {
                for (const auto& entry : data->entries) keys.insert(entry.key.value);
            }
        }
        return fmt::format("Secrets are never exported: make it in the cluster before applying, with the key{} {}.",
                           keys.size() == 1 ? "" : "s", keys.empty() ? "(none)" : fmt::format("{}", fmt::join(keys, ", ")));
    }

    static bool isFile(const ObjectKey& key) { return key.kind == "EndpointPickerConfig"; }

    void take(const Object& object) {
        if (!isFileName(object.key.name) || (!object.key.ns.empty() && !isFileName(object.key.ns)) || !isFileName(lower(object.key.kind))) {
            return note(NoteKind::Refused, object.key, "metadata.name", "This name is no file name and no Kubernetes name.");
        }
        auto cleaned = clean(object);
        if (!cleaned) return note(NoteKind::Refused, object.key, "", cleaned.error().message);
        applyVersion(object, cleaned->root);
        applyFieldRules(object, cleaned->root);
        auto key = object.key;
        convertPolicy(object, cleaned->root, key);
        refuseInlineTokens(object, cleaned->root);
        if (table_.agentgateway) convertAgents(object, cleaned->root, key);
        refuseForeignReferences(object, cleaned->root);
        refusePresets(object);
        if (!object.schema) {
            note(NoteKind::Kept, object.key, "", fmt::format("Gatehouse does not know {} {}; it is exported as written.",
                                                             object.apiVersion, object.key.kind));
        }
        for (const auto& field : cleaned->unknownFields) {
            note(NoteKind::Kept, object.key, field, "Gatehouse does not know this field; it is exported as written.");
        }
        if (isFile(object.key)) {
            // The picker that reads it knows no metadata.
            std::erase_if(cleaned->root.entries, [](const auto& entry) { return entry.key.value == "metadata"; });
            note(NoteKind::Kept, object.key, "",
                 fmt::format("It is a file of the endpoint picker, no object of a cluster: it becomes the ConfigMap {}, to be mounted there.", object.key.name));
        }
        std::string written = text::yaml::writeNode(cleaned->root);
        if (const std::string owner = secrets_.find(written); !owner.empty()) {
            return note(NoteKind::Refused, object.key, "",
                        fmt::format("It holds the value of {}; refer to the Secret instead.", owner));
        }
        taken_.push_back({&object, std::move(written), std::move(key)});
    }

    void convertPolicy(const Object& object, Node& root, ObjectKey& key) {
        if (table_.listenerPolicyKind.empty() || !config::isListenerPolicy(object.key)) return;
        auto converted = convertListenerPolicy(root, table_.listenerPolicyKind);
        for (auto& [path, why] : converted.refused) note(NoteKind::Refused, object.key, std::move(path), std::move(why));
        if (converted.kind == object.key.kind) return;
        key.kind = converted.kind;
        note(NoteKind::Changed, object.key, "kind",
             fmt::format("Written as {}, the kind that {} has for it.", converted.kind, table_.target.name));
    }

    void convertAgents(const Object& object, Node& root, ObjectKey& key) {
        auto converted = convertToAgentgateway(objects_, object, root, key);
        for (auto& each : converted.notes) note(each.kind, object.key, std::move(each.path), std::move(each.message));
        if (converted.converted)
            note(NoteKind::Changed, object.key, "kind", fmt::format("Written as {}, the kind that {} has for it.", key.kind, table_.target.name));
    }

    void applyVersion(const Object& object, Node& root) {
        for (const auto& rule : table_.versions) {
            if (rule.kind != object.key.kind || rule.from != object.apiVersion) continue;
            root.entries.front().value = scalarNode(rule.to);
            note(NoteKind::Changed, object.key, "apiVersion",
                 fmt::format("Written as {}, the version that {} serves.", rule.to, table_.target.name));
        }
    }

    void applyFieldRules(const Object& object, const Node& root) {
        walk(root, "", "", [&](const Node& node, const std::string& path, const std::string& shape) {
            for (const auto& rule : table_.fields) {
                if (rule.kind != object.key.kind || rule.path != shape) continue;
                if (rule.value.empty() || (node.kind == NodeKind::Scalar && node.value == rule.value)) {
                    note(rule.verdict, object.key, path, rule.message);
                }
            }
        });
    }

    void refuseForeignReferences(const Object& object, const Node& root) {
        // A grant that names a kind which is not there grants nothing, and harms nothing.
        if (object.key.kind == "ReferenceGrant") return;
        walk(root, "", "", [&](const Node& node, const std::string& path, const std::string&) {
            if (node.kind != NodeKind::Mapping || path.empty()) return;
            const auto* group = foreign(scalarText(node, "group"));
            if (!group) return;
            note(NoteKind::Refused, object.key, path,
                 fmt::format("It refers to {} {}, a kind of {} that {} lacks.", scalarText(node, "kind"), scalarText(node, "name"),
                             group->owner, table_.target.name));
        });
    }

    void refuseInlineTokens(const Object& object, const Node& root) {
        if (object.key.group == config::kAgentgatewayGroup)
            walk(root, "", "", [&](const Node& node, const std::string& path, const std::string& shape) {
                if (shape.ends_with("auth.key") && node.kind == NodeKind::Scalar)
                    note(NoteKind::Refused, object.key, path, "It holds a key in clear; put it into a Secret and use secretRef.");
            });
        if (object.key.group != "gateway.kgateway.dev") return;
        walk(root, "", "", [&](const Node& node, const std::string& path, const std::string& shape) {
            if (!shape.ends_with("authToken") || node.kind != NodeKind::Mapping) return;
            if (node.find("inline") || scalarText(node, "kind") == "Inline") {
                note(NoteKind::Refused, object.key, path, "It holds a token in clear; put it into a Secret and use kind SecretRef.");
            }
        });
    }

    /// The annotation stays here: a cluster would send the request, and the key, to api.openai.com.
    void refusePresets(const Object& object) {
        for (const auto* annotation : {config::kCredentialsAnnotation, config::kAwsRoleAnnotation})
            if (object.annotations.contains(annotation))
                note(NoteKind::Refused, object.key, fmt::format("metadata.annotations[\"{}\"]", annotation),
                     fmt::format("Clusters do not know {}, so providers would be shown other credentials.", annotation));
        if (!object.annotations.contains(config::kPresetAnnotation)) return;
        const auto backend = config::decodeBackend(object);
        if (!backend) return;
        for (const auto& group : backend->llmGroups)
            for (const auto& provider : group)
                if (provider.provider == "openai" && provider.override.host.empty())
                    note(NoteKind::Refused, object.key, provider.at.toString(),
                         fmt::format("Clusters do not know {} and would reach for api.openai.com with this key; set host, port and path.",
                                     config::kPresetAnnotation));
    }

    /// What could not be read would be missing, and a GitOps tool would delete it.
    void refuseUnread() {
        for (const auto& diagnostic : objects_.diagnostics) {
            if (diagnostic.severity != Severity::Error) continue;
            const bool whole = diagnostic.object.kind.empty();
            const bool exported = std::any_of(taken_.begin(), taken_.end(),
                                              [&](const Taken& taken) { return taken.object->key == diagnostic.object; });
            if (!whole && !exported) continue;
            note(NoteKind::Refused, diagnostic.object, diagnostic.fieldPath,
                 fmt::format("{}:{}: {}", diagnostic.where.file, diagnostic.where.line, diagnostic.message));
        }
    }

    void nameFiles() {
        std::map<std::string, std::set<std::string>> groups;
        for (const auto& taken : taken_) groups[objectPath(taken.key, false)].insert(taken.key.group);
        std::set<std::string> paths;
        std::vector<GeneratedConfigMap> generated;
        for (auto& taken : taken_) {
            // Two groups may have kinds of one name.
            std::string name = objectPath(taken.key, groups[objectPath(taken.key, false)].size() > 1);
            if (!paths.insert(name).second) {
                note(NoteKind::Refused, taken.object->key, "metadata.name", "Two objects have this kind, namespace and name.");
                continue;
            }
            if (isFile(taken.key)) {
                paths.erase(name);
                generated.push_back({taken.key.name, taken.key.ns, name});
            }
            result_.files.push_back({std::move(name), std::move(taken.text), taken.object->key});
        }
        result_.files.push_back({std::string(kKustomizationFile), kustomization({paths.begin(), paths.end()}, generated), {}});
        std::sort(result_.files.begin(), result_.files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    }

    const config::ObjectSet& objects_;
    const TargetTable& table_;
    SecretScan secrets_;
    std::vector<Taken> taken_;
    ExportResult result_;
};

}  // namespace

bool ExportResult::refused() const {
    return std::any_of(notes.begin(), notes.end(), [](const auto& note) { return note.kind == NoteKind::Refused; });
}

Result<ExportResult> exportObjects(const config::ObjectSet& objects, const std::string& target) {
    const TargetTable* table = findTarget(target);
    if (!table) {
        std::vector<std::string> names;
        for (const auto& known : targets()) names.push_back(known.name);
        return fail("unknown-target", fmt::format("There is no target {}; there are {}.", target, fmt::join(names, ", ")));
    }
    return Exporter(objects, *table).run();
}

}  // namespace gatehouse::gitops
