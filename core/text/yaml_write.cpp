#include "text/yaml_internal.h"

namespace gatehouse::text::yaml {
namespace {

constexpr std::size_t kLongestSimpleKey = 1000;  // libyaml gives up on simple keys of more than 1,024 characters.

std::string properties(const Node& node) {
    std::string out;
    if (!node.anchor.empty()) out += "&" + node.anchor + " ";
    if (!node.tag.empty()) {
        const bool shortForm = node.tag[0] == '!' && node.tag.find_first_of(",[]{} ") == std::string::npos;
        out += (shortForm ? node.tag : "!<" + node.tag + ">") + " ";
    }
    return out;
}

/// A scalar in JSON's own spelling: yes, 0x10 and ~ are YAML's alone.
std::string jsonScalar(const Node& node) {
    switch (node.type()) {
        case Type::Null:
            return "null";
        case Type::Boolean:
            return node.asBool().value_or(false) ? "true" : "false";
        case Type::Integer:
            if (const auto integer = node.asInt()) return std::to_string(*integer);
            return node.value;
        case Type::Float:
            return node.value;
        case Type::String:
            break;
    }
    return doubleQuoted(node.value);
}

class BlockWriter {
  public:
    explicit BlockWriter(const WriteOptions& options) : options_(options) {}

    /// Writes `node` as a block whose first line starts at the current place, already indented by `indent`.
    void block(const Node& node, int indent) {
        if (node.kind == NodeKind::Mapping && !node.entries.empty()) {
            bool first = true;
            for (const auto& entry : node.entries) {
                if (!first) pad(indent);
                first = false;
                member(entry, indent);
            }
        } else if (node.kind == NodeKind::Sequence && !node.items.empty()) {
            bool first = true;
            for (const auto& item : node.items) {
                if (!first) pad(indent);
                first = false;
                out += "-";
                value(item, indent, indent + 2, true);
            }
        } else {
            out += leaf(node, indent, indent);
            out += '\n';
        }
    }

    void pad(int indent) { out.append(static_cast<std::size_t>(indent), ' '); }

    std::string out;

  private:
    void member(const Node::Entry& entry, int indent) {
        const auto key = entry.key.kind == NodeKind::Scalar ? writeScalarKey(entry.key) : writeFlow(entry.key, false);
        if (key.size() > kLongestSimpleKey || entry.key.kind == NodeKind::Mapping ||
            entry.key.kind == NodeKind::Sequence) {
            out += "? " + key + "\n";
            pad(indent);
            out += ":";
        } else {
            out += key + (entry.key.kind == NodeKind::Alias ? " :" : ":");
        }
        const bool sequence = entry.value.kind == NodeKind::Sequence;
        value(entry.value, indent, sequence && !options_.indentSequences ? indent : indent + options_.step, false);
    }

    static std::string writeScalarKey(const Node& key) {
        return properties(key) + (key.type() == Type::String ? writeKey(key.value, false) : key.value);
    }

    void value(const Node& node, int parentIndent, int childIndent, bool compact) {
        const bool collection = !node.entries.empty() || !node.items.empty();
        const auto before = properties(node);
        if (!collection) {
            const auto text =
                before + leaf(node, childIndent > parentIndent ? childIndent : parentIndent + 2, parentIndent);
            if (!text.empty()) out += ' ';
            out += text;
            out += '\n';
        } else if (compact && before.empty()) {
            out += ' ';
            block(node, childIndent);
        } else {
            if (!before.empty()) out += " " + before.substr(0, before.size() - 1);
            out += '\n';
            pad(childIndent);
            block(node, childIndent);
        }
    }

    static std::string leaf(const Node& node, int indent, int parentIndent) {
        if (node.kind == NodeKind::Alias) return "*" + node.value;
        if (node.kind == NodeKind::Mapping) return "{}";
        if (node.kind == NodeKind::Sequence) return "[]";
        const auto type = node.type();
        if (type == Type::Null && node.value.empty() && !node.tag.empty()) return {};
        if (!node.tag.empty() && node.tag != "!!str")
            return type == Type::String ? doubleQuoted(node.value) : node.value;
        if (type == Type::String && node.value.find('\n') != std::string::npos)
            if (auto literal = writeLiteral(node.value, indent, parentIndent)) return *literal;
        return writeScalar(node.value, type);
    }

