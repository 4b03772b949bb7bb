// Endpoint: one upstream address with the runtime state that survives configuration swaps. Cluster: the endpoints of one
// backend. Thread: Endpoint's atomics from any thread; Cluster is immutable. Lifetime: shared_ptr, kept by the
// EndpointRegistry and by snapshots.
#pragma once

#include "upstream/backend_options.h"
#include "upstream/transport.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace gatehouse::upstream {

/// What a backend's endpoints have in common at run time. Outlives snapshots, like they do.
/// Thread: setOptions() and `size` by the control thread; the rest by any.
struct ClusterState {
    explicit ClusterState(std::string clusterId);
    ClusterState(const ClusterState&) = delete;
    ClusterState& operator=(const ClusterState&) = delete;

    const BackendOptions& options() const { return *options_.load(std::memory_order_acquire); }
    void setOptions(BackendOptions options);

    const std::string id;
    std::atomic<std::uint32_t> size{0};  ///< Endpoints in the newest snapshot; 0: not known.
    std::atomic<std::int64_t> outUntil{0};  ///< No endpoint is out after this (MonoClock ticks).
    std::atomic<std::int32_t> connections{0};
    std::atomic<std::int32_t> pending{0};    ///< Requests that wait for a connection.
    std::atomic<std::uint64_t> overflows{0};  ///< Requests that were answered 503 because of a limit.

    /// Ejections are decided one at a time, so that two workers do not take out more than may be.
    std::mutex mutex;
    std::vector<std::pair<const void*, std::int64_t>> out;  ///< Endpoint and until when. Under `mutex`.

  private:
    std::atomic<const BackendOptions*> options_;
    std::vector<std::unique_ptr<const BackendOptions>> kept_;  ///< Each different one; workers may still read an old one.
};

/// How a request failed at an endpoint.
enum class Failure : std::uint8_t { None, Connect, Reset, BadAnswer, Tls, Timeout, Status };

struct Endpoint : std::enable_shared_from_this<Endpoint> {
    // Constant after construction.
    std::string id;       ///< "10.0.0.1:8000", unique within the registry together with the cluster.
    std::string host;     ///< IP address or DNS name.
    std::uint16_t port = 0;
    std::string podName;  ///< "namespace/name" where known.
    std::shared_ptr<const Transport> transport;  ///< Null: plain HTTP/1.
    std::uint32_t index = 0;  ///< Dense number in the registry, for per-worker arrays of pools.
    std::shared_ptr<ClusterState> cluster;  ///< Null where it was made by hand: the defaults hold.

    // Any thread, relaxed.
    std::atomic<std::int32_t> inFlight{0};
    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::uint64_t> failures{0};            ///< Connect errors, resets, 5xx made here.
    std::atomic<std::uint32_t> consecutiveFailures{0};  ///< Not answered at all.
    std::atomic<std::uint32_t> consecutiveErrors{0};    ///< 5xx, and what counts as such.
    std::atomic<std::uint32_t> consecutiveGatewayErrors{0};
    std::atomic<std::int64_t> ejectedUntil{0};         ///< MonoClock ticks; 0 = in.
    std::atomic<std::int64_t> ejectedAt{0};            ///< MonoClock ticks; of the last ejection.
    std::atomic<std::uint32_t> ewmaLatencyMicros{0};   ///< Until the answer's head; 0: none came yet.
    std::atomic<std::int64_t> joinedAt{0};             ///< MonoClock ticks; slow start counts from here.
    std::atomic<std::int32_t> connections{0};
    std::atomic<std::uint32_t> ejections{0};           ///< In all.
    std::atomic<std::uint32_t> ejectedFor{0};          ///< The count that made the last ejection...
    std::atomic<Failure> ejectedBy{Failure::None};     ///< ...and what it counted.
    std::atomic<Failure> lastFailure{Failure::None};
    std::atomic<std::int64_t> lastFailureAt{0};        ///< MonoClock ticks.
    std::atomic<std::uint32_t> dialled{0};             ///< Connections begun: a name's addresses take turns.

    // Under cluster->mutex; by one thread where there is no cluster.
    std::uint32_t backOff = 0;     ///< Ejections close after each other.
};

/// What holds for an endpoint now.
const BackendOptions& optionsOf(const Endpoint& endpoint);

struct Cluster {
    std::string id;    ///< Stable key, e.g. "Service/default/web:80".
    std::string name;  ///< For people.
    std::vector<std::shared_ptr<Endpoint>> endpoints;  ///< Ready ones; empty = 503.
    std::shared_ptr<const Transport> transport;  ///< That of its endpoints; null: plain HTTP/1.
};

/// What holds for all of its endpoints.
const BackendOptions& optionsOf(const Cluster& cluster);

/// Hands out the one Endpoint per (cluster, address), so that counters and pools survive a swap.
/// Thread: control thread for get() and prune(); snapshots read on any.
class EndpointRegistry {
  public:
    std::shared_ptr<Endpoint> get(const std::string& clusterId, const std::string& host, std::uint16_t port,
                                  const std::string& podName, std::shared_ptr<const Transport> transport = nullptr);
    std::vector<std::shared_ptr<Endpoint>> all() const;
    /// The state that endpoints of a cluster share; made where there is none.
    std::shared_ptr<ClusterState> cluster(const std::string& clusterId);
    /// Forgets those that nobody else holds: no snapshot, no request, no pooled connection. Their numbers are given anew.
    void prune();

  private:
    mutable std::mutex mutex_;
    std::unordered_map<std::string, std::shared_ptr<Endpoint>> byKey_;
    std::unordered_map<std::string, std::shared_ptr<ClusterState>> clusters_;
    std::uint32_t next_ = 0;
    std::vector<std::uint32_t> free_;  ///< Numbers of the forgotten.
};

}  // namespace gatehouse::upstream
