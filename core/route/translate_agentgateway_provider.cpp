// LLM providers of AgentgatewayBackends: which row of the providers' table each one is, where it is reached, and what it is shown.
#include "llm/own_kind.h"
#include "route/diagnostic_codes.h"
#include "route/translate_agentgateway_provider.h"
#include "route/translate_credentials.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gatehouse::route {
namespace {

using Auth = agentgateway::BackendAuth;
using Spec = agentgateway::Provider;

constexpr std::uint16_t kHttpsPort = 443;

const llm::ProviderKind& row(std::string_view name) { return *llm::findProviderKind(name); }

/// Azure's newer API: OpenAI's paths behind a prefix, without a version in the query.
std::shared_ptr<llm::OwnKind> azureKind(std::string_view prefix) {
    const auto openai = llm::OwnKind::withPrefix(row("openai"), std::string(prefix) + "/v1");
    auto own = std::make_shared<llm::OwnKind>(row("azureopenai"));
    for (std::size_t i = 0; i < openai->kind().apiCount; ++i) own->add(openai->kind().apis[i], openai->kind().apis[i].path);
    return own;
}

struct FormatRow {
    std::string_view type;
    llm::ProviderApi api;
};
constexpr std::array<FormatRow, 6> kFormats{{
    {"Completions", {llm::ClientApi::ChatCompletions, "openai-chat", "/v1/chat/completions", nullptr, ""}},
    {"Responses", {llm::ClientApi::Responses, "openai-responses", "/v1/responses", nullptr, ""}},
    {"Messages", {llm::ClientApi::Messages, "anthropic-messages", "/v1/messages", nullptr, ""}},
    {"AnthropicTokenCount", {llm::ClientApi::CountTokens, "anthropic-count-tokens", "/v1/messages/count_tokens", nullptr, ""}},
    {"Embeddings", {llm::ClientApi::Embeddings, "openai-embeddings", "/v1/embeddings", nullptr, ""}},
    {"Rerank", {llm::ClientApi::Rerank, "cohere-rerank", "/v1/rerank", nullptr, ""}},
}};

/// A server of one's own: billed and shown as those of the table that one runs oneself, with the APIs that it is said to speak.
std::shared_ptr<llm::OwnKind> customKind(const Spec& spec) {
    auto own = std::make_shared<llm::OwnKind>(row("vllm"));
    for (const auto& known : kFormats)
        for (const auto& format : spec.formats)
            if (format.type == known.type) own->add(known.api, format.path.empty() ? std::string(known.api.path) : format.path);
    own->setAuth(llm::AuthScheme::Bearer, "");
    return own;
}

struct Chosen {
    const llm::ProviderKind* kind = nullptr;
    std::shared_ptr<llm::OwnKind> own;
};

Chosen chooseKind(const Spec& spec) {
    Chosen out;
    const auto keep = [&](std::shared_ptr<llm::OwnKind> own) {
        out.kind = &own->kind();
        out.own = std::move(own);
    };
    const bool version1 = spec.apiVersion.empty() || spec.apiVersion == "v1";
    if (spec.provider == "custom") keep(customKind(spec));
    else if (spec.provider == "azureopenai" && version1) keep(azureKind("/openai"));
    else if (spec.provider == "azure" && spec.resourceType == "Foundry") keep(azureKind(fmt::format("/api/projects/{}/openai", spec.projectName)));
    else if (spec.provider == "azure" && version1) keep(azureKind("/openai"));
    else if (spec.provider == "azure") out.kind = &row("azureopenai");
    else out.kind = llm::findProviderKind(spec.provider);
    if (!spec.pathPrefix.empty() && out.kind != nullptr) keep(llm::OwnKind::withPrefix(*out.kind, spec.pathPrefix));
    return out;
}

std::string hostOf(const Spec& spec, const llm::ProviderKind& kind) {
    if (!spec.override.host.empty()) return spec.override.host;
    if (!spec.endpoint.empty()) return hostOnly(spec.endpoint);
    if (spec.provider == "azure") return spec.resourceName + (spec.resourceType == "Foundry" ? ".services.ai.azure.com" : ".openai.azure.com");
    // Vertex AI's endpoints of several regions at once have names of their own.
    if (spec.provider == "vertexai" && (spec.region == "us" || spec.region == "eu")) return fmt::format("aiplatform.{}.rep.googleapis.com", spec.region);
    return llm::hostOf(kind, spec.region);
}

/// What becomes of `auth`; the error names no value.
class AuthReader {
  public:
    AuthReader(TranslateContext& context, const Won<Auth>& auth, llm::Provider& provider) : maker_(context), auth_(auth), provider_(provider) {}

