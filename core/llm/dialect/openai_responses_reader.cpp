// openai-responses: streams, read. Grammar: response.created, response.in_progress; for each item output_item.added, its own events,
// output_item.done, with output_index from 0, one item at a time; response.completed, incomplete or failed, or an error. A message's
// parts: content_part.added, deltas, their done, content_part.done. sequence_number grows with every event.
#include "llm/dialect/dialect.h"
#include "llm/dialect/openai_responses.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <list>

namespace gatehouse::llm {
namespace {

constexpr auto kFamily = Family::OpenAiResponses;

/// Progress of built-in tools, whose items come whole at their end.
constexpr std::array<std::string_view, 9> kProgress = {"response.web_search_call.",         "response.file_search_call.",     "response.image_generation_call.",
                                                       "response.code_interpreter_call.",   "response.code_interpreter_call_code.", "response.mcp_call.",
                                                       "response.mcp_call_arguments.",      "response.mcp_list_tools.",       "response.audio."};

std::string textOf(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

const Json& objectOf(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_object() ? *found : emptyObject();
}

int numberOf(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() ? found->get<int>() : -1;
}

/// A text as it stands within a JSON string.
std::string escaped(const std::string& text) {
    const auto quoted = dump(Json(text));
    return quoted.substr(1, quoted.size() - 2);
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
        fault("the stream ended without response.completed");
        closeAll();
    }

  private:
    struct Item {
        int index = 0;
        std::string id;
        std::string type;
        bool done = false;
        std::vector<StreamEvent> held;  ///< While an item before it is open.

        /// The part under way: of a message its content, else the item itself.
        bool begun = false;             ///< PartStart was told.
        bool open = false;              ///< Message: between content_part.added and done.
        Part::Kind kind = Part::Kind::Text;
        int content = -1;               ///< Index of the last content or summary part.
        std::string text;
        std::vector<Json> annotations;
        bool logprobs = false;
        bool gap = false;               ///< Reasoning: another part of the summary begins.
    };

    void add(StreamEvent event) { out_->push_back(std::move(event)); }

    void fail(ApiError error) {
        StreamEvent event;
        event.kind = StreamEvent::Kind::Error;
        event.error = std::move(error);
        add(std::move(event));
        over_ = true;
    }

    void onEvent(std::string_view name, std::string_view data) {
        ++events;
        if (data == "[DONE]") return fault("[DONE] came, which responses do not have");
        const auto json = Json::parse(data, nullptr, false);
        if (!json.is_object()) {
            fault("an event is no JSON object");
            if (!over_) fail({502, "", "", "The provider sent an event that is no JSON.", ""});
            return;
        }
        auto type = textOf(json, "type");
        if (!name.empty() && name != type) fault(fmt::format("an event named {} is of type {}", name, type));
        if (type.empty() && name == "error") type = "error";
        if (over_) {
            // OpenAI tells an error twice.
            if (!(errorTold_ && type == "response.failed")) fault(fmt::format("{} came after the end", type));
            return;
        }
        sequence(json, type);
        if (type == "keepalive") return add({});
        if (type == "error" || (type.empty() && json.contains("error"))) return error(json);
        if (type == "response.created") return start(objectOf(json, "response"));
        if (!started_) {
            fault(fmt::format("{} came before response.created", type));
            start(objectOf(json, "response"));
        }
        if (type == "response.in_progress" || type == "response.queued") {
            if (next_ > 0) fault(fmt::format("{} came after an item", type));
            return;
        }
        if (type == "response.completed" || type == "response.incomplete" || type == "response.failed") return end(type, objectOf(json, "response"));
        dispatch(type, json);
    }

    void sequence(const Json& json, const std::string& type) {
        const auto number = numberOf(json, "sequence_number");
        if (number < 0) {
            if (!std::exchange(unnumbered_, true)) fault(fmt::format("{} has no sequence_number", type));
            return;
        }
        if (number <= sequence_) fault(fmt::format("{} has the sequence_number {} after {}", type, number, sequence_));
        sequence_ = std::max(sequence_, number);
    }

    void error(const Json& json) {
        // Flat, or as in a body.
        const auto& inner = json.contains("error") ? objectOf(json, "error") : json;
        auto told = readResponseError(Json{{"error", inner}});
        if (told.type == "error") told.type.clear();
        errorTold_ = true;
        fail(std::move(told));
    }

    void start(const Json& response) {
        if (std::exchange(started_, true)) return fault("response.created came twice");
        StreamEvent event;
        event.kind = StreamEvent::Kind::Start;
        event.id = textOf(response, "id");
        event.model = textOf(response, "model");
        if (const auto created = response.find("created_at"); created != response.end() && created->is_number()) event.created = created->get<std::int64_t>();
        const auto tier = textOf(response, "service_tier");
        event.serviceTier = tier == "auto" ? "" : tier;
        add(std::move(event));
    }

    void dispatch(const std::string& type, const Json& json) {
        constexpr std::string_view kPrefix = "response.";
        if (type == "response.output_item.added") return itemAdded(json);
        if (std::any_of(kProgress.begin(), kProgress.end(), [&](std::string_view known) { return type.starts_with(known); })) return;
        const auto word = type.starts_with(kPrefix) ? std::string_view(type).substr(kPrefix.size()) : std::string_view();
        using Handler = void (Reader::*)(Item&, const Json&);
        static constexpr std::array<std::pair<std::string_view, Handler>, 20> kHandlers = {{
            {"output_item.done", &Reader::itemDone},
            {"content_part.added", &Reader::contentAdded},
            {"content_part.done", &Reader::contentDone},
            {"output_text.delta", &Reader::textDelta},
            {"output_text.done", &Reader::textDone},
            {"output_text.annotation.added", &Reader::annotationAdded},
            {"refusal.delta", &Reader::refusalDelta},
            {"refusal.done", &Reader::refusalDone},
            {"function_call_arguments.delta", &Reader::argumentsDelta},
            {"function_call_arguments.done", &Reader::argumentsDone},
            {"custom_tool_call_input.delta", &Reader::inputDelta},
            {"custom_tool_call_input.done", &Reader::inputDone},
            {"reasoning_summary_part.added", &Reader::summaryAdded},
            {"reasoning_summary_part.done", &Reader::summaryDone},
            {"reasoning_summary_text.delta", &Reader::thoughtDelta},
            {"reasoning_summary_text.done", &Reader::summaryDone},
            {"reasoning_text.delta", &Reader::thoughtDelta},
            {"reasoning_text.done", &Reader::summaryDone},
            {"reasoning_summary.delta", &Reader::thoughtDelta},
            {"reasoning_summary.done", &Reader::summaryDone},
        }};
        const auto found = std::find_if(kHandlers.begin(), kHandlers.end(), [&](const auto& row) { return row.first == word; });
        if (found == kHandlers.end()) return fault(fmt::format("there is no event {}", type));
        const int index = numberOf(json, "output_index");
        const auto item = std::find_if(items_.begin(), items_.end(), [&](const Item& open) { return open.index == index && !open.done; });
        if (item == items_.end()) return fault(fmt::format("{} came for item {}, which is not open", type, index));
        if (const auto id = textOf(json, "item_id"); !id.empty() && !item->id.empty() && id != item->id)
            fault(fmt::format("{} names item {} by another id than it began with", type, index));
        (this->*found->second)(*item, json);
        settle();
    }

    // --- parts ---

    void emit(Item& item, StreamEvent event) {
        if (&item != &items_.front()) return item.held.push_back(std::move(event));
        tell(std::move(event));
    }

    void tell(StreamEvent event) {
        if (event.kind == StreamEvent::Kind::PartStart) ++part_;
        event.part = part_;
        add(std::move(event));
    }

    void begin(Item& item, Part part) {
        item.begun = true;
        item.kind = part.kind;
        part.extras.family = part.extras.members.empty() ? kFamily : part.extras.family;
        part.path = fmt::format("output[{}]", item.index);
        part.extras.path = part.path;
        StreamEvent event;
        event.kind = StreamEvent::Kind::PartStart;
        event.content = std::move(part);
        emit(item, std::move(event));
    }

    void begin(Item& item, Part::Kind kind) {
        Part part;
        part.kind = kind;
        begin(item, std::move(part));
    }

    void delta(Item& item, StreamEvent event) {
        event.kind = StreamEvent::Kind::PartDelta;
        event.content.kind = item.kind;
        emit(item, std::move(event));
    }

    void stop(Item& item) {
        if (!std::exchange(item.begun, false)) return;
        StreamEvent event;
        event.kind = StreamEvent::Kind::PartStop;
        emit(item, std::move(event));
    }

    /// Items that are done leave; what waited behind them is told.
    void settle() {
        while (!items_.empty() && items_.front().done) {
            items_.pop_front();
            if (items_.empty()) return;
            for (auto& event : std::exchange(items_.front().held, {})) tell(std::move(event));
        }
    }

    void closeAll() {
        for (auto& item : items_) {
            stop(item);
            item.done = true;
        }
        settle();
    }

    // --- items ---

    void itemAdded(const Json& json) {
        const auto& given = objectOf(json, "item");
        Item made;
        made.index = numberOf(json, "output_index");
        made.id = textOf(given, "id");
        made.type = textOf(given, "type");
        if (made.index != next_) fault(fmt::format("item {} began where {} was next", made.index, next_));
        if (!items_.empty()) fault(fmt::format("item {} began while item {} was open", made.index, items_.back().index));
        next_ = made.index + 1;
        ++count_;
        items_.push_back(std::move(made));
        auto& item = items_.back();
        if (item.type != "function_call" && item.type != "custom_tool_call") return;
        calls_ = true;
        Part part;
        part.kind = Part::Kind::ToolCall;
        part.callId = textOf(given, "call_id");
        part.name = textOf(given, "name");
        if (part.callId.empty() || part.name.empty()) fault(fmt::format("item {} is a call without its id or name", item.index));
        // In a stream a custom call is told as a function's with {"input": ...}: openai-chat's streams have no other word for it yet.
        const bool custom = item.type == "custom_tool_call";
        begin(item, std::move(part));
        if (const auto early = textOf(given, custom ? "input" : "arguments"); !early.empty()) custom ? input(item, early) : arguments(item, early);
    }

    void itemDone(Item& item, const Json& json) {
        const auto& given = objectOf(json, "item");
        if (textOf(given, "type") != item.type) fault(fmt::format("item {} ended as another type than it began", item.index));
        if (const auto id = textOf(given, "id"); !id.empty() && !item.id.empty() && id != item.id) fault(fmt::format("item {} ended with another id than it began with", item.index));
        if (item.type == "message") messageDone(item, given);
        else if (item.type == "reasoning") reasoningDone(item, given);
        else if (item.type == "function_call") callDone(item, textOf(given, "arguments"));
        else if (item.type == "custom_tool_call") customDone(item, textOf(given, "input"));
        else whole(item, given);
        stop(item);
        item.done = true;
    }

    void whole(Item& item, const Json& given) {
        Part part;
        part.kind = Part::Kind::Opaque;
        part.opaque = given;
        begin(item, std::move(part));
    }

    // --- messages ---

    void contentAdded(Item& item, const Json& json) {
        const int index = numberOf(json, "content_index");
        const auto& part = objectOf(json, "part");
        const auto type = textOf(part, "type");
        if (item.type == "reasoning") {
            item.gap = true;
            return;
        }
        if (item.type != "message") return fault(fmt::format("content_part.added came in item {}, which is no message", item.index));
        if (item.open) {
            fault(fmt::format("content {} of item {} began while {} was open", index, item.index, item.content));
            closeContent(item);
        }
        if (index != item.content + 1) fault(fmt::format("content {} of item {} began where {} was next", index, item.index, item.content + 1));
        openContent(item, index, type == "output_text" ? Part::Kind::Text : type == "refusal" ? Part::Kind::Refusal : Part::Kind::Opaque);
        if (const auto early = textOf(part, "text"); !early.empty()) say(item, early, {});
    }

    static void openContent(Item& item, int index, Part::Kind kind) {
        item.open = true;
        item.content = index;
        item.kind = kind;
        item.text.clear();
        item.annotations.clear();
        item.logprobs = false;
    }

    bool fits(Item& item, const Json& json, Part::Kind kind, const char* what) {
        if (item.type != "message") {
            fault(fmt::format("{} came in item {}, which is no message", what, item.index));
            return false;
        }
        const int index = numberOf(json, "content_index");
        if (item.open && item.kind == kind && index == item.content) return true;
        fault(fmt::format("{} came for content {} of item {}, which is not open for it", what, index, item.index));
        if (item.open) closeContent(item);
        openContent(item, index, kind);
        return true;
    }

    static Json logprobsOf(const Json& json) {
        const auto found = json.find("logprobs");
        if (found == json.end() || !found->is_array() || found->empty()) return nullptr;
        return Json{{"content", *found}};
    }

    void say(Item& item, const std::string& text, Json logprobs) {
        if (text.empty() && logprobs.is_null()) return;
        if (!item.begun) begin(item, item.kind);
        item.text += text;
        item.logprobs |= !logprobs.is_null();
        StreamEvent event;
        event.content.text = text;
        event.logprobs = std::move(logprobs);
        delta(item, std::move(event));
    }

    /// What an event of the end repeats: what was told by no delta is told now.
    void repeat(Item& item, const std::string& text, Json logprobs, const char* what) {
        if (item.logprobs) logprobs = nullptr;
        if (item.text.empty()) return say(item, text, std::move(logprobs));
        if (item.text != text) fault(fmt::format("{} of item {} is not what its deltas said", what, item.index));
        say(item, "", std::move(logprobs));
    }

    void textDelta(Item& item, const Json& json) {
        if (fits(item, json, Part::Kind::Text, "output_text.delta")) say(item, textOf(json, "delta"), logprobsOf(json));
    }
    void textDone(Item& item, const Json& json) {
        if (fits(item, json, Part::Kind::Text, "output_text.done")) repeat(item, textOf(json, "text"), logprobsOf(json), "output_text.done");
    }
    void refusalDelta(Item& item, const Json& json) {
        if (fits(item, json, Part::Kind::Refusal, "refusal.delta")) say(item, textOf(json, "delta"), {});
    }
    void refusalDone(Item& item, const Json& json) {
        if (fits(item, json, Part::Kind::Refusal, "refusal.done")) repeat(item, textOf(json, "refusal"), {}, "refusal.done");
    }

    void annotationAdded(Item& item, const Json& json) {
        if (!fits(item, json, Part::Kind::Text, "output_text.annotation.added")) return;
        if (numberOf(json, "annotation_index") != static_cast<int>(item.annotations.size())) fault(fmt::format("an annotation of item {} is out of order", item.index));
        if (json.contains("annotation")) item.annotations.push_back(json["annotation"]);
    }

    void contentDone(Item& item, const Json& json) {
        if (item.type == "reasoning") return;
        const auto& part = objectOf(json, "part");
        if (!item.open || numberOf(json, "content_index") != item.content) return fault(fmt::format("content_part.done came for content {} of item {}, which is not open", numberOf(json, "content_index"), item.index));
        if (item.kind == Part::Kind::Text) repeat(item, textOf(part, "text"), logprobsOf(part), "content_part.done");
        if (item.kind == Part::Kind::Refusal) repeat(item, textOf(part, "refusal"), {}, "content_part.done");
        if (item.kind == Part::Kind::Opaque) whole(item, part);
        if (const auto all = part.find("annotations"); all != part.end() && all->is_array())
            for (auto i = item.annotations.size(); i < all->size(); ++i) item.annotations.push_back((*all)[i]);
        closeContent(item);
    }

    void closeContent(Item& item) {
        // Their places count characters of the whole text.
        if (!item.annotations.empty() && item.begun) {
            StreamEvent event;
            event.content.citations = readResponsesAnnotations(Json(item.annotations), item.text);
            delta(item, std::move(event));
        }
        item.open = false;
        stop(item);
    }

    void messageDone(Item& item, const Json& given) {
        if (item.open) {
            fault(fmt::format("item {} ended while its content {} was open", item.index, item.content));
            closeContent(item);
        }
        const auto content = given.find("content");
        const int size = content != given.end() && content->is_array() ? static_cast<int>(content->size()) : 0;
        if (size != item.content + 1) fault(fmt::format("item {} has {} parts, its events told {}", item.index, size, item.content + 1));
        // Of a server that tells the item alone.
        for (int i = item.content + 1; i < size; ++i) {
            const auto& part = (*content)[static_cast<std::size_t>(i)];
            if (!part.is_object()) continue;
            const auto type = textOf(part, "type");
            openContent(item, i, type == "output_text" ? Part::Kind::Text : type == "refusal" ? Part::Kind::Refusal : Part::Kind::Opaque);
            contentDone(item, Json{{"content_index", i}, {"part", part}});
        }
    }

    // --- calls ---

    void arguments(Item& item, const std::string& more) {
        item.text += more;
        if (more.empty()) return;
        StreamEvent event;
        event.content.text = more;
        delta(item, std::move(event));
    }

    void argumentsDelta(Item& item, const Json& json) {
        if (item.type != "function_call") return fault(fmt::format("function_call_arguments.delta came in item {}, which is no function_call", item.index));
        arguments(item, textOf(json, "delta"));
    }
    void argumentsDone(Item& item, const Json& json) {
        if (item.type != "function_call") return fault(fmt::format("function_call_arguments.done came in item {}, which is no function_call", item.index));
        callDone(item, textOf(json, "arguments"));
    }
    void callDone(Item& item, const std::string& all) {
        if (item.text.empty()) arguments(item, all);
        else if (item.text != all) fault(fmt::format("the arguments of item {} are not what their deltas said", item.index));
    }

    /// Input of a custom tool is a text; a call's arguments are an object with that text in it.
    void input(Item& item, const std::string& more) {
        const bool first = item.text.empty();
        item.text += more;
        StreamEvent event;
        event.content.text = (first ? "{\"input\":\"" : "") + escaped(more);
        if (!more.empty()) delta(item, std::move(event));
    }
    void inputDelta(Item& item, const Json& json) {
        if (item.type != "custom_tool_call") return fault(fmt::format("custom_tool_call_input.delta came in item {}, which is no custom_tool_call", item.index));
        input(item, textOf(json, "delta"));
    }
    void inputDone(Item& item, const Json& json) {
        if (item.type != "custom_tool_call") return fault(fmt::format("custom_tool_call_input.done came in item {}, which is no custom_tool_call", item.index));
        if (item.text.empty()) input(item, textOf(json, "input"));
    }
    void customDone(Item& item, const std::string& all) {
        if (item.text.empty()) input(item, all);
        else if (item.text != all) fault(fmt::format("the input of item {} is not what its deltas said", item.index));
        StreamEvent event;
        event.content.text = item.text.empty() ? "{\"input\":\"\"}" : "\"}";
        delta(item, std::move(event));
    }

    // --- reasoning ---

    void summaryAdded(Item& item, const Json& json) {
        if (item.type != "reasoning") return fault(fmt::format("reasoning_summary_part.added came in item {}, which is no reasoning", item.index));
        const int index = numberOf(json, "summary_index");
        if (index != item.content + 1) fault(fmt::format("summary {} of item {} began where {} was next", index, item.index, item.content + 1));
        item.content = index;
        item.gap = true;
    }

    void thoughtDelta(Item& item, const Json& json) {
        if (item.type != "reasoning") return fault(fmt::format("a thought came in item {}, which is no reasoning", item.index));
        const bool summary = json.contains("summary_index");
        if (summary && numberOf(json, "summary_index") != item.content) fault(fmt::format("a thought came for summary {} of item {}, which is not open", numberOf(json, "summary_index"), item.index));
        // A summary stands for the thoughts that it sums up.
        if (!summary && item.content >= 0) return;
        const auto more = textOf(json, "delta");
        if (more.empty()) return;
        StreamEvent event;
        event.content.text = (item.gap && !item.text.empty() ? "\n\n" : "") + more;
        item.gap = false;
        item.text += event.content.text;
        if (!item.begun) begin(item, Part::Kind::Thinking);
        delta(item, std::move(event));
    }

    void summaryDone(Item& item, const Json&) {
        if (item.type != "reasoning") fault(fmt::format("the end of a thought came in item {}, which is no reasoning", item.index));
    }

    void reasoningDone(Item& item, const Json& given) {
        Members owner(given, "");
        auto part = readResponsesItem(given, fmt::format("output[{}]", item.index), owner, nullptr);
        if (!item.text.empty() && item.text != part.text) fault(fmt::format("the thoughts of item {} are not what its deltas said", item.index));
        if (!item.begun) {
            if (part.text.empty() && !part.signature) return;
            StreamEvent event;
            event.content.text = std::exchange(part.text, {});
            begin(item, std::move(part));
            if (!event.content.text.empty()) delta(item, std::move(event));
            return;
        }
        if (!part.signature) return;
        StreamEvent event;
        event.content.signature = std::move(part.signature);
        delta(item, std::move(event));
    }

    // --- the end ---

    void end(const std::string& type, const Json& response) {
        if (!items_.empty()) {
            if (type == "response.completed") fault(fmt::format("{} came while item {} was open", type, items_.back().index));
            closeAll();
        }
        if (const auto& usage = objectOf(response, "usage"); !usage.empty()) {
            StreamEvent event;
            event.kind = StreamEvent::Kind::Usage;
            event.usage = readResponsesUsage(usage);
            event.serviceTier = textOf(response, "service_tier");
            add(std::move(event));
        }
        if (type == "response.failed") return fail(readResponseError(response));
        const auto output = response.find("output");
        const auto told = output != response.end() && output->is_array() ? output->size() : 0;
        if (told != count_) fault(fmt::format("the response holds {} items, its events told {}", told, count_));
        const auto status = type.substr(std::string_view("response.").size());
        if (const auto said = textOf(response, "status"); said != status) fault(fmt::format("{} came with the status \"{}\"", type, said));
        const auto reason = textOf(objectOf(response, "incomplete_details"), "reason");
        StreamEvent finish;
        finish.kind = StreamEvent::Kind::Finish;
        finish.rawFinish = reason.empty() ? status : reason;
        finish.finish = readResponsesFinish(status, reason, calls_);
        add(std::move(finish));
        StreamEvent event;
        event.kind = StreamEvent::Kind::End;
        add(std::move(event));
        over_ = true;
    }

    SseParser sse_{[this](std::string_view event, std::string_view data) { onEvent(event, data); }};
    std::vector<StreamEvent>* out_ = nullptr;
    std::list<Item> items_;     ///< Open ones, and those that wait behind an open one.
    std::size_t count_ = 0;
    int next_ = 0;              ///< output_index of the next item.
    int part_ = -1;
    int sequence_ = -1;
    bool unnumbered_ = false;
    bool started_ = false;
    bool calls_ = false;
    bool errorTold_ = false;
    bool over_ = false;
};

}  // namespace

std::unique_ptr<StreamReader> responsesReader() { return std::make_unique<Reader>(); }

}  // namespace gatehouse::llm
