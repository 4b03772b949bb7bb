// What AgentgatewayPolicies make of a rule: its traffic, and what holds for its prompts and answers.
#include "http/fields.h"
#include "llm/guard_chain.h"
#include "route/diagnostic_codes.h"
#include "route/translate_agentgateway.h"
#include "route/translate_extras.h"
#include "route/translate_filters.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace gatehouse::route {
namespace {

using agentgateway::AiPolicy;
using agentgateway::TrafficPolicy;
using config::Severity;

void breaks(Rule& rule, std::string why) {
    if (rule.broken.empty()) rule.broken = std::move(why);
}

/// A winner that the rule's own field goes before.
void yields(Rule& rule, std::string_view field, const config::ObjectKey& origin, std::string_view to) {
    for (auto& entry : rule.provenance)
        if (entry.effective && entry.field == field && entry.origin == origin) {
            entry.effective = false;
            entry.reason += fmt::format(", but {} goes before", to);
        }
}

bool hasFilter(const config::RouteRule& native, std::string_view type) {
    return std::any_of(native.filters.begin(), native.filters.end(), [&](const config::FilterSpec& filter) { return filter.type == type; });
}

template <class Spec>
AccessCompiler::From<Spec> partOf(const Won<TrafficPolicy>& won, const std::optional<Spec> TrafficPolicy::*member) {
    if (!won) return {};
    return {&*(won.value->*member), won.by.object};
}

bool takesAi(const Backend& backend) { return backend.kind == BackendKind::Llm || backend.kind == BackendKind::InferencePool; }

/// A policy with prompts sits on the rule or route itself: its bodies are LLM requests, whatever serves them.
bool asksForModels(const AgentChain& chain) {
    return std::any_of(chain.begin(), chain.end(), [](const AgentAttached& each) {
        return each.level <= AgentLevel::Route && each.connection != nullptr && each.connection->ai;
    });
}

bool sameOrigin(const Won<AiPolicy>& a, const Won<AiPolicy>& b) { return a.value == b.value; }

}  // namespace

void AgentRuleFinisher::finish(Rule& rule, const AgentChain& chain, const config::RouteRule& native) {
    if (policies_.empty()) return;
    auto traffic = policies_.traffic(chain);
    for (auto& entry : traffic.provenance) rule.provenance.push_back(std::move(entry));
    if (!traffic.broken.empty()) breaks(rule, std::move(traffic.broken));
    applyTraffic(rule, traffic, native);
    applyBackends(rule, chain, native);
}

void AgentRuleFinisher::applyTraffic(Rule& rule, const AgentTraffic& traffic, const config::RouteRule& native) {
    constexpr std::string_view kRule = "the rule's own field";
    if (const auto& won = traffic.timeouts) {
        if (native.requestTimeout) yields(rule, "traffic.timeouts", won.by.object->key, kRule);
        else rule.requestTimeout = won->requestTimeout;
    }
    if (const auto& won = traffic.retry) {
        if (native.retry) yields(rule, "traffic.retry", won.by.object->key, kRule);
        else if (won->retry->attempts > 0) rule.retry = compileRetry(*won->retry);
    }
    if (const auto& won = traffic.cors) {
        if (rule.chain.cors) yields(rule, "traffic.cors", won.by.object->key, "the rule's own filter");
        else {
            rule.chain.cors = filter::compileCors(*won->cors);
            rule.chain.order.insert(rule.chain.order.begin(), {filter::FilterStep::Cors});
            rule.chain.description.emplace_back("CORS", won.by.object->key.display());
        }
    }
    if (const auto& won = traffic.headerModifiers) {
        const bool request = hasFilter(native, "RequestHeaderModifier"), response = hasFilter(native, "ResponseHeaderModifier");
        if (request || response) yields(rule, "traffic.headerModifiers", won.by.object->key, "the rule's own filter");
        if (won->requestHeaders && !request) {
            rule.chain.requestHeaders = compileHeaders(*won->requestHeaders);
            rule.chain.order.push_back({filter::FilterStep::RequestHeaders});
            rule.chain.description.emplace_back("RequestHeaderModifier", fmt::format("{}: {}", won.by.object->key.display(), filter::describe(rule.chain.requestHeaders)));
        }
        if (won->responseHeaders && !response) {
            rule.chain.responseHeaders = compileHeaders(*won->responseHeaders);
            rule.chain.description.emplace_back("ResponseHeaderModifier", fmt::format("{}: {}", won.by.object->key.display(), filter::describe(rule.chain.responseHeaders)));
        }
    }
    applyHost(rule, traffic.hostRewrite);
    applyExtAuth(rule, traffic.extAuth);
    if (const auto& won = traffic.csrf) {
        std::string broken;
        addCsrf(rule.chain, compileCsrfOf(context_, *won.by.object, *won->csrf, broken));
        if (!broken.empty()) breaks(rule, std::move(broken));
    }
    applyAccess(rule, traffic);
    applyDirectResponse(rule, traffic.directResponse);
    if (const auto& won = traffic.delay) addFault(rule.chain, compileFaultOf(context_, *won.by.object, *won->delay), false);
}

