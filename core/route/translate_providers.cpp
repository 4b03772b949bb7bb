// LLM providers of kgateway Backends of type AI: every provider block of kgateway 2.1, and presets of the providers' table by
// annotation. Several of them become targets, each with an endpoint of its own.
#include "config/fields.h"
#include "route/diagnostic_codes.h"
#include "route/translate_backends.h"
#include "route/translate_credentials.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::route {
namespace {

constexpr std::uint16_t kHttpsPort = 443;
constexpr std::uint16_t kHttpPort = 80;

/// The row that the annotation names for this provider; empty: none.
std::string presetOf(const config::Object& object, const config::LlmProviderSpec& spec) {
    return spec.provider == "openai" ? config::providerAnnotation(object, config::kPresetAnnotation, spec.name) : std::string();
}

std::string displayOf(const config::LlmProviderSpec& spec) { return spec.name.empty() ? spec.provider : spec.name; }

}  // namespace

std::string hostOnly(std::string_view endpoint) {
    for (const std::string_view scheme : {"https://", "http://"})
        if (endpoint.starts_with(scheme)) endpoint.remove_prefix(scheme.size());
    return std::string(endpoint.substr(0, endpoint.find('/')));
}

std::string hostText(std::string_view host, std::uint16_t port, bool secure) {
    const bool bareV6 = host.find(':') != std::string_view::npos && !host.starts_with('[');
    auto text = bareV6 ? fmt::format("[{}]", host) : std::string(host);
    if (port != (secure ? kHttpsPort : kHttpPort)) text += fmt::format(":{}", port);
    return text;
}

Result<llm::Provider> BackendResolver::makeProvider(const config::Object& object, const config::LlmProviderSpec& spec,
                                                    const llm::ProviderKind& kind, const std::string& id) {
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
    provider.firstToken = durationOf(object, config::kFirstTokenAnnotation, llm::Provider::kFirstToken);
    provider.streamIdle = durationOf(object, config::kStreamIdleAnnotation, base::Millis(0));
    if (kind.auth == llm::AuthScheme::Header) {
        provider.authHeader = kind.authHeader;
        provider.authPrefix.clear();
    }
    if (!spec.authHeaderName.empty()) provider.authHeader = spec.authHeaderName;
    if (spec.hasAuthPrefix) {
        provider.authPrefix = spec.authHeaderPrefix;
        if (!provider.authPrefix.empty() && provider.authPrefix.back() != ' ') provider.authPrefix += ' ';
    }
    provider.health = context_.runtime.credentials.health(id);
    if (auto set = CredentialMaker(context_).set(object, spec, id, provider); !set) return tl::unexpected(set.error());
    return provider;
}

base::Millis BackendResolver::durationOf(const config::Object& object, const char* annotation, base::Millis otherwise) {
    const auto found = object.annotations.find(annotation);
    if (found == object.annotations.end()) return otherwise;
    const auto read = config::parseDuration(found->second);
    if (read && read->count() > 0) return std::chrono::duration_cast<base::Millis>(*read);
    const auto at = config::FieldPath{}.key("metadata").key("annotations").key(annotation);
    context_.report(config::Severity::Warning, codes::kProviderAnnotation, object, at,
                    otherwise.count() > 0 ? fmt::format("\"{}\" is no duration such as 20s; {} s hold.", found->second, otherwise.count() / 1000)
                                          : fmt::format("\"{}\" is no duration such as 20s; the table of limits holds.", found->second));
    return otherwise;
}

bool asksForRestart(TranslateContext& context, const config::Object& route) {
    const auto found = route.annotations.find(config::kRestartAnnotation);
    if (found == route.annotations.end() || found->second == "false") return false;
    if (found->second == "true") return true;
    context.report(config::Severity::Warning, codes::kProviderAnnotation, route,
                   config::FieldPath{}.key("metadata").key("annotations").key(config::kRestartAnnotation),
                   fmt::format("\"{}\" is neither true nor false; streams do not begin anew.", found->second));
    return false;
}

std::shared_ptr<const llm::SideHost> BackendResolver::sideHostOf(const llm::ProviderKind& kind) {
    const auto* api = std::find_if(kind.apis, kind.apis + kind.apiCount, [](const llm::ProviderApi& each) { return each.host != nullptr; });
    if (api == kind.apis + kind.apiCount) return nullptr;
    return std::make_shared<const llm::SideHost>(llm::SideHost{api->host, hostCluster(fmt::format("provider/{}", api->host), api->host, kHttpsPort)});
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
    auto provider = makeProvider(object, spec, *kind, clusterId);
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
    // A host that is named stands for all of the provider's APIs.
    if (!overridden && spec.endpoint.empty()) provider->side = sideHostOf(*kind);
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
    provider->hostHeader = hostText(host, port, secure);
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
