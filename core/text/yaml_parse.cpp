#include "text/yaml.h"
#include "text/yaml_internal.h"

#include <yaml.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <unordered_set>

namespace gatehouse::text::yaml {
namespace {

constexpr std::size_t kMaxBytes = 64u << 20;
constexpr std::size_t kMaxDepth = 200;
constexpr std::size_t kMaxAliases = 100'000;
constexpr std::string_view kBom = "\xef\xbb\xbf";

/// From libyaml's character counts to bytes, lines and columns. Lines end as editors see them (LF, CR LF, CR): libyaml
/// also counts U+0085 and its like, which would put every later diagnostic on a wrong line.
class Places {
  public:
    Places(std::string_view text, std::size_t base) : text_(text), base_(base) {
        for (std::size_t at = base_; at < text_.size();) {
            lines_.push_back(at);
            at = nextLine(text_, at);
        }
        if (lines_.empty()) lines_.push_back(base_);
        if (!text_.empty() && (text_.back() == '\n' || text_.back() == '\r')) lines_.push_back(text_.size());
        for (const char c : text_) ascii_ = ascii_ && static_cast<unsigned char>(c) < 0x80;
        if (ascii_) return;
        std::size_t characters = 0;
        for (std::size_t at = base_; at < text_.size(); ++at) {
            if ((static_cast<unsigned char>(text_[at]) & 0xc0) == 0x80) continue;
            if (characters++ % kStride == 0) strides_.push_back(at);
        }
    }

    std::size_t byteOf(std::size_t character) const {
        if (ascii_) return std::min(base_ + character, text_.size());
        if (character / kStride >= strides_.size()) return text_.size();
        std::size_t at = strides_[character / kStride];
        for (std::size_t left = character % kStride; left > 0 && at < text_.size(); --left) at = nextCharacter(at);
        return at;
    }

    Mark mark(std::size_t offset) const {
        offset = std::min(offset, text_.size());
        const auto line = std::upper_bound(lines_.begin(), lines_.end(), offset) - lines_.begin();
        const auto start = line > 0 ? lines_[static_cast<std::size_t>(line) - 1] : base_;
        std::uint32_t column = 1;
        if (ascii_) {
            column += static_cast<std::uint32_t>(offset - std::min(start, offset));
        } else {
            for (std::size_t at = start; at < offset; at = nextCharacter(at)) ++column;
        }
        return {offset, static_cast<std::uint32_t>(std::max<std::ptrdiff_t>(line, 1)), column};
    }

  private:
    static constexpr std::size_t kStride = 64;

    std::size_t nextCharacter(std::size_t at) const {
        do {
            ++at;
        } while (at < text_.size() && (static_cast<unsigned char>(text_[at]) & 0xc0) == 0x80);
        return at;
    }

