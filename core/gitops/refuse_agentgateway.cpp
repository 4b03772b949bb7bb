// Why objects of agentgateway's kinds cannot be written for kgateway: part by part, and what kgateway has in its place.
#include "config/fields.h"
#include "gitops/convert_agentgateway.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace gatehouse::gitops {
namespace {

using config::Object;
using text::yaml::Node;
using Kind = ExportNote::Kind;

/// What kgateway 2.1 has for a part of agentgateway's kinds; later ones have none of it.
struct Counterpart {
    std::string_view kind, path;
    const char* message;
};
constexpr std::array<Counterpart, 44> kCounterparts{{
    {"AgentgatewayBackend", "spec.ai.provider", "kgateway 2.1 says it as spec.ai.llm of a Backend, with the key inside the provider's block."},
    {"AgentgatewayBackend", "spec.ai.groups", "kgateway 2.1 says it as spec.ai.priorityGroups of a Backend; its groups do not fail over."},
    {"AgentgatewayBackend", "spec.static", "kgateway says it as spec.static.hosts of a Backend."},
    {"AgentgatewayBackend", "spec.mcp", "kgateway's Envoy runs no MCP backends."},
    {"AgentgatewayBackend", "spec.a2a", "kgateway has no A2A backends."},
    {"AgentgatewayBackend", "spec.aws", "kgateway has no agents of Bedrock."},
    {"AgentgatewayBackend", "spec.dynamicForwardProxy", "kgateway says it as spec.dynamicForwardProxy of a Backend."},
    {"*", "custom", "kgateway 2.1 has no custom providers; its openai block with host and port is the nearest."},
    {"*", "azure", "kgateway 2.1 knows Azure by azureopenai alone."},
    {"*", "pathPrefix", "kgateway 2.1 has whole paths alone (path.full)."},
    {"*", "auth.passthrough", "kgateway 2.1 says it as authToken of kind Passthrough."},
    {"*", "auth.secretRef", "kgateway 2.1 says it as authToken of kind SecretRef, with the key Authorization."},
    {"*", "auth.key", "kgateway 2.1 says it as authToken of kind Inline; prefer a Secret."},
    {"*", "auth.aws", "kgateway 2.1 reads keys of AWS from a Secret (bedrock.auth) and assumes no roles."},
    {"*", "auth.azure", "kgateway 2.1 fetches no tokens of Azure Entra."},
    {"*", "auth.gcp", "kgateway 2.1 fetches no tokens of Google Cloud."},
    {"*", "auth.location", "kgateway 2.1 says it as authHeader."},
    {"*", "auth.credentials", "kgateway 2.1 sends one key alone."},
    {"*", "tls", "kgateway says it in a BackendConfigPolicy or a BackendTLSPolicy; for AI it speaks TLS on port 443, unverified."},
    {"*", "http.version", "kgateway says it as appProtocol of the Service or Backend."},
    {"*", "http.requestTimeout", "kgateway says it as timeouts of the HTTPRoute."},
    {"*", "tcp", "kgateway says it as connectTimeout and tcpKeepalive of a BackendConfigPolicy."},
    {"*", "health", "kgateway says it as outlierDetection of a BackendConfigPolicy, which its AI backends do not obey."},
    {"*", "ai.prompt", "kgateway 2.1 says it as ai.promptEnrichment of a TrafficPolicy."},
    {"*", "ai.promptGuard", "kgateway 2.1 has one guard of each kind for requests and for answers, in ai.promptGuard of a TrafficPolicy, without a scope."},
    {"*", "ai.defaults", "kgateway 2.1 says it as ai.defaults of a TrafficPolicy, with values as text."},
    {"*", "ai.overrides", "kgateway 2.1 says it as ai.defaults of a TrafficPolicy with override: true."},
    {"*", "ai.modelAliases", "kgateway 2.1 has no aliases of models."},
    {"*", "ai.promptCaching", "kgateway 2.1 sets no marks for caches."},
    {"*", "ai.transformations", "kgateway 2.1 has no expressions over LLM bodies."},
    {"*", "ai.finalTransformations", "kgateway 2.1 has no expressions over LLM bodies."},
    {"*", "ai.routes", "kgateway 2.1 knows chats alone; their path is the provider's."},
    {"AgentgatewayPolicy", "spec.frontend", "kgateway says it in a ListenerPolicy or HTTPListenerPolicy."},
    {"AgentgatewayPolicy", "spec.strategy", "kgateway orders policies by the annotation kgateway.dev/inherited-policy-priority of the Gateway."},
    {"AgentgatewayPolicy", "spec.traffic.timeouts", "kgateway says it as timeouts of a TrafficPolicy or of the HTTPRoute."},
    {"AgentgatewayPolicy", "spec.traffic.retry", "kgateway says it as retry of a TrafficPolicy or of the HTTPRoute."},
    {"AgentgatewayPolicy", "spec.traffic.cors", "kgateway says it as cors of a TrafficPolicy or as a filter of the HTTPRoute."},
    {"AgentgatewayPolicy", "spec.traffic.headerModifiers", "kgateway says it as filters of the HTTPRoute."},
    {"AgentgatewayPolicy", "spec.traffic.extAuth", "kgateway says it as extAuth of a TrafficPolicy with a GatewayExtension."},
    {"AgentgatewayPolicy", "spec.traffic.rateLimit", "kgateway counts requests (rateLimit of a TrafficPolicy), not tokens."},
    {"AgentgatewayPolicy", "spec.traffic.jwtAuthentication", "kgateway 2.1 has no checks of tokens; 2.2 and later say it as jwtAuth with a GatewayExtension."},
    {"AgentgatewayPolicy", "spec.traffic.apiKeyAuthentication", "kgateway 2.1 has no checks of keys; 2.2 and later say it as apiKeyAuth."},
    {"AgentgatewayPolicy", "spec.traffic.authorization", "kgateway says it as rbac of a TrafficPolicy."},
    {"AgentgatewayPolicy", "spec.traffic.directResponse", "kgateway says it as a DirectResponse that a filter names."},
}};

/// Without indices: "spec.ai.groups[0].providers[1].custom" -> "spec.ai.groups.providers.custom".
std::string shapeOf(const std::string& path) {
    std::string out;
    bool inside = false;
    for (const char c : path) {
        if (c == '[') inside = true;
        if (!inside) out += c;
        if (c == ']') inside = false;
    }
    return out;
}

const Counterpart* counterpartOf(const std::string& kind, const std::string& path) {
    const auto shape = shapeOf(path);
    for (const auto& row : kCounterparts)
        if (row.kind == "*" ? shape.ends_with("." + std::string(row.path)) : row.kind == kind && row.path == shape) return &row;
    return nullptr;
}

void refuseBelow(const Object& object, const Node& node, const config::FieldPath& at, std::vector<AgentgatewayConversion::Note>& out) {
    const auto path = at.toString();
    if (const auto* found = counterpartOf(object.key.kind, path)) out.push_back({Kind::Refused, path, found->message});
    for (const auto& entry : node.entries) refuseBelow(object, entry.value, at.key(entry.key.value), out);
    for (std::size_t i = 0; i < node.items.size(); ++i) refuseBelow(object, node.items[i], at.index(i), out);
}

}  // namespace

std::vector<AgentgatewayConversion::Note> refuseAgentgateway(const Object& object, const std::string& target) {
    std::vector<AgentgatewayConversion::Note> out;
    out.push_back({Kind::Refused, "", fmt::format("{} is a kind of agentgateway that {} does not have; export to agentgateway-1, or write it in kgateway's kinds.",
                                                  object.key.kind, target)});
    if (const auto* spec = config::memberOf(object.root.get(), "spec")) refuseBelow(object, *spec, config::FieldPath{}.key("spec"), out);
    return out;
}

}  // namespace gatehouse::gitops
