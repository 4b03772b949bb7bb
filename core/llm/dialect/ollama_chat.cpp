// ollama-chat: requests, answers, errors. A message of Ollama's is one text beside its images; what others interleave stands apart here.
#include "llm/dialect/ollama.h"

#include "llm/dialect/dialect.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::Ollama;

/// The first bytes of images, in base64: Ollama's have no media type.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kImages = {
    {{"/9j/", "image/jpeg"}, {"iVBOR", "image/png"}, {"R0lGOD", "image/gif"}, {"UklGR", "image/webp"}}};

std::string_view imageType(std::string_view data) {
    for (const auto& [begin, type] : kImages)
        if (data.starts_with(begin)) return type;
    return "image/png";
}

void readImages(Members& message, std::vector<Part>& parts) {
    const auto* images = message.array("images");
    if (images == nullptr) return;
    std::size_t i = 0;
    for (const auto& image : *images) {
        Part part;
        part.kind = Part::Kind::Image;
        part.path = fmt::format("{}[{}]", message.pathOf("images"), i++);
        part.extras.family = kFamily;
        if (!image.is_string()) {
            message.fail("images", "must be a list of strings");
            return;
        }
        part.data = image.get<std::string>();
        part.mediaType = imageType(part.data);
        parts.push_back(std::move(part));
    }
}

void addText(Part::Kind kind, std::optional<std::string> text, std::string path, std::vector<Part>& parts) {
    if (!text || text->empty()) return;
    Part part;
    part.kind = kind;
    part.text = std::move(*text);
    part.path = std::move(path);
    part.extras.family = kFamily;
    parts.push_back(std::move(part));
}

/// Calls that nothing has answered yet, in order.
struct OpenCall {
    std::string id;
    std::string name;
};

