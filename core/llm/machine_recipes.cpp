// AWS and Azure; Google's are in google_machine_recipes.cpp.
#include "llm/machine_recipes.h"

#include "llm/dialect/chat.h"
#include "llm/recipe_parts.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace gatehouse::llm {
namespace {

using recipes::environment;
using recipes::hostOfUrl;

constexpr char kInstanceService[] = "http://169.254.169.254";
constexpr char kContainerService[] = "http://169.254.170.2";
constexpr std::size_t kLongestFile = 64 * 1024;

/// What a machine says of who made it.
bool madeBy(const char* fact, std::string_view maker) {
    std::ifstream file(fmt::format("/sys/devices/virtual/dmi/id/{}", fact));
    std::string line;
    return std::getline(file, line) && line.starts_with(maker);
}

std::string memberText(const Json& json, const char* name) {
    return json.is_object() && json.contains(name) && json[name].is_string() ? json[name].get<std::string>() : std::string();
}

std::string withoutSlash(std::string url) {
    while (url.ends_with('/')) url.pop_back();
    return url;
}

/// Of AWS's services of containers and instances: {"AccessKeyId", "SecretAccessKey", "Token", "Expiration"}.
Result<Token> readKeys(const std::string& issuer, int status, std::string_view body) {
    if (status != 200) return fail("token", fmt::format("{} answered {}.", issuer, status));
    const auto json = Json::parse(body, nullptr, false);
    auto keys = std::make_shared<AwsCredentials>();
    keys->accessKey = secret::SecretValue(memberText(json, "AccessKeyId"));
    keys->secretKey = secret::SecretValue(memberText(json, "SecretAccessKey"));
    keys->sessionToken = secret::SecretValue(memberText(json, "Token"));
    if (keys->accessKey.empty() || keys->secretKey.empty()) return fail("token", fmt::format("{} answered without keys.", issuer));
    Token token;
    token.aws = std::move(keys);
    if (const auto ends = memberText(json, "Expiration"); !ends.empty()) {
        const auto seconds = secondsOf(ends);
        if (seconds <= 0) return fail("token", fmt::format("{} answered with keys that end at no time that can be read.", issuer));
        token.expires = base::WallTime(std::chrono::seconds(seconds));
    }
    return token;
}

/// Those that the SDKs allow without TLS: this machine, and the services of ECS and EKS.
bool mayBeContainerService(std::string_view url) {
    if (mayBeTokenEndpoint(url)) return true;
    for (const auto* host : {"http://169.254.170.2", "http://169.254.170.23", "http://[fd00:ec2::23]"})
        if (url.starts_with(host) && (url.size() == std::string_view(host).size() || url[std::string_view(host).size()] == '/' || url[std::string_view(host).size()] == ':'))
            return true;
    return false;
}

/// A plain word of a path, such as the name of a role; whatever else a machine answers is not put into an address.
bool isPathWord(std::string_view text) {
    return !text.empty() && text.size() <= 128 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("+=,.@_-").find(c) != std::string_view::npos;
    });
}

std::string_view firstLine(std::string_view text) {
    text = text.substr(0, text.find_first_of("\r\n"));
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

/// What the questions to an instance's service have learned so far.
struct InstanceWay {
    enum class Step : std::uint8_t { Session, Role, Keys } step = Step::Session;
    std::string session;  ///< As a header.
};

}  // namespace

Result<secret::SecretValue> recipes::readSmallFile(const std::string& path, const char* code) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(code, fmt::format("{} cannot be read.", path));
    std::string text(kLongestFile + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) text.pop_back();
    if (text.empty() || text.size() > kLongestFile) return fail(code, fmt::format("{} holds no token.", path));
    return secret::SecretValue(std::move(text));
}

bool inAwsContainer() { return !environment("AWS_CONTAINER_CREDENTIALS_FULL_URI").empty() || !environment("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI").empty(); }

bool onAwsInstance() {
    if (environment("AWS_EC2_METADATA_DISABLED") == "true") return false;
    return !environment("AWS_EC2_METADATA_SERVICE_ENDPOINT").empty() || madeBy("sys_vendor", "Amazon EC2");
}

