// LLM providers of kgateway Backends of type AI.
#include "route/diagnostic_codes.h"
#include "route/translate_backends.h"

#include <fmt/format.h>

namespace gatehouse::route {
namespace {

struct ProviderDefaults {
    std::string_view name;
    std::string_view host;
    std::string_view path;
};
/// Providers whose wire format is run. kgateway 2.1 defaults.
constexpr ProviderDefaults kProviders[] = {{"openai", "api.openai.com", "/v1/chat/completions"}};

constexpr std::uint16_t kHttpsPort = 443;
constexpr char kSecretKey[] = "Authorization";  ///< The key of the Secret that kgateway reads.

const ProviderDefaults* findProvider(std::string_view name) {
    for (const auto& provider : kProviders)
        if (provider.name == name) return &provider;
    return nullptr;
}

std::string withoutBearer(std::string_view token) {
    constexpr std::string_view kBearer = "Bearer ";
    if (token.size() > kBearer.size() && token.starts_with(kBearer)) token.remove_prefix(kBearer.size());
    return std::string(token);
}

std::string_view secretText(const config::Object& object, std::string_view section) {
    if (!object.root) return {};
    const auto* node = object.root->at(config::FieldPath{}.key(section).key(kSecretKey));
    return node && node->kind == text::yaml::NodeKind::Scalar ? std::string_view(node->value) : std::string_view{};
}

}  // namespace

Result<secret::SecretValue> BackendResolver::readToken(const config::Object& object, const config::LlmProviderSpec& spec) {
    if (spec.auth == config::AuthTokenKind::Inline) return secret::SecretValue(withoutBearer(spec.inlineToken));
    const auto* holder = context_.find("Secret", object.key.ns, spec.secretName);
    if (!holder)
        return fail("secret-missing", fmt::format("Secret {}/{} does not exist.", object.key.ns, spec.secretName));
    const auto stringData = secretText(*holder, "stringData");
    const auto data = secretText(*holder, "data");
    if (stringData.empty() && data.empty())
        return fail("secret-key", fmt::format("Secret {}/{} has no key {}.", object.key.ns, spec.secretName, kSecretKey));
    auto value = secret::resolve(stringData, data);
    if (!value) return tl::unexpected(value.error());
    if (value->empty())
        return fail("secret-empty", fmt::format("Secret {}/{} holds an empty {}.", object.key.ns, spec.secretName, kSecretKey));
    return secret::SecretValue(withoutBearer(value->reveal()));
}

Result<llm::Provider> BackendResolver::makeProvider(const config::Object& object, const config::LlmProviderSpec& spec) {
    const auto* defaults = findProvider(spec.provider);
    llm::Provider provider;
    provider.name = spec.provider;
    provider.modelOverride = spec.model;
    provider.path = spec.pathFull.empty() ? std::string(defaults->path) : spec.pathFull;
    if (!spec.authHeaderName.empty()) provider.authHeader = spec.authHeaderName;
    if (spec.hasAuthPrefix) {
        provider.authPrefix = spec.authHeaderPrefix;
        if (!provider.authPrefix.empty() && provider.authPrefix.back() != ' ') provider.authPrefix += ' ';
    }
    switch (spec.auth) {
        case config::AuthTokenKind::None: provider.auth = llm::UpstreamAuth::None; break;
        case config::AuthTokenKind::Passthrough: provider.auth = llm::UpstreamAuth::Passthrough; break;
        case config::AuthTokenKind::Inline:
        case config::AuthTokenKind::SecretRef: {
            auto token = readToken(object, spec);
            if (!token) return tl::unexpected(token.error());
            provider.auth = llm::UpstreamAuth::Bearer;
            provider.token = std::move(*token);
            break;
        }
    }
    return provider;
}

BackendResolver::Resolved BackendResolver::resolveLlm(const config::Object& object, const config::BackendSpec& spec) {
    std::size_t providers = 0;
    for (const auto& group : spec.llmGroups) providers += group.size();
    if (providers == 0)
        return unusable(500, fmt::format("{} names no provider.", object.key.display()), codes::kBackendUnresolved);
    const auto& chosen = spec.llmGroups.front().empty() ? spec.llmGroups.back().front() : spec.llmGroups.front().front();
    if (providers > 1)
        context_.report(config::Severity::Warning, codes::kFailoverNotRun, object,
                        config::FieldPath{}.key("spec").key("ai").key("priorityGroups"),
                        fmt::format("Failover between {} providers is not run yet: every request goes to {}.", providers,
                                    chosen.name.empty() ? chosen.provider : chosen.name));
    const auto* defaults = findProvider(chosen.provider);
    if (!defaults) {
        const auto reason = fmt::format("Provider {} of {} is not run yet.", chosen.provider, object.key.display());
        context_.report(config::Severity::Error, codes::kProviderUnsupported, object, chosen.at.key(chosen.provider),
                        reason + " Its share of requests answers 500; providers with an OpenAI-compatible API can be reached "
                                 "as openai with host and port.");
        return unusable(500, reason);
    }
    auto provider = makeProvider(object, chosen);
    if (!provider) {
        const auto token = chosen.at.key(chosen.provider).key("authToken").key("secretRef").key("name");
        context_.report(config::Severity::Error, codes::kSecretUnresolved, object, token,
                        provider.error().message + " Requests to this backend answer 500.");
        // The client of a live request gets no more than that; the sentence names no value.
        return unusable(500, fmt::format("The key for {} is not available: {}", object.key.display(), provider.error().message));
    }

    const bool overridden = !chosen.override.host.empty();
    const auto host = overridden ? chosen.override.host : std::string(defaults->host);
    const std::uint16_t port = overridden && chosen.override.port != 0 ? chosen.override.port : kHttpsPort;
    auto cluster = std::make_shared<upstream::Cluster>();
    cluster->id = fmt::format("Backend/{}/{}", object.key.ns, object.key.name);
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
    if (!secure && port != 80) provider->hostHeader += fmt::format(":{}", port);

    Resolved resolved;
    resolved.kind = BackendKind::Llm;
    resolved.cluster = std::move(cluster);
    resolved.provider = std::make_shared<const llm::Provider>(std::move(*provider));
    return resolved;
}

}  // namespace gatehouse::route
