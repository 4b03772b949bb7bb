// What the dialects of embeddings share: vectors as numbers and as base64, and Cohere's shape, which Bedrock has as well. Private to
// llm/dialect. Thread: pure.
#pragma once

#include "llm/dialect/dialect.h"

namespace gatehouse::llm {

/// Little-endian float32, as OpenAI and Cohere pack them. Numbers come back in their shortest words: 0.1, not 0.10000000149011612.
std::string packVector(const std::vector<double>& vector);
std::vector<double> unpackVector(std::string_view base64);

/// All vectors as numbers, in whichever form the answer holds them.
std::vector<std::vector<double>> numbersOf(const EmbeddingsAnswer& answer);

/// Null with a failure in `owner` where an item is no list of numbers.
std::vector<double> readVector(const Json& list, Members& owner, std::string_view key);

/// The members that Cohere's own API and Cohere's models on Bedrock have in common.
void readCohereInputs(Members& body, EmbeddingsRequest& request);
Result<void> writeCohereInputs(EmbeddingsRequest& request, Json& body, Losses& losses);
Result<EmbeddingsAnswer> readCohereVectors(const Json& body);
Json writeCohereVectors(EmbeddingsAnswer& answer, Losses& losses);

}  // namespace gatehouse::llm
