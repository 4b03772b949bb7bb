// bedrock-converse: requests, written. What Bedrock refuses is not sent: empty texts, turns of one role in a row, calls without a tool,
// documents without a text or with a name of other characters, media by URL.
#include "llm/dialect/bedrock_writer.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::Bedrock;
constexpr int kMostMarks = 4;
constexpr std::size_t kLongestName = 200;

}  // namespace

void BedrockWriter::mark(const std::optional<CacheMark>& mark, const std::string& path, Json& into) {
    if (!mark) return;
    if (++marks_ > kMostMarks) return dropped(losses_, path + ".cache_control", "Bedrock takes four cache points in a request.");
    Json point = {{"type", "default"}};
    if (mark->ttl == "5m" || mark->ttl == "1h") point["ttl"] = mark->ttl;
    else if (!mark->ttl.empty()) coerced(losses_, path + ".cache_control.ttl", "Bedrock keeps a cache for 5m or 1h; it is the default, 5m.");
    into.push_back({{"cachePoint", std::move(point)}});
}

std::optional<Json> BedrockWriter::source(Part& part) {
    if (!part.data.empty()) return Json{{"bytes", part.data}};
    if (part.url.starts_with("s3://")) {
        Json place = {{"uri", part.url}};
        if (part.extras.family == kFamily && part.extras.members.contains("s3Location")) place.update(part.extras.members["s3Location"]);
        return Json{{"s3Location", std::move(place)}};
    }
    if (part.kind != Part::Kind::Document) return std::nullopt;
    if (!part.content.empty()) {
        Json texts = Json::array();
        for (auto& inner : part.content) {
            if (inner.kind != Part::Kind::Text) continue;
            inner.taken = true;
            texts.push_back({{"text", inner.text}});
        }
        if (!texts.empty()) return Json{{"content", std::move(texts)}};
    }
    if (!part.text.empty()) return Json{{"text", part.text}};
    return std::nullopt;
}

/// Letters, digits, single spaces, hyphens, parentheses and brackets; no name twice in one request.
std::string BedrockWriter::documentName(const Part& part) {
    const auto& wanted = part.name.empty() ? part.title : part.name;
    std::string name;
    for (const char c : wanted) {
        const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '(' || c == ')' || c == '[' || c == ']';
        if (fits) name += c;
        else if (c == ' ' && !name.empty() && name.back() != ' ') name += c;
        else if (c != ' ') name += '-';
    }
    name = name.substr(0, kLongestName);
    while (name.ends_with(' ')) name.pop_back();
    if (name.empty()) name = "document";
    const auto base = name;
    for (int i = 2; !names_.insert(name).second; ++i) name = fmt::format("{} {}", base, i);
    if (wanted.empty()) defaulted(losses_, part.path + ".document.name", fmt::format("Bedrock's documents have a name; it is \"{}\".", name));
    else if (name != wanted) coerced(losses_, part.path + ".name", fmt::format("Bedrock takes few characters in a document's name, and no name twice; it is \"{}\".", name));
    return name;
}

std::optional<Json> BedrockWriter::media(Part& part, const char* key) {
    const auto format = bedrockFormat(part);
    auto from = source(part);
    if (!from) {
        if (part.url.empty() && part.fileId.empty()) return std::nullopt;
        part.taken = true;
        dropped(losses_, part.path, part.url.empty() ? "Bedrock knows no files of other providers." : "Bedrock takes bytes, or a place in S3, not other URLs.");
        return std::nullopt;
    }
    const bool document = part.kind == Part::Kind::Document;
    const bool plain = document && (from->contains("text") || from->contains("content"));
    if (format.empty() && !plain && !document) {
        part.taken = true;
        dropped(losses_, part.path, fmt::format("Bedrock takes no {} here.", part.mediaType.empty() ? "media of an unknown type" : part.mediaType));
        return std::nullopt;
    }
    part.taken = true;
    Json item = Json::object();
    if (!format.empty()) item["format"] = format;
    if (document) {
        item["name"] = documentName(part);
        if (!part.name.empty() && !part.title.empty() && part.name != part.title) dropped(losses_, part.path + ".title", "Bedrock's documents have a name alone.");
        if (!part.context.empty()) item["context"] = part.context;
    }
    item["source"] = std::move(*from);
    if (!part.detail.empty() && part.detail != "auto") dropped(losses_, part.path + ".detail", "Bedrock's models choose an image's resolution themselves.");
    restore(part.extras, kFamily, item);
    item.erase("s3Location");
    return Json{{key, std::move(item)}};
}

