// cohere-chat: streams. Grammar: message-start; tool-plan-delta*; for each content content-start, content-delta*, content-end, with
// citation-start and citation-end among them; for each call tool-call-start, tool-call-delta*, tool-call-end; message-end with the
// finish reason and usage. Contents and calls are numbered apart, from 0.
#include "llm/dialect/cohere.h"

#include <fmt/format.h>

#include <utility>

namespace gatehouse::llm {
namespace {

const Json& objectOf(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_object() ? *found : emptyObject();
}

int indexOf(const Json& json) {
    const auto found = json.find("index");
    return found != json.end() && found->is_number_integer() ? found->get<int>() : 0;
}

class Reader final : public StreamReader {
  public:
    void feed(std::string_view bytes, std::vector<StreamEvent>& out) override {
        out_ = &out;
        sse_.feed(bytes);
        if (sse_.overflowed() && !over_) fail({502, "", "", "The provider sent an event of more than 16 MiB.", ""});
    }

    void finish(std::vector<StreamEvent>& out) override {
        out_ = &out;
        if (over_) return;
        if (sse_.unfinished()) fault("the stream ended within an event");
        fault("the stream ended without message-end");
        parts_.closeAll(out);
    }

  private:
    void fail(ApiError error) {
        StreamEvent event;
        event.kind = StreamEvent::Kind::Error;
        event.error = std::move(error);
        out_->push_back(std::move(event));
        over_ = true;
    }

    void onEvent(std::string_view name, std::string_view data) {
        if (data == "[DONE]") return;
        ++events;
        if (over_) return fault("an event came after the end");
        const auto json = Json::parse(data, nullptr, false);
        if (!json.is_object()) {
            fault("an event is no JSON object");
            return fail({502, "", "", "The provider sent an event that is no JSON.", ""});
        }
        const auto type = textOf(json, "type");
        if (type.empty() && !textOf(json, "message").empty()) return fail(readCohereError(500, json));
        if (!name.empty() && name != type) fault(fmt::format("an event named {} is of type {}", name, type));
        if (type == "message-start") return start(json);
        if (!started_) {
            fault(fmt::format("{} came before message-start", type));
            start(emptyObject());
        }
        dispatch(type, json);
    }

    void dispatch(const std::string& type, const Json& json) {
        const auto& message = objectOf(objectOf(json, "delta"), "message");
        if (type == "content-start") contentStart(json, message);
        else if (type == "content-delta") contentDelta(json, message);
        else if (type == "content-end") contentEnd(json);
        else if (type == "tool-plan-delta") text(Part::Kind::Text, textOf(message, "tool_plan"), nullptr);
        else if (type == "tool-call-start") callStart(json, message);
        else if (type == "tool-call-delta") callDelta(json, message);
        else if (type == "tool-call-end") callEnd(json);
        else if (type == "citation-start") citation(message);
        else if (type == "message-end") messageEnd(json);
        else if (type != "citation-end" && type != "debug") fault(fmt::format("an event of unknown type {}", type));
    }

    void start(const Json& json) {
        if (started_) return fault("message-start came twice");
        started_ = true;
        StreamEvent event;
        event.kind = StreamEvent::Kind::Start;
        event.id = textOf(json, "id");
        out_->push_back(std::move(event));
    }

    void closePart() {
        parts_.close(0, *out_);
        textOpen_ = false;
        text_.clear();
    }

    void text(Part::Kind kind, std::string more, Json logprobs) {
        if (more.empty() && logprobs.is_null()) return;
        if (!textOpen_ || kind != open_) text_.clear();
        textOpen_ = true;
        open_ = kind;
        text_ += more;
        StreamEvent event;
        event.content.text = std::move(more);
        event.logprobs = std::move(logprobs);
        parts_.add(0, kind, std::move(event), *out_);
    }

