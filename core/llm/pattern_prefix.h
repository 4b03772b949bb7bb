// PatternPrefix: from a regular expression (RE2's syntax) the one that finds where a text's end may be the beginning of a hit, and
// the bytes that a hit can have at most. What a stream must hold back is told by the first. Thread: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::llm {

struct PatternPrefix {
    static constexpr std::size_t kUnbounded = static_cast<std::size_t>(-1);

    std::string pattern;                ///< Matches every beginning of what the pattern matches, the empty one included.
    std::size_t longest = kUnbounded;   ///< Bytes.
};

/// Nothing where the pattern uses what is not understood here (flags in its middle): hold back by length then.
std::optional<PatternPrefix> prefixOf(std::string_view pattern);

}  // namespace gatehouse::llm
