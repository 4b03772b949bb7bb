#include "upstream/balance.h"

#include <algorithm>

namespace gatehouse::upstream {

bool isEjected(const Endpoint& endpoint, base::MonoTime now) {
    const auto until = endpoint.ejectedUntil.load(std::memory_order_relaxed);
    return until != 0 && until > now.time_since_epoch().count();
}

Endpoint* pickLeastRequest(const Cluster& cluster, std::uint32_t& cursor, base::MonoTime now, const Endpoint* avoid) {
    const auto& all = cluster.endpoints;
    const std::size_t size = all.size();
    if (size == 0) return nullptr;
    if (size == 1) return all.front().get() == avoid ? nullptr : all.front().get();
    const std::size_t start = cursor++ % size;
    Endpoint* best = nullptr;
    Endpoint* ejected = nullptr;
    std::int32_t fewest = 0;
    std::size_t seen = 0;
    for (std::size_t i = 0; i < size && seen < kScan; ++i) {
        Endpoint* endpoint = all[(start + i) % size].get();
        if (endpoint == avoid) continue;
        if (isEjected(*endpoint, now)) {
            if (ejected == nullptr) ejected = endpoint;
            continue;
        }
        ++seen;
        const auto inFlight = endpoint->inFlight.load(std::memory_order_relaxed);
        if (best == nullptr || inFlight < fewest) {
            best = endpoint;
            fewest = inFlight;
        }
    }
    return best != nullptr ? best : ejected;
}

Endpoint* pickRoundRobin(const Cluster& cluster, std::uint32_t& cursor, base::MonoTime now, const Endpoint* avoid) {
    const auto& all = cluster.endpoints;
    const std::size_t size = all.size();
    Endpoint* ejected = nullptr;
    for (std::size_t i = 0; i < size; ++i) {
        Endpoint* endpoint = all[cursor++ % size].get();
        if (endpoint == avoid) continue;
        if (!isEjected(*endpoint, now)) return endpoint;
        if (ejected == nullptr) ejected = endpoint;
    }
    return ejected;
}

void noteSuccess(Endpoint& endpoint) {
    // Loads first: the usual case writes to no shared cache line.
    if (endpoint.consecutiveFailures.load(std::memory_order_relaxed) != 0)
        endpoint.consecutiveFailures.store(0, std::memory_order_relaxed);
    if (endpoint.ejectedUntil.load(std::memory_order_relaxed) != 0)
        endpoint.ejectedUntil.store(0, std::memory_order_relaxed);
}

bool noteFailure(Endpoint& endpoint, base::MonoTime now) {
    endpoint.failures.fetch_add(1, std::memory_order_relaxed);
    const auto failures = endpoint.consecutiveFailures.fetch_add(1, std::memory_order_relaxed) + 1;
    if (failures < kFailuresToEject) return false;
    const bool already = isEjected(endpoint, now);
    const auto rounds = std::min<std::uint32_t>(1 + (failures - kFailuresToEject) / kFailuresToEject, 6);
    endpoint.ejectedUntil.store((now + kEjection * rounds).time_since_epoch().count(), std::memory_order_relaxed);
    return !already;
}

}  // namespace gatehouse::upstream
