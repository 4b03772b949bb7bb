// mistral-chat: streams, written. As OpenAI's chat, but that a call comes whole in one chunk, thoughts are parts of the content, and the
// chunk that says why it ended holds the usage.
#include "llm/dialect/mistral_chat.h"
#include "llm/dialect/openai_chat.h"
#include "llm/dialect/dialect.h"

#include <map>

namespace gatehouse::llm {
namespace {

class Writer final : public StreamWriter {
  public:
    explicit Writer(std::string_view model) : model_(model) {}

    void write(const StreamEvent& event, std::string& out) override {
        using Kind = StreamEvent::Kind;
        switch (event.kind) {
        case Kind::Start:
            id_ = event.id.empty() ? "chatcmpl-" + std::to_string(secondsNow()) : event.id;
            if (!event.model.empty()) model_ = event.model;
            serviceTier_ = event.serviceTier;
            created_ = event.created != 0 ? event.created : secondsNow();
            return;
        case Kind::PartStart: states_[event.choice].part = event.content; return;
        case Kind::PartDelta: return partDelta(event, out);
        case Kind::PartStop: return partStop(event, out);
        case Kind::Finish: states_[event.choice].finish = event.finish; return;
        case Kind::Usage:
            usage_ = event.usage;
            if (!event.serviceTier.empty()) serviceTier_ = event.serviceTier;
            return;
        case Kind::End: return end(out);
        case Kind::Error:
        case Kind::Ping: return;
        }
    }

    void fail(const ApiError& error, std::string& out) override { writeSse(out, "", dump(kMistralChat.writeError(error))); }

  private:
    struct State {
        bool begun = false;
        int calls = 0;
        Part part;              ///< That is open; of a call with its arguments so far.
        FinishReason finish = FinishReason::Unknown;
    };

    void send(int choice, Json delta, std::string& out, const Json& finish = {}, const Json& usage = {}) {
        auto& state = states_[choice];
        if (!state.begun) {
            state.begun = true;
            Json first = {{"role", "assistant"}};
            if (!delta.contains("content")) first["content"] = "";
            first.update(delta);
            delta = std::move(first);
        }
        Json chunk = {{"id", id_}, {"object", "chat.completion.chunk"}, {"created", created_}, {"model", model_},
                      {"choices", Json::array({{{"index", choice}, {"delta", std::move(delta)}, {"finish_reason", finish}}})}};
        if (!serviceTier_.empty()) chunk["service_tier"] = serviceTier_;
        if (!usage.is_null()) chunk["usage"] = usage;
        writeSse(out, "", dump(chunk));
    }

    void partDelta(const StreamEvent& event, std::string& out) {
        auto& part = states_[event.choice].part;
        const auto& text = event.content.text;
        if (part.kind == Part::Kind::ToolCall) part.text += text;
        if (text.empty()) return;
        if (part.kind == Part::Kind::Thinking) send(event.choice, {{"content", Json::array({mistralThought(text)})}}, out);
        else if (part.kind == Part::Kind::Text || part.kind == Part::Kind::Refusal) send(event.choice, {{"content", text}}, out);
    }

    void partStop(const StreamEvent& event, std::string& out) {
        auto& state = states_[event.choice];
        const auto part = std::exchange(state.part, Part());
        if (part.kind == Part::Kind::Image || part.kind == Part::Kind::Opaque) dropped(losses, part.path, "Mistral's streams have no such content.");
        if (part.kind != Part::Kind::ToolCall) return;
        Json call = {{"id", mistralCallId(part.callId)}, {"function", {{"name", part.name}, {"arguments", part.text.empty() ? "{}" : part.text}}}, {"index", state.calls++}};
        send(event.choice, {{"tool_calls", Json::array({std::move(call)})}}, out);
    }

    void end(std::string& out) {
        std::size_t left = states_.size();
        for (const auto& [choice, state] : states_) {
            const bool last = --left == 0;
            send(choice, {{"content", ""}}, out, writeOpenAiFinish(state.finish, state.calls > 0),
                 last && usage_.known ? writeOpenAiUsage(usage_) : Json());
        }
        writeSse(out, "", "[DONE]");
    }

    std::string model_;
    std::string id_;
    std::string serviceTier_;
    std::int64_t created_ = 0;
    Usage usage_;
    std::map<int, State> states_;
};

}  // namespace

std::unique_ptr<StreamWriter> mistralChatWriter(std::string_view model, bool) { return std::make_unique<Writer>(model); }

}  // namespace gatehouse::llm