    void contentStart(const Json& json, const Json& message) {
        const int index = indexOf(json);
        if (content_ >= 0) fault(fmt::format("content {} began while content {} was open", index, content_));
        if (index != nextContent_) fault(fmt::format("content {} began where {} was next", index, nextContent_));
        closePart();
        content_ = index;
        nextContent_ = index + 1;
        const auto& content = objectOf(message, "content");
        kind_ = textOf(content, "type") == "thinking" ? Part::Kind::Thinking : Part::Kind::Text;
        text(kind_, textOf(content, kind_ == Part::Kind::Thinking ? "thinking" : "text"), nullptr);
    }

    void contentDelta(const Json& json, const Json& message) {
        const int index = indexOf(json);
        if (index != content_) fault(fmt::format("content-delta came for content {}, which is not open", index));
        const auto& content = objectOf(message, "content");
        if (content.contains("thinking")) kind_ = Part::Kind::Thinking;
        else if (content.contains("text")) kind_ = Part::Kind::Text;
        const auto logprobs = json.find("logprobs");
        text(kind_, textOf(content, kind_ == Part::Kind::Thinking ? "thinking" : "text"),
             logprobs != json.end() && logprobs->is_object() ? readCohereLogprobs(Json::array({*logprobs})) : Json(nullptr));
    }

    void contentEnd(const Json& json) {
        const int index = indexOf(json);
        if (index != content_) return fault(fmt::format("content-end came for content {}, which is not open", index));
        content_ = -1;
        closePart();
    }

    void callStart(const Json& json, const Json& message) {
        const int index = indexOf(json);
        if (content_ >= 0) fault(fmt::format("a call began while content {} was open", content_));
        if (index != nextCall_) fault(fmt::format("call {} began where {} was next", index, nextCall_));
        content_ = -1;
        nextCall_ = index + 1;
        call_ = index;
        closePart();
        const auto& call = objectOf(message, "tool_calls");
        const auto& function = objectOf(call, "function");
        StreamEvent event;
        event.content.text = textOf(function, "arguments");
        parts_.addCall(0, index, textOf(call, "id"), textOf(function, "name"), std::move(event), *out_);
    }

    void callDelta(const Json& json, const Json& message) {
        const int index = indexOf(json);
        if (index != call_) return fault(fmt::format("tool-call-delta came for call {}, which is not open", index));
        StreamEvent event;
        event.content.text = textOf(objectOf(objectOf(message, "tool_calls"), "function"), "arguments");
        parts_.addCall(0, index, "", "", std::move(event), *out_);
    }

    void callEnd(const Json& json) {
        const int index = indexOf(json);
        if (index != call_) return fault(fmt::format("tool-call-end came for call {}, which is not open", index));
        call_ = -1;
        closePart();
    }

    void citation(const Json& message) {
        const auto& raw = objectOf(message, "citations");
        if (!textOpen_ || open_ != Part::Kind::Text) {
            if (!citationTold_) dropped(losses, "message.citations", "It came when the text that it cites was over.");
            citationTold_ = true;
            return;
        }
        StreamEvent event;
        event.content.citations.push_back(readCohereCitation(raw, text_));
        parts_.add(0, Part::Kind::Text, std::move(event), *out_);
    }

    void messageEnd(const Json& json) {
        const auto& delta = objectOf(json, "delta");
        if (content_ >= 0) fault(fmt::format("message-end came while content {} was open", content_));
        if (call_ >= 0) fault(fmt::format("message-end came while call {} was open", call_));
        const auto finish = textOf(delta, "finish_reason");
        if (const auto error = textOf(delta, "error"); !error.empty()) {
            const Json body = {{"message", error}};
            return fail(readCohereError(500, body));
        }
        if (finish == "ERROR" || finish == "TIMEOUT") return fail({finish == "ERROR" ? 500 : 504, "", "", fmt::format("The provider broke the answer off: {}.", finish), ""});
        closePart();
        StreamEvent event;
        event.kind = StreamEvent::Kind::Finish;
        event.rawFinish = finish;
        event.finish = readCohereFinish(event.rawFinish);
        if (event.rawFinish.empty()) fault("message-end has no finish reason");
        out_->push_back(std::move(event));
        if (const auto& usage = objectOf(delta, "usage"); !usage.empty()) {
            StreamEvent told;
            told.kind = StreamEvent::Kind::Usage;
            told.usage = readCohereUsage(usage);
            out_->push_back(std::move(told));
        }
        StreamEvent end;
        end.kind = StreamEvent::Kind::End;
        out_->push_back(std::move(end));
        over_ = true;
    }

