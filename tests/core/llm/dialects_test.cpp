// Translation between dialects: the vectors, and what holds for every pair of rows in the table.
#include "core/llm/dialect_vectors.h"
#include "text/base64.h"

#include <fmt/format.h>

#include <map>
#include <random>

namespace gatehouse::llm {
namespace {

using test::Case;

std::vector<std::string> wordsOf(const Losses& losses) {
    std::vector<std::string> words;
    for (const auto& loss : losses) words.push_back(fmt::format("{} {}", lossWord(loss.kind), loss.path));
    std::sort(words.begin(), words.end());
    return words;
}

void expectLosses(const Case& test, const Losses& losses) {
    for (const auto& loss : losses) {
        EXPECT_TRUE(loss.reason.ends_with('.')) << loss.reason;
        EXPECT_FALSE(loss.reason.empty());
    }
    if (test.field("losses") == "any") return;
    std::string sentences;
    for (const auto& loss : losses) sentences += fmt::format("loss: {} {}    # {}\n", lossWord(loss.kind), loss.path, loss.reason);
    EXPECT_EQ(wordsOf(losses), test.all("loss")) << sentences;
}

void expectBody(const Case& test, const std::string& body) {
    if (test.has("exact")) {
        EXPECT_EQ(body, test.field("exact"));
        return;
    }
    EXPECT_EQ(test::comparable(body), test::comparable(test.field("out"))) << "out: " << body;
}

void expectError(const Case& test, const Error& error) {
    const auto expected = test.field("error");
    ASSERT_FALSE(expected.empty()) << error.code << " " << error.message;
    const auto space = expected.find(' ');
    EXPECT_EQ(error.code, expected.substr(0, space));
    EXPECT_NE(error.message.find(expected.substr(space + 1)), std::string::npos) << error.message;
}

std::string flat(const std::string& text) {
    std::string out;
    for (const auto& line : test::linesOf(text)) out += line;
    return out;
}

void runStream(const Case& test) {
    ASSERT_TRUE(canTranslateStream(*test.from(), *test.to()));
    StreamTranslator translator(*test.from(), *test.to(), test.field("model"), test.has("usage"));
    std::string out;
    translator.feed(test::encode(*test.from(), test.field("in")), out);
    const bool whole = translator.finish(out);
    EXPECT_EQ(whole, !test.has("cut"));
    const auto lines = test::decode(*test.to(), out);
    EXPECT_EQ(test::comparableLines(lines), test::comparableLines(test.field("out"))) << "out:\n" << lines;
    expectLosses(test, translator.losses());
    const auto faults = test.all("fault");
    const auto& told = translator.faults();
    EXPECT_EQ(told.size(), faults.size()) << fmt::format("{}", fmt::join(told, "\n"));
    for (const auto& fault : faults)
        EXPECT_TRUE(std::any_of(told.begin(), told.end(), [&](const std::string& sentence) { return sentence.find(fault) != std::string::npos; }))
            << fault << " is not among\n" << fmt::format("{}", fmt::join(told, "\n"));
}

TEST(Dialects, Vectors) {
    const auto cases = test::dialectCases();
    ASSERT_GE(cases.size(), 40U);
    for (const auto& test : cases) {
        SCOPED_TRACE(fmt::format("{}:{} {}", test.file, test.line, test.name));
        ASSERT_NE(test.from(), nullptr) << test.field("from");
        ASSERT_NE(test.to(), nullptr) << test.field("to");
        if (test.direction() == "stream") {
            runStream(test);
        } else if (test.direction() == "error") {
            expectBody(test, writeError(*test.to(), readError(*test.from(), std::stoi(test.field("status")), test.field("in"))));
        } else if (test.direction() == "response") {
            const auto out = translateAnswer(*test.from(), *test.to(), flat(test.field("in")), test.field("model"));
            if (!out) {
                expectError(test, out.error());
                continue;
            }
            expectBody(test, out->body);
            expectLosses(test, out->losses);
        } else {
            const auto out = translateRequest(*test.from(), *test.to(), flat(test.field("in")), {test.field("model"), test.has("stream")});
            if (!out) {
                expectError(test, out.error());
                continue;
            }
            EXPECT_FALSE(test.has("error"));
            expectBody(test, out->body);
            expectLosses(test, out->losses);
        }
    }
}

bool chats(const Dialect& dialect) { return dialect.readRequest != nullptr && dialect.writeRequest != nullptr; }
bool streams(const Dialect& dialect) { return dialect.streamReader != nullptr && dialect.streamWriter != nullptr && dialect.writeAnswer != nullptr; }

std::vector<const Dialect*> rows(bool fits(const Dialect&)) {
    std::vector<const Dialect*> found;
    for (const auto name : dialectNames())
        if (const auto* dialect = findDialect(name); fits(*dialect)) found.push_back(dialect);
    return found;
}

/// A body in the words that its own dialect's writer would have chosen.
std::string canonical(const Dialect& dialect, const std::string& body, const RequestFacts& facts) {
    const auto json = parseObject(body);
    EXPECT_TRUE(json) << body;
    auto request = dialect.readRequest(*json);
    EXPECT_TRUE(request) << (request ? "" : request.error().message);
    if (!request->model && !facts.model.empty()) request->model.set(facts.model, "model");
    if (!request->stream && facts.stream) request->stream.set(true, "stream");
    if (dialect.modelInTarget) request->model.take(), request->stream.take();
    nameToolResults(*request);
    Losses losses;
    return dump(dialect.writeRequest(*request, losses));
}

/// What every chat dialect does where it is not said.
nlohmann::json comparableRequest(const std::string& body) {
    auto json = test::comparable(body);
    if (json.contains("store") && json["store"] == false) json.erase("store");
    if (json.contains("tool_choice") && json["tool_choice"] == "auto") json.erase("tool_choice");
    return json;
}

TEST(Dialects, ThereAndBackNothingIsLostThatNoLossTells) {
    std::map<std::string, int> whole;
    for (const auto& test : test::dialectCases()) {
        if (test.direction() != "request" || test.has("error") || !chats(*test.from())) continue;
        const auto body = flat(test.field("in"));
        const RequestFacts facts{test.field("model"), test.has("stream")};
        for (const auto* other : rows(chats)) {
            if (other == test.from()) continue;
            SCOPED_TRACE(fmt::format("{}:{} {} by {}", test.file, test.line, test.name, other->name));
            const auto there = translateRequest(*test.from(), *other, body, facts);
            ASSERT_TRUE(there) << there.error().message;
            const auto back = translateRequest(*other, *test.from(), there->body, there->facts);
            if (!back) {
                ADD_FAILURE() << back.error().message << "\n" << there->body;
                continue;
            }
            EXPECT_EQ(back->facts.model, there->facts.model);
            EXPECT_EQ(back->facts.stream, there->facts.stream);
            if (!there->losses.empty() || !back->losses.empty()) continue;
            ++whole[fmt::format("{} by {}", test.from()->name, other->name)];
            EXPECT_EQ(comparableRequest(back->body), comparableRequest(canonical(*test.from(), body, facts))) << there->body;
        }
    }
    EXPECT_GE(whole["openai-chat by anthropic-messages"], 5);
    EXPECT_GE(whole["anthropic-messages by openai-chat"], 5);
    EXPECT_GE(whole["anthropic-messages by vertex-anthropic"], 5);
}

/// Without the times of day, which may pass between two runs.
std::string timeless(std::string bytes) {
    for (const std::string_view key : {"\"created\":", "\"created_at\":", "\"id\":\"chatcmpl-", "\"id\":\"msg_", "\"id\":\"chat_"})
        for (auto at = bytes.find(key); at != std::string::npos; at = bytes.find(key, at)) {
            at += key.size();
            bytes.erase(at, bytes.find_first_not_of("0123456789-:.TZ\"", at) - at);
        }
    return bytes;
}

TEST(Dialects, AStreamGivesTheSameBytesAtEverySplit) {
    for (const auto& test : test::dialectCases()) {
        if (test.direction() != "stream" || !canTranslateStream(*test.from(), *test.to())) continue;
        SCOPED_TRACE(fmt::format("{}:{} {}", test.file, test.line, test.name));
        const auto bytes = test::encode(*test.from(), test.field("in"));
        const auto run = [&](std::size_t first, std::size_t step) {
            StreamTranslator translator(*test.from(), *test.to(), "m", true);
            std::string out;
            std::string_view left = bytes;
            translator.feed(left.substr(0, first), out);
            left.remove_prefix(first);
            for (; !left.empty(); left.remove_prefix(std::min(step, left.size()))) translator.feed(left.substr(0, step), out);
            const bool whole = translator.finish(out);
            return fmt::format("{} {}\n{}\n{}", whole, fmt::join(translator.faults(), "|"), fmt::join(wordsOf(translator.losses()), "|"), timeless(out));
        };
        const auto expected = run(bytes.size(), 1);
        EXPECT_EQ(run(0, 1), expected);
        for (std::size_t split = 1; split < bytes.size(); ++split) ASSERT_EQ(run(split, bytes.size()), expected) << split;
    }
}

TEST(Dialects, AStreamAddsUpToItsBufferedTwin) {
    int twins = 0;
    for (const auto& test : test::dialectCases()) {
        if (test.direction() != "stream" || !test.has("twin") || !streams(*test.from())) continue;
        SCOPED_TRACE(fmt::format("{}:{} {}", test.file, test.line, test.name));
        ++twins;
        auto streamed = test::accumulate(*test.from(), test::encode(*test.from(), test.field("in")));
        const auto json = parseObject(flat(test.field("twin")));
        ASSERT_TRUE(json);
        auto buffered = test.from()->readAnswer(*json);
        ASSERT_TRUE(buffered) << buffered.error().message;
        for (const auto* target : rows(streams)) {
            auto a = streamed;
            auto b = *buffered;
            Losses losses;
            EXPECT_EQ(test::comparable(dump(target->writeAnswer(a, losses))), test::comparable(dump(target->writeAnswer(b, losses)))) << target->name;
        }
    }
    EXPECT_GE(twins, 4);
}

TEST(Dialects, AStreamThatWasTranslatedAddsUpToTheAnswerThatWas) {
    for (const auto& test : test::dialectCases()) {
        if (test.direction() != "stream" || test.has("cut") || test.has("broken") || !streams(*test.from())) continue;
        const auto bytes = test::encode(*test.from(), test.field("in"));
        for (const auto* target : rows(streams)) {
            if (target == test.from()) continue;
            SCOPED_TRACE(fmt::format("{}:{} {} for {}", test.file, test.line, test.name, target->name));
            StreamTranslator translator(*test.from(), *target, "m", true);
            std::string out;
            translator.feed(bytes, out);
            ASSERT_TRUE(translator.finish(out));
            bool ended = false;
            const auto reader = target->streamReader();
            std::vector<StreamEvent> events;
            reader->feed(out, events);
            reader->finish(events);
            EXPECT_EQ(reader->faults, std::vector<std::string>()) << out;
            auto again = test::accumulate(*target, out, &ended);
            EXPECT_TRUE(ended);
            if (again.model.empty()) again.model = "m";
            auto once = test::accumulate(*test.from(), bytes);
            if (once.model.empty()) once.model = "m";
            Losses losses;
            auto expected = target->readAnswer(target->writeAnswer(once, losses));
            ASSERT_TRUE(expected) << expected.error().message;
            EXPECT_EQ(test::comparable(dump(target->writeAnswer(again, losses))), test::comparable(dump(target->writeAnswer(*expected, losses)))) << out;
        }
    }
}

TEST(Dialects, ACutStreamNeverEndsProperly) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE(fmt::format("seed {}", seed));
    std::mt19937 random(seed);
    for (const auto& test : test::dialectCases()) {
        if (test.direction() != "stream" || test.has("cut") || test.has("broken") || !streams(*test.from())) continue;
        const auto frames = test::encodeEvents(*test.from(), test.field("in"));
        const auto bytes = test::encode(*test.from(), test.field("in"));
        std::vector<std::size_t> cuts;
        std::size_t at = 0;
        for (std::size_t i = 0; i + 1 < frames.size(); ++i) cuts.push_back(at += frames[i].size());
        for (int i = 0; i < 5; ++i) cuts.push_back(random() % (at + 1));
        for (const auto* target : rows(streams)) {
            SCOPED_TRACE(fmt::format("{}:{} {} for {}", test.file, test.line, test.name, target->name));
            for (const auto cut : cuts) {
                StreamTranslator translator(*test.from(), *target, "m", true);
                std::string out;
                translator.feed(std::string_view(bytes).substr(0, cut), out);
                EXPECT_FALSE(translator.finish(out)) << cut;
                EXPECT_FALSE(translator.ended());
                bool ended = true;
                test::accumulate(*target, out, &ended);
                EXPECT_FALSE(ended) << cut << "\n" << out;
            }
        }
    }
}

TEST(Dialects, AnErrorOfOursEndsAStreamAndNothingFollows) {
    for (const auto* from : rows(streams))
        for (const auto* target : rows(streams)) {
            StreamTranslator translator(*from, *target, "m", true);
            std::string out;
            translator.fail({429, "", "", "Too many.", ""}, out);
            EXPECT_NE(out.find("Too many."), std::string::npos) << target->name;
            const auto size = out.size();
            translator.feed("data: {}\n\n", out);
            EXPECT_FALSE(translator.finish(out));
            EXPECT_EQ(out.size(), size);
        }
}

TEST(Dialects, EveryRowReadsAndWritesErrors) {
    for (const auto name : dialectNames()) {
        const auto& dialect = *findDialect(name);
        for (const int status : {400, 401, 403, 404, 413, 429, 500, 503, 529}) {
            EXPECT_FALSE(errorType(dialect, status).empty());
            const auto body = writeError(dialect, {status, "", "", "What was wrong.", ""});
            EXPECT_EQ(readError(dialect, status, body).message, "What was wrong.") << name << " " << body;
        }
        EXPECT_NE(readError(dialect, 502, "<html>Bad Gateway</html>").message.find("HTML"), std::string::npos);
        EXPECT_NE(readError(dialect, 502, "").message.find("without a body"), std::string::npos);
    }
}

TEST(Dialects, TheSameDialectPassesUntouched) {
    const std::string body = R"( {"model":"m", "x":1.50,"messages":[ ]} )";
    for (const auto name : dialectNames()) {
        const auto& dialect = *findDialect(name);
        const auto out = translateRequest(dialect, dialect, body);
        ASSERT_TRUE(out);
        EXPECT_EQ(out->body, body);
        EXPECT_EQ(out->facts.model, "m");
        EXPECT_TRUE(out->losses.empty());
    }
}

TEST(Dialects, AnotherModelIsForcedInTheBodyOrItsTarget) {
    const std::string body = R"({"model":"m","max_tokens":9,"messages":[{"role":"user","content":"Hi"}]})";
    const auto same = translateRequest(*findDialect("openai-chat"), *findDialect("openai-chat"), body, {}, "other");
    ASSERT_TRUE(same);
    EXPECT_NE(same->body.find(R"("model":"other")"), std::string::npos);
    const auto other = translateRequest(*findDialect("openai-chat"), *findDialect("anthropic-messages"), body, {}, "other");
    ASSERT_TRUE(other);
    EXPECT_NE(other->body.find(R"("model":"other")"), std::string::npos);
    const auto target = translateRequest(*findDialect("openai-chat"), *findDialect("vertex-anthropic"), body, {}, "other");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->body.find("other"), std::string::npos);
    EXPECT_EQ(target->facts.model, "other");
}

TEST(Dialects, IdsOfCallsBecomeSafeAndStayTheSame) {
    EXPECT_EQ(safeCallId("call_1-A"), "call_1-A");
    EXPECT_EQ(safeCallId("a.b"), safeCallId("a.b"));
    EXPECT_NE(safeCallId("a.b"), safeCallId("a:b"));
    EXPECT_FALSE(safeCallId("").empty());
    EXPECT_LE(safeCallId(std::string(300, 'x')).size(), 64U);
    EXPECT_EQ(safeCallId("call_0123456789", 9).size(), 9U);
}

TEST(Dialects, Base64GoesThereAndBack) {
    for (const std::string text : {"", "a", "ab", "abc", "abcd", "\xFF\x00\x01"}) EXPECT_EQ(decodeBase64(text::toBase64(text)), text);
    EXPECT_EQ(text::toBase64("Hello"), "SGVsbG8=");
}

}  // namespace
}  // namespace gatehouse::llm
