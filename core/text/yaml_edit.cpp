#include "text/yaml.h"
#include "text/yaml_internal.h"
#include "text/yaml_splice.h"

#include <algorithm>
#include <unordered_set>

namespace gatehouse::text::yaml {
namespace {

void collectAliases(const Node& node, std::unordered_set<std::string>& out) {
    if (node.kind == NodeKind::Alias) out.insert(node.value);
    for (const auto& entry : node.entries) {
        collectAliases(entry.key, out);
        collectAliases(entry.value, out);
    }
    for (const auto& item : node.items) collectAliases(item, out);
}

bool holdsAnchor(const Node& node, const std::unordered_set<std::string>& used) {
    if (!node.anchor.empty() && used.contains(node.anchor)) return true;
    for (const auto& entry : node.entries)
        if (holdsAnchor(entry.key, used) || holdsAnchor(entry.value, used)) return true;
    for (const auto& item : node.items)
        if (holdsAnchor(item, used)) return true;
    return false;
}

/// A scalar node that reads as `value` of `type`.
Node scalarNode(std::string_view value, Type type) {
    Node node;
    node.value = std::string(value);
    node.style = type == Type::String ? ScalarStyle::DoubleQuoted : ScalarStyle::Plain;
    if (type == Type::Null) node.value = "null";
    return node;
}

/// One document of a text, cut out so that an edit costs one document, however long the file is.
class Editor {
  public:
    static Result<Editor> open(std::string_view text, std::size_t index) {
        Editor editor;
        editor.whole_ = text;
        const auto slices = split(text);
        std::size_t slice = index;
        if (slices.size() == 1) {
            slice = 0;
            editor.local_ = index;
        } else if (skipGap(text, slices[0].begin, slices[0].end) == slices[0].end) {
            slice = index + 1;
        }
        if (slice >= slices.size()) return fail("yaml-index", "The file has no such document.");
        editor.slice_ = slices[slice];
        editor.text_ = text.substr(editor.slice_.begin, editor.slice_.end - editor.slice_.begin);
        auto documents = parse(editor.text_);
        if (!documents) {
            const auto line = documents.error().where.line + editor.slice_.line - 1;
            return fail("yaml-syntax", "The document cannot be edited before its syntax error on line " +
                                           std::to_string(line) + " is mended: " + documents.error().message);
        }
        editor.documents_ = std::move(*documents);
        if (editor.local_ >= editor.documents_.size()) return fail("yaml-index", "The file has no such document.");
        const auto& document = editor.documents_[editor.local_];
        editor.style_ = DocumentStyle::of(editor.text_, document.root);
        if (editor.text_.find('\n') == std::string_view::npos) editor.style_.lineBreak = lineBreakOf(text);
        collectAliases(document.root, editor.used_);
        return editor;
    }

    Result<std::string> setScalar(const Path& path, std::string_view value, Type type) {
        if (type != Type::String && type != Type::Null) {
            const auto plain = plainType(value);
            if (plain != type && !(type == Type::Float && plain == Type::Integer))
                return fail("yaml-value", "'" + std::string(value) + "' is not a value of the wanted type.");
        }
        auto found = locate(path);
        if (!found) return tl::unexpected(found.error());
        if (found->depth < path.steps().size())
            return create(*found, path, Fragment::of(scalarNode(value, type), style_.write));
        const auto& node = *found->place.node;
        if (auto safe = replaceable(node); !safe) return tl::unexpected(safe.error());
        auto expected = root();
        auto& target = mutableAt(expected, path);
        const auto anchor = node.kind == NodeKind::Scalar ? node.anchor : std::string();
        target = scalarNode(value, type);
        target.anchor = anchor;
        if (node.kind == NodeKind::Scalar && sameTree(node, target) && node.type() != Type::Null)
            return std::string(whole_);
        std::vector<std::string> candidates;
        for (const auto& text : scalarTexts(found->place, value, type))
            candidates.push_back(splicer().replaceInline(found->place, text));
        return commit(candidates, expected);
    }