ChatMessage readMessage(const Json& item, std::string path, Members& owner, int& call, std::vector<OpenCall>& open) {
    ChatMessage out;
    out.path = path;
    out.contentWasText = true;
    Members message(item, std::move(path));
    const auto role = message.required("role");
    if (role == "tool") {
        out.role = Role::Tool;
        Part result;
        result.kind = Part::Kind::ToolResult;
        result.path = message.path();
        result.extras.family = kFamily;
        addText(Part::Kind::Text, message.text("content"), message.pathOf("content"), result.content);
        readImages(message, result.content);
        result.callId = message.text("tool_call_id").value_or("");
        result.name = message.text("tool_name").value_or("");
        const auto answered = std::find_if(open.begin(), open.end(), [&](const OpenCall& known) {
            return !result.callId.empty() ? known.id == result.callId : result.name.empty() || known.name == result.name;
        });
        if (answered != open.end()) {
            if (result.callId.empty()) result.callId = answered->id;
            if (result.name.empty()) result.name = answered->name;
            open.erase(answered);
        }
        if (result.callId.empty()) result.callId = madeCallId("response", 0, result.name);
        out.parts.push_back(std::move(result));
    } else {
        if (role == "assistant") out.role = Role::Assistant;
        else if (role == "system") out.role = Role::System;
        else if (role != "user" && !message.failure()) message.fail("role", "must be system, user, assistant or tool");
        addText(Part::Kind::Thinking, message.text("thinking"), message.pathOf("thinking"), out.parts);
        addText(Part::Kind::Text, message.text("content"), message.pathOf("content"), out.parts);
        readImages(message, out.parts);
        const auto before = out.parts.size();
        readOllamaCalls(message, "request", call, out.parts);
        for (auto i = before; i < out.parts.size(); ++i) open.push_back({out.parts[i].callId, out.parts[i].name});
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
    tool.text("type");
    const auto* function = tool.object("function");
    if (function == nullptr) tool.fail("function", "is missing");
    Members inner(function != nullptr ? *function : emptyObject(), tool.pathOf("function"));
    if (function != nullptr) out.name = inner.required("name");
    out.description = inner.text("description").value_or("");
    if (const auto* parameters = inner.object("parameters")) out.parameters = *parameters;
    tool.adopt(inner);
    out.extras = {kFamily, tool.rest(), out.path, false};
    for (const auto rest = inner.rest(); const auto& [key, value] : rest.items()) out.extras.members["function"][key] = value;
    owner.adopt(tool);
    request.tools.push_back(std::move(out));
}

void readOptions(Members& body, ChatRequest& request) {
    const auto* options = body.object("options");
    if (options == nullptr) return;
    Members members(*options, "options");
    const auto put = [&](auto& given, auto value, const char* key) {
        if (value) given.set(std::move(*value), members.pathOf(key));
    };
    put(request.temperature, members.number("temperature"), "temperature");
    put(request.topP, members.number("top_p"), "top_p");
    put(request.topK, members.integer("top_k"), "top_k");
    put(request.minP, members.number("min_p"), "min_p");
    put(request.seed, members.integer("seed"), "seed");
    put(request.presencePenalty, members.number("presence_penalty"), "presence_penalty");
    put(request.frequencyPenalty, members.number("frequency_penalty"), "frequency_penalty");
    put(request.repetitionPenalty, members.number("repeat_penalty"), "repeat_penalty");
    // Below zero: without end, or to the end of the context.
    if (const auto* most = members.peek("num_predict"); most == nullptr || !most->is_number() || *most >= 0)
        put(request.maxTokens, members.integer("num_predict"), "num_predict");
    if (const auto* stop = members.take("stop")) {
        std::vector<std::string> words;
        if (stop->is_string()) words.push_back(stop->get<std::string>());
        else if (stop->is_array())
            for (const auto& word : *stop)
                if (word.is_string()) words.push_back(word.get<std::string>());
        request.stop.set(std::move(words), "options.stop");
    }
    for (const auto rest = members.rest(); const auto& [key, value] : rest.items()) request.extras.members["options." + key] = value;
    body.adopt(members);
}

void readThink(Members& body, ChatRequest& request) {
    const auto* think = body.take("think");
    if (think == nullptr) return;
    Reasoning out;
    if (think->is_boolean()) {
        out.mode = think->get<bool>() ? Reasoning::Mode::On : Reasoning::Mode::Off;
    } else if (think->is_string()) {
        out.mode = Reasoning::Mode::On;
        out.effort = think->get<std::string>();
    } else {
        return body.fail("think", "must be true, false or an effort");
    }
    request.reasoning.set(std::move(out), "think");
}

void readFormat(Members& body, ChatRequest& request) {
    const auto* format = body.take("format");
    if (format == nullptr || (format->is_string() && format->get_ref<const std::string&>().empty())) return;
    OutputFormat out;
    if (format->is_object()) {
        out.kind = OutputFormat::Kind::JsonSchema;
        out.schema = *format;
    } else if (*format == "json") {
        out.kind = OutputFormat::Kind::JsonObject;
    } else {
        return body.fail("format", "must be \"json\" or a schema");
    }
    request.outputFormat.set(std::move(out), "format");
}

class Writer {
  public:
    Writer(ChatRequest& request, Losses& losses) : request_(request), losses_(losses) {}

    Json write();

  private:
    void mark(const std::optional<CacheMark>& cache, const std::string& path) {
        if (cache) dropped(losses_, path + ".cache_control", "Ollama takes no cache marks; it caches the beginning of prompts by itself.");
    }
    void image(Part& part, Json& images);
    void content(std::vector<Part>& parts, Json& message, const std::string& path);
    void message(ChatMessage& given, Json& messages);
    void tools(Json& body);
    void options(Json& body);
    void think(Json& body);
    void format(Json& body);

    ChatRequest& request_;
    Losses& losses_;
};

void Writer::image(Part& part, Json& images) {
    part.taken = true;
    if (part.data.empty()) return dropped(losses_, part.path, "Ollama takes images as data alone.");
    if (!part.detail.empty() && part.detail != "auto") dropped(losses_, part.path + ".detail", "Ollama chooses an image's resolution itself.");
    if (part.mediaType != imageType(part.data)) coerced(losses_, part.path, "Ollama's images have no media type; it looks at their data.");
    images.push_back(part.data);
}

/// Texts, images and thoughts of a message or a result.
void Writer::content(std::vector<Part>& parts, Json& message, const std::string& path) {
    std::string text;
    std::string thoughts;
    Json images = Json::array();
    int texts = 0;
    bool moved = false;
    for (auto& part : parts) {
        if (part.kind == Part::Kind::Image) {
            image(part, images);
        } else if (part.kind == Part::Kind::Thinking) {
            part.taken = true;
            thoughts += part.text;
            if (part.signature) dropped(losses_, part.path + ".signature", "Ollama's thoughts are not signed.");
        } else if (part.kind == Part::Kind::Text || part.kind == Part::Kind::Refusal || (part.kind == Part::Kind::Document && !part.text.empty() && part.data.empty())) {
            part.taken = true;
            if (part.kind == Part::Kind::Refusal) coerced(losses_, part.path, "Ollama has no refusals in a conversation; it became a text.");
            if (part.kind == Part::Kind::Document) coerced(losses_, part.path, "Ollama has no documents; it became a text.");
            if (texts++ > 0) text += "\n";
            text += part.text;
            moved |= !images.empty();
            for (std::size_t i = 0; i < part.citations.size(); ++i) dropped(losses_, fmt::format("{}.citations[{}]", part.path, i), "Ollama has no citations.");
        } else {
            continue;
        }
        mark(part.cache, part.path);
        if (part.extras.family == kFamily) part.extras.taken = true;
    }
    if (texts > 1) coerced(losses_, path, "A message of Ollama's has one text; the texts became one, line by line.");
    if (moved) coerced(losses_, path, "Ollama's images stand beside the text, not in it.");
    message["content"] = text;
    if (!thoughts.empty()) message["thinking"] = thoughts;
    if (!images.empty()) message["images"] = std::move(images);
}

void Writer::message(ChatMessage& given, Json& messages) {
    for (auto& part : given.parts) {
        if (part.kind != Part::Kind::ToolResult) continue;
        part.taken = true;
        mark(part.cache, part.path);
        if (part.isError) dropped(losses_, part.path + ".is_error", "Ollama's results do not say that a call failed.");
        Json result = {{"role", "tool"}};
        content(part.content, result, part.path);
        if (!part.name.empty()) result["tool_name"] = part.name;
        result["tool_call_id"] = part.callId;
        restore(part.extras, kFamily, result);
        if (given.role == Role::Tool) restore(given.extras, kFamily, result);
        messages.push_back(std::move(result));
    }
    const bool others = std::any_of(given.parts.begin(), given.parts.end(), [](const Part& part) { return part.kind != Part::Kind::ToolResult; });
    if (!others && !given.parts.empty()) return;
    if (!given.name.empty()) dropped(losses_, given.path + ".name", "Ollama has no names of participants.");
    if (given.role == Role::Developer) coerced(losses_, given.path + ".role", "Ollama has one kind of system prompt.");
    const auto* role = given.role == Role::Assistant ? "assistant" : given.role == Role::System || given.role == Role::Developer ? "system" : "user";
    Json message = {{"role", role}};
    content(given.parts, message, given.path);
    Json calls = Json::array();
    for (auto& part : given.parts) {
        if (part.kind != Part::Kind::ToolCall) continue;
        part.taken = true;
        mark(part.cache, part.path);
        auto call = writeOllamaCall(part, losses_);
        restore(part.extras, kFamily, call);
        calls.push_back(std::move(call));
    }
    if (!calls.empty()) message["tool_calls"] = std::move(calls);
    restore(given.extras, kFamily, message);
    messages.push_back(std::move(message));
}

void Writer::tools(Json& body) {
    const auto* choice = request_.toolChoice ? &*request_.toolChoice : nullptr;
    using Mode = ToolChoice::Mode;
    if (choice != nullptr && (choice->mode == Mode::Auto || choice->mode == Mode::None)) request_.toolChoice.take();
    if (request_.parallelToolCalls && *request_.parallelToolCalls) request_.parallelToolCalls.take();
    if (choice != nullptr && choice->mode == Mode::None && !request_.tools.empty())
        coerced(losses_, request_.toolChoice.path, "Ollama has no tool choice; where none may be called, none is sent.");
    Json tools = Json::array();
    for (auto& tool : request_.tools) {
        if (tool.kind == Tool::Kind::Opaque) continue;
        tool.taken = true;
        const bool allowed = choice == nullptr || ((choice->allowed.empty() || std::find(choice->allowed.begin(), choice->allowed.end(), tool.name) != choice->allowed.end()) &&
                                                   choice->mode != Mode::None);
        if (!allowed) {
            if (choice->mode != Mode::None) coerced(losses_, tool.path, "Ollama has no list of allowed tools, so this one, which is not allowed, was left out.");
            continue;
        }
        Json function = {{"name", tool.name}};
        if (!tool.description.empty()) function["description"] = tool.description;
        if (!tool.parameters.is_null()) function["parameters"] = tool.parameters;
        if (tool.strict) dropped(losses_, tool.path + ".strict", "Ollama does not hold calls to their schemas.");
        mark(tool.cache, tool.path);
        Json item = {{"type", "function"}, {"function", std::move(function)}};
        if (tool.extras.family == kFamily && tool.extras.members.contains("function"))
            for (const auto& [key, value] : tool.extras.members["function"].items()) item["function"][key] = value;
        restore(tool.extras, kFamily, item);
        tools.push_back(std::move(item));
    }
    if (!tools.empty()) body["tools"] = std::move(tools);
}

void Writer::options(Json& body) {
    Json options = Json::object();
    const auto write = [&](auto& given, const char* key) {
        if (const auto* value = given.take()) options[key] = *value;
    };
    write(request_.temperature, "temperature"), write(request_.topP, "top_p"), write(request_.topK, "top_k"), write(request_.minP, "min_p");
    write(request_.maxTokens, "num_predict"), write(request_.seed, "seed"), write(request_.presencePenalty, "presence_penalty");
    write(request_.frequencyPenalty, "frequency_penalty"), write(request_.repetitionPenalty, "repeat_penalty");
    if (const auto* stop = request_.stop.take(); stop != nullptr && !stop->empty()) options["stop"] = *stop;
    if (request_.extras.family == kFamily)
        for (const auto& [path, value] : request_.extras.members.items())
            if (path.starts_with("options.")) options[path.substr(8)] = value;
    if (!options.empty()) body["options"] = std::move(options);
}

void Writer::think(Json& body) {
    const auto* wanted = request_.reasoning.take();
    if (wanted == nullptr) return;
    const auto& path = request_.reasoning.path;
    using Mode = Reasoning::Mode;
    if (wanted->mode == Mode::Off) {
        body["think"] = false;
        return;
    }
    if (wanted->mode == Mode::Unsaid && wanted->effort.empty()) return;
    if (!wanted->effort.empty()) {
        const bool least = wanted->effort == "minimal";
        const bool most = wanted->effort == "xhigh" || wanted->effort == "max";
        body["think"] = least ? "low" : most ? "high" : wanted->effort;
        if (least || most) coerced(losses_, path, fmt::format("Ollama's efforts are low, medium and high; it is \"{}\".", least ? "low" : "high"));
    } else {
        body["think"] = true;
        if (wanted->mode == Mode::Adaptive) coerced(losses_, path, "Ollama's models think always or never.");
    }
    if (wanted->mode == Mode::Unsaid) coerced(losses_, path, "An effort is one of thinking here.");
    if (wanted->budgetTokens) dropped(losses_, path + ".budget_tokens", "Ollama has no budget of thinking.");
    if (!wanted->summary.empty()) dropped(losses_, path + ".summary", "Ollama tells its thoughts in one way.");
    if (!wanted->display.empty()) dropped(losses_, path + ".display", "Ollama tells its thoughts in one way.");
    if (wanted->includeThoughts && !*wanted->includeThoughts) dropped(losses_, path, "Ollama always tells what it thought.");
}

void Writer::format(Json& body) {
    const auto* format = request_.outputFormat.take();
    if (format == nullptr || format->kind == OutputFormat::Kind::Text) return;
    const auto& path = request_.outputFormat.path;
    if (format->kind == OutputFormat::Kind::JsonObject || format->schema.is_null()) {
        body["format"] = "json";
    } else {
        body["format"] = format->schema;
    }
    if (!format->name.empty()) dropped(losses_, path + ".name", "Ollama's schemas have no name.");
    if (!format->description.empty()) dropped(losses_, path + ".description", "Ollama's output format has a schema alone.");
}

Json Writer::write() {
    takeDefaults(request_);
    Json body = Json::object();
    if (const auto* model = request_.model.take()) body["model"] = *model;
    Json messages = Json::array();
    for (auto& given : request_.messages) message(given, messages);
    body["messages"] = std::move(messages);
    tools(body);
    format(body);
    think(body);
    options(body);
    if (const auto* logprobs = request_.logprobs.take()) {
        if (*logprobs) body["logprobs"] = true;
    }
    if (const auto* top = request_.topLogprobs.take()) body["top_logprobs"] = *top;
    if (const auto* keep = request_.keepAlive.take()) {
        // Seconds as a number, or a duration with its unit.
        const bool number = keep->find_first_not_of("-0123456789") == std::string::npos && keep->size() < 16 && keep->find_last_not_of("0123456789") + 1 < keep->size();
        body["keep_alive"] = number ? Json::parse(*keep, nullptr, false) : Json(*keep);
        if (body["keep_alive"].is_discarded()) body["keep_alive"] = *keep;
    }
    // Ollama streams where nothing is said.
    body["stream"] = request_.stream && *request_.stream;
    request_.stream.taken = true;
    request_.includeUsage.taken = true;  // Its streams always hold usage.
    if (request_.extras.family == kFamily) {
        request_.extras.taken = true;
        for (const auto& [key, value] : request_.extras.members.items())
            if (!key.starts_with("options.") && !body.contains(key)) body[key] = value;
    }
    return body;
}

}  // namespace

