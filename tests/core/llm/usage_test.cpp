// Usage of buffered and streamed answers; a stream reads the same at every split.
#include "llm/usage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace gatehouse::llm {
namespace {

const std::string kUsageEvent =
    R"(data: {"id":"1","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":3}}})";
const std::string kToken = R"(data: {"id":"1","choices":[{"delta":{"content":"say \"usage\""}}],"usage":null})";

std::string stream(const std::string& end) {
    return ": keep-alive" + end + end + kToken + end + end + "event: x" + end + kToken + end + end + kUsageEvent + end +
           end + "data: [DONE]" + end + end;
}
std::string streamWithout(const std::string& end) {
    return ": keep-alive" + end + end + kToken + end + end + "event: x" + end + kToken + end + end + "data: [DONE]" +
           end + end;
}

struct Outcome {
    std::string out;
    Usage usage;
    bool done;
    std::uint64_t events;
};

Outcome run(const std::string& text, bool drop, const std::vector<std::size_t>& cuts) {
    StreamUsage stream(drop);
    Outcome outcome;
    std::size_t at = 0;
    for (const std::size_t cut : cuts) {
        stream.feed(std::string_view(text).substr(at, cut - at), outcome.out);
        at = cut;
    }
    stream.feed(std::string_view(text).substr(at), outcome.out);
    stream.finish(outcome.out);
    outcome.usage = stream.usage();
    outcome.done = stream.sawDone();
    outcome.events = stream.events();
    return outcome;
}

void check(const Outcome& outcome, const std::string& expected) {
    ASSERT_EQ(outcome.out, expected);
    EXPECT_TRUE(outcome.usage.known);
    EXPECT_EQ(outcome.usage.inputTokens, 11U);
    EXPECT_EQ(outcome.usage.outputTokens, 5U);
    EXPECT_EQ(outcome.usage.cachedTokens, 3U);
    EXPECT_TRUE(outcome.done);
    EXPECT_EQ(outcome.events, 4U);
}

TEST(StreamUsage, ReadsTheSameAtEverySplit) {
    for (const std::string end : {"\n", "\r\n", "\r"}) {
        const std::string text = stream(end);
        for (const bool drop : {false, true}) {
            const std::string expected = drop ? streamWithout(end) : text;
            for (std::size_t cut = 0; cut <= text.size(); ++cut) {
                SCOPED_TRACE("cut at " + std::to_string(cut));
                check(run(text, drop, {cut}), expected);
                if (HasFatalFailure()) return;
            }
            std::vector<std::size_t> every(text.size());
            for (std::size_t i = 0; i < every.size(); ++i) every[i] = i;
            check(run(text, drop, every), expected);
        }
    }
}

TEST(StreamUsage, ReadsTheSameAtRandomSplits) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (int round = 0; round < 500; ++round) {
        const std::string end = round % 2 ? "\r\n" : "\n";
        const std::string text = stream(end);
        std::vector<std::size_t> cuts(random() % 12);
        for (auto& cut : cuts) cut = random() % (text.size() + 1);
        std::sort(cuts.begin(), cuts.end());
        check(run(text, true, cuts), streamWithout(end));
    }
}

TEST(StreamUsage, JoinsDataOfSeveralLines) {
    const auto outcome = run("data: {\"choices\":[],\ndata: \"usage\":{\"input_tokens\":2,\"output_tokens\":1}}\n\n", true, {});
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.usage.inputTokens, 2U);
    EXPECT_EQ(outcome.usage.outputTokens, 1U);
}

TEST(StreamUsage, PassesTokensAtOnceWhenNothingIsDropped) {
    StreamUsage stream(false);
    std::string out;
    stream.feed("data: {\"par", out);
    EXPECT_EQ(out, "data: {\"par");
}

TEST(StreamUsage, KeepsAUsageEventThatCarriesAChoice) {
    const std::string text = "data: {\"choices\":[{}],\"usage\":{\"prompt_tokens\":4}}\n\n";
    const auto outcome = run(text, true, {});
    EXPECT_EQ(outcome.out, text);
    EXPECT_EQ(outcome.usage.inputTokens, 4U);
}

TEST(StreamUsage, AnEndlessEventIsPassedOnAndNotHeld) {
    StreamUsage stream(true);
    std::string out;
    std::size_t fed = 0;
    const std::string piece(64 * 1024, 'x');
    stream.feed("data: ", out);
    for (int i = 0; i < 64; ++i) {
        stream.feed(piece, out);
        fed += piece.size();
    }
    EXPECT_GE(out.size(), fed - 512 * 1024);
    stream.feed("\n\n" + kUsageEvent + "\n\n", out);
    EXPECT_TRUE(stream.usage().known);
    EXPECT_EQ(out.size(), fed + 6 + 2);
}

TEST(ReadUsage, ReadsBothDialectsAndIgnoresNoise) {
    const Usage chat = readUsage(R"({"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4}})");
    EXPECT_EQ(chat.inputTokens, 3U);
    EXPECT_EQ(chat.outputTokens, 4U);
    EXPECT_TRUE(readUsage(R"({"usage":{"input_tokens":9}})").known);
    EXPECT_FALSE(readUsage(R"({"usage":null})").known);
    EXPECT_FALSE(readUsage("not json \"usage\"").known);
    EXPECT_FALSE(readUsage("").known);
}

}  // namespace
}  // namespace gatehouse::llm
