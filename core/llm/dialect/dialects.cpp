// The table of dialects.
#include "llm/dialect/dialect.h"

#include <array>

namespace gatehouse::llm {
namespace {

constexpr std::array kDialects = {
    &kOpenAiChat,     &kOpenAiResponses, &kOpenAiCompletions, &kOpenAiEmbeddings, &kAnthropicMessages,
    &kAnthropicCountTokens, &kGeminiGenerate, &kVertexGemini, &kVertexAnthropic,  &kBedrockConverse,
    &kBedrockEmbeddings,    &kCohereChat,     &kCohereEmbeddings, &kCohereRerank, &kOllamaChat,
    &kMistralChat,    &kBedrockRerank,     &kVertexRerank,       &kOpenAiInputTokens, &kGeminiCountTokens,
    &kVertexCountTokens,    &kBedrockCountTokens, &kVllmTokenize,
};

}  // namespace

const Dialect* findDialect(std::string_view name) {
    for (const auto* dialect : kDialects)
        if (dialect->name == name) return dialect;
    return nullptr;
}

std::vector<std::string_view> dialectNames() {
    std::vector<std::string_view> names;
    for (const auto* dialect : kDialects) names.push_back(dialect->name);
    return names;
}

std::string_view nameOf(const Dialect& dialect) { return dialect.name; }
Operation operationOf(const Dialect& dialect) { return dialect.operation; }

}  // namespace gatehouse::llm
