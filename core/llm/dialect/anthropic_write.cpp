// anthropic-messages: requests, written. What Anthropic refuses is not sent: empty texts, calls' ids with other characters, turns of one
// role in a row, results after other content, thinking that it did not sign.
#include "llm/dialect/anthropic.h"
#include "llm/dialect/dialect.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::Anthropic;
constexpr std::int64_t kMaxTokens = 8192;   ///< Where the client named none. Every model that is served takes it.
constexpr std::int64_t kLeastBudget = 1024;
constexpr int kMostMarks = 4;

}  // namespace

Json typedSchema(const Json& parameters) {
    if (parameters.is_null()) return {{"type", "object"}, {"properties", Json::object()}};
    if (parameters.contains("type")) return parameters;
    Json typed = {{"type", "object"}};
    typed.update(parameters);
    return typed;
}

bool closeObjects(Json& schema) {
    bool changed = false;
    if (schema.is_array()) {
        for (auto& item : schema) changed |= closeObjects(item);
        return changed;
    }
    if (!schema.is_object()) return false;
    const auto type = schema.find("type");
    if (type != schema.end() && *type == "object" && (!schema.contains("additionalProperties") || schema["additionalProperties"] != false)) {
        schema["additionalProperties"] = false;
        changed = true;
    }
    for (auto& [key, value] : schema.items())
        if (key != "enum" && key != "const" && key != "default" && key != "examples") changed |= closeObjects(value);
    return changed;
}

namespace {

class Writer {
  public:
    Writer(ChatRequest& request, Losses& losses) : request_(request), losses_(losses) {}

    Json write();

  private:
    Json markOf(const CacheMark& mark) const {
        Json json = {{"type", "ephemeral"}};
        if (mark.ttl == "5m" || mark.ttl == "1h") json["ttl"] = mark.ttl;
        return json;
    }
    void mark(const std::optional<CacheMark>& mark, const std::string& path, Json& into) {
        if (!mark) return;
        if (++marks_ > kMostMarks) return dropped(losses_, path + ".cache_control", "Anthropic takes four cache marks in a request.");
        into["cache_control"] = markOf(*mark);
        if (!mark->ttl.empty() && mark->ttl != "5m" && mark->ttl != "1h")
            coerced(losses_, path + ".cache_control.ttl", "Anthropic keeps a cache for 5m or 1h; it is the default, 5m.");
    }

    std::optional<Json> source(Part& part);
    std::optional<Json> block(Part& part);
    std::optional<Json> result(Part& part);
    void turns(Json& body);
    void add(Json& messages, const char* role, Json blocks);
    void tools(Json& body);
    void toolChoice(Json& body);
    void reasoning(Json& body);
    void outputFormat(Json& body);
    void sampling(Json& body);
    std::string callId(const Part& part) {
        auto id = safeCallId(part.callId);
        if (id != part.callId) coerced(losses_, part.path + ".id", fmt::format("Anthropic takes letters, digits, _ and - in a call's id; it is \"{}\".", id));
        return id;
    }

