// gemini-generate and vertex-gemini: requests, written. What Gemini refuses is not sent: turns without a part, results apart from each
// other, keywords of schemas that it does not know, more than five stop sequences.
#include "llm/dialect/dialect.h"
#include "llm/dialect/gemini.h"
#include "text/base64.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::Gemini;
constexpr std::size_t kMostStops = 5;
/// In place of a signature that nobody has (a history of another provider's): documented by Google, and checked by no model.
constexpr const char* kUnsigned = "skip_thought_signature_validator";

struct MediaName {
    std::string_view ending;
    std::string_view type;
};
constexpr std::array<MediaName, 16> kMediaNames = {{{".png", "image/png"},   {".jpg", "image/jpeg"},  {".jpeg", "image/jpeg"}, {".webp", "image/webp"},
                                                    {".gif", "image/gif"},   {".heic", "image/heic"}, {".pdf", "application/pdf"}, {".txt", "text/plain"},
                                                    {".mp4", "video/mp4"},   {".mov", "video/mov"},   {".webm", "video/webm"}, {".mp3", "audio/mp3"},
                                                    {".wav", "audio/wav"},   {".flac", "audio/flac"}, {".ogg", "audio/ogg"},   {".csv", "text/csv"}}};

std::string upper(std::string text) {
    for (auto& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

std::string_view mediaTypeOf(const Part& part) {
    auto url = std::string_view(part.url);
    url = url.substr(0, url.find_first_of("?#"));
    for (const auto& [ending, type] : kMediaNames)
        if (url.ends_with(ending)) return type;
    return {};
}

/// What a provider takes where neither the source nor the name tells a type.
std::string_view defaultType(Part::Kind kind) {
    switch (kind) {
    case Part::Kind::Image: return "image/jpeg";
    case Part::Kind::Audio: return "audio/wav";
    case Part::Kind::Video: return "video/mp4";
    default: return "application/pdf";
    }
}

/// Whether a text that may be JSON nests no deeper than anything that a tool says in earnest.
bool isShallow(std::string_view text) {
    constexpr int kDeepest = 64;
    int depth = 0;
    for (const char c : text) {
        if (c == '{' || c == '[') ++depth;
        else if (c == '}' || c == ']') --depth;
        if (depth > kDeepest) return false;
    }
    return text.starts_with('{');
}

class Writer {
  public:
    Writer(ChatRequest& request, Losses& losses, bool vertex) : request_(request), losses_(losses), vertex_(vertex) {}

    Json write();

  private:
    void restorePart(Part& part, Json& item);
    std::optional<Json> media(Part& part);
    std::optional<Json> part(Part& part);
    Json call(Part& part);
    void result(Part& part);
    void flush();
    void add(const char* role, Json parts);
    void turns(Json& body);
    void user(ChatMessage& message);
    void assistant(ChatMessage& message, bool current);
    void system(ChatMessage& message);
    void tools(Json& body);
    void toolConfig(Json& body);
    void sampling(Json& config);
    void format(Json& config, bool hasTools);
    void thinking(Json& config);
    void budget(Json& thinking, std::int64_t tokens);
    void level(Json& thinking, std::string effort);
    void extras(Json& body);
    void mark(const std::optional<CacheMark>& cache, const std::string& path) {
        if (cache) dropped(losses_, path + ".cache_control", "Gemini takes no cache marks; it caches the beginning of prompts by itself.");
    }

    ChatRequest& request_;
    Losses& losses_;
    bool vertex_;
    GeminiModel model_;
    Json contents_ = Json::array();
    Json results_ = Json::array();
    Json beside_ = Json::array();   ///< Of results, what goes into a user's turn after them.
    Json system_ = Json::array();
    int systems_ = 0;
};

void Writer::restorePart(Part& part, Json& item) {
    if (part.extras.family != kFamily) return;
    part.extras.taken = true;
    for (const auto& [key, value] : part.extras.members.items()) {
        if (!item.contains(key)) item[key] = value;
        else if (item[key].is_object() && value.is_object())
            for (const auto& [inner, given] : value.items())
                if (!item[key].contains(inner)) item[key][inner] = given;
    }
}

std::optional<Json> Writer::media(Part& part) {
    Json inner = Json::object();
    auto type = part.mediaType == "image/jpg" ? "image/jpeg" : part.mediaType;
    auto data = part.data;
    const bool document = part.kind == Part::Kind::Document;
    if (document && data.empty() && part.url.empty() && (!part.text.empty() || !part.content.empty())) {
        auto text = part.text;
        for (auto& block : part.content) {
            if (block.kind != Part::Kind::Text) continue;
            block.taken = true;
            text += (text.empty() ? "" : "\n") + block.text;
        }
        if (!part.content.empty()) coerced(losses_, part.path, "Gemini has no documents in parts; their texts became one.");
        data = text::toBase64(text);
        type = "text/plain";
    }
    if (data.empty() && part.url.empty()) return std::nullopt;
    if (type.empty()) type = mediaTypeOf(part);
    const auto* key = data.empty() ? "fileData" : "inlineData";
    if (type.empty() && part.extras.family != kFamily) {
        type = defaultType(part.kind);
        defaulted(losses_, fmt::format("{}.mimeType", key), fmt::format("Gemini wants the kind of a file; it is {}.", type));
    }
    if (!type.empty()) inner["mimeType"] = type;
    if (data.empty()) inner["fileUri"] = part.url;
    else inner["data"] = data;
    const auto& name = part.name.empty() ? part.title : part.name;
    if (!name.empty() && (vertex_ || part.extras.family == kFamily)) inner["displayName"] = name;
    else if (!name.empty()) dropped(losses_, part.path + (part.name.empty() ? ".title" : ".filename"), "Gemini's files have no name.");
    if (!part.context.empty()) dropped(losses_, part.path + ".context", "Gemini's files have no context.");
    if (!part.detail.empty() && part.detail != "auto") dropped(losses_, part.path + ".detail", "Gemini has one resolution for all images of a request.");
    return Json{{key, std::move(inner)}};
}

Json Writer::call(Part& part) {
    Json inner = Json::object();
    if (!part.callId.empty()) inner["id"] = part.callId;
    inner["name"] = part.name;
    inner["args"] = part.arguments.is_object() ? part.arguments : Json::object();
    if (part.argumentsMalformed) coerced(losses_, part.path + ".arguments", "They are no JSON object; they stand in a field \"_raw\" of one.");
    Json item = {{"functionCall", std::move(inner)}};
    if (part.signature && part.signature->family == kFamily) item["thoughtSignature"] = part.signature->data;
    else if (part.signature) dropped(losses_, part.path + ".signature", "Gemini takes its own signatures alone.");
    return item;
}

/// One part of a turn that is no result; nothing where it has no place.
std::optional<Json> Writer::part(Part& part) {
    Json item;
    switch (part.kind) {
    case Part::Kind::Text:
        part.taken = true;
        mark(part.cache, part.path);
        if (part.text.empty()) return std::nullopt;
        item = {{"text", part.text}};
        for (std::size_t i = 0; i < part.citations.size(); ++i) dropped(losses_, fmt::format("{}.citations[{}]", part.path, i), "Gemini takes no citations in a request.");
        restorePart(part, item);
        return item;
    case Part::Kind::Refusal:
        item = {{"text", part.text}};
        coerced(losses_, part.path, "Gemini has no refusals in a conversation; it became a text.");
        break;
    case Part::Kind::Image:
    case Part::Kind::Audio:
    case Part::Kind::Video:
    case Part::Kind::Document: {
        auto written = media(part);
        if (!written) return std::nullopt;
        item = std::move(*written);
        break;
    }
    case Part::Kind::ToolCall: item = call(part); break;
    case Part::Kind::Thinking:
        // Signatures without a text are seen to by assistant().
        item = {{"text", part.text}, {"thought", true}};
        if (part.signature && part.signature->family == kFamily) item["thoughtSignature"] = part.signature->data;
        else if (part.signature) dropped(losses_, part.path + ".signature", "Gemini takes its own signatures alone.");
        break;
    case Part::Kind::Opaque:
        if (part.extras.family != kFamily) return std::nullopt;
        part.taken = true;
        return part.opaque;
    default: return std::nullopt;
    }
    part.taken = true;
    mark(part.cache, part.path);
    restorePart(part, item);
    return item;
}

void Writer::result(Part& given) {
    given.taken = true;
    mark(given.cache, given.path);
    std::string text;
    int texts = 0;
    Json media = Json::array();
    for (auto& inner : given.content) {
        if (inner.kind == Part::Kind::Text) {
            inner.taken = true;
            inner.extras.taken = inner.extras.family == kFamily;
            if (texts++ > 0) text += "\n";
            text += inner.text;
            continue;
        }
        auto item = part(inner);
        if (!item) continue;
        if (model_.toolsWithJson && (item->contains("inlineData") || item->contains("fileData"))) {
            media.push_back(std::move(*item));
        } else {
            coerced(losses_, inner.path, "This model's results of calls are text alone; it went into a user's turn after them.");
            beside_.push_back(std::move(*item));
        }
    }
    if (texts > 1) coerced(losses_, given.path, "Gemini's results are one object; the texts became one, line by line.");
    if (given.name.empty()) {
        given.name = given.callId.empty() ? "tool" : given.callId;
        defaulted(losses_, "functionResponse.name", fmt::format("Gemini wants the name of the call that it answers; it is \"{}\".", given.name));
    }
    // An object goes as it is where it reads back as the same text.
    Json response = isShallow(text) ? Json::parse(text, nullptr, false) : Json();
    const auto only = [&](const char* word) { return response.size() == 1 && response.contains(word) && response[word].is_string(); };
    if (given.isError) response = {{"error", text}};
    else if (!response.is_object() || dump(response) != text || only("output") || only("error")) response = {{"output", text}};
    Json inner = Json::object();
    if (!given.callId.empty()) inner["id"] = given.callId;
    inner["name"] = given.name;
    inner["response"] = std::move(response);
    if (!media.empty()) inner["parts"] = std::move(media);
    Json item = {{"functionResponse", std::move(inner)}};
    restorePart(given, item);
    results_.push_back(std::move(item));
}

void Writer::add(const char* role, Json parts) {
    if (parts.empty()) return;
    contents_.push_back({{"role", role}, {"parts", std::move(parts)}});
}

/// Results of one turn's calls stand in one turn.
void Writer::flush() {
    add("user", std::exchange(results_, Json::array()));
    add("user", std::exchange(beside_, Json::array()));
}

void Writer::user(ChatMessage& message) {
    Json parts = Json::array();
    for (auto& given : message.parts) {
        if (given.kind == Part::Kind::ToolResult) result(given);
        else if (auto item = part(given)) parts.push_back(std::move(*item));
    }
    if (!message.name.empty()) dropped(losses_, message.path + ".name", "Gemini has no names of participants.");
    if (parts.empty()) return;
    flush();
    add("user", std::move(parts));
}

void Writer::assistant(ChatMessage& message, bool current) {
    flush();
    Json parts = Json::array();
    Json last = Json::array();
    std::string forText;   ///< A signature that waits for the text it stood on.
    bool called = false;
    const auto isText = [](const Json& item) { return item.contains("text") && !item.contains("thought") && !item.contains("thoughtSignature"); };
    for (auto& given : message.parts) {
        if (given.kind == Part::Kind::Thinking && given.text.empty()) {
            given.taken = true;
            const bool own = given.signature && given.signature->family == kFamily;
            if (given.signature && !own) dropped(losses_, given.path, "Gemini takes its own signatures alone.");
            if (!own) continue;
            const auto& data = given.signature->data;
            if (given.signature->id == "thought") parts.push_back({{"text", ""}, {"thought", true}, {"thoughtSignature", data}});
            else if (given.signature->id.empty()) last.push_back({{"text", ""}, {"thoughtSignature", data}});
            else if (!parts.empty() && isText(parts.back())) parts.back()["thoughtSignature"] = data;
            else forText = data;
            continue;
        }
        auto item = part(given);
        if (!item) continue;
        if (!forText.empty() && isText(*item)) (*item)["thoughtSignature"] = std::exchange(forText, {});
        if (given.kind == Part::Kind::ToolCall && !std::exchange(called, true) && current && model_.signedCalls && !item->contains("thoughtSignature")) {
            (*item)["thoughtSignature"] = kUnsigned;
            defaulted(losses_, "thoughtSignature", "This model wants every call that it made itself signed; the stand-in tells it not to look.");
        }
        parts.push_back(std::move(*item));
    }
    if (!forText.empty()) last.push_back({{"text", ""}, {"thoughtSignature", forText}});
    for (auto& item : last) parts.push_back(std::move(item));
    if (!message.name.empty()) dropped(losses_, message.path + ".name", "Gemini has no names of participants.");
    add("model", std::move(parts));
}

void Writer::system(ChatMessage& message) {
    if (!contents_.empty() || !results_.empty()) coerced(losses_, message.path, "Gemini has no system prompts within the conversation; it went to the top.");
    else if (systems_ > 0) coerced(losses_, message.path, "Gemini has one system prompt; it was joined to the one before.");
    else if (message.role == Role::Developer) coerced(losses_, message.path + ".role", "Gemini has one kind of system prompt.");
    ++systems_;
    if (!message.name.empty()) dropped(losses_, message.path + ".name", "Gemini has no names of participants.");
    for (auto& given : message.parts) {
        if (given.kind != Part::Kind::Text) continue;
        if (auto item = part(given)) system_.push_back(std::move(*item));
    }
}

void Writer::turns(Json& body) {
    // The turn under way began with the last message that is no answer to a call.
    std::size_t begun = 0;
    for (std::size_t i = 0; i < request_.messages.size(); ++i) {
        const auto& message = request_.messages[i];
        if (message.role != Role::User) continue;
        if (std::any_of(message.parts.begin(), message.parts.end(), [](const Part& part) { return part.kind != Part::Kind::ToolResult; })) begun = i;
    }
    for (std::size_t i = 0; i < request_.messages.size(); ++i) {
        auto& message = request_.messages[i];
        const auto before = contents_.size() + results_.size() + system_.size();
        if (message.role == Role::System || message.role == Role::Developer) system(message);
        else if (message.role == Role::Assistant) assistant(message, i > begun);
        else user(message);
        if (message.extras.family == kFamily) message.extras.taken = true;
        if (message.parts.empty() && contents_.size() + results_.size() + system_.size() == before) dropped(losses_, message.path, "Gemini takes no turn without content.");
    }
    flush();
    if (contents_.empty() && !system_.empty()) {
        coerced(losses_, "messages", "Gemini wants a turn of the user's; the system prompt stands there.");
        add("user", std::exchange(system_, Json::array()));
    }
    body["contents"] = std::move(contents_);
    if (!system_.empty()) body["systemInstruction"] = {{"parts", std::move(system_)}};
}

void Writer::tools(Json& body) {
    Json declarations = Json::array();
    Json others = Json::array();
    const auto mode = request_.toolChoice ? request_.toolChoice->mode : ToolChoice::Mode::Auto;
    const bool strict = std::all_of(request_.tools.begin(), request_.tools.end(),
                                    [](const Tool& tool) { return tool.kind != Tool::Kind::Function || tool.strict.value_or(false); });
    for (auto& tool : request_.tools) {
        if (writeOpaqueTool(tool, kFamily, others)) continue;
        tool.taken = true;
        Json item = {{"name", tool.name}};
        if (!tool.description.empty()) item["description"] = tool.description;
        if (!tool.parameters.is_null()) item["parametersJsonSchema"] = geminiSchema(tool.parameters, tool.path + ".parameters", losses_);
        if (tool.strict && !(strict && mode == ToolChoice::Mode::Auto)) dropped(losses_, tool.path + ".strict", "Gemini holds to schemas for all tools of a request or none.");
        mark(tool.cache, tool.path);
        restore(tool.extras, kFamily, item);
        declarations.push_back(std::move(item));
    }
    Json list = Json::array();
    if (!declarations.empty()) list.push_back({{"functionDeclarations", std::move(declarations)}});
    for (auto& other : others) list.push_back(std::move(other));
    if (!list.empty()) body["tools"] = std::move(list);
}

void Writer::toolConfig(Json& body) {
    const auto* choice = request_.toolChoice.take();
    if (request_.parallelToolCalls && *request_.parallelToolCalls) request_.parallelToolCalls.take();
    const auto functions = std::count_if(request_.tools.begin(), request_.tools.end(), [](const Tool& tool) { return tool.kind == Tool::Kind::Function; });
    const bool strict = functions > 0 && std::all_of(request_.tools.begin(), request_.tools.end(),
                                                     [](const Tool& tool) { return tool.kind != Tool::Kind::Function || tool.strict.value_or(false); });
    if (functions == 0) {
        if (choice != nullptr && choice->mode != ToolChoice::Mode::None && choice->mode != ToolChoice::Mode::Auto)
            dropped(losses_, request_.toolChoice.path, "There is no tool left to choose.");
        return;
    }
    Json config = Json::object();
    const auto mode = choice != nullptr ? choice->mode : ToolChoice::Mode::Auto;
    if (mode == ToolChoice::Mode::None) config["mode"] = "NONE";
    else if (mode != ToolChoice::Mode::Auto) config["mode"] = "ANY";
    else if (strict) config["mode"] = "VALIDATED";
    else if (choice != nullptr) config["mode"] = "AUTO";
    if (mode == ToolChoice::Mode::Named) config["allowedFunctionNames"] = Json::array({choice->name});
    else if (choice != nullptr && !choice->allowed.empty() && mode != ToolChoice::Mode::None) {
        config["allowedFunctionNames"] = choice->allowed;
        if (mode == ToolChoice::Mode::Auto && !strict) {
            config["mode"] = "VALIDATED";
            coerced(losses_, request_.toolChoice.path, "Gemini has a list of allowed tools only where it holds calls to their schemas.");
        }
    }
    if (choice != nullptr && mode == ToolChoice::Mode::Required && choice->allowed.size() == 1)
        coerced(losses_, request_.toolChoice.path, "One allowed tool that must be called is that tool by its name.");
    if (!config.empty()) body["toolConfig"]["functionCallingConfig"] = std::move(config);
}

void Writer::sampling(Json& config) {
    const auto write = [&](auto& given, const char* key) {
        if (const auto* value = given.take()) config[key] = *value;
    };
    write(request_.temperature, "temperature"), write(request_.topP, "topP"), write(request_.topK, "topK"), write(request_.n, "candidateCount");
    write(request_.maxTokens, "maxOutputTokens");
    if (const auto* stop = request_.stop.take(); stop != nullptr && !stop->empty()) {
        Json words = Json::array();
        for (std::size_t i = 0; i < stop->size(); ++i) {
            if (i < kMostStops) words.push_back((*stop)[i]);
            else dropped(losses_, fmt::format("{}[{}]", request_.stop.path, i), "Gemini takes five stop sequences.");
        }
        config["stopSequences"] = std::move(words);
    }
    write(request_.seed, "seed"), write(request_.presencePenalty, "presencePenalty"), write(request_.frequencyPenalty, "frequencyPenalty");
    write(request_.logprobs, "responseLogprobs"), write(request_.topLogprobs, "logprobs");
    if (const auto* modalities = request_.modalities.take(); modalities != nullptr && *modalities != std::vector<std::string>{"text"}) {
        Json words = Json::array();
        for (const auto& word : *modalities) words.push_back(upper(word));
        config["responseModalities"] = std::move(words);
    }
}

void Writer::format(Json& config, bool hasTools) {
    const auto* format = request_.outputFormat.take();
    if (format == nullptr || format->kind == OutputFormat::Kind::Text) return;
    const auto& path = request_.outputFormat.path;
    if (hasTools && !model_.toolsWithJson) return dropped(losses_, path, "This model takes no format of the answer in a request with tools.");
    config["responseMimeType"] = "application/json";
    if (format->kind == OutputFormat::Kind::JsonObject) return;
    if (!format->schema.is_null()) config["responseJsonSchema"] = geminiSchema(format->schema, path, losses_);
    if (!format->name.empty()) dropped(losses_, path + ".name", "Gemini's schemas have no name.");
    if (!format->description.empty()) dropped(losses_, path + ".description", "Gemini's output format has a schema alone.");
}

void Writer::budget(Json& thinking, std::int64_t tokens) {
    // 2.5's bounds; models that think by levels take what older clients say.
    auto fits = tokens;
    if (!model_.levels) fits = std::clamp<std::int64_t>(tokens, model_.pro ? 128 : 0, model_.pro ? 32768 : 24576);
    if (fits != tokens) coerced(losses_, request_.reasoning.path, fmt::format("The budget of thinking is {} tokens, the nearest that this model takes.", fits));
    thinking["thinkingBudget"] = fits;
}

void Writer::level(Json& thinking, std::string effort) {
    const auto wanted = effort;
    if (effort == "xhigh" || effort == "max") effort = "high";
    if (effort == "none") effort = "minimal";
    if (effort == "minimal" && model_.pro) effort = "low";
    if (effort != wanted) coerced(losses_, request_.reasoning.path, fmt::format("The effort \"{}\" became the level {}, the nearest that this model has.", wanted, upper(effort)));
    thinking["thinkingLevel"] = upper(effort);
}

void Writer::thinking(Json& config) {
    const auto* wanted = request_.reasoning.take();
    if (wanted == nullptr) return;
    using Mode = Reasoning::Mode;
    const auto& path = request_.reasoning.path;
    Json thinking = Json::object();
    if (wanted->mode == Mode::Off) {
        if (model_.levels) level(thinking, "none");
        else budget(thinking, 0);
    } else if (wanted->budgetTokens) {
        budget(thinking, *wanted->budgetTokens);
        if (!wanted->effort.empty()) dropped(losses_, path + ".effort", "Gemini takes a budget or a level, not both.");
    } else if (!wanted->effort.empty() && model_.levels) {
        level(thinking, wanted->effort);
    } else if (!wanted->effort.empty()) {
        const auto tokens = budgetOfEffort(wanted->effort);
        coerced(losses_, path, fmt::format("This model thinks by a budget; the effort \"{}\" became one.", wanted->effort));
        budget(thinking, std::min<std::int64_t>(tokens, model_.pro ? 32768 : 24576));
    } else if (wanted->mode == Mode::Adaptive) {
        thinking["thinkingBudget"] = -1;
    }
    // OpenAI's effort alone asks for no thoughts; the settings of those whose answers hold them do.
    const bool shown = path.ends_with("thinking") || (path == "reasoning" && request_.extras.family == Family::OpenAiChat) || !wanted->summary.empty();
    if (wanted->mode != Mode::Off && wanted->includeThoughts.value_or(shown && wanted->display != "omitted")) thinking["includeThoughts"] = true;
    if (wanted->mode == Mode::Unsaid && !wanted->effort.empty()) coerced(losses_, path, "An effort is one of thinking here.");
    if (!wanted->display.empty()) coerced(losses_, path + ".display", "Gemini tells summaries of its thoughts, or none.");
    if (!wanted->summary.empty() && wanted->summary != "auto") coerced(losses_, path + ".summary", "Gemini tells its thoughts in one way.");
    if (!thinking.empty()) config["thinkingConfig"] = std::move(thinking);
}

/// What the body held that has no neutral place: each stands under its path.
void Writer::extras(Json& body) {
    auto& extras = request_.extras;
    if (extras.family != kFamily) return;
    extras.taken = true;
    for (const auto& [path, value] : extras.members.items()) {
        auto* into = &body;
        std::string_view rest = path;
        // A dot in a name of the client's own is none of these paths.
        const bool nested = path.starts_with("generationConfig.") || path.starts_with("toolConfig.");
        for (auto dot = rest.find('.'); nested && dot != std::string_view::npos; dot = rest.find('.')) {
            auto& inner = (*into)[std::string(rest.substr(0, dot))];
            if (!inner.is_null() && !inner.is_object()) break;
            into = &inner;
            rest.remove_prefix(dot + 1);
        }
        if (const std::string key(rest); !into->contains(key)) (*into)[key] = value;
    }
}

Json Writer::write() {
    takeDefaults(request_);
    model_ = geminiModel(request_.model ? *request_.model : std::string());
    request_.model.taken = true;
    request_.stream.taken = true;        // Both stand in the path.
    request_.includeUsage.taken = true;  // Its streams always hold usage.
    Json body = Json::object();
    turns(body);
    tools(body);
    toolConfig(body);
    Json config = Json::object();
    sampling(config);
    format(config, body.contains("tools"));
    thinking(config);
    if (!config.empty()) body["generationConfig"] = std::move(config);
    if (const auto* safety = request_.safetySettings.take()) body["safetySettings"] = *safety;
    const auto isLabel = [](const Json& value) {
        if (!value.is_string() || value.get_ref<const std::string&>().size() > 63) return false;
        const auto& text = value.get_ref<const std::string&>();
        return std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
    };
    if (request_.metadata && (request_.extras.family == kFamily || (vertex_ && std::all_of(request_.metadata->begin(), request_.metadata->end(), isLabel))))
        body["labels"] = *request_.metadata.take();
    if (const auto* tier = request_.serviceTier.take()) {
        if (*tier == "default") body["serviceTier"] = "standard";
        else if (*tier == "flex" || *tier == "priority") body["serviceTier"] = *tier;
        else if (*tier == "auto") coerced(losses_, request_.serviceTier.path, "It is what Gemini does where no tier is named.");
        else dropped(losses_, request_.serviceTier.path, fmt::format("Gemini has no service tier \"{}\".", *tier));
    }
    if (request_.cache) {
        request_.cache.take();
        coerced(losses_, request_.cache.path, "The provider caches the beginning of prompts by itself, for as long as it chooses.");
    }
    extras(body);
    return body;
}

}  // namespace

GeminiModel geminiModel(std::string_view name) {
    GeminiModel facts;
    const auto at = name.find("gemini-");
    if (at == std::string_view::npos) return facts;
    name.remove_prefix(at + 7);
    facts.pro = name.find("-pro") != std::string_view::npos;
    const int major = !name.empty() && name[0] >= '0' && name[0] <= '9' ? name[0] - '0' : 9;
    const bool several = name.size() > 1 && name[1] >= '0' && name[1] <= '9';
    const bool newer = several || major >= 3;
    facts.levels = facts.signedCalls = facts.toolsWithJson = newer;
    return facts;
}

Json writeGemini(ChatRequest& request, Losses& losses, bool vertex) { return Writer(request, losses, vertex).write(); }

}  // namespace gatehouse::llm
