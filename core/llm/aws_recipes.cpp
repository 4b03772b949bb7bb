// AWS: keys of the environment, profiles of the tools' files, roles by STS. https://docs.aws.amazon.com/STS/latest/APIReference/
// API_AssumeRole.html; https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html.
#include "llm/dialect/chat.h"
#include "llm/recipe_parts.h"
#include "llm/sigv4.h"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <map>

namespace gatehouse::llm {
namespace {

using recipes::environment;

/// The text of the first element of that name; STS's answers nest none of equal names.
std::string elementText(std::string_view xml, std::string_view name) {
    const auto open = fmt::format("<{}>", name), close = fmt::format("</{}>", name);
    const auto begin = xml.find(open);
    if (begin == std::string_view::npos) return {};
    const auto end = xml.find(close, begin);
    if (end == std::string_view::npos) return {};
    auto text = std::string(xml.substr(begin + open.size(), end - begin - open.size()));
    for (const auto& [entity, plain] : {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}})
        for (std::size_t at = 0; (at = text.find(entity, at)) != std::string::npos; ++at) text.replace(at, std::string_view(entity).size(), plain);
    return text;
}

bool isWord(std::string_view text) {
    return !text.empty() && text.size() <= 60 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.'; });
}

}  // namespace

std::string recipes::environment(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

Result<Token> recipes::readAssumedRole(const std::string& issuer, int status, std::string_view xml) {
    if (status != 200) {
        const auto code = elementText(xml, "Code");
        return fail("token", fmt::format("{} answered {}{}.", issuer, status, isWord(code) ? ": " + code : std::string()));
    }
    auto keys = std::make_shared<AwsCredentials>();
    keys->accessKey = secret::SecretValue(elementText(xml, "AccessKeyId"));
    keys->secretKey = secret::SecretValue(elementText(xml, "SecretAccessKey"));
    keys->sessionToken = secret::SecretValue(elementText(xml, "SessionToken"));
    const auto ends = secondsOf(elementText(xml, "Expiration"));
    if (keys->accessKey.empty() || keys->secretKey.empty() || keys->sessionToken.empty() || ends <= 0)
        return fail("token", fmt::format("{} answered without a token.", issuer));
    Token token;
    token.aws = std::move(keys);
    token.expires = base::WallTime(std::chrono::seconds(ends));
    return token;
}

namespace {

TokenRequest signedRequest(const std::string& url, std::string form, const AwsCredentials& keys, const std::string& region, base::WallTime now) {
    const auto scheme = url.find("://") + 3;
    const auto slash = std::min(url.find('/', scheme), url.size());
    const auto host = url.substr(scheme, slash - scheme);
    const auto path = slash < url.size() ? url.substr(slash) : std::string("/");
    const auto stamp = sigv4::stampOf(now);
    constexpr char kType[] = "application/x-www-form-urlencoded; charset=utf-8";
    TokenRequest out;
    sigv4::Request request{"POST", path, "", {{"content-type", kType}, {"host", host}, {"x-amz-date", stamp}}, form};
    out.headers = {fmt::format("Content-Type: {}", kType), fmt::format("X-Amz-Date: {}", stamp)};
    if (!keys.sessionToken.empty()) {
        request.headers.emplace_back("x-amz-security-token", keys.sessionToken.reveal());
        out.headers.push_back(fmt::format("X-Amz-Security-Token: {}", keys.sessionToken.reveal()));
    }
    out.headers.push_back("Authorization: " + sigv4::authorization(request, keys, region, "sts", stamp));
    out.url = url;
    out.body = secret::SecretValue(std::move(form));
    return out;
}

using Section = std::map<std::string, std::string>;

std::string trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1));
}

/// Adds what one file says of a profile. Nested settings (indented lines) are none of a provider's business.
void readSection(const std::string& path, const std::string& header, const std::string& otherHeader, Section& out, bool& found) {
    std::ifstream file(path);
    bool inside = false;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#' || line.front() == ';' || line.front() == ' ' || line.front() == '\t') continue;
        if (line.front() == '[') {
            const auto name = trimmed(std::string_view(line).substr(1, line.find(']') - 1));
            inside = name == header || name == otherHeader;
            found = found || inside;
            continue;
        }
        const auto equals = line.find('=');
        if (inside && equals != std::string::npos) out.emplace(trimmed(std::string_view(line).substr(0, equals)), trimmed(std::string_view(line).substr(equals + 1)));
    }
}

std::string fileOf(const char* variable, const char* name) {
    const auto given = environment(variable);
    return given.empty() ? fmt::format("{}/.aws/{}", environment("HOME"), name) : given;
}

}  // namespace

Result<AwsCredentials> awsKeysOfEnvironment() {
    AwsCredentials keys{secret::SecretValue(environment("AWS_ACCESS_KEY_ID")), secret::SecretValue(environment("AWS_SECRET_ACCESS_KEY")),
                        secret::SecretValue(environment("AWS_SESSION_TOKEN"))};
    if (keys.accessKey.empty() || keys.secretKey.empty())
        return fail("aws-credentials", "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set.");
    return keys;
}

std::string awsProfileName() {
    const auto given = environment("AWS_PROFILE");
    return given.empty() ? "default" : given;
}

