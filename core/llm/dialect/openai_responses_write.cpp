// openai-responses: requests, written.
#include "llm/dialect/dialect.h"
#include "llm/dialect/openai_chat.h"
#include "llm/dialect/openai_responses.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::OpenAiResponses;

/// Extras under "object.member" back into their object.
void restoreInto(Extras& extras, Json& body) {
    if (extras.family != kFamily) return;
    extras.taken = true;
    for (const auto& [key, value] : extras.members.items()) {
        const auto dot = key.find('.');
        auto& into = dot == std::string::npos ? body : body[key.substr(0, dot)];
        const auto name = dot == std::string::npos ? key : key.substr(dot + 1);
        if (name.find_first_of(".[") == std::string::npos && (into.is_object() || into.is_null()) && !into.contains(name)) into[name] = value;
    }
}

class Writer {
  public:
    Writer(ChatRequest& request, Losses& losses) : request_(request), losses_(losses), model_(openAiModel(request.model ? *request.model : std::string())) {}

    Json write();

  private:
    void mark(const Part& part, Json& item) const {
        if (!part.cache) return;
        if (!model_.cacheBreakpoint) return dropped(losses_, part.path + ".cache_control", "This model takes no cache marks; its provider caches the beginning of prompts by itself.");
        item["prompt_cache_breakpoint"] = {{"mode", "explicit"}};
        if (!part.cache->ttl.empty()) coerced(losses_, part.path + ".cache_control.ttl", "OpenAI has one time to live for all marks of a request.");
    }
    std::optional<Json> content(Part& part, bool output);
    std::optional<Json> document(Part& part);
    Json contents(std::vector<Part>& parts);
    void message(ChatMessage& message, const char* role, Json content);
    void assistant(ChatMessage& message);
    void other(ChatMessage& message);
    void reasoning(Part& part);
    void call(Part& part);
    void result(Part& part);
    void input(Json& body);
    void tools(Json& body);
    void toolChoice(Json& body);
    void think(Json& body);
    void text(Json& body);

    ChatRequest& request_;
    Losses& losses_;
    OpenAiModel model_;
    Json input_ = Json::array();
    std::set<std::string> customCalls_;
    std::set<std::string> customTools_;
};

std::optional<Json> Writer::document(Part& part) {
    if (!part.context.empty()) dropped(losses_, part.path + ".context", "OpenAI's files have no context.");
    if (!part.text.empty() || !part.content.empty()) {
        auto text = part.text;
        for (auto& inner : part.content) {
            if (inner.kind != Part::Kind::Text) continue;
            inner.taken = true;
            text += (text.empty() ? "" : "\n") + inner.text;
        }
        coerced(losses_, part.path, "OpenAI has no documents of plain text; it became a text.");
        return Json{{"type", "input_text"}, {"text", part.title.empty() ? text : part.title + "\n\n" + text}};
    }
    Json file = {{"type", "input_file"}};
    const auto& name = part.name.empty() ? part.title : part.name;
    if (!part.data.empty()) {
        file["filename"] = name.empty() ? "document.pdf" : name;
        if (name.empty()) defaulted(losses_, "input_file.filename", "OpenAI's files have a name; it is \"document.pdf\".");
        file["file_data"] = dataUrl(part.mediaType.empty() ? "application/pdf" : part.mediaType, part.data);
        return file;
    }
    if (!part.fileId.empty()) file["file_id"] = part.fileId;
    else if (!part.url.empty()) file["file_url"] = part.url;
    else return std::nullopt;
    if (!name.empty()) file["filename"] = name;
    return file;
}

std::optional<Json> Writer::content(Part& part, bool output) {
    Json item;
    switch (part.kind) {
    case Part::Kind::Text:
        item = {{"type", output ? "output_text" : "input_text"}, {"text", part.text}};
        if (output) {
            item["annotations"] = writeResponsesAnnotations(part, losses_);
        } else {
            for (std::size_t i = 0; i < part.citations.size(); ++i)
                dropped(losses_, fmt::format("{}.citations[{}]", part.path, i), "Only an assistant's texts have citations.");
        }
        break;
    case Part::Kind::Refusal:
        if (!output) return std::nullopt;
        item = {{"type", "refusal"}, {"refusal", part.text}};
        break;
    case Part::Kind::Image:
        if (output) return std::nullopt;
        item = {{"type", "input_image"}};
        if (!part.data.empty()) item["image_url"] = dataUrl(part.mediaType.empty() ? "image/png" : part.mediaType, part.data);
        else if (!part.url.empty()) item["image_url"] = part.url;
        else item["file_id"] = part.fileId;
        if (!part.detail.empty()) item["detail"] = part.detail;
        break;
    case Part::Kind::Audio:
        if (output || part.data.empty()) return std::nullopt;
        item = {{"type", "input_audio"}, {"input_audio", {{"data", part.data}, {"format", audioFormat(part.mediaType)}}}};
        break;
    case Part::Kind::Document: {
        if (output) return std::nullopt;
        auto file = document(part);
        if (!file) return std::nullopt;
        item = std::move(*file);
        break;
    }
    case Part::Kind::Opaque:
        if (part.extras.family != kFamily) return std::nullopt;
        item = part.opaque;
        break;
    default: return std::nullopt;
    }
    part.taken = true;
    if (!output) mark(part, item);
    else if (part.cache) dropped(losses_, part.path + ".cache_control", "OpenAI's cache marks stand in the input alone.");
    restore(part.extras, kFamily, item);
    return item;
}

