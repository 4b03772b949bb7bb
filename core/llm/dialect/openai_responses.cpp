// openai-responses: requests, read; and what requests and answers have in common.
#include "llm/dialect/openai_responses.h"
#include "llm/dialect/content.h"
#include "llm/dialect/dialect.h"

#include <fmt/format.h>

#include <array>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::OpenAiResponses;

constexpr std::array<std::pair<std::string_view, Family>, 6> kFamilies = {{{"anthropic", Family::Anthropic},
                                                                           {"gemini", Family::Gemini},
                                                                           {"bedrock", Family::Bedrock},
                                                                           {"cohere", Family::Cohere},
                                                                           {"openai-chat", Family::OpenAiChat},
                                                                           {"ollama", Family::Ollama}}};

std::optional<CacheMark> readCacheMark(Members& members) {
    if (members.object("prompt_cache_breakpoint") != nullptr) return CacheMark{};
    return std::nullopt;
}

std::string mediaTypeOfName(std::string_view name) {
    if (name.ends_with(".txt")) return "text/plain";
    if (name.ends_with(".md")) return "text/markdown";
    if (name.ends_with(".csv")) return "text/csv";
    if (name.ends_with(".html")) return "text/html";
    return "application/pdf";
}

/// The texts of a list of {"type", "text"}, an empty line between them.
std::string joinTexts(const Json* list) {
    std::string text;
    if (list == nullptr) return text;
    for (const auto& item : *list) {
        if (!item.is_object() || !item.contains("text") || !item["text"].is_string()) continue;
        const auto& more = item["text"].get_ref<const std::string&>();
        if (!more.empty()) text += (text.empty() ? "" : "\n\n") + more;
    }
    return text;
}

/// Handles and states that say nothing elsewhere: see the header.
void takeHandles(Members& item) { item.take("type"), item.take("id"), item.take("status"); }

void readReasoningItem(Members& item, Part& part, bool* ofPartBefore) {
    const auto id = item.text("id").value_or("");
    const auto* summary = item.array("summary");
    const auto* content = item.array("content");
    part.text = joinTexts(summary);
    const bool summarized = !part.text.empty();
    if (!summarized) part.text = joinTexts(content);
    else if (content != nullptr && !content->empty()) part.extras.members["content"] = *content;
    std::string kind;
    const auto encrypted = item.text("encrypted_content").value_or("");
    auto signature = readEncrypted(encrypted, kind);
    if (signature.family == kFamily) signature.id = id;
    part.kind = part.text.empty() && kind != "thinking" ? Part::Kind::RedactedThinking : Part::Kind::Thinking;
    if (kind == "part" && ofPartBefore != nullptr) *ofPartBefore = true;
    if (!encrypted.empty() || !id.empty()) part.signature = std::move(signature);
}

void readCall(Members& item, Part& part) {
    part.kind = Part::Kind::ToolCall;
    part.callId = item.required("call_id");
    part.name = item.required("name");
    const auto arguments = item.text("arguments").value_or("");
    bool wellFormed = true;
    part.arguments = parseArguments(arguments, wellFormed);
    part.argumentsMalformed = !wellFormed;
    if (!wellFormed) part.text = arguments;
}

void readCustomCall(Members& item, Part& part) {
    part.kind = Part::Kind::ToolCall;
    part.callId = item.required("call_id");
    part.name = item.required("name");
    part.arguments = Json{{"input", item.text("input").value_or("")}};
    part.extras.family = Family::OpenAiChat;
    part.extras.members["type"] = "custom";
}

void readContent(Members& owner, std::string_view key, std::vector<Part>& parts, bool* wasText) {
    readTextOrParts(owner, key, kFamily, readResponsesPart, parts, wasText);
}

void readOutput(Members& item, Part& part) {
    part.kind = Part::Kind::ToolResult;
    part.callId = item.required("call_id");
    if (!item.has("output")) item.fail("output", "is missing");
    readContent(item, "output", part.content, nullptr);
}

}  // namespace