    Result<void> read(const std::string& id) {
        const auto& kind = *provider_.kind;
        CredentialMaker::Wishes wishes;
        wishes.aws = kind.auth == llm::AuthScheme::SigV4;
        if (kind.auth == llm::AuthScheme::Header) {
            provider_.authHeader = kind.authHeader;
            provider_.authPrefix.clear();
        }
        if (auto placed = place(); !placed) return placed;
        wishes.header = provider_.authHeader;
        wishes.prefix = provider_.authPrefix;
        wishes.region = provider_.parts.location;
        if (!auth_ && !wishes.aws && kind.auth != llm::AuthScheme::Google) {
            provider_.auth = llm::UpstreamAuth::Passthrough;  // As a proxy does: what the client shows goes on.
            return {};
        }
        auto keys = keysOf(wishes, kind);
        if (provider_.auth == llm::UpstreamAuth::Passthrough) return {};
        if (!keys) return tl::unexpected(keys.error());
        maker_.show(id, std::move(*keys), provider_);
        return {};
    }

  private:
    Result<void> place() {
        if (!auth_ || !auth_->location) return {};
        const auto& location = *auth_->location;
        if (location.in != agentgateway::Location::In::Header) return fail("auth-location", "A key in the query or in a cookie is not run by this version; use a header.");
        provider_.authHeader = location.name;
        provider_.authPrefix = location.prefix;
        if (!provider_.authPrefix.empty() && provider_.authPrefix.back() != ' ') provider_.authPrefix += ' ';
        return {};
    }

    CredentialMaker::Keys keysOf(CredentialMaker::Wishes& wishes, const llm::ProviderKind& kind) {
        if (!auth_) return wishes.aws ? maker_.awsAmbient(wishes) : maker_.googleAmbient(wishes);
        const auto& auth = *auth_.value;
        const auto& owner = *auth_.by.object;
        if (auth.secret && !auth.secret->group.empty()) return fail("auth-secret", fmt::format("Keys of {} ({}) are not read; use a Secret.", auth.secret->kind, auth.secret->group));
        switch (auth.kind) {
            case Auth::Kind::Key: return maker_.ofText("the key that is written in the file", secret::SecretValue(auth.key), wishes);
            case Auth::Kind::Secret: return maker_.ofSecret(owner, auth.secret->name, auth.secret->key, wishes);
            case Auth::Kind::Passthrough:
            case Auth::Kind::None: provider_.auth = llm::UpstreamAuth::Passthrough; return std::vector<llm::Key>{};
            case Auth::Kind::Aws: return aws(auth, owner, wishes);
            case Auth::Kind::Azure:
                if (auth.managedIdentity) return maker_.azureMachine({auth.clientId, auth.objectId, auth.resourceId}, wishes);
                if (auth.workloadIdentity) return maker_.azureWorkload(wishes);
                return auth.secret ? maker_.ofSecret(owner, auth.secret->name, {}, wishes) : maker_.entraAmbient(wishes);
            case Auth::Kind::Gcp:
                if (auth.gcpType == "IdToken") return fail("auth-gcp", "IdToken is not run by this version; use AccessToken.");
                return auth.secret ? maker_.ofSecret(owner, auth.secret->name, auth.secret->key.empty() ? "credentials.json" : auth.secret->key, wishes)
                                   : maker_.googleAmbient(wishes);
            case Auth::Kind::Other: break;
        }
        (void)kind;
        return fail("auth-kind", fmt::format("auth.{} is not run by this version.", auth.member));
    }

    CredentialMaker::Keys aws(const Auth& auth, const config::Object& owner, CredentialMaker::Wishes& wishes) {
        if (!wishes.aws) return fail("auth-aws", "Requests are signed for Bedrock alone by this version.");
        if (!auth.awsRegion.empty()) wishes.region = auth.awsRegion;
        if (auth.assumeRole) {
            if (!auth.assumeRole->sessionNameExpression.empty()) return fail("auth-aws", "sessionNameExpression is not run by this version; use sessionName.");
            auto& role = wishes.role.emplace();
            role.arn = auth.assumeRole->roleArn;
            if (!auth.assumeRole->sessionName.empty()) role.sessionName = auth.assumeRole->sessionName;
            for (const auto& tag : auth.assumeRole->tags) {
                if (!tag.expression.empty()) return fail("auth-aws", "Tags by expressions are not run by this version; use values.");
                role.tags.emplace_back(tag.key, tag.value);
            }
        }
        return auth.secret ? maker_.ofSecret(owner, auth.secret->name, {}, wishes) : maker_.awsAmbient(wishes);
    }

