// Policies on bodies of every dialect: defaults, guards, enrichment, scopes. Cases: tests/vectors/llm/policy.txt.
#include "llm/policy.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <map>

namespace gatehouse::llm {
namespace {

using Json = nlohmann::ordered_json;

std::shared_ptr<const RegexGuard> guardOf(RegexGuard::Action action) {
    auto guard = RegexGuard::compile({{"", "", "SSN"}, {"", "", "CREDIT_CARD"}, {"", "", "EMAIL"}, {"", "", "CA_SIN"}}, action);
    EXPECT_TRUE(guard);
    return *guard;
}

/// "== name" opens a case; "key: value" lines follow. `defaults` and `enrich` are JSON.
TEST(Policy, Vectors) {
    std::ifstream in(std::string(GATEHOUSE_VECTORS) + "/llm/policy.txt");
    std::string line, name;
    std::map<std::string, std::string> fields;
    int cases = 0;
    const auto check = [&] {
        if (fields.empty()) return;
        ++cases;
        SCOPED_TRACE(name);
        base::Buffer body(fields["body"]);
        if (fields.count("defaults")) {
            std::vector<DefaultField> defaults;
            for (const auto& each : Json::parse(fields["defaults"]))
                defaults.push_back({each[0].get<std::string>(), defaultValue(each[1].get<std::string>()), each.size() > 2 && each[2].get<bool>()});
            const auto set = applyDefaults(body, defaults);
            ASSERT_TRUE(set) << set.error().message;
        }
        if (fields.count("guard")) {
            const bool answer = fields["guard"] == "answer";
            const auto texts = answer ? answerTexts(body) : requestTexts(body);
            ASSERT_TRUE(texts) << texts.error().message;
            const auto verdict = guardTexts(body, *texts, *guardOf(RegexGuard::Action::Mask));
            std::string scopes;
            for (const auto& hit : verdict.hits) scopes += (scopes.empty() ? "" : " ") + std::string(scopeName(hit.scope));
            if (fields.count("scopes")) EXPECT_EQ(scopes, fields["scopes"]);
        }
        if (fields.count("enrich")) {
            Enrichment enrichment;
            const auto wanted = Json::parse(fields["enrich"]);
            for (const auto& each : wanted[0]) enrichment.prepend.push_back({each[0], each[1]});
            for (const auto& each : wanted[1]) enrichment.append.push_back({each[0], each[1]});
            const auto done = enrich(body, fields["dialect"], enrichment);
            ASSERT_TRUE(done) << done.error().message;
            EXPECT_EQ(*done, fields["gives"] != fields["body"]);
        }
        EXPECT_EQ(body.view(), fields["gives"]);
        EXPECT_TRUE(Json::accept(body.view()));
    };
    while (std::getline(in, line)) {
        if (line.starts_with("== ")) {
            check();
            fields.clear();
            name = line.substr(3);
        } else if (const auto colon = line.find(": "); colon != std::string::npos && !line.starts_with("#")) {
            fields[line.substr(0, colon)] = line.substr(colon + 2);
        }
    }
    check();
    EXPECT_GT(cases, 25);
}

TEST(Policy, ARejectingGuardFindsWithoutAChange) {
    base::Buffer body(R"({"contents":[{"role":"user","parts":[{"text":"123-45-6789"}]}]})");
    const std::string before(body.view());
    const auto texts = requestTexts(body);
    ASSERT_TRUE(texts);
    const auto verdict = guardTexts(body, *texts, *guardOf(RegexGuard::Action::Reject));
    EXPECT_TRUE(verdict.rejected);
    EXPECT_FALSE(verdict.masked);
    EXPECT_EQ(body.view(), before);
}

TEST(Policy, AServiceReplacesTextsWhereTheyStand) {
    base::Buffer body(R"({"system":"be kind","messages":[{"role":"user","content":[{"type":"text","text":"a\nb"},{"type":"text","text":"c"}]}]})");
    auto texts = requestTexts(body);
    ASSERT_TRUE(texts);
    ASSERT_EQ(readTexts(body, *texts), (std::vector<std::string>{"be kind", "a\nb", "c"}));
    EXPECT_EQ(texts->texts[0].role, "system");
    EXPECT_EQ(texts->texts[1].role, "user");
    replaceTexts(body, *texts, {"be kind", "x\"y", "c"});
    EXPECT_EQ(body.view(), R"({"system":"be kind","messages":[{"role":"user","content":[{"type":"text","text":"x\"y"},{"type":"text","text":"c"}]}]})");
}

}  // namespace
}  // namespace gatehouse::llm