std::string writeEncrypted(const Signature& signature, std::string_view kind) {
    if (signature.family == kFamily) return signature.data;
    for (const auto& [name, family] : kFamilies)
        if (family == signature.family) return fmt::format("{}{}:{}:{}", kWrapped, name, kind, signature.data);
    return {};
}

Signature readEncrypted(const std::string& content, std::string& kind) {
    std::string_view left = content;
    if (left.starts_with(kWrapped)) {
        left.remove_prefix(kWrapped.size());
        for (const auto& [name, family] : kFamilies) {
            if (!left.starts_with(name) || left.substr(name.size(), 1) != ":") continue;
            const auto rest = left.substr(name.size() + 1);
            const auto colon = rest.find(':');
            if (colon == std::string_view::npos) break;
            kind = rest.substr(0, colon);
            return {family, std::string(rest.substr(colon + 1)), ""};
        }
    }
    kind.clear();
    return {kFamily, content, ""};
}

bool isCustomCall(const Part& part) { return part.extras.family == Family::OpenAiChat && part.extras.members.value("type", "") == "custom"; }

std::vector<Json> readResponsesAnnotations(const Json& annotations, std::string_view text) {
    std::vector<Json> citations;
    const auto bytesOf = [&](const Json& place) {
        auto left = place.is_number_integer() ? place.get<std::int64_t>() : 0;
        std::size_t at = 0;
        while (at < text.size() && left > 0)
            for (++at, --left; at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;) ++at;
        return at;
    };
    for (const auto& item : annotations) {
        Json citation = {{"raw", item}, {"family", static_cast<int>(kFamily)}};
        if (item.is_object()) {
            for (const auto* key : {"url", "title", "file_id"})
                if (item.contains(key) && item[key].is_string()) citation[key] = item[key];
            if (!citation.contains("title") && item.contains("filename") && item["filename"].is_string()) citation["title"] = item["filename"];
            if (item.contains("start_index")) citation["start"] = bytesOf(item["start_index"]);
            if (item.contains("end_index")) citation["end"] = bytesOf(item["end_index"]);
        }
        citations.push_back(std::move(citation));
    }
    return citations;
}

Part readResponsesPart(const Json& json, std::string path, Members& owner) {
    Part part;
    part.path = path;
    part.extras.family = kFamily;
    Members item(json, std::move(path));
    const auto type = item.required("type");
    part.cache = readCacheMark(item);
    if (type == "input_text" || type == "output_text" || type == "text") {
        part.text = item.required("text");
        if (const auto* annotations = item.array("annotations")) part.citations = readResponsesAnnotations(*annotations, part.text);
        if (const auto* logprobs = item.peek("logprobs"); logprobs != nullptr && logprobs->is_array()) item.take("logprobs");
    } else if (type == "refusal") {
        part.kind = Part::Kind::Refusal;
        part.text = item.required("refusal");
    } else if (type == "input_image") {
        part.kind = Part::Kind::Image;
        part.fileId = item.text("file_id").value_or("");
        part.detail = item.text("detail").value_or("");
        auto url = item.text("image_url").value_or("");
        if (!splitDataUrl(url, part.mediaType, part.data)) part.url = std::move(url);
        if (part.fileId.empty() && part.url.empty() && part.data.empty()) item.fail("image_url", "is missing");
    } else if (type == "input_file") {
        part.kind = Part::Kind::Document;
        part.name = item.text("filename").value_or("");
        part.fileId = item.text("file_id").value_or("");
        part.url = item.text("file_url").value_or("");
        if (auto data = item.text("file_data"); data && !splitDataUrl(*data, part.mediaType, part.data)) {
            part.data = std::move(*data);
            part.mediaType = mediaTypeOfName(part.name);
        }
    } else if (type == "input_audio") {
        part.kind = Part::Kind::Audio;
        const auto* audio = item.object("input_audio");
        if (audio == nullptr) item.fail("input_audio", "is missing");
        Members inner(audio != nullptr ? *audio : emptyObject(), item.pathOf("input_audio"));
        part.data = audio != nullptr ? inner.required("data") : std::string();
        part.mediaType = audioMediaType(inner.text("format").value_or("wav"));
        item.adopt(inner);
    } else {
        part.kind = Part::Kind::Opaque;
        part.opaque = json;
        owner.adopt(item);
        return part;
    }
    part.extras.path = part.path;
    part.extras.members.update(item.rest());
    owner.adopt(item);
    return part;
}

