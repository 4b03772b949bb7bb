// Rows of the table whose dialects have no file of their own yet: names that are known, and translations that answer
// "unsupported". Each row leaves this file when its own is written.
#include "llm/dialect/dialect.h"

namespace gatehouse::llm {
namespace {

constexpr Dialect pending(const char* name, Family family, Operation operation, bool modelInTarget) {
    Dialect row{name, family, operation, modelInTarget};
    row.readError = readOpenAiError;
    row.writeError = writeOpenAiError;
    row.errorType = openAiErrorType;
    return row;
}

}  // namespace

const Dialect kOpenAiEmbeddings = pending("openai-embeddings", Family::OpenAiEmbeddings, Operation::Embeddings, false);
const Dialect kBedrockConverse = pending("bedrock-converse", Family::Bedrock, Operation::Chat, true);
const Dialect kBedrockEmbeddings = pending("bedrock-embeddings", Family::Bedrock, Operation::Embeddings, true);
const Dialect kCohereChat = pending("cohere-chat", Family::Cohere, Operation::Chat, false);
const Dialect kCohereEmbeddings = pending("cohere-embeddings", Family::Cohere, Operation::Embeddings, false);
const Dialect kCohereRerank = pending("cohere-rerank", Family::Cohere, Operation::Rerank, false);

}  // namespace gatehouse::llm
