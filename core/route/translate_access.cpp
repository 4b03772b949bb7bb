#include "route/translate_access.h"

#include "config/access_check.h"
#include "config/relations.h"
#include "config/virtual_keys.h"
#include "route/diagnostic_codes.h"
#include "secret/secret.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::route {
namespace {

namespace ag = config::agentgateway;
using config::Severity;
using Parts = filter::AccessParts;

constexpr char kClosed[] = "Rules under this policy answer 500 rather than go unguarded.";

filter::AccessMode modeOf(ag::AuthMode mode) {
    switch (mode) {
        case ag::AuthMode::Strict: return filter::AccessMode::Strict;
        case ag::AuthMode::Optional: return filter::AccessMode::Optional;
        case ag::AuthMode::Permissive: return filter::AccessMode::Permissive;
    }
    return filter::AccessMode::Strict;
}

filter::CredentialSource inHeader(std::string name, std::string prefix, bool optional = false) {
    filter::CredentialSource source;
    source.header = std::move(name);
    source.prefix = std::move(prefix);
    source.prefixOptional = optional;
    return source;
}

std::string idOf(const Attached* attached) { return attached == nullptr ? std::string("-") : attached->object->key.id(); }

std::chrono::nanoseconds unitOf(std::string_view unit) {
    return unit == "Hours" ? std::chrono::hours(1) : unit == "Minutes" ? std::chrono::minutes(1) : std::chrono::seconds(1);
}

/// Requests that may come at once, and so many a minute, evenly.
filter::BucketSpec perMinute(std::int64_t requests) {
    if (requests <= 0) return {1, 1, std::chrono::hours(24 * 365)};
    return {requests, 1, std::chrono::nanoseconds(std::chrono::minutes(1)) / requests};
}

}  // namespace

Result<std::string> AccessCompiler::secretText(const config::Object& secret, const std::string& key) {
    const auto text = [&](const char* section) -> std::string_view {
        const auto* node = secret.root ? secret.root->at(config::FieldPath{}.key(section).key(key)) : nullptr;
        return node != nullptr && node->kind == text::yaml::NodeKind::Scalar ? std::string_view(node->value) : std::string_view{};
    };
    if (secret.key.kind == "ConfigMap") return std::string(text("data"));
    auto value = secret::resolve(text("stringData"), text("data"));
    if (!value) return tl::unexpected(value.error());
    return std::string(value->reveal());
}

// ---- API keys.

Result<std::shared_ptr<const filter::ApiKeys>> AccessCompiler::readKeys(const config::Object& policy, const config::FieldPath& at,
                                                                        const std::vector<const config::Object*>& holders) {
    std::string id;
    for (const auto* holder : holders) id += holder->key.id() + ' ';
    if (const auto known = keysRead_.find(id); known != keysRead_.end()) return known->second;
    auto keys = std::make_shared<filter::ApiKeys>();
    for (const auto* holder : holders)
        for (const auto& name : config::entryNames(*holder)) {
            const auto skip = [&](std::string_view what) {
                context_.report(Severity::Warning, codes::kCredential, *holder, config::FieldPath{}.key(holder->key.kind == "Secret" ? "stringData" : "data").key(name),
                                fmt::format("{} {}. It lets nobody in.", name, what));
            };
            auto value = secretText(*holder, name);
            if (!value) {
                skip("cannot be read: " + value.error().message);
                continue;
            }
            auto read = filter::readKeyValue(*value, holder->key.kind != "Secret");
            std::fill(value->begin(), value->end(), '\0');
            if (!read) {
                skip(read.error().message);
                continue;
            }
            filter::KeyEntry entry;
            entry.digest = read->digest;
            entry.metadata = std::move(read->metadata);
            entry.name = name;
            entry.holder = holder->key;
            entry.id = fmt::format("{}/{}/{}", holder->key.ns, holder->key.name, name);
            entry.terms = config::termsOf(*holder, name);
            if (entry.terms.tokensPerDay || entry.terms.nanoPerDay) entry.account = context_.runtime.budgets.account(entry.id);
            if (entry.terms.requestsPerMinute)
                entry.rate = context_.runtime.buckets.bucket("key " + entry.id, perMinute(*entry.terms.requestsPerMinute));
            if (!keys->add(std::move(entry))) skip("is a key that another entry has already");
        }
    if (keys->size() == 0) context_.report(Severity::Warning, codes::kCredential, policy, at, "No key can be used, so nobody is let in.");
    keysRead_.emplace(std::move(id), keys);
    return std::shared_ptr<const filter::ApiKeys>(keys);
}

