#include "route/translate_backends.h"

#include "route/diagnostic_codes.h"
#include "route/translate_agentgateway.h"
#include "route/translate_filters.h"
#include "route/translate_picker.h"
#include "route/translate_pools.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace gatehouse::route {
namespace {

constexpr char kBackendGroup[] = "gateway.kgateway.dev";

std::string referenceText(const config::BackendRef& ref) {
    auto text = fmt::format("{}/{}/{}", ref.kind, ref.ns, ref.name);
    if (ref.port) text += fmt::format(":{}", *ref.port);
    return text;
}

}  // namespace

BackendResolver::Resolved BackendResolver::unusable(int status, std::string reason, const char* code,
                                                    config::Severity severity) {
    Resolved resolved;
    resolved.unusable = {status, std::move(reason)};
    resolved.code = code;
    resolved.severity = severity;
    return resolved;
}

Backend BackendResolver::resolve(const config::Object& route, const std::string& ruleId, const config::BackendRef& ref,
                                 const BackendSite& site, const AgentChain& agents) {
    Backend backend;
    backend.id = ruleId + "/" + referenceText(ref);
    backend.name = ref.kind + " " + ref.ns + "/" + ref.name;
    backend.object = ref.key();
    backend.weight = ref.weight;

    const auto fail = [&](const char* code, config::Severity severity, const Unusable& why) {
        backend.kind = BackendKind::Invalid;
        backend.invalidStatus = why.status;
        backend.invalidReason = why.reason;
        if (code)
            context_.report(severity, code, route, ref.at.key("name"),
                            fmt::format("{} Its share of requests answers {}.", why.reason, why.status));
    };

    const config::BackendRefTarget target{ref.group, ref.kind, ref.ns, ref.name, ref.port.has_value(), ref.port.value_or(0)};
    const auto reference = config::resolveBackend(context_.objects, route.key, target);
    if (!reference.ok) {
        fail(codes::kBackendUnresolved, config::Severity::Error, {500, reference.message});
    } else if (const auto& resolved = lookUp(ref, site, agents); resolved.kind == BackendKind::Invalid) {
        fail(resolved.code, resolved.severity, resolved.unusable);
    } else {
        backend.kind = resolved.kind;
        backend.cluster = resolved.cluster;
        backend.pool = resolved.pool;
        backend.provider = resolved.provider;
        backend.targets = resolved.targets;
        backend.modelRewrites = resolved.modelRewrites;
        backend.failOpen = resolved.failOpen;
        backend.provenance = resolved.provenance;
        const bool empty = backend.pool ? backend.pool->pods().empty() : backend.cluster->endpoints.empty();
        if (empty)
            context_.report(config::Severity::Warning, codes::kNoEndpoints, route, ref.at.key("name"),
                            fmt::format("{} has no ready endpoint now, so its share of requests answers 503.", backend.name));
    }
    applyFilters(route, ref, backend);
    return backend;
}

Backend BackendResolver::resolveTarget(const config::Object& route, const config::TargetRef& target) {
    config::BackendRef ref;
    static_cast<config::ObjectRef&>(ref) = target;
    ref.port = target.port;
    ref.at = target.at;
    Backend backend;
    backend.id = referenceText(ref);
    backend.name = ref.kind + " " + ref.ns + "/" + ref.name;
    backend.object = ref.key();
    const config::BackendRefTarget wanted{ref.group, ref.kind, ref.ns, ref.name, ref.port.has_value(), ref.port.value_or(0)};
    const auto reference = config::resolveBackend(context_.objects, route.key, wanted);
    if (!reference.ok) {
        backend.invalidReason = reference.message;
        return backend;
    }
    const auto& resolved = lookUp(ref, {});
    if (resolved.kind == BackendKind::Invalid) {
        backend.invalidReason = resolved.unusable.reason;
        return backend;
    }
    backend.kind = resolved.kind;
    backend.cluster = resolved.cluster;
    backend.pool = resolved.pool;
    backend.provider = resolved.provider;
    backend.targets = resolved.targets;
    return backend;
}

void BackendResolver::applyFilters(const config::Object& route, const config::BackendRef& ref, Backend& backend) {
    for (const auto& filter : ref.filters) {
        if (filter.type == "RequestHeaderModifier" && filter.requestHeaders) {
            backend.requestHeaders = compileHeaders(*filter.requestHeaders);
        } else if (filter.type == "ResponseHeaderModifier" && filter.responseHeaders) {
            backend.responseHeaders = compileHeaders(*filter.responseHeaders);
        } else {
            backend.kind = BackendKind::Invalid;
            backend.invalidStatus = 500;
            backend.invalidReason = fmt::format("A filter of type {} on a backend reference is not run yet.", filter.type);
            context_.reportBroken(codes::kBackendUnsupported, route, filter.at, backend.invalidReason,
                                  "Its share of requests answers 500; move the filter to the rule.");
        }
    }
}