    ChatRequest& request_;
    Losses& losses_;
    ClaudeModel model_;
    int marks_ = 0;
};

std::optional<Json> Writer::source(Part& part) {
    if (!part.data.empty()) {
        if (part.kind == Part::Kind::Document && part.mediaType.starts_with("text/")) {
            return Json{{"type", "text"}, {"media_type", "text/plain"}, {"data", decodeBase64(part.data)}};
        }
        auto mediaType = part.mediaType;
        if (mediaType.empty()) mediaType = part.kind == Part::Kind::Image ? "image/png" : "application/pdf";
        if (mediaType == "image/jpg") mediaType = "image/jpeg";
        return Json{{"type", "base64"}, {"media_type", mediaType}, {"data", part.data}};
    }
    if (!part.url.empty()) return Json{{"type", "url"}, {"url", part.url}};
    if (!part.fileId.empty()) return Json{{"type", "file"}, {"file_id", part.fileId}};
    if (!part.content.empty()) {
        Json blocks = Json::array();
        for (auto& inner : part.content)
            if (auto written = block(inner)) blocks.push_back(std::move(*written));
        return Json{{"type", "content"}, {"content", std::move(blocks)}};
    }
    if (!part.text.empty()) return Json{{"type", "text"}, {"media_type", "text/plain"}, {"data", part.text}};
    return std::nullopt;
}

std::optional<Json> Writer::result(Part& part) {
    Json item = {{"type", "tool_result"}, {"tool_use_id", callId(part)}};
    Json blocks = Json::array();
    for (auto& inner : part.content)
        if (auto written = block(inner)) blocks.push_back(std::move(*written));
    if (blocks.size() == 1 && blocks[0].size() == 2 && blocks[0].contains("text")) item["content"] = std::move(blocks[0]["text"]);
    else if (!blocks.empty()) item["content"] = std::move(blocks);
    if (part.isError) item["is_error"] = true;
    return item;
}

std::optional<Json> Writer::block(Part& part) {
    Json item;
    switch (part.kind) {
    case Part::Kind::Text:
        part.taken = true;
        if (isBlank(part.text)) {
            if (part.cache) dropped(losses_, part.path, "Anthropic refuses empty text, so its cache mark is gone as well.");
            else if (!part.text.empty()) dropped(losses_, part.path, "Anthropic refuses text of nothing but space.");
            return std::nullopt;
        }
        item = {{"type", "text"}, {"text", part.text}};
        if (!part.citations.empty()) {
            Json citations = Json::array();
            std::size_t i = 0;
            for (const auto& citation : part.citations) {
                if (citation.value("family", -1) == static_cast<int>(kFamily)) citations.push_back(citation["raw"]);
                else dropped(losses_, fmt::format("{}.annotations[{}]", part.path, i), "Anthropic takes its own citations alone.");
                ++i;
            }
            if (!citations.empty()) item["citations"] = std::move(citations);
        }
        break;
    case Part::Kind::Refusal:
        if (isBlank(part.text)) return std::nullopt;
        item = {{"type", "text"}, {"text", part.text}};
        coerced(losses_, part.path, "Anthropic has no refusals in a conversation; it became a text.");
        break;
    case Part::Kind::Image:
    case Part::Kind::Document: {
        auto from = source(part);
        if (!from) return std::nullopt;
        const bool image = part.kind == Part::Kind::Image;
        item = {{"type", image ? "image" : "document"}, {"source", std::move(*from)}};
        const auto& title = part.title.empty() ? part.name : part.title;
        if (!image && !title.empty()) item["title"] = title;
        if (!image && !part.context.empty()) item["context"] = part.context;
        if (!part.detail.empty() && part.detail != "auto") dropped(losses_, part.path + ".detail", "Anthropic chooses an image's resolution itself.");
        break;
    }
    case Part::Kind::ToolCall:
        item = {{"type", "tool_use"}, {"id", callId(part)}, {"name", part.name}, {"input", part.arguments.is_object() ? part.arguments : Json::object()}};
        if (part.argumentsMalformed) coerced(losses_, part.path + ".arguments", "They are no JSON object; they stand in a field \"_raw\" of one.");
        break;
    case Part::Kind::ToolResult: item = *result(part); break;
    case Part::Kind::Thinking:
        if (part.signature && part.signature->family == kFamily) {
            item = {{"type", "thinking"}, {"thinking", part.text}, {"signature", part.signature->data}};
            part.taken = true;
            return item;
        }
        part.taken = true;
        dropped(losses_, part.path, "Anthropic takes back only thinking that it has signed.");
        return std::nullopt;
    case Part::Kind::RedactedThinking:
        if (!part.signature || part.signature->family != kFamily) return std::nullopt;
        part.taken = true;
        return Json{{"type", "redacted_thinking"}, {"data", part.signature->data}};
    case Part::Kind::Opaque:
        if (part.extras.family != kFamily) return std::nullopt;
        part.taken = true;
        return part.opaque;
    default: return std::nullopt;
    }
    part.taken = true;
    mark(part.cache, part.path, item);
    if (part.extras.family == kFamily && part.extras.members.contains("source")) {
        for (auto& [key, value] : part.extras.members["source"].items())
            if (item.contains("source") && !item["source"].contains(key)) item["source"][key] = value;
    }
    restore(part.extras, kFamily, item);
    return item;
}

/// Turns of one role are one turn; results of calls stand before everything else.
void Writer::add(Json& messages, const char* role, Json blocks) {
    if (blocks.empty()) return;
    if (messages.empty() || messages.back()["role"] != role) {
        messages.push_back({{"role", role}, {"content", Json::array()}});
    }
    auto& content = messages.back()["content"];
    for (auto& item : blocks) content.push_back(std::move(item));
    if (role == std::string_view("user"))
        std::stable_partition(content.begin(), content.end(), [](const Json& item) { return textOf(item, "type") == "tool_result"; });
}

void Writer::turns(Json& body) {
    Json system = Json::array();
    Json messages = Json::array();
    auto before = Role::System;
    for (auto& message : request_.messages) {
        Json blocks = Json::array();
        for (auto& part : message.parts)
            if (auto written = block(part)) blocks.push_back(std::move(*written));
        if (!message.name.empty()) dropped(losses_, message.path + ".name", "Anthropic has no names of participants.");
        if (message.role == Role::System || message.role == Role::Developer) {
            if (!messages.empty() && message.extras.family == kFamily) {
                add(messages, "system", std::move(blocks));
            } else {
                if (!messages.empty()) coerced(losses_, message.path, "Not every model of Anthropic's takes a system prompt within the conversation; it went to the top.");
                else if (message.role == Role::Developer) coerced(losses_, message.path + ".role", "Anthropic has one kind of system prompt.");
                for (auto& item : blocks) system.push_back(std::move(item));
            }
        } else {
            const auto* role = message.role == Role::Assistant ? "assistant" : "user";
            // Results and what the user says to them are one turn with everyone who has a role for results, too.
            if (!blocks.empty() && !messages.empty() && messages.back()["role"] == role && before != Role::Tool && message.role != Role::Tool)
                coerced(losses_, message.path, "Anthropic's turns alternate; it was joined to the one before it.");
            if (!blocks.empty()) before = message.role;
            add(messages, role, std::move(blocks));
        }
        if (message.extras.family == kFamily) message.extras.taken = message.extras.empty();
    }
    if (messages.empty() && !system.empty()) {
        coerced(losses_, "messages", "Anthropic wants a user's turn; the system prompt stands there.");
        messages.push_back({{"role", "user"}, {"content", std::exchange(system, Json::array())}});
    }
    if (!messages.empty() && messages[0]["role"] == "assistant") {
        defaulted(losses_, "messages[0]", "Anthropic's conversations begin with the user; a short turn was put before the assistant's.");
        messages.insert(messages.begin(), Json{{"role", "user"}, {"content", "(The conversation begins with your turn.)"}});
    }
    // A turn to be continued: Anthropic refuses space at its end.
    if (!messages.empty() && messages.back()["role"] == "assistant" && messages.back()["content"].is_array()) {
        auto& last = messages.back()["content"].back();
        if (textOf(last, "type") == "text") {
            auto text = last["text"].get<std::string>();
            const auto end = text.find_last_not_of(" \t\r\n") + 1;
            if (end < text.size()) {
                coerced(losses_, request_.messages.back().path, "Anthropic refuses space at the end of a turn that it shall continue.");
                last["text"] = text.substr(0, end);
            }
        }
    }
    const auto plain = [](Json& content) {
        if (content.is_array() && content.size() == 1 && content[0].size() == 2 && textOf(content[0], "type") == "text") {
            auto text = std::move(content[0]["text"]);
            content = std::move(text);
        }
    };
    for (auto& message : messages) plain(message["content"]);
    plain(system);
    if (!system.empty()) body["system"] = std::move(system);
    body["messages"] = std::move(messages);
}

void Writer::tools(Json& body) {
    Json tools = Json::array();
    for (auto& tool : request_.tools) {
        if (writeOpaqueTool(tool, kFamily, tools)) continue;
        tool.taken = true;
        if (isBarred(request_.toolChoice, tool)) {
            coerced(losses_, tool.path, "Anthropic has no list of allowed tools, so this one, which is not allowed, was left out.");
            continue;
        }
        Json item = {{"name", tool.name}};
        if (!tool.description.empty()) item["description"] = tool.description;
        if (tool.parameters.is_null()) defaulted(losses_, tool.path + ".input_schema", "Anthropic demands a schema; it is one of an empty object.");
        item["input_schema"] = typedSchema(tool.parameters);
        if (tool.strict) item["strict"] = *tool.strict;
        mark(tool.cache, tool.path, item);
        restore(tool.extras, kFamily, item);
        tools.push_back(std::move(item));
    }
    if (!tools.empty()) body["tools"] = std::move(tools);
}

void Writer::toolChoice(Json& body) {
    const auto* choice = request_.toolChoice.take();
    if (!body.contains("tools")) {
        if (choice != nullptr && choice->mode != ToolChoice::Mode::Auto && choice->mode != ToolChoice::Mode::None)
            dropped(losses_, request_.toolChoice.path, "There is no tool left to choose.");
        if (request_.parallelToolCalls) request_.parallelToolCalls.take();
        return;
    }
    Json json;
    if (choice != nullptr) {
        switch (choice->mode) {
        case ToolChoice::Mode::Auto: json = {{"type", "auto"}}; break;
        case ToolChoice::Mode::None: json = {{"type", "none"}}; break;
        case ToolChoice::Mode::Required: json = {{"type", "any"}}; break;
        case ToolChoice::Mode::Named: json = {{"type", "tool"}, {"name", choice->name}}; break;
        }
    }
    if (const auto* parallel = request_.parallelToolCalls.take()) {
        if (json.is_null() && !*parallel) json = {{"type", "auto"}};
        // With no call at all, or as it is anyway, nothing needs to be said.
        if (!json.is_null() && json["type"] != "none" && !*parallel) json["disable_parallel_tool_use"] = true;
    }
    if (!json.is_null()) body["tool_choice"] = std::move(json);
}

void Writer::reasoning(Json& body) {
    const auto* wanted = request_.reasoning.take();
    if (wanted == nullptr) return;
    const auto& path = request_.reasoning.path;
    if (!wanted->summary.empty()) dropped(losses_, path + ".summary", "Anthropic has no such setting.");
    if (wanted->includeThoughts && wanted->display.empty() && !*wanted->includeThoughts) dropped(losses_, path, "Anthropic always tells what it thought, where it may be told.");
    using Mode = Reasoning::Mode;
    if (wanted->mode == Mode::Off) {
        body["thinking"] = {{"type", "disabled"}};
        return;
    }
    std::string effort = wanted->effort;
    if (effort == "minimal") {
        effort = "low";
        coerced(losses_, path, "Anthropic's least effort is \"low\".");
    }
    if (wanted->mode == Mode::Unsaid && effort.empty() && !wanted->budgetTokens) return;
    const auto type = body.contains("tool_choice") ? textOf(body["tool_choice"], "type") : std::string();
    const bool forced = type == "any" || type == "tool";
    // Anthropic's own effort says nothing of thinking.
    const bool effortAlone = path == "output_config.effort" || path == "outputConfig.effort";
    const bool adaptive = wanted->mode == Mode::Adaptive || (!wanted->budgetTokens && model_.adaptive);
    if (!effort.empty() && (model_.adaptive || effortAlone)) body["output_config"]["effort"] = effort;
    if (effortAlone && wanted->mode == Mode::Unsaid) return;
    if (forced) return dropped(losses_, path, "Anthropic's models do not think where a call is forced.");
    Json thinking = {{"type", adaptive ? "adaptive" : "enabled"}};
    if (!adaptive) {
        auto budget = wanted->budgetTokens ? *wanted->budgetTokens : budgetOfEffort(effort);
        if (!wanted->budgetTokens) coerced(losses_, path, fmt::format("This model thinks by a budget; the effort \"{}\" became {} tokens.", effort.empty() ? "high" : effort, budget));
        auto most = body["max_tokens"].get<std::int64_t>();
        if (!request_.maxTokens) {
            body["max_tokens"] = most = budget + kMaxTokens;
        } else if (most <= kLeastBudget) {
            return dropped(losses_, path, "max_tokens leaves no room for thinking.");
        }
        const auto fits = std::clamp(budget, kLeastBudget, most - 1);
        if (fits != budget) coerced(losses_, path, fmt::format("The budget must be at least {} and below max_tokens; it is {}.", kLeastBudget, fits));
        // Turns with calls must begin with the thinking that led to them.
        const auto& messages = body["messages"];
        for (auto message = messages.rbegin(); message != messages.rend(); ++message) {
            if ((*message)["role"] != "assistant") continue;
            const auto& content = (*message)["content"];
            if (!content.is_array()) break;
            const auto first = textOf(content[0], "type");
            const bool calls = std::any_of(content.begin(), content.end(), [](const Json& item) { return textOf(item, "type") == "tool_use"; });
            if (calls && first != "thinking" && first != "redacted_thinking")
                return dropped(losses_, path, "The last call came without the thinking that led to it, which Anthropic demands while the model thinks.");
            break;
        }
        thinking["budget_tokens"] = fits;
    }
    if (!wanted->display.empty()) thinking["display"] = wanted->display;
    body["thinking"] = std::move(thinking);
    if (const auto temperature = body.find("temperature"); temperature != body.end() && *temperature != 1.0) {
        body.erase("temperature");
        dropped(losses_, request_.temperature.path, "Anthropic's models take no temperature while they think.");
    }
    if (body.contains("top_k")) {
        body.erase("top_k");
        dropped(losses_, request_.topK.path, "Anthropic's models take no top_k while they think.");
    }
}

void Writer::outputFormat(Json& body) {
    const auto* format = request_.outputFormat.take();
    if (format == nullptr || format->kind == OutputFormat::Kind::Text) return;
    const auto& path = request_.outputFormat.path;
    if (format->kind == OutputFormat::Kind::JsonObject || format->schema.is_null())
        return dropped(losses_, path, "Anthropic answers in JSON by a schema alone; ask for it in the prompt.");
    auto schema = format->schema;
    if (closeObjects(schema)) coerced(losses_, path, "Anthropic wants additionalProperties false in every object of a schema.");
    if (!format->name.empty()) dropped(losses_, path + ".name", "Anthropic's output format has a schema alone.");
    if (!format->description.empty()) dropped(losses_, path + ".description", "Anthropic's output format has a schema alone.");
    if (format->strict && !*format->strict) coerced(losses_, path + ".strict", "Anthropic always holds to the schema.");
    body["output_config"]["format"] = {{"type", "json_schema"}, {"schema", std::move(schema)}};
}

void Writer::sampling(Json& body) {
    if (const auto* temperature = request_.temperature.take()) {
        body["temperature"] = std::clamp(*temperature, 0.0, 1.0);
        if (*temperature > 1) coerced(losses_, request_.temperature.path, "Anthropic's temperatures end at 1.");
    }
    if (const auto* topP = request_.topP.take()) {
        if (body.contains("temperature") && !model_.temperatureAndTopP && request_.extras.family != kFamily)
            dropped(losses_, request_.topP.path, "Anthropic's models take temperature or top_p, not both.");
        else body["top_p"] = *topP;
    }
    if (const auto* topK = request_.topK.take()) body["top_k"] = *topK;
    if (const auto* stop = request_.stop.take()) {
        Json words = Json::array();
        for (std::size_t i = 0; i < stop->size(); ++i) {
            if (!isBlank((*stop)[i])) words.push_back((*stop)[i]);
            else dropped(losses_, fmt::format("{}[{}]", request_.stop.path, i), "Anthropic refuses stop sequences of space alone.");
        }
        if (!words.empty()) body["stop_sequences"] = std::move(words);
    }
}

Json Writer::write() {
    takeDefaults(request_);
    model_ = claudeModel(request_.model ? *request_.model : std::string());
    Json body = Json::object();
    if (request_.model && !request_.model.taken) body["model"] = *request_.model.take();
    const auto* most = request_.maxTokens.take();
    body["max_tokens"] = most != nullptr ? *most : kMaxTokens;
    if (most == nullptr) defaulted(losses_, "max_tokens", fmt::format("Anthropic demands it; it is {}, and the budget of thinking where there is one.", kMaxTokens));
    // In the order in which Anthropic caches: tools, system, messages.
    tools(body);
    turns(body);
    toolChoice(body);
    sampling(body);
    reasoning(body);
    outputFormat(body);
    if (const auto* stream = request_.stream ? &*request_.stream : nullptr; stream != nullptr && *stream) body["stream"] = true;
    request_.stream.taken = true;
    request_.includeUsage.taken = true;  // Its streams always hold usage.
    if (const auto* user = request_.user.take()) body["metadata"]["user_id"] = *user;
    if (request_.metadata && request_.extras.family == kFamily) body["metadata"].update(*request_.metadata.take());
    if (const auto* tier = request_.serviceTier.take()) {
        const auto& path = request_.serviceTier.path;
        if (*tier == "default" || *tier == "standard_only") body["service_tier"] = "standard_only";
        else if (*tier == "auto" || *tier == "priority") body["service_tier"] = "auto";
        else dropped(losses_, path, fmt::format("Anthropic has no service tier \"{}\".", *tier));
        if (*tier == "priority") coerced(losses_, path, "Anthropic gives priority where it was bought; \"auto\" asks for it.");
    }
    if (const auto* cache = request_.cache.take()) body["cache_control"] = markOf(*cache);
    if (request_.extras.family == kFamily && request_.extras.members.contains("output_config") && body.contains("output_config"))
        for (const auto& [key, value] : request_.extras.members["output_config"].items()) body["output_config"][key] = value;
    restore(request_.extras, kFamily, body);
    return body;
}

}  // namespace

ClaudeModel claudeModel(std::string_view name) {
    ClaudeModel facts;
    const auto claude = name.find("claude-");
    if (claude == std::string_view::npos) return facts;
    // "claude-3-7-sonnet-20250219", "claude-opus-4-1", "claude-sonnet-4-5@20250929": the first number is the version, a second of one or
    // two digits its minor part.
    int numbers[2] = {0, 0};
    int found = 0;
    for (auto at = claude + 7; at < name.size() && found < 2;) {
        if (name[at] < '0' || name[at] > '9') {
            if (found == 1 && name[at] != '-' && name[at] != '.') break;
            ++at;
            continue;
        }
        auto end = at;
        while (end < name.size() && name[end] >= '0' && name[end] <= '9') ++end;
        if (end - at > 2) break;
        numbers[found] = 0;
        for (; at < end; ++at) numbers[found] = numbers[found] * 10 + (name[at] - '0');
        ++found;
    }
    if (found == 0) return facts;
    const int version = numbers[0] * 100 + numbers[1];
    facts.adaptive = version >= 406;
    facts.temperatureAndTopP = version < 401;
    return facts;
}

Json writeAnthropic(ChatRequest& request, Losses& losses) { return Writer(request, losses).write(); }

}  // namespace gatehouse::llm
