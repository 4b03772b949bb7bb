// Recipes for tokens: Google service accounts and users (JWT, RFC 7523; refresh tokens, RFC 6749 section 6), Entra client
// credentials (RFC 6749 section 4.4), roles of AWS (STS AssumeRole, signed), profiles of the AWS tools' files.
// Thread: pure functions; what they make runs on the fetcher's thread. No sentence of theirs names a value.
#pragma once

#include "llm/token_source.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::llm {

inline constexpr char kGoogleScope[] = "https://www.googleapis.com/auth/cloud-platform";
inline constexpr char kEntraScope[] = "https://cognitiveservices.azure.com/.default";

/// Does the address lead to this machine?
bool isLoopback(std::string_view url);
/// True for https, and for http to this machine alone.
bool mayBeTokenEndpoint(std::string_view url);

/// Adds a field to an application/x-www-form-urlencoded body.
void addFormField(std::string& form, std::string_view name, std::string_view value);

/// A credential as Google's tools write it: "service_account" or "authorized_user". `endpoint`: in place of its token_uri.
/// Errors: "google-credential" with what is missing.
Result<TokenRecipe> googleRecipe(const secret::SecretValue& json, const std::string& endpoint = {});
/// header.claims.signature of a service account (RS256), exposed for tests.
Result<std::string> signJwt(std::string_view privateKeyPem, std::string_view keyId, std::string_view claims);

struct EntraClient {
    secret::SecretValue tenant, client, password;
    std::string scope = kEntraScope;
    std::string endpoint;  ///< The whole address; empty: of AZURE_AUTHORITY_HOST, else login.microsoftonline.com.
};
Result<TokenRecipe> entraRecipe(EntraClient client);

struct AwsRole {
    std::string arn;
    std::string sessionName = "gatehouse";
    secret::SecretValue externalId;
    std::string region = "us-east-1";
    std::vector<std::pair<std::string, std::string>> tags;
    std::string endpoint;  ///< Empty: of AWS_ENDPOINT_URL_STS, else the region's.
};
using AwsKeysFrom = std::function<Result<AwsCredentials>()>;
/// Temporary keys of a role, asked for with others. Errors: "aws-role" for what is no ARN.
Result<TokenRecipe> assumeRoleRecipe(AwsRole role, AwsKeysFrom with);

/// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN; error "aws-credentials": they are not set.
Result<AwsCredentials> awsKeysOfEnvironment();

/// One profile of ~/.aws/credentials and ~/.aws/config (or AWS_SHARED_CREDENTIALS_FILE, AWS_CONFIG_FILE).
struct AwsProfile {
    std::optional<AwsCredentials> keys;
    std::optional<AwsRole> role;   ///< role_arn
    std::string sourceProfile;     ///< Whose keys assume it.
    bool sourceEnvironment = false;
    std::string region;
};
Result<AwsProfile> readAwsProfile(const std::string& name);
/// The keys of a profile that has its own; roles do not nest here.
Result<AwsCredentials> awsKeysOfProfile(const std::string& name);
/// AWS_PROFILE, else "default".
std::string awsProfileName();
/// Keys of the profile's own, or of the role that it assumes; the files are read anew each time.
Result<TokenRecipe> awsProfileRecipe(const std::string& name, const std::string& region, const std::string& endpoint = {});

}  // namespace gatehouse::llm