    SseParser sse_{[this](std::string_view event, std::string_view data) { onEvent(event, data); }};
    PartTracker parts_;
    std::vector<StreamEvent>* out_ = nullptr;
    std::string text_;                         ///< Of the part that is open: citations count its characters.
    Part::Kind kind_ = Part::Kind::Text;       ///< Of the content that is open.
    Part::Kind open_ = Part::Kind::Text;       ///< Of the part that is open.
    int content_ = -1;
    int nextContent_ = 0;
    int call_ = -1;
    int nextCall_ = 0;
    bool textOpen_ = false;
    bool started_ = false;
    bool over_ = false;
    bool citationTold_ = false;
};

class Writer final : public StreamWriter {
  public:
    void write(const StreamEvent& event, std::string& out) override {
        using Kind = StreamEvent::Kind;
        if (event.choice != 0) {
            if (!otherChoice_) dropped(losses, fmt::format("choices[{}]", event.choice), "Cohere gives one answer.");
            otherChoice_ = true;
            return;
        }
        switch (event.kind) {
        case Kind::Start: return start(event, out);
        case Kind::PartStart: return partStart(event.content, out);
        case Kind::PartDelta: return partDelta(event, out);
        case Kind::PartStop: return partStop(out);
        case Kind::Finish:
            finish_ = event.finish;
            if (finish_ == FinishReason::ContentFilter) coerced(losses, "finish_reason", "Cohere has no word for filtered content.");
            if (!event.stopSequence.empty()) dropped(losses, "stop_sequence", "Cohere does not say which stop sequence was met.");
            return;
        case Kind::Usage: usage_ = event.usage; return;
        case Kind::End: return end(out);
        case Kind::Error:
        case Kind::Ping: return;
        }
    }

    /// Streams say their failure in the end that they have.
    void fail(const ApiError& error, std::string& out) override {
        send("message-end", {{"delta", {{"error", error.message}, {"finish_reason", "ERROR"}}}}, out);
    }

  private:
    static void send(const char* type, Json rest, std::string& out) {
        Json json = {{"type", type}};
        json.update(rest);
        writeSse(out, type, dump(json));
    }

    void start(const StreamEvent& event, std::string& out) {
        Json message = {{"role", "assistant"}, {"content", Json::array()}, {"tool_plan", ""}, {"tool_calls", Json::array()}, {"citations", Json::array()}};
        send("message-start", {{"id", event.id.empty() ? fmt::format("chat_{}", secondsNow()) : event.id}, {"delta", {{"message", std::move(message)}}}}, out);
    }

    void partStart(const Part& part, std::string& out) {
        kind_ = part.kind;
        path_ = part.path;
        text_.clear();
        open_ = true;
        switch (part.kind) {
        case Part::Kind::Text:
        case Part::Kind::Refusal:
            send("content-start", {{"index", content_}, {"delta", {{"message", {{"content", {{"type", "text"}, {"text", ""}}}}}}}}, out);
            return;
        case Part::Kind::Thinking:
            send("content-start", {{"index", content_}, {"delta", {{"message", {{"content", {{"type", "thinking"}, {"thinking", ""}}}}}}}}, out);
            return;
        case Part::Kind::ToolCall: {
            if (part.signature) dropped(losses, part.path + ".signature", "Cohere's calls are not signed.");
            Json call = {{"id", part.callId}, {"type", "function"}, {"function", {{"name", part.name}, {"arguments", ""}}}};
            send("tool-call-start", {{"index", call_}, {"delta", {{"message", {{"tool_calls", std::move(call)}}}}}}, out);
            return;
        }
        default:
            open_ = false;
            dropped(losses, part.path, "Cohere's streams have no such content.");
        }
    }