Json BedrockWriter::result(Part& part) {
    Json content = Json::array();
    for (auto& inner : part.content) {
        if (inner.kind == Part::Kind::Text && isBlank(inner.text)) {
            inner.taken = true;
            continue;
        }
        const bool takes = inner.kind == Part::Kind::Text || inner.kind == Part::Kind::Image || inner.kind == Part::Kind::Document ||
                           inner.kind == Part::Kind::Video || (inner.kind == Part::Kind::Opaque && inner.extras.family == kFamily);
        if (!takes) continue;
        if (inner.kind == Part::Kind::Text && inner.cache) coerced(losses_, inner.path + ".cache_control", "Bedrock has cache points after a result, not within.");
        if (auto written = block(inner)) content.push_back(std::move(*written));
        if (inner.cache && !part.cache) part.cache = inner.cache;
    }
    // An empty result is one.
    if (content.empty()) content.push_back({{"text", "(empty)"}}), coerced(losses_, part.path, "Bedrock refuses empty results; it says that it is empty.");
    Json item = {{"toolUseId", safeCallId(part.callId)}, {"content", std::move(content)}};
    if (part.isError) item["status"] = "error";
    restore(part.extras, kFamily, item);
    return {{"toolResult", std::move(item)}};
}

Json BedrockWriter::text(Part& part) {
    Json citations = Json::array();
    std::size_t i = 0;
    for (const auto& citation : part.citations) {
        if (citation.value("family", -1) == static_cast<int>(kFamily)) citations.push_back(citation["raw"]);
        else dropped(losses_, fmt::format("{}.annotations[{}]", part.path, i), "Bedrock takes its own citations alone.");
        ++i;
    }
    if (citations.empty()) return {{"text", part.text}};
    return {{"citationsContent", {{"content", Json::array({{{"text", part.text}}})}, {"citations", std::move(citations)}}}};
}

std::optional<Json> BedrockWriter::block(Part& part) {
    switch (part.kind) {
    case Part::Kind::Text:
        part.taken = true;
        if (isBlank(part.text)) {
            if (part.cache) dropped(losses_, part.path, "Bedrock refuses empty text, so its cache mark is gone as well.");
            else if (!part.text.empty()) dropped(losses_, part.path, "Bedrock refuses text of nothing but space.");
            return std::nullopt;
        }
        part.extras.taken = part.extras.family == kFamily || part.extras.empty();
        return text(part);
    case Part::Kind::Refusal:
        if (isBlank(part.text)) return std::nullopt;
        part.taken = true;
        coerced(losses_, part.path, "Bedrock has no refusals in a conversation; it became a text.");
        return Json{{"text", part.text}};
    case Part::Kind::Image: return media(part, "image");
    case Part::Kind::Document: return media(part, "document");
    case Part::Kind::Video: return media(part, "video");
    case Part::Kind::Audio: return media(part, "audio");
    case Part::Kind::ToolCall: {
        part.taken = true;
        const auto id = safeCallId(part.callId);
        if (id != part.callId) coerced(losses_, part.path + ".id", fmt::format("Bedrock takes letters, digits, _ and - in a call's id; it is \"{}\".", id));
        if (part.argumentsMalformed) coerced(losses_, part.path + ".arguments", "They are no JSON object; they stand in a field \"_raw\" of one.");
        if (part.signature) dropped(losses_, part.path + ".signature", "Bedrock's calls are not signed.");
        Json use = {{"toolUseId", id}, {"name", part.name}, {"input", part.arguments.is_object() ? part.arguments : Json::object()}};
        restore(part.extras, kFamily, use);
        if (std::find(called_.begin(), called_.end(), part.name) == called_.end()) called_.push_back(part.name);
        return Json{{"toolUse", std::move(use)}};
    }
    case Part::Kind::ToolResult: part.taken = true; return result(part);
    case Part::Kind::Thinking:
    case Part::Kind::RedactedThinking: {
        part.taken = true;
        const bool own = part.signature && (part.signature->family == Family::Anthropic || part.signature->family == kFamily);
        if (!own || vendor_ != BedrockVendor::Claude) {
            dropped(losses_, part.path, "Bedrock's models take back only thinking that Claude has signed, and Claude alone does.");
            return std::nullopt;
        }
        if (part.kind == Part::Kind::RedactedThinking) return Json{{"reasoningContent", {{"redactedContent", part.signature->data}}}};
        return Json{{"reasoningContent", {{"reasoningText", {{"text", part.text}, {"signature", part.signature->data}}}}}};
    }
    case Part::Kind::Opaque:
        if (part.extras.family != kFamily) return std::nullopt;
        part.taken = true;
        return part.opaque;
    }
    return std::nullopt;
}

void BedrockWriter::add(BedrockTurn& turn, Part& part) {
    auto written = block(part);
    if (!written) return;
    const bool result = part.kind == Part::Kind::ToolResult;
    auto& into = result ? turn.results : turn.others;
    turn.hasText |= part.kind == Part::Kind::Text;
    turn.hasDocument |= part.kind == Part::Kind::Document;
    into.push_back(std::move(*written));
    mark(part.cache, part.path, into);
}

