// cohere-chat: answers, errors and the row.
#include "llm/dialect/cohere.h"
#include "llm/dialect/dialect.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::Cohere;

std::uint64_t count(const Json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number() || *found < 0) return 0;
    return found->is_number_float() ? static_cast<std::uint64_t>(found->get<double>()) : found->get<std::uint64_t>();
}

const Json& objectOf(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_object() ? *found : emptyObject();
}

}  // namespace

Usage readCohereUsage(const Json& json) {
    Usage usage;
    if (!json.is_object()) return usage;
    const auto& billed = objectOf(json, "billed_units");
    const auto& tokens = objectOf(json, "tokens");
    const auto of = [&](const char* key) { return billed.contains(key) ? count(billed, key) : count(tokens, key); };
    for (const auto* key : {"input_tokens", "output_tokens", "image_tokens"}) usage.known |= billed.contains(key) || tokens.contains(key);
    usage.inputTokens = of("input_tokens") + count(billed, "image_tokens");
    usage.outputTokens = of("output_tokens");
    usage.cachedTokens = std::min(count(json, "cached_tokens"), usage.inputTokens);
    return usage;
}

Json writeCohereUsage(const Usage& usage) {
    const Json tokens = {{"input_tokens", usage.inputTokens}, {"output_tokens", usage.outputTokens}};
    Json json = {{"billed_units", tokens}, {"tokens", tokens}};
    if (usage.cachedTokens > 0) json["cached_tokens"] = usage.cachedTokens;
    return json;
}

FinishReason readCohereFinish(std::string_view word) {
    if (word == "COMPLETE") return FinishReason::Stop;
    if (word == "STOP_SEQUENCE") return FinishReason::StopSequence;
    if (word == "MAX_TOKENS") return FinishReason::Length;
    if (word == "TOOL_CALL") return FinishReason::ToolCalls;
    if (word == "ERROR_TOXIC") return FinishReason::ContentFilter;
    return word == "ERROR_LIMIT" ? FinishReason::ContextLength : FinishReason::Unknown;
}

std::string_view writeCohereFinish(FinishReason finish, bool hasCalls) {
    switch (finish) {
    case FinishReason::StopSequence: return "STOP_SEQUENCE";
    case FinishReason::Length:
    case FinishReason::ContextLength: return "MAX_TOKENS";
    case FinishReason::ToolCalls: return "TOOL_CALL";
    default: return hasCalls ? "TOOL_CALL" : "COMPLETE";
    }
}

/// An item may stand for several tokens, whose texts are told as one: so is their probability here.
Json readCohereLogprobs(const Json& items) {
    if (!items.is_array() || items.empty()) return nullptr;
    Json content = Json::array();
    for (const auto& item : items) {
        if (!item.is_object()) continue;
        const auto text = textOf(item, "text");
        double sum = 0;
        if (const auto values = item.find("logprobs"); values != item.end() && values->is_array())
            for (const auto& value : *values) sum += value.is_number() ? value.get<double>() : 0;
        Json bytes = Json::array();
        for (const char c : text) bytes.push_back(static_cast<unsigned char>(c));
        content.push_back({{"token", text}, {"logprob", sum}, {"bytes", std::move(bytes)}, {"top_logprobs", Json::array()}});
    }
    return {{"content", std::move(content)}};
}

Json writeCohereLogprobs(const Json& logprobs, Losses& losses) {
    Json items = Json::array();
    if (!logprobs.is_object() || !logprobs.contains("content") || !logprobs["content"].is_array()) return items;
    bool others = false;
    for (const auto& token : logprobs["content"]) {
        if (!token.is_object()) continue;
        others |= token.contains("top_logprobs") && !token["top_logprobs"].empty();
        items.push_back({{"text", textOf(token, "token")},
                         {"token_ids", Json::array()},
                         {"logprobs", Json::array({token.contains("logprob") ? token["logprob"] : Json(0)})}});
    }
    if (others) dropped(losses, "logprobs.content.top_logprobs", "Cohere tells the chosen tokens alone.");
    return items;
}

