// PickerServer: the endpoint-picker protocol for other gateways, over gRPC: Envoy's external processing (gateway/picker_call.h) and gRPC's
// health service (gateway/picker_health.h). A gateway may speak in clear (HTTP/2 by prior knowledge) or begin TLS, for which there is a
// certificate of our own making that nobody can check, as the reference picker has it. One thread of its own, off the data plane's, with
// the schedulers and queues that the data plane has. Which pool a call is for its :authority says (gateway/picker_pool.h).
// Thread: open and stop from the owner, counts from any.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "http/limits.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace gatehouse::route {
struct Snapshot;
}

namespace gatehouse::gateway {

struct ExchangeRecord;

class PickerServer {
  public:
    struct Options {
        std::string bind;  ///< "127.0.0.1:9002"; port 0 picks a free one.
        http::Limits limits;
        std::function<std::shared_ptr<const route::Snapshot>()> snapshots;  ///< What runs now; null before the first.
        std::function<void(ExchangeRecord)> records;                        ///< One for each call.
    };
    /// Binds and serves. Errors: "bad-address", "port-in-use", "port-denied", "tls-bad-key".
    static Result<std::unique_ptr<PickerServer>> open(Options options);
    ~PickerServer();

    const std::string& address() const;
    /// No new calls; readiness is over; calls under way may go on for as long. Does not wait.
    void drain(base::Millis deadline);
    /// Drains, unless that was done, and waits for the end. Idempotent.
    void stop(base::Millis deadline);

    struct Counts {
        std::uint64_t calls = 0;    ///< Requests of other gateways.
        std::uint64_t picked = 0;   ///< Of these, those that were told an endpoint.
        std::uint64_t shed = 0;     ///< Answered 429.
        std::uint64_t unavailable = 0;  ///< Answered 503.
        std::uint64_t refused = 0;  ///< Answered otherwise: bodies that cannot be read.
        std::uint64_t faults = 0;   ///< Calls of no pool, and what is no message.
        std::int64_t open = 0;      ///< Under way.
    };
    Counts counts() const;

  private:
    struct Impl;
    explicit PickerServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace gatehouse::gateway
