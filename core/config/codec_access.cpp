// Decoders of what TrafficPolicies and GatewayExtensions say about callers.
#include "config/access_policy.h"
#include "config/codec_parts.h"
#include "config/fields.h"

namespace gatehouse::config {
namespace {

ApiKeyAuthSpec apiKeys(const Node& node, const std::string& ns, FieldPath at) {
    ApiKeyAuthSpec out;
    out.disable = memberOf(&node, "disable") != nullptr;
    if (const auto* ref = memberOf(&node, "secretRef")) out.secret = codec::reference(*ref, "", "Secret", ns);
    out.labels = pairsOf(memberOf(&node, "secretSelector"), "matchLabels");
    for (const auto& source : itemsOf(&node, "keySources"))
        out.sources.push_back({textOf(&source, "header"), textOf(&source, "query"), textOf(&source, "cookie")});
    out.clientIdHeader = textOf(&node, "clientIdHeader");
    out.forward = boolOf(&node, "forwardCredential", false);
    out.at = std::move(at);
    return out;
}

JwtAuthSpec tokens(const Node& node, const std::string& ns, FieldPath at) {
    const auto* ref = memberOf(&node, "extensionRef");
    return {memberOf(&node, "disable") != nullptr, textOf(ref, "name"), textOf(ref, "namespace", ns), std::move(at)};
}

BasicAuthSpec passwords(const Node& node, const std::string& ns, FieldPath at) {
    BasicAuthSpec out;
    out.disable = memberOf(&node, "disable") != nullptr;
    out.users = textsOf(&node, "users");
    if (const auto* ref = memberOf(&node, "secretRef")) {
        out.secret = codec::reference(*ref, "", "Secret", ns);
        out.secretKey = textOf(ref, "key", ".htpasswd");
    }
    out.at = std::move(at);
    return out;
}

LocalRateSpec rate(const Node& node, FieldPath at) {
    LocalRateSpec out;
    const auto* bucket = memberOf(&node, "tokenBucket");
    out.disable = bucket == nullptr;
    out.maxTokens = std::max<std::int64_t>(intOf(bucket, "maxTokens", 1), 1);
    out.tokensPerFill = std::max<std::int64_t>(intOf(bucket, "tokensPerFill", 1), 1);
    const auto interval = parseDuration(textOf(bucket, "fillInterval"));
    out.fillInterval = std::max(interval.value_or(std::chrono::seconds(1)), std::chrono::milliseconds(50));
    out.percentEnabled = static_cast<int>(std::clamp<std::int64_t>(intOf(&node, "percentEnabled", 100), 0, 100));
    out.percentEnforced = static_cast<int>(std::clamp<std::int64_t>(intOf(&node, "percentEnforced", 100), 0, 100));
    out.at = std::move(at);
    return out;
}

JwtExtensionSpec::Provider provider(const Node& node, const std::string& ns, FieldPath at) {
    JwtExtensionSpec::Provider out;
    out.name = textOf(&node, "name");
    out.issuer = textOf(&node, "issuer");
    out.audiences = textsOf(&node, "audiences");
    const auto* source = memberOf(&node, "tokenSource");
    const auto* header = memberOf(source, "header");
    out.header = textOf(header, "header");
    out.prefix = textOf(header, "prefix");
    out.query = textOf(source, "queryParameter");
    for (const auto& claim : itemsOf(&node, "claimsToHeaders")) out.claimsToHeaders.emplace_back(textOf(&claim, "name"), textOf(&claim, "header"));
    out.forward = boolOf(&node, "forwardToken", false);
    const auto* jwks = memberOf(&node, "jwks");
    const auto* local = memberOf(jwks, "local");
    out.inlineJwks = textOf(local, "inline");
    out.configMap = textOf(memberOf(local, "configMapRef"), "name");
    if (const auto* remote = memberOf(jwks, "remote")) {
        out.url = textOf(remote, "url");
        out.backend = codec::target(memberOf(remote, "backendRef"), ns, at.key("jwks").key("remote").key("backendRef"));
        out.cacheFor = parseDuration(textOf(remote, "cacheDuration")).value_or(out.cacheFor);
    }
    out.at = std::move(at);
    return out;
}

}  // namespace

AccessSpec decodeAccess(const Object& policy) {
    AccessSpec out;
    const auto spec = specOf(policy);
    if (!spec) return out;
    const auto at = FieldPath().key("spec");
    const auto& ns = policy.key.ns;
    if (const auto* node = memberOf(*spec, "apiKeyAuth")) out.apiKeys = apiKeys(*node, ns, at.key("apiKeyAuth"));
    if (const auto* node = memberOf(*spec, "jwtAuth")) out.tokens = tokens(*node, ns, at.key("jwtAuth"));
    if (const auto* node = memberOf(*spec, "basicAuth")) out.passwords = passwords(*node, ns, at.key("basicAuth"));
    if (const auto* node = memberOf(*spec, "rbac"))
        out.rbac = RbacSpec{textOf(node, "action") == "Deny", textsOf(memberOf(node, "policy"), "matchExpressions"), at.key("rbac")};
    if (const auto* node = memberOf(memberOf(*spec, "rateLimit"), "local")) out.rate = rate(*node, at.key("rateLimit").key("local"));
    return out;
}

Result<JwtExtensionSpec> decodeJwtExtension(const Object& object) {
    const auto spec = specOf(object);
    if (!spec) return tl::unexpected(spec.error());
    const auto* jwt = memberOf(*spec, "jwt");
    if (jwt == nullptr) return fail("no-jwt", object.key.display() + " has no jwt providers.");
    JwtExtensionSpec out;
    out.key = object.key;
    out.allowMissing = textOf(jwt, "validationMode") == "AllowMissing";
    const auto& providers = itemsOf(jwt, "providers");
    for (std::size_t i = 0; i < providers.size(); ++i)
        out.providers.push_back(provider(providers[i], object.key.ns, FieldPath().key("spec").key("jwt").key("providers").index(i)));
    return out;
}

std::vector<std::string> htpasswdLines(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        while (!line.empty() && static_cast<unsigned char>(line.back()) <= ' ') line.remove_suffix(1);
        while (!line.empty() && static_cast<unsigned char>(line.front()) <= ' ') line.remove_prefix(1);
        if (!line.empty() && line.front() != '#') out.emplace_back(line);
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return out;
}

}  // namespace gatehouse::config
