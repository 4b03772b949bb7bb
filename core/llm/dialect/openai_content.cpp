// Content of OpenAI's messages, both ways.
#include "llm/dialect/openai_chat.h"
#include "llm/dialect/content.h"

#include <fmt/format.h>

#include <array>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::OpenAiChat;

/// Names of signatures' families in thinking_blocks; Anthropic's has none, as in LiteLLM.
constexpr std::array<std::pair<std::string_view, Family>, 4> kFormats = {{{"openai-responses", Family::OpenAiResponses},
                                                                          {"gemini", Family::Gemini},
                                                                          {"bedrock", Family::Bedrock},
                                                                          {"cohere", Family::Cohere}}};

/// What is left over of the object within a part, under its key.
void keepInner(const Members& inner, std::string_view key, Part& out) {
    if (auto rest = inner.rest(); !rest.empty()) out.extras.members[std::string(key)] = std::move(rest);
}

std::optional<CacheMark> readCacheMark(Members& members) {
    if (const auto* mark = members.object("cache_control")) {
        CacheMark cache;
        if (const auto ttl = mark->find("ttl"); ttl != mark->end() && ttl->is_string()) cache.ttl = ttl->get<std::string>();
        return cache;
    }
    if (members.object("prompt_cache_breakpoint") != nullptr) return CacheMark{};
    return std::nullopt;
}

/// {"url": ...} or, as some write it, the URL itself.
void readUrl(Members& part, std::string_view key, Part& out) {
    const auto* value = part.take(key);
    if (value == nullptr) return part.fail(key, "is missing");
    std::string url;
    if (value->is_string()) {
        url = value->get<std::string>();
    } else {
        Members inner(*value, part.pathOf(key));
        url = inner.required("url");
        if (const auto detail = inner.text("detail")) out.detail = *detail;
        if (const auto format = inner.text("format")) out.mediaType = *format;
        keepInner(inner, key, out);
        part.adopt(inner);
    }
    if (!splitDataUrl(url, out.mediaType, out.data)) out.url = std::move(url);
}

std::string mediaTypeOfName(std::string_view name) {
    if (name.ends_with(".txt")) return "text/plain";
    if (name.ends_with(".md")) return "text/markdown";
    if (name.ends_with(".csv")) return "text/csv";
    if (name.ends_with(".html")) return "text/html";
    return "application/pdf";
}

void readFile(Members& part, Part& out) {
    const auto* file = part.object("file");
    if (file == nullptr) return part.fail("file", "is missing");
    Members inner(*file, part.pathOf("file"));
    out.kind = Part::Kind::Document;
    out.name = inner.text("filename").value_or("");
    out.fileId = inner.text("file_id").value_or("");
    if (auto data = inner.text("file_data"); data && !splitDataUrl(*data, out.mediaType, out.data)) {
        out.data = std::move(*data);
        out.mediaType = inner.text("format").value_or(mediaTypeOfName(out.name));
    }
    keepInner(inner, "file", out);
    part.adopt(inner);
}

void readMistralThinking(Members& part, Part& out) {
    out.kind = Part::Kind::Thinking;
    const auto* thinking = part.take("thinking");
    if (thinking == nullptr) return;
    if (thinking->is_string()) out.text = thinking->get<std::string>();
    if (!thinking->is_array()) return;
    for (const auto& item : *thinking)
        if (item.is_object() && item.contains("text") && item["text"].is_string()) out.text += item["text"].get<std::string>();
}

Part readPart(const Json& item, std::string path, Members& owner) {
    Part out;
    out.path = path;
    Members part(item, std::move(path));
    const auto type = part.required("type");
    out.cache = readCacheMark(part);
    if (type == "text" || type == "input_text" || type == "output_text") {
        out.text = part.required("text");
        if (const auto* annotations = part.array("annotations")) out.citations = readOpenAiAnnotations(*annotations, out.text);
    } else if (type == "refusal") {
        out.kind = Part::Kind::Refusal;
        out.text = part.required("refusal");
    } else if (type == "image_url") {
        out.kind = Part::Kind::Image;
        readUrl(part, "image_url", out);
    } else if (type == "video_url") {
        out.kind = Part::Kind::Video;
        readUrl(part, "video_url", out);
    } else if (type == "input_audio") {
        out.kind = Part::Kind::Audio;
        const auto* audio = part.object("input_audio");
        if (audio == nullptr) part.fail("input_audio", "is missing");
        Members inner(audio != nullptr ? *audio : emptyObject(), part.pathOf("input_audio"));
        out.data = audio != nullptr ? inner.required("data") : std::string();
        out.mediaType = audioMediaType(inner.text("format").value_or("wav"));
        part.adopt(inner);
    } else if (type == "file") {
        readFile(part, out);
    } else if (type == "thinking") {
        readMistralThinking(part, out);
    } else if (!part.failure()) {
        out.kind = Part::Kind::Opaque;
        out.opaque = item;
        out.extras.family = kFamily;
        return out;
    }
    out.extras.family = kFamily;
    out.extras.path = out.path;
    out.extras.members.update(part.rest());
    owner.adopt(part);
    return out;
}

}  // namespace

