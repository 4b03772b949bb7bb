// Price books of a workspace: which ConfigMaps are one, where what is wrong with them is told, and that the rest serves on.
#include "config/diagnostic_codes.h"
#include "config/workspace.h"
#include "llm/price_book_reader.h"
#include "route/translate.h"

#include <gtest/gtest.h>

namespace gatehouse::route {
namespace {

std::string map(const std::string& name, const std::string& data, const std::string& label = "gatehouse.dev/price-book: \"true\"") {
    return "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\n  labels: {" + label + "}\ndata:\n" + data;
}

std::string book(const std::string& entries) { return "  prices.yaml: |\n    version: v1\n    currency: USD\n    entries:\n" + entries; }

struct PricesTest : ::testing::Test {
    Runtime runtime;
    Translation translation;
    void apply(const std::string& text) { translation = translate(*config::readObjects({{"prices.yaml", text}}), runtime, 1); }
    const auto& books() { return translation.snapshot->prices->books(); }
};

TEST_F(PricesTest, LabelledConfigMapsComeByNameBeforeTheBuiltInBook) {
    apply(map("b", book("    - {provider: vllm, model: m, input: 1, output: 1}\n")) + map("a", book("    - {provider: vllm, model: m, input: 2, output: 2}\n")) +
          map("other", book("    - {provider: vllm, model: m, input: 3, output: 3}\n"), "gatehouse.dev/price-book: \"false\""));
    EXPECT_TRUE(translation.diagnostics.empty()) << translation.diagnostics.front().message;
    ASSERT_EQ(books().size(), 3U);
    EXPECT_EQ(books()[0]->name, "ConfigMap default/a");
    EXPECT_EQ(books()[1]->name, "ConfigMap default/b");
    EXPECT_EQ(books()[2], llm::builtInPrices());
}

TEST_F(PricesTest, FindingsStandAtTheLineOfTheFile) {
    apply(map("a", book("    - {provider: vllm, model: m, input: 1, output: 1}\n    - {provider: vllm, model: n, input: dear}\n")));
    ASSERT_EQ(translation.diagnostics.size(), 1U);
    const auto& finding = translation.diagnostics.front();
    EXPECT_EQ(finding.code, "GH4403");
    EXPECT_EQ(finding.severity, config::Severity::Error);
    EXPECT_EQ(finding.where.line, 13U) << finding.where.column;
    EXPECT_EQ(finding.object.display(), "ConfigMap default/a");
    EXPECT_NE(finding.fieldPath.find("entries[1].input"), std::string::npos) << finding.fieldPath;
    EXPECT_FALSE(config::meaningOf(finding.code).empty());
    ASSERT_EQ(books().size(), 2U);
    EXPECT_EQ(books()[0]->entries.size(), 1U) << "the other price holds";
}

TEST_F(PricesTest, ABookThatCannotBeReadLeavesTheBuiltInOne) {
    for (const std::string data : {"  other.yaml: x\n", "  prices.yaml: |\n    a: [\n", "  prices.yaml: \"\"\n"}) {
        apply(map("a", data));
        ASSERT_FALSE(translation.diagnostics.empty()) << data;
        EXPECT_EQ(translation.diagnostics.front().code, "GH4401") << data;
        EXPECT_EQ(books().size(), 1U) << data;
    }
    apply("");
    EXPECT_EQ(books().size(), 1U);
}

}  // namespace
}  // namespace gatehouse::route
