// bedrock-converse: answers, errors and the row.
#include "llm/dialect/bedrock.h"
#include "llm/dialect/dialect.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::Bedrock;

std::uint64_t count(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() && *found > 0 ? found->get<std::uint64_t>() : 0;
}

struct Exception {
    std::string_view name;
    int status;
};
/// Of two rows with the same status the first one is written.
constexpr std::array kExceptions = std::to_array<Exception>({
    {"ValidationException", 400},
    {"UnrecognizedClientException", 401},
    {"AccessDeniedException", 403},
    {"ExpiredTokenException", 403},
    {"InvalidSignatureException", 403},
    {"ResourceNotFoundException", 404},
    {"ModelTimeoutException", 408},
    {"ConflictException", 409},
    {"ModelErrorException", 424},
    {"ModelStreamErrorException", 424},
    {"ThrottlingException", 429},
    {"ModelNotReadyException", 429},
    {"ServiceQuotaExceededException", 400},
    {"InternalServerException", 500},
    {"ServiceUnavailableException", 503},
});

bool sameName(std::string_view a, std::string_view b) {
    return a.size() == b.size() && !a.empty() && (a[0] | 0x20) == (b[0] | 0x20) && a.substr(1) == b.substr(1);
}

}  // namespace

Usage readBedrockUsage(const Json& json) {
    Usage usage;
    if (!json.is_object()) return usage;
    usage.known = true;
    // inputTokens does not hold what came from or went to a cache.
    usage.cachedTokens = count(json, "cacheReadInputTokens");
    usage.cacheWriteTokens = count(json, "cacheWriteInputTokens");
    usage.inputTokens = count(json, "inputTokens") + usage.cachedTokens + usage.cacheWriteTokens;
    usage.outputTokens = count(json, "outputTokens");
    if (const auto details = json.find("cacheDetails"); details != json.end() && details->is_array())
        for (const auto& detail : *details)
            if (textOf(detail, "ttl") == "1h") usage.cacheWriteHourTokens += count(detail, "inputTokens");
    return usage;
}

Json writeBedrockUsage(const Usage& usage) {
    Json json = {{"inputTokens", usage.inputTokens - std::min(usage.inputTokens, usage.cachedTokens + usage.cacheWriteTokens)},
                 {"outputTokens", usage.outputTokens},
                 {"totalTokens", usage.inputTokens + usage.outputTokens}};
    if (usage.cachedTokens > 0) json["cacheReadInputTokens"] = usage.cachedTokens;
    if (usage.cacheWriteTokens > 0) json["cacheWriteInputTokens"] = usage.cacheWriteTokens;
    if (usage.cacheWriteHourTokens > 0) {
        json["cacheDetails"] = Json::array({{{"ttl", "1h"}, {"inputTokens", usage.cacheWriteHourTokens}}});
        if (usage.cacheWriteTokens > usage.cacheWriteHourTokens)
            json["cacheDetails"].push_back({{"ttl", "5m"}, {"inputTokens", usage.cacheWriteTokens - usage.cacheWriteHourTokens}});
    }
    return json;
}

FinishReason readBedrockStop(std::string_view word) {
    if (word == "end_turn") return FinishReason::Stop;
    if (word == "stop_sequence") return FinishReason::StopSequence;
    if (word == "max_tokens") return FinishReason::Length;
    if (word == "tool_use") return FinishReason::ToolCalls;
    if (word == "content_filtered" || word == "guardrail_intervened") return FinishReason::ContentFilter;
    if (word == "malformed_tool_use" || word == "malformed_model_output") return FinishReason::MalformedToolCall;
    return word == "model_context_window_exceeded" ? FinishReason::ContextLength : FinishReason::Unknown;
}

std::string_view writeBedrockStop(FinishReason finish, bool hasCalls) {
    switch (finish) {
    case FinishReason::StopSequence: return "stop_sequence";
    case FinishReason::Length: return "max_tokens";
    case FinishReason::ToolCalls: return "tool_use";
    case FinishReason::ContentFilter:
    case FinishReason::Refusal: return "content_filtered";
    case FinishReason::ContextLength: return "model_context_window_exceeded";
    case FinishReason::MalformedToolCall: return "malformed_tool_use";
    default: return hasCalls ? "tool_use" : "end_turn";
    }
}

