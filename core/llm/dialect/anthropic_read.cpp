// anthropic-messages: requests and content, read.
#include "llm/dialect/anthropic.h"
#include "llm/dialect/content.h"

#include <fmt/format.h>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::Anthropic;

std::optional<CacheMark> readCacheMark(Members& members) {
    const auto* mark = members.object("cache_control");
    if (mark == nullptr) return std::nullopt;
    CacheMark cache;
    if (const auto ttl = mark->find("ttl"); ttl != mark->end() && ttl->is_string()) cache.ttl = ttl->get<std::string>();
    return cache;
}

void readBlocks(Members& owner, std::string_view key, std::vector<Part>& parts, bool* wasText) {
    readTextOrParts(owner, key, kFamily, readAnthropicBlock, parts, wasText);
}

void readSource(Members& block, Part& part) {
    const auto* source = block.object("source");
    if (source == nullptr) return block.fail("source", "is missing");
    Members members(*source, block.pathOf("source"));
    const auto type = members.required("type");
    if (type == "base64") {
        part.data = members.required("data");
        part.mediaType = members.required("media_type");
    } else if (type == "url") {
        part.url = members.required("url");
    } else if (type == "file") {
        part.fileId = members.required("file_id");
    } else if (type == "text") {
        part.text = members.required("data");
        part.mediaType = members.text("media_type").value_or("text/plain");
    } else if (type == "content") {
        readBlocks(members, "content", part.content, nullptr);
    } else {
        members.fail("type", "must be base64, url, file, text or content");
    }
    if (auto rest = members.rest(); !rest.empty()) part.extras.members["source"] = std::move(rest);
    block.adopt(members);
}

void readToolUse(Members& block, Part& part) {
    part.kind = Part::Kind::ToolCall;
    part.callId = block.required("id");
    part.name = block.required("name");
    const auto* input = block.take("input");
    part.arguments = input != nullptr ? *input : Json::object();
    // {"_raw": ...} stands for arguments that were no JSON, in either direction.
    if (part.arguments.is_string()) part.arguments = parseArguments(part.arguments.get_ref<const std::string&>(), part.argumentsMalformed), part.argumentsMalformed = false;
    else if (!part.arguments.is_object()) block.fail("input", "must be an object");
    if (part.arguments.is_object() && part.arguments.size() == 1 && part.arguments.contains("_raw") && part.arguments["_raw"].is_string()) {
        part.argumentsMalformed = true;
        part.text = part.arguments["_raw"].get<std::string>();
    }
}

void readTool(const Json& item, std::string path, Members& owner, ChatRequest& request) {
    Tool out;
    out.path = path;
    out.family = kFamily;
    Members tool(item, std::move(path));
    const auto type = tool.text("type").value_or("custom");
    out.cache = readCacheMark(tool);
    if (type != "custom") {
        out.kind = Tool::Kind::Opaque;
        out.name = tool.text("name").value_or("");
        out.opaque = item;
    } else {
        out.name = tool.required("name");
        out.description = tool.text("description").value_or("");
        if (const auto* schema = tool.object("input_schema")) out.parameters = *schema;
        out.strict = tool.flag("strict");
        out.extras = {kFamily, tool.rest(), out.path, false};
    }
    owner.adopt(tool);
    request.tools.push_back(std::move(out));
}

void readToolChoice(Members& body, ChatRequest& request) {
    const auto* choice = body.object("tool_choice");
    if (choice == nullptr) return;
    Members members(*choice, "tool_choice");
    ToolChoice out;
    const auto type = members.required("type");
    if (type == "any") out.mode = ToolChoice::Mode::Required;
    else if (type == "none") out.mode = ToolChoice::Mode::None;
    else if (type == "tool") out.mode = ToolChoice::Mode::Named, out.name = members.required("name");
    else if (type != "auto") members.fail("type", "must be auto, any, tool or none");
    if (const auto disabled = members.flag("disable_parallel_tool_use"))
        request.parallelToolCalls.set(!*disabled, "tool_choice.disable_parallel_tool_use");
    body.adopt(members);
    request.toolChoice.set(std::move(out), "tool_choice");
}

