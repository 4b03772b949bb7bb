// The shapes of stream events: OpenAI (choices), Responses (type "response..."), Anthropic (content_block_...), Gemini (candidates),
// Cohere (...-delta), Ollama (done), Bedrock (contentBlockIndex). A payload of no known shape is masked as a whole.
#include "llm/stream_guard_events.h"

#include "llm/dialect/json.h"
#include "llm/policy.h"

#include <algorithm>
#include <iterator>

namespace gatehouse::llm {
namespace {

/// Members that are no text of the answer.
constexpr std::string_view kNoText[] = {
    "role", "type", "id", "tool_call_id", "signature", "thoughtSignature", "thought_signature", "encrypted_content", "data", "object", "model",
    "finish_reason", "finishReason", "stop_reason", "stopReason", "status", "call_id", "item_id", "toolUseId", "format", "mimeType", "modelVersion",
    "responseId", "service_tier", "system_fingerprint", "created_at", "obfuscation", "p", "redactedContent", "done_reason",
    // What Azure's own filter says of each event.
    "content_filter_results", "content_filter_result", "content_filter_offsets"};

bool isText(std::string_view key) { return std::find(std::begin(kNoText), std::end(kNoText), key) == std::end(kNoText); }

std::string numberOf(const Json& object, const char* key) {
    if (!object.is_object()) return {};
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() ? std::to_string(found->get<std::int64_t>()) : std::string();
}

bool isJsonChannel(std::string_view path) {
    return path.ends_with("arguments") || path.ends_with("partial_json") || path.ends_with("toolUse.input") || path.ends_with("_arguments");
}

TextScope scopeOf(std::string_view path) { return isJsonChannel(path) ? TextScope::ToolInput : TextScope::Messages; }

}  // namespace

struct GuardedEvents::State {
    explicit State(TextFilters made) : filters(std::move(made)) {}

    struct Channel {
        std::string key;                 ///< Its part, then its path: "choice0/content".
        std::unique_ptr<TextFilter> masker;
        std::string frame;
        Json event;                      ///< The event that carries one more piece; the text goes to `text`.
        Json::json_pointer text;
    };

    TextFilters filters;
    std::vector<Channel> channels;
    std::vector<GuardHit> hits;          ///< Of texts that came whole, and of parts that ended.
    std::size_t overran = 0;
    std::int64_t inserted = 0;           ///< Events that the provider did not count.

    // Of the event under way.
    std::string_view frame;
    Json payload;
    std::vector<Event>* out = nullptr;
    bool changed = false;
    std::vector<std::string> fed;        ///< Keys of channels that it fed.

    Channel& channel(const std::string& key) {
        for (auto& known : channels)
            if (known.key == key) return known;
        Channel made;
        made.key = key;
        made.masker = filters(key, scopeOf(key), isJsonChannel(key));
        channels.push_back(std::move(made));
        return channels.back();
    }

    void retire(Channel& ended) {
        const auto scope = scopeOf(ended.key);
        for (auto hit : ended.masker->hits()) {
            hit.scope = scope;
            hits.push_back(std::move(hit));
        }
        overran += ended.masker->overruns();
        ended.masker = filters(ended.key, scope, isJsonChannel(ended.key));
    }

    /// A piece of a text. `template_` carries what is held back, should the part end without another piece.
    void piece(const std::string& key, Json& text, Json event, const Json::json_pointer& at, bool ends) {
        auto& to = channel(key);
        std::string visible;
        to.masker->push(text.get_ref<const std::string&>(), visible);
        if (ends) {
            to.masker->flush(visible);
            retire(to);
        }
        to.frame = frame;
        to.event = std::move(event);
        to.text = at;
        fed.push_back(key);
        if (visible == text.get_ref<const std::string&>()) return;
        text = std::move(visible);
        changed = true;
    }

    /// Parts whose key begins so have ended; what they hold goes out before the event under way.
    void end(std::string_view prefix) {
        for (auto& each : channels) {
            if (!each.key.starts_with(prefix)) continue;
            std::string tail;
            each.masker->flush(tail);
            retire(each);
            if (tail.empty() || each.event.is_null()) continue;
            each.event[each.text] = std::move(tail);
            if (each.event.contains("sequence_number")) {
                const auto number = payload.is_object() ? payload.find("sequence_number") : payload.end();
                if (payload.is_object() && number != payload.end() && number->is_number_integer())
                    each.event["sequence_number"] = number->get<std::int64_t>() + inserted;
                ++inserted;
            }
            out->push_back({each.frame, dump(each.event)});
        }
    }

