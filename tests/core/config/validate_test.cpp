// Findings by case file: severity, code, line:column and field path of each, in order.
#include "config/validate.h"

#include "config/diagnostic_codes.h"
#include "config/workspace.h"
#include "core/config/cases.h"

#include <gtest/gtest.h>

namespace gatehouse::config {
namespace {

std::string listed(const std::vector<Diagnostic>& findings) {
    std::string out;
    for (const auto& finding : findings) {
        out += finding.severity == Severity::Error     ? "error "
               : finding.severity == Severity::Warning ? "warning "
                                                       : "info ";
        out +=
            finding.code + " " + std::to_string(finding.where.line) + ":" + std::to_string(finding.where.column) + " ";
        out += (finding.fieldPath.empty() ? "-" : finding.fieldPath) + "\n";
    }
    return out;
}

TEST(Validate, FindsWhatTheCaseFilesSay) {
    for (const auto& section : testing::readCases("findings")) {
        SCOPED_TRACE(section.name + " (line " + std::to_string(section.line) + ")");
        ASSERT_EQ(section.parts.size(), 2u);
        const auto findings = validate(*readObjects({{"case.yaml", section.parts[0]}}));
        std::string messages;
        for (const auto& finding : findings) {
            messages += finding.code + " " + finding.message + "\n";
            EXPECT_FALSE(meaningOf(finding.code).empty()) << finding.code << " is not documented";
            EXPECT_TRUE(finding.message.ends_with('.') || finding.message.ends_with('?')) << finding.message;
            EXPECT_EQ(finding.where.file, "case.yaml");
        }
        EXPECT_EQ(listed(findings), section.parts[1]) << messages;
    }
}

TEST(Validate, KeepsAFindingOnOneLine) {
    const auto findings = validate(*readObjects({{"r.yaml",
                                                  "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n"
                                                  "metadata: {name: r}\nspec:\n  parentRefs: [{name: gw}]\n  rules:\n"
                                                  "  - filters:\n    - type: RequestHeaderModifier\n      requestHeaderModifier:\n"
                                                  "        set: [{name: x, value: \"b\\r\\nY: \\e[2J\"}]\n"}}));
    bool named = false;
    for (const auto& finding : findings) {
        named = named || finding.message.find("b\\r\\nY: \\x1b[2J") != std::string::npos;
        if (finding.fieldPath.find("requestHeaderModifier") == std::string::npos) continue;
        for (const char c : finding.message) EXPECT_GE(static_cast<unsigned char>(c), 0x20) << finding.message;
    }
    EXPECT_TRUE(named) << listed(findings);
}

TEST(Validate, SaysNothingAboutSecretValues) {
    const auto findings = validate(*readObjects({{"s.yaml",
                                                  "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {key: "
                                                  "hunter2!!}\nstringData: {n: 12345678901}\n"}}));
    ASSERT_FALSE(findings.empty());
    for (const auto& finding : findings) {
        EXPECT_EQ(finding.message.find("hunter2"), std::string::npos);
        EXPECT_EQ(finding.message.find("12345678901"), std::string::npos);
    }
}

TEST(Validate, CodesAreUniqueAndInOrder) {
    std::string_view last;
    for (const auto& row : diagnosticCodes()) {
        EXPECT_LT(last, row.code);
        last = row.code;
        EXPECT_TRUE(row.meaning.ends_with('.')) << row.code;
    }
}

}  // namespace
}  // namespace gatehouse::config
