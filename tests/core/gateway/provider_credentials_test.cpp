// How providers are shown keys, from YAML to the wire: several keys, tokens of Google, Entra and AWS, issuers that are down. Issuers
// and providers are on loopback.
#include "core/gateway/provider_stage.h"
#include "core/net/certificates.h"

#include <filesystem>
#include <fstream>

namespace gatehouse::test {
namespace {

using Json = nlohmann::json;

class Keys : public ProviderStage {
  protected:
    static std::string backend(std::string_view provider, std::uint16_t at, std::string_view annotations = "{}") {
        return fmt::format(R"(apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {{name: ai, annotations: {}}}
spec:
  type: AI
  ai:
    llm:
      {}
      host: 127.0.0.1
      port: {}
---
)", annotations, provider, at);
    }
    static std::string openai() { return "openai: {authToken: {kind: SecretRef, secretRef: {name: keys}}, model: gpt-4o}"; }
    static std::string vertex() {
        return "vertexai: {authToken: {kind: SecretRef, secretRef: {name: keys}}, model: gemini-2.0-flash, apiVersion: v1, projectId: p, location: europe-west4, publisher: GOOGLE}";
    }
    static std::string azure() {
        return "azureopenai: {authToken: {kind: SecretRef, secretRef: {name: keys}}, endpoint: x.openai.azure.com, deploymentName: gpt-4o, apiVersion: 2024-10-21}";
    }
    static std::string bedrock() { return "bedrock: {auth: {type: Secret, secretRef: {name: keys}}, model: anthropic.claude-3, region: eu-west-1}"; }
    static std::string secret(const Json& values) {
        return "apiVersion: v1\nkind: Secret\nmetadata: {name: keys}\nstringData: " + values.dump() + "\n";
    }
    static std::string authOf(const Message& request) { return request.field("authorization"); }
};

TEST_F(Keys, SeveralOfOneSecretTakeTurns) {
    Recorder provider([](const Message&) { return jsonAnswer(kGptAnswer); });
    serve(stageYaml(backend(openai(), provider.port()) + secret({{"Authorization", "sk-one"}, {"Authorization-b", "Bearer sk-two"}})));
    EXPECT_EQ(chat().status(), 200);
    EXPECT_EQ(chat().status(), 200);
    std::set<std::string> shown;
    for (const auto& request : provider.seen()) shown.insert(authOf(request));
    EXPECT_EQ(shown, (std::set<std::string>{"Bearer sk-one", "Bearer sk-two"}));
    EXPECT_NE(stepsOf(record(2), "credential").find("Secret default/keys, Authorization"), std::string::npos);
}

TEST_F(Keys, ARefusedKeyGivesWayToTheNextForTheSameRequest) {
    for (const int status : {401, 402, 403, 429}) {
        Recorder provider([&](const Message& request) {
            return request.field("authorization") == "Bearer sk-bad" ? jsonAnswer(R"({"error":{"message":"no"}})", status) : jsonAnswer(kGptAnswer);
        });
        gateway.reset();
        serve(stageYaml(backend(openai(), provider.port()) + secret({{"Authorization", "sk-bad"}, {"Authorization-b", "sk-good"}})));
        for (int i = 0; i < 4; ++i) EXPECT_EQ(chat().status(), 200) << status;
        std::size_t bad = 0;
        for (const auto& request : provider.seen()) bad += authOf(request) == "Bearer sk-bad" ? 1 : 0;
        EXPECT_GE(bad, 1U);
        EXPECT_TRUE(status == 403 || bad == 1U) << "it cools down";
        const auto keys = providers()[0]["keys"];
        EXPECT_TRUE(status == 403 || keys[0]["state"] == "cooling down") << keys;
        EXPECT_TRUE(status == 403 || keys[0]["reason"].get<std::string>().find(std::to_string(status)) != std::string::npos);
        EXPECT_EQ(keys[1]["state"], "ready");
        bool told = false;
        EXPECT_TRUE(eventually([&] { return gateway->recentRequests(10).size() == 4; }));
        for (const auto& seen : gateway->recentRequests(10)) told = told || stepsOf(seen, "try").find("another key was tried") != std::string::npos;
        EXPECT_TRUE(told);
    }
}

TEST_F(Keys, TheOnlyKeyRefusedIsAFaultOfOursToTheClient) {
    Recorder provider([](const Message&) { return jsonAnswer(R"({"error":{"message":"Incorrect API key provided: sk-bad"}})", 401); });
    serve(stageYaml(backend(openai(), provider.port()) + secret({{"Authorization", "sk-bad"}})));
    const auto answer = chat();
    EXPECT_EQ(answer.status(), 502) << answer.body;
    EXPECT_EQ(Json::parse(answer.body)["error"]["message"], "The provider refused the gateway's key.");
    EXPECT_EQ(answer.body.find("sk-bad"), std::string::npos);
    EXPECT_EQ(record(1).error, "provider-key");
    EXPECT_EQ(record(1).errorSentence, "The provider refused Secret default/keys, Authorization with 401.");
}

TEST_F(Keys, ANewValueStartsAfreshAndAnEditElsewhereDoesNot) {
    Recorder provider([](const Message& request) {
        return request.field("authorization") == "Bearer sk-new" ? jsonAnswer(kGptAnswer) : jsonAnswer("{}", 401);
    });
    const auto yaml = [&](const char* value, const char* annotation) {
        return stageYaml(backend(openai(), provider.port(), annotation) + secret({{"Authorization", value}}));
    };
    serve(yaml("sk-old", "{}"));
    EXPECT_EQ(chat().status(), 502);
    EXPECT_EQ(providers()[0]["keys"][0]["state"], "cooling down");
    serve(yaml("sk-old", "{a: b}"));
    EXPECT_EQ(providers()[0]["keys"][0]["state"], "cooling down");
    serve(yaml("sk-new", "{a: b}"));
    EXPECT_EQ(providers()[0]["keys"][0]["state"], "ready");
    EXPECT_EQ(chat().status(), 200);
}

TEST_F(Keys, AServiceAccountsTokenIsFetchedShownAndRenewed) {
    std::atomic<int> tokens{0};
    Recorder issuer([&](const Message&) {
        return jsonAnswer(fmt::format(R"({{"access_token":"ya29.token-{}","expires_in":2}})", ++tokens));
    });
    Recorder provider([](const Message&) {
        return jsonAnswer(R"({"candidates":[{"content":{"role":"model","parts":[{"text":"Hello"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":1,"totalTokenCount":2}})");
    });
    const Json account = {{"type", "service_account"}, {"client_email", "bot@p.iam"}, {"private_key", Authority().issue("bot", KeyType::Rsa).keyPem}, {"token_uri", issuer.url("/token")}};
    serve(stageYaml(backend(vertex(), provider.port()) + secret({{"credentials.json", account.dump()}})));
    const auto answer = chat();
    ASSERT_EQ(answer.status(), 200) << answer.body << admin("/providers");
    EXPECT_EQ(authOf(provider.seen().front()).substr(0, 18), "Bearer ya29.token-");
    EXPECT_TRUE(issuer.seen().front().head.starts_with("POST /token "));
    EXPECT_TRUE(providers()[0]["keys"][0].contains("expires"));
    EXPECT_TRUE(eventually([&] { return tokens >= 2; })) << "renewed before its end";
    EXPECT_TRUE(eventually([&] {
        chat();
        return authOf(provider.seen().back()) != "Bearer ya29.token-1";
    }));
}

