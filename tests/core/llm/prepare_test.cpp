// prepareChat and readChat: vectors of body in, body out, and hostile bodies.
#include "llm/guard.h"
#include "llm/plan.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <random>
#include <sstream>

namespace gatehouse::llm {
namespace {

struct Case {
    std::string name;
    int line = 0;
    std::map<std::string, std::string> fields;
};

std::vector<Case> readCases(const std::string& file) {
    std::ifstream in(std::string(GATEHOUSE_VECTORS) + "/llm/" + file);
    std::vector<Case> cases;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.starts_with("== ")) {
            cases.push_back({line.substr(3), number, {}});
        } else if (!line.empty() && !line.starts_with('#') && !cases.empty()) {
            const auto colon = line.find(':');
            const auto value = std::min(line.size(), colon + 2);
            cases.back().fields[line.substr(0, colon)] = line.substr(value);
        }
    }
    return cases;
}

std::shared_ptr<const RegexGuard> guardOf(const std::string& text, RegexGuard::Action action) {
    std::vector<RegexGuard::Pattern> patterns;
    std::stringstream words(text);
    for (std::string word; std::getline(words, word, ',');) {
        if (word.starts_with("custom:")) {
            const auto equals = word.find('=');
            patterns.push_back({word.substr(7, equals - 7), word.substr(equals + 1), ""});
        } else {
            patterns.push_back({"", "", word});
        }
    }
    auto guard = RegexGuard::compile(std::move(patterns), action);
    EXPECT_TRUE(guard) << (guard ? "" : guard.error().message);
    return guard ? *guard : nullptr;
}

Message messageOf(const std::string& text) {
    const auto bar = text.find('|');
    return {text.substr(0, bar), text.substr(bar + 1)};
}

TEST(PrepareChat, Vectors) {
    const auto cases = readCases("prepare.txt");
    ASSERT_GT(cases.size(), 30U);
    for (const Case& c : cases) {
        SCOPED_TRACE(c.name + ", line " + std::to_string(c.line));
        const auto field = [&](const char* name) {
            const auto found = c.fields.find(name);
            return found == c.fields.end() ? std::string() : found->second;
        };
        LlmPolicy policy;
        if (c.fields.count("mask")) policy.requestGuard = guardOf(field("mask"), RegexGuard::Action::Mask);
        if (c.fields.count("reject")) policy.requestGuard = guardOf(field("reject"), RegexGuard::Action::Reject);
        if (c.fields.count("prepend")) policy.enrichment.prepend.push_back(messageOf(field("prepend")));
        if (c.fields.count("append")) policy.enrichment.append.push_back(messageOf(field("append")));
        Provider provider;
        provider.modelOverride = field("model");
        base::Buffer body(field("in"));
        const auto prepared = prepareChat(body, &policy, &provider, field("usage") == "yes");
        if (c.fields.count("error")) {
            ASSERT_FALSE(prepared);
            const std::string error = field("error");
            EXPECT_EQ(prepared.error().code, error.substr(0, error.find('|')));
            EXPECT_NE(prepared.error().message.find(error.substr(error.find('|') + 1)), std::string::npos)
                << prepared.error().message;
            EXPECT_EQ(body.view(), field("in"));
            continue;
        }
        ASSERT_TRUE(prepared) << prepared.error().message;
        EXPECT_EQ(prepared->guard.rejected, field("rejected") == "yes");
        EXPECT_EQ(body.view(), prepared->guard.rejected ? field("in") : field("out"));
    }
}

