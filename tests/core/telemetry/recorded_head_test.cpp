#include "telemetry/access_log.h"
#include "telemetry/recorded_head.h"
#include "telemetry/request_record.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace gatehouse::telemetry {
namespace {

TEST(SecretNames, AreKnownByTheirNameAlone) {
    for (const auto* name : {"Authorization", "proxy-authorization", "Cookie", "cookie2", "X-Api-Key", "api-key", "apikey", "x-goog-api-key",
                             "Ocp-Apim-Subscription-Key", "X-Amz-Security-Token", "X-Auth-Token", "x-csrf-token", "X-Vault-Token", "client_secret",
                             "X-Session-Id", "password", "X-Forwarded-Client-Cert", "key", "sig", "X-Jwt-Assertion", "access_token", "private-token"})
        EXPECT_TRUE(isSecretName(name)) << name;
    for (const auto* name : {"Host", "Accept", "Content-Type", "X-Request-Id", "User-Agent", "traceparent", "X-Team", "monkey", "keyboard",
                             "Sec-WebSocket-Key", "Idempotency-Key", "sigma", "page", "model", "Keep-Alive", ""})
        EXPECT_FALSE(isSecretName(name)) << name;
}

TEST(SecretNames, RememberEachNameForItself) {
    SecretNames names;
    for (int round = 0; round < 3; ++round)
        for (int i = 0; i < 500; ++i) {
            const auto plain = "x-plain-" + std::to_string(i), secret = "x-token-" + std::to_string(i);
            EXPECT_FALSE(names.has(plain)) << plain;
            EXPECT_TRUE(names.has(secret)) << secret;
        }
    EXPECT_TRUE(names.has(std::string(200, 'x') + "-secret"));
}

TEST(RecordedHead, HidesParametersOfTheQuery) {
    EXPECT_EQ(hideParameters("/v1?key=abc&x=1"), "/v1?key=(hidden)&x=1");
    EXPECT_EQ(hideParameters("/v1?x=1&access_token=a=b"), "/v1?x=1&access_token=(hidden)");
    EXPECT_EQ(hideParameters("/v1?API_KEY=&key=z"), "/v1?API_KEY=(hidden)&key=(hidden)");
    for (const auto* same : {"/", "/key=1", "/v1?", "/v1?key", "/v1?a=1&&b=2", "/v1?page=2&monkey=1"}) EXPECT_EQ(hideParameters(same), same);
}

TEST(RecordedHead, ReadsItsOwnText) {
    RecordedHead head{"/a?b=c\nHost: h\nX-Empty: \nX-Colon: a: b\n", false};
    EXPECT_EQ(head.target(), "/a?b=c");
    const auto fields = head.fields();
    ASSERT_EQ(fields.size(), 3U);
    EXPECT_EQ(fields[1], (std::pair<std::string_view, std::string_view>("X-Empty", "")));
    EXPECT_EQ(fields[2].second, "a: b");
    head.hide("x-colon");
    EXPECT_EQ(head.text, "/a?b=c\nHost: h\nX-Empty: \nX-Colon: (hidden)\n");
    EXPECT_TRUE(RecordedHead{}.fields().empty());
}

RequestRecord recorded() {
    RequestRecord record;
    record.requestId = "id-1";
    record.client = "10.1.2.3:4711";
    record.port = 8443;
    record.method = "PUT";
    record.host = "shop.example:9999";
    record.path = "/a/b?x=1";
    record.tlsVersion = "TLSv1.3";
    record.tlsSni = "shop.example";
    record.head = std::make_shared<RecordedHead>(RecordedHead{"/a//b?x=1\nhost: shop.example:9999\nx-team: \"blue\"\nauthorization: (hidden)\n", true});
    return record;
}

void expectTheSameQuestion(const route::ExplainRequest& asked) {
    EXPECT_EQ(asked.method, "PUT");
    EXPECT_EQ(asked.url, "https://shop.example:8443/a//b?x=1") << "the target as it came, at the port of the listener";
    EXPECT_EQ(asked.port, 8443);
    EXPECT_EQ(asked.sni, "shop.example");
    EXPECT_EQ(asked.client, "10.1.2.3:4711");
    ASSERT_EQ(asked.headers.size(), 3U);
    EXPECT_EQ(asked.headers[1], (std::pair<std::string, std::string>("x-team", "\"blue\"")));
    ASSERT_TRUE(asked.recorded);
    EXPECT_EQ(asked.recorded->requestId, "id-1");
    EXPECT_TRUE(asked.recorded->headCut);
    EXPECT_FALSE(asked.recorded->headMissing);
    EXPECT_TRUE(asked.body.empty());
}

TEST(RecordedHead, MakesTheQuestionOfTheRecordAndOfItsJson) {
    expectTheSameQuestion(explainRequestOf(recorded()));
    const auto one = toJson(recorded());
    const auto parsed = explainRequestFrom(one);
    ASSERT_TRUE(parsed) << parsed.error().message;
    expectTheSameQuestion(*parsed);
    const auto page = explainRequestFrom("{\"requests\":[\n" + one + "\n]}");
    ASSERT_TRUE(page) << page.error().message;
    expectTheSameQuestion(*page);
}

TEST(RecordedHead, MakesAServerNameOfAConnectionAndATargetOfAConnect) {
    const auto connection = explainRequestFrom(R"({"method":"","host":"db.example","path":"","protocol":"TLS","port":9443,"client":"10.0.0.1:5"})");
    ASSERT_TRUE(connection) << connection.error().message;
    EXPECT_EQ(connection->url, "https://db.example:9443/");
    EXPECT_EQ(connection->sni, "db.example");
    EXPECT_FALSE(connection->recorded) << "there was no head that could be missing";
    const auto connect = explainRequestFrom(R"({"method":"CONNECT","host":"far.example:443","path":"","port":8080})");
    ASSERT_TRUE(connect) << connect.error().message;
    EXPECT_EQ(connect->url, "far.example:443");
    EXPECT_EQ(connect->port, 8080);
}

TEST(RecordedHead, KeepsFieldsOutOfTheAccessLog) {
    auto entry = nlohmann::json::parse(toJson(recorded()));
    EXPECT_EQ(entry["head"]["target"], "/a//b?x=1");
    EXPECT_EQ(entry["head"]["cut"], true);
    EXPECT_EQ(entry["port"], 8443);
    const auto line = nlohmann::json::parse(accessLine(recorded()));
    EXPECT_FALSE(line.contains("head"));
    EXPECT_TRUE(line.contains("port"));
}

TEST(RecordedHead, TellsWhatIsNoRecord) {
    for (const auto* text : {"", "[]", "3", "{", "{}", R"({"requests":[]})", R"({"requests":[3]})", R"({"method":"GET"})", R"({"requests":{}})"}) {
        const auto parsed = explainRequestFrom(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error().code, "usage") << text;
    }
    // Members of another type are passed over.
    EXPECT_TRUE(explainRequestFrom(R"({"method":"GET","path":"/","port":"x","tls":3,"head":{"target":1,"headers":[1,{"name":2}]}})"));
    const auto old = explainRequestFrom(R"({"method":"GET","path":"/p","host":"h"})");
    ASSERT_TRUE(old);
    EXPECT_TRUE(old->recorded->headMissing);
    EXPECT_EQ(old->url, "http://h/p");
}

}  // namespace
}  // namespace gatehouse::telemetry
