// LLM providers of kgateway Backends of type AI: every provider block of kgateway 2.1, and presets of the providers' table by
// annotation. Several of them become targets, each with an endpoint of its own.
#include "config/fields.h"
#include "route/diagnostic_codes.h"
#include "route/translate_backends.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace gatehouse::route {
namespace {

constexpr std::uint16_t kHttpsPort = 443;
constexpr std::uint16_t kHttpPort = 80;
constexpr char kSecretKey[] = "Authorization";  ///< The key of the Secret that kgateway reads.

std::string withoutBearer(std::string_view token) {
    constexpr std::string_view kBearer = "Bearer ";
    if (token.size() > kBearer.size() && token.starts_with(kBearer)) token.remove_prefix(kBearer.size());
    return std::string(token);
}

std::string_view secretText(const config::Object& object, std::string_view section, std::string_view key) {
    if (!object.root) return {};
    const auto* node = object.root->at(config::FieldPath{}.key(section).key(key));
    return node && node->kind == text::yaml::NodeKind::Scalar ? std::string_view(node->value) : std::string_view{};
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

/// The row that the annotation names for this provider; empty: none.
std::string presetOf(const config::Object& object, const config::LlmProviderSpec& spec) {
    const auto found = object.annotations.find(config::kPresetAnnotation);
    if (found == object.annotations.end() || spec.provider != "openai") return {};
    std::string_view rest = found->second;
    while (!rest.empty()) {
        const auto end = std::min(rest.find(','), rest.size());
        const auto part = trimmed(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const auto equals = part.find('=');
        if (equals == std::string_view::npos) return std::string(part);
        if (trimmed(part.substr(0, equals)) == spec.name) return std::string(trimmed(part.substr(equals + 1)));
    }
    return {};
}

/// "https://name.openai.azure.com/" as some write it.
std::string hostOnly(std::string_view endpoint) {
    for (const std::string_view scheme : {"https://", "http://"})
        if (endpoint.starts_with(scheme)) endpoint.remove_prefix(scheme.size());
    return std::string(endpoint.substr(0, endpoint.find('/')));
}

std::string displayOf(const config::LlmProviderSpec& spec) { return spec.name.empty() ? spec.provider : spec.name; }

}  // namespace

Result<secret::SecretValue> BackendResolver::readSecret(const config::Object& object, const std::string& name, const char* key,
                                                        bool required) {
    const auto* holder = context_.find("Secret", object.key.ns, name);
    if (!holder) return fail("secret-missing", fmt::format("Secret {}/{} does not exist.", object.key.ns, name));
    const auto stringData = secretText(*holder, "stringData", key);
    const auto data = secretText(*holder, "data", key);
    if (stringData.empty() && data.empty() && !required) return secret::SecretValue();
    if (stringData.empty() && data.empty())
        return fail("secret-key", fmt::format("Secret {}/{} has no key {}.", object.key.ns, name, key));
    auto value = secret::resolve(stringData, data);
    if (!value) return tl::unexpected(value.error());
    if (value->empty() && required)
        return fail("secret-empty", fmt::format("Secret {}/{} holds an empty {}.", object.key.ns, name, key));
    return value;
}

Result<secret::SecretValue> BackendResolver::readToken(const config::Object& object, const config::LlmProviderSpec& spec) {
    if (spec.auth == config::AuthTokenKind::Inline) return secret::SecretValue(withoutBearer(spec.inlineToken));
    auto value = readSecret(object, spec.secretName, kSecretKey, true);
    if (!value) return value;
    return secret::SecretValue(withoutBearer(value->reveal()));
}

/// Bedrock: of the Secret, else what the AWS tools read from the environment.
Result<void> BackendResolver::setCredentials(const config::Object& object, const config::LlmProviderSpec& spec, llm::Provider& provider) {
    auto keys = std::make_shared<llm::AwsCredentials>();
    if (spec.auth == config::AuthTokenKind::SecretRef) {
        auto access = readSecret(object, spec.secretName, "accessKey", true);
        if (!access) return tl::unexpected(access.error());
        auto secret = readSecret(object, spec.secretName, "secretKey", true);
        if (!secret) return tl::unexpected(secret.error());
        auto session = readSecret(object, spec.secretName, "sessionToken", false);
        if (!session) return tl::unexpected(session.error());
        keys->accessKey = std::move(*access);
        keys->secretKey = std::move(*secret);
        keys->sessionToken = std::move(*session);
    } else {
        const auto from = [](const char* name) {
            const char* value = std::getenv(name);
            return secret::SecretValue(value != nullptr ? value : "");
        };
        keys->accessKey = from("AWS_ACCESS_KEY_ID");
        keys->secretKey = from("AWS_SECRET_ACCESS_KEY");
        keys->sessionToken = from("AWS_SESSION_TOKEN");
        if (keys->accessKey.empty() || keys->secretKey.empty())
            return fail("aws-credentials", "bedrock has no auth, and AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set.");
    }
    provider.auth = llm::UpstreamAuth::SigV4;
    provider.aws = std::move(keys);
    return {};
}

Result<llm::Provider> BackendResolver::makeProvider(const config::Object& object, const config::LlmProviderSpec& spec,
                                                    const llm::ProviderKind& kind) {
    llm::Provider provider;
    provider.name = spec.name.empty() ? std::string(kind.name) : spec.name;
    provider.kind = &kind;
    provider.modelOverride = spec.model;
    provider.path = spec.pathFull;
    provider.parts.apiVersion = spec.apiVersion;
    provider.parts.deployment = spec.deploymentName;
    provider.parts.project = spec.projectId;
    provider.parts.location = spec.location;
    provider.guardrail = spec.guardrail;
    provider.guardrailVersion = spec.guardrailVersion;
    if (spec.modelPath != "generateContent" && spec.modelPath != "streamGenerateContent") provider.method = spec.modelPath;
    provider.firstToken = firstTokenOf(object);
    if (kind.auth == llm::AuthScheme::Header) {
        provider.authHeader = kind.authHeader;
        provider.authPrefix.clear();
    }
    if (!spec.authHeaderName.empty()) provider.authHeader = spec.authHeaderName;
    if (spec.hasAuthPrefix) {
        provider.authPrefix = spec.authHeaderPrefix;
        if (!provider.authPrefix.empty() && provider.authPrefix.back() != ' ') provider.authPrefix += ' ';
    }
    if (kind.auth == llm::AuthScheme::SigV4) {
        if (auto set = setCredentials(object, spec, provider); !set) return tl::unexpected(set.error());
        return provider;
    }
    switch (spec.auth) {
        case config::AuthTokenKind::None: provider.auth = llm::UpstreamAuth::None; break;
        case config::AuthTokenKind::Passthrough: provider.auth = llm::UpstreamAuth::Passthrough; break;
        case config::AuthTokenKind::Inline:
        case config::AuthTokenKind::SecretRef: {
            auto token = readToken(object, spec);
            if (!token) return tl::unexpected(token.error());
            if (token->reveal().find_first_not_of(" \t\r\n") != std::string_view::npos &&
                token->reveal()[token->reveal().find_first_not_of(" \t\r\n")] == '{')
                return fail("token-exchange", "The key is a JSON document, such as a Google service account's; exchanging one for a token "
                                              "is not run yet: give an access token.");
            provider.auth = llm::UpstreamAuth::Bearer;
            provider.token = std::move(*token);
            break;
        }
    }
    return provider;
}

base::Millis BackendResolver::firstTokenOf(const config::Object& object) {
    const auto found = object.annotations.find(config::kFirstTokenAnnotation);
    if (found == object.annotations.end()) return llm::Provider::kFirstToken;
    const auto read = config::parseDuration(found->second);
    if (read && read->count() > 0) return std::chrono::duration_cast<base::Millis>(*read);
    context_.report(config::Severity::Warning, codes::kProviderAnnotation, object,
                    config::FieldPath{}.key("metadata").key("annotations").key(config::kFirstTokenAnnotation),
                    fmt::format("\"{}\" is no duration such as 20s; {} s hold.", found->second, llm::Provider::kFirstToken.count() / 1000));
    return llm::Provider::kFirstToken;
}

/// The error is one that was reported already; its sentence names no value.
Result<LlmTarget> BackendResolver::makeTarget(const config::Object& object, const config::LlmProviderSpec& spec,
                                              const std::string& clusterId) {
    const auto report = [&](const char* code, const config::FieldPath& at, std::string sentence) {
        context_.report(config::Severity::Error, code, object, at, sentence + " Requests to it answer 500.");
        return fail(code, std::move(sentence));
    };
    const auto preset = presetOf(object, spec);
    const auto* kind = llm::findProviderKind(preset.empty() ? spec.provider : preset);
    if (kind == nullptr && !preset.empty())
        return report(codes::kProviderAnnotation,
                      config::FieldPath{}.key("metadata").key("annotations").key(config::kPresetAnnotation),
                      fmt::format("There is no provider named {}.", preset));
    if (kind == nullptr)
        return report(codes::kProviderUnsupported, spec.at, fmt::format("A provider of {} names no API that is known.", object.key.display()));
    auto provider = makeProvider(object, spec, *kind);
    if (!provider) {
        const auto block = spec.at.key(spec.provider);
        const auto at = kind->auth == llm::AuthScheme::SigV4 ? block.key("auth") : block.key("authToken").key("secretRef").key("name");
        return report(codes::kSecretUnresolved, at,
                      fmt::format("The key for {} is not available: {}", object.key.display(), provider.error().message));
    }
    const bool overridden = !spec.override.host.empty();
    const auto host = overridden              ? spec.override.host
                      : !spec.endpoint.empty() ? hostOnly(spec.endpoint)
                                               : llm::hostOf(*kind, spec.location);
    if (host.empty())
        return report(codes::kProviderUnsupported, spec.at.key(spec.provider), fmt::format("{} needs a host.", kind->title));
    const std::uint16_t port = overridden && spec.override.port != 0 ? spec.override.port : kind->port;

    auto cluster = std::make_shared<upstream::Cluster>();
    cluster->id = clusterId;
    cluster->name = object.key.display();
    const bool secure = port == kHttpsPort;  // kgateway's rule: TLS exactly on 443.
    if (secure) {
        net::TlsClientOptions tls;
        tls.sni = host;
        cluster->transport = context_.runtime.transports.get({upstream::Protocol::Http1, std::move(tls)});
    }
    cluster->endpoints.push_back(context_.runtime.endpoints.get(cluster->id, host, port, {}, cluster->transport));
    const bool bareV6 = host.find(':') != std::string::npos && host.front() != '[';
    provider->hostHeader = bareV6 ? "[" + host + "]" : host;
    if (!secure && port != kHttpPort) provider->hostHeader += fmt::format(":{}", port);
    LlmTarget target;
    target.provider = std::make_shared<const llm::Provider>(std::move(*provider));
    target.cluster = std::move(cluster);
    return target;
}

BackendResolver::Resolved BackendResolver::resolveLlm(const config::Object& object, const config::BackendSpec& spec) {
    std::size_t named = 0;
    for (const auto& group : spec.llmGroups) named += group.size();
    if (named == 0)
        return unusable(500, fmt::format("{} names no provider.", object.key.display()), codes::kBackendUnresolved);

    const auto id = fmt::format("Backend/{}/{}", object.key.ns, object.key.name);
    auto targets = std::make_shared<std::vector<LlmTarget>>();
    std::string why;
    for (std::size_t group = 0; group < spec.llmGroups.size(); ++group) {
        for (std::size_t i = 0; i < spec.llmGroups[group].size(); ++i) {
            const auto& each = spec.llmGroups[group][i];
            // By place, too: kgateway does not enforce that names differ between groups.
            auto target = makeTarget(object, each, named == 1 ? id : fmt::format("{}/{}/{}", id, group, displayOf(each)));
            if (!target) {
                if (why.empty()) why = target.error().message;
                continue;
            }
            target->group = static_cast<std::uint32_t>(group);
            targets->push_back(std::move(*target));
        }
    }
    // What is left serves; the client of a live request gets no more than the sentence, which names no value.
    if (targets->empty()) return unusable(500, why);
    Resolved resolved;
    resolved.kind = BackendKind::Llm;
    resolved.cluster = targets->front().cluster;
    resolved.provider = targets->front().provider;
    if (named > 1) resolved.targets = std::move(targets);
    return resolved;
}

}  // namespace gatehouse::route