    Result<std::string> setFragment(const Path& path, std::string_view text) {
        auto fragment = Fragment::read(text);
        if (!fragment) return tl::unexpected(fragment.error());
        if (auto own = expandAliases(fragment->root); !own) return tl::unexpected(own.error());
        if (holdsAnchor(fragment->root, used_))
            return fail("yaml-anchor", "The new text defines an anchor whose name the document already uses.");
        auto found = locate(path);
        if (!found) return tl::unexpected(found.error());
        if (found->depth < path.steps().size()) return create(*found, path, *fragment);
        if (auto safe = replaceable(*found->place.node); !safe) return tl::unexpected(safe.error());
        auto expected = root();
        mutableAt(expected, path) = fragment->root;
        std::vector<std::string> candidates{splicer().replace(found->place, *fragment)};
        // The text as given could not stand there (an indentation indicator, say): write its meaning instead.
        candidates.push_back(splicer().replace(found->place, Fragment::of(fragment->root, style_.write)));
        return commit(candidates, expected);
    }

    Result<std::string> remove(const Path& path) {
        if (path.empty()) return fail("yaml-path", "A whole document is removed with its object, not as a field.");
        auto found = locate(path);
        if (!found) return tl::unexpected(found.error());
        if (found->depth < path.steps().size())
            return fail("yaml-path", "There is no " + path.toString() + " to remove.");
        if (holdsAnchor(*found->place.node, used_))
            return fail("yaml-anchor", "It holds an anchor that an alias elsewhere in the document refers to.");
        auto parent = locate(path.parent());
        if (!parent) return tl::unexpected(parent.error());
        const auto& collection = *parent->place.node;
        const auto slot = found->place.slot;
        auto expected = root();
        auto& container = mutableAt(expected, path.parent());
        if (collection.kind == NodeKind::Mapping) {
            container.entries.erase(container.entries.begin() + static_cast<std::ptrdiff_t>(slot));
        } else {
            container.items.erase(container.items.begin() + static_cast<std::ptrdiff_t>(slot));
        }
        if (container.entries.empty() && container.items.empty()) {
            if (!collection.flow && (!collection.anchor.empty() || !collection.tag.empty()))
                return fail("yaml-tag", "The collection around it carries an anchor or a tag and cannot be emptied.");
            return commit({splicer().replaceInline(parent->place, collection.kind == NodeKind::Mapping ? "{}" : "[]")},
                          expected);
        }
        return commit({splicer().removeMember(parent->place, slot)}, expected);
    }

    Result<std::string> moveItem(const Path& path, std::size_t from, std::size_t to) {
        auto found = locate(path);
        if (!found) return tl::unexpected(found.error());
        const auto& sequence = *found->place.node;
        if (found->depth < path.steps().size() || sequence.kind != NodeKind::Sequence)
            return fail("yaml-path", "There is no list at " + path.toString() + ".");
        if (from >= sequence.items.size() || to >= sequence.items.size())
            return fail("yaml-index", "The list has " + std::to_string(sequence.items.size()) + " items.");
        if (from == to) return std::string(whole_);
        if (holdsAnchor(sequence, used_) || hasAliases(sequence))
            return fail("yaml-anchor", "The list holds anchors or aliases, whose order matters.");
        auto expected = root();
        auto& items = mutableAt(expected, path).items;
        auto item = std::move(items[from]);
        items.erase(items.begin() + static_cast<std::ptrdiff_t>(from));
        items.insert(items.begin() + static_cast<std::ptrdiff_t>(to), std::move(item));
        return commit({splicer().moveItem(found->place, from, to)}, expected);
    }

    const std::string_view& sliceText() const { return text_; }
    const Slice& slice() const { return slice_; }
    const Document& document() const { return documents_[local_]; }
    const std::vector<Document>& documents() const { return documents_; }
    std::size_t local() const { return local_; }

  private:
    struct Found {
        Place place;
        std::size_t depth = 0;  ///< Steps of the path that exist.
    };

    const Node& root() const { return documents_[local_].root; }
    Splicer splicer() const { return {text_, documents_[local_], style_}; }

