// Which AgentgatewayPolicies hold where, and which of them supplies each field.
#include "config/agentgateway_model.h"
#include "config/agentgateway_targets.h"
#include "route/diagnostic_codes.h"
#include "route/translate_agentgateway.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::route {
namespace {

using agentgateway::AiPolicy;
using agentgateway::ConnectionPolicy;
using agentgateway::TrafficPolicy;

constexpr std::array<std::string_view, AgentConnection::kAiMembers> kAiNames{
    "prompt", "promptGuard", "defaults", "overrides", "modelAliases", "promptCaching", "transformations", "finalTransformations", "routes"};

bool says(const AiPolicy& ai, AgentConnection::AiMember member) {
    switch (member) {
        case AgentConnection::Prompt: return ai.prompt.has_value();
        case AgentConnection::PromptGuard: return ai.promptGuard.has_value();
        case AgentConnection::Defaults: return !ai.defaults.empty();
        case AgentConnection::Overrides: return !ai.overrides.empty();
        case AgentConnection::ModelAliases: return !ai.modelAliases.empty();
        case AgentConnection::PromptCaching: return ai.promptCaching.has_value();
        case AgentConnection::Transformations: return !ai.transformations.empty();
        case AgentConnection::FinalTransformations: return !ai.finalTransformations.empty();
        case AgentConnection::Routes: return !ai.routes.empty();
        case AgentConnection::kAiMembers: break;
    }
    return false;
}

/// Notes who says a field: the first one wins.
template <class T>
void note(Won<T>& won, const T* value, const AgentAttached& by, std::string field, const config::FieldPath& at, std::vector<Provenance>& out) {
    Provenance entry;
    entry.field = std::move(field);
    entry.origin = by.object->key;
    entry.where = by.object->locate(at);
    entry.reason = by.reason;
    if (!won) {
        won.value = value;
        won.by = by;
    } else {
        entry.effective = false;
        entry.reason += fmt::format(", but {} wins: {}", won.by.object->key.display(), whyStronger(won.by, by));
    }
    out.push_back(std::move(entry));
}

struct TrafficField {
    std::string_view name;
    bool (*says)(const TrafficPolicy&);
    Won<TrafficPolicy> AgentTraffic::*won;
};
constexpr std::array<TrafficField, 13> kTraffic{{
    {"timeouts", [](const TrafficPolicy& t) { return t.requestTimeout.has_value(); }, &AgentTraffic::timeouts},
    {"retry", [](const TrafficPolicy& t) { return t.retry.has_value(); }, &AgentTraffic::retry},
    {"cors", [](const TrafficPolicy& t) { return t.cors.has_value(); }, &AgentTraffic::cors},
    {"headerModifiers", [](const TrafficPolicy& t) { return t.hasHeaderModifiers; }, &AgentTraffic::headerModifiers},
    {"hostRewrite", [](const TrafficPolicy& t) { return !t.hostRewrite.empty(); }, &AgentTraffic::hostRewrite},
    {"directResponse", [](const TrafficPolicy& t) { return t.directResponse.has_value(); }, &AgentTraffic::directResponse},
    {"extAuth", [](const TrafficPolicy& t) { return t.extAuth.has_value(); }, &AgentTraffic::extAuth},
    {"rateLimit", [](const TrafficPolicy& t) { return t.rateLimit.has_value(); }, &AgentTraffic::rateLimit},
    {"apiKeyAuthentication", [](const TrafficPolicy& t) { return t.apiKeyAuthentication.has_value(); }, &AgentTraffic::apiKeyAuthentication},
    {"jwtAuthentication", [](const TrafficPolicy& t) { return t.jwtAuthentication.has_value(); }, &AgentTraffic::jwtAuthentication},
    {"basicAuthentication", [](const TrafficPolicy& t) { return t.basicAuthentication.has_value(); }, &AgentTraffic::basicAuthentication},
    {"csrf", [](const TrafficPolicy& t) { return t.csrf.has_value(); }, &AgentTraffic::csrf},
    {"delay", [](const TrafficPolicy& t) { return t.delay.has_value(); }, &AgentTraffic::delay},
}};

/// Before routing and after it are phases of their own, that do not merge: what both say must both hold.
bool bothPhases(const Won<TrafficPolicy>& won, const TrafficPolicy& other) { return won && won.value->preRouting != other.preRouting; }

bool guardsAccess(std::string_view field) {
    return field == "extAuth" || field.ends_with("Authentication");
}

}  // namespace

