#include "gateway/admin_pages.h"

#include "filter/client_access.h"
#include "filter/rate_limits.h"
#include "llm/provider_request.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace gatehouse::gateway {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

std::string text(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

std::string_view name(config::Severity severity) {
    switch (severity) {
        case config::Severity::Info: return "info";
        case config::Severity::Warning: return "warning";
        case config::Severity::Error: return "error";
    }
    return "error";
}

std::string_view name(inference::ScrapeState state) {
    switch (state) {
        case inference::ScrapeState::Never: return "never";
        case inference::ScrapeState::Fresh: return "fresh";
        case inference::ScrapeState::Stale: return "stale";
        case inference::ScrapeState::Failing: return "failing";
    }
    return "never";
}

std::string_view name(route::BackendKind kind) {
    switch (kind) {
        case route::BackendKind::Service: return "Service";
        case route::BackendKind::Static: return "Static";
        case route::BackendKind::Llm: return "LLM";
        case route::BackendKind::InferencePool: return "InferencePool";
        case route::BackendKind::Invalid: return "Invalid";
    }
    return "Invalid";
}

std::string_view name(llm::UpstreamAuth auth) {
    switch (auth) {
        case llm::UpstreamAuth::None: return "none";
        case llm::UpstreamAuth::Bearer: return "key (hidden)";
        case llm::UpstreamAuth::Passthrough: return "passthrough";
        case llm::UpstreamAuth::SigV4: return "signature (hidden)";
    }
    return "none";
}

Json listenersJson(const State& state) {
    auto out = Json::array();
    for (const auto& listener : state.listeners) {
        Json entry;
        entry["port"] = listener.logicalPort;
        entry["address"] = listener.address;
        if (!listener.error.empty()) entry["error"] = listener.error;
        out.push_back(std::move(entry));
    }
    return out;
}

Json conditionsJson(const std::vector<config::Condition>& conditions) {
    auto out = Json::array();
    for (const auto& condition : conditions)
        out.push_back({{"type", condition.type}, {"status", condition.status ? "True" : "False"},
                       {"reason", condition.reason}, {"message", condition.message},
                       {"observedGeneration", condition.observedGeneration}, {"lastTransitionTime", condition.lastTransitionTime}});
    return out;
}

Json statusesJson(const std::vector<config::ObjectStatus>& statuses) {
    auto out = Json::array();
    for (const auto& status : statuses) {
        Json entry;
        entry["object"] = status.object.display();
        if (!status.conditions.empty()) entry["conditions"] = conditionsJson(status.conditions);
        for (const auto& listener : status.listeners)
            entry["listeners"].push_back({{"name", listener.name}, {"attachedRoutes", listener.attachedRoutes},
                                          {"supportedKinds", listener.supportedKinds},
                                          {"conditions", conditionsJson(listener.conditions)}});
        for (const auto& parent : status.parents)
            entry["parents"].push_back({{"parent", parent.parent}, {"controllerName", parent.controllerName},
                                        {"conditions", conditionsJson(parent.conditions)}});
        for (const auto& [type, value] : status.addresses) entry["addresses"].push_back({{"type", type}, {"value", value}});
        if (status.attachedListenerSets) entry["attachedListenerSets"] = *status.attachedListenerSets;
        if (!status.supportedFeatures.empty()) entry["supportedFeatures"] = status.supportedFeatures;
        out.push_back(std::move(entry));
    }
    return out;
}

Json findingsJson(const std::vector<config::Diagnostic>& findings) {
    auto out = Json::array();
    for (const auto& finding : findings) {
        Json entry;
        entry["severity"] = name(finding.severity);
        entry["code"] = finding.code;
        if (!finding.object.kind.empty()) entry["object"] = finding.object.display();
        if (!finding.fieldPath.empty()) entry["field"] = finding.fieldPath;
        entry["file"] = finding.where.file;
        entry["line"] = finding.where.line;
        entry["column"] = finding.where.column;
        entry["message"] = finding.message;
        out.push_back(std::move(entry));
    }
    return out;
}

Json providerJson(const llm::Provider& provider) {
    return {{"name", provider.name},
            {"kind", llm::kindOf(provider).name},
            {"host", provider.hostHeader},
            {"path", provider.path},
            {"model", provider.modelOverride},
            {"auth", name(provider.auth)}};
}

Json backendJson(const route::Backend& backend) {
    Json out;
    out["id"] = backend.id;
    out["name"] = backend.name;
    out["kind"] = name(backend.kind);
    out["weight"] = backend.weight;
    if (backend.kind == route::BackendKind::Invalid) {
        out["status"] = backend.invalidStatus;
        out["reason"] = backend.invalidReason;
    }
    if (backend.cluster) {
        auto& endpoints = out["endpoints"] = Json::array();
        for (const auto& endpoint : backend.cluster->endpoints) endpoints.push_back(endpoint->id);
        if (const auto& transport = backend.cluster->transport) {
            out["protocol"] = transport->protocol == upstream::Protocol::Http2 ? "HTTP/2" : "HTTP/1.1";
            if (transport->tls) out["tls"] = transport->sni;
        }
    }
    if (backend.pool) out["pods"] = backend.pool->pods().size();
    if (backend.provenance)
        for (const auto& policy : *backend.provenance)
            out["policies"].push_back({{"field", policy.field}, {"from", policy.origin.display()}, {"reason", policy.reason},
                                       {"effective", policy.effective}});
    if (backend.provider && !backend.targets) out["provider"] = providerJson(*backend.provider);
    if (backend.targets)
        for (const auto& target : *backend.targets) {
            auto provider = providerJson(*target.provider);
            provider["group"] = target.group;
            provider["endpoint"] = target.cluster->endpoints.front()->id;
            if (target.cluster->transport && target.cluster->transport->tls) provider["tls"] = target.cluster->transport->sni;
            out["providers"].push_back(std::move(provider));
        }
    return out;
}

/// Names and counts; keys, tokens and hashes are never part of it.
Json accessJson(const filter::ClientAccess& access) {
    const auto& parts = access.parts();
    Json out;
    if (parts.keys) {
        auto& keys = out["apiKeys"] = Json::array();
        for (const auto& entry : parts.keys->keys->entries()) keys.push_back(entry->id);
    }
    if (parts.tokens)
        for (const auto& provider : parts.tokens->providers) {
            Json shown{{"name", provider.is.name}, {"issuer", provider.is.issuer}};
            const auto keys = provider.is.keys ? provider.is.keys : provider.is.source ? provider.is.source->keys() : nullptr;
            shown["keys"] = keys ? keys->keys.size() : 0;
            if (provider.is.source) shown["problem"] = provider.is.source->problem();
            out["issuers"].push_back(std::move(shown));
        }
    if (parts.passwords)
        for (const auto& [user, hash] : parts.passwords->users) out["users"].push_back(user);
    if (!parts.authorization.empty()) out["authorizationRules"] = parts.authorization.size();
    return out;
}

Json limitsOfRule(const filter::RateLimits& limits) {
    const auto now = base::MonoClock::now();
    auto out = Json::array();
    for (const auto& limit : limits.limits())
        out.push_back({{"limit", limit.name}, {"from", limit.origin.display()}, {"left", limit.bucket->left(now)}, {"most", limit.bucket->spec().most}});
    return out;
}

Json ruleJson(const route::Rule& rule) {
    Json out;
    out["id"] = rule.id;
    out["name"] = rule.displayName;
    out["route"] = rule.route.display();
    out["file"] = rule.where.file;
    out["line"] = rule.where.line;
    if (!rule.broken.empty()) out["broken"] = rule.broken;
    if (rule.llm) out["llm"] = true;
    for (const auto& [type, detail] : rule.chain.description) out["filters"].push_back({{"type", type}, {"detail", detail}});
    if (rule.access) out["access"] = accessJson(*rule.access);
    if (rule.rateLimits) out["rateLimits"] = limitsOfRule(*rule.rateLimits);
    auto& backends = out["backends"] = Json::array();
    for (const auto& backend : rule.backends) backends.push_back(backendJson(backend));
    for (const auto& policy : rule.provenance)
        out["policies"].push_back({{"field", policy.field}, {"from", policy.origin.display()}, {"reason", policy.reason},
                                   {"effective", policy.effective}});
    return out;
}

Json portsJson(const route::Snapshot& snapshot) {
    auto out = Json::array();
    for (const auto& port : snapshot.ports) {
        Json entry;
        entry["port"] = port.port;
        for (const auto& listener : port.listeners) {
            Json shown;
            shown["gateway"] = listener.gateway.display();
            shown["name"] = listener.name;
            shown["hostname"] = listener.hostname;
            auto& hosts = shown["hosts"] = Json::array();
            for (const auto& host : listener.hosts) {
                Json candidates = Json::array();
                for (const auto& candidate : host.candidates)
                    candidates.push_back({{"match", candidate.match.text}, {"rule", candidate.rule->id}});
                hosts.push_back({{"hostname", host.hostname}, {"matches", std::move(candidates)}});
            }
            entry["listeners"].push_back(std::move(shown));
        }
        out.push_back(std::move(entry));
    }
    return out;
}

}  // namespace

