// Rewrites of bodies by case file, and what the cases cannot say.
#include "llm/body_rewrites.h"

#include "core/filter/blocks.h"
#include "filter/client_access.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace gatehouse::llm {
namespace {

std::pair<std::string, std::string> parted(const std::string& text) {
    const auto space = text.find(' ');
    return {text.substr(0, space), space == std::string::npos ? std::string() : text.substr(space + 1)};
}

BodyExpression expressionOf(const std::string& text) {
    const auto [field, expression] = parted(text);
    auto program = text::cel::Program::compile(expression);
    EXPECT_TRUE(program) << expression;
    return {field, program ? *program : nullptr};
}

BodyRewrites::Parts partsOf(const testing::Block& block) {
    BodyRewrites::Parts parts;
    for (const auto& text : block.all("alias")) parts.aliases.push_back(parted(text));
    for (const auto& text : block.all("override")) {
        const auto [field, json] = parted(text);
        parts.overrides.push_back({field, json, true});
    }
    for (const auto& text : block.all("set")) parts.transformations.push_back(expressionOf(text));
    for (const auto& text : block.all("final")) parts.finalTransformations.push_back(expressionOf(text));
    if (block.has("caching")) {
        const auto text = block.get("caching");
        PromptCaching caching;
        std::size_t end = 0;
        caching.minTokens = std::stoull(text, &end);
        caching.messageOffset = std::stoull(text.substr(end));
        caching.system = text.find("system") != std::string::npos;
        caching.messages = text.find("messages") != std::string::npos;
        caching.tools = text.find("tools") != std::string::npos;
        parts.caching = caching;
    }
    return parts;
}

TEST(BodyRewrites, Cases) {
    const auto blocks = testing::readBlocks(std::string(GATEHOUSE_VECTORS) + "/llm/rewrites.txt");
    EXPECT_GT(blocks.size(), 20U);
    for (const auto& block : blocks) {
        SCOPED_TRACE(fmt::format("{}:{} {}", block.file, block.line, block.get("name")));
        http::RequestHead head;
        head.method = "POST";
        head.path = block.has("path") ? head.arena.copy(block.get("path")) : "/v1/chat/completions";
        head.headers.add("X-User", "ann");
        auto call = clientCallOf(head.method, head.path, {});
        base::Buffer body(block.get("in"));
        const BodyRewrites rewrites(partsOf(block));
        const auto model = requestedModel(body, call);
        ASSERT_TRUE(model);
        const ExpressionFacts facts{head, nullptr, "10.0.0.1", *model};
        auto told = rewrites.before(body, call, facts);
        ASSERT_TRUE(told) << told.error().message;
        const auto dialect = block.has("dialect") ? block.get("dialect") : "openai-chat";
        const auto after = rewrites.after(body, dialect, block.has("model") ? block.get("model") : *model, facts);
        ASSERT_TRUE(after) << after.error().message;
        told->insert(told->end(), after->begin(), after->end());
        EXPECT_EQ(body.view(), block.get("out"));
        EXPECT_TRUE(nlohmann::json::accept(body.view()));
        std::string all;
        for (const auto& each : *told) all += fmt::format("{} {} {}\n", each.what, each.subject, each.detail);
        for (const auto& step : block.all("step")) EXPECT_NE(all.find(step), std::string::npos) << step << "\nis not in\n" << all;
        if (block.has("call")) {
            EXPECT_EQ(call.facts.model, block.get("call"));
        }
    }
}

TEST(BodyRewrites, PatternsFitWhereTheirPartsFollowEachOther) {
    EXPECT_TRUE(modelMatches("*", ""));
    EXPECT_TRUE(modelMatches("gpt-*", "gpt-"));
    EXPECT_TRUE(modelMatches("*-latest", "claude-latest"));
    EXPECT_TRUE(modelMatches("a*b*c", "a-b-b-c"));
    EXPECT_TRUE(modelMatches("exact", "exact"));
    EXPECT_FALSE(modelMatches("exact", "exactly"));
    EXPECT_FALSE(modelMatches("gpt-*", "GPT-4"));
    EXPECT_FALSE(modelMatches("*-latest", "latest"));
    EXPECT_FALSE(modelMatches("ab*ba", "aba")) << "the parts do not overlap";
    EXPECT_FALSE(modelMatches("a*b*c", "a-c"));
}

TEST(BodyRewrites, RemovingAFieldLeavesJson) {
    for (const auto* text : {R"({"x":1})", R"({"x":1,"b":2})", R"({"b":2,"x":1})", R"({ "b":2 , "x" : {"x":[1,2]} , "c":3 })", R"({"a":{"x":1},"x":2})", R"({"\u0078":1,"y":2})"}) {
        base::Buffer body{std::string_view(text)};
        auto expected = nlohmann::json::parse(text);
        const bool there = expected.erase("x") > 0;
        const auto removed = removeField(body, "x");
        ASSERT_TRUE(removed) << text;
        EXPECT_EQ(*removed, there) << text;
        ASSERT_TRUE(nlohmann::json::accept(body.view())) << body.view();
        EXPECT_EQ(nlohmann::json::parse(body.view()), expected) << text;
    }
    base::Buffer nested(R"({"a":{"b":{"x":1}}})");
    EXPECT_TRUE(removeField(nested, "a.b.x").value());
    EXPECT_EQ(nested.view(), R"({"a":{"b":{}}})");
    EXPECT_FALSE(removeField(nested, "a.c.x").value());
    base::Buffer broken("{\"a\":");
    EXPECT_EQ(removeField(broken, "a").error().code, "invalid-json");
}

TEST(BodyRewrites, AProvidersPolicyFillsInAfterItsRewrites) {
    http::RequestHead head;
    ClientCall call = clientCallOf("POST", "/v1/chat/completions", {});
    LlmPolicy policy;
    policy.defaults = {{"temperature", "0.2", false}};
    policy.enrichment.prepend = {{"system", "Be brief."}};
    BodyRewrites::Parts parts;
    parts.aliases = {{"fast", "gpt-4o-mini"}};
    policy.rewrites = std::make_shared<const BodyRewrites>(std::move(parts));
    base::Buffer body(R"({"model":"fast","messages":[{"role":"user","content":"hi"}]})");
    std::vector<Rewritten> told;
    ASSERT_TRUE(applyProviderPolicy(body, call, policy, {head}, told));
    EXPECT_EQ(body.view(), R"({"temperature":0.2,"model":"gpt-4o-mini","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"hi"}]})");
    EXPECT_EQ(told.size(), 3U);
}

}  // namespace
}  // namespace gatehouse::llm
