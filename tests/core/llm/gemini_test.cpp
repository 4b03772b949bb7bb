// Gemini's streams as one JSON list, written and read; what holds for its ids and its models.
#include "core/llm/dialect_vectors.h"

#include "llm/dialect/gemini.h"

namespace gatehouse::llm {
namespace {

const std::vector<std::string> kChunks = {
    R"({"candidates":[{"content":{"parts":[{"text":"[\"Hel"}],"role":"model"},"index":0}],"modelVersion":"m","responseId":"r"})",
    R"({"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{"a":"}]"}}}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":2,"totalTokenCount":3},"modelVersion":"m","responseId":"r"})"};

std::string events() {
    std::string bytes;
    for (const auto& chunk : kChunks) writeSse(bytes, "", chunk);
    return bytes;
}

std::string list() { return "[" + kChunks[0] + "\r\n,\r\n" + kChunks[1] + "\n]\n"; }

struct Ran {
    std::string out;
    bool whole = false;
    std::vector<std::string> faults;
    std::string contentType;
};

Ran run(const char* from, const char* to, const std::string& bytes, std::size_t split, bool asList) {
    StreamTranslator translator(*findDialect(from), *findDialect(to), "m", true);
    if (asList) translator.asList();
    Ran ran;
    translator.feed(std::string_view(bytes).substr(0, split), ran.out);
    translator.feed(std::string_view(bytes).substr(split), ran.out);
    ran.whole = translator.finish(ran.out);
    ran.faults = translator.faults();
    ran.contentType = translator.contentType();
    return ran;
}

TEST(GeminiList, AClientWithoutEventsGetsTheChunksAsOneList) {
    const auto bytes = events();
    nlohmann::json expected = nlohmann::json::array();
    for (const auto& chunk : kChunks) expected.push_back(nlohmann::json::parse(chunk));
    for (std::size_t split = 0; split <= bytes.size(); ++split) {
        const auto ran = run("gemini-generate", "gemini-generate", bytes, split, true);
        ASSERT_TRUE(ran.whole) << split;
        ASSERT_EQ(nlohmann::json::parse(ran.out, nullptr, false), expected) << ran.out;
        ASSERT_EQ(ran.contentType, "application/json");
    }
}

TEST(GeminiList, ATranslatedStreamIsAListAsWell) {
    const auto bytes = test::encode(*findDialect("ollama-chat"),
                                    R"({"model":"x","message":{"role":"assistant","content":"Hi"},"done":false})"
                                    "\n"
                                    R"({"model":"x","message":{"role":"assistant","content":""},"done":true,"done_reason":"length","prompt_eval_count":1,"eval_count":2})");
    const auto ran = run("ollama-chat", "gemini-generate", bytes, 9, true);
    EXPECT_TRUE(ran.whole);
    const auto json = nlohmann::json::parse(ran.out, nullptr, false);
    ASSERT_TRUE(json.is_array()) << ran.out;
    ASSERT_EQ(json.size(), 2U);
    EXPECT_EQ(json[0]["candidates"][0]["content"]["parts"][0]["text"], "Hi");
    EXPECT_EQ(json[1]["candidates"][0]["finishReason"], "MAX_TOKENS");
    EXPECT_EQ(json[1]["usageMetadata"]["totalTokenCount"], 3);
}

TEST(GeminiList, AListThatWasCutEndsWithAnError) {
    for (const auto* from : {"gemini-generate", "vertex-gemini"}) {
        std::string cut;
        writeSse(cut, "", kChunks[0]);
        const auto ran = run(from, "gemini-generate", cut, 3, true);
        EXPECT_FALSE(ran.whole);
        const auto json = nlohmann::json::parse(ran.out, nullptr, false);
        ASSERT_TRUE(json.is_array()) << ran.out;
        ASSERT_EQ(json.size(), 2U);
        EXPECT_EQ(json[1]["error"]["code"], 502);
        EXPECT_FALSE(json[1].contains("candidates"));
    }
}