void AgentRuleFinisher::applyAccess(Rule& rule, const AgentTraffic& traffic) {
    AccessCompiler::AgentgatewayParts parts;
    parts.apiKeys = partOf(traffic.apiKeyAuthentication, &TrafficPolicy::apiKeyAuthentication);
    parts.passwords = partOf(traffic.basicAuthentication, &TrafficPolicy::basicAuthentication);
    parts.tokens = partOf(traffic.jwtAuthentication, &TrafficPolicy::jwtAuthentication);
    parts.rate = partOf(traffic.rateLimit, &TrafficPolicy::rateLimit);
    for (const auto& won : traffic.authorization) parts.authorization.push_back({&*won->authorization, won.by.object});
    if (!parts.apiKeys.spec && !parts.passwords.spec && !parts.tokens.spec && !parts.rate.spec && parts.authorization.empty()) return;
    if (traffic.rateLimit) parts.scope = traffic.rateLimit.by.level <= AgentLevel::Route ? rule.route.id() : std::string(levelName(traffic.rateLimit.by.level));
    if (traffic.rateLimit && traffic.rateLimit.by.level == AgentLevel::Rule) parts.scope = rule.id;
    auto effect = access_.of(parts);
    if (!effect.broken.empty()) breaks(rule, std::move(effect.broken));
    const auto both = [&](const char* what) {
        breaks(rule, fmt::format("policies of kgateway and of agentgateway both set {} of this rule, which is not run together", what));
    };
    if (effect.access && rule.access) both("who may call it");
    if (effect.limits && rule.rateLimits) both("its limits");
    if (effect.access) rule.access = std::move(effect.access);
    if (effect.limits) rule.rateLimits = std::move(effect.limits);
}

/// The backend's own name in place of the client's: where all have the same one. LLM providers get theirs in any case.
void AgentRuleFinisher::applyHost(Rule& rule, const Won<TrafficPolicy>& won) {
    // agentgateway's default: Auto for backends that are host names, None for the rest.
    const bool never = won && won->hostRewrite == "None";
    const bool always = won && won->hostRewrite == "Auto";
    if (never || rule.chain.rewrite || rule.backends.empty()) return;
    std::set<std::string> names;
    for (const auto& backend : rule.backends) {
        const bool fixed = backend.kind == BackendKind::Static && backend.object.kind == "AgentgatewayBackend";
        if (!fixed && !(always && backend.kind == BackendKind::Service)) {
            if (always && !takesAi(backend)) names.insert({});
            if (!always && !takesAi(backend)) return;
            continue;
        }
        const auto& endpoints = backend.cluster->endpoints;
        if (fixed) {
            const auto& host = endpoints.front()->host;
            const bool address = host.find_first_not_of("0123456789.") == std::string::npos || host.find(':') != std::string::npos;
            if (address && !always) return;
            names.insert(host);
        } else {
            names.insert(fmt::format("{}.{}.svc.cluster.local", backend.object.name, backend.object.ns));
        }
    }
    if (names.size() == 1 && !names.begin()->empty()) {
        rule.chain.rewrite.emplace().hostname = *names.begin();
        rule.chain.order.push_back({filter::FilterStep::Rewrite});
        rule.chain.description.emplace_back("URLRewrite", fmt::format("to host {}", *names.begin()));
    } else if (always && names.size() > 1) {
        context_.report(Severity::Warning, codes::kPolicyFieldNotRun, *won.by.object, won->at.key("hostRewrite"),
                        fmt::format("The backends of {} have different names, so clients' hosts go on to them; split the rule.", rule.displayName));
    }
}

