#include "config/access_check.h"

#include "config/diagnostic_codes.h"
#include "config/fields.h"
#include "config/relations.h"
#include "config/virtual_keys.h"
#include "text/cel.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::config {
namespace {

constexpr char kClosed[] = " Rules under this policy answer 500 rather than go unguarded.";

class Checks {
  public:
    Checks(const ObjectSet& set, const Object& object) : set_(set), object_(object) {}

    void apiKeys(const ApiKeyAuthSpec& spec) {
        if (spec.disable) return;
        if (spec.secret) {
            const auto at = spec.at.key("secretRef");
            if (!spec.secret->group.empty() || spec.secret->kind != "Secret") {
                error(at, fmt::format("Keys are read from Secrets, not from {}.", spec.secret->kindText()));
                return;
            }
            if (const auto* secret = find(*spec.secret, at)) keysIn({secret}, at);
            return;
        }
        const auto at = spec.at.key("secretSelector");
        if (spec.labels.empty()) {
            error(at, "apiKeyAuth names no Secret with keys.");
            return;
        }
        const auto found = labelled(set_, "Secret", object_.key.ns, spec.labels);
        if (found.empty()) warn(at, fmt::format("No Secret of namespace {} carries these labels, so nobody is let in.", object_.key.ns));
        else keysIn(found, at);
    }

    void tokens(const JwtAuthSpec& spec) {
        if (spec.disable) return;
        const auto at = spec.at.key("extensionRef");
        const ObjectKey key{kKgatewayGroup, "GatewayExtension", spec.ns, spec.extension};
        const auto* extension = set_.find(key);
        if (extension == nullptr) {
            error(at.key("name"), fmt::format("GatewayExtension {}/{} does not exist.", spec.ns, spec.extension));
            return;
        }
        const auto jwt = decodeJwtExtension(*extension);
        if (!jwt) error(at, fmt::format("GatewayExtension {}/{} has no jwt providers.", spec.ns, spec.extension));
        else if (jwt->providers.empty()) error(at, fmt::format("GatewayExtension {}/{} names no issuer, so no token could be checked.", spec.ns, spec.extension));
        else
            for (const auto& problem : jwtExtensionProblems(set_, *extension))
                if (problem.error) {
                    error(at, fmt::format("{}: {}", extension->key.display(), problem.message));
                    break;
                }
    }

    void passwords(const BasicAuthSpec& spec) {
        if (spec.disable) return;
        for (std::size_t i = 0; i < spec.users.size(); ++i)
            if (const auto colon = spec.users[i].find(':'); colon == std::string::npos || colon == 0)
                error(spec.at.key("users").index(i), "This is no line of a htpasswd file: name, colon, hash.");
        if (!spec.secret) {
            if (spec.users.empty()) error(spec.at, "basicAuth names neither users nor a Secret.");
            return;
        }
        const auto at = spec.at.key("secretRef");
        const auto* secret = find(*spec.secret, at);
        if (secret == nullptr) return;
        const auto names = entryNames(*secret);
        if (std::find(names.begin(), names.end(), spec.secretKey) == names.end())
            error(at, fmt::format("Secret {}/{} has no key {}.", secret->key.ns, secret->key.name, spec.secretKey), codes::kSecretKey);
    }

    void rbac(const RbacSpec& spec) {
        const auto at = spec.at.key("policy").key("matchExpressions");
        if (spec.expressions.empty()) error(at, "rbac has no expression.");
        for (std::size_t i = 0; i < spec.expressions.size(); ++i)
            if (const auto program = text::cel::Program::compile(spec.expressions[i]); !program)
                error(at.index(i), fmt::format("The expression cannot be read: {}", program.error().message), codes::kExpression);
    }

    void rate(const LocalRateSpec& spec) {
        if (spec.disable) return;
        const auto* interval = object_.root->at(spec.at.key("tokenBucket").key("fillInterval"));
        const auto read = interval == nullptr ? std::nullopt : parseDuration(interval->value);
        if (read && *read < std::chrono::milliseconds(50))
            warn(spec.at.key("tokenBucket").key("fillInterval"), "The interval must be at least 50ms; it is taken as that.");
    }

