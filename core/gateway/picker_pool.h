// Which pool another gateway asks about: by the :authority of its call, whose first label names the Service that the pool has as its picker,
// or the pool itself where it names none, and whose second its namespace: "epp", "epp.default", "epp.default.svc.cluster.local:9002". The
// only pool needs no name. Thread: pure functions.
#pragma once

#include "route/snapshot.h"

#include <string_view>

namespace gatehouse::gateway {

/// Null: none is named so, or several are.
const route::ServedPool* servedPool(const route::Snapshot& snapshot, std::string_view authority);

}  // namespace gatehouse::gateway