/// A lone text as a string; null where nothing is left.
Json join(Json parts) {
    if (parts.empty()) return nullptr;
    if (parts.size() > 1) return parts;
    const auto& only = parts[0];
    const bool plain = only.contains("text") && (only.size() == 2 || (only.size() == 3 && only.contains("annotations") && only["annotations"].empty()));
    if (plain) return only["text"];
    return parts;
}

Json Writer::contents(std::vector<Part>& parts) {
    Json list = Json::array();
    for (auto& part : parts)
        if (auto item = content(part, false)) list.push_back(std::move(*item));
    return list;
}

void Writer::message(ChatMessage& message, const char* role, Json content) {
    if (content.is_null()) return;
    Json item = {{"type", "message"}, {"role", role}, {"content", std::move(content)}};
    if (!message.name.empty()) dropped(losses_, message.path + ".name", "OpenAI's responses have no names of participants.");
    restore(message.extras, kFamily, item);
    input_.push_back(std::move(item));
}

void Writer::reasoning(Part& part) {
    part.taken = true;
    if (!part.signature || part.signature->family != kFamily)
        return dropped(losses_, part.path, "OpenAI takes back only thinking of its own.");
    const auto& signature = *part.signature;
    const bool stored = request_.store && *request_.store;
    if (signature.data.empty() && (!stored || signature.id.empty()))
        return dropped(losses_, part.path, "Without encrypted content only OpenAI's store would know this thinking, and the request does not use it.");
    Json item = {{"type", "reasoning"}};
    if (!signature.id.empty()) item["id"] = signature.id;
    item["summary"] = Json::array();
    if (!part.text.empty()) item["summary"].push_back({{"type", "summary_text"}, {"text", part.text}});
    if (!signature.data.empty()) item["encrypted_content"] = signature.data;
    restore(part.extras, kFamily, item);
    input_.push_back(std::move(item));
}

void Writer::call(Part& part) {
    part.taken = true;
    Json item;
    if (isCustomCall(part)) {
        part.extras.taken = true;
        customCalls_.insert(part.callId);
        item = {{"type", "custom_tool_call"}, {"call_id", part.callId}, {"name", part.name}, {"input", part.arguments.value("input", "")}};
    } else {
        item = {{"type", "function_call"}, {"call_id", part.callId}, {"name", part.name}, {"arguments", part.argumentsMalformed ? part.text : dumpArguments(part.arguments)}};
    }
    if (part.cache) dropped(losses_, part.path + ".cache_control", "OpenAI's calls take no cache marks.");
    if (part.signature) dropped(losses_, part.path + ".signature", "OpenAI's calls are not signed.");
    restore(part.extras, kFamily, item);
    input_.push_back(std::move(item));
}

void Writer::result(Part& part) {
    part.taken = true;
    if (part.isError) dropped(losses_, part.path + ".is_error", "OpenAI's tool results do not say that a call failed.");
    auto output = join(contents(part.content));
    Json item = {{"type", customCalls_.contains(part.callId) ? "custom_tool_call_output" : "function_call_output"},
                 {"call_id", part.callId},
                 {"output", output.is_null() ? Json("") : std::move(output)}};
    if (part.cache) dropped(losses_, part.path + ".cache_control", "OpenAI's tool results take cache marks on their content alone.");
    restore(part.extras, kFamily, item);
    input_.push_back(std::move(item));
}