    Result<Found> locate(const Path& path) const {
        Found found;
        found.place.node = &root();
        for (const auto& step : path.steps()) {
            const Node& node = *found.place.node;
            if (node.kind == NodeKind::Alias)
                return fail("yaml-alias",
                            "The field is an alias (*" + node.value + "): edit what it names, or write it out first.");
            if (!node.anchor.empty() && used_.contains(node.anchor))
                return fail("yaml-anchor",
                            "The field lies in &" + node.anchor + ", which is used elsewhere in the document too.");
            Place next;
            next.parent = &node;
            next.inFlow = found.place.inFlow || node.flow;
            if (const auto* index = std::get_if<std::size_t>(&step)) {
                if (node.kind != NodeKind::Sequence || *index >= node.items.size()) return found;
                next.node = &node.items[*index];
                next.slot = *index;
            } else {
                next.node = node.find(std::get<std::string>(step));
                if (next.node == nullptr) return found;
                for (std::size_t i = 0; i < node.entries.size(); ++i)
                    if (&node.entries[i].value == next.node) next.slot = i;
            }
            found.place = next;
            ++found.depth;
        }
        if (found.place.node->kind == NodeKind::Alias && !path.empty())
            return fail("yaml-alias", "The field is an alias (*" + found.place.node->value +
                                          "): edit what it names, or write it out first.");
        return found;
    }

    Result<void> replaceable(const Node& node) const {
        if (!node.tag.empty()) return fail("yaml-tag", "The value carries the tag " + node.tag + "; edit it as text.");
        if (holdsAnchor(node, used_))
            return fail("yaml-anchor", "The value holds an anchor that an alias elsewhere in the document refers to.");
        if (!node.anchor.empty() && (node.kind == NodeKind::Mapping || node.kind == NodeKind::Sequence))
            return fail("yaml-anchor", "The value carries the anchor &" + node.anchor + "; edit it as text.");
        return {};
    }

    /// The spellings of a scalar for this place, best first.
    std::vector<std::string> scalarTexts(const Place& place, std::string_view value, Type type) const {
        if (type != Type::String) {
            if (style_.json && type != Type::Null) return {writeFlow(scalarNode(value, type), true)};
            return {writeScalar(value, type)};
        }
        if (style_.json) return {doubleQuoted(value)};
        std::vector<std::string> texts;
        const bool block = !place.inFlow;
        const auto literal = [&] {
            if (!block) return;
            const auto indent = splicer().scalarIndent(place);
            if (auto text = writeLiteral(value, indent, splicer().parentColumn(place))) texts.push_back(*text);
            if (place.node->end.offset >= text_.size() && !texts.empty()) texts.push_back(texts.back() + "\n");
        };
        const auto style = place.node->kind == NodeKind::Scalar ? place.node->style : ScalarStyle::Plain;
        if (style == ScalarStyle::SingleQuoted)
            if (auto text = singleQuoted(value)) texts.push_back(*text);
        if (style == ScalarStyle::DoubleQuoted) texts.push_back(doubleQuoted(value));
        if (style == ScalarStyle::Folded && block) {
            if (auto text = writeFolded(value, splicer().scalarIndent(place))) {
                texts.push_back(*text);
                if (place.node->end.offset >= text_.size()) texts.push_back(*text + "\n");
            }
        }
        if (style == ScalarStyle::Literal || style == ScalarStyle::Folded || value.find('\n') != std::string_view::npos)
            literal();
        if (plainSafe(value, place.inFlow)) texts.emplace_back(value);
        texts.push_back(writeScalar(value, Type::String));
        texts.push_back(doubleQuoted(value));
        return texts;
    }

