// openai-responses: whole answers.
#include "llm/dialect/dialect.h"
#include "llm/dialect/openai_responses.h"

#include <fmt/format.h>

#include <array>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::OpenAiResponses;

/// What a response repeats of its request, and what goes without saying.
constexpr std::array<std::string_view, 29> kEchoes = {
    "object",      "error",        "instructions",  "metadata",         "parallel_tool_calls",  "temperature",       "tool_choice",
    "tools",       "top_p",        "background",    "completed_at",     "conversation",         "max_output_tokens", "max_tool_calls",
    "moderation",  "prompt",       "reasoning",     "prompt_cache_key", "prompt_cache_options", "safety_identifier", "text",
    "top_logprobs", "truncation",  "user",          "store",            "output_text",          "previous_response_id",
    "prompt_cache_retention", "billing"};

std::string textOf(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::uint64_t count(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() && *found > 0 ? found->get<std::uint64_t>() : 0;
}

void readMessage(const Json& json, const std::string& path, Choice& choice, Members& owner) {
    Members item(json, path);
    item.take("type"), item.take("id"), item.take("status"), item.take("role");
    std::size_t i = 0;
    if (const auto* content = item.array("content"))
        for (const auto& inner : *content) {
            auto part = readResponsesPart(inner, fmt::format("{}.content[{}]", path, i++), owner);
            if (inner.is_object() && inner.contains("logprobs") && inner["logprobs"].is_array())
                for (const auto& token : inner["logprobs"]) choice.logprobs["content"].push_back(token);
            if ((part.kind == Part::Kind::Text || part.kind == Part::Kind::Refusal) && part.text.empty()) continue;
            choice.parts.push_back(std::move(part));
        }
    if (auto rest = item.rest(); !rest.empty()) {
        if (choice.messageExtras.empty()) choice.messageExtras = {kFamily, Json::object(), path, false};
        choice.messageExtras.members.update(rest);
    }
    owner.adopt(item);
}

class Writer {
  public:
    Writer(ChatAnswer& answer, Losses& losses, std::string_view id) : answer_(answer), losses_(losses), id_(id) {}

    Json items(Choice& choice) {
        for (auto& part : choice.parts) {
            add(part, choice);
            if (part.taken && part.signature && !(part.kind == Part::Kind::Text && part.text.empty()) && part.kind != Part::Kind::Thinking && part.kind != Part::Kind::RedactedThinking) signature(part);
        }
        return std::move(output_);
    }

  private:
    std::string id(std::string_view prefix) const { return responseItemId(prefix, id_, output_.size()); }

    void item(Json json) {
        output_.push_back(std::move(json));
        message_ = false;
    }

    void content(Json part) {
        if (!message_) {
            item({{"id", id("msg")}, {"type", "message"}, {"status", "completed"}, {"role", "assistant"}, {"content", Json::array()}});
            message_ = true;
        }
        output_.back()["content"].push_back(std::move(part));
    }

    void add(Part& part, Choice& choice) {
        const bool empty = part.text.empty() && (part.kind == Part::Kind::Text || part.kind == Part::Kind::Refusal);
        part.taken = empty;
        if (empty) return;
        switch (part.kind) {
        case Part::Kind::Text: {
            Json text = {{"type", "output_text"}, {"text", part.text}, {"annotations", writeResponsesAnnotations(part, losses_)}, {"logprobs", Json::array()}};
            // One list for the whole choice: it stands beside its first text.
            if (!logprobs_ && choice.logprobs.is_object() && choice.logprobs.contains("content")) text["logprobs"] = choice.logprobs["content"];
            logprobs_ = true;
            content(std::move(text));
            break;
        }
        case Part::Kind::Refusal: content({{"type", "refusal"}, {"refusal", part.text}}); break;
        case Part::Kind::Thinking:
        case Part::Kind::RedactedThinking: reasoning(part); break;
        case Part::Kind::ToolCall: call(part); break;
        case Part::Kind::Image:
            if (part.data.empty()) return;
            item({{"id", id("ig")}, {"type", "image_generation_call"}, {"status", "completed"}, {"result", part.data}});
            break;
        case Part::Kind::Opaque:
            if (part.extras.family != kFamily) return;
            item(part.opaque);
            break;
        default: return;
        }
        part.taken = true;
    }

    void reasoning(const Part& part) {
        if (part.text.empty() && !part.signature) return;
        const bool own = part.signature && part.signature->family == kFamily;
        Json json = {{"id", own && !part.signature->id.empty() ? part.signature->id : id("rs")}, {"type", "reasoning"}, {"summary", Json::array()}};
        if (!part.text.empty()) json["summary"].push_back({{"type", "summary_text"}, {"text", part.text}});
        if (part.signature) {
            const auto encrypted = writeEncrypted(*part.signature, part.kind == Part::Kind::Thinking ? "thinking" : "redacted");
            if (!encrypted.empty()) json["encrypted_content"] = encrypted;
        }
        item(std::move(json));
    }

    void call(Part& part) {
        if (isCustomCall(part)) {
            part.extras.taken = true;
            return item({{"id", id("ctc")}, {"type", "custom_tool_call"}, {"status", "completed"}, {"call_id", part.callId}, {"name", part.name}, {"input", part.arguments.value("input", "")}});
        }
        item({{"id", id("fc")},
              {"type", "function_call"},
              {"status", "completed"},
              {"arguments", part.argumentsMalformed ? part.text : dumpArguments(part.arguments)},
              {"call_id", part.callId},
              {"name", part.name}});
    }

    void signature(const Part& part) {
        const auto encrypted = writeEncrypted(*part.signature, "part");
        if (encrypted.empty()) return dropped(losses_, part.path + ".signature", "A response has no place for this signature.");
        item({{"id", id("rs")}, {"type", "reasoning"}, {"summary", Json::array()}, {"encrypted_content", encrypted}});
    }

    ChatAnswer& answer_;
    Losses& losses_;
    std::string_view id_;
    Json output_ = Json::array();
    bool message_ = false;   ///< The last item is a message that takes more content.
    bool logprobs_ = false;
};

}  // namespace

