#include "gitops/target_table.h"

namespace gatehouse::gitops {

namespace {

using Kind = ExportNote::Kind;

const char* const kExperimental =
    "This field needs the experimental channel of the Gateway API CRDs; the standard channel drops it silently.";

/// Gateway API 1.6.1: fields that only the experimental channel has.
std::vector<FieldRule> experimentalFields() {
    return {
        {"HTTPRoute", "spec.rules.retry", "", Kind::Kept, kExperimental},
        {"HTTPRoute", "spec.rules.sessionPersistence", "", Kind::Kept, kExperimental},
        {"HTTPRoute", "spec.rules.filters.type", "ExternalAuth", Kind::Kept, kExperimental},
        {"HTTPRoute", "spec.useDefaultGateways", "", Kind::Kept, kExperimental},
        {"Gateway", "spec.defaultScope", "", Kind::Kept, kExperimental},
    };
}

std::vector<TargetTable> makeTables() {
    TargetTable gatewayApi;
    gatewayApi.target = {"gateway-api", "Gateway API 1.6 and InferencePool v1, for any conformant controller"};
    gatewayApi.foreign = {{"gateway.kgateway.dev", "kgateway"}, {"agentgateway.dev", "agentgateway"}};
    gatewayApi.fields = experimentalFields();

    TargetTable kgateway;
    kgateway.target = {"kgateway-2.1", "kgateway 2.1: the Gateway API with Backend, TrafficPolicy and DirectResponse"};
    kgateway.listenerPolicyKind = "HTTPListenerPolicy";
    kgateway.foreign = {{"agentgateway.dev", "agentgateway"}};
    kgateway.fields = experimentalFields();
    // The CRDs of Gateway API 1.4, which kgateway 2.1 is built with.
    kgateway.fields.push_back({"HTTPRoute", "spec.rules.filters.type", "CORS", Kind::Kept,
                               "In the Gateway API 1.4 of kgateway 2.1 this filter needs the experimental channel."});
    kgateway.fields.push_back({"ListenerSet", "", "", Kind::Refused,
                               "kgateway 2.1 knows only the experimental XListenerSet; put the listeners into the Gateway."});
    // What BackendConfigPolicy has learnt since: an API server of 2.1 drops it silently.
    for (const auto* field : {"circuitBreakers", "dns", "upstreamProxyProtocol", "http2ProtocolOptions.connectionKeepalive",
                              "loadBalancer.zoneAware", "tls.parameters.signatureAlgorithms"})
        kgateway.fields.push_back({"BackendConfigPolicy", std::string("spec.") + field, "", Kind::Refused,
                                   "kgateway 2.1 does not know this field yet; remove it, or export to kgateway-2.4."});
    for (const auto* field : {"apiKeyAuth", "basicAuth", "jwtAuth", "oauth2", "rateLimit.local.percentEnabled", "rateLimit.local.percentEnforced"})
        kgateway.fields.push_back({"TrafficPolicy", std::string("spec.") + field, "", Kind::Refused,
                                   "kgateway 2.1 does not know this field yet; remove it, or export to kgateway-2.4."});
    for (const auto* field : {"jwt", "oauth2"})
        kgateway.fields.push_back({"GatewayExtension", std::string("spec.") + field, "", Kind::Refused,
                                   "kgateway 2.1 does not know this field yet; remove it, or export to kgateway-2.4."});
    // The 2.0 form, which 2.1 refuses.
    kgateway.fields.push_back({"Backend", "spec.ai.llm.provider", "", Kind::Refused,
                               "This is the form of kgateway 2.0; in 2.1 the provider stands directly below spec.ai.llm."});
    kgateway.fields.push_back({"Backend", "spec.ai.multipool", "", Kind::Refused,
                               "This is the form of kgateway 2.0; in 2.1 it is spec.ai.priorityGroups, each provider named."});
    kgateway.fields.push_back({"Backend", "spec.ai.llm.hostOverride", "", Kind::Refused,
                               "This is the form of kgateway 2.0; in 2.1 it is host and port beside the provider."});
    kgateway.versions = {
        {"ReferenceGrant", "gateway.networking.k8s.io/v1", "gateway.networking.k8s.io/v1beta1"},
    };

    TargetTable newer;
    newer.target = {"kgateway-2.4", "kgateway 2.4: the Gateway API 1.6 with Backend, TrafficPolicy and ListenerPolicy, without AI"};
    newer.foreign = {{"agentgateway.dev", "agentgateway"}, {"inference.networking.k8s.io", "the inference extension"}};
    newer.fields = experimentalFields();
    newer.listenerPolicyKind = "ListenerPolicy";
    newer.fields.push_back({"Backend", "spec.ai", "", Kind::Refused,
                            "kgateway 2.2 and later have no AI backends; export to kgateway-2.1, or move to agentgateway."});
    newer.fields.push_back({"TrafficPolicy", "spec.ai", "", Kind::Refused,
                            "kgateway 2.2 and later have no AI policies; export to kgateway-2.1, or move to agentgateway."});

    TargetTable agents;
    agents.target = {"agentgateway-1", "agentgateway 1.4: the Gateway API 1.6 with AgentgatewayBackend and AgentgatewayPolicy"};
    agents.foreign = {{"gateway.kgateway.dev", "kgateway"}};
    agents.fields = experimentalFields();
    agents.agentgateway = true;
    agents.fields.push_back({"AgentgatewayModel", "", "", Kind::Kept,
                             "AgentgatewayModel is experimental in agentgateway 1.4: install it with agentgatewayModels.enabled=true."});
    return {std::move(gatewayApi), std::move(kgateway), std::move(newer), std::move(agents)};
}

}  // namespace

const std::vector<TargetTable>& targetTables() {
    static const std::vector<TargetTable> tables = makeTables();
    return tables;
}

const TargetTable* findTarget(std::string_view name) {
    for (const auto& table : targetTables()) {
        if (table.target.name == name) return &table;
    }
    return nullptr;
}

const std::vector<Target>& targets() {
    static const std::vector<Target> all = [] {
        std::vector<Target> names;
        for (const auto& table : targetTables()) names.push_back(table.target);
        return names;
    }();
    return all;
}

}  // namespace gatehouse::gitops