void readOllamaCalls(Members& message, std::string_view scope, int& call, std::vector<Part>& parts) {
    const auto* calls = message.array("tool_calls");
    if (calls == nullptr) return;
    std::size_t i = 0;
    for (const auto& item : *calls) {
        Members given(item, fmt::format("{}[{}]", message.pathOf("tool_calls"), i++));
        Part part;
        part.kind = Part::Kind::ToolCall;
        part.path = given.path();
        part.callId = given.text("id").value_or("");
        given.text("type");
        const auto* function = given.object("function");
        if (function == nullptr) given.fail("function", "is missing");
        Members inner(function != nullptr ? *function : emptyObject(), given.pathOf("function"));
        if (function != nullptr) part.name = inner.required("name");
        inner.take("index");
        part.arguments = Json::object();
        if (const auto* arguments = inner.take("arguments")) {
            if (arguments->is_object()) part.arguments = *arguments;
            else if (arguments->is_string()) {
                bool wellFormed = true;
                part.arguments = parseArguments(arguments->get_ref<const std::string&>(), wellFormed);
            } else {
                inner.fail("arguments", "must be an object");
            }
        }
        if (part.arguments.size() == 1 && part.arguments.contains("_raw") && part.arguments["_raw"].is_string()) {
            part.argumentsMalformed = true;
            part.text = part.arguments["_raw"].get<std::string>();
        }
        const int place = call++;
        if (part.callId.empty()) part.callId = madeCallId(scope, place, part.name);
        given.adopt(inner);
        part.extras = {kFamily, given.rest(), part.path, false};
        message.adopt(given);
        parts.push_back(std::move(part));
    }
}

