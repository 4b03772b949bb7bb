// What the OpenAI-shaped dialects share: content parts, calls, thinking, usage, finish words. Private to llm/dialect. Thread: pure.
//
// Beside OpenAI's own fields these are read, as servers that imitate it and clients that speak to them write them: cache_control
// (Anthropic's marks), reasoning_content and reasoning (DeepSeek, vLLM, OpenRouter), thinking_blocks (LiteLLM; here also with
// "format", the family of a signature that is not Anthropic's), extra_content.google.thought_signature (Gemini), video_url (vLLM),
// content of kind "thinking" (Mistral), top_k, min_p and repetition_penalty (vLLM).
#pragma once

#include "llm/dialect/stream.h"

#include <string_view>

namespace gatehouse::llm {

/// What the model named in a request takes, as far as its name tells.
struct OpenAiModel {
    bool openAi = false;           ///< gpt-…, o3, …: strict about fields that it does not know.
    bool completionTokens = false; ///< max_completion_tokens in place of max_tokens.
    bool cacheControl = false;     ///< Claude behind an OpenAI-compatible API, which passes Anthropic's marks on.
    bool cacheBreakpoint = false;  ///< gpt-5.6 and later: prompt_cache_breakpoint.
};
OpenAiModel openAiModel(std::string_view model);

/// A message's content: null, a text or a list of parts. `path` of the content.
void readOpenAiContent(Members& owner, std::string_view key, std::vector<Part>& parts, bool* wasText);
/// reasoning_content (or reasoning) and thinking_blocks of a message or a delta.
void readOpenAiThinking(Members& message, std::vector<Part>& parts);
void readOpenAiToolCalls(Members& message, std::vector<Part>& parts);
/// One call, in a message or a whole item of "tool_calls".
Part readOpenAiToolCall(const Json& item, const std::string& path, Members& owner);
std::vector<Json> readOpenAiAnnotations(const Json& annotations, std::string_view text);
/// Of the text that begins `before` characters into the message's content. Citations that have no URL are told as dropped.
Json writeOpenAiAnnotations(const Part& part, std::size_t before, Losses& losses);

Json writeOpenAiThinking(const Part& part);  ///< An item of thinking_blocks.
Json writeOpenAiToolCall(const Part& part, Losses& losses);

Usage readOpenAiUsage(const Json& usage);
Json writeOpenAiUsage(const Usage& usage);

FinishReason readOpenAiFinish(std::string_view word);
std::string_view writeOpenAiFinish(FinishReason finish, bool hasCalls);

Result<ChatRequest> readOpenAiChat(const Json& body);
Json writeOpenAiChat(ChatRequest& request, Losses& losses);
Result<ChatAnswer> readOpenAiAnswer(const Json& body);
Json writeOpenAiAnswer(ChatAnswer& answer, Losses& losses);
std::unique_ptr<StreamReader> openAiChatReader();
std::unique_ptr<StreamWriter> openAiChatWriter(std::string_view model, bool includeUsage);

/// messages of a request, written; also for dialects whose messages have the same shape.
Json writeOpenAiMessages(ChatRequest& request, const OpenAiModel& model, Losses& losses);
/// The messages and settings that chat and completions have in common, into the request.
void readOpenAiSettings(Members& body, ChatRequest& request);
void writeOpenAiSettings(ChatRequest& request, Json& body);

}  // namespace gatehouse::llm
