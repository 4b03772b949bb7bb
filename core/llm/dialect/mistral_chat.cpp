// mistral-chat: OpenAI's chat where Mistral says it in other words, or not at all: ids of calls are nine letters and digits, thoughts are
// parts of the content, the last of an assistant's turns is a "prefix", "any" tool, random_seed, and fields that it does not know are
// refused. Sources: Mistral's API reference; its client's types; its errors 3230 (order of roles) and 3280 (ids of calls).
#include "llm/dialect/mistral_chat.h"

#include "llm/dialect/dialect.h"
#include "llm/dialect/openai_chat.h"

#include <algorithm>
#include <utility>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::Mistral;
constexpr std::size_t kCallId = 9;
constexpr double kMostTemperature = 1.5;

/// Everything of `from` in the request becomes one of `to`: what OpenAI's reader and writer do with their own family is right here too.
void retag(ChatRequest& request, Family from, Family to) {
    const auto change = [&](Extras& extras) {
        if (extras.family == from) extras.family = to;
    };
    const auto part = [&](auto& self, Part& each) -> void {
        change(each.extras);
        for (auto& inner : each.content) self(self, inner);
    };
    change(request.extras);
    for (auto& message : request.messages) {
        change(message.extras);
        for (auto& each : message.parts) part(part, each);
    }
    for (auto& tool : request.tools) {
        change(tool.extras);
        if (tool.family == from) tool.family = to;
    }
}

Result<ChatRequest> readRequest(const Json& json) {
    Json body = json;
    const auto rename = [&](const char* from, const char* to) {
        if (!body.contains(from)) return;
        if (!body.contains(to)) body[to] = body[from];
        body.erase(from);
    };
    rename("random_seed", "seed");
    if (body.contains("tool_choice") && body["tool_choice"] == "any") body["tool_choice"] = "required";
    if (body.contains("messages") && body["messages"].is_array())
        for (auto& message : body["messages"])
            if (message.is_object() && message.contains("prefix") && message["prefix"] == false) message.erase("prefix");
    auto request = readOpenAiChat(body);
    if (!request) return request;
    if (request->seed) request->seed.path = json.contains("random_seed") ? "random_seed" : "seed";
    retag(*request, Family::OpenAiChat, kFamily);
    return request;
}

/// Out of a writer's sight for a while: it stays untaken, and is told as lost.
template <class T>
class Held {
  public:
    explicit Held(T& place) : place_(place), kept_(std::exchange(place, T())) {}
    ~Held() { place_ = std::move(kept_); }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

  private:
    T& place_;
    T kept_;
};

/// What is lost of a conversation that OpenAI's writer has written.
void tellLosses(const ChatRequest& request, Losses& losses) {
    for (const auto& message : request.messages) {
        if (message.role == Role::Developer) coerced(losses, message.path + ".role", "Mistral has system prompts alone.");
        for (const auto& part : message.parts) {
            if (part.signature) dropped(losses, part.path, "Mistral takes no signatures of other models.");
            if (part.kind == Part::Kind::ToolCall && mistralCallId(part.callId) != part.callId)
                coerced(losses, part.path + ".id", "Mistral's ids of calls are nine letters and digits.");
        }
    }
    for (const auto& tool : request.tools)
        if (tool.kind == Tool::Kind::Function && tool.parameters.is_null())
            defaulted(losses, tool.path + ".parameters", "Mistral demands a schema; it is one of an empty object.");
}

void writeCalls(Json& message) {
    if (!message.contains("tool_calls")) return;
    for (auto& call : message["tool_calls"]) {
        call["id"] = mistralCallId(textOf(call, "id"));
        call.erase("extra_content");
    }
}

void writeMessage(Json& message, const ChatMessage* source, Losses& losses) {
    const auto path = source != nullptr ? source->path : std::string("messages");
    const auto role = textOf(message, "role");
    if (role == "developer") message["role"] = "system";
    if (role != "tool" && message.contains("name")) {
        dropped(losses, path + ".name", "Mistral's messages name no speaker.");
        message.erase("name");
    }
    writeCalls(message);
    if (role == "tool") message["tool_call_id"] = mistralCallId(textOf(message, "tool_call_id"));
    if (const auto refusal = textOf(message, "refusal"); !refusal.empty() && !message.contains("content")) message["content"] = refusal;
    for (const auto* key : {"refusal", "annotations", "audio", "function_call"}) message.erase(key);
    thoughtsIntoContent(message);
}

void writeTools(Json& body, Losses& losses) {
    if (!body.contains("tools")) return;
    for (auto& tool : body["tools"])
        if (tool.contains("function") && !tool["function"].contains("parameters"))
            tool["function"]["parameters"] = {{"type", "object"}, {"properties", Json::object()}};
    if (!body.contains("tool_choice")) return;
    auto& choice = body["tool_choice"];
    if (choice == "required") choice = "any";
    if (choice.is_object() && textOf(choice, "type") == "allowed_tools") {
        coerced(losses, "tool_choice", "Mistral's models choose among all tools.");
        const bool must = textOf(choice["allowed_tools"], "mode") == "required";
        choice = must ? "any" : "auto";
    }
}

