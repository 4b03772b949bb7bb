#include "upstream/balance.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::upstream {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;

/// SplitMix64's finalizer: draws from a counter.
std::uint64_t mixed(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15ULL;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31);
}

double chance(std::uint64_t value) { return static_cast<double>(mixed(value) >> 11) * 0x1.0p-53; }

/// One pick: what may be taken, and the best so far of each kind that may not while there is another.
class Pick {
  public:
    Pick(const Cluster& cluster, std::uint32_t turn, base::MonoTime now, const Endpoint* avoid)
        : slowStart_(optionsOf(cluster).balance.slowStart), now_(now), avoid_(avoid), turn_(turn),
          ignoreOut_(panics(cluster, now)) {}

    /// False: not now, though it may be the last resort.
    bool takes(Endpoint& endpoint) {
        if (&endpoint == avoid_) return false;
        if (!ignoreOut_ && isEjected(endpoint, now_)) {
            if (out_ == nullptr) out_ = &endpoint;
            return false;
        }
        if (slowStart_.window.count() > 0) {
            const double share = warmth(endpoint, slowStart_, now_);
            // A turn of its own for each endpoint, or one draw would decide for all.
            if (share < 1 && chance((std::uint64_t{turn_} << 32) + endpoint.index) >= share) {
                if (cold_ == nullptr) cold_ = &endpoint;
                return false;
            }
        }
        return true;
    }
    void consider(Endpoint& endpoint) {
        const auto inFlight = endpoint.inFlight.load(kRelaxed);
        if (best_ != nullptr && inFlight >= fewest_) return;
        best_ = &endpoint;
        fewest_ = inFlight;
    }
    Endpoint* best() const { return best_ != nullptr ? best_ : cold_ != nullptr ? cold_ : out_; }

  private:
    const SlowStart& slowStart_;
    base::MonoTime now_;
    const Endpoint* avoid_;
    std::uint32_t turn_;
    bool ignoreOut_;
    Endpoint* best_ = nullptr;
    Endpoint* cold_ = nullptr;
    Endpoint* out_ = nullptr;
    std::int32_t fewest_ = 0;
};

/// Draws places until one may be taken; then whichever is in line, and the last resort.
constexpr std::uint32_t kDraws = 8;
Endpoint* draw(const Cluster& cluster, Pick& pick, std::uint64_t seed) {
    const auto& all = cluster.endpoints;
    std::size_t place = 0;
    for (std::uint32_t i = 0; i < kDraws; ++i) {
        place = mixed(seed + i) % all.size();
        if (pick.takes(*all[place])) return all[place].get();
    }
    for (std::size_t step = 1; step < all.size(); ++step) {
        auto& endpoint = *all[(place + step) % all.size()];
        if (pick.takes(endpoint)) return &endpoint;
    }
    return nullptr;
}

}  // namespace

bool panics(const Cluster& cluster, base::MonoTime now) {
    const auto& all = cluster.endpoints;
    if (all.empty()) return false;
    const auto* state = all.front()->cluster.get();
    if (state != nullptr && state->outUntil.load(kRelaxed) <= now.time_since_epoch().count()) return false;
    const auto percent = optionsOf(cluster).balance.panicPercent;
    if (percent == 0) return false;
    const auto in = std::count_if(all.begin(), all.end(), [&](const auto& endpoint) { return !isEjected(*endpoint, now); });
    return static_cast<std::size_t>(in) * 100 < percent * all.size();
}

double warmth(const Endpoint& endpoint, const SlowStart& slowStart, base::MonoTime now) {
    if (slowStart.window.count() <= 0) return 1;
    const base::MonoTime joined{base::MonoClock::duration(endpoint.joinedAt.load(kRelaxed))};
    const auto age = std::chrono::duration<double>(now - joined) / std::chrono::duration<double>(slowStart.window);
    if (age >= 1) return 1;
    const double grown = age <= 0 ? 0 : slowStart.aggression == 1 ? age : std::pow(age, 1 / slowStart.aggression);
    return std::clamp(grown, slowStart.least, 1.0);
}

