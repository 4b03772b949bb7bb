// TextMasker and StreamGuard: whatever the split, what the client sees is what masking the whole text gives.
#include "guard_streams.h"

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

/// Percent-escapes around and inside of secrets, of whole characters.
std::string percented(Random& random, const std::string& text) {
    std::string out;
    bool escapes = false;
    for (const char byte : text) {
        char escaped[4];
        std::snprintf(escaped, sizeof escaped, below(random, 2) == 0 ? "%%%02x" : "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(byte)));
        const bool goesOn = (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
        if (!goesOn) escapes = byte == ' ' ? below(random, 2) == 0 : below(random, 5) == 0;
        out += escapes ? std::string(escaped) : std::string(1, byte);
    }
    return out;
}

TEST(DeepMasker, FindsWhatPercentEscapesHideAtAnySplit) {
    Random random(seedOf());
    const auto guard = allGuard();
    for (int round = 0; round < 1500; ++round) {
        const auto text = percented(random, randomText(random, 1 + below(random, 20)));
        DeepMasker masker(*guard);
        std::string out;
        for (const auto& piece : cut(random, text, 1 + below(random, 12))) masker.push(piece, out);
        masker.flush(out);
        ASSERT_EQ(out, expected(*guard, text)) << text;
    }
}

TEST(DeepMasker, MasksAnEscapedSecretWhole) {
    const auto guard = allGuard();
    for (const auto& secret : secrets()) {
        if (expected(*guard, secret) == secret) continue;  // Its check says that it is none.
        std::string all;
        for (const char byte : secret) {
            char escaped[4];
            std::snprintf(escaped, sizeof escaped, "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(byte)));
            all += escaped;
        }
        for (const auto& written : {all, "%20" + secret + "%20", "?q=" + all + "&x=1"}) {
            const auto masked = expected(*guard, written);
            EXPECT_NE(masked.find('<'), std::string::npos) << written << " -> " << masked;
            EXPECT_EQ(masked.find(all), std::string::npos) << masked;
            EXPECT_EQ(masked.find(secret), std::string::npos) << masked;
        }
    }
    EXPECT_EQ(expected(*guard, "100% of 50%2 is %zz"), "100% of 50%2 is %zz");
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
