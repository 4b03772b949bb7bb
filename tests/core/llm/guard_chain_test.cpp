// Chains of guards: what services are asked and what their answers mean (tests/vectors/llm/guard_service.txt), scopes, failure modes.
#include "llm/guard_chain.h"

#include "llm/cloud_guards.h"
#include "llm/policy.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <map>

namespace gatehouse::llm {
namespace {

using Json = nlohmann::ordered_json;

Guard serviceGuard(GuardKind kind) {
    Guard guard;
    guard.kind = kind;
    guard.name = "hook";
    auto service = std::make_shared<GuardService>();
    service->name = "guard:8000";
    service->model = kind == GuardKind::Moderation ? "omni-moderation-latest" : "";
    guard.service = std::move(service);
    return guard;
}

Guard regexGuard(RegexGuard::Action action, ScopeSet scopes = {}) {
    Guard guard;
    guard.name = "regex";
    guard.regex = *RegexGuard::compile({{"", "", "SSN"}}, action);
    guard.scopes = scopes;
    return guard;
}

std::vector<GuardText> textsOf(const Json& list) {
    std::vector<GuardText> out;
    for (const auto& text : list) out.push_back({"user", text.get<std::string>(), TextScope::Messages, out.size()});
    return out;
}

void check(const std::string& name, std::map<std::string, std::string>& fields) {
    SCOPED_TRACE(name);
    const std::map<std::string, GuardKind> kinds{{"webhook", GuardKind::Webhook}, {"moderation", GuardKind::Moderation}, {"bedrock", GuardKind::Bedrock}, {"armor", GuardKind::ModelArmor}};
    const auto guard = serviceGuard(kinds.at(fields["kind"]));
    const auto asked = textsOf(Json::parse(fields["asked"]));
    const int status = fields.contains("status") ? std::stoi(fields["status"]) : 200;
    const auto verdict = readGuardAnswer(guard, fields["direction"] == "response", asked, status, fields["body"]);
    EXPECT_EQ(guardOutcomeName(verdict.outcome), fields["outcome"]) << verdict.detail;
    if (fields.contains("texts")) {
        EXPECT_EQ(Json(verdict.texts), Json::parse(fields["texts"]));
    }
    if (fields.contains("detail")) {
        EXPECT_EQ(verdict.detail, fields["detail"]);
    }
    if (fields.contains("message")) {
        EXPECT_EQ(verdict.message, fields["message"]);
    }
    if (fields.contains("rejectStatus")) {
        EXPECT_EQ(verdict.status, std::stoi(fields["rejectStatus"]));
    }
    if (verdict.outcome == GuardOutcome::Failed) {
        EXPECT_FALSE(verdict.detail.empty());
    }
}

TEST(GuardService, Vectors) {
    std::ifstream in(std::string(GATEHOUSE_VECTORS) + "/llm/guard_service.txt");
    std::string line, name;
    std::map<std::string, std::string> fields;
    int cases = 0;
    const auto end = [&] {
        if (!fields.empty()) check(name, fields), ++cases;
        fields.clear();
    };
    while (std::getline(in, line)) {
        if (line.starts_with("== ")) {
            end();
            name = line.substr(3);
        } else if (const auto colon = line.find(": "); colon != std::string::npos && !line.starts_with('#')) {
            fields[line.substr(0, colon)] = line.substr(colon + 2);
        }
    }
    end();
    EXPECT_GE(cases, 45);
}

TEST(GuardService, IsAskedInThePublishedForm) {
    const auto hook = serviceGuard(GuardKind::Webhook);
    const std::vector<GuardText> texts = {{"system", "be brief", TextScope::SystemPrompt, 0}, {"user", "say \"hi\"", TextScope::Messages, 1}};
    EXPECT_EQ(guardPath(hook, false), "/request");
    EXPECT_EQ(guardPath(hook, true), "/response");
    EXPECT_EQ(guardQuestion(hook, false, texts),
              R"({"body":{"messages":[{"role":"system","content":"be brief"},{"role":"user","content":"say \"hi\""}]}})");
    EXPECT_EQ(guardQuestion(hook, true, {{"assistant", "hello", TextScope::Messages, 0}}),
              R"({"body":{"choices":[{"message":{"role":"assistant","content":"hello"}}]}})");
    const auto moderation = serviceGuard(GuardKind::Moderation);
    EXPECT_EQ(guardPath(moderation, false), "/v1/moderations");
    EXPECT_EQ(guardQuestion(moderation, false, texts), R"({"input":["be brief","say \"hi\""],"model":"omni-moderation-latest"})");
}

TEST(GuardService, CloudsAreAskedInTheirPublishedForms) {
    const std::vector<GuardText> texts = {{"user", "one", TextScope::Messages, 0}, {"user", "two", TextScope::Messages, 1}};
    const auto bedrock = serviceGuard(GuardKind::Bedrock);
    EXPECT_EQ(guardQuestion(bedrock, false, texts), R"({"source":"INPUT","content":[{"text":{"text":"one"}},{"text":{"text":"two"}}]})");
    EXPECT_EQ(guardQuestion(bedrock, true, {texts[0]}), R"({"source":"OUTPUT","content":[{"text":{"text":"one"}}]})");
    EXPECT_EQ(bedrockGuardrailPath("arn:aws:bedrock:us-west-2:1:guardrail/abc", "DRAFT"),
              "/guardrail/arn%3Aaws%3Abedrock%3Aus-west-2%3A1%3Aguardrail%2Fabc/version/DRAFT/apply");
    const auto armor = serviceGuard(GuardKind::ModelArmor);
    EXPECT_EQ(guardQuestion(armor, false, {texts[0]}), R"({"userPromptData":{"text":"one"}})");
    EXPECT_EQ(guardQuestion(armor, true, {texts[1]}), R"({"modelResponseData":{"text":"two"}})");
    EXPECT_EQ(modelArmorPath("p", "us-central1", "t/x", false), "/v1/projects/p/locations/us-central1/templates/t%2Fx:sanitizeUserPrompt");
    EXPECT_EQ(modelArmorPath("p", "eu", "t", true), "/v1/projects/p/locations/eu/templates/t:sanitizeModelResponse");
}

