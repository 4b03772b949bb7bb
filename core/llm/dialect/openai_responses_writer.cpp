// openai-responses: streams, written. The grammar is told in openai_responses_reader.cpp. What an item is at its end is what the whole
// answer would have held (openai_responses_answer.cpp): a test holds them to it.
#include "llm/dialect/dialect.h"
#include "llm/dialect/openai_responses.h"

#include <fmt/format.h>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::OpenAiResponses;

class Writer final : public StreamWriter {
  public:
    explicit Writer(std::string_view model) : model_(model) {}

    void write(const StreamEvent& event, std::string& out) override {
        using Kind = StreamEvent::Kind;
        out_ = &out;
        if (event.choice != 0) {
            if (!std::exchange(otherChoice_, true)) dropped(losses, fmt::format("choices[{}]", event.choice), "A response is one answer.");
            return;
        }
        switch (event.kind) {
        case Kind::Start: return start(event);
        case Kind::PartStart: return partStart(event.content);
        case Kind::PartDelta: return partDelta(event);
        case Kind::PartStop: return partStop();
        case Kind::Finish: finish_ = event.finish, rawFinish_ = event.rawFinish, stopSequence_ = event.stopSequence; return;
        case Kind::Usage:
            usage_ = event.usage;
            if (!event.serviceTier.empty()) serviceTier_ = event.serviceTier;
            return;
        case Kind::End: return end();
        case Kind::Ping:
            // A comment: not every client knows an event for it.
            if (started_) out.append(": keepalive\n\n");
            return;
        case Kind::Error: return;
        }
    }

    void fail(const ApiError& error, std::string& out) override {
        out_ = &out;
        const auto code = responseErrorCode(error);
        send("error", {{"code", code}, {"message", error.message}, {"param", error.param.empty() ? Json(nullptr) : Json(error.param)}});
        if (!started_) return;
        auto response = shell("failed");
        response["error"] = {{"code", code}, {"message", error.message}};
        send("response.failed", {{"response", std::move(response)}});
    }

  private:
    void send(const std::string& type, Json rest) {
        Json json = {{"type", type}, {"sequence_number", sequence_++}};
        json.update(rest);
        writeSse(*out_, type, dump(json));
    }

    /// An event of the item that is open.
    void tell(const char* type, Json rest) {
        Json json = {{"item_id", item_["id"]}, {"output_index", output_.size()}};
        json.update(rest);
        send(type, std::move(json));
    }

    Json shell(std::string_view status) const {
        auto response = responseShell(id_, created_, model_, status);
        response["output"] = output_;
        if (usage_.known) response["usage"] = writeResponsesUsage(usage_);
        if (!serviceTier_.empty()) response["service_tier"] = serviceTier_;
        return response;
    }

    void start(const StreamEvent& event) {
        started_ = true;
        id_ = event.id.empty() ? "resp_" + std::to_string(secondsNow()) : event.id;
        if (!event.model.empty()) model_ = event.model;
        created_ = event.created != 0 ? event.created : secondsNow();
        serviceTier_ = event.serviceTier;
        const auto response = shell("in_progress");
        send("response.created", {{"response", response}});
        send("response.in_progress", {{"response", response}});
    }

    // --- items ---

    std::string id(std::string_view prefix) const { return responseItemId(prefix, id_, output_.size()); }

    void openItem(Json item) {
        item_ = std::move(item);
        open_ = true;
        send("response.output_item.added", {{"output_index", output_.size()}, {"item", item_}});
    }

    void closeItem(bool incomplete = false) {
        if (!std::exchange(open_, false)) return;
        if (item_.contains("status")) item_["status"] = incomplete ? "incomplete" : "completed";
        send("response.output_item.done", {{"output_index", output_.size()}, {"item", item_}});
        output_.push_back(std::move(item_));
    }

    bool inMessage() const { return open_ && item_["type"] == "message"; }

    // --- parts ---

    void partStart(const Part& part) {
        part_ = part;
        text_.clear();
        logprobs_ = Json::array();
        begun_ = false;
        switch (part.kind) {
        case Part::Kind::Text:
        case Part::Kind::Refusal:
        case Part::Kind::Thinking:
        case Part::Kind::RedactedThinking: break;  // With their first text, or at their end.
        case Part::Kind::ToolCall: return callStart();
        case Part::Kind::Image:
            if (part.data.empty()) return dropped(losses, part.path, "A response holds images as data.");
            closeItem();
            return openItem({{"id", id("ig")}, {"type", "image_generation_call"}, {"status", "in_progress"}, {"result", nullptr}});
        case Part::Kind::Opaque:
            if (part.extras.family != kFamily) return dropped(losses, part.path, "A response has no such content.");
            closeItem();
            return openItem(part.opaque);
        default: dropped(losses, part.path, "A response has no such content."); return;
        }
        if (!part.text.empty()) say(part.text, nullptr);
    }

