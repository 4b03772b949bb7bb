#include "llm/provider_health.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace gatehouse::llm {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;
/// agentgateway's penalty for each request that waits.
constexpr double kPerRequest = 0.1;
/// What fails always costs as much as what takes this many times as long.
constexpr double kWorst = 20;

std::uint32_t mean(std::uint32_t known, std::uint64_t sample) { return static_cast<std::uint32_t>((std::uint64_t{known} * 7 + sample) / 8); }

}  // namespace

void ProviderHealth::note(bool failed) {
    calls_.fetch_add(1, kRelaxed);
    if (failed) failures_.fetch_add(1, kRelaxed);
    // Two workers may overwrite each other: it is an estimate.
    const auto known = failureShare_.load(kRelaxed);
    const auto next = mean(known, failed ? static_cast<std::uint64_t>(kWhole) : 0);
    if (next != known) failureShare_.store(next, kRelaxed);
}

void ProviderHealth::succeeded(base::Micros latency) {
    note(false);
    const auto micros = static_cast<std::uint32_t>(std::clamp<std::int64_t>(latency.count(), 1, std::numeric_limits<std::uint32_t>::max()));
    const auto known = latency_.load(kRelaxed);
    latency_.store(known == 0 ? micros : std::max(1U, mean(known, micros)), kRelaxed);
    last_[next_.fetch_add(1, kRelaxed) % kKept].store(micros, kRelaxed);
}

void ProviderHealth::failed() { note(true); }

double ProviderHealth::cost(int inFlight) const {
    return (1.0 + latencyMicros()) * (1.0 + kWorst * failureShare()) * (1.0 + kPerRequest * std::max(0, inFlight));
}

ProviderHealth::Sample ProviderHealth::sample() const {
    Sample out;
    out.calls = calls_.load(kRelaxed);
    out.failures = failures_.load(kRelaxed);
    out.failureShare = failureShare();
    std::vector<std::uint32_t> times;
    for (const auto& each : last_)
        if (const auto micros = each.load(kRelaxed); micros > 0) times.push_back(micros);
    if (times.empty()) return out;
    std::sort(times.begin(), times.end());
    // Nearest rank.
    const auto rank = [&](double share) { return times[std::min(times.size() - 1, static_cast<std::size_t>(share * static_cast<double>(times.size())))]; };
    out.p50Micros = rank(0.5);
    out.p95Micros = rank(0.95);
    return out;
}

}  // namespace gatehouse::llm
