// What recipes of several issuers share. Private to llm/. Thread: pure functions.
#pragma once

#include "llm/token_recipes.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::llm::recipes {

/// "" where it is not set.
std::string environment(const char* name);
/// Without what stands before the host and after it.
std::string hostOfUrl(std::string_view url);
/// "Content-Type: application/x-www-form-urlencoded", ...
const std::vector<std::string>& formHeaders();
/// access_token and expires_in (RFC 6749 section 5.1).
Result<Token> readOAuth(const std::string& issuer, int status, std::string_view body, base::WallTime now);
/// The answer of AssumeRole and AssumeRoleWithWebIdentity.
Result<Token> readAssumedRole(const std::string& issuer, int status, std::string_view xml);
/// The address of STS for a region.
std::string stsAddress(const std::string& region, const std::string& endpoint);
/// AssumeRole, signed.
TokenRequest askForRole(const AwsRole& role, const std::string& url, const AwsCredentials& keys, base::WallTime now);
/// The whole of a small file, without the white space at its end. Error `code`, with its path.
Result<secret::SecretValue> readSmallFile(const std::string& path, const char* code);

}  // namespace gatehouse::llm::recipes
