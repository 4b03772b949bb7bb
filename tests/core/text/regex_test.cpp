// Regex and RegexSet over RE2.
#include "text/regex.h"

#include <gtest/gtest.h>

namespace gatehouse::text {
namespace {

TEST(Regex, FullMatchCoversTheWholeText) {
    const auto regex = Regex::compile("/v[0-9]+/.*");
    ASSERT_TRUE(regex);
    EXPECT_TRUE((*regex)->fullMatch("/v1/chat"));
    EXPECT_FALSE((*regex)->fullMatch("x/v1/chat"));
}

TEST(Regex, FindKeepsTheContextBeforeItsStart) {
    const auto regex = Regex::compile("\\bcat");
    ASSERT_TRUE(regex);
    std::size_t begin = 0, end = 0;
    EXPECT_FALSE((*regex)->find("concat", 3, begin, end)) << "no word begins there";
    ASSERT_TRUE((*regex)->find("concat cat", 3, begin, end));
    EXPECT_EQ(begin, 7U);
    EXPECT_EQ(end, 10U);
    EXPECT_FALSE((*regex)->find("cat", 4, begin, end));
}

TEST(Regex, ABrokenPatternIsAnErrorWithTheReason) {
    const auto regex = Regex::compile("a(b");
    ASSERT_FALSE(regex);
    EXPECT_EQ(regex.error().code, "regex-syntax");
    EXPECT_FALSE(Regex::compile("(?=x)")) << "RE2 has no look-around";
}

TEST(Regex, OptionsChangeTheDialect) {
    std::size_t begin = 0, end = 0;
    EXPECT_TRUE((*Regex::compile("A.B", {true, true, false}))->find("xa\nb", 0, begin, end));
    EXPECT_FALSE((*Regex::compile("A.B", {true, false, false}))->find("xa\nb", 0, begin, end));
    EXPECT_TRUE((*Regex::compile("^b$", {false, false, true}))->find("a\nb\nc", 0, begin, end));
    EXPECT_FALSE((*Regex::compile("^b$"))->find("a\nb\nc", 0, begin, end));
}

TEST(RegexSet, TellsWhichPatternsHit) {
    const auto set = RegexSet::compile({"a+", "b", "(?i)C"}, {});
    ASSERT_TRUE(set);
    EXPECT_EQ((*set)->matching("xxaac"), (std::vector<int>{0, 2}));
    EXPECT_TRUE((*set)->matching("zzz").empty());
    EXPECT_TRUE((*RegexSet::compile({}, {}))->matching("a").empty());
    EXPECT_FALSE(RegexSet::compile({"ok", "("}, {}));
}

TEST(Regex, TellsOfThePatternAsItWasWritten) {
    const Regex::Options all{true, true, true};
    for (const auto* pattern : {"(", "a(b", "[z-a]", "x{2,1}", "\\8", "(?ism)("}) {
        const auto bare = Regex::compile(pattern, Regex::Options{});
        const auto flagged = Regex::compile(pattern, all);
        ASSERT_FALSE(bare) << pattern;
        ASSERT_FALSE(flagged) << pattern;
        EXPECT_EQ(flagged.error().message, bare.error().message) << pattern;
        const auto set = RegexSet::compile({"ok", pattern}, all);
        ASSERT_FALSE(set) << pattern;
        EXPECT_EQ(set.error().message.find("(?ism)(?ism)"), std::string::npos) << set.error().message;
    }
    EXPECT_EQ(Regex::compile("(", all).error().message.find("(?"), std::string::npos) << Regex::compile("(", all).error().message;
}

TEST(RegexSet, CatastrophicPatternsStayLinear) {
    const auto set = RegexSet::compile({"(a+)+$", "(a|aa)+b"}, {});
    ASSERT_TRUE(set);
    EXPECT_EQ((*set)->matching(std::string(1 << 20, 'a') + "c").size(), 0U);
}

}  // namespace
}  // namespace gatehouse::text
