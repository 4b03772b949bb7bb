// ListenerPolicy and HTTPListenerPolicy as the target's cluster knows them: kgateway 2.1 has the older kind alone, later ones
// take the newer. Converted where it means the same; what it cannot say is refused with the reason.
// Thread: pure function.
#pragma once

#include "config/object.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::gitops {

struct ListenerPolicyConversion {
    std::string kind;  ///< What it is written as.
    std::vector<std::pair<std::string, std::string>> refused;  ///< Paths in the object as it was, and why.
};
/// Rewrites `root`, a cleaned tree of either kind, to `wanted`. Unchanged where it is of that kind already; for
/// HTTPListenerPolicy, settings that kgateway 2.1 lacks are refused all the same.
ListenerPolicyConversion convertListenerPolicy(text::yaml::Node& root, std::string_view wanted);

}  // namespace gatehouse::gitops
