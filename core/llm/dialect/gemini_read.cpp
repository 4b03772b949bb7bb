// gemini-generate and vertex-gemini: requests and parts, read.
#include "llm/dialect/gemini.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::Gemini;

std::string upper(std::string text) {
    for (auto& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

std::string lower(std::string text) {
    for (auto& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

/// The readers of Members under either name.
std::optional<std::string> text(Members& m, std::string_view key) { return m.text(geminiKey(m, key)); }
std::optional<bool> flag(Members& m, std::string_view key) { return m.flag(geminiKey(m, key)); }
std::optional<double> number(Members& m, std::string_view key) { return m.number(geminiKey(m, key)); }
std::optional<std::int64_t> integer(Members& m, std::string_view key) { return m.integer(geminiKey(m, key)); }
const Json* object(Members& m, std::string_view key) { return m.object(geminiKey(m, key)); }
const Json* array(Members& m, std::string_view key) { return m.array(geminiKey(m, key)); }

Part::Kind kindOfMedia(std::string_view type) {
    if (type.starts_with("image/")) return Part::Kind::Image;
    if (type.starts_with("audio/")) return Part::Kind::Audio;
    if (type.starts_with("video/")) return Part::Kind::Video;
    return Part::Kind::Document;
}

void readMedia(Members& part, Part& out) {
    const bool inlined = part.has(geminiKey(part, "inlineData"));
    const auto key = geminiKey(part, inlined ? "inlineData" : "fileData");
    const auto* media = part.object(key);
    if (media == nullptr) return;
    Members inner(*media, part.pathOf(key));
    out.mediaType = text(inner, "mimeType").value_or("");
    out.name = text(inner, "displayName").value_or("");
    if (inlined) out.data = text(inner, "data").value_or("");
    else out.url = text(inner, "fileUri").value_or("");
    out.kind = kindOfMedia(out.mediaType);
    // Videos of YouTube's are given without a type.
    if (out.mediaType.empty() && out.url.find("youtu") != std::string::npos) out.kind = Part::Kind::Video;
    if (auto rest = inner.rest(); !rest.empty()) out.extras.members[inlined ? "inlineData" : "fileData"] = std::move(rest);
    part.adopt(inner);
}

void readCall(Members& part, Part& out, std::string_view scope, int& call) {
    out.kind = Part::Kind::ToolCall;
    const auto key = geminiKey(part, "functionCall");
    const auto* given = part.object(key);
    if (given == nullptr) return;
    Members inner(*given, part.pathOf(key));
    out.name = inner.text("name").value_or("");
    out.callId = inner.text("id").value_or("");
    const int place = call++;
    if (out.callId.empty()) out.callId = madeCallId(scope, place, out.name);
    const auto* arguments = inner.object("args");
    out.arguments = arguments != nullptr ? *arguments : Json::object();
    // As in Anthropic's: {"_raw": ...} stands for arguments that were no JSON.
    if (out.arguments.size() == 1 && out.arguments.contains("_raw") && out.arguments["_raw"].is_string()) {
        out.argumentsMalformed = true;
        out.text = out.arguments["_raw"].get<std::string>();
    }
    if (auto rest = inner.rest(); !rest.empty()) out.extras.members["functionCall"] = std::move(rest);
    part.adopt(inner);
}

void readResponse(Members& part, Part& out) {
    out.kind = Part::Kind::ToolResult;
    const auto key = geminiKey(part, "functionResponse");
    const auto* given = part.object(key);
    if (given == nullptr) return;
    Members inner(*given, part.pathOf(key));
    out.name = inner.text("name").value_or("");
    out.callId = inner.text("id").value_or("");
    if (const auto* response = inner.object("response")) {
        Part content;
        content.path = inner.pathOf("response");
        content.extras.family = kFamily;
        const auto only = [&](const char* word) { return response->size() == 1 && response->contains(word) && (*response)[word].is_string(); };
        out.isError = only("error");
        content.text = only("output") ? (*response)["output"].get<std::string>() : out.isError ? (*response)["error"].get<std::string>() : dump(*response);
        if (!content.text.empty()) out.content.push_back(std::move(content));
    }
    if (const auto* parts = inner.array("parts")) {
        std::size_t i = 0;
        int none = 0;
        for (const auto& item : *parts)
            for (auto& media : readGeminiPart(item, fmt::format("{}[{}]", inner.pathOf("parts"), i++), part, "", none)) out.content.push_back(std::move(media));
    }
    if (auto rest = inner.rest(); !rest.empty()) out.extras.members["functionResponse"] = std::move(rest);
    part.adopt(inner);
}

/// Responses without an id answer the calls of their name, in order.
void nameResponses(std::vector<ChatMessage>& messages) {
    std::map<std::string, std::vector<std::string>> open;
    for (auto& message : messages)
        for (auto& part : message.parts) {
            if (part.kind == Part::Kind::ToolCall) open[part.name].push_back(part.callId);
            if (part.kind != Part::Kind::ToolResult) continue;
            auto& ids = open[part.name];
            if (part.callId.empty() && !ids.empty()) part.callId = ids.front();
            if (part.callId.empty()) part.callId = madeCallId("response", 0, part.name);
            if (const auto found = std::find(ids.begin(), ids.end(), part.callId); found != ids.end()) ids.erase(found);
        }
}

ChatMessage readContent(const Json& item, std::string path, Members& owner, Role otherwise, int& call) {
    ChatMessage out;
    out.role = otherwise;
    out.path = path;
    if (item.is_string()) {
        Part part;
        part.text = item.get<std::string>();
        part.path = path;
        part.extras.family = kFamily;
        if (!part.text.empty()) out.parts.push_back(std::move(part));
        out.extras = {kFamily, Json::object(), out.path, false};
        return out;
    }
    Members content(item, std::move(path));
    if (const auto role = content.text("role")) {
        if (*role == "model") out.role = Role::Assistant;
        else if (*role == "system") out.role = Role::System;
        else if (*role != "user" && *role != "function" && *role != "tool" && !role->empty()) content.fail("role", "must be user or model");
    }
    if (otherwise == Role::System) out.role = Role::System;
    if (const auto* parts = content.take("parts")) {
        if (!parts->is_array() && !parts->is_object()) content.fail("parts", "must be a list");
        std::size_t i = 0;
        const auto add = [&](const Json& part, std::string at) {
            for (auto& read : readGeminiPart(part, std::move(at), content, "request", call)) out.parts.push_back(std::move(read));
        };
        if (parts->is_object()) add(*parts, content.pathOf("parts"));
        else if (parts->is_array())
            for (const auto& part : *parts) add(part, fmt::format("{}[{}]", content.pathOf("parts"), i++));
    }
    out.extras = {kFamily, content.rest(), out.path, false};
    owner.adopt(content);
    return out;
}

void readDeclaration(const Json& item, std::string path, Members& owner, ChatRequest& request) {
    Tool out;
    out.path = path;
    out.family = kFamily;
    Members tool(item, std::move(path));
    out.name = tool.required("name");
    out.description = tool.text("description").value_or("");
    if (const auto* schema = object(tool, "parametersJsonSchema")) out.parameters = *schema;
    else if (const auto* older = tool.object("parameters")) out.parameters = jsonSchemaOfOpenApi(*older);
    out.extras = {kFamily, tool.rest(), out.path, false};
    owner.adopt(tool);
    request.tools.push_back(std::move(out));
}

void readTools(Members& body, ChatRequest& request) {
    const auto* tools = body.array("tools");
    if (tools == nullptr) return;
    std::size_t i = 0;
    for (const auto& item : *tools) {
        Members members(item, fmt::format("tools[{}]", i++));
        const auto key = geminiKey(members, "functionDeclarations");
        if (const auto* declarations = members.array(key)) {
            std::size_t k = 0;
            for (const auto& declaration : *declarations) readDeclaration(declaration, fmt::format("{}[{}]", members.pathOf(key), k++), members, request);
        }
        for (const auto rest = members.rest(); const auto& [name, value] : rest.items()) {
            Tool out;
            out.kind = Tool::Kind::Opaque;
            out.family = kFamily;
            out.name = name;
            out.path = members.pathOf(name);
            out.opaque = Json{{name, value}};
            request.tools.push_back(std::move(out));
        }
        body.adopt(members);
    }
}

/// What is left over within a member of the body, each under its own path: "generationConfig.speechConfig".
void keep(const Members& inner, ChatRequest& request, std::string_view under) {
    for (const auto rest = inner.rest(); const auto& [key, value] : rest.items()) request.extras.members[fmt::format("{}.{}", under, key)] = value;
}

void readToolConfig(Members& body, ChatRequest& request) {
    const auto key = geminiKey(body, "toolConfig");
    const auto* config = body.object(key);
    if (config == nullptr) return;
    Members members(*config, key);
    const auto inside = geminiKey(members, "functionCallingConfig");
    if (const auto* calling = members.object(inside)) {
        Members inner(*calling, members.pathOf(inside));
        ToolChoice choice;
        const auto mode = upper(inner.text("mode").value_or("AUTO"));
        if (const auto* names = array(inner, "allowedFunctionNames"))
            for (const auto& name : *names)
                if (name.is_string()) choice.allowed.push_back(name.get<std::string>());
        if (mode == "NONE") choice.mode = ToolChoice::Mode::None;
        else if (mode == "ANY") choice.mode = ToolChoice::Mode::Required;
        else if (mode == "VALIDATED") {
            // Calls that hold to their schema: what others say of each tool.
            for (auto& tool : request.tools)
                if (tool.kind == Tool::Kind::Function) tool.strict = true;
        } else if (mode != "AUTO" && mode != "MODE_UNSPECIFIED") inner.fail("mode", "must be AUTO, ANY, NONE or VALIDATED");
        if (choice.mode == ToolChoice::Mode::Required && choice.allowed.size() == 1) {
            choice.mode = ToolChoice::Mode::Named;
            choice.name = choice.allowed.front();
            choice.allowed.clear();
        }
        request.toolChoice.set(std::move(choice), members.pathOf(inside));
        keep(inner, request, "toolConfig.functionCallingConfig");
        members.adopt(inner);
    }
    keep(members, request, "toolConfig");
    body.adopt(members);
}

void readThinking(Members& config, ChatRequest& request) {
    const auto key = geminiKey(config, "thinkingConfig");
    const auto* thinking = config.object(key);
    if (thinking == nullptr) return;
    Members members(*thinking, config.pathOf(key));
    Reasoning out;
    if (const auto budget = integer(members, "thinkingBudget")) {
        if (*budget == 0) out.mode = Reasoning::Mode::Off;
        else if (*budget < 0) out.mode = Reasoning::Mode::Adaptive;
        else out.mode = Reasoning::Mode::On, out.budgetTokens = *budget;
    }
    if (const auto level = text(members, "thinkingLevel"); level && upper(*level) != "THINKING_LEVEL_UNSPECIFIED") {
        out.effort = lower(*level);
        out.mode = Reasoning::Mode::On;
    }
    // Thoughts are told where they are asked for alone; models think as they see fit where nothing else is said.
    out.includeThoughts = flag(members, "includeThoughts").value_or(false);
    if (out.mode == Reasoning::Mode::Unsaid && *out.includeThoughts) out.mode = Reasoning::Mode::Adaptive;
    const auto path = members.path();
    keep(members, request, "generationConfig.thinkingConfig");
    config.adopt(members);
    if (out.mode != Reasoning::Mode::Unsaid) request.reasoning.set(std::move(out), path);
}

void readFormat(Members& config, ChatRequest& request) {
    const auto key = geminiKey(config, "responseMimeType");
    const auto* type = config.peek(key);
    if (type == nullptr || !type->is_string()) {
        config.text(key);
        return;
    }
    const auto word = type->get<std::string>();
    if (word != "application/json" && word != "text/plain") return;  // text/x.enum: nobody else has it.
    config.take(key);
    OutputFormat out;
    if (word == "application/json") {
        out.kind = OutputFormat::Kind::JsonObject;
        if (const auto* schema = object(config, "responseJsonSchema")) out.schema = *schema;
        else if (const auto* older = object(config, "responseSchema")) out.schema = jsonSchemaOfOpenApi(*older);
        if (!out.schema.is_null()) out.kind = OutputFormat::Kind::JsonSchema;
    }
    request.outputFormat.set(std::move(out), config.pathOf(key));
}

void readConfig(Members& body, ChatRequest& request) {
    const auto key = geminiKey(body, "generationConfig");
    const auto* config = body.object(key);
    if (config == nullptr) return;
    Members members(*config, key);
    const auto put = [&](auto& given, auto value, std::string_view name) {
        if (value) given.set(std::move(*value), members.pathOf(geminiKey(members, name)));
    };
    put(request.temperature, number(members, "temperature"), "temperature");
    put(request.topP, number(members, "topP"), "topP");
    put(request.topK, integer(members, "topK"), "topK");
    put(request.n, integer(members, "candidateCount"), "candidateCount");
    put(request.maxTokens, integer(members, "maxOutputTokens"), "maxOutputTokens");
    put(request.seed, integer(members, "seed"), "seed");
    put(request.presencePenalty, number(members, "presencePenalty"), "presencePenalty");
    put(request.frequencyPenalty, number(members, "frequencyPenalty"), "frequencyPenalty");
    put(request.logprobs, flag(members, "responseLogprobs"), "responseLogprobs");
    put(request.topLogprobs, integer(members, "logprobs"), "logprobs");
    if (const auto* stop = array(members, "stopSequences")) {
        std::vector<std::string> words;
        for (const auto& word : *stop) {
            if (word.is_string()) words.push_back(word.get<std::string>());
            else members.fail("stopSequences", "must be a list of strings");
        }
        request.stop.set(std::move(words), members.pathOf(geminiKey(members, "stopSequences")));
    }
    if (const auto* modalities = array(members, "responseModalities")) {
        std::vector<std::string> words;
        for (const auto& word : *modalities)
            if (word.is_string()) words.push_back(lower(word.get<std::string>()));
        request.modalities.set(std::move(words), members.pathOf(geminiKey(members, "responseModalities")));
    }
    readFormat(members, request);
    readThinking(members, request);
    keep(members, request, "generationConfig");
    body.adopt(members);
}

}  // namespace

std::string geminiKey(const Members& members, std::string_view camel) {
    if (members.has(camel)) return std::string(camel);
    std::string snake;
    for (const char c : camel) {
        if (c >= 'A' && c <= 'Z') snake += '_', snake += static_cast<char>(c - 'A' + 'a');
        else snake += c;
    }
    return members.has(snake) ? snake : std::string(camel);
}

std::vector<Part> readGeminiPart(const Json& item, std::string path, Members& owner, std::string_view scope, int& call) {
    Part out;
    out.path = path;
    out.extras.family = kFamily;
    Members part(item, std::move(path));
    const auto key = [&](std::string_view camel) { return geminiKey(part, camel); };
    const bool thought = flag(part, "thought").value_or(false);
    auto signature = part.has(key("thoughtSignature")) ? text(part, "thoughtSignature").value_or("") : std::string();
    std::optional<Part> beside;
    if (part.has(key("functionCall"))) {
        readCall(part, out, scope, call);
        if (!signature.empty()) out.signature = Signature{kFamily, std::exchange(signature, {}), ""};
    } else if (part.has(key("functionResponse"))) {
        readResponse(part, out);
    } else if (part.has(key("inlineData")) || part.has(key("fileData"))) {
        readMedia(part, out);
    } else if (part.has("text") || (item.is_object() && part.rest().empty())) {
        out.text = part.text("text").value_or("");
        if (thought) out.kind = Part::Kind::Thinking;
        if (!signature.empty()) {
            Signature made{kFamily, std::exchange(signature, {}), ""};
            if (thought && !out.text.empty()) {
                out.signature = std::move(made);
            } else {
                made.id = thought ? "thought" : out.text.empty() ? "" : "text";
                beside.emplace();
                beside->kind = Part::Kind::Thinking;
                beside->path = out.path;
                beside->extras.family = kFamily;
                beside->signature = std::move(made);
            }
        }
    } else if (!part.failure()) {
        out.kind = Part::Kind::Opaque;
        out.opaque = item;
        return {std::move(out)};
    }
    out.extras.path = out.path;
    out.extras.members.update(part.rest());
    // Of images and the like: only Gemini's own know what it is for.
    if (!signature.empty()) out.extras.members["thoughtSignature"] = std::move(signature);
    owner.adopt(part);
    std::vector<Part> parts;
    const bool said = out.kind != Part::Kind::Text && out.kind != Part::Kind::Thinking;
    if (said || !out.text.empty() || out.signature) parts.push_back(std::move(out));
    if (beside) parts.push_back(std::move(*beside));
    return parts;
}

Result<ChatRequest> readGemini(const Json& json) {
    ChatRequest request;
    Members body(json, "");
    request.extras.family = kFamily;
    if (auto model = body.text("model")) request.model.set(model->starts_with("models/") ? model->substr(7) : *model, "model");
    int call = 0;
    const auto system = geminiKey(body, "systemInstruction");
    if (const auto* instruction = body.take(system)) {
        auto message = readContent(*instruction, system, body, Role::System, call);
        if (!message.parts.empty()) request.messages.push_back(std::move(message));
    }
    if (!body.has("contents")) body.fail("contents", "is missing");
    if (const auto* contents = body.take("contents")) {
        if (contents->is_array()) {
            std::size_t i = 0;
            for (const auto& item : *contents) {
                request.messages.push_back(readContent(item, fmt::format("contents[{}]", i++), body, Role::User, call));
                if (body.failure()) break;
            }
        } else if (contents->is_object() || contents->is_string()) {
            request.messages.push_back(readContent(*contents, "contents", body, Role::User, call));
        } else {
            body.fail("contents", "must be a list");
        }
    }
    nameResponses(request.messages);
    readTools(body, request);
    readToolConfig(body, request);
    readConfig(body, request);
    const auto safety = geminiKey(body, "safetySettings");
    if (const auto* settings = body.array(safety)) request.safetySettings.set(*settings, safety);
    if (const auto* labels = body.object("labels")) request.metadata.set(*labels, "labels");
    const auto tier = geminiKey(body, "serviceTier");
    if (const auto word = body.text(tier)) {
        const auto given = lower(*word);
        request.serviceTier.set(given == "standard" ? "default" : given == "unspecified" ? "auto" : given, tier);
    }
    request.extras.members.update(body.rest());
    if (body.failure()) return tl::unexpected(*body.failure());
    return request;
}

}  // namespace gatehouse::llm