Part readResponsesItem(const Json& json, std::string path, Members& owner, bool* ofPartBefore) {
    Part part;
    part.path = path;
    part.extras.family = kFamily;
    part.extras.path = path;
    Members item(json, std::move(path));
    const auto type = item.text("type").value_or("item_reference");
    if (type == "reasoning") {
        readReasoningItem(item, part, ofPartBefore);
    } else if (type == "function_call") {
        readCall(item, part);
        // Who called it, which goes without saying.
        if (const auto* caller = item.peek("caller"); caller != nullptr && *caller == Json{{"type", "direct"}}) item.take("caller");
    } else if (type == "custom_tool_call") {
        readCustomCall(item, part);
    } else if (type == "function_call_output" || type == "custom_tool_call_output") {
        readOutput(item, part);
    } else {
        part.kind = Part::Kind::Opaque;
        part.opaque = json;
        owner.adopt(item);
        return part;
    }
    takeHandles(item);
    if (auto rest = item.rest(); !rest.empty()) part.extras.members.update(rest);
    owner.adopt(item);
    return part;
}

namespace {

/// Puts items into messages, one after the other.
class Conversation {
  public:
    explicit Conversation(ChatRequest& request) : request_(request) {}

    void add(const Json& json, const std::string& path, Members& owner) {
        if (!json.is_object()) {
            const Members item(json, path);
            return owner.adopt(item);
        }
        const auto type = json.find("type");
        const bool message = type != json.end() && type->is_string() ? *type == "message" : json.contains("role");
        if (message) return addMessage(json, path, owner);
        bool ofPartBefore = false;
        auto part = readResponsesItem(json, path, owner, &ofPartBefore);
        switch (part.kind) {
        case Part::Kind::Opaque: return addOpaque(std::move(part));
        case Part::Kind::ToolResult:
            if (request_.messages.empty() || request_.messages.back().role != Role::Tool) begin(Role::Tool, path);
            return push(std::move(part));
        case Part::Kind::Thinking:
        case Part::Kind::RedactedThinking:
            if (ofPartBefore && assistant() && !request_.messages.back().parts.empty()) {
                request_.messages.back().parts.back().signature = std::move(part.signature);
                return;
            }
            if (!assistant() || (said_ && !called_)) begin(Role::Assistant, path);
            return push(std::move(part));
        default:
            if (!assistant()) begin(Role::Assistant, path);
            called_ = true;
            return push(std::move(part));
        }
    }

    void finish() {
        if (waiting_.empty()) return;
        begin(Role::User, waiting_.front().path);
        flush();
    }

  private:
    bool assistant() const { return !request_.messages.empty() && request_.messages.back().role == Role::Assistant; }

    ChatMessage& begin(Role role, std::string path) {
        ChatMessage message;
        message.role = role;
        message.path = std::move(path);
        message.extras.family = kFamily;
        message.extras.path = message.path;
        request_.messages.push_back(std::move(message));
        said_ = false;
        called_ = false;
        return request_.messages.back();
    }

    void flush() {
        for (auto& part : waiting_) request_.messages.back().parts.push_back(std::move(part));
        waiting_.clear();
    }

    void push(Part part) {
        flush();
        request_.messages.back().parts.push_back(std::move(part));
    }