    /// A text that is whole.
    std::string whole(const std::string& text, bool tools, bool& hit) {
        const auto first = text.find_first_not_of(" \t\r\n");
        tools = tools && first != std::string::npos && (text[first] == '{' || text[first] == '[');
        const auto scope = tools ? TextScope::ToolInput : TextScope::Messages;
        const auto filter = filters({}, scope, tools);
        std::string masked;
        filter->push(text, masked);
        filter->flush(masked);
        hit = masked != text;
        for (auto found : filter->hits()) {
            found.scope = scope;
            hits.push_back(std::move(found));
        }
        return masked;
    }

    void mask(Json& value, bool payloadOfTool) {
        bool hit = false;
        if (value.is_string()) {
            auto masked = whole(value.get_ref<const std::string&>(), true, hit);
            if (hit) value = std::move(masked), changed = true;
        } else if (value.is_number() && payloadOfTool) {
            auto masked = whole(value.dump(), false, hit);
            if (hit) value = std::move(masked), changed = true;
        } else if (value.is_array()) {
            for (auto& item : value) mask(item, payloadOfTool);
        } else if (value.is_object()) {
            std::vector<std::pair<std::string, std::string>> renamed;
            for (auto& [key, member] : value.items()) {
                if (!payloadOfTool && (key == "logprobs" || key == "logprobsResult")) {
                    quiet(member);
                    continue;
                }
                if (!payloadOfTool && !isText(key)) continue;
                const bool inside = payloadOfTool || key == "input" || key == "args" || key == "arguments" || key == "parameters";
                mask(member, inside && (payloadOfTool || member.is_structured()));
                if (!payloadOfTool) continue;
                auto masked = whole(key, false, hit);
                if (hit) renamed.emplace_back(key, std::move(masked));
            }
            for (auto& [from, to] : renamed) {
                Json member = std::move(value[from]);
                value.erase(from);
                value[to] = std::move(member);
                changed = true;
            }
        }
    }

    /// What repeats the text token by token.
    void quiet(Json& echo) {
        if (echo.is_null() || (echo.is_array() && echo.empty())) return;
        echo = echo.is_array() ? Json::array() : Json(nullptr);
        changed = true;
    }

    /// All texts in a delta are pieces. `event` with `at` for the delta's place makes the carrying event.
    void pieces(Json& value, const std::string& key, const Json& event, const Json::json_pointer& at, bool ends) {
        if (!value.is_object()) return;
        for (auto& [name, member] : value.items()) {
            if (!isText(name)) continue;
            const auto path = key + (key.ends_with('/') ? "" : ".") + name;
            if (name == "logprobs") {
                quiet(member);
            } else if (name == "name") {
                mask(member, false);
            } else if (member.is_string()) {
                Json carrier = event;
                carrier[at / name] = "";
                piece(path, member, std::move(carrier), at / name, ends);
            } else if (member.is_object()) {
                Json carrier = event;
                carrier[at / name] = Json::object();
                if (const auto type = textOf(member, "type"); !type.empty() && name != "function") carrier[at / name]["type"] = type;
                pieces(member, path, carrier, at / name, ends);
            } else if (member.is_array()) {
                std::size_t position = 0;
                for (auto& item : member) {
                    const auto number = numberOf(item, "index");
                    const auto which = path + '[' + (number.empty() ? std::to_string(position) : number) + ']';
                    if (item.is_object()) {
                        Json carrier = event;
                        Json element = Json::object();
                        if (!number.empty()) element["index"] = item["index"];
                        if (name != "tool_calls" && !textOf(item, "type").empty()) element["type"] = item["type"];
                        carrier[at / name] = Json::array({std::move(element)});
                        pieces(item, which, carrier, at / name / 0, ends);
                    } else {
                        mask(item, false);
                    }
                    ++position;
                }
            }
        }
    }

    void openAi() {
        Json frameOf = payload;
        if (frameOf.contains("usage")) frameOf["usage"] = nullptr;
        std::vector<std::string> ended;
        std::size_t position = 0;
        for (auto& choice : payload["choices"]) {
            if (!choice.is_object()) continue;
            auto number = numberOf(choice, "index");
            if (number.empty()) number = std::to_string(position);
            ++position;
            const auto key = "choice" + number + '/';
            const bool ends = choice.contains("finish_reason") && !choice["finish_reason"].is_null();
            Json bare = {{"index", std::stoll(number)}, {"finish_reason", nullptr}};
            Json carrier = frameOf;
            carrier["choices"] = Json::array({bare});
            const Json::json_pointer at = Json::json_pointer("/choices/0");
            for (auto& [name, member] : choice.items()) {
                if (name == "logprobs") quiet(member);
                else if (name == "delta") {
                    carrier["choices"][0]["delta"] = Json::object();
                    pieces(member, key, carrier, at / "delta", ends);
                } else if (name == "text" && member.is_string()) {
                    Json one = carrier;
                    one["choices"][0]["text"] = "";
                    piece(key + "text", member, std::move(one), at / "text", ends);
                } else if (isText(name) && member.is_structured()) {
                    mask(member, false);
                }
            }
            if (ends) ended.push_back(key);
        }
        for (const auto& key : ended) end(key);
    }

