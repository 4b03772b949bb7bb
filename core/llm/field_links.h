// FieldLinks: which field of one body became which field of the other, on the way between two dialects. Found by asking the
// translation itself: each field is changed a little, and what changes in the result came of it. Where a field cannot be changed
// without breaking the body (a role, a type) its equal value beside a field that is known to be linked tells; and where that does
// not tell either, the field is in unknown(), not guessed. What was really sent differs from the mere translation by what policies
// did on the way (masks, enrichment, defaults, other models): it is laid beside it by values, element by element.
// Thread: pure function; hundreds of translations for a large body, so not for a thread that must not wait.
#pragma once

#include "llm/translate.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::llm {

struct FieldLink {
    std::string from, to;  ///< JSON pointers (RFC 6901) into either body.
    bool same = true;      ///< The value is the same on both sides.
};

struct FieldLinks {
    std::vector<FieldLink> links;        ///< In the order of `from`.
    std::vector<std::string> unknown;    ///< Of `from`: nobody can say. Fields that a loss tells as dropped are not in it.
    std::vector<std::string> added;      ///< Of `to`: no field of `from` is behind it.
    Losses losses;                       ///< Of the translation.
    std::string translated;              ///< What the translation alone makes of `from`.
    std::string problem;                 ///< Why nothing can be linked; empty: nothing is in the way.
};

struct FieldLinkOptions {
    bool answer = false;         ///< The bodies are answers, not requests.
    RequestFacts given{};        ///< As translateRequest(); of answers its model and encoding.
    std::size_t mostFields = 400;  ///< Beyond it fields are in `unknown`.
};

/// `to` is the body as it was sent; empty: the translation's own.
FieldLinks linkFields(const Dialect& fromDialect, const Dialect& toDialect, std::string_view from, std::string_view to,
                      const FieldLinkOptions& options = {});

/// "messages[2].content[0].text" (Loss::path, GuardHit) -> "/messages/2/content/0/text"; "" -> "".
std::string pointerOf(std::string_view path);
/// Does `pointer` name `inner` or something that holds it?
bool pointerHolds(std::string_view pointer, std::string_view inner);

}  // namespace gatehouse::llm
