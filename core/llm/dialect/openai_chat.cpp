// openai-chat: requests.
#include "llm/dialect/dialect.h"
#include "llm/dialect/openai_chat.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::OpenAiChat;

struct RoleWord {
    std::string_view word;
    Role role;
};
constexpr std::array<RoleWord, 6> kRoles = {{{"system", Role::System},
                                             {"developer", Role::Developer},
                                             {"user", Role::User},
                                             {"assistant", Role::Assistant},
                                             {"tool", Role::Tool},
                                             {"function", Role::Tool}}};

void readToolMessage(Members& message, std::string_view role, ChatMessage& out) {
    Part result;
    result.kind = Part::Kind::ToolResult;
    result.path = message.path();
    result.extras.family = kFamily;
    readOpenAiContent(message, "content", result.content, nullptr);
    if (role == "function") {
        result.name = message.required("name");
        result.callId = "call_" + result.name;
    } else {
        result.callId = message.required("tool_call_id");
        result.name = message.text("name").value_or("");
    }
    out.parts.push_back(std::move(result));
}

ChatMessage readMessage(const Json& item, std::string path, Members& owner) {
    ChatMessage out;
    out.path = path;
    Members message(item, std::move(path));
    const auto word = message.required("role");
    const auto role = std::find_if(kRoles.begin(), kRoles.end(), [&](const RoleWord& known) { return known.word == word; });
    if (role == kRoles.end()) message.fail("role", "must be one of system, developer, user, assistant, tool, function");
    else out.role = role->role;
    if (out.role == Role::Tool) {
        readToolMessage(message, word, out);
    } else {
        out.name = message.text("name").value_or("");
        if (out.role == Role::Assistant) readOpenAiThinking(message, out.parts);
        readOpenAiContent(message, "content", out.parts, &out.contentWasText);
        if (const auto refusal = message.text("refusal"); refusal && !refusal->empty()) {
            Part part;
            part.kind = Part::Kind::Refusal;
            part.text = *refusal;
            part.path = message.pathOf("refusal");
            out.parts.push_back(std::move(part));
        }
        if (out.role == Role::Assistant) readOpenAiToolCalls(message, out.parts);
    }
    // A mark beside the content stands for its last part.
    if (const auto* mark = message.object("cache_control"); mark != nullptr && !out.parts.empty()) {
        CacheMark cache;
        if (const auto ttl = mark->find("ttl"); ttl != mark->end() && ttl->is_string()) cache.ttl = ttl->get<std::string>();
        out.parts.back().cache = cache;
    }
    out.extras = {kFamily, message.rest(), out.path, false};
    owner.adopt(message);
    return out;
}

void readTool(const Json& item, std::string path, Members& owner, ChatRequest& request) {
    Tool out;
    out.path = path;
    out.family = kFamily;
    Members tool(item, std::move(path));
    if (const auto* mark = tool.object("cache_control")) {
        out.cache = CacheMark{};
        if (const auto ttl = mark->find("ttl"); ttl != mark->end() && ttl->is_string()) out.cache->ttl = ttl->get<std::string>();
    }
    const auto type = tool.text("type").value_or("function");
    if (type != "function") {
        out.kind = Tool::Kind::Opaque;
        out.opaque = item;
        request.tools.push_back(std::move(out));
        return owner.adopt(tool);
    }
    const auto* function = tool.object("function");
    if (function == nullptr) tool.fail("function", "is missing");
    Members inner(function != nullptr ? *function : emptyObject(), tool.pathOf("function"));
    if (function != nullptr) out.name = inner.required("name");
    out.description = inner.text("description").value_or("");
    if (const auto* parameters = inner.object("parameters")) out.parameters = *parameters;
    out.strict = inner.flag("strict");
    tool.adopt(inner);
    out.extras = {kFamily, tool.rest(), out.path, false};
    for (auto rest = inner.rest(); const auto& [key, value] : rest.items()) out.extras.members["function"][key] = value;
    owner.adopt(tool);
    request.tools.push_back(std::move(out));
}

void readTools(Members& body, ChatRequest& request) {
    if (const auto* tools = body.array("tools")) {
        std::size_t i = 0;
        for (const auto& item : *tools) readTool(item, fmt::format("tools[{}]", i++), body, request);
    }
    if (const auto* functions = body.array("functions")) {
        std::size_t i = 0;
        for (const auto& item : *functions) {
            const Json tool = {{"type", "function"}, {"function", item}};
            readTool(tool, fmt::format("functions[{}]", i++), body, request);
        }
    }
}

