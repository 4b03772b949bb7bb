// Streams cut into events with their times and faults: the vectors of all dialects at any split, and what the times alone tell.
#include "core/llm/dialect_vectors.h"
#include "llm/stream_grammar.h"

#include <fmt/format.h>

#include <random>

namespace gatehouse::llm {
namespace {

StreamGrammar::Framing framing(const Dialect& dialect) { return StreamGrammar::framingOf({}, &dialect); }

std::vector<std::string> faultsOf(const StreamGrammar& grammar) {
    std::vector<std::string> all;
    for (const auto& part : grammar.parts()) all.insert(all.end(), part.faults.begin(), part.faults.end());
    all.insert(all.end(), grammar.endFaults().begin(), grammar.endFaults().end());
    return all;
}

TEST(StreamGrammar, FindsInEachVectorWhatTheReaderFindsAtAnySplit) {
    const auto seed = std::random_device{}();
    RecordProperty("seed", std::to_string(seed));
    std::mt19937 random(seed);
    std::size_t checked = 0;
    for (const auto& test : test::dialectCases()) {
        if (test.direction() != "stream" || test.from() == nullptr || test.to() == nullptr) continue;
        SCOPED_TRACE(fmt::format("{}:{} {} (seed {})", test.file, test.line, test.name, seed));
        const auto frames = test::encodeEvents(*test.from(), test.field("in"));
        std::string bytes;
        for (const auto& frame : frames) bytes += frame;
        if (bytes.find('[') == 0) continue;  // Gemini's list: one piece of JSON.
        StreamTranslator reader(*test.from(), *test.to(), test.field("model"), false);
        std::string out;
        reader.feed(bytes, out);
        reader.finish(out);
        StreamGrammar grammar(test.from(), framing(*test.from()));
        for (std::size_t at = 0; at < bytes.size();) {
            const auto size = std::min<std::size_t>(1 + random() % 200, bytes.size() - at);
            grammar.feed(std::string_view(bytes).substr(at, size), static_cast<std::int64_t>(at));
            at += size;
        }
        grammar.finish();
        EXPECT_EQ(faultsOf(grammar).size(), std::min<std::size_t>(reader.faults().size(), 20)) << fmt::format("{}", fmt::join(faultsOf(grammar), "\n"));
        for (const auto& fault : test.all("fault")) {
            const auto told = faultsOf(grammar);
            EXPECT_TRUE(std::any_of(told.begin(), told.end(), [&](const auto& sentence) { return sentence.find(fault) != std::string::npos; })) << fault;
        }
        EXPECT_TRUE(grammar.checked());
        if (!test.has("cut")) {
            EXPECT_TRUE(grammar.ended());
        }
        // Every byte belongs to one event, and the events are those that were sent.
        EXPECT_EQ(grammar.parts().size(), frames.size());
        for (std::size_t i = 0; i < std::min(frames.size(), grammar.parts().size()); ++i) {
            const auto& part = grammar.parts()[i];
            EXPECT_EQ(bytes.substr(part.begin, part.end - part.begin), frames[i]);
        }
        ++checked;
    }
    EXPECT_GE(checked, 20U);
}

TEST(StreamGrammar, PutsAFaultWhereItHappened) {
    const auto* dialect = findDialect("anthropic-messages");
    StreamGrammar grammar(dialect, StreamGrammar::Framing::Sse);
    const std::string start = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"c\",\"content\":[],"
                              "\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}}\n\n";
    grammar.feed(start, 10);
    grammar.feed(start, 20);
    grammar.feed(": keep-alive\n\n", 30);
    grammar.feed("event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n", 40);
    grammar.feed("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi\"}}\n\n", 50);
    grammar.finish();
    const auto& parts = grammar.parts();
    ASSERT_EQ(parts.size(), 5U);
    EXPECT_TRUE(parts[0].faults.empty());
    ASSERT_EQ(parts[1].faults.size(), 1U);
    EXPECT_EQ(parts[1].faults[0], "message_start came twice");
    EXPECT_EQ(parts[2].kind, StreamPart::Kind::Ping);
    ASSERT_EQ(parts[3].faults.size(), 1U) << "block 1 began where 0 was next";
    EXPECT_EQ(parts[4].kind, StreamPart::Kind::Text);
    EXPECT_EQ(parts[4].text, "Hi");
    EXPECT_EQ(parts[4].micros, 50);
    EXPECT_EQ(parts[4].name, "content_block_delta");
    EXPECT_EQ(grammar.endFaults(), std::vector<std::string>{"the stream ended without message_stop"});
    EXPECT_FALSE(grammar.ended());
}

TEST(StreamGrammar, CutsEventsAtEveryKindOfLineEnd) {
    for (const std::string end : {"\n", "\r\n", "\r"}) {
        StreamGrammar grammar(nullptr, StreamGrammar::Framing::Sse);
        const auto bytes = "data: {\"type\":\"a\"}" + end + end + "event: b" + end + "data: 1" + end + end + "data: [DONE]" + end + end;
        for (const char c : bytes) grammar.feed({&c, 1}, 0);
        grammar.finish();
        ASSERT_EQ(grammar.parts().size(), 3U);
        EXPECT_EQ(grammar.parts()[0].name, "a");
        EXPECT_EQ(grammar.parts()[1].name, "b");
        EXPECT_EQ(grammar.parts()[2].name, "[DONE]");
        EXPECT_FALSE(grammar.checked());
    }
}

TEST(StreamGrammar, ReadsALargeBodyInOnePieceInLinearTime) {
    std::string bytes;
    for (int i = 0; i < 20'000; ++i) bytes += "data: {\"i\":" + std::to_string(i) + "}\n\n";
    StreamGrammar grammar(nullptr, StreamGrammar::Framing::Sse);
    grammar.feed(bytes, 1);
    grammar.finish();
    EXPECT_EQ(grammar.parts().size(), 20'000U);
    EXPECT_EQ(grammar.parts().back().end, bytes.size());
}

std::vector<StreamPart> at(std::initializer_list<std::int64_t> millis) {
    std::vector<StreamPart> parts;
    for (const auto time : millis) parts.emplace_back().micros = time * 1000;
    return parts;
}

TEST(StreamMarks, NamesStallsAndBursts) {
    const auto marks = streamMarks(at({0, 20, 40, 60, 1060, 1080, 1080, 1080, 1080, 1080, 1080, 1100}));
    ASSERT_EQ(marks.size(), 2U);
    EXPECT_EQ(marks[0].kind, StreamMark::Kind::Stall);
    EXPECT_EQ(marks[0].first, 3U);
    EXPECT_EQ(marks[0].last, 4U);
    EXPECT_EQ(marks[0].micros, 1'000'000);
    EXPECT_EQ(marks[1].kind, StreamMark::Kind::Burst);
    EXPECT_EQ(marks[1].first, 5U);
    EXPECT_EQ(marks[1].last, 10U);
}

TEST(StreamMarks, ASlowStreamIsNotAStallAndAWholeOneNotABurst) {
    EXPECT_TRUE(streamMarks(at({0, 500, 1000, 1500, 2100})).empty());
    EXPECT_TRUE(streamMarks(at({5, 5, 5, 5, 5, 5, 5, 5, 5})).empty());
    EXPECT_TRUE(streamMarks({}).empty());
    EXPECT_EQ(medianGapMicros(at({0, 10, 30, 60})), 20'000);
}

}  // namespace
}  // namespace gatehouse::llm