const BackendResolver::Resolved& BackendResolver::lookUp(const config::BackendRef& ref, const BackendSite& site, const AgentChain& agents) {
    const auto key = fmt::format("{} {} {} {}", ref.group, referenceText(ref), site.key(), AgentgatewayPolicies::key(agents));
    if (const auto known = cache_.find(key); known != cache_.end()) return known->second;

    Resolved resolved;
    // Of a pool there may be one of each group by the same name.
    const auto* object = config::isInferencePool(ref.group, ref.kind) ? context_.objects.find(ref.key()) : context_.find(ref.kind, ref.ns, ref.name);
    if (!object)
        resolved = unusable(500, fmt::format("{} {}/{} does not exist.", ref.kind, ref.ns, ref.name), codes::kBackendUnresolved);
    else if (ref.group.empty() && ref.kind == "Service")
        resolved = resolveService(*object, ref.port.value_or(0), site, agents);
    else if (ref.group == config::kAgentgatewayGroup && (ref.kind == "AgentgatewayBackend" || ref.kind == "AgentgatewayModel"))
        resolved = resolveAgentBackend(*object, site, agents);
    else if (ref.group == kBackendGroup && ref.kind == "Backend")
        resolved = resolveBackendObject(*object, site);
    else if (config::isInferencePool(ref.group, ref.kind))
        resolved = resolvePool(*object, site);
    else
        resolved = unusable(500, fmt::format("Backends of kind {} are not run.", ref.kind), codes::kBackendUnsupported);

    if (resolved.targets) {
        for (const auto& target : *resolved.targets) {
            policies_.apply(*object, *target.cluster);
            // A provider that said when to come back is left alone until then, whatever a request that was under way says.
            auto options = upstream::optionsOf(*target.cluster);
            options.outlier.successEnds = false;
            context_.runtime.endpoints.cluster(target.cluster->id)->setOptions(std::move(options));
            if (target.cluster != resolved.cluster) clusters_.push_back(target.cluster);
        }
    } else if (resolved.cluster) {
        policies_.apply(*object, *resolved.cluster);
    }
    tuneByAgents(resolved);
    if (resolved.cluster) {
        std::vector<Provenance> tls;
        if (resolved.kind == BackendKind::Service)
            if (const auto service = config::decodeService(*object))
                for (const auto& port : service->ports)
                    if (port.port == ref.port.value_or(0)) tls = transports_.provenance(object->key, port, site);
        auto all = policies_.provenance(*object, tls, site);
        for (auto& entry : all) entry.subject = resolved.cluster->name;
        if (!all.empty()) resolved.provenance = std::make_shared<const std::vector<Provenance>>(std::move(all));
    }
    if (resolved.cluster) clusters_.push_back(resolved.cluster);
    if (resolved.pool) pools_.push_back(resolved.pool);
    return cache_.emplace(key, std::move(resolved)).first->second;
}

// ---- Service: EndpointSlices, by the name of the Service's port.

BackendResolver::Resolved BackendResolver::resolveService(const config::Object& object, std::uint16_t portNumber,
                                                          const BackendSite& site, const AgentChain& agents) {
    const auto service = config::decodeService(object);
    if (!service) return unusable(500, service.error().message, codes::kBackendUnresolved);
    const auto port = std::find_if(service->ports.begin(), service->ports.end(),
                                   [&](const config::ServicePort& candidate) { return candidate.port == portNumber; });
    if (port == service->ports.end())
        return unusable(500, fmt::format("Service {}/{} has no port {}.", object.key.ns, object.key.name, portNumber),
                        codes::kBackendUnresolved);

    auto cluster = std::make_shared<upstream::Cluster>();
    cluster->id = fmt::format("Service/{}/{}:{}", object.key.ns, object.key.name, portNumber);
    cluster->name = fmt::format("Service {}/{} port {}", object.key.ns, object.key.name, portNumber);
    cluster->transport = policies_.secure(object, transports_.forService(object.key, *port, site).transport, site);
    Resolved resolved;
    if (agents_ != nullptr && !agents_->empty()) {
        auto connection = std::make_shared<AgentConnection>(agents_->connection(agents, object.key, std::to_string(portNumber)));
        if (!connection->broken.empty()) return unusable(500, connection->broken + ".", codes::kBackendUnsupported);
        reportUnusedAuth(*connection);
        cluster->transport = agentTransport(context_, *connection, fmt::format("{}.{}.svc.cluster.local", object.key.name, object.key.ns),
                                            cluster->transport, false, site);
        resolved.connections.emplace_back(cluster, std::move(connection));
    }
    addEndpoints(*cluster, *service, *port);
    resolved.kind = BackendKind::Service;
    resolved.cluster = std::move(cluster);
    return resolved;
}