Result<Parts::Keys> AccessCompiler::keys(const config::Object& object, const config::ApiKeyAuthSpec& spec) {
    std::vector<const config::Object*> holders;
    if (spec.secret) {
        const auto* holder = context_.find("Secret", spec.secret->ns, spec.secret->name);
        if (holder == nullptr) return fail("secret-missing", fmt::format("Secret {}/{} does not exist.", spec.secret->ns, spec.secret->name));
        holders.push_back(holder);
    } else {
        holders = config::labelled(context_.objects, "Secret", object.key.ns, spec.labels);
    }
    auto read = readKeys(object, spec.at, holders);
    if (!read) return tl::unexpected(read.error());
    Parts::Keys out;
    out.keys = std::move(*read);
    for (const auto& place : spec.sources) {
        // As Envoy reads Authorization: with Bearer or without.
        const bool bearer = http::equalsIgnoreCase(place.header, "authorization");
        auto source = inHeader(place.header, bearer ? "Bearer " : "", true);
        source.query = place.query;
        source.cookie = place.cookie;
        out.sources.push_back(std::move(source));
    }
    if (out.sources.empty()) out.sources.push_back(inHeader("api-key", ""));
    out.clientIdHeader = spec.clientIdHeader;
    out.forward = spec.forward;
    return out;
}

Result<filter::CredentialSource> AccessCompiler::sourceOf(const ag::Location& location) {
    filter::CredentialSource source;
    switch (location.in) {
        case ag::Location::In::Header: return inHeader(location.name, location.prefix);
        case ag::Location::In::QueryParameter: source.query = location.name; return source;
        case ag::Location::In::Cookie: source.cookie = location.name; return source;
        case ag::Location::In::Expression: break;
    }
    auto program = text::cel::Program::compile(location.expression);
    if (!program) return fail(program.error().code, "The expression of location cannot be read: " + program.error().message);
    source.expression = std::move(*program);
    return source;
}

Result<Parts::Keys> AccessCompiler::keys(const config::Object& object, const ag::ApiKeyAuth& spec) {
    std::vector<const config::Object*> holders;
    if (spec.secret) {
        if (!spec.secret->group.empty() || (!spec.secret->kind.empty() && spec.secret->kind != "Secret"))
            return fail("secret-kind", fmt::format("Keys are read from Secrets, not from {}.", spec.secret->kind));
        const auto* holder = context_.find("Secret", object.key.ns, spec.secret->name);
        if (holder == nullptr) return fail("secret-missing", fmt::format("Secret {}/{} does not exist.", object.key.ns, spec.secret->name));
        holders.push_back(holder);
    } else if (spec.bySecretLabels) {
        holders = config::labelled(context_.objects, "Secret", object.key.ns, spec.secretLabels);
    } else {
        holders = config::labelled(context_.objects, "ConfigMap", object.key.ns, spec.configMapLabels);
    }
    auto read = readKeys(object, spec.at, holders);
    if (!read) return tl::unexpected(read.error());
    Parts::Keys out;
    out.keys = std::move(*read);
    out.mode = modeOf(spec.mode);
    auto source = spec.location ? sourceOf(*spec.location) : Result<filter::CredentialSource>(inHeader("Authorization", "Bearer "));
    if (!source) return tl::unexpected(source.error());
    out.sources.push_back(std::move(*source));
    return out;
}

// ---- Tokens.

