// Backend and TrafficPolicy.
#include "config/credential_layout.h"
#include "config/fields.h"
#include "config/findings.h"
#include "config/relations.h"
#include "secret/secret.h"
#include "text/regex.h"

#include <fmt/core.h>

#include <set>

namespace gatehouse::config {
namespace {

constexpr char kTokenKey[] = "Authorization";

void checkSecret(Findings& findings, const Object& object, const LlmProviderSpec& provider, const FieldPath& tokenAt, bool aws) {
    const auto at = tokenAt.key("secretRef").key("name");
    const auto* secret = findings.set.find({"", "Secret", object.key.ns, provider.secretName});
    if (secret == nullptr) {
        findings.error(codes::kSecretMissing, object, at,
                       fmt::format("Secret {}/{} does not exist; requests to this provider answer 500.", object.key.ns,
                                   provider.secretName));
        return;
    }
    const auto layout = credentialLayout(*secret, aws);
    for (const auto& problem : layout.problems)
        findings.add(layout.entries.empty() ? Severity::Error : Severity::Warning, codes::kSecretKey, object, at,
                     fmt::format("Secret {}/{}: {}", object.key.ns, provider.secretName, problem));
    if (!layout.entries.empty() || !layout.problems.empty()) return;
    if (aws)
        findings.error(codes::kSecretKey, object, at,
                       fmt::format("Secret {}/{} holds no credentials: accessKey and secretKey, a profile, or Authorization.", object.key.ns,
                                   provider.secretName));
    else
        findings.error(codes::kSecretKey, object, at,
                       fmt::format("Secret {}/{} has no key {}, which holds the {}.", object.key.ns, provider.secretName, kTokenKey, "token"));
}

void checkProvider(Findings& findings, const Object& object, const LlmProviderSpec& provider) {
    const auto* node = object.root->at(provider.at);
    const bool host = memberOf(node, "host") != nullptr;
    const bool port = memberOf(node, "port") != nullptr;
    if (host != port)
        findings.error(codes::kHostPort, object, provider.at,
                       fmt::format("host and port belong together; {} is missing.", host ? "port" : "host"));
    if (provider.provider.empty()) return;
    if (provider.provider == "bedrock" && !provider.secretName.empty())
        checkSecret(findings, object, provider, provider.at.key("bedrock").key("auth"), true);
    const auto tokenAt = provider.at.key(provider.provider).key("authToken");
    const auto* token = object.root->at(tokenAt);
    if (token == nullptr) return;
    const bool inlined = memberOf(token, "inline") != nullptr;
    const bool referred = memberOf(token, "secretRef") != nullptr;
    if (inlined && referred)
        findings.error(codes::kAuthToken, object, tokenAt, "Either inline or secretRef may be set, not both.");
    if (provider.auth == AuthTokenKind::Inline && !inlined)
        findings.error(codes::kAuthToken, object, tokenAt, "kind is Inline, so inline must hold the token.");
    if (provider.auth == AuthTokenKind::SecretRef && provider.secretName.empty())
        findings.error(codes::kAuthToken, object, tokenAt, "kind is SecretRef, so secretRef must name a Secret.");
    if (inlined && !secret::isReference(provider.inlineToken))
        findings.warn(
            codes::kInlineToken, object, tokenAt.key("inline"),
            "The token stands in the file, for everyone who reads it; keep it in a Secret and use kind SecretRef.");
    if (provider.auth == AuthTokenKind::SecretRef && !provider.secretName.empty())
        checkSecret(findings, object, provider, tokenAt, false);
}

void checkTarget(Findings& findings, const Object& object, const PolicyTarget& target) {
    const bool gateway = target.kind == "Gateway";
    const bool route = target.kind == "HTTPRoute";
    if (target.group != kGatewayApiGroup || (!gateway && !route)) {
        findings.warn(
            codes::kPolicyTargetKind, object, target.at,
            fmt::format("A policy cannot attach to {} ({}) here; it has no effect on it.", target.kind, target.group));
        return;
    }
    const auto* found = findings.set.find({target.group, target.kind, object.key.ns, target.name});
    if (found == nullptr) {
        findings.warn(codes::kPolicyTarget, object, target.at.key("name"),
                      fmt::format("{} {}/{} does not exist; the policy has no effect on it.", target.kind,
                                  object.key.ns, target.name));
        return;
    }
    if (target.sectionName.empty()) return;
    std::vector<std::string> sections;
    if (gateway) {
        if (const auto spec = decodeGateway(*found))
            for (const auto& listener : spec->listeners) sections.push_back(listener.name);
    } else if (const auto spec = decodeHttpRoute(*found)) {
        for (const auto& rule : spec->rules)
            if (!rule.name.empty()) sections.push_back(rule.name);
    }
    if (std::find(sections.begin(), sections.end(), target.sectionName) == sections.end())
        findings.warn(codes::kPolicySection, object, target.at.key("sectionName"),
                      fmt::format("{} {} has no {} named {}; the policy has no effect on it.", target.kind, target.name,
                                  gateway ? "listener" : "rule", target.sectionName));
}

void checkGuard(Findings& findings, const Object& object, const RegexGuardSpec& guard, const FieldPath& at) {
    if (guard.matches.empty() && guard.builtins.empty())
        findings.warn(codes::kGuardEmpty, object, at, "This guard has no pattern and checks nothing.");
    for (const auto& rule : guard.matches) {
        if (rule.pattern.empty()) {
            findings.error(codes::kExpression, object, rule.at, "This guard's pattern is empty.");
            continue;
        }
        if (auto compiled = text::Regex::compile(rule.pattern); !compiled)
            findings.error(
                codes::kExpression, object, rule.at.key("pattern"),
                fmt::format("The regular expression '{}' cannot be read: {}", rule.pattern, compiled.error().message));
    }
}

void checkForward(Findings& findings, const Object& object, const WebhookSpec& hook) {
    for (std::size_t i = 0; i < hook.forward.size(); ++i) {
        if (hook.forward[i].type != ValueMatchType::RegularExpression) continue;
        const auto& pattern = hook.forward[i].value;
        if (auto compiled = text::Regex::compile(pattern); !compiled)
            findings.error(codes::kExpression, object, hook.at.key("forwardHeaderMatches").index(i).key("value"),
                           fmt::format("The regular expression '{}' cannot be read: {}", pattern, compiled.error().message));
    }
}

}  // namespace

void checkPromptRoles(Findings& findings, const Object& object, const std::vector<PromptMessage>& messages, const FieldPath& list) {
    static const std::set<std::string> kRoles{"system", "developer", "user", "assistant", "tool"};
    for (std::size_t i = 0; i < messages.size(); ++i)
        if (!messages[i].role.empty() && !kRoles.contains(messages[i].role))
            findings.warn(codes::kPromptRole, object, list.index(i).key("role"),
                          fmt::format("Chat APIs know no role '{}'; use system, user or assistant.", messages[i].role));
}

void validateBackend(Findings& findings, const Object& object) {
    const auto backend = decodeBackend(object);
    if (!backend) return;
    for (const auto& group : backend->llmGroups) {
        std::set<std::string> names;
        for (const auto& provider : group) {
            if (!provider.name.empty() && !names.insert(provider.name).second)
                findings.error(codes::kProviderNames, object, provider.at.key("name"),
                               fmt::format("Another provider of this group is named {} already.", provider.name));
            checkProvider(findings, object, provider);
        }
    }
}

void validateTrafficPolicy(Findings& findings, const Object& object) {
    const auto policy = decodeTrafficPolicy(object);
    if (!policy) return;
    for (const auto& target : policy->targets) checkTarget(findings, object, target);
    validateAccess(findings, object);
    validateTrafficExtras(findings, object);
    if (!policy->ai) return;
    const auto at = FieldPath().key("spec").key("ai").key("promptGuard").key("request").key("regex");
    if (policy->ai->requestGuard) checkGuard(findings, object, *policy->ai->requestGuard, at);
    const auto answerAt = FieldPath().key("spec").key("ai").key("promptGuard").key("response").key("regex");
    if (policy->ai->responseGuard) checkGuard(findings, object, *policy->ai->responseGuard, answerAt);
    for (const auto* hook : {&policy->ai->requestWebhook, &policy->ai->responseWebhook})
        if (*hook) checkForward(findings, object, **hook);
    if (policy->ai->moderation) checkProvider(findings, object, *policy->ai->moderation);
    const auto enrichment = FieldPath().key("spec").key("ai").key("promptEnrichment");
    checkPromptRoles(findings, object, policy->ai->prepend, enrichment.key("prepend"));
    checkPromptRoles(findings, object, policy->ai->append, enrichment.key("append"));
}

}  // namespace gatehouse::config
