// What a backend's balance would do with the next request, in words: by whom it is taken, what makes that certain or not, and
// which endpoints are passed over, by the state that they are in now. Thread: any; a sample of atomics, nothing is reserved.
#pragma once

#include "base/clock.h"
#include "route/decision.h"
#include "upstream/endpoint.h"

#include <cstddef>
#include <string>
#include <vector>

namespace gatehouse::route {

struct EndpointChoice {
    const upstream::Endpoint* endpoint = nullptr;  ///< Null: none can be had.
    std::size_t among = 0;   ///< Endpoints that may take it; 1: this one does.
    std::string sentence;    ///< Why it, or why none.
};

/// Adds a step for each endpoint that is out or warming up.
EndpointChoice chooseEndpoint(const upstream::Cluster& cluster, const config::ObjectKey& backend, base::MonoTime now,
                              std::vector<Step>& steps);

}  // namespace gatehouse::route
