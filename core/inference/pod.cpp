// Pod: the seqlock around one scrape, and PodRegistry (pool.h).
#include "inference/pool.h"

#include <cmath>
#include <limits>

namespace gatehouse::inference {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

std::int64_t ticks(base::MonoTime at) { return at.time_since_epoch().count(); }
base::MonoTime fromTicks(std::int64_t value) { return base::MonoTime(base::MonoClock::duration(value)); }

constexpr std::string_view kOwnPage = "its own page";
constexpr std::size_t kGpuUsed = 5, kGpuFree = 6;
constexpr std::array<double PodMetrics::*, PodMetrics::kValues> kStored{
    &PodMetrics::waiting,     &PodMetrics::running,       &PodMetrics::kvUse,      &PodMetrics::kvBlocks,     &PodMetrics::blockTokens,
    &PodMetrics::gpuUsedMib,  &PodMetrics::gpuFreeMib,    &PodMetrics::kvTokens,   &PodMetrics::maxAdapters,  &PodMetrics::prefixQueries,
    &PodMetrics::prefixHits,  &PodMetrics::hitRate,       &PodMetrics::preemptions, &PodMetrics::promptTokens, &PodMetrics::outputTokens};

}  // namespace

PodMetrics::PodMetrics() {
    for (const auto field : kStored) this->*field = kUnknown;
}

double PodMetrics::gpuMemoryPercent() const {
    const double total = gpuUsedMib + gpuFreeMib;
    return total > 0 ? 100 * gpuUsedMib / total : kUnknown;
}

double PodMetrics::kvCapacityTokens() const { return known(kvTokens) ? kvTokens : kvBlocks * blockTokens; }

double PodMetrics::usableKvTokens() const { return (1 - kvUse) * kvCapacityTokens(); }

void Pod::beginScrape() { reservedAtBegin_ = reservedSinceScrape.load(std::memory_order_relaxed); }

void Pod::store(const PodMetrics& metrics, base::MonoTime at) {
    // Seqlock, one writer (Boehm, "Can seqlocks get along with programming language memory models?", 2012): odd while writing.
    const auto sequence = sequence_.load(std::memory_order_relaxed);
    sequence_.store(sequence + 1, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_release);
    // Where the page says nothing of the device, what came from elsewhere stays, with its own age.
    const bool device = metrics.known(metrics.gpuUsedMib) || metrics.known(metrics.gpuFreeMib);
    for (std::size_t i = 0; i < kStored.size(); ++i)
        if (device || (i != kGpuUsed && i != kGpuFree)) values_[i].store(metrics.*kStored[i], std::memory_order_relaxed);
    if (device) gpuAt_.store(ticks(at), std::memory_order_relaxed);
    scrapedAt_.store(ticks(at), std::memory_order_relaxed);
    sequence_.store(sequence + 2, std::memory_order_release);

    if (device) {
        const std::lock_guard lock(errorMutex_);
        if (gpuSource_ != kOwnPage) gpuSource_ = kOwnPage;
    }
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
    std::array<double, PodMetrics::kValues> values;
    std::int64_t scrapedAt = 0, gpuAt = 0;
    for (;;) {
        const auto before = sequence_.load(std::memory_order_acquire);
        if (before & 1) continue;
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = values_[i].load(std::memory_order_relaxed);
        scrapedAt = scrapedAt_.load(std::memory_order_relaxed);
        gpuAt = gpuAt_.load(std::memory_order_relaxed);
        std::atomic_thread_fence(std::memory_order_acquire);
        if (sequence_.load(std::memory_order_relaxed) == before) break;
    }
    at = fromTicks(scrapedAt);
    PodMetrics metrics;
    for (std::size_t i = 0; i < kStored.size(); ++i) {
        const bool device = i == kGpuUsed || i == kGpuFree;
        if ((device ? gpuAt : scrapedAt) != 0) metrics.*kStored[i] = values[i];
    }
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

Engine Pod::engine() const {
    const auto seen = engine_.load(std::memory_order_relaxed);
    return seen != Engine::Unknown ? seen : engineHint;
}

void Pod::setEngine(Engine engine, const char* kvSource, std::shared_ptr<const Adapters> adapters) {
    engine_.store(engine, std::memory_order_relaxed);
    kvSource_.store(kvSource, std::memory_order_relaxed);
    const std::lock_guard lock(errorMutex_);
    if (adapters_ != adapters && !(adapters_ && adapters && *adapters_ == *adapters)) adapters_ = std::move(adapters);
}

std::shared_ptr<const Adapters> Pod::adapters() const {
    const std::lock_guard lock(errorMutex_);
    return adapters_;
}

void Pod::storeGpu(double usedMib, double freeMib, base::MonoTime at, std::string_view source) {
    const auto sequence = sequence_.load(std::memory_order_relaxed);
    sequence_.store(sequence + 1, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_release);
    values_[kGpuUsed].store(usedMib, std::memory_order_relaxed);
    values_[kGpuFree].store(freeMib, std::memory_order_relaxed);
    gpuAt_.store(ticks(at), std::memory_order_relaxed);
    sequence_.store(sequence + 2, std::memory_order_release);
    const std::lock_guard lock(errorMutex_);
    gpuSource_ = source;
}

base::MonoTime Pod::gpuAt() const { return fromTicks(gpuAt_.load(std::memory_order_relaxed)); }

std::string Pod::gpuSource() const {
    const std::lock_guard lock(errorMutex_);
    return gpuSource_;
}

std::shared_ptr<Pod> PodRegistry::get(const std::string& poolId, const std::string& podName,
                                      std::shared_ptr<upstream::Endpoint> endpoint, const std::string& metricsHost,
                                      std::uint16_t metricsPort, Engine engineHint, const std::string& metricsPath) {
    // Name and metrics address are constant in a Pod, so a change of either makes a new one.
    std::string key = poolId + '\n' + podName + '\n' + endpoint->id + '\n' + metricsHost + '\n' +
                      std::to_string(metricsPort) + '\n' + std::string(factsOf(engineHint).label) + '\n' + metricsPath;
    std::lock_guard lock(mutex_);
    auto& pod = byKey_[key];
    if (!pod || pod->endpoint != endpoint) {
        pod = std::make_shared<Pod>();
        pod->endpoint = std::move(endpoint);
        pod->name = podName;
        pod->metricsHost = metricsHost;
        pod->metricsPort = metricsPort;
        pod->engineHint = engineHint;
        pod->metricsPath = metricsPath;
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
