// Streams of every dialect to guard: a builder and a reader each, texts with and without secrets, and a seed that is told.
#pragma once

#include "llm/stream_guard.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::llm {

using Json = nlohmann::ordered_json;
using Random = std::mt19937;

inline std::shared_ptr<const RegexGuard> allGuard() {
    auto guard = RegexGuard::compile({{"", "", "SSN"}, {"", "", "CREDIT_CARD"}, {"", "", "PHONE_NUMBER"}, {"", "", "EMAIL"}, {"", "", "CA_SIN"},
                                      {"project", "project\\s+(?:x{2,4}|blue (?:sky|sea)s?)\\b", ""}, {"key", "sk-[a-z0-9]{8,20}", ""}},
                                     RegexGuard::Action::Mask, true);
    EXPECT_TRUE(guard) << guard.error().message;
    return *guard;
}

inline unsigned seedOf() {
    const unsigned seed = std::random_device{}();
    std::printf("seed %u\n", seed);
    return seed;
}

inline std::size_t below(Random& random, std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); }

inline const std::vector<std::string>& secrets() {
    static const std::vector<std::string> all = {"4111 1111 1111 1111", "4111111111111111", "378282246310005", "ada.lovelace@example.co.uk",
                                                 "123-45-6789", "+44 20 7946 0958", "(212) 555-0143", "046 454 286", "PROJECT  xxx", "project blue SEAS",
                                                 "sk-0a1b2c3d4e5f"};
    return all;
}

inline std::string randomText(Random& random, std::size_t words) {
    static const std::vector<std::string> kWords = {"hello", "a", "project", "blue", "sky", "4111", "12", "+44", "@", "x@", "sk-", "end.", "\n", "42-", "née", "日本",
                                                    "user.name", "1234 5678", "\"quoted\"", "back\\slash", "(212", "😀", "046"};
    std::string text;
    for (std::size_t i = 0; i < words; ++i) {
        if (below(random, 7) == 0) text += secrets()[below(random, secrets().size())];
        else text += kWords[below(random, kWords.size())];
        if (below(random, 6) != 0) text += ' ';
    }
    return text;
}

/// At characters' borders, for pieces of JSON strings hold whole characters.
inline std::vector<std::string> cut(Random& random, const std::string& text, std::size_t most) {
    std::vector<std::string> out;
    std::size_t at = 0;
    while (at < text.size()) {
        std::size_t end = std::min(text.size(), at + 1 + below(random, most));
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
        out.push_back(text.substr(at, end - at));
        at = end;
    }
    if (out.empty()) out.emplace_back();
    return out;
}

inline std::string expected(const RegexGuard& guard, const std::string& text) { return guard.mask(text, guard.find(text)); }

struct Visible {
    std::map<std::string, std::string> texts;  ///< By part.
    bool done = false;
    std::size_t usage = 0;
};
struct Grammar {
    const char* name;
    StreamGuard::Framing framing;
    std::string (*write)(const std::vector<std::string>& text, const std::vector<std::string>& arguments);
    Visible (*read)(const std::string& stream);
    bool tools;
};

inline std::string sse(const Json& json, const std::string& event = "") {
    return (event.empty() ? "" : "event: " + event + "\n") + "data: " + json.dump() + "\n\n";
}

inline std::vector<std::string> dataOf(const std::string& stream) {
    std::vector<std::string> out;
    std::size_t at = 0;
    while (at < stream.size()) {
        const auto end = std::min(stream.find('\n', at), stream.size());
        const auto line = stream.substr(at, end - at);
        if (line.starts_with("data: ")) out.push_back(line.substr(6));
        at = end + 1;
    }
    return out;
}

inline std::string chatStream(const std::vector<std::string>& text, const std::vector<std::string>& arguments) {
    const auto chunk = [](Json delta, Json finish) {
        return sse({{"id", "c1"}, {"object", "chat.completion.chunk"}, {"created", 1}, {"model", "m"},
                    {"choices", Json::array({{{"index", 0}, {"delta", delta}, {"logprobs", {{"content", Json::array({{{"token", "123-45-6789"}}})}}}, {"finish_reason", finish}}})}});
    };
    std::string out = chunk({{"role", "assistant"}, {"content", ""}}, nullptr);
    for (const auto& piece : text) out += chunk({{"content", piece}}, nullptr);
    out += chunk({{"tool_calls", Json::array({{{"index", 0}, {"id", "call_1"}, {"type", "function"}, {"function", {{"name", "send"}, {"arguments", ""}}}}})}}, nullptr);
    for (const auto& piece : arguments) out += chunk({{"tool_calls", Json::array({{{"index", 0}, {"function", {{"arguments", piece}}}}})}}, nullptr);
    out += chunk(Json::object(), "stop");
    out += sse({{"id", "c1"}, {"choices", Json::array()}, {"usage", {{"prompt_tokens", 3}, {"completion_tokens", 4}}}});
    return out + "data: [DONE]\n\n";
}
inline Visible readChat(const std::string& stream) {
    Visible out;
    for (const auto& data : dataOf(stream)) {
        EXPECT_FALSE(out.done) << "after [DONE]";
        if (data == "[DONE]") {
            out.done = true;
            continue;
        }
        const auto json = Json::parse(data);
        if (json.contains("usage") && json["usage"].is_object()) ++out.usage;
        for (const auto& choice : json["choices"]) {
            EXPECT_TRUE(out.texts["finish"].empty()) << "after the finish";
            if (choice.contains("finish_reason") && choice["finish_reason"].is_string()) out.texts["finish"] = choice["finish_reason"];
            const auto& delta = choice["delta"];
            if (delta.contains("content")) out.texts["text"] += delta["content"].get<std::string>();
            if (delta.contains("tool_calls"))
                for (const auto& call : delta["tool_calls"]) out.texts["arguments"] += call["function"].value("arguments", "");
        }
    }
    return out;
}

