// AgentgatewayPolicy: its targets, prompts and guards, and what holds for requests.
#include "config/agentgateway_targets.h"
#include "config/relations.h"
#include "config/validate_agentgateway.h"
#include "text/cel.h"
#include "text/regex.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace gatehouse::config {
namespace agentgateway {
namespace {

constexpr std::array<std::string_view, 12> kRouteTypes{"AnthropicTokenCount", "Completions", "Detect",   "Embeddings", "GeminiCountTokens", "GenerateContent",
                                                       "Messages",            "Models",      "Passthrough", "Realtime", "Rerank",            "Responses"};

void checkReference(Rules& rules, const TargetRef& ref) {
    if (ref.name.empty()) return;
    rules.findings().used.insert(ref.key());
    const auto found = resolveBackend(rules.findings().set, rules.object().key, {ref.group, ref.kind, ref.ns, ref.name, ref.port.has_value(), ref.port.value_or(0)});
    if (found.ok) return;
    const char* code = found.reason == "RefNotPermitted" ? codes::kNoGrant : found.port ? codes::kBackendPort : codes::kBackendMissing;
    rules.findings().error(code, rules.object(), ref.at.key(found.port ? "port" : "name"), found.message);
}

void checkGuard(Rules& rules, const PromptGuard& guard) {
    if (guard.regex && guard.regex->builtins.empty() && guard.regex->matches.empty())
        rules.findings().warn(codes::kGuardEmpty, rules.object(), guard.regex->at, "This guard has no pattern and checks nothing.");
    if (guard.regex)
        for (std::size_t i = 0; i < guard.regex->matches.size(); ++i)
            if (const auto compiled = text::Regex::compile(guard.regex->matches[i]); !compiled)
                rules.findings().error(codes::kExpression, rules.object(), guard.regex->at.key("matches").index(i),
                                       fmt::format("The regular expression '{}' cannot be read: {}", guard.regex->matches[i], compiled.error().message));
    rules.atLeastOne(guard.at.key("response"), {"message", "statusCode"});
    if (guard.webhook) checkReference(rules, guard.webhook->backend);
    const auto scoped = [&](const char* name) { return std::find(guard.scope.begin(), guard.scope.end(), name) != guard.scope.end(); };
    const bool usual = guard.scope.size() == 2 && scoped("SystemPrompt") && scoped("Messages");
    if (!guard.scope.empty() && !guard.regex && !(guard.cloud && !guard.cloud->google()) && !usual)
        rules.error(guard.at.key("scope"), "Guards that ask a service look at system prompt and messages; another scope is for regex.");
}

void checkTargets(Rules& rules, const PolicySpec& spec) {
    auto& findings = rules.findings();
    const auto at = FieldPath().key("spec");
    const auto* node = rules.node(at);
    const bool refs = memberOf(node, "targetRefs") != nullptr;
    const bool selectors = memberOf(node, "targetSelectors") != nullptr;
    if (refs == selectors)
        rules.error(at, refs ? "targetRefs and targetSelectors exclude each other." : "The policy needs targetRefs or targetSelectors.");
    for (const auto& missed : reachOf(findings.set, rules.object(), spec).missed)
        findings.warn(missed.kind ? codes::kPolicyTargetKind : missed.section ? codes::kPolicySection : codes::kPolicyTarget, rules.object(), missed.at, missed.message);

    std::set<std::string> kinds;
    const auto check = [&](const std::string& kind, const std::string& section, const FieldPath& where) {
        if (kinds.insert(kind).second && kinds.size() == 2) rules.error(where.key("kind"), "All targets of a policy are of one kind.");
        if (spec.traffic && (kind == "Service" || kind == "AgentgatewayBackend")) rules.error(where.key("kind"), "traffic holds for Gateways, ListenerSets, routes and InferencePools.");
        if (spec.traffic && spec.traffic->preRouting && kind != "Gateway" && kind != "ListenerSet")
            rules.error(where.key("kind"), "The phase PreRouting is for Gateways and ListenerSets.");
        if (spec.backend && spec.backend->ai && kind == "Service") rules.error(where.key("kind"), "backend.ai cannot hold for a Service.");
        if (spec.frontend && kind != "Gateway") rules.error(where.key("kind"), "frontend holds for Gateways alone.");
        if (kind != "Service" || section.empty()) return;
        std::uint16_t number = 0;
        const auto [end, status] = std::from_chars(section.data(), section.data() + section.size(), number);
        if (status != std::errc{} || end != section.data() + section.size() || number == 0)
            rules.error(where.key("sectionName"), "The section of a Service is the number of a port.");
    };
    for (const auto& target : spec.targets) check(target.kind, target.sectionName, target.at);
    for (const auto& selector : spec.selectors) check(selector.kind, selector.sectionName, selector.at);
}

void checkTraffic(Rules& rules, const TrafficPolicy& traffic) {
    const auto& at = traffic.at;
    rules.atLeast(at.key("timeouts").key("request"), traffic.requestTimeout, Millis(1));
    rules.atLeastOne(at.key("headerModifiers"), {"request", "response"});
    rules.atLeastOne(at.key("rateLimit"), {"conditional", "global", "local"});
    if (traffic.preRouting) {
        const auto* node = rules.node(at);
        for (const auto* member : {"buffer", "csrf", "delay", "directResponse", "headerModifiers", "hostRewrite", "rateLimit", "retry", "timeouts"})
            if (memberOf(node, member) != nullptr) rules.error(at.key(member), fmt::format("The phase PreRouting has no {}.", member));
    }
    if (const auto& answer = traffic.directResponse) {
        rules.exclude(answer->at, "body", "bodyExpression");
        if (answer->status == 0 && memberOf(rules.node(answer->at), "conditional") == nullptr) rules.error(answer->at, "The answer needs a status.");
    }
    if (const auto& asks = traffic.extAuth; asks && memberOf(rules.node(asks->at), "conditional") == nullptr) {
        rules.atMostOne(asks->at, {"backendRef", "url"});
        rules.atLeastOne(asks->at, {"backendRef", "url"});
        rules.atMostOne(asks->at, {"grpc", "http"});
        rules.atLeastOne(asks->at, {"grpc", "http"});
        if (asks->url.empty()) checkReference(rules, asks->backend);
    }
    if (traffic.csrf)
        for (std::size_t i = 0; i < traffic.csrf->origins.size(); ++i) {
            const auto& origin = traffic.csrf->origins[i];
            const auto scheme = origin.find("://");
            if (scheme == std::string::npos || scheme == 0 || origin.find_first_of("/ ", scheme + 3) != std::string::npos || scheme + 3 == origin.size())
                rules.error(traffic.csrf->at.key("additionalOrigins").index(i), fmt::format("'{}' is no origin such as https://example.com.", origin));
        }
    if (traffic.delay && !traffic.delay->delayExpression.empty())
        if (const auto compiled = text::cel::Program::compile(traffic.delay->delayExpression); !compiled)
            rules.findings().error(codes::kExpression, rules.object(), traffic.delay->at.key("duration"),
                                   fmt::format("'{}' is neither a duration nor an expression: {}", traffic.delay->delayExpression, compiled.error().message));
    if (traffic.apiKeyAuthentication && traffic.apiKeyAuthentication->secret) rules.secret(*traffic.apiKeyAuthentication->secret, {});
    if (traffic.jwtAuthentication)
        for (const auto& provider : traffic.jwtAuthentication->providers) {
            if (!provider.remote) continue;
            rules.atMostOne(provider.remote->at, {"backendRef", "url"});
            rules.atLeastOne(provider.remote->at, {"backendRef", "url"});
            rules.needs(provider.remote->at, "backendRef", "jwksPath");
            rules.exclude(provider.remote->at, "url", "jwksPath");
            if (provider.remote->url.empty()) checkReference(rules, provider.remote->backend);
        }
}

}  // namespace

void checkAi(Rules& rules, const AiPolicy& ai) {
    rules.atLeastOne(ai.at, {"defaults", "finalTransformations", "modelAliases", "overrides", "prompt", "promptCaching", "promptGuard", "routes", "transformations"});
    if (ai.prompt) {
        checkPromptRoles(rules.findings(), rules.object(), ai.prompt->prepend, ai.prompt->at.key("prepend"));
        checkPromptRoles(rules.findings(), rules.object(), ai.prompt->append, ai.prompt->at.key("append"));
    }
    if (ai.promptGuard) {
        rules.atLeastOne(ai.promptGuard->at, {"request", "response"});
        for (const auto& guard : ai.promptGuard->request) checkGuard(rules, guard);
        for (const auto& guard : ai.promptGuard->response) checkGuard(rules, guard);
    }
    for (const auto& [suffix, type] : ai.routes)
        if (std::find(kRouteTypes.begin(), kRouteTypes.end(), type) == kRouteTypes.end())
            rules.findings().error(codes::kNotInEnum, rules.object(), ai.at.key("routes").key(suffix),
                                   fmt::format("{} cannot be '{}'; it takes {}.", suffix, type, fmt::join(kRouteTypes, ", ")));
}

}  // namespace agentgateway

void validateAgentgatewayPolicy(Findings& findings, const Object& object) {
    const auto spec = agentgateway::decodePolicy(object);
    if (!spec) return;
    agentgateway::Rules rules(findings, object);
    const auto at = FieldPath().key("spec");
    agentgateway::checkTargets(rules, *spec);
    rules.atLeastOne(at, {"traffic", "frontend", "backend"});
    if (memberOf(memberOf(rules.node(at), "strategy"), "inheritance") != nullptr && (!spec->traffic || spec->frontend || spec->backend))
        rules.error(at.key("strategy").key("inheritance"), "inheritance is for policies of traffic alone.");
    if (spec->traffic) agentgateway::checkTraffic(rules, *spec->traffic);
    if (spec->backend) checkConnection(rules, *spec->backend);
}

}  // namespace gatehouse::config
