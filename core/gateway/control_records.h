// RecordPump: the telemetry thread. Moves finished exchanges out of the data plane's rings into the store that the console
// and the admin endpoint read, the metrics and the access log. Thread: construct and stop from the owner, the rest from any.
// Lifetime: owned by Gateway; stop() takes what is left and joins.
#pragma once

#include "gateway/data_plane.h"
#include "gateway/record_store.h"
#include "telemetry/access_log.h"
#include "telemetry/genai_metrics.h"
#include "telemetry/otlp.h"
#include "telemetry/policy_log.h"
#include "telemetry/usage_totals.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace gatehouse::gateway {

class RecordPump {
  public:
    RecordPump(DataPlane& dataPlane, std::size_t capacity, std::unique_ptr<telemetry::AccessLog> accessLog);
    ~RecordPump();

    /// For one consumer; see RecordStore.
    std::size_t drain(std::size_t max, std::vector<telemetry::RequestRecord>& out) { return store_.drain(max, out); }
    std::vector<telemetry::RequestRecord> recent(std::size_t limit) const { return store_.recent(limit); }
    std::uint64_t dropped() const { return store_.dropped() + pushesDropped_.load(std::memory_order_relaxed); }
    const telemetry::GenAiMetrics& genAi() const { return genAi_; }
    const telemetry::UsageTotals& usage() const { return usage_; }
    /// Once, before requests are served: what is described from now on is exported as well. Error "usage".
    Result<void> exportTo(telemetry::OtlpOptions options);
    const telemetry::OtlpExporter* otlp() const { return otlp_.load(); }
    std::uint64_t accessLinesLost() const { return accessLog_ ? accessLog_->lost() : 0; }
    void reopenAccessLog() {
        if (accessLog_) accessLog_->askReopen();
    }

    /// Of one that no worker had, e.g. a pick for another gateway. Any thread; dropped, and counted, where too many wait.
    void push(ExchangeRecord record);

    void stop();

  private:
    void run(std::stop_token stop);
    std::size_t pump();

    DataPlane& dataPlane_;
    std::unique_ptr<telemetry::AccessLog> accessLog_;  ///< May be null; written by the telemetry thread.
    telemetry::PolicyLog policyLog_;                   ///< The same.
    RecordStore store_;
    telemetry::GenAiMetrics genAi_;
    telemetry::UsageTotals usage_;
    std::unique_ptr<telemetry::OtlpExporter> exporter_;       ///< Uses genAi_.
    std::atomic<telemetry::OtlpExporter*> otlp_{nullptr};     ///< The same, for the telemetry thread.
    std::uint64_t sequence_ = 0;  ///< Telemetry thread only.

    std::mutex pushMutex_;
    std::vector<ExchangeRecord> pushed_;
    std::atomic<std::uint64_t> pushesDropped_{0};

    std::mutex mutex_;  ///< For wake_ alone.
    std::condition_variable_any wake_;

    std::jthread thread_;
};

}  // namespace gatehouse::gateway