void Writer::assistant(ChatMessage& owner) {
    Json list = Json::array();
    const auto flush = [&] {
        message(owner, "assistant", join(std::exchange(list, Json::array())));
    };
    for (auto& part : owner.parts) {
        if (part.kind == Part::Kind::Thinking || part.kind == Part::Kind::RedactedThinking) {
            flush();
            reasoning(part);
        } else if (part.kind == Part::Kind::ToolCall) {
            flush();
            call(part);
        } else if (part.kind == Part::Kind::Opaque) {
            if (part.extras.family != kFamily) continue;
            flush();
            part.taken = true;
            input_.push_back(part.opaque);
        } else if (auto item = content(part, true)) {
            list.push_back(std::move(*item));
        }
    }
    flush();
}

void Writer::other(ChatMessage& owner) {
    Json beside = Json::array();
    for (auto& part : owner.parts) {
        if (part.kind == Part::Kind::ToolResult) result(part);
        else if (auto item = content(part, false)) beside.push_back(std::move(*item));
    }
    const auto* role = owner.role == Role::System ? "system" : owner.role == Role::Developer ? "developer" : "user";
    message(owner, role, join(std::move(beside)));
}

void Writer::input(Json& body) {
    std::size_t first = 0;
    const auto anyTurn = std::any_of(request_.messages.begin(), request_.messages.end(), [](const ChatMessage& message) { return message.role != Role::System; });
    if (anyTurn && request_.messages[0].role == Role::System) {
        auto& system = request_.messages[0];
        const bool plain = system.parts.size() == 1 && system.parts[0].kind == Part::Kind::Text && !system.parts[0].cache;
        if (plain && system.name.empty()) {
            system.parts[0].taken = true;
            body["instructions"] = system.parts[0].text;
            first = 1;
        }
    }
    for (auto i = first; i < request_.messages.size(); ++i) {
        auto& message = request_.messages[i];
        if (message.role == Role::Assistant) assistant(message);
        else other(message);
    }
    body["input"] = std::move(input_);
}

void Writer::tools(Json& body) {
    Json tools = Json::array();
    for (auto& tool : request_.tools) {
        Json item;
        if (tool.kind == Tool::Kind::Function) {
            // Here a tool is strict unless it says that it is not, elsewhere the other way about.
            item = {{"type", "function"}, {"name", tool.name}};
            if (!tool.description.empty()) item["description"] = tool.description;
            item["parameters"] = tool.parameters;
            item["strict"] = tool.strict.value_or(false);
            if (tool.cache) dropped(losses_, tool.path + ".cache_control", "OpenAI's tools take no cache marks; the beginning of prompts is cached by itself.");
        } else if (tool.family == kFamily) {
            item = tool.opaque;
        } else if (tool.family == Family::OpenAiChat && tool.opaque.value("type", "") == "custom" && tool.opaque.contains("custom") && tool.opaque["custom"].is_object()) {
            item = {{"type", "custom"}};
            item.update(tool.opaque["custom"]);
            if (item.contains("format") && item["format"].is_object() && item["format"].contains("grammar") && item["format"]["grammar"].is_object()) {
                Json format = {{"type", "grammar"}};
                format.update(item["format"]["grammar"]);
                item["format"] = std::move(format);
            }
            customTools_.insert(item.value("name", ""));
        } else {
            continue;
        }
        tool.taken = true;
        restore(tool.extras, kFamily, item);
        tools.push_back(std::move(item));
    }
    if (!tools.empty()) body["tools"] = std::move(tools);
}

void Writer::toolChoice(Json& body) {
    const bool any = body.contains("tools");
    if (const auto* parallel = request_.parallelToolCalls ? request_.parallelToolCalls.take() : nullptr; parallel != nullptr && any) body["parallel_tool_calls"] = *parallel;
    const auto* choice = request_.toolChoice.take();
    if (choice == nullptr) return;
    if (!any) {
        if (choice->mode != ToolChoice::Mode::None) dropped(losses_, request_.toolChoice.path, "There is no tool left to choose.");
        return;
    }
    const auto named = [&](const std::string& name) { return Json{{"type", customTools_.contains(name) ? "custom" : "function"}, {"name", name}}; };
    if (choice->mode == ToolChoice::Mode::Named) {
        body["tool_choice"] = named(choice->name);
        return;
    }
    const auto* word = choice->mode == ToolChoice::Mode::None ? "none" : choice->mode == ToolChoice::Mode::Required ? "required" : "auto";
    if (choice->allowed.empty()) {
        body["tool_choice"] = word;
        return;
    }
    Json allowed = Json::array();
    for (const auto& name : choice->allowed) allowed.push_back(named(name));
    body["tool_choice"] = {{"type", "allowed_tools"}, {"mode", word}, {"tools", std::move(allowed)}};
}

