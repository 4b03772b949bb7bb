// Bodies as trees: what parseObject() reads is what nlohmann's own parser reads, but for what JSON allows and Gatehouse does not.
#include "llm/dialect/json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <random>
#include <string>
#include <vector>

namespace gatehouse::llm {
namespace {

Json randomValue(std::mt19937_64& random, int depth) {
    const auto pick = [&](int count) { return static_cast<int>(random() % static_cast<unsigned>(count)); };
    switch (depth > 4 ? pick(5) : pick(7)) {
    case 0: return nullptr;
    case 1: return pick(2) == 0;
    case 2: return static_cast<std::int64_t>(random());
    case 3: return std::ldexp(static_cast<double>(static_cast<std::int64_t>(random())), pick(200) - 150);
    case 4: {
        static const std::vector<std::string> kTexts{"", "plain", "quote \" and \\ back", "line\nand\ttab", "\xC3\xA4 \xF0\x9F\x98\x80", std::string("\x01\x1f", 2), "a/b"};
        return kTexts[static_cast<std::size_t>(pick(static_cast<int>(kTexts.size())))];
    }
    case 5: {
        Json list = Json::array();
        for (int i = pick(4); i > 0; --i) list.push_back(randomValue(random, depth + 1));
        return list;
    }
    default: {
        Json object = Json::object();
        for (int i = pick(4); i > 0; --i) object["key " + std::to_string(i) + (pick(3) == 0 ? "\n" : "")] = randomValue(random, depth + 1);
        return object;
    }
    }
}

std::string written(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

TEST(DialectJson, WritesEveryByteAsNlohmannDoes) {
    for (int c = 0; c < 256; ++c) {
        const Json json = {{std::string("k") + static_cast<char>(c), std::string("a") + static_cast<char>(c) + "b"}, {"empty", {Json::object(), Json::array(), ""}}};
        EXPECT_EQ(dump(json), written(json)) << c;
    }
}

TEST(DialectJson, ReadsWhatNlohmannReads) {
    const auto seed = std::random_device{}();
    std::cout << "seed " << seed << '\n';
    std::mt19937_64 random(seed);
    for (int i = 0; i < 2000; ++i) {
        const Json wanted = {{"a", randomValue(random, 0)}, {"b", randomValue(random, 0)}};
        const auto text = wanted.dump(i % 3 == 0 ? 2 : -1, ' ', i % 2 == 0);
        const auto read = parseObject(text);
        ASSERT_TRUE(read) << text << ' ' << read.error().message;
        ASSERT_EQ(*read, Json::parse(text)) << text;
        ASSERT_EQ(dump(*read), written(wanted)) << text;
    }
}

TEST(DialectJson, KeepsNumbersAsTheyAreSaid) {
    for (const auto* number : {"0", "-0", "1", "-1", "18446744073709551615", "18446744073709551616", "-9223372036854775808", "-9223372036854775809", "1.0", "1e3", "1E-7", "0.1",
                               "123456789012345678901234567890", "5e-324", "-0.0"}) {
        const auto text = std::string("{\"n\": ") + number + " }";
        const auto read = parseObject(text);
        ASSERT_TRUE(read) << text;
        EXPECT_EQ(dump(*read), written(Json::parse(text))) << text;
        EXPECT_EQ((*read)["n"].type(), Json::parse(text)["n"].type()) << text;
    }
    const auto beyond = parseObject(R"({"n": 1e999})");
    ASSERT_FALSE(beyond);
    EXPECT_EQ(beyond.error().code, "invalid-json");
}

TEST(DialectJson, RefusesWhatTwoReadersCouldReadDifferently) {
    for (const auto* text : {"", "[]", "{", "{}x", R"({"a":1,"a":2})", R"({"a":{"b":1,"b":2}})", R"({"a":01})", R"({"a":"\q"})", "{\"a\":\"\xFF\"}", R"({"a":nul})"})
        EXPECT_FALSE(parseObject(text)) << text;
}

}  // namespace
}  // namespace gatehouse::llm