Result<std::shared_ptr<filter::JwksSource>> AccessCompiler::source(const config::Object& object, const config::TargetRef& backend, const std::string& url,
                                                                   std::chrono::milliseconds cacheFor) {
    filter::JwksOptions options;
    options.url = url;
    options.cacheFor = std::max(cacheFor, std::chrono::milliseconds(1000));
    if (!backend.name.empty()) {
        const auto resolved = backends_.resolveTarget(object, backend);
        if (resolved.kind == BackendKind::Invalid) return fail("jwks-backend", resolved.invalidReason);
        if (!resolved.cluster || resolved.cluster->endpoints.empty())
            return fail("jwks-backend", fmt::format("{} has no endpoint that key sets could be fetched from.", resolved.name));
        options.connectTo = resolved.cluster->endpoints.front()->id;
    }
    return context_.runtime.tokenKeys.source(options);
}

Result<Parts::Tokens> AccessCompiler::tokens(const config::JwtAuthSpec& spec) {
    const auto* extension = context_.objects.find({config::kKgatewayGroup, "GatewayExtension", spec.ns, spec.extension});
    if (extension == nullptr) return fail("extension-missing", fmt::format("GatewayExtension {}/{} does not exist.", spec.ns, spec.extension));
    auto jwt = config::decodeJwtExtension(*extension);
    if (!jwt) return tl::unexpected(jwt.error());
    Parts::Tokens out;
    out.mode = jwt->allowMissing ? filter::AccessMode::Optional : filter::AccessMode::Strict;
    for (auto& from : jwt->providers) {
        Parts::Tokens::Provider made;
        made.is.name = from.name;
        made.is.issuer = from.issuer;
        made.is.audiences = from.audiences;
        made.is.claimsToHeaders = from.claimsToHeaders;
        made.forward = from.forward;
        if (!from.query.empty()) {
            filter::CredentialSource query;
            query.query = from.query;
            made.sources.push_back(std::move(query));
        } else {
            made.sources.push_back(from.header.empty() ? inHeader("Authorization", "Bearer ") : inHeader(from.header, from.prefix));
        }
        if (!from.url.empty()) {
            auto fetched = source(*extension, from.backend, from.url, from.cacheFor);
            if (!fetched) return tl::unexpected(fetched.error());
            made.is.source = std::move(*fetched);
        } else {
            auto text = from.inlineJwks;
            if (!from.configMap.empty()) {
                const auto* map = context_.find("ConfigMap", extension->key.ns, from.configMap);
                if (map == nullptr) return fail("jwks-missing", fmt::format("ConfigMap {}/{} does not exist.", extension->key.ns, from.configMap));
                text = secretText(*map, "jwks").value_or("");
            }
            auto keys = filter::readKeySet(text);
            if (!keys) {
                context_.report(Severity::Error, codes::kCredential, *extension, from.at.key("jwks"), keys.error().message + " Rules that need it answer 500.");
                return tl::unexpected(keys.error());
            }
            made.is.keys = std::move(*keys);
        }
        out.providers.push_back(std::move(made));
    }
    if (out.providers.empty()) return fail("no-issuer", "It names no issuer, so no token could be checked.");
    return out;
}

Result<Parts::Tokens> AccessCompiler::tokens(const config::Object& object, const ag::JwtAuth& spec) {
    if (spec.mcp) return fail("mcp", "jwtAuthentication.mcp is not run by this version.");
    auto place = spec.location ? sourceOf(*spec.location) : Result<filter::CredentialSource>(inHeader("Authorization", "Bearer "));
    if (!place) return tl::unexpected(place.error());
    Parts::Tokens out;
    out.mode = modeOf(spec.mode);
    for (const auto& from : spec.providers) {
        Parts::Tokens::Provider made;
        made.is.name = made.is.issuer = from.issuer;
        made.is.audiences = from.audiences;
        made.is.needsExpiry = true;  // As agentgateway asks for.
        made.sources.push_back(*place);
        if (from.remote) {
            auto url = from.remote->url;
            if (url.empty()) url = fmt::format("http://{}/{}", from.remote->backend.name, from.remote->jwksPath.substr(from.remote->jwksPath.starts_with('/') ? 1 : 0));
            auto fetched = source(object, from.remote->url.empty() ? from.remote->backend : config::TargetRef{}, url, from.remote->cacheDuration);
            if (!fetched) return tl::unexpected(fetched.error());
            made.is.source = std::move(*fetched);
        } else {
            auto keys = filter::readKeySet(from.inlineJwks);
            if (!keys) return tl::unexpected(keys.error());
            made.is.keys = std::move(*keys);
        }
        out.providers.push_back(std::move(made));
    }
    if (out.providers.empty()) return fail("no-issuer", "It names no issuer, so no token could be checked.");
    return out;
}