TEST_F(Keys, ATokenHoldsWhileItsIssuerIsDownAndThenThereIsAReason) {
    std::atomic<bool> up{true};
    Recorder issuer([&](const Message&) {
        return up ? jsonAnswer(R"({"access_token":"entra-token","expires_in":2})") : jsonAnswer(R"({"error":"temporarily_unavailable"})", 503);
    });
    Recorder provider([](const Message&) { return jsonAnswer(kGptAnswer); });
    const auto endpoint = fmt::format("{{gatehouse.dev/token-endpoint: \"{}\"}}", issuer.url("/tenant"));
    serve(stageYaml(backend(azure(), provider.port(), endpoint) + secret({{"tenantID", "t"}, {"clientID", "app"}, {"clientSecret", "entra-password"}})));
    ASSERT_EQ(chat().status(), 200);
    up = false;
    EXPECT_EQ(authOf(provider.seen().front()), "Bearer entra-token");
    EXPECT_EQ(provider.seen().front().field("api-key"), "");
    EXPECT_NE(issuer.seen().front().body.find("client_secret=entra-password"), std::string::npos);
    Message last;
    EXPECT_TRUE(eventually([&] {
        last = chat();
        return last.status() == 503;
    }));
    EXPECT_EQ(Json::parse(last.body)["error"]["message"], "The gateway has no valid credentials for the provider.");
    EXPECT_TRUE(eventually([&] { return gateway->recentRequests(1).front().error == "no-credentials"; }));
    EXPECT_NE(gateway->recentRequests(1).front().errorSentence.find("answered 503: temporarily_unavailable."), std::string::npos);
    EXPECT_EQ(providers()[0]["keys"][0]["state"], "without a token");
    up = true;
    EXPECT_TRUE(eventually([&] { return chat().status() == 200; })) << "it comes back by itself";
}

