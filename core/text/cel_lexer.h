// Words of an expression. Internal to text/cel_*.cpp.
#pragma once

#include "text/cel_ast.h"

namespace gatehouse::text::cel {

struct Token {
    enum class Kind : std::uint8_t { End, Identifier, Quoted, Literal, Sign };
    Kind kind = Kind::End;
    std::uint32_t at = 0;
    std::string text{};        ///< Identifier, Quoted (`a-b`), Sign ("&&").
    Value literal{};
    bool leastInteger = false; ///< 9223372036854775808, which stands only behind a minus.
};

/// All of them, the End included. "cel-syntax".
Result<std::vector<Token>> tokens(std::string_view text);

}  // namespace gatehouse::text::cel
