// What Mistral's chat has of its own, for its requests, answers and streams. Private to llm/dialect. Thread: pure functions.
#pragma once

#include "llm/dialect/stream.h"

#include <memory>
#include <string>
#include <string_view>

namespace gatehouse::llm {

/// Nine letters and digits: `id` itself where it is that, else always the same stand-in for the same id.
std::string mistralCallId(std::string_view id);

/// A part of the content that holds thoughts.
Json mistralThought(std::string_view text);

/// reasoning_content and thinking_blocks of a message become parts at the beginning of its content.
void thoughtsIntoContent(Json& message);

std::unique_ptr<StreamWriter> mistralChatWriter(std::string_view model, bool includeUsage);

}  // namespace gatehouse::llm
