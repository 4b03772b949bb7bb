// cohere-chat: requests, written.
#include "llm/dialect/cohere.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::Cohere;
constexpr std::int64_t kMostK = 500;
constexpr double kLeastP = 0.01;
constexpr double kMostP = 0.99;
constexpr std::size_t kMostStops = 5;

class Writer {
  public:
    Writer(ChatRequest& request, Losses& losses) : request_(request), losses_(losses) {}

    Json write();

  private:
    std::optional<Json> document(Part& part);
    std::optional<Json> item(Part& part);
    void result(Part& part, Json& messages);
    void assistant(ChatMessage& message, Json& messages);
    void messages(Json& body);
    void tools(Json& body);
    void toolChoice(Json& body);
    void sampling(Json& body);
    void outputFormat(Json& body);
    void thinking(Json& body);
    void tell(Part& part) {
        if (part.cache) dropped(losses_, part.path + ".cache_control", "Cohere caches by itself, without marks.");
    }
    double within(const Given<double>& given, double least, double most, const char* sentence) {
        const auto fits = std::clamp(*given, least, most);
        if (fits != *given) coerced(losses_, given.path, sentence);
        return fits;
    }
    /// A lone text as a string.
    static Json plain(Json items) {
        if (items.size() == 1 && items[0].size() == 2 && items[0].contains("text")) return std::move(items[0]["text"]);
        return items;
    }

    ChatRequest& request_;
    Losses& losses_;
    Json documents_ = Json::array();
};

/// {"data": {"text", "title"?, ...}, "id"?}
std::optional<Json> Writer::document(Part& part) {
    std::string text = part.text;
    if (text.empty() && part.mediaType.starts_with("text/")) text = decodeBase64(part.data);
    for (auto& inner : part.content) {
        if (inner.kind != Part::Kind::Text) continue;
        inner.taken = true;
        text += inner.text;
    }
    if (text.empty()) return std::nullopt;
    part.taken = true;
    Json data = {{"text", std::move(text)}};
    const auto& title = part.title.empty() ? part.name : part.title;
    if (!title.empty()) data["title"] = title;
    if (!part.context.empty()) data["context"] = part.context;
    if (part.extras.family == kFamily && part.extras.members.contains("data")) data.update(part.extras.members["data"]);
    Json out = {{"data", std::move(data)}};
    if (part.extras.family == kFamily) {
        part.extras.members.erase("data");
        restore(part.extras, kFamily, out);
    }
    tell(part);
    return out;
}

std::optional<Json> Writer::item(Part& part) {
    Json out;
    switch (part.kind) {
    case Part::Kind::Text:
        part.taken = true;
        tell(part);
        if (part.text.empty()) return std::nullopt;
        out = {{"type", "text"}, {"text", part.text}};
        break;
    case Part::Kind::Refusal:
        coerced(losses_, part.path, "Cohere has no refusals in a conversation; it became a text.");
        out = {{"type", "text"}, {"text", part.text}};
        break;
    case Part::Kind::Thinking:
        part.taken = true;
        if (part.signature) dropped(losses_, part.path + ".signature", "Cohere's thinking is not signed.");
        if (part.text.empty()) return std::nullopt;
        out = {{"type", "thinking"}, {"thinking", part.text}};
        break;
    case Part::Kind::Image: {
        if (part.data.empty() && part.url.empty()) return std::nullopt;
        Json image = {{"url", part.data.empty() ? part.url : dataUrl(part.mediaType.empty() ? "image/png" : part.mediaType, part.data)}};
        if (!part.detail.empty()) image["detail"] = part.detail;
        out = {{"type", "image_url"}, {"image_url", std::move(image)}};
        tell(part);
        break;
    }
    case Part::Kind::Opaque:
        if (part.extras.family != kFamily) return std::nullopt;
        part.taken = true;
        return part.opaque;
    default: return std::nullopt;
    }
    part.taken = true;
    restore(part.extras, kFamily, out);
    return out;
}

