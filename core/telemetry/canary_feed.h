// CanaryFeed: request records as the canary's statistics want them. Pure functions. Thread: any.
#pragma once

#include "canary/arms.h"
#include "canary/observation.h"
#include "telemetry/request_record.h"

#include <optional>

namespace gatehouse::telemetry {

/// Nothing where the request was of no arm, or was sent to one on purpose (a replay, the playground): it says nothing of what the split
/// came to. One that was tried again at another arm is an error of the arm that was drawn first. `pod` points into the record.
std::optional<canary::Observation> observationOf(const RequestRecord& record, const canary::CanaryArms& arms);

}  // namespace gatehouse::telemetry
