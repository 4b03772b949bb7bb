// UTF-8 (RFC 3629): where text from outside need not be any. Thread: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gatehouse::text {

/// U+FFFD, which stands where bytes are no UTF-8.
inline constexpr std::string_view kReplacementCharacter = "\xef\xbf\xbd";

/// Bytes of the valid sequence at the start of `text`; 0: none.
std::size_t utf8Length(std::string_view text);
/// Each byte that belongs to no valid sequence becomes U+FFFD.
std::string toValidUtf8(std::string_view text);

}  // namespace gatehouse::text
