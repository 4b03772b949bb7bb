// JSON bodies by span: strings, spans of values, splices.
#include "text/json_body.h"

#include <gtest/gtest.h>

#include <random>

namespace gatehouse::text::json {
namespace {

TEST(JsonBody, SpansCoverTheValueExactly) {
    base::Buffer body("  {\"a\" : [ 1, {} ] ,\"b\":{ \"c\":\"x\\\"y\" } , \"d\": -1.5e3 ,\"e\":null }  ");
    std::vector<std::string> values;
    const auto span = readObject(body, [&](std::string_view, Value& value) -> Result<void> {
        const auto place = value.skip();
        if (!place) return tl::unexpected(place.error());
        values.emplace_back(body.view().substr(place->begin, place->size()));
        return {};
    });
    ASSERT_TRUE(span) << span.error().message;
    EXPECT_EQ(values, (std::vector<std::string>{"[ 1, {} ]", "{ \"c\":\"x\\\"y\" }", "-1.5e3", "null"}));
    EXPECT_EQ(span->begin, 2U);
    EXPECT_EQ(body.view()[span->end - 1], '}');
    EXPECT_EQ(span->end, body.size() - 2);
}

TEST(JsonBody, NestedWalksSeeEveryMember) {
    base::Buffer body(R"({"a":{"b":[{"c":1},{"c":true}],"skipped":[[]]},"z":"\u0041"})");
    std::string trace;
    const auto read = readObject(body, [&](std::string_view key, Value& value) -> Result<void> {
        trace += std::string(key) + ";";
        if (key != "a") return {};
        auto inner = value.eachMember([&](std::string_view name, Value& list) -> Result<void> {
            trace += std::string(name) + ";";
            if (name != "b") return {};
            auto items = list.eachItem([&](Value& item) -> Result<void> {
                auto members = item.eachMember([&](std::string_view leaf, Value& v) -> Result<void> {
                    trace += std::string(leaf) + (v.kind() == Kind::Boolean ? "?" : "#") + ";";
                    return {};
                });
                if (!members) return tl::unexpected(members.error());
                return {};
            });
            if (!items) return tl::unexpected(items.error());
            return {};
        });
        if (!inner) return tl::unexpected(inner.error());
        return {};
    });
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(trace, "a;b;c#;c?;skipped;z;");
}

TEST(JsonBody, AReadInsideAReadIsIndependent) {
    base::Buffer outer(R"({"a":1,"b":2})"), inner(R"({"x":[1,2,3]})");
    int seen = 0;
    const auto read = readObject(outer, [&](std::string_view, Value&) -> Result<void> {
        auto nested = readObject(inner, [&](std::string_view, Value&) -> Result<void> {
            ++seen;
            return {};
        });
        if (!nested) return tl::unexpected(nested.error());
        return {};
    });
    ASSERT_TRUE(read);
    EXPECT_EQ(seen, 2);
}

TEST(JsonString, EncodeThenDecodeIsTheSame) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (int round = 0; round < 2'000; ++round) {
        std::string text;
        for (unsigned n = random() % 20; n > 0; --n) {
            static const char* kPieces[] = {"a", "\"", "\\", "\n", "\x01", "é", "😀", "/", "\t", "\x7f"};
            text += kPieces[random() % 10];
        }
        std::string scratch;
        const auto back = decode(encode(text), scratch);
        ASSERT_TRUE(back);
        // A view into the encoded temporary is only taken where nothing was escaped, and then is the text itself.
        ASSERT_EQ(scratch.empty() ? text : std::string(*back), text);
    }
}

TEST(JsonString, DecodesEveryEscape) {
    std::string scratch;
    EXPECT_EQ(*decode(R"(\"\\\/\b\f\n\r\t\u00e9\u20ac\ud83d\ude00)", scratch), "\"\\/\b\f\n\r\té€😀");
    EXPECT_EQ(*decode(R"(a\ud83db)", scratch), "a\xEF\xBF\xBD" "b") << "a lone surrogate";
    EXPECT_EQ(*decode(R"(\ude00)", scratch), "\xEF\xBF\xBD");
    for (const char* bad : {"\\", "\\x", "\\u12", "\\u12g4", "\\ud83d\\u"}) EXPECT_FALSE(decode(bad, scratch)) << bad;
}

TEST(JsonString, RawSpansFollowEscapes) {
    const std::string raw = R"(\u00e9ab\n\ud83d\ude00cd)";
    std::string scratch;
    const std::string text(*decode(raw, scratch));
    const std::size_t ab = text.find("ab"), cd = text.find("cd"), smile = text.find("😀");
    const auto spans = rawSpans(raw, {{ab, ab + 2}, {smile, smile + 4}, {cd, cd + 2}});
    EXPECT_EQ(raw.substr(spans[0].begin, spans[0].size()), "ab");
    EXPECT_EQ(raw.substr(spans[1].begin, spans[1].size()), R"(\ud83d\ude00)");
    EXPECT_EQ(raw.substr(spans[2].begin, spans[2].size()), "cd");
    EXPECT_EQ(rawSpans("plain", {{1, 3}})[0].begin, 1U);
    EXPECT_EQ(rawSpans("plain", {{1, 3}})[0].end, 3U);
}

TEST(Splices, KeepTheOrderOfInsertsAtOnePlace) {
    base::Buffer body("0123456789");
    Splices splices;
    splices.replace({4, 6}, "xyz");
    splices.insert(2, "a");
    splices.insert(2, "b");
    splices.insert(10, "end");
    splices.replace({0, 1}, "");
    splices.apply(body);
    EXPECT_EQ(body.view(), "1ab23xyz6789end");
    EXPECT_TRUE(splices.empty());
}

}  // namespace
}  // namespace gatehouse::text::json