    std::string_view text_;
    std::size_t base_;
    std::vector<std::size_t> lines_;
    std::vector<std::size_t> strides_;
    bool ascii_ = true;
};

struct Event {
    yaml_event_t raw{};
    Event() = default;
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;
    ~Event() { yaml_event_delete(&raw); }
};

std::string shortTag(const yaml_char_t* tag) {
    if (tag == nullptr) return {};
    const std::string_view text = reinterpret_cast<const char*>(tag);
    constexpr std::string_view kStandard = "tag:yaml.org,2002:";
    if (text.substr(0, kStandard.size()) == kStandard) return "!!" + std::string(text.substr(kStandard.size()));
    return std::string(text);
}

std::string textOf(const yaml_char_t* text) {
    return text == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(text));
}

class TreeBuilder {
  public:
    explicit TreeBuilder(std::string_view text)
        : text_(text), base_(text.substr(0, 3) == kBom ? 3 : 0), places_(text, base_) {
        ready_ = yaml_parser_initialize(&parser_) != 0;
        if (!ready_) return;
        yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text_.data()) + base_,
                                     text_.size() - base_);
    }
    ~TreeBuilder() {
        if (ready_) yaml_parser_delete(&parser_);
    }
    TreeBuilder(const TreeBuilder&) = delete;
    TreeBuilder& operator=(const TreeBuilder&) = delete;

    tl::expected<std::vector<Document>, ParseError> run() {
        std::vector<Document> documents;
        std::size_t previousEnd = base_;
        if (!ready_) return tl::unexpected(ParseError{{}, "Out of memory."});
        while (true) {
            Event event;
            if (!next(event)) return tl::unexpected(error_);
            if (event.raw.type == YAML_STREAM_END_EVENT) return documents;
            if (event.raw.type != YAML_DOCUMENT_START_EVENT) continue;
            Document document;
            const bool implicit = event.raw.data.document_start.implicit != 0;
            document.begin = places_.mark(implicit ? previousEnd : byte(event.raw.end_mark));
            Event root;
            if (!next(root) || !build(root, document.root, 0)) return tl::unexpected(error_);
            Event end;
            if (!next(end)) return tl::unexpected(error_);
            document.end = places_.mark(byte(end.raw.start_mark));
            previousEnd = byte(end.raw.end_mark);
            if (isEmptyPlain(document.root)) place(document.root, document.begin.offset);
            findDuplicates(document.root, Way{}, document.duplicates);
            documents.push_back(std::move(document));
        }
    }

  private:
    std::size_t byte(const yaml_mark_t& mark) const { return places_.byteOf(mark.index); }

    bool next(Event& event) {
        if (yaml_parser_parse(&parser_, &event.raw) != 0) return true;
        event.raw = {};
        std::string message = parser_.problem != nullptr ? parser_.problem : "cannot be read";
        std::size_t offset = byte(parser_.problem_mark);
        if (parser_.error == YAML_READER_ERROR) {
            offset = std::min(base_ + parser_.problem_offset, text_.size());
            message = "the text is not valid UTF-8 or holds a control character (" + message + ")";
        } else if (parser_.context != nullptr) {
            message += std::string(", ") + parser_.context;
            const auto from = places_.mark(byte(parser_.context_mark));
            if (parser_.context_mark.index != parser_.problem_mark.index)
                message += " that starts on line " + std::to_string(from.line);
        }
        message[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(message[0])));
        return failAt(offset, message + ".");
    }

    bool failAt(std::size_t offset, std::string message) {
        error_ = {places_.mark(offset), std::move(message)};
        return false;
    }

    /// Where the node itself starts behind "&anchor" and "!tag".
    std::size_t skipProperties(std::size_t from, std::size_t end) const {
        for (std::size_t at = from;;) {
            at = skipGap(text_, at, end);
            if (at >= end || (text_[at] != '&' && text_[at] != '!')) return std::min(at, end);
            while (at < end && std::string_view(" \t\r\n").find(text_[at]) == std::string_view::npos) ++at;
        }
    }

    bool build(Event& event, Node& out, std::size_t depth) {
        const auto start = byte(event.raw.start_mark);
        if (depth > kMaxDepth) return failAt(start, "The text nests more than 200 levels deep.");
        out.outer = start;
        switch (event.raw.type) {
            case YAML_ALIAS_EVENT:
                if (++aliases_ > kMaxAliases) return failAt(start, "The text uses more than 100,000 aliases.");
                out.kind = NodeKind::Alias;
                out.value = textOf(event.raw.data.alias.anchor);
                out.begin = places_.mark(start);
                out.end = places_.mark(byte(event.raw.end_mark));
                return true;
            case YAML_SCALAR_EVENT:
                return buildScalar(event.raw, out);
            case YAML_SEQUENCE_START_EVENT:
                return buildSequence(event.raw, out, depth);
            case YAML_MAPPING_START_EVENT:
                return buildMapping(event.raw, out, depth);
            default:
                return failAt(start, "The text has an unexpected structure.");
        }
    }

    bool buildScalar(const yaml_event_t& event, Node& out) {
        const auto& scalar = event.data.scalar;
        out.kind = NodeKind::Scalar;
        out.value.assign(reinterpret_cast<const char*>(scalar.value), scalar.length);
        out.tag = shortTag(scalar.tag);
        out.anchor = textOf(scalar.anchor);
        switch (scalar.style) {
            case YAML_SINGLE_QUOTED_SCALAR_STYLE:
                out.style = ScalarStyle::SingleQuoted;
                break;
            case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
                out.style = ScalarStyle::DoubleQuoted;
                break;
            case YAML_LITERAL_SCALAR_STYLE:
                out.style = ScalarStyle::Literal;
                break;
            case YAML_FOLDED_SCALAR_STYLE:
                out.style = ScalarStyle::Folded;
                break;
            default:
                out.style = ScalarStyle::Plain;
                break;
        }
        auto begin = out.outer;
        auto end = byte(event.end_mark);
        const bool properties = scalar.tag != nullptr || scalar.anchor != nullptr;
        if (properties && out.style == ScalarStyle::Plain && out.value.empty()) {
            begin = end;
        } else if (properties) {
            begin = skipProperties(begin, end);
        }
        if (out.style == ScalarStyle::Literal || out.style == ScalarStyle::Folded) end = endOfBlockScalar(begin, end);
        out.begin = places_.mark(begin);
        out.end = places_.mark(std::max(begin, end));
        return true;
    }

    /// libyaml counts the blank lines behind a block scalar to it; they are its own only where it keeps them ("+").
    std::size_t endOfBlockScalar(std::size_t begin, std::size_t end) const {
        const auto headerEnd = std::min(lineEnd(text_, begin), end);
        auto header = begin + 1;
        bool keep = false;
        std::size_t indicator = 0;
        while (header < headerEnd && text_[header] != ' ' && text_[header] != '\t') {
            keep = keep || text_[header] == '+';
            if (text_[header] >= '1' && text_[header] <= '9') indicator = static_cast<std::size_t>(text_[header] - '0');
            ++header;
        }
        if (end <= headerEnd) return headerBare(begin, headerEnd);
        std::size_t indent = std::string_view::npos;
        for (auto at = nextLine(text_, headerEnd); at < end && indent == std::string_view::npos;
             at = nextLine(text_, at)) {
            const auto content = text_.find_first_not_of(' ', at);
            if (content != std::string_view::npos && content < end && text_[content] != '\n' && text_[content] != '\r')
                indent = content - at;
        }
        // With an indicator a first line may start with spaces of its own, so a line of blanks may be content.
        if (indicator > 0) indent = std::min(indent, indicator);
        auto last = end;
        while (last > headerEnd) {
            auto stop = last;
            if (text_[stop - 1] == '\n' || text_[stop - 1] == '\r') {
                --stop;
                if (stop > headerEnd && text_[stop] == '\n' && text_[stop - 1] == '\r') --stop;
            }
            if (keep) return std::max(stop, headerEnd);
            const auto start = lineStart(text_, stop);
            const bool blank = blankBetween(text_, start, stop) && stop - start <= indent;
            if (!blank) return stop;
            if (start <= headerEnd) break;
            last = start;
        }
        return headerBare(begin, headerEnd);
    }

    /// A block scalar without content ends with its indicators, before a comment.
    std::size_t headerBare(std::size_t begin, std::size_t headerEnd) const {
        auto end = begin;
        while (end < headerEnd && text_[end] != ' ' && text_[end] != '\t') ++end;
        return end;
    }

    bool buildSequence(const yaml_event_t& event, Node& out, std::size_t depth) {
        const auto& start = event.data.sequence_start;
        out.kind = NodeKind::Sequence;
        out.tag = shortTag(start.tag);
        out.anchor = textOf(start.anchor);
        out.flow = start.style == YAML_FLOW_SEQUENCE_STYLE;
        beginCollection(out, start.tag != nullptr || start.anchor != nullptr);
        while (true) {
            Event event2;
            if (!next(event2)) return false;
            if (event2.raw.type == YAML_SEQUENCE_END_EVENT) {
                endCollection(out, event2.raw);
                return true;
            }
            out.items.emplace_back();
            if (!build(event2, out.items.back(), depth + 1)) return false;
        }
    }

    bool buildMapping(const yaml_event_t& event, Node& out, std::size_t depth) {
        const auto& start = event.data.mapping_start;
        out.kind = NodeKind::Mapping;
        out.tag = shortTag(start.tag);
        out.anchor = textOf(start.anchor);
        out.flow = start.style == YAML_FLOW_MAPPING_STYLE;
        beginCollection(out, start.tag != nullptr || start.anchor != nullptr);
        while (true) {
            Event key;
            if (!next(key)) return false;
            if (key.raw.type == YAML_MAPPING_END_EVENT) {
                endCollection(out, key.raw);
                return true;
            }
            out.entries.emplace_back();
            if (!build(key, out.entries.back().key, depth + 1)) return false;
            Event value;
            if (!next(value) || !build(value, out.entries.back().value, depth + 1)) return false;
            if (isEmptyPlain(out.entries.back().value)) placeEmptyValue(out.entries.back());
        }
    }

    static bool isEmptyPlain(const Node& node) {
        return node.kind == NodeKind::Scalar && node.style == ScalarStyle::Plain && node.value.empty() &&
               node.tag.empty() && node.anchor.empty();
    }

    void place(Node& node, std::size_t offset) const {
        node.begin = node.end = places_.mark(offset);
        node.outer = offset;
    }

    /// libyaml puts a missing value where the next token stands; it belongs behind its colon, or its key without one.
    void placeEmptyValue(Node::Entry& entry) const {
        const auto colon = skipGap(text_, entry.key.end.offset, text_.size());
        const bool written = colon < text_.size() && text_[colon] == ':' && entry.value.begin.offset > colon;
        place(entry.value, written ? colon + 1 : entry.key.end.offset);
    }

    void beginCollection(Node& out, bool properties) const {
        out.begin = places_.mark(properties ? skipProperties(out.outer, text_.size()) : out.outer);
    }

    void endCollection(Node& out, const yaml_event_t& event) const {
        if (out.flow) {
            out.end = places_.mark(byte(event.end_mark));
        } else if (!out.items.empty()) {
            out.end = out.items.back().end;
        } else if (!out.entries.empty()) {
            out.end = out.entries.back().value.end;
        } else {
            out.end = out.begin;
        }
    }

    /// The way to a node as a chain on the stack: paths are only written out for what is reported.
    struct Way {
        const Way* up = nullptr;
        const std::string* key = nullptr;
        std::size_t index = 0;
    };

    static std::string pathOf(const Way& way) {
        std::vector<Path::Step> steps;
        for (const auto* at = &way; at->up != nullptr; at = at->up) {
            if (at->key != nullptr) {
                steps.emplace_back(*at->key);
            } else {
                steps.emplace_back(at->index);
            }
        }
        std::reverse(steps.begin(), steps.end());
        return Path(std::move(steps)).toString();
    }

    static bool isDuplicate(const Node& mapping, std::size_t i, std::unordered_set<std::string_view>& seen) {
        const auto& key = mapping.entries[i].key;
        if (key.kind != NodeKind::Scalar || (key.value == "<<" && key.style == ScalarStyle::Plain)) return false;
        constexpr std::size_t kFew = 12;
        if (mapping.entries.size() > kFew) return !seen.insert(key.value).second;
        for (std::size_t j = 0; j < i; ++j)
            if (mapping.entries[j].key.kind == NodeKind::Scalar && mapping.entries[j].key.value == key.value)
                return true;
        return false;
    }

    static void findDuplicates(const Node& node, const Way& way, std::vector<DuplicateKey>& out) {
        std::unordered_set<std::string_view> seen;
        for (std::size_t i = 0; i < node.entries.size(); ++i) {
            const auto& [key, value] = node.entries[i];
            const Way here{&way, &key.value, 0};
            if (isDuplicate(node, i, seen)) out.push_back({pathOf(here), key.begin});
            if (value.kind == NodeKind::Mapping || value.kind == NodeKind::Sequence) findDuplicates(value, here, out);
        }
        for (std::size_t i = 0; i < node.items.size(); ++i)
            if (node.items[i].kind == NodeKind::Mapping || node.items[i].kind == NodeKind::Sequence)
                findDuplicates(node.items[i], Way{&way, nullptr, i}, out);
    }

    std::string_view text_;
    std::size_t base_;
    Places places_;
    yaml_parser_t parser_{};
    bool ready_ = false;
    std::size_t aliases_ = 0;
    ParseError error_;
};

}  // namespace

tl::expected<std::vector<Document>, ParseError> parse(std::string_view text) {
    if (text.size() > kMaxBytes) return tl::unexpected(ParseError{{}, "The text is larger than 64 MiB."});
    return TreeBuilder(text).run();
}

}  // namespace gatehouse::text::yaml
