#include "route/translate.h"

#include "config/listeners.h"
#include "config/validate.h"
#include "llm/price_book_reader.h"
#include "route/diagnostic_codes.h"
#include "route/matcher.h"
#include "route/translate_agentgateway.h"
#include "route/translate_backends.h"
#include "route/translate_context.h"
#include "route/translate_filters.h"
#include "route/translate_listener_policy.h"
#include "route/translate_models.h"
#include "route/translate_pools.h"
#include "route/translate_extras.h"
#include "route/translate_policies.h"
#include "route/translate_sticky.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_set>

namespace gatehouse::route {
namespace {

using config::Severity;

/// RuleEntry and RouteEntry: one route, in the terms of HTTPRoute, decoded and compiled as far as it does not depend on the listener.
struct RuleEntry {
    CompiledFilters filters;
    std::vector<std::pair<std::uint32_t, CompiledMatch>> matches;  ///< With their position in the rule.
    std::string broken;
    std::map<std::string, std::shared_ptr<const Rule>> variants;   ///< By the policies that apply.
};
struct RouteEntry {
    const config::Object* object = nullptr;
    config::HttpRouteSpec spec;
    std::size_t ageRank = 0;  ///< Oldest first, then namespace/name: the API's last tie-breaks.
    std::vector<RuleEntry> rules;
};

struct RankedCandidate {
    Candidate candidate;
    std::size_t ageRank = 0;
};

/// Exact, then regular expressions (as kgateway ranks them), then prefixes.
int pathRank(config::PathMatchType type) {
    switch (type) {
        case config::PathMatchType::Exact: return 0;
        case config::PathMatchType::RegularExpression: return 1;
        case config::PathMatchType::PathPrefix: return 2;
    }
    return 3;
}

/// HTTPRouteRule.matches: "Proxy or Load Balancer routing configuration generated from HTTPRoutes MUST prioritize ...".
bool precedes(const RankedCandidate& a, const RankedCandidate& b) {
    const auto& left = a.candidate.match;
    const auto& right = b.candidate.match;
    // Larger numbers come first where the sides are swapped.
    return std::make_tuple(pathRank(left.pathType), right.path.size(), left.method.empty(), right.headers.size(),
                           right.query.size(), a.ageRank, a.candidate.rule->index, a.candidate.matchIndex) <
           std::make_tuple(pathRank(right.pathType), left.path.size(), right.method.empty(), left.headers.size(),
                           left.query.size(), b.ageRank, b.candidate.rule->index, b.candidate.matchIndex);
}

/// Exact names before wildcards before "any"; longer before shorter; then by name, to be deterministic.
auto specificity(std::string_view hostname) {
    const int rank = hostname.empty() ? 2 : hostname.starts_with("*.") ? 1 : 0;
    return std::make_tuple(rank, -static_cast<long>(hostname.size()), hostname);
}

/// By creationTimestamp, then namespace/name. What a file gives no age counts as youngest.
bool older(const config::Object& a, const config::Object& b) {
    const bool agedA = !a.creationTimestamp.empty();
    const bool agedB = !b.creationTimestamp.empty();
    if (agedA != agedB) return agedA;
    return std::tie(a.creationTimestamp, a.key.ns, a.key.name) < std::tie(b.creationTimestamp, b.key.ns, b.key.name);
}

class Translator {
  public:
    Translator(const config::ObjectSet& objects, Runtime& runtime, std::uint64_t generation)
        : objects_(objects), findings_(config::validate(objects)), statuses_(config::computeStatus(objects)),
          context_(objects, runtime, findings_), backends_(context_), policies_(context_, backends_), listenerPolicies_(context_),
          agents_(context_), agentRules_(context_, agents_, backends_), models_(context_, backends_, policies_, agents_, agentRules_) {
        backends_.use(agents_);
        snapshot_->generation = generation;
    }

