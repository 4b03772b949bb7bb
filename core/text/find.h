// Searches of the hot path: what std::string_view does byte by byte, or stops at each quotation mark for. Thread: pure functions.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
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

/// The first byte at or behind `from` that cannot stand in a JSON string as it is: a quotation mark, a backslash, a control character;
/// the text's size: none.
inline std::size_t findJsonEscape(std::string_view text, std::size_t from = 0) {
    // Whole blocks without a branch on their bytes first, which compilers turn into vectors: most texts have nothing to escape.
    for (constexpr std::size_t kBlock = 64; from + kBlock <= text.size(); from += kBlock) {
        unsigned char odd = 0;
        for (std::size_t i = 0; i < kBlock; ++i) {
            const auto c = static_cast<unsigned char>(text[from + i]);
            odd |= static_cast<unsigned char>((c < 0x20) | (c == '"') | (c == '\\'));
        }
        if (odd != 0) break;
    }
    // Eight bytes at once: a borrow reaches bytes behind the first find alone.
    constexpr std::uint64_t kOnes = 0x0101010101010101ULL, kHigh = 0x80 * kOnes;
    const auto zero = [](std::uint64_t word) { return (word - kOnes) & ~word & kHigh; };
    static_assert(std::endian::native == std::endian::little);
    for (; from + 8 <= text.size(); from += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + from, 8);
        const auto found = ((word - 0x20 * kOnes) & ~word & kHigh) | zero(word ^ ('"' * kOnes)) | zero(word ^ ('\\' * kOnes));
        if (found != 0) return from + static_cast<std::size_t>(std::countr_zero(found)) / 8;
    }
    const auto plain = [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; };
    while (from < text.size() && plain(text[from])) ++from;
    return from;
}

}  // namespace gatehouse::text