    CredentialMaker maker_;
    const Won<Auth>& auth_;
    llm::Provider& provider_;
};

std::shared_ptr<const llm::Eviction> evictionOf(TranslateContext& context, const AgentConnection& connection) {
    if (!connection.health) return nullptr;
    const auto& health = *connection.health.value;
    auto out = std::make_shared<llm::Eviction>();
    if (health.eviction) {
        out->coolDown = health.eviction->duration;
        out->failures = static_cast<std::uint32_t>(std::clamp<std::int64_t>(health.eviction->consecutiveFailures.value_or(1), 1, 1'000'000));
    }
    auto statuses = unhealthyStatuses(health.unhealthyCondition);
    if (!statuses)
        context.report(config::Severity::Warning, codes::kPolicyFieldNotRun, *connection.health.by.object, health.at.key("unhealthyCondition"),
                       "Only comparisons of response.code are run here; answers of 408, 429 and 5xx count as failures instead.");
    else if (!health.unhealthyCondition.empty()) out->unhealthy = std::move(*statuses);
    return out;
}

}  // namespace

Result<void> readAgentAuth(TranslateContext& context, const Won<agentgateway::BackendAuth>& auth, llm::Provider& provider, const std::string& id) {
    return AuthReader(context, auth, provider).read(id);
}

Result<AgentProvider> AgentProviderMaker::make(const config::Object& backend, const Spec& spec, const AgentConnection& connection, const std::string& id) {
    const auto report = [&](const char* code, const config::Object& object, const config::FieldPath& at, std::string sentence) {
        context_.report(config::Severity::Error, code, object, at, sentence + " Requests to it answer 500.");
        return fail(code, std::move(sentence));
    };
    auto chosen = chooseKind(spec);
    if (chosen.kind == nullptr)
        return report(codes::kProviderUnsupported, backend, spec.at, fmt::format("A provider of {} names no API that is known.", backend.key.display()));
    if (chosen.kind->apiCount == 0)
        return report(codes::kProviderUnsupported, backend, spec.at.key("custom").key("formats"), "None of these APIs is run by this version.");
    if (!connection.broken.empty()) return report(codes::kProviderUnsupported, backend, spec.at, connection.broken + ".");

    AgentProvider out;
    auto& provider = out.provider;
    provider.name = spec.name.empty() ? std::string(spec.provider == "custom" ? "custom" : chosen.kind->name) : spec.name;
    provider.kind = chosen.kind;
    provider.kindOwner = chosen.own;
    provider.modelOverride = spec.model.empty() && chosen.own && !spec.deploymentName.empty() ? spec.deploymentName : spec.model;
    provider.path = spec.path;
    if (spec.apiVersion != "v1") provider.parts.apiVersion = spec.apiVersion;
    provider.parts.deployment = spec.deploymentName;
    provider.parts.project = spec.projectId;
    provider.parts.location = spec.region;
    provider.guardrail = spec.guardrail;
    provider.guardrailVersion = spec.guardrailVersion;
    provider.health = context_.runtime.credentials.health(id);
    provider.eviction = evictionOf(context_, connection);
    if (auto read = AuthReader(context_, connection.auth, provider).read(id); !read)
        return connection.auth ? report(codes::kSecretUnresolved, *connection.auth.by.object, connection.auth->at,
                                        fmt::format("The key for {} is not available: {}", backend.key.display(), read.error().message))
                               : report(codes::kSecretUnresolved, backend, spec.at,
                                        fmt::format("The key for {} is not available: {}", backend.key.display(), read.error().message));
    if (spec.backend) return out;

    out.host = hostOf(spec, *chosen.kind);
    const bool overridden = !spec.override.host.empty();
    if (out.host.empty()) return report(codes::kProviderUnsupported, backend, spec.at.key(spec.provider), fmt::format("{} needs a host.", chosen.kind->title));
    out.port = overridden && spec.override.port != 0 ? spec.override.port : chosen.kind->port;
    // As agentgateway: a provider's own host is reached over TLS, one that is named here by policies.tls alone.
    out.secure = !overridden && out.port == kHttpsPort;
    return out;
}

}  // namespace gatehouse::route
