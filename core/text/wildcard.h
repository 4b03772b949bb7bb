// Patterns with *: of models, hosts. Thread: pure functions.
#pragma once

#include <string_view>

namespace gatehouse::text {

/// "*" stands for any run of characters, everything else for itself; the whole text is matched.
bool matchesPattern(std::string_view pattern, std::string_view text);

}  // namespace gatehouse::text