bool hasAwsWebIdentity() { return !environment("AWS_ROLE_ARN").empty() && !environment("AWS_WEB_IDENTITY_TOKEN_FILE").empty(); }

bool hasAzureWorkload() {
    return !environment("AZURE_CLIENT_ID").empty() && !environment("AZURE_TENANT_ID").empty() && !environment("AZURE_FEDERATED_TOKEN_FILE").empty();
}

bool onAzureMachine() {
    return !environment("IDENTITY_ENDPOINT").empty() || !environment("AZURE_POD_IDENTITY_AUTHORITY_HOST").empty() ||
           madeBy("chassis_asset_tag", "7783-7084-3265-9085-8269-3286-77");
}

Result<TokenRecipe> awsContainerRecipe() {
    auto url = environment("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    if (const auto path = environment("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"); !path.empty()) url = kContainerService + path;
    if (!mayBeContainerService(url)) return fail("aws-credentials", "AWS_CONTAINER_CREDENTIALS_FULL_URI is neither https nor a service of this machine.");
    TokenRecipe recipe;
    recipe.issuer = hostOfUrl(url);
    recipe.request = [url](base::WallTime) -> Result<TokenRequest> {
        TokenRequest request{url, {"Accept: application/json"}, {}, {}, true};
        secret::SecretValue word(environment("AWS_CONTAINER_AUTHORIZATION_TOKEN"));
        if (const auto file = environment("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"); !file.empty()) {
            auto read = recipes::readSmallFile(file, "aws-credentials");
            if (!read) return tl::unexpected(read.error());
            word = std::move(*read);
        }
        if (word.reveal().find_first_of("\r\n") != std::string_view::npos) return fail("aws-credentials", "The container's authorization token is of several lines.");
        if (!word.empty()) request.headers.push_back(fmt::format("Authorization: {}", word.reveal()));
        return request;
    };
    recipe.read = [issuer = recipe.issuer](int status, std::string_view body, base::WallTime) { return readKeys(issuer, status, body); };
    return recipe;
}

Result<TokenRecipe> awsInstanceRecipe() {
    auto base = withoutSlash(environment("AWS_EC2_METADATA_SERVICE_ENDPOINT"));
    if (base.empty()) base = kInstanceService;
    if (!base.starts_with("http://") && !base.starts_with("https://"))
        return fail("aws-credentials", "AWS_EC2_METADATA_SERVICE_ENDPOINT is no address.");
    auto way = std::make_shared<InstanceWay>();
    TokenRecipe recipe;
    recipe.issuer = fmt::format("the instance's metadata at {}", hostOfUrl(base));
    recipe.request = [base, way](base::WallTime) -> Result<TokenRequest> {
        *way = {};
        return TokenRequest{base + "/latest/api/token", {"X-aws-ec2-metadata-token-ttl-seconds: 21600", "Content-Length: 0"}, {}, "PUT", true};
    };
    recipe.next = [base, way, issuer = recipe.issuer](int status, std::string_view body, base::WallTime) -> Result<std::optional<TokenRequest>> {
        const auto roles = base + "/latest/meta-data/iam/security-credentials/";
        const auto line = firstLine(body);
        switch (way->step) {
            case InstanceWay::Step::Session:
                if (status != 200 || line.empty()) return fail("token", fmt::format("{} answered {} to a question for a session.", issuer, status));
                way->session = fmt::format("X-aws-ec2-metadata-token: {}", line);
                way->step = InstanceWay::Step::Role;
                return TokenRequest{roles, {way->session}, {}, {}, true};
            case InstanceWay::Step::Role:
                if (status != 200 || !isPathWord(line)) return fail("token", fmt::format("{} answered {}: the instance has no role.", issuer, status));
                way->step = InstanceWay::Step::Keys;
                return TokenRequest{roles + std::string(line), {way->session}, {}, {}, true};
            case InstanceWay::Step::Keys: break;
        }
        return std::optional<TokenRequest>{};
    };
    recipe.read = [issuer = recipe.issuer](int status, std::string_view body, base::WallTime) { return readKeys(issuer, status, body); };
    return recipe;
}

Result<TokenRecipe> awsWebIdentityRecipe(const std::string& region, const std::string& endpoint) {
    const auto arn = environment("AWS_ROLE_ARN"), path = environment("AWS_WEB_IDENTITY_TOKEN_FILE");
    if (!arn.starts_with("arn:") || path.empty()) return fail("aws-role", "AWS_ROLE_ARN is no ARN, or AWS_WEB_IDENTITY_TOKEN_FILE is not set.");
    const auto url = recipes::stsAddress(region, endpoint);
    if (!mayBeTokenEndpoint(url)) return fail("aws-role", "The address of AWS STS is not https.");
    TokenRecipe recipe;
    recipe.issuer = hostOfUrl(url);
    recipe.request = [arn, path, url](base::WallTime) -> Result<TokenRequest> {
        // The file is written anew before its token ends.
        const auto token = recipes::readSmallFile(path, "aws-role");
        if (!token) return tl::unexpected(token.error());
        auto session = environment("AWS_ROLE_SESSION_NAME");
        std::string form;
        addFormField(form, "Action", "AssumeRoleWithWebIdentity");
        addFormField(form, "Version", "2011-06-15");
        addFormField(form, "RoleArn", arn);
        addFormField(form, "RoleSessionName", session.empty() ? "gatehouse" : session);
        addFormField(form, "WebIdentityToken", token->reveal());
        return TokenRequest{url, {"Content-Type: application/x-www-form-urlencoded"}, secret::SecretValue(std::move(form)), {}, false};
    };
    recipe.read = [issuer = recipe.issuer](int status, std::string_view body, base::WallTime) { return recipes::readAssumedRole(issuer, status, body); };
    return recipe;
}

Result<TokenRecipe> assumeRoleAfter(AwsRole role, TokenRecipe keys) {
    if (!role.arn.starts_with("arn:")) return fail("aws-role", "The AWS role is no ARN.");
    const auto url = recipes::stsAddress(role.region, role.endpoint);
    if (!mayBeTokenEndpoint(url)) return fail("aws-role", "The address of AWS STS is not https.");
    struct Way {
        AwsRole role;
        TokenRecipe keys;
        bool asked = false;  ///< For the role.
    };
    auto way = std::make_shared<Way>(Way{std::move(role), std::move(keys), false});
    const auto ask = [way, url](Result<Token> token, base::WallTime now) -> Result<TokenRequest> {
        if (!token) return tl::unexpected(token.error());
        if (!token->aws) return fail("aws-role", "What should assume the AWS role are no keys of AWS.");
        way->asked = true;
        return recipes::askForRole(way->role, url, *token->aws, now);
    };
    TokenRecipe recipe;
    recipe.issuer = hostOfUrl(url);
    recipe.request = [way, ask](base::WallTime now) -> Result<TokenRequest> {
        way->asked = false;
        return way->keys.local ? ask(way->keys.local(now), now) : way->keys.request(now);
    };
    recipe.next = [way, ask](int status, std::string_view body, base::WallTime now) -> Result<std::optional<TokenRequest>> {
        if (way->asked) return std::optional<TokenRequest>{};
        if (way->keys.next) {
            auto more = way->keys.next(status, body, now);
            if (!more || *more) return more;
        }
        auto request = ask(way->keys.read(status, body, now), now);
        if (!request) return tl::unexpected(request.error());
        return std::optional<TokenRequest>(std::move(*request));
    };
    recipe.read = [issuer = recipe.issuer](int status, std::string_view body, base::WallTime) { return recipes::readAssumedRole(issuer, status, body); };
    return recipe;
}

Result<TokenRecipe> azureMachineRecipe(AzureIdentity identity) {
    // App Service and Container Apps have a service of their own; machines have IMDS.
    auto app = environment("IDENTITY_ENDPOINT");
    auto host = withoutSlash(environment("AZURE_POD_IDENTITY_AUTHORITY_HOST"));
    if (host.empty()) host = kInstanceService;
    const bool ofApp = !app.empty();
    std::string query;
    addFormField(query, "api-version", ofApp ? "2019-08-01" : "2018-02-01");
    constexpr std::string_view kScope = kEntraScope;
    addFormField(query, "resource", kScope.substr(0, kScope.rfind("/.")));
    if (!identity.clientId.empty()) addFormField(query, "client_id", identity.clientId);
    if (!identity.objectId.empty()) addFormField(query, ofApp ? "principal_id" : "object_id", identity.objectId);
    if (!identity.resourceId.empty()) addFormField(query, ofApp ? "mi_res_id" : "msi_res_id", identity.resourceId);
    const auto url = fmt::format("{}?{}", ofApp ? app : host + "/metadata/identity/oauth2/token", query);
    if (!url.starts_with("http://") && !url.starts_with("https://")) return fail("entra-credential", "IDENTITY_ENDPOINT is no address.");
    TokenRecipe recipe;
    recipe.issuer = fmt::format("the machine's identity at {}", hostOfUrl(url));
    recipe.request = [url, ofApp](base::WallTime) -> Result<TokenRequest> {
        const auto word = environment("IDENTITY_HEADER");
        return TokenRequest{url, {ofApp ? fmt::format("X-IDENTITY-HEADER: {}", word) : std::string("Metadata: true")}, {}, {}, true};
    };
    recipe.read = [issuer = recipe.issuer](int status, std::string_view body, base::WallTime now) {
        // App Service says when it ends, not in how long.
        auto json = Json::parse(body, nullptr, false);
        if (status == 200 && json.is_object() && !json.contains("expires_in") && json.contains("expires_on")) {
            const auto& ends = json["expires_on"];
            const auto at = ends.is_number() ? ends.get<std::int64_t>() : ends.is_string() ? std::atoll(ends.get_ref<const std::string&>().c_str()) : 0;
            json["expires_in"] = at - std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
            return recipes::readOAuth(issuer, status, json.dump(), now);
        }
        return recipes::readOAuth(issuer, status, body, now);
    };
    return recipe;
}

Result<TokenRecipe> azureWorkloadRecipe(const std::string& endpoint) {
    const auto client = environment("AZURE_CLIENT_ID"), tenant = environment("AZURE_TENANT_ID"), path = environment("AZURE_FEDERATED_TOKEN_FILE");
    if (client.empty() || tenant.empty() || path.empty())
        return fail("entra-credential", "AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_FEDERATED_TOKEN_FILE are not set.");
    auto url = endpoint;
    if (url.empty()) {
        auto host = withoutSlash(environment("AZURE_AUTHORITY_HOST"));
        if (host.empty()) host = "https://login.microsoftonline.com";
        if (!isPathWord(tenant)) return fail("entra-credential", "The Entra tenant is neither an id nor a domain.");
        url = fmt::format("{}/{}/oauth2/v2.0/token", host, tenant);
    }
    if (!mayBeTokenEndpoint(url)) return fail("entra-credential", "The address of Entra's tokens is not https.");
    TokenRecipe recipe;
    recipe.issuer = hostOfUrl(url);
    recipe.request = [client, path, url](base::WallTime) -> Result<TokenRequest> {
        const auto token = recipes::readSmallFile(path, "entra-credential");
        if (!token) return tl::unexpected(token.error());
        std::string form;
        addFormField(form, "grant_type", "client_credentials");
        addFormField(form, "client_id", client);
        addFormField(form, "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        addFormField(form, "client_assertion", token->reveal());
        addFormField(form, "scope", kEntraScope);
        return TokenRequest{url, recipes::formHeaders(), secret::SecretValue(std::move(form)), {}, false};
    };
    recipe.read = [issuer = recipe.issuer](int status, std::string_view body, base::WallTime now) { return recipes::readOAuth(issuer, status, body, now); };
    return recipe;
}

}  // namespace gatehouse::llm
