#include "text/yaml_internal.h"

namespace gatehouse::text::yaml {

std::size_t lineStart(std::string_view text, std::size_t offset) {
    while (offset > 0 && text[offset - 1] != '\n' && text[offset - 1] != '\r') --offset;
    return offset;
}

std::size_t lineEnd(std::string_view text, std::size_t offset) {
    const auto end = text.find_first_of("\r\n", offset);
    return end == std::string_view::npos ? text.size() : end;
}

std::size_t nextLine(std::string_view text, std::size_t offset) {
    auto end = lineEnd(text, offset);
    if (end == text.size()) return end;
    if (text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n') ++end;
    return end + 1;
}

std::size_t indentOf(std::string_view text, std::size_t offset) {
    return offset - lineStart(text, offset);
}

bool blankBetween(std::string_view text, std::size_t from, std::size_t to) {
    for (; from < to; ++from)
        if (text[from] != ' ' && text[from] != '\t') return false;
    return true;
}

std::size_t skipGap(std::string_view text, std::size_t from, std::size_t end) {
    while (from < end) {
        const char c = text[from];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            ++from;
        } else if (c == '#') {
            from = lineEnd(text, from);
        } else {
            break;
        }
    }
    return from;
}

std::string_view lineBreakOf(std::string_view text) {
    const auto end = text.find('\n');
    return end != std::string_view::npos && end > 0 && text[end - 1] == '\r' ? "\r\n" : "\n";
}

std::string withLineBreaks(std::string_view text, std::string_view lineBreak) {
    std::string out;
    out.reserve(text.size() + text.size() / 16);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        if (text[i] == '\n') {
            out += lineBreak;
        } else {
            out += text[i];
        }
    }
    return out;
}

std::string indented(std::string_view text, std::size_t spaces, bool firstLine) {
    std::string out;
    bool first = true;
    for (std::size_t at = 0; at < text.size(); first = false) {
        const auto end = nextLine(text, at);
        const auto line = text.substr(at, end - at);
        const bool blank = line.find_first_not_of(" \t\r\n") == std::string_view::npos;
        if (!blank && (!first || firstLine)) out.append(spaces, ' ');
        out += line;
        at = end;
    }
    return out;
}

std::vector<Slice> split(std::string_view text) {
    std::vector<Slice> slices;
    Slice current;
    if (text.substr(0, 3) == "\xef\xbb\xbf") current.begin = 3;
    std::uint32_t line = 1;
    for (std::size_t at = current.begin; at < text.size(); ++line) {
        const char first = text[at];
        if (first == '%')
            return {{current.begin == 3 || text.substr(0, 3) == "\xef\xbb\xbf" ? 3u : 0u, text.size(), 1}};
        if (first == '-' || first == '.') {
            const auto mark = text.substr(at, 3);
            const bool ends =
                at + 3 >= text.size() || std::string_view(" \t\r\n").find(text[at + 3]) != std::string_view::npos;
            if (mark == "..." && ends) return {{text.substr(0, 3) == "\xef\xbb\xbf" ? 3u : 0u, text.size(), 1}};
            if (mark == "---" && ends && at > current.begin) {
                current.end = at;
                slices.push_back(current);
                current = {at, at, line};
            }
        }
        at = nextLine(text, at);
    }
    current.end = text.size();
    slices.push_back(current);
    return slices;
}

}  // namespace gatehouse::text::yaml