void Writer::result(Part& part, Json& messages) {
    part.taken = true;
    tell(part);
    if (part.isError) dropped(losses_, part.path + ".is_error", "Cohere's tool results do not say that a call failed.");
    Json content = Json::array();
    for (auto& inner : part.content) {
        if (inner.kind == Part::Kind::Document) {
            if (auto written = document(inner)) content.push_back({{"type", "document"}, {"document", std::move(*written)}});
        } else if (inner.kind == Part::Kind::Text || (inner.kind == Part::Kind::Opaque && inner.extras.family == kFamily)) {
            if (auto written = item(inner)) content.push_back(std::move(*written));
        }
    }
    messages.push_back({{"role", "tool"}, {"tool_call_id", part.callId}, {"content", content.empty() ? Json("") : plain(std::move(content))}});
}

/// In a turn with calls, what the model said is its plan.
void Writer::assistant(ChatMessage& message, Json& messages) {
    Json calls = Json::array();
    for (auto& part : message.parts) {
        if (part.kind != Part::Kind::ToolCall) continue;
        part.taken = true;
        tell(part);
        if (part.signature) dropped(losses_, part.path + ".signature", "Cohere's calls are not signed.");
        Json call = {{"id", part.callId},
                     {"type", "function"},
                     {"function", {{"name", part.name}, {"arguments", part.argumentsMalformed ? part.text : dumpArguments(part.arguments)}}}};
        restore(part.extras, kFamily, call);
        calls.push_back(std::move(call));
    }
    int stage = 0;
    for (const auto& part : message.parts) {
        const int next = part.kind == Part::Kind::ToolCall ? 2 : part.kind == Part::Kind::Text ? 1 : 0;
        if (!calls.empty() && next < stage) {
            coerced(losses_, message.path, "Beside calls, Cohere has what was thought, then a plan, then the calls; the order is lost.");
            break;
        }
        stage = next;
    }
    Json content = Json::array();
    Json citations = Json::array();
    std::string plan;
    int texts = 0;
    for (auto& part : message.parts) {
        if (part.kind == Part::Kind::ToolCall) continue;
        std::size_t i = 0;
        for (const auto& citation : part.citations) {
            if (citation.value("family", -1) == static_cast<int>(kFamily)) citations.push_back(citation["raw"]);
            else dropped(losses_, fmt::format("{}.annotations[{}]", part.path, i), "Cohere takes its own citations alone.");
            ++i;
        }
        if (!calls.empty() && part.kind == Part::Kind::Text) {
            part.taken = true;
            tell(part);
            plan += part.text;
            if (!part.text.empty() && ++texts == 2) coerced(losses_, message.path, "Cohere has one plan beside calls; the texts were joined.");
            continue;
        }
        if (auto written = item(part)) content.push_back(std::move(*written));
    }
    if (content.empty() && calls.empty() && plan.empty()) {
        if (message.parts.empty()) dropped(losses_, message.path, "Cohere refuses turns without content.");
        return;
    }
    Json out = {{"role", "assistant"}};
    if (!content.empty()) out["content"] = plain(std::move(content));
    if (!plan.empty()) out["tool_plan"] = plan;
    if (!calls.empty()) out["tool_calls"] = std::move(calls);
    if (!citations.empty()) out["citations"] = std::move(citations);
    restore(message.extras, kFamily, out);
    messages.push_back(std::move(out));
}

void Writer::messages(Json& body) {
    Json messages = Json::array();
    for (auto& message : request_.messages) {
        if (!message.name.empty()) dropped(losses_, message.path + ".name", "Cohere has no names of participants.");
        if (message.role == Role::Assistant) {
            assistant(message, messages);
            continue;
        }
        // Results first: they answer the calls before them.
        for (auto& part : message.parts)
            if (part.kind == Part::Kind::ToolResult) result(part, messages);
        Json content = Json::array();
        for (auto& part : message.parts) {
            if (part.kind == Part::Kind::Document) {
                if (auto written = document(part)) {
                    documents_.push_back(std::move(*written));
                    if (!part.path.starts_with("documents[")) coerced(losses_, part.path, "Cohere's documents stand beside the conversation, not in a turn of it.");
                }
            } else if (part.kind != Part::Kind::ToolResult) {
                if (auto written = item(part)) content.push_back(std::move(*written));
            }
        }
        const bool onlyDocuments = content.empty() && std::any_of(message.parts.begin(), message.parts.end(), [](const Part& part) {
            return part.kind == Part::Kind::Document && part.taken;
        });
        if (onlyDocuments && message.role == Role::User) {
            defaulted(losses_, fmt::format("messages[{}].content", messages.size()), "Cohere's documents need a question; a short one was added.");
            content.push_back({{"type", "text"}, {"text", "(See the documents.)"}});
        }
        if (message.role == Role::Tool || (content.empty() && std::any_of(message.parts.begin(), message.parts.end(), [](const Part& part) { return part.taken; }))) {
            message.extras.taken |= message.extras.family == kFamily;
            continue;
        }
        if (content.empty()) {
            if (message.parts.empty()) dropped(losses_, message.path, "Cohere refuses turns without content.");
            continue;
        }
        if (message.role == Role::Developer) coerced(losses_, message.path + ".role", "Cohere has one kind of system prompt.");
        Json out = {{"role", message.role == Role::User ? "user" : "system"}, {"content", plain(std::move(content))}};
        restore(message.extras, kFamily, out);
        messages.push_back(std::move(out));
    }
    body["messages"] = std::move(messages);
    if (!documents_.empty()) body["documents"] = std::move(documents_);
}

