// Passive outlier detection: what came of each request at an endpoint is counted, and an endpoint that fails in a row is left
// out for a while, longer each time. Nothing is sent to find out whether it is back: its time ends, and requests tell.
// Thread: any worker; pure but for atomics, and a short lock when an endpoint is taken out.
#pragma once

#include "base/clock.h"
#include "upstream/endpoint.h"

#include <cstdint>

namespace gatehouse::upstream {

bool isEjected(const Endpoint& endpoint, base::MonoTime now);

/// The endpoint did what it was asked to.
void noteSuccess(Endpoint& endpoint);
/// It answered with `status`, `latency` after it was asked. True when this took it out.
bool noteAnswer(Endpoint& endpoint, int status, base::MonoTime now, base::Micros latency = base::Micros::zero());
/// It did not answer, or not properly. True when this took it out.
bool noteFailure(Endpoint& endpoint, base::MonoTime now, Failure failure = Failure::Reset);

}  // namespace gatehouse::upstream
