// Which event became which: for the vectors of all dialects, for text in other pieces, for text that a guard masked, for what was dropped.
#include "core/llm/dialect_vectors.h"
#include "llm/stream_links.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <set>

namespace gatehouse::llm {
namespace {

struct Cut {
    std::string body;
    std::vector<StreamPart> parts;
};

Cut cut(const Dialect& dialect, std::string body, std::string_view type = {}) {
    StreamGrammar grammar(&dialect, StreamGrammar::framingOf(type, &dialect));
    grammar.feed(body, 0);
    grammar.finish();
    return {std::move(body), grammar.parts()};
}

std::string chunk(std::string_view text, std::string_view finish = "null") {
    return fmt::format(R"(data: {{"id":"c","model":"m","choices":[{{"index":0,"delta":{{"content":{}}},"finish_reason":{}}}]}})", nlohmann::json(text).dump(), finish) + "\n\n";
}

const Dialect& chat() { return *findDialect("openai-chat"); }

StreamLinks link(const Dialect& from, const Cut& provider, const Dialect& to, const Cut& client, const StreamLinkOptions& options = {}) {
    return linkStreams({&from, provider.body, &provider.parts, {}}, {&to, client.body, &client.parts, {}}, options);
}

TEST(StreamLinks, FindEachEventOfEachVectorAgain) {
    std::size_t checked = 0;
    for (const auto& test : test::dialectCases()) {
        if (test.direction() != "stream" || test.from() == nullptr || test.to() == nullptr || test.has("cut")) continue;
        if (!canTranslateStream(*test.from(), *test.to())) continue;
        SCOPED_TRACE(fmt::format("{}:{} {}", test.file, test.line, test.name));
        std::string bytes;
        for (const auto& frame : test::encodeEvents(*test.from(), test.field("in"))) bytes += frame;
        if (bytes.find('[') == 0) continue;  // Gemini's list: one piece of JSON.
        StreamTranslator translator(*test.from(), *test.to(), test.field("model"), true);
        std::string out;
        translator.feed(bytes, out);
        if (!translator.finish(out)) continue;
        const auto provider = cut(*test.from(), bytes), client = cut(*test.to(), out, translator.contentType());
        if (client.parts.empty()) continue;
        const auto links = link(*test.from(), provider, *test.to(), client, {test.field("model"), true});
        ASSERT_TRUE(links.known()) << links.problem;
        EXPECT_TRUE(links.own().empty()) << "event " << links.own().front() << " of " << out;
        for (std::size_t i = 0; i < provider.parts.size(); ++i) {
            EXPECT_FALSE(links.provider[i].changed) << i;
            for (const auto other : links.provider[i].others) {
                ASSERT_LT(other, client.parts.size());
                const auto& back = links.client[other].others;
                EXPECT_TRUE(std::find(back.begin(), back.end(), i) != back.end());
            }
        }
        ++checked;
    }
    EXPECT_GT(checked, 20U);
}

TEST(StreamLinks, FollowTextInOtherPieces) {
    const auto provider = cut(chat(), chunk("Hel") + chunk("lo wor") + chunk("ld") + chunk("", "\"stop\"") + "data: [DONE]\n\n");
    const auto client = cut(chat(), chunk("Hello ") + chunk("world") + chunk("", "\"stop\"") + "data: [DONE]\n\n");
    const auto links = link(chat(), provider, chat(), client);
    using Numbers = std::vector<std::size_t>;
    EXPECT_EQ(links.provider[0].others, Numbers({0}));
    EXPECT_EQ(links.provider[1].others, Numbers({0, 1}));
    EXPECT_EQ(links.provider[2].others, Numbers({1}));
    EXPECT_EQ(links.provider[3].others, Numbers({2}));
    EXPECT_EQ(links.provider[4].others, Numbers({3}));
    for (const auto& event : links.provider) EXPECT_FALSE(event.changed);
    EXPECT_TRUE(links.dropped().empty());
    EXPECT_TRUE(links.own().empty());
}

TEST(StreamLinks, MarkWhatAGuardMasked) {
    const auto provider = cut(chat(), chunk("Write to ") + chunk("ann@") + chunk("example.com") + chunk(" today.") + chunk("", "\"stop\""));
    const auto client = cut(chat(), chunk("Write to ") + chunk("<EMAIL_ADDRESS>") + chunk(" today.") + chunk("", "\"stop\""));
    const auto links = link(chat(), provider, chat(), client);
    EXPECT_EQ(links.provider[0].others, (std::vector<std::size_t>{0}));
    EXPECT_FALSE(links.provider[0].changed);
    EXPECT_EQ(links.client[1].others, (std::vector<std::size_t>{1, 2}));
    EXPECT_TRUE(links.client[1].changed);
    EXPECT_TRUE(links.provider[1].changed && links.provider[2].changed);
    EXPECT_EQ(links.provider[3].others, (std::vector<std::size_t>{2}));
    EXPECT_FALSE(links.provider[3].changed);
}

TEST(StreamLinks, TellWhatWasDroppedAndWhatTheGatewaySaid) {
    const std::string usage = R"(data: {"id":"c","model":"m","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}})" "\n\n";
    const std::string error = R"(data: {"error":{"message":"The stream broke off.","type":"server_error"}})" "\n\n";
    const auto provider = cut(chat(), chunk("Hi") + usage);
    const auto client = cut(chat(), chunk("Hi") + error);
    const auto links = link(chat(), provider, chat(), client);
    EXPECT_EQ(links.dropped(), std::vector<std::size_t>{1});
    EXPECT_EQ(links.own(), std::vector<std::size_t>{1});
}

TEST(StreamLinks, SayWhyThereAreNone) {
    const auto some = cut(chat(), chunk("Hi"));
    EXPECT_FALSE(linkStreams({nullptr, some.body, &some.parts, {}}, {&chat(), some.body, &some.parts, {}}).problem.empty());
    const auto& rerank = *findDialect("cohere-rerank");
    EXPECT_FALSE(link(chat(), some, rerank, some).problem.empty());
    const Cut none;
    EXPECT_FALSE(link(chat(), none, chat(), some).known());
}

TEST(StreamLinks, LinkValuesThatStandAlone) {
    const auto links = linkValues(R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Bon\njour"}})",
                                  R"({"id":"x","choices":[{"index":0,"delta":{"content":"Bon\njour"}}]})");
    ASSERT_EQ(links.size(), 1U) << "an index that is 0 on both sides says nothing";
    EXPECT_EQ(links[0].from, "/delta/text");
    EXPECT_EQ(links[0].to, "/choices/0/delta/content");
    const auto same = linkValues(R"({"a":1,"b":"x","c":"x"})", R"({"a":1,"b":"x","c":"x"})");
    EXPECT_EQ(same.size(), 3U) << "the same pointer comes first";
    EXPECT_TRUE(linkValues("no JSON", "{}").empty());
}

}  // namespace
}  // namespace gatehouse::llm