    Translation run() {
        loadRoutes();
        groupAttachments();
        for (const auto* object : context_.ofKind("Gateway"))
            if (const auto spec = config::decodeGateway(*object); !spec)
                context_.report(Severity::Error, codes::kListenerNotServed, *object, config::FieldPath{}.key("spec"),
                                spec.error().message + " The Gateway is left out.");
        gateways_ = config::mergeListeners(objects_);
        std::stable_sort(gateways_.begin(), gateways_.end(), [this](const auto& a, const auto& b) {
            return older(*objectOf(a.spec.key), *objectOf(b.spec.key));
        });
        for (const auto& gateway : gateways_) addGateway(gateway);
        finishPorts();
        for (const auto& route : routes_)
            for (const auto& rule : route.rules)
                for (const auto& [key, variant] : rule.variants) snapshot_->rules.push_back(variant);
        for (const auto& rule : models_.rules()) snapshot_->rules.push_back(rule);
        if (context_.runtime.servesPools) snapshot_->served = backends_.servedPools();
        snapshot_->clusters = backends_.clusters();
        snapshot_->pools = backends_.pools();
        if (!snapshot_->pools.empty()) snapshot_->exporters = exportersOf(context_.objects);
        loadPrices();
        std::stable_sort(findings_.begin(), findings_.end(), [](const auto& a, const auto& b) {
            return std::tie(a.where.file, a.where.line, a.where.column) < std::tie(b.where.file, b.where.line, b.where.column);
        });
        return {std::move(snapshot_), std::move(findings_), std::move(statuses_)};
    }

  private:
    // ---- Routes.

    void loadRoutes() {
        for (const auto* object : context_.ofKind("HTTPRoute")) loadRoute(*object, config::decodeHttpRoute(*object));
        for (const auto* object : context_.ofKind("GRPCRoute")) loadRoute(*object, config::decodeGrpcRoute(*object));
        for (const auto* object : context_.ofKind("TLSRoute")) loadRoute(*object, asHttpRoute(config::decodeTlsRoute(*object)));
        std::vector<RouteEntry*> byAge;
        for (auto& route : routes_) byAge.push_back(&route);
        std::stable_sort(byAge.begin(), byAge.end(),
                         [](const RouteEntry* a, const RouteEntry* b) { return older(*a->object, *b->object); });
        for (std::size_t i = 0; i < byAge.size(); ++i) byAge[i]->ageRank = i;
        for (auto& route : routes_) {
            compileRules(route);
            routeById_.emplace(route.object->key.id(), &route);
        }
    }

    void loadRoute(const config::Object& object, Result<config::HttpRouteSpec> spec) {
        if (spec) {
            routes_.push_back({&object, std::move(*spec), 0, {}});
            return;
        }
        context_.report(Severity::Error, codes::kRuleBroken, object, config::FieldPath{}.key("spec"),
                        spec.error().message + " The whole route is left out.");
    }

    /// A rule of a TLSRoute matches every connection of its hostnames.
    static Result<config::HttpRouteSpec> asHttpRoute(Result<config::TlsRouteSpec> spec) {
        if (!spec) return tl::unexpected(spec.error());
        config::HttpRouteSpec made{spec->key, std::move(spec->parentRefs), std::move(spec->hostnames), std::move(spec->rules)};
        for (auto& rule : made.rules)
            if (rule.matches.empty()) rule.matches.emplace_back();
        return made;
    }

    void compileRules(RouteEntry& route) {
        for (std::size_t i = 0; i < route.spec.rules.size(); ++i) {
            const auto& spec = route.spec.rules[i];
            RuleEntry rule;
            rule.filters = compileFilters(context_, backends_, *route.object, spec);
            rule.broken = rule.filters.broken;
            for (std::uint32_t m = 0; m < spec.matches.size(); ++m) {
                auto match = compileMatch(spec.matches[m]);
                if (match && match->method == "CONNECT" && !pathMatches(*match, {}))
                    context_.report(Severity::Warning, codes::kConnectWithPath, *route.object, spec.matches[m].at.key("path"),
                                    "A CONNECT names a host and a port and has no path, so a match of it by path takes no request.");
                if (match) {
                    rule.matches.emplace_back(m, std::move(*match));
                    continue;
                }
                context_.reportBroken(codes::kBadExpression, *route.object, spec.matches[m].at, match.error().message,
                                      "This match fits no request, and the rule's others answer 500.");
                if (rule.broken.empty()) rule.broken = match.error().message;
            }
            const auto path = rulePath(i);
            if (const auto* error = context_.errorWithin(route.object->key, path, path + ".backendRefs");
                error && rule.broken.empty())
                rule.broken = error->message;
            route.rules.push_back(std::move(rule));
        }
    }

