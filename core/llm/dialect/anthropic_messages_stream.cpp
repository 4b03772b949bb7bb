// anthropic-messages: streams. Grammar: message_start; for each block content_block_start, content_block_delta*, content_block_stop,
// with indices from 0, one block at a time; message_delta with the stop reason and usage; message_stop. ping anywhere, error in place of
// the end.
#include "llm/dialect/anthropic.h"
#include "llm/dialect/dialect.h"

#include <fmt/format.h>

namespace gatehouse::llm {
namespace {

const Json& objectOf(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_object() ? *found : emptyObject();
}

std::string_view deltaOf(Part::Kind kind) {
    switch (kind) {
    case Part::Kind::Text: return "text_delta";
    case Part::Kind::Thinking: return "thinking_delta";
    case Part::Kind::ToolCall:
    case Part::Kind::Opaque: return "input_json_delta";
    default: return "";
    }
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
        fault("the stream ended without message_stop");
        closeBlock();
    }

  private:
    void add(StreamEvent event) { out_->push_back(std::move(event)); }

    void fail(std::string message) {
        StreamEvent event;
        event.kind = StreamEvent::Kind::Error;
        event.error = {502, "", "", std::move(message), ""};
        add(std::move(event));
        over_ = true;
    }

    void onEvent(std::string_view name, std::string_view data) {
        ++events;
        if (over_) return fault("an event came after the end");
        const auto json = Json::parse(data, nullptr, false);
        if (!json.is_object()) {
            fault("an event is no JSON object");
            return fail("The provider sent an event that is no JSON.");
        }
        const auto type = textOf(json, "type");
        if (!name.empty() && name != type && type != "error") fault(fmt::format("an event named {} is of type {}", name, type));
        if (type == "ping") {
            add({});
        } else if (type == "error" || name == "error") {
            StreamEvent event;
            event.kind = StreamEvent::Kind::Error;
            const auto kind = textOf(objectOf(json, "error"), "type");
            event.error = readAnthropicError(kind == "overloaded_error" ? 529 : kind == "rate_limit_error" ? 429 : 500, json);
            add(std::move(event));
            over_ = true;
        } else if (type == "message_start") {
            messageStart(objectOf(json, "message"));
        } else if (!started_) {
            fault(fmt::format("{} came before message_start", type));
            messageStart(emptyObject());
            dispatch(type, json);
        } else {
            dispatch(type, json);
        }
    }

    void dispatch(const std::string& type, const Json& json) {
        if (type == "content_block_start") blockStart(json);
        else if (type == "content_block_delta") blockDelta(json);
        else if (type == "content_block_stop") blockStop(json);
        else if (type == "message_delta") messageDelta(json);
        else if (type == "message_stop") messageStop();
        else fault(fmt::format("there is no event {}", type));
    }

    void messageStart(const Json& message) {
        if (started_) return fault("message_start came twice");
        started_ = true;
        StreamEvent event;
        event.kind = StreamEvent::Kind::Start;
        event.id = textOf(message, "id");
        event.model = textOf(message, "model");
        const auto& usage = objectOf(message, "usage");
        const auto tier = textOf(usage, "service_tier");
        event.serviceTier = tier == "standard" ? "default" : tier;
        if (!usage.empty()) event.usage = usage_ = readAnthropicUsage(usage, usage_);
        add(std::move(event));
        if (!usage.empty()) tellUsage();
    }

    void tellUsage() {
        StreamEvent event;
        event.kind = StreamEvent::Kind::Usage;
        event.usage = usage_;
        add(std::move(event));
    }

    static int indexOf(const Json& json) {
        const auto found = json.find("index");
        return found != json.end() && found->is_number_integer() ? found->get<int>() : -1;
    }

    void begin(Part part) {
        StreamEvent event;
        event.kind = StreamEvent::Kind::PartStart;
        event.part = part_;
        event.content = std::move(part);
        add(std::move(event));
        partOpen_ = true;
    }

