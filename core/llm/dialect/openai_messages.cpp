// Messages and answers as OpenAI's chat writes them.
#include "llm/dialect/dialect.h"
#include "llm/dialect/openai_chat.h"

#include <fmt/format.h>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::OpenAiChat;

struct Writer {
    const OpenAiModel& model;
    Losses& losses;
    Json& out;

    void mark(const Part& part, Json& item) const {
        if (!part.cache) return;
        if (model.cacheControl) {
            item["cache_control"] = {{"type", "ephemeral"}};
            if (!part.cache->ttl.empty()) item["cache_control"]["ttl"] = part.cache->ttl;
        } else if (model.cacheBreakpoint) {
            item["prompt_cache_breakpoint"] = {{"mode", "explicit"}};
            if (!part.cache->ttl.empty()) coerced(losses, part.path + ".cache_control.ttl", "OpenAI has one time to live for all marks of a request.");
        } else {
            dropped(losses, part.path + ".cache_control", "This model takes no cache marks; its provider caches the beginning of prompts by itself.");
        }
    }

    void citations(const Part& part) const {
        for (std::size_t i = 0; i < part.citations.size(); ++i)
            dropped(losses, fmt::format("{}.citations[{}]", part.path, i), "OpenAI's chat takes no citations in a request.");
    }

    std::optional<Json> document(Part& part) const {
        if (!part.context.empty()) dropped(losses, part.path + ".context", "OpenAI's files have no context.");
        if (!part.text.empty() || !part.content.empty()) {
            auto text = part.text;
            for (auto& inner : part.content) {
                if (inner.kind != Part::Kind::Text) continue;
                inner.taken = true;
                text += (text.empty() ? "" : "\n") + inner.text;
            }
            coerced(losses, part.path, "OpenAI's chat has no documents of plain text; it became a text.");
            return Json{{"type", "text"}, {"text", part.title.empty() ? text : part.title + "\n\n" + text}};
        }
        Json file = Json::object();
        if (!part.data.empty()) {
            const auto& name = part.name.empty() ? part.title : part.name;
            file["filename"] = name.empty() ? "document.pdf" : name;
            if (name.empty()) defaulted(losses, "file.filename", "OpenAI's files have a name; it is \"document.pdf\".");
            file["file_data"] = dataUrl(part.mediaType.empty() ? "application/pdf" : part.mediaType, part.data);
        } else if (!part.fileId.empty()) {
            file["file_id"] = part.fileId;
        } else {
            dropped(losses, part.path, "OpenAI's chat takes no documents by URL.");
            return std::nullopt;
        }
        return Json{{"type", "file"}, {"file", std::move(file)}};
    }

    /// One part of a message's content; nothing where it has no place there.
    std::optional<Json> content(Part& part) const {
        Json item;
        switch (part.kind) {
        case Part::Kind::Text:
            item = {{"type", "text"}, {"text", part.text}};
            citations(part);
            break;
        case Part::Kind::Refusal: item = {{"type", "refusal"}, {"refusal", part.text}}; break;
        case Part::Kind::Image:
        case Part::Kind::Video: {
            const auto* key = part.kind == Part::Kind::Image ? "image_url" : "video_url";
            if (part.url.empty() && part.data.empty()) {
                part.taken = true;
                dropped(losses, part.path, "OpenAI's chat takes images as data or by URL, not by a file's id.");
                return std::nullopt;
            }
            Json url = {{"url", part.data.empty() ? part.url : dataUrl(part.mediaType.empty() ? "image/png" : part.mediaType, part.data)}};
            if (!part.detail.empty()) url["detail"] = part.detail;
            item = {{"type", key}, {key, std::move(url)}};
            break;
        }
        case Part::Kind::Audio:
            if (part.data.empty()) return std::nullopt;
            item = {{"type", "input_audio"}, {"input_audio", {{"data", part.data}, {"format", audioFormat(part.mediaType)}}}};
            break;
        case Part::Kind::Document: {
            part.taken = true;
            auto written = document(part);
            if (!written) return std::nullopt;
            item = std::move(*written);
            break;
        }
        case Part::Kind::Opaque:
            if (part.extras.family != kFamily) return std::nullopt;
            item = part.opaque;
            break;
        default: return std::nullopt;
        }
        part.taken = true;
        mark(part, item);
        restore(part.extras, kFamily, item);
        return item;
    }

    /// A lone text as a string, which every server takes; null where nothing is left.
    Json join(Json parts) const {
        if (parts.empty()) return nullptr;
        if (parts.size() == 1 && parts[0].size() == 2 && parts[0].contains("text")) return std::move(parts[0]["text"]);
        return parts;
    }

