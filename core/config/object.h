// Objects: Kubernetes resources as read from text, generic view. An ObjectSet is one immutable reading of a whole
// workspace; everything downstream (validation, translation, views, export) works on it.
// Thread: immutable after construction, shared by shared_ptr<const ObjectSet>.
#pragma once

#include "text/yaml.h"

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gatehouse::config {

struct KindSchema;
struct ObjectMemo;

using FieldPath = text::yaml::Path;

/// Identity of an object. `ns` is "default" for a namespaced object without one, empty for a cluster-scoped kind.
struct ObjectKey {
    std::string group;  ///< Empty for the core group.
    std::string kind;
    std::string ns;
    std::string name;

    auto operator<=>(const ObjectKey&) const = default;
    std::string display() const;  ///< "HTTPRoute default/chat".
    std::string id() const;       ///< "gateway.networking.k8s.io/HTTPRoute/default/chat": stable key.
};

/// A span in a file. Line and column from 1.
struct SourceLocation {
    std::string file;
    std::size_t document = 0;  ///< Index of the YAML document in the file.
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    std::size_t begin = 0;  ///< Byte offsets in the file.
    std::size_t end = 0;
};

enum class Severity { Info, Warning, Error };

/// A change that would mend a diagnostic: sets `path` to `value`, renames its last key to `rename`, or removes it where
/// both are empty. Workspace::fix() turns it into an edit.
struct Fix {
    std::string label;
    FieldPath path;
    std::optional<std::string> value;
    std::optional<std::string> rename;
};

/// One finding. `code` is stable and documented in core/config/README of codes (config/diagnostic_codes.h).
struct Diagnostic {
    Severity severity = Severity::Error;
    std::string code;       ///< e.g. "GH1004", see diagnostic_codes.h
    ObjectKey object;       ///< Empty kind where the text is no object.
    std::string fieldPath;  ///< "spec.rules[0].backendRefs[1].name"; empty for the whole object.
    SourceLocation where;
    std::string message;  ///< One sentence in English that says what to do.
    std::optional<Fix> fix;
};

struct Object {
    ObjectKey key;
    std::string apiVersion;
    const KindSchema* schema = nullptr;  ///< Null for a kind that Gatehouse does not know (kept, reported).
    SourceLocation where;
    /// Marks inside count from the object's own stretch of text (see locate() for places in the file), so that the tree
    /// is shared between readings while the text around it changes. Aliases are expanded.
    std::shared_ptr<const text::yaml::Node> root;
    std::unordered_map<std::string, std::string> labels;
    std::unordered_map<std::string, std::string> annotations;
    std::string creationTimestamp;  ///< As written, often empty in files.
    std::int64_t generation = 1;
    std::size_t order = 0;       ///< Position in the set (files by path, documents in order): the last tie-break.
    FieldPath documentPath;      ///< Where the object stands in its document: empty, or items[n] of a List.
    std::size_t textBegin = 0;   ///< Byte offset in the file that root's marks count from.
    std::uint32_t textLine = 1;  ///< Line in the file of that offset.
    std::shared_ptr<ObjectMemo>
        memo;  ///< Of config/ alone: what was worked out from root; null for objects made by hand.

    /// Where the node at `path` stands; the nearest existing ancestor where it does not exist.
    SourceLocation locate(const FieldPath& path) const;
};

class ObjectSet {
  public:
    std::vector<Object> objects;
    /// Findings of reading alone: syntax, duplicate keys and names, unknown kinds and fields, types, limits.
    std::vector<Diagnostic> diagnostics;
    std::uint64_t revision = 0;

    const Object* find(const ObjectKey& key) const;
    const Object* find(std::string_view kind, std::string_view ns, std::string_view name) const;
    std::vector<const Object*> ofKind(std::string_view kind) const;

    /// Makes find() and ofKind() fast; call once when `objects` is complete. Without it they search.
    void buildIndex();

  private:
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> byName_;
    std::unordered_map<std::string, std::vector<std::uint32_t>> byKind_;
    std::size_t indexed_ = 0;  ///< Number of objects that the index knows.
};

}  // namespace gatehouse::config