void BackendResolver::addEndpoints(upstream::Cluster& cluster, const config::ServiceSpec& service,
                                   const config::ServicePort& port) {
    std::uint16_t numericTarget = 0;
    std::from_chars(port.targetPort.data(), port.targetPort.data() + port.targetPort.size(), numericTarget);
    for (const auto& slice : context_.slicesOf(service.key.ns, service.key.name)) {
        for (const auto& [name, number] : slice.ports) {
            if (name != port.name) continue;
            // discovery.k8s.io/v1: a slice port without a number stands for every port.
            const std::uint16_t target = number != 0 ? number : numericTarget != 0 ? numericTarget : port.port;
            for (const auto& endpoint : slice.endpoints) {
                if (!endpoint.ready || endpoint.addresses.empty()) continue;
                const auto pod = endpoint.targetName.empty() ? std::string() : slice.key.ns + "/" + endpoint.targetName;
                // All addresses of one slice endpoint are the same pod; the first is the one to use (EndpointSlice API).
                auto shared = context_.runtime.endpoints.get(cluster.id, endpoint.addresses.front(), target, pod, cluster.transport);
                if (std::find(cluster.endpoints.begin(), cluster.endpoints.end(), shared) == cluster.endpoints.end())
                    cluster.endpoints.push_back(std::move(shared));
            }
        }
    }
}

// ---- kgateway Backend: Static hosts, or LLM providers.

BackendResolver::Resolved BackendResolver::resolveBackendObject(const config::Object& object, const BackendSite& site) {
    const auto spec = config::decodeBackend(object);
    if (!spec) return unusable(500, spec.error().message, codes::kBackendUnresolved);
    if (!spec->staticHosts.empty()) return resolveStatic(object, *spec, site);
    if (!spec->llmGroups.empty()) return resolveLlm(object, *spec);
    const auto reason = fmt::format("{} of type {} is not run yet.", object.key.display(), spec->type.empty() ? "?" : spec->type);
    context_.report(config::Severity::Error, codes::kBackendUnsupported, object, config::FieldPath{}.key("spec").key("type"),
                    reason + " Its share of requests answers 500.");
    return unusable(500, reason);
}

BackendResolver::Resolved BackendResolver::resolveStatic(const config::Object& object, const config::BackendSpec& spec,
                                                         const BackendSite& site) {
    auto cluster = std::make_shared<upstream::Cluster>();
    cluster->id = fmt::format("Backend/{}/{}", object.key.ns, object.key.name);
    cluster->name = object.key.display();
    cluster->transport = policies_.secure(object, transports_.plain(spec.appProtocol, site), site);
    for (const auto& host : spec.staticHosts)
        cluster->endpoints.push_back(
            context_.runtime.endpoints.get(cluster->id, host.host, host.port, {}, cluster->transport));
    Resolved resolved;
    resolved.kind = BackendKind::Static;
    resolved.cluster = std::move(cluster);
    return resolved;
}

BackendResolver::Resolved BackendResolver::resolvePool(const config::Object& object, const BackendSite& site) {
    const auto spec = config::decodeInferencePool(object);
    if (!spec) return unusable(500, spec.error().message, codes::kBackendUnresolved);
    const auto id = poolId(object.key);
    auto pods = podsOf(context_, *spec, id, transports_.plain(spec->appProtocol, site));
    Resolved resolved;
    resolved.kind = BackendKind::InferencePool;
    resolved.pool = makePool(context_, object, std::move(pods));
    resolved.pool->setPriorities(prioritiesOf(context_.objects, object));
    resolved.modelRewrites = rewritesOf(context_.objects, object);
    resolved.failOpen = spec->failOpen;
    servable_.emplace(object.key, resolved);
    return resolved;
}

std::vector<ServedPool> BackendResolver::servedPools() {
    std::vector<ServedPool> served;
    for (const auto* object : context_.objects.ofKind("InferencePool")) {
        if (!config::isInferencePool(object->key)) continue;
        // One that a route sends to is the same one here, whatever Gateway that is of.
        if (!servable_.contains(object->key)) {
            config::BackendRef ref;
            static_cast<config::ObjectRef&>(ref) = {object->key.group, object->key.kind, object->key.ns, object->key.name};
            lookUp(ref, {});
        }
        const auto found = servable_.find(object->key);
        if (found == servable_.end()) continue;
        const auto& resolved = found->second;
        auto& entry = served.emplace_back();
        entry.backend.kind = resolved.kind;
        entry.backend.pool = resolved.pool;
        entry.backend.modelRewrites = resolved.modelRewrites;
        entry.backend.failOpen = resolved.failOpen;
        entry.backend.id = poolId(object->key);
        entry.backend.name = object->key.display();
        entry.backend.object = object->key;
        if (const auto spec = config::decodeInferencePool(*object); spec && spec->picker) entry.picker = spec->picker->name;
    }
    return served;
}

}  // namespace gatehouse::route
