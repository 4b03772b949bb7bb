// Splices on the text of one document: where entries, items, dashes and colons stand, and the new text of each kind of
// change. Nothing here decides whether a change is right: yaml_edit.cpp reads the result again and compares trees.
// Thread: values.
#pragma once

#include "text/yaml_internal.h"

#include <string>
#include <string_view>

namespace gatehouse::text::yaml {

/// A piece of YAML to put in: its tree, and its text at indentation 0 with LF and no final line end.
struct Fragment {
    Node root;
    std::string text;
    bool block = false;  ///< A block collection, which cannot stand behind "key: " on one line.

    static Result<Fragment> read(std::string_view text);
    static Fragment of(Node node, const WriteOptions& options);
};

/// How a document is written, so that what is added looks like its neighbours.
struct DocumentStyle {
    WriteOptions write;
    bool json = false;
    std::string lineBreak = "\n";
    static DocumentStyle of(std::string_view text, const Node& root);
};

/// A node and its place in its container.
struct Place {
    const Node* node = nullptr;
    const Node* parent = nullptr;  ///< Null for the root.
    std::size_t slot = 0;          ///< Position among the parent's entries or items.
    bool inFlow = false;           ///< Some container around it is written in { } or [ ].
};

class Splicer {
  public:
    Splicer(std::string_view text, const Document& document, const DocumentStyle& style)
        : text_(text), document_(document), style_(style) {}

    /// Column of what the node's indentation counts from: its key or its dash; -1 for the root.
    int parentColumn(const Place& place) const;
    /// Indentation that the lines of a block scalar at `place` have or would have.
    int scalarIndent(const Place& place) const;

    /// `text` stands as it is: later lines must be indented already.
    std::string replaceInline(const Place& place, std::string_view text) const;
    std::string replace(const Place& place, const Fragment& fragment) const;
    std::string insertEntry(const Place& mapping, std::string_view key, const Fragment& value) const;
    std::string appendItem(const Place& sequence, const Fragment& value) const;
    /// Only for collections that keep at least one other member.
    std::string removeMember(const Place& collection, std::size_t slot) const;
    std::string moveItem(const Place& sequence, std::size_t from, std::size_t to) const;

  private:
    struct Span {
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    std::string splice(std::size_t begin, std::size_t end, std::string_view text) const;
    std::size_t dashOf(const Node& sequence, std::size_t slot) const;
    std::size_t entryBegin(const Node& mapping, std::size_t slot) const;
    Span member(const Node& collection, std::size_t slot) const;
    /// Where the value's place starts: behind the colon, the dash or the document's "---".
    std::size_t valueFrom(const Place& place) const;
    bool isBlock(const Node& node) const;
    bool jsonAt(const Node& container) const;
    int childIndent(const Place& place, const Node& child) const;
    std::string replaceByBlock(const Place& place, const Fragment& fragment) const;
    std::string removeFromFlow(const Node& collection, std::size_t slot) const;
    std::string addToFlow(const Node& collection, std::string_view member) const;

    std::string_view text_;
    const Document& document_;
    const DocumentStyle& style_;
};

}  // namespace gatehouse::text::yaml