    void contentDelta(const char* key, const StreamEvent& event, std::string& out) {
        Json json = {{"index", content_}, {"delta", {{"message", {{"content", {{key, event.content.text}}}}}}}};
        auto logprobs = writeCohereLogprobs(event.logprobs, losses);
        if (event.content.text.empty() && logprobs.empty()) return;
        // An event holds the probability of its own text; those of further tokens follow it with none.
        if (!logprobs.empty()) json["logprobs"] = logprobs[0];
        send("content-delta", std::move(json), out);
        for (std::size_t i = 1; i < logprobs.size(); ++i)
            send("content-delta", {{"index", content_}, {"delta", {{"message", {{"content", {{key, ""}}}}}}}, {"logprobs", logprobs[i]}}, out);
    }

    void partDelta(const StreamEvent& event, std::string& out) {
        if (!open_) return;
        const auto& content = event.content;
        if (kind_ == Part::Kind::ToolCall) {
            if (content.text.empty()) return;
            text_ += content.text;
            return argumentsDelta(content.text, out);
        }
        const bool thinking = kind_ == Part::Kind::Thinking;
        if (thinking && content.signature) dropped(losses, path_ + ".signature", "Cohere's thinking is not signed.");
        text_ += content.text;
        contentDelta(thinking ? "thinking" : "text", event, out);
        citations_.insert(citations_.end(), content.citations.begin(), content.citations.end());
    }

    /// When the text is whole: citations that have no place in it cite all of it.
    void writeCitations(std::string& out) {
        Part part;
        part.path = path_;
        part.citations = std::exchange(citations_, {});
        for (auto& citation : writeCohereCitations(part, text_, static_cast<std::size_t>(content_), losses)) {
            send("citation-start", {{"index", citation_}, {"delta", {{"message", {{"citations", std::move(citation)}}}}}}, out);
            send("citation-end", {{"index", citation_++}}, out);
        }
    }

    void argumentsDelta(std::string_view text, std::string& out) const {
        send("tool-call-delta", {{"index", call_}, {"delta", {{"message", {{"tool_calls", {{"function", {{"arguments", text}}}}}}}}}}, out);
    }

    void partStop(std::string& out) {
        if (!open_) return;
        open_ = false;
        if (kind_ != Part::Kind::ToolCall) {
            writeCitations(out);
            return send("content-end", {{"index", content_++}}, out);
        }
        // Clients parse what they joined: no arguments are an empty object.
        if (text_.empty()) argumentsDelta("{}", out);
        calls_ = true;
        send("tool-call-end", {{"index", call_++}}, out);
    }

    void end(std::string& out) {
        send("message-end", {{"delta", {{"finish_reason", writeCohereFinish(finish_, calls_)}, {"usage", writeCohereUsage(usage_)}}}}, out);
    }

    Usage usage_;
    FinishReason finish_ = FinishReason::Unknown;
    std::string text_;     ///< Of the part that is open.
    std::vector<Json> citations_;
    std::string path_;
    Part::Kind kind_ = Part::Kind::Text;
    int content_ = 0;
    int call_ = 0;
    int citation_ = 0;
    bool open_ = false;
    bool calls_ = false;
    bool otherChoice_ = false;
};

}  // namespace

std::unique_ptr<StreamReader> cohereReader() { return std::make_unique<Reader>(); }

std::unique_ptr<StreamWriter> cohereWriter(std::string_view, bool) { return std::make_unique<Writer>(); }

}  // namespace gatehouse::llm