    void blockStart(const Json& json) {
        const int index = indexOf(json);
        if (open_) {
            fault(fmt::format("block {} began while block {} was open", index, index_));
            closeBlock();
        }
        if (index != next_) fault(fmt::format("block {} began where {} was next", index, next_));
        next_ = index + 1;
        if (finished_) fault("a block began after the stop reason");
        open_ = true;
        index_ = index;
        input_.clear();
        const auto& block = objectOf(json, "content_block");
        Members owner(json, "");
        // The input of a call comes in deltas; that of the start is empty.
        auto part = readAnthropicBlock(block, "content", owner);
        if (owner.failure()) fault(owner.failure()->message);
        part.path = fmt::format("content[{}]", part_);
        part.extras.path = part.path;
        kind_ = part.kind;
        StreamEvent first;
        if (kind_ == Part::Kind::Opaque) {
            held_ = std::move(part);
            return;
        }
        if (kind_ == Part::Kind::ToolCall) {
            if (part.arguments.is_object() && !part.arguments.empty()) first.content.text = dump(part.arguments);
            part.arguments = Json();
            whole_ = !first.content.text.empty();
        } else {
            first.content.text = std::move(part.text);
        }
        part.text.clear();
        first.content.signature = kind_ == Part::Kind::Thinking ? std::exchange(part.signature, std::nullopt) : std::nullopt;
        first.content.citations = std::exchange(part.citations, {});
        begin(std::move(part));
        delta(std::move(first));
    }

    void delta(StreamEvent event) {
        if (event.content.text.empty() && !event.content.signature && event.content.citations.empty()) return;
        event.kind = StreamEvent::Kind::PartDelta;
        event.part = part_;
        event.content.kind = kind_;
        add(std::move(event));
    }

    /// A delta of another kind than its block's: the client gets a block of its own for it.
    void become(Part::Kind kind) {
        if (kind_ == kind && partOpen_) return;
        stopPart();
        kind_ = kind;
        Part part;
        part.kind = kind;
        part.extras.family = Family::Anthropic;
        begin(std::move(part));
    }

    void blockDelta(const Json& json) {
        const int index = indexOf(json);
        const auto& given = objectOf(json, "delta");
        const auto type = textOf(given, "type");
        if (!open_ || index != index_) return fault(fmt::format("{} came for block {}, which is not open", type, index));
        const bool citation = type == "citations_delta";
        const bool signature = type == "signature_delta";
        const auto fits = citation ? kind_ == Part::Kind::Text : signature ? kind_ == Part::Kind::Thinking : type == deltaOf(kind_);
        if (!fits) fault(fmt::format("{} came in block {}, which is of another kind", type, index));
        StreamEvent event;
        if (type == "input_json_delta") {
            if (kind_ == Part::Kind::Opaque) {
                input_ += textOf(given, "partial_json");
                return;
            }
            if (!fits) return;
            event.content.text = textOf(given, "partial_json");
            if (whole_ && !event.content.text.empty()) return fault(fmt::format("input_json_delta came in block {}, whose input was whole", index));
            return delta(std::move(event));
        }
        if (kind_ == Part::Kind::Opaque) return;
        if (type == "text_delta") {
            event.content.text = textOf(given, "text");
            if (!fits) become(Part::Kind::Text);
        } else if (type == "thinking_delta") {
            event.content.text = textOf(given, "thinking");
            if (!fits) become(Part::Kind::Thinking);
        } else if (signature) {
            if (!fits) return;
            event.content.signature = Signature{Family::Anthropic, textOf(given, "signature"), ""};
        } else if (citation) {
            if (!fits || !given.contains("citation")) return;
            event.content.citations.push_back(readAnthropicCitation(given["citation"], static_cast<int>(Family::Anthropic)));
        }
        delta(std::move(event));
    }

    void stopPart() {
        if (!partOpen_) return;
        partOpen_ = false;
        StreamEvent event;
        event.kind = StreamEvent::Kind::PartStop;
        event.part = part_++;
        add(std::move(event));
    }

    void closeBlock() {
        if (!open_) return;
        open_ = false;
        whole_ = false;
        if (kind_ == Part::Kind::Opaque) {
            if (!input_.empty()) {
                bool wellFormed = true;
                held_.opaque["input"] = parseArguments(input_, wellFormed);
                if (!wellFormed) fault("the input of a server's tool is no JSON object");
            }
            begin(std::exchange(held_, Part()));
        }
        stopPart();
    }

