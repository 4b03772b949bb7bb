// From one document's tree to objects: identity, labels, List unpacking, and the checks of the kind's table.
#include "config/check.h"
#include "config/diagnostic_codes.h"
#include "config/formats.h"
#include "config/memo.h"
#include "config/reader.h"
#include "config/schema.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace gatehouse::config {
namespace {

using text::yaml::Mark;
using text::yaml::Node;
using text::yaml::NodeKind;

/// Kinds that live outside namespaces, beyond those of the tables.
constexpr std::array<std::string_view, 12> kClusterScoped{"CustomResourceDefinition",
                                                          "ClusterRole",
                                                          "ClusterRoleBinding",
                                                          "PersistentVolume",
                                                          "StorageClass",
                                                          "IngressClass",
                                                          "PriorityClass",
                                                          "Node",
                                                          "ValidatingWebhookConfiguration",
                                                          "MutatingWebhookConfiguration",
                                                          "ValidatingAdmissionPolicy",
                                                          "ValidatingAdmissionPolicyBinding"};

/// Server-written timestamps may be typed as such by YAML readers, so any scalar will do.
std::string scalarText(const Node* node) {
    return node != nullptr && node->kind == NodeKind::Scalar && !node->isNull() ? node->value : std::string();
}

void readMap(const Node* node, std::unordered_map<std::string, std::string>& out) {
    if (node == nullptr || node->kind != NodeKind::Mapping) return;
    for (const auto& entry : node->entries)
        if (entry.value.kind == NodeKind::Scalar) out[entry.key.value] = entry.value.value;
}

class SliceReader {
  public:
    explicit SliceReader(SliceReading& out) : out_(out) {}

    void run() {
        auto documents = text::yaml::parse(out_.text);
        if (!documents) {
            report(Severity::Error, codes::kSyntax, documents.error().where, documents.error().where,
                   documents.error().message);
            out_.documents = 1;
            return;
        }
        out_.documents = documents->size();
        for (std::size_t i = 0; i < documents->size(); ++i) {
            document_ = i;
            readDocument((*documents)[i]);
        }
    }

  private:
    Diagnostic& report(Severity severity, const char* code, const Mark& begin, const Mark& end, std::string message) {
        Diagnostic diagnostic;
        diagnostic.severity = severity;
        diagnostic.code = code;
        diagnostic.where = place(begin, end);
        diagnostic.message = std::move(message);
        out_.diagnostics.push_back(std::move(diagnostic));
        return out_.diagnostics.back();
    }

    SourceLocation place(const Mark& begin, const Mark& end) const {
        SourceLocation where;
        where.document = document_;
        where.line = begin.line;
        where.column = begin.column;
        where.begin = begin.offset;
        where.end = end.offset;
        return where;
    }

    void readDocument(text::yaml::Document& document) {
        if (document.root.isNull()) return;  // An empty document, as kubectl skips it.
        auto root = std::make_shared<Node>(std::move(document.root));
        if (text::yaml::hasAliases(*root)) {
            auto expanded = text::yaml::expandAliases(*root);
            if (!expanded) {
                report(Severity::Error, codes::kAliases, root->begin, root->end, expanded.error().message);
                return;
            }
            *root = std::move(*expanded);
        }
        const auto firstObject = out_.objects.size();
        readObject(root, *root, FieldPath(), {}, {});
        for (const auto& duplicate : document.duplicates) {
            auto& diagnostic = report(Severity::Error, codes::kDuplicateKey, duplicate.where, duplicate.where,
                                      fmt::format("{} stands here a second time; remove one of them.", duplicate.path));
            diagnostic.fieldPath = duplicate.path;
            if (out_.objects.size() == firstObject + 1) diagnostic.object = out_.objects.back().key;
        }
    }

    /// `fallbackVersion` and `fallbackKind` come from a typed list (HTTPRouteList), whose items may leave them out.
    void readObject(const std::shared_ptr<const Node>& owner, const Node& node, FieldPath path,
                    const std::string& fallbackVersion, const std::string& fallbackKind) {
        if (node.kind != NodeKind::Mapping) {
            report(Severity::Error, codes::kNoObject, node.begin, node.end,
                   "This is no Kubernetes object: a mapping with apiVersion and kind is needed.");
            return;
        }
        auto version = scalarText(node.find("apiVersion"));
        auto kind = scalarText(node.find("kind"));
        if (version.empty()) version = fallbackVersion;
        if (kind.empty()) kind = fallbackKind;
        if (version.empty() || kind.empty()) {
            const auto* missing = version.empty() ? "apiVersion" : "kind";
            report(Severity::Error, codes::kNoObject, node.begin, node.end,
                   fmt::format("This is no Kubernetes object: {} is missing.", missing))
                .fieldPath = missing;
            return;
        }
        const auto* items = node.find("items");
        const bool list = kind.size() >= 4 && kind.substr(kind.size() - 4) == "List" && items != nullptr;
        if (list && items->kind == NodeKind::Sequence) {
            const auto element = kind == "List" ? std::string() : kind.substr(0, kind.size() - 4);
            for (std::size_t i = 0; i < items->items.size(); ++i)
                readObject(owner, items->items[i], path.key("items").index(i), kind == "List" ? std::string() : version,
                           element);
            return;
        }
        addObject(owner, node, std::move(path), version, kind);
    }

