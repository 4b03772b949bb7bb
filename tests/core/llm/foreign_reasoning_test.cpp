#include "llm/foreign_reasoning.h"

#include "llm/provider_request.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace gatehouse::llm {
namespace {

using Json = nlohmann::json;

const std::string kBody =
    R"({"model":"gpt-5","input":[{"type":"message","role":"user","content":"Hi"},{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"gatehouse:anthropic:thinking:abc"},)"
    R"({"type":"reasoning","id":"rs_2","summary":[],"encrypted_content":"gAAAAB"},{"type":"message","role":"user","content":"say \"gatehouse:x\""}]})";

TEST(ForeignReasoning, IsTakenOutAndToldAndNothingElse) {
    base::Buffer body(kBody);
    Losses losses;
    dropForeignReasoning(body, losses);
    const auto json = Json::parse(body.view());
    ASSERT_EQ(json["input"].size(), 3U);
    EXPECT_EQ(json["input"][1]["id"], "rs_2");
    EXPECT_EQ(json["input"][2]["content"], "say \"gatehouse:x\"");
    ASSERT_EQ(losses.size(), 1U);
    EXPECT_EQ(losses[0].path, "input[1]");
}

TEST(ForeignReasoning, OtherBodiesStayByteForByte) {
    for (const std::string text : {R"({ "input": "gatehouse:" })", R"({"input":[{"type":"message","content":"\"gatehouse:"}]})", R"({"input":[{"x":"gatehouse:"}]})", "{", "[]", ""}) {
        base::Buffer body(text);
        Losses losses;
        dropForeignReasoning(body, losses);
        EXPECT_EQ(body.view(), text);
        EXPECT_TRUE(losses.empty());
    }
}

TEST(ForeignReasoning, DoesNotReachOpenAi) {
    Provider openai;
    openai.kind = findProviderKind("openai");
    const auto call = clientCallOf("POST", "/v1/responses", {});
    base::Buffer body(kBody);
    std::optional<ChatRequestInfo> asked;
    const auto made = makeProviderRequest(openai, call, asked, body);
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(body.view().find("gatehouse:anthropic"), std::string_view::npos) << body.view();
    EXPECT_EQ(made->losses.size(), 1U);
}

}  // namespace
}  // namespace gatehouse::llm
