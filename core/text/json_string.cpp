// JSON strings as text and back, and the splices of a body (json_body.h).
#include "text/json_body.h"

#include "text/find.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <optional>

namespace gatehouse::text::json {

namespace {

/// One escape sequence: how many raw bytes it takes and what it stands for.
struct Escape {
    std::size_t rawBytes = 0;
    char32_t point = 0;
};

constexpr char32_t kReplacement = 0xFFFD;

std::optional<char32_t> hex4(std::string_view text) {
    if (text.size() < 4) return std::nullopt;
    char32_t value = 0;
    for (const char c : text.substr(0, 4)) {
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0) return std::nullopt;
        value = value << 4 | static_cast<char32_t>(digit);
    }
    return value;
}

/// Reads the escape that `rest` starts with (a backslash).
std::optional<Escape> readEscape(std::string_view rest) {
    if (rest.size() < 2) return std::nullopt;
    switch (rest[1]) {
        case '"': return Escape{2, '"'};
        case '\\': return Escape{2, '\\'};
        case '/': return Escape{2, '/'};
        case 'b': return Escape{2, '\b'};
        case 'f': return Escape{2, '\f'};
        case 'n': return Escape{2, '\n'};
        case 'r': return Escape{2, '\r'};
        case 't': return Escape{2, '\t'};
        case 'u': break;
        default: return std::nullopt;
    }
    const auto first = hex4(rest.substr(2));
    if (!first) return std::nullopt;
    if (*first < 0xD800 || *first > 0xDFFF) return Escape{6, *first};
    if (*first <= 0xDBFF && rest.size() >= 12 && rest[6] == '\\' && rest[7] == 'u') {
        const auto second = hex4(rest.substr(8));
        if (second && *second >= 0xDC00 && *second <= 0xDFFF)
            return Escape{12, 0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00)};
    }
    return Escape{6, kReplacement};
}

std::size_t utf8Bytes(char32_t point) { return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4; }

void appendUtf8(std::string& out, char32_t point) {
    const auto tail = [&](int shift) { out += static_cast<char>(0x80 | (point >> shift & 0x3F)); };
    switch (utf8Bytes(point)) {
        case 1: out += static_cast<char>(point); break;
        case 2: out += static_cast<char>(0xC0 | point >> 6), tail(0); break;
        case 3: out += static_cast<char>(0xE0 | point >> 12), tail(6), tail(0); break;
        default: out += static_cast<char>(0xF0 | point >> 18), tail(12), tail(6), tail(0); break;
    }
}

std::size_t nextEscape(std::string_view raw, std::size_t from) {
    const void* hit = from < raw.size() ? std::memchr(raw.data() + from, '\\', raw.size() - from) : nullptr;
    return hit ? static_cast<std::size_t>(static_cast<const char*>(hit) - raw.data()) : raw.size();
}

}  // namespace

Result<std::string_view> decode(std::string_view raw, std::string& scratch) {
    std::size_t at = nextEscape(raw, 0);
    if (at == raw.size()) return raw;
    scratch.assign(raw.substr(0, at));
    while (at < raw.size()) {
        const auto escape = readEscape(raw.substr(at));
        if (!escape) return fail("invalid-json", "The body is not valid JSON: a string holds an unknown escape.");
        appendUtf8(scratch, escape->point);
        const std::size_t from = at + escape->rawBytes;
        at = nextEscape(raw, from);
        scratch.append(raw.substr(from, at - from));
    }
    return std::string_view(scratch);
}

std::vector<Span> rawSpans(std::string_view raw, const std::vector<Span>& spans) {
    std::vector<Span> out;
    out.reserve(spans.size());
    std::size_t at = 0, decoded = 0;
    // Walks to the raw byte where decoded offset `target` begins; a target inside an escape moves to its start.
    const auto seek = [&](std::size_t target) {
        while (decoded < target && at < raw.size()) {
            const std::size_t stop = nextEscape(raw, at);
            if (decoded + (stop - at) >= target) return at + (target - decoded);
            decoded += stop - at;
            at = stop;
            if (at == raw.size()) break;
            const auto escape = readEscape(raw.substr(at));
            if (!escape || decoded + utf8Bytes(escape->point) > target) break;
            decoded += utf8Bytes(escape->point);
            at += escape->rawBytes;
        }
        return at;
    };
    for (const Span& span : spans) {
        const std::size_t begin = seek(span.begin);
        out.push_back({begin, seek(span.end)});
    }
    return out;
}

void encode(std::string_view text, std::string& out) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto stop = findJsonEscape(text, at);
        out.append(text.substr(at, stop - at));
        at = stop;
        if (at == text.size()) return;
        switch (text[at]) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\b': out += "\\b"; break;
            case '\f': out += "\\f"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default: fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(text[at])));
        }
    }
}

std::string encode(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 8);
    encode(text, out);
    return out;
}

void Splices::apply(base::Buffer& body) {
    if (edits_.empty()) return;
    std::stable_sort(edits_.begin(), edits_.end(),
                     [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; });
    std::size_t size = body.size();
    for (const Edit& edit : edits_) size = size - edit.span.size() + edit.text.size();
    base::Buffer out;
    out.reserve(size);
    std::size_t at = 0;
    for (const Edit& edit : edits_) {
        out.append(body.view().substr(at, edit.span.begin - at));
        out.append(edit.text);
        at = edit.span.end;
    }
    out.append(body.view().substr(at));
    body = std::move(out);
    edits_.clear();
}

}  // namespace gatehouse::text::json