Json writeCohereCitations(const Part& part, std::string_view text, std::size_t contentIndex, Losses& losses) {
    Json citations = Json::array();
    std::size_t i = 0;
    for (const auto& citation : part.citations) {
        const auto number = i++;
        const auto path = fmt::format("{}.citations[{}]", part.path, number);
        if (citation.value("family", -1) == static_cast<int>(kFamily)) {
            citations.push_back(citation["raw"]);
            if (textOf(citation["raw"], "type") != "PLAN" && citations.back().is_object()) citations.back()["content_index"] = contentIndex;
            continue;
        }
        Json document = Json::object();
        for (const auto& [from, to] : {std::pair{"title", "title"}, std::pair{"url", "url"}, std::pair{"text", "snippet"}})
            if (const auto value = textOf(citation, from); !value.empty()) document[to] = value;
        if (document.empty()) {
            dropped(losses, path, "Cohere has no citation of this kind.");
            continue;
        }
        const auto at = [&](const char* key, std::size_t otherwise) {
            const auto found = citation.find(key);
            return found != citation.end() && found->is_number_unsigned() ? std::min(found->get<std::size_t>(), text.size()) : otherwise;
        };
        const auto start = at("start", 0);
        const auto end = std::max(start, at("end", text.size()));
        const auto id = fmt::format("doc:{}", number);
        coerced(losses, path, "Cohere's citations name documents; one stands there for what was cited.");
        document["id"] = id;
        citations.push_back({{"start", characters(text.substr(0, start))},
                             {"end", characters(text.substr(0, end))},
                             {"text", text.substr(start, end - start)},
                             {"sources", Json::array({{{"type", "document"}, {"id", id}, {"document", std::move(document)}}})},
                             {"content_index", contentIndex},
                             {"type", "TEXT_CONTENT"}});
    }
    return citations;
}

