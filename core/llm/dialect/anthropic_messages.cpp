// anthropic-messages: answers, errors, and the rows of all who share its bodies: count_tokens, and Claude on Vertex AI.
#include "llm/dialect/anthropic.h"
#include "llm/dialect/dialect.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::Anthropic;
constexpr const char* kVertexVersion = "vertex-2023-10-16";

std::uint64_t count(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() && *found > 0 ? found->get<std::uint64_t>() : 0;
}

bool given(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer();
}

}  // namespace

Usage readAnthropicUsage(const Json& json, Usage usage) {
    if (!json.is_object()) return usage;
    usage.known = true;
    // The totals are kept apart here while they are added to: input_tokens does not hold what came from or went to a cache.
    auto uncached = usage.inputTokens - std::min(usage.inputTokens, usage.cachedTokens + usage.cacheWriteTokens);
    if (given(json, "input_tokens")) uncached = count(json, "input_tokens");
    if (given(json, "cache_read_input_tokens")) usage.cachedTokens = count(json, "cache_read_input_tokens");
    if (given(json, "cache_creation_input_tokens")) usage.cacheWriteTokens = count(json, "cache_creation_input_tokens");
    if (const auto creation = json.find("cache_creation"); creation != json.end() && creation->is_object())
        usage.cacheWriteHourTokens = count(*creation, "ephemeral_1h_input_tokens");
    if (given(json, "output_tokens")) usage.outputTokens = count(json, "output_tokens");
    if (const auto details = json.find("output_tokens_details"); details != json.end() && details->is_object())
        usage.reasoningTokens = count(*details, "thinking_tokens");
    usage.inputTokens = uncached + usage.cachedTokens + usage.cacheWriteTokens;
    return usage;
}

Json writeAnthropicUsage(const Usage& usage) {
    Json json = {{"input_tokens", usage.inputTokens - std::min(usage.inputTokens, usage.cachedTokens + usage.cacheWriteTokens)},
                 {"cache_creation_input_tokens", usage.cacheWriteTokens},
                 {"cache_read_input_tokens", usage.cachedTokens},
                 {"output_tokens", usage.outputTokens}};
    if (usage.cacheWriteHourTokens > 0)
        json["cache_creation"] = {{"ephemeral_5m_input_tokens", usage.cacheWriteTokens - std::min(usage.cacheWriteTokens, usage.cacheWriteHourTokens)},
                                  {"ephemeral_1h_input_tokens", usage.cacheWriteHourTokens}};
    if (usage.reasoningTokens > 0) json["output_tokens_details"] = {{"thinking_tokens", usage.reasoningTokens}};
    return json;
}

FinishReason readAnthropicStop(std::string_view word) {
    if (word == "end_turn") return FinishReason::Stop;
    if (word == "stop_sequence") return FinishReason::StopSequence;
    if (word == "max_tokens") return FinishReason::Length;
    if (word == "tool_use") return FinishReason::ToolCalls;
    if (word == "pause_turn") return FinishReason::Pause;
    if (word == "refusal") return FinishReason::Refusal;
    return word == "model_context_window_exceeded" ? FinishReason::ContextLength : FinishReason::Unknown;
}

std::string_view writeAnthropicStop(FinishReason finish, bool hasCalls, bool refused) {
    switch (finish) {
    case FinishReason::StopSequence: return "stop_sequence";
    case FinishReason::Length: return "max_tokens";
    case FinishReason::ToolCalls: return "tool_use";
    case FinishReason::Pause: return "pause_turn";
    case FinishReason::ContentFilter:
    case FinishReason::Refusal: return "refusal";
    case FinishReason::ContextLength: return "model_context_window_exceeded";
    default: return hasCalls ? "tool_use" : refused ? "refusal" : "end_turn";
    }
}