TEST(GeminiList, NothingFollowsAnErrorOfOurs) {
    StreamTranslator translator(*findDialect("openai-chat"), *findDialect("gemini-generate"), "m", true);
    translator.asList();
    std::string out;
    translator.fail({503, "", "", "Away.", ""}, out);
    const auto json = nlohmann::json::parse(out, nullptr, false);
    ASSERT_TRUE(json.is_array()) << out;
    EXPECT_EQ(json[0]["error"]["status"], "UNAVAILABLE");
    const auto size = out.size();
    translator.feed("data: {}\n\n", out);
    EXPECT_FALSE(translator.finish(out));
    EXPECT_EQ(out.size(), size);
}

TEST(GeminiList, AListIsReadAsEventsAreAtEverySplit) {
    const auto expected = run("gemini-generate", "anthropic-messages", events(), 0, false);
    ASSERT_TRUE(expected.whole);
    const auto bytes = list();
    for (std::size_t split = 0; split <= bytes.size(); ++split) {
        const auto ran = run("gemini-generate", "anthropic-messages", bytes, split, false);
        ASSERT_TRUE(ran.whole) << split;
        ASSERT_EQ(ran.out, expected.out) << split;
        ASSERT_TRUE(ran.faults.empty()) << ran.faults.front();
    }
}

TEST(GeminiList, AListWithoutItsEndWasCut) {
    const auto bytes = list();
    const auto whole = bytes.find_last_of(']');
    for (std::size_t end = 1; end <= whole; ++end) {
        const auto ran = run("vertex-gemini", "openai-chat", bytes.substr(0, end), 0, false);
        ASSERT_FALSE(ran.whole) << end;
        ASSERT_EQ(ran.out.find("[DONE]"), std::string::npos) << end;
    }
}

TEST(Gemini, IdsOfCallsThatHaveNoneAreTheSameEachTimeAndNeverTwice) {
    EXPECT_EQ(madeCallId("r1/0", 0, "f"), madeCallId("r1/0", 0, "f"));
    EXPECT_NE(madeCallId("r1/0", 0, "f"), madeCallId("r1/0", 1, "f"));
    EXPECT_NE(madeCallId("r1/0", 0, "f"), madeCallId("r2/0", 0, "f"));
    EXPECT_EQ(safeCallId(madeCallId("r1/0", 0, "f")), madeCallId("r1/0", 0, "f"));
    EXPECT_LE(madeCallId(std::string(300, 'x'), 0, "f").size(), 40U);
}

TEST(Gemini, ModelsAreToldByTheirNames) {
    EXPECT_FALSE(geminiModel("gemini-2.5-flash").levels);
    EXPECT_TRUE(geminiModel("gemini-2.5-pro").pro);
    EXPECT_TRUE(geminiModel("publishers/google/models/gemini-3.1-pro-preview").signedCalls);
    EXPECT_TRUE(geminiModel("gemini-10-flash").levels);
    EXPECT_TRUE(geminiModel("gemini-flash-latest").levels);
    EXPECT_TRUE(geminiModel("tuned").levels);
}

TEST(Ollama, ARequestThatSaysNothingOfStreamingAsksForIt) {
    const auto& ollama = *findDialect("ollama-chat");
    for (const auto* to : {"ollama-chat", "openai-chat", "gemini-generate"}) {
        const auto unsaid = translateRequest(ollama, *findDialect(to), R"({"model":"m","messages":[{"role":"user","content":"Hi"}]})");
        ASSERT_TRUE(unsaid);
        EXPECT_TRUE(unsaid->facts.stream) << to;
        const auto said = translateRequest(ollama, *findDialect(to), R"({"model":"m","stream":false,"messages":[{"role":"user","content":"Hi"}]})");
        ASSERT_TRUE(said);
        EXPECT_FALSE(said->facts.stream) << to;
    }
}

TEST(Gemini, TimesGoThereAndBack) {
    EXPECT_EQ(secondsOf("1970-01-01T00:00:01Z"), 1);
    EXPECT_EQ(secondsOf("2026-01-02T03:04:05.678901234+02:00"), secondsOf("2026-01-02T01:04:05Z"));
    EXPECT_EQ(secondsOf(rfc3339Of(1767323045)), 1767323045);
    for (const auto* text : {"", "yesterday", "2026-13-02T03:04:05Z", "2026-01-02 "}) EXPECT_EQ(secondsOf(text), 0) << text;
}

}  // namespace
}  // namespace gatehouse::llm
