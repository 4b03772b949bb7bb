#include "gateway/control_records.h"

#include <algorithm>

namespace gatehouse::gateway {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kBatch = 2'000;
/// How long to wait before looking again: short under traffic, long when idle (an idle gateway must cost nothing).
constexpr auto kShortest = 10ms;
constexpr auto kLongest = 80ms;

/// Each worker's ring is in order, but they are emptied one after the other; people read requests as they ended.
void orderByEnd(std::vector<telemetry::RequestRecord>& batch) {
    const auto first = batch.front().sequence;
    std::stable_sort(batch.begin(), batch.end(), [](const auto& a, const auto& b) {
        return a.startedAt + std::chrono::microseconds(a.totalMicros) < b.startedAt + std::chrono::microseconds(b.totalMicros);
    });
    for (std::size_t i = 0; i < batch.size(); ++i) batch[i].sequence = first + i;
}

}  // namespace

RecordPump::RecordPump(DataPlane& dataPlane, std::size_t capacity, std::unique_ptr<telemetry::AccessLog> accessLog)
    : dataPlane_(dataPlane), capacity_(capacity), accessLog_(std::move(accessLog)), log_(capacity),
      thread_([this](std::stop_token stop) { run(std::move(stop)); }) {}

RecordPump::~RecordPump() { stop(); }

void RecordPump::stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

std::size_t RecordPump::drain(std::size_t max, std::vector<telemetry::RequestRecord>& out) {
    const std::lock_guard lock(mutex_);
    consumed_ = true;
    const auto count = std::min(max, queue_.size());
    std::move(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(count), std::back_inserter(out));
    queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(count));
    return count;
}

std::uint64_t RecordPump::dropped() const {
    const std::lock_guard lock(mutex_);
    return dropped_;
}

void RecordPump::run(std::stop_token stop) {
    auto pause = std::chrono::milliseconds(kShortest);
    while (!stop.stop_requested()) {
        if (pump() > 0)
            pause = kShortest;
        else
            pause = std::min<std::chrono::milliseconds>(pause * 2, kLongest);
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, pause, [] { return false; });
    }
    while (pump() > 0) {
    }
}

std::size_t RecordPump::pump() {
    std::vector<telemetry::RequestRecord> batch;
    const auto count = dataPlane_.drain(kBatch, batch);
    if (count == 0) return 0;
    orderByEnd(batch);
    for (const auto& record : batch) {
        genAi_.observe(record);
        if (accessLog_) accessLog_->write(record);
        log_.add(record);
    }
    if (accessLog_) accessLog_->flush();
    const std::lock_guard lock(mutex_);
    std::move(batch.begin(), batch.end(), std::back_inserter(queue_));
    const auto bound = consumed_ ? capacity_ : std::min(capacity_, kUnread);
    if (queue_.size() > bound) {
        const auto excess = queue_.size() - bound;
        queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(excess));
        if (consumed_) dropped_ += excess;
    }
    return count;
}

}  // namespace gatehouse::gateway
