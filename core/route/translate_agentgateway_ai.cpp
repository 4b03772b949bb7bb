// backend.ai: prompts, guards, defaults and routes become an llm::LlmPolicy.
#include "config/policies.h"
#include "llm/api_routes.h"
#include "llm/cloud_guards.h"
#include "llm/policy.h"
#include "llm/text_masker.h"
#include "route/diagnostic_codes.h"
#include "route/translate_agentgateway_provider.h"
#include "route/translate_credentials.h"
#include "route/translate_guards.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gatehouse::route {
namespace {

using agentgateway::AiPolicy;
using GuardSpec = agentgateway::PromptGuard;
constexpr char kClosed[] = "Rules under this policy answer 500 rather than go unguarded.";

std::vector<llm::Message> messages(const std::vector<config::PromptMessage>& from) {
    std::vector<llm::Message> to;
    for (const auto& message : from) to.push_back({message.role, message.content});
    return to;
}

std::string builtinName(const std::string& name) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kNames{
        {{"Ssn", "SSN"}, {"CreditCard", "CREDIT_CARD"}, {"PhoneNumber", "PHONE_NUMBER"}, {"Email", "EMAIL"}, {"CaSin", "CA_SIN"}}};
    for (const auto& [ours, theirs] : kNames)
        if (name == ours) return std::string(theirs);
    return name;
}

llm::ScopeSet scopeOf(const std::vector<std::string>& written) {
    auto out = llm::ScopeSet::none();
    for (const auto scope : {llm::TextScope::SystemPrompt, llm::TextScope::Messages, llm::TextScope::ToolInput, llm::TextScope::ToolOutput})
        if (written.empty() ? scope == llm::TextScope::SystemPrompt || scope == llm::TextScope::Messages
                            : std::find(written.begin(), written.end(), llm::scopeName(scope)) != written.end())
            out.add(scope);
    return out;
}

/// CEL that is a text and nothing else: "x" or 'x'.
std::optional<std::string> literal(std::string_view expression) {
    while (!expression.empty() && expression.front() == ' ') expression.remove_prefix(1);
    while (!expression.empty() && expression.back() == ' ') expression.remove_suffix(1);
    if (expression.size() < 2 || (expression.front() != '"' && expression.front() != '\'') || expression.back() != expression.front()) return std::nullopt;
    const auto inside = expression.substr(1, expression.size() - 2);
    if (inside.find(expression.front()) != std::string_view::npos || inside.find('\\') != std::string_view::npos) return std::nullopt;
    return std::string(inside);
}

/// Compiles the guards of one policy, in their order.
class ChainBuilder {
  public:
    ChainBuilder(TranslateContext& context, BackendResolver& backends, const config::Object& object, std::string& broken)
        : context_(context), backends_(backends), object_(object), broken_(broken), restores_(GuardCompiler(context, backends).restoresMasks(object)) {}

    void add(const std::vector<GuardSpec>& specs, bool answers, std::vector<llm::Guard>& out) {
        for (std::size_t i = 0; i < specs.size(); ++i) {
            const auto& spec = specs[i];
            if (const auto* error = context_.errorWithin(object_.key, spec.at.toString())) {
                breaks(fmt::format("the guard of {} is invalid: {}", object_.key.display(), error->message));
                context_.reportBroken(codes::kPolicyInvalid, object_, spec.at, error->message, kClosed);
            }
            llm::Guard guard;
            guard.origin = object_.key.display();
            guard.rejectMessage = spec.reject.message;
            guard.rejectStatus = spec.reject.statusCode;
            guard.scopes = answers ? llm::ScopeSet{} : scopeOf(spec.scope);
            const auto name = [&](const char* kind) { return fmt::format("backend.ai.promptGuard.{}[{}].{}", answers ? "response" : "request", i, kind); };
            if (spec.regex) {
                guard.name = name("regex");
                if (!regex(*spec.regex, answers, guard)) continue;
                guard.restores = restores_ && !answers && !spec.regex->rejects;
            } else if (spec.webhook) {
                guard.name = name("webhook");
                webhook(*spec.webhook, guard);
            } else if (spec.moderation) {
                guard.name = name("openAIModeration");
                if (!moderation(*spec.moderation, guard)) continue;
            } else if (spec.cloud) {
                guard.name = name(spec.cloud->member.c_str());
                if (!cloud(*spec.cloud, guard)) continue;
            } else {
                breaks(fmt::format("{} asks for a guard of no kind", object_.key.display()));
                context_.reportBroken(codes::kPolicyFieldNotRun, object_, spec.at, "This guard is of no kind that is run.", kClosed);
                continue;
            }
            out.push_back(std::move(guard));
        }
    }