Json writeAnthropicCitations(const Part& part, Losses& losses) {
    Json citations = Json::array();
    std::size_t i = 0;
    for (const auto& citation : part.citations) {
        const auto path = fmt::format("{}.citations[{}]", part.path, i++);
        if (citation.value("family", -1) == static_cast<int>(kFamily)) {
            citations.push_back(citation["raw"]);
            continue;
        }
        if (!citation.contains("url")) {
            dropped(losses, path, "Anthropic has no citation of this kind.");
            continue;
        }
        coerced(losses, path, "Anthropic's citations have no place in the text and name an index of their own search.");
        citations.push_back({{"type", "web_search_result_location"},
                             {"url", citation["url"]},
                             {"title", citation.contains("title") ? citation["title"] : Json(nullptr)},
                             {"cited_text", textOf(citation, "text")},
                             {"encrypted_index", ""}});
    }
    return citations;
}

Result<ChatAnswer> readAnthropicAnswer(const Json& json) {
    ChatAnswer answer;
    Members body(json, "");
    body.take("type"), body.take("role");
    answer.id = body.text("id").value_or("");
    answer.model = body.text("model").value_or("");
    Choice choice;
    choice.rawFinish = body.text("stop_reason").value_or("");
    choice.finish = readAnthropicStop(choice.rawFinish);
    choice.stopSequence = body.text("stop_sequence").value_or("");
    if (const auto* content = body.array("content")) {
        std::size_t i = 0;
        for (const auto& item : *content) {
            auto part = readAnthropicBlock(item, fmt::format("content[{}]", i++), body);
            if (part.kind == Part::Kind::Text && part.text.empty()) continue;
            choice.parts.push_back(std::move(part));
        }
    } else {
        body.fail("content", "is missing");
    }
    if (const auto* usage = body.object("usage")) {
        answer.usage = readAnthropicUsage(*usage);
        if (usage->contains("service_tier") && (*usage)["service_tier"].is_string()) {
            const auto tier = (*usage)["service_tier"].get<std::string>();
            answer.serviceTier = tier == "standard" ? "default" : tier;
        }
    }
    answer.choices.push_back(std::move(choice));
    answer.extras = {kFamily, body.rest(), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return answer;
}

Json writeAnthropicAnswer(ChatAnswer& answer, Losses& losses) {
    Json out = {{"id", answer.id.empty() ? "msg_" + std::to_string(secondsNow()) : answer.id},
                {"type", "message"},
                {"role", "assistant"},
                {"model", answer.model}};
    Json content = Json::array();
    bool calls = false;
    bool refused = false;
    Choice none;
    auto& choice = answer.choices.empty() ? none : answer.choices.front();
    for (auto& part : choice.parts) {
        Json item;
        switch (part.kind) {
        case Part::Kind::Text:
            item = {{"type", "text"}, {"text", part.text}};
            if (!part.citations.empty())
                if (auto citations = writeAnthropicCitations(part, losses); !citations.empty()) item["citations"] = std::move(citations);
            break;
        case Part::Kind::Refusal:
            refused = true;
            item = {{"type", "text"}, {"text", part.text}};
            break;
        case Part::Kind::Thinking: {
            const bool own = part.signature && part.signature->family == kFamily;
            item = {{"type", "thinking"}, {"thinking", part.text}, {"signature", own ? part.signature->data : ""}};
            if (part.signature && !own) dropped(losses, part.path + ".signature", "Anthropic's clients hand back its own signatures alone.");
            break;
        }
        case Part::Kind::RedactedThinking:
            if (!part.signature || part.signature->family != kFamily) continue;
            item = {{"type", "redacted_thinking"}, {"data", part.signature->data}};
            break;
        case Part::Kind::ToolCall:
            calls = true;
            item = {{"type", "tool_use"}, {"id", safeCallId(part.callId)}, {"name", part.name}, {"input", part.arguments.is_object() ? part.arguments : Json::object()}};
            if (part.argumentsMalformed) coerced(losses, part.path + ".arguments", "They are no JSON object; they stand in a field \"_raw\" of one.");
            if (part.signature) dropped(losses, part.path + ".signature", "Anthropic's calls are not signed.");
            break;
        case Part::Kind::Opaque:
            if (part.extras.family != kFamily) continue;
            item = part.opaque;
            break;
        default: continue;
        }
        part.taken = true;
        restore(part.extras, kFamily, item);
        content.push_back(std::move(item));
    }
    for (std::size_t i = 1; i < answer.choices.size(); ++i) {
        for (auto& part : answer.choices[i].parts) part.taken = true;
        dropped(losses, fmt::format("choices[{}]", answer.choices[i].index), "Anthropic gives one answer.");
    }
    if (!choice.logprobs.is_null()) dropped(losses, choice.path + ".logprobs", "Anthropic tells no log probabilities.");
    out["content"] = std::move(content);
    out["stop_reason"] = writeAnthropicStop(choice.finish, calls, refused);
    out["stop_sequence"] = choice.stopSequence.empty() ? Json(nullptr) : Json(choice.stopSequence);
    out["usage"] = writeAnthropicUsage(answer.usage);
    if (!answer.serviceTier.empty()) out["usage"]["service_tier"] = answer.serviceTier == "default" ? "standard" : answer.serviceTier;
    restore(answer.extras, kFamily, out);
    return out;
}

ApiError readAnthropicError(int status, const Json& body) {
    ApiError error;
    error.status = status;
    const auto found = body.find("error");
    const Json& inner = found != body.end() && found->is_object() ? *found : body;
    const auto text = [&](const Json& object, const char* key) { return object.contains(key) && object[key].is_string() ? object[key].get<std::string>() : std::string(); };
    error.message = text(inner, "message");
    error.type = text(inner, "type");
    if (const auto details = inner.find("details"); details != inner.end() && details->is_object()) error.code = text(*details, "error_code");
    // Vertex answers in Google's shape where the request did not reach Claude.
    if (error.type.empty()) error.type = text(inner, "status");
    return error;
}

Json writeAnthropicError(const ApiError& error) {
    // The SDK tells errors apart by the type, so it must be one of Anthropic's.
    const bool own = error.type.ends_with("_error") && error.type != "server_error";
    Json inner = {{"type", own ? error.type : std::string(anthropicErrorType(error.status))}, {"message", error.message}};
    if (!error.code.empty()) inner["details"] = {{"error_code", error.code}};
    return {{"type", "error"}, {"error", std::move(inner)}};
}

std::string_view anthropicErrorType(int status) {
    switch (status) {
    case 401: return "authentication_error";
    case 402: return "billing_error";
    case 403: return "permission_error";
    case 404: return "not_found_error";
    case 413: return "request_too_large";
    case 429: return "rate_limit_error";
    case 408:
    case 504: return "timeout_error";
    case 503:
    case 529: return "overloaded_error";
    default: return status >= 500 ? "api_error" : "invalid_request_error";
    }
}

namespace {

Result<ChatRequest> readVertex(const Json& body) { return readAnthropic(body); }

/// The model stands in the path; the version of the API stands in the body in place of a header.
Json writeVertex(ChatRequest& request, Losses& losses) {
    Json body = {{"anthropic_version", kVertexVersion}};
    body.update(writeAnthropic(request, losses));
    body.erase("model");
    return body;
}

}  // namespace

const Dialect kAnthropicMessages = {.name = "anthropic-messages",
                                    .family = kFamily,
                                    .operation = Operation::Chat,
                                    .modelInTarget = false,
                                    .readRequest = readAnthropic,
                                    .writeRequest = writeAnthropic,
                                    .readAnswer = readAnthropicAnswer,
                                    .writeAnswer = writeAnthropicAnswer,
                                    .streamReader = anthropicReader,
                                    .streamWriter = anthropicWriter,
                                    .readError = readAnthropicError,
                                    .writeError = writeAnthropicError,
                                    .errorType = anthropicErrorType};

const Dialect kVertexAnthropic = {.name = "vertex-anthropic",
                                  .family = kFamily,
                                  .operation = Operation::Chat,
                                  .modelInTarget = true,
                                  .readRequest = readVertex,
                                  .writeRequest = writeVertex,
                                  .readAnswer = readAnthropicAnswer,
                                  .writeAnswer = writeAnthropicAnswer,
                                  .streamReader = anthropicReader,
                                  .streamWriter = anthropicWriter,
                                  .readError = readAnthropicError,
                                  .writeError = writeAnthropicError,
                                  .errorType = anthropicErrorType};

}  // namespace gatehouse::llm
