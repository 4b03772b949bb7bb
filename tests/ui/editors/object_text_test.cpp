// Caret, field and completion in texts that parse and in texts that do not, from tests/vectors/editors/caret.txt.
#include "editors/object_text.h"

#include "config/schema.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace gatehouse::ui {
namespace {

struct Case {
    std::string name, text, expectation;
    std::size_t caret = 0;
};

std::vector<Case> readCases() {
    std::ifstream file(GATEHOUSE_VECTORS "/editors/caret.txt");
    std::vector<Case> cases;
    std::string line;
    bool expecting = false;
    while (std::getline(file, line)) {
        if (line.starts_with("== ")) {
            cases.push_back({line.substr(3), {}, {}, 0});
            expecting = false;
        } else if (cases.empty()) {
            continue;
        } else if (line == "--") {
            expecting = true;
        } else if (expecting) {
            cases.back().expectation = line;
        } else {
            if (const auto bar = line.find('|'); bar != std::string::npos) {
                cases.back().caret = cases.back().text.size() + bar;
                line.erase(bar, 1);
            }
            cases.back().text += line + "\n";
        }
    }
    return cases;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ",") + word;
    return out;
}

TEST(ObjectText, CaretCasesAnswerAsWritten) {
    const auto cases = readCases();
    ASSERT_GT(cases.size(), 8u);
    const auto* schema = config::findKind("gateway.networking.k8s.io", "HTTPRoute");
    ASSERT_NE(schema, nullptr);
    for (const auto& one : cases) {
        SCOPED_TRACE(one.name);
        std::istringstream expectation(one.expectation);
        std::string what, value;
        expectation >> what >> value;
        if (what == "path") {
            EXPECT_EQ(pathAt(one.text, one.caret).toString(), value);
            continue;
        }
        const auto found = completionsAt(*schema, one.text, one.caret);
        EXPECT_EQ(joined(found.candidates), value);
        if (!found.candidates.empty()) {
            EXPECT_EQ(found.keys, what == "keys");
        }
    }
}

TEST(ObjectText, SpanCoversKeyAndValueAndMarkOnlyTheValue) {
    const std::string text = "spec:\n  port: 80 # comment\n  list:\n    - a\n    - b\n";
    const auto span = spanOf(text, parsePath("spec.port"));
    ASSERT_TRUE(span);
    EXPECT_EQ(text.substr(span->begin, span->end - span->begin), "port: 80");
    const auto mark = markSpanOf(text, parsePath("spec.port"));
    EXPECT_EQ(text.substr(mark->begin, mark->end - mark->begin), "80");
    const auto list = markSpanOf(text, parsePath("spec.list"));
    EXPECT_EQ(text.substr(list->begin, list->end - list->begin), "list");
    const auto missing = spanOf(text, parsePath("spec.list[7].name"));
    ASSERT_TRUE(missing) << "a missing field is shown at its nearest ancestor";
    EXPECT_EQ(text.substr(missing->begin, 5), "list:");
    EXPECT_FALSE(spanOf("a: [", parsePath("a")));
}

TEST(ObjectText, KeyOfTextNeedsAWholeObject) {
    EXPECT_FALSE(keyOfText("kind: Gateway\n"));
    const auto key = keyOfText("apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n");
    ASSERT_TRUE(key);
    EXPECT_EQ(key->display(), "Service default/web");
}

}  // namespace
}  // namespace gatehouse::ui