Result<ChatAnswer> readCohereAnswer(const Json& json) {
    ChatAnswer answer;
    Members body(json, "");
    answer.id = body.text("id").value_or("");
    Choice choice;
    choice.path = "message";
    choice.rawFinish = body.text("finish_reason").value_or("");
    choice.finish = readCohereFinish(choice.rawFinish);
    if (choice.rawFinish == "ERROR" || choice.rawFinish == "TIMEOUT") body.fail("finish_reason", "says that the answer failed");
    if (const auto* message = body.object("message")) {
        Members members(*message, "message");
        members.take("role");
        readCohereAssistant(members, choice.parts, nullptr);
        choice.messageExtras = {kFamily, members.rest(), "message", false};
        body.adopt(members);
    } else {
        body.fail("message", "is missing");
    }
    if (const auto* usage = body.object("usage")) answer.usage = readCohereUsage(*usage);
    if (const auto* logprobs = body.array("logprobs")) choice.logprobs = readCohereLogprobs(*logprobs);
    answer.choices.push_back(std::move(choice));
    answer.extras = {kFamily, body.rest(), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return answer;
}

Json writeCohereAnswer(ChatAnswer& answer, Losses& losses) {
    Choice none;
    auto& choice = answer.choices.empty() ? none : answer.choices.front();
    Json content = Json::array();
    Json calls = Json::array();
    Json citations = Json::array();
    std::string plan;
    const bool hasCalls = std::any_of(choice.parts.begin(), choice.parts.end(), [](const Part& part) { return part.kind == Part::Kind::ToolCall; });
    for (auto& part : choice.parts) {
        switch (part.kind) {
        case Part::Kind::Refusal:
        case Part::Kind::Text: {
            for (auto& citation : writeCohereCitations(part, part.text, content.size(), losses)) {
                // Of a plan's they are a plan's.
                if (hasCalls) citation["type"] = "PLAN", citation.erase("content_index");
                citations.push_back(std::move(citation));
            }
            if (hasCalls) plan += part.text;
            else content.push_back({{"type", "text"}, {"text", part.text}});
            break;
        }
        case Part::Kind::Thinking:
            if (part.signature) dropped(losses, part.path + ".signature", "Cohere's thinking is not signed.");
            if (!part.text.empty()) content.push_back({{"type", "thinking"}, {"thinking", part.text}});
            break;
        case Part::Kind::ToolCall:
            if (part.signature) dropped(losses, part.path + ".signature", "Cohere's calls are not signed.");
            calls.push_back({{"id", part.callId},
                             {"type", "function"},
                             {"function", {{"name", part.name}, {"arguments", part.argumentsMalformed ? part.text : dumpArguments(part.arguments)}}}});
            break;
        default: continue;
        }
        part.taken = true;
        if (part.extras.family == kFamily) part.extras.taken = true;
    }
    for (std::size_t i = 1; i < answer.choices.size(); ++i) {
        for (auto& part : answer.choices[i].parts) part.taken = true;
        dropped(losses, fmt::format("choices[{}]", answer.choices[i].index), "Cohere gives one answer.");
    }
    Json message = {{"role", "assistant"}};
    if (!plan.empty()) message["tool_plan"] = plan;
    if (!calls.empty()) message["tool_calls"] = std::move(calls);
    if (!content.empty() || !hasCalls) message["content"] = std::move(content);
    if (!citations.empty()) message["citations"] = std::move(citations);
    restore(choice.messageExtras, kFamily, message);
    Json out = {{"id", answer.id.empty() ? fmt::format("chat_{}", secondsNow()) : answer.id},
                {"finish_reason", writeCohereFinish(choice.finish, hasCalls)},
                {"message", std::move(message)},
                {"usage", writeCohereUsage(answer.usage)}};
    if (!choice.logprobs.is_null()) out["logprobs"] = writeCohereLogprobs(choice.logprobs, losses);
    if (choice.finish == FinishReason::ContentFilter) coerced(losses, "finish_reason", "Cohere has no word for filtered content.");
    if (!choice.stopSequence.empty()) dropped(losses, "stop_sequence", "Cohere does not say which stop sequence was met.");
    if (!answer.serviceTier.empty() && answer.serviceTier != "default") dropped(losses, "service_tier", "Cohere has no service tiers.");
    restore(answer.extras, kFamily, out);
    return out;
}

ApiError readCohereError(int status, const Json& body) {
    ApiError error;
    error.status = status;
    error.message = textOf(body, "message");
    const auto says = [&](std::string_view words) { return error.message.find(words) != std::string::npos; };
    if (says("too many tokens") || says("context length")) error.code = "context_length_exceeded";
    else if (status == 429) error.code = "rate_limit_exceeded";
    return error;
}

Json writeCohereError(const ApiError& error) { return {{"message", error.message}}; }

/// Its bodies hold no type; these are the names that its clients give them.
std::string_view cohereErrorType(int status) {
    switch (status) {
    case 401: return "UnauthorizedError";
    case 403: return "ForbiddenError";
    case 404: return "NotFoundError";
    case 422: return "UnprocessableEntityError";
    case 429: return "TooManyRequestsError";
    case 499: return "ClientClosedRequestError";
    case 501: return "NotImplementedError";
    case 503:
    case 529: return "ServiceUnavailableError";
    case 408:
    case 504: return "GatewayTimeoutError";
    default: return status >= 500 ? "InternalServerError" : "BadRequestError";
    }
}

const Dialect kCohereChat = {.name = "cohere-chat",
                             .family = kFamily,
                             .operation = Operation::Chat,
                             .modelInTarget = false,
                             .readRequest = readCohere,
                             .writeRequest = writeCohere,
                             .readAnswer = readCohereAnswer,
                             .writeAnswer = writeCohereAnswer,
                             .streamReader = cohereReader,
                             .streamWriter = cohereWriter,
                             .readError = readCohereError,
                             .writeError = writeCohereError,
                             .errorType = cohereErrorType};

}  // namespace gatehouse::llm
