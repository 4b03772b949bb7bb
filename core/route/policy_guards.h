// PolicyGuards: the guards that one policy supplies, taken from a snapshot as they run there: for who looks at one policy alone (the map of
// what it covers, the bench, a trial). Thread: any. Pure.
#pragma once

#include "route/snapshot.h"

#include <memory>
#include <string>
#include <vector>

namespace gatehouse::route {

struct PolicyGuards {
    std::shared_ptr<const llm::LlmPolicy> policy;  ///< Its guards and nothing else; null: none of its guards runs anywhere.
    std::string rule;                              ///< Id of the first rule that it holds for; empty: none that leads to models.
    std::size_t backend = 0;                       ///< Position in that rule of a backend that it holds for.
    std::vector<std::string> services;             ///< Whom its guards ask, by name, each once.
};
PolicyGuards guardsOfPolicy(const Snapshot& snapshot, const config::ObjectKey& policy);

}  // namespace gatehouse::route