  private:
    void breaks(std::string why) {
        if (broken_.empty()) broken_ = std::move(why);
    }

    bool regex(const GuardSpec::Regex& spec, bool answers, llm::Guard& guard) {
        if (spec.builtins.empty() && spec.matches.empty()) return false;
        std::vector<llm::RegexGuard::Pattern> patterns;
        for (const auto& builtin : spec.builtins) patterns.push_back({builtinName(builtin), {}, builtinName(builtin)});
        // Here, unlike in kgateway, case matters and a dot ends at the line.
        for (const auto& match : spec.matches) patterns.push_back({"custom", fmt::format("(?-is:{})", match), {}});
        auto built = llm::RegexGuard::compile(std::move(patterns), spec.rejects ? llm::RegexGuard::Action::Reject : llm::RegexGuard::Action::Mask, answers);
        if (!built) {
            breaks(fmt::format("the guard of {} does not compile: {}", object_.key.display(), built.error().message));
            context_.reportBroken(codes::kPolicyInvalid, object_, spec.at, built.error().message, kClosed);
            return false;
        }
        guard.kind = llm::GuardKind::Regex;
        guard.regex = *built;
        if (answers)
            for (const auto& name : (*built)->longerThan(llm::TextMasker::kWindow))
                context_.report(config::Severity::Warning, codes::kGuardWindow, object_, spec.at,
                                fmt::format("The pattern {} can match more than {} bytes; in streams a longer match gets through in part. Bound its "
                                            "repetitions.", name, llm::TextMasker::kWindow));
        return true;
    }

    void webhook(const GuardSpec::Webhook& spec, llm::Guard& guard) {
        guard.kind = llm::GuardKind::Webhook;
        guard.failOpen = spec.failOpen;
        auto service = std::make_shared<llm::GuardService>(*GuardCompiler::webhookAt(backends_.resolveTarget(object_, spec.backend), spec.forwardHeaderMatches));
        for (const auto& [name, expression] : spec.headers) {
            if (auto value = literal(expression)) {
                service->headers.emplace_back(name, std::move(*value));
                continue;
            }
            context_.report(config::Severity::Error, codes::kPolicyFieldNotRun, object_, spec.at.key("headers").key(name),
                            fmt::format("Headers of a webhook are run where they are plain text in quotes, not an expression. {}", kClosed));
            breaks(fmt::format("a header of the webhook of {} is an expression, which is not run yet", object_.key.display()));
        }
        if (!service->broken.empty())
            context_.reportBroken(codes::kAuthUnresolved, object_, spec.backend.at, service->broken,
                                  spec.failOpen ? "Texts pass unscanned, for failureMode is FailOpen." : "Requests that it should see are refused.");
        guard.service = std::move(service);
    }

    bool moderation(const GuardSpec::Moderation& spec, llm::Guard& guard) {
        guard.kind = llm::GuardKind::Moderation;
        if (spec.tls || spec.http || spec.tunnel)
            context_.report(config::Severity::Warning, codes::kPolicyFieldNotRun, object_, spec.at.key("policies"),
                            "Of the policies of a moderation only auth is run.");
        auto key = std::make_shared<llm::Provider>();
        key->name = "moderation";
        if (spec.auth && !moderationKey(*spec.auth, *key)) return false;
        const auto written = object_.annotations.find(config::kModerationAnnotation);
        guard.service = GuardCompiler(context_, backends_)
                            .moderationAt(written == object_.annotations.end() ? std::string_view{} : std::string_view(written->second),
                                          spec.model.empty() ? "omni-moderation-latest" : spec.model, std::move(key));
        return true;
    }

    bool cloud(const GuardSpec::Cloud& spec, llm::Guard& guard) {
        const bool google = spec.google();
        guard.kind = google ? llm::GuardKind::ModelArmor : llm::GuardKind::Bedrock;
        const auto& kind = *llm::findProviderKind(google ? "vertexai" : "bedrock");
        auto provider = std::make_shared<llm::Provider>();
        provider->name = spec.member;
        provider->kind = &kind;
        provider->parts.location = spec.region;
        if (!cloudKey(spec, *provider)) return false;
        const auto host = google ? llm::modelArmorHost(spec.region) : llm::hostOf(kind, spec.region);
        GuardCompiler compiler(context_, backends_);
        auto service = compiler.cloudAt(compiler.namedHost(object_, config::kGuardrailAnnotation, host), host);
        const auto path = [&](bool answer) {
            return google ? llm::modelArmorPath(spec.project, spec.region, spec.identifier, answer) : llm::bedrockGuardrailPath(spec.identifier, spec.version);
        };
        service->requestPath = path(false);
        service->answerPath = path(true);
        service->provider = std::move(provider);
        guard.service = std::move(service);
        return true;
    }