void Writer::tools(Json& body) {
    Json tools = Json::array();
    const auto* choice = request_.toolChoice ? &*request_.toolChoice : nullptr;
    int strict = 0;
    for (auto& tool : request_.tools) {
        if (writeOpaqueTool(tool, kFamily, tools)) continue;
        tool.taken = true;
        const bool named = choice != nullptr && choice->mode == ToolChoice::Mode::Named && choice->name != tool.name;
        if (named || isBarred(request_.toolChoice, tool)) {
            coerced(losses_, tool.path, "Cohere cannot choose among its tools, so this one, which was not asked for, was left out.");
            continue;
        }
        Json function = {{"name", tool.name}};
        if (!tool.description.empty()) function["description"] = tool.description;
        if (tool.parameters.is_null()) defaulted(losses_, tool.path + ".function.parameters", "Cohere demands a schema; it is one of an empty object.");
        function["parameters"] = tool.parameters.is_null() ? Json{{"type", "object"}, {"properties", Json::object()}} : tool.parameters;
        restore(tool.extras, kFamily, function);
        if (tool.strict && *tool.strict) ++strict;
        if (tool.cache) dropped(losses_, tool.path + ".cache_control", "Cohere caches by itself, without marks.");
        tools.push_back({{"type", "function"}, {"function", std::move(function)}});
    }
    if (tools.empty()) return;
    if (strict > 0) {
        body["strict_tools"] = true;
        if (strict < static_cast<int>(tools.size())) coerced(losses_, "tools", "Cohere is strict about all tools or none; it is about all.");
    } else {
        for (const auto& tool : request_.tools)
            if (tool.strict && !*tool.strict) coerced(losses_, tool.path + ".strict", "Cohere is not strict where nothing is said.");
    }
    body["tools"] = std::move(tools);
}

void Writer::toolChoice(Json& body) {
    const auto* choice = request_.toolChoice.take();
    if (choice == nullptr) return;
    const auto& path = request_.toolChoice.path;
    if (!body.contains("tools")) {
        if (choice->mode == ToolChoice::Mode::Required || choice->mode == ToolChoice::Mode::Named) dropped(losses_, path, "There is no tool left to choose.");
        return;
    }
    switch (choice->mode) {
    case ToolChoice::Mode::Auto: break;  // Where nothing is said, the model chooses.
    case ToolChoice::Mode::None: body["tool_choice"] = "NONE"; break;
    case ToolChoice::Mode::Required: body["tool_choice"] = "REQUIRED"; break;
    case ToolChoice::Mode::Named:
        coerced(losses_, path, "Cohere cannot name a tool; the one that was named is the only one, and it must be called.");
        body["tool_choice"] = "REQUIRED";
        break;
    }
}

