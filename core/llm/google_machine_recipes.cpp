// Google's metadata server, and workload identity federation: another issuer's token is exchanged at Google's STS (RFC 8693), and, where
// the credential names a service account, that for one of the account.
#include "llm/dialect/chat.h"
#include "llm/machine_recipes.h"
#include "llm/recipe_parts.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace gatehouse::llm {
namespace {

using recipes::environment;
using recipes::hostOfUrl;

constexpr char kMetadataHost[] = "metadata.google.internal";

std::string memberText(const Json& json, const char* name) {
    return json.is_object() && json.contains(name) && json[name].is_string() ? json[name].get<std::string>() : std::string();
}

/// A subject's token as its source has it: the whole text, or a member of a JSON object.
Result<std::string> subjectOf(std::string_view text, const Json& format) {
    if (memberText(format, "type") != "json") return std::string(text);
    const auto token = memberText(Json::parse(text, nullptr, false), memberText(format, "subject_token_field_name").c_str());
    if (token.empty()) return fail("google-credential", "The source of the subject's token has no such field.");
    return token;
}

struct External {
    std::string audience, subjectType, tokenUrl, impersonationUrl;
    std::string file, url;
    std::vector<std::string> headers;
    Json format;
    enum class Step : std::uint8_t { Subject, Exchange, Impersonate } step = Step::Subject;

