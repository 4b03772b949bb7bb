#include "gateway/admin_pages.h"
#include "gateway/provider_sample.h"

#include "filter/rate_limits.h"
#include "telemetry/metric_names.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

namespace gatehouse::gateway {
namespace {

namespace metric = telemetry::metric;
using telemetry::Exposition;

void writeConfiguration(const AdminSample& sample, Exposition& page) {
    page.family(metric::kBuildInfo);
    page.sample({{"version", GATEHOUSE_VERSION}}, std::uint64_t{1});
    page.family(metric::kGeneration);
    page.sample({}, sample.state.generation);
    page.family(metric::kApplySeconds);
    page.sample({}, std::chrono::duration<double>(sample.report->duration).count());
    page.family(metric::kFindings);
    std::uint64_t findings[3] = {};
    for (const auto& finding : sample.report->diagnostics) ++findings[static_cast<int>(finding.severity)];
    page.sample({{"severity", "info"}}, findings[0]);
    page.sample({{"severity", "warning"}}, findings[1]);
    page.sample({{"severity", "error"}}, findings[2]);
    page.family(metric::kListenerUp);
    for (const auto& listener : sample.state.listeners)
        page.sample({{"port", std::to_string(listener.logicalPort)}, {"address", listener.address}},
                    std::uint64_t{listener.address.empty() ? 0U : 1U});
}

void writeTraffic(const AdminSample& sample, Exposition& page) {
    const auto& counters = sample.counters;
    page.family(metric::kRequests);
    page.sample({}, counters.requests);
    page.family(metric::kResponses);
    for (int i = 0; i < 6; ++i) page.sample({{"class", i == 0 ? "0" : std::to_string(i) + "xx"}}, counters.responses[i]);
    page.family(metric::kReceivedBytes);
    page.sample({}, counters.bytesIn);
    page.family(metric::kSentBytes);
    page.sample({}, counters.bytesOut);
    page.family(metric::kInFlight);
    page.sample({}, static_cast<double>(counters.inFlight));
    page.family(metric::kConnections);
    page.sample({}, static_cast<double>(counters.connections));
    page.family(metric::kUpstreamConnects);
    page.sample({}, counters.upstreamConnects);
    page.family(metric::kUpstreamReuses);
    page.sample({}, counters.upstreamReuses);
    page.family(metric::kRecordsDropped);
    page.sample({}, sample.state.recordsDropped);
    page.family(metric::kAccessLinesLost);
    page.sample({}, sample.state.accessLinesLost);
    page.family(metric::kOtlpDropped);
    page.sample({}, sample.state.otlpDropped);
    page.family(metric::kOtlpFailures);
    page.sample({}, sample.state.otlpFailures);

    page.family(metric::kCacheHits);
    page.sample({}, sample.state.cacheHits);
    page.family(metric::kCacheMisses);
    page.sample({}, sample.state.cacheMisses);
    page.family(metric::kCacheEntries);
    page.sample({}, std::uint64_t{sample.state.cacheEntries});
    page.family(metric::kCacheBytes);
    page.sample({}, std::uint64_t{sample.state.cacheBytes});

    const auto& bounds = latencyBounds();
    if (counters.latencyBuckets.size() != bounds.size() + 1) return;
    page.family(metric::kDuration);
    page.histogram({}, bounds, counters.latencyBuckets, static_cast<double>(counters.latencyMicros) * 1e-6);
}

void writeRules(const AdminSample& sample, Exposition& page) {
    const auto& rules = sample.state.rules;
    const auto each = [&](const telemetry::MetricName& name, auto&& value) {
        page.family(name);
        for (const auto& rule : rules)
            page.sample({{"route", rule.route.ns + "/" + rule.route.name}, {"rule", rule.id}}, std::uint64_t{value(rule)});
    };
    each(metric::kRuleRequests, [](const RuleState& rule) { return rule.requests; });
    each(metric::kRuleErrors, [](const RuleState& rule) { return rule.errors; });
    each(metric::kRuleBroken, [](const RuleState& rule) { return rule.broken.empty() ? 0U : 1U; });
    const auto eachBackend = [&](const telemetry::MetricName& name, auto&& value) {
        page.family(name);
        for (const auto& rule : rules)
            for (const auto& backend : rule.backends)
                page.sample({{"rule", rule.id}, {"backend", backend.name}, {"id", backend.id}}, std::uint64_t{value(backend)});
    };
    eachBackend(metric::kBackendRequests, [](const BackendState& backend) { return backend.requests; });
    eachBackend(metric::kBackendErrors, [](const BackendState& backend) { return backend.errors; });
    const auto eachMirror = [&](const telemetry::MetricName& name, auto&& value) {
        page.family(name);
        for (const auto& rule : rules)
            for (const auto& mirror : rule.mirrors)
                page.sample({{"rule", rule.id}, {"backend", mirror.name}, {"id", mirror.id}}, std::uint64_t{value(mirror)});
    };
    eachMirror(metric::kMirrorCopies, [](const BackendState& mirror) { return mirror.requests; });
    eachMirror(metric::kMirrorErrors, [](const BackendState& mirror) { return mirror.errors; });
    page.family(metric::kBackendTokens);
    for (const auto& rule : rules)
        for (const auto& backend : rule.backends) {
            if (backend.inputTokens + backend.outputTokens == 0) continue;
            page.sample({{"rule", rule.id}, {"backend", backend.name}, {"id", backend.id}, {"type", "input"}}, backend.inputTokens);
            page.sample({{"rule", rule.id}, {"backend", backend.name}, {"id", backend.id}, {"type", "output"}},
                        backend.outputTokens);
        }
}

void writePods(const AdminSample& sample, Exposition& page) {
    constexpr double kMebibyte = 1024.0 * 1024.0;
    const auto each = [&](const telemetry::MetricName& name, auto&& value) {
        page.family(name);
        for (const auto& pod : sample.state.pods) {
            const double number = value(pod);
            // An unknown value is absent, not zero.
            if (!std::isnan(number)) page.sample({{"pool", pod.pool}, {"pod", pod.pod}, {"address", pod.address}}, number);
        }
    };
    each(metric::kPodUp, [](const PodState& pod) { return pod.scrape == inference::ScrapeState::Fresh ? 1.0 : 0.0; });
    each(metric::kPodAge, [](const PodState& pod) {
        return pod.ageMillis < 0 ? std::nan("") : static_cast<double>(pod.ageMillis) / 1000.0;
    });
    each(metric::kPodWaiting, [](const PodState& pod) { return pod.metrics.waiting; });
    each(metric::kPodRunning, [](const PodState& pod) { return pod.metrics.running; });
    each(metric::kPodKv, [](const PodState& pod) { return pod.metrics.kvUse; });
    each(metric::kPodKvUsable, [](const PodState& pod) { return pod.metrics.usableKvTokens(); });
    each(metric::kPodGpuAge, [](const PodState& pod) { return pod.gpuAgeMillis < 0 ? std::nan("") : static_cast<double>(pod.gpuAgeMillis) / 1000.0; });
    each(metric::kPodGpuUsed, [](const PodState& pod) { return pod.metrics.gpuUsedMib * kMebibyte; });
    each(metric::kPodGpuFree, [](const PodState& pod) { return pod.metrics.gpuFreeMib * kMebibyte; });
    each(metric::kPodInFlight, [](const PodState& pod) { return static_cast<double>(pod.inFlight); });
    each(metric::kPodPicks, [](const PodState& pod) { return static_cast<double>(pod.picks); });
    each(metric::kPodFailures, [](const PodState& pod) { return static_cast<double>(pod.failures); });
}

/// Of pools that have a queue of their own, and of other gateways that ask for their pods.
void writePools(const AdminSample& sample, Exposition& page) {
    const auto each = [&](const telemetry::MetricName& name, auto&& write) {
        page.family(name);
        for (const auto& pool : sample.state.pools)
            if (pool.queues) write(pool);
    };
    each(metric::kPoolQueue, [&](const PoolState& pool) {
        if (pool.waiting.empty()) page.sample({{"pool", pool.name}, {"priority", "0"}}, std::uint64_t{0});
        for (const auto& [priority, count] : pool.waiting)
            page.sample({{"pool", pool.name}, {"priority", std::to_string(priority)}}, std::uint64_t{count});
    });
    each(metric::kPoolWaits, [&](const PoolState& pool) { page.sample({{"pool", pool.name}}, pool.waits); });
    each(metric::kPoolWaitSeconds, [&](const PoolState& pool) { page.sample({{"pool", pool.name}}, static_cast<double>(pool.waited.count()) * 1e-6); });
    each(metric::kPoolShed, [&](const PoolState& pool) {
        page.sample({{"pool", pool.name}, {"why", "priority"}}, pool.shedNegative);
        page.sample({{"pool", pool.name}, {"why", "evicted"}}, pool.evicted);
        page.sample({{"pool", pool.name}, {"why", "queue full"}}, pool.shed - std::min(pool.shed, pool.shedNegative + pool.evicted));
    });
    if (sample.state.pickerAddress.empty()) return;
    const auto& picker = sample.state.picker;
    page.family(metric::kPickerCalls);
    page.sample({{"outcome", "picked"}}, picker.picked);
    page.sample({{"outcome", "shed"}}, picker.shed);
    page.sample({{"outcome", "unavailable"}}, picker.unavailable);
    page.sample({{"outcome", "refused"}}, picker.refused);
    page.sample({{"outcome", "fault"}}, picker.faults);
    page.family(metric::kPickerOpen);
    page.sample({}, static_cast<double>(picker.open));
}

void writeEndpoints(const AdminSample& sample, Exposition& page) {
    using Member = ClusterSample::Member;
    const auto each = [&](const telemetry::MetricName& name, auto&& value) {
        page.family(name);
        for (const auto& cluster : sample.state.clusters)
            for (const auto& member : cluster.endpoints)
                page.sample({{"cluster", cluster.id}, {"endpoint", member.health.id}, {"transport", cluster.transport}}, value(member));
    };
    each(metric::kEndpointUp, [](const Member& m) { return m.health.standing == upstream::Standing::Out ? 0.0 : 1.0; });
    each(metric::kEndpointShare, [](const Member& m) { return m.health.share; });
    each(metric::kEndpointInFlight, [](const Member& m) { return static_cast<double>(m.health.inFlight); });
    each(metric::kEndpointConnections, [](const Member& m) { return static_cast<double>(m.health.connections); });
    each(metric::kEndpointRequests, [](const Member& m) { return m.health.requests; });
    each(metric::kEndpointFailures, [](const Member& m) { return m.health.failures; });
    each(metric::kEndpointEjections, [](const Member& m) { return std::uint64_t{m.health.ejections}; });
    page.family(metric::kEndpointLatency);
    for (const auto& cluster : sample.state.clusters)
        for (const auto& member : cluster.endpoints)
            if (member.health.latencyMicros > 0)
                page.sample({{"cluster", cluster.id}, {"endpoint", member.health.id}, {"transport", cluster.transport}}, member.health.latencyMicros * 1e-6);
    page.family(metric::kClusterPanic);
    for (const auto& cluster : sample.state.clusters) page.sample({{"cluster", cluster.id}, {"transport", cluster.transport}}, cluster.panic ? 1.0 : 0.0);
    page.family(metric::kClusterPending);
    for (const auto& cluster : sample.state.clusters)
        page.sample({{"cluster", cluster.id}, {"transport", cluster.transport}}, static_cast<double>(cluster.pending));
    page.family(metric::kClusterOverflows);
    for (const auto& cluster : sample.state.clusters) page.sample({{"cluster", cluster.id}, {"transport", cluster.transport}}, cluster.overflows);
}

void writeLimits(const AdminSample& sample, Exposition& page) {
    page.family(metric::kLimitHits);
    for (const auto& limit : sample.state.limits) page.sample({{"limit", limit.name}}, limit.count);
    page.family(metric::kRateLimitLeft);
    if (!sample.snapshot) return;
    const auto now = base::MonoClock::now();
    std::set<std::string_view> told;
    for (const auto& rule : sample.snapshot->rules)
        if (rule->rateLimits)
            for (const auto& limit : rule->rateLimits->limits())
                if (told.insert(limit.id).second) page.sample({{"limit", limit.id}}, static_cast<double>(limit.bucket->left(now)));
}

}  // namespace

std::string metricsPage(const AdminSample& sample, const telemetry::GenAiMetrics& genAi) {
    Exposition page;
    writeConfiguration(sample, page);
    writeTraffic(sample, page);
    writeRules(sample, page);
    writePods(sample, page);
    writePools(sample, page);
    writeEndpoints(sample, page);
    writeProviders(sample.state.providers, page);
    writeLimits(sample, page);
    genAi.write(page);
    return page.take();
}

}  // namespace gatehouse::gateway
