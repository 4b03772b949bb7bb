// Endpoint: one upstream address with the runtime state that survives configuration swaps. Cluster: the endpoints of one
// backend. Thread: Endpoint's atomics from any thread; Cluster is immutable. Lifetime: shared_ptr, kept by the
// EndpointRegistry and by snapshots.
#pragma once

#include "upstream/transport.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace gatehouse::upstream {

struct Endpoint : std::enable_shared_from_this<Endpoint> {
    // Constant after construction.
    std::string id;       ///< "10.0.0.1:8000", unique within the registry together with the cluster.
    std::string host;     ///< IP address or DNS name.
    std::uint16_t port = 0;
    std::string podName;  ///< "namespace/name" where known.
    std::shared_ptr<const Transport> transport;  ///< Null: plain HTTP/1.
    std::uint32_t index = 0;  ///< Dense number in the registry, for per-worker arrays of pools.

    // Any thread, relaxed.
    std::atomic<std::int32_t> inFlight{0};
    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::uint64_t> failures{0};            ///< Connect errors, resets, 5xx made here.
    std::atomic<std::uint32_t> consecutiveFailures{0};
    std::atomic<std::int64_t> ejectedUntil{0};         ///< MonoClock ticks; 0 = in.
    std::atomic<std::uint32_t> ewmaLatencyMicros{0};
};

struct Cluster {
    std::string id;    ///< Stable key, e.g. "Service/default/web:80".
    std::string name;  ///< For people.
    std::vector<std::shared_ptr<Endpoint>> endpoints;  ///< Ready ones; empty = 503.
    std::shared_ptr<const Transport> transport;  ///< That of its endpoints; null: plain HTTP/1.
};

/// Hands out the one Endpoint per (cluster, address), so that counters and pools survive a swap.
/// Thread: control thread for get() and prune(); snapshots read on any.
class EndpointRegistry {
  public:
    std::shared_ptr<Endpoint> get(const std::string& clusterId, const std::string& host, std::uint16_t port,
                                  const std::string& podName, std::shared_ptr<const Transport> transport = nullptr);
    std::vector<std::shared_ptr<Endpoint>> all() const;
    /// Forgets those that nobody else holds: no snapshot, no request, no pooled connection. Their numbers are given anew.
    void prune();

  private:
    mutable std::mutex mutex_;
    std::unordered_map<std::string, std::shared_ptr<Endpoint>> byKey_;
    std::uint32_t next_ = 0;
    std::vector<std::uint32_t> free_;  ///< Numbers of the forgotten.
};

}  // namespace gatehouse::upstream
