// bedrock-converse: ConverseStream, in AWS event-stream frames. Grammar: messageStart; for each block contentBlockStart (of calls
// alone), contentBlockDelta*, contentBlockStop, indices from 0, one block at a time; messageStop with the stop reason; metadata with
// usage, which is the end. An exception in place of any of them.
#include "llm/dialect/aws_events.h"
#include "llm/dialect/bedrock.h"

#include <fmt/format.h>

#include <utility>

namespace gatehouse::llm {
namespace {

const Json& objectOf(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_object() ? *found : emptyObject();
}

int indexOf(const Json& json) {
    const auto found = json.find("contentBlockIndex");
    return found != json.end() && found->is_number_integer() ? found->get<int>() : 0;
}

class Reader final : public StreamReader {
  public:
    void feed(std::string_view bytes, std::vector<StreamEvent>& out) override {
        out_ = &out;
        frames_.feed(bytes);
        if (frames_.broken().empty() || over_) return;
        fault(frames_.broken());
        fail({502, "", "", frames_.broken(), ""});
    }

    void finish(std::vector<StreamEvent>& out) override {
        out_ = &out;
        if (over_) return;
        if (frames_.unfinished()) fault("the stream ended within a frame");
        fault(stopped_ ? "the stream ended without metadata" : "the stream ended without messageStop");
        stopBlock();
    }

  private:
    void add(StreamEvent event) { out_->push_back(std::move(event)); }

    void fail(ApiError error) {
        StreamEvent event;
        event.kind = StreamEvent::Kind::Error;
        event.error = std::move(error);
        add(std::move(event));
        over_ = true;
    }

    void onFrame(const AwsEvent& frame) {
        ++events;
        if (over_) return fault("an event came after the end");
        const auto json = Json::parse(frame.payload, nullptr, false);
        if (frame.messageType == "error") return fail({500, frame.eventType, "", frame.errorMessage, ""});
        if (frame.messageType == "exception") return exception(frame, json);
        if (!json.is_object()) {
            fault("an event is no JSON object");
            return fail({502, "", "", "The provider sent an event that is no JSON.", ""});
        }
        const auto& type = frame.eventType;
        if (type == "messageStart") return start();
        if (!started_) {
            fault(fmt::format("{} came before messageStart", type));
            start();
        }
        if (stopped_ && type != "metadata") return fault(fmt::format("{} came after messageStop", type));
        if (type == "contentBlockStart") blockStart(json);
        else if (type == "contentBlockDelta") blockDelta(json);
        else if (type == "contentBlockStop") blockStop(json);
        else if (type == "messageStop") messageStop(json);
        else if (type == "metadata") metadata(json);
        else fault(fmt::format("an event of unknown type {}", type));
    }

    void exception(const AwsEvent& frame, const Json& json) {
        auto name = frame.eventType;
        if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
        auto error = readBedrockError(bedrockStatus(name), json.is_object() ? json : emptyObject());
        error.type = name;
        if (error.message.empty()) error.message = fmt::format("The provider broke the stream off with {}.", name);
        fail(std::move(error));
    }

    void start() {
        if (started_) return fault("messageStart came twice");
        started_ = true;
        StreamEvent event;
        event.kind = StreamEvent::Kind::Start;
        add(std::move(event));
    }

    void openBlock(int index) {
        if (open_) {
            fault(fmt::format("block {} began while block {} was open", index, index_));
            stopBlock();
        }
        if (index != next_) fault(fmt::format("block {} began where {} was next", index, next_));
        next_ = index + 1;
        index_ = index;
        open_ = true;
        skipped_ = false;
    }

    void begin(Part part) {
        part.path = fmt::format("output.message.content[{}]", index_);
        kind_ = part.kind;
        partOpen_ = true;
        StreamEvent event;
        event.kind = StreamEvent::Kind::PartStart;
        event.part = part_;
        event.content = std::move(part);
        add(std::move(event));
    }

    void stopPart() {
        if (!partOpen_) return;
        partOpen_ = false;
        StreamEvent event;
        event.kind = StreamEvent::Kind::PartStop;
        event.part = part_++;
        add(std::move(event));
    }

    void stopBlock() {
        stopPart();
        open_ = false;
    }