std::string_view levelName(AgentLevel level) {
    switch (level) {
        case AgentLevel::ProviderInline: return "provider's own";
        case AgentLevel::BackendInline: return "backend's own";
        case AgentLevel::Provider: return "provider";
        case AgentLevel::Backend: return "backend";
        case AgentLevel::Rule: return "rule";
        case AgentLevel::Route: return "route";
        case AgentLevel::Listener: return "listener";
        case AgentLevel::Gateway: return "Gateway";
    }
    return "";
}

std::string_view aiMemberName(AgentConnection::AiMember member) { return kAiNames[member]; }

std::string whyStronger(const AgentAttached& a, const AgentAttached& b) {
    if (a.level != b.level)
        return a.level < b.level ? fmt::format("the {} level is more specific than the {} level", levelName(a.level), levelName(b.level))
                                 : fmt::format("its inheritance is Override, so policies of the {} level add nothing", levelName(b.level));
    return PolicyAttachments::whyStronger({a.object, AttachLevel::Route, {}}, {b.object, AttachLevel::Route, {}});
}

AgentgatewayPolicies::AgentgatewayPolicies(TranslateContext& context) : context_(context) {
    for (const auto* object : context.ofKind("AgentgatewayBackend"))
        if (auto spec = agentgateway::decodeBackend(*object)) backends_.emplace(object->key.id(), std::move(*spec));
    for (const auto* object : context.ofKind(agentgateway::kModelKind))
        if (const auto model = agentgateway::decodeModel(*object)) backends_.emplace(object->key.id(), agentgateway::asBackend(context.objects, *model));
    for (const auto* object : context.ofKind("AgentgatewayPolicy")) {
        auto spec = agentgateway::decodePolicy(*object);
        if (!spec) {
            context.report(config::Severity::Error, codes::kPolicyInvalid, *object, config::FieldPath{}.key("spec"),
                           spec.error().message + " The policy is left out.");
            continue;
        }
        const auto& policy = policies_.emplace_back(Policy{object, std::move(*spec)});
        for (const auto& reached : agentgateway::reachOf(context.objects, *object, policy.spec).reached) {
            byTarget_[reached.object->key.id()].push_back({&policy, reached.section});
            if (policy.spec.traffic && reached.object->key.kind == "InferencePool")
                context.report(config::Severity::Warning, codes::kPolicyTarget, *object, reached.at,
                               "traffic is not run for an InferencePool; target the route that leads to it.");
        }
    }
}

const agentgateway::BackendSpec* AgentgatewayPolicies::backend(const config::ObjectKey& key) const {
    const auto found = backends_.find(key.id());
    return found == backends_.end() ? nullptr : &found->second;
}

void AgentgatewayPolicies::addTargets(AgentChain& out, const config::ObjectKey& key, const std::string& section, AgentLevel whole,
                                      AgentLevel part) const {
    const auto targets = byTarget_.find(key.id());
    if (targets == byTarget_.end()) return;
    for (const auto& target : targets->second) {
        const bool all = target.section.empty();
        if (!all && target.section != section) continue;
        const auto* connection = target.policy->spec.backend ? &*target.policy->spec.backend : nullptr;
        out.push_back({target.policy->object, &target.policy->spec, connection, all ? whole : part,
                       all ? fmt::format("targets {}", key.display())
                           : fmt::format("targets {} {} of {}", agentgateway::sectionWord(key.kind), target.section, key.display())});
    }
}

void AgentgatewayPolicies::sort(AgentChain& chain) const {
    std::stable_sort(chain.begin(), chain.end(), [](const AgentAttached& a, const AgentAttached& b) {
        if (a.level != b.level) return a.level < b.level;
        return !whyStronger(a, b).empty();
    });
}

AgentChain AgentgatewayPolicies::forRule(const RuleSite& site, const config::ObjectKey& listenerOwner) const {
    AgentChain out;
    if (policies_.empty()) return out;
    addTargets(out, site.route, site.ruleName, AgentLevel::Route, AgentLevel::Rule);
    addTargets(out, listenerOwner, site.listener, listenerOwner == site.gateway ? AgentLevel::Gateway : AgentLevel::Listener, AgentLevel::Listener);
    if (listenerOwner != site.gateway) addTargets(out, site.gateway, {}, AgentLevel::Gateway, AgentLevel::Listener);
    sort(out);
    return out;
}

