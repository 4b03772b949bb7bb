// The policies of agentgateway that hold somewhere, strongest first. Apart from translate_agentgateway.h for those that only hand them
// on. Thread: control thread, values.
#pragma once

#include "config/agentgateway.h"
#include "config/object.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::route {

namespace agentgateway = config::agentgateway;

/// Strongest first.
enum class AgentLevel : std::uint8_t { ProviderInline, BackendInline, Provider, Backend, Rule, Route, Listener, Gateway };
std::string_view levelName(AgentLevel level);

/// One policy, or one `policies` block, as it holds for a rule or a backend.
struct AgentAttached {
    const config::Object* object = nullptr;                      ///< The policy; of a block the backend.
    const agentgateway::PolicySpec* policy = nullptr;            ///< Null: a block.
    const agentgateway::ConnectionPolicy* connection = nullptr;  ///< Null: it says nothing of backends.
    AgentLevel level = AgentLevel::Route;
    std::string reason;                                          ///< "targets HTTPRoute default/chat"
};
using AgentChain = std::vector<AgentAttached>;

class AgentgatewayPolicies;
struct AgentConnection;

}  // namespace gatehouse::route
