#include "route/translate_guards.h"

#include "route/diagnostic_codes.h"
#include "route/translate_credentials.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

namespace gatehouse::route {
namespace {

constexpr std::uint16_t kHttpsPort = 443;
constexpr std::string_view kModerationHost = "api.openai.com";

std::vector<llm::GuardService::Forward> forwards(const std::vector<config::ValueMatch>& matches) {
    std::vector<llm::GuardService::Forward> out;
    for (const auto& match : matches) {
        llm::GuardService::Forward forward{match.name, match.value, nullptr};
        if (match.type == config::ValueMatchType::RegularExpression) {
            auto pattern = text::Regex::compile(match.value);
            if (!pattern) continue;  // Told by validation; the field is not shown then.
            forward.pattern = *pattern;
        }
        out.push_back(std::move(forward));
    }
    return out;
}

/// TLS exactly on 443: kgateway's rule.
std::string written(std::string_view host, std::uint16_t port) { return hostText(host, port, port == kHttpsPort); }

/// "host:port"
std::optional<std::pair<std::string, std::uint16_t>> hostAndPortOf(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    std::uint16_t port = 0;
    const auto digits = text.substr(colon + 1);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size() || port == 0) return std::nullopt;
    return std::make_pair(std::string(text.substr(0, colon)), port);
}

}  // namespace

/// TLS exactly on 443, verified: kgateway's rule, but for the verification.
std::shared_ptr<const upstream::Cluster> BackendResolver::hostCluster(const std::string& id, const std::string& host, std::uint16_t port) {
    for (const auto& known : clusters_)
        if (known->id == id) return known;
    auto cluster = std::make_shared<upstream::Cluster>();
    cluster->id = id;
    cluster->name = written(host, port);
    if (port == kHttpsPort) {
        net::TlsClientOptions tls;
        tls.sni = host;
        cluster->transport = context_.runtime.transports.get({upstream::Protocol::Http1, std::move(tls)});
    }
    cluster->endpoints.push_back(context_.runtime.endpoints.get(cluster->id, host, port, {}, cluster->transport));
    clusters_.push_back(cluster);
    return cluster;
}

std::shared_ptr<const llm::GuardService> GuardCompiler::webhook(const config::WebhookSpec& spec) {
    auto service = std::make_shared<llm::GuardService>();
    service->host = written(spec.host.host, spec.host.port);
    service->name = fmt::format("{}:{}", spec.host.host, spec.host.port);
    service->forward = forwards(spec.forward);
    if (spec.host.host.empty() || spec.host.port == 0) service->broken = "The webhook names no host and port.";
    else service->cluster = backends_.hostCluster("guard/" + service->name, spec.host.host, spec.host.port);
    return service;
}

std::shared_ptr<const llm::GuardService> GuardCompiler::webhookAt(const Backend& backend, const std::vector<config::ValueMatch>& forward) {
    auto service = std::make_shared<llm::GuardService>();
    service->name = backend.name;
    service->forward = forwards(forward);
    service->cluster = backend.cluster;
    if (!backend.cluster)
        service->broken = backend.invalidReason.empty() ? fmt::format("{} cannot be asked.", backend.name) : backend.invalidReason;
    return service;
}

std::shared_ptr<const llm::GuardService> GuardCompiler::moderationAt(std::string_view hostAndPort, std::string model,
                                                                     std::shared_ptr<const llm::Provider> key) {
    const auto named = hostAndPortOf(hostAndPort);
    const auto host = named ? named->first : std::string(kModerationHost);
    const auto port = named ? named->second : kHttpsPort;
    auto service = std::make_shared<llm::GuardService>();
    service->name = written(host, port);
    service->host = service->name;
    service->model = std::move(model);
    service->provider = std::move(key);
    service->cluster = backends_.hostCluster(fmt::format("guard/{}:{}", host, port), host, port);
    return service;
}

std::shared_ptr<llm::GuardService> GuardCompiler::cloudAt(std::string_view hostAndPort, const std::string& otherwise) {
    const auto named = hostAndPortOf(hostAndPort);
    const auto host = named ? named->first : otherwise;
    const auto port = named ? named->second : kHttpsPort;
    auto service = std::make_shared<llm::GuardService>();
    service->name = service->host = written(host, port);
    service->cluster = backends_.hostCluster(fmt::format("guard/{}:{}", host, port), host, port);
    return service;
}

void GuardCompiler::showBearer(const secret::SecretValue& token, llm::Provider& provider) {
    constexpr std::string_view kBearer = "Bearer ";
    const auto key = token.reveal();
    provider.auth = llm::UpstreamAuth::Bearer;
    provider.token = secret::SecretValue(std::string(key.substr(key.starts_with(kBearer) ? kBearer.size() : 0)));
}

bool GuardCompiler::restoresMasks(const config::Object& object) {
    const auto found = object.annotations.find(config::kRestoreAnnotation);
    if (found == object.annotations.end() || found->second == "false") return false;
    if (found->second == "true") return true;
    context_.report(config::Severity::Warning, codes::kProviderAnnotation, object,
                    config::FieldPath{}.key("metadata").key("annotations").key(config::kRestoreAnnotation),
                    fmt::format("\"{}\" is neither true nor false; masks stay in answers.", found->second));
    return false;
}