OpenAiModel openAiModel(std::string_view model) {
    OpenAiModel facts;
    const auto slash = model.rfind('/');
    if (slash != std::string_view::npos) model.remove_prefix(slash + 1);
    facts.cacheControl = model.find("claude") != std::string_view::npos;
    const bool reasoner = model.size() > 1 && model[0] == 'o' && model[1] >= '1' && model[1] <= '9';
    facts.openAi = reasoner || model.starts_with("chatgpt-") || (model.starts_with("gpt-") && !model.starts_with("gpt-oss"));
    facts.completionTokens = facts.openAi && !model.starts_with("gpt-3");
    if (facts.openAi && model.starts_with("gpt-")) {
        int major = 0;
        int minor = 0;
        auto at = std::size_t{4};
        for (; at < model.size() && model[at] >= '0' && model[at] <= '9'; ++at) major = std::min(major * 10 + (model[at] - '0'), 1000);
        if (at < model.size() && model[at] == '.')
            for (++at; at < model.size() && model[at] >= '0' && model[at] <= '9'; ++at) minor = std::min(minor * 10 + (model[at] - '0'), 1000);
        facts.cacheBreakpoint = major > 5 || (major == 5 && minor >= 6);
    }
    return facts;
}

void readOpenAiContent(Members& owner, std::string_view key, std::vector<Part>& parts, bool* wasText) {
    readTextOrParts(owner, key, kFamily, readPart, parts, wasText);
}

void readOpenAiThinking(Members& message, std::vector<Part>& parts) {
    // The same thought comes under up to three names; reasoning_details is OpenRouter's, kept for whoever understands it.
    auto text = message.has("reasoning_content") ? message.text("reasoning_content") : std::optional<std::string>();
    if (!text && message.has("reasoning") && message.peek("reasoning")->is_string()) text = message.text("reasoning");
    const auto* blocks = message.array("thinking_blocks");
    if (blocks == nullptr || blocks->empty()) {
        if (!text || text->empty()) return;
        Part part;
        part.kind = Part::Kind::Thinking;
        part.text = std::move(*text);
        part.path = message.pathOf("reasoning_content");
        parts.push_back(std::move(part));
        return;
    }
    const auto before = parts.size();
    std::size_t i = 0;
    for (const auto& item : *blocks) {
        Members block(item, fmt::format("{}[{}]", message.pathOf("thinking_blocks"), i++));
        Part part;
        part.path = block.path();
        auto family = Family::Anthropic;
        if (const auto format = block.text("format"))
            for (const auto& [name, value] : kFormats)
                if (name == *format) family = value;
        const auto id = block.text("id").value_or("");
        const auto type = block.required("type");
        if (type == "redacted_thinking") {
            part.kind = Part::Kind::RedactedThinking;
            part.signature = Signature{family, block.required("data"), id};
        } else {
            part.kind = Part::Kind::Thinking;
            part.text = block.text("thinking").value_or("");
            const auto signature = block.text("signature").value_or("");
            if (!signature.empty() || !id.empty()) part.signature = Signature{family, signature, id};
        }
        message.adopt(block);
        parts.push_back(std::move(part));
    }
    // What was thought without a signature has no block: it is what the text holds beyond them.
    std::string signedText;
    for (auto at = before; at < parts.size(); ++at) signedText += parts[at].text;
    if (!text || text->size() <= signedText.size() || !text->ends_with(signedText)) return;
    Part first;
    first.kind = Part::Kind::Thinking;
    first.text = text->substr(0, text->size() - signedText.size());
    first.path = message.pathOf("reasoning_content");
    parts.insert(parts.begin() + static_cast<std::ptrdiff_t>(before), std::move(first));
}