    Json written(std::vector<Part>& parts) const {
        Json list = Json::array();
        for (auto& part : parts)
            if (auto item = content(part)) list.push_back(std::move(*item));
        return join(std::move(list));
    }

    /// The result of a call; what is no text goes into `beside`, for a user's message after the results.
    void result(Part& part, Json& beside) const {
        part.taken = true;
        Json texts = Json::array();
        for (auto& inner : part.content) {
            auto item = content(inner);
            if (!item) continue;
            if (inner.kind == Part::Kind::Text || (*item).contains("text")) {
                texts.push_back(std::move(*item));
            } else {
                if (inner.kind == Part::Kind::Image || inner.kind == Part::Kind::Document)
                    coerced(losses, inner.path, "OpenAI's tool results are text alone; it went into a user's message after them.");
                beside.push_back(std::move(*item));
            }
        }
        if (part.isError) dropped(losses, part.path + ".is_error", "OpenAI's tool results do not say that a call failed.");
        Json message = {{"role", "tool"}, {"tool_call_id", part.callId}};
        auto text = join(std::move(texts));
        message["content"] = text.is_null() ? Json("") : std::move(text);
        mark(part, message);
        restore(part.extras, kFamily, message);
        out.push_back(std::move(message));
    }

    void thinking(ChatMessage& message, Json& into) const {
        Json blocks = Json::array();
        std::string text;
        for (auto& part : message.parts) {
            const bool redacted = part.kind == Part::Kind::RedactedThinking;
            if (part.kind != Part::Kind::Thinking && !redacted) continue;
            part.taken = true;
            if (model.openAi) {
                dropped(losses, part.path, "OpenAI's chat takes no thinking of earlier answers.");
                continue;
            }
            text += part.text;
            if (part.signature) blocks.push_back(writeOpenAiThinking(part));
        }
        if (!text.empty()) into["reasoning_content"] = text;
        if (!blocks.empty()) into["thinking_blocks"] = std::move(blocks);
    }

    void assistant(ChatMessage& message) const {
        Json item = {{"role", "assistant"}};
        Json list = Json::array();
        Json calls = Json::array();
        for (auto& part : message.parts) {
            if (part.kind == Part::Kind::ToolCall) {
                part.taken = true;
                auto call = writeOpenAiToolCall(part, losses);
                if (part.cache) dropped(losses, part.path + ".cache_control", "OpenAI's calls take no cache marks.");
                restore(part.extras, kFamily, call);
                calls.push_back(std::move(call));
            } else if (auto written = content(part)) {
                list.push_back(std::move(*written));
            }
        }
        thinking(message, item);
        // Of an answer that was handed back: its own field, as OpenAI gave it.
        if (list.size() == 1 && list[0].contains("refusal")) {
            item["content"] = nullptr;
            item["refusal"] = list[0]["refusal"];
        } else {
            item["content"] = join(std::move(list));
        }
        if (!calls.empty()) item["tool_calls"] = std::move(calls);
        else if (item["content"].is_null() && !item.contains("refusal")) item["content"] = "";
        finish(message, std::move(item));
    }

    void finish(ChatMessage& message, Json item) const {
        if (!message.name.empty()) item["name"] = message.name;
        restore(message.extras, kFamily, item);
        out.push_back(std::move(item));
    }

    void other(ChatMessage& message) const {
        Json beside = Json::array();
        bool anyResult = false;
        for (auto& part : message.parts) {
            if (part.kind != Part::Kind::ToolResult) continue;
            anyResult = true;
            result(part, beside);
        }
        for (auto& part : message.parts) {
            if (part.kind == Part::Kind::ToolResult) continue;
            if (auto item = content(part)) beside.push_back(std::move(*item));
        }
        if (beside.empty() && anyResult) {
            restore(message.extras, kFamily, out.back());
            return;
        }
        const auto* role = message.role == Role::System ? "system" : message.role == Role::Developer ? "developer" : "user";
        auto text = join(std::move(beside));
        finish(message, Json{{"role", role}, {"content", text.is_null() ? Json("") : std::move(text)}});
    }
};

