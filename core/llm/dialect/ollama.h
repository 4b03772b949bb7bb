// Ollama's chat. Private to llm/dialect. Thread: pure.
#pragma once

#include "llm/dialect/stream.h"

#include <string>
#include <string_view>

namespace gatehouse::llm {

Result<ChatRequest> readOllama(const Json& body);
Json writeOllama(ChatRequest& request, Losses& losses);
Result<ChatAnswer> readOllamaAnswer(const Json& body);
Json writeOllamaAnswer(ChatAnswer& answer, Losses& losses);
std::unique_ptr<StreamReader> ollamaReader();
std::unique_ptr<StreamWriter> ollamaWriter(std::string_view model, bool includeUsage);

/// tool_calls of a message. Those without an id get one, made of `scope` and their place.
void readOllamaCalls(Members& message, std::string_view scope, int& call, std::vector<Part>& parts);
Json writeOllamaCall(const Part& part, Losses& losses);

/// An id for those whose answers must have one; always the same for the same answer. Empty where it does not say when it was made.
std::string madeOllamaId(std::string_view createdAt, std::string_view model);
Usage readOllamaUsage(const Json& answer);
void writeOllamaUsage(const Usage& usage, Json& into);
FinishReason readOllamaDone(std::string_view word);
std::string_view writeOllamaDone(FinishReason finish);

ApiError readOllamaError(int status, const Json& body);
Json writeOllamaError(const ApiError& error);

}  // namespace gatehouse::llm