Result<AwsProfile> readAwsProfile(const std::string& name) {
    Section section;
    bool found = false;
    // The credentials' file wins, as with the tools.
    readSection(fileOf("AWS_SHARED_CREDENTIALS_FILE", "credentials"), name, name, section, found);
    readSection(fileOf("AWS_CONFIG_FILE", "config"), "profile " + name, name == "default" ? name : "profile " + name, section, found);
    if (!found) return fail("aws-profile", fmt::format("There is no AWS profile {}.", name));
    AwsProfile out;
    out.region = section["region"];
    const auto& access = section["aws_access_key_id"];
    const auto& secret = section["aws_secret_access_key"];
    if (!access.empty() && !secret.empty())
        out.keys = AwsCredentials{secret::SecretValue(access), secret::SecretValue(secret), secret::SecretValue(section["aws_session_token"])};
    if (const auto& arn = section["role_arn"]; !arn.empty()) {
        out.role.emplace();
        out.role->arn = arn;
        out.role->externalId = secret::SecretValue(section["external_id"]);
        if (!section["role_session_name"].empty()) out.role->sessionName = section["role_session_name"];
        out.sourceProfile = section["source_profile"];
        out.sourceEnvironment = section["credential_source"] == "Environment";
    }
    if (!out.keys && !out.role) return fail("aws-profile", fmt::format("The AWS profile {} holds neither keys nor a role.", name));
    return out;
}

Result<AwsCredentials> awsKeysOfProfile(const std::string& name) {
    auto profile = readAwsProfile(name);
    if (!profile) return tl::unexpected(profile.error());
    if (!profile->keys) return fail("aws-profile", fmt::format("The AWS profile {} has no keys of its own.", name));
    return std::move(*profile->keys);
}

std::string recipes::stsAddress(const std::string& region, const std::string& endpoint) {
    auto url = endpoint.empty() ? environment("AWS_ENDPOINT_URL_STS") : endpoint;
    if (url.empty()) url = fmt::format("https://sts.{}.amazonaws.com{}/", region, region.starts_with("cn-") ? ".cn" : "");
    return url;
}

TokenRequest recipes::askForRole(const AwsRole& role, const std::string& url, const AwsCredentials& keys, base::WallTime now) {
    std::string form;
    addFormField(form, "Action", "AssumeRole");
    addFormField(form, "Version", "2011-06-15");
    addFormField(form, "RoleArn", role.arn);
    addFormField(form, "RoleSessionName", role.sessionName);
    if (!role.externalId.empty()) addFormField(form, "ExternalId", role.externalId.reveal());
    for (std::size_t i = 0; i < role.tags.size(); ++i) {
        addFormField(form, fmt::format("Tags.member.{}.Key", i + 1), role.tags[i].first);
        addFormField(form, fmt::format("Tags.member.{}.Value", i + 1), role.tags[i].second);
    }
    return signedRequest(url, std::move(form), keys, role.region, now);
}

Result<TokenRecipe> assumeRoleRecipe(AwsRole role, AwsKeysFrom with) {
    if (!role.arn.starts_with("arn:")) return fail("aws-role", "The AWS role is no ARN.");
    const auto url = recipes::stsAddress(role.region, role.endpoint);
    if (!mayBeTokenEndpoint(url)) return fail("aws-role", "The address of AWS STS is not https.");
    const auto scheme = url.find("://") + 3;
    TokenRecipe recipe;
    recipe.issuer = url.substr(scheme, url.find('/', scheme) - scheme);
    auto shared = std::make_shared<const AwsRole>(std::move(role));
    recipe.request = [shared, with = std::move(with), url](base::WallTime now) -> Result<TokenRequest> {
        const auto keys = with();
        if (!keys) return tl::unexpected(keys.error());
        return recipes::askForRole(*shared, url, *keys, now);
    };
    recipe.read = [issuer = recipe.issuer](int status, std::string_view body, base::WallTime) { return recipes::readAssumedRole(issuer, status, body); };
    return recipe;
}

Result<TokenRecipe> awsProfileRecipe(const std::string& name, const std::string& region, const std::string& endpoint) {
    auto profile = readAwsProfile(name);
    if (!profile) return tl::unexpected(profile.error());
    if (profile->role && !profile->keys) {
        profile->role->region = region.empty() ? profile->region : region;
        profile->role->endpoint = endpoint;
        if (profile->sourceEnvironment) return assumeRoleRecipe(std::move(*profile->role), awsKeysOfEnvironment);
        if (profile->sourceProfile.empty())
            return fail("aws-profile", fmt::format("The AWS profile {} names a role and no source_profile that assumes it.", name));
        return assumeRoleRecipe(std::move(*profile->role), [source = profile->sourceProfile] { return awsKeysOfProfile(source); });
    }
    TokenRecipe recipe;
    recipe.issuer = "the AWS profile";
    recipe.local = [name](base::WallTime) -> Result<Token> {
        auto keys = awsKeysOfProfile(name);
        if (!keys) return tl::unexpected(keys.error());
        Token token;
        token.aws = std::make_shared<const AwsCredentials>(std::move(*keys));
        return token;
    };
    return recipe;
}

}  // namespace gatehouse::llm
