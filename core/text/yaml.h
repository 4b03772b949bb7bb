// Text-preserving YAML: a tree of nodes with byte spans into the original text, and edits that splice only the bytes of
// the field they touch. Comments, order, quoting, line ends and unknown fields survive.
// Built on libyaml events (1.1 reading rules, as kubectl's ancestor). Thread: values, no sharing.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace gatehouse::text::yaml {

/// A place in the text: byte offset from 0, line and column from 1 (columns count characters).
struct Mark {
    std::size_t offset = 0;
    std::uint32_t line = 1;
    std::uint32_t column = 1;
};

/// A way from a document's root to a node: mapping keys and sequence indices.
class Path {
  public:
    using Step = std::variant<std::string, std::size_t>;

    Path() = default;
    explicit Path(std::vector<Step> steps) : steps_(std::move(steps)) {}

    /// Reads "spec.rules[0].matches[1].path.value"; a key with dots or brackets is written ["a.b/c"].
    static Result<Path> parse(std::string_view text);
    std::string toString() const;

    Path key(std::string_view name) const;
    Path index(std::size_t position) const;
    Path parent() const;
    bool empty() const { return steps_.empty(); }
    const std::vector<Step>& steps() const { return steps_; }
    bool operator==(const Path&) const = default;

  private:
    std::vector<Step> steps_;
};

enum class NodeKind { Scalar, Mapping, Sequence, Alias };
enum class ScalarStyle { Plain, SingleQuoted, DoubleQuoted, Literal, Folded };
enum class Type { Null, Boolean, Integer, Float, String };

struct Node {
    struct Entry;

    NodeKind kind = NodeKind::Scalar;
    std::string value;  ///< Scalar: decoded text. Alias: the anchor's name.
    ScalarStyle style = ScalarStyle::Plain;
    std::string tag;     ///< Empty unless written.
    std::string anchor;  ///< Empty unless written.
    bool flow = false;   ///< A collection written in { } or [ ].
    Mark begin;          ///< First byte of the node, after its tag and anchor.
    Mark end;  ///< One past its last byte, never behind a line end; block collections end with their last child.
    std::size_t outer = 0;       ///< Offset of the first byte counting tag and anchor.
    std::vector<Entry> entries;  ///< Mapping, in the order written. Duplicate keys are kept, and reported by parse().
    std::vector<Node> items;     ///< Sequence.

    /// The type that YAML 1.1 as read by Kubernetes gives a scalar (only plain scalars can be other than String).
    Type type() const;
    std::optional<bool> asBool() const;
    std::optional<std::int64_t> asInt() const;
    std::optional<double> asDouble() const;

    const Node* find(std::string_view key) const;  ///< Mapping member or null.
    const Node* at(const Path& path) const;        ///< Descends; null where the path ends early.
    bool isNull() const { return kind == NodeKind::Scalar && type() == Type::Null; }
};

struct Node::Entry {
    Node key;
    Node value;
};

struct DuplicateKey {
    std::string path;
    Mark where;
};

/// One document of a stream.
struct Document {
    Node root;   ///< A null scalar when the document is empty.
    Mark begin;  ///< Where its text starts (after "---").
    Mark end;    ///< Where its text ends (before the next "---" or the end).
    std::vector<DuplicateKey> duplicates;
};

/// A syntax error with its place.
struct ParseError {
    Mark where;
    std::string message;
};

/// Every document of `text` (at most 64 MiB, at most 200 levels deep, at most 100,000 alias uses).
tl::expected<std::vector<Document>, ParseError> parse(std::string_view text);

/// A run of the text that can be parsed on its own: one document with its "---" line, or what stands before the first.
struct Slice {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::uint32_t line = 1;  ///< Line of the text on which it starts.
};
/// Cuts at "---" lines without parsing. Texts with directives or "..." lines come back in one piece.
std::vector<Slice> split(std::string_view text);

/// The type that a plain (unquoted) scalar of this text has.
Type plainType(std::string_view text);

/// The same tree with aliases replaced by copies of what they name and "<<" merged in; a replaced node keeps the
/// alias's place. Refused for cycles and for more than `maxNodes` nodes.
Result<Node> expandAliases(const Node& root, std::size_t maxNodes = 1'000'000);
bool hasAliases(const Node& root);

/// Equal in meaning: kinds, types, values, order, tags and anchors; places and quoting aside.
bool sameTree(const Node& a, const Node& b);

// ---- Edits. Each answers the whole new text. Untouched bytes stay byte for byte. Refused with a clear error where an
// edit would be unsafe (the node is an alias, has an anchor that is used elsewhere, or carries a tag).

/// Replaces the scalar at `path` in document `index`, or adds the key (in a mapping that exists or is created along the
/// way, appended last, indented as its neighbours). `value` is the plain text; `type` says how to write it, so that a
/// String "on" or "123" gets quotes and an Integer does not. The existing quoting style is kept where it can hold the
/// value.
Result<std::string> setScalar(std::string_view text, std::size_t index, const Path& path, std::string_view value,
                              Type type);

/// Replaces the node at `path` by a YAML fragment (block or flow, written at indentation 0), or adds the key, or
/// appends to a sequence when the last step is an index equal to its size.
Result<std::string> setFragment(std::string_view text, std::size_t index, const Path& path, std::string_view fragment);

/// Removes the entry or item at `path` with its own trailing comment and line; an emptied collection becomes {} or [].
Result<std::string> remove(std::string_view text, std::size_t index, const Path& path);

/// Moves item `from` of the sequence at `path` to position `to`.
Result<std::string> moveItem(std::string_view text, std::size_t index, const Path& path, std::size_t from,
                             std::size_t to);

/// Appends a document (a fragment) to a stream, with "---" where needed.
std::string appendDocument(std::string_view text, std::string_view fragment);

/// Removes document `index` and its separator.
Result<std::string> removeDocument(std::string_view text, std::size_t index);

/// Writes a scalar so that it reads back as `value` of `type`: plain where safe under YAML 1.1, else quoted.
std::string writeScalar(std::string_view value, Type type);

/// Writes a node as block YAML at `indent` spaces (2 per level, dashes in their parent key's column as kubectl writes
/// them, LF, final newline). Deterministic.
std::string writeNode(const Node& node, int indent = 0);

}  // namespace gatehouse::text::yaml
