#include "filter/jwt.h"

#include "filter/encoding.h"
#include "http/fields.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace gatehouse::filter {
namespace {

using Json = nlohmann::json;

struct ReadToken {
    std::string_view signedText;
    std::string signature, payload, kid;
    TokenAlgorithm algorithm{};
    Json claims;
};

std::string textMember(const Json& json, const char* name) {
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Empty: it was read; else what is wrong.
std::string readToken(std::string_view token, ReadToken& out) {
    if (token.size() > kMostTokenBytes) return "the token is longer than 16 KiB";
    const auto first = token.find('.');
    const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) return "it is no JWT of three parts";
    const auto head = fromBase64Url(token.substr(0, first));
    auto payload = fromBase64Url(token.substr(first + 1, second - first - 1));
    auto signature = fromBase64Url(token.substr(second + 1));
    if (!head || !payload || !signature) return "a part of the token is not base64url";
    const auto header = Json::parse(*head, nullptr, false);
    out.claims = Json::parse(*payload, nullptr, false);
    if (!header.is_object() || !out.claims.is_object()) return "a part of the token is no JSON object";
    const auto algorithm = textMember(header, "alg");
    if (!readAlgorithm(algorithm, out.algorithm))
        return algorithm == "none" || algorithm.starts_with("HS") ? "its algorithm is none that proves anything here (HMAC and none are refused)"
                                                                  : "its algorithm is not known";
    if (header.contains("crit")) return "it asks for an extension (crit) that is not known";
    out.kid = textMember(header, "kid");
    out.signedText = token.substr(0, second);
    out.signature = std::move(*signature);
    out.payload = std::move(*payload);
    return {};
}

/// NumericDate (RFC 7519 section 2). False: there, and no number.
bool timeClaim(const Json& claims, const char* name, std::optional<double>& out) {
    const auto found = claims.find(name);
    if (found == claims.end()) return true;
    if (!found->is_number()) return false;
    out = found->get<double>();
    return std::isfinite(*out);
}

std::string judgeTimes(const Json& claims, bool needsExpiry, base::WallTime now) {
    std::optional<double> expires, begins;
    if (!timeClaim(claims, "exp", expires) || !timeClaim(claims, "nbf", begins)) return "exp or nbf is no time";
    const double at = std::chrono::duration<double>(now.time_since_epoch()).count();
    const auto leeway = static_cast<double>(kTokenLeeway.count());
    if (needsExpiry && !expires) return "it names no time at which it expires (exp)";
    if (expires && at >= *expires + leeway) return fmt::format("it expired {:.0f} s ago", at - *expires);
    if (begins && at < *begins - leeway) return fmt::format("it is not valid before {:.0f} s from now", *begins - at);
    return {};
}

bool audienceFits(const Json& claims, const std::vector<std::string>& wanted) {
    if (wanted.empty()) return true;
    const auto found = claims.find("aud");
    if (found == claims.end()) return false;
    const auto known = [&](const Json& one) { return one.is_string() && std::find(wanted.begin(), wanted.end(), one.get<std::string>()) != wanted.end(); };
    return found->is_array() ? std::any_of(found->begin(), found->end(), known) : known(*found);
}

TokenVerdict bad(std::string reason, TokenVerdict::State state = TokenVerdict::State::Bad) { return {state, false, std::move(reason), {}, {}, {}, nullptr}; }

/// By one provider, whose issuer fits.
TokenVerdict judge(const ReadToken& token, const TokenProvider& provider, base::WallTime now, bool fetch) {
    const auto keys = provider.keys ? provider.keys : provider.source ? provider.source->keys() : nullptr;
    const bool mayCome = fetch && provider.source;
    if (!keys) {
        const bool coming = mayCome && provider.source->wantKeys();
        return bad(fmt::format("the keys of {} are not there{}", provider.name, provider.source && !fetch ? " and are not fetched for this question" : ""),
                   coming ? TokenVerdict::State::AskAgain : TokenVerdict::State::NoKeys);
    }
    if (!token.kid.empty() && !keys->has(token.kid)) {
        const bool unnamed = std::any_of(keys->keys.begin(), keys->keys.end(), [](const PublicKey& key) { return key.id.empty(); });
        // The issuer may have begun to use a new key.
        if (!unnamed && mayCome && provider.source->wantKeys(keys)) return bad("its key is being asked for", TokenVerdict::State::AskAgain);
        if (!unnamed) return bad(fmt::format("{} has no key of its kid", provider.name));
    }
    const bool good = std::any_of(keys->keys.begin(), keys->keys.end(), [&](const PublicKey& key) {
        const bool candidate = token.kid.empty() || key.id.empty() || key.id == token.kid;
        return candidate && key.verifies(token.algorithm, token.signedText, token.signature);
    });
    if (!good) return bad(fmt::format("its signature is none of {}'s keys", provider.name));
    if (auto wrong = judgeTimes(token.claims, provider.needsExpiry, now); !wrong.empty()) return bad(std::move(wrong));
    if (!audienceFits(token.claims, provider.audiences)) return bad("it is meant for another audience");
    return {TokenVerdict::State::Good, false, {}, token.payload, textMember(token.claims, "sub"), textMember(token.claims, "iss"), &provider};
}

}  // namespace

TokenVerdict verifyToken(std::string_view text, const TokenProvider& provider, base::WallTime now, bool fetch) {
    ReadToken token;
    if (auto wrong = readToken(text, token); !wrong.empty()) return bad(std::move(wrong));
    if (provider.issuer.empty() || provider.issuer == textMember(token.claims, "iss")) return judge(token, provider, now, fetch);
    auto verdict = bad("its issuer is not known here");
    verdict.otherIssuer = true;
    return verdict;
}

std::optional<std::string> claimText(std::string_view claims, std::string_view name) {
    const auto json = Json::parse(claims, nullptr, false);
    const Json* at = &json;
    // A name with dots may be the claim's own, e.g. "https://example.com/role"; that one comes first.
    if (!json.is_object()) return std::nullopt;
    if (const auto whole = json.find(std::string(name)); whole != json.end()) {
        at = &*whole;
    } else {
        for (auto rest = name; !rest.empty();) {
            const auto dot = rest.find('.');
            if (!at->is_object()) return std::nullopt;
            const auto found = at->find(std::string(rest.substr(0, dot)));
            if (found == at->end()) return std::nullopt;
            at = &*found;
            rest = dot == std::string_view::npos ? std::string_view{} : rest.substr(dot + 1);
        }
    }
    if (at->is_null()) return std::nullopt;
    const auto written = [&] { return at->dump(-1, ' ', false, Json::error_handler_t::replace); };
    auto value = at->is_string() ? at->get<std::string>() : at->is_primitive() ? written() : toBase64Url(written());
    if (!http::isFieldValue(value)) return std::nullopt;
    return value;
}

}  // namespace gatehouse::filter