void readToolChoice(Members& body, ChatRequest& request) {
    const auto* key = body.has("tool_choice") ? "tool_choice" : "function_call";
    const auto* choice = body.take(key);
    if (choice == nullptr) return;
    ToolChoice out;
    if (choice->is_string()) {
        const auto& word = choice->get_ref<const std::string&>();
        if (word == "none") out.mode = ToolChoice::Mode::None;
        else if (word == "required" || word == "any") out.mode = ToolChoice::Mode::Required;
        else if (word != "auto") return body.fail(key, "must be none, auto, required or an object");
        return request.toolChoice.set(std::move(out), key);
    }
    Members members(*choice, key);
    const auto type = members.text("type").value_or("function");
    if (type == "allowed_tools") {
        const auto* allowed = members.object("allowed_tools");
        const auto& inner = allowed != nullptr ? *allowed : *choice;
        out.mode = inner.contains("mode") && inner["mode"] == "required" ? ToolChoice::Mode::Required : ToolChoice::Mode::Auto;
        if (inner.contains("tools") && inner["tools"].is_array())
            for (const auto& tool : inner["tools"])
                if (const auto name = tool.is_object() && tool.contains("function") ? textOf(tool["function"], "name") : std::string(); !name.empty()) out.allowed.push_back(name);
    } else {
        out.mode = ToolChoice::Mode::Named;
        if (key == std::string_view("function_call")) {
            out.name = members.required("name");
        } else {
            const auto* function = members.object(type == "custom" ? "custom" : "function");
            Members inner(function != nullptr ? *function : emptyObject(), members.pathOf("function"));
            out.name = inner.required("name");
            body.adopt(inner);
        }
    }
    body.adopt(members);
    request.toolChoice.set(std::move(out), key);
}

void readOutputFormat(Members& body, ChatRequest& request) {
    const auto* format = body.object("response_format");
    if (format == nullptr) return;
    OutputFormat out;
    Members members(*format, "response_format");
    const auto type = members.required("type");
    if (type == "json_object") {
        out.kind = OutputFormat::Kind::JsonObject;
    } else if (type == "json_schema") {
        out.kind = OutputFormat::Kind::JsonSchema;
        const auto* schema = members.object("json_schema");
        if (schema == nullptr) members.fail("json_schema", "is missing");
        Members inner(schema != nullptr ? *schema : emptyObject(), "response_format.json_schema");
        out.name = inner.text("name").value_or("");
        out.description = inner.text("description").value_or("");
        if (const auto* object = inner.object("schema")) out.schema = *object;
        out.strict = inner.flag("strict");
        members.adopt(inner);
    } else if (type != "text") {
        members.fail("type", "must be text, json_object or json_schema");
    }
    body.adopt(members);
    request.outputFormat.set(std::move(out), "response_format");
}

/// reasoning_effort; "reasoning" as OpenRouter has it; "thinking" as LiteLLM, DeepSeek and others have it.
void readReasoning(Members& body, ChatRequest& request) {
    Reasoning out;
    std::string path;
    if (const auto effort = body.text("reasoning_effort")) {
        out.effort = *effort;
        path = "reasoning_effort";
    }
    if (body.has("reasoning") && body.peek("reasoning")->is_object()) {
        path = "reasoning";
        Members members(*body.take("reasoning"), path);
        if (const auto effort = members.text("effort")) out.effort = *effort;
        out.budgetTokens = members.integer("max_tokens");
        if (const auto exclude = members.flag("exclude")) out.includeThoughts = !*exclude;
        if (const auto enabled = members.flag("enabled")) out.mode = *enabled ? Reasoning::Mode::On : Reasoning::Mode::Off;
        body.adopt(members);
    }
    if (body.has("thinking") && body.peek("thinking")->is_object()) {
        path = "thinking";
        Members members(*body.take("thinking"), path);
        const auto type = members.text("type").value_or("");
        if (type == "disabled") out.mode = Reasoning::Mode::Off;
        else if (type == "enabled") out.mode = Reasoning::Mode::On;
        else if (type == "adaptive") out.mode = Reasoning::Mode::Adaptive;
        if (const auto budget = members.integer("budget_tokens")) out.budgetTokens = budget;
        out.display = members.text("display").value_or("");
        body.adopt(members);
    }
    if (path.empty()) return;
    if (out.effort == "none") out.mode = Reasoning::Mode::Off;
    else if (out.mode == Reasoning::Mode::Unsaid && (!out.effort.empty() || out.budgetTokens)) out.mode = Reasoning::Mode::On;
    request.reasoning.set(std::move(out), path);
}

