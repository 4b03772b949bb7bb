// cohere-chat: requests and messages, read.
#include "llm/dialect/cohere.h"

#include <fmt/format.h>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::Cohere;

/// Bytes before the character of that number.
std::size_t bytesOf(std::string_view text, std::int64_t position) {
    std::size_t at = 0;
    while (at < text.size() && position > 0) {
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
        --position;
    }
    return at;
}

std::optional<std::int64_t> numberOf(const Json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_integer()) return std::nullopt;
    return found->get<std::int64_t>();
}

/// {"data": {...}, "id"?}: its text and title where it names them, else all of it as JSON.
void readDocument(const Json& item, Part& part, Members& owner) {
    part.kind = Part::Kind::Document;
    part.mediaType = "text/plain";
    if (item.is_string()) {
        part.text = item.get<std::string>();
        return;
    }
    Members document(item, part.path);
    if (const auto* data = document.object("data")) {
        Members members(*data, document.pathOf("data"));
        const auto* text = members.peek("text");
        if (text != nullptr && text->is_string()) {
            part.text = members.text("text").value_or("");
            if (const auto* title = members.peek("title"); title != nullptr && title->is_string()) part.title = members.text("title").value_or("");
            if (auto rest = members.rest(); !rest.empty()) part.extras.members["data"] = std::move(rest);
        } else {
            part.text = dump(*data);
        }
        document.adopt(members);
    } else {
        document.fail("data", "is missing");
    }
    part.extras.members.update(document.rest());
    owner.adopt(document);
}

Part readItem(const Json& item, const std::string& path, Members& owner) {
    Part part;
    part.path = path;
    part.extras.family = kFamily;
    part.extras.path = path;
    Members content(item, path);
    const auto type = content.required("type");
    if (type == "text") {
        part.text = content.required("text");
    } else if (type == "thinking") {
        part.kind = Part::Kind::Thinking;
        part.text = content.required("thinking");
    } else if (type == "image_url") {
        part.kind = Part::Kind::Image;
        if (const auto* image = content.object("image_url")) {
            Members members(*image, content.pathOf("image_url"));
            const auto url = members.required("url");
            if (!splitDataUrl(url, part.mediaType, part.data)) part.url = url;
            part.detail = members.text("detail").value_or("");
            content.adopt(members);
        } else {
            content.fail("image_url", "is missing");
        }
    } else if (type == "document") {
        if (const auto* document = content.object("document")) readDocument(*document, part, content);
        else content.fail("document", "is missing");
    } else {
        part.kind = Part::Kind::Opaque;
        part.opaque = item;
        owner.adopt(content);
        return part;
    }
    part.extras.members.update(content.rest());
    owner.adopt(content);
    return part;
}

/// Parts of the content, and for each item of it the part that it became; -1: none.
std::vector<int> readContent(Members& owner, std::vector<Part>& parts, bool* wasText) {
    std::vector<int> places;
    const auto* content = owner.take("content");
    if (content == nullptr) return places;
    const auto path = owner.pathOf("content");
    if (content->is_string()) {
        if (wasText != nullptr) *wasText = true;
        if (content->get_ref<const std::string&>().empty()) return places;
        Part part;
        part.path = path;
        part.text = content->get<std::string>();
        part.extras.family = kFamily;
        places.push_back(static_cast<int>(parts.size()));
        parts.push_back(std::move(part));
        return places;
    }
    if (!content->is_array()) {
        owner.fail("content", "must be a string or a list");
        return places;
    }
    std::size_t i = 0;
    for (const auto& item : *content) {
        auto part = readItem(item, fmt::format("{}[{}]", path, i++), owner);
        const bool empty = (part.kind == Part::Kind::Text || part.kind == Part::Kind::Thinking) && part.text.empty();
        places.push_back(empty ? -1 : static_cast<int>(parts.size()));
        if (!empty) parts.push_back(std::move(part));
    }
    return places;
}

ChatMessage readMessage(const Json& item, const std::string& path, Members& owner) {
    ChatMessage out;
    out.path = path;
    Members message(item, path);
    const auto role = message.required("role");
    if (role == "assistant") {
        out.role = Role::Assistant;
        readCohereAssistant(message, out.parts, &out.contentWasText);
    } else if (role == "tool") {
        out.role = Role::Tool;
        Part result;
        result.kind = Part::Kind::ToolResult;
        result.path = path;
        result.callId = message.required("tool_call_id");
        readContent(message, result.content, &out.contentWasText);
        out.parts.push_back(std::move(result));
    } else {
        if (role == "system") out.role = Role::System;
        else if (role != "user" && !message.failure()) message.fail("role", "must be user, assistant, system or tool");
        if (!message.has("content")) message.fail("content", "is missing");
        readContent(message, out.parts, &out.contentWasText);
    }
    out.extras = {kFamily, message.rest(), path, false};
    owner.adopt(message);
    return out;
}

