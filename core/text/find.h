// Searches of the hot path: what std::string_view does byte by byte, or stops at each quotation mark for. Thread: pure functions.
#pragma once

#include <cstddef>
#include <string_view>

#include <string.h>

namespace gatehouse::text {

/// The first CR or LF at or behind `from`; npos: none.
inline std::size_t findLineEnd(std::string_view text, std::size_t from = 0) {
    // In pieces: of a text that ends its lines with CR alone not all would be searched for an LF at each line.
    constexpr std::size_t kPiece = 512;
    while (from < text.size()) {
        const char* begin = text.data() + from;
        const auto size = text.size() - from < kPiece ? text.size() - from : kPiece;
        const auto* feed = static_cast<const char*>(::memchr(begin, '\n', size));
        const auto* back = static_cast<const char*>(::memchr(begin, '\r', feed != nullptr ? static_cast<std::size_t>(feed - begin) : size));
        if (const auto* found = back != nullptr ? back : feed) return static_cast<std::size_t>(found - text.data());
        from += size;
    }
    return std::string_view::npos;
}

/// As std::string_view::find, for parts whose first byte is everywhere (names of JSON members).
inline std::size_t findPart(std::string_view text, std::string_view part, std::size_t from = 0) {
    if (from > text.size()) return std::string_view::npos;
    const auto* found = static_cast<const char*>(::memmem(text.data() + from, text.size() - from, part.data(), part.size()));
    return found != nullptr ? static_cast<std::size_t>(found - text.data()) : std::string_view::npos;
}

}  // namespace gatehouse::text
