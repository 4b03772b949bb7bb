// The same of trees that are parsed already. Private to cluster/ (a heavy header). Thread: pure functions.
#pragma once

#include "cluster/json.h"
#include "cluster/resource.h"

namespace gatehouse::cluster {

ApiStatus statusOf(const Json& json, int code, std::chrono::seconds retryAfter);
Result<LiveObject> liveObjectOf(Json json, const ResourceType& type);

}  // namespace gatehouse::cluster