inline std::string messagesStream(const std::vector<std::string>& text, const std::vector<std::string>& arguments) {
    std::string out = sse({{"type", "message_start"}, {"message", {{"id", "m"}, {"role", "assistant"}, {"content", Json::array()}, {"usage", {{"input_tokens", 3}}}}}}, "message_start");
    const auto block = [&](int index, Json start, const char* type, const char* field, const std::vector<std::string>& pieces) {
        out += sse({{"type", "content_block_start"}, {"index", index}, {"content_block", std::move(start)}}, "content_block_start");
        for (const auto& piece : pieces)
            out += sse({{"type", "content_block_delta"}, {"index", index}, {"delta", {{"type", type}, {field, piece}}}}, "content_block_delta");
        out += sse({{"type", "content_block_stop"}, {"index", index}}, "content_block_stop");
    };
    block(0, {{"type", "text"}, {"text", ""}}, "text_delta", "text", text);
    block(1, {{"type", "tool_use"}, {"id", "t"}, {"name", "send"}, {"input", Json::object()}}, "input_json_delta", "partial_json", arguments);
    out += sse({{"type", "message_delta"}, {"delta", {{"stop_reason", "end_turn"}}}, {"usage", {{"output_tokens", 9}}}}, "message_delta");
    return out + sse({{"type", "message_stop"}}, "message_stop");
}
inline Visible readMessages(const std::string& stream) {
    Visible out;
    int open = -1;
    for (const auto& data : dataOf(stream)) {
        const auto json = Json::parse(data);
        const auto type = json["type"].get<std::string>();
        if (type == "content_block_start") open = json["index"].get<int>();
        if (type == "content_block_stop") open = -1;
        if (type == "content_block_delta") {
            EXPECT_EQ(json["index"].get<int>(), open);
            const auto& delta = json["delta"];
            out.texts[delta["type"] == "text_delta" ? "text" : "arguments"] += delta["type"] == "text_delta" ? delta["text"].get<std::string>() : delta["partial_json"].get<std::string>();
        }
        if (type == "message_delta") ++out.usage;
        if (type == "message_stop") out.done = true;
    }
    return out;
}

inline std::string geminiStream(const std::vector<std::string>& text, const std::vector<std::string>&) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        Json candidate = {{"content", {{"parts", Json::array({{{"text", text[i]}}})}, {"role", "model"}}}, {"index", 0}};
        if (i + 1 == text.size()) candidate["finishReason"] = "STOP";
        out += sse({{"candidates", Json::array({candidate})}, {"usageMetadata", {{"promptTokenCount", 3}}}});
    }
    return out;
}
inline Visible readGemini(const std::string& stream) {
    Visible out;
    for (const auto& data : dataOf(stream)) {
        const auto json = Json::parse(data);
        const auto& candidate = json["candidates"][0];
        for (const auto& part : candidate["content"]["parts"]) out.texts["text"] += part["text"].get<std::string>();
        EXPECT_FALSE(out.done);
        if (candidate.contains("finishReason")) out.done = true;
        if (json.contains("usageMetadata")) ++out.usage;
    }
    out.usage = out.usage > 0 ? 1 : 0;
    return out;
}

