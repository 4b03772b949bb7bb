#include "llm/answer_faults.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace gatehouse::llm {
namespace {

TEST(TooLong, IsReadOfEachProvidersWords) {
    for (const auto* body :
         {R"({"error":{"message":"This model's maximum context length is 8192 tokens.","code":"context_length_exceeded"}})",
          R"({"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 210000 tokens > 200000 maximum"}})",
          R"({"error":{"code":400,"message":"The input token count (2000000) exceeds the maximum number of tokens allowed (1048576).","status":"INVALID_ARGUMENT"}})",
          R"({"message":"Input is too long for requested model."})", R"({"message":"too many tokens: size limit exceeded by 300 tokens"})",
          R"({"object":"error","message":"Prompt contains 40000 tokens, too large for model with 32768 maximum context length"})"})
        EXPECT_TRUE(saysTooLong(body)) << body;
    for (const auto* body : {R"({"error":{"message":"max_tokens: must be at least 1"}})", "", R"({"error":{"message":"Invalid model"}})"})
        EXPECT_FALSE(saysTooLong(body)) << body;
    EXPECT_TRUE(mayBeTooLong(400));
    EXPECT_FALSE(mayBeTooLong(404));
}

struct Stream {
    const char* bytes;
    FirstEvent::Verdict verdict;
    const char* reason = "";
};

TEST(FirstEvents, AreJudgedAtEverySplit) {
    using Verdict = FirstEvent::Verdict;
    for (const auto& [bytes, verdict, reason] :
         {Stream{"data: {\"choices\":[]}\n\n", Verdict::Good}, Stream{"data: [DONE]\n\n", Verdict::Good},
          Stream{": OPENROUTER PROCESSING\n\n: still\n\n", Verdict::None}, Stream{": keep\n\ndata: {\"id\":1}\r\n\r\n", Verdict::Good},
          Stream{"event: ping\ndata: {\"type\":\"ping\"}\n\n", Verdict::None},
          Stream{"event: message_start\ndata: {\"type\":\"message_start\"}\n\n", Verdict::Good},
          Stream{"event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n", Verdict::Failed, "Overloaded"},
          Stream{"data: {\"error\":{\"message\":\"no capacity\"}}\n\n", Verdict::Failed, "no capacity"},
          Stream{"data: {\"error\":\"plain\"}\n\n", Verdict::Failed, "plain"}, Stream{"data: {\"error\":null,\"id\":\"r\"}\n\n", Verdict::Good},
          Stream{"data: {\"id\":\n\n", Verdict::Failed, "no JSON"}, Stream{"data: <html>\n\n", Verdict::Failed, "no JSON"},
          Stream{"event: response.failed\ndata: {\"type\":\"response.failed\"}\n\n", Verdict::Failed, "error"}, Stream{"data: {\"a\":1}\n", Verdict::None}}) {
        const std::string_view all = bytes;
        const auto whole = judgeFirstEvent(all, "text/event-stream; charset=utf-8");
        EXPECT_EQ(whole.verdict, verdict) << bytes;
        EXPECT_NE(whole.reason.find(reason), std::string::npos) << whole.reason;
        // What is not whole yet is never judged otherwise than the whole.
        for (std::size_t size = 0; size < all.size(); ++size) {
            const auto part = judgeFirstEvent(all.substr(0, size), "text/event-stream");
            EXPECT_TRUE(part.verdict == Verdict::None || part.verdict == verdict) << all.substr(0, size);
        }
    }
    EXPECT_EQ(judgeFirstEvent("\x01", "application/vnd.amazon.eventstream").verdict, Verdict::Good);
    EXPECT_EQ(judgeFirstEvent("", "application/x-ndjson").verdict, Verdict::None);
    EXPECT_EQ(judgeFirstEvent(std::string(70'000, 'x'), "text/event-stream").verdict, Verdict::Good);
}

}  // namespace
}  // namespace gatehouse::llm