Json writeRequest(ChatRequest& request, Losses& losses) {
    takeDefaults(request);
    request.includeUsage.take();
    retag(request, kFamily, Family::OpenAiChat);
    Json body;
    {
        const Held user(request.user);
        const Held bias(request.logitBias);
        const Held store(request.store);
        const Held logprobs(request.logprobs);
        const Held topLogprobs(request.topLogprobs);
        const Held topK(request.topK);
        const Held minP(request.minP);
        const Held repetition(request.repetitionPenalty);
        const Held verbosity(request.verbosity);
        const Held modalities(request.modalities);
        const Held audio(request.audioOutput);
        // What is written for models of other makers, by their names, is not for Mistral.
        const auto model = std::exchange(request.model.value, std::nullopt);
        if (model) request.model.value = "mistral";
        body = writeOpenAiChat(request, losses);
        request.model.value = model;
        if (model) body["model"] = *model;
    }
    tellLosses(request, losses);
    const auto rename = [&](const char* from, const char* to) {
        if (!body.contains(from)) return;
        body[to] = body[from];
        body.erase(from);
    };
    rename("max_completion_tokens", "max_tokens");
    rename("seed", "random_seed");
    body.erase("stream_options");
    body.erase("thinking");
    body.erase("cache_control");
    const bool aligned = body["messages"].size() == request.messages.size();
    std::size_t at = 0;
    for (auto& message : body["messages"]) {
        writeMessage(message, aligned ? &request.messages[at] : nullptr, losses);
        ++at;
    }
    if (!body["messages"].empty())
        if (auto& last = body["messages"].back(); textOf(last, "role") == "assistant" && !last.contains("tool_calls")) last["prefix"] = true;
    writeTools(body, losses);
    if (body.contains("temperature") && body["temperature"].is_number() && body["temperature"].get<double>() > kMostTemperature) {
        body["temperature"] = kMostTemperature;
        coerced(losses, request.temperature.path, "Mistral's temperature ends at 1.5.");
    }
    return body;
}

Json writeAnswer(ChatAnswer& answer, Losses& losses) {
    auto body = writeOpenAiAnswer(answer, losses);
    for (auto& choice : body["choices"]) {
        auto& message = choice["message"];
        const auto refusal = textOf(message, "refusal");
        if (!refusal.empty()) message["content"] = textOf(message, "content") + refusal;
        for (const auto* key : {"refusal", "annotations", "audio"}) message.erase(key);
        choice.erase("logprobs");
        choice.erase("stop_reason");
        writeCalls(message);
        thoughtsIntoContent(message);
    }
    return body;
}

/// {"object": "error", "message", "type", "param", "code"}
Json writeError(const ApiError& error) {
    auto inner = writeOpenAiError(error)["error"];
    Json out = {{"object", "error"}};
    out.update(inner);
    return out;
}

}  // namespace

std::string mistralCallId(std::string_view id) {
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    if (id.size() == kCallId && std::all_of(id.begin(), id.end(), plain)) return std::string(id);
    constexpr std::string_view kDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a, 64 bits.
    for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    std::string out;
    for (std::size_t i = 0; i < kCallId; ++i, hash /= kDigits.size()) out += kDigits[hash % kDigits.size()];
    return out;
}

Json mistralThought(std::string_view text) {
    return {{"type", "thinking"}, {"thinking", Json::array({{{"type", "text"}, {"text", text}}})}};
}

void thoughtsIntoContent(Json& message) {
    auto thoughts = textOf(message, "reasoning_content");
    if (thoughts.empty() && message.contains("thinking_blocks"))
        for (const auto& block : message["thinking_blocks"]) thoughts += textOf(block, "thinking");
    message.erase("reasoning_content");
    message.erase("thinking_blocks");
    if (thoughts.empty()) return;
    Json parts = Json::array({mistralThought(thoughts)});
    if (message.contains("content")) {
        auto& content = message["content"];
        if (content.is_string() && !content.get_ref<const std::string&>().empty()) parts.push_back({{"type", "text"}, {"text", content}});
        if (content.is_array())
            for (auto& part : content) parts.push_back(std::move(part));
    }
    message["content"] = std::move(parts);
}

const Dialect kMistralChat = {.name = "mistral-chat",
                              .family = kFamily,
                              .operation = Operation::Chat,
                              .modelInTarget = false,
                              .readRequest = readRequest,
                              .writeRequest = writeRequest,
                              .readAnswer = readOpenAiAnswer,
                              .writeAnswer = writeAnswer,
                              .streamReader = openAiChatReader,
                              .streamWriter = mistralChatWriter,
                              .readError = readOpenAiError,
                              .writeError = writeError,
                              .errorType = openAiErrorType};

}  // namespace gatehouse::llm