void readTools(Members& body, ChatRequest& request) {
    const auto strict = body.flag("strict_tools");
    if (const auto* tools = body.array("tools")) {
        std::size_t i = 0;
        for (const auto& item : *tools) {
            Tool out;
            out.family = kFamily;
            out.path = fmt::format("tools[{}]", i++);
            Members tool(item, out.path);
            if (tool.text("type").value_or("function") != "function") {
                out.kind = Tool::Kind::Opaque;
                out.opaque = item;
                request.tools.push_back(std::move(out));
                continue;
            }
            const auto* function = tool.object("function");
            if (function == nullptr) tool.fail("function", "is missing");
            Members inner(function != nullptr ? *function : emptyObject(), tool.pathOf("function"));
            if (function != nullptr) out.name = inner.required("name");
            out.description = inner.text("description").value_or("");
            if (const auto* parameters = inner.object("parameters")) out.parameters = *parameters;
            if (strict) out.strict = *strict;
            out.extras = {kFamily, inner.rest(), inner.path(), false};
            tool.adopt(inner);
            body.adopt(tool);
            request.tools.push_back(std::move(out));
        }
    }
    if (const auto choice = body.text("tool_choice")) {
        ToolChoice out;
        if (*choice == "REQUIRED") out.mode = ToolChoice::Mode::Required;
        else if (*choice == "NONE") out.mode = ToolChoice::Mode::None;
        else body.fail("tool_choice", "must be REQUIRED or NONE");
        request.toolChoice.set(std::move(out), "tool_choice");
    }
}

/// Documents stand beside the conversation; others have them in the turn that asks about them.
void readDocuments(Members& body, ChatRequest& request) {
    const auto* documents = body.array("documents");
    if (documents == nullptr || documents->empty()) return;
    ChatMessage* last = nullptr;
    for (auto& message : request.messages)
        if (message.role == Role::User) last = &message;
    if (last == nullptr) return body.fail("documents", "need a user's message that they belong to");
    std::vector<Part> parts;
    std::size_t i = 0;
    for (const auto& item : *documents) {
        Part part;
        part.path = fmt::format("documents[{}]", i++);
        part.extras = {kFamily, Json::object(), part.path, false};
        readDocument(item, part, body);
        parts.push_back(std::move(part));
    }
    last->parts.insert(last->parts.begin(), std::make_move_iterator(parts.begin()), std::make_move_iterator(parts.end()));
}

}  // namespace

Json readCohereCitation(const Json& raw, std::string_view text) {
    Json citation = {{"raw", raw}, {"family", static_cast<int>(kFamily)}};
    if (!raw.is_object()) return citation;
    if (const auto cited = textOf(raw, "text"); !cited.empty()) citation["text"] = cited;
    if (const auto start = numberOf(raw, "start")) citation["start"] = bytesOf(text, *start);
    if (const auto end = numberOf(raw, "end")) citation["end"] = bytesOf(text, *end);
    const auto sources = raw.find("sources");
    if (sources == raw.end() || !sources->is_array()) return citation;
    for (const auto& source : *sources) {
        if (!source.is_object() || !source.contains("document")) continue;
        const auto& document = source["document"];
        if (const auto title = textOf(document, "title"); !title.empty() && !citation.contains("title")) citation["title"] = title;
        if (const auto url = textOf(document, "url"); !url.empty() && !citation.contains("url")) citation["url"] = url;
    }
    return citation;
}

Part readCohereToolCall(const Json& item, std::string path, Members& owner) {
    Part part;
    part.kind = Part::Kind::ToolCall;
    part.path = path;
    part.extras.family = kFamily;
    part.extras.path = path;
    Members call(item, std::move(path));
    part.callId = call.text("id").value_or("");
    call.take("type");
    const auto* function = call.object("function");
    if (function == nullptr) call.fail("function", "is missing");
    Members inner(function != nullptr ? *function : emptyObject(), call.pathOf("function"));
    if (function != nullptr) part.name = inner.required("name");
    bool wellFormed = true;
    const auto text = inner.text("arguments").value_or("");
    part.arguments = parseArguments(text, wellFormed);
    part.argumentsMalformed = !wellFormed;
    if (!wellFormed) part.text = text;
    call.adopt(inner);
    part.extras.members = call.rest();
    owner.adopt(call);
    return part;
}