std::string responseItemId(std::string_view prefix, std::string_view responseId, std::size_t index) {
    std::uint64_t hash = 14695981039346656037U;  // FNV-1a: the same on every machine.
    for (const char c : responseId) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    return fmt::format("{}_{:016x}{:04x}", prefix, hash, index);
}

Json responseShell(std::string_view id, std::int64_t created, std::string_view model, std::string_view status) {
    return {{"id", id},
            {"object", "response"},
            {"created_at", created},
            {"status", status},
            {"background", false},
            {"error", nullptr},
            {"incomplete_details", nullptr},
            {"instructions", nullptr},
            {"max_output_tokens", nullptr},
            {"model", model},
            {"output", Json::array()},
            {"parallel_tool_calls", true},
            {"previous_response_id", nullptr},
            {"reasoning", {{"effort", nullptr}, {"summary", nullptr}}},
            {"store", false},
            {"temperature", nullptr},
            {"text", {{"format", {{"type", "text"}}}}},
            {"tool_choice", "auto"},
            {"tools", Json::array()},
            {"top_p", nullptr},
            {"truncation", "disabled"},
            {"usage", nullptr},
            {"user", nullptr},
            {"metadata", Json::object()}};
}

Json writeResponsesAnnotations(const Part& part, Losses& losses) {
    Json annotations = Json::array();
    std::size_t i = 0;
    for (const auto& citation : part.citations) {
        const auto path = fmt::format("{}.citations[{}]", part.path, i++);
        if (citation.value("family", -1) == static_cast<int>(kFamily)) {
            annotations.push_back(citation["raw"]);
            continue;
        }
        const auto charactersAt = [&](const char* key, std::size_t otherwise) {
            const auto found = citation.find(key);
            const auto bytes = found != citation.end() ? found->get<std::size_t>() : otherwise;
            return characters(std::string_view(part.text).substr(0, bytes));
        };
        const auto title = citation.contains("title") && citation["title"].is_string() ? citation["title"] : Json("");
        if (citation.contains("url")) {
            annotations.push_back({{"type", "url_citation"},
                                   {"start_index", charactersAt("start", 0)},
                                   {"end_index", charactersAt("end", part.text.size())},
                                   {"title", title},
                                   {"url", citation["url"]}});
        } else if (citation.contains("file_id")) {
            annotations.push_back({{"type", "file_citation"}, {"file_id", citation["file_id"]}, {"filename", title}, {"index", charactersAt("end", part.text.size())}});
        } else {
            dropped(losses, path, "A response cites URLs and files that have an id.");
            continue;
        }
        if (citation.contains("text")) dropped(losses, path + ".cited_text", "OpenAI's annotations hold no cited text.");
    }
    return annotations;
}

