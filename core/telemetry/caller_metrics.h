// CallerMetrics: what each API key was refused and used, for Prometheus. Keys are those of the configuration, by name, so their number
// is bounded by it. Thread: any (one lock, off the hot path). Lifetime: the gateway's.
#pragma once

#include "telemetry/exposition.h"
#include "telemetry/request_record.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace gatehouse::telemetry {

class CallerMetrics {
  public:
    /// Every request of a rule that asks who calls, or counts.
    void observe(const filter::Caller& caller);
    /// A request that reached a model.
    void observe(const RequestRecord& record);
    void write(Exposition& page) const;

  private:
    mutable std::mutex mutex_;
    std::map<std::string, std::uint64_t> requests_;                          ///< By key; empty: no key.
    std::map<std::pair<std::string, std::string>, std::uint64_t> refused_;   ///< {key, reason}
    std::map<std::pair<std::string, std::string>, std::uint64_t> tokens_;    ///< {key, type}
    std::map<std::pair<std::string, std::string>, std::int64_t> costs_;      ///< {key, currency} -> nano-units
};

}  // namespace gatehouse::telemetry
