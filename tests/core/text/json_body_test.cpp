// JSON bodies by span: strings, spans of values, splices.
#include "text/json_body.h"

#include "text/find.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <random>
#include <set>

namespace gatehouse::text::json {
namespace {

std::string fieldsOf(const base::Buffer& body) {
    std::string fields;
    const auto read = readObject(body, [&](std::string_view key, Value&) -> Result<void> {
        fields += key;
        return {};
    });
    return read ? fields : read.error().code;
}

TEST(JsonBody, ReadsABodyAnewOnceItChanged) {
    base::Buffer body(R"({"a":1,"b":2})");
    EXPECT_EQ(fieldsOf(body), "ab");
    EXPECT_EQ(fieldsOf(body), "ab");
    body.splice(2, 1, "c");
    EXPECT_EQ(fieldsOf(body), "cb");
    auto copy = body;
    EXPECT_EQ(copy.version(), body.version());
    copy.append("x");
    EXPECT_EQ(fieldsOf(copy), "invalid-json");
    EXPECT_EQ(fieldsOf(body), "cb");
    body.assign(R"({"d":1,"b":2})");
    EXPECT_EQ(fieldsOf(body), "db");
    const auto moved = std::move(body);
    EXPECT_EQ(fieldsOf(moved), "db");
    EXPECT_TRUE(body.empty());
    EXPECT_NE(base::Buffer("x").version(), base::Buffer("x").version());
}

TEST(JsonEscape, StopsAtTheFirstByteThatCannotStand) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 20'000; ++round) {
        std::string text(random() % 150, 'a');
        for (auto& c : text) c = random() % 90 == 0 ? "\"\\\n\x1f\0\x7f"[random() % 6] : static_cast<char>(0x20 + random() % 0xe0);
        const auto from = text.empty() ? 0 : random() % text.size();
        std::size_t plain = from;
        while (plain < text.size() && static_cast<unsigned char>(text[plain]) >= 0x20 && text[plain] != '"' && text[plain] != '\\') ++plain;
        ASSERT_EQ(findJsonEscape(text, from), plain) << nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
    }
}

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

/// Reads everything there is, so that nothing is merely skipped.
Result<void> readAll(Value& value) {
    const auto done = [](const auto& result) -> Result<void> {
        if (!result) return tl::unexpected(result.error());
        return {};
    };
    switch (value.kind()) {
        case Kind::Object: return done(value.eachMember([](std::string_view, Value& member) { return readAll(member); }));
        case Kind::Array: return done(value.eachItem([](Value& item) { return readAll(item); }));
        case Kind::Boolean: return done(value.boolean());
        default: return done(value.skip());
    }
}

bool accepts(const std::string& text, bool reads) {
    const base::Buffer body{text};
    return readObject(body, [&](std::string_view, Value& value) { return reads ? readAll(value) : Result<void>(); }).has_value();
}

TEST(JsonBody, AcceptsWhatAnotherReaderAccepts) {
    const std::string seeds[] = {
        R"({"model":"gpt-4o","messages":[{"role":"user","content":"a \"b\" \\ \u00e9 \n"},{"x":[1,-2.5e3,0,1E-9,true,false,null]}],"stream":true})",
        "{ \"a\" : { \"b\" : [ ] , \"c\" : { } } ,\t\"d\":\r\n[ [ 1 , 2 ] , \"\" ] , \"e\" : \"caf\xc3\xa9\" }", "{}", R"({"a":1})",
        R"({"n":[0,-0,10,0.5,1e5,1.5E+10,123456789012345678901234567890,1e308]})"};
    const std::string pieces[] = {"\"", "\\", "{", "}", "[", "]", ",", ":", " ", "\n", "0", "-", ".", "e", "1e999", "true", "nul", "\x80", "\x01", "\\u12", "\\x", "\"a\"", "01", "+1", "/", "\xc3\xa9"};
    const auto seed = std::random_device{}();
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto below = [&](std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random); };
    int accepted = 0;
    for (int round = 0; round < 40'000; ++round) {
        std::string text = seeds[below(std::size(seeds))];
        for (std::size_t edits = below(3); edits > 0; --edits) {
            const std::size_t at = below(text.size() + 1);
            switch (below(4)) {
                case 0: text.erase(at, 1); break;
                case 1: text.insert(at, pieces[below(std::size(pieces))]); break;
                case 2: text.replace(at, std::min<std::size_t>(1, text.size() - at), pieces[below(std::size(pieces))]); break;
                default: text.insert(at, text.substr(below(text.size() + 1), below(12))); break;
            }
        }
        // Of two members with one name, and of halves of surrogate pairs, the other reader thinks otherwise.
        if (text.find("\\u") != text.rfind("\\u") || text.find("\\ud") != std::string::npos) continue;
        bool twice = false;
        std::vector<std::set<std::string>> open;
        using Event = nlohmann::json::parse_event_t;
        const auto tree = nlohmann::json::parse(text, [&](int, Event event, nlohmann::json& parsed) {
            if (event == Event::object_start) open.emplace_back();
            if (event == Event::object_end) open.pop_back();
            if (event == Event::key && !open.back().insert(parsed.get<std::string>()).second) twice = true;
            return true;
        }, false);
        const bool valid = tree.is_object();
        accepted += valid;
        if (twice) continue;
        EXPECT_EQ(accepts(text, true), valid) << text;
        EXPECT_EQ(accepts(text, false), valid) << text;
    }
    EXPECT_GT(accepted, 1'000) << "else the mutations are too wild to say anything";
}

TEST(JsonBody, SaysWhatIsWrong) {
    const auto sentence = [](const std::string& text) {
        const base::Buffer body{text};
        const auto read = readObject(body, [](std::string_view, Value&) -> Result<void> { return {}; });
        return read ? std::string("read") : read.error().code + ": " + read.error().message;
    };
    EXPECT_EQ(sentence(""), "invalid-json: The body is empty.");
    EXPECT_EQ(sentence("[1]"), "invalid-json: The body must be a JSON object.");
    EXPECT_EQ(sentence("{} {}"), "invalid-json: The body holds something after its JSON object.");
    EXPECT_EQ(sentence("{\"a\":1e999}"), "invalid-json: The body is not valid JSON: a number is malformed or out of range.");
    EXPECT_EQ(sentence("{\"a\":01}"), "invalid-json: The body is not valid JSON: a number is malformed or out of range.");
    EXPECT_EQ(sentence("{\"a\":\"\xff\"}"), "invalid-json: The body is not valid UTF-8.");
    EXPECT_EQ(sentence("{\"a\":\"\n\"}"), "invalid-json: The body is not valid JSON: a string holds an unescaped control character.");
    EXPECT_EQ(sentence("{\"a"), "invalid-json: The body is not valid JSON: a string is not closed.");
    EXPECT_EQ(sentence("{\"a\":1,\"a\":2}"), "duplicate-key: The field \"a\" appears twice.");
    EXPECT_EQ(sentence("{\"a\":" + std::string(300, '[') + std::string(300, ']') + "}"), "invalid-json: The body is nested deeper than 200 levels.");
    std::string many = "{";
    for (int i = 0; i < 40; ++i) many += "\"k" + std::to_string(i) + "\":0,";
    EXPECT_EQ(sentence(many + "\"z\":1}"), "read");
    EXPECT_EQ(sentence(many + "\"k\\u0037\":1}"), "duplicate-key: The field \"k7\" appears twice.") << "an escape is another spelling, not another name";
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
