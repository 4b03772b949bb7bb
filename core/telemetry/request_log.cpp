#include "telemetry/request_log.h"

#include <algorithm>

namespace gatehouse::telemetry {

void RequestLog::add(RequestRecord record) {
    const std::lock_guard lock(mutex_);
    if (capacity_ == 0) return;
    while (records_.size() >= capacity_) records_.pop_front();
    records_.push_back(std::move(record));
}

std::vector<RequestRecord> RequestLog::recent(std::size_t limit) const {
    const std::lock_guard lock(mutex_);
    const auto count = std::min(limit, records_.size());
    return {records_.rbegin(), records_.rbegin() + static_cast<std::ptrdiff_t>(count)};
}

std::size_t RequestLog::size() const {
    const std::lock_guard lock(mutex_);
    return records_.size();
}

}  // namespace gatehouse::telemetry