Json writeOllamaCall(const Part& part, Losses& losses) {
    if (part.argumentsMalformed) coerced(losses, part.path + ".arguments", "They are no JSON object; they stand in a field \"_raw\" of one.");
    if (part.signature) dropped(losses, part.path + ".signature", "Ollama's calls are not signed.");
    Json call = Json::object();
    if (!part.callId.empty()) call["id"] = part.callId;
    call["function"] = {{"name", part.name}, {"arguments", part.arguments.is_object() ? part.arguments : Json::object()}};
    return call;
}

Result<ChatRequest> readOllama(const Json& json) {
    ChatRequest request;
    Members body(json, "");
    request.extras.family = kFamily;
    if (auto model = body.text("model")) request.model.set(std::move(*model), "model");
    // Ollama streams unless it is told not to.
    if (body.flag("stream").value_or(true)) request.stream.set(true, "stream");
    if (!body.has("messages")) body.fail("messages", "is missing");
    if (const auto* messages = body.array("messages")) {
        std::size_t i = 0;
        int call = 0;
        std::vector<OpenCall> open;
        for (const auto& item : *messages) {
            request.messages.push_back(readMessage(item, fmt::format("messages[{}]", i++), body, call, open));
            if (body.failure()) break;
        }
    }
    if (const auto* tools = body.array("tools")) {
        std::size_t i = 0;
        for (const auto& item : *tools) readTool(item, fmt::format("tools[{}]", i++), body, request);
    }
    readFormat(body, request);
    readThink(body, request);
    readOptions(body, request);
    if (const auto logprobs = body.flag("logprobs")) request.logprobs.set(*logprobs, "logprobs");
    if (const auto top = body.integer("top_logprobs")) request.topLogprobs.set(*top, "top_logprobs");
    if (const auto* keep = body.take("keep_alive")) request.keepAlive.set(keep->is_string() ? keep->get<std::string>() : dump(*keep), "keep_alive");
    request.extras.members.update(body.rest());
    if (body.failure()) return tl::unexpected(*body.failure());
    return request;
}