    bool cloudKey(const GuardSpec::Cloud& spec, llm::Provider& provider) {
        using Kind = agentgateway::BackendAuth::Kind;
        Won<agentgateway::BackendAuth> auth;
        if (spec.auth) auth.value = &*spec.auth;
        auth.by.object = &object_;
        const auto kind = spec.auth ? spec.auth->kind : spec.google() ? Kind::Gcp : Kind::Aws;
        const bool fits = spec.google() ? kind == Kind::Gcp : kind == Kind::Aws || kind == Kind::Key || kind == Kind::Secret;
        const auto read = fits ? readAgentAuth(context_, auth, provider, fmt::format("guard/{}/{}", object_.key.id(), spec.at.toString()))
                               : Result<void>(fail("auth-kind", fmt::format("auth.{} is not run for {}.", spec.auth->member, spec.member)));
        if (read) return true;
        context_.reportBroken(codes::kSecretUnresolved, object_, spec.auth ? spec.auth->at : spec.at, read.error().message, kClosed);
        breaks(fmt::format("{} of {} has no key: {}", spec.member, object_.key.display(), read.error().message));
        return false;
    }

    bool moderationKey(const agentgateway::BackendAuth& auth, llm::Provider& provider) {
        const auto token = auth.kind == agentgateway::BackendAuth::Kind::Key ? secret::resolve(auth.key, {})
                           : auth.secret ? CredentialMaker(context_).read(object_, auth.secret->name, auth.secret->key.empty() ? "Authorization" : auth.secret->key)
                                         : Result<secret::SecretValue>(fail("auth-kind", fmt::format("auth.{} is not run for a moderation.", auth.member)));
        if (!token) {
            context_.reportBroken(codes::kSecretUnresolved, object_, auth.at, token.error().message, kClosed);
            breaks(fmt::format("the moderation of {} has no key: {}", object_.key.display(), token.error().message));
            return false;
        }
        GuardCompiler::showBearer(*token, provider);
        return true;
    }

    TranslateContext& context_;
    BackendResolver& backends_;
    const config::Object& object_;
    std::string& broken_;
    const bool restores_;
};

}  // namespace

std::shared_ptr<const llm::GuardChain> AgentAiCompiler::guards(const Won<AiPolicy>& from, std::string& broken) {
    if (!from) return nullptr;
    // One policy may stand at several places of an object: of a backend's provider, say.
    const auto id = fmt::format("{} {}", from.by.object->key.id(), from->at.toString());
    const auto [place, isNew] = chains_.try_emplace(id);
    auto& [chain, why] = place->second;
    if (isNew) {
        auto made = std::make_shared<llm::GuardChain>();
        ChainBuilder builder(context_, backends_, *from.by.object, why);
        builder.add(from->promptGuard->request, false, made->requests);
        builder.add(from->promptGuard->response, true, made->answers);
        if (!made->empty()) chain = std::move(made);
    }
    if (broken.empty()) broken = why;
    return chain;
}

std::shared_ptr<const llm::LlmPolicy> AgentAiCompiler::compile(const Members& members, std::string& broken) {
    std::string id;
    for (const auto& member : members) id += member ? fmt::format("{} {}|", member.by.object->key.id(), member->at.toString()) : "|";
    const auto [place, isNew] = known_.try_emplace(id);
    auto& compiled = place->second;
    if (isNew && id.size() > members.size()) {
        auto policy = std::make_shared<llm::LlmPolicy>();
        if (const auto& prompt = members[AgentConnection::Prompt])
            policy->enrichment = {messages(prompt->prompt->prepend), messages(prompt->prompt->append)};
        if (const auto& defaults = members[AgentConnection::Defaults])
            for (const auto& field : defaults->defaults) policy->defaults.push_back({field.field, field.json, false});
        policy->guards = guards(members[AgentConnection::PromptGuard], compiled.broken);
        policy->rewrites = compileAgentRewrites(context_, members, compiled.broken);
        if (const auto& routes = members[AgentConnection::Routes]) {
            if (auto made = llm::ApiRoutes::make(routes->routes)) policy->apiRoutes = std::move(*made);
            else compiled.broken = made.error().message;
        }
        compiled.policy = std::move(policy);
    }
    if (broken.empty()) broken = compiled.broken;
    return compiled.policy;
}

}  // namespace gatehouse::route
