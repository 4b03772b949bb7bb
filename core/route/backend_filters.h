// What the filters of a single backendRef do, in words: the same for explain and for a request's record.
// Thread: any; reads an immutable snapshot.
#pragma once

#include "route/decision.h"
#include "route/snapshot.h"

#include <vector>

namespace gatehouse::route {

/// One step for each of the backend's modifiers that changes something.
void addBackendFilterSteps(const Rule& rule, const Backend& backend, std::vector<Step>& steps);
/// The same for those of one of its providers alone.
void addTargetFilterSteps(const Rule& rule, const LlmTarget& target, std::vector<Step>& steps);

}  // namespace gatehouse::route
