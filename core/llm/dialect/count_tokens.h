// Dialects that count the tokens of a request: each sends a chat request of another dialect, or the part of it that counts, as it is or
// inside another object. Private to llm/dialect. Thread: constants and pure functions.
#pragma once

#include "llm/dialect/dialect.h"

#include <string_view>

namespace gatehouse::llm {

struct CountForm {
    const Dialect* chat;                 ///< Whose requests it counts.
    const std::string_view* fields;      ///< Of such a request, those that it takes.
    std::size_t fieldCount;
    std::string_view envelope = {};      ///< The object that a request stands in ("input.converse"); empty: none.
    bool mustWrap = false;               ///< Else a request without the envelope is read, too.
    const Dialect* prompts = nullptr;    ///< How a body with a prompt in place of messages is read; null: not at all.

    bool takes(std::string_view field) const;
};

/// From one dialect that counts to another: a chat's translation, without the settings that count nothing.
Result<TranslatedRequest> translateCount(const Dialect& from, const Dialect& to, const Json& json, const RequestFacts& given, std::string_view forceModel);

}  // namespace gatehouse::llm