    void responses(const std::string& type) {
        std::string base = type;
        const bool delta = type.ends_with(".delta"), done = type.ends_with(".done");
        if (delta || done) base.resize(base.rfind('.'));
        const auto key = base + '|' + textOf(payload, "item_id") + '|' + numberOf(payload, "output_index") + '|' +
                         numberOf(payload, "content_index") + '|' + numberOf(payload, "summary_index") + "/" +
                         (base.ends_with("_arguments") ? "arguments" : "text");
        const bool audio = base.find("audio") != std::string::npos && base.find("transcript") == std::string::npos;
        const auto counted = payload.find("sequence_number");
        if (payload.contains("logprobs")) quiet(payload["logprobs"]);
        if (delta && !audio && payload.contains("delta") && payload["delta"].is_string()) {
            Json carrier = payload;
            carrier.erase("obfuscation");
            piece(key, payload["delta"], std::move(carrier), Json::json_pointer("/delta"), false);
        } else if (!audio && type.find("partial_image") == std::string::npos) {
            if (done && base != "response.output_item" && base != "response.content_part") end(key);
            else if (done || type == "response.completed" || type == "response.incomplete" || type == "response.failed")
                end(base == "response.output_item" || base == "response.content_part" ? partsOf() : std::string());
            mask(payload, false);
        }
        if (inserted > 0 && counted != payload.end() && counted->is_number_integer()) {
            *counted = counted->get<std::int64_t>() + inserted;
            changed = true;
        }
    }
    /// Channels of one item cannot be told by prefix; all that are open end where one does, which splits no text: items do not overlap.
    static std::string partsOf() { return "response."; }

    void anthropic(const std::string& type) {
        const auto key = "block" + numberOf(payload, "index") + '/';
        if (type == "content_block_delta" && payload["delta"].is_object()) {
            auto& delta = payload["delta"];
            const auto kind = textOf(delta, "type");
            if (kind == "citations_delta") return mask(delta, false);
            if (kind == "signature_delta") return end(key);
            Json carrier = {{"type", type}, {"index", payload["index"]}, {"delta", {{"type", kind}}}};
            pieces(delta, key, carrier, Json::json_pointer("/delta"), false);
        } else if (type == "content_block_start") {
            mask(payload["content_block"], false);
        } else if (type == "content_block_stop") {
            end(key);
        } else if (type == "message_delta" || type == "message_stop") {
            end("");
        } else if (type == "message_start" && payload.contains("message")) {
            mask(payload["message"], false);
        }
    }

    void gemini() {
        std::size_t position = 0;
        std::vector<std::string> ended;
        for (auto& candidate : payload["candidates"]) {
            if (!candidate.is_object()) continue;
            auto number = numberOf(candidate, "index");
            if (number.empty()) number = std::to_string(position);
            ++position;
            const auto key = "candidate" + number + '/';
            const bool ends = !textOf(candidate, "finishReason").empty();
            if (ends) ended.push_back(key);
            if (candidate.contains("logprobsResult")) quiet(candidate["logprobsResult"]);
            auto content = candidate.find("content");
            if (content == candidate.end() || !content->is_object() || !content->contains("parts") || !(*content)["parts"].is_array()) continue;
            auto& parts = (*content)["parts"];
            for (std::size_t i = 0; i < parts.size(); ++i) {
                auto& part = parts[i];
                if (!part.is_object() || !part.contains("text") || !part["text"].is_string()) {
                    mask(part, false);
                    continue;
                }
                const bool thought = part.contains("thought") && part["thought"] == true;
                bool lastOfKind = true;
                for (std::size_t next = i + 1; next < parts.size(); ++next)
                    if (parts[next].is_object() && parts[next].contains("text") && (parts[next].contains("thought") && parts[next]["thought"] == true) == thought)
                        lastOfKind = false;
                Json one = {{"text", ""}};
                if (thought) one["thought"] = true;
                Json carrier = payload;
                carrier.erase("usageMetadata");
                Json bare = {{"content", {{"parts", Json::array({one})}, {"role", "model"}}}};
                if (candidate.contains("index")) bare["index"] = candidate["index"];
                carrier["candidates"] = Json::array({std::move(bare)});
                piece(key + (thought ? "thought" : "text"), part["text"], std::move(carrier),
                      Json::json_pointer("/candidates/0/content/parts/0/text"), ends && lastOfKind);
            }
        }
        for (const auto& key : ended) end(key);
    }

