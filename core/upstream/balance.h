// Which endpoint of a cluster takes the next request, and when a failing one is left out for a while (passive ejection).
// Thread: pure functions over atomics, any worker. Nothing is reserved: the caller counts inFlight.
#pragma once

#include "base/clock.h"
#include "upstream/endpoint.h"

#include <cstddef>
#include <cstdint>

namespace gatehouse::upstream {

/// Failures in a row before an endpoint is left out, and for how long at first. Envoy's consecutive_5xx and
/// base_ejection_time are 5 and 30 s; a workstation's pods come back sooner.
inline constexpr std::uint32_t kFailuresToEject = 5;
inline constexpr base::Millis kEjection{10'000};

bool isEjected(const Endpoint& endpoint, base::MonoTime now);

/// The endpoint with the fewest requests in flight; among equals the next one in turn from `cursor`, which moves on, so
/// that light traffic is spread as by round robin. Up to kScan endpoints are looked at, a rotating window of a larger
/// cluster. Ejected ones are taken only when there is no other, `avoid` (may be null) never. Null: no endpoint.
Endpoint* pickLeastRequest(const Cluster& cluster, std::uint32_t& cursor, base::MonoTime now, const Endpoint* avoid);
inline constexpr std::size_t kScan = 8;

/// Each endpoint in turn, skipping ejected ones while others are left.
Endpoint* pickRoundRobin(const Cluster& cluster, std::uint32_t& cursor, base::MonoTime now, const Endpoint* avoid);

/// The endpoint answered properly.
void noteSuccess(Endpoint& endpoint);
/// A connect error, a reset or a broken answer. True when this failure ejected it.
bool noteFailure(Endpoint& endpoint, base::MonoTime now);

}  // namespace gatehouse::upstream