template <class T>
void put(Given<T>& given, std::optional<T> value, const char* key) {
    if (value) given.set(std::move(*value), key);
}

}  // namespace

void readOpenAiSettings(Members& body, ChatRequest& request) {
    put(request.model, body.text("model"), "model");
    put(request.stream, body.flag("stream"), "stream");
    if (const auto* options = body.object("stream_options")) {
        if (const auto usage = options->find("include_usage"); usage != options->end() && usage->is_boolean())
            request.includeUsage.set(usage->get<bool>(), "stream_options.include_usage");
    }
    put(request.temperature, body.number("temperature"), "temperature");
    put(request.topP, body.number("top_p"), "top_p");
    put(request.topK, body.integer("top_k"), "top_k");
    put(request.minP, body.number("min_p"), "min_p");
    put(request.frequencyPenalty, body.number("frequency_penalty"), "frequency_penalty");
    put(request.presencePenalty, body.number("presence_penalty"), "presence_penalty");
    put(request.repetitionPenalty, body.number("repetition_penalty"), "repetition_penalty");
    put(request.seed, body.integer("seed"), "seed");
    put(request.n, body.integer("n"), "n");
    put(request.user, body.text("user"), "user");
    if (const auto* bias = body.object("logit_bias")) request.logitBias.set(*bias, "logit_bias");
    if (const auto* stop = body.take("stop")) {
        std::vector<std::string> words;
        if (stop->is_string()) words.push_back(stop->get<std::string>());
        else if (!stop->is_array()) body.fail("stop", "must be a string or a list of strings");
        else
            for (const auto& word : *stop) {
                if (word.is_string()) words.push_back(word.get<std::string>());
                else body.fail("stop", "must be a string or a list of strings");
            }
        request.stop.set(std::move(words), "stop");
    }
}

void writeOpenAiSettings(ChatRequest& request, Json& body) {
    const auto write = [&](auto& given, const char* key) {
        if (const auto* value = given.take()) body[key] = *value;
    };
    write(request.temperature, "temperature"), write(request.topP, "top_p"), write(request.topK, "top_k"), write(request.minP, "min_p");
    write(request.frequencyPenalty, "frequency_penalty"), write(request.presencePenalty, "presence_penalty");
    write(request.repetitionPenalty, "repetition_penalty"), write(request.seed, "seed"), write(request.n, "n");
    write(request.logitBias, "logit_bias"), write(request.user, "user");
    if (const auto* stop = request.stop.take(); stop != nullptr && !stop->empty()) body["stop"] = *stop;
    write(request.stream, "stream");
    if (const auto* usage = request.includeUsage.take(); usage != nullptr && request.stream && *request.stream) body["stream_options"] = {{"include_usage", *usage}};
}