std::string configPage(const AdminSample& sample) {
    Json out;
    out["generation"] = sample.state.generation;
    out["revision"] = sample.report->revision;
    out["applyMicros"] = sample.report->duration.count();
    out["listeners"] = listenersJson(sample.state);
    if (sample.snapshot) {
        out["ports"] = portsJson(*sample.snapshot);
        auto& rules = out["rules"] = Json::array();
        for (const auto& rule : sample.snapshot->rules) rules.push_back(ruleJson(*rule));
    }
    out["statuses"] = statusesJson(sample.report->statuses);
    out["findings"] = findingsJson(sample.report->diagnostics);
    return text(out);
}

std::string poolsPage(const AdminSample& sample) {
    auto pools = Json::array();
    if (sample.snapshot) {
        for (const auto& pool : sample.snapshot->pools) {
            Json entry;
            entry["pool"] = pool->name();
            entry["staleAfterMillis"] = pool->options().staleAfter.count();
            auto& pods = entry["pods"] = Json::array();
            for (const auto& pod : sample.state.pods) {
                if (pod.pool != pool->name()) continue;
                Json shown;
                shown["pod"] = pod.pod;
                shown["address"] = pod.address;
                shown["scrape"] = name(pod.scrape);
                shown["ageMillis"] = pod.ageMillis < 0 ? Json(nullptr) : Json(pod.ageMillis);
                if (!pod.scrapeError.empty()) shown["scrapeError"] = pod.scrapeError;
                shown["waiting"] = number(pod.metrics.waiting);
                shown["running"] = number(pod.metrics.running);
                shown["kvUse"] = number(pod.metrics.kvUse);
                shown["kvBlocks"] = number(pod.metrics.kvBlocks);
                // Two figures: what a further request can use, and what the device has left beside what its engine reserved.
                shown["usableKvTokens"] = number(pod.metrics.usableKvTokens());
                shown["kvCapacityTokens"] = number(pod.metrics.kvCapacityTokens());
                if (!pod.kvSource.empty()) shown["kvSource"] = pod.kvSource;
                shown["gpuUsedMib"] = number(pod.metrics.gpuUsedMib);
                shown["gpuFreeMib"] = number(pod.metrics.gpuFreeMib);
                if (!pod.gpuSource.empty()) shown["gpuSource"] = pod.gpuSource;
                shown["gpuAgeMillis"] = pod.gpuAgeMillis < 0 ? Json(nullptr) : Json(pod.gpuAgeMillis);
                if (!pod.engine.empty()) shown["engine"] = pod.engine;
                if (!pod.engineLimits.empty()) shown["engineLimits"] = pod.engineLimits;
                if (!pod.adapters.empty()) shown["adapters"] = pod.adapters;
                if (!pod.waitingAdapters.empty()) shown["waitingAdapters"] = pod.waitingAdapters;
                shown["maxAdapters"] = number(pod.metrics.maxAdapters);
                shown["inFlight"] = pod.inFlight;
                shown["picks"] = pod.picks;
                shown["requests"] = pod.requests;
                shown["failures"] = pod.failures;
                shown["ejected"] = pod.ejected;
                pods.push_back(std::move(shown));
            }
            pools.push_back(std::move(entry));
        }
    }
    Json page{{"pools", std::move(pools)}};
    for (const auto& exporter : sample.state.exporters)
        page["exporters"].push_back({{"exporter", exporter.name},
                                     {"address", exporter.address},
                                     {"ageMillis", exporter.ageMillis < 0 ? Json(nullptr) : Json(exporter.ageMillis)},
                                     {"error", exporter.error},
                                     {"pods", exporter.pods},
                                     {"joined", exporter.joined}});
    return text(page);
}

std::string requestsPage(const std::vector<telemetry::RequestRecord>& records) {
    // Each record writes itself; the page only strings them together.
    std::string out = "{\"requests\":[";
    for (std::size_t i = 0; i < records.size(); ++i) {
        out += i == 0 ? "\n" : ",\n";
        out += telemetry::toJson(records[i]);
    }
    out += "\n]}\n";
    return out;
}

std::string notReady(const AdminSample& sample) {
    if (!sample.state.running) return "the gateway is stopping";
    if (!sample.snapshot) return "no configuration has been applied yet";
    for (const auto& listener : sample.state.listeners)
        if (listener.address.empty()) return listener.error;
    return {};
}

}  // namespace gatehouse::gateway