void BedrockWriter::turns(Json& body) {
    Json system = Json::array();
    std::vector<BedrockTurn> turns;
    auto before = Role::System;
    for (auto& message : request_.messages) {
        if (!message.name.empty()) dropped(losses_, message.path + ".name", "Bedrock has no names of participants.");
        if (message.extras.family == kFamily) message.extras.taken = message.extras.empty();
        const bool isSystem = message.role == Role::System || message.role == Role::Developer;
        BedrockTurn turn;
        turn.role = isSystem ? "system" : message.role == Role::Assistant ? "assistant" : "user";
        turn.path = message.path;
        for (auto& part : message.parts) add(turn, part);
        if (turn.others.empty() && turn.results.empty()) {
            if (message.parts.empty()) dropped(losses_, message.path, "Bedrock refuses turns without content.");
            continue;
        }
        if (isSystem && (turns.empty() || message.extras.family != kFamily)) {
            if (!turns.empty()) coerced(losses_, message.path, "Not every model of Bedrock's takes a system prompt within the conversation; it went to the top.");
            else if (message.role == Role::Developer) coerced(losses_, message.path + ".role", "Bedrock has one kind of system prompt.");
            for (auto& item : turn.others) system.push_back(std::move(item));
            continue;
        }
        if (!turns.empty() && turns.back().role == turn.role) {
            if (before != Role::Tool && message.role != Role::Tool) coerced(losses_, message.path, "Bedrock's turns alternate; it was joined to the one before it.");
            auto& last = turns.back();
            for (auto& item : turn.results) last.results.push_back(std::move(item));
            for (auto& item : turn.others) last.others.push_back(std::move(item));
            last.hasText |= turn.hasText;
            last.hasDocument |= turn.hasDocument;
        } else {
            turns.push_back(std::move(turn));
        }
        before = message.role;
    }
    if (turns.empty() && !system.empty()) {
        coerced(losses_, "messages", "Bedrock wants a user's turn; the system prompt stands there.");
        BedrockTurn turn;
        turn.role = "user";
        turn.others = std::exchange(system, Json::array());
        turns.push_back(std::move(turn));
    }
    Json messages = Json::array();
    if (!turns.empty() && turns[0].role == "assistant") {
        defaulted(losses_, "messages[0]", "Bedrock's conversations begin with the user; a short turn was put before the assistant's.");
        messages.push_back({{"role", "user"}, {"content", Json::array({{{"text", "(The conversation begins with your turn.)"}}})}});
    }
    if (const auto* cache = request_.cache.take(); cache != nullptr && !turns.empty()) {
        coerced(losses_, request_.cache.path, "Bedrock does not cache by itself; a cache point stands after the last turn.");
        mark(*cache, request_.cache.path, turns.back().others);
    }
    for (auto& turn : turns) {
        if (turn.hasDocument && !turn.hasText && turn.role == "user") {
            defaulted(losses_, fmt::format("messages[{}].content", messages.size()), "Bedrock takes documents beside a text alone; a short one was added.");
            turn.others.push_back({{"text", "(See the document.)"}});
        }
        const auto role = turn.role;
        messages.push_back({{"role", role}, {"content", std::move(turn).content()}});
    }
    if (!system.empty()) body["system"] = std::move(system);
    body["messages"] = std::move(messages);
}

Json BedrockWriter::write() {
    takeDefaults(request_);
    const auto model = request_.model ? *request_.model : std::string();
    vendor_ = bedrockVendor(model);
    claude_ = claudeModel(model);
    request_.model.taken = true;
    Json body = Json::object();
    // In the order in which it is cached: tools, system, messages.
    tools(body);
    turns(body);
    toolOfHistory(body);
    toolChoice(body);
    inference(body);
    vendorFields(body);
    reasoning(body);
    outputFormat(body);
    if (body.contains("additionalModelRequestFields") && fields(body).empty()) body.erase("additionalModelRequestFields");
    rest(body);
    return body;
}

BedrockVendor bedrockVendor(std::string_view model) {
    const auto has = [&](std::string_view word) { return model.find(word) != std::string_view::npos; };
    if (has("anthropic.") || has("claude")) return BedrockVendor::Claude;
    if (has("amazon.nova")) return BedrockVendor::Nova;
    if (has("mistral.")) return BedrockVendor::Mistral;
    if (has("cohere.")) return BedrockVendor::Cohere;
    if (has("openai.")) return BedrockVendor::OpenAi;
    for (const auto* vendor : {"amazon.", "meta.", "ai21.", "deepseek.", "qwen.", "moonshot", "minimax.", "nvidia.", "google.", "writer.", "zai.", "twelvelabs.", "stability."})
        if (has(vendor)) return BedrockVendor::Other;
    return BedrockVendor::Claude;
}

Json writeBedrock(ChatRequest& request, Losses& losses) { return BedrockWriter(request, losses).write(); }

}  // namespace gatehouse::llm