void Writer::sampling(Json& body) {
    if (const auto* most = request_.maxTokens.take()) body["max_tokens"] = *most;
    if (request_.temperature.take() != nullptr) body["temperature"] = within(request_.temperature, 0, 2, "Cohere's temperatures are between 0 and 2.");
    if (request_.topP.take() != nullptr) body["p"] = within(request_.topP, kLeastP, kMostP, "Cohere's p is between 0.01 and 0.99.");
    if (const auto* topK = request_.topK.take()) {
        body["k"] = std::clamp<std::int64_t>(*topK, 0, kMostK);
        if (*topK < 0 || *topK > kMostK) coerced(losses_, request_.topK.path, "Cohere's k is between 0 and 500.");
    }
    if (const auto* seed = request_.seed.take()) body["seed"] = *seed;
    if (request_.frequencyPenalty.take() != nullptr) body["frequency_penalty"] = within(request_.frequencyPenalty, 0, 1, "Cohere's penalties are between 0 and 1.");
    if (request_.presencePenalty.take() != nullptr) body["presence_penalty"] = within(request_.presencePenalty, 0, 1, "Cohere's penalties are between 0 and 1.");
    if (const auto* logprobs = request_.logprobs.take()) body["logprobs"] = *logprobs;
    if (const auto* stop = request_.stop.take()) {
        Json words = Json::array();
        for (std::size_t i = 0; i < stop->size(); ++i) {
            if (i < kMostStops) words.push_back((*stop)[i]);
            else dropped(losses_, fmt::format("{}[{}]", request_.stop.path, i), "Cohere takes five stop sequences.");
        }
        body["stop_sequences"] = std::move(words);
    }
}

void Writer::outputFormat(Json& body) {
    const auto* format = request_.outputFormat.take();
    if (format == nullptr || format->kind == OutputFormat::Kind::Text) return;
    const auto& path = request_.outputFormat.path;
    Json out = {{"type", "json_object"}};
    if (format->kind == OutputFormat::Kind::JsonSchema && !format->schema.is_null()) {
        out["json_schema"] = format->schema;
        if (!format->name.empty()) dropped(losses_, path + ".name", "Cohere's output format has a schema alone.");
        if (!format->description.empty()) dropped(losses_, path + ".description", "Cohere's output format has a schema alone.");
        if (!format->strict || !*format->strict) coerced(losses_, path + ".strict", "Cohere always holds to the schema.");
    }
    body["response_format"] = std::move(out);
}

void Writer::thinking(Json& body) {
    using Mode = Reasoning::Mode;
    const auto* wanted = request_.reasoning.take();
    if (wanted == nullptr) return;
    const auto& path = request_.reasoning.path;
    if (!wanted->summary.empty()) dropped(losses_, path + ".summary", "Cohere has no such setting.");
    if (!wanted->display.empty()) dropped(losses_, path + ".display", "Cohere has no such setting.");
    if (wanted->includeThoughts) dropped(losses_, path + ".includeThoughts", "Cohere always tells what it thought.");
    if (wanted->mode == Mode::Off) {
        body["thinking"] = {{"type", "disabled"}};
        return;
    }
    if (wanted->mode == Mode::Unsaid && wanted->effort.empty() && !wanted->budgetTokens) return;
    Json out = {{"type", "enabled"}};
    if (wanted->budgetTokens) {
        out["token_budget"] = *wanted->budgetTokens;
        if (!wanted->effort.empty()) dropped(losses_, path + ".effort", "Cohere thinks by a budget, which was given as well.");
    } else if (!wanted->effort.empty()) {
        out["token_budget"] = budgetOfEffort(wanted->effort);
        coerced(losses_, path, fmt::format("Cohere thinks by a budget; the effort \"{}\" became {} tokens.", wanted->effort, budgetOfEffort(wanted->effort)));
    }
    if (wanted->mode == Mode::Adaptive) coerced(losses_, path, "Cohere does not think adaptively; it thinks.");
    body["thinking"] = std::move(out);
}

Json Writer::write() {
    takeDefaults(request_);
    Json body = Json::object();
    if (const auto* model = request_.model.take()) body["model"] = *model;
    messages(body);
    tools(body);
    toolChoice(body);
    sampling(body);
    outputFormat(body);
    thinking(body);
    if (request_.stream && *request_.stream) body["stream"] = true;
    request_.stream.taken = true;
    request_.includeUsage.taken = true;  // Its streams always hold usage.
    if (request_.cache.take() != nullptr) coerced(losses_, request_.cache.path, "Cohere caches by itself.");
    restore(request_.extras, kFamily, body);
    return body;
}

}  // namespace

Json writeCohere(ChatRequest& request, Losses& losses) { return Writer(request, losses).write(); }

}  // namespace gatehouse::llm
