// Annotations that make keys virtual ones (tests/vectors/access/virtual_keys.txt), and patterns of models.
#include "config/virtual_keys.h"
#include "core/filter/blocks.h"
#include "text/wildcard.h"

#include <gtest/gtest.h>

namespace gatehouse::config {
namespace {

using testing::readBlocks;
const std::string kVectors = std::string(GATEHOUSE_VECTORS) + "/access/";

std::string textOf(const VirtualKeyTerms& terms) {
    std::string out;
    const auto add = [&](const std::string& part) { out += (out.empty() ? "" : " ") + part; };
    if (terms.tokensPerDay) add("tokens=" + std::to_string(*terms.tokensPerDay));
    if (terms.nanoPerDay) add("nano=" + std::to_string(*terms.nanoPerDay) + " currency=" + terms.currency);
    if (terms.requestsPerMinute) add("rate=" + std::to_string(*terms.requestsPerMinute));
    if (terms.models) {
        std::string models = "models=";
        if (terms.models->empty()) models += "(none)";
        for (std::size_t i = 0; i < terms.models->size(); ++i) models += (i == 0 ? "" : " ") + (*terms.models)[i];
        add(models);
    }
    return out;
}

Object secretWith(const std::vector<std::pair<std::string, std::string>>& fields) {
    Object secret;
    secret.key = {"", "Secret", "default", "keys"};
    auto tree = text::yaml::parse("stringData: {alice: a, bob: b}\n");
    EXPECT_TRUE(tree);
    secret.root = std::make_shared<const text::yaml::Node>(std::move(*tree)[0].root);
    for (const auto& [name, value] : fields) {
        if (name == "tokens") secret.annotations[kTokensPerDayAnnotation] = value;
        if (name == "money") secret.annotations[kMoneyPerDayAnnotation] = value;
        if (name == "models") secret.annotations[kAllowedModelsAnnotation] = value;
        if (name == "rate") secret.annotations[kRequestsPerMinuteAnnotation] = value;
    }
    return secret;
}

TEST(VirtualKeys, AreReadAsTheTableSays) {
    const auto blocks = readBlocks(kVectors + "virtual_keys.txt");
    ASSERT_GE(blocks.size(), 14U);
    for (const auto& block : blocks) {
        SCOPED_TRACE(block.file + ":" + std::to_string(block.line));
        const auto secret = secretWith(block.fields);
        EXPECT_TRUE(hasTerms(secret));
        EXPECT_EQ(textOf(termsOf(secret, "alice")), block.get("alice"));
        EXPECT_EQ(textOf(termsOf(secret, "bob")), block.get("bob"));
        const auto problems = termsProblems(secret);
        EXPECT_EQ(problems.empty(), !block.has("problem")) << (problems.empty() ? "" : problems.front().message);
        if (!problems.empty() && block.has("problem")) {
            EXPECT_NE(problems.front().message.find(block.get("problem")), std::string::npos) << problems.front().message;
        }
    }
}

TEST(VirtualKeys, PatternsMatchWholeNames) {
    for (const auto& block : readBlocks(kVectors + "patterns.txt")) {
        for (const auto& text : block.all("yes")) EXPECT_TRUE(text::matchesPattern(block.get("pattern"), text)) << block.get("pattern") << " " << text;
        for (const auto& text : block.all("no")) EXPECT_FALSE(text::matchesPattern(block.get("pattern"), text)) << block.get("pattern") << " " << text;
    }
}

}  // namespace
}  // namespace gatehouse::config
