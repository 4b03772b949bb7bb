#include "llm/token_recipes.h"

#include "filter/encoding.h"
#include "http/characters.h"
#include "llm/machine_recipes.h"
#include "llm/recipe_parts.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>
#include <cstdlib>

namespace gatehouse::llm {
namespace {

using Json = nlohmann::json;

using recipes::hostOfUrl;
using recipes::readOAuth;

/// The word of an OAuth error (RFC 6749 section 5.2); its description may quote what was sent, so it is not told.
std::string errorWord(const Json& body) {
    if (!body.is_object() || !body.contains("error") || !body["error"].is_string()) return {};
    const auto& word = body["error"].get_ref<const std::string&>();
    const bool plain = word.size() <= 60 && std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
    return plain ? ": " + word : std::string();
}

}  // namespace

Result<Token> recipes::readOAuth(const std::string& issuer, int status, std::string_view body, base::WallTime now) {
    const auto json = Json::parse(body, nullptr, false);
    if (status != 200) return fail("token", fmt::format("{} answered {}{}.", issuer, status, errorWord(json)));
    if (!json.is_object() || !json.contains("access_token") || !json["access_token"].is_string())
        return fail("token", fmt::format("{} answered without a token.", issuer));
    Token token;
    token.bearer = secret::SecretValue(json["access_token"].get<std::string>());
    // Entra's older endpoints say it as text.
    const auto life = json.contains("expires_in") ? json["expires_in"] : Json(3600);
    const auto seconds = life.is_number() ? life.get<std::int64_t>() : life.is_string() ? std::atoll(life.get_ref<const std::string&>().c_str()) : 0;
    if (token.bearer.empty() || seconds <= 0) return fail("token", fmt::format("{} answered without a token that lasts.", issuer));
    token.expires = now + std::chrono::seconds(std::min<std::int64_t>(seconds, 7 * 24 * 3600));
    return token;
}

std::string recipes::hostOfUrl(std::string_view url) {
    if (const auto scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
    return std::string(url.substr(0, url.find_first_of("/?")));
}

const std::vector<std::string>& recipes::formHeaders() {
    static const std::vector<std::string> kForm{"Content-Type: application/x-www-form-urlencoded", "Accept: application/json"};
    return kForm;
}

namespace {

TokenRecipe oauthRecipe(const std::string& endpoint, std::function<Result<std::string>(base::WallTime)> form) {
    TokenRecipe recipe;
    recipe.issuer = hostOfUrl(endpoint);
    recipe.request = [endpoint, form = std::move(form)](base::WallTime now) -> Result<TokenRequest> {
        auto body = form(now);
        if (!body) return tl::unexpected(body.error());
        return TokenRequest{endpoint, recipes::formHeaders(), secret::SecretValue(std::move(*body)), {}, false};
    };
    recipe.read = [issuer = recipe.issuer](int status, std::string_view body, base::WallTime now) { return readOAuth(issuer, status, body, now); };
    return recipe;
}

std::string memberText(const Json& json, const char* name) {
    return json.contains(name) && json[name].is_string() ? json[name].get<std::string>() : std::string();
}

Result<TokenRecipe> serviceAccount(const Json& json, const std::string& endpoint) {
    const auto email = memberText(json, "client_email"), keyId = memberText(json, "private_key_id");
    const secret::SecretValue key(memberText(json, "private_key"));
    for (const auto* name : {"client_email", "private_key"})
        if (memberText(json, name).empty()) return fail("google-credential", fmt::format("The service account's JSON has no {}.", name));
    // Found now, not with the first request.
    if (auto tried = signJwt(key.reveal(), keyId, "{}"); !tried) return tl::unexpected(tried.error());
    return oauthRecipe(endpoint, [=](base::WallTime now) -> Result<std::string> {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
        const auto claims = Json{{"iss", email}, {"scope", kGoogleScope}, {"aud", endpoint}, {"iat", seconds}, {"exp", seconds + 3600}}.dump();
        auto jwt = signJwt(key.reveal(), keyId, claims);
        if (!jwt) return tl::unexpected(jwt.error());
        std::string form;
        addFormField(form, "grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        addFormField(form, "assertion", *jwt);
        return form;
    });
}

Result<TokenRecipe> authorizedUser(const Json& json, const std::string& endpoint) {
    for (const auto* name : {"client_id", "client_secret", "refresh_token"})
        if (memberText(json, name).empty()) return fail("google-credential", fmt::format("The user's credential has no {}.", name));
    const auto client = memberText(json, "client_id");
    const secret::SecretValue password(memberText(json, "client_secret")), refresh(memberText(json, "refresh_token"));
    return oauthRecipe(endpoint, [=](base::WallTime) -> Result<std::string> {
        std::string form;
        addFormField(form, "grant_type", "refresh_token");
        addFormField(form, "client_id", client);
        addFormField(form, "client_secret", password.reveal());
        addFormField(form, "refresh_token", refresh.reveal());
        return form;
    });
}

}  // namespace

void addFormField(std::string& form, std::string_view name, std::string_view value) {
    if (!form.empty()) form += '&';
    form += name;
    form += '=';
    for (const char c : value) {
        if (http::hasClass(c, http::kUnreserved)) form += c;
        else form += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
}

bool isLoopback(std::string_view url) {
    auto host = hostOfUrl(url);
    if (!host.starts_with('[')) host.resize(std::min(host.find(':'), host.size()));
    return host == "localhost" || host.starts_with("127.") || host.starts_with("[::1]");
}

bool mayBeTokenEndpoint(std::string_view url) {
    if (url.find_first_of(" \t\r\n@") != std::string_view::npos) return false;
    if (url.starts_with("https://")) return url.size() > 8;
    return url.starts_with("http://") && isLoopback(url);
}

Result<std::string> signJwt(std::string_view privateKeyPem, std::string_view keyId, std::string_view claims) {
    const auto broken = [] { return fail("google-credential", "The service account's private_key is no RSA key in PEM."); };
    std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new_mem_buf(privateKeyPem.data(), static_cast<int>(privateKeyPem.size())), &BIO_free);
    // No pass phrase is asked for on a terminal.
    const auto noPhrase = [](char*, int, int, void*) { return 0; };
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(PEM_read_bio_PrivateKey(bio.get(), nullptr, noPhrase, nullptr), &EVP_PKEY_free);
    if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA) return broken();
    Json header = {{"alg", "RS256"}, {"typ", "JWT"}};
    if (!keyId.empty()) header["kid"] = keyId;
    auto out = filter::toBase64Url(header.dump(-1, ' ', false, Json::error_handler_t::replace)) + "." + filter::toBase64Url(claims);
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    const auto* text = reinterpret_cast<const unsigned char*>(out.data());
    std::size_t size = 0;
    if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &size, text, out.size()) != 1)
        return broken();
    std::string signature(size, '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, text, out.size()) != 1) return broken();
    signature.resize(size);
    return out + "." + filter::toBase64Url(signature);
}

Result<TokenRecipe> googleRecipe(const secret::SecretValue& value, const std::string& endpoint) {
    const auto json = Json::parse(value.reveal(), nullptr, false);
    if (!json.is_object()) return fail("google-credential", "The Google credential is no JSON object.");
    const auto type = memberText(json, "type");
    if (type == "external_account") return googleExternalRecipe(value);
    auto uri = endpoint.empty() ? memberText(json, "token_uri") : endpoint;
    if (uri.empty()) uri = "https://oauth2.googleapis.com/token";
    if (!mayBeTokenEndpoint(uri)) return fail("google-credential", "The Google credential's token_uri is not https.");
    if (type == "service_account") return serviceAccount(json, uri);
    if (type == "authorized_user") return authorizedUser(json, uri);
    return fail("google-credential", "The Google credential is of a type that is not run; service_account, authorized_user and external_account are.");
}

Result<TokenRecipe> entraRecipe(EntraClient client) {
    auto endpoint = client.endpoint;
    if (endpoint.empty()) {
        const char* authority = std::getenv("AZURE_AUTHORITY_HOST");
        std::string host = authority != nullptr && *authority != '\0' ? authority : "https://login.microsoftonline.com";
        while (host.ends_with('/')) host.pop_back();
        const auto tenant = client.tenant.reveal();
        const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; };
        if (tenant.empty() || !std::all_of(tenant.begin(), tenant.end(), plain))
            return fail("entra-credential", "The Entra tenant is neither an id nor a domain.");
        endpoint = fmt::format("{}/{}/oauth2/v2.0/token", host, tenant);
    }
    if (!mayBeTokenEndpoint(endpoint)) return fail("entra-credential", "The address of Entra's tokens is not https.");
    if (client.client.empty() || client.password.empty()) return fail("entra-credential", "The Entra client id or secret is empty.");
    auto shared = std::make_shared<const EntraClient>(std::move(client));
    return oauthRecipe(endpoint, [shared](base::WallTime) -> Result<std::string> {
        std::string form;
        addFormField(form, "grant_type", "client_credentials");
        addFormField(form, "client_id", shared->client.reveal());
        addFormField(form, "client_secret", shared->password.reveal());
        addFormField(form, "scope", shared->scope);
        return form;
    });
}

}  // namespace gatehouse::llm