// ---- Passwords.

Result<void> AccessCompiler::addUsers(const config::Object& object, const config::FieldPath& at, const std::vector<std::string>& lines, Parts::Passwords& out) {
    for (const auto& line : lines) {
        const auto colon = line.find(':');
        if (colon == std::string::npos || colon == 0) return fail("htpasswd", "A line of the users is none of a htpasswd file: name, colon, hash.");
        auto name = line.substr(0, colon);
        auto hash = line.substr(colon + 1);
        if (filter::kindOfHash(hash) == filter::PasswordHash::Unknown)
            context_.report(Severity::Warning, codes::kCredential, object, at,
                            fmt::format("The hash of user {} is of a kind that is not known; it lets nobody in. Use {{SHA}}, bcrypt ($2y$), $5$ or $6$.", name));
        out.users.emplace_back(std::move(name), std::move(hash));
    }
    if (out.users.empty()) return fail("htpasswd", "There is no user, so nobody could be let in.");
    out.desk = context_.runtime.passwords;
    return {};
}

Result<Parts::Passwords> AccessCompiler::passwords(const config::Object& object, const config::BasicAuthSpec& spec) {
    Parts::Passwords out;
    auto lines = spec.users;
    if (spec.secret) {
        const auto* secret = context_.find("Secret", spec.secret->ns, spec.secret->name);
        if (secret == nullptr) return fail("secret-missing", fmt::format("Secret {}/{} does not exist.", spec.secret->ns, spec.secret->name));
        const auto text = secretText(*secret, spec.secretKey);
        if (!text) return tl::unexpected(text.error());
        lines = config::htpasswdLines(*text);
    }
    if (auto added = addUsers(object, spec.at, lines, out); !added) return tl::unexpected(added.error());
    out.sources.push_back(inHeader("Authorization", "Basic "));
    out.realm = "gatehouse";
    return out;
}

Result<Parts::Passwords> AccessCompiler::passwords(const config::Object& object, const ag::BasicAuth& spec) {
    Parts::Passwords out;
    out.mode = modeOf(spec.mode);
    if (!spec.realm.empty() && spec.realm.find_first_of("\"\\\r\n") == std::string::npos) out.realm = spec.realm;
    auto lines = spec.users;
    if (spec.secret) {
        const auto* secret = context_.find("Secret", object.key.ns, spec.secret->name);
        if (secret == nullptr) return fail("secret-missing", fmt::format("Secret {}/{} does not exist.", object.key.ns, spec.secret->name));
        const auto text = secretText(*secret, spec.secret->key.empty() ? ".htaccess" : spec.secret->key);
        if (!text) return tl::unexpected(text.error());
        lines = config::htpasswdLines(*text);
    }
    if (auto added = addUsers(object, spec.at, lines, out); !added) return tl::unexpected(added.error());
    auto place = spec.location ? sourceOf(*spec.location) : Result<filter::CredentialSource>(inHeader("Authorization", "Basic "));
    if (!place) return tl::unexpected(place.error());
    out.sources.push_back(std::move(*place));
    return out;
}

// ---- Expressions, limits, and the whole.