    void addObject(const std::shared_ptr<const Node>& owner, const Node& node, FieldPath path,
                   const std::string& version, const std::string& kind) {
        Object object;
        object.apiVersion = version;
        object.documentPath = std::move(path);
        object.root = std::shared_ptr<const Node>(owner, &node);
        object.where = place(node.begin, node.end);
        object.memo = std::make_shared<ObjectMemo>();
        const auto slash = version.find('/');
        object.key.group = slash == std::string::npos ? "" : version.substr(0, slash);
        object.key.kind = kind;
        object.schema = findKind(object.key.group, kind);
        const auto* metadata = node.find("metadata");
        if (metadata != nullptr) {
            object.key.name = scalarText(metadata->find("name"));
            object.key.ns = scalarText(metadata->find("namespace"));
            readMap(metadata->find("labels"), object.labels);
            readMap(metadata->find("annotations"), object.annotations);
            object.creationTimestamp = scalarText(metadata->find("creationTimestamp"));
            if (const auto* generation = metadata->find("generation"))
                object.generation = generation->asInt().value_or(1);
        }
        const bool clusterScoped = object.schema != nullptr ? !object.schema->namespaced
                                                            : std::find(kClusterScoped.begin(), kClusterScoped.end(),
                                                                        kind) != kClusterScoped.end();
        if (clusterScoped) object.key.ns.clear();
        if (!clusterScoped && object.key.ns.empty()) object.key.ns = "default";
        checkKind(object, version.substr(slash == std::string::npos ? 0 : slash + 1));
        const auto found = out_.diagnostics.size();
        checkAgainstSchema(object, out_.diagnostics);
        for (auto i = found; i < out_.diagnostics.size(); ++i) out_.diagnostics[i].where.document = document_;
        if (object.key.name.empty()) {
            const bool reported = std::any_of(
                out_.diagnostics.begin() + static_cast<std::ptrdiff_t>(found), out_.diagnostics.end(),
                [](const Diagnostic& d) { return d.fieldPath == "metadata.name" || d.fieldPath == "metadata"; });
            if (!reported && object.schema != nullptr)
                report(Severity::Error, codes::kNoName, node.begin, node.end,
                       fmt::format("This {} has no name; give it one under metadata.", kind))
                    .object = object.key;
            if (object.schema != nullptr) return;
        }
        out_.objects.push_back(std::move(object));
    }

    void checkKind(const Object& object, const std::string& version) {
        const auto* kindNode = object.root->find("kind");
        const auto& at = kindNode != nullptr ? *kindNode : *object.root;
        if (object.schema == nullptr) {
            auto message = fmt::format("{} ({}) is not a kind that Gatehouse runs; it is kept as it is.",
                                       object.key.kind, object.apiVersion);
            std::optional<Fix> fix;
            for (const auto& known : kinds()) {
                if (known.group == object.key.group && nearest(object.key.kind, std::array{known.kind}) == known.kind) {
                    message = fmt::format("There is no kind {} in {}; did you mean {}?", object.key.kind,
                                          object.apiVersion, known.kind);
                    fix = Fix{fmt::format("Change to {}", known.kind), FieldPath().key("kind"), known.kind, {}};
                } else if (known.kind == object.key.kind &&
                           nearest(object.key.group, std::array{known.group}) == known.group) {
                    const auto right = known.group + (known.group.empty() ? "" : "/") + known.versions.front();
                    message = fmt::format("{} is not of {}; did you mean {}?", known.kind, object.apiVersion, right);
                    fix = Fix{fmt::format("Change apiVersion to {}", right), FieldPath().key("apiVersion"), right, {}};
                }
            }
            auto& diagnostic = report(fix ? Severity::Warning : Severity::Info, codes::kUnknownKind, at.begin, at.end,
                                      std::move(message));
            diagnostic.object = object.key;
            diagnostic.fieldPath = "kind";
            diagnostic.fix = std::move(fix);
            return;
        }
        const auto& versions = object.schema->versions;
        if (std::find(versions.begin(), versions.end(), version) != versions.end()) return;
        const auto right = object.key.group + (object.key.group.empty() ? "" : "/") + versions.front();
        const auto* versionNode = object.root->find("apiVersion");
        const auto& where = versionNode != nullptr ? *versionNode : at;
        auto& diagnostic =
            report(Severity::Warning, codes::kUnknownVersion, where.begin, where.end,
                   fmt::format("{} has no version {} here; it is read as {}.", object.key.kind, version, right));
        diagnostic.object = object.key;
        diagnostic.fieldPath = "apiVersion";
        diagnostic.fix = Fix{fmt::format("Change to {}", right), FieldPath().key("apiVersion"), right, {}};
    }

    SliceReading& out_;
    std::size_t document_ = 0;
};

}  // namespace

std::shared_ptr<const SliceReading> readSlice(std::string_view text) {
    auto reading = std::make_shared<SliceReading>();
    reading->text = std::string(text);
    SliceReader(*reading).run();
    return reading;
}

}  // namespace gatehouse::config