TEST_F(Keys, ARoleIsAssumedAndSignsWithItsOwnKeys) {
    Recorder sts([](const Message&) {
        return jsonAnswer("<r><Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>role-secret</SecretAccessKey><SessionToken>role-session"
                          "</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></r>");
    });
    Recorder provider([](const Message&) {
        return jsonAnswer(R"({"output":{"message":{"role":"assistant","content":[{"text":"Hello"}]}},"stopReason":"end_turn","usage":{"inputTokens":1,"outputTokens":1,"totalTokens":2}})");
    });
    const auto annotations = fmt::format("{{gatehouse.dev/token-endpoint: \"{}\", gatehouse.dev/aws-role: \"arn:aws:iam::1:role/r\"}}", sts.url());
    serve(stageYaml(backend(bedrock(), provider.port(), annotations) + secret({{"accessKey", "AKIABASE"}, {"secretKey", "base-secret"}})));
    const auto answer = chat();
    ASSERT_EQ(answer.status(), 200) << answer.body << admin("/providers");
    EXPECT_NE(authOf(sts.seen().front()).find("Credential=AKIABASE/"), std::string::npos);
    EXPECT_NE(sts.seen().front().body.find("RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr"), std::string::npos);
    EXPECT_NE(authOf(provider.seen().front()).find("Credential=ASIAROLE/"), std::string::npos);
    EXPECT_EQ(provider.seen().front().field("x-amz-security-token"), "role-session");
    EXPECT_EQ(providers()[0]["keys"][0]["name"], "role arn:aws:iam::1:role/r by Secret default/keys, accessKey");
}

TEST_F(Keys, AProfileOfTheToolsFilesSigns) {
    const auto folder = std::filesystem::temp_directory_path() / fmt::format("gatehouse-keys-{}", ::getpid());
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "credentials") << "[team]\naws_access_key_id=AKIATEAM\naws_secret_access_key=team-secret\n";
    ::setenv("AWS_SHARED_CREDENTIALS_FILE", (folder / "credentials").c_str(), 1);
    ::setenv("AWS_CONFIG_FILE", (folder / "none").c_str(), 1);
    Recorder provider([](const Message&) { return jsonAnswer("{}", 400); });
    serve(stageYaml(backend(bedrock(), provider.port()) + secret({{"profile", "team"}})));
    chat();
    ASSERT_FALSE(provider.seen().empty()) << admin("/providers");
    EXPECT_NE(authOf(provider.seen().front()).find("Credential=AKIATEAM/"), std::string::npos);
    ::unsetenv("AWS_SHARED_CREDENTIALS_FILE");
    ::unsetenv("AWS_CONFIG_FILE");
    std::filesystem::remove_all(folder);
}

