// StreamParts: a captured body that is a stream, cut into its events by the grammar of its dialect. Pure functions. Thread: any.
#pragma once

#include "llm/capture.h"
#include "llm/stream_grammar.h"

#include <memory>
#include <string>

namespace gatehouse::ui {

bool isStream(const llm::CapturedMessage& message);
/// Fed with all chunks at their times, and finished.
std::unique_ptr<llm::StreamGrammar> streamGrammarOf(const llm::CapturedMessage& message, const std::string& dialect);

}  // namespace gatehouse::ui
