// openai-chat: streams. Grammar: chunks of "chat.completion.chunk"; the role in each choice's first; finish_reason in its last; usage
// in a chunk without choices, where it was asked for; then [DONE].
#include "llm/dialect/dialect.h"
#include "llm/dialect/openai_chat.h"

#include <fmt/format.h>

#include <map>

namespace gatehouse::llm {
namespace {

class Reader final : public StreamReader {
  public:
    void feed(std::string_view bytes, std::vector<StreamEvent>& out) override {
        out_ = &out;
        sse_.feed(bytes);
        if (sse_.overflowed() && !over_) fail(502, "The provider sent an event of more than 16 MiB.");
    }

    void finish(std::vector<StreamEvent>& out) override {
        out_ = &out;
        if (over_) return;
        if (sse_.unfinished()) fault("the stream ended within an event");
        fault("the stream ended without [DONE]");
        tracker_.closeAll(out);
    }

  private:
    struct Seen {
        bool begun = false;
        bool finished = false;
        std::string thoughts;  ///< Of the thinking under way, to know a whole block that repeats it.
    };

    void add(StreamEvent event) { out_->push_back(std::move(event)); }

    void fail(int status, std::string message) {
        StreamEvent event;
        event.kind = StreamEvent::Kind::Error;
        event.error = {status, "", "", std::move(message), ""};
        add(std::move(event));
        over_ = true;
    }

    void onEvent(std::string_view data) {
        ++events;
        if (over_) {
            fault("an event came after the end");
            return;
        }
        if (data == "[DONE]") return done();
        const auto parsed = Json::parse(data, nullptr, false);
        if (!parsed.is_object()) {
            fault("an event is no JSON object");
            return fail(502, "The provider sent a chunk that is no JSON.");
        }
        const auto error = parsed.find("error");
        const bool told = error != parsed.end() && !error->is_null();
        // vLLM and Mistral say it flat.
        if (told || textOf(parsed, "object") == "error") {
            StreamEvent event;
            event.kind = StreamEvent::Kind::Error;
            event.error = readOpenAiError(500, parsed);
            if (told && error->is_object() && error->contains("code") && (*error)["code"].is_number_integer()) event.error.status = (*error)["code"].get<int>();
            add(std::move(event));
            over_ = true;
            return;
        }
        chunk(parsed);
    }

    void done() {
        for (const auto& [index, seen] : seen_)
            if (!seen.finished) fault(fmt::format("[DONE] came before the finish_reason of choice {}", index));
        if (!started_) fault("[DONE] came before any chunk");
        tracker_.closeAll(*out_);
        StreamEvent event;
        event.kind = StreamEvent::Kind::End;
        add(std::move(event));
        over_ = true;
    }

    void start(const Json& chunk) {
        started_ = true;
        StreamEvent event;
        event.kind = StreamEvent::Kind::Start;
        const auto text = [&](const char* key) { return chunk.contains(key) && chunk[key].is_string() ? chunk[key].get<std::string>() : std::string(); };
        event.id = text("id");
        event.model = text("model");
        event.serviceTier = text("service_tier");
        event.systemFingerprint = text("system_fingerprint");
        if (chunk.contains("created") && chunk["created"].is_number_integer()) event.created = chunk["created"].get<std::int64_t>();
        add(std::move(event));
    }

    void chunk(const Json& chunk) {
        const auto choices = chunk.find("choices");
        const bool any = choices != chunk.end() && choices->is_array() && !choices->empty();
        // Azure begins with a chunk of its own that names no answer.
        if (!started_ && (any || (chunk.contains("id") && chunk["id"].is_string() && !chunk["id"].get_ref<const std::string&>().empty()))) start(chunk);
        if (any)
            for (const auto& choice : *choices) {
                if (choice.is_object()) onChoice(choice);
                else fault("a choice is no object");
            }
        if (const auto usage = chunk.find("usage"); usage != chunk.end() && usage->is_object()) {
            StreamEvent event;
            event.kind = StreamEvent::Kind::Usage;
            event.usage = readOpenAiUsage(*usage);
            add(std::move(event));
        }
    }

