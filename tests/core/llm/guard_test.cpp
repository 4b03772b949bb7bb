// RegexGuard: builtins as vectors, names, overlaps and errors.
#include "llm/guard.h"

#include <gtest/gtest.h>

#include <fstream>

namespace gatehouse::llm {
namespace {

using Pattern = RegexGuard::Pattern;

TEST(RegexGuard, BuiltinVectors) {
    const auto guard = RegexGuard::compile({{"", "", "SSN"}, {"", "", "CREDIT_CARD"}, {"", "", "PHONE_NUMBER"},
                                            {"", "", "EMAIL"}}, RegexGuard::Action::Mask);
    ASSERT_TRUE(guard) << guard.error().message;
    std::ifstream in(std::string(GATEHOUSE_VECTORS) + "/llm/guard.txt");
    std::string line, name, text;
    int cases = 0;
    while (std::getline(in, line)) {
        if (line.starts_with("== ")) name = line.substr(3);
        if (line.starts_with("text: ")) text = line.substr(6);
        if (!line.starts_with("masked: ")) continue;
        ++cases;
        EXPECT_EQ((*guard)->mask(text, (*guard)->find(text)), line.substr(8)) << name;
    }
    EXPECT_GT(cases, 15);
}

TEST(RegexGuard, NamesTheBrokenPattern) {
    const auto guard = RegexGuard::compile({{"left-open", "(", ""}}, RegexGuard::Action::Reject);
    ASSERT_FALSE(guard);
    EXPECT_EQ(guard.error().code, "guard-pattern");
    EXPECT_NE(guard.error().message.find("left-open"), std::string::npos);
    EXPECT_FALSE(RegexGuard::compile({{"", "", "PASSPORT"}}, RegexGuard::Action::Mask));
}

TEST(RegexGuard, UnnamedCustomPatternsMaskAsCustom) {
    const auto guard = RegexGuard::compile({{"", "blue", ""}}, RegexGuard::Action::Mask);
    ASSERT_TRUE(guard);
    const auto hits = (*guard)->find("a BLUE b");
    ASSERT_EQ(hits.size(), 1U);
    EXPECT_EQ(hits[0].rule, "custom");
    EXPECT_EQ((*guard)->mask("a BLUE b", hits), "a <CUSTOM> b");
}

TEST(RegexGuard, OverlappingHitsLeaveNothingReadable) {
    const auto guard = RegexGuard::compile({{"one", "abcd", ""}, {"two", "cdef", ""}}, RegexGuard::Action::Mask);
    ASSERT_TRUE(guard);
    EXPECT_EQ((*guard)->mask("xabcdefy", (*guard)->find("xabcdefy")), "x<one>y");
}

TEST(RegexGuard, PatternsThatMatchNothingFindNothing) {
    const auto guard = RegexGuard::compile({{"", "q*", ""}}, RegexGuard::Action::Reject);
    ASSERT_TRUE(guard);
    EXPECT_TRUE((*guard)->find("abc").empty());
    EXPECT_EQ((*guard)->find("aqqc").size(), 1U);
}

TEST(RegexGuard, DotAndLineAnchorsFollowKgateway) {
    const auto guard = RegexGuard::compile({{"", "^begin.end$", ""}}, RegexGuard::Action::Reject);
    ASSERT_TRUE(guard);
    EXPECT_EQ((*guard)->find("x\nBEGIN\nend\ny").size(), 1U);
}

}  // namespace
}  // namespace gatehouse::llm