    /// No message of its own: dialects that cannot say it would be left with an empty turn.
    void addOpaque(Part part) {
        if (request_.messages.empty()) waiting_.push_back(std::move(part));
        else request_.messages.back().parts.push_back(std::move(part));
    }

    void addMessage(const Json& json, const std::string& path, Members& owner) {
        Members item(json, path);
        takeHandles(item);
        const auto word = item.required("role");
        auto role = Role::User;
        if (word == "assistant") role = Role::Assistant;
        else if (word == "system") role = Role::System;
        else if (word == "developer") role = Role::Developer;
        else if (word != "user") item.fail("role", "must be user, assistant, system or developer");
        if (!item.has("content")) item.fail("content", "is missing");
        std::vector<Part> parts;
        bool wasText = false;
        readContent(item, "content", parts, &wasText);
        // A turn goes on where calls of it wait for their results.
        const bool goesOn = role == Role::Assistant && assistant() && (!said_ || called_);
        auto& message = goesOn ? request_.messages.back() : begin(role, path);
        flush();
        if (!goesOn) message.contentWasText = wasText;
        else if (message.extras.empty()) message.extras.path = path;
        for (auto& part : parts) message.parts.push_back(std::move(part));
        message.extras.members.update(item.rest());
        said_ = true;
        owner.adopt(item);
    }

