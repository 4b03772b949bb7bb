#include "gitops/clean.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

namespace gatehouse::gitops {

namespace {

using text::yaml::Node;
using text::yaml::NodeKind;
using text::yaml::ScalarStyle;
using text::yaml::Type;

/// Far above any real object, far below what a chain of aliases can blow up to.
constexpr std::size_t kMostNodes = 200'000;

// What a server sets, or another tool writes for itself. Source: Kubernetes ObjectMeta; kubectl, Helm, Argo CD and Flux.
constexpr std::array<std::string_view, 11> kServerMetadata{
    "uid",           "resourceVersion", "generation",      "creationTimestamp",         "deletionTimestamp",
    "managedFields", "selfLink",        "ownerReferences", "deletionGracePeriodSeconds", "generateName", "initializers"};
constexpr std::array<std::string_view, 9> kForeignAnnotations{
    "kubectl.kubernetes.io/last-applied-configuration",
    "deployment.kubernetes.io/",
    "argocd.argoproj.io/tracking-id",
    "argocd.argoproj.io/installation-id",
    "config.kubernetes.io/",
    "internal.config.kubernetes.io/",
    "meta.helm.sh/",
    "kustomize.toolkit.fluxcd.io/",
    "gatehouse.dev/"};
constexpr std::array<std::string_view, 3> kForeignLabels{"kustomize.toolkit.fluxcd.io/", "helm.toolkit.fluxcd.io/",
                                                         "gatehouse.dev/"};

/// A name in a list stands for itself, or with its final slash for all below it.
template <std::size_t N>
bool listed(const std::array<std::string_view, N>& list, std::string_view name) {
    return std::any_of(list.begin(), list.end(), [&](std::string_view entry) {
        return entry.ends_with('/') ? name.starts_with(entry) : name == entry;
    });
}

/// Expands aliases into copies, and gives every scalar its canonical style.
class Expander {
  public:
    Result<Node> expand(const Node& node) {
        if (++nodes_ > kMostNodes) return fail("export-tree", "The object is too large once its aliases are written out.");
        if (node.kind == NodeKind::Alias) {
            const auto anchored = anchors_.find(node.value);
            if (anchored == anchors_.end()) {
                return fail("export-tree", fmt::format("The alias *{} has no anchor above it.", node.value));
            }
            return copy(anchored->second);
        }
        Node out;
        out.kind = node.kind;
        if (node.kind == NodeKind::Scalar) {
            out.value = node.value;
            out.style = ScalarStyle::Plain;
            if (node.type() == Type::String && out.type() != Type::String) out.style = ScalarStyle::DoubleQuoted;
            // A block scalar is for text that a plain one would fold.
            if (node.type() == Type::String && node.value.find('\n') != std::string::npos) out.style = ScalarStyle::Literal;
        }
        for (const auto& entry : node.entries) {
            if (entry.key.kind != NodeKind::Scalar) return fail("export-tree", "A mapping has a key that is no scalar.");
            if (entry.key.value == "<<" && entry.key.style == ScalarStyle::Plain) {
                return fail("export-tree", "Merge keys (<<) are no part of Kubernetes YAML; write the fields out.");
            }
            auto key = expand(entry.key);
            auto value = expand(entry.value);
            if (!key) return key;
            if (!value) return value;
            out.entries.push_back({std::move(*key), std::move(*value)});
        }
        for (const auto& item : node.items) {
            auto value = expand(item);
            if (!value) return value;
            out.items.push_back(std::move(*value));
        }
        if (!node.anchor.empty()) anchors_[node.anchor] = out;
        return out;
    }

  private:
    Result<Node> copy(const Node& node) {
        if (++nodes_ > kMostNodes) return fail("export-tree", "The object is too large once its aliases are written out.");
        Node out = node;
        out.entries.clear();
        out.items.clear();
        for (const auto& entry : node.entries) {
            auto value = copy(entry.value);
            if (!value) return value;
            out.entries.push_back({entry.key, std::move(*value)});
        }
        for (const auto& item : node.items) {
            auto value = copy(item);
            if (!value) return value;
            out.items.push_back(std::move(*value));
        }
        return out;
    }