void AgentRuleFinisher::applyExtAuth(Rule& rule, const Won<TrafficPolicy>& won) {
    if (!won) return;
    const auto& spec = *won->extAuth;
    const auto& object = *won.by.object;
    constexpr char kClosed[] = "Rules under this policy answer 500 rather than go unguarded.";
    if (!spec.unsupported.empty()) {
        context_.reportBroken(codes::kAuthUnsupported, object, spec.unsupported.front(),
                              fmt::format("{} is not run by this version.", spec.unsupported.front().toString()), kClosed);
        return breaks(rule, fmt::format("{} asks for {}, which is not run yet", object.key.display(), spec.unsupported.front().toString()));
    }
    Auth auth;
    auth.backend = backends_.resolveTarget(object, spec.backend);
    if (auth.backend.kind == BackendKind::Invalid) {
        context_.reportBroken(codes::kAuthUnresolved, object, spec.backend.at, auth.backend.invalidReason, kClosed);
        return breaks(rule, fmt::format("There is nobody to ask for authorization: {}", auth.backend.invalidReason));
    }
    if (spec.failOpen)
        context_.report(Severity::Warning, codes::kPolicyFieldNotRun, object, spec.at.key("failureMode"), "FailOpen is not run: without an answer no request passes.");
    auth.requestHeaders = spec.allowedRequestHeaders;
    auth.answerHeaders = spec.allowedResponseHeaders;
    auth.noAnswerHeaders = spec.allowedResponseHeaders.empty();
    auth.bodyBytes = spec.forwardBody;
    auth.backend.id = fmt::format("{}/auth/{}/{}", rule.id, rule.auths.size(), auth.backend.id);
    auth.backend.counters = context_.runtime.counters.backend(auth.backend.id);
    rule.chain.description.emplace_back("ExternalAuth", fmt::format("{} asks {}", object.key.display(), auth.backend.name));
    // After CORS, whose preflights carry nothing to judge by; before all else.
    auto at = rule.chain.order.begin();
    if (at != rule.chain.order.end() && at->what == filter::FilterStep::Cors) ++at;
    rule.chain.order.insert(at, {filter::FilterStep::Auth, static_cast<std::uint8_t>(rule.auths.size())});
    rule.auths.push_back(std::move(auth));
}

void AgentRuleFinisher::applyDirectResponse(Rule& rule, const Won<TrafficPolicy>& won) {
    if (!won) return;
    const auto& spec = *won->directResponse;
    const auto& object = *won.by.object;
    if (!spec.unsupported.empty() || spec.status < 200 || spec.status > 599)
        return breaks(rule, fmt::format("the direct response of {} is not one that can be run", object.key.display()));
    if (rule.chain.redirect || rule.chain.directResponse) return yields(rule, "traffic.directResponse", object.key, "the rule's own filter");
    filter::DirectResponse answer{spec.status, spec.body, looksLikeJson(spec.body) ? "application/json" : "text/plain"};
    for (const auto& header : spec.headers) {
        if (http::equalsIgnoreCase(header.name, "content-type")) answer.contentType = header.value;
        else
            context_.report(Severity::Warning, codes::kPolicyFieldNotRun, object, spec.at.key("headers"),
                            "Of the headers of a direct response only Content-Type is sent; set others by headerModifiers.response.");
    }
    rule.chain.directResponse = std::move(answer);
    rule.chain.order.push_back({filter::FilterStep::DirectResponse});
    rule.chain.description.emplace_back("DirectResponse", fmt::format("{} answers {}", object.key.display(), spec.status));
}

// ---- Backends: prompts and answers, times.

void AgentRuleFinisher::applyBackends(Rule& rule, const AgentChain& chain, const config::RouteRule& native) {
    std::vector<Unit> units;
    for (auto& backend : rule.backends) {
        if (backend.kind == BackendKind::Invalid) continue;
        if (!backend.targets) {
            const auto section = backend.provider ? backend.provider->name : sectionOf(native, backend);
            units.push_back({&backend, -1, policies_.connection(chain, backend.object, section)});
            continue;
        }
        for (std::size_t i = 0; i < backend.targets->size(); ++i)
            units.push_back({&backend, static_cast<int>(i), policies_.connection(chain, backend.object, (*backend.targets)[i].provider->name)});
    }
    for (const auto& unit : units)
        if (unit.backend->kind == BackendKind::InferencePool) reportPool(unit);
    rule.llm = rule.llm || (asksForModels(chain) && !units.empty());
    noteProvenance(rule, units);
    applyTimes(rule, units, native);
    applyAi(rule, chain, units);
}

