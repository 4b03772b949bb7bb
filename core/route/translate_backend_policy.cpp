#include "route/translate_backend_policy.h"

#include "config/certificates.h"
#include "config/relations.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace gatehouse::route {
namespace {

/// Top-level fields of BackendConfigPolicy: the merge units. Those that are not run are reported by validation.
constexpr std::array kFields = std::to_array<MergeField>({
    {"connectTimeout", false, true}, {"commonHttpProtocolOptions", false, true}, {"loadBalancer", false, true},
    {"outlierDetection", false, true}, {"circuitBreakers", false, true}, {"tcpKeepalive", false, true},
    {"dns", false, true}, {"tls", false, true},
    {"perConnectionBufferLimitBytes"}, {"http1ProtocolOptions"}, {"http2ProtocolOptions"}, {"healthCheck"},
    {"upstreamProxyProtocol"},
});
enum Field { kConnect, kCommon, kBalance, kOutlier, kCircuit, kKeepAlive, kDns, kTls };

std::uint32_t narrow(std::int64_t value) { return static_cast<std::uint32_t>(std::clamp<std::int64_t>(value, 0, UINT32_MAX)); }

upstream::BalanceOptions balance(const config::LoadBalancerSpec& spec) {
    upstream::BalanceOptions out;
    if (spec.method == "roundRobin") out.method = upstream::Balance::RoundRobin;
    if (spec.method == "random") out.method = upstream::Balance::Random;
    if (spec.method == "leastRequest") out.choices = narrow(spec.choiceCount);
    if (spec.slowStart) {
        out.slowStart.window = spec.slowStart->window;
        out.slowStart.aggression = spec.slowStart->aggression;
        out.slowStart.least = static_cast<double>(std::clamp<std::int64_t>(spec.slowStart->minWeightPercent, 0, 100)) / 100;
    }
    if (spec.panicThreshold) out.panicPercent = narrow(*spec.panicThreshold);
    return out;
}

/// Envoy's semantics: what does not answer at all counts as 5xx, unless it is counted apart.
upstream::OutlierOptions outlier(const config::OutlierSpec& spec) {
    upstream::OutlierOptions out;
    out.errors = narrow(spec.consecutive5xx);
    out.enforceErrors = narrow(spec.enforcing5xx);
    out.failures = spec.split ? narrow(spec.consecutiveLocal) : 0;
    out.enforceFailures = narrow(spec.enforcingLocal);
    out.failuresAreErrors = !spec.split;
    out.interval = spec.interval;
    out.baseEjection = spec.baseEjectionTime;
    out.maxPercent = narrow(spec.maxEjectionPercent);
    out.successEnds = false;
    return out;
}

std::string names(const std::vector<std::string>& origins) {
    return fmt::format("{}", fmt::join(origins, ", "));
}

}  // namespace

BackendPolicies::BackendPolicies(TranslateContext& context) : context_(context) {
    for (const auto* object : context.ofKind("BackendConfigPolicy")) {
        if (object->key.group != "gateway.kgateway.dev") continue;
        auto spec = config::decodeBackendConfigPolicy(*object);
        if (spec) policies_.push_back({object, std::move(*spec)});
    }
    std::stable_sort(policies_.begin(), policies_.end(), [](const Entry& a, const Entry& b) {
        return !PolicyAttachments::whyStronger({a.object, AttachLevel::Route, {}}, {b.object, AttachLevel::Route, {}}).empty();
    });
}

const BackendPolicies::Effect& BackendPolicies::effectOn(const config::Object& backend) {
    const auto [place, isNew] = effects_.try_emplace(&backend);
    auto& effect = place->second;
    if (!isNew) return effect;
    std::vector<Attached> attached;
    for (const auto& entry : policies_)
        if (config::reaches(entry.spec, backend))
            attached.push_back({entry.object, AttachLevel::Route, "targets " + backend.key.display()});
    if (attached.empty()) return effect;

    auto merged = mergePolicies(attached, kFields);
    std::vector<std::string> origins;
    const auto winner = [&](Field field) -> const Entry* {
        const auto* found = merged.winners[field];
        if (found == nullptr) return nullptr;
        const auto name = found->object->key.display();
        if (std::find(origins.begin(), origins.end(), name) == origins.end()) origins.push_back(name);
        return &*std::find_if(policies_.begin(), policies_.end(), [&](const Entry& e) { return e.object == found->object; });
    };
    auto& options = effect.options;
    if (const auto* entry = winner(kBalance); entry && entry->spec.loadBalancer)
        options.balance = balance(*entry->spec.loadBalancer);
    if (const auto* entry = winner(kOutlier); entry && entry->spec.outlier) {
        options.outlier = outlier(*entry->spec.outlier);
        // Envoy panics at half unless it is told another share.
        constexpr std::uint32_t kEnvoyPanic = 50;
        const auto* by = merged.winners[kBalance] ? winner(kBalance) : nullptr;
        if (!by || !by->spec.loadBalancer || !by->spec.loadBalancer->panicThreshold) options.balance.panicPercent = kEnvoyPanic;
    }
    auto& connections = options.connections;
    if (const auto* entry = winner(kConnect)) connections.connect = entry->spec.connectTimeout.value_or(base::Millis(0));
    if (const auto* entry = winner(kCommon)) {
        connections.maxRequestsPerConnection = narrow(entry->spec.maxRequestsPerConnection);
        if (entry->spec.idleTimeout)
            connections.idle = entry->spec.idleTimeout->count() == 0 ? base::Millis(-1) : *entry->spec.idleTimeout;
    }
    if (const auto* entry = winner(kCircuit)) {
        connections.maxConnections = narrow(entry->spec.circuit.maxConnections);
        connections.maxPending = narrow(entry->spec.circuit.maxPending);
        connections.maxRequests = narrow(entry->spec.circuit.maxRequests);
    }
    if (const auto* entry = winner(kKeepAlive); entry && entry->spec.tcpKeepAlive) {
        using std::chrono::seconds;
        connections.tcpKeepAlive = true;
        connections.keepAliveProbes = narrow(entry->spec.tcpKeepAlive->probes);
        connections.keepAliveTime = std::chrono::ceil<seconds>(entry->spec.tcpKeepAlive->time);
        connections.keepAliveInterval = std::chrono::ceil<seconds>(entry->spec.tcpKeepAlive->interval);
    }
    if (const auto* entry = winner(kDns)) {
        connections.dnsRefresh = entry->spec.dns.refreshRate;
        connections.dnsJitter = entry->spec.dns.jitter;
    }
    effect.tls = winner(kTls);
    options.origin = names(origins);
    effect.provenance = std::move(merged.provenance);
    return effect;
}

