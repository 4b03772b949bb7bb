// What is asked of issuers of tokens, and what is made of their answers: Google, Entra, AWS. Nobody is really asked.
#include "core/net/certificates.h"
#include "filter/encoding.h"
#include "llm/sigv4.h"
#include "llm/token_recipes.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace gatehouse::llm {
namespace {

using Json = nlohmann::json;
using namespace std::chrono_literals;
const base::WallTime kNow = base::WallTime(std::chrono::seconds(1'790'000'000));

struct RsaKey {
    RsaKey() : key(EVP_RSA_gen(2048)) {}
    ~RsaKey() { EVP_PKEY_free(key); }
    std::string pem() const { return test::Authority::keyPem(key); }
    bool signedIt(std::string_view text, std::string_view signature) const {
        auto* context = EVP_MD_CTX_new();
        EVP_DigestVerifyInit(context, nullptr, EVP_sha256(), nullptr, key);
        const int good = EVP_DigestVerify(context, reinterpret_cast<const unsigned char*>(signature.data()), signature.size(),
                                          reinterpret_cast<const unsigned char*>(text.data()), text.size());
        EVP_MD_CTX_free(context);
        return good == 1;
    }
    EVP_PKEY* key;
};

std::string formField(std::string_view form, std::string_view name) {
    for (std::size_t at = 0; at < form.size();) {
        const auto end = std::min(form.find('&', at), form.size());
        const auto part = form.substr(at, end - at);
        if (part.starts_with(std::string(name) + "=")) {
            std::string out;
            for (std::size_t i = name.size() + 1; i < part.size(); ++i) {
                if (part[i] != '%') {
                    out += part[i];
                    continue;
                }
                out += static_cast<char>(std::stoi(std::string(part.substr(i + 1, 2)), nullptr, 16));
                i += 2;
            }
            return out;
        }
        at = end + 1;
    }
    return "(absent)";
}

/// A variable for one test.
class Variable {
  public:
    Variable(const char* name, const std::string& value) : name_(name) { ::setenv(name, value.c_str(), 1); }
    ~Variable() { ::unsetenv(name_); }

  private:
    const char* name_;
};

Json serviceAccount(const RsaKey& key) {
    return {{"type", "service_account"}, {"client_email", "bot@project.iam.gserviceaccount.com"}, {"private_key", key.pem()}, {"private_key_id", "k1"},
            {"token_uri", "https://oauth2.googleapis.com/token"}};
}

TEST(GoogleRecipe, AsksWithASignedAssertion) {
    const RsaKey key;
    const auto recipe = googleRecipe(secret::SecretValue(serviceAccount(key).dump()));
    ASSERT_TRUE(recipe) << recipe.error().message;
    EXPECT_EQ(recipe->issuer, "oauth2.googleapis.com");
    const auto request = recipe->request(kNow);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->url, "https://oauth2.googleapis.com/token");
    const auto form = std::string(request->body.reveal());
    EXPECT_EQ(formField(form, "grant_type"), "urn:ietf:params:oauth:grant-type:jwt-bearer");
    const auto jwt = formField(form, "assertion");
    const auto dot = jwt.rfind('.');
    EXPECT_TRUE(key.signedIt(jwt.substr(0, dot), *filter::fromBase64Url(jwt.substr(dot + 1))));
    const auto head = Json::parse(*filter::fromBase64Url(jwt.substr(0, jwt.find('.'))));
    EXPECT_EQ(head, Json({{"alg", "RS256"}, {"typ", "JWT"}, {"kid", "k1"}}));
    const auto first = jwt.find('.') + 1;
    const auto claims = Json::parse(*filter::fromBase64Url(jwt.substr(first, dot - first)));
    EXPECT_EQ(claims["iss"], "bot@project.iam.gserviceaccount.com");
    EXPECT_EQ(claims["aud"], "https://oauth2.googleapis.com/token");
    EXPECT_EQ(claims["scope"], kGoogleScope);
    EXPECT_EQ(claims["iat"], 1'790'000'000);
    EXPECT_EQ(claims["exp"], 1'790'003'600);
}

TEST(GoogleRecipe, ReadsTheTokenAndTellsOfErrorsTheirWordAlone) {
    const RsaKey key;
    const auto recipe = googleRecipe(secret::SecretValue(serviceAccount(key).dump()), "http://127.0.0.1:1/token");
    ASSERT_TRUE(recipe) << recipe.error().message;
    const auto token = recipe->read(200, R"({"access_token":"ya29.x","expires_in":3599,"token_type":"Bearer"})", kNow);
    ASSERT_TRUE(token);
    EXPECT_EQ(token->bearer.reveal(), "ya29.x");
    EXPECT_EQ(token->expires, kNow + 3599s);
    struct Case {
        int status;
        const char* body;
        const char* told;
    };
    for (const auto& [status, body, told] :
         {Case{400, R"({"error":"invalid_grant","error_description":"bad ya29.x"})", "127.0.0.1:1 answered 400: invalid_grant."},
          Case{500, "<html>ya29.x</html>", "127.0.0.1:1 answered 500."},
          Case{400, R"({"error":"Bearer ya29.x"})", "127.0.0.1:1 answered 400."},
          Case{200, "{}", "127.0.0.1:1 answered without a token."},
          Case{200, R"({"access_token":7})", "127.0.0.1:1 answered without a token."},
          Case{200, R"({"access_token":"a","expires_in":0})", "127.0.0.1:1 answered without a token that lasts."},
          Case{200, R"({"access_token":"a","expires_in":-5})", "127.0.0.1:1 answered without a token that lasts."}}) {
        const auto read = recipe->read(status, body, kNow);
        ASSERT_FALSE(read) << body;
        EXPECT_EQ(read.error().message, told);
    }
}

TEST(GoogleRecipe, RefusesWhatIsNoCredential) {
    const RsaKey key;
    const auto without = [&](const char* field) {
        auto json = serviceAccount(key);
        json.erase(field);
        return json.dump();
    };
    const auto with = [&](const char* field, const std::string& value) {
        auto json = serviceAccount(key);
        json[field] = value;
        return json.dump();
    };
    for (const auto& [json, told] : std::vector<std::pair<std::string, std::string>>{
             {"{", "no JSON object"},
             {"[]", "no JSON object"},
             {without("client_email"), "has no client_email"},
             {without("private_key"), "has no private_key"},
             {without("type"), "of a type that is not run"},
             {with("type", "external_account"), "has no audience"},
             {with("type", "external_account_authorized_user"), "of a type that is not run"},
             {with("private_key", "hello"), "no RSA key in PEM"},
             {with("token_uri", "http://example.com/token"), "is not https"},
             {R"({"type":"authorized_user","client_id":"c"})", "has no client_secret"}}) {
        const auto recipe = googleRecipe(secret::SecretValue(json));
        ASSERT_FALSE(recipe) << told;
        EXPECT_NE(recipe.error().message.find(told), std::string::npos) << recipe.error().message;
    }
}

TEST(GoogleRecipe, AsksForAUserWithTheRefreshToken) {
    const auto recipe = googleRecipe(secret::SecretValue(R"({"type":"authorized_user","client_id":"c","client_secret":"s&","refresh_token":"r"})"));
    ASSERT_TRUE(recipe) << recipe.error().message;
    const auto request = recipe->request(kNow);
    EXPECT_EQ(request->body.reveal(), "grant_type=refresh_token&client_id=c&client_secret=s%26&refresh_token=r");
}

TEST(EntraRecipe, AsksTheTenantsEndpoint) {
    EntraClient client{secret::SecretValue("contoso.onmicrosoft.com"), secret::SecretValue("app"), secret::SecretValue("p~w"), kEntraScope, {}};
    const auto recipe = entraRecipe(client);
    ASSERT_TRUE(recipe) << recipe.error().message;
    const auto request = recipe->request(kNow);
    EXPECT_EQ(request->url, "https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/token");
    EXPECT_EQ(request->body.reveal(), "grant_type=client_credentials&client_id=app&client_secret=p~w&scope=https%3A%2F%2Fcognitiveservices.azure.com%2F.default");
    EXPECT_EQ(recipe->read(200, R"({"access_token":"t","expires_in":"3599"})", kNow)->expires, kNow + 3599s);
    {
        const Variable authority("AZURE_AUTHORITY_HOST", "https://login.microsoftonline.us/");
        EXPECT_EQ(entraRecipe(client)->request(kNow)->url, "https://login.microsoftonline.us/contoso.onmicrosoft.com/oauth2/v2.0/token");
    }
    client.tenant = secret::SecretValue("a/b?c");
    EXPECT_FALSE(entraRecipe(client));
    client.tenant = secret::SecretValue("t");
    client.password = {};
    EXPECT_FALSE(entraRecipe(client));
}

TEST(TokenEndpoints, AreHttpsOrThisMachine) {
    for (const auto* good : {"https://a.test/x", "http://127.0.0.1:9/t", "http://localhost:9", "http://[::1]:80/"}) EXPECT_TRUE(mayBeTokenEndpoint(good)) << good;
    for (const auto* bad : {"http://a.test", "ftp://a", "", "https://", "https://u@a.test", "http://localhost.evil.test/", "https://a b"})
        EXPECT_FALSE(mayBeTokenEndpoint(bad)) << bad;
}

AwsCredentials awsKeys() { return {secret::SecretValue("AKIDEXAMPLE"), secret::SecretValue("wJalr"), secret::SecretValue()}; }

TEST(AssumeRole, IsSignedForSts) {
    AwsRole role;
    role.arn = "arn:aws:iam::123456789012:role/bedrock";
    role.region = "eu-central-1";
    role.externalId = secret::SecretValue("x id");
    role.tags = {{"team", "a&b"}};
    const auto recipe = assumeRoleRecipe(role, []() -> Result<AwsCredentials> { return awsKeys(); });
    ASSERT_TRUE(recipe) << recipe.error().message;
    EXPECT_EQ(recipe->issuer, "sts.eu-central-1.amazonaws.com");
    const auto request = recipe->request(kNow);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->url, "https://sts.eu-central-1.amazonaws.com/");
    const auto body = std::string(request->body.reveal());
    EXPECT_EQ(body, "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fbedrock&RoleSessionName=gatehouse"
                    "&ExternalId=x%20id&Tags.member.1.Key=team&Tags.member.1.Value=a%26b");
    const auto stamp = sigv4::stampOf(kNow);
    const sigv4::Request same{"POST", "/", "",
                              {{"content-type", "application/x-www-form-urlencoded; charset=utf-8"}, {"host", "sts.eu-central-1.amazonaws.com"}, {"x-amz-date", stamp}},
                              body};
    EXPECT_EQ(request->headers.back(), "Authorization: " + sigv4::authorization(same, awsKeys(), "eu-central-1", "sts", stamp));
}

TEST(AssumeRole, ReadsTheKeysOfTheAnswer) {
    AwsRole role;
    role.arn = "arn:aws:iam::1:role/r";
    const auto recipe = assumeRoleRecipe(role, []() -> Result<AwsCredentials> { return awsKeys(); });
    const auto token = recipe->read(200, R"(<AssumeRoleResponse><AssumeRoleResult><AssumedRoleUser><Arn>a</Arn></AssumedRoleUser><Credentials>
        <AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>s/k+&amp;</SecretAccessKey><SessionToken>tok==</SessionToken>
        <Expiration>2026-11-23T20:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>)", kNow);
    ASSERT_TRUE(token) << token.error().message;
    EXPECT_EQ(token->aws->accessKey.reveal(), "ASIA1");
    EXPECT_EQ(token->aws->secretKey.reveal(), "s/k+&");
    EXPECT_EQ(token->aws->sessionToken.reveal(), "tok==");
    EXPECT_EQ(base::formatRfc3339(token->expires), "2026-11-23T20:00:00.000Z");
    EXPECT_EQ(recipe->read(403, "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not you</Message></Error></ErrorResponse>", kNow).error().message,
              "sts.us-east-1.amazonaws.com answered 403: AccessDenied.");
    EXPECT_FALSE(recipe->read(200, "<AccessKeyId>only</AccessKeyId>", kNow));
    role.arn = "bedrock";
    EXPECT_FALSE(assumeRoleRecipe(role, []() -> Result<AwsCredentials> { return awsKeys(); }));
}

class AwsFiles : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() / ("gatehouse-aws-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_);
        std::ofstream(folder_ / "credentials") << "# comment\n[default]\naws_access_key_id = AKD\naws_secret_access_key=SKD\n\n[session]\n"
                                                  "aws_access_key_id=AKS\naws_secret_access_key=SKS\naws_session_token=TS\n[half]\naws_access_key_id=x\n";
        std::ofstream(folder_ / "config") << "[default]\nregion=eu-west-1\ns3 =\n  max = 1\n[profile roled]\nrole_arn=arn:aws:iam::1:role/r\nsource_profile=session\n"
                                             "external_id=e\nrole_session_name=me\nregion=eu-west-3\n[profile lost]\nrole_arn=arn:aws:iam::1:role/r\n";
        credentials_.emplace("AWS_SHARED_CREDENTIALS_FILE", (folder_ / "credentials").string());
        config_.emplace("AWS_CONFIG_FILE", (folder_ / "config").string());
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    std::filesystem::path folder_;
    std::optional<Variable> credentials_, config_;
};

TEST_F(AwsFiles, GiveTheKeysOfAProfile) {
    const auto byDefault = readAwsProfile("default");
    ASSERT_TRUE(byDefault);
    EXPECT_EQ(byDefault->keys->accessKey.reveal(), "AKD");
    EXPECT_EQ(byDefault->region, "eu-west-1");
    const auto recipe = awsProfileRecipe("session", "us-east-1");
    ASSERT_TRUE(recipe);
    const auto token = recipe->local(kNow);
    ASSERT_TRUE(token);
    EXPECT_EQ(token->aws->sessionToken.reveal(), "TS");
    EXPECT_EQ(token->expires, base::WallTime::max());
}

TEST_F(AwsFiles, GiveTheRoleOfAProfileAndWhoAssumesIt) {
    const auto recipe = awsProfileRecipe("roled", "");
    ASSERT_TRUE(recipe) << recipe.error().message;
    const auto request = recipe->request(kNow);
    ASSERT_TRUE(request) << request.error().message;
    EXPECT_EQ(request->url, "https://sts.eu-west-3.amazonaws.com/");
    EXPECT_NE(request->body.reveal().find("RoleSessionName=me&ExternalId=e"), std::string_view::npos);
    EXPECT_NE(request->headers.back().find("Credential=AKS/"), std::string::npos);
    EXPECT_NE(request->headers.back().find("x-amz-security-token"), std::string::npos);
}

TEST_F(AwsFiles, TellWhatIsMissing) {
    EXPECT_EQ(awsProfileRecipe("nobody", "").error().message, "There is no AWS profile nobody.");
    EXPECT_EQ(awsProfileRecipe("half", "").error().message, "The AWS profile half holds neither keys nor a role.");
    EXPECT_EQ(awsProfileRecipe("lost", "").error().message, "The AWS profile lost names a role and no source_profile that assumes it.");
    EXPECT_EQ(awsProfileName(), "default");
    const Variable profile("AWS_PROFILE", "session");
    EXPECT_EQ(awsProfileName(), "session");
}

}  // namespace
}  // namespace gatehouse::llm