std::string GuardCompiler::namedHost(const config::Object& object, const char* annotation, std::string_view otherwise) {
    const auto found = object.annotations.find(annotation);
    if (found == object.annotations.end()) return {};
    if (hostAndPortOf(found->second)) return found->second;
    context_.report(config::Severity::Warning, codes::kProviderAnnotation, object,
                    config::FieldPath{}.key("metadata").key("annotations").key(annotation),
                    fmt::format("\"{}\" is no host and port such as guard.local:8080; {} is asked.", found->second, otherwise));
    return {};
}

std::shared_ptr<const llm::GuardService> GuardCompiler::moderation(const config::Object& object, const config::LlmProviderSpec& spec,
                                                                   std::string& broken) {
    auto provider = std::make_shared<llm::Provider>();
    provider->name = "moderation";
    if (spec.auth == config::AuthTokenKind::Passthrough) {
        provider->auth = llm::UpstreamAuth::Passthrough;
    } else if (spec.auth != config::AuthTokenKind::None) {
        auto token = spec.auth == config::AuthTokenKind::Inline
                         ? secret::resolve(spec.inlineToken, {})
                         : CredentialMaker(context_).read(object, spec.secretName, "Authorization");
        if (!token) {
            context_.reportBroken(codes::kSecretUnresolved, object, spec.at.key(spec.provider).key("authToken"), token.error().message,
                                  "Rules under this policy answer 500 rather than go unguarded.");
            if (broken.empty()) broken = fmt::format("the moderation of {} has no key: {}", object.key.display(), token.error().message);
            return nullptr;
        }
        showBearer(*token, *provider);
    }
    return moderationAt(namedHost(object, config::kModerationAnnotation, kModerationHost), spec.model, std::move(provider));
}

std::shared_ptr<const llm::GuardChain> GuardCompiler::ofTrafficPolicy(const config::Object& object, const config::AiPolicySpec& spec,
                                                                      std::shared_ptr<const llm::RegexGuard> request,
                                                                      std::shared_ptr<const llm::RegexGuard> answer, std::string& broken) {
    const bool restores = restoresMasks(object) && request;
    if (!spec.requestWebhook && !spec.responseWebhook && !spec.moderation && !restores) return nullptr;
    TrafficGuards guards{std::move(request), std::move(answer), nullptr, nullptr, nullptr, restores};
    if (spec.requestWebhook) guards.requestHook = webhook(*spec.requestWebhook);
    if (spec.responseWebhook) guards.answerHook = webhook(*spec.responseWebhook);
    if (spec.moderation) guards.moderation = moderation(object, *spec.moderation, broken);
    return chainOf(object.key.display(), spec.reject, std::move(guards));
}

Result<std::shared_ptr<const llm::RegexGuard>> regexGuardOf(const std::optional<config::RegexGuardSpec>& spec, bool answers) {
    if (!spec || (spec->matches.empty() && spec->builtins.empty())) return nullptr;
    std::vector<llm::RegexGuard::Pattern> patterns;
    for (const auto& builtin : spec->builtins) patterns.push_back({builtin, {}, builtin});
    for (const auto& rule : spec->matches) patterns.push_back({rule.name.empty() ? "custom" : rule.name, rule.pattern, {}});
    const bool rejects = spec->action == config::GuardAction::Reject && !answers;
    return llm::RegexGuard::compile(std::move(patterns), rejects ? llm::RegexGuard::Action::Reject : llm::RegexGuard::Action::Mask, answers);
}

std::shared_ptr<const llm::GuardChain> chainOf(const std::string& origin, const config::RejectResponse& reject, TrafficGuards guards) {
    auto chain = std::make_shared<llm::GuardChain>();
    const auto add = [&](std::vector<llm::Guard>& list, llm::GuardKind kind, const char* name, std::shared_ptr<const llm::RegexGuard> regex,
                         std::shared_ptr<const llm::GuardService> service) {
        if (!regex && !service) return;
        llm::Guard guard;
        guard.kind = kind;
        guard.name = name;
        guard.origin = origin;
        guard.regex = std::move(regex);
        guard.service = std::move(service);
        guard.rejectMessage = reject.message;
        guard.rejectStatus = reject.statusCode;
        guard.restores = guards.restores && kind == llm::GuardKind::Regex && &list == &chain->requests;
        list.push_back(std::move(guard));
    };
    add(chain->requests, llm::GuardKind::Webhook, "ai.promptGuard.request.webhook", nullptr, std::move(guards.requestHook));
    add(chain->requests, llm::GuardKind::Regex, "ai.promptGuard.request.regex", std::move(guards.request), nullptr);
    add(chain->requests, llm::GuardKind::Moderation, "ai.promptGuard.request.moderation", nullptr, std::move(guards.moderation));
    add(chain->answers, llm::GuardKind::Webhook, "ai.promptGuard.response.webhook", nullptr, std::move(guards.answerHook));
    add(chain->answers, llm::GuardKind::Regex, "ai.promptGuard.response.regex", std::move(guards.answer), nullptr);
    return chain;
}

}  // namespace gatehouse::route
