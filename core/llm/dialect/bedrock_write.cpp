// bedrock-converse: requests, written. What Bedrock refuses is not sent: empty texts, turns of one role in a row, calls without a tool,
// documents without a text or with a name of other characters, media by URL.
#include "llm/dialect/anthropic.h"
#include "llm/dialect/bedrock.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::Bedrock;
constexpr int kMostMarks = 4;
constexpr std::int64_t kLeastBudget = 1024;
constexpr std::size_t kLongestName = 200;

bool isBlank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

/// A turn under way: the results of calls stand first, each with the cache point that follows it.
struct Turn {
    std::string role;
    Json results = Json::array();
    Json others = Json::array();
    bool hasText = false;
    bool hasDocument = false;
    std::string path;

    Json content() && {
        Json all = std::move(results);
        for (auto& item : others) all.push_back(std::move(item));
        return all;
    }
};

class Writer {
  public:
    Writer(ChatRequest& request, Losses& losses) : request_(request), losses_(losses) {}

    Json write();

  private:
    void mark(const std::optional<CacheMark>& mark, const std::string& path, Json& into);
    std::optional<Json> source(Part& part);
    std::optional<Json> media(Part& part, const char* key);
    std::string documentName(const Part& part);
    Json result(Part& part);
    Json text(Part& part);
    std::optional<Json> block(Part& part);
    void add(Turn& turn, Part& part);
    void turns(Json& body);
    void tools(Json& body);
    void toolOfHistory(Json& body);
    void toolChoice(Json& config);
    void inference(Json& body);
    void vendorFields(Json& body);
    void reasoning(Json& body);
    void claudeThinking(Json& body, const Reasoning& wanted);
    void outputFormat(Json& body);
    void rest(Json& body);

    Json& fields(Json& body) const { return body["additionalModelRequestFields"]; }

    ChatRequest& request_;
    Losses& losses_;
    BedrockVendor vendor_ = BedrockVendor::Claude;
    ClaudeModel claude_;
    std::set<std::string> names_;      ///< Of documents: two may not have the same one.
    std::vector<std::string> called_;  ///< Tools that the conversation used.
    bool forced_ = false;
    int marks_ = 0;
};

void Writer::mark(const std::optional<CacheMark>& mark, const std::string& path, Json& into) {
    if (!mark) return;
    if (++marks_ > kMostMarks) return dropped(losses_, path + ".cache_control", "Bedrock takes four cache points in a request.");
    Json point = {{"type", "default"}};
    if (mark->ttl == "5m" || mark->ttl == "1h") point["ttl"] = mark->ttl;
    else if (!mark->ttl.empty()) coerced(losses_, path + ".cache_control.ttl", "Bedrock keeps a cache for 5m or 1h; it is the default, 5m.");
    into.push_back({{"cachePoint", std::move(point)}});
}