Result<filter::AuthorizationRule> AccessCompiler::rule(const config::Object& object, filter::AuthorizationRule::Action action, bool any,
                                                       const std::vector<std::string>& expressions) {
    filter::AuthorizationRule out;
    out.action = action;
    out.any = any;
    out.origin = object.key;
    for (const auto& text : expressions) {
        auto program = text::cel::Program::compile(text);
        if (!program) return fail(program.error().code, "An expression cannot be read: " + program.error().message);
        out.expressions.push_back(std::move(*program));
    }
    if (out.expressions.empty()) return fail("no-expression", "There is no expression.");
    return out;
}

filter::RateLimit AccessCompiler::limit(const config::Object& object, const std::string& id, const filter::BucketSpec& spec, filter::RateLimit::Counts counts) {
    filter::RateLimit out;
    out.counts = counts;
    out.bucket = context_.runtime.buckets.bucket(id, spec);
    out.name = filter::limitText(spec, counts);
    out.id = id;
    out.origin = object.key;
    return out;
}

AccessEffect AccessCompiler::finish(Parts parts, std::vector<filter::RateLimit> limits, std::string broken) {
    AccessEffect effect;
    effect.broken = std::move(broken);
    if (!effect.broken.empty()) return effect;
    if (!parts.empty()) effect.access = std::make_shared<const filter::ClientAccess>(std::move(parts));
    if (!limits.empty()) effect.limits = std::make_shared<const filter::RateLimits>(std::move(limits));
    return effect;
}

AccessEffect AccessCompiler::of(const TrafficWinners& winners, std::string_view ruleId) {
    const auto scope = winners.rate == nullptr ? std::string() : winners.rate->target.empty() ? std::string(ruleId) : winners.rate->target;
    const auto key = fmt::format("{} {} {} {} {} {}", idOf(winners.apiKeys), idOf(winners.passwords), idOf(winners.tokens), idOf(winners.rbac),
                                 idOf(winners.rate), scope);
    if (const auto known = byWinners_.find(key); known != byWinners_.end()) return known->second;
    Parts parts;
    std::vector<filter::RateLimit> limits;
    std::string broken;
    const auto judge = [&](const Attached& attached, const char* field, const Error& error) {
        if (broken.empty()) broken = fmt::format("{} of {} cannot be run: {}", field, attached.object->key.display(), error.message);
        context_.reportBroken(codes::kPolicyInvalid, *attached.object, config::FieldPath{}.key("spec").key(field), error.message, kClosed);
    };
    const auto take = [&](const Attached* attached, const char* field, auto&& make, auto& into) {
        if (attached == nullptr) return;
        if (const auto* error = context_.errorWithin(attached->object->key, std::string("spec.") + field)) {
            if (broken.empty()) broken = fmt::format("{} of {} cannot be run: {}", field, attached->object->key.display(), error->message);
            return;
        }
        make(config::decodeAccess(*attached->object), into);
    };
    take(winners.apiKeys, "apiKeyAuth", [&](const config::AccessSpec& spec, auto& into) {
        if (!spec.apiKeys || spec.apiKeys->disable) return;
        if (auto made = keys(*winners.apiKeys->object, *spec.apiKeys)) into = std::move(*made);
        else judge(*winners.apiKeys, "apiKeyAuth", made.error());
    }, parts.keys);
    take(winners.tokens, "jwtAuth", [&](const config::AccessSpec& spec, auto& into) {
        if (!spec.tokens || spec.tokens->disable) return;
        if (auto made = tokens(*spec.tokens)) into = std::move(*made);
        else judge(*winners.tokens, "jwtAuth", made.error());
    }, parts.tokens);
    take(winners.passwords, "basicAuth", [&](const config::AccessSpec& spec, auto& into) {
        if (!spec.passwords || spec.passwords->disable) return;
        if (auto made = passwords(*winners.passwords->object, *spec.passwords)) into = std::move(*made);
        else judge(*winners.passwords, "basicAuth", made.error());
    }, parts.passwords);
    take(winners.rbac, "rbac", [&](const config::AccessSpec& spec, auto& into) {
        if (!spec.rbac) return;
        using Action = filter::AuthorizationRule::Action;
        if (auto made = rule(*winners.rbac->object, spec.rbac->deny ? Action::Deny : Action::Allow, true, spec.rbac->expressions)) into.push_back(std::move(*made));
        else judge(*winners.rbac, "rbac", made.error());
    }, parts.authorization);
    take(winners.rate, "rateLimit", [&](const config::AccessSpec& spec, auto& into) {
        if (!spec.rate || spec.rate->disable) return;
        auto made = limit(*winners.rate->object, fmt::format("{} at {}", winners.rate->object->key.id(), scope),
                          {spec.rate->maxTokens, spec.rate->tokensPerFill, spec.rate->fillInterval}, filter::RateLimit::Counts::Requests);
        made.enabledPercent = static_cast<std::uint8_t>(spec.rate->percentEnabled);
        made.enforcedPercent = static_cast<std::uint8_t>(spec.rate->percentEnforced);
        into.push_back(std::move(made));
    }, limits);
    return byWinners_.emplace(key, finish(std::move(parts), std::move(limits), std::move(broken))).first->second;
}

