// Tokens that the place gives where the gateway runs: services of machines and issuers are played on loopback, by the clouds' published
// references. From YAML to what the provider is shown.
#include "base/ids.h"
#include "core/gateway/provider_stage.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

namespace gatehouse::test {
namespace {

using Json = nlohmann::json;

/// Variables of the environment, as they were before at the end.
class Variables {
  public:
    void set(const std::string& name, const std::string& value) {
        const char* old = std::getenv(name.c_str());
        before_.try_emplace(name, old != nullptr ? std::optional<std::string>(old) : std::nullopt);
        setenv(name.c_str(), value.c_str(), 1);
    }
    ~Variables() {
        for (const auto& [name, value] : before_) {
            if (value) setenv(name.c_str(), value->c_str(), 1);
            else unsetenv(name.c_str());
        }
    }

  private:
    std::map<std::string, std::optional<std::string>> before_;
};

const char* const kConverse =
    R"({"output":{"message":{"role":"assistant","content":[{"text":"Hello"}]}},"stopReason":"end_turn","usage":{"inputTokens":1,"outputTokens":1,"totalTokens":2}})";
const char* const kGemini =
    R"({"candidates":[{"content":{"role":"model","parts":[{"text":"Hello"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":1,"totalTokenCount":2}})";

std::string role(std::string_view key) {
    return fmt::format(R"(<R><AssumeRoleResult><Credentials><AccessKeyId>{}</AccessKeyId><SecretAccessKey>s</SecretAccessKey>)"
                       R"(<SessionToken>role-session</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></R>)", key);
}
std::string xml(const std::string& body) { return fmt::format("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: {}\r\n\r\n{}", body.size(), body); }
std::string plain(std::string_view body, int status = 200) { return fmt::format("HTTP/1.1 {} X\r\nContent-Length: {}\r\n\r\n{}", status, body.size(), body); }
std::string keys(std::string_view access) {
    return jsonAnswer(fmt::format(R"({{"Code":"Success","AccessKeyId":"{}","SecretAccessKey":"s","Token":"machine-session","Expiration":"2099-01-01T00:00:00Z"}})", access));
}

