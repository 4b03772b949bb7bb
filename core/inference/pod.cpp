// Pod: the seqlock around one scrape, and PodRegistry (pool.h).
#include "inference/pool.h"

#include <cmath>
#include <limits>

namespace gatehouse::inference {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

std::int64_t ticks(base::MonoTime at) { return at.time_since_epoch().count(); }
base::MonoTime fromTicks(std::int64_t value) { return base::MonoTime(base::MonoClock::duration(value)); }

}  // namespace

PodMetrics::PodMetrics()
    : waiting(kUnknown),
      running(kUnknown),
      kvUse(kUnknown),
      kvBlocks(kUnknown),
      blockTokens(kUnknown),
      gpuUsedMib(kUnknown),
      gpuFreeMib(kUnknown) {}

double PodMetrics::gpuMemoryPercent() const {
    const double total = gpuUsedMib + gpuFreeMib;
    return total > 0 ? 100 * gpuUsedMib / total : kUnknown;
}

void Pod::beginScrape() { reservedAtBegin_ = reservedSinceScrape.load(std::memory_order_relaxed); }

void Pod::store(const PodMetrics& metrics, base::MonoTime at) {
    const std::array<double, 7> values{metrics.waiting,     metrics.running,    metrics.kvUse,     metrics.kvBlocks,
                                       metrics.blockTokens, metrics.gpuUsedMib, metrics.gpuFreeMib};
    // Seqlock, one writer (Boehm, "Can seqlocks get along with programming language memory models?", 2012): odd while writing.
    const auto sequence = sequence_.load(std::memory_order_relaxed);
    sequence_.store(sequence + 1, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_release);
    for (std::size_t i = 0; i < values.size(); ++i) values_[i].store(values[i], std::memory_order_relaxed);
    scrapedAt_.store(ticks(at), std::memory_order_relaxed);
    sequence_.store(sequence + 2, std::memory_order_release);

    failing_.store(false, std::memory_order_relaxed);
    unreachable_.store(false, std::memory_order_relaxed);
    const auto counted = reservedAtBegin_ >= 0 ? reservedAtBegin_ : reservedSinceScrape.load(std::memory_order_relaxed);
    reservedSinceScrape.fetch_sub(counted, std::memory_order_relaxed);
    reservedAtBegin_ = -1;
}

void Pod::storeFailure(std::string_view reason, base::MonoTime, bool unreachable) {
    {
        std::lock_guard lock(errorMutex_);
        error_ = reason;
    }
    failing_.store(true, std::memory_order_relaxed);
    unreachable_.store(unreachable, std::memory_order_relaxed);
    reservedAtBegin_ = -1;
}

PodMetrics Pod::load(base::MonoTime& at) const {
    std::array<double, 7> values;
    std::int64_t scrapedAt = 0;
    for (;;) {
        const auto before = sequence_.load(std::memory_order_acquire);
        if (before & 1) continue;
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = values_[i].load(std::memory_order_relaxed);
        scrapedAt = scrapedAt_.load(std::memory_order_relaxed);
        std::atomic_thread_fence(std::memory_order_acquire);
        if (sequence_.load(std::memory_order_relaxed) == before) break;
    }
    at = fromTicks(scrapedAt);
    PodMetrics metrics;
    if (scrapedAt == 0) return metrics;
    metrics.waiting = values[0];
    metrics.running = values[1];
    metrics.kvUse = values[2];
    metrics.kvBlocks = values[3];
    metrics.blockTokens = values[4];
    metrics.gpuUsedMib = values[5];
    metrics.gpuFreeMib = values[6];
    return metrics;
}

ScrapeState Pod::scrapeState(base::MonoTime now, base::Millis staleAfter) const {
    const auto at = scrapedAt_.load(std::memory_order_relaxed);
    if (failing_.load(std::memory_order_relaxed)) return ScrapeState::Failing;
    if (at == 0) return ScrapeState::Never;
    return now - fromTicks(at) > staleAfter ? ScrapeState::Stale : ScrapeState::Fresh;
}

std::string Pod::scrapeError() const {
    if (!failing_.load(std::memory_order_relaxed)) return {};
    std::lock_guard lock(errorMutex_);
    return error_;
}

std::shared_ptr<Pod> PodRegistry::get(const std::string& poolId, const std::string& podName,
                                      std::shared_ptr<upstream::Endpoint> endpoint, const std::string& metricsHost,
                                      std::uint16_t metricsPort) {
    // Name and metrics address are constant in a Pod, so a change of either makes a new one.
    std::string key = poolId + '\n' + podName + '\n' + endpoint->id + '\n' + metricsHost + '\n' +
                      std::to_string(metricsPort);
    std::lock_guard lock(mutex_);
    auto& pod = byKey_[key];
    if (!pod || pod->endpoint != endpoint) {
        pod = std::make_shared<Pod>();
        pod->endpoint = std::move(endpoint);
        pod->name = podName;
        pod->metricsHost = metricsHost;
        pod->metricsPort = metricsPort;
    }
    return pod;
}

void PodRegistry::prune() {
    std::lock_guard lock(mutex_);
    std::erase_if(byKey_, [](const auto& entry) { return entry.second.use_count() == 1; });
}

std::size_t PodRegistry::size() const {
    std::lock_guard lock(mutex_);
    return byKey_.size();
}

}  // namespace gatehouse::inference
