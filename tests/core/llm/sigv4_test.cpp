// AWS Signature Version 4 against the vectors of AWS's own test suite (aws-sig-v4-test-suite): same key, date, region and service.
#include "llm/sigv4.h"

#include <gtest/gtest.h>

namespace gatehouse::llm::sigv4 {
namespace {

AwsCredentials suiteKeys() {
    AwsCredentials keys;
    keys.accessKey = secret::SecretValue("AKIDEXAMPLE");
    keys.secretKey = secret::SecretValue("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    return keys;
}

struct SuiteCase {
    const char* name;
    Request request;
    const char* headers;
    const char* signature;
};

class Sigv4Suite : public ::testing::TestWithParam<SuiteCase> {};

TEST_P(Sigv4Suite, MakesThePublishedSignature) {
    auto given = GetParam();
    given.request.headers.emplace_back("Host", "example.amazonaws.com");
    given.request.headers.emplace_back("X-Amz-Date", "20150830T123600Z");
    EXPECT_EQ(authorization(given.request, suiteKeys(), "us-east-1", "service", "20150830T123600Z"),
              std::string("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=") + given.headers +
                  ", Signature=" + given.signature)
        << canonicalRequest(given.request);
}

INSTANTIATE_TEST_SUITE_P(
    Aws, Sigv4Suite,
    ::testing::Values(
        SuiteCase{"get_vanilla", {"GET", "/", "", {}, ""}, "host;x-amz-date", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"},
        SuiteCase{"get_vanilla_query_order_key_case",
                  {"GET", "/", "Param2=value2&Param1=value1", {}, ""},
                  "host;x-amz-date",
                  "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"},
        SuiteCase{"post_vanilla", {"POST", "/", "", {}, ""}, "host;x-amz-date", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"},
        SuiteCase{"post_x_www_form_urlencoded",
                  {"POST", "/", "", {{"Content-Type", "application/x-www-form-urlencoded"}}, "Param1=value1"},
                  "content-type;host;x-amz-date",
                  "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"}),
    [](const auto& info) { return info.param.name; });

TEST(Sigv4, EncodesThePathOnceMoreAndSortsTheQuery) {
    const auto text = canonicalRequest({"POST", "/model/a%3A0/converse", "b=2&a=%20", {{"Host", "h"}, {"X-Two", " a   b "}}, ""});
    EXPECT_EQ(text,
              "POST\n/model/a%253A0/converse\na=%20&b=2\nhost:h\nx-two:a b\n\nhost;x-two\n"
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Sigv4, SignsAHeadWithTheSessionsToken) {
    auto keys = suiteKeys();
    keys.sessionToken = secret::SecretValue("session");
    http::RequestHead head;
    head.method = "POST";
    head.path = "/model/m/converse";
    head.headers.add("Host", "bedrock-runtime.us-east-1.amazonaws.com");
    head.headers.add("Content-Type", "application/json");
    sign(head, "{}", keys, "us-east-1", "bedrock", std::chrono::system_clock::from_time_t(1440938160));
    EXPECT_EQ(head.headers.get("x-amz-date"), "20150830T123600Z");
    EXPECT_EQ(head.headers.get("x-amz-security-token"), "session");
    EXPECT_EQ(head.headers.get("x-amz-content-sha256"), "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    const auto value = std::string(head.headers.get("authorization").value_or(""));
    EXPECT_NE(value.find("SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token, "), std::string::npos) << value;
}

}  // namespace
}  // namespace gatehouse::llm::sigv4
