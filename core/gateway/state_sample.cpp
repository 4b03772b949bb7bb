#include "gateway/state_sample.h"

#include "http/limit_table.h"
#include "route/listener_settings.h"
#include "upstream/balance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

namespace gatehouse::gateway {
namespace {

/// "10.0.0.1", "::1" and Unix paths have no other address than themselves.
bool isName(const std::string& host) {
    return std::any_of(host.begin(), host.end(), [](unsigned char c) { return std::isalpha(c) != 0; }) &&
           host.find(':') == std::string::npos;
}

ClusterSample sampleCluster(const upstream::Cluster& cluster, const DataPlane& dataPlane, base::MonoTime now) {
    constexpr auto relaxed = std::memory_order_relaxed;
    const auto wall = std::chrono::system_clock::now();
    const auto& options = upstream::optionsOf(cluster);
    ClusterSample sample;
    sample.id = cluster.id;
    sample.name = cluster.name;
    sample.balance = upstream::balanceName(options.balance.method);
    sample.policy = options.origin;
    const bool http2 = cluster.transport && cluster.transport->protocol == upstream::Protocol::Http2;
    sample.transport = cluster.transport ? cluster.transport->id : std::string();
    sample.protocol = http2 ? "HTTP/2" : "HTTP/1.1";
    sample.tls = cluster.transport && cluster.transport->tls;
    sample.panic = upstream::panics(cluster, now);
    sample.maxConnections = options.connections.maxConnections;
    sample.maxPending = options.connections.maxPending;
    sample.maxRequests = options.connections.maxRequests;
    for (const auto& endpoint : cluster.endpoints) {
        ClusterSample::Member member{upstream::healthOf(*endpoint, now, wall), {}};
        if (isName(endpoint->host)) member.addresses = dataPlane.addressesOf(endpoint->host);
        sample.endpoints.push_back(std::move(member));
    }
    if (!cluster.endpoints.empty() && cluster.endpoints.front()->cluster) {
        const auto& state = *cluster.endpoints.front()->cluster;
        sample.connections = state.connections.load(relaxed);
        sample.pending = state.pending.load(relaxed);
        sample.overflows = state.overflows.load(relaxed);
    }
    return sample;
}

/// Why a pod gets no requests, or is judged by less than its metrics, beside what its endpoint itself tells.
void judgePod(const inference::Pod& pod, const inference::Pool& pool, base::MonoTime now, upstream::EndpointHealth& health) {
    using inference::ScrapeState;
    if (health.standing == upstream::Standing::Out) return;
    const auto scrape = pod.scrapeState(now, pool.options().staleAfter);
    if (pod.unreachable()) {
        health.standing = upstream::Standing::Out;
        health.reason = fmt::format("out until a scrape succeeds: {}", pod.scrapeError());
    } else if (scrape == ScrapeState::Failing) {
        health.reason = fmt::format("its metrics cannot be read, so it is judged by its requests in flight: {}", pod.scrapeError());
    } else if (scrape == ScrapeState::Stale) {
        health.reason = "its metrics are old, so it is judged by its requests in flight";
    } else if (scrape == ScrapeState::Never) {
        health.reason = "it was not scraped yet, so it is judged by its requests in flight";
    }
}

ClusterSample samplePool(const inference::Pool& pool, base::MonoTime now) {
    const auto wall = std::chrono::system_clock::now();
    ClusterSample sample;
    sample.id = pool.id();
    sample.name = "InferencePool " + pool.name();
    sample.balance = "load of the pods";
    sample.protocol = "HTTP/1.1";
    for (const auto& pod : pool.pods()) {
        ClusterSample::Member member{upstream::healthOf(*pod->endpoint, now, wall), {}};
        judgePod(*pod, pool, now, member.health);
        sample.endpoints.push_back(std::move(member));
    }
    if (pool.pods().empty()) return sample;
    const auto& endpoint = *pool.pods().front()->endpoint;
    if (const auto& transport = endpoint.transport) {
        sample.transport = transport->id;
        if (transport->protocol == upstream::Protocol::Http2) sample.protocol = "HTTP/2";
        sample.tls = transport->tls != nullptr;
    }
    if (endpoint.cluster) {
        constexpr auto relaxed = std::memory_order_relaxed;
        sample.connections = endpoint.cluster->connections.load(relaxed);
        sample.pending = endpoint.cluster->pending.load(relaxed);
        sample.overflows = endpoint.cluster->overflows.load(relaxed);
    }
    return sample;
}

}  // namespace

std::vector<ClusterSample> sampleClusters(const route::Snapshot& snapshot, const DataPlane& dataPlane, base::MonoTime now) {
    std::vector<ClusterSample> samples;
    // Seen from several Gateways or kinds of route, a backend is resolved again, though to the same endpoints.
    std::set<std::pair<std::string, std::string>> seen;
    for (const auto& cluster : snapshot.clusters)
        if (seen.emplace(cluster->id, cluster->transport ? cluster->transport->id : std::string()).second)
            samples.push_back(sampleCluster(*cluster, dataPlane, now));
    for (const auto& pool : snapshot.pools)
        if (seen.emplace(pool->id(), std::string()).second) samples.push_back(samplePool(*pool, now));
    return samples;
}

void addOverrides(const route::Snapshot& snapshot, const http::Limits& limits, std::vector<LimitState>& states) {
    for (const auto& port : snapshot.ports) {
        if (!port.custom) continue;
        for (const auto& listener : port.listeners) {
            // Connections without TLS are the port's, whichever listener their requests belong to.
            const auto& settings = port.tls ? listener.settings : port.settings;
            if (settings == nullptr) continue;
            const auto effective = settings->limits(limits);
            for (const auto& origin : settings->limitOrigins) {
                const auto state = std::find_if(states.begin(), states.end(), [&](const LimitState& s) { return s.name == origin.limit; });
                const auto* row = http::findLimit(origin.limit);
                if (state == states.end() || row == nullptr) continue;
                const bool never = row->unit == http::LimitUnit::Millis &&
                                   row->value(effective) >= static_cast<double>(route::ListenerSettings::kNever.count());
                state->overrides.push_back({never ? "none" : http::limitValue(*row, effective),
                                            fmt::format("{}/{}", listener.gateway.display(), listener.name), origin.origin});
            }
        }
    }
}

std::vector<LimitState> sampleLimits(const http::Limits& limits, const std::vector<LimitUse>& uses) {
    std::vector<LimitState> all;
    for (const auto& row : http::limitTable()) {
        LimitState state{row.name, row.what, http::limitValue(row, limits), row.answer, row.source, true, 0, {}};
        const auto use = std::find_if(uses.begin(), uses.end(), [&](const LimitUse& u) { return u.name == row.name; });
        if (use != uses.end()) {
            state.count = use->count;
            state.last = use->last;
        }
        all.push_back(std::move(state));
    }
    for (const auto& use : uses)
        if (http::findLimit(use.name) == nullptr) all.push_back({use.name, {}, {}, {}, {}, false, use.count, use.last});
    return all;
}

}  // namespace gatehouse::gateway
