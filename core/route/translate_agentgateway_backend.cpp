// AgentgatewayBackends: a fixed host, or groups of LLM providers.
#include "base/ids.h"
#include "route/diagnostic_codes.h"
#include "route/translate_agentgateway_provider.h"
#include "route/translate_filters.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::route {
namespace {

/// Connections differ by rule where policies of a route or Gateway have a say in them; so do then their pools and states.
std::string suffixOf(const AgentConnection& connection, const AgentChain& chain) {
    const auto fromRule = [](const auto& won) { return won && won.by.level >= AgentLevel::Rule; };
    if (!fromRule(connection.tls) && !fromRule(connection.http) && !fromRule(connection.tcp) && !fromRule(connection.health) && !fromRule(connection.auth)) return {};
    return fmt::format("@{:08x}", base::stableHash(AgentgatewayPolicies::key(chain)) & 0xffffffff);
}

void takeHeaders(const config::agentgateway::Provider& spec, LlmTarget& target) {
    if (spec.requestHeaders) target.requestHeaders = compileHeaders(*spec.requestHeaders);
    if (spec.responseHeaders) target.responseHeaders = compileHeaders(*spec.responseHeaders);
}

}  // namespace

std::shared_ptr<const upstream::Cluster> BackendResolver::agentHost(const std::string& id, const std::string& name, const std::string& host,
                                                                    std::uint16_t port, std::shared_ptr<const upstream::Transport> transport) {
    auto cluster = std::make_shared<upstream::Cluster>();
    cluster->id = id;
    cluster->name = name;
    cluster->transport = std::move(transport);
    cluster->endpoints.push_back(context_.runtime.endpoints.get(id, host, port, {}, cluster->transport));
    return cluster;
}

BackendResolver::Resolved BackendResolver::resolveAgentBackend(const config::Object& object, const BackendSite& site, const AgentChain& chain) {
    const auto* spec = agents_ == nullptr ? nullptr : agents_->backend(object.key);
    if (spec == nullptr) return unusable(500, fmt::format("{} has no spec.", object.key.display()), codes::kBackendUnresolved);
    const auto id = fmt::format("{}/{}/{}", object.key.kind, object.key.ns, object.key.name);
    if (!spec->groups.empty()) return resolveAgentProviders(object, *spec, id, site, chain);
    const bool usable = spec->member == "static" && spec->unixPath.empty() && !spec->fixed.host.empty() && spec->fixed.port != 0;
    if (!usable) {
        const auto reason = spec->member == "static" ? fmt::format("{} names no host and port.", object.key.display())
                                                     : fmt::format("{} of type {} is not run yet.", object.key.display(), spec->member.empty() ? "?" : spec->member);
        context_.reportBroken(codes::kBackendUnsupported, object, config::FieldPath{}.key("spec").key(spec->member.empty() ? "ai" : spec->member), reason,
                              "Its share of requests answers 500.");
        return unusable(500, reason);
    }
    auto connection = agents_->connection(chain, object.key, {});
    if (!connection.broken.empty()) return unusable(500, connection.broken + ".", codes::kBackendUnsupported);
    reportUnusedAuth(connection);
    Resolved resolved;
    resolved.kind = BackendKind::Static;
    resolved.cluster = agentHost(id + suffixOf(connection, chain), object.key.display(), spec->fixed.host, spec->fixed.port,
                                 agentTransport(context_, connection, spec->fixed.host, transports_.plain({}, site), false, site));
    resolved.connections.emplace_back(resolved.cluster, std::make_shared<const AgentConnection>(std::move(connection)));
    return resolved;
}

/// Keys are sent to LLM providers alone: elsewhere one would stand in plain text among a rule's headers.
void BackendResolver::reportUnusedAuth(const AgentConnection& connection) {
    if (connection.auth && connection.auth->kind != agentgateway::BackendAuth::Kind::Passthrough)
        context_.report(config::Severity::Warning, codes::kPolicyFieldNotRun, *connection.auth.by.object, connection.auth->at,
                        "auth is run for LLM providers alone; requests to other backends carry no key of ours.");
    if (connection.health && !connection.health->unhealthyCondition.empty())
        context_.report(config::Severity::Warning, codes::kPolicyFieldNotRun, *connection.health.by.object, connection.health->at.key("unhealthyCondition"),
                        "Conditions are run for LLM providers alone; elsewhere answers of 5xx, and none at all, count as failures.");
}

