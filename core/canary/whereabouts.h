// Where a difference sits: which pod, prompt length or answer length of the canary has most of what is too much. A description of what
// was seen, not a test. Pure function. Thread: any.
#pragma once

#include "canary/verdict.h"

namespace gatehouse::canary {

/// Nothing where no value stands out: it must have most of the excess, and half as much again as its part of the traffic. Of the
/// dimensions the one that concentrates it most.
std::optional<Whereabouts> whereabouts(const CanaryStatistics& statistics, const MetricRule& rule, std::size_t stable, std::size_t canary);

}  // namespace gatehouse::canary