class Machine : public ProviderStage {
  protected:
    Machine() {
        // Nothing of the machine that the test runs on.
        for (const auto* name : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE",
                                 "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "GOOGLE_APPLICATION_CREDENTIALS",
                                 "AZURE_CLIENT_SECRET", "IDENTITY_ENDPOINT"})
            variables.set(name, "");
        folder = std::filesystem::temp_directory_path() / fmt::format("gatehouse-machine-{}", base::randomBits());
        std::filesystem::create_directories(folder);
        for (const auto* name : {"HOME", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"}) variables.set(name, (folder / "none").string());
    }
    ~Machine() override {
        gateway.reset();
        std::filesystem::remove_all(folder);
    }
    std::string write(const std::string& name, const std::string& text) {
        std::ofstream(folder / name) << text;
        return (folder / name).string();
    }
    static std::string backend(std::string_view provider, std::uint16_t at, std::string_view annotations = "gatehouse.dev/credentials: ambient") {
        return stageYaml(fmt::format("apiVersion: gateway.kgateway.dev/v1alpha1\nkind: Backend\nmetadata: {{name: ai, annotations: {{{}}}}}\n"
                                     "spec: {{type: AI, ai: {{llm: {{{}, host: 127.0.0.1, port: {}}}}}}}\n", annotations, provider, at));
    }
    static constexpr const char* kBedrock = "bedrock: {model: anthropic.claude-3, region: eu-west-1}";
    static constexpr const char* kVertex = "vertexai: {authToken: {kind: SecretRef, secretRef: {name: none}}, model: gemini-2.0-flash, apiVersion: v1, projectId: p, location: eu, publisher: GOOGLE}";
    static constexpr const char* kAzure = "azureopenai: {authToken: {kind: SecretRef, secretRef: {name: none}}, endpoint: x.openai.azure.com, deploymentName: gpt-4o, apiVersion: 2024-10-21}";
    /// Whose key signed it.
    static std::string signer(const Message& request) {
        const auto auth = request.field("authorization");
        const auto at = auth.find("Credential=");
        return at == std::string::npos ? auth : auth.substr(at + 11, auth.find('/', at) - at - 11);
    }

    Variables variables;
    std::filesystem::path folder;
};

TEST_F(Machine, AnInstancesRoleByImdsV2) {
    Recorder imds([](const Message& request) {
        if (request.head.starts_with("PUT /latest/api/token ")) return request.field("x-aws-ec2-metadata-token-ttl-seconds") == "21600" ? plain("session-1\n") : plain("", 400);
        if (request.field("x-aws-ec2-metadata-token") != "session-1") return plain("", 401);
        if (request.head.starts_with("GET /latest/meta-data/iam/security-credentials/ ")) return plain("web-role");
        if (request.head.starts_with("GET /latest/meta-data/iam/security-credentials/web-role ")) return keys("ASIAINSTANCE");
        return plain("", 404);
    });
    Recorder provider([](const Message&) { return jsonAnswer(kConverse); });
    variables.set("AWS_EC2_METADATA_SERVICE_ENDPOINT", imds.url(""));
    serve(backend(kBedrock, provider.port()));
    ASSERT_EQ(chat().status(), 200) << admin("/providers");
    EXPECT_EQ(signer(provider.seen().front()), "ASIAINSTANCE");
    EXPECT_EQ(provider.seen().front().field("x-amz-security-token"), "machine-session");
    EXPECT_EQ(providers()[0]["keys"][0]["name"], "AWS role of the instance");
    EXPECT_EQ(imds.seen().size(), 3U);
    EXPECT_EQ(admin("/providers").find("machine-session"), std::string::npos);
}

TEST_F(Machine, AnInstanceWithoutARoleSaysSo) {
    Recorder imds([](const Message& request) { return request.head.starts_with("PUT ") ? plain("session-1") : plain("", 404); });
    Recorder provider([](const Message&) { return jsonAnswer(kConverse); });
    variables.set("AWS_EC2_METADATA_SERVICE_ENDPOINT", imds.url(""));
    serve(backend(kBedrock, provider.port()));
    EXPECT_EQ(chat().status(), 503);
    EXPECT_TRUE(provider.seen().empty());
    EXPECT_NE(providers()[0]["keys"][0]["reason"].get<std::string>().find("the instance has no role"), std::string::npos);
}

TEST_F(Machine, ARoleThatIsAssumedWithTheInstances) {
    Recorder imds([](const Message& request) {
        if (request.head.starts_with("PUT ")) return plain("session-1");
        return request.head.find("/web-role ") == std::string::npos ? plain("web-role") : keys("ASIAINSTANCE");
    });
    Recorder sts([](const Message&) { return xml(role("ASIAROLE")); });
    Recorder provider([](const Message&) { return jsonAnswer(kConverse); });
    variables.set("AWS_EC2_METADATA_SERVICE_ENDPOINT", imds.url(""));
    variables.set("AWS_ENDPOINT_URL_STS", sts.url("/"));
    serve(backend(kBedrock, provider.port(), "gatehouse.dev/aws-role: 'arn:aws:iam::1:role/models'"));
    ASSERT_EQ(chat().status(), 200) << admin("/providers");
    EXPECT_EQ(signer(provider.seen().front()), "ASIAROLE");
    EXPECT_EQ(signer(sts.seen().front()), "ASIAINSTANCE");
    EXPECT_NE(sts.seen().front().body.find("Action=AssumeRole&"), std::string::npos);
}

TEST_F(Machine, AContainersCredentials) {
    Recorder service([](const Message& request) { return request.field("authorization") == "word" ? keys("ASIACONTAINER") : plain("", 403); });
    Recorder provider([](const Message&) { return jsonAnswer(kConverse); });
    variables.set("AWS_CONTAINER_CREDENTIALS_FULL_URI", service.url("/creds?x=1"));
    variables.set("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", write("word", "word\n"));
    serve(backend(kBedrock, provider.port()));
    ASSERT_EQ(chat().status(), 200) << admin("/providers");
    EXPECT_EQ(signer(provider.seen().front()), "ASIACONTAINER");
    EXPECT_TRUE(service.seen().front().head.starts_with("GET /creds?x=1 "));
    variables.set("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://evil.example/creds");
    gateway.reset();
    serve(backend(kBedrock, provider.port()));
    EXPECT_EQ(chat().status(), 500) << "keys are not asked for in clear of anybody";
}

TEST_F(Machine, AWebIdentityGoesBeforeTheMachine) {
    Recorder sts([](const Message&) { return xml(role("ASIAWEB")); });
    Recorder provider([](const Message&) { return jsonAnswer(kConverse); });
    variables.set("AWS_ENDPOINT_URL_STS", sts.url("/"));
    variables.set("AWS_ROLE_ARN", "arn:aws:iam::1:role/pod");
    variables.set("AWS_WEB_IDENTITY_TOKEN_FILE", write("token", "header.claims.signature\n"));
    variables.set("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:1");
    serve(backend(kBedrock, provider.port()));
    ASSERT_EQ(chat().status(), 200) << admin("/providers");
    EXPECT_EQ(signer(provider.seen().front()), "ASIAWEB");
    const auto asked = sts.seen().front();
    EXPECT_NE(asked.body.find("Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fpod&RoleSessionName=gatehouse&WebIdentityToken=header.claims.signature"),
              std::string::npos) << asked.body;
    EXPECT_EQ(asked.field("authorization"), "") << "its token is all that it shows";
}

TEST_F(Machine, GooglesMetadataServer) {
    Recorder server([](const Message& request) {
        return request.field("metadata-flavor") == "Google" ? jsonAnswer(R"({"access_token":"ya29.machine","expires_in":3599,"token_type":"Bearer"})") : plain("", 403);
    });
    Recorder provider([](const Message&) { return jsonAnswer(kGemini); });
    variables.set("GCE_METADATA_HOST", fmt::format("127.0.0.1:{}", server.port()));
    serve(backend(kVertex, provider.port()));
    ASSERT_EQ(chat().status(), 200) << admin("/providers");
    EXPECT_EQ(provider.seen().front().field("authorization"), "Bearer ya29.machine");
    EXPECT_TRUE(server.seen().front().head.starts_with("GET /computeMetadata/v1/instance/service-accounts/default/token "));
}

TEST_F(Machine, AFederatedIdentityOfGoogle) {
    Recorder issuer([](const Message& request) {
        if (request.head.starts_with("GET /subject")) return request.field("x-word") == "yes" ? jsonAnswer(R"({"id":"subject-token"})") : plain("", 403);
        if (request.head.starts_with("POST /v1/token")) return jsonAnswer(R"({"access_token":"federated","expires_in":3600})");
        return request.field("authorization") == "Bearer federated" ? jsonAnswer(R"({"accessToken":"ya29.account","expireTime":"2099-01-01T00:00:00Z"})") : plain("", 401);
    });
    Recorder provider([](const Message&) { return jsonAnswer(kGemini); });
    Json json = {{"type", "external_account"}, {"audience", "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q"},
                 {"subject_token_type", "urn:ietf:params:oauth:token-type:jwt"}, {"token_url", issuer.url("/v1/token")},
                 {"service_account_impersonation_url", issuer.url("/impersonate")},
                 {"credential_source", {{"url", issuer.url("/subject")}, {"headers", {{"X-Word", "yes"}}}, {"format", {{"type", "json"}, {"subject_token_field_name", "id"}}}}}};
    variables.set("GOOGLE_APPLICATION_CREDENTIALS", write("adc.json", json.dump()));
    serve(backend(kVertex, provider.port()));
    ASSERT_EQ(chat().status(), 200) << admin("/providers");
    EXPECT_EQ(provider.seen().front().field("authorization"), "Bearer ya29.account");
    const auto exchange = issuer.seen().at(1).body;
    EXPECT_NE(exchange.find("subject_token=subject-token"), std::string::npos) << exchange;
    EXPECT_NE(exchange.find("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"), std::string::npos);
    // From a file, without an account of its own.
    json.erase("service_account_impersonation_url");
    json["credential_source"] = {{"file", write("subject", "from-file\n")}};
    variables.set("GOOGLE_APPLICATION_CREDENTIALS", write("adc2.json", json.dump()));
    gateway.reset();
    serve(backend(kVertex, provider.port()));
    ASSERT_EQ(chat().status(), 200) << admin("/providers");
    EXPECT_EQ(provider.seen().back().field("authorization"), "Bearer federated");
    EXPECT_NE(issuer.seen().back().body.find("subject_token=from-file"), std::string::npos);
}

TEST_F(Machine, ABrokenFederatedIdentityIsToldWithTheConfiguration) {
    Recorder provider([](const Message&) { return jsonAnswer(kGemini); });
    for (const Json& json : {Json{{"type", "external_account"}}, Json{{"type", "external_account"}, {"audience", "a"}, {"subject_token_type", "t"}, {"token_url", "http://evil.example"}},
                             Json{{"type", "external_account"}, {"audience", "a"}, {"subject_token_type", "t"}, {"token_url", "https://sts.googleapis.com/v1/token"}, {"credential_source", {{"environment_id", "aws1"}}}}}) {
        variables.set("GOOGLE_APPLICATION_CREDENTIALS", write("adc.json", json.dump()));
        gateway.reset();
        serve(backend(kVertex, provider.port()));
        EXPECT_EQ(chat().status(), 500) << json;
    }
}

TEST_F(Machine, AzuresManagedIdentity) {
    Recorder imds([](const Message& request) {
        return request.field("metadata") == "true" ? jsonAnswer(R"({"access_token":"entra.machine","expires_in":"3599","token_type":"Bearer"})") : plain("", 400);
    });
    Recorder provider([](const Message&) { return jsonAnswer(kGptAnswer); });
    variables.set("AZURE_POD_IDENTITY_AUTHORITY_HOST", imds.url(""));
    variables.set("AZURE_CLIENT_ID", "app-1");
    serve(backend(kAzure, provider.port()));
    ASSERT_EQ(chat().status(), 200) << admin("/providers");
    EXPECT_EQ(provider.seen().front().field("authorization"), "Bearer entra.machine");
    EXPECT_TRUE(imds.seen().front().head.starts_with("GET /metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fcognitiveservices.azure.com&client_id=app-1 "))
        << imds.seen().front().head;
}

TEST_F(Machine, AzuresAppServiceSaysWhenItsTokenEnds) {
    Recorder service([](const Message& request) {
        return request.field("x-identity-header") == "word" ? jsonAnswer(R"({"access_token":"entra.app","expires_on":"4070908800","resource":"r"})") : plain("", 400);
    });
    Recorder provider([](const Message&) { return jsonAnswer(kGptAnswer); });
    variables.set("IDENTITY_ENDPOINT", service.url("/msi/token"));
    variables.set("IDENTITY_HEADER", "word");
    variables.set("AZURE_CLIENT_ID", "");
    serve(backend(kAzure, provider.port()));
    ASSERT_EQ(chat().status(), 200) << admin("/providers");
    EXPECT_EQ(provider.seen().front().field("authorization"), "Bearer entra.app");
    EXPECT_TRUE(service.seen().front().head.starts_with("GET /msi/token?api-version=2019-08-01&resource=")) << service.seen().front().head;
}

TEST_F(Machine, AzuresWorkloadIdentityOfAnAgentgatewayPolicy) {
    Recorder issuer([](const Message&) { return jsonAnswer(R"({"access_token":"entra.workload","expires_in":3599})"); });
    Recorder provider([](const Message&) { return jsonAnswer(kGptAnswer); });
    variables.set("AZURE_AUTHORITY_HOST", issuer.url(""));
    variables.set("AZURE_TENANT_ID", "tenant-1");
    variables.set("AZURE_CLIENT_ID", "app-1");
    variables.set("AZURE_FEDERATED_TOKEN_FILE", write("token", "a.b.c"));
    auto yaml = stageYaml(fmt::format("apiVersion: agentgateway.dev/v1alpha1\nkind: AgentgatewayBackend\nmetadata: {{name: ai}}\n"
                                      "spec: {{ai: {{provider: {{azureopenai: {{endpoint: x.openai.azure.com, deploymentName: d, apiVersion: 2024-10-21}}, host: 127.0.0.1, port: {}}}}}, "
                                      "policies: {{auth: {{azure: {{workloadIdentity: {{}}}}}}}}}}\n", provider.port()));
    constexpr std::string_view kUsual = "group: gateway.kgateway.dev, kind: Backend";
    yaml.replace(yaml.find(kUsual), kUsual.size(), "group: agentgateway.dev, kind: AgentgatewayBackend");
    serve(yaml);
    ASSERT_EQ(chat().status(), 200) << admin("/providers") << admin("/config");
    EXPECT_EQ(provider.seen().front().field("authorization"), "Bearer entra.workload");
    const auto asked = issuer.seen().front();
    EXPECT_TRUE(asked.head.starts_with("POST /tenant-1/oauth2/v2.0/token ")) << asked.head;
    EXPECT_NE(asked.body.find("client_assertion=a.b.c"), std::string::npos);
}

}  // namespace
}  // namespace gatehouse::test