bool requestsFull(const Cluster& cluster) {
    const auto most = optionsOf(cluster).connections.maxRequests;
    if (most == 0) return false;
    std::int64_t total = 0;
    for (const auto& endpoint : cluster.endpoints) total += endpoint->inFlight.load(kRelaxed);
    return total >= std::int64_t{most};
}

Endpoint* pickLeastRequest(const Cluster& cluster, std::uint32_t& cursor, base::MonoTime now, const Endpoint* avoid) {
    const auto& all = cluster.endpoints;
    if (all.size() == 1) return all.front().get() == avoid ? nullptr : all.front().get();
    if (all.empty()) return nullptr;
    const auto turn = cursor++;
    Pick pick(cluster, turn, now, avoid);
    // Whose turn it is, and may not take it, hands it to anyone: its neighbour would get a double share.
    std::size_t start = turn % all.size();
    for (std::uint32_t i = 0; i < kDraws && !pick.takes(*all[start]); ++i)
        start = mixed((std::uint64_t{turn} << 16) + i) % all.size();
    std::size_t seen = 0;
    for (std::size_t i = 0; i < all.size() && seen < kScan; ++i) {
        auto& endpoint = *all[(start + i) % all.size()];
        if (!pick.takes(endpoint)) continue;
        ++seen;
        pick.consider(endpoint);
    }
    return pick.best();
}

Endpoint* pickOfChoices(const Cluster& cluster, std::uint32_t choices, std::uint32_t& cursor, base::MonoTime now,
                        const Endpoint* avoid) {
    const auto& all = cluster.endpoints;
    if (all.size() <= choices || all.size() <= 1) return pickLeastRequest(cluster, cursor, now, avoid);
    const auto turn = cursor++;
    Pick pick(cluster, turn, now, avoid);
    for (std::uint32_t i = 0; i < choices; ++i)
        if (auto* endpoint = draw(cluster, pick, (std::uint64_t{turn} << 16) + std::uint64_t{i} * kDraws))
            pick.consider(*endpoint);
    return pick.best();
}

Endpoint* pickRoundRobin(const Cluster& cluster, std::uint32_t& cursor, base::MonoTime now, const Endpoint* avoid) {
    const auto& all = cluster.endpoints;
    Pick pick(cluster, cursor, now, avoid);
    // The cursor passes those that are left out too, or their neighbour would get their share.
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto& endpoint = *all[cursor++ % all.size()];
        if (pick.takes(endpoint)) return &endpoint;
    }
    return pick.best();
}

Endpoint* pickRandom(const Cluster& cluster, std::uint32_t& cursor, base::MonoTime now, const Endpoint* avoid) {
    if (cluster.endpoints.empty()) return nullptr;
    const auto turn = cursor++;
    Pick pick(cluster, turn, now, avoid);
    auto* endpoint = draw(cluster, pick, std::uint64_t{turn} << 16);
    return endpoint != nullptr ? endpoint : pick.best();
}

Endpoint* pick(const Cluster& cluster, std::uint32_t& cursor, base::MonoTime now, const Endpoint* avoid) {
    const auto& options = optionsOf(cluster).balance;
    switch (options.method) {
        case Balance::RoundRobin: return pickRoundRobin(cluster, cursor, now, avoid);
        case Balance::Random: return pickRandom(cluster, cursor, now, avoid);
        case Balance::LeastRequest: break;
    }
    return options.choices > 0 ? pickOfChoices(cluster, options.choices, cursor, now, avoid)
                               : pickLeastRequest(cluster, cursor, now, avoid);
}

std::string_view balanceName(Balance method) {
    switch (method) {
        case Balance::RoundRobin: return "round robin";
        case Balance::Random: return "random";
        case Balance::LeastRequest: break;
    }
    return "least request";
}

}  // namespace gatehouse::upstream