    void onChoice(const Json& choice) {
        const int index = choice.contains("index") && choice["index"].is_number_integer() ? choice["index"].get<int>() : 0;
        auto& seen = seen_[index];
        const auto found = choice.find("delta");
        if (found == choice.end() && choice.contains("message")) fault("a chunk holds a message in place of a delta");
        const bool hasDelta = found != choice.end() && found->is_object();
        if (hasDelta) {
            if (!seen.begun && !found->contains("role")) fault(fmt::format("the first chunk of choice {} names no role", index));
            seen.begun = true;
            if (seen.finished && carries(*found)) fault(fmt::format("content came after the finish_reason of choice {}", index));
            if (!seen.finished) delta(index, seen, *found, choice);
        }
        if (const auto finish = choice.find("finish_reason"); finish != choice.end() && finish->is_string()) {
            if (seen.finished) return fault(fmt::format("finish_reason of choice {} came twice", index));
            seen.finished = true;
            tracker_.close(index, *out_);
            StreamEvent event;
            event.kind = StreamEvent::Kind::Finish;
            event.choice = index;
            event.rawFinish = finish->get<std::string>();
            event.finish = readOpenAiFinish(event.rawFinish);
            if (choice.contains("stop_reason") && choice["stop_reason"].is_string()) {
                event.stopSequence = choice["stop_reason"].get<std::string>();
                if (event.finish == FinishReason::Stop) event.finish = FinishReason::StopSequence;
            }
            add(std::move(event));
        }
    }

    static bool carries(const Json& delta) {
        for (const auto* key : {"content", "refusal", "reasoning_content", "reasoning"})
            if (delta.contains(key) && delta[key].is_string() && !delta[key].get_ref<const std::string&>().empty()) return true;
        return delta.contains("tool_calls") && delta["tool_calls"].is_array() && !delta["tool_calls"].empty();
    }

    void text(int index, Part::Kind kind, std::string text, const Json& logprobs = {}) {
        if (text.empty() && logprobs.is_null()) return;
        StreamEvent event;
        event.content.text = std::move(text);
        event.logprobs = logprobs;
        tracker_.add(index, kind, std::move(event), *out_);
    }

    void delta(int index, Seen& seen, const Json& delta, const Json& choice) {
        Members members(delta, "delta");
        Json logprobs;
        if (const auto found = choice.find("logprobs"); found != choice.end() && found->is_object()) logprobs = *found;
        thinking(index, seen, members);
        std::vector<Part> parts;
        readOpenAiContent(members, "content", parts, nullptr);
        for (auto& part : parts) {
            if (part.kind == Part::Kind::Opaque) {
                tracker_.addWhole(index, std::move(part), *out_);
                continue;
            }
            if (part.kind == Part::Kind::Thinking) seen.thoughts += part.text;
            text(index, part.kind, std::move(part.text), part.kind == Part::Kind::Text ? std::exchange(logprobs, Json()) : Json());
        }
        if (!logprobs.is_null()) {
            if (members.has("content")) text(index, Part::Kind::Text, "", logprobs);
            else if (members.has("refusal")) text(index, Part::Kind::Refusal, "", logprobs);
        }
        if (const auto refusal = members.text("refusal")) text(index, Part::Kind::Refusal, *refusal);
        if (const auto* annotations = members.array("annotations"); annotations != nullptr && !annotations->empty()) {
            StreamEvent event;
            event.content.citations = readOpenAiAnnotations(*annotations, {});
            tracker_.add(index, Part::Kind::Text, std::move(event), *out_);
        }
        if (const auto* audio = members.object("audio")) onAudio(index, *audio);
        calls(index, members);
        if (members.failure()) fault(members.failure()->message);
    }