    /// Blocks say their kind by what comes in them; one that changes it becomes two parts.
    void become(Part::Kind kind) {
        if (partOpen_ && kind_ == kind) return;
        if (partOpen_) {
            fault(fmt::format("block {} holds content of two kinds", index_));
            stopPart();
        }
        Part part;
        part.kind = kind;
        begin(std::move(part));
    }

    void delta(StreamEvent event) {
        event.kind = StreamEvent::Kind::PartDelta;
        event.part = part_;
        event.content.kind = kind_;
        add(std::move(event));
    }

    void skip(std::string_view what) {
        if (!skipped_) dropped(losses, fmt::format("output.message.content[{}]", index_), fmt::format("Streams of other dialects have no place for {}.", what));
        skipped_ = true;
    }

    void blockStart(const Json& json) {
        openBlock(indexOf(json));
        const auto& given = objectOf(json, "start");
        if (const auto& use = objectOf(given, "toolUse"); !use.empty()) {
            if (!textOf(use, "type").empty()) return skip("a provider's own tools");
            Part part;
            part.kind = Part::Kind::ToolCall;
            part.callId = textOf(use, "toolUseId");
            part.name = textOf(use, "name");
            if (part.name.empty()) fault(fmt::format("the call of block {} has no name", index_));
            begin(std::move(part));
        } else if (given.contains("toolResult")) {
            skip("a provider's own tools");
        } else if (given.contains("image")) {
            Part part;
            part.kind = Part::Kind::Image;
            part.mediaType = bedrockMediaType(Part::Kind::Image, textOf(given["image"], "format"));
            begin(std::move(part));
        }
    }

    void blockDelta(const Json& json) {
        const int index = indexOf(json);
        if (!open_ || index != index_) openBlock(index);
        if (skipped_) return;
        const auto& given = objectOf(json, "delta");
        StreamEvent event;
        if (given.contains("text")) {
            event.content.text = textOf(given, "text");
            if (event.content.text.empty()) return;
            become(Part::Kind::Text);
        } else if (given.contains("toolUse")) {
            if (!partOpen_ || kind_ != Part::Kind::ToolCall) return fault(fmt::format("arguments came in block {}, which is no call", index));
            event.content.text = textOf(objectOf(given, "toolUse"), "input");
            if (event.content.text.empty()) return;
        } else if (given.contains("reasoningContent")) {
            return reasoning(objectOf(given, "reasoningContent"));
        } else if (given.contains("citation")) {
            become(Part::Kind::Text);
            event.content.citations.push_back(readBedrockCitation(given["citation"]));
        } else if (given.contains("image")) {
            become(Part::Kind::Image);
            event.content.data = textOf(objectOf(objectOf(given, "image"), "source"), "bytes");
        } else {
            return skip("such content");
        }
        delta(std::move(event));
    }

    void reasoning(const Json& given) {
        StreamEvent event;
        if (given.contains("redactedContent")) {
            stopPart();
            Part part;
            part.kind = Part::Kind::RedactedThinking;
            part.signature = Signature{Family::Anthropic, textOf(given, "redactedContent"), ""};
            return begin(std::move(part));
        }
        if (given.contains("signature")) {
            event.content.signature = Signature{Family::Anthropic, textOf(given, "signature"), ""};
            if (event.content.signature->data.empty()) return;
        } else {
            event.content.text = textOf(given, "text");
            if (event.content.text.empty()) return;
        }
        become(Part::Kind::Thinking);
        delta(std::move(event));
    }

    void blockStop(const Json& json) {
        const int index = indexOf(json);
        if (!open_ && index == next_) {
            // A block of nothing.
            ++next_;
            return;
        }
        if (!open_ || index != index_) return fault(fmt::format("contentBlockStop came for block {}, which is not open", index));
        stopBlock();
    }

    void messageStop(const Json& json) {
        if (open_) {
            fault(fmt::format("messageStop came while block {} was open", index_));
            stopBlock();
        }
        stopped_ = true;
        StreamEvent event;
        event.kind = StreamEvent::Kind::Finish;
        event.rawFinish = textOf(json, "stopReason");
        event.finish = readBedrockStop(event.rawFinish);
        event.stopSequence = textOf(objectOf(json, "additionalModelResponseFields"), "stop_sequence");
        if (event.rawFinish.empty()) fault("messageStop has no stop reason");
        add(std::move(event));
    }