/// Of connections: told per backend. A Service's stands in the port of its reference.
std::string AgentRuleFinisher::sectionOf(const config::RouteRule& native, const Backend& backend) {
    for (const auto& ref : native.backendRefs)
        if (ref.key() == backend.object && ref.port && backend.cluster && backend.cluster->id.find(fmt::format(":{}", *ref.port)) != std::string::npos)
            return std::to_string(*ref.port);
    return {};
}

void AgentRuleFinisher::noteProvenance(Rule& rule, const std::vector<Unit>& units) const {
    for (const auto& unit : units) {
        const auto& connection = unit.connection;
        if (connection.provenance.empty()) continue;
        auto all = unit.backend->provenance ? *unit.backend->provenance : std::vector<Provenance>{};
        for (auto entry : connection.provenance) {
            // What is said of every provider of a backend is said once, of the backend.
            const auto same = [&](const Unit& other) {
                return other.backend != unit.backend || std::any_of(other.connection.provenance.begin(), other.connection.provenance.end(), [&](const Provenance& one) {
                    return one.field == entry.field && one.origin == entry.origin && one.reason == entry.reason && one.effective == entry.effective;
                });
            };
            const bool ofAll = unit.target < 0 || std::all_of(units.begin(), units.end(), same);
            if (ofAll && unit.target > 0) continue;
            entry.subject = ofAll ? unit.backend->name : fmt::format("{} {}", unit.backend->name, (*unit.backend->targets)[static_cast<std::size_t>(unit.target)].provider->name);
            if (entry.effective && entry.field.starts_with("backend.ai.") && !takesAi(*unit.backend) && !rule.llm) {
                entry.effective = false;
                entry.reason += ", but this backend is no model";
            }
            all.push_back(std::move(entry));
        }
        unit.backend->provenance = std::make_shared<const std::vector<Provenance>>(std::move(all));
    }
}

/// Pods of a pool are spoken to as the pool says.
void AgentRuleFinisher::reportPool(const Unit& unit) const {
    const auto told = [&](const auto& won, std::string_view field) {
        if (won)
            context_.report(Severity::Warning, codes::kPolicyFieldNotRun, *won.by.object, won->at,
                            fmt::format("backend.{} is not run for an InferencePool; {} is spoken to as if it were not there.", field, unit.backend->name));
    };
    const auto& connection = unit.connection;
    if (!unit.backend->provider) told(connection.auth, "auth");
    told(connection.tls, "tls");
    told(connection.tcp, "tcp");
    told(connection.health, "health");
    if (connection.http && !connection.http->version.empty()) told(connection.http, "http.version");
}

void AgentRuleFinisher::applyTimes(Rule& rule, const std::vector<Unit>& units, const config::RouteRule& native) {
    if (native.backendTimeout) return;
    std::optional<std::chrono::milliseconds> longest;
    bool same = true;
    bool first = true;
    const Won<agentgateway::BackendHttp>* some = nullptr;
    for (const auto& unit : units) {
        const auto time = unit.connection.http ? unit.connection.http->requestTimeout : std::nullopt;
        if (time) some = &unit.connection.http;
        same = same && (first || time == longest);
        if (first || !time || (longest && *time > *longest)) longest = time;
        first = false;
    }
    if (longest) rule.backendTimeout = longest;
    if (!same && some != nullptr)
        context_.report(Severity::Warning, codes::kPolicyFieldNotRun, *some->by.object, (*some)->at.key("requestTimeout"),
                        fmt::format("The backends of {} have different timeouts; the longest one holds for all. Split the rule.", rule.displayName));
}