void readAnswerMessage(const Json& item, std::string path, Choice& choice, Members& owner) {
    Members message(item, std::move(path));
    message.take("role");
    readOpenAiThinking(message, choice.parts);
    const auto before = choice.parts.size();
    readOpenAiContent(message, "content", choice.parts, nullptr);
    if (const auto* annotations = message.array("annotations"); annotations != nullptr && !annotations->empty()) {
        if (choice.parts.size() > before) choice.parts[before].citations = readOpenAiAnnotations(*annotations, choice.parts[before].text);
    }
    if (const auto refusal = message.text("refusal"); refusal && !refusal->empty()) {
        Part part;
        part.kind = Part::Kind::Refusal;
        part.text = *refusal;
        part.path = message.pathOf("refusal");
        choice.parts.push_back(std::move(part));
    }
    if (const auto* audio = message.object("audio")) {
        Members inner(*audio, message.pathOf("audio"));
        Part part;
        part.kind = Part::Kind::Audio;
        part.path = message.pathOf("audio");
        part.data = inner.text("data").value_or("");
        part.text = inner.text("transcript").value_or("");
        part.fileId = inner.text("id").value_or("");
        part.extras = {kFamily, inner.rest(), part.path, false};
        message.adopt(inner);
        choice.parts.push_back(std::move(part));
    }
    readOpenAiToolCalls(message, choice.parts);
    choice.messageExtras = {kFamily, message.rest(), message.path(), false};
    owner.adopt(message);
}

Choice readChoice(const Json& item, std::string path, Members& owner) {
    Choice choice;
    choice.path = path;
    Members members(item, std::move(path));
    choice.index = static_cast<int>(members.integer("index").value_or(0));
    choice.rawFinish = members.text("finish_reason").value_or("");
    choice.finish = readOpenAiFinish(choice.rawFinish);
    // vLLM tells which stop sequence was met.
    if (members.has("stop_reason") && members.peek("stop_reason")->is_string()) {
        choice.stopSequence = members.text("stop_reason").value_or("");
        if (choice.finish == FinishReason::Stop) choice.finish = FinishReason::StopSequence;
    }
    if (const auto* logprobs = members.object("logprobs")) choice.logprobs = *logprobs;
    if (const auto* message = members.object("message")) readAnswerMessage(*message, members.pathOf("message"), choice, members);
    else members.fail("message", "is missing");
    choice.extras = {kFamily, members.rest(), choice.path, false};
    owner.adopt(members);
    return choice;
}

}  // namespace

Json writeOpenAiMessages(ChatRequest& request, const OpenAiModel& model, Losses& losses) {
    Json out = Json::array();
    const Writer writer{model, losses, out};
    for (auto& message : request.messages) {
        if (message.role == Role::Assistant) writer.assistant(message);
        else writer.other(message);
    }
    return out;
}

FinishReason readOpenAiFinish(std::string_view word) {
    if (word == "stop") return FinishReason::Stop;
    if (word == "length") return FinishReason::Length;
    if (word == "tool_calls" || word == "function_call") return FinishReason::ToolCalls;
    return word == "content_filter" ? FinishReason::ContentFilter : FinishReason::Unknown;
}

std::string_view writeOpenAiFinish(FinishReason finish, bool hasCalls) {
    switch (finish) {
    case FinishReason::Length:
    case FinishReason::ContextLength: return "length";
    case FinishReason::ToolCalls: return "tool_calls";
    case FinishReason::ContentFilter:
    case FinishReason::Refusal: return "content_filter";
    default: return hasCalls ? "tool_calls" : "stop";
    }
}

Usage readOpenAiUsage(const Json& json) {
    Usage usage;
    if (!json.is_object()) return usage;
    const auto count = [](const Json& object, const char* key) -> std::uint64_t {
        const auto found = object.find(key);
        return found != object.end() && found->is_number_integer() && *found > 0 ? found->get<std::uint64_t>() : 0;
    };
    usage.known = true;
    usage.inputTokens = count(json, "prompt_tokens");
    usage.outputTokens = count(json, "completion_tokens");
    usage.cachedTokens = count(json, "prompt_cache_hit_tokens");  // DeepSeek
    if (const auto details = json.find("prompt_tokens_details"); details != json.end() && details->is_object()) {
        usage.cachedTokens = std::max(usage.cachedTokens, count(*details, "cached_tokens"));
        usage.cacheWriteTokens = count(*details, "cache_write_tokens");
        usage.audioInputTokens = count(*details, "audio_tokens");
    }
    if (const auto details = json.find("completion_tokens_details"); details != json.end() && details->is_object()) {
        usage.reasoningTokens = count(*details, "reasoning_tokens");
        usage.audioOutputTokens = count(*details, "audio_tokens");
    }
    return usage;
}

Json writeOpenAiUsage(const Usage& usage) {
    Json input = {{"cached_tokens", usage.cachedTokens}};
    if (usage.cacheWriteTokens > 0) input["cache_write_tokens"] = usage.cacheWriteTokens;
    if (usage.audioInputTokens > 0) input["audio_tokens"] = usage.audioInputTokens;
    Json output = {{"reasoning_tokens", usage.reasoningTokens}};
    if (usage.audioOutputTokens > 0) output["audio_tokens"] = usage.audioOutputTokens;
    return {{"prompt_tokens", usage.inputTokens},
            {"completion_tokens", usage.outputTokens},
            {"total_tokens", usage.inputTokens + usage.outputTokens},
            {"prompt_tokens_details", std::move(input)},
            {"completion_tokens_details", std::move(output)}};
}