    /// Adds what `path` names below the deepest place that exists.
    Result<std::string> create(const Found& found, const Path& path, const Fragment& leaf) {
        const auto& steps = path.steps();
        for (auto depth = found.depth + 1; depth < steps.size(); ++depth)
            if (const auto* index = std::get_if<std::size_t>(&steps[depth]); index != nullptr && *index != 0)
                return fail("yaml-path", "A new list starts with item 0.");
        const Node& node = *found.place.node;
        const auto& step = steps[found.depth];
        const bool byIndex = std::holds_alternative<std::size_t>(step);
        const bool empty = node.isNull() && node.tag.empty() && node.anchor.empty();
        if (byIndex && node.kind != NodeKind::Sequence && !empty)
            return fail("yaml-path", "There is no list at that place.");
        if (!byIndex && node.kind != NodeKind::Mapping && !empty)
            return fail("yaml-path", "A field cannot be added below a value that is no mapping.");
        const auto size = node.kind == NodeKind::Sequence ? node.items.size() : 0;
        if (byIndex && std::get<std::size_t>(step) != size)
            return fail("yaml-index",
                        "The list has " + std::to_string(size) + " items; the next one is added at that position.");

        Fragment value = wrap(leaf, steps, found.depth + 1);
        auto expected = root();
        auto& target =
            mutableAt(expected, Path({steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(found.depth)}));
        const auto splice = splicer();
        if (empty) {
            Fragment whole = wrap(leaf, steps, found.depth);
            target = whole.root;
            return commit({splice.replace(found.place, whole)}, expected);
        }
        const auto plainValue = Fragment::of(value.root, style_.write);
        if (byIndex) {
            target.items.push_back(value.root);
            return commit({splice.appendItem(found.place, value), splice.appendItem(found.place, plainValue)},
                          expected);
        }
        const auto& key = std::get<std::string>(step);
        Node keyNode;
        keyNode.value = key;
        keyNode.style = ScalarStyle::DoubleQuoted;
        target.entries.push_back({keyNode, value.root});
        return commit({splice.insertEntry(found.place, key, value), splice.insertEntry(found.place, key, plainValue)},
                      expected);
    }

    /// `leaf` inside the mappings and lists that steps[from..] name; the leaf's own text is kept where nothing wraps
    /// it.
    Fragment wrap(const Fragment& leaf, const std::vector<Path::Step>& steps, std::size_t from) const {
        if (from >= steps.size()) return leaf;
        Node node = leaf.root;
        for (auto depth = steps.size(); depth > from; --depth) {
            Node outer;
            if (const auto* key = std::get_if<std::string>(&steps[depth - 1])) {
                outer.kind = NodeKind::Mapping;
                outer.entries.emplace_back();
                outer.entries.back().key.value = *key;
                outer.entries.back().key.style = ScalarStyle::DoubleQuoted;
                outer.entries.back().value = std::move(node);
            } else {
                outer.kind = NodeKind::Sequence;
                outer.items.push_back(std::move(node));
            }
            node = std::move(outer);
        }
        return Fragment::of(std::move(node), style_.write);
    }

    static Node& mutableAt(Node& root, const Path& path) { return const_cast<Node&>(*root.at(path)); }

    /// The first candidate that reads back as exactly the intended tree. What does not is never handed out.
    Result<std::string> commit(const std::vector<std::string>& candidates, const Node& expected) const {
        for (const auto& candidate : candidates) {
            const auto reread = parse(candidate);
            if (!reread || reread->size() != documents_.size()) continue;
            bool same = sameTree((*reread)[local_].root, expected);
            for (std::size_t i = 0; same && i < documents_.size(); ++i)
                if (i != local_) same = sameTree((*reread)[i].root, documents_[i].root);
            if (!same) continue;
            std::string out;
            out.reserve(whole_.size() + candidate.size());
            out += whole_.substr(0, slice_.begin);
            out += candidate;
            out += whole_.substr(slice_.end);
            return out;
        }
        return fail("yaml-unsafe",
                    "This change cannot be made without disturbing the text around it; edit it as text.");
    }