inline std::string responsesStream(const std::vector<std::string>& text, const std::vector<std::string>& arguments) {
    int number = 0;
    std::string out, all, call;
    const auto add = [&](Json event) {
        event["sequence_number"] = number++;
        out += sse(event, event["type"].get<std::string>());
    };
    add({{"type", "response.created"}, {"response", {{"id", "r"}, {"output", Json::array()}}}});
    add({{"type", "response.output_item.added"}, {"output_index", 0}, {"item", {{"id", "i"}, {"type", "message"}, {"content", Json::array()}}}});
    for (const auto& piece : text) {
        all += piece;
        add({{"type", "response.output_text.delta"}, {"item_id", "i"}, {"output_index", 0}, {"content_index", 0}, {"delta", piece}, {"logprobs", Json::array()}});
    }
    add({{"type", "response.output_text.done"}, {"item_id", "i"}, {"output_index", 0}, {"content_index", 0}, {"text", all}});
    const Json item = {{"id", "i"}, {"type", "message"}, {"role", "assistant"}, {"content", Json::array({{{"type", "output_text"}, {"text", all}}})}};
    add({{"type", "response.output_item.done"}, {"output_index", 0}, {"item", item}});
    for (const auto& piece : arguments) {
        call += piece;
        add({{"type", "response.function_call_arguments.delta"}, {"item_id", "f"}, {"output_index", 1}, {"delta", piece}});
    }
    add({{"type", "response.function_call_arguments.done"}, {"item_id", "f"}, {"output_index", 1}, {"arguments", call}});
    add({{"type", "response.completed"}, {"response", {{"id", "r"}, {"output", Json::array({item})}, {"usage", {{"input_tokens", 3}}}}}});
    return out;
}
inline Visible readResponses(const std::string& stream) {
    Visible out;
    std::int64_t number = 0;
    for (const auto& data : dataOf(stream)) {
        const auto json = Json::parse(data);
        EXPECT_EQ(json["sequence_number"].get<std::int64_t>(), number++);
        const auto type = json["type"].get<std::string>();
        if (type == "response.output_text.delta") out.texts["text"] += json["delta"].get<std::string>();
        if (type == "response.function_call_arguments.delta") out.texts["arguments"] += json["delta"].get<std::string>();
        if (type == "response.output_text.done") {
            EXPECT_EQ(json["text"], out.texts["text"]);
        }
        if (type == "response.completed") {
            EXPECT_EQ(json["response"]["output"][0]["content"][0]["text"], out.texts["text"]);
            out.done = true;
            ++out.usage;
        }
    }
    return out;
}

inline std::string ollamaStream(const std::vector<std::string>& text, const std::vector<std::string>&) {
    std::string out;
    for (const auto& piece : text) out += Json{{"model", "m"}, {"message", {{"role", "assistant"}, {"content", piece}}}, {"done", false}}.dump() + "\n";
    return out + Json{{"model", "m"}, {"message", {{"role", "assistant"}, {"content", ""}}}, {"done", true}, {"done_reason", "stop"}, {"eval_count", 4}}.dump() + "\n";
}
inline Visible readOllama(const std::string& stream) {
    Visible out;
    std::size_t at = 0;
    while (at < stream.size()) {
        const auto end = stream.find('\n', at);
        const auto json = Json::parse(stream.substr(at, end - at));
        at = end + 1;
        EXPECT_FALSE(out.done);
        out.texts["text"] += json["message"]["content"].get<std::string>();
        out.done = json["done"];
        if (json.contains("eval_count")) ++out.usage;
    }
    return out;
}

inline std::string cohereStream(const std::vector<std::string>& text, const std::vector<std::string>&) {
    std::string out = sse({{"type", "message-start"}, {"id", "c"}, {"delta", {{"message", {{"role", "assistant"}}}}}}, "message-start");
    out += sse({{"type", "content-start"}, {"index", 0}, {"delta", {{"message", {{"content", {{"type", "text"}, {"text", ""}}}}}}}}, "content-start");
    for (const auto& piece : text)
        out += sse({{"type", "content-delta"}, {"index", 0}, {"delta", {{"message", {{"content", {{"text", piece}}}}}}}}, "content-delta");
    out += sse({{"type", "content-end"}, {"index", 0}}, "content-end");
    return out + sse({{"type", "message-end"}, {"delta", {{"finish_reason", "COMPLETE"}, {"usage", {{"tokens", 1}}}}}}, "message-end");
}
inline Visible readCohere(const std::string& stream) {
    Visible out;
    bool closed = false;
    for (const auto& data : dataOf(stream)) {
        const auto json = Json::parse(data);
        const auto type = json["type"].get<std::string>();
        if (type == "content-end") closed = true;
        if (type == "content-delta") {
            EXPECT_FALSE(closed);
            out.texts["text"] += json["delta"]["message"]["content"]["text"].get<std::string>();
        }
        if (type == "message-end") out.done = true, ++out.usage;
    }
    return out;
}

inline const Grammar kGrammars[] = {
    {"openai-chat", StreamGuard::Framing::Sse, chatStream, readChat, true},
    {"anthropic-messages", StreamGuard::Framing::Sse, messagesStream, readMessages, true},
    {"gemini-generate", StreamGuard::Framing::Sse, geminiStream, readGemini, false},
    {"openai-responses", StreamGuard::Framing::Sse, responsesStream, readResponses, true},
    {"ollama-chat", StreamGuard::Framing::Lines, ollamaStream, readOllama, false},
    {"cohere-chat", StreamGuard::Framing::Sse, cohereStream, readCohere, false},
};


}  // namespace gatehouse::llm
