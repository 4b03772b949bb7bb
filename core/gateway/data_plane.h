// DataPlane: the workers, their acceptor and the rings they push finished exchanges into. Knows nothing of YAML: it runs the
// snapshot it is given. Thread: every member from the control thread, counters() from any. Lifetime: owned by Gateway::Impl.
#pragma once

#include "base/result.h"
#include "gateway/limit_board.h"
#include "http/limits.h"
#include "route/snapshot.h"
#include "telemetry/request_record.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::gateway {

struct ExchangeRecord;
class ArmChoice;
class CaptureRing;
class ResponseCache;

struct DataPlaneOptions {
    unsigned workers = 1;
    http::Limits limits;
    std::shared_ptr<CaptureRing> captures;  ///< Null: nothing can be captured.
    std::shared_ptr<ResponseCache> responseCache;  ///< Null: no answer is kept.
    std::shared_ptr<ArmChoice> armChoice;  ///< Null: nobody can choose a backend of a split.
    bool traces = false;               ///< Every request gets a span of ours in its traceparent.
    std::size_t recordRing = 8'192;  ///< Finished exchanges buffered per worker until drained.
    /// Other than the system's, for tests: a host name's addresses. It may block, and is called on threads of the resolver.
    std::function<std::vector<std::string>(const std::string&)> lookUp;
};

struct DataPlaneCounters {
    std::uint64_t requests = 0;
    std::uint64_t responses[6] = {};  ///< By class: [2] = 2xx ... [5] = 5xx; [0] = no answer sent (client left).
    std::uint64_t bytesIn = 0, bytesOut = 0;
    std::uint64_t recordsDropped = 0;
    std::int64_t inFlight = 0, connections = 0;
    std::uint64_t upstreamConnects = 0, upstreamReuses = 0;
    std::vector<std::uint64_t> latencyBuckets;       ///< Counts per bound of latencyBounds(), plus one overflow.
    std::uint64_t latencyMicros = 0;                 ///< The sum of all durations.
};
/// Bucket bounds in seconds of DataPlaneCounters::latencyBuckets.
const std::vector<double>& latencyBounds();

class DataPlane {
  public:
    static Result<std::unique_ptr<DataPlane>> start(DataPlaneOptions options);
    ~DataPlane();

    /// Mails the snapshot to every worker and returns when each has it. Requests in flight finish on the old one.
    void swap(std::shared_ptr<const route::Snapshot> snapshot);
    /// Binds "host:port" for a logical port and answers the bound address; error "port-in-use", "port-denied", "bad-address".
    Result<std::string> listen(std::uint16_t logicalPort, const std::string& bind);
    /// Closes the listening socket; its connections finish their request and close.
    void unlisten(std::uint16_t logicalPort);

    /// Moves finished exchanges (as display records, steps and all) to `out`.
    std::size_t drain(std::size_t max, std::vector<telemetry::RequestRecord>& out);
    /// The same, but left compact (gateway/exchange_record.h): for who keeps many and looks at few.
    std::size_t drainCompact(std::size_t max, std::vector<ExchangeRecord>& out);
    DataPlaneCounters counters() const;
    /// The limits that were enforced at least once, and other reasons for refusals; of all workers.
    std::vector<LimitUse> limitUses() const;
    /// The last addresses of a host name; empty where it was never asked for.
    std::vector<std::string> addressesOf(const std::string& host) const;
    /// Limits and refusals of all workers together: how often each one bit, and when last.
    std::vector<LimitUse> limits() const;

    /// Stops accepting, closes idle connections, lets requests finish until the deadline, then cuts. Idempotent.
    void stop(std::chrono::milliseconds deadline);

  private:
    struct Impl;
    explicit DataPlane(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace gatehouse::gateway