    const WriteOptions& options_;
};

}  // namespace

std::optional<std::string> writeLiteral(std::string_view value, int indent, int parentIndent) {
    if (value.empty() || !printableText(value)) return std::nullopt;
    const auto lastText = value.find_last_not_of('\n');
    if (lastText == std::string_view::npos) return std::nullopt;
    const auto breaks = value.size() - lastText - 1;
    const auto firstText = value.find_first_not_of('\n');
    // Tabs at the start of a line, and lines of blanks alone, read differently from reader to reader.
    for (std::size_t at = 0; at < value.size();) {
        const auto stop = std::min(value.find('\n', at), value.size());
        const auto line = value.substr(at, stop - at);
        if (!line.empty() && (line[0] == '\t' || line.find_first_not_of(" \t") == std::string_view::npos))
            return std::nullopt;
        at = stop + 1;
    }
    std::string out = "|";
    if (value[firstText] == ' ' || firstText > 0) {
        const int indicator = indent - std::max(parentIndent, 0);
        if (indicator < 1 || indicator > 9) return std::nullopt;
        out += std::to_string(indicator);
    }
    if (breaks == 0) out += '-';
    if (breaks > 1) out += '+';
    const auto body = breaks == 0 ? value : value.substr(0, value.size() - 1);
    return out + "\n" + indented(body, static_cast<std::size_t>(indent), true);
}

std::optional<std::string> writeFolded(std::string_view value, int indent) {
    if (value.empty() || !printableText(value)) return std::nullopt;
    const bool clip = value.back() == '\n';
    const auto body = clip ? value.substr(0, value.size() - 1) : value;
    std::string lines;
    for (std::size_t at = 0; at <= body.size();) {
        const auto stop = std::min(body.find('\n', at), body.size());
        const auto line = body.substr(at, stop - at);
        if (line.empty() || line[0] == ' ' || line[0] == '\t' || line.back() == ' ') return std::nullopt;
        if (at > 0) lines += "\n\n";
        lines += line;
        at = stop + 1;
    }
    return std::string(clip ? ">" : ">-") + "\n" + indented(lines, static_cast<std::size_t>(indent), true);
}

std::string writeKey(std::string_view key, bool json) {
    return json ? doubleQuoted(key) : writeScalar(key, Type::String);
}

std::string writeFlow(const Node& node, bool json) {
    const auto before = json ? std::string() : properties(node);
    if (node.kind == NodeKind::Alias) return "*" + node.value + " ";
    if (node.kind == NodeKind::Scalar) {
        const auto type = node.type();
        if (json) return jsonScalar(node);
        if (!node.tag.empty() && node.tag != "!!str")
            return before + (type == Type::String ? doubleQuoted(node.value) : node.value);
        return before + writeScalar(node.value, type);
    }
    std::string out = before + (node.kind == NodeKind::Mapping ? "{" : "[");
    bool first = true;
    for (const auto& entry : node.entries) {
        if (!first) out += ", ";
        first = false;
        const bool typedKey = !json && entry.key.kind == NodeKind::Scalar && entry.key.type() != Type::String;
        if (entry.key.kind != NodeKind::Scalar) {
            out += writeFlow(entry.key, json);
        } else {
            out += typedKey ? entry.key.value : writeKey(entry.key.value, json);
        }
        out += ": " + writeFlow(entry.value, json);
    }
    for (const auto& item : node.items) {
        if (!first) out += ", ";
        first = false;
        out += writeFlow(item, json);
    }
    return out + (node.kind == NodeKind::Mapping ? "}" : "]");
}

std::string writeBlock(const Node& node, int indent, const WriteOptions& options) {
    BlockWriter writer(options);
    writer.pad(indent);
    const bool collection = !node.entries.empty() || !node.items.empty();
    const auto before = properties(node);
    if (!before.empty()) {
        writer.out += collection ? before.substr(0, before.size() - 1) + "\n" : before;
        if (collection) writer.pad(indent);
    }
    writer.block(node, indent);
    return std::move(writer.out);
}

std::string writeNode(const Node& node, int indent) {
    return writeBlock(node, indent, {});
}

}  // namespace gatehouse::text::yaml