Usage readResponsesUsage(const Json& json) {
    Usage usage;
    if (!json.is_object()) return usage;
    usage.known = true;
    usage.inputTokens = count(json, "input_tokens");
    usage.outputTokens = count(json, "output_tokens");
    if (const auto details = json.find("input_tokens_details"); details != json.end() && details->is_object()) {
        usage.cachedTokens = count(*details, "cached_tokens");
        usage.cacheWriteTokens = count(*details, "cache_write_tokens");
        usage.audioInputTokens = count(*details, "audio_tokens");
    }
    if (const auto details = json.find("output_tokens_details"); details != json.end() && details->is_object()) {
        usage.reasoningTokens = count(*details, "reasoning_tokens");
        usage.audioOutputTokens = count(*details, "audio_tokens");
    }
    return usage;
}

Json writeResponsesUsage(const Usage& usage) {
    Json input = {{"cached_tokens", usage.cachedTokens}, {"cache_write_tokens", usage.cacheWriteTokens}};
    if (usage.audioInputTokens > 0) input["audio_tokens"] = usage.audioInputTokens;
    Json output = {{"reasoning_tokens", usage.reasoningTokens}};
    if (usage.audioOutputTokens > 0) output["audio_tokens"] = usage.audioOutputTokens;
    return {{"input_tokens", usage.inputTokens},
            {"input_tokens_details", std::move(input)},
            {"output_tokens", usage.outputTokens},
            {"output_tokens_details", std::move(output)},
            {"total_tokens", usage.inputTokens + usage.outputTokens}};
}

FinishReason readResponsesFinish(std::string_view status, std::string_view reason, bool hasCalls) {
    if (status == "incomplete") {
        if (reason == "max_output_tokens" || reason.empty()) return FinishReason::Length;
        return reason == "content_filter" ? FinishReason::ContentFilter : FinishReason::Unknown;
    }
    if (status != "completed" && !status.empty()) return FinishReason::Unknown;
    return hasCalls ? FinishReason::ToolCalls : FinishReason::Stop;
}

std::string_view writeResponsesReason(FinishReason finish) {
    switch (finish) {
    case FinishReason::Length:
    case FinishReason::ContextLength: return "max_output_tokens";
    case FinishReason::ContentFilter:
    case FinishReason::Refusal: return "content_filter";
    default: return "";
    }
}

ApiError readResponseError(const Json& response) {
    ApiError error;
    const auto found = response.find("error");
    const auto& inner = found != response.end() && found->is_object() ? *found : emptyObject();
    error.code = textOf(inner, "code");
    error.type = textOf(inner, "type");
    error.message = textOf(inner, "message");
    error.param = textOf(inner, "param");
    if (error.message.empty()) error.message = "The provider's response failed without a reason.";
    const auto& word = error.code.empty() ? error.type : error.code;
    if (word.starts_with("rate_limit") || word == "insufficient_quota") error.status = 429;
    else if (word.starts_with("invalid") || word.starts_with("context_length") || word.starts_with("image") || word.starts_with("unsupported")) error.status = 400;
    else error.status = 500;
    return error;
}