    void blockStop(const Json& json) {
        const int index = indexOf(json);
        if (!open_ || index != index_) return fault(fmt::format("content_block_stop came for block {}, which is not open", index));
        closeBlock();
    }

    void messageDelta(const Json& json) {
        if (open_) {
            fault(fmt::format("message_delta came while block {} was open", index_));
            closeBlock();
        }
        if (const auto& usage = objectOf(json, "usage"); !usage.empty()) {
            usage_ = readAnthropicUsage(usage, usage_);
            tellUsage();
        }
        const auto& given = objectOf(json, "delta");
        if (textOf(given, "stop_reason").empty()) return;
        if (finished_) return fault("the stop reason came twice");
        finished_ = true;
        StreamEvent event;
        event.kind = StreamEvent::Kind::Finish;
        event.rawFinish = textOf(given, "stop_reason");
        event.finish = readAnthropicStop(event.rawFinish);
        event.stopSequence = textOf(given, "stop_sequence");
        add(std::move(event));
    }

    void messageStop() {
        if (open_) {
            fault(fmt::format("message_stop came while block {} was open", index_));
            closeBlock();
        }
        if (!finished_) fault("message_stop came without a stop reason");
        StreamEvent event;
        event.kind = StreamEvent::Kind::End;
        add(std::move(event));
        over_ = true;
    }

    SseParser sse_{[this](std::string_view event, std::string_view data) { onEvent(event, data); }};
    std::vector<StreamEvent>* out_ = nullptr;
    Usage usage_;
    Part held_;            ///< A block of no neutral kind, until it is whole.
    std::string input_;
    Part::Kind kind_ = Part::Kind::Text;
    int index_ = -1;
    int next_ = 0;
    int part_ = 0;
    bool started_ = false;
    bool open_ = false;
    bool partOpen_ = false;
    bool whole_ = false;
    bool finished_ = false;
    bool over_ = false;
};

class Writer final : public StreamWriter {
  public:
    explicit Writer(std::string_view model) : model_(model) {}

    void write(const StreamEvent& event, std::string& out) override {
        using Kind = StreamEvent::Kind;
        if (event.choice != 0) {
            if (!otherChoice_) dropped(losses, fmt::format("choices[{}]", event.choice), "Anthropic gives one answer.");
            otherChoice_ = true;
            return;
        }
        switch (event.kind) {
        case Kind::Start: return start(event, out);
        case Kind::PartStart: return partStart(event, out);
        case Kind::PartDelta: return partDelta(event, out);
        case Kind::PartStop: return partStop(out);
        case Kind::Finish:
            finish_ = event.finish;
            stopSequence_ = event.stopSequence;
            return;
        case Kind::Usage: usage_ = event.usage; return;
        case Kind::End: return end(out);
        case Kind::Ping:
            if (started_) send("ping", Json::object(), out);
            return;
        case Kind::Error: return;
        }
    }

    void fail(const ApiError& error, std::string& out) override { writeSse(out, "error", dump(writeAnthropicError(error))); }

  private:
    static void send(const char* type, Json rest, std::string& out) {
        Json json = {{"type", type}};
        json.update(rest);
        writeSse(out, type, dump(json));
    }

    void start(const StreamEvent& event, std::string& out) {
        started_ = true;
        if (!event.model.empty()) model_ = event.model;
        // Usage is not known yet but for Anthropic's own streams; clients want its shape here all the same.
        Json message = {{"id", event.id.empty() ? "msg_" + std::to_string(secondsNow()) : event.id},
                        {"type", "message"},
                        {"role", "assistant"},
                        {"model", model_},
                        {"content", Json::array()},
                        {"stop_reason", nullptr},
                        {"stop_sequence", nullptr},
                        {"usage", writeAnthropicUsage(event.usage)}};
        if (!event.serviceTier.empty()) message["usage"]["service_tier"] = event.serviceTier == "default" ? "standard" : event.serviceTier;
        send("message_start", {{"message", std::move(message)}}, out);
    }