/// What is the same for all destinations holds for the rule; what differs goes to the provider that it is for. Guards are never
/// left out: where they differ, each request passes all of them.
void AgentRuleFinisher::applyAi(Rule& rule, const AgentChain& chain, std::vector<Unit>& units) {
    const bool asked = asksForModels(chain);
    std::erase_if(units, [&](const Unit& unit) { return !takesAi(*unit.backend) && !asked; });
    if (units.empty()) return;

    AgentAiCompiler::Members common{};
    std::array<bool, AgentConnection::kAiMembers> differs{};
    for (std::size_t m = 0; m < AgentConnection::kAiMembers; ++m) {
        common[m] = units.front().connection.ai[m];
        differs[m] = std::any_of(units.begin(), units.end(), [&](const Unit& unit) { return !sameOrigin(unit.connection.ai[m], common[m]); });
        if (differs[m]) common[m] = {};
    }
    std::string broken;
    std::vector<std::shared_ptr<const llm::LlmPolicy>> parts;
    if (auto policy = ai_.compile(common, broken)) parts.push_back(std::move(policy));
    for (const auto member : {AgentConnection::PromptGuard, AgentConnection::Routes}) {
        if (!differs[member]) continue;
        std::set<const AiPolicy*> seen;
        for (const auto& unit : units) {
            const auto& won = unit.connection.ai[member];
            if (!won || !seen.insert(won.value).second) continue;
            AgentAiCompiler::Members alone{};
            alone[member] = won;
            if (auto policy = ai_.compile(alone, broken)) parts.push_back(std::move(policy));
            context_.report(Severity::Warning, codes::kPolicyFieldNotRun, *won.by.object, won->at.key(aiMemberName(member)),
                            fmt::format("The backends of {} have different {}; those of all hold for every request. Split the rule.", rule.displayName, aiMemberName(member)));
        }
    }
    rule.llmPolicy = joinPolicies(rule.llmPolicy, parts);
    if (!broken.empty()) breaks(rule, std::move(broken));
    applyToProviders(rule, units, differs);
}

void AgentRuleFinisher::applyToProviders(Rule& rule, const std::vector<Unit>& units, const std::array<bool, AgentConnection::kAiMembers>& differs) {
    std::string broken;
    for (const auto& unit : units) {
        AgentAiCompiler::Members own{};
        bool any = false;
        for (std::size_t m = 0; m < AgentConnection::kAiMembers; ++m) {
            if (!differs[m] || m == AgentConnection::PromptGuard || m == AgentConnection::Routes || !unit.connection.ai[m]) continue;
            own[m] = unit.connection.ai[m];
            any = true;
        }
        if (!any) continue;
        auto policy = ai_.compile(own, broken);
        if (!policy) continue;
        if (!unit.backend->provider) {
            for (std::size_t m = 0; m < AgentConnection::kAiMembers; ++m)
                if (own[m])
                    context_.report(Severity::Warning, codes::kPolicyFieldNotRun, *own[m].by.object, own[m]->at.key(aiMemberName(static_cast<AgentConnection::AiMember>(m))),
                                    fmt::format("{} stands beside backends with other settings, so it is not run for it; split the rule.", unit.backend->name));
            continue;
        }
        auto& backend = *unit.backend;
        if (unit.target < 0) {
            auto provider = std::make_shared<llm::Provider>(*backend.provider);
            provider->policy = std::move(policy);
            backend.provider = std::move(provider);
            continue;
        }
        auto targets = std::make_shared<std::vector<LlmTarget>>(*backend.targets);
        auto& target = (*targets)[static_cast<std::size_t>(unit.target)];
        auto provider = std::make_shared<llm::Provider>(*target.provider);
        provider->policy = std::move(policy);
        target.provider = std::move(provider);
        backend.provider = targets->front().provider;
        backend.targets = std::move(targets);
    }
    if (!broken.empty()) breaks(rule, std::move(broken));
}

std::shared_ptr<const llm::LlmPolicy> joinPolicies(const std::shared_ptr<const llm::LlmPolicy>& first, const std::vector<std::shared_ptr<const llm::LlmPolicy>>& more) {
    if (more.empty()) return first;
    if (!first && more.size() == 1) return more.front();
    auto out = first ? std::make_shared<llm::LlmPolicy>(*first) : std::make_shared<llm::LlmPolicy>();
    std::shared_ptr<llm::GuardChain> chain = out->guards ? std::make_shared<llm::GuardChain>(*out->guards) : nullptr;
    for (const auto& policy : more) {
        auto& enrichment = out->enrichment;
        enrichment.prepend.insert(enrichment.prepend.end(), policy->enrichment.prepend.begin(), policy->enrichment.prepend.end());
        enrichment.append.insert(enrichment.append.end(), policy->enrichment.append.begin(), policy->enrichment.append.end());
        out->defaults.insert(out->defaults.end(), policy->defaults.begin(), policy->defaults.end());
        if (policy->guards) {
            if (!chain) chain = std::make_shared<llm::GuardChain>();
            chain->requests.insert(chain->requests.end(), policy->guards->requests.begin(), policy->guards->requests.end());
            chain->answers.insert(chain->answers.end(), policy->guards->answers.begin(), policy->guards->answers.end());
        }
        if (!out->rewrites) out->rewrites = policy->rewrites;
        if (!out->apiRoutes) out->apiRoutes = policy->apiRoutes;
    }
    out->guards = std::move(chain);
    return out;
}

}  // namespace gatehouse::route
