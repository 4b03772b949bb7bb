// RecordPump: the telemetry thread. Moves finished exchanges out of the data plane's rings into the consumer's queue, the
// recent store, the metrics and the access log. Thread: construct and stop from the owner, the rest from any.
// Lifetime: owned by Gateway; stop() takes what is left and joins.
#pragma once

#include "gateway/data_plane.h"
#include "telemetry/access_log.h"
#include "telemetry/genai_metrics.h"
#include "telemetry/request_log.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace gatehouse::gateway {

class RecordPump {
  public:
    RecordPump(DataPlane& dataPlane, std::size_t capacity, std::unique_ptr<telemetry::AccessLog> accessLog);
    ~RecordPump();

    /// For one consumer. Until its first call only the newest kUnread records wait for it; later what it leaves behind
    /// beyond the capacity is dropped, oldest first, and counted.
    std::size_t drain(std::size_t max, std::vector<telemetry::RequestRecord>& out);
    std::vector<telemetry::RequestRecord> recent(std::size_t limit) const { return log_.recent(limit); }
    std::uint64_t dropped() const;
    const telemetry::GenAiMetrics& genAi() const { return genAi_; }

    void stop();

  private:
    static constexpr std::size_t kUnread = 1'000;

    void run(std::stop_token stop);
    std::size_t pump();

    DataPlane& dataPlane_;
    const std::size_t capacity_;
    std::unique_ptr<telemetry::AccessLog> accessLog_;  ///< Telemetry thread only; may be null.
    telemetry::RequestLog log_;
    telemetry::GenAiMetrics genAi_;

    mutable std::mutex mutex_;
    std::condition_variable_any wake_;
    std::deque<telemetry::RequestRecord> queue_;
    bool consumed_ = false;
    std::uint64_t dropped_ = 0;

    std::jthread thread_;
};

}  // namespace gatehouse::gateway