    std::string_view whole_;
    Slice slice_;
    std::string_view text_;
    std::vector<Document> documents_;
    std::size_t local_ = 0;
    DocumentStyle style_;
    std::unordered_set<std::string> used_;
};

}  // namespace

Result<std::string> setScalar(std::string_view text, std::size_t index, const Path& path, std::string_view value,
                              Type type) {
    auto editor = Editor::open(text, index);
    if (!editor) return tl::unexpected(editor.error());
    return editor->setScalar(path, value, type);
}

Result<std::string> setFragment(std::string_view text, std::size_t index, const Path& path, std::string_view fragment) {
    auto editor = Editor::open(text, index);
    if (!editor) return tl::unexpected(editor.error());
    return editor->setFragment(path, fragment);
}

Result<std::string> remove(std::string_view text, std::size_t index, const Path& path) {
    auto editor = Editor::open(text, index);
    if (!editor) return tl::unexpected(editor.error());
    return editor->remove(path);
}

Result<std::string> moveItem(std::string_view text, std::size_t index, const Path& path, std::size_t from,
                             std::size_t to) {
    auto editor = Editor::open(text, index);
    if (!editor) return tl::unexpected(editor.error());
    return editor->moveItem(path, from, to);
}

std::string appendDocument(std::string_view text, std::string_view fragment) {
    const std::string lineBreak(lineBreakOf(text.find('\n') != std::string_view::npos ? text : std::string_view("\n")));
    if (fragment.substr(0, 3) == "\xef\xbb\xbf") fragment.remove_prefix(3);
    std::string body = withLineBreaks(fragment, "\n");
    if (body.substr(0, 4) == "---\n") body.erase(0, 4);
    while (!body.empty() && (body.back() == '\n' || body.back() == ' ')) body.pop_back();
    body = withLineBreaks(body + "\n", lineBreak);
    std::string out(text);
    if (!out.empty() && out.back() != '\n' && out != "\xef\xbb\xbf") out += lineBreak;
    const auto slices = split(text);
    const auto& last = slices.back();
    auto from = last.begin;
    const bool marked = text.substr(from, 3) == "---";
    if (marked) from += 3;
    const bool emptyTail = skipGap(text, std::min(from, text.size()), last.end) >= last.end;
    // What was there may be no document at all (comments), or an empty one behind a last "---".
    if (!emptyTail) out += "---" + lineBreak;
    return out + body;
}

Result<std::string> removeDocument(std::string_view text, std::size_t index) {
    const auto slices = split(text);
    const std::size_t bom = text.substr(0, 3) == "\xef\xbb\xbf" ? 3 : 0;
    if (slices.size() > 1) {
        const bool lead = skipGap(text, slices[0].begin, slices[0].end) == slices[0].end;
        const auto slice = index + (lead ? 1 : 0);
        if (slice >= slices.size()) return fail("yaml-index", "The file has no such document.");
        auto end = slices[slice].end;
        // Without a document before it the next one needs no separator, unless something stands on its line.
        if (slice == 0 && text.substr(slices[0].begin, 3) != "---") {
            const auto next = slices[1].begin;
            if (text.find_first_not_of(" \t", next + 3) == lineEnd(text, next)) end = nextLine(text, next);
        }
        return std::string(text.substr(0, slices[slice].begin)) + std::string(text.substr(end));
    }
    const auto documents = parse(text);
    if (!documents)
        return fail("yaml-syntax",
                    "The file cannot be edited before its syntax error is mended: " + documents.error().message);
    if (index >= documents->size()) return fail("yaml-index", "The file has no such document.");
    if (documents->size() == 1) return std::string(text.substr(0, bom));
    const auto startOf = [&](std::size_t i) {
        if (i == 0) return bom;
        return i < documents->size() ? (*documents)[i - 1].end.offset : text.size();
    };
    auto candidate = std::string(text.substr(0, startOf(index))) + std::string(text.substr(startOf(index + 1)));
    const auto reread = parse(candidate);
    bool same = reread && reread->size() + 1 == documents->size();
    for (std::size_t i = 0; same && i < reread->size(); ++i)
        same = sameTree((*reread)[i].root, (*documents)[i < index ? i : i + 1].root);
    if (!same)
        return fail("yaml-unsafe",
                    "The document cannot be removed without disturbing the others; edit the file as text.");
    return candidate;
}

}  // namespace gatehouse::text::yaml
