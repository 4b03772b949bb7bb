// ollama-chat: streams. Grammar: one JSON object a line, each with a message that holds what is new and done false; the last one has done
// true, the reason, counts and durations. An error is a line of its own.
#include "llm/dialect/ollama.h"

#include <fmt/format.h>

namespace gatehouse::llm {
namespace {

std::string textOf(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

class Reader final : public StreamReader {
  public:
    void feed(std::string_view bytes, std::vector<StreamEvent>& out) override {
        out_ = &out;
        while (!bytes.empty()) {
            const auto end = bytes.find('\n');
            line_.append(bytes.substr(0, end));
            if (line_.size() > SseParser::kMaxEvent) {
                line_.clear();
                if (!over_) fail(502, "The provider sent a line of more than 16 MiB.");
                return;
            }
            if (end == std::string_view::npos) return;
            bytes.remove_prefix(end + 1);
            onLine();
        }
    }

    void finish(std::vector<StreamEvent>& out) override {
        out_ = &out;
        // The last line may come without its end; half a line is none.
        if (!over_ && Json::accept(line_)) onLine();
        if (over_) return;
        if (!line_.empty()) fault("the stream ended within a line");
        fault("the stream ended without done");
        tracker_.closeAll(out);
    }

  private:
    void add(StreamEvent event) { out_->push_back(std::move(event)); }

    void fail(int status, std::string message) {
        StreamEvent event;
        event.kind = StreamEvent::Kind::Error;
        event.error = {status, "", "", std::move(message), ""};
        add(std::move(event));
        over_ = true;
    }

    void onLine() {
        const auto line = std::exchange(line_, {});
        if (line.find_first_not_of(" \t\r") == std::string::npos) return;
        ++events;
        if (over_) return fault("a line came after the end");
        const auto json = Json::parse(line, nullptr, false);
        if (!json.is_object()) {
            fault("a line is no JSON object");
            return fail(502, "The provider sent a line that is no JSON.");
        }
        if (json.contains("error") && !json["error"].is_null()) {
            StreamEvent event;
            event.kind = StreamEvent::Kind::Error;
            event.error = readOllamaError(500, json);
            add(std::move(event));
            over_ = true;
            return;
        }
        chunk(json);
    }

    void chunk(const Json& json) {
        if (!started_) {
            started_ = true;
            created_ = textOf(json, "created_at");
            StreamEvent event;
            event.kind = StreamEvent::Kind::Start;
            event.model = textOf(json, "model");
            event.created = secondsOf(created_);
            event.id = madeOllamaId(created_, event.model);
            add(std::move(event));
        }
        if (const auto message = json.find("message"); message != json.end() && message->is_object()) onMessage(*message, json);
        if (const auto done = json.find("done"); done != json.end() && done->is_boolean() && done->get<bool>()) onDone(json);
    }

    void onMessage(const Json& message, const Json& json) {
        if (auto thoughts = textOf(message, "thinking"); !thoughts.empty()) {
            StreamEvent event;
            event.content.text = std::move(thoughts);
            tracker_.add(0, Part::Kind::Thinking, std::move(event), *out_);
        }
        StreamEvent event;
        event.content.text = textOf(message, "content");
        if (const auto logprobs = json.find("logprobs"); logprobs != json.end() && logprobs->is_array() && !logprobs->empty()) event.logprobs["content"] = *logprobs;
        if (!event.content.text.empty() || !event.logprobs.is_null()) tracker_.add(0, Part::Kind::Text, std::move(event), *out_);
        Members members(message, "message");
        std::vector<Part> calls;
        readOllamaCalls(members, created_, calls_, calls);
        if (members.failure()) fault(members.failure()->message);
        for (auto& call : calls) {
            if (!call.argumentsMalformed) call.text = dumpArguments(call.arguments);
            call.arguments = Json();
            call.argumentsMalformed = false;
            tracker_.addWhole(0, std::move(call), *out_);
        }
    }

    void onDone(const Json& json) {
        tracker_.closeAll(*out_);
        if (const auto usage = readOllamaUsage(json); usage.known) {
            StreamEvent event;
            event.kind = StreamEvent::Kind::Usage;
            event.usage = usage;
            add(std::move(event));
        }
        StreamEvent finish;
        finish.kind = StreamEvent::Kind::Finish;
        finish.rawFinish = textOf(json, "done_reason");
        finish.finish = readOllamaDone(finish.rawFinish);
        add(std::move(finish));
        StreamEvent end;
        end.kind = StreamEvent::Kind::End;
        add(std::move(end));
        over_ = true;
    }

    PartTracker tracker_;
    std::vector<StreamEvent>* out_ = nullptr;
    std::string line_;
    std::string created_;
    int calls_ = 0;
    bool started_ = false;
    bool over_ = false;
};

class Writer final : public StreamWriter {
  public:
    explicit Writer(std::string_view model) : model_(model) {}

    std::string_view contentType() const override { return "application/x-ndjson"; }

    void write(const StreamEvent& event, std::string& out) override {
        using Kind = StreamEvent::Kind;
        if (event.choice != 0) {
            if (!otherChoice_) dropped(losses, fmt::format("choices[{}]", event.choice), "Ollama gives one answer.");
            otherChoice_ = true;
            return;
        }
        switch (event.kind) {
        case Kind::Start:
            if (!event.model.empty()) model_ = event.model;
            created_ = event.created;
            return;
        case Kind::PartStart:
            part_ = event.content;
            part_.text.clear();
            return;
        case Kind::PartDelta: return partDelta(event, out);
        case Kind::PartStop: return partStop(out);
        case Kind::Finish:
            finish_ = event.finish;
            if (!event.stopSequence.empty()) dropped(losses, "stop_sequence", "Ollama does not tell which stop sequence was met.");
            return;
        case Kind::Usage: usage_ = event.usage; return;
        case Kind::End: return end(out);
        case Kind::Error:
        case Kind::Ping: return;
        }
    }

    void fail(const ApiError& error, std::string& out) override { out.append(dump(writeOllamaError(error))).append("\n"); }

  private:
    Json line(Json more, bool done) const {
        Json message = {{"role", "assistant"}, {"content", ""}};
        message.update(more);
        return {{"model", model_}, {"created_at", rfc3339Of(created_ != 0 ? created_ : secondsNow())}, {"message", std::move(message)}, {"done", done}};
    }

    static void send(const Json& line, std::string& out) { out.append(dump(line)).append("\n"); }

    void partDelta(const StreamEvent& event, std::string& out) {
        const auto& content = event.content;
        for (const auto& citation : content.citations) {
            static_cast<void>(citation);
            dropped(losses, "citations", "Ollama has no citations.");
        }
        if (content.signature) part_.signature = content.signature;
        switch (part_.kind) {
        case Part::Kind::Text:
        case Part::Kind::Refusal: {
            if (content.text.empty() && event.logprobs.is_null()) return;
            auto json = line({{"content", content.text}}, false);
            if (event.logprobs.contains("content")) json["logprobs"] = event.logprobs["content"];
            return send(json, out);
        }
        case Part::Kind::Thinking:
            if (!content.text.empty()) send(line({{"thinking", content.text}}, false), out);
            return;
        case Part::Kind::ToolCall: part_.text += content.text; return;
        default: return;
        }
    }

    void partStop(std::string& out) {
        auto part = std::exchange(part_, Part());
        switch (part.kind) {
        case Part::Kind::ToolCall: {
            bool wellFormed = true;
            part.arguments = parseArguments(part.text, wellFormed);
            part.argumentsMalformed = !wellFormed;
            return send(line({{"tool_calls", Json::array({writeOllamaCall(part, losses)})}}, false), out);
        }
        case Part::Kind::Thinking:
            if (part.signature) dropped(losses, part.path + ".signature", "Ollama's thoughts are not signed.");
            return;
        case Part::Kind::Text:
        case Part::Kind::Refusal: return;
        default: return dropped(losses, part.path, "Ollama's streams have no such content.");
        }
    }

    void end(std::string& out) {
        auto json = line(Json::object(), true);
        json["done_reason"] = writeOllamaDone(finish_);
        writeOllamaUsage(usage_, json);
        send(json, out);
    }

    std::string model_;
    std::int64_t created_ = 0;
    Part part_;
    FinishReason finish_ = FinishReason::Unknown;
    Usage usage_;
    bool otherChoice_ = false;
};

}  // namespace

std::unique_ptr<StreamReader> ollamaReader() { return std::make_unique<Reader>(); }

std::unique_ptr<StreamWriter> ollamaWriter(std::string_view model, bool) { return std::make_unique<Writer>(model); }

}  // namespace gatehouse::llm