Json writeOllama(ChatRequest& request, Losses& losses) { return Writer(request, losses).write(); }

std::string madeOllamaId(std::string_view createdAt, std::string_view model) {
    return createdAt.empty() ? std::string() : "chat_" + safeCallId(fmt::format("{}/{}", createdAt, model), 17);
}

Usage readOllamaUsage(const Json& answer) {
    Usage usage;
    const auto count = [&](const char* key, std::uint64_t& into) {
        const auto found = answer.find(key);
        if (found == answer.end() || !found->is_number_integer()) return;
        usage.known = true;
        if (*found > 0) into = found->get<std::uint64_t>();
    };
    count("prompt_eval_count", usage.inputTokens);
    count("eval_count", usage.outputTokens);
    return usage;
}

void writeOllamaUsage(const Usage& usage, Json& into) {
    if (!usage.known) return;
    into["prompt_eval_count"] = usage.inputTokens;
    into["eval_count"] = usage.outputTokens;
}

FinishReason readOllamaDone(std::string_view word) {
    if (word == "stop") return FinishReason::Stop;
    return word == "length" ? FinishReason::Length : FinishReason::Unknown;
}

std::string_view writeOllamaDone(FinishReason finish) {
    return finish == FinishReason::Length || finish == FinishReason::ContextLength ? "length" : "stop";
}