    void metadata(const Json& json) {
        if (!stopped_) {
            fault("metadata came before messageStop");
            stopBlock();
        }
        StreamEvent event;
        event.kind = StreamEvent::Kind::Usage;
        event.usage = readBedrockUsage(objectOf(json, "usage"));
        event.usage.known = json.contains("usage");
        event.serviceTier = textOf(objectOf(json, "serviceTier"), "type");
        add(std::move(event));
        if (!stopped_) return;
        StreamEvent end;
        end.kind = StreamEvent::Kind::End;
        add(std::move(end));
        over_ = true;
    }

    AwsEventParser frames_{[this](const AwsEvent& frame) { onFrame(frame); }};
    std::vector<StreamEvent>* out_ = nullptr;
    Part::Kind kind_ = Part::Kind::Text;
    int index_ = -1;
    int next_ = 0;
    int part_ = 0;
    bool started_ = false;
    bool open_ = false;
    bool partOpen_ = false;
    bool skipped_ = false;
    bool stopped_ = false;
    bool over_ = false;
};

class Writer final : public StreamWriter {
  public:
    std::string_view contentType() const override { return "application/vnd.amazon.eventstream"; }

    void write(const StreamEvent& event, std::string& out) override {
        using Kind = StreamEvent::Kind;
        if (event.choice != 0) {
            if (!otherChoice_) dropped(losses, fmt::format("choices[{}]", event.choice), "Bedrock gives one answer.");
            otherChoice_ = true;
            return;
        }
        switch (event.kind) {
        case Kind::Start:
            serviceTier_ = event.serviceTier;
            writeAwsEvent(out, "messageStart", R"({"role":"assistant"})");
            return;
        case Kind::PartStart: return partStart(event.content, out);
        case Kind::PartDelta: return partDelta(event, out);
        case Kind::PartStop: return partStop(out);
        case Kind::Finish:
            finish_ = event.finish;
            stopSequence_ = event.stopSequence;
            return;
        case Kind::Usage:
            usage_ = event.usage;
            if (!event.serviceTier.empty()) serviceTier_ = event.serviceTier;
            return;
        case Kind::End: return end(out);
        case Kind::Error:
        case Kind::Ping: return;
        }
    }

    void fail(const ApiError& error, std::string& out) override {
        const Json payload = {{"message", error.message}};
        writeAwsEvent(out, exceptionOf(error.status), dump(payload), true);
    }

  private:
    /// Of the five that a stream may hold.
    static std::string_view exceptionOf(int status) {
        switch (status) {
        case 429: return "throttlingException";
        case 503:
        case 529: return "serviceUnavailableException";
        case 408:
        case 424:
        case 502:
        case 504: return "modelStreamErrorException";
        default: return status >= 500 ? "internalServerException" : "validationException";
        }
    }

    void sendDelta(Json delta, std::string& out) {
        begun_ = true;
        const Json payload = {{"contentBlockIndex", index_}, {"delta", std::move(delta)}};
        writeAwsEvent(out, "contentBlockDelta", dump(payload));
    }

    void partStart(const Part& part, std::string& out) {
        kind_ = part.kind;
        path_ = part.path;
        begun_ = false;
        open_ = true;
        switch (part.kind) {
        case Part::Kind::Text:
        case Part::Kind::Refusal:
        case Part::Kind::Thinking: return;
        case Part::Kind::RedactedThinking:
            open_ = part.signature && part.signature->family == Family::Anthropic;
            if (open_) sendDelta({{"reasoningContent", {{"redactedContent", part.signature->data}}}}, out);
            break;
        case Part::Kind::ToolCall: {
            calls_ = true;
            arguments_ = false;
            begun_ = true;
            const Json payload = {{"contentBlockIndex", index_}, {"start", {{"toolUse", {{"toolUseId", safeCallId(part.callId)}, {"name", part.name}}}}}};
            writeAwsEvent(out, "contentBlockStart", dump(payload));
            if (part.signature) dropped(losses, part.path + ".signature", "Bedrock's calls are not signed.");
            return;
        }
        case Part::Kind::Image: {
            const auto format = bedrockFormat(part);
            open_ = !format.empty() && part.url.empty() && part.fileId.empty();
            if (!open_) break;
            begun_ = true;
            const Json payload = {{"contentBlockIndex", index_}, {"start", {{"image", {{"format", format}}}}}};
            writeAwsEvent(out, "contentBlockStart", dump(payload));
            if (!part.data.empty()) sendDelta({{"image", {{"source", {{"bytes", part.data}}}}}}, out);
            return;
        }
        default: open_ = false;
        }
        if (!open_) dropped(losses, part.path, "Bedrock's streams have no such content.");
    }

