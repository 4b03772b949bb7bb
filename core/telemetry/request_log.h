// RequestLog: the last N finished requests, for the admin endpoint. Thread: any (one lock). Lifetime: the gateway's.
#pragma once

#include "telemetry/request_record.h"

#include <cstddef>
#include <deque>
#include <mutex>
#include <vector>

namespace gatehouse::telemetry {

class RequestLog {
  public:
    explicit RequestLog(std::size_t capacity) : capacity_(capacity) {}

    void add(RequestRecord record);
    /// Newest first, at most `limit`.
    std::vector<RequestRecord> recent(std::size_t limit) const;
    std::size_t size() const;

  private:
    const std::size_t capacity_;
    mutable std::mutex mutex_;
    std::deque<RequestRecord> records_;
};

}  // namespace gatehouse::telemetry
