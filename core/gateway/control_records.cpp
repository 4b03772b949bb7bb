#include "gateway/control_records.h"

#include "route/listener_settings.h"

#include <algorithm>

namespace gatehouse::gateway {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kBatch = 2'000;
constexpr std::size_t kMostPushed = 8'192;
/// How long to wait before looking again: short under traffic, long when idle (an idle gateway must cost nothing).
constexpr auto kShortest = 10ms;
constexpr auto kLongest = 80ms;

/// More requests than this between two looks (2,000 a second) are more than anybody reads: they stay compact until somebody
/// does. Fewer are put into words at once, so that they do not hold on to an old configuration.
constexpr std::size_t kFew = 20;

/// Each worker's ring is in order, but they are emptied one after the other; people read requests as they ended.
void orderByEnd(std::vector<ExchangeRecord>& batch) {
    const auto end = [](const ExchangeRecord& record) { return record.started + base::Micros(record.at.ended); };
    const auto before = [&](const ExchangeRecord& a, const ExchangeRecord& b) { return end(a) < end(b); };
    if (!std::is_sorted(batch.begin(), batch.end(), before)) std::stable_sort(batch.begin(), batch.end(), before);
}

/// The logs that the listener's policies ask for; null: none.
const std::vector<config::AccessLogSpec>* logsOf(const ExchangeRecord& record) {
    if (record.listener == nullptr || record.listener->settings == nullptr) return nullptr;
    const auto& logs = record.listener->settings->accessLogs;
    return logs.empty() ? nullptr : &logs;
}

}  // namespace

RecordPump::RecordPump(DataPlane& dataPlane, std::size_t capacity, std::unique_ptr<telemetry::AccessLog> accessLog)
    : dataPlane_(dataPlane), accessLog_(std::move(accessLog)), store_(capacity),
      thread_([this](std::stop_token stop) { run(std::move(stop)); }) {}

RecordPump::~RecordPump() { stop(); }

void RecordPump::stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
    if (exporter_) exporter_->stop();
}

Result<void> RecordPump::exportTo(telemetry::OtlpOptions options) {
    auto opened = telemetry::OtlpExporter::open(std::move(options), genAi_);
    if (!opened) return tl::unexpected(opened.error());
    exporter_ = std::move(*opened);
    otlp_.store(exporter_.get(), std::memory_order_release);
    return {};
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

void RecordPump::push(ExchangeRecord record) {
    const std::lock_guard lock(pushMutex_);
    if (pushed_.size() < kMostPushed) pushed_.push_back(std::move(record));
    else pushesDropped_.fetch_add(1, std::memory_order_relaxed);
}

std::size_t RecordPump::pump() {
    std::vector<ExchangeRecord> batch;
    {
        const std::lock_guard lock(pushMutex_);
        batch.swap(pushed_);
    }
    dataPlane_.drainCompact(kBatch, batch);
    const auto count = batch.size();
    if (count == 0) {
        if (accessLog_ && accessLog_->waiting()) accessLog_->flush();
        policyLog_.flush();
        return 0;
    }
    orderByEnd(batch);
    const auto mono = base::MonoClock::now();
    const auto wall = std::chrono::system_clock::now();
    for (auto& record : batch) {
        const auto sequence = ++sequence_;
        if (record.caller) genAi_.observeCaller(*record.caller);
        const auto* logs = logsOf(record);
        auto* otlp = otlp_.load(std::memory_order_acquire);
        if (!accessLog_ && logs == nullptr && count > kFew && (!record.llmRoute || otlp == nullptr)) {
            if (record.llmRoute) {
                const auto counted = describeCounted(record);
                genAi_.observe(counted);
                usage_.observe(counted);
            }
            store_.add(std::move(record), sequence);
            continue;
        }
        auto described = describe(record, sequence, mono, wall);
        // Another gateway's request is that gateway's to count.
        if (!record.picker) {
            genAi_.observe(described);
            usage_.observe(described);
            if (otlp != nullptr) otlp->add(described);
        }
        if (accessLog_) accessLog_->write(described);
        if (logs != nullptr) policyLog_.write(*logs, described);
        store_.add(std::move(described));
    }
    if (accessLog_) accessLog_->flush();
    policyLog_.flush();
    return count;
}

}  // namespace gatehouse::gateway
