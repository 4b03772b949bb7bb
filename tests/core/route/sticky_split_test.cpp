// The same hash everywhere: pinned values, and what a change of weights does to clients.
#include "route/sticky_split.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gatehouse::route {
namespace {

StickySplit header(std::string_view rule = "HTTPRoute/default/sticky/rules/0") { return *parseStickySplit("header x-user", rule); }

std::uint64_t hashOf(const std::string& key, const StickySplit& split = header()) {
    http::Arena arena;
    http::Headers headers(arena);
    headers.add("x-user", key);
    return stickyKey(split, headers, {});
}

TEST(StickySplit, HashesAreTheSameInEveryProcess) {
    // By an implementation in another language.
    EXPECT_EQ(header().seed, 0x6e2dfb77bf80cf4dULL);
    EXPECT_EQ(hashOf("alice"), 0xab42d19712ec7797ULL);
    EXPECT_EQ(hashOf("frank"), 0xf52393d197ec99c0ULL);
    EXPECT_EQ(stickyPlace(hashOf("erin"), 100), 94u);
}

TEST(StickySplit, KeysThatDifferInOneLetterAreSpreadEvenly) {
    std::vector<int> counts(10);
    for (int i = 0; i < 20'000; ++i) ++counts[stickyPlace(hashOf("user-" + std::to_string(i)), 10)];
    for (const int count : counts) EXPECT_NEAR(count, 2'000, 220) << "five standard errors";
}

TEST(StickySplit, HowWeightsAreWrittenMovesNobody) {
    // 9 / 1, 90 / 10 and 900 / 100 are one split; and who is in the canary at 10 % is in it at 25 %.
    for (int i = 0; i < 5'000; ++i) {
        const auto hash = hashOf(std::to_string(i));
        const bool tenth = stickyPlace(hash, 10) >= 9;
        EXPECT_EQ(stickyPlace(hash, 100) >= 90, tenth);
        EXPECT_EQ(stickyPlace(hash, 1000) >= 900, tenth);
        EXPECT_TRUE(!tenth || stickyPlace(hash, 4) >= 3);
    }
}

TEST(StickySplit, RulesDoNotShareTheirCanaryClients) {
    int both = 0;
    for (int i = 0; i < 10'000; ++i) {
        const auto key = std::to_string(i);
        const bool first = stickyPlace(hashOf(key), 10) == 9, second = stickyPlace(hashOf(key, header("HTTPRoute/default/other/rules/0")), 10) == 9;
        both += first && second ? 1 : 0;
    }
    EXPECT_NEAR(both, 100, 50);
}

TEST(StickySplit, ReadsWhatTheAnnotationSays) {
    EXPECT_EQ(parseStickySplit(" cookie\tsid ", "r")->text(), "cookie sid");
    EXPECT_EQ(parseStickySplit("caller", "r")->text(), "caller");
    for (const auto* wrong : {"", "header", "header ", "header a b", "cookie a;b", "caller me", "Header x", "ip", "header x:y"}) {
        const auto read = parseStickySplit(wrong, "r");
        ASSERT_FALSE(read.has_value()) << wrong;
        EXPECT_EQ(read.error().code, "sticky-split");
    }
}

TEST(StickySplit, TakesTheKeyFromWhereItIsSaidToBe) {
    http::Arena arena;
    http::Headers headers(arena);
    headers.add("cookie", "a=1; sid=alice; b=2");
    const auto cookie = *parseStickySplit("cookie sid", "HTTPRoute/default/sticky/rules/0");
    EXPECT_EQ(stickyKey(cookie, headers, {}), hashOf("alice"));
    EXPECT_EQ(stickyKey(header(), headers, {}), 0u) << "no such field";
    const auto caller = *parseStickySplit("caller", "HTTPRoute/default/sticky/rules/0");
    EXPECT_EQ(stickyKey(caller, headers, "alice"), hashOf("alice"));
    EXPECT_EQ(stickyKey(caller, headers, {}), 0u);
}

}  // namespace
}  // namespace gatehouse::route
