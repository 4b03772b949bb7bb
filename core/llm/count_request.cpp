#include "llm/count_request.h"

#include "llm/body_rewrites.h"
#include "llm/dialect/dialect.h"
#include "llm/policy.h"
#include "text/find.h"

#include <fmt/format.h>

#include <array>

namespace gatehouse::llm {
namespace {

constexpr std::string_view kEnvelope = "generateContentRequest";

/// Of Anthropic's messages, OpenAI's responses and chats. None of them counts.
constexpr std::array kSettings = std::to_array<std::string_view>(
    {"max_tokens", "max_completion_tokens", "max_output_tokens", "temperature", "top_p", "top_k", "stop", "stop_sequences", "stream", "stream_options", "metadata",
     "service_tier", "seed", "n", "user", "store", "frequency_penalty", "presence_penalty", "logprobs", "top_logprobs"});

bool holds(std::string_view body, std::string_view name) { return text::findPart(body, fmt::format("\"{}\"", name)) != std::string_view::npos; }

}  // namespace

Result<void> openEnvelope(const ClientCall& call, base::Buffer& body) {
    if (call.dialect != &kGeminiCountTokens || !holds(body.view(), kEnvelope)) return {};
    auto json = parseObject(body.view());
    if (!json) return tl::unexpected(json.error());
    const auto inner = json->find(kEnvelope);
    if (inner == json->end()) return {};
    if (!inner->is_object()) return fail("invalid-field", fmt::format("{} must be an object.", kEnvelope));
    auto opened = std::move(*inner);
    opened.erase("model");  // The path's own holds.
    body.assign(dump(opened));
    return {};
}

std::string_view policyDialect(const ClientCall& call) {
    if (call.dialect == nullptr) return nameOf(kOpenAiChat);
    if (call.dialect == &kOpenAiInputTokens) return nameOf(kOpenAiResponses);
    if (call.dialect == &kGeminiCountTokens || call.dialect == &kVertexCountTokens) return nameOf(kGeminiGenerate);
    return nameOf(*call.dialect);
}

Result<void> trimCountRequest(const Dialect& dialect, std::string_view model, base::Buffer& body) {
    if (dialect.operation != Operation::CountTokens) return {};
    for (const auto setting : kSettings) {
        if (!holds(body.view(), setting)) continue;
        if (auto removed = removeField(body, setting); !removed) return tl::unexpected(removed.error());
    }
    if (&dialect != &kGeminiCountTokens) return {};
    auto json = parseObject(body.view());
    if (!json) return tl::unexpected(json.error());
    const auto inner = json->find(kEnvelope);
    const bool bare = inner == json->end() && json->size() <= 1;
    if (bare || (inner != json->end() && (!inner->is_object() || textOf(*inner, "model") == fmt::format("models/{}", model)))) return {};
    Json request = inner != json->end() ? std::move(*inner) : std::move(*json);
    request["model"] = fmt::format("models/{}", model);
    body.assign(dump(Json{{std::string(kEnvelope), std::move(request)}}));
    return {};
}

}  // namespace gatehouse::llm
