// Renewing an id token at its issuer. The kubeconfig is not written: the new tokens live as long as the client.

#include "cluster/credentials.h"
#include "cluster/curl_handle.h"
#include "cluster/json.h"
#include "filter/encoding.h"
#include "llm/token_recipes.h"
#include "net/tls.h"

#include <fmt/format.h>

namespace gatehouse::cluster {
namespace {

constexpr std::size_t kMostAnswer = 256 * 1024;

std::size_t onBody(char* data, std::size_t, std::size_t size, void* user) {
    auto& answer = *static_cast<std::string*>(user);
    if (answer.size() + size > kMostAnswer) return 0;
    answer.append(data, size);
    return size;
}

struct Answer {
    long status = 0;
    std::string body;
    ~Answer() { net::cleanse(body); }
};

Result<void> ask(const OidcSpec& oidc, const std::string& url, const std::string* form, Answer& answer) {
    if (!llm::mayBeTokenEndpoint(url)) return fail("oidc", fmt::format("The issuer {} names an address that is not https.", oidc.issuer));
    const Easy easy(curl_easy_init());
    HeaderList headers;
    headers.add("Accept: application/json");
    curl_easy_setopt(easy.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, onBody);
    curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &answer.body);
    curl_easy_setopt(easy.get(), CURLOPT_TIMEOUT_MS, 15'000L);
    curl_easy_setopt(easy.get(), CURLOPT_NOSIGNAL, 1L);
    trust(easy.get(), oidc.authorityPem);
    if (form != nullptr) {
        curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDS, form->data());
        curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(form->size()));
    }
    const auto code = curl_easy_perform(easy.get());
    if (code != CURLE_OK) return fail("oidc", fmt::format("The issuer {} cannot be reached: {}.", oidc.issuer, curl_easy_strerror(code)));
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &answer.status);
    return {};
}

/// From the issuer's discovery document (OpenID Connect Discovery 1.0 section 4).
Result<std::string> tokenEndpoint(const OidcSpec& oidc) {
    Answer answer;
    if (auto asked = ask(oidc, oidc.issuer + "/.well-known/openid-configuration", nullptr, answer); !asked) return tl::unexpected(asked.error());
    const auto json = parseJson(answer.body);
    auto endpoint = json ? textOf(*json, "token_endpoint") : std::string();
    if (answer.status != 200 || endpoint.empty()) return fail("oidc", fmt::format("The issuer {} answered {} without a token_endpoint.", oidc.issuer, answer.status));
    auto named = textOf(*json, "issuer");
    while (named.ends_with('/')) named.pop_back();
    if (named != oidc.issuer) return fail("oidc", fmt::format("The issuer {} says that it is {}.", oidc.issuer, named));
    return endpoint;
}

}  // namespace

Result<Credential> refreshIdToken(const OidcSpec& oidc, secret::SecretValue& refreshToken) {
    const auto endpoint = tokenEndpoint(oidc);
    if (!endpoint) return tl::unexpected(endpoint.error());
    std::string form;
    llm::addFormField(form, "grant_type", "refresh_token");
    llm::addFormField(form, "refresh_token", refreshToken.reveal());
    llm::addFormField(form, "client_id", oidc.clientId);
    if (!oidc.clientSecret.empty()) llm::addFormField(form, "client_secret", oidc.clientSecret.reveal());
    Answer answer;
    const auto asked = ask(oidc, *endpoint, &form, answer);
    net::cleanse(form);
    if (!asked) return tl::unexpected(asked.error());
    const auto json = parseJson(answer.body);
    const auto idToken = json ? textOf(*json, "id_token") : std::string();
    if (answer.status != 200 || idToken.empty())
        return fail("oidc", fmt::format("The issuer {} renews no id token of user \"{}\" (it answered {}): sign in again.", oidc.issuer, oidc.user, answer.status));
    if (auto next = textOf(*json, "refresh_token"); !next.empty()) refreshToken = secret::SecretValue(std::move(next));
    Credential out;
    out.bearer = secret::SecretValue(idToken);
    if (const auto expires = expiryOfJwt(idToken)) out.expires = *expires;
    return out;
}

}  // namespace gatehouse::cluster
