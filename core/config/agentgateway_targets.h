// What an AgentgatewayPolicy holds for: its targetRefs and targetSelectors against the objects of its namespace. The one place for
// these rules: validation, status and translation ask here. Thread: pure functions on immutable objects.
#pragma once

#include "config/agentgateway.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::config::agentgateway {

struct Reached {
    const Object* object = nullptr;
    std::string section;  ///< Listener, rule, provider or port; empty: the whole object.
    FieldPath at;         ///< The targetRef or targetSelector.
};
struct Missed {
    FieldPath at;         ///< Of the member that is wrong.
    std::string message;
    bool section = false; ///< The object is there, its part is not.
    bool kind = false;    ///< No policy can be attached to this kind.
};
struct Reach {
    std::vector<Reached> reached;
    std::vector<Missed> missed;
};
/// Policies reach objects of their own namespace alone.
Reach reachOf(const ObjectSet& set, const Object& policy, const PolicySpec& spec);

/// What a section of this object is: "listener", "rule", "provider", "port". Empty: it has none.
std::string_view sectionWord(std::string_view kind);

}  // namespace gatehouse::config::agentgateway
