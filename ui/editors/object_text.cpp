#include "editors/object_text.h"

#include "config/workspace.h"

#include <algorithm>

namespace gatehouse::ui {
namespace {

using config::FieldPath;
using text::yaml::Document;
using text::yaml::Node;
using text::yaml::NodeKind;

/// A dash or a key of block YAML, found without parsing.
struct Token {
    std::size_t column = 0;
    bool dash = false;
    std::string key;
};

std::size_t lineStartOf(std::string_view text, std::size_t offset) {
    if (offset == 0) return 0;
    const auto found = text.rfind('\n', offset - 1);
    return found == std::string_view::npos ? 0 : found + 1;
}

/// End of the key in `line` from `from`: the position of a colon that ends a plain or quoted key.
std::size_t colonOf(std::string_view line, std::size_t from) {
    char quote = 0;
    for (std::size_t i = from; i < line.size(); ++i) {
        const char c = line[i];
        if (quote) {
            if (c == quote) quote = 0;
        } else if ((c == '"' || c == '\'') && i == from) {
            quote = c;
        } else if (c == '#' && i > 0 && line[i - 1] == ' ') {
            return std::string_view::npos;
        } else if (c == ':' && (i + 1 == line.size() || line[i + 1] == ' ' || line[i + 1] == '\r')) {
            return i;
        }
    }
    return std::string_view::npos;
}

std::string unquoted(std::string_view key) {
    if (key.size() >= 2 && (key.front() == '"' || key.front() == '\'') && key.back() == key.front())
        key = key.substr(1, key.size() - 2);
    while (!key.empty() && key.back() == ' ') key.remove_suffix(1);
    return std::string(key);
}

/// Dashes and the key of one line, left to right, and where its content starts.
std::vector<Token> tokensOf(std::string_view line, std::size_t& content) {
    std::vector<Token> tokens;
    std::size_t at = line.find_first_not_of(' ');
    content = line.size();
    if (at == std::string_view::npos) return tokens;
    while (at < line.size() && line[at] == '-' && (at + 1 == line.size() || line[at + 1] == ' ' || line[at + 1] == '\r')) {
        tokens.push_back({at, true, {}});
        at = line.find_first_not_of(' ', at + 1);
        if (at == std::string_view::npos) return tokens;
    }
    content = at;
    if (line[at] == '#' || line.substr(at).starts_with("---")) return tokens;
    if (const auto colon = colonOf(line, at); colon != std::string_view::npos)
        tokens.push_back({at, false, unquoted(line.substr(at, colon - at))});
    return tokens;
}

/// The way to a line whose content starts in column `indent`, from the lines above it: `before` ends with a line break.
FieldPath pathByIndentation(std::string_view before, std::vector<Token> sameLine, std::size_t indent) {
    std::vector<FieldPath::Step> reversed;
    std::size_t limit = indent, sequenceColumn = 0, index = 0;
    bool inSequence = false;
    const auto take = [&](const Token& token) {
        if (inSequence) {
            if (token.dash && token.column == sequenceColumn) {
                ++index;
            } else if (token.dash && token.column < sequenceColumn) {
                reversed.emplace_back(index);
                sequenceColumn = token.column;
                index = 0;
            } else if (!token.dash && token.column <= sequenceColumn) {
                reversed.emplace_back(index);
                reversed.emplace_back(token.key);
                limit = token.column;
                inSequence = false;
            }
        } else if (token.column < limit) {
            if (token.dash) {
                inSequence = true;
                sequenceColumn = token.column;
                index = 0;
            } else {
                reversed.emplace_back(token.key);
                limit = token.column;
            }
        }
    };
    for (auto token = sameLine.rbegin(); token != sameLine.rend(); ++token) take(*token);
    while (!before.empty()) {
        before.remove_suffix(1);
        const auto start = lineStartOf(before, before.size());
        const auto line = before.substr(start);
        before = before.substr(0, start);
        if (line.starts_with("---")) break;
        std::size_t content = 0;
        const auto tokens = tokensOf(line, content);
        for (auto token = tokens.rbegin(); token != tokens.rend(); ++token) take(*token);
    }
    if (inSequence) reversed.emplace_back(index);
    std::reverse(reversed.begin(), reversed.end());
    return FieldPath(std::move(reversed));
}

bool startsAtOrBefore(const text::yaml::Mark& mark, bool flow, std::size_t offset, std::uint32_t line) {
    return flow ? mark.offset <= offset : mark.line <= line;
}

void descend(const Node& node, std::size_t offset, std::uint32_t line, std::vector<FieldPath::Step>& steps) {
    if (node.kind == NodeKind::Mapping) {
        const Node::Entry* last = nullptr;
        for (const auto& entry : node.entries)
            if (startsAtOrBefore(entry.key.begin, node.flow, offset, line)) last = &entry;
        if (!last) return;
        steps.emplace_back(last->key.value);
        descend(last->value, offset, line, steps);
    } else if (node.kind == NodeKind::Sequence) {
        std::optional<std::size_t> last;
        for (std::size_t i = 0; i < node.items.size(); ++i)
            if (startsAtOrBefore(node.items[i].begin, node.flow, offset, line)) last = i;
        if (!last) return;
        steps.emplace_back(*last);
        descend(node.items[*last], offset, line, steps);
    }
}

const Document* documentAt(const std::vector<Document>& documents, std::size_t offset) {
    const Document* found = documents.empty() ? nullptr : &documents.front();
    for (const auto& document : documents)
        if (document.begin.offset <= offset) found = &document;
    return found;
}

/// The deepest existing node on the way, and the key that names it (null for an item or the root).
const Node* nearest(const Node& root, const FieldPath& path, const Node*& key) {
    const Node* node = &root;
    key = nullptr;
    for (const auto& step : path.steps()) {
        if (const auto* name = std::get_if<std::string>(&step)) {
            const auto entry = std::find_if(node->entries.begin(), node->entries.end(),
                                            [&](const Node::Entry& e) { return e.key.value == *name; });
            if (node->kind != NodeKind::Mapping || entry == node->entries.end()) return node;
            key = &entry->key;
            node = &entry->value;
        } else {
            const auto index = std::get<std::size_t>(step);
            if (node->kind != NodeKind::Sequence || index >= node->items.size()) return node;
            key = nullptr;
            node = &node->items[index];
        }
    }
    return node;
}

TextSpan trimmed(std::string_view text, TextSpan span) {
    span.end = std::min(span.end, text.size());
    while (span.end > span.begin && (text[span.end - 1] == '\n' || text[span.end - 1] == ' ' || text[span.end - 1] == '\r'))
        --span.end;
    return span;
}

}  // namespace

FieldPath pathAt(std::string_view text, std::size_t offset) {
    offset = std::min(offset, text.size());
    if (const auto documents = text::yaml::parse(text)) {
        const auto* document = documentAt(*documents, offset);
        if (!document) return {};
        const auto line = 1 + static_cast<std::uint32_t>(std::count(text.begin(), text.begin() + offset, '\n'));
        std::vector<FieldPath::Step> steps;
        descend(document->root, offset, line, steps);
        return FieldPath(std::move(steps));
    }
    const auto start = lineStartOf(text, offset);
    const auto end = std::min(text.find('\n', start), text.size());
    std::size_t content = 0;
    auto tokens = tokensOf(text.substr(start, end - start), content);
    auto path = FieldPath();
    if (!tokens.empty() && !tokens.back().dash) {
        const auto key = tokens.back();
        tokens.pop_back();
        return pathByIndentation(text.substr(0, start), tokens, key.column).key(key.key);
    }
    return pathByIndentation(text.substr(0, start), tokens, content == end - start ? offset - start : content);
}

std::optional<TextSpan> spanOf(std::string_view text, const FieldPath& path, std::size_t document) {
    const auto documents = text::yaml::parse(text);
    if (!documents || document >= documents->size()) return std::nullopt;
    const Node* key = nullptr;
    const Node* node = nearest((*documents)[document].root, path, key);
    return trimmed(text, {key ? key->begin.offset : node->begin.offset, node->end.offset});
}

std::optional<TextSpan> markSpanOf(std::string_view text, const FieldPath& path, std::size_t document) {
    const auto documents = text::yaml::parse(text);
    if (!documents || document >= documents->size()) return std::nullopt;
    const Node* key = nullptr;
    const Node* node = nearest((*documents)[document].root, path, key);
    if (key && (node->kind != NodeKind::Scalar || node->end.offset <= node->begin.offset))
        return trimmed(text, {key->begin.offset, key->end.offset});
    auto span = trimmed(text, {node->begin.offset, node->end.offset});
    const auto lineEnd = text.find('\n', span.begin);
    if (lineEnd != std::string_view::npos) span.end = std::min(span.end, std::max(lineEnd, span.begin));
    return span;
}

const config::FieldSpec* specAt(const config::FieldSpec& root, const FieldPath& path) {
    const config::FieldSpec* spec = &root;
    for (const auto& step : path.steps()) {
        if (const auto* name = std::get_if<std::string>(&step))
            spec = spec->type == config::FieldType::Object ? spec->member(*name) : nullptr;
        else
            spec = spec->element();
        if (!spec) return nullptr;
    }
    return spec;
}

Completions completionsAt(const config::KindSchema& schema, std::string_view text, std::size_t offset) {
    offset = std::min(offset, text.size());
    const auto start = lineStartOf(text, offset);
    const auto typed = text.substr(start, offset - start);
    std::size_t content = 0;
    auto tokens = tokensOf(typed, content);
    Completions out;
    std::string_view word;
    const config::FieldSpec* spec = nullptr;
    std::vector<std::string> all;
    if (!tokens.empty() && !tokens.back().dash) {
        const auto key = tokens.back();
        tokens.pop_back();
        spec = specAt(schema.root, pathByIndentation(text.substr(0, start), tokens, key.column).key(key.key));
        auto from = colonOf(typed, key.column) + 1;
        while (from < typed.size() && typed[from] == ' ') ++from;
        word = typed.substr(from);
        out.replaceFrom = start + from;
        if (spec && spec->type == config::FieldType::Boolean) all = {"true", "false"};
        if (spec) all.insert(all.end(), spec->enumValues.begin(), spec->enumValues.end());
        if (spec && all.empty() && !spec->defaultValue.empty()) all.push_back(spec->defaultValue);
    } else {
        word = content < typed.size() ? typed.substr(content) : std::string_view{};
        if (!word.empty() && word.front() == '#') return out;
        const auto indent = word.empty() ? typed.size() : content;
        spec = specAt(schema.root, pathByIndentation(text.substr(0, start), tokens, indent));
        out.replaceFrom = offset - word.size();
        out.keys = true;
        std::string prefix;
        if (spec && spec->type == config::FieldType::List) {
            prefix = "- ";
            spec = spec->element();
        }
        out.owner = spec;
        if (spec && spec->type == config::FieldType::Object)
            for (const auto& member : spec->fields) all.push_back(prefix + member.name);
        else if (spec && !spec->enumValues.empty())
            for (const auto& value : spec->enumValues) all.push_back(prefix + value);
    }
    for (auto& candidate : all)
        if (candidate.size() > word.size() && std::string_view(candidate).starts_with(word))
            out.candidates.push_back(std::move(candidate));
    return out;
}

std::optional<config::ObjectKey> keyOfText(const std::string& text) {
    const auto set = config::readObjects({{"text.yaml", text}});
    if (!set || set->objects.empty()) return std::nullopt;
    return set->objects.front().key;
}

FieldPath parsePath(std::string_view text) {
    auto path = FieldPath::parse(text);
    return path ? *path : FieldPath();
}

bool isWithin(const FieldPath& path, const FieldPath& ancestor) {
    const auto& a = ancestor.steps();
    const auto& p = path.steps();
    return a.size() <= p.size() && std::equal(a.begin(), a.end(), p.begin());
}

}  // namespace gatehouse::ui