    /// The workspace's own books, by namespace and name, before the built-in one.
    void loadPrices() {
        std::vector<const config::Object*> maps;
        for (const auto* object : context_.ofKind("ConfigMap"))
            if (llm::isPriceBook(*object)) maps.push_back(object);
        std::sort(maps.begin(), maps.end(), [](const auto* a, const auto* b) { return a->key < b->key; });
        std::vector<std::shared_ptr<const llm::PriceBook>> books;
        for (const auto* object : maps)
            if (auto book = llm::readPriceBook(*object, findings_)) books.push_back(std::move(book));
        if (auto book = llm::builtInPrices()) books.push_back(std::move(book));
        snapshot_->prices = std::make_shared<const llm::PriceBooks>(std::move(books));
    }

    // ---- Gateways, listeners, hosts.

    void groupAttachments() {
        for (auto& attachment : config::attachments(context_.objects))
            if (attachment.accepted) attachments_[attachment.owner.id() + "#" + attachment.listener].push_back(std::move(attachment));
    }

    const config::Object* objectOf(const config::ObjectKey& key) const { return objects_.find(key); }

    void addGateway(const config::GatewayListeners& gateway) {
        for (const auto& listener : gateway.listeners)
            if (listener.state.accepted) addListener(gateway, listener);
    }

    /// The port of a listener; null where another protocol has it.
    Port* portFor(const config::MergedListener& merged, const config::Object& owner) {
        const auto& spec = merged.spec;
        const bool tls = spec.protocol == "HTTPS" || spec.protocol == "TLS";
        const auto known = std::find_if(snapshot_->ports.begin(), snapshot_->ports.end(),
                                        [&](const Port& port) { return port.port == spec.port; });
        if (known == snapshot_->ports.end()) {
            auto& made = snapshot_->ports.emplace_back();
            made.port = spec.port;
            made.tls = tls;
            return &made;
        }
        if (known->tls == tls) return &*known;
        const auto& first = known->listeners.front();
        context_.report(Severity::Error, codes::kListenerShared, owner, spec.path.key("port"),
                        fmt::format("Port {} speaks {} by {}, so this listener is not served. In a cluster each Gateway has an "
                                    "address of its own; here the older one keeps the port. Use another port.",
                                    spec.port, first.protocol, first.gateway.display()));
        return nullptr;
    }

    void addListener(const config::GatewayListeners& gateway, const config::MergedListener& merged) {
        const auto& spec = merged.spec;
        const auto& owner = *objectOf(merged.owner);
        const auto& gatewayObject = *objectOf(gateway.spec.key);
        auto* port = portFor(merged, owner);
        if (port == nullptr) return;
        Listener listener;
        listener.gateway = merged.owner;
        listener.name = spec.name;
        listener.hostname = spec.hostname;
        listener.protocol = spec.protocol;
        listener.port = spec.port;
        auto effect = listenerPolicies_.effectOn(gatewayObject, merged);
        listener.trustedHops = effect.trustedHops ? *effect.trustedHops : trustedHops(context_, gatewayObject);
        if (effect.clients) {
            auto checked = merged;
            checked.clients = std::move(effect.clients);
            applyListenerTls(context_, checked, listener);
        } else {
            applyListenerTls(context_, merged, listener);
        }
        listener.settings = std::move(effect.settings);
        port->proxyProtocol = port->proxyProtocol || effect.proxyProtocol.value_or(expectsProxyHeader(gatewayObject));
        port->proxyOptional = port->proxyOptional || effect.withoutProxyHeader;
        for (const auto& other : port->listeners)
            if (other.hostname == listener.hostname && other.gateway != listener.gateway)
                context_.report(Severity::Info, codes::kListenerShared, owner, spec.path.key("port"),
                                fmt::format("Port {} and host {} are those of {} too. In a cluster each Gateway has an address "
                                            "of its own; here the older one's rules are tried first.",
                                            spec.port, spec.hostname.empty() ? "*" : spec.hostname, other.gateway.display()));
        addHosts({gateway.spec, listener});
        models_.fill(listener, gateway.spec, backends_.transports().siteOf(gateway.spec, BackendSite::Carries::Http));
        port->listeners.push_back(std::move(listener));
    }

    bool expectsProxyHeader(const config::Object& gateway) {
        constexpr char kAnnotation[] = "gatehouse.dev/proxy-protocol";
        const auto written = gateway.annotations.find(kAnnotation);
        if (written == gateway.annotations.end() || written->second == "false") return false;
        if (written->second == "true") return true;
        context_.report(Severity::Warning, codes::kProxyProtocol, gateway,
                        config::FieldPath{}.key("metadata").key("annotations").key(kAnnotation),
                        fmt::format("\"{}\" is neither true nor false, so no PROXY header is expected.", written->second));
        return false;
    }