BackendResolver::Resolved BackendResolver::resolveAgentProviders(const config::Object& object, const agentgateway::BackendSpec& spec, const std::string& id,
                                                                 const BackendSite& site, const AgentChain& chain) {
    std::size_t named = 0;
    for (const auto& group : spec.groups) named += group.size();
    auto targets = std::make_shared<std::vector<LlmTarget>>();
    Resolved resolved;
    std::string why;
    for (std::size_t group = 0; group < spec.groups.size(); ++group)
        for (const auto& each : spec.groups[group]) {
            auto connection = agents_->connection(chain, object.key, each.name);
            const auto ownId = (named == 1 ? id : fmt::format("{}/{}/{}", id, group, each.name)) + suffixOf(connection, chain);
            auto made = AgentProviderMaker(context_).make(object, each, connection, ownId);
            if (!made) {
                if (why.empty()) why = made.error().message;
                continue;
            }
            if (each.backend) {
                auto part = resolveAgentRef(object, each, std::move(made->provider), named == 1, static_cast<std::uint32_t>(group), site, chain, *targets);
                if (part.kind == BackendKind::InferencePool) return part;
                if (part.kind == BackendKind::Invalid && !part.unusable.reason.empty() && why.empty()) why = part.unusable.reason;
                if (part.cluster) {
                    part.connections.emplace_back(part.cluster, std::make_shared<const AgentConnection>(std::move(connection)));
                    return part;
                }
                continue;
            }
            if (each.override.host.empty() && each.endpoint.empty()) made->provider.side = sideHostOf(*made->provider.kind);
            made->provider.hostHeader = hostText(made->host, made->port, made->secure || connection.tls);
            LlmTarget target;
            target.group = static_cast<std::uint32_t>(group);
            target.cluster = agentHost(ownId, named == 1 ? object.key.display() : fmt::format("{} {}", object.key.display(), each.name), made->host, made->port,
                                       agentTransport(context_, connection, made->host, nullptr, made->secure, {}));
            target.provider = std::make_shared<const llm::Provider>(std::move(made->provider));
            takeHeaders(each, target);
            resolved.connections.emplace_back(target.cluster, std::make_shared<const AgentConnection>(std::move(connection)));
            targets->push_back(std::move(target));
        }
    // What is left serves; the client of a live request gets no more than the sentence, which names no value.
    if (targets->empty()) return unusable(500, why.empty() ? fmt::format("{} names no provider.", object.key.display()) : why);
    resolved.kind = BackendKind::Llm;
    resolved.cluster = targets->front().cluster;
    resolved.provider = targets->front().provider;
    const auto& first = targets->front();
    if (named > 1 || !first.requestHeaders.empty() || !first.responseHeaders.empty()) resolved.targets = std::move(targets);
    return resolved;
}

/// A custom provider that runs in a Service or a pool. Alone it is the whole backend; among others each endpoint of its Service is a
/// target of its own, so that one that fails cools down by itself.
BackendResolver::Resolved BackendResolver::resolveAgentRef(const config::Object& object, const agentgateway::Provider& spec, llm::Provider provider, bool alone,
                                                           std::uint32_t group, const BackendSite& site, const AgentChain& chain, std::vector<LlmTarget>& targets) {
    const auto& ref = *spec.backend;
    const auto report = [&](std::string reason) {
        context_.reportBroken(codes::kBackendUnresolved, object, ref.at, reason, "Requests to it answer 500.");
        return unusable(500, std::move(reason));
    };
    const auto found = config::resolveBackend(context_.objects, object.key, {ref.group, ref.kind, ref.ns, ref.name, ref.port.has_value(), ref.port.value_or(0)});
    if (!found.ok) return report(found.message);
    config::BackendRef full;
    static_cast<config::ObjectRef&>(full) = ref;
    full.port = ref.port;
    Resolved base = lookUp(full, site, chain);
    if (base.kind == BackendKind::Invalid) return report(base.unusable.reason);
    provider.inHouse = provider.auth == llm::UpstreamAuth::Passthrough;
    if (base.pool && !alone) return report("An InferencePool can be the only provider of its backend, not one of several, in this version.");
    if (base.pool || alone) {
        base.provider = std::make_shared<const llm::Provider>(std::move(provider));
        if (!base.pool) base.kind = BackendKind::Llm;
        return base;
    }
    if (base.cluster->endpoints.empty()) return report(fmt::format("{} has no ready endpoint now, so no request goes to this provider.", base.cluster->name));
    const auto shared = std::make_shared<const llm::Provider>(std::move(provider));
    for (const auto& endpoint : base.cluster->endpoints) {
        auto own = std::make_shared<upstream::Cluster>(*base.cluster);
        own->endpoints = {endpoint};
        LlmTarget target;
        target.provider = shared;
        target.cluster = std::move(own);
        target.group = group;
        takeHeaders(spec, target);
        targets.push_back(std::move(target));
    }
    return {};
}

void BackendResolver::tuneByAgents(const Resolved& resolved) {
    for (const auto& [cluster, connection] : resolved.connections) {
        auto options = upstream::optionsOf(*cluster);
        agentOptions(*connection, options);
        context_.runtime.endpoints.cluster(cluster->id)->setOptions(std::move(options));
    }
}

}  // namespace gatehouse::route