    void partDelta(const StreamEvent& event, std::string& out) {
        if (!open_) return;
        const auto& content = event.content;
        if (!event.logprobs.is_null() && !logprobsTold_) {
            logprobsTold_ = true;
            dropped(losses, "logprobs", "Bedrock tells no log probabilities.");
        }
        switch (kind_) {
        case Part::Kind::Text:
        case Part::Kind::Refusal:
            if (!content.text.empty()) sendDelta({{"text", content.text}}, out);
            if (!content.citations.empty()) {
                auto part = content;
                part.path = path_;
                for (auto& citation : writeBedrockCitations(part, losses)) sendDelta({{"citation", std::move(citation)}}, out);
            }
            return;
        case Part::Kind::Thinking:
            if (!content.text.empty()) sendDelta({{"reasoningContent", {{"text", content.text}}}}, out);
            if (content.signature && content.signature->family == Family::Anthropic) sendDelta({{"reasoningContent", {{"signature", content.signature->data}}}}, out);
            else if (content.signature) dropped(losses, path_ + ".signature", "Bedrock's clients hand back Claude's signatures alone.");
            return;
        case Part::Kind::ToolCall:
            if (content.text.empty()) return;
            arguments_ = true;
            sendDelta({{"toolUse", {{"input", content.text}}}}, out);
            return;
        case Part::Kind::Image:
            if (!content.data.empty()) sendDelta({{"image", {{"source", {{"bytes", content.data}}}}}}, out);
            return;
        default: return;
        }
    }

    void partStop(std::string& out) {
        if (!open_) return;
        open_ = false;
        // Clients parse what they joined: no arguments are an empty object.
        if (kind_ == Part::Kind::ToolCall && !arguments_) sendDelta({{"toolUse", {{"input", "{}"}}}}, out);
        if (!begun_) return;
        const Json payload = {{"contentBlockIndex", index_++}};
        writeAwsEvent(out, "contentBlockStop", dump(payload));
    }

    void end(std::string& out) {
        Json stop = {{"stopReason", writeBedrockStop(finish_, calls_)}};
        if (!stopSequence_.empty()) stop["additionalModelResponseFields"] = {{"stop_sequence", stopSequence_}};
        writeAwsEvent(out, "messageStop", dump(stop));
        Json metadata = {{"usage", writeBedrockUsage(usage_)}, {"metrics", {{"latencyMs", 0}}}};
        defaulted(losses, "metrics.latencyMs", "Bedrock's clients read it; the provider did not say how long it took.");
        if (!serviceTier_.empty()) metadata["serviceTier"] = {{"type", serviceTier_}};
        writeAwsEvent(out, "metadata", dump(metadata));
    }

    Usage usage_;
    FinishReason finish_ = FinishReason::Unknown;
    std::string stopSequence_;
    std::string serviceTier_;
    std::string path_;
    Part::Kind kind_ = Part::Kind::Text;
    int index_ = 0;
    bool open_ = false;
    bool begun_ = false;      ///< Something of the block was sent.
    bool arguments_ = false;
    bool calls_ = false;
    bool otherChoice_ = false;
    bool logprobsTold_ = false;
};

}  // namespace

std::unique_ptr<StreamReader> bedrockReader() { return std::make_unique<Reader>(); }

std::unique_ptr<StreamWriter> bedrockWriter(std::string_view, bool) { return std::make_unique<Writer>(); }

}  // namespace gatehouse::llm
