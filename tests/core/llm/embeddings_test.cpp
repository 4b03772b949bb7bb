// Vectors as numbers and as base64, and the usage of rerank: what the vectors' files cannot say.
#include "llm/dialect/embeddings.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <random>

namespace gatehouse::llm {
namespace {

TEST(Embeddings, VectorsArePackedAsLittleEndianFloats) {
    EXPECT_EQ(packVector({1.0, -2.0}), "AACAPwAAAMA=");
    EXPECT_EQ(unpackVector("AACAPwAAAMA="), (std::vector<double>{1.0, -2.0}));
    EXPECT_EQ(unpackVector(packVector({0.1, 1e-7, -0.05})), (std::vector<double>{0.1, 1e-7, -0.05}));
    EXPECT_TRUE(unpackVector("").empty());
    EXPECT_TRUE(std::isinf(unpackVector(packVector({std::numeric_limits<double>::infinity()}))[0]));
}

TEST(Embeddings, PackingTwiceIsPackingOnce) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE(fmt::format("seed {}", seed));
    std::mt19937 random(seed);
    std::normal_distribution<double> spread(0, 0.1);
    std::vector<double> vector(256);
    for (auto& value : vector) value = spread(random);
    const auto packed = packVector(vector);
    EXPECT_EQ(packVector(unpackVector(packed)), packed);
}

TEST(Embeddings, AClientThatAskedForBase64GetsItFromWhoeverAnswers) {
    const auto& openAi = *findDialect("openai-embeddings");
    const auto request = translateRequest(openAi, *findDialect("bedrock-embeddings"),
                                          R"({"model":"amazon.titan-embed-text-v2:0","input":"Hi","encoding_format":"base64"})");
    ASSERT_TRUE(request) << request.error().message;
    EXPECT_EQ(request->facts.encoding, "base64");
    EXPECT_TRUE(request->losses.empty());
    const auto answer = translateAnswer(*findDialect("bedrock-embeddings"), openAi, R"({"embedding":[1,-2],"inputTextTokenCount":3})", "titan",
                                        request->facts.encoding);
    ASSERT_TRUE(answer) << answer.error().message;
    const auto json = Json::parse(answer->body);
    EXPECT_EQ(json["data"][0]["embedding"], "AACAPwAAAMA=");
    EXPECT_EQ(json["model"], "titan");
    EXPECT_EQ(answer->usage.inputTokens, 3U);
    // Packed already: passed on as it is.
    const auto packed = translateAnswer(*findDialect("cohere-embeddings"), openAi, R"({"id":"e","embeddings":{"base64":["AACAPwAAAMA="]}})", "m", "base64");
    ASSERT_TRUE(packed);
    EXPECT_EQ(Json::parse(packed->body)["data"][0]["embedding"], "AACAPwAAAMA=");
    const auto same = translateRequest(openAi, openAi, R"({"model":"m","input":"Hi","encoding_format":"base64"})");
    ASSERT_TRUE(same);
    EXPECT_EQ(same->facts.encoding, "base64");
}

TEST(Embeddings, MoreTextsThanCohereTakesAreRefusedWithTheirNumber) {
    std::string list;
    for (int i = 0; i < 97; ++i) list += fmt::format("{}\"t\"", i == 0 ? "" : ",");
    const auto out = translateRequest(*findDialect("openai-embeddings"), *findDialect("cohere-embeddings"), fmt::format(R"({{"model":"m","input":[{}]}})", list));
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, "invalid-field");
    EXPECT_NE(out.error().message.find("97"), std::string::npos);
}

TEST(Rerank, PassesUnchangedAndItsUsageIsRead) {
    const auto& rerank = *findDialect("cohere-rerank");
    const std::string body = R"({"id":"r1", "results":[{"index":1,"relevance_score":0.5}],"meta":{"billed_units":{"search_units":1},"tokens":{"input_tokens":12}}})";
    const auto out = translateAnswer(rerank, rerank, body);
    ASSERT_TRUE(out) << out.error().message;
    EXPECT_EQ(out->body, body);
    EXPECT_EQ(out->facts.id, "r1");
    EXPECT_TRUE(out->usage.known);
    EXPECT_EQ(out->usage.inputTokens, 12U);
    const auto like = translateAnswer(rerank, rerank, R"({"id":"r","model":"bge","usage":{"total_tokens":56},"results":[]})");
    ASSERT_TRUE(like);
    EXPECT_EQ(like->usage.inputTokens, 56U);
    EXPECT_EQ(like->facts.model, "bge");
    EXPECT_FALSE(translateRequest(rerank, *findDialect("cohere-embeddings"), R"({"query":"q","documents":["a"]})"));
}

TEST(Rerank, BedrocksAnswerForCoheresClient) {
    const auto out = translateAnswer(*findDialect("bedrock-rerank"), *findDialect("cohere-rerank"), R"({"results":[{"index":1,"relevance_score":0.75},{"index":0,"relevance_score":0.5}]})",
                                     "cohere.rerank-v3-5:0");
    ASSERT_TRUE(out) << out.error().message;
    const auto json = nlohmann::json::parse(out->body);
    EXPECT_TRUE(json["id"].get<std::string>().starts_with("rerank_"));
    EXPECT_EQ(json["results"], nlohmann::json::parse(R"([{"index":1,"relevance_score":0.75},{"index":0,"relevance_score":0.5}])"));
    EXPECT_EQ(json["meta"]["api_version"]["version"], "2");
    EXPECT_TRUE(out->losses.empty());
    EXPECT_EQ(out->facts.model, "cohere.rerank-v3-5:0");
}

}  // namespace
}  // namespace gatehouse::llm