    ChatRequest& request_;
    std::vector<Part> waiting_;  ///< Opaque items before the first message.
    bool said_ = false;          ///< The last message holds a message item,
    bool called_ = false;        ///< or a call.
};

void readInput(Members& body, ChatRequest& request) {
    const auto* input = body.take("input");
    if (input == nullptr) {
        // A prompt of OpenAI's store, or a conversation there, may stand in its place.
        if (!body.has("prompt") && !body.has("conversation") && !body.has("previous_response_id")) body.fail("input", "is missing");
        return;
    }
    if (input->is_string()) {
        ChatMessage message;
        message.path = "input";
        message.contentWasText = true;
        message.extras.family = kFamily;
        Part part;
        part.text = input->get<std::string>();
        part.path = "input";
        part.extras.family = kFamily;
        if (!part.text.empty()) message.parts.push_back(std::move(part));
        request.messages.push_back(std::move(message));
        return;
    }
    if (!input->is_array()) return body.fail("input", "must be a string or a list");
    Conversation conversation(request);
    std::size_t i = 0;
    for (const auto& item : *input) {
        conversation.add(item, fmt::format("input[{}]", i++), body);
        if (body.failure()) return;
    }
    conversation.finish();
}

void readTool(const Json& json, std::string path, Members& owner, ChatRequest& request) {
    Tool out;
    out.path = path;
    out.family = kFamily;
    Members tool(json, std::move(path));
    const auto type = tool.required("type");
    if (type == "function") {
        out.name = tool.required("name");
        out.description = tool.text("description").value_or("");
        if (const auto* parameters = tool.object("parameters")) out.parameters = *parameters;
        // Said or not, elsewhere a tool is not strict; here it is, unless it says so.
        if (tool.flag("strict").value_or(false)) out.strict = true;
        out.extras = {kFamily, tool.rest(), out.path, false};
    } else if (type == "custom") {
        out.kind = Tool::Kind::Opaque;
        out.family = Family::OpenAiChat;
        out.name = tool.required("name");
        Json custom = {{"name", out.name}};
        if (const auto description = tool.text("description")) custom["description"] = *description;
        if (const auto* format = tool.object("format")) {
            if (format->value("type", "") == "grammar") {
                auto grammar = *format;
                grammar.erase("type");
                custom["format"] = {{"type", "grammar"}, {"grammar", std::move(grammar)}};
            } else {
                custom["format"] = *format;
            }
        }
        out.opaque = {{"type", "custom"}, {"custom", std::move(custom)}};
        out.extras = {kFamily, tool.rest(), out.path, false};
    } else {
        out.kind = Tool::Kind::Opaque;
        out.opaque = json;
    }
    owner.adopt(tool);
    request.tools.push_back(std::move(out));
}

void readToolChoice(Members& body, ChatRequest& request, Json& left) {
    const auto* choice = body.take("tool_choice");
    if (choice == nullptr) return;
    ToolChoice out;
    if (choice->is_string()) {
        const auto& word = choice->get_ref<const std::string&>();
        if (word == "none") out.mode = ToolChoice::Mode::None;
        else if (word == "required") out.mode = ToolChoice::Mode::Required;
        else if (word != "auto") return body.fail("tool_choice", "must be none, auto, required or an object");
        return request.toolChoice.set(std::move(out), "tool_choice");
    }
    Members members(*choice, "tool_choice");
    const auto type = members.required("type");
    if (type == "allowed_tools") {
        out.mode = members.text("mode").value_or("auto") == "required" ? ToolChoice::Mode::Required : ToolChoice::Mode::Auto;
        std::size_t i = 0;
        if (const auto* tools = members.array("tools"))
            for (const auto& tool : *tools) {
                if (tool.is_object() && tool.contains("name") && tool["name"].is_string()) out.allowed.push_back(tool["name"].get<std::string>());
                else left[fmt::format("tool_choice.tools[{}]", i)] = tool;
                ++i;
            }
    } else if (type == "function" || type == "custom") {
        out.mode = ToolChoice::Mode::Named;
        out.name = members.required("name");
    } else {
        left["tool_choice"] = *choice;  // A built-in tool.
        return body.adopt(members);
    }
    body.adopt(members);
    request.toolChoice.set(std::move(out), "tool_choice");
}

/// What is left of an object within the body, under "object.member".
void keep(const Members& inner, Json& left) {
    for (auto rest = inner.rest(); const auto& [key, value] : rest.items()) left[inner.pathOf(key)] = value;
}

void readText(Members& body, ChatRequest& request, Json& left) {
    const auto* text = body.object("text");
    if (text == nullptr) return;
    Members members(*text, "text");
    if (const auto verbosity = members.text("verbosity")) request.verbosity.set(*verbosity, "text.verbosity");
    if (const auto* format = members.object("format")) {
        Members inner(*format, "text.format");
        OutputFormat out;
        const auto type = inner.required("type");
        if (type == "json_object") {
            out.kind = OutputFormat::Kind::JsonObject;
        } else if (type == "json_schema") {
            out.kind = OutputFormat::Kind::JsonSchema;
            out.name = inner.text("name").value_or("");
            out.description = inner.text("description").value_or("");
            if (const auto* schema = inner.object("schema")) out.schema = *schema;
            else inner.fail("schema", "is missing");
            out.strict = inner.flag("strict");
        } else if (type != "text") {
            inner.fail("type", "must be text, json_object or json_schema");
        }
        keep(inner, left);
        members.adopt(inner);
        request.outputFormat.set(std::move(out), "text.format");
    }
    keep(members, left);
    body.adopt(members);
}

void readReasoning(Members& body, ChatRequest& request, Json& left) {
    const auto* reasoning = body.object("reasoning");
    if (reasoning == nullptr) return;
    Members members(*reasoning, "reasoning");
    Reasoning out;
    out.effort = members.text("effort").value_or("");
    const auto older = members.text("generate_summary");
    out.summary = members.text("summary").value_or(older.value_or(""));
    if (out.effort == "none") out.mode = Reasoning::Mode::Off;
    else if (!out.effort.empty()) out.mode = Reasoning::Mode::On;
    keep(members, left);
    body.adopt(members);
    if (!out.effort.empty() || !out.summary.empty()) request.reasoning.set(std::move(out), "reasoning");
}

void readInclude(Members& body, ChatRequest& request, Json& left) {
    const auto* include = body.array("include");
    if (include == nullptr) return;
    Json others = Json::array();
    for (const auto& word : *include) {
        if (word == "message.output_text.logprobs") request.logprobs.set(true, "include");
        // Where there is something to hand back, every dialect gives it.
        else if (word != "reasoning.encrypted_content") others.push_back(word);
    }
    if (!others.empty()) left["include"] = std::move(others);
}

template <class T>
void put(Given<T>& given, std::optional<T> value, const char* key) {
    if (value) given.set(std::move(*value), key);
}

}  // namespace