Result<ChatAnswer> readOpenAiAnswer(const Json& json) {
    ChatAnswer answer;
    Members body(json, "");
    body.take("object");
    answer.id = body.text("id").value_or("");
    answer.model = body.text("model").value_or("");
    answer.created = body.integer("created").value_or(0);
    answer.serviceTier = body.text("service_tier").value_or("");
    answer.systemFingerprint = body.text("system_fingerprint").value_or("");
    if (const auto* usage = body.object("usage")) answer.usage = readOpenAiUsage(*usage);
    if (const auto* choices = body.array("choices")) {
        std::size_t i = 0;
        for (const auto& item : *choices) answer.choices.push_back(readChoice(item, fmt::format("choices[{}]", i++), body));
    } else {
        body.fail("choices", "is missing");
    }
    answer.extras = {kFamily, body.rest(), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return answer;
}

namespace {

Json writeChoice(Choice& choice, Losses& losses) {
    std::string text;
    std::string refusal;
    std::string thoughts;
    Json annotations = Json::array();
    Json blocks = Json::array();
    Json calls = Json::array();
    Json audio;
    bool anyText = false;
    for (auto& part : choice.parts) {
        switch (part.kind) {
        case Part::Kind::Text:
            for (auto& annotation : writeOpenAiAnnotations(part, characters(text), losses)) annotations.push_back(std::move(annotation));
            text += part.text;
            anyText = true;
            break;
        case Part::Kind::Refusal: refusal += part.text; break;
        case Part::Kind::Thinking:
            thoughts += part.text;
            if (part.signature) blocks.push_back(writeOpenAiThinking(part));
            break;
        case Part::Kind::RedactedThinking: blocks.push_back(writeOpenAiThinking(part)); break;
        case Part::Kind::ToolCall: {
            auto call = writeOpenAiToolCall(part, losses);
            restore(part.extras, kFamily, call);
            calls.push_back(std::move(call));
            break;
        }
        case Part::Kind::Audio:
            audio = {{"id", part.fileId.empty() ? "audio" : part.fileId}, {"data", part.data}, {"expires_at", 0}, {"transcript", part.text}};
            if (part.extras.family == kFamily && part.extras.members.contains("expires_at")) audio["expires_at"] = part.extras.members["expires_at"];
            part.extras.taken = true;
            break;
        default: continue;
        }
        part.taken = true;
    }
    Json message = {{"role", "assistant"}, {"content", anyText ? Json(text) : Json(nullptr)}, {"refusal", nullptr}};
    if (!refusal.empty()) message["refusal"] = refusal;
    if (!thoughts.empty()) message["reasoning_content"] = thoughts;
    if (!blocks.empty()) message["thinking_blocks"] = std::move(blocks);
    if (!annotations.empty()) message["annotations"] = std::move(annotations);
    if (!audio.is_null()) message["audio"] = std::move(audio);
    const bool hasCalls = !calls.empty();
    if (hasCalls) message["tool_calls"] = std::move(calls);
    restore(choice.messageExtras, kFamily, message);
    Json out = {{"index", choice.index}, {"message", std::move(message)}, {"logprobs", nullptr}};
    if (!choice.logprobs.is_null()) out["logprobs"] = choice.logprobs;
    out["finish_reason"] = writeOpenAiFinish(choice.finish, hasCalls);
    if (!choice.stopSequence.empty()) out["stop_reason"] = choice.stopSequence;
    restore(choice.extras, kFamily, out);
    return out;
}

}  // namespace

Json writeOpenAiAnswer(ChatAnswer& answer, Losses& losses) {
    Json out = {{"id", answer.id.empty() ? "chatcmpl-" + std::to_string(secondsNow()) : answer.id},
                {"object", "chat.completion"},
                {"created", answer.created != 0 ? answer.created : secondsNow()},
                {"model", answer.model}};
    Json choices = Json::array();
    for (auto& choice : answer.choices) choices.push_back(writeChoice(choice, losses));
    out["choices"] = std::move(choices);
    if (answer.usage.known) out["usage"] = writeOpenAiUsage(answer.usage);
    if (!answer.serviceTier.empty()) out["service_tier"] = answer.serviceTier;
    if (!answer.systemFingerprint.empty()) out["system_fingerprint"] = answer.systemFingerprint;
    restore(answer.extras, kFamily, out);
    return out;
}

}  // namespace gatehouse::llm