Result<ChatAnswer> readOllamaAnswer(const Json& json) {
    ChatAnswer answer;
    Members body(json, "");
    answer.model = body.text("model").value_or("");
    const auto created = body.text("created_at").value_or("");
    answer.created = secondsOf(created);
    answer.id = madeOllamaId(created, answer.model);
    Choice choice;
    body.flag("done");
    choice.rawFinish = body.text("done_reason").value_or("");
    choice.finish = readOllamaDone(choice.rawFinish);
    if (const auto* message = body.object("message")) {
        Members inner(*message, "message");
        inner.take("role");
        addText(Part::Kind::Thinking, inner.text("thinking"), "message.thinking", choice.parts);
        addText(Part::Kind::Text, inner.text("content"), "message.content", choice.parts);
        int call = 0;
        readOllamaCalls(inner, created, call, choice.parts);
        choice.messageExtras = {kFamily, inner.rest(), "message", false};
        body.adopt(inner);
    } else {
        body.fail("message", "is missing");
    }
    if (const auto* logprobs = body.array("logprobs"); logprobs != nullptr && !logprobs->empty()) choice.logprobs["content"] = *logprobs;
    answer.usage = readOllamaUsage(json);
    body.take("prompt_eval_count"), body.take("eval_count");
    choice.extras.family = kFamily;
    answer.choices.push_back(std::move(choice));
    answer.extras = {kFamily, body.rest(), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return answer;
}

Json writeOllamaAnswer(ChatAnswer& answer, Losses& losses) {
    Json out = {{"model", answer.model}, {"created_at", rfc3339Of(answer.created != 0 ? answer.created : secondsNow())}};
    Choice none;
    auto& choice = answer.choices.empty() ? none : answer.choices.front();
    std::string text;
    std::string thoughts;
    Json calls = Json::array();
    for (auto& part : choice.parts) {
        if (part.kind == Part::Kind::Text || part.kind == Part::Kind::Refusal) {
            text += part.text;
            for (std::size_t i = 0; i < part.citations.size(); ++i) dropped(losses, fmt::format("{}.citations[{}]", part.path, i), "Ollama has no citations.");
        } else if (part.kind == Part::Kind::Thinking) {
            thoughts += part.text;
            if (part.signature) dropped(losses, part.path + ".signature", "Ollama's thoughts are not signed.");
        } else if (part.kind == Part::Kind::ToolCall) {
            auto call = writeOllamaCall(part, losses);
            restore(part.extras, kFamily, call);
            calls.push_back(std::move(call));
        } else {
            continue;
        }
        part.taken = true;
    }
    for (std::size_t i = 1; i < answer.choices.size(); ++i) {
        for (auto& part : answer.choices[i].parts) part.taken = true;
        dropped(losses, fmt::format("choices[{}]", answer.choices[i].index), "Ollama gives one answer.");
    }
    Json message = {{"role", "assistant"}, {"content", text}};
    if (!thoughts.empty()) message["thinking"] = thoughts;
    if (!calls.empty()) message["tool_calls"] = std::move(calls);
    restore(choice.messageExtras, kFamily, message);
    out["message"] = std::move(message);
    out["done"] = true;
    out["done_reason"] = choice.extras.family == kFamily && !choice.rawFinish.empty() ? choice.rawFinish : std::string(writeOllamaDone(choice.finish));
    if (!choice.stopSequence.empty()) dropped(losses, choice.path + ".stop_sequence", "Ollama does not tell which stop sequence was met.");
    if (choice.logprobs.contains("content")) out["logprobs"] = choice.logprobs["content"];
    writeOllamaUsage(answer.usage, out);
    restore(answer.extras, kFamily, out);
    return out;
}

ApiError readOllamaError(int status, const Json& body) {
    auto error = readOpenAiError(status, body);
    if (const auto code = body.find("code"); error.code.empty() && code != body.end() && code->is_string()) error.code = code->get<std::string>();
    return error;
}

Json writeOllamaError(const ApiError& error) {
    Json json = {{"error", error.message}};
    if (!error.code.empty()) json["code"] = error.code;
    return json;
}

const Dialect kOllamaChat = {.name = "ollama-chat",
                             .family = kFamily,
                             .operation = Operation::Chat,
                             .modelInTarget = false,
                             .readRequest = readOllama,
                             .writeRequest = writeOllama,
                             .readAnswer = readOllamaAnswer,
                             .writeAnswer = writeOllamaAnswer,
                             .streamReader = ollamaReader,
                             .streamWriter = ollamaWriter,
                             .readError = readOllamaError,
                             .writeError = writeOllamaError,
                             .errorType = openAiErrorType};

}  // namespace gatehouse::llm