Result<ChatRequest> readResponses(const Json& json) {
    ChatRequest request;
    Members body(json, "");
    Json left = Json::object();
    put(request.model, body.text("model"), "model");
    put(request.stream, body.flag("stream"), "stream");
    if (const auto instructions = body.text("instructions"); instructions && !instructions->empty()) {
        ChatMessage system;
        system.role = Role::System;
        system.path = "instructions";
        system.contentWasText = true;
        system.extras.family = kFamily;
        Part part;
        part.text = *instructions;
        part.path = "instructions";
        part.extras.family = kFamily;
        system.parts.push_back(std::move(part));
        request.messages.push_back(std::move(system));
    }
    readInput(body, request);
    if (const auto* tools = body.array("tools")) {
        std::size_t i = 0;
        for (const auto& item : *tools) readTool(item, fmt::format("tools[{}]", i++), body, request);
    }
    readToolChoice(body, request, left);
    readText(body, request, left);
    readReasoning(body, request, left);
    readInclude(body, request, left);
    put(request.parallelToolCalls, body.flag("parallel_tool_calls"), "parallel_tool_calls");
    put(request.maxTokens, body.integer("max_output_tokens"), "max_output_tokens");
    put(request.temperature, body.number("temperature"), "temperature");
    put(request.topP, body.number("top_p"), "top_p");
    put(request.topLogprobs, body.integer("top_logprobs"), "top_logprobs");
    // Asking for the likeliest tokens is asking for log probabilities.
    if (request.topLogprobs && *request.topLogprobs > 0 && !request.logprobs) request.logprobs.set(true, "top_logprobs");
    put(request.user, body.text("user"), "user");
    if (!request.user) put(request.user, body.text("safety_identifier"), "safety_identifier");
    put(request.serviceTier, body.text("service_tier"), "service_tier");
    put(request.promptCacheKey, body.text("prompt_cache_key"), "prompt_cache_key");
    put(request.store, body.flag("store"), "store");
    put(request.previousResponseId, body.text("previous_response_id"), "previous_response_id");
    if (const auto* metadata = body.object("metadata")) request.metadata.set(*metadata, "metadata");
    if (const auto* truncation = body.peek("truncation"); truncation != nullptr && *truncation == "disabled") body.take("truncation");
    if (const auto* background = body.peek("background"); background != nullptr && *background == false) body.take("background");
    if (const auto* options = body.object("stream_options")) {
        Members members(*options, "stream_options");
        if (const auto* padding = members.peek("include_obfuscation"); padding != nullptr && *padding == false) members.take("include_obfuscation");
        keep(members, left);
        body.adopt(members);
    }
    left.update(body.rest());
    request.extras = {kFamily, std::move(left), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return request;
}

const Dialect kOpenAiResponses = {.name = "openai-responses",
                                  .family = kFamily,
                                  .operation = Operation::Chat,
                                  .modelInTarget = false,
                                  .readRequest = readResponses,
                                  .writeRequest = writeResponses,
                                  .readAnswer = readResponsesAnswer,
                                  .writeAnswer = writeResponsesAnswer,
                                  .streamReader = responsesReader,
                                  .streamWriter = responsesWriter,
                                  .readError = readOpenAiError,
                                  .writeError = writeOpenAiError,
                                  .errorType = openAiErrorType};

}  // namespace gatehouse::llm