AccessEffect AccessCompiler::of(const AgentgatewayParts& from) {
    const auto id = [](const config::Object* object) { return object == nullptr ? std::string("-") : object->key.id(); };
    auto key = fmt::format("B {} {} {} {} {}", id(from.apiKeys.object), id(from.passwords.object), id(from.tokens.object), id(from.rate.object), from.scope);
    for (const auto& entry : from.authorization) key += ' ' + id(entry.object);
    if (const auto known = byWinners_.find(key); known != byWinners_.end()) return known->second;
    Parts parts;
    std::vector<filter::RateLimit> limits;
    std::string broken;
    const auto judge = [&](const config::Object& object, const config::FieldPath& at, const Error& error) {
        if (broken.empty()) broken = fmt::format("{} of {} cannot be run: {}", at.toString(), object.key.display(), error.message);
        context_.reportBroken(codes::kPolicyInvalid, object, at, error.message, kClosed);
    };
    const auto take = [&](const auto& part, auto&& make, auto& into) {
        if (part.spec == nullptr) return;
        if (auto made = make()) into = std::move(*made);
        else judge(*part.object, part.spec->at, made.error());
    };
    take(from.apiKeys, [&] { return keys(*from.apiKeys.object, *from.apiKeys.spec); }, parts.keys);
    take(from.tokens, [&] { return tokens(*from.tokens.object, *from.tokens.spec); }, parts.tokens);
    take(from.passwords, [&] { return passwords(*from.passwords.object, *from.passwords.spec); }, parts.passwords);
    for (const auto& entry : from.authorization) {
        using Action = filter::AuthorizationRule::Action;
        const auto action = entry.spec->action == ag::Authorization::Action::Deny      ? Action::Deny
                            : entry.spec->action == ag::Authorization::Action::Require ? Action::Require
                                                                                       : Action::Allow;
        if (auto made = rule(*entry.object, action, false, entry.spec->matchExpressions)) parts.authorization.push_back(std::move(*made));
        else judge(*entry.object, entry.spec->at, made.error());
    }
    if (from.rate.spec != nullptr)
        for (std::size_t i = 0; i < from.rate.spec->local.size(); ++i) {
            const auto& local = from.rate.spec->local[i];
            const auto rate = static_cast<std::int64_t>(local.tokens.value_or(local.requests.value_or(1)));
            const auto counts = local.tokens ? filter::RateLimit::Counts::Tokens : filter::RateLimit::Counts::Requests;
            limits.push_back(limit(*from.rate.object, fmt::format("{}[{}] at {}", from.rate.object->key.id(), i, from.scope),
                                   {rate + local.burst, rate, unitOf(local.unit)}, counts));
        }
    return byWinners_.emplace(key, finish(std::move(parts), std::move(limits), std::move(broken))).first->second;
}

}  // namespace gatehouse::route