TEST(GuardChain, ARegexGuardLooksAtItsScopesAlone) {
    const std::string text = R"({"messages":[{"role":"system","content":"123-45-6789"},{"role":"user","content":"123-45-6789"},)"
                             R"({"role":"tool","content":"123-45-6789"}]})";
    base::Buffer body(text);
    GuardReport report;
    const auto passed = runRegexGuard(body, regexGuard(RegexGuard::Action::Mask, ScopeSet::none().add(TextScope::ToolOutput)), false, report);
    ASSERT_TRUE(passed && *passed);
    EXPECT_EQ(body.view(), R"({"messages":[{"role":"system","content":"123-45-6789"},{"role":"user","content":"123-45-6789"},)"
                           R"({"role":"tool","content":"<SSN>"}]})");
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_EQ(report.findings[0].texts, 1U);
    ASSERT_EQ(report.findings[0].hits.size(), 1U);
    EXPECT_EQ(report.findings[0].hits[0].messageIndex, 2U);
    EXPECT_EQ(report.findings[0].hits[0].scope, TextScope::ToolOutput);
}

TEST(GuardChain, EachGuardRefusesInItsOwnWords) {
    auto guard = regexGuard(RegexGuard::Action::Reject);
    guard.rejectMessage = "No numbers here.";
    guard.rejectStatus = 422;
    base::Buffer body(R"({"messages":[{"role":"user","content":"123-45-6789"}]})");
    GuardReport report;
    const auto passed = runRegexGuard(body, guard, false, report);
    ASSERT_TRUE(passed);
    EXPECT_FALSE(*passed);
    EXPECT_TRUE(report.rejected);
    EXPECT_FALSE(report.failed);
    EXPECT_EQ(report.status, 422);
    EXPECT_EQ(report.message, "No numbers here.");
    EXPECT_EQ(findingText(report.findings[0]), "1 hit of SSN in the prompt: refused");
}

TEST(GuardChain, AServiceThatCannotSayStopsTheRequestUnlessItFailsOpen) {
    auto guard = serviceGuard(GuardKind::Webhook);
    const auto asked = textsOf({"twelve bytes", "five5"});
    ServiceVerdict down;
    down.detail = "The guard's service could not be asked.";
    GuardReport closed;
    auto verdict = down;
    EXPECT_FALSE(settleGuard(guard, false, asked, verdict, 1500, closed));
    EXPECT_TRUE(closed.failed);
    EXPECT_EQ(closed.status, 503);
    EXPECT_EQ(closed.unscanned(), 0U);
    guard.failOpen = true;
    GuardReport open;
    verdict = down;
    EXPECT_TRUE(settleGuard(guard, false, asked, verdict, 1500, open));
    EXPECT_FALSE(open.rejected);
    EXPECT_EQ(open.unscanned(), 17U);
    EXPECT_EQ(open.findings[0].outcome, GuardOutcome::FailedOpen);
    EXPECT_EQ(findingText(open.findings[0]), "guard:8000 was asked 1 time in 1.5 ms about 2 texts: could not say, and it passed unscanned; "
                                             "17 bytes passed unscanned; The guard's service could not be asked.");
}

TEST(GuardChain, AMaskTellsWhereItChangedWhat) {
    const auto guard = serviceGuard(GuardKind::Webhook);
    base::Buffer body(R"({"messages":[{"role":"user","content":"I am J\u00fcrgen, hi"},{"role":"assistant","content":"hello"}]})");
    const auto texts = requestTexts(body);
    ASSERT_TRUE(texts);
    const auto asked = guardTextsOf(body, *texts, guard);
    ASSERT_EQ(asked.size(), 2U);
    EXPECT_EQ(asked[0].content, "I am Jürgen, hi");
    EXPECT_EQ(asked[1].role, "assistant");
    ServiceVerdict verdict;
    verdict.outcome = GuardOutcome::Masked;
    verdict.texts = {"I am ***, hi", "hello"};
    GuardReport report;
    ASSERT_TRUE(settleGuard(guard, false, asked, verdict, 10, report));
    replaceGuarded(body, *texts, guard, verdict.texts);
    EXPECT_EQ(body.view(), R"({"messages":[{"role":"user","content":"I am ***, hi"},{"role":"assistant","content":"hello"}]})");
    ASSERT_EQ(report.findings[0].hits.size(), 1U);
    const auto& hit = report.findings[0].hits[0];
    EXPECT_EQ(asked[0].content.substr(hit.begin, hit.end - hit.begin), "Jürgen");
    EXPECT_EQ(hit.replacement, "***");
}

TEST(GuardChain, AMaskThatChangesNothingIsAPass) {
    const auto guard = serviceGuard(GuardKind::Webhook);
    ServiceVerdict verdict;
    verdict.outcome = GuardOutcome::Masked;
    verdict.texts = {"same"};
    GuardReport report;
    EXPECT_TRUE(settleGuard(guard, true, textsOf({"same"}), verdict, 10, report));
    EXPECT_EQ(report.findings[0].outcome, GuardOutcome::Passed);
}

}  // namespace
}  // namespace gatehouse::llm
