// Which endpoint of a cluster takes the next request: least request, round robin or random, leaving out what
// upstream/outlier took out and sparing what has just joined.
// Thread: pure functions over atomics, any worker. Nothing is reserved: the caller counts inFlight.
#pragma once

#include "base/clock.h"
#include "upstream/endpoint.h"
#include "upstream/outlier.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gatehouse::upstream {

/// By the cluster's options. `cursor` moves on: turns are counted with it, and chance is drawn from it, so that the same
/// cursor makes the same choice. Endpoints that are out are taken only when too few are in (panicPercent) or there is no
/// other, `avoid` (may be null) never. Null: no endpoint.
Endpoint* pick(const Cluster& cluster, std::uint32_t& cursor, base::MonoTime now, const Endpoint* avoid);

/// The endpoint with the fewest requests in flight; among equals the next one in turn from `cursor`, so that light traffic
/// is spread as by round robin. Up to kScan endpoints are looked at, a rotating window of a larger cluster.
Endpoint* pickLeastRequest(const Cluster& cluster, std::uint32_t& cursor, base::MonoTime now, const Endpoint* avoid);
inline constexpr std::size_t kScan = 8;
/// The same among `choices` drawn at random (the power of two choices).
Endpoint* pickOfChoices(const Cluster& cluster, std::uint32_t choices, std::uint32_t& cursor, base::MonoTime now,
                        const Endpoint* avoid);
Endpoint* pickRoundRobin(const Cluster& cluster, std::uint32_t& cursor, base::MonoTime now, const Endpoint* avoid);
Endpoint* pickRandom(const Cluster& cluster, std::uint32_t& cursor, base::MonoTime now, const Endpoint* avoid);

/// So many endpoints are out that their being out is ignored.
bool panics(const Cluster& cluster, base::MonoTime now);
/// Share of its turns that an endpoint takes: 1 but for the time of its slow start.
double warmth(const Endpoint& endpoint, const SlowStart& slowStart, base::MonoTime now);
/// The backend has as many requests in flight as its policy allows.
bool requestsFull(const Cluster& cluster);

/// "least request", for people.
std::string_view balanceName(Balance method);

}  // namespace gatehouse::upstream