    std::unordered_map<std::string, Node> anchors_;  ///< Already expanded.
    std::size_t nodes_ = 0;
};

void sortByKey(Node& mapping) {
    std::stable_sort(mapping.entries.begin(), mapping.entries.end(),
                     [](const auto& a, const auto& b) { return a.key.value < b.key.value; });
}

/// Puts the members of `node` into the order of the table, drops nulls (the API server drops them too), notes the unknown.
void arrange(Node& node, const config::FieldSpec& spec, const std::string& path, std::vector<std::string>& unknown) {
    if (spec.type == config::FieldType::List && node.kind == NodeKind::Sequence) {
        const config::FieldSpec* element = spec.element();
        for (std::size_t i = 0; element && i < node.items.size(); ++i) {
            arrange(node.items[i], *element, fmt::format("{}[{}]", path, i), unknown);
        }
        return;
    }
    if (spec.type != config::FieldType::Object || node.kind != NodeKind::Mapping) return;
    std::vector<Node::Entry> known, rest;
    for (const auto& member : spec.fields) {
        for (auto& entry : node.entries) {
            if (entry.key.value != member.name || entry.value.isNull()) continue;
            arrange(entry.value, member, path.empty() ? member.name : path + "." + member.name, unknown);
            known.push_back(std::move(entry));
            entry.key.value.clear();  // Taken.
            break;
        }
    }
    for (auto& entry : node.entries) {
        if (entry.key.value.empty() || spec.member(entry.key.value)) continue;
        unknown.push_back(path.empty() ? entry.key.value : path + "." + entry.key.value);
        rest.push_back(std::move(entry));
    }
    node.entries = std::move(known);
    std::move(rest.begin(), rest.end(), std::back_inserter(node.entries));
}

/// A map of strings without the entries that `drop` names, sorted; nothing when none is left.
template <class Drop>
std::optional<Node> stringMap(const Node* node, Drop drop) {
    if (!node || node->kind != NodeKind::Mapping) return std::nullopt;
    Node out = mappingNode();
    for (const auto& entry : node->entries) {
        if (!drop(entry) && !entry.value.isNull()) out.entries.push_back(entry);
    }
    if (out.entries.empty()) return std::nullopt;
    sortByKey(out);
    return out;
}

Node cleanMetadata(const Node& written, const config::Object& object, const CleanOptions& options) {
    const auto own = [&](std::string_view name) { return options.keepOwn && name.starts_with("gatehouse.dev/"); };
    Node metadata = mappingNode();
    addEntry(metadata, "name", scalarNode(object.key.name));
    // A kind that Gatehouse does not know may be cluster-scoped: only a written namespace counts.
    const Node* writtenNamespace = written.find("namespace");
    const bool namespaced = object.schema ? object.schema->namespaced : writtenNamespace && !writtenNamespace->isNull();
    if (namespaced && !object.key.ns.empty()) addEntry(metadata, "namespace", scalarNode(object.key.ns));
    auto labels = stringMap(written.find("labels"), [&](const Node::Entry& entry) {
        return (listed(kForeignLabels, entry.key.value) && !own(entry.key.value)) ||
               (entry.key.value == "app.kubernetes.io/managed-by" && entry.value.value == "Helm");
    });
    if (labels) addEntry(metadata, "labels", std::move(*labels));
    auto annotations = stringMap(written.find("annotations"),
                                 [&](const Node::Entry& entry) { return listed(kForeignAnnotations, entry.key.value) && !own(entry.key.value); });
    if (annotations) addEntry(metadata, "annotations", std::move(*annotations));
    for (const auto& entry : written.entries) {
        const auto& name = entry.key.value;
        if (name == "name" || name == "namespace" || name == "labels" || name == "annotations") continue;
        if (!listed(kServerMetadata, name) && !entry.value.isNull()) metadata.entries.push_back(entry);
    }
    return metadata;
}

}  // namespace

Node scalarNode(std::string value) {
    Node node;
    node.value = std::move(value);
    // Written by us, so always a string: "1" and "on" need their quotes.
    if (node.type() != Type::String) node.style = ScalarStyle::DoubleQuoted;
    return node;
}

Node mappingNode() {
    Node node;
    node.kind = NodeKind::Mapping;
    return node;
}

void addEntry(Node& mapping, std::string key, Node value) {
    mapping.entries.push_back({scalarNode(std::move(key)), std::move(value)});
}

Node* member(Node& mapping, std::string_view name) {
    for (auto& entry : mapping.entries)
        if (entry.key.value == name) return &entry.value;
    return nullptr;
}

Result<CleanObject> clean(const config::Object& object, const CleanOptions& options) {
    auto tree = Expander{}.expand(*object.root);
    if (!tree) return tl::unexpected(tree.error());

    CleanObject result;
    result.root = mappingNode();
    addEntry(result.root, "apiVersion", scalarNode(object.apiVersion));
    addEntry(result.root, "kind", scalarNode(object.key.kind));
    const Node* metadata = tree->find("metadata");
    addEntry(result.root, "metadata", cleanMetadata(metadata ? *metadata : mappingNode(), object, options));

    Node body = mappingNode();
    for (auto& entry : tree->entries) {
        const auto& name = entry.key.value;
        if (name == "apiVersion" || name == "kind" || name == "metadata" || name == "status") continue;
        body.entries.push_back(std::move(entry));
    }
    if (object.schema) arrange(body, object.schema->root, "", result.unknownFields);
    std::move(body.entries.begin(), body.entries.end(), std::back_inserter(result.root.entries));
    return result;
}

void dropServerSet(const config::ObjectKey& key, Node& root) {
    if (!key.group.empty()) return;
    Node* spec = member(root, "spec");
    if (key.kind == "Service" && spec) {
        std::erase_if(spec->entries, [](const Node::Entry& entry) {
            const auto& name = entry.key.value;
            // "None" is a wish, an address is an answer.
            if (name == "clusterIP") return entry.value.value != "None";
            if (name == "sessionAffinity") return entry.value.value == "None";
            if (name == "type") return entry.value.value == "ClusterIP";
            if (name == "internalTrafficPolicy") return entry.value.value == "Cluster";
            return name == "clusterIPs" || name == "ipFamilies" || name == "ipFamilyPolicy" || name == "healthCheckNodePort";
        });
        if (Node* ports = member(*spec, "ports"))
            for (auto& port : ports->items) {
                const Node* found = port.find("port");
                const std::string number = found ? found->value : "";
                std::erase_if(port.entries, [&](const Node::Entry& entry) {
                    return entry.key.value == "nodePort" || (entry.key.value == "protocol" && entry.value.value == "TCP") ||
                           (entry.key.value == "targetPort" && entry.value.value == number);
                });
            }
    }
    if (key.kind == "Namespace") {
        std::erase_if(root.entries, [](const Node::Entry& entry) { return entry.key.value == "spec"; });
        Node* metadata = member(root, "metadata");
        if (Node* labels = metadata ? member(*metadata, "labels") : nullptr) {
            std::erase_if(labels->entries, [](const Node::Entry& entry) { return entry.key.value == "kubernetes.io/metadata.name"; });
            if (labels->entries.empty()) std::erase_if(metadata->entries, [](const Node::Entry& entry) { return entry.key.value == "labels"; });
        }
    }
}

}  // namespace gatehouse::gitops