    void thinking(int index, Seen& seen, Members& members) {
        std::optional<std::string> thoughts;
        for (const auto* key : {"reasoning_content", "reasoning"}) {
            if (thoughts || !members.has(key) || !members.peek(key)->is_string()) continue;
            thoughts = members.text(key);
        }
        const bool told = thoughts && !thoughts->empty();
        if (told) {
            seen.thoughts += *thoughts;
            text(index, Part::Kind::Thinking, *thoughts);
        }
        std::vector<Part> blocks;
        readOpenAiThinking(members, blocks);
        for (auto& block : blocks) {
            if (block.kind == Part::Kind::RedactedThinking) {
                tracker_.addWhole(index, std::move(block), *out_);
                continue;
            }
            // A piece beside reasoning_content says the same again; a whole block repeats what came before.
            const bool repeats = told || block.text == seen.thoughts;
            StreamEvent event;
            if (!repeats) event.content.text = block.text;
            event.content.signature = block.signature;
            const bool whole = block.signature.has_value();
            if (event.content.text.empty() && !whole) continue;
            seen.thoughts += event.content.text;
            tracker_.add(index, Part::Kind::Thinking, std::move(event), *out_);
            if (whole) {
                tracker_.close(index, *out_);
                seen.thoughts.clear();
            }
        }
    }

    void onAudio(int index, const Json& audio) {
        StreamEvent event;
        const auto text = [&](const char* key) { return audio.contains(key) && audio[key].is_string() ? audio[key].get<std::string>() : std::string(); };
        event.content.data = text("data");
        event.content.text = text("transcript");
        event.content.fileId = text("id");
        tracker_.add(index, Part::Kind::Audio, std::move(event), *out_);
    }

    void calls(int index, Members& members) {
        if (const auto* calls = members.array("tool_calls")) {
            int place = 0;
            for (const auto& item : *calls) {
                if (!item.is_object()) {
                    fault("a tool call is no object");
                    continue;
                }
                call(index, item, item.contains("index") && item["index"].is_number_integer() ? item["index"].get<int>() : place);
                ++place;
            }
        }
        if (const auto* legacy = members.object("function_call")) {
            Json item = {{"function", *legacy}};
            if (legacy->contains("name") && (*legacy)["name"].is_string()) item["id"] = "call_" + (*legacy)["name"].get<std::string>();
            call(index, item, -1);
        }
    }

    void call(int index, const Json& item, int number) {
        const auto text = [](const Json& object, const char* key) { return object.contains(key) && object[key].is_string() ? object[key].get<std::string>() : std::string(); };
        const auto& function = item.contains("function") && item["function"].is_object() ? item["function"] : emptyObject();
        auto id = text(item, "id");
        auto name = text(function, "name");
        const auto key = std::pair(index, number);
        // Some servers number every call 0 and tell them apart by id.
        if (const auto known = ids_.find(key); known != ids_.end() && !id.empty() && !known->second.empty() && known->second != id && !name.empty()) {
            fault(fmt::format("tool call {} began again with another id", number));
            remap_[key] = ++extra_;
            ids_[key] = id;
        } else if (known == ids_.end()) {
            if (id.empty()) fault(fmt::format("tool call {} began without an id", number));
            if (name.empty()) fault(fmt::format("tool call {} began without a name", number));
            ids_[key] = id;
        }
        const auto mapped = remap_.find(key);
        StreamEvent event;
        if (function.contains("arguments")) event.content.text = function["arguments"].is_string() ? function["arguments"].get<std::string>() : dump(function["arguments"]);
        if (const auto* google = googleOf(item)) event.content.signature = Signature{Family::Gemini, text(*google, "thought_signature"), ""};
        tracker_.addCall(index, mapped == remap_.end() ? number : 100000 + mapped->second, std::move(id), std::move(name), std::move(event), *out_);
    }