    Result<TokenRequest> exchange(std::string_view source) {
        const auto subject = subjectOf(source, format);
        if (!subject) return tl::unexpected(subject.error());
        step = Step::Exchange;
        std::string form;
        addFormField(form, "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        addFormField(form, "audience", audience);
        addFormField(form, "scope", kGoogleScope);
        addFormField(form, "requested_token_type", "urn:ietf:params:oauth:token-type:access_token");
        addFormField(form, "subject_token_type", subjectType);
        addFormField(form, "subject_token", *subject);
        return TokenRequest{tokenUrl, recipes::formHeaders(), secret::SecretValue(std::move(form)), {}, false};
    }

    TokenRequest impersonate(const Token& token) {
        step = Step::Impersonate;
        const auto body = Json{{"scope", {kGoogleScope}}, {"lifetime", "3600s"}}.dump();
        return {impersonationUrl, {"Content-Type: application/json", fmt::format("Authorization: Bearer {}", token.bearer.reveal())}, secret::SecretValue(body), {}, false};
    }
};

/// {"accessToken", "expireTime"} of the service account's own API.
Result<Token> readImpersonated(const std::string& issuer, int status, std::string_view body) {
    if (status != 200) return fail("token", fmt::format("{} answered {}.", issuer, status));
    const auto json = Json::parse(body, nullptr, false);
    Token token;
    token.bearer = secret::SecretValue(memberText(json, "accessToken"));
    const auto ends = secondsOf(memberText(json, "expireTime"));
    if (token.bearer.empty() || ends <= 0) return fail("token", fmt::format("{} answered without a token that lasts.", issuer));
    token.expires = base::WallTime(std::chrono::seconds(ends));
    return token;
}

Result<std::shared_ptr<External>> readExternal(const Json& json) {
    const auto bad = [](std::string why) { return fail("google-credential", fmt::format("The external_account's JSON {}.", why)); };
    auto out = std::make_shared<External>();
    out->audience = memberText(json, "audience");
    out->subjectType = memberText(json, "subject_token_type");
    out->tokenUrl = memberText(json, "token_url");
    out->impersonationUrl = memberText(json, "service_account_impersonation_url");
    for (const auto* name : {"audience", "subject_token_type", "token_url"})
        if (memberText(json, name).empty()) return bad(fmt::format("has no {}", name));
    if (!mayBeTokenEndpoint(out->tokenUrl)) return bad("has a token_url that is not https");
    if (!out->impersonationUrl.empty() && !mayBeTokenEndpoint(out->impersonationUrl)) return bad("has a service_account_impersonation_url that is not https");
    const auto source = json.value("credential_source", Json::object());
    out->file = memberText(source, "file");
    out->url = memberText(source, "url");
    out->format = source.is_object() ? source.value("format", Json::object()) : Json::object();
    if (out->file.empty() == out->url.empty()) return bad("names no credential_source that is run; a file or a url is");
    if (!out->url.empty() && !out->url.starts_with("https://") && !out->url.starts_with("http://")) return bad("has a credential_source that is no address");
    const auto headers = source.value("headers", Json::object());
    if (headers.is_object())
        for (const auto& [name, value] : headers.items()) {
            if (!value.is_string() || value.get_ref<const std::string&>().find_first_of("\r\n") != std::string::npos) return bad("has a header that is no text");
            out->headers.push_back(fmt::format("{}: {}", name, value.get_ref<const std::string&>()));
        }
    return out;
}

}  // namespace

bool onGoogleMachine() {
    if (!environment("GCE_METADATA_HOST").empty()) return true;
    std::ifstream file("/sys/devices/virtual/dmi/id/product_name");
    std::string line;
    return std::getline(file, line) && line.starts_with("Google");
}

Result<TokenRecipe> googleMachineRecipe() {
    auto host = environment("GCE_METADATA_HOST");
    if (host.empty()) host = kMetadataHost;
    if (host.find_first_of("/ \t@") != std::string::npos) return fail("google-credential", "GCE_METADATA_HOST is no host.");
    TokenRecipe recipe;
    recipe.issuer = host;
    recipe.request = [host](base::WallTime) -> Result<TokenRequest> {
        return TokenRequest{fmt::format("http://{}/computeMetadata/v1/instance/service-accounts/default/token", host), {"Metadata-Flavor: Google"}, {}, {}, true};
    };
    recipe.read = [host](int status, std::string_view body, base::WallTime now) { return recipes::readOAuth(host, status, body, now); };
    return recipe;
}

Result<TokenRecipe> googleExternalRecipe(const secret::SecretValue& value) {
    const auto json = Json::parse(value.reveal(), nullptr, false);
    if (!json.is_object()) return fail("google-credential", "The Google credential is no JSON object.");
    auto read = readExternal(json);
    if (!read) return tl::unexpected(read.error());
    const auto way = std::move(*read);
    TokenRecipe recipe;
    recipe.issuer = hostOfUrl(way->tokenUrl);
    recipe.request = [way](base::WallTime) -> Result<TokenRequest> {
        way->step = External::Step::Subject;
        if (!way->url.empty()) return TokenRequest{way->url, way->headers, {}, {}, way->url.starts_with("http://")};
        const auto subject = recipes::readSmallFile(way->file, "google-credential");
        if (!subject) return tl::unexpected(subject.error());
        return way->exchange(subject->reveal());
    };
    recipe.next = [way](int status, std::string_view body, base::WallTime now) -> Result<std::optional<TokenRequest>> {
        if (way->step == External::Step::Subject) {
            if (status != 200) return fail("token", fmt::format("The source of the subject's token answered {}.", status));
            auto request = way->exchange(body);
            if (!request) return tl::unexpected(request.error());
            return std::optional<TokenRequest>(std::move(*request));
        }
        if (way->step == External::Step::Impersonate || way->impersonationUrl.empty()) return std::optional<TokenRequest>{};
        const auto token = recipes::readOAuth(hostOfUrl(way->tokenUrl), status, body, now);
        if (!token) return tl::unexpected(token.error());
        return std::optional<TokenRequest>(way->impersonate(*token));
    };
    recipe.read = [way](int status, std::string_view body, base::WallTime now) {
        return way->step == External::Step::Impersonate ? readImpersonated(hostOfUrl(way->impersonationUrl), status, body)
                                                        : recipes::readOAuth(hostOfUrl(way->tokenUrl), status, body, now);
    };
    return recipe;
}

}  // namespace gatehouse::llm