    /// A listener that is being filled, and whose Gateway it is.
    struct Place {
        const config::GatewaySpec& gateway;
        Listener& listener;
        BackendSite::Carries carries(const RouteEntry& route) const {
            if (route.object->key.kind == "GRPCRoute") return BackendSite::Carries::Grpc;
            if (route.object->key.kind != "TLSRoute") return BackendSite::Carries::Http;
            return listener.passthrough ? BackendSite::Carries::Passthrough : BackendSite::Carries::Bytes;
        }
    };

    void addHosts(const Place& place) {
        auto& listener = place.listener;
        const auto attached = attachments_.find(listener.gateway.id() + "#" + listener.name);
        if (attached == attachments_.end()) return;
        std::map<std::string, std::vector<RankedCandidate>> hosts;
        std::set<std::pair<const RouteEntry*, std::string>> done;
        for (const auto& attachment : attached->second) {
            const auto route = routeById_.find(attachment.route.id());
            if (route == routeById_.end()) continue;
            for (const auto& hostname : attachment.hostnames)
                if (done.emplace(route->second, hostname).second) addCandidates(*route->second, place, hosts[hostname]);
        }
        for (auto& [hostname, ranked] : hosts) {
            std::sort(ranked.begin(), ranked.end(), precedes);
            VirtualHost host;
            host.hostname = hostname;
            host.candidates.reserve(ranked.size());
            for (auto& entry : ranked) host.candidates.push_back(std::move(entry.candidate));
            listener.hosts.push_back(std::move(host));
        }
        std::sort(listener.hosts.begin(), listener.hosts.end(), [](const VirtualHost& a, const VirtualHost& b) {
            return specificity(a.hostname) < specificity(b.hostname);
        });
        buildIndexes(listener);
    }

    void addCandidates(RouteEntry& route, const Place& place, std::vector<RankedCandidate>& out) {
        for (std::size_t i = 0; i < route.rules.size(); ++i) {
            const auto rule = ruleFor(route, i, place);
            for (const auto& [position, match] : route.rules[i].matches)
                out.push_back({{match, position, rule}, route.ageRank});
        }
    }

    void finishPorts() {
        for (auto& port : snapshot_->ports) {
            std::stable_sort(port.listeners.begin(), port.listeners.end(), [](const Listener& a, const Listener& b) {
                return specificity(a.hostname) < specificity(b.hostname);
            });
            listenerPolicies_.finish(port);
        }
        std::sort(snapshot_->ports.begin(), snapshot_->ports.end(),
                  [](const Port& a, const Port& b) { return a.port < b.port; });
    }

    // ---- Rules. One rule is one Rule, unless policies of different listeners make it differ between them.

    std::shared_ptr<const Rule> ruleFor(RouteEntry& route, std::size_t index, const Place& place) {
        const auto& listener = place.listener;
        auto& entry = route.rules[index];
        const RuleSite site{route.object->key, route.spec.rules[index].name, place.gateway.key, listener.name};
        const auto attached = policies_.attached(site, entry.filters.policies);
        std::string key;
        for (const auto& policy : attached) key += fmt::format("{}@{} ", policy.object->key.id(), levelName(policy.level));
        const auto from = backends_.transports().siteOf(place.gateway, place.carries(route));
        key += from.key();
        const auto agents = agents_.forRule(site, listener.gateway);
        for (const auto& agent : agents) key += fmt::format(" {}@{}", agent.object->key.id(), levelName(agent.level));
        auto& variant = entry.variants[key];
        if (!variant) {
            std::string suffix;
            if (entry.variants.size() > 1)
                suffix = fmt::format("@{}/{}/{}", listener.gateway.ns, listener.gateway.name, listener.name);
            variant = makeRule(route, index, attached, agents, from, suffix);
        }
        return variant;
    }

