// gemini-generate and vertex-gemini: streams. Grammar: chunks, each an answer of its own with what is new; the last one of each candidate
// has the finishReason; then the body ends. As server-sent events (alt=sse) or as one JSON list; both are read, events are written
// (JsonListFraming makes a list of them).
#include "llm/dialect/dialect.h"
#include "llm/dialect/gemini.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::Gemini;

const Json& objectOf(const Json& object, std::string_view key) {
    const Members members(object, "");
    const auto* value = members.peek(geminiKey(members, key));
    return value != nullptr && value->is_object() ? *value : emptyObject();
}

std::string textOf(const Json& object, std::string_view key) {
    const Members members(object, "");
    const auto* value = members.peek(geminiKey(members, key));
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

/// The items of a JSON list, or one object by itself, out of bytes at any split.
class ListParser {
  public:
    using OnItem = std::function<void(std::string_view item)>;
    explicit ListParser(OnItem onItem) : onItem_(std::move(onItem)) {}

    void feed(std::string_view bytes) {
        for (const char c : bytes) {
            if (overflowed_) return;
            if (depth_ == 0) {
                between(c);
                continue;
            }
            item_ += c;
            if (item_.size() > SseParser::kMaxEvent) overflowed_ = true;
            if (inText_) {
                if (escaped_) escaped_ = false;
                else if (c == '\\') escaped_ = true;
                else if (c == '"') inText_ = false;
            } else if (c == '"') {
                inText_ = true;
            } else if (c == '{' || c == '[') {
                ++depth_;
            } else if ((c == '}' || c == ']') && --depth_ == 0) {
                ended_ = !inList_;
                onItem_(item_);
                item_.clear();
            }
        }
    }
    bool ended() const { return ended_; }
    bool overflowed() const { return overflowed_; }
    bool stray() const { return stray_; }

  private:
    void between(char c) {
        if (c == '{' && !ended_) {
            item_ = c;
            depth_ = 1;
        } else if (c == '[' && !inList_ && !ended_) {
            inList_ = true;
        } else if (c == ']' && inList_) {
            ended_ = true;
        } else if (c != ',' && c != ' ' && c != '\t' && c != '\r' && c != '\n') {
            stray_ = true;
        }
    }

    OnItem onItem_;
    std::string item_;
    int depth_ = 0;
    bool inList_ = false;
    bool inText_ = false;
    bool escaped_ = false;
    bool ended_ = false;
    bool overflowed_ = false;
    bool stray_ = false;
};

class Reader final : public StreamReader {
  public:
    void feed(std::string_view bytes, std::vector<StreamEvent>& out) override {
        out_ = &out;
        if (framing_ == Framing::Unknown) {
            const auto begin = bytes.find_first_not_of(" \t\r\n");
            if (begin == std::string_view::npos) return;
            framing_ = bytes[begin] == '[' || bytes[begin] == '{' ? Framing::List : Framing::Events;
        }
        if (framing_ == Framing::List) list_.feed(bytes);
        else sse_.feed(bytes);
        if ((sse_.overflowed() || list_.overflowed()) && !over_) fail("The provider sent an event of more than 16 MiB.");
    }

    void finish(std::vector<StreamEvent>& out) override {
        out_ = &out;
        if (over_) return;
        bool whole = !states_.empty();
        if (framing_ == Framing::List ? !list_.ended() : sse_.unfinished()) {
            fault("the stream ended within an event");
            whole = false;
        }
        if (list_.stray()) fault("the list holds what is no object");
        for (const auto& [index, state] : states_)
            if (!state.finished) {
                fault(fmt::format("the stream ended without the finishReason of candidate {}", index));
                whole = false;
            }
        if (states_.empty()) fault("the stream ended without a candidate");
        tracker_.closeAll(out);
        if (!whole) return;
        StreamEvent event;
        event.kind = StreamEvent::Kind::End;
        add(std::move(event));
    }

  private:
    enum class Framing { Unknown, Events, List };
    struct State {
        bool finished = false;
        bool textOpen = false;
        bool thoughtOpen = false;
        bool groundingTold = false;
        int calls = 0;
        std::vector<Json> citations;   ///< Told already: each chunk may repeat them.
    };

    void add(StreamEvent event) { out_->push_back(std::move(event)); }

    void fail(std::string message) {
        StreamEvent event;
        event.kind = StreamEvent::Kind::Error;
        event.error = {502, "", "", std::move(message), ""};
        add(std::move(event));
        over_ = true;
    }

    void onItem(std::string_view data) {
        ++events;
        if (over_) return fault("an event came after the end");
        const auto json = Json::parse(data, nullptr, false);
        if (!json.is_object()) {
            fault("an event is no JSON object");
            return fail("The provider sent a chunk that is no JSON.");
        }
        if (const auto error = json.find("error"); error != json.end() && !error->is_null()) {
            StreamEvent event;
            event.kind = StreamEvent::Kind::Error;
            event.error = readGeminiError(500, json);
            if (error->is_object() && error->contains("code") && (*error)["code"].is_number_integer()) event.error.status = (*error)["code"].get<int>();
            add(std::move(event));
            over_ = true;
            return;
        }
        chunk(json);
    }

    void start(const Json& json) {
        started_ = true;
        StreamEvent event;
        event.kind = StreamEvent::Kind::Start;
        event.id = id_ = textOf(json, "responseId");
        event.model = textOf(json, "modelVersion");
        event.created = secondsOf(textOf(json, "createTime"));
        if (const auto& usage = objectOf(json, "usageMetadata"); !usage.empty()) {
            event.usage = readGeminiUsage(usage);
            event.serviceTier = readGeminiTraffic(usage);
        }
        add(std::move(event));
    }

    void chunk(const Json& json) {
        if (!started_) start(json);
        if (const auto candidates = json.find("candidates"); candidates != json.end() && candidates->is_array()) {
            int place = 0;
            for (const auto& candidate : *candidates) {
                if (candidate.is_object()) onCandidate(candidate, place);
                else fault("a candidate is no object");
                ++place;
            }
        }
        if (const auto reason = textOf(objectOf(json, "promptFeedback"), "blockReason"); !reason.empty()) finished(0, FinishReason::ContentFilter, reason);
        if (const auto& usage = objectOf(json, "usageMetadata"); !usage.empty()) {
            StreamEvent event;
            event.kind = StreamEvent::Kind::Usage;
            event.usage = readGeminiUsage(usage);
            event.serviceTier = readGeminiTraffic(usage);
            add(std::move(event));
        }
    }

    void finished(int index, FinishReason finish, std::string raw) {
        auto& state = states_[index];
        if (state.finished) return fault(fmt::format("the finishReason of candidate {} came twice", index));
        state.finished = true;
        tracker_.close(index, *out_);
        StreamEvent event;
        event.kind = StreamEvent::Kind::Finish;
        event.choice = index;
        event.finish = finish;
        event.rawFinish = std::move(raw);
        add(std::move(event));
    }

    void onCandidate(const Json& candidate, int place) {
        const int index = candidate.contains("index") && candidate["index"].is_number_integer() ? candidate["index"].get<int>() : place;
        auto& state = states_[index];
        const auto& content = objectOf(candidate, "content");
        const auto parts = content.find("parts");
        auto logprobs = objectOf(candidate, "logprobsResult").empty() ? Json() : readGeminiLogprobs(objectOf(candidate, "logprobsResult"));
        if (parts != content.end() && parts->is_array()) {
            Members owner(content, "content");
            for (const auto& item : *parts) {
                auto read = readGeminiPart(item, fmt::format("candidates[{}].content.parts", index), owner, fmt::format("{}/{}", id_, index), state.calls);
                if (state.finished && !read.empty()) {
                    fault(fmt::format("a part of candidate {} came after its finishReason", index));
                    read.clear();
                }
                for (auto& part : read) onPart(index, state, std::move(part), logprobs);
            }
            if (owner.failure()) fault(owner.failure()->message);
        }
        citations(index, state, candidate);
        if (!logprobs.is_null()) {
            if (state.textOpen) {
                StreamEvent event;
                event.logprobs = std::move(logprobs);
                tracker_.add(index, Part::Kind::Text, std::move(event), *out_);
            } else {
                dropped(losses, fmt::format("candidates[{}].logprobsResult", index), "It came where no text is.");
            }
        }
        if (const auto raw = textOf(candidate, "finishReason"); !raw.empty() && raw != "FINISH_REASON_UNSPECIFIED") finished(index, readGeminiFinish(raw), raw);
    }

    void onPart(int index, State& state, Part part, Json& logprobs) {
        const bool text = part.kind == Part::Kind::Text;
        const bool thought = part.kind == Part::Kind::Thinking;
        const bool open = std::exchange(state.thoughtOpen, false);
        state.textOpen = false;
        StreamEvent event;
        if (text) {
            state.textOpen = true;
            event.content.text = std::move(part.text);
            event.logprobs = std::exchange(logprobs, Json());
            return tracker_.add(index, Part::Kind::Text, std::move(event), *out_);
        }
        if (thought && (!part.text.empty() || (open && part.signature && part.signature->id == "thought"))) {
            // A thought's signature comes with its end.
            const bool last = part.signature.has_value();
            event.content.text = std::move(part.text);
            event.content.signature = std::move(part.signature);
            if (last) event.content.signature->id.clear();
            tracker_.add(index, Part::Kind::Thinking, std::move(event), *out_);
            if (last) tracker_.close(index, *out_);
            state.thoughtOpen = !last;
            return;
        }
        // Where a text ends is the stream's own choice: the signature is a part by itself.
        if (thought && part.signature && part.signature->id == "text") part.signature->id.clear();
        if (part.kind == Part::Kind::Audio && !part.data.empty()) {
            event.content.data = std::move(part.data);
            tracker_.add(index, Part::Kind::Audio, std::move(event), *out_);
            return tracker_.close(index, *out_);
        }
        if (part.kind == Part::Kind::ToolCall) {
            if (!part.argumentsMalformed) part.text = dumpArguments(part.arguments);
            part.arguments = Json();
            part.argumentsMalformed = false;
        }
        tracker_.addWhole(index, std::move(part), *out_);
    }

    void citations(int index, State& state, const Json& candidate) {
        std::vector<Part> text(1);
        readGeminiCitations(candidate, text, {});
        std::vector<Json> fresh;
        for (auto& citation : text[0].citations) {
            if (std::find(state.citations.begin(), state.citations.end(), citation) != state.citations.end()) continue;
            state.citations.push_back(citation);
            fresh.push_back(std::move(citation));
        }
        const auto& grounding = objectOf(candidate, "groundingMetadata");
        if (!grounding.empty() && !state.groundingTold && (fresh.empty() || grounding.size() > 2)) {
            state.groundingTold = true;
            dropped(losses, fmt::format("candidates[{}].groundingMetadata", index), "Of what an answer is grounded on, streams carry the citations alone.");
        }
        if (fresh.empty()) return;
        if (!state.textOpen) return dropped(losses, fmt::format("candidates[{}].groundingMetadata", index), "It came where no text is.");
        StreamEvent event;
        event.content.citations = std::move(fresh);
        tracker_.add(index, Part::Kind::Text, std::move(event), *out_);
    }

    SseParser sse_{[this](std::string_view, std::string_view data) { onItem(data); }};
    ListParser list_{[this](std::string_view item) { onItem(item); }};
    PartTracker tracker_;
    std::vector<StreamEvent>* out_ = nullptr;
    std::map<int, State> states_;
    std::string id_;
    Framing framing_ = Framing::Unknown;
    bool started_ = false;
    bool over_ = false;
};

class Writer final : public StreamWriter {
  public:
    Writer(std::string_view model, bool vertex) : model_(model), vertex_(vertex) {}

    void write(const StreamEvent& event, std::string& out) override {
        using Kind = StreamEvent::Kind;
        switch (event.kind) {
        case Kind::Start:
            id_ = event.id;
            if (!event.model.empty()) model_ = event.model;
            created_ = event.created;
            serviceTier_ = event.serviceTier;
            return;
        case Kind::PartStart: return partStart(event);
        case Kind::PartDelta: return partDelta(event, out);
        case Kind::PartStop: return partStop(event, out);
        case Kind::Finish: {
            auto& state = states_[event.choice];
            state.finish = event.finish;
            state.rawFinish = event.rawFinish;
            if (!event.stopSequence.empty()) dropped(losses, fmt::format("choices[{}].stop_sequence", event.choice), "Gemini does not tell which stop sequence was met.");
            return;
        }
        case Kind::Usage:
            usage_ = event.usage;
            if (!event.serviceTier.empty()) serviceTier_ = event.serviceTier;
            return;
        case Kind::End: return end(out);
        case Kind::Error:
        case Kind::Ping: return;
        }
    }

    void fail(const ApiError& error, std::string& out) override { writeSse(out, "", dump(writeGeminiError(error))); }

  private:
    struct State {
        Part part;                 ///< That is open.
        GeminiCitations citations;
        FinishReason finish = FinishReason::Unknown;
        std::string rawFinish;
        std::size_t parts = 0;     ///< Written, where texts that follow each other count as one.
        std::size_t textBytes = 0; ///< Of the text that is last among them.
        bool lastIsText = false;
        std::size_t before = 0;    ///< Bytes of it before the part that is open.
    };

    static Json candidate(int index, Json part) {
        return {{"content", {{"parts", Json::array({std::move(part)})}, {"role", "model"}}}, {"index", index}};
    }

    Json tail(Json chunk) const {
        if (!model_.empty()) chunk["modelVersion"] = model_;
        if (vertex_ && created_ != 0) chunk["createTime"] = rfc3339Of(created_);
        if (!id_.empty()) chunk["responseId"] = id_;
        return chunk;
    }

    void send(Json candidate, std::string& out) const { writeSse(out, "", dump(tail({{"candidates", Json::array({std::move(candidate)})}}))); }

    void partStart(const StreamEvent& event) {
        auto& state = states_[event.choice];
        state.part = event.content;
        state.part.text.clear();
        state.before = state.lastIsText ? state.textBytes : 0;
    }

    void partDelta(const StreamEvent& event, std::string& out) {
        auto& state = states_[event.choice];
        const auto& content = event.content;
        state.part.text += content.text;
        state.part.data += content.data;
        if (content.signature) state.part.signature = content.signature;
        state.part.citations.insert(state.part.citations.end(), content.citations.begin(), content.citations.end());
        const bool text = state.part.kind == Part::Kind::Text || state.part.kind == Part::Kind::Refusal;
        if (!text && state.part.kind != Part::Kind::Thinking) return;
        if (content.text.empty() && event.logprobs.is_null()) return;
        Json part = {{"text", content.text}};
        if (!text) part["thought"] = true;
        auto item = candidate(event.choice, std::move(part));
        if (!event.logprobs.is_null()) item["logprobsResult"] = writeGeminiLogprobs(event.logprobs);
        if (content.text.empty()) return send(std::move(item), out);
        if (!text) {
            if (state.part.text.size() == content.text.size()) ++state.parts;
            state.lastIsText = false;
        } else {
            if (!state.lastIsText) ++state.parts, state.textBytes = 0;
            state.lastIsText = true;
            state.textBytes += content.text.size();
        }
        send(std::move(item), out);
    }

    void partStop(const StreamEvent& event, std::string& out) {
        auto& state = states_[event.choice];
        auto part = std::exchange(state.part, Part());
        if (part.kind == Part::Kind::Refusal) return;
        if (part.kind == Part::Kind::Text) {
            if (part.citations.empty()) return;
            state.citations.add(part, state.parts > 0 ? state.parts - 1 : 0, state.before, losses);
            if (state.citations.empty()) return;
            auto item = candidate(event.choice, {{"text", ""}});
            item["groundingMetadata"] = state.citations.metadata();
            return send(std::move(item), out);
        }
        if (part.kind == Part::Kind::Thinking && !part.text.empty()) {
            if (part.signature && part.signature->family == kFamily)
                return send(candidate(event.choice, {{"text", ""}, {"thought", true}, {"thoughtSignature", part.signature->data}}), out);
            if (part.signature) dropped(losses, part.path + ".signature", "Gemini's clients hand back its own signatures alone.");
            return;
        }
        if (part.kind == Part::Kind::ToolCall) {
            bool wellFormed = true;
            part.arguments = parseArguments(part.text, wellFormed);
            part.argumentsMalformed = !wellFormed;
        }
        auto item = writeGeminiAnswerPart(part, losses);
        if (item.is_null()) {
            if (!part.taken) dropped(losses, part.path, "Gemini's streams have no such content.");
            return;
        }
        ++state.parts;
        state.lastIsText = false;
        send(candidate(event.choice, std::move(item)), out);
    }

    void end(std::string& out) {
        Json candidates = Json::array();
        if (states_.empty()) states_[0];
        for (const auto& [index, state] : states_) {
            auto item = candidate(index, {{"text", ""}});
            item["finishReason"] = writeGeminiFinish(state.finish, state.rawFinish);
            candidates.push_back(std::move(item));
        }
        Json last = {{"candidates", std::move(candidates)}};
        if (usage_.known) {
            last["usageMetadata"] = writeGeminiUsage(usage_);
            if (vertex_ && !serviceTier_.empty())
                last["usageMetadata"]["trafficType"] = serviceTier_ == "flex" ? "ON_DEMAND_FLEX" : serviceTier_ == "priority" ? "ON_DEMAND_PRIORITY" : "ON_DEMAND";
        }
        writeSse(out, "", dump(tail(std::move(last))));
    }

    std::string model_;
    std::string id_;
    std::string serviceTier_;
    std::int64_t created_ = 0;
    Usage usage_;
    bool vertex_;
    std::map<int, State> states_;
};

}  // namespace

std::unique_ptr<StreamReader> geminiReader() { return std::make_unique<Reader>(); }

std::unique_ptr<StreamWriter> geminiWriter(std::string_view model, bool vertex) { return std::make_unique<Writer>(model, vertex); }

}  // namespace gatehouse::llm