Part readOpenAiToolCall(const Json& item, const std::string& path, Members& owner) {
    Part part;
    part.kind = Part::Kind::ToolCall;
    part.path = path;
    Members call(item, path);
    part.callId = call.text("id").value_or("");
    call.take("index");
    const auto type = call.text("type").value_or("function");
    if (const auto* extra = call.peek("extra_content"); extra != nullptr && extra->is_object() && extra->contains("google")) {
        const auto& google = (*extra)["google"];
        if (google.is_object() && google.contains("thought_signature") && google["thought_signature"].is_string()) {
            call.take("extra_content");
            part.signature = Signature{Family::Gemini, google["thought_signature"].get<std::string>(), ""};
        }
    }
    part.cache = readCacheMark(call);
    const bool custom = type == "custom";
    const auto* function = call.object(custom ? "custom" : "function");
    if (function == nullptr) call.fail(custom ? "custom" : "function", "is missing");
    Members inner(function != nullptr ? *function : emptyObject(), call.pathOf(custom ? "custom" : "function"));
    if (function != nullptr) part.name = inner.required("name");
    if (custom) {
        part.arguments = Json{{"input", inner.text("input").value_or("")}};
    } else if (const auto* arguments = inner.take("arguments")) {
        if (arguments->is_object()) {
            part.arguments = *arguments;  // Ollama and others; OpenAI has a text.
        } else if (arguments->is_string()) {
            bool wellFormed = true;
            part.arguments = parseArguments(arguments->get_ref<const std::string&>(), wellFormed);
            part.argumentsMalformed = !wellFormed;
            if (!wellFormed) part.text = arguments->get<std::string>();
        } else {
            inner.fail("arguments", "must be a string");
        }
    } else {
        part.arguments = Json::object();
    }
    part.extras = {kFamily, call.rest(), path, false};
    if (custom) part.extras.members["type"] = "custom";
    owner.adopt(call);
    owner.adopt(inner);
    return part;
}

void readOpenAiToolCalls(Members& message, std::vector<Part>& parts) {
    if (const auto* calls = message.array("tool_calls")) {
        std::size_t i = 0;
        for (const auto& item : *calls) parts.push_back(readOpenAiToolCall(item, fmt::format("{}[{}]", message.pathOf("tool_calls"), i++), message));
    }
    if (const auto* legacy = message.object("function_call")) {
        auto part = readOpenAiToolCall(Json{{"function", *legacy}}, message.pathOf("function_call"), message);
        part.callId = "call_" + part.name;
        parts.push_back(std::move(part));
    }
}

std::vector<Json> readOpenAiAnnotations(const Json& annotations, std::string_view text) {
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
        if (item.is_object() && item.contains("url_citation") && item["url_citation"].is_object()) {
            const auto& url = item["url_citation"];
            for (const auto* key : {"url", "title"})
                if (url.contains(key) && url[key].is_string()) citation[key] = url[key];
            if (url.contains("start_index")) citation["start"] = bytesOf(url["start_index"]);
            if (url.contains("end_index")) citation["end"] = bytesOf(url["end_index"]);
        }
        citations.push_back(std::move(citation));
    }
    return citations;
}

Json writeOpenAiAnnotations(const Part& part, std::size_t before, Losses& losses) {
    Json annotations = Json::array();
    std::size_t i = 0;
    for (const auto& citation : part.citations) {
        const auto path = fmt::format("{}.citations[{}]", part.path, i++);
        if (citation.value("family", -1) == static_cast<int>(kFamily)) {
            annotations.push_back(citation["raw"]);
            continue;
        }
        if (!citation.contains("url")) {
            dropped(losses, path, "OpenAI's chat cites URLs alone.");
            continue;
        }
        const auto charactersAt = [&](const char* key, std::size_t otherwise) {
            const auto found = citation.find(key);
            const auto bytes = found != citation.end() ? found->get<std::size_t>() : otherwise;
            return before + characters(std::string_view(part.text).substr(0, bytes));
        };
        annotations.push_back({{"type", "url_citation"},
                               {"url_citation",
                                {{"start_index", charactersAt("start", 0)},
                                 {"end_index", charactersAt("end", part.text.size())},
                                 {"title", textOf(citation, "title")},
                                 {"url", citation["url"]}}}});
        if (citation.contains("text")) dropped(losses, path + ".cited_text", "OpenAI's annotations hold no cited text.");
    }
    return annotations;
}

Json writeOpenAiThinking(const Part& part) {
    Json block;
    if (part.kind == Part::Kind::RedactedThinking) {
        block = {{"type", "redacted_thinking"}, {"data", part.signature ? part.signature->data : ""}};
    } else {
        block = {{"type", "thinking"}, {"thinking", part.text}};
        if (part.signature) block["signature"] = part.signature->data;
    }
    if (part.signature && part.signature->family != Family::Anthropic) {
        for (const auto& [name, family] : kFormats)
            if (family == part.signature->family) block["format"] = name;
    }
    if (part.signature && !part.signature->id.empty()) block["id"] = part.signature->id;
    return block;
}

Json writeOpenAiToolCall(const Part& part, Losses&) {
    Json call = {{"id", part.callId}, {"type", "function"}};
    const bool custom = part.extras.family == kFamily && textOf(part.extras.members, "type") == "custom";
    if (custom) {
        call["type"] = "custom";
        call["custom"] = {{"name", part.name}, {"input", textOf(part.arguments, "input")}};
    } else {
        call["function"] = {{"name", part.name}, {"arguments", part.argumentsMalformed ? part.text : dumpArguments(part.arguments)}};
    }
    if (part.signature && part.signature->family == Family::Gemini)
        call["extra_content"] = {{"google", {{"thought_signature", part.signature->data}}}};
    return call;
}

}  // namespace gatehouse::llm
