// openai-completions, the legacy text API: a prompt in, a text out. A chat becomes a prompt only as a transcript, which is told.
#include "llm/dialect/dialect.h"
#include "llm/dialect/openai_chat.h"

#include <fmt/format.h>

#include <map>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::OpenAiCompletions;

void readPrompt(Members& body, ChatRequest& request) {
    if (!body.has("prompt")) return body.fail("prompt", "is missing");
    const auto* prompt = body.take("prompt");
    ChatMessage message;
    message.path = "prompt";
    message.contentWasText = true;
    message.extras.family = kFamily;
    Part part;
    part.path = "prompt";
    if (prompt->is_array() && prompt->size() == 1 && (*prompt)[0].is_string()) prompt = &(*prompt)[0];
    if (prompt->is_string()) part.text = prompt->get<std::string>();
    else body.fail("prompt", "must be one text: lists of prompts and of tokens have no equal in other dialects");
    if (!part.text.empty()) message.parts.push_back(std::move(part));
    request.messages.push_back(std::move(message));
}

Result<ChatRequest> readRequest(const Json& json) {
    ChatRequest request;
    Members body(json, "");
    readPrompt(body, request);
    readOpenAiSettings(body, request);
    if (const auto most = body.integer("max_tokens")) request.maxTokens.set(*most, "max_tokens");
    if (const auto logprobs = body.integer("logprobs")) {
        request.logprobs.set(true, "logprobs");
        request.topLogprobs.set(*logprobs, "logprobs");
    }
    if (const auto suffix = body.text("suffix"); suffix && !suffix->empty()) request.suffix.set(*suffix, "suffix");
    if (const auto echo = body.flag("echo")) request.echo.set(*echo, "echo");
    if (const auto best = body.integer("best_of"); best && *best > 1) {
        request.extras.members["best_of"] = *best;
    }
    auto rest = body.rest();
    rest.update(request.extras.members);
    request.extras = {kFamily, std::move(rest), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return request;
}

std::string_view speaker(Role role) {
    switch (role) {
    case Role::System:
    case Role::Developer: return "System";
    case Role::Assistant: return "Assistant";
    default: return "User";
    }
}

std::string writePrompt(ChatRequest& request, Losses& losses) {
    const auto textOf = [&](ChatMessage& message) {
        std::string text;
        int parts = 0;
        for (auto& part : message.parts) {
            if (part.kind != Part::Kind::Text) continue;
            part.taken = true;
            text += part.text;
            if (part.cache) dropped(losses, part.path + ".cache_control", "A prompt takes no cache marks.");
            if (++parts == 2) coerced(losses, message.path, "A prompt has no parts; they were joined.");
        }
        if (!message.name.empty()) dropped(losses, message.path + ".name", "A prompt has no names of participants.");
        return text;
    };
    if (request.messages.size() == 1 && request.messages[0].role == Role::User) return textOf(request.messages[0]);
    coerced(losses, "messages", "A prompt has no turns; they became a transcript.");
    std::string prompt;
    for (auto& message : request.messages) {
        const auto text = textOf(message);
        if (!text.empty()) prompt += fmt::format("{}: {}\n\n", speaker(message.role), text);
    }
    return prompt + "Assistant:";
}

Json writeRequest(ChatRequest& request, Losses& losses) {
    takeDefaults(request);
    Json body = Json::object();
    if (const auto* model = request.model.take()) body["model"] = *model;
    body["prompt"] = writePrompt(request, losses);
    if (const auto* most = request.maxTokens.take()) body["max_tokens"] = *most;
    writeOpenAiSettings(request, body);
    if (const auto* suffix = request.suffix.take()) body["suffix"] = *suffix;
    if (const auto* echo = request.echo.take()) body["echo"] = *echo;
    if (const auto* logprobs = request.logprobs.take(); logprobs != nullptr && *logprobs) {
        const auto* top = request.topLogprobs.take();
        body["logprobs"] = top != nullptr ? *top : 0;
    }
    restore(request.extras, kFamily, body);
    return body;
}

/// {tokens, token_logprobs, top_logprobs, text_offset} -> chat's {"content": [...]}.
Json readLogprobs(const Json& legacy) {
    if (!legacy.is_object() || !legacy.contains("tokens") || !legacy["tokens"].is_array()) return nullptr;
    const auto listOf = [&](const char* key) { return legacy.contains(key) && legacy[key].is_array() ? legacy[key] : Json::array(); };
    const auto values = listOf("token_logprobs");
    const auto tops = listOf("top_logprobs");
    Json content = Json::array();
    for (std::size_t i = 0; i < legacy["tokens"].size(); ++i) {
        const auto& token = legacy["tokens"][i];
        Json item = {{"token", token}, {"logprob", i < values.size() ? values[i] : Json(nullptr)}, {"bytes", nullptr}, {"top_logprobs", Json::array()}};
        if (i < tops.size() && tops[i].is_object())
            for (const auto& [text, logprob] : tops[i].items()) item["top_logprobs"].push_back({{"token", text}, {"logprob", logprob}, {"bytes", nullptr}});
        content.push_back(std::move(item));
    }
    return {{"content", std::move(content)}};
}

/// `offset`: characters of the choice's text before it; moved on.
Json writeLogprobs(const Json& logprobs, std::size_t& offset) {
    if (logprobs.is_null() || !logprobs.contains("content") || !logprobs["content"].is_array()) return nullptr;
    Json out = {{"tokens", Json::array()}, {"token_logprobs", Json::array()}, {"top_logprobs", Json::array()}, {"text_offset", Json::array()}};
    for (const auto& item : logprobs["content"]) {
        if (!item.is_object()) continue;
        const auto token = item.contains("token") && item["token"].is_string() ? item["token"].get<std::string>() : std::string();
        out["tokens"].push_back(token);
        out["token_logprobs"].push_back(item.contains("logprob") ? item["logprob"] : Json(nullptr));
        Json top = Json::object();
        if (item.contains("top_logprobs") && item["top_logprobs"].is_array())
            for (const auto& other : item["top_logprobs"])
                if (other.is_object() && other.contains("token") && other["token"].is_string()) top[other["token"].get<std::string>()] = other.contains("logprob") ? other["logprob"] : Json(nullptr);
        out["top_logprobs"].push_back(std::move(top));
        out["text_offset"].push_back(offset);
        offset += characters(token);
    }
    return out;
}

Result<ChatAnswer> readAnswer(const Json& json) {
    ChatAnswer answer;
    Members body(json, "");
    body.take("object");
    answer.id = body.text("id").value_or("");
    answer.model = body.text("model").value_or("");
    answer.created = body.integer("created").value_or(0);
    answer.systemFingerprint = body.text("system_fingerprint").value_or("");
    if (const auto* usage = body.object("usage")) answer.usage = readOpenAiUsage(*usage);
    const auto* choices = body.array("choices");
    if (choices == nullptr) body.fail("choices", "is missing");
    for (std::size_t i = 0; choices != nullptr && i < choices->size(); ++i) {
        Choice choice;
        choice.path = fmt::format("choices[{}]", i);
        Members members((*choices)[i], choice.path);
        choice.index = static_cast<int>(members.integer("index").value_or(0));
        Part part;
        part.text = members.text("text").value_or("");
        part.path = members.pathOf("text");
        if (!part.text.empty()) choice.parts.push_back(std::move(part));
        choice.rawFinish = members.text("finish_reason").value_or("");
        choice.finish = readOpenAiFinish(choice.rawFinish);
        if (members.has("stop_reason") && members.peek("stop_reason")->is_string()) {
            choice.stopSequence = members.text("stop_reason").value_or("");
            if (choice.finish == FinishReason::Stop) choice.finish = FinishReason::StopSequence;
        }
        if (const auto* logprobs = members.object("logprobs")) choice.logprobs = readLogprobs(*logprobs);
        choice.extras = {kFamily, members.rest(), choice.path, false};
        body.adopt(members);
        answer.choices.push_back(std::move(choice));
    }
    answer.extras = {kFamily, body.rest(), "", false};
    if (body.failure()) return tl::unexpected(*body.failure());
    return answer;
}

/// There are no calls here.
std::string_view finishOf(FinishReason finish) { return finish == FinishReason::ToolCalls ? "stop" : writeOpenAiFinish(finish, false); }

Json writeAnswer(ChatAnswer& answer, Losses&) {
    Json out = {{"id", answer.id.empty() ? "cmpl-" + std::to_string(secondsNow()) : answer.id},
                {"object", "text_completion"},
                {"created", answer.created != 0 ? answer.created : secondsNow()},
                {"model", answer.model}};
    Json choices = Json::array();
    for (auto& choice : answer.choices) {
        std::string text;
        for (auto& part : choice.parts) {
            if (part.kind != Part::Kind::Text && part.kind != Part::Kind::Refusal) continue;
            part.taken = true;
            text += part.text;
        }
        std::size_t offset = 0;
        Json item = {{"index", choice.index}, {"text", text}, {"logprobs", writeLogprobs(choice.logprobs, offset)}, {"finish_reason", finishOf(choice.finish)}};
        if (!choice.stopSequence.empty()) item["stop_reason"] = choice.stopSequence;
        restore(choice.extras, kFamily, item);
        choices.push_back(std::move(item));
    }
    out["choices"] = std::move(choices);
    if (answer.usage.known) out["usage"] = writeOpenAiUsage(answer.usage);
    if (!answer.systemFingerprint.empty()) out["system_fingerprint"] = answer.systemFingerprint;
    restore(answer.extras, kFamily, out);
    return out;
}

class Reader final : public StreamReader {
  public:
    void feed(std::string_view bytes, std::vector<StreamEvent>& out) override {
        out_ = &out;
        sse_.feed(bytes);
        if (sse_.overflowed() && !over_) fail("The provider sent an event of more than 16 MiB.");
    }

    void finish(std::vector<StreamEvent>& out) override {
        out_ = &out;
        if (over_) return;
        if (sse_.unfinished()) fault("the stream ended within an event");
        fault("the stream ended without [DONE]");
        tracker_.closeAll(out);
    }

  private:
    void fail(std::string message) {
        StreamEvent event;
        event.kind = StreamEvent::Kind::Error;
        event.error = {502, "", "", std::move(message), ""};
        out_->push_back(std::move(event));
        over_ = true;
    }

    void onEvent(std::string_view data) {
        ++events;
        if (over_) return fault("an event came after the end");
        if (data == "[DONE]") {
            for (const auto& [index, finished] : finished_)
                if (!finished) fault(fmt::format("[DONE] came before the finish_reason of choice {}", index));
            tracker_.closeAll(*out_);
            StreamEvent event;
            event.kind = StreamEvent::Kind::End;
            out_->push_back(std::move(event));
            over_ = true;
            return;
        }
        const auto json = Json::parse(data, nullptr, false);
        if (!json.is_object()) {
            fault("an event is no JSON object");
            return fail("The provider sent a chunk that is no JSON.");
        }
        if (const auto error = json.find("error"); error != json.end() && !error->is_null()) {
            StreamEvent event;
            event.kind = StreamEvent::Kind::Error;
            event.error = readOpenAiError(500, json);
            out_->push_back(std::move(event));
            over_ = true;
            return;
        }
        auto answer = readAnswer(json);
        if (!answer) return fault(answer.error().message);
        chunk(*answer);
    }

    void chunk(ChatAnswer& answer) {
        if (!started_) {
            started_ = true;
            StreamEvent event;
            event.kind = StreamEvent::Kind::Start;
            event.id = answer.id;
            event.model = answer.model;
            event.created = answer.created;
            event.systemFingerprint = answer.systemFingerprint;
            out_->push_back(std::move(event));
        }
        for (auto& choice : answer.choices) {
            auto& finished = finished_[choice.index];
            if (finished) fault(fmt::format("content came after the finish_reason of choice {}", choice.index));
            if (!choice.parts.empty() || !choice.logprobs.is_null()) {
                StreamEvent delta;
                if (!choice.parts.empty()) delta.content.text = std::move(choice.parts[0].text);
                delta.logprobs = std::move(choice.logprobs);
                tracker_.add(choice.index, Part::Kind::Text, std::move(delta), *out_);
            }
            if (choice.rawFinish.empty() || finished) continue;
            finished = true;
            tracker_.close(choice.index, *out_);
            StreamEvent event;
            event.kind = StreamEvent::Kind::Finish;
            event.choice = choice.index;
            event.finish = choice.finish;
            event.rawFinish = choice.rawFinish;
            event.stopSequence = choice.stopSequence;
            out_->push_back(std::move(event));
        }
        if (answer.usage.known) {
            StreamEvent event;
            event.kind = StreamEvent::Kind::Usage;
            event.usage = answer.usage;
            out_->push_back(std::move(event));
        }
    }

    SseParser sse_{[this](std::string_view, std::string_view data) { onEvent(data); }};
    PartTracker tracker_;
    std::vector<StreamEvent>* out_ = nullptr;
    std::map<int, bool> finished_;
    bool started_ = false;
    bool over_ = false;
};

class Writer final : public StreamWriter {
  public:
    Writer(std::string_view model, bool includeUsage) : model_(model), includeUsage_(includeUsage) {}

    void write(const StreamEvent& event, std::string& out) override {
        using Kind = StreamEvent::Kind;
        switch (event.kind) {
        case Kind::Start:
            id_ = event.id.empty() ? "cmpl-" + std::to_string(secondsNow()) : event.id;
            if (!event.model.empty()) model_ = event.model;
            created_ = event.created != 0 ? event.created : secondsNow();
            return;
        case Kind::PartStart:
            kinds_[event.choice] = event.content.kind;
            if (event.content.kind != Part::Kind::Text && event.content.kind != Part::Kind::Refusal)
                dropped(losses, event.content.path, "Completions are text alone.");
            return;
        case Kind::PartDelta: {
            const auto kind = kinds_[event.choice];
            if (kind != Part::Kind::Text && kind != Part::Kind::Refusal) return;
            auto& offset = offsets_[event.choice];
            auto logprobs = writeLogprobs(event.logprobs, offset);
            if (logprobs.is_null()) offset += characters(event.content.text);
            return chunk({{"index", event.choice}, {"text", event.content.text}, {"logprobs", std::move(logprobs)}, {"finish_reason", nullptr}}, out);
        }
        case Kind::Finish: {
            Json item = {{"index", event.choice}, {"text", ""}, {"logprobs", nullptr}, {"finish_reason", finishOf(event.finish)}};
            if (!event.stopSequence.empty()) item["stop_reason"] = event.stopSequence;
            return chunk(std::move(item), out);
        }
        case Kind::Usage: usage_ = event.usage; return;
        case Kind::End:
            if (includeUsage_ && usage_.known) {
                auto last = head();
                last["choices"] = Json::array();
                last["usage"] = writeOpenAiUsage(usage_);
                writeSse(out, "", dump(last));
            }
            return writeSse(out, "", "[DONE]");
        default: return;
        }
    }

    void fail(const ApiError& error, std::string& out) override { writeSse(out, "", dump(writeOpenAiError(error))); }

  private:
    Json head() const { return {{"id", id_}, {"object", "text_completion"}, {"created", created_}, {"model", model_}}; }

    void chunk(Json choice, std::string& out) const {
        auto json = head();
        json["choices"] = Json::array({std::move(choice)});
        if (includeUsage_) json["usage"] = nullptr;
        writeSse(out, "", dump(json));
    }

    std::string model_;
    std::string id_;
    std::int64_t created_ = 0;
    Usage usage_;
    bool includeUsage_;
    std::map<int, Part::Kind> kinds_;
    std::map<int, std::size_t> offsets_;
};

std::unique_ptr<StreamReader> streamReader() { return std::make_unique<Reader>(); }
std::unique_ptr<StreamWriter> streamWriter(std::string_view model, bool includeUsage) { return std::make_unique<Writer>(model, includeUsage); }

}  // namespace

const Dialect kOpenAiCompletions = {.name = "openai-completions",
                                    .family = kFamily,
                                    .operation = Operation::Chat,
                                    .modelInTarget = false,
                                    .readRequest = readRequest,
                                    .writeRequest = writeRequest,
                                    .readAnswer = readAnswer,
                                    .writeAnswer = writeAnswer,
                                    .streamReader = streamReader,
                                    .streamWriter = streamWriter,
                                    .readError = readOpenAiError,
                                    .writeError = writeOpenAiError,
                                    .errorType = openAiErrorType};

}  // namespace gatehouse::llm