    std::shared_ptr<const Rule> makeRule(const RouteEntry& route, std::size_t index, const std::vector<Attached>& attached,
                                         const AgentChain& agents, const BackendSite& site, const std::string& suffix) {
        const auto& spec = route.spec.rules[index];
        const auto& entry = route.rules[index];
        const auto& key = route.object->key;
        auto rule = std::make_shared<Rule>();
        rule->id = fmt::format("{}/{}/{}/rules/{}{}", key.kind, key.ns, key.name, index, suffix);
        rule->displayName = fmt::format("{} · {}", key.name, spec.name.empty() ? fmt::format("rule {}", index + 1) : spec.name);
        rule->route = key;
        rule->index = index;
        rule->where = route.object->locate(spec.at);
        rule->chain = entry.filters.chain;
        rule->requestTimeout = spec.requestTimeout;
        rule->backendTimeout = spec.backendTimeout;
        rule->broken = entry.broken;
        rule->counters = context_.runtime.counters.rule(rule->id);
        rule->grpc = key.kind == "GRPCRoute";
        addBackends(*rule, *route.object, spec, site, agents);
        compileExtras(context_, spec, entry.filters, *rule);

        const bool talksToModels = std::any_of(rule->backends.begin(), rule->backends.end(), [](const Backend& backend) {
            return backend.kind == BackendKind::Llm || backend.kind == BackendKind::InferencePool;
        });
        auto effect = policies_.merge(attached, talksToModels, rule->id);
        rule->llm = talksToModels || effect.asksForLlm;
        if (rule->llm) rule->cacheFor = cacheTimeOf(context_, *route.object);
        rule->restartStreams = rule->llm && asksForRestart(context_, *route.object);
        rule->stickySplit = stickySplitOf(context_, *route.object, *rule);
        rule->llmPolicy = std::move(effect.llm);
        rule->access = std::move(effect.access);
        rule->rateLimits = std::move(effect.limits);
        applyExtras(rule->chain, effect);
        rule->provenance = std::move(effect.provenance);
        if (rule->broken.empty()) rule->broken = std::move(effect.broken);
        agentRules_.finish(*rule, agents, spec);
        return rule;
    }

    void addBackends(Rule& rule, const config::Object& route, const config::RouteRule& spec, const BackendSite& site,
                     const AgentChain& agents) {
        std::unordered_set<std::string> ids;
        for (std::size_t i = 0; i < spec.backendRefs.size(); ++i) {
            auto backend = backends_.resolve(route, rule.id, spec.backendRefs[i], site, agents);
            const auto path = fmt::format("{}.backendRefs[{}]", rulePath(rule.index), i);
            const auto* error = context_.errorWithin(route.key, path);
            if (error && backend.kind != BackendKind::Invalid) {
                backend.kind = BackendKind::Invalid;
                backend.invalidReason = error->message;
            }
            const auto plain = backend.id;
            for (int copy = 2; !ids.insert(backend.id).second; ++copy) backend.id = fmt::format("{}#{}", plain, copy);
            backend.counters = context_.runtime.counters.backend(backend.id);
            rule.totalWeight += backend.weight;
            rule.backends.push_back(std::move(backend));
        }
        if (rule.chain.redirect || rule.chain.directResponse) return;
        if (context_.errorWithin(route.key, rulePath(rule.index) + ".backendRefs")) return;  // Told, with its cause.
        if (rule.backends.empty())
            context_.report(Severity::Warning, codes::kNoBackends, route, spec.at,
                            "This rule has no backendRefs and no filter that answers, so it answers 500.");
        else if (rule.totalWeight == 0)
            context_.report(Severity::Warning, codes::kAllWeightsZero, route, spec.at.key("backendRefs"),
                            fmt::format("All weights are zero, so this rule answers {}.", statusWithoutBackend(rule)));
    }

    const config::ObjectSet& objects_;
    std::vector<config::GatewayListeners> gateways_;
    std::vector<config::Diagnostic> findings_;
    std::vector<config::ObjectStatus> statuses_;
    TranslateContext context_;
    BackendResolver backends_;
    PolicyCompiler policies_;
    ListenerPolicies listenerPolicies_;
    AgentgatewayPolicies agents_;
    AgentRuleFinisher agentRules_;
    ModelTranslator models_;
    std::vector<RouteEntry> routes_;
    std::unordered_map<std::string, RouteEntry*> routeById_;
    std::unordered_map<std::string, std::vector<config::Attachment>> attachments_;
    std::shared_ptr<Snapshot> snapshot_ = std::make_shared<Snapshot>();
};

}  // namespace

Translation translate(const config::ObjectSet& objects, Runtime& runtime, std::uint64_t generation) {
    return Translator(objects, runtime, generation).run();
}

}  // namespace gatehouse::route