    void cohere(const std::string& type) {
        const auto number = numberOf(payload, "index");
        if (type.ends_with("-delta") && payload.contains("delta")) {
            Json carrier = {{"type", type}};
            if (payload.contains("index")) carrier["index"] = payload["index"];
            carrier["delta"] = Json::object();
            pieces(payload["delta"], type.substr(0, type.size() - 6) + number + '/', carrier, Json::json_pointer("/delta"), false);
            return;
        }
        if (type.ends_with("-end")) end(type == "message-end" ? std::string() : type.substr(0, type.size() - 4) + number + '/');
        if (type == "tool-call-start" || type == "content-start") end("tool-plan");
        if (payload.contains("delta")) mask(payload["delta"], false);
    }

    void ollama() {
        const bool done = payload["done"] == true;
        Json carrier = payload;
        for (const auto* name : {"done_reason", "total_duration", "load_duration", "prompt_eval_count", "prompt_eval_duration", "eval_count", "eval_duration",
                                 "message", "response", "thinking"})
            carrier.erase(name);
        carrier["done"] = false;
        for (const auto* name : {"response", "thinking"}) {
            if (!payload.contains(name) || !payload[name].is_string()) continue;
            Json one = carrier;
            one[name] = "";
            piece(std::string("line/") + name, payload[name], std::move(one), Json::json_pointer() / name, done);
        }
        if (payload.contains("message") && payload["message"].is_object()) {
            auto& message = payload["message"];
            if (message.contains("tool_calls")) mask(message["tool_calls"], false);
            for (const auto* name : {"content", "thinking"}) {
                if (!message.contains(name) || !message[name].is_string()) continue;
                Json one = carrier;
                one["message"] = {{"role", "assistant"}, {"content", ""}};
                one["message"][name] = "";
                piece(std::string("line/message.") + name, message[name], std::move(one), Json::json_pointer("/message") / name, done);
            }
        }
        if (done) end("line/");
    }

    void bedrock() {
        const auto key = "block" + numberOf(payload, "contentBlockIndex") + '/';
        if (payload.contains("delta")) {
            const Json carrier = {{"contentBlockIndex", payload["contentBlockIndex"]}, {"delta", Json::object()}};
            pieces(payload["delta"], key, carrier, Json::json_pointer("/delta"), false);
        } else if (payload.contains("start")) {
            mask(payload["start"], false);
        } else {
            end(key);
        }
    }

    void judge() {
        const auto type = textOf(payload, "type");
        if (type == "error" || payload.contains("error")) {
            // Nothing may follow it.
            end("");
            return mask(payload, false);
        }
        if (payload.contains("choices") && payload["choices"].is_array()) return openAi();
        if (payload.contains("candidates") && payload["candidates"].is_array()) return gemini();
        if (type.starts_with("response.")) return responses(type);
        if (type.starts_with("content_block") || type.starts_with("message_")) return anthropic(type);
        if (type.find('-') != std::string::npos) return cohere(type);
        if (payload.contains("done") && payload["done"].is_boolean()) return ollama();
        if (payload.contains("contentBlockIndex")) return bedrock();
        if (payload.contains("stopReason") || payload.contains("metrics")) end("");
        if (type != "ping" && !payload.contains("usage") && !payload.contains("usageMetadata")) mask(payload, false);
    }
};

GuardedEvents::GuardedEvents(TextFilters filters) : state_(std::make_unique<State>(std::move(filters))) {}
GuardedEvents::~GuardedEvents() = default;

bool GuardedEvents::take(std::string_view frame, std::string_view text, std::vector<Event>& out) {
    auto& s = *state_;
    s.frame = frame;
    s.out = &out;
    s.changed = false;
    s.fed.clear();
    s.payload = Json::parse(text, nullptr, false);
    if (!s.payload.is_object()) {
        s.payload = nullptr;
        s.end("");
        if (text == "[DONE]" || text.empty()) return true;
        bool hit = false;
        auto masked = s.whole(std::string(text), false, hit);
        if (hit) out.push_back({std::string(frame), std::move(masked)});
        return !hit;
    }
    try {
        s.judge();
    } catch (const std::exception&) {
        // Of a shape that is none of those above after all: it is masked as a whole, and where that is not enough, kept back.
        s.mask(s.payload, false);
    }
    if (!s.changed) return true;
    out.push_back({std::string(frame), dump(s.payload)});
    return false;
}

void GuardedEvents::finish(std::vector<Event>& out) {
    auto& s = *state_;
    s.out = &out;
    s.payload = nullptr;
    s.end("");
}

GuardVerdict GuardedEvents::verdict() const {
    GuardVerdict verdict;
    verdict.hits = state_->hits;
    for (const auto& channel : state_->channels)
        for (const auto& hit : channel.masker->hits()) verdict.hits.push_back(hit);
    verdict.masked = !verdict.hits.empty();
    return verdict;
}

std::size_t GuardedEvents::overruns() const {
    auto count = state_->overran;
    for (const auto& channel : state_->channels) count += channel.masker->overruns();
    return count;
}

}  // namespace gatehouse::llm