TEST_F(Keys, ALayoutThatIsNotWholeIsToldBeforeARequestIs) {
    struct Case {
        std::string provider;
        Json values;
        const char* told;
    };
    for (const auto& [provider, values, told] :
         {Case{openai(), {{"token", "x"}}, "has no key Authorization"},
          Case{azure(), {{"clientID", "a"}, {"clientSecret", "b"}}, "An Entra application needs tenantID too."},
          Case{bedrock(), {{"accessKey", "a"}}, "accessKey has no secretKey beside it."},
          Case{bedrock(), {{"x", "a"}}, "holds no credentials: accessKey and secretKey, a profile, or Authorization."},
          Case{vertex(), {{"credentials.json", "{}"}}, "of a type that is not run"},
          Case{vertex(), {{"credentials.json", R"({"type":"service_account","client_email":"a","private_key":"secret-pem"})"}}, "no RSA key in PEM"}}) {
        serve(stageYaml(backend(provider, 9) + secret(values)));
        std::string all;
        for (const auto& finding : report.diagnostics) all += finding.message + "\n";
        EXPECT_NE(all.find(told), std::string::npos) << told << "\n" << all;
        EXPECT_EQ(all.find("secret-pem"), std::string::npos);
        EXPECT_EQ(chat().status(), 500);
    }
}

TEST_F(Keys, NoValueIsInAnythingThatPeopleRead) {
    Recorder issuer([](const Message&) { return jsonAnswer(R"({"access_token":"VALUE-token","expires_in":3600})"); });
    std::atomic<int> count{0};
    Recorder provider([&](const Message&) { return ++count % 2 == 0 ? jsonAnswer(R"({"error":{"message":"no"}})", 401) : jsonAnswer(kGptAnswer); });
    const auto endpoint = fmt::format("{{gatehouse.dev/token-endpoint: \"{}\"}}", issuer.url("/t"));
    ::testing::internal::CaptureStderr();
    serve(stageYaml(backend(azure(), provider.port(), endpoint) +
                    secret({{"Authorization", "VALUE-one"}, {"Authorization-b", "VALUE-two"}, {"tenantID", "t"}, {"clientID", "app"}, {"clientSecret", "VALUE-password"}})));
    for (int i = 0; i < 8; ++i) chat();
    streamedChat();
    record(9);
    std::string all;
    for (const auto* page : {"/providers", "/endpoints", "/requests?limit=100", "/config", "/metrics", "/limits", "/usage", "/pools"}) all += admin(page);
    for (const auto& finding : report.diagnostics) all += finding.message;
    route::ExplainRequest request;
    request.method = "POST";
    request.url = "http://a/v1/chat/completions";
    request.body = R"({"model":"gpt-4o","messages":[{"role":"user","content":"hi"}]})";
    request.headers.emplace_back("Content-Type", "application/json");
    const auto explained = gateway->explain(request);
    ASSERT_TRUE(explained);
    for (const auto& step : explained->steps) all += step.subject + step.detail;
    for (const auto& [name, value] : explained->forwardedHeaders) all += name + value;
    gateway.reset();
    all += ::testing::internal::GetCapturedStderr();
    EXPECT_GT(all.size(), 4000U);
    for (const auto* value : {"VALUE-one", "VALUE-two", "VALUE-password", "VALUE-token"}) EXPECT_EQ(all.find(value), std::string::npos) << value;
    EXPECT_NE(all.find("Secret default/keys, Authorization-b"), std::string::npos) << "keys are named";
    // What was really shown is not what was told.
    std::set<std::string> shown;
    for (const auto& seen : provider.seen()) shown.insert(authOf(seen) + seen.field("api-key"));
    EXPECT_GE(shown.size(), 2U);
}

}  // namespace
}  // namespace gatehouse::test