    static const Json* googleOf(const Json& item) {
        const auto extra = item.find("extra_content");
        if (extra == item.end() || !extra->is_object()) return nullptr;
        const auto google = extra->find("google");
        return google != extra->end() && google->is_object() && google->contains("thought_signature") ? &*google : nullptr;
    }

    SseParser sse_{[this](std::string_view, std::string_view data) { onEvent(data); }};
    PartTracker tracker_;
    std::vector<StreamEvent>* out_ = nullptr;
    std::map<int, Seen> seen_;
    std::map<std::pair<int, int>, std::string> ids_;
    std::map<std::pair<int, int>, int> remap_;
    int extra_ = 0;
    bool started_ = false;
    bool over_ = false;
};

class Writer final : public StreamWriter {
  public:
    Writer(std::string_view model, bool includeUsage) : model_(model), includeUsage_(includeUsage) {}

    void write(const StreamEvent& event, std::string& out) override {
        using Kind = StreamEvent::Kind;
        switch (event.kind) {
        case Kind::Start: return start(event);
        case Kind::PartStart: return partStart(event, out);
        case Kind::PartDelta: return partDelta(event, out);
        case Kind::PartStop: return partStop(event, out);
        case Kind::Finish: {
            auto& state = of(event.choice);
            Json choice = {{"index", event.choice}, {"delta", begun(event.choice, Json::object())}, {"logprobs", nullptr},
                           {"finish_reason", writeOpenAiFinish(event.finish, state.calls > 0)}};
            if (!event.stopSequence.empty()) choice["stop_reason"] = event.stopSequence;
            return chunk(Json::array({std::move(choice)}), out);
        }
        case Kind::Usage:
            usage_ = event.usage;
            if (!event.serviceTier.empty()) serviceTier_ = event.serviceTier;
            return;
        case Kind::End:
            if (includeUsage_ && usage_.known) {
                auto last = head();
                last["choices"] = Json::array();
                last["usage"] = writeOpenAiUsage(usage_);
                writeSse(out, "", dump(last));
            }
            return writeSse(out, "", "[DONE]");
        case Kind::Error:
        case Kind::Ping: return;
        }
    }

    void fail(const ApiError& error, std::string& out) override { writeSse(out, "", dump(writeOpenAiError(error))); }

  private:
    struct State {
        bool begun = false;
        int calls = 0;
        Part part;          ///< That is open: its text so far, where it must be said again at its end.
        std::string text;   ///< Of the choice, for places of citations.
    };
    State& of(int choice) { return states_[choice]; }

    void start(const StreamEvent& event) {
        id_ = event.id.empty() ? "chatcmpl-" + std::to_string(secondsNow()) : event.id;
        if (!event.model.empty()) model_ = event.model;
        created_ = event.created != 0 ? event.created : secondsNow();
        serviceTier_ = event.serviceTier;
        fingerprint_ = event.systemFingerprint;
    }

    Json head() const {
        Json chunk = {{"id", id_}, {"object", "chat.completion.chunk"}, {"created", created_}, {"model", model_}};
        if (!serviceTier_.empty()) chunk["service_tier"] = serviceTier_;
        if (!fingerprint_.empty()) chunk["system_fingerprint"] = fingerprint_;
        return chunk;
    }

    void chunk(Json choices, std::string& out) const {
        auto chunk = head();
        chunk["choices"] = std::move(choices);
        if (includeUsage_) chunk["usage"] = nullptr;
        writeSse(out, "", dump(chunk));
    }

    /// The delta, with the role where it is the choice's first.
    Json begun(int choice, Json delta) {
        auto& state = of(choice);
        if (state.begun) return delta;
        state.begun = true;
        Json first = {{"role", "assistant"}};
        if (!delta.contains("content")) first["content"] = delta.empty() ? Json("") : Json(nullptr);
        first.update(delta);
        return first;
    }