void readOutputFormat(Members& format, ChatRequest& request) {
    OutputFormat out;
    const auto type = format.required("type");
    if (type == "json_schema") {
        out.kind = OutputFormat::Kind::JsonSchema;
        if (const auto* schema = format.object("schema")) out.schema = *schema;
        out.name = format.text("name").value_or("");
        out.strict = true;
    } else {
        format.fail("type", "must be json_schema");
    }
    request.outputFormat.set(std::move(out), format.path());
}

void readThinking(Members& body, ChatRequest& request, Extras& left) {
    Reasoning out;
    std::string path;
    if (const auto* thinking = body.object("thinking")) {
        path = "thinking";
        Members members(*thinking, path);
        const auto type = members.required("type");
        if (type == "enabled") out.mode = Reasoning::Mode::On;
        else if (type == "disabled") out.mode = Reasoning::Mode::Off;
        else if (type == "adaptive") out.mode = Reasoning::Mode::Adaptive;
        else left.members["thinking"] = *thinking;  // A mode that no other dialect has.
        out.budgetTokens = members.integer("budget_tokens");
        out.display = members.text("display").value_or("");
        body.adopt(members);
    }
    const auto* config = body.object("output_config");
    if (config != nullptr) {
        Members members(*config, "output_config");
        if (const auto effort = members.text("effort")) {
            out.effort = *effort;
            if (path.empty()) path = "output_config.effort";
        }
        if (const auto* format = members.object("format")) {
            Members inner(*format, "output_config.format");
            readOutputFormat(inner, request);
            members.adopt(inner);
        }
        if (auto rest = members.rest(); !rest.empty()) left.members["output_config"] = std::move(rest);
        body.adopt(members);
    }
    if (const auto* format = body.object("output_format")) {
        Members inner(*format, "output_format");
        readOutputFormat(inner, request);
        body.adopt(inner);
    }
    if (left.members.contains("thinking")) path = out.effort.empty() ? "" : "output_config.effort";
    if (!path.empty()) request.reasoning.set(std::move(out), path);
}

ChatMessage readMessage(const Json& item, std::string path, Members& owner) {
    ChatMessage out;
    out.path = path;
    Members message(item, std::move(path));
    const auto role = message.required("role");
    if (role == "assistant") out.role = Role::Assistant;
    else if (role == "system") out.role = Role::System;
    else if (role != "user" && !message.failure()) message.fail("role", "must be user, assistant or system");
    if (!message.has("content")) message.fail("content", "is missing");
    readBlocks(message, "content", out.parts, &out.contentWasText);
    out.extras = {kFamily, message.rest(), out.path, false};
    owner.adopt(message);
    return out;
}

}  // namespace

Json readAnthropicCitation(const Json& raw, int family) {
    Json citation = {{"raw", raw}, {"family", family}};
    if (!raw.is_object()) return citation;
    const auto copy = [&](const char* from, const char* to) {
        if (raw.contains(from) && !raw[from].is_null()) citation[to] = raw[from];
    };
    copy("cited_text", "text"), copy("url", "url"), copy("document_index", "document"), copy("file_id", "file_id");
    copy("title", "title"), copy("document_title", "title");
    if (!citation.contains("url") && raw.contains("source") && raw["source"].is_string() && raw["source"].get<std::string>().starts_with("http")) copy("source", "url");
    return citation;
}

