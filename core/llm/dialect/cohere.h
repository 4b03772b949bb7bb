// Cohere's v2 chat, and what its embeddings and rerank share with it. Private to llm/dialect. Thread: pure.
#pragma once

#include "llm/dialect/stream.h"

namespace gatehouse::llm {

Result<ChatRequest> readCohere(const Json& body);
Json writeCohere(ChatRequest& request, Losses& losses);
Result<ChatAnswer> readCohereAnswer(const Json& body);
Json writeCohereAnswer(ChatAnswer& answer, Losses& losses);
std::unique_ptr<StreamReader> cohereReader();
std::unique_ptr<StreamWriter> cohereWriter(std::string_view model, bool includeUsage);

ApiError readCohereError(int status, const Json& body);
Json writeCohereError(const ApiError& error);
std::string_view cohereErrorType(int status);

/// An assistant's message, of a request or an answer: thinking and texts, then the plan, then calls.
void readCohereAssistant(Members& message, std::vector<Part>& parts, bool* wasText);
Part readCohereToolCall(const Json& item, std::string path, Members& owner);
/// Places are characters there and bytes here. `text`: of the part that is cited.
Json readCohereCitation(const Json& citation, std::string_view text);
Json writeCohereCitations(const Part& part, std::string_view text, std::size_t contentIndex, Losses& losses);

/// "usage" of a chat, or "meta" of the others. What is billed counts, where it is told.
Usage readCohereUsage(const Json& usage);
Json writeCohereUsage(const Usage& usage);
FinishReason readCohereFinish(std::string_view word);
std::string_view writeCohereFinish(FinishReason finish, bool hasCalls);
Json readCohereLogprobs(const Json& items);   ///< Null where there are none.
Json writeCohereLogprobs(const Json& logprobs, Losses& losses);

}  // namespace gatehouse::llm
