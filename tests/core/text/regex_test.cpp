// Regex and RegexSet over RE2.
#include "text/regex.h"
#include "text/regex_prefilter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>

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

TEST(RegexSet, AQuickNoIsNeverWrong) {
    const char* pieces[] = {"a", "b", "K", "s", "S", "4", "\\d", "\\w", "\\s", "\\S", "\\b", "\\B", ".", "[a-c]", "[^a-c]", "[^\\s]", "[[:upper:]]", "\\.", "-", "@", " ", "\n", "^", "$", "\\A", "\\z", "\\D", "\\W", "x{2}"};
    const char* repeats[] = {"", "", "", "*", "+", "?", "{2}", "{1,3}", "{2,}", "*?", "+?"};
    const char* alphabet[] = {"a", "b", "c", "k", "K", "s", "S", "4", "7", "x", "xx", ".", "-", "@", " ", "\n", "\t", "\r", "\v", "\f", "_", "\xc5\xbf", "\xe2\x84\xaa", "\xc3\xa9"};
    const auto seed = std::random_device{}();
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto pick = [&](const auto& list) { return std::string(list[std::uniform_int_distribution<std::size_t>(0, std::size(list) - 1)(random)]); };
    const auto below = [&](int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(random); };
    const std::function<std::string(int)> expression = [&](int depth) {
        std::string out;
        for (int i = 1 + below(3); i > 0; --i) {
            const bool group = depth > 0 && below(4) == 0;
            out += group ? (below(2) ? "(?:" : "(?i:") + expression(depth - 1) + "|" + expression(depth - 1) + ")" : pick(pieces);
            out += pick(repeats);
        }
        return out;
    };
    int hits = 0, misses = 0;
    for (int round = 0; round < 1500; ++round) {
        std::vector<std::string> patterns;
        std::vector<std::shared_ptr<const Regex>> alone;
        while (patterns.size() < 3) {
            auto pattern = (below(3) == 0 ? "(?i)" : below(6) == 0 ? "(?m)" : "") + expression(2);
            const auto regex = Regex::compile(pattern);
            if (!regex) continue;
            patterns.push_back(std::move(pattern));
            alone.push_back(*regex);
        }
        const auto set = RegexSet::compile(patterns, {});
        ASSERT_TRUE(set);
        for (int texts = 0; texts < 40; ++texts) {
            std::string text;
            for (int i = below(12); i > 0; --i) text += pick(alphabet);
            const auto found = (*set)->matching(text);
            for (std::size_t i = 0; i < patterns.size(); ++i) {
                std::size_t begin = 0, end = 0;
                const bool hit = alone[i]->find(text, 0, begin, end);
                ++(hit ? hits : misses);
                EXPECT_EQ(std::find(found.begin(), found.end(), static_cast<int>(i)) != found.end(), hit) << patterns[i] << " in '" << text << "'";
            }
        }
    }
    EXPECT_GT(hits, 1'000);
    EXPECT_GT(misses, 1'000);
}

TEST(RegexSet, TheSamePatternsShareAQuickNo) {
    const auto first = RegexPrefilter::of({"a+b", "(?i)secret"});
    if (!first) GTEST_SKIP() << "Hyperscan is not installed";
    EXPECT_EQ(first, RegexPrefilter::of({"a+b", "(?i)secret"}));
    EXPECT_NE(first, RegexPrefilter::of({"a+b", "secret"}));
    EXPECT_TRUE(first->excludes("nothing of the kind"));
    EXPECT_FALSE(first->excludes("a SECRET"));
    EXPECT_TRUE(RegexPrefilter::of({"(?ism)\\bsecret\\s*$"}));
    EXPECT_FALSE(first->excludes("caf\xc3\xa9")) << "beyond ASCII RE2 decides";
    for (const auto* other : {"\\pL", "\\x{17f}", "\xc5\xbf", "(?m)^a", "\\Qa\\E", "a{,2}", "a{500}", "\\C"}) EXPECT_FALSE(RegexPrefilter::of({other})) << other;
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