void BackendPolicies::apply(const config::Object& backend, const upstream::Cluster& cluster) {
    const auto state = context_.runtime.endpoints.cluster(cluster.id);
    state->size.store(static_cast<std::uint32_t>(cluster.endpoints.size()), std::memory_order_relaxed);
    state->setOptions(effectOn(backend).options);
}

std::vector<Provenance> BackendPolicies::provenance(const config::Object& backend, std::vector<Provenance> tls,
                                                    const BackendSite& site) {
    const auto governs = std::find_if(tls.begin(), tls.end(), [](const Provenance& entry) { return entry.effective; });
    const auto governing = governs == tls.end() ? std::string() : governs->origin.display();
    auto out = std::move(tls);
    for (auto entry : effectOn(backend).provenance) {
        const auto row = std::find_if(kFields.begin(), kFields.end(), [&](const MergeField& field) { return field.name == entry.field; });
        const auto lose = [&](const std::string& why) {
            entry.effective = false;
            entry.reason += why;
        };
        if (!entry.effective) {
        } else if (!row->run) {
            lose(", but the field is not run yet");
        } else if (entry.field == "tls" && site.carries == BackendSite::Carries::Passthrough) {
            lose(", but the TLS of the connection is the client's own");
        } else if (entry.field == "tls" && !governing.empty()) {
            lose(fmt::format(", but {} wins: a BackendTLSPolicy goes before the tls of a BackendConfigPolicy", governing));
        }
        out.push_back(std::move(entry));
    }
    return out;
}

net::TlsClientOptions BackendPolicies::tlsOptions(const Entry& entry, std::string& broken) const {
    const auto& spec = *entry.spec.tls;
    net::TlsClientOptions tls;
    tls.sni = spec.sni;
    for (const auto& name : spec.subjectAltNames) {
        const bool uri = name.find("://") != std::string::npos;
        tls.subjectAltNames.push_back({uri ? net::TlsSubjectAltName::Type::Uri : net::TlsSubjectAltName::Type::Hostname, name});
    }
    if (spec.files) broken = "its certificates are files on the proxy, which are not read";
    if (spec.insecure) tls.trust = net::TlsTrust::Insecure;
    if (spec.secretName.empty()) return tls;
    const config::ObjectKey secret{"", "Secret", entry.object->key.ns, spec.secretName};
    auto bundle = config::readCaBundle(context_.objects, config::ObjectRef{secret.group, secret.kind, secret.ns, secret.name});
    if (bundle) {
        tls.trust = net::TlsTrust::Bundle;
        tls.caPem = std::move(*bundle);
    } else if (spec.sni.empty() && spec.subjectAltNames.empty()) {
        broken = bundle.error().message;
    }
    if (spec.simple) return tls;
    // A Secret of authorities alone has no certificate to show.
    if (auto pair = config::readTlsSecret(context_.objects, secret)) tls.identity.push_back(std::move(*pair));
    return tls;
}

std::shared_ptr<const upstream::Transport> BackendPolicies::secure(const config::Object& backend,
                                                                   std::shared_ptr<const upstream::Transport> transport,
                                                                   const BackendSite& site) {
    if (site.carries == BackendSite::Carries::Passthrough) return transport;
    if (transport && (transport->tls || !transport->broken.empty())) return transport;
    const auto* entry = effectOn(backend).tls;
    if (entry == nullptr || !entry->spec.tls) return transport;
    std::string broken;
    auto options = tlsOptions(*entry, broken);
    if (!broken.empty())
        return upstream::TransportRegistry::broken(fmt::format("{}: {}", entry->object->key.display(), broken));
    if (options.identity.empty() && site.identity) options.identity.push_back(*site.identity);
    return context_.runtime.transports.get({transport ? transport->protocol : upstream::Protocol::Http1, std::move(options)});
}

}  // namespace gatehouse::route