Result<ChatRequest> readOpenAiChat(const Json& json) {
    ChatRequest request;
    Members body(json, "");
    if (!body.has("messages")) body.fail("messages", "is missing");
    readOpenAiSettings(body, request);
    if (const auto* messages = body.array("messages")) {
        std::size_t i = 0;
        for (const auto& item : *messages) {
            request.messages.push_back(readMessage(item, fmt::format("messages[{}]", i++), body));
            if (body.failure()) break;
        }
    }
    readTools(body, request);
    readToolChoice(body, request);
    readOutputFormat(body, request);
    readReasoning(body, request);
    put(request.parallelToolCalls, body.flag("parallel_tool_calls"), "parallel_tool_calls");
    put(request.maxTokens, body.integer("max_tokens"), "max_tokens");
    put(request.maxTokens, body.integer("max_completion_tokens"), "max_completion_tokens");
    put(request.logprobs, body.flag("logprobs"), "logprobs");
    put(request.topLogprobs, body.integer("top_logprobs"), "top_logprobs");
    put(request.serviceTier, body.text("service_tier"), "service_tier");
    put(request.verbosity, body.text("verbosity"), "verbosity");
    put(request.promptCacheKey, body.text("prompt_cache_key"), "prompt_cache_key");
    put(request.store, body.flag("store"), "store");
    if (!request.user) put(request.user, body.text("safety_identifier"), "safety_identifier");
    if (const auto* mark = body.object("cache_control")) request.cache.set({textOf(*mark, "ttl")}, "cache_control");
    if (const auto* metadata = body.object("metadata")) request.metadata.set(*metadata, "metadata");
    if (const auto* audio = body.object("audio")) request.audioOutput.set(*audio, "audio");
    if (const auto* modalities = body.array("modalities")) {
        std::vector<std::string> words;
        for (const auto& word : *modalities) words.push_back(word.is_string() ? word.get<std::string>() : dump(word));
        request.modalities.set(std::move(words), "modalities");
    }
    if (const auto* settings = body.array("safety_settings")) request.safetySettings.set(*settings, "safety_settings");
    request.extras = {kFamily, body.rest(), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return request;
}

namespace {

Json writeTools(ChatRequest& request, const OpenAiModel& model, Losses& losses) {
    Json tools = Json::array();
    for (auto& tool : request.tools) {
        if (writeOpaqueTool(tool, kFamily, tools)) continue;
        tool.taken = true;
        Json function = {{"name", tool.name}};
        if (!tool.description.empty()) function["description"] = tool.description;
        if (!tool.parameters.is_null()) function["parameters"] = tool.parameters;
        if (tool.strict) function["strict"] = *tool.strict;
        Json item = {{"type", "function"}, {"function", std::move(function)}};
        if (tool.cache && model.cacheControl) {
            item["cache_control"] = {{"type", "ephemeral"}};
            if (!tool.cache->ttl.empty()) item["cache_control"]["ttl"] = tool.cache->ttl;
        } else if (tool.cache) {
            dropped(losses, tool.path + ".cache_control", "This model takes no cache marks on tools; its provider caches the beginning of prompts by itself.");
        }
        restore(tool.extras, kFamily, item);
        tools.push_back(std::move(item));
    }
    return tools;
}

Json writeToolChoice(const ToolChoice& choice) {
    if (choice.mode == ToolChoice::Mode::Named) return {{"type", "function"}, {"function", {{"name", choice.name}}}};
    if (choice.mode == ToolChoice::Mode::None) return "none";
    const auto* word = choice.mode == ToolChoice::Mode::Required ? "required" : "auto";
    if (choice.allowed.empty()) return word;
    Json tools = Json::array();
    for (const auto& name : choice.allowed) tools.push_back({{"type", "function"}, {"function", {{"name", name}}}});
    return {{"type", "allowed_tools"}, {"allowed_tools", {{"mode", word}, {"tools", std::move(tools)}}}};
}

void writeOutputFormat(ChatRequest& request, Json& body, Losses& losses) {
    const auto* format = request.outputFormat.take();
    if (format == nullptr) return;
    if (format->kind == OutputFormat::Kind::Text) return;
    if (format->kind == OutputFormat::Kind::JsonObject) {
        body["response_format"] = {{"type", "json_object"}};
        return;
    }
    Json schema = {{"name", format->name.empty() ? "response" : format->name}};
    if (format->name.empty()) defaulted(losses, "response_format.json_schema.name", "OpenAI's schemas have a name; it is \"response\".");
    if (!format->description.empty()) schema["description"] = format->description;
    if (!format->schema.is_null()) schema["schema"] = format->schema;
    if (format->strict) schema["strict"] = *format->strict;
    body["response_format"] = {{"type", "json_schema"}, {"json_schema", std::move(schema)}};
}

void writeReasoning(ChatRequest& request, const OpenAiModel& model, Json& body, Losses& losses) {
    const auto* reasoning = request.reasoning.take();
    if (reasoning == nullptr) return;
    const auto& path = request.reasoning.path;
    const bool effortSaysIt = !reasoning->effort.empty() && !reasoning->budgetTokens && reasoning->display.empty();
    if (model.cacheControl && !effortSaysIt && (reasoning->budgetTokens || reasoning->mode == Reasoning::Mode::Adaptive)) {
        // Claude behind an API like OpenAI's: LiteLLM and others take Anthropic's own setting.
        Json thinking = {{"type", reasoning->mode == Reasoning::Mode::Adaptive ? "adaptive" : "enabled"}};
        if (reasoning->budgetTokens) thinking["budget_tokens"] = *reasoning->budgetTokens;
        if (!reasoning->display.empty()) thinking["display"] = reasoning->display;
        body["thinking"] = std::move(thinking);
        if (!reasoning->effort.empty()) body["reasoning_effort"] = reasoning->effort;
        return;
    }
    if (reasoning->mode == Reasoning::Mode::Off) {
        body["reasoning_effort"] = "none";
    } else if (!reasoning->effort.empty()) {
        body["reasoning_effort"] = reasoning->effort;
        if (reasoning->mode == Reasoning::Mode::Unsaid) coerced(losses, path, "An effort is one of thinking here.");
        if (reasoning->budgetTokens) dropped(losses, path + ".budget_tokens", "OpenAI's chat has an effort in place of a budget.");
    } else if (reasoning->budgetTokens) {
        const auto effort = effortOfBudget(*reasoning->budgetTokens);
        body["reasoning_effort"] = effort;
        coerced(losses, path + ".budget_tokens", fmt::format("A budget of {} tokens became the effort \"{}\".", *reasoning->budgetTokens, effort));
    } else if (reasoning->mode == Reasoning::Mode::Adaptive || reasoning->mode == Reasoning::Mode::On) {
        coerced(losses, path, "OpenAI's models decide by themselves how long they think.");
    }
    if (!reasoning->summary.empty()) dropped(losses, path + ".summary", "OpenAI's chat gives no summaries of the model's thinking.");
    if (!reasoning->display.empty()) dropped(losses, path + ".display", "OpenAI's chat has no such setting.");
}

}  // namespace

Json writeOpenAiChat(ChatRequest& request, Losses& losses) {
    takeDefaults(request);
    Json body = Json::object();
    const auto model = openAiModel(request.model ? *request.model : std::string());
    if (const auto* name = request.model.take()) body["model"] = *name;
    body["messages"] = writeOpenAiMessages(request, model, losses);
    if (auto tools = writeTools(request, model, losses); !tools.empty()) body["tools"] = std::move(tools);
    if (const auto* choice = request.toolChoice.take()) {
        if (body.contains("tools")) body["tool_choice"] = writeToolChoice(*choice);
        else if (choice->mode != ToolChoice::Mode::None) dropped(losses, request.toolChoice.path, "There is no tool left to choose.");
    }
    if (request.parallelToolCalls && body.contains("tools")) body["parallel_tool_calls"] = *request.parallelToolCalls.take();
    writeOutputFormat(request, body, losses);
    writeReasoning(request, model, body, losses);
    if (const auto* most = request.maxTokens.take()) body[model.completionTokens ? "max_completion_tokens" : "max_tokens"] = *most;
    writeOpenAiSettings(request, body);
    const auto write = [&](auto& given, const char* key) {
        if (const auto* value = given.take()) body[key] = *value;
    };
    write(request.logprobs, "logprobs"), write(request.topLogprobs, "top_logprobs"), write(request.metadata, "metadata");
    write(request.serviceTier, "service_tier"), write(request.verbosity, "verbosity"), write(request.promptCacheKey, "prompt_cache_key");
    write(request.store, "store"), write(request.modalities, "modalities"), write(request.audioOutput, "audio");
    if (request.cache) {
        request.cache.take();
        if (model.cacheControl) body["cache_control"] = request.cache->ttl.empty() ? Json{{"type", "ephemeral"}} : Json{{"type", "ephemeral"}, {"ttl", request.cache->ttl}};
        else coerced(losses, request.cache.path, "The provider caches the beginning of prompts by itself, for as long as it chooses.");
    }
    restore(request.extras, kFamily, body);
    return body;
}

const Dialect kOpenAiChat = {.name = "openai-chat",
                             .family = kFamily,
                             .operation = Operation::Chat,
                             .modelInTarget = false,
                             .readRequest = readOpenAiChat,
                             .writeRequest = writeOpenAiChat,
                             .readAnswer = readOpenAiAnswer,
                             .writeAnswer = writeOpenAiAnswer,
                             .streamReader = openAiChatReader,
                             .streamWriter = openAiChatWriter,
                             .readError = readOpenAiError,
                             .writeError = writeOpenAiError,
                             .errorType = openAiErrorType};

}  // namespace gatehouse::llm