Part readAnthropicBlock(const Json& item, std::string path, Members& owner) {
    Part part;
    part.path = path;
    part.extras.family = kFamily;
    Members block(item, std::move(path));
    const auto type = block.required("type");
    part.cache = readCacheMark(block);
    if (type == "text") {
        part.text = block.required("text");
        if (const auto* citations = block.array("citations"))
            for (const auto& raw : *citations) part.citations.push_back(readAnthropicCitation(raw, static_cast<int>(kFamily)));
    } else if (type == "image") {
        part.kind = Part::Kind::Image;
        readSource(block, part);
    } else if (type == "document") {
        part.kind = Part::Kind::Document;
        readSource(block, part);
        part.title = block.text("title").value_or("");
        part.context = block.text("context").value_or("");
    } else if (type == "thinking") {
        part.kind = Part::Kind::Thinking;
        part.text = block.text("thinking").value_or("");
        if (auto signature = block.text("signature"); signature && !signature->empty()) part.signature = Signature{kFamily, std::move(*signature), ""};
    } else if (type == "redacted_thinking") {
        part.kind = Part::Kind::RedactedThinking;
        part.signature = Signature{kFamily, block.required("data"), ""};
    } else if (type == "tool_use") {
        readToolUse(block, part);
    } else if (type == "tool_result") {
        part.kind = Part::Kind::ToolResult;
        part.callId = block.required("tool_use_id");
        part.isError = block.flag("is_error").value_or(false);
        readBlocks(block, "content", part.content, nullptr);
    } else {
        part.kind = Part::Kind::Opaque;
        part.opaque = item;
        part.cache.reset();
        owner.adopt(block);
        return part;
    }
    part.extras.path = part.path;
    part.extras.members.update(block.rest());
    // Of an answer's calls: who called, which goes without saying.
    if (type == "tool_use" && part.extras.members.contains("caller") && part.extras.members["caller"] == Json{{"type", "direct"}}) part.extras.members.erase("caller");
    owner.adopt(block);
    return part;
}

Result<ChatRequest> readAnthropic(const Json& json) {
    ChatRequest request;
    Members body(json, "");
    const auto put = [](auto& given, auto value, const char* key) {
        if (value) given.set(std::move(*value), key);
    };
    put(request.model, body.text("model"), "model");
    put(request.stream, body.flag("stream"), "stream");
    put(request.maxTokens, body.integer("max_tokens"), "max_tokens");
    put(request.temperature, body.number("temperature"), "temperature");
    put(request.topP, body.number("top_p"), "top_p");
    put(request.topK, body.integer("top_k"), "top_k");
    if (const auto* stop = body.array("stop_sequences")) {
        std::vector<std::string> words;
        for (const auto& word : *stop) {
            if (word.is_string()) words.push_back(word.get<std::string>());
            else body.fail("stop_sequences", "must be a list of strings");
        }
        request.stop.set(std::move(words), "stop_sequences");
    }
    if (body.has("system")) {
        ChatMessage system;
        system.role = Role::System;
        system.path = "system";
        system.extras.family = kFamily;
        readBlocks(body, "system", system.parts, &system.contentWasText);
        if (!system.parts.empty()) request.messages.push_back(std::move(system));
    }
    if (!body.has("messages")) body.fail("messages", "is missing");
    if (const auto* messages = body.array("messages")) {
        std::size_t i = 0;
        for (const auto& item : *messages) {
            request.messages.push_back(readMessage(item, fmt::format("messages[{}]", i++), body));
            if (body.failure()) break;
        }
    }
    if (const auto* tools = body.array("tools")) {
        std::size_t i = 0;
        for (const auto& item : *tools) readTool(item, fmt::format("tools[{}]", i++), body, request);
    }
    readToolChoice(body, request);
    Extras left{kFamily, Json::object(), "", false};
    readThinking(body, request, left);
    if (const auto* metadata = body.object("metadata")) {
        Members members(*metadata, "metadata");
        put(request.user, members.text("user_id"), "metadata.user_id");
        if (auto rest = members.rest(); !rest.empty()) request.metadata.set(std::move(rest), "metadata");
        body.adopt(members);
    }
    if (const auto tier = body.text("service_tier")) request.serviceTier.set(*tier == "standard_only" ? "default" : *tier, "service_tier");
    if (const auto mark = readCacheMark(body)) request.cache.set(*mark, "cache_control");
    body.take("anthropic_version");
    left.members.update(body.rest());
    request.extras = std::move(left);
    if (body.failure()) return tl::unexpected(*body.failure());
    return request;
}

}  // namespace gatehouse::llm
