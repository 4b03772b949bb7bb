// TextMasker and StreamGuard: whatever the split, what the client sees is what masking the whole text gives.
#include "llm/stream_guard.h"
#include "llm/pattern_prefix.h"
#include "llm/text_masker.h"
#include "text/json_body.h"
#include "text/regex.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <random>

namespace gatehouse::llm {
namespace {

using Json = nlohmann::ordered_json;
using Random = std::mt19937;

std::shared_ptr<const RegexGuard> allGuard() {
    auto guard = RegexGuard::compile({{"", "", "SSN"}, {"", "", "CREDIT_CARD"}, {"", "", "PHONE_NUMBER"}, {"", "", "EMAIL"}, {"", "", "CA_SIN"},
                                      {"project", "project\\s+(?:x{2,4}|blue (?:sky|sea)s?)\\b", ""}, {"key", "sk-[a-z0-9]{8,20}", ""}},
                                     RegexGuard::Action::Mask, true);
    EXPECT_TRUE(guard) << guard.error().message;
    return *guard;
}

unsigned seedOf() {
    const unsigned seed = std::random_device{}();
    std::printf("seed %u\n", seed);
    return seed;
}

std::size_t below(Random& random, std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); }

const std::vector<std::string>& secrets() {
    static const std::vector<std::string> all = {"4111 1111 1111 1111", "4111111111111111", "378282246310005", "ada.lovelace@example.co.uk",
                                                 "123-45-6789", "+44 20 7946 0958", "(212) 555-0143", "046 454 286", "PROJECT  xxx", "project blue SEAS",
                                                 "sk-0a1b2c3d4e5f"};
    return all;
}

std::string randomText(Random& random, std::size_t words) {
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
std::vector<std::string> cut(Random& random, const std::string& text, std::size_t most) {
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

std::string expected(const RegexGuard& guard, const std::string& text) { return guard.mask(text, guard.find(text)); }

TEST(TextMasker, AnySplitGivesWhatTheWholeGives) {
    Random random(seedOf());
    const auto guard = allGuard();
    for (int round = 0; round < 1500; ++round) {
        const auto text = randomText(random, 1 + below(random, round % 50 == 0 ? 400 : 30));
        TextMasker masker(*guard);
        std::string out;
        for (const auto& piece : cut(random, text, 1 + below(random, 12))) masker.push(piece, out);
        masker.flush(out);
        ASSERT_EQ(out, expected(*guard, text)) << text;
        ASSERT_EQ(masker.overruns(), 0U) << text;
    }
}

TEST(TextMasker, LetsGoWhatCannotBecomeAHit) {
    const auto guard = RegexGuard::compile({{"key", "sk-[a-z0-9]{8,20}", ""}, {"", "", "SSN"}}, RegexGuard::Action::Mask, true);
    ASSERT_TRUE(guard);
    TextMasker masker(**guard);
    std::string out;
    masker.push("nothing to hide here", out);
    EXPECT_EQ(out, "nothing to hide here");
    masker.push(" and s", out);
    EXPECT_EQ(out, "nothing to hide here and ");
    masker.push("o on", out);
    EXPECT_EQ(out, "nothing to hide here and so on");
    masker.push(" sk-12345678", out);
    EXPECT_EQ(out, "nothing to hide here and so on ");
    masker.push("!", out);
    EXPECT_EQ(out, "nothing to hide here and so on <key>!");
}

TEST(TextMasker, HoldsNoMoreThanItsWindow) {
    const auto guard = RegexGuard::compile({{"long", "begin.*finish", ""}}, RegexGuard::Action::Mask, true);
    ASSERT_TRUE(guard);
    EXPECT_EQ((*guard)->longerThan(TextMasker::kWindow), std::vector<std::string>{"long"});
    TextMasker masker(**guard, false, 64);
    std::string out;
    masker.push("begin " + std::string(500, 'a'), out);
    EXPECT_GE(out.size(), 400U);
    EXPECT_GT(masker.overruns(), 0U);
}

TEST(TextMasker, ReadsTheEscapesOfJsonTextAndKeepsItJson) {
    Random random(seedOf());
    const auto guard = allGuard();
    for (int round = 0; round < 800; ++round) {
        const auto text = randomText(random, 1 + below(random, 20));
        std::string arguments = "{\"note\":\"";
        for (const auto& piece : cut(random, text, 1)) {
            if (piece.size() == 1 && static_cast<unsigned char>(piece[0]) >= 0x20 && below(random, 3) == 0) {
                char escaped[8];
                std::snprintf(escaped, sizeof escaped, below(random, 2) == 0 ? "\\u%04x" : "\\u%04X", static_cast<unsigned>(piece[0]));
                arguments += escaped;
            } else {
                arguments += text::json::encode(piece);
            }
        }
        arguments += "\",\"card\":4111111111111111}";
        TextMasker masker(*guard, true);
        std::string out;
        for (const auto& piece : cut(random, arguments, 1 + below(random, 9))) masker.push(piece, out);
        masker.flush(out);
        const auto read = Json::parse(out, nullptr, false);
        ASSERT_TRUE(read.is_object()) << arguments << "\n" << out;
        ASSERT_EQ(read["note"], expected(*guard, text)) << arguments << "\n" << out;
        ASSERT_EQ(read["card"], "<CREDIT_CARD>");
    }
}

TEST(PatternPrefix, FindsEveryBeginning) {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"abc", "abc"}, {"a(?:b|cd)*e", "acdbe"}, {"x{2,4}y", "xxxxy"}, {"[a-c]+\\d?z", "abc5z"}, {"(?i)Hello\\b.World", "hELLO wORLD"},
        {"(?P<n>q+)\\.\\x41", "qq.A"}, {"\\pL{2}\\p{Nd}", "éé7"}, {"a{b}", "a{b}"}, {"^start", "start"}};
    for (const auto& [pattern, text] : cases) {
        const auto prefix = prefixOf(pattern);
        ASSERT_TRUE(prefix) << pattern;
        const auto whole = text::Regex::compile(pattern), hold = text::Regex::compile("(?:" + prefix->pattern + ")\\z");
        ASSERT_TRUE(whole && hold) << prefix->pattern;
        ASSERT_TRUE((*whole)->fullMatch(text)) << pattern;
        EXPECT_GE(prefix->longest, text.size()) << pattern;
        for (std::size_t size = 1; size <= text.size(); ++size) {
            if (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) continue;
            std::size_t begin = 9, end = 0;
            ASSERT_TRUE((*hold)->find(text.substr(0, size), 0, begin, end)) << pattern << " " << size;
            EXPECT_EQ(begin, 0U) << pattern << " " << size;
        }
    }
    EXPECT_FALSE(prefixOf("a(?i)b"));
    EXPECT_FALSE(prefixOf("\\Qa.b\\E"));
}

// ---- streams: a builder per dialect, and a reader of what came out.

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

std::string sse(const Json& json, const std::string& event = "") {
    return (event.empty() ? "" : "event: " + event + "\n") + "data: " + json.dump() + "\n\n";
}

std::vector<std::string> dataOf(const std::string& stream) {
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

std::string chatStream(const std::vector<std::string>& text, const std::vector<std::string>& arguments) {
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
Visible readChat(const std::string& stream) {
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

std::string messagesStream(const std::vector<std::string>& text, const std::vector<std::string>& arguments) {
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
Visible readMessages(const std::string& stream) {
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

std::string geminiStream(const std::vector<std::string>& text, const std::vector<std::string>&) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        Json candidate = {{"content", {{"parts", Json::array({{{"text", text[i]}}})}, {"role", "model"}}}, {"index", 0}};
        if (i + 1 == text.size()) candidate["finishReason"] = "STOP";
        out += sse({{"candidates", Json::array({candidate})}, {"usageMetadata", {{"promptTokenCount", 3}}}});
    }
    return out;
}
Visible readGemini(const std::string& stream) {
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

std::string responsesStream(const std::vector<std::string>& text, const std::vector<std::string>& arguments) {
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
Visible readResponses(const std::string& stream) {
    Visible out;
    std::int64_t number = 0;
    for (const auto& data : dataOf(stream)) {
        const auto json = Json::parse(data);
        EXPECT_EQ(json["sequence_number"].get<std::int64_t>(), number++);
        const auto type = json["type"].get<std::string>();
        if (type == "response.output_text.delta") out.texts["text"] += json["delta"].get<std::string>();
        if (type == "response.function_call_arguments.delta") out.texts["arguments"] += json["delta"].get<std::string>();
        if (type == "response.output_text.done") EXPECT_EQ(json["text"], out.texts["text"]);
        if (type == "response.completed") {
            EXPECT_EQ(json["response"]["output"][0]["content"][0]["text"], out.texts["text"]);
            out.done = true;
            ++out.usage;
        }
    }
    return out;
}

std::string ollamaStream(const std::vector<std::string>& text, const std::vector<std::string>&) {
    std::string out;
    for (const auto& piece : text) out += Json{{"model", "m"}, {"message", {{"role", "assistant"}, {"content", piece}}}, {"done", false}}.dump() + "\n";
    return out + Json{{"model", "m"}, {"message", {{"role", "assistant"}, {"content", ""}}}, {"done", true}, {"done_reason", "stop"}, {"eval_count", 4}}.dump() + "\n";
}
Visible readOllama(const std::string& stream) {
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

std::string cohereStream(const std::vector<std::string>& text, const std::vector<std::string>&) {
    std::string out = sse({{"type", "message-start"}, {"id", "c"}, {"delta", {{"message", {{"role", "assistant"}}}}}}, "message-start");
    out += sse({{"type", "content-start"}, {"index", 0}, {"delta", {{"message", {{"content", {{"type", "text"}, {"text", ""}}}}}}}}, "content-start");
    for (const auto& piece : text)
        out += sse({{"type", "content-delta"}, {"index", 0}, {"delta", {{"message", {{"content", {{"text", piece}}}}}}}}, "content-delta");
    out += sse({{"type", "content-end"}, {"index", 0}}, "content-end");
    return out + sse({{"type", "message-end"}, {"delta", {{"finish_reason", "COMPLETE"}, {"usage", {{"tokens", 1}}}}}}, "message-end");
}
Visible readCohere(const std::string& stream) {
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

const Grammar kGrammars[] = {
    {"openai-chat", StreamGuard::Framing::Sse, chatStream, readChat, true},
    {"anthropic-messages", StreamGuard::Framing::Sse, messagesStream, readMessages, true},
    {"gemini-generate", StreamGuard::Framing::Sse, geminiStream, readGemini, false},
    {"openai-responses", StreamGuard::Framing::Sse, responsesStream, readResponses, true},
    {"ollama-chat", StreamGuard::Framing::Lines, ollamaStream, readOllama, false},
    {"cohere-chat", StreamGuard::Framing::Sse, cohereStream, readCohere, false},
};

std::string guarded(const RegexGuard& guard, const Grammar& grammar, const std::string& stream, Random& random) {
    StreamGuard filter(guard, grammar.framing);
    std::string out;
    std::size_t at = 0;
    const std::size_t most = 1 + below(random, 400);
    while (at < stream.size()) {
        const std::size_t size = std::min(stream.size() - at, 1 + below(random, most));
        filter.feed(std::string_view(stream).substr(at, size), out);
        at += size;
    }
    filter.finish(out);
    EXPECT_FALSE(filter.failed());
    return out;
}

TEST(StreamGuard, NoStreamOfAnyDialectLetsAMatchThrough) {
    Random random(seedOf());
    const auto guard = allGuard();
    for (const auto& grammar : kGrammars) {
        for (int round = 0; round < 120; ++round) {
            const auto text = randomText(random, 1 + below(random, 25));
            const auto note = randomText(random, 1 + below(random, 12));
            const auto arguments = Json{{"note", note}}.dump(-1, ' ', below(random, 2) == 0);
            const auto stream = grammar.write(cut(random, text, 1 + below(random, 10)), cut(random, arguments, 1 + below(random, 10)));
            const auto out = guarded(*guard, grammar, stream, random);
            auto seen = grammar.read(out);
            ASSERT_EQ(seen.texts["text"], expected(*guard, text)) << grammar.name << "\n" << stream << "\n---\n" << out;
            ASSERT_TRUE(seen.done) << grammar.name;
            ASSERT_EQ(seen.usage, 1U) << grammar.name;
            for (const auto& secret : secrets()) {
                const auto written = text::json::encode(secret);
                // Each is masked by itself: joined, digits of both can make another number than either holds.
                if (expected(*guard, text).find(secret) == std::string::npos && expected(*guard, note).find(secret) == std::string::npos)
                    ASSERT_EQ(out.find(written), std::string::npos) << grammar.name << " " << secret << "\n" << out;
            }
            if (!grammar.tools) continue;
            const auto call = Json::parse(seen.texts["arguments"], nullptr, false);
            ASSERT_TRUE(call.is_object()) << grammar.name << " " << seen.texts["arguments"];
            ASSERT_EQ(call["note"], expected(*guard, note)) << grammar.name;
        }
    }
}

TEST(StreamGuard, WhatHasNothingToHidePassesByteForByte) {
    const auto guard = RegexGuard::compile({{"key", "sk-[0-9]{8}", ""}}, RegexGuard::Action::Mask, true);
    ASSERT_TRUE(guard);
    Random random(7);
    const std::string stream = ": ping\n\nid: 7\r\ndata: {\"choices\":[ {\"index\":0,\"delta\":{\"content\":\"hi there\"}}]}\r\n\r\n"
                               "event: ping\ndata: {\"type\": \"ping\"}\n\ndata: [DONE]\n\n";
    EXPECT_EQ(guarded(**guard, kGrammars[0], stream, random), stream);
}

TEST(StreamGuard, HoldsBackNothingBehindTheEndOfABrokenStream) {
    const auto guard = allGuard();
    StreamGuard filter(*guard, StreamGuard::Framing::Sse);
    std::string out;
    filter.feed("data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"write to ada@example.org\"}}]}\n\n", out);
    EXPECT_EQ(readChat(out).texts["text"], "write to ");
    filter.finish(out);
    EXPECT_EQ(readChat(out).texts["text"], "write to <EMAIL_ADDRESS>");
    EXPECT_EQ(filter.verdict().hits.size(), 1U);
}

TEST(StreamGuard, BedrockFramesStayWhole) {
    // messages of two frames: headers ":event-type" are opaque here; lengths and checks are made anew.
    const auto guard = allGuard();
    const auto number = [](std::uint32_t n) {
        std::string out;
        for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(n >> static_cast<unsigned>(shift) & 0xFFU);
        return out;
    };
    const auto frame = [&](const std::string& headers, const std::string& payload) {
        // Checks are not read by the guard, only made.
        return number(static_cast<std::uint32_t>(16 + headers.size() + payload.size())) + number(static_cast<std::uint32_t>(headers.size())) + number(0) +
               headers + payload + number(0);
    };
    const std::string stream = frame("HEADA", R"({"contentBlockIndex":0,"delta":{"text":"card 4111 1111"}})") +
                               frame("HEADA", R"({"contentBlockIndex":0,"delta":{"text":" 1111 1111"}})") +
                               frame("HEADB", R"({"contentBlockIndex":0})") + frame("HEADC", R"({"stopReason":"end_turn"})");
    for (std::size_t split = 1; split < stream.size(); split += 7) {
        StreamGuard filter(*guard, StreamGuard::Framing::EventStream);
        std::string out;
        filter.feed(stream.substr(0, split), out);
        filter.feed(stream.substr(split), out);
        filter.finish(out);
        ASSERT_FALSE(filter.failed());
        std::string text, order;
        for (std::size_t at = 0; at < out.size();) {
            const auto read = [&](std::size_t from) {
                std::uint32_t n = 0;
                for (std::size_t i = 0; i < 4; ++i) n = n << 8U | static_cast<unsigned char>(out[at + from + i]);
                return n;
            };
            const auto total = read(0), headers = read(4);
            const auto json = Json::parse(out.substr(at + 12 + headers, total - 16 - headers));
            order += out[at + 16];
            if (json.contains("delta")) text += json["delta"]["text"].get<std::string>();
            at += total;
        }
        ASSERT_EQ(text, "card <CREDIT_CARD>");
        ASSERT_EQ(order, "AAABC");
    }
}

}  // namespace
}  // namespace gatehouse::llm