    void send(int choice, Json delta, std::string& out, const Json& logprobs = {}) {
        Json item = {{"index", choice}, {"delta", begun(choice, std::move(delta))}, {"logprobs", logprobs}, {"finish_reason", nullptr}};
        chunk(Json::array({std::move(item)}), out);
    }

    void partStart(const StreamEvent& event, std::string& out) {
        auto& state = of(event.choice);
        state.part = event.content;
        if (event.content.kind == Part::Kind::ToolCall) {
            auto call = writeOpenAiToolCall(event.content, losses);
            call["function"] = {{"name", event.content.name}, {"arguments", ""}};
            Json item = {{"index", state.calls++}};
            item.update(call);
            send(event.choice, {{"tool_calls", Json::array({std::move(item)})}}, out);
        } else if (event.content.kind == Part::Kind::RedactedThinking) {
            send(event.choice, {{"thinking_blocks", Json::array({writeOpenAiThinking(event.content)})}}, out);
        } else if (event.content.kind == Part::Kind::Opaque || event.content.kind == Part::Kind::Image) {
            dropped(losses, event.content.path, "OpenAI's streams have no such content.");
        }
    }

    void partDelta(const StreamEvent& event, std::string& out) {
        auto& state = of(event.choice);
        const auto& content = event.content;
        switch (state.part.kind) {
        case Part::Kind::Text:
            if (!content.text.empty() || !event.logprobs.is_null()) send(event.choice, {{"content", content.text}}, out, event.logprobs);
            state.part.text += content.text;
            state.part.citations.insert(state.part.citations.end(), content.citations.begin(), content.citations.end());
            break;
        case Part::Kind::Thinking:
            state.part.text += content.text;
            if (content.signature) state.part.signature = content.signature;
            if (!content.text.empty()) send(event.choice, {{"reasoning_content", content.text}}, out);
            break;
        case Part::Kind::Refusal:
            if (!content.text.empty()) send(event.choice, {{"refusal", content.text}}, out, event.logprobs);
            break;
        case Part::Kind::ToolCall: {
            Json item = {{"index", state.calls - 1}};
            if (content.signature && content.signature->family == Family::Gemini)
                item["extra_content"] = {{"google", {{"thought_signature", content.signature->data}}}};
            if (!content.text.empty()) item["function"] = {{"arguments", content.text}};
            if (item.size() > 1) send(event.choice, {{"tool_calls", Json::array({std::move(item)})}}, out);
            break;
        }
        case Part::Kind::Audio: {
            Json audio = Json::object();
            if (!content.fileId.empty()) audio["id"] = content.fileId;
            if (!content.data.empty()) audio["data"] = content.data;
            if (!content.text.empty()) audio["transcript"] = content.text;
            if (!audio.empty()) send(event.choice, {{"audio", std::move(audio)}}, out);
            break;
        }
        default: break;
        }
    }

    void partStop(const StreamEvent& event, std::string& out) {
        auto& state = of(event.choice);
        auto part = std::exchange(state.part, Part());
        if (part.kind == Part::Kind::Thinking && part.signature) send(event.choice, {{"thinking_blocks", Json::array({writeOpenAiThinking(part)})}}, out);
        if (part.kind != Part::Kind::Text) return;
        if (!part.citations.empty()) {
            auto annotations = writeOpenAiAnnotations(part, characters(state.text), losses);
            if (!annotations.empty()) send(event.choice, {{"annotations", std::move(annotations)}}, out);
        }
        state.text += part.text;
    }

    std::string model_;
    std::string id_;
    std::string serviceTier_;
    std::string fingerprint_;
    std::int64_t created_ = 0;
    Usage usage_;
    bool includeUsage_;
    std::map<int, State> states_;
};

}  // namespace

std::unique_ptr<StreamReader> openAiChatReader() { return std::make_unique<Reader>(); }

std::unique_ptr<StreamWriter> openAiChatWriter(std::string_view model, bool includeUsage) { return std::make_unique<Writer>(model, includeUsage); }

}  // namespace gatehouse::llm