void readCohereAssistant(Members& message, std::vector<Part>& parts, bool* wasText) {
    const auto first = parts.size();
    auto places = readContent(message, parts, wasText);
    int plan = -1;
    if (auto text = message.text("tool_plan"); text && !text->empty()) {
        Part part;
        part.path = message.pathOf("tool_plan");
        part.text = std::move(*text);
        part.extras.family = kFamily;
        plan = static_cast<int>(parts.size());
        parts.push_back(std::move(part));
    }
    if (const auto* citations = message.array("citations")) {
        for (const auto& raw : *citations) {
            const auto type = textOf(raw, "type");
            int place = type == "PLAN" ? plan : -1;
            const auto index = raw.is_object() ? numberOf(raw, "content_index") : std::nullopt;
            if (place < 0 && type != "PLAN" && index && *index >= 0 && *index < static_cast<std::int64_t>(places.size())) place = places[static_cast<std::size_t>(*index)];
            for (auto i = first; place < 0 && i < parts.size(); ++i)
                if (parts[i].kind == Part::Kind::Text) place = static_cast<int>(i);
            if (place < 0) continue;
            auto& part = parts[static_cast<std::size_t>(place)];
            part.citations.push_back(readCohereCitation(raw, part.text));
        }
    }
    if (const auto* calls = message.array("tool_calls")) {
        std::size_t i = 0;
        for (const auto& call : *calls) parts.push_back(readCohereToolCall(call, fmt::format("{}[{}]", message.pathOf("tool_calls"), i++), message));
    }
}

Result<ChatRequest> readCohere(const Json& json) {
    ChatRequest request;
    Members body(json, "");
    const auto put = [](auto& given, auto value, const char* key) {
        if (value) given.set(std::move(*value), key);
    };
    put(request.model, body.text("model"), "model");
    put(request.stream, body.flag("stream"), "stream");
    if (!body.has("messages")) body.fail("messages", "is missing");
    if (const auto* messages = body.array("messages")) {
        std::size_t i = 0;
        for (const auto& item : *messages) {
            request.messages.push_back(readMessage(item, fmt::format("messages[{}]", i++), body));
            if (body.failure()) break;
        }
    }
    if (!body.failure()) readDocuments(body, request);
    readTools(body, request);
    put(request.maxTokens, body.integer("max_tokens"), "max_tokens");
    put(request.temperature, body.number("temperature"), "temperature");
    put(request.topP, body.number("p"), "p");
    put(request.topK, body.integer("k"), "k");
    put(request.seed, body.integer("seed"), "seed");
    put(request.frequencyPenalty, body.number("frequency_penalty"), "frequency_penalty");
    put(request.presencePenalty, body.number("presence_penalty"), "presence_penalty");
    put(request.logprobs, body.flag("logprobs"), "logprobs");
    if (const auto* stop = body.array("stop_sequences")) {
        std::vector<std::string> words;
        for (const auto& word : *stop) {
            if (word.is_string()) words.push_back(word.get<std::string>());
            else body.fail("stop_sequences", "must be a list of strings");
        }
        request.stop.set(std::move(words), "stop_sequences");
    }
    if (const auto* format = body.object("response_format")) {
        Members members(*format, "response_format");
        OutputFormat out;
        const auto type = members.required("type");
        const auto* schema = members.object("json_schema");
        if (schema == nullptr) schema = members.object("schema");  // As older clients say it.
        if (type == "json_object") out.kind = schema != nullptr ? OutputFormat::Kind::JsonSchema : OutputFormat::Kind::JsonObject;
        else if (type != "text" && !members.failure()) members.fail("type", "must be text or json_object");
        if (schema != nullptr) out.schema = *schema, out.strict = true;
        body.adopt(members);
        request.outputFormat.set(std::move(out), "response_format");
    }
    if (const auto* thinking = body.object("thinking")) {
        Members members(*thinking, "thinking");
        Reasoning out;
        const auto type = members.required("type");
        if (type == "enabled") out.mode = Reasoning::Mode::On;
        else if (type == "disabled") out.mode = Reasoning::Mode::Off;
        else if (!members.failure()) members.fail("type", "must be enabled or disabled");
        out.budgetTokens = members.integer("token_budget");
        body.adopt(members);
        request.reasoning.set(std::move(out), "thinking");
    }
    request.extras = {kFamily, body.rest(), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return request;
}

}  // namespace gatehouse::llm