AgentTraffic AgentgatewayPolicies::traffic(const AgentChain& chain) const {
    AgentTraffic out;
    // The weakest level that overrides shuts out all that is more specific.
    const AgentAttached* overriding = nullptr;
    for (const auto& each : chain)
        if (each.policy != nullptr && each.policy->traffic && each.policy->overrides && (overriding == nullptr || each.level > overriding->level))
            overriding = &each;
    for (const auto& each : chain) {
        if (each.policy == nullptr || !each.policy->traffic) continue;
        const auto& traffic = *each.policy->traffic;
        const bool shut = overriding != nullptr && each.level < overriding->level;
        const auto at = config::FieldPath{}.key("spec").key("traffic");
        const auto lost = [&](std::string_view field) {
            Provenance entry;
            entry.field = fmt::format("traffic.{}", field);
            entry.origin = each.object->key;
            entry.where = each.object->locate(at.key(field));
            entry.effective = false;
            entry.reason = fmt::format("{}, but {} wins: {}", each.reason, overriding->object->key.display(), whyStronger(*overriding, each));
            out.provenance.push_back(std::move(entry));
        };
        for (const auto& field : kTraffic) {
            if (!field.says(traffic)) continue;
            if (shut) {
                lost(field.name);
                continue;
            }
            auto& won = out.*field.won;
            if (guardsAccess(field.name) && bothPhases(won, traffic) && out.broken.empty())
                out.broken = fmt::format("{} and {} ask for {} in both phases, which is not run", won.by.object->key.display(),
                                         each.object->key.display(), field.name);
            note(won, &traffic, each, fmt::format("traffic.{}", field.name), at.key(field.name), out.provenance);
        }
        if (traffic.authorization && shut) lost("authorization");
        else if (traffic.authorization) {
            Won<TrafficPolicy> rules;  // They add up: none loses.
            note(rules, &traffic, each, "traffic.authorization", at.key("authorization"), out.provenance);
            out.authorization.push_back(rules);
        }
    }
    return out;
}

AgentConnection AgentgatewayPolicies::connection(const AgentChain& chain, const config::ObjectKey& backend, const std::string& section) const {
    AgentChain all;
    addTargets(all, backend, section, AgentLevel::Backend, AgentLevel::Provider);
    if (const auto* spec = this->backend(backend)) {
        const auto* object = context_.objects.find(backend);
        if (spec->policies) all.push_back({object, nullptr, &*spec->policies, AgentLevel::BackendInline, "its own policies"});
        for (const auto& group : spec->groups)
            for (const auto& provider : group)
                if (provider.policies && provider.name == section)
                    all.push_back({object, nullptr, &*provider.policies, AgentLevel::ProviderInline, fmt::format("policies of its provider {}", section)});
    }
    sort(all);
    all.insert(all.end(), chain.begin(), chain.end());

    AgentConnection out;
    for (const auto& each : all) {
        if (each.connection == nullptr) continue;
        const auto& policy = *each.connection;
        const auto name = [](std::string_view member) { return fmt::format("backend.{}", member); };
        auto& provenance = out.provenance;
        if (policy.auth) note(out.auth, &*policy.auth, each, name("auth"), policy.auth->at, provenance);
        if (policy.tls) note(out.tls, &*policy.tls, each, name("tls"), policy.tls->at, provenance);
        if (policy.http) note(out.http, &*policy.http, each, name("http"), policy.http->at, provenance);
        if (policy.tcp) note(out.tcp, &*policy.tcp, each, name("tcp"), policy.tcp->at, provenance);
        if (policy.health) note(out.health, &*policy.health, each, name("health"), policy.health->at, provenance);
        if (policy.ai)
            for (std::size_t i = 0; i < AgentConnection::kAiMembers; ++i) {
                const auto member = static_cast<AgentConnection::AiMember>(i);
                if (says(*policy.ai, member)) note(out.ai[i], &*policy.ai, each, fmt::format("backend.ai.{}", kAiNames[i]), policy.ai->at.key(kAiNames[i]), provenance);
            }
        for (const auto& field : policy.unsupported)
            if ((field == "extAuth" || field == "tunnel") && out.broken.empty())
                out.broken = fmt::format("{} asks for backend.{}, which is not run yet", each.object->key.display(), field);
    }
    return out;
}

std::string AgentgatewayPolicies::key(const AgentChain& chain) {
    std::string out;
    for (const auto& each : chain)
        if (each.connection != nullptr) out += fmt::format("{}@{} ", each.object->key.id(), levelName(each.level));
    return out;
}

}  // namespace gatehouse::route