TEST(PrepareChat, ReportsWhatItReadAndFound) {
    LlmPolicy policy;
    policy.requestGuard = guardOf("EMAIL,CREDIT_CARD", RegexGuard::Action::Mask);
    base::Buffer body(
        R"({"model":"m","stream":true,"max_tokens":7,"messages":[{"role":"system","content":"x"},)"
        R"({"role":"user","content":"to a@b.io"}]})");
    const auto prepared = prepareChat(body, &policy, nullptr, true);
    ASSERT_TRUE(prepared);
    EXPECT_EQ(prepared->info.model, "m");
    EXPECT_TRUE(prepared->info.stream);
    EXPECT_EQ(prepared->info.messages, 2U);
    EXPECT_EQ(prepared->info.promptBytes, 10U);
    EXPECT_EQ(prepared->info.maxTokens, 7U);
    EXPECT_TRUE(prepared->usageInjected);
    ASSERT_EQ(prepared->guard.hits.size(), 1U);
    EXPECT_EQ(prepared->guard.hits[0].rule, "EMAIL");
    EXPECT_EQ(prepared->guard.hits[0].messageIndex, 1U);
    EXPECT_EQ(prepared->guard.hits[0].begin, 3U);
    EXPECT_EQ(prepared->guard.hits[0].end, 9U);
}

TEST(PrepareChat, RefusesInvalidUtf8) {
    base::Buffer body("{\"messages\":[{\"role\":\"user\",\"content\":\"a\xff\"}]}");
    const auto prepared = prepareChat(body, nullptr, nullptr, false);
    ASSERT_FALSE(prepared);
    EXPECT_EQ(prepared.error().code, "invalid-json");
}

TEST(PrepareChat, RefusesDeepNesting) {
    for (const std::size_t depth : {300UL, 100'000UL, 4'000'000UL}) {
        base::Buffer body("{\"x\":" + std::string(depth, '[') + std::string(depth, ']') + "}");
        EXPECT_FALSE(readChat(body));
        base::Buffer open("{\"messages\":" + std::string(depth, '['));
        EXPECT_FALSE(readChat(open));
    }
    base::Buffer fine("{\"x\":" + std::string(150, '[') + std::string(150, ']') + "}");
    EXPECT_TRUE(readChat(fine));
}

TEST(PrepareChat, ReadsABodyOf32MiB) {
    std::string text(32 << 20, 'x');
    LlmPolicy policy;
    policy.requestGuard = guardOf("CREDIT_CARD,SSN,PHONE_NUMBER", RegexGuard::Action::Mask);
    base::Buffer body("{\"messages\":[{\"role\":\"user\",\"content\":\"" + text + " 536-90-4399\"}]}");
    const auto prepared = prepareChat(body, &policy, nullptr, false);
    ASSERT_TRUE(prepared);
    EXPECT_EQ(prepared->guard.hits.size(), 1U);
    EXPECT_TRUE(body.view().ends_with("<SSN>\"}]}"));
}

TEST(PrepareChat, SurvivesDamagedBodies) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const std::string good =
        R"({"model":"m","stream":true,"stream_options":{"a":[1,2.5e3,null]},"messages":[{"role":"user","content":)"
        R"([{"type":"text","text":"a@b.io \u00e9\ud83d\ude00 4111 1111 1111 1111"}]}],"tools":[{"x":{"y":"z"}}]})";
    LlmPolicy policy;
    policy.requestGuard = guardOf("EMAIL,CREDIT_CARD", RegexGuard::Action::Mask);
    policy.enrichment.prepend.push_back({"system", "s"});
    for (int round = 0; round < 20'000; ++round) {
        std::string text = good;
        for (unsigned edits = 1 + random() % 4; edits > 0 && !text.empty(); --edits) {
            const std::size_t at = random() % text.size();
            switch (random() % 3) {
                case 0: text[at] = "{}[]\",:\\u0tn \xc3"[random() % 14]; break;
                case 1: text.erase(at, 1 + random() % 8); break;
                default: text.insert(at, text.substr(random() % text.size(), random() % 12));
            }
        }
        base::Buffer body(text);
        if (!prepareChat(body, &policy, nullptr, true)) continue;
        // What is accepted comes out as a body that is accepted again, with nothing left to mask.
        const std::string once(body.view());
        const auto again = prepareChat(body, &policy, nullptr, true);
        ASSERT_TRUE(again) << text << "\n" << once;
    }
}

}  // namespace
}  // namespace gatehouse::llm
