// How providers say that a prompt is too long for a model.
#include "llm/answer_faults.h"

#include <algorithm>
#include <array>

namespace gatehouse::llm {
namespace {

constexpr std::size_t kMostRead = 64 * 1024;

/// In lower case; of the providers' own errors, in the order: OpenAI and what speaks its API, vLLM, Anthropic, Gemini and Vertex AI,
/// Bedrock, Cohere, Mistral, Ollama.
constexpr std::array<std::string_view, 14> kTooLong{
    "context_length_exceeded", "maximum context length", "context window",          "prompt is too long",  "exceed context limit",
    "exceeds the maximum number of tokens", "input token count", "input is too long", "too many tokens",     "too many input tokens",
    "too large for model with",             "max_model_len",     "context limit",     "string_above_max_length"};

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return out;
}

}  // namespace

bool mayBeTooLong(int status) { return status == 400 || status == 413 || status == 422; }

bool saysTooLong(std::string_view body) {
    const auto text = lower(body.substr(0, kMostRead));
    return std::any_of(kTooLong.begin(), kTooLong.end(), [&](std::string_view words) { return text.find(words) != std::string::npos; });
}

}  // namespace gatehouse::llm
