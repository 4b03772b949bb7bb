// Character classes of RFC 9110 and RFC 3986. Thread: pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace gatehouse::http {

enum CharClass : std::uint8_t {
    kTokenChar = 1,  ///< RFC 9110 tchar.
    kHostChar = 2,   ///< RFC 3986 reg-name.
    kHexChar = 4,
    kUnreserved = 8,  ///< RFC 3986 section 2.3.
};

inline constexpr std::array<std::uint8_t, 256> kCharTable = [] {
    std::array<std::uint8_t, 256> table{};
    const auto mark = [&](std::string_view characters, std::uint8_t classes) {
        for (const char c : characters) table[static_cast<unsigned char>(c)] |= classes;
    };
    for (int c = 0; c < 256; ++c) {
        const bool alpha = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool digit = c >= '0' && c <= '9';
        if (alpha || digit) table[c] |= kTokenChar | kHostChar | kUnreserved;
        if (digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) table[c] |= kHexChar;
    }
    mark("!#$%&'*+-.^_`|~", kTokenChar);
    mark("-._~!$&'()*+,;=%", kHostChar);
    mark("-._~", kUnreserved);
    return table;
}();

constexpr bool hasClass(char c, std::uint8_t classes) {
    return (kCharTable[static_cast<unsigned char>(c)] & classes) != 0;
}
constexpr bool isTokenChar(char c) { return hasClass(c, kTokenChar); }

constexpr int hexValue(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

constexpr std::string_view trimOws(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// Media types and their like: `part` is in small letters, ASCII.
constexpr bool containsIgnoreCase(std::string_view text, std::string_view part) {
    for (std::size_t at = 0; at + part.size() <= text.size(); ++at) {
        std::size_t same = 0;
        while (same < part.size() && (text[at + same] >= 'A' && text[at + same] <= 'Z' ? text[at + same] + ('a' - 'A') : text[at + same]) == part[same]) ++same;
        if (same == part.size()) return true;
    }
    return false;
}

}  // namespace gatehouse::http