std::string_view responseErrorCode(const ApiError& error) {
    if (!error.code.empty()) return error.code;
    if (error.status == 429) return "rate_limit_exceeded";
    return error.status >= 400 && error.status < 500 ? "invalid_prompt" : "server_error";
}

Result<ChatAnswer> readResponsesAnswer(const Json& json) {
    ChatAnswer answer;
    Members body(json, "");
    for (const auto echo : kEchoes) body.take(echo);
    answer.id = body.text("id").value_or("");
    answer.model = body.text("model").value_or("");
    answer.created = body.integer("created_at").value_or(0);
    answer.serviceTier = body.text("service_tier").value_or("");
    const auto status = body.text("status").value_or("");
    if (status == "failed") {
        const auto error = readResponseError(json);
        return fail("provider-failed", fmt::format("The provider's response failed: {}{}{}", error.code, error.code.empty() ? "" : ": ", error.message));
    }
    if (status == "queued" || status == "in_progress" || status == "cancelled") return fail("provider-failed", fmt::format("The provider's response is no answer; it is {}.", status));
    const auto* details = body.object("incomplete_details");
    const auto reason = details != nullptr ? textOf(*details, "reason") : std::string();
    if (const auto* usage = body.object("usage")) answer.usage = readResponsesUsage(*usage);
    Choice choice;
    bool calls = false;
    if (const auto* output = body.array("output")) {
        std::size_t i = 0;
        for (const auto& item : *output) {
            const auto path = fmt::format("output[{}]", i++);
            if (item.is_object() && item.value("type", Json()) == "message") {
                readMessage(item, path, choice, body);
                continue;
            }
            // The signature of a part before it stays apart: a stream learns of it when that part is over.
            auto part = readResponsesItem(item, path, body, nullptr);
            calls |= part.kind == Part::Kind::ToolCall;
            if (part.kind == Part::Kind::RedactedThinking && !part.signature) continue;
            choice.parts.push_back(std::move(part));
        }
    } else {
        body.fail("output", "is missing");
    }
    choice.rawFinish = reason.empty() ? status : reason;
    choice.finish = readResponsesFinish(status, reason, calls);
    answer.choices.push_back(std::move(choice));
    answer.extras = {kFamily, body.rest(), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return answer;
}

Json writeResponsesAnswer(ChatAnswer& answer, Losses& losses) {
    const auto id = answer.id.empty() ? "resp_" + std::to_string(secondsNow()) : answer.id;
    Choice none;
    auto& choice = answer.choices.empty() ? none : answer.choices.front();
    const auto reason = writeResponsesReason(choice.finish);
    auto out = responseShell(id, answer.created != 0 ? answer.created : secondsNow(), answer.model, reason.empty() ? "completed" : "incomplete");
    if (!reason.empty()) out["incomplete_details"] = {{"reason", reason}};
    auto output = Writer(answer, losses, id).items(choice);
    if (!reason.empty() && !output.empty() && output.back().contains("status")) output.back()["status"] = "incomplete";
    out["output"] = std::move(output);
    if (answer.usage.known) out["usage"] = writeResponsesUsage(answer.usage);
    if (!answer.serviceTier.empty()) out["service_tier"] = answer.serviceTier;
    const auto at = [&](const char* field) { return choice.path.empty() ? std::string(field) : fmt::format("{}.{}", choice.path, field); };
    if (!choice.stopSequence.empty()) dropped(losses, at("stop_sequence"), "A response does not say which stop sequence was met.");
    if (choice.finish == FinishReason::Pause || choice.finish == FinishReason::MalformedToolCall)
        coerced(losses, at("finish_reason"), fmt::format("A response has no status for \"{}\"; it is \"completed\".", choice.rawFinish));
    for (std::size_t i = 1; i < answer.choices.size(); ++i) {
        for (auto& part : answer.choices[i].parts) part.taken = true;
        dropped(losses, fmt::format("choices[{}]", answer.choices[i].index), "A response is one answer.");
    }
    return out;
}

}  // namespace gatehouse::llm