    void callStart() {
        closeItem();
        begun_ = true;
        if (isCustomCall(part_)) openItem({{"id", id("ctc")}, {"type", "custom_tool_call"}, {"status", "in_progress"}, {"call_id", part_.callId}, {"name", part_.name}, {"input", ""}});
        else openItem({{"id", id("fc")}, {"type", "function_call"}, {"status", "in_progress"}, {"arguments", ""}, {"call_id", part_.callId}, {"name", part_.name}});
    }

    void contentStart() {
        if (!inMessage()) {
            closeItem();
            openItem({{"id", id("msg")}, {"type", "message"}, {"status", "in_progress"}, {"role", "assistant"}, {"content", Json::array()}});
        }
        tell("response.content_part.added", {{"content_index", item_["content"].size()}, {"part", contentPart("", Json::array(), Json::array())}});
    }

    Json contentPart(std::string_view text, Json annotations, Json logprobs) const {
        if (part_.kind == Part::Kind::Refusal) return {{"type", "refusal"}, {"refusal", text}};
        return {{"type", "output_text"}, {"text", text}, {"annotations", std::move(annotations)}, {"logprobs", std::move(logprobs)}};
    }

    void thinkingStart() {
        closeItem();
        const bool own = part_.signature && part_.signature->family == kFamily && !part_.signature->id.empty();
        openItem({{"id", own ? part_.signature->id : id("rs")}, {"type", "reasoning"}, {"summary", Json::array()}});
    }

    void partDelta(const StreamEvent& event) {
        const auto& content = event.content;
        if (content.signature) part_.signature = content.signature;
        part_.citations.insert(part_.citations.end(), content.citations.begin(), content.citations.end());
        Json logprobs;
        if (event.logprobs.is_object() && event.logprobs.contains("content") && event.logprobs["content"].is_array()) logprobs = event.logprobs["content"];
        if (!content.text.empty() || !logprobs.is_null()) say(content.text, logprobs);
    }

    void say(const std::string& text, const Json& logprobs) {
        switch (part_.kind) {
        case Part::Kind::Text:
        case Part::Kind::Refusal: {
            if (!std::exchange(begun_, true)) contentStart();
            Json rest = {{"content_index", item_["content"].size()}, {"delta", text}};
            if (part_.kind == Part::Kind::Text) rest["logprobs"] = logprobs.is_null() ? Json::array() : logprobs;
            if (!logprobs.is_null())
                for (const auto& token : logprobs) logprobs_.push_back(token);
            tell(part_.kind == Part::Kind::Text ? "response.output_text.delta" : "response.refusal.delta", std::move(rest));
            break;
        }
        case Part::Kind::Thinking:
            if (!std::exchange(begun_, true)) {
                thinkingStart();
                tell("response.reasoning_summary_part.added", {{"summary_index", 0}, {"part", {{"type", "summary_text"}, {"text", ""}}}});
            }
            tell("response.reasoning_summary_text.delta", {{"summary_index", 0}, {"delta", text}});
            break;
        case Part::Kind::ToolCall:
            // The input of a custom tool is known when its JSON is whole.
            if (!isCustomCall(part_)) tell("response.function_call_arguments.delta", {{"delta", text}});
            break;
        default: return;
        }
        text_ += text;
    }

    void partStop() {
        const bool thinking = part_.kind == Part::Kind::Thinking || part_.kind == Part::Kind::RedactedThinking;
        if (part_.kind == Part::Kind::Text || part_.kind == Part::Kind::Refusal) contentStop();
        else if (thinking) thinkingStop();
        else if (part_.kind == Part::Kind::ToolCall) callStop();
        else if (part_.kind == Part::Kind::Image && open_) item_["result"] = part_.data;
        if (!thinking && part_.signature && begun_) signature();
        begun_ = false;
    }