    void partStart(const StreamEvent& event, std::string& out) {
        const auto& part = event.content;
        Json block;
        kind_ = part.kind;
        switch (part.kind) {
        case Part::Kind::Refusal: refused_ = true; [[fallthrough]];
        case Part::Kind::Text: block = {{"type", "text"}, {"text", ""}}; break;
        case Part::Kind::Thinking: block = {{"type", "thinking"}, {"thinking", ""}, {"signature", ""}}; break;
        case Part::Kind::RedactedThinking:
            if (part.signature && part.signature->family == Family::Anthropic) block = {{"type", "redacted_thinking"}, {"data", part.signature->data}};
            break;
        case Part::Kind::ToolCall:
            calls_ = true;
            block = {{"type", "tool_use"}, {"id", safeCallId(part.callId)}, {"name", part.name}, {"input", Json::object()}};
            if (part.signature) dropped(losses, part.path, "Anthropic's calls are not signed.");
            break;
        case Part::Kind::Opaque:
            if (part.extras.family == Family::Anthropic) block = part.opaque;
            break;
        default: break;
        }
        open_ = !block.is_null();
        if (!open_) return dropped(losses, part.path, "Anthropic's streams have no such content.");
        if (part.extras.family == Family::Anthropic && part.kind != Part::Kind::Opaque)
            for (const auto& [key, value] : part.extras.members.items())
                if (!block.contains(key)) block[key] = value;
        send("content_block_start", {{"index", index_}, {"content_block", std::move(block)}}, out);
    }

    void delta(Json delta, std::string& out) const { send("content_block_delta", {{"index", index_}, {"delta", std::move(delta)}}, out); }

    void partDelta(const StreamEvent& event, std::string& out) {
        if (!open_) return;
        const auto& content = event.content;
        if (!event.logprobs.is_null() && !logprobsTold_) {
            logprobsTold_ = true;
            dropped(losses, "logprobs", "Anthropic tells no log probabilities.");
        }
        switch (kind_) {
        case Part::Kind::Text:
        case Part::Kind::Refusal:
            if (!content.text.empty()) delta({{"type", "text_delta"}, {"text", content.text}}, out);
            if (!content.citations.empty())
                for (auto& citation : writeAnthropicCitations(content, losses)) delta({{"type", "citations_delta"}, {"citation", std::move(citation)}}, out);
            return;
        case Part::Kind::Thinking:
            if (!content.text.empty()) delta({{"type", "thinking_delta"}, {"thinking", content.text}}, out);
            if (content.signature && content.signature->family == Family::Anthropic)
                delta({{"type", "signature_delta"}, {"signature", content.signature->data}}, out);
            else if (content.signature) dropped(losses, "signature", "Anthropic's clients hand back its own signatures alone.");
            return;
        case Part::Kind::ToolCall:
            if (!content.text.empty()) delta({{"type", "input_json_delta"}, {"partial_json", content.text}}, out);
            return;
        default: return;
        }
    }

    void partStop(std::string& out) {
        if (!open_) return;
        open_ = false;
        send("content_block_stop", {{"index", index_++}}, out);
    }

    void end(std::string& out) {
        const auto stop = writeAnthropicStop(finish_, calls_, refused_);
        send("message_delta",
             {{"delta", {{"stop_reason", stop}, {"stop_sequence", stopSequence_.empty() ? Json(nullptr) : Json(stopSequence_)}}},
              {"usage", writeAnthropicUsage(usage_)}},
             out);
        send("message_stop", Json::object(), out);
    }

    std::string model_;
    std::string stopSequence_;
    Usage usage_;
    FinishReason finish_ = FinishReason::Unknown;
    Part::Kind kind_ = Part::Kind::Text;
    int index_ = 0;
    bool started_ = false;
    bool open_ = false;
    bool calls_ = false;
    bool refused_ = false;
    bool otherChoice_ = false;
    bool logprobsTold_ = false;
};

}  // namespace

std::unique_ptr<StreamReader> anthropicReader() { return std::make_unique<Reader>(); }

std::unique_ptr<StreamWriter> anthropicWriter(std::string_view model, bool) { return std::make_unique<Writer>(model); }

}  // namespace gatehouse::llm