std::optional<Json> Writer::source(Part& part) {
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
std::string Writer::documentName(const Part& part) {
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

std::optional<Json> Writer::media(Part& part, const char* key) {
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

Json Writer::result(Part& part) {
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

Json Writer::text(Part& part) {
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

std::optional<Json> Writer::block(Part& part) {
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

void Writer::add(Turn& turn, Part& part) {
    auto written = block(part);
    if (!written) return;
    const bool result = part.kind == Part::Kind::ToolResult;
    auto& into = result ? turn.results : turn.others;
    turn.hasText |= part.kind == Part::Kind::Text;
    turn.hasDocument |= part.kind == Part::Kind::Document;
    into.push_back(std::move(*written));
    mark(part.cache, part.path, into);
}

void Writer::turns(Json& body) {
    Json system = Json::array();
    std::vector<Turn> turns;
    auto before = Role::System;
    for (auto& message : request_.messages) {
        if (!message.name.empty()) dropped(losses_, message.path + ".name", "Bedrock has no names of participants.");
        if (message.extras.family == kFamily) message.extras.taken = message.extras.empty();
        const bool isSystem = message.role == Role::System || message.role == Role::Developer;
        Turn turn;
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
        Turn turn;
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

void Writer::tools(Json& body) {
    Json tools = Json::array();
    const auto* choice = request_.toolChoice ? &*request_.toolChoice : nullptr;
    for (auto& tool : request_.tools) {
        if (tool.kind == Tool::Kind::Opaque) {
            if (tool.family != kFamily) continue;
            tool.taken = true;
            tools.push_back(tool.opaque);
            continue;
        }
        tool.taken = true;
        if (choice != nullptr && !choice->allowed.empty() && std::find(choice->allowed.begin(), choice->allowed.end(), tool.name) == choice->allowed.end()) {
            coerced(losses_, tool.path, "Bedrock has no list of allowed tools, so this one, which is not allowed, was left out.");
            continue;
        }
        Json spec = {{"name", tool.name}};
        if (!tool.description.empty()) spec["description"] = tool.description;
        auto schema = tool.parameters;
        if (schema.is_null()) {
            defaulted(losses_, tool.path + ".inputSchema", "Bedrock demands a schema; it is one of an empty object.");
            schema = {{"type", "object"}, {"properties", Json::object()}};
        } else if (!schema.contains("type")) {
            Json typed = {{"type", "object"}};
            typed.update(schema);
            schema = std::move(typed);
        }
        spec["inputSchema"] = {{"json", std::move(schema)}};
        if (tool.strict) spec["strict"] = *tool.strict;
        restore(tool.extras, kFamily, spec);
        tools.push_back({{"toolSpec", std::move(spec)}});
        mark(tool.cache, tool.path, tools);
    }
    if (!tools.empty()) body["toolConfig"]["tools"] = std::move(tools);
}

/// A conversation with calls must say tools, also where the next answer shall have none.
void Writer::toolOfHistory(Json& body) {
    if (body.contains("toolConfig") || called_.empty()) return;
    defaulted(losses_, "toolConfig", "Bedrock demands the tools of a conversation that has calls; they stand there with empty schemas.");
    Json tools = Json::array();
    for (const auto& name : called_)
        tools.push_back({{"toolSpec", {{"name", name}, {"inputSchema", {{"json", {{"type", "object"}, {"properties", Json::object()}}}}}}}});
    body["toolConfig"]["tools"] = std::move(tools);
}

void Writer::toolChoice(Json& body) {
    const auto* choice = request_.toolChoice.take();
    const auto& path = request_.toolChoice.path;
    if (choice == nullptr) return;
    if (!body.contains("toolConfig")) {
        if (choice->mode == ToolChoice::Mode::Required || choice->mode == ToolChoice::Mode::Named) dropped(losses_, path, "There is no tool left to choose.");
        return;
    }
    auto& config = body["toolConfig"];
    switch (choice->mode) {
    case ToolChoice::Mode::Auto: config["toolChoice"] = {{"auto", Json::object()}}; break;
    case ToolChoice::Mode::Required: config["toolChoice"] = {{"any", Json::object()}}; break;
    case ToolChoice::Mode::Named: config["toolChoice"] = {{"tool", {{"name", choice->name}}}}; break;
    case ToolChoice::Mode::None:
        if (called_.empty()) {
            coerced(losses_, path, "Bedrock cannot forbid calls; the tools were left out.");
            body.erase("toolConfig");
        } else {
            coerced(losses_, path, "Bedrock cannot forbid calls, and a conversation with calls needs its tools; the model chooses.");
            config["toolChoice"] = {{"auto", Json::object()}};
        }
        break;
    }
    forced_ = choice->mode == ToolChoice::Mode::Required || choice->mode == ToolChoice::Mode::Named;
}

void Writer::inference(Json& body) {
    Json config = Json::object();
    if (const auto* most = request_.maxTokens.take()) config["maxTokens"] = *most;
    if (const auto* temperature = request_.temperature.take()) {
        const double most = vendor_ == BedrockVendor::OpenAi ? 2.0 : 1.0;
        config["temperature"] = std::clamp(*temperature, 0.0, most);
        if (*temperature > most) coerced(losses_, request_.temperature.path, fmt::format("Bedrock's temperatures end at {}.", most));
    }
    if (const auto* topP = request_.topP.take()) {
        if (vendor_ == BedrockVendor::Claude && config.contains("temperature") && !claude_.temperatureAndTopP && request_.extras.family != kFamily)
            dropped(losses_, request_.topP.path, "Claude takes temperature or top_p, not both.");
        else config["topP"] = *topP;
    }
    if (const auto* stop = request_.stop.take()) {
        Json words = Json::array();
        for (std::size_t i = 0; i < stop->size(); ++i) {
            if (!isBlank((*stop)[i]) || vendor_ != BedrockVendor::Claude) words.push_back((*stop)[i]);
            else dropped(losses_, fmt::format("{}[{}]", request_.stop.path, i), "Claude refuses stop sequences of space alone.");
        }
        if (!words.empty()) config["stopSequences"] = std::move(words);
    }
    if (!config.empty()) body["inferenceConfig"] = std::move(config);
}

void Writer::vendorFields(Json& body) {
    using Vendor = BedrockVendor;
    if (vendor_ == Vendor::Claude || vendor_ == Vendor::Mistral) {
        if (const auto* topK = request_.topK.take()) fields(body)["top_k"] = *topK;
    } else if (vendor_ == Vendor::Nova) {
        if (const auto* topK = request_.topK.take()) fields(body)["inferenceConfig"]["topK"] = *topK;
    } else if (vendor_ == Vendor::Cohere) {
        if (const auto* topK = request_.topK.take()) fields(body)["k"] = *topK;
        if (const auto* seed = request_.seed.take()) fields(body)["seed"] = *seed;
        if (const auto* penalty = request_.frequencyPenalty.take()) fields(body)["frequency_penalty"] = *penalty;
        if (const auto* penalty = request_.presencePenalty.take()) fields(body)["presence_penalty"] = *penalty;
    }
    if (vendor_ == Vendor::Claude && request_.parallelToolCalls && !*request_.parallelToolCalls && body.contains("toolConfig")) {
        request_.parallelToolCalls.take();
        const auto& choice = body["toolConfig"].contains("toolChoice") ? body["toolConfig"]["toolChoice"] : emptyObject();
        Json own = {{"type", choice.contains("any") ? "any" : choice.contains("tool") ? "tool" : "auto"}};
        if (choice.contains("tool")) own["name"] = choice["tool"]["name"];
        own["disable_parallel_tool_use"] = true;
        fields(body)["tool_choice"] = std::move(own);
    }
}

void Writer::claudeThinking(Json& body, const Reasoning& wanted) {
    using Mode = Reasoning::Mode;
    const auto& path = request_.reasoning.path;
    if (wanted.mode == Mode::Off) {
        fields(body)["thinking"] = {{"type", "disabled"}};
        return;
    }
    std::string effort = wanted.effort;
    if (effort == "minimal") {
        effort = "low";
        coerced(losses_, path, "Claude's least effort is \"low\".");
    }
    if (wanted.mode == Mode::Unsaid && effort.empty() && !wanted.budgetTokens) return;
    // Claude's own effort says nothing of thinking.
    const bool effortAlone = path == "output_config.effort" || path == "outputConfig.effort";
    const bool adaptive = wanted.mode == Mode::Adaptive || (!wanted.budgetTokens && claude_.adaptive);
    if (!effort.empty() && (claude_.adaptive || effortAlone)) body["outputConfig"]["effort"] = effort;
    if (effortAlone && wanted.mode == Mode::Unsaid) return;
    if (forced_) return dropped(losses_, path, "Claude does not think where a call is forced.");
    Json thinking = {{"type", adaptive ? "adaptive" : "enabled"}};
    if (!adaptive) {
        auto budget = wanted.budgetTokens ? *wanted.budgetTokens : budgetOfEffort(effort);
        if (!wanted.budgetTokens) coerced(losses_, path, fmt::format("This model thinks by a budget; the effort \"{}\" became {} tokens.", effort.empty() ? "high" : effort, budget));
        const auto* most = request_.maxTokens ? &*request_.maxTokens : nullptr;
        if (most != nullptr && *most <= kLeastBudget) return dropped(losses_, path, "The most tokens that are allowed leave no room for thinking.");
        const auto fits = most != nullptr ? std::clamp(budget, kLeastBudget, *most - 1) : std::max(budget, kLeastBudget);
        if (fits != budget) coerced(losses_, path, fmt::format("The budget must be at least {} and below the most tokens that are allowed; it is {}.", kLeastBudget, fits));
        // Turns with calls must begin with the thinking that led to them.
        const auto& messages = body["messages"];
        for (auto message = messages.rbegin(); message != messages.rend(); ++message) {
            if ((*message)["role"] != "assistant") continue;
            const auto& content = (*message)["content"];
            const bool calls = std::any_of(content.begin(), content.end(), [](const Json& item) { return item.contains("toolUse"); });
            if (calls && !content[0].contains("reasoningContent"))
                return dropped(losses_, path, "The last call came without the thinking that led to it, which Claude demands while it thinks.");
            break;
        }
        thinking["budget_tokens"] = fits;
    }
    if (!wanted.display.empty()) thinking["display"] = wanted.display;
    fields(body)["thinking"] = std::move(thinking);
    if (body.contains("inferenceConfig") && body["inferenceConfig"].contains("temperature") && body["inferenceConfig"]["temperature"] != 1.0) {
        body["inferenceConfig"].erase("temperature");
        if (body["inferenceConfig"].empty()) body.erase("inferenceConfig");
        dropped(losses_, request_.temperature.path, "Claude takes no temperature while it thinks.");
    }
    if (fields(body).contains("top_k")) {
        fields(body).erase("top_k");
        dropped(losses_, request_.topK.path, "Claude takes no top_k while it thinks.");
    }
}

void Writer::reasoning(Json& body) {
    using Mode = Reasoning::Mode;
    const auto* wanted = request_.reasoning ? &*request_.reasoning : nullptr;
    if (wanted == nullptr) return;
    const auto& path = request_.reasoning.path;
    if (vendor_ == BedrockVendor::Mistral || vendor_ == BedrockVendor::Cohere || vendor_ == BedrockVendor::Other) return;
    request_.reasoning.take();
    if (!wanted->summary.empty()) dropped(losses_, path + ".summary", "Bedrock has no such setting.");
    if (wanted->includeThoughts) coerced(losses_, path, "Bedrock's models always tell what they thought, where it may be told.");
    if (vendor_ == BedrockVendor::Claude) return claudeThinking(body, *wanted);
    auto effort = wanted->effort;
    if (effort.empty() && wanted->budgetTokens) {
        effort = effortOfBudget(*wanted->budgetTokens);
        coerced(losses_, path, fmt::format("This model thinks by an effort; the budget became \"{}\".", effort));
    }
    const auto said = effort;
    if (effort == "minimal") effort = "low";
    if (effort == "xhigh" || effort == "max") effort = "high";
    if (effort != said) coerced(losses_, path, fmt::format("This model's efforts are low, medium and high; it is \"{}\".", effort));
    if (vendor_ == BedrockVendor::Nova) {
        if (wanted->mode == Mode::Off) {
            fields(body)["reasoningConfig"] = {{"type", "disabled"}};
        } else if (wanted->mode != Mode::Unsaid || !effort.empty()) {
            if (wanted->mode == Mode::Adaptive) coerced(losses_, path, "Nova does not think adaptively; it thinks.");
            fields(body)["reasoningConfig"] = {{"type", "enabled"}};
            if (effort.empty()) defaulted(losses_, "additionalModelRequestFields.reasoningConfig.maxReasoningEffort", "Nova thinks by an effort; it is \"medium\".");
            fields(body)["reasoningConfig"]["maxReasoningEffort"] = effort.empty() ? "medium" : effort;
        }
        return;
    }
    if (wanted->mode == Mode::Off) return dropped(losses_, path, "This model always thinks.");
    if (!effort.empty()) fields(body)["reasoning_effort"] = effort;
    else coerced(losses_, path, "This model always thinks, by an effort of its own choice.");
}

void Writer::outputFormat(Json& body) {
    const auto* format = request_.outputFormat.take();
    if (format == nullptr || format->kind == OutputFormat::Kind::Text) return;
    const auto& path = request_.outputFormat.path;
    if (format->kind == OutputFormat::Kind::JsonObject || format->schema.is_null())
        return dropped(losses_, path, "Bedrock answers in JSON by a schema alone; ask for it in the prompt.");
    auto schema = format->schema;
    if (closeObjects(schema)) coerced(losses_, path, "Bedrock wants additionalProperties false in every object of a schema.");
    if (!format->strict || !*format->strict) coerced(losses_, path + ".strict", "Bedrock always holds to the schema.");
    Json definition = {{"schema", dump(schema)}};
    if (!format->name.empty()) definition["name"] = format->name;
    if (!format->description.empty()) definition["description"] = format->description;
    body["outputConfig"]["textFormat"] = {{"type", "json_schema"}, {"structure", {{"jsonSchema", std::move(definition)}}}};
}

void Writer::rest(Json& body) {
    if (const auto* metadata = request_.metadata.take()) {
        Json texts = Json::object();
        for (auto member = metadata->begin(); member != metadata->end(); ++member) {
            if (member->is_string()) texts[member.key()] = *member;
            else dropped(losses_, fmt::format("{}.{}", request_.metadata.path, member.key()), "Bedrock's metadata are texts.");
        }
        if (!texts.empty()) body["requestMetadata"] = std::move(texts);
    }
    if (const auto* tier = request_.serviceTier.take()) {
        if (*tier == "default" || *tier == "flex" || *tier == "priority" || *tier == "reserved") body["serviceTier"] = {{"type", *tier}};
        else if (*tier == "auto") coerced(losses_, request_.serviceTier.path, "Bedrock's tier is the default one where nothing is said.");
        else dropped(losses_, request_.serviceTier.path, fmt::format("Bedrock has no service tier \"{}\".", *tier));
    }
    request_.stream.taken = true;
    request_.includeUsage.taken = true;  // Its streams always hold usage.
    if (request_.extras.family != kFamily) return;
    auto& members = request_.extras.members;
    for (const auto* key : {"additionalModelRequestFields", "outputConfig"}) {
        if (!members.contains(key) || !body.contains(key)) continue;
        for (const auto& [name, value] : members[key].items()) {
            auto& into = body[key];
            if (!into.contains(name)) into[name] = value;
            else if (into[name].is_object() && value.is_object()) into[name].update(value);
        }
    }
    restore(request_.extras, kFamily, body);
}

Json Writer::write() {
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

}  // namespace

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

Json writeBedrock(ChatRequest& request, Losses& losses) { return Writer(request, losses).write(); }

}  // namespace gatehouse::llm
