// Masks that are put back: tags of their own, whole answers, and streams split anywhere.
#include "llm/mask_restore.h"

#include "llm/stream_guard.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace gatehouse::llm {
namespace {

using Json = nlohmann::ordered_json;

Guard guardOf(ScopeSet scopes = {}) {
    Guard guard;
    guard.name = "patterns";
    guard.restores = true;
    guard.scopes = scopes;
    guard.regex = *RegexGuard::compile({{"", "", "EMAIL"}, {"", "", "SSN"}}, RegexGuard::Action::Mask);
    return guard;
}

std::string contentOf(const base::Buffer& body, std::size_t message = 0) { return Json::parse(body.view())["messages"][message]["content"].get<std::string>(); }

TEST(MaskRestore, EveryTextHasATagOfItsOwnAndEqualOnesTheSame) {
    MaskRestore restore, other;
    GuardReport report;
    base::Buffer body(R"({"messages":[{"role":"user","content":"ann@x.org and bob@x.org, ann@x.org, 123-45-6789"}]})");
    const auto passed = maskForRestore(body, guardOf(), restore, report);
    ASSERT_TRUE(passed && *passed);
    const auto masked = contentOf(body);
    EXPECT_EQ(masked.find("@"), std::string::npos) << masked;
    EXPECT_EQ(masked.find("6789"), std::string::npos);
    EXPECT_EQ(restore.size(), 3U);
    EXPECT_EQ(restore.restored(masked, false), "ann@x.org and bob@x.org, ann@x.org, 123-45-6789");
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_EQ(report.findings[0].outcome, GuardOutcome::Masked);
    EXPECT_EQ(report.findings[0].hits.size(), 4U);
    for (const auto& hit : report.findings[0].hits) EXPECT_EQ(hit.replacement.find("@"), std::string::npos) << "records hold tags alone";
    EXPECT_EQ(report.findings[0].hits[0].begin, 0U);
    EXPECT_EQ(report.findings[0].hits[0].end, 9U);
    const auto tag = restore.tagOf("<EMAIL_ADDRESS>", "ann@x.org");
    EXPECT_TRUE(tag.starts_with("<EMAIL_ADDRESS_1_") && tag.ends_with(">")) << tag;
    base::Buffer again(R"({"messages":[{"role":"user","content":"ann@x.org"}]})");
    int different = 0;
    for (int i = 0; i < 20; ++i) different += MaskRestore().tagOf("<EMAIL_ADDRESS>", "ann@x.org") != tag ? 1 : 0;
    EXPECT_GT(different, 15) << "another request has other tags";
}

TEST(MaskRestore, AnswersGetTheirTextsBackInEveryPlace) {
    MaskRestore restore;
    const auto mail = restore.tagOf("<EMAIL_ADDRESS>", "ann@x.org"), odd = restore.tagOf("<custom>", "a \"b\"\n<c>");
    auto answer = Json{{"choices", {{{"message", {{"role", "assistant"}, {"content", "To " + mail + " < " + mail + odd + " <EMAIL_ADDRESS_9_zzzz>"},
                                                  {"tool_calls", {{{"id", "1"}, {"type", "function"}, {"function", {{"name", "send"}, {"arguments", Json{{"to", mail}, {"text", odd}}.dump()}}}}}}}}}}}}
                      .dump();
    ASSERT_TRUE(restore.restoreAnswer(answer));
    const auto message = Json::parse(answer)["choices"][0]["message"];
    EXPECT_EQ(message["content"], "To ann@x.org < ann@x.orga \"b\"\n<c> <EMAIL_ADDRESS_9_zzzz>");
    const auto arguments = Json::parse(message["tool_calls"][0]["function"]["arguments"].get<std::string>());
    EXPECT_EQ(arguments["to"], "ann@x.org");
    EXPECT_EQ(arguments["text"], "a \"b\"\n<c>");
    std::string plain = R"({"choices":[{"message":{"content":"nothing"}}]})";
    const auto before = plain;
    ASSERT_TRUE(restore.restoreAnswer(plain));
    EXPECT_EQ(plain, before);
    std::string html = "<html>";
    EXPECT_FALSE(restore.restoreAnswer(html));
}

TEST(MaskRestore, StreamsSplitAnywhereReadTheSame) {
    MaskRestore restore;
    const auto mail = restore.tagOf("<EMAIL_ADDRESS>", "ann@x.org");
    const auto text = "Hi <" + mail + " <EMA " + mail;
    // A tag over several events, each event over several reads.
    std::string events;
    for (std::size_t at = 0; at < text.size(); at += 2)
        events += "data: " + Json{{"choices", Json::array({Json{{"index", 0}, {"delta", Json{{"content", text.substr(at, 2)}}}}})}}.dump() + "\n\n";
    events += "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    for (std::size_t split = 0; split <= events.size(); ++split) {
        StreamGuard stream(restore.filters(), StreamGuard::Framing::Sse);
        std::string out;
        stream.feed(std::string_view(events).substr(0, split), out);
        stream.feed(std::string_view(events).substr(split), out);
        stream.finish(out);
        std::string said;
        for (std::size_t at = 0; (at = out.find("data: {", at)) != std::string::npos; ++at) {
            const auto event = Json::parse(out.substr(at + 6, out.find('\n', at) - at - 6));
            for (const auto& choice : event["choices"]) said += choice["delta"].value("content", "");
        }
        ASSERT_EQ(said, "Hi <ann@x.org <EMA ann@x.org") << split;
        ASSERT_TRUE(out.ends_with("data: [DONE]\n\n")) << split;
    }
}

TEST(MaskRestore, NoMoreIsHeldBackThanMayBecomeATag) {
    MaskRestore restore;
    const auto mail = restore.tagOf("<EMAIL_ADDRESS>", "ann@x.org");
    EXPECT_EQ(restore.holdFrom("a < b"), 5U);
    EXPECT_EQ(restore.holdFrom("a <"), 2U);
    EXPECT_EQ(restore.holdFrom("a " + mail.substr(0, 17)), 2U);
    EXPECT_EQ(restore.holdFrom("a " + mail), 2U + mail.size());
    EXPECT_EQ(restore.holdFrom("<EMAIL_ADDRESS_2"), 16U);
}

TEST(MaskRestore, AGuardsScopesHoldAndNumbersOfToolsAreMaskedForGood) {
    MaskRestore restore;
    GuardReport report;
    base::Buffer body(R"({"messages":[{"role":"system","content":"ann@x.org"},{"role":"user","content":"bob@x.org"}]})");
    const auto passed = maskForRestore(body, guardOf(ScopeSet::none().add(TextScope::Messages)), restore, report);
    ASSERT_TRUE(passed && *passed);
    EXPECT_EQ(contentOf(body, 0), "ann@x.org");
    EXPECT_NE(contentOf(body, 1).find("<EMAIL_ADDRESS_1_"), std::string::npos);
    base::Buffer broken("{\"messages\":");
    EXPECT_FALSE(maskForRestore(broken, guardOf(), restore, report));
}

}  // namespace
}  // namespace gatehouse::llm
