// OpenAI's responses: a list of items in place of messages. Private to llm/dialect. Thread: pure.
//
// Items and parts: an assistant's items that belong to one turn (reasoning, message, calls) are one ChatMessage; results that follow each
// other are another. Ids and states of items are handles of OpenAI's own store and are left out. Items of built-in tools,
// references and compactions are Opaque parts of the message before them. Custom tools take the shape that openai-chat has for them, so
// that both dialects have the same words for them.
//
// encrypted_content carries what the model must get back as it was. OpenAI's own passes unchanged; that of other families is written as
// "gatehouse:FAMILY:KIND:DATA" and read again, so that a client of this dialect hands back Anthropic's and Gemini's signatures too. KIND
// is "thinking", "redacted" (both the item's own) or "part": of the item before it, a call as a rule.
#pragma once

#include "llm/dialect/stream.h"

#include <string>
#include <string_view>

namespace gatehouse::llm {

Result<ChatRequest> readResponses(const Json& body);
Json writeResponses(ChatRequest& request, Losses& losses);
Result<ChatAnswer> readResponsesAnswer(const Json& body);
Json writeResponsesAnswer(ChatAnswer& answer, Losses& losses);
std::unique_ptr<StreamReader> responsesReader();
std::unique_ptr<StreamWriter> responsesWriter(std::string_view model, bool includeUsage);

/// A part of a message's content, in a request or an answer.
Part readResponsesPart(const Json& item, std::string path, Members& owner);
/// An item that is no message, as a part; of a reasoning item that holds the signature of the part before it, `ofPartBefore` is set.
Part readResponsesItem(const Json& item, std::string path, Members& owner, bool* ofPartBefore);
std::vector<Json> readResponsesAnnotations(const Json& annotations, std::string_view text);
/// Citations that have no place in a response are told as dropped.
Json writeResponsesAnnotations(const Part& part, Losses& losses);

/// What encrypted_content of other families begins with.
inline constexpr std::string_view kWrapped = "gatehouse:";
/// Signature <-> encrypted_content.
std::string writeEncrypted(const Signature& signature, std::string_view kind);
Signature readEncrypted(const std::string& content, std::string& kind);

Usage readResponsesUsage(const Json& usage);
Json writeResponsesUsage(const Usage& usage);

FinishReason readResponsesFinish(std::string_view status, std::string_view reason, bool hasCalls);
/// The reason in incomplete_details; empty where the response is completed.
std::string_view writeResponsesReason(FinishReason finish);

/// A response with all the fields that OpenAI's always has; what it repeats of the request is the default, for the request is not known.
Json responseShell(std::string_view id, std::int64_t created, std::string_view model, std::string_view status);
/// The id of an item of a response, the same for the answer and its stream.
std::string responseItemId(std::string_view prefix, std::string_view responseId, std::size_t index);

/// Is it a call of openai-chat's kind "custom"?
bool isCustomCall(const Part& part);

/// The error in a response that failed.
ApiError readResponseError(const Json& response);
std::string_view responseErrorCode(const ApiError& error);

}  // namespace gatehouse::llm
