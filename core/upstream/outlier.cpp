#include "upstream/outlier.h"

#include "base/ids.h"

#include <algorithm>

namespace gatehouse::upstream {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;

void clear(std::atomic<std::uint32_t>& count) {
    // Loads first: the usual case writes to no shared cache line.
    if (count.load(kRelaxed) != 0) count.store(0, kRelaxed);
}

bool enforced(std::uint32_t percent) { return percent >= 100 || base::randomBelow(100) < percent; }

/// Under the cluster's lock, where there is one.
bool ejectLocked(Endpoint& endpoint, const OutlierOptions& options, base::MonoTime now, Failure failure, std::uint32_t count) {
    if (isEjected(endpoint, now)) return false;
    const auto ticks = now.time_since_epoch().count();
    auto* cluster = endpoint.cluster.get();
    if (cluster != nullptr) {
        auto& out = cluster->out;
        std::erase_if(out, [&](const auto& entry) { return entry.second <= ticks || entry.first == &endpoint; });
        const auto size = cluster->size.load(kRelaxed);
        // Envoy: no further one once the share is reached; the first is always let go, unless the share is 0.
        if (options.maxPercent == 0) return false;
        if (size > 0 && out.size() * 100 >= std::size_t{options.maxPercent} * size && !out.empty()) return false;
    }
    const auto before = endpoint.ejectedUntil.load(kRelaxed);
    if (before != 0 && options.interval.count() > 0) {
        const auto inFor = now - base::MonoTime(base::MonoClock::duration(before));
        const auto calm = static_cast<std::uint64_t>(inFor / options.interval);
        endpoint.backOff = calm >= endpoint.backOff ? 0 : endpoint.backOff - static_cast<std::uint32_t>(calm);
    }
    ++endpoint.backOff;
    const auto longest = std::max(options.maxEjection, options.baseEjection);
    const auto stays = std::min(options.baseEjection * endpoint.backOff, longest);
    const auto until = (now + stays).time_since_epoch().count();
    endpoint.ejectedBy.store(failure, kRelaxed);
    endpoint.ejectedFor.store(count, kRelaxed);
    endpoint.ejectedAt.store(ticks, kRelaxed);
    endpoint.ejections.fetch_add(1, kRelaxed);
    endpoint.ejectedUntil.store(until, kRelaxed);
    if (cluster != nullptr) {
        cluster->out.emplace_back(&endpoint, until);
        cluster->outUntil.store(std::max(until, cluster->outUntil.load(kRelaxed)), kRelaxed);
    }
    return true;
}

bool eject(Endpoint& endpoint, const OutlierOptions& options, base::MonoTime now, Failure failure, std::uint32_t count) {
    bool ejected = false;
    if (endpoint.cluster) {
        std::lock_guard lock(endpoint.cluster->mutex);
        ejected = ejectLocked(endpoint, options, now, failure, count);
    } else {
        ejected = ejectLocked(endpoint, options, now, failure, count);
    }
    // It comes back without a past: it takes as many again to go.
    if (ejected) {
        clear(endpoint.consecutiveFailures);
        clear(endpoint.consecutiveErrors);
        clear(endpoint.consecutiveGatewayErrors);
    }
    return ejected;
}

/// Counts one more; true where this reaches the rule's number, and the dice are with it.
bool reached(std::atomic<std::uint32_t>& count, std::uint32_t most, std::uint32_t enforce, std::uint32_t& made) {
    made = count.fetch_add(1, kRelaxed) + 1;
    return most > 0 && made >= most && enforced(enforce);
}

void remember(Endpoint& endpoint, base::MonoTime now, Failure failure) {
    endpoint.failures.fetch_add(1, kRelaxed);
    endpoint.lastFailure.store(failure, kRelaxed);
    endpoint.lastFailureAt.store(now.time_since_epoch().count(), kRelaxed);
}

void noteLatency(Endpoint& endpoint, base::Micros latency) {
    if (latency.count() <= 0) return;
    // The mean of about the last eight. Two workers may overwrite each other: it is an estimate.
    const auto sample = static_cast<std::uint32_t>(std::min<std::int64_t>(latency.count(), UINT32_MAX));
    const auto known = endpoint.ewmaLatencyMicros.load(kRelaxed);
    const auto next = known == 0 ? sample : static_cast<std::uint32_t>((std::uint64_t{known} * 7 + sample) / 8);
    endpoint.ewmaLatencyMicros.store(std::max(1U, next), kRelaxed);
}

void comeBack(Endpoint& endpoint) {
    if (endpoint.ejectedUntil.load(kRelaxed) == 0 || !optionsOf(endpoint).outlier.successEnds) return;
    endpoint.ejectedUntil.store(0, kRelaxed);
    if (!endpoint.cluster) return;
    std::lock_guard lock(endpoint.cluster->mutex);
    endpoint.backOff = 0;
    std::erase_if(endpoint.cluster->out, [&](const auto& entry) { return entry.first == &endpoint; });
}

}  // namespace

bool isEjected(const Endpoint& endpoint, base::MonoTime now) {
    const auto until = endpoint.ejectedUntil.load(kRelaxed);
    return until != 0 && until > now.time_since_epoch().count();
}

void noteSuccess(Endpoint& endpoint) {
    clear(endpoint.consecutiveFailures);
    clear(endpoint.consecutiveErrors);
    clear(endpoint.consecutiveGatewayErrors);
    comeBack(endpoint);
}

bool noteAnswer(Endpoint& endpoint, int status, base::MonoTime now, base::Micros latency) {
    noteLatency(endpoint, latency);
    if (status < 500) {
        noteSuccess(endpoint);
        return false;
    }
    remember(endpoint, now, Failure::Status);
    clear(endpoint.consecutiveFailures);
    const auto& options = optionsOf(endpoint).outlier;
    const bool gateway = status >= 502 && status <= 504;
    std::uint32_t made = 0;
    if (!gateway) clear(endpoint.consecutiveGatewayErrors);
    else if (reached(endpoint.consecutiveGatewayErrors, options.gatewayErrors, options.enforceErrors, made))
        return eject(endpoint, options, now, Failure::Status, made);
    if (reached(endpoint.consecutiveErrors, options.errors, options.enforceErrors, made))
        return eject(endpoint, options, now, Failure::Status, made);
    return false;
}

bool noteFailure(Endpoint& endpoint, base::MonoTime now, Failure failure) {
    remember(endpoint, now, failure);
    const auto& options = optionsOf(endpoint).outlier;
    std::uint32_t made = 0;
    // A late answer may be the request's fault; it counts as the 504 that the client gets.
    if (failure != Failure::Timeout &&
        reached(endpoint.consecutiveFailures, options.failures, options.enforceFailures, made))
        return eject(endpoint, options, now, failure, made);
    if (!options.failuresAreErrors) return false;
    if (reached(endpoint.consecutiveGatewayErrors, options.gatewayErrors, options.enforceErrors, made))
        return eject(endpoint, options, now, failure, made);
    if (reached(endpoint.consecutiveErrors, options.errors, options.enforceErrors, made))
        return eject(endpoint, options, now, failure, made);
    return false;
}

}  // namespace gatehouse::upstream
