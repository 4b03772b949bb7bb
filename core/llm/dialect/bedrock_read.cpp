// bedrock-converse: requests and content, read.
#include "llm/dialect/bedrock.h"

#include <fmt/format.h>

#include <array>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::Bedrock;

struct Format {
    Part::Kind kind;
    std::string_view format;
    std::string_view mediaType;
};
/// Of two rows with the same type the first one is written.
constexpr std::array kFormats = std::to_array<Format>({
    {Part::Kind::Image, "png", "image/png"},
    {Part::Kind::Image, "jpeg", "image/jpeg"},
    {Part::Kind::Image, "jpeg", "image/jpg"},
    {Part::Kind::Image, "gif", "image/gif"},
    {Part::Kind::Image, "webp", "image/webp"},
    {Part::Kind::Document, "pdf", "application/pdf"},
    {Part::Kind::Document, "csv", "text/csv"},
    {Part::Kind::Document, "doc", "application/msword"},
    {Part::Kind::Document, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {Part::Kind::Document, "xls", "application/vnd.ms-excel"},
    {Part::Kind::Document, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {Part::Kind::Document, "html", "text/html"},
    {Part::Kind::Document, "txt", "text/plain"},
    {Part::Kind::Document, "md", "text/markdown"},
    {Part::Kind::Video, "mp4", "video/mp4"},
    {Part::Kind::Video, "mov", "video/quicktime"},
    {Part::Kind::Video, "mkv", "video/x-matroska"},
    {Part::Kind::Video, "webm", "video/webm"},
    {Part::Kind::Video, "flv", "video/x-flv"},
    {Part::Kind::Video, "mpeg", "video/mpeg"},
    {Part::Kind::Video, "mpg", "video/mpg"},
    {Part::Kind::Video, "wmv", "video/x-ms-wmv"},
    {Part::Kind::Video, "three_gp", "video/3gpp"},
    {Part::Kind::Audio, "mp3", "audio/mpeg"},
    {Part::Kind::Audio, "wav", "audio/wav"},
    {Part::Kind::Audio, "wav", "audio/x-wav"},
    {Part::Kind::Audio, "flac", "audio/flac"},
    {Part::Kind::Audio, "ogg", "audio/ogg"},
    {Part::Kind::Audio, "opus", "audio/opus"},
    {Part::Kind::Audio, "aac", "audio/aac"},
    {Part::Kind::Audio, "m4a", "audio/m4a"},
    {Part::Kind::Audio, "mp4", "audio/mp4"},
    {Part::Kind::Audio, "webm", "audio/webm"},
    {Part::Kind::Audio, "pcm", "audio/pcm"},
});

std::optional<CacheMark> readCachePoint(Members& block) {
    const auto* point = block.object("cachePoint");
    if (point == nullptr) return std::nullopt;
    return CacheMark{textOf(*point, "ttl")};
}

void readSource(Members& media, Part& part) {
    const auto* source = media.object("source");
    if (source == nullptr) return media.fail("source", "is missing");
    Members members(*source, media.pathOf("source"));
    if (const auto bytes = members.text("bytes")) part.data = *bytes;
    if (const auto text = members.text("text")) part.text = *text;
    if (const auto* place = members.object("s3Location")) {
        Members location(*place, members.pathOf("s3Location"));
        part.url = location.required("uri");
        if (const auto rest = location.rest(); !rest.empty()) part.extras.members["s3Location"] = rest;
        members.adopt(location);
    }
    if (members.has("content")) readBedrockContent(members, "content", part.content);
    if (part.data.empty() && part.text.empty() && part.url.empty() && part.content.empty() && !members.failure())
        media.fail("source", "must hold bytes, text, content or s3Location");
    media.adopt(members);
}

void readMedia(Members& block, const char* key, Part::Kind kind, Part& part) {
    part.kind = kind;
    Members media(*block.object(key), block.pathOf(key));
    const auto format = media.text("format").value_or("");
    readSource(media, part);
    part.mediaType = bedrockMediaType(kind, format);
    if (part.mediaType.empty() && !format.empty()) media.fail("format", "is none that is known");
    if (kind == Part::Kind::Document) {
        part.name = media.required("name");
        part.context = media.text("context").value_or("");
        if (!part.text.empty() && part.mediaType.empty()) part.mediaType = "text/plain";
    }
    auto rest = media.rest();
    part.extras.members.update(rest);
    block.adopt(media);
}

void readReasoning(Members& block, Part& part) {
    Members reasoning(*block.object("reasoningContent"), block.pathOf("reasoningContent"));
    part.kind = Part::Kind::Thinking;
    if (const auto* text = reasoning.object("reasoningText")) {
        Members members(*text, reasoning.pathOf("reasoningText"));
        part.text = members.text("text").value_or("");
        // Of all models there Claude alone signs what it thought.
        if (const auto signature = members.text("signature"); signature && !signature->empty()) part.signature = Signature{Family::Anthropic, *signature, ""};
        reasoning.adopt(members);
    } else if (const auto redacted = reasoning.text("redactedContent")) {
        part.kind = Part::Kind::RedactedThinking;
        part.signature = Signature{Family::Anthropic, *redacted, ""};
    }
    block.adopt(reasoning);
}

void readToolUse(Members& block, Part& part) {
    part.kind = Part::Kind::ToolCall;
    Members use(*block.object("toolUse"), block.pathOf("toolUse"));
    part.callId = use.required("toolUseId");
    part.name = use.required("name");
    const auto* input = use.take("input");
    part.arguments = input != nullptr ? *input : Json::object();
    if (part.arguments.is_string()) part.arguments = parseArguments(part.arguments.get_ref<const std::string&>(), part.argumentsMalformed), part.argumentsMalformed = false;
    else if (!part.arguments.is_object()) use.fail("input", "must be an object");
    if (part.arguments.is_object() && part.arguments.size() == 1 && part.arguments.contains("_raw") && part.arguments["_raw"].is_string()) {
        part.argumentsMalformed = true;
        part.text = part.arguments["_raw"].get<std::string>();
    }
    part.extras.members.update(use.rest());
    block.adopt(use);
}

void readToolResult(Members& block, Part& part) {
    part.kind = Part::Kind::ToolResult;
    Members result(*block.object("toolResult"), block.pathOf("toolResult"));
    part.callId = result.required("toolUseId");
    part.isError = result.text("status").value_or("success") == "error";
    readBedrockContent(result, "content", part.content);
    part.extras.members.update(result.rest());
    block.adopt(result);
}

void readCitations(Members& block, Part& part) {
    Members content(*block.object("citationsContent"), block.pathOf("citationsContent"));
    if (const auto* texts = content.array("content"))
        for (const auto& text : *texts) part.text += textOf(text, "text");
    if (const auto* citations = content.array("citations"))
        for (const auto& citation : *citations) part.citations.push_back(readBedrockCitation(citation));
    block.adopt(content);
}

bool isObject(const Members& block, std::string_view key) {
    const auto* value = block.peek(key);
    return value != nullptr && value->is_object();
}

Part readBlock(const Json& item, const std::string& path, Members& owner) {
    Part part;
    part.path = path;
    part.extras.family = kFamily;
    part.extras.path = path;
    Members block(item, path);
    if (block.has("text")) part.text = block.required("text");
    else if (isObject(block, "image")) readMedia(block, "image", Part::Kind::Image, part);
    else if (isObject(block, "document")) readMedia(block, "document", Part::Kind::Document, part);
    else if (isObject(block, "video")) readMedia(block, "video", Part::Kind::Video, part);
    else if (isObject(block, "audio")) readMedia(block, "audio", Part::Kind::Audio, part);
    else if (isObject(block, "toolUse") && textOf(*block.peek("toolUse"), "type").empty()) readToolUse(block, part);
    else if (isObject(block, "toolResult") && textOf(*block.peek("toolResult"), "type").empty()) readToolResult(block, part);
    else if (isObject(block, "reasoningContent")) readReasoning(block, part);
    else if (isObject(block, "citationsContent")) readCitations(block, part);
    else if (block.has("json")) part.text = dump(*block.take("json"));  // Of a tool's result: others have its text.
    else {
        part.kind = Part::Kind::Opaque;
        part.opaque = item;
    }
    owner.adopt(block);
    return part;
}

void readTools(Members& body, ChatRequest& request) {
    const auto* config = body.object("toolConfig");
    if (config == nullptr) return;
    Members members(*config, "toolConfig");
    if (const auto* tools = members.array("tools")) {
        std::size_t i = 0;
        for (const auto& item : *tools) {
            Tool tool;
            tool.family = kFamily;
            tool.path = fmt::format("toolConfig.tools[{}]", i++);
            Members entry(item, tool.path);
            if (auto mark = readCachePoint(entry)) {
                if (!request.tools.empty()) request.tools.back().cache = std::move(mark);
            } else if (const auto* spec = entry.object("toolSpec")) {
                Members inner(*spec, entry.pathOf("toolSpec"));
                tool.name = inner.required("name");
                tool.description = inner.text("description").value_or("");
                if (const auto* schema = inner.object("inputSchema"); schema != nullptr && schema->contains("json")) tool.parameters = (*schema)["json"];
                tool.strict = inner.flag("strict");
                tool.extras = {kFamily, inner.rest(), inner.path(), false};
                entry.adopt(inner);
                request.tools.push_back(std::move(tool));
            } else {
                tool.kind = Tool::Kind::Opaque;
                tool.opaque = item;
                request.tools.push_back(std::move(tool));
            }
            members.adopt(entry);
        }
    }
    if (const auto* choice = members.object("toolChoice")) {
        ToolChoice out;
        if (choice->contains("any")) {
            out.mode = ToolChoice::Mode::Required;
        } else if (choice->contains("tool")) {
            out.mode = ToolChoice::Mode::Named;
            out.name = textOf((*choice)["tool"], "name");
            if (out.name.empty()) members.fail("toolChoice.tool.name", "is missing");
        } else if (!choice->contains("auto")) {
            members.fail("toolChoice", "must be auto, any or tool");
        }
        request.toolChoice.set(std::move(out), "toolConfig.toolChoice");
    }
    body.adopt(members);
}

/// What vendors take beside Converse's own fields, where it has a place of its own here.
void readVendorFields(Members& body, ChatRequest& request, Reasoning& reasoning, std::string& reasoningPath, Json& left) {
    const auto* fields = body.object("additionalModelRequestFields");
    if (fields == nullptr) return;
    Members members(*fields, "additionalModelRequestFields");
    const auto put = [&](auto& given, auto value, const char* key) {
        if (value && !given) given.set(std::move(*value), members.pathOf(key));
    };
    for (const auto* key : {"top_k", "topK", "k"}) put(request.topK, members.integer(key), key);
    put(request.seed, members.integer("seed"), "seed");
    put(request.frequencyPenalty, members.number("frequency_penalty"), "frequency_penalty");
    put(request.presencePenalty, members.number("presence_penalty"), "presence_penalty");
    if (const auto* config = members.object("inferenceConfig")) {
        Members inner(*config, members.pathOf("inferenceConfig"));
        if (const auto topK = inner.integer("topK")) request.topK.set(*topK, inner.pathOf("topK"));
        if (auto rest = inner.rest(); !rest.empty()) left["inferenceConfig"] = std::move(rest);
        members.adopt(inner);
    }
    const auto mode = [&](Members& thinking) {
        const auto type = thinking.text("type").value_or("");
        reasoningPath = thinking.path();
        reasoning.mode = type == "enabled" ? Reasoning::Mode::On : type == "disabled" ? Reasoning::Mode::Off : type == "adaptive" ? Reasoning::Mode::Adaptive : Reasoning::Mode::Unsaid;
    };
    for (const auto* key : {"thinking", "reasoning_config"}) {
        const auto* thinking = members.object(key);
        if (thinking == nullptr) continue;
        Members inner(*thinking, members.pathOf(key));
        mode(inner);
        reasoning.budgetTokens = inner.integer("budget_tokens");
        reasoning.display = inner.text("display").value_or("");
        members.adopt(inner);
    }
    if (const auto* config = members.object("reasoningConfig")) {
        Members inner(*config, members.pathOf("reasoningConfig"));
        mode(inner);
        reasoning.effort = inner.text("maxReasoningEffort").value_or("");
        members.adopt(inner);
    }
    if (const auto effort = members.text("reasoning_effort")) {
        reasoning.mode = *effort == "none" ? Reasoning::Mode::Off : Reasoning::Mode::On;
        reasoning.effort = *effort;
        reasoningPath = members.pathOf("reasoning_effort");
    }
    if (const auto* choice = members.peek("tool_choice"); choice != nullptr && choice->is_object() && choice->contains("disable_parallel_tool_use")) {
        Members inner(*members.take("tool_choice"), members.pathOf("tool_choice"));
        if (const auto disabled = inner.flag("disable_parallel_tool_use")) request.parallelToolCalls.set(!*disabled, inner.pathOf("disable_parallel_tool_use"));
        members.adopt(inner);
    }
    left.update(members.rest());
    body.adopt(members);
}

void readOutputConfig(Members& body, ChatRequest& request, Reasoning& reasoning, std::string& reasoningPath, Json& left) {
    const auto* config = body.object("outputConfig");
    if (config == nullptr) return;
    Members members(*config, "outputConfig");
    if (const auto effort = members.text("effort")) {
        reasoning.effort = *effort;
        if (reasoningPath.empty()) reasoningPath = "outputConfig.effort";
    }
    if (const auto* format = members.object("textFormat")) {
        Members inner(*format, members.pathOf("textFormat"));
        if (inner.required("type") != "json_schema" && !inner.failure()) inner.fail("type", "must be json_schema");
        const auto* structure = inner.object("structure");
        const auto* definition = structure != nullptr && structure->contains("jsonSchema") ? &(*structure)["jsonSchema"] : nullptr;
        if (definition == nullptr) inner.fail("structure.jsonSchema", "is missing");
        OutputFormat out;
        out.kind = OutputFormat::Kind::JsonSchema;
        out.strict = true;
        if (definition != nullptr) {
            Members schema(*definition, inner.pathOf("structure.jsonSchema"));
            out.schema = Json::parse(schema.required("schema"), nullptr, false);
            if (!out.schema.is_object() && !schema.failure()) schema.fail("schema", "must be the text of a JSON object");
            out.name = schema.text("name").value_or("");
            out.description = schema.text("description").value_or("");
            inner.adopt(schema);
        }
        members.adopt(inner);
        request.outputFormat.set(std::move(out), "outputConfig.textFormat");
    }
    if (auto rest = members.rest(); !rest.empty()) left["outputConfig"] = std::move(rest);
    body.adopt(members);
}

}  // namespace

std::string bedrockMediaType(Part::Kind kind, std::string_view format) {
    for (const auto& row : kFormats)
        if (row.kind == kind && row.format == format) return std::string(row.mediaType);
    if (kind == Part::Kind::Audio && !format.empty()) return audioMediaType(format);
    return {};
}

std::string bedrockFormat(const Part& part) {
    for (const auto& row : kFormats)
        if (row.kind == part.kind && row.mediaType == part.mediaType) return std::string(row.format);
    if (part.kind == Part::Kind::Audio) return audioFormat(part.mediaType);
    // A file whose type was not said, by its name.
    const auto& name = part.name.empty() ? part.url : part.name;
    const auto dot = name.rfind('.');
    if (!part.mediaType.empty() || dot == std::string::npos) return {};
    auto ending = name.substr(dot + 1);
    if (ending == "jpg") ending = "jpeg";
    for (const auto& row : kFormats)
        if (row.kind == part.kind && row.format == ending) return ending;
    return {};
}

Json readBedrockCitation(const Json& raw) {
    Json citation = {{"raw", raw}, {"family", static_cast<int>(kFamily)}};
    if (!raw.is_object()) return citation;
    if (const auto title = textOf(raw, "title"); !title.empty()) citation["title"] = title;
    std::string text;
    if (const auto source = raw.find("sourceContent"); source != raw.end() && source->is_array())
        for (const auto& item : *source) text += textOf(item, "text");
    if (!text.empty()) citation["text"] = text;
    const auto location = raw.find("location");
    if (location == raw.end() || !location->is_object()) return citation;
    for (const auto* key : {"documentChar", "documentPage", "documentChunk"}) {
        const auto found = location->find(key);
        if (found != location->end() && found->is_object() && found->contains("documentIndex")) citation["document"] = (*found)["documentIndex"];
    }
    if (const auto web = location->find("web"); web != location->end())
        if (const auto url = textOf(*web, "url"); !url.empty()) citation["url"] = url;
    return citation;
}

void readBedrockContent(Members& owner, std::string_view key, std::vector<Part>& parts) {
    const auto* content = owner.array(key);
    if (content == nullptr) return;
    std::size_t i = 0;
    for (const auto& item : *content) {
        const auto path = fmt::format("{}[{}]", owner.pathOf(key), i++);
        if (item.is_object() && item.contains("cachePoint") && !parts.empty()) {
            Members block(item, path);
            parts.back().cache = readCachePoint(block);
            owner.adopt(block);
            continue;
        }
        auto part = readBlock(item, path, owner);
        if ((part.kind == Part::Kind::Text || (part.kind == Part::Kind::Thinking && !part.signature)) && part.text.empty()) continue;
        parts.push_back(std::move(part));
    }
}

Result<ChatRequest> readBedrock(const Json& json) {
    ChatRequest request;
    Members body(json, "");
    if (body.has("system")) {
        ChatMessage system;
        system.role = Role::System;
        system.path = "system";
        system.extras.family = kFamily;
        readBedrockContent(body, "system", system.parts);
        if (!system.parts.empty()) request.messages.push_back(std::move(system));
    }
    if (!body.has("messages")) body.fail("messages", "is missing");
    if (const auto* messages = body.array("messages")) {
        std::size_t i = 0;
        for (const auto& item : *messages) {
            ChatMessage out;
            out.path = fmt::format("messages[{}]", i++);
            Members message(item, out.path);
            const auto role = message.required("role");
            if (role == "assistant") out.role = Role::Assistant;
            else if (role == "system") out.role = Role::System;
            else if (role != "user" && !message.failure()) message.fail("role", "must be user, assistant or system");
            if (!message.has("content")) message.fail("content", "is missing");
            readBedrockContent(message, "content", out.parts);
            out.extras = {kFamily, message.rest(), out.path, false};
            body.adopt(message);
            request.messages.push_back(std::move(out));
            if (body.failure()) break;
        }
    }
    if (const auto* config = body.object("inferenceConfig")) {
        Members members(*config, "inferenceConfig");
        const auto put = [&](auto& given, auto value, const char* key) {
            if (value) given.set(std::move(*value), members.pathOf(key));
        };
        put(request.maxTokens, members.integer("maxTokens"), "maxTokens");
        put(request.temperature, members.number("temperature"), "temperature");
        put(request.topP, members.number("topP"), "topP");
        if (const auto* stop = members.array("stopSequences")) {
            std::vector<std::string> words;
            for (const auto& word : *stop) {
                if (word.is_string()) words.push_back(word.get<std::string>());
                else members.fail("stopSequences", "must be a list of strings");
            }
            request.stop.set(std::move(words), members.pathOf("stopSequences"));
        }
        body.adopt(members);
    }
    readTools(body, request);
    Json left = Json::object();
    Reasoning reasoning;
    std::string path;
    Json vendor = Json::object();
    readVendorFields(body, request, reasoning, path, vendor);
    if (!vendor.empty()) left["additionalModelRequestFields"] = std::move(vendor);
    readOutputConfig(body, request, reasoning, path, left);
    if (!path.empty()) request.reasoning.set(std::move(reasoning), path);
    if (const auto* metadata = body.object("requestMetadata")) request.metadata.set(*metadata, "requestMetadata");
    if (const auto* tier = body.object("serviceTier"))
        if (auto type = textOf(*tier, "type"); !type.empty()) request.serviceTier.set(std::move(type), "serviceTier");
    body.take("modelId");
    left.update(body.rest());
    request.extras = {kFamily, std::move(left), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return request;
}

}  // namespace gatehouse::llm