Json writeBedrockCitations(const Part& part, Losses& losses) {
    Json citations = Json::array();
    std::size_t i = 0;
    for (const auto& citation : part.citations) {
        const auto path = fmt::format("{}.citations[{}]", part.path, i++);
        if (citation.value("family", -1) == static_cast<int>(kFamily)) {
            citations.push_back(citation["raw"]);
            continue;
        }
        if (!citation.contains("url")) {
            dropped(losses, path, "Bedrock has no citation of this kind.");
            continue;
        }
        coerced(losses, path, "Bedrock's citations have no place in the text.");
        Json out = Json::object();
        if (const auto title = textOf(citation, "title"); !title.empty()) out["title"] = title;
        if (const auto text = textOf(citation, "text"); !text.empty()) out["sourceContent"] = Json::array({{{"text", text}}});
        out["location"] = {{"web", {{"url", citation["url"]}}}};
        citations.push_back(std::move(out));
    }
    return citations;
}

Result<ChatAnswer> readBedrockAnswer(const Json& json) {
    ChatAnswer answer;
    Members body(json, "");
    Choice choice;
    choice.path = "output.message";
    if (const auto* output = body.object("output")) {
        Members outer(*output, "output");
        if (const auto* message = outer.object("message")) {
            Members members(*message, "output.message");
            members.take("role");
            readBedrockContent(members, "content", choice.parts);
            outer.adopt(members);
        } else {
            outer.fail("message", "is missing");
        }
        body.adopt(outer);
    } else {
        body.fail("output", "is missing");
    }
    choice.rawFinish = body.text("stopReason").value_or("");
    choice.finish = readBedrockStop(choice.rawFinish);
    Json left = Json::object();
    if (const auto* fields = body.object("additionalModelResponseFields")) {
        Members members(*fields, "additionalModelResponseFields");
        if (const auto* stop = members.peek("stop_sequence"); stop != nullptr && stop->is_string()) choice.stopSequence = *members.text("stop_sequence");
        members.take("stop_sequence");
        if (auto rest = members.rest(); !rest.empty()) left["additionalModelResponseFields"] = std::move(rest);
        body.adopt(members);
    }
    if (const auto* usage = body.object("usage")) answer.usage = readBedrockUsage(*usage);
    if (const auto* tier = body.object("serviceTier")) answer.serviceTier = textOf(*tier, "type");
    answer.choices.push_back(std::move(choice));
    left.update(body.rest());
    answer.extras = {kFamily, std::move(left), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return answer;
}

Json writeBedrockAnswer(ChatAnswer& answer, Losses& losses) {
    Choice none;
    auto& choice = answer.choices.empty() ? none : answer.choices.front();
    Json content = Json::array();
    bool calls = false;
    for (auto& part : choice.parts) {
        Json item;
        switch (part.kind) {
        case Part::Kind::Refusal:
        case Part::Kind::Text: {
            part.taken = true;
            if (part.text.empty() && part.citations.empty()) continue;
            auto citations = writeBedrockCitations(part, losses);
            if (citations.empty()) item = {{"text", part.text}};
            else item = {{"citationsContent", {{"content", Json::array({{{"text", part.text}}})}, {"citations", std::move(citations)}}}};
            break;
        }
        case Part::Kind::Thinking: {
            Json text = {{"text", part.text}};
            const bool own = part.signature && part.signature->family == Family::Anthropic;
            if (own) text["signature"] = part.signature->data;
            else if (part.signature) dropped(losses, part.path + ".signature", "Bedrock's clients hand back Claude's signatures alone.");
            part.taken = true;
            if (part.text.empty() && !own) continue;
            item = {{"reasoningContent", {{"reasoningText", std::move(text)}}}};
            break;
        }
        case Part::Kind::RedactedThinking:
            if (!part.signature || part.signature->family != Family::Anthropic) continue;
            item = {{"reasoningContent", {{"redactedContent", part.signature->data}}}};
            break;
        case Part::Kind::ToolCall:
            calls = true;
            item = {{"toolUseId", safeCallId(part.callId)}, {"name", part.name}, {"input", part.arguments.is_object() ? part.arguments : Json::object()}};
            if (part.argumentsMalformed) coerced(losses, part.path + ".arguments", "They are no JSON object; they stand in a field \"_raw\" of one.");
            if (part.signature) dropped(losses, part.path + ".signature", "Bedrock's calls are not signed.");
            restore(part.extras, kFamily, item);
            item = {{"toolUse", Json(item)}};
            break;
        case Part::Kind::Image: {
            const auto format = bedrockFormat(part);
            if (format.empty() || part.data.empty()) continue;
            item = {{"image", {{"format", format}, {"source", {{"bytes", part.data}}}}}};
            break;
        }
        case Part::Kind::Opaque:
            if (part.extras.family != kFamily) continue;
            item = part.opaque;
            break;
        default: continue;
        }
        part.taken = true;
        if (part.extras.family == kFamily) part.extras.taken = true;
        content.push_back(std::move(item));
    }
    for (std::size_t i = 1; i < answer.choices.size(); ++i) {
        for (auto& part : answer.choices[i].parts) part.taken = true;
        dropped(losses, fmt::format("choices[{}]", answer.choices[i].index), "Bedrock gives one answer.");
    }
    if (!choice.logprobs.is_null()) dropped(losses, choice.path + ".logprobs", "Bedrock tells no log probabilities.");
    Json out = {{"output", {{"message", {{"role", "assistant"}, {"content", std::move(content)}}}}},
                {"stopReason", writeBedrockStop(choice.finish, calls)},
                {"usage", writeBedrockUsage(answer.usage)}};
    const bool own = answer.extras.family == kFamily && answer.extras.members.contains("metrics");
    if (!own) {
        out["metrics"] = {{"latencyMs", 0}};
        defaulted(losses, "metrics.latencyMs", "Bedrock's clients read it; the provider did not say how long it took.");
    }
    if (!choice.stopSequence.empty()) out["additionalModelResponseFields"] = {{"stop_sequence", choice.stopSequence}};
    if (!answer.serviceTier.empty()) out["serviceTier"] = {{"type", answer.serviceTier}};
    restore(answer.extras, kFamily, out);
    return out;
}

int bedrockStatus(std::string_view exception) {
    for (const auto& row : kExceptions)
        if (sameName(row.name, exception)) return row.status;
    return 500;
}

ApiError readBedrockError(int status, const Json& body) {
    ApiError error;
    error.status = status;
    error.message = textOf(body, "message");
    if (error.message.empty()) error.message = textOf(body, "Message");
    error.type = textOf(body, "__type");
    // "com.amazon.coral.service#AccessDeniedException"
    if (const auto hash = error.type.rfind('#'); hash != std::string::npos) error.type.erase(0, hash + 1);
    const auto says = [&](std::string_view words) { return error.message.find(words) != std::string::npos; };
    if (says("too long") || says("context length") || says("context window") || says("exceed context limit")) error.code = "context_length_exceeded";
    else if (status == 429) error.code = "rate_limit_exceeded";
    return error;
}

Json writeBedrockError(const ApiError& error) {
    const bool own = error.type.ends_with("Exception");
    return {{"__type", own ? error.type : std::string(bedrockErrorType(error.status))}, {"message", error.message}};
}

std::string_view bedrockErrorType(int status) {
    for (const auto& row : kExceptions)
        if (row.status == status) return row.name;
    if (status == 529 || status == 502 || status == 504) return "ServiceUnavailableException";
    return status >= 500 ? "InternalServerException" : "ValidationException";
}

const Dialect kBedrockConverse = {.name = "bedrock-converse",
                                  .family = kFamily,
                                  .operation = Operation::Chat,
                                  .modelInTarget = true,
                                  .readRequest = readBedrock,
                                  .writeRequest = writeBedrock,
                                  .readAnswer = readBedrockAnswer,
                                  .writeAnswer = writeBedrockAnswer,
                                  .streamReader = bedrockReader,
                                  .streamWriter = bedrockWriter,
                                  .readError = readBedrockError,
                                  .writeError = writeBedrockError,
                                  .errorType = bedrockErrorType};

}  // namespace gatehouse::llm
