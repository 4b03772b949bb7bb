// Anthropic's messages, for all who serve Claude with them. Private to llm/dialect. Thread: pure.
#pragma once

#include "llm/dialect/stream.h"

namespace gatehouse::llm {

/// What a model of Claude takes, by its name; a name that says nothing counts as the newest.
struct ClaudeModel {
    bool adaptive = true;       ///< Thinks adaptively, with an effort (4.6 and later); else by a budget.
    bool temperatureAndTopP = false;  ///< Both in one request (before 4.1).
};
ClaudeModel claudeModel(std::string_view name);

Result<ChatRequest> readAnthropic(const Json& body);
Json writeAnthropic(ChatRequest& request, Losses& losses);
Result<ChatAnswer> readAnthropicAnswer(const Json& body);
Json writeAnthropicAnswer(ChatAnswer& answer, Losses& losses);
std::unique_ptr<StreamReader> anthropicReader();
std::unique_ptr<StreamWriter> anthropicWriter(std::string_view model, bool includeUsage);
ApiError readAnthropicError(int status, const Json& body);
Json writeAnthropicError(const ApiError& error);
std::string_view anthropicErrorType(int status);

/// Structured output of Claude's demands additionalProperties: false of every object. True: the schema was changed.
bool closeObjects(Json& schema);
/// The schema of a tool, which Anthropic and Bedrock want with its type: an object's where it says none, an empty one where it is null.
Json typedSchema(const Json& parameters);

/// A content block <-> a part. Blocks that no neutral kind fits are Opaque.
Part readAnthropicBlock(const Json& block, std::string path, Members& owner);
Json readAnthropicCitation(const Json& citation, int family);
Json writeAnthropicCitations(const Part& part, Losses& losses);

Usage readAnthropicUsage(const Json& usage, Usage before = {});
Json writeAnthropicUsage(const Usage& usage);
FinishReason readAnthropicStop(std::string_view word);
std::string_view writeAnthropicStop(FinishReason finish, bool hasCalls, bool refused);

}  // namespace gatehouse::llm
