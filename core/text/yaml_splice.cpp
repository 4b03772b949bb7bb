#include "text/yaml_splice.h"

#include <algorithm>

namespace gatehouse::text::yaml {
namespace {

void detect(const Node& node, std::string_view text, WriteOptions& options, bool& step, bool& dashes) {
    if (node.flow || (step && dashes)) return;
    for (const auto& entry : node.entries) {
        const auto& value = entry.value;
        const bool collection = !value.flow && (!value.entries.empty() || !value.items.empty());
        if (!collection) continue;
        const auto keyColumn = indentOf(text, entry.key.outer);
        const auto column = indentOf(text, value.begin.offset);
        if (value.kind == NodeKind::Sequence && !dashes) {
            options.indentSequences = column > keyColumn;
            dashes = true;
        }
        if (value.kind == NodeKind::Mapping && !step && column > keyColumn) {
            options.step = static_cast<int>(column - keyColumn);
            step = true;
        }
        detect(value, text, options, step, dashes);
    }
    for (const auto& item : node.items) detect(item, text, options, step, dashes);
}

std::string dedented(std::string_view text) {
    std::size_t least = std::string_view::npos;
    for (std::size_t at = 0; at < text.size(); at = nextLine(text, at)) {
        const auto first = text.find_first_not_of(' ', at);
        if (first == std::string_view::npos || text[first] == '\n') continue;
        least = std::min(least, first - at);
    }
    if (least == 0 || least == std::string_view::npos) return std::string(text);
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = nextLine(text, at);
        const auto line = text.substr(at, end - at);
        const auto spaces = std::min(least, std::min(line.find_first_not_of(' '), line.size()));
        out += line.substr(spaces);
        at = end;
    }
    return out;
}

std::string_view trimmedEnd(std::string_view text) {
    const auto last = text.find_last_not_of(" \t\r\n");
    return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

}  // namespace

Result<Fragment> Fragment::read(std::string_view source) {
    if (source.substr(0, 3) == "\xef\xbb\xbf") source.remove_prefix(3);
    auto text = withLineBreaks(source, "\n");
    if (text.substr(0, 4) == "---\n") text.erase(0, 4);
    text = dedented(text);
    auto documents = parse(text);
    if (!documents)
        return fail("yaml-syntax",
                    "Line " + std::to_string(documents.error().where.line) + ": " + documents.error().message);
    if (documents->size() != 1) return fail("yaml-fragment", "Exactly one YAML value is needed here.");
    Fragment fragment;
    fragment.root = std::move(documents->front().root);
    const auto& root = fragment.root;
    fragment.block = !root.flow && (root.kind == NodeKind::Mapping || root.kind == NodeKind::Sequence);
    // A kept block scalar ("|+") owns the blank lines at its end; elsewhere they are only layout.
    const auto end = fragment.block ? std::max(root.end.offset, trimmedEnd(text).size()) : root.end.offset;
    fragment.text = fragment.block ? text.substr(0, end) : text.substr(root.outer, end - root.outer);
    return fragment;
}

Fragment Fragment::of(Node node, const WriteOptions& options) {
    Fragment fragment;
    fragment.block = !node.entries.empty() || !node.items.empty();
    fragment.text = writeBlock(node, 0, options);
    if (!fragment.text.empty()) fragment.text.pop_back();
    fragment.root = std::move(node);
    return fragment;
}

DocumentStyle DocumentStyle::of(std::string_view text, const Node& root) {
    DocumentStyle style;
    style.lineBreak = lineBreakOf(text);
    style.json = root.flow && !root.entries.empty() && root.entries.front().key.style == ScalarStyle::DoubleQuoted;
    bool step = false;
    bool dashes = false;
    detect(root, text, style.write, step, dashes);
    return style;
}

std::string Splicer::splice(std::size_t begin, std::size_t end, std::string_view text) const {
    std::string out;
    out.reserve(text_.size() + text.size());
    out += text_.substr(0, begin);
    out += withLineBreaks(text, style_.lineBreak);
    out += text_.substr(end);
    return out;
}

bool Splicer::isBlock(const Node& node) const {
    return !node.flow && (node.kind == NodeKind::Mapping || node.kind == NodeKind::Sequence);
}

bool Splicer::jsonAt(const Node& container) const {
    return style_.json ||
           (!container.entries.empty() && container.entries.front().key.style == ScalarStyle::DoubleQuoted);
}

std::size_t Splicer::dashOf(const Node& sequence, std::size_t slot) const {
    if (slot == 0) return sequence.begin.offset;
    return skipGap(text_, sequence.items[slot - 1].end.offset, text_.size());
}

std::size_t Splicer::entryBegin(const Node& mapping, std::size_t slot) const {
    if (slot == 0) return mapping.begin.offset;
    const auto& before = mapping.entries[slot - 1];
    auto from = std::max(before.key.end.offset, before.value.end.offset);
    if (mapping.flow) from = std::min(text_.find(',', from), text_.size() - 1) + 1;
    return skipGap(text_, from, text_.size());
}

Splicer::Span Splicer::member(const Node& collection, std::size_t slot) const {
    if (collection.kind == NodeKind::Mapping) {
        const auto& entry = collection.entries[slot];
        const auto end = std::max(entry.key.end.offset, entry.value.end.offset);
        return {collection.flow ? entry.key.outer : entryBegin(collection, slot), end};
    }
    const auto& item = collection.items[slot];
    return {collection.flow ? item.outer : dashOf(collection, slot), item.end.offset};
}

std::size_t Splicer::valueFrom(const Place& place) const {
    if (place.parent == nullptr) return document_.begin.offset;
    if (place.parent->kind == NodeKind::Sequence)
        return place.parent->flow ? place.node->outer : dashOf(*place.parent, place.slot) + 1;
    const auto& key = place.parent->entries[place.slot].key;
    const auto colon = skipGap(text_, key.end.offset, text_.size());
    return colon < text_.size() && text_[colon] == ':' ? colon + 1 : key.end.offset;
}

int Splicer::parentColumn(const Place& place) const {
    if (place.parent == nullptr) return -1;
    const auto at = place.parent->kind == NodeKind::Sequence ? dashOf(*place.parent, place.slot)
                                                             : entryBegin(*place.parent, place.slot);
    return static_cast<int>(indentOf(text_, at));
}

int Splicer::scalarIndent(const Place& place) const {
    const auto& node = *place.node;
    if (node.style == ScalarStyle::Literal || node.style == ScalarStyle::Folded) {
        for (auto at = nextLine(text_, node.begin.offset); at < node.end.offset; at = nextLine(text_, at)) {
            const auto first = text_.find_first_not_of(' ', at);
            if (first != std::string_view::npos && first < lineEnd(text_, at)) return static_cast<int>(first - at);
        }
    }
    const auto column = parentColumn(place);
    return column < 0 ? style_.write.step : column + style_.write.step;
}

int Splicer::childIndent(const Place& place, const Node& child) const {
    const auto column = parentColumn(place);
    if (column < 0) return 0;
    if (place.parent->kind == NodeKind::Sequence) return column + 2;
    const bool level = child.kind == NodeKind::Sequence && !style_.write.indentSequences;
    return level ? column : column + style_.write.step;
}

std::string Splicer::replaceInline(const Place& place, std::string_view text) const {
    const auto& node = *place.node;
    const auto from = valueFrom(place);
    if (!isBlock(node)) {
        std::string piece(text);
        auto begin = node.begin.offset;
        auto end = node.end.offset;
        if (begin == end && begin > 0) {
            const char before = text_[begin - 1];
            const bool noColon = place.parent != nullptr && place.parent->kind == NodeKind::Mapping &&
                                 from == node.begin.offset && before != ':';
            if (noColon)
                piece.insert(0, ": ");
            else if (before != ' ' && before != '\n' && before != '\t')
                piece.insert(0, " ");
            if (end < text_.size() && std::string_view(" \t\r\n,]}").find(text_[end]) == std::string_view::npos)
                piece += ' ';
        }
        // The comment of a block scalar's header has no other place when the scalar becomes a single line.
        if (node.style == ScalarStyle::Literal || node.style == ScalarStyle::Folded) {
            const auto header = text_.substr(begin, lineEnd(text_, begin) - begin);
            const auto comment = header.find('#') == std::string_view::npos ? header.npos : header.find_first_of(" \t");
            if (comment != std::string_view::npos && lineEnd(text_, begin) < end) {
                const auto kept = std::string(header.substr(comment));
                const auto firstEnd = piece.find('\n');
                const bool literal = !piece.empty() && (piece[0] == '|' || piece[0] == '>');
                if (literal && firstEnd != std::string::npos)
                    piece.insert(firstEnd, kept);
                else if (firstEnd == std::string::npos)
                    piece += kept;
            }
        }
        return splice(begin, end, piece);
    }
    const auto end = lineEnd(text_, node.end.offset);
    if (place.parent == nullptr) return splice(node.outer, end, text);
    std::string rest;
    if (node.outer >= lineEnd(text_, from)) rest = trimmedEnd(text_.substr(from, lineEnd(text_, from) - from));
    return splice(from, end, " " + std::string(text) + rest);
}

std::string Splicer::replace(const Place& place, const Fragment& fragment) const {
    if (place.inFlow || style_.json)
        return replaceInline(place, writeFlow(fragment.root, place.parent ? jsonAt(*place.parent) : style_.json));
    if (fragment.block) return replaceByBlock(place, fragment);
    const auto column = std::max(parentColumn(place), 0);
    const auto indent = place.parent == nullptr ? 0 : column + style_.write.step;
    return replaceInline(place, indented(fragment.text, static_cast<std::size_t>(indent), false));
}

std::string Splicer::replaceByBlock(const Place& place, const Fragment& fragment) const {
    const auto& node = *place.node;
    const auto from = valueFrom(place);
    const auto fromEnd = lineEnd(text_, from);
    if (isBlock(node)) {
        auto column = static_cast<int>(indentOf(text_, node.begin.offset));
        if (place.parent != nullptr && place.parent->kind == NodeKind::Mapping && fragment.root.kind != node.kind)
            column = childIndent(place, fragment.root);
        const auto spaces = static_cast<std::size_t>(column);
        const auto end = lineEnd(text_, node.end.offset);
        const auto start = lineStart(text_, node.begin.offset);
        if (blankBetween(text_, start, node.begin.offset))
            return splice(start, end, indented(fragment.text, spaces, true));
        return splice(node.begin.offset, end, indented(fragment.text, spaces, false));
    }
    const auto column = static_cast<std::size_t>(childIndent(place, fragment.root));
    const auto end = lineEnd(text_, node.end.offset);
    // What follows the old value on its line can only be a comment.
    const auto comment = std::string(trimmedEnd(text_.substr(node.end.offset, end - node.end.offset)));
    if (place.parent != nullptr && place.parent->kind == NodeKind::Sequence && comment.empty() && node.outer <= fromEnd)
        return splice(from, end, " " + indented(fragment.text, column, false));
    if (place.parent == nullptr) {
        const auto start = lineStart(text_, node.outer);
        const bool ownLine = blankBetween(text_, start, node.outer) && node.begin.offset != node.end.offset;
        const auto lead = comment.empty()
                              ? std::string()
                              : comment.substr(comment.find('#') == std::string::npos ? 0 : comment.find('#')) + "\n";
        if (ownLine) return splice(start, end, lead + fragment.text);
        if (node.begin.offset == node.end.offset) return splice(fromEnd, fromEnd, "\n" + fragment.text);
        return splice(from, end,
                      (comment.empty() ? "" : " " + comment.substr(comment.find('#'))) + "\n" + fragment.text);
    }
    return splice(from, end, comment + "\n" + indented(fragment.text, column, true));
}

std::string Splicer::insertEntry(const Place& place, std::string_view key, const Fragment& value) const {
    const auto& mapping = *place.node;
    if (mapping.flow && (!mapping.entries.empty() || place.inFlow || style_.json)) {
        const bool json = jsonAt(mapping.entries.empty() && place.parent != nullptr ? *place.parent : mapping);
        return addToFlow(mapping, writeKey(key, json) + ": " + writeFlow(value.root, json));
    }
    const auto writtenKey = writeKey(key, false) + ":";
    if (mapping.entries.empty()) {
        Node entry;
        entry.kind = NodeKind::Mapping;
        entry.entries.emplace_back();
        entry.entries.back().key.value = std::string(key);
        entry.entries.back().key.style = ScalarStyle::DoubleQuoted;
        entry.entries.back().value = value.root;
        auto whole = Fragment::of(std::move(entry), style_.write);
        const bool level = value.root.kind == NodeKind::Sequence && !style_.write.indentSequences;
        whole.text = value.block
                         ? writtenKey + "\n" +
                               indented(value.text, level ? 0 : static_cast<std::size_t>(style_.write.step), true)
                         : writtenKey + " " + indented(value.text, static_cast<std::size_t>(style_.write.step), false);
        return replaceByBlock(place, whole);
    }
    const auto column = indentOf(text_, mapping.begin.offset);
    const auto deeper = column + static_cast<std::size_t>(style_.write.step);
    const bool level = value.root.kind == NodeKind::Sequence && !style_.write.indentSequences;
    const auto at = lineEnd(text_, mapping.end.offset);
    auto text = "\n" + std::string(column, ' ') + writtenKey;
    text += value.block ? "\n" + indented(value.text, level ? column : deeper, true)
                        : " " + indented(value.text, deeper, false);
    return splice(at, at, text);
}

std::string Splicer::appendItem(const Place& place, const Fragment& value) const {
    const auto& sequence = *place.node;
    if (sequence.flow && (!sequence.items.empty() || place.inFlow || style_.json)) {
        const bool json = style_.json || (place.parent != nullptr && jsonAt(*place.parent));
        return addToFlow(sequence, writeFlow(value.root, json));
    }
    const auto item = "- " + indented(value.text, 2, false);
    if (sequence.items.empty()) {
        Fragment whole;
        whole.root.kind = NodeKind::Sequence;
        whole.root.items.push_back(value.root);
        whole.block = true;
        whole.text = item;
        return replaceByBlock(place, whole);
    }
    const auto column = indentOf(text_, sequence.begin.offset);
    const auto at = lineEnd(text_, sequence.end.offset);
    return splice(at, at, "\n" + std::string(column, ' ') + indented(item, column, false));
}

std::string Splicer::addToFlow(const Node& collection, std::string_view member) const {
    const auto close = collection.end.offset - 1;
    const auto count = collection.kind == NodeKind::Mapping ? collection.entries.size() : collection.items.size();
    if (count == 0) return splice(collection.begin.offset + 1, close, member);
    const auto last = this->member(collection, count - 1);
    const auto after = skipGap(text_, last.end, close);
    const bool comma = after < close && text_[after] == ',';
    const auto at = comma ? after + 1 : last.end;
    const auto start = lineStart(text_, last.begin);
    const bool ownLine = blankBetween(text_, start, last.begin);
    std::string text = comma ? "" : ",";
    text += ownLine ? "\n" + std::string(text_.substr(start, last.begin - start)) : " ";
    return splice(at, at, text + std::string(member));
}

std::string Splicer::removeFromFlow(const Node& collection, std::size_t slot) const {
    const auto count = collection.kind == NodeKind::Mapping ? collection.entries.size() : collection.items.size();
    const auto own = member(collection, slot);
    if (slot + 1 < count) return splice(own.begin, member(collection, slot + 1).begin, "");
    const auto before = member(collection, slot - 1);
    const auto gap = text_.substr(before.end, own.begin - before.end);
    if (gap.find('#') == std::string_view::npos) return splice(before.end, own.end, "");
    // A comment of the item before stands between: its line stays, and so does its comma.
    const auto start = lineStart(text_, own.begin);
    const auto from =
        blankBetween(text_, start, own.begin) && start > 0 ? lineEnd(text_, before.end + gap.find('#')) : own.begin;
    return splice(from, own.end, "");
}

std::string Splicer::removeMember(const Place& place, std::size_t slot) const {
    const auto& collection = *place.node;
    if (collection.flow) return removeFromFlow(collection, slot);
    const auto count = collection.kind == NodeKind::Mapping ? collection.entries.size() : collection.items.size();
    const auto own = member(collection, slot);
    const auto start = lineStart(text_, own.begin);
    if (blankBetween(text_, start, own.begin)) return splice(start, nextLine(text_, own.end), "");
    if (slot + 1 >= count) return splice(own.begin, lineEnd(text_, own.end), "");
    const auto next = member(collection, slot + 1).begin;
    const auto between = text_.substr(own.end, next - own.end);
    const auto ownComment = lineEnd(text_, own.end);
    const bool comments =
        ownComment < next && text_.substr(ownComment, next - ownComment).find('#') != std::string_view::npos;
    if (!comments || between.empty()) return splice(own.begin, next, "");
    auto from = own.begin;
    while (from > 0 && text_[from - 1] == ' ') --from;
    return splice(from, ownComment, "");
}

std::string Splicer::moveItem(const Place& place, std::size_t from, std::size_t to) const {
    const auto& sequence = *place.node;
    std::vector<Span> chunks;
    for (std::size_t i = 0; i < sequence.items.size(); ++i) {
        auto span = member(sequence, i);
        if (!sequence.flow) {
            span.end = lineEnd(text_, span.end);
            // Comment lines right above an item travel with it.
            auto start = lineStart(text_, span.begin);
            const auto floor =
                i > 0 ? chunks.back().end
                      : (place.parent != nullptr ? lineEnd(text_, valueFrom(place)) : document_.begin.offset);
            if (blankBetween(text_, start, span.begin)) {
                while (start > floor + 1) {
                    const auto above = lineStart(
                        text_, start - 1 - (start > 1 && text_[start - 1] == '\n' && text_[start - 2] == '\r' ? 1 : 0));
                    const auto first = text_.find_first_not_of(" \t", above);
                    if (above <= floor || first == std::string_view::npos || text_[first] != '#') break;
                    span.begin = first;
                    start = above;
                }
            }
        }
        chunks.push_back(span);
    }
    std::vector<std::size_t> order(chunks.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto moved = order[from];
    order.erase(order.begin() + static_cast<std::ptrdiff_t>(from));
    order.insert(order.begin() + static_cast<std::ptrdiff_t>(to), moved);
    std::string out(text_.substr(0, chunks.front().begin));
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        out += text_.substr(chunks[order[i]].begin, chunks[order[i]].end - chunks[order[i]].begin);
        const auto gapEnd = i + 1 < chunks.size() ? chunks[i + 1].begin : text_.size();
        out += text_.substr(chunks[i].end, gapEnd - chunks[i].end);
    }
    return out;
}

}  // namespace gatehouse::text::yaml