    void jwksOf(const JwtExtensionSpec::Provider& provider) {
        const auto at = provider.at.key("jwks");
        if (!provider.configMap.empty()) {
            const auto* map = set_.find({"", "ConfigMap", object_.key.ns, provider.configMap});
            const auto where = at.key("local").key("configMapRef");
            if (map == nullptr) bare(where, fmt::format("ConfigMap {}/{} does not exist.", object_.key.ns, provider.configMap));
            else if (memberOf(memberOf(map->root.get(), "data"), "jwks") == nullptr)
                bare(where, fmt::format("ConfigMap {}/{} has no key jwks.", object_.key.ns, provider.configMap));
        } else if (!provider.url.empty()) {
            if (!provider.url.starts_with("http://") && !provider.url.starts_with("https://"))
                bare(at.key("remote").key("url"), "The address of a key set begins with http:// or https://.");
            if (provider.backend.name.empty()) return;
            const auto key = provider.backend.key();
            if (set_.find(key) == nullptr)
                bare(at.key("remote").key("backendRef"), fmt::format("{} does not exist.", key.display()));
            else if (!referenceGranted(set_, object_.key, key))
                bare(at.key("remote").key("backendRef"), fmt::format("{} is in another namespace, and no ReferenceGrant there allows it.", key.display()));
        } else if (provider.inlineJwks.empty()) {
            bare(at, "An issuer needs keys: inline, in a ConfigMap, or at an address.");
        }
    }

    std::vector<AccessProblem> take() { return std::move(problems_); }

  private:
    void error(FieldPath at, std::string message, const char* code = codes::kAccess) {
        problems_.push_back({true, code, std::move(at), std::move(message) + kClosed});
    }
    void bare(FieldPath at, std::string message) { problems_.push_back({true, codes::kAccess, std::move(at), std::move(message)}); }
    void warn(FieldPath at, std::string message) { problems_.push_back({false, codes::kAccess, std::move(at), std::move(message)}); }

    const Object* find(const ObjectRef& ref, const FieldPath& at) {
        const auto* found = set_.find(ref.key());
        if (found == nullptr) {
            error(at.key("name"), fmt::format("Secret {}/{} does not exist.", ref.ns, ref.name), codes::kSecretMissing);
            return nullptr;
        }
        if (referenceGranted(set_, object_.key, found->key)) return found;
        error(at.key("namespace"), fmt::format("Secret {}/{} is in another namespace, and no ReferenceGrant there allows it.", ref.ns, ref.name),
              codes::kNoGrant);
        return nullptr;
    }

    void keysIn(const std::vector<const Object*>& holders, const FieldPath& at) {
        const bool none = std::all_of(holders.begin(), holders.end(), [](const Object* holder) { return entryNames(*holder).empty(); });
        if (none) warn(at, "The Secret holds no key, so nobody is let in.");
    }

    const ObjectSet& set_;
    const Object& object_;
    std::vector<AccessProblem> problems_;
};

}  // namespace

std::vector<const Object*> labelled(const ObjectSet& set, std::string_view kind, const std::string& ns,
                                    const std::vector<std::pair<std::string, std::string>>& labels) {
    std::vector<const Object*> out;
    if (labels.empty()) return out;
    for (const auto* object : set.ofKind(kind))
        if (object->key.group.empty() && object->key.ns == ns && labelsMatch(object->labels, labels)) out.push_back(object);
    std::sort(out.begin(), out.end(), [](const auto* a, const auto* b) { return a->key < b->key; });
    return out;
}

std::vector<AccessProblem> accessProblems(const ObjectSet& set, const Object& policy) {
    Checks checks(set, policy);
    const auto spec = decodeAccess(policy);
    if (spec.apiKeys) checks.apiKeys(*spec.apiKeys);
    if (spec.tokens) checks.tokens(*spec.tokens);
    if (spec.passwords) checks.passwords(*spec.passwords);
    if (spec.rbac) checks.rbac(*spec.rbac);
    if (spec.rate) checks.rate(*spec.rate);
    return checks.take();
}

std::vector<AccessProblem> jwtExtensionProblems(const ObjectSet& set, const Object& extension) {
    const auto jwt = decodeJwtExtension(extension);
    if (!jwt) return {};
    Checks checks(set, extension);
    for (const auto& provider : jwt->providers) checks.jwksOf(provider);
    return checks.take();
}

}  // namespace gatehouse::config
