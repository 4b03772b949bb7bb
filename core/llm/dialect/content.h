// The content of a message where a dialect says it as one text or as a list of parts. Private to llm/dialect. Thread: one translation.
#pragma once

#include "llm/dialect/chat.h"

namespace gatehouse::llm {

/// One item of the list; a failure goes to `owner`.
using PartReader = Part (*)(const Json& item, std::string path, Members& owner);

/// Takes `key` of `owner`. Texts without a word are left out. `wasText` may be null; set where the content was one text.
void readTextOrParts(Members& owner, std::string_view key, Family family, PartReader readPart, std::vector<Part>& parts, bool* wasText);

}  // namespace gatehouse::llm