void Writer::think(Json& body) {
    const auto* wanted = request_.reasoning.take();
    if (wanted == nullptr) return;
    const auto& path = request_.reasoning.path;
    using Mode = Reasoning::Mode;
    Json reasoning = Json::object();
    if (wanted->mode == Mode::Off) {
        reasoning["effort"] = "none";
    } else if (!wanted->effort.empty()) {
        reasoning["effort"] = wanted->effort;
        if (wanted->budgetTokens) dropped(losses_, path + ".budget_tokens", "OpenAI has an effort in place of a budget.");
    } else if (wanted->budgetTokens) {
        const auto effort = effortOfBudget(*wanted->budgetTokens);
        reasoning["effort"] = effort;
        coerced(losses_, path + ".budget_tokens", fmt::format("A budget of {} tokens became the effort \"{}\".", *wanted->budgetTokens, effort));
    } else if (wanted->mode == Mode::Adaptive || wanted->mode == Mode::On) {
        coerced(losses_, path, "OpenAI's models decide by themselves how long they think.");
    }
    // Summaries are what a client that asked for thoughts can get.
    if (!wanted->summary.empty()) {
        reasoning["summary"] = wanted->summary;
    } else if (wanted->includeThoughts.value_or(false) || wanted->display == "summarized") {
        reasoning["summary"] = "auto";
    } else if (!wanted->display.empty()) {
        dropped(losses_, path + ".display", "OpenAI tells of the model's thinking only where a summary is asked for.");
    }
    if (!reasoning.empty()) body["reasoning"] = std::move(reasoning);
}

void Writer::text(Json& body) {
    if (const auto* format = request_.outputFormat.take()) {
        Json json = {{"type", "text"}};
        if (format->kind == OutputFormat::Kind::JsonObject) json = {{"type", "json_object"}};
        if (format->kind == OutputFormat::Kind::JsonSchema) {
            json = {{"type", "json_schema"}, {"name", format->name.empty() ? "response" : format->name}};
            if (format->name.empty()) defaulted(losses_, "text.format.name", "OpenAI's schemas have a name; it is \"response\".");
            if (!format->description.empty()) json["description"] = format->description;
            json["schema"] = format->schema.is_null() ? Json::object() : format->schema;
            if (format->schema.is_null()) defaulted(losses_, "text.format.schema", "A response's format has a schema; it is one that allows everything.");
            if (format->strict) json["strict"] = *format->strict;
        }
        if (format->kind != OutputFormat::Kind::Text) body["text"]["format"] = std::move(json);
    }
    if (const auto* verbosity = request_.verbosity.take()) body["text"]["verbosity"] = *verbosity;
}

Json Writer::write() {
    // It says whether the provider keeps the response, which it does here unless told otherwise, and elsewhere only when told.
    const bool store = request_.store && *request_.store;
    takeDefaults(request_);
    Json body = Json::object();
    if (const auto* name = request_.model.take()) body["model"] = *name;
    input(body);
    tools(body);
    toolChoice(body);
    text(body);
    think(body);
    const auto write = [&](auto& given, const char* key) {
        if (const auto* value = given.take()) body[key] = *value;
    };
    write(request_.maxTokens, "max_output_tokens"), write(request_.temperature, "temperature"), write(request_.topP, "top_p");
    Json include = Json::array();
    if (const auto* logprobs = request_.logprobs.take(); logprobs != nullptr && *logprobs) {
        include.push_back("message.output_text.logprobs");
        write(request_.topLogprobs, "top_logprobs");
    }
    // What the model thought must come back where nobody keeps it. Models that do not think refuse the question.
    if (!store && body.contains("reasoning") && body["reasoning"].value("effort", "") != "none") include.push_back("reasoning.encrypted_content");
    if (!include.empty()) body["include"] = std::move(include);
    write(request_.user, "user"), write(request_.metadata, "metadata"), write(request_.serviceTier, "service_tier");
    write(request_.promptCacheKey, "prompt_cache_key"), write(request_.previousResponseId, "previous_response_id");
    request_.store.take();
    body["store"] = store;
    write(request_.stream, "stream");
    request_.includeUsage.taken = true;  // Its streams always hold usage.
    if (request_.cache.take() != nullptr) coerced(losses_, request_.cache.path, "The provider caches the beginning of prompts by itself, for as long as it chooses.");
    restoreInto(request_.extras, body);
    return body;
}

}  // namespace

Json writeResponses(ChatRequest& request, Losses& losses) { return Writer(request, losses).write(); }

}  // namespace gatehouse::llm