    void contentStop() {
        if (!begun_) return;
        const Json at = {{"content_index", item_["content"].size()}};
        const auto done = [&](const char* type, Json rest) {
            Json json = at;
            json.update(rest);
            tell(type, std::move(json));
        };
        part_.text = text_;
        if (part_.kind == Part::Kind::Refusal) {
            done("response.refusal.done", {{"refusal", text_}});
            auto whole = contentPart(text_, {}, {});
            done("response.content_part.done", {{"part", whole}});
            return item_["content"].push_back(std::move(whole));
        }
        auto annotations = writeResponsesAnnotations(part_, losses);
        std::size_t i = 0;
        for (const auto& annotation : annotations) done("response.output_text.annotation.added", {{"annotation_index", i++}, {"annotation", annotation}});
        done("response.output_text.done", {{"text", text_}, {"logprobs", logprobs_}});
        auto whole = contentPart(text_, std::move(annotations), std::move(logprobs_));
        done("response.content_part.done", {{"part", whole}});
        item_["content"].push_back(std::move(whole));
    }

    void thinkingStop() {
        if (!begun_) {
            if (!part_.signature) return;
            thinkingStart();
        } else {
            const Json summary = {{"type", "summary_text"}, {"text", text_}};
            tell("response.reasoning_summary_text.done", {{"summary_index", 0}, {"text", text_}});
            tell("response.reasoning_summary_part.done", {{"summary_index", 0}, {"part", summary}});
            item_["summary"].push_back(summary);
        }
        if (!part_.signature) return;
        const auto encrypted = writeEncrypted(*part_.signature, part_.kind == Part::Kind::Thinking ? "thinking" : "redacted");
        if (!encrypted.empty()) item_["encrypted_content"] = encrypted;
    }

    void callStop() {
        if (!isCustomCall(part_)) {
            if (text_.empty()) {
                text_ = "{}";
                tell("response.function_call_arguments.delta", {{"delta", text_}});
            }
            item_["arguments"] = text_;
            return tell("response.function_call_arguments.done", {{"name", part_.name}, {"arguments", text_}});
        }
        bool wellFormed = true;
        const auto arguments = parseArguments(text_, wellFormed);
        const auto input = wellFormed ? arguments.value("input", "") : text_;
        if (!input.empty()) tell("response.custom_tool_call_input.delta", {{"delta", input}});
        tell("response.custom_tool_call_input.done", {{"input", input}});
        item_["input"] = input;
    }

    /// Of a part that is no thinking: in an item of its own behind it.
    void signature() {
        const auto encrypted = writeEncrypted(*part_.signature, "part");
        if (encrypted.empty()) return dropped(losses, part_.path + ".signature", "A response has no place for this signature.");
        closeItem();
        openItem({{"id", id("rs")}, {"type", "reasoning"}, {"summary", Json::array()}});
        item_["encrypted_content"] = encrypted;
    }

    void end() {
        const auto reason = writeResponsesReason(finish_);
        closeItem(!reason.empty());
        if (!stopSequence_.empty()) dropped(losses, "stop_sequence", "A response does not say which stop sequence was met.");
        if (finish_ == FinishReason::Pause || finish_ == FinishReason::MalformedToolCall)
            coerced(losses, "finish_reason", fmt::format("A response has no status for \"{}\"; it is \"completed\".", rawFinish_));
        auto response = shell(reason.empty() ? "completed" : "incomplete");
        if (!reason.empty()) response["incomplete_details"] = {{"reason", reason}};
        send(reason.empty() ? "response.completed" : "response.incomplete", {{"response", std::move(response)}});
    }

    std::string* out_ = nullptr;
    std::string id_;
    std::string model_;
    std::string serviceTier_;
    std::string rawFinish_;
    std::string stopSequence_;
    std::int64_t created_ = 0;
    std::uint64_t sequence_ = 0;
    Usage usage_;
    FinishReason finish_ = FinishReason::Unknown;
    Json output_ = Json::array();  ///< Items that are done.
    Json item_;                    ///< The one that is open: it stays so until the next begins, for only the end tells whether it is whole.
    Part part_;
    std::string text_;             ///< Of the part under way.
    Json logprobs_ = Json::array();
    bool started_ = false;
    bool open_ = false;
    bool begun_ = false;           ///< The part under way has been told of.
    bool otherChoice_ = false;
};

}  // namespace

std::unique_ptr<StreamWriter> responsesWriter(std::string_view model, bool) { return std::make_unique<Writer>(model); }

}  // namespace gatehouse::llm
