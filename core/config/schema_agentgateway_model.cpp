// AgentgatewayModel (agentgateway.dev/v1alpha1, as published with 1.4).
#include "config/agentgateway_model.h"
#include "config/schema_agentgateway.h"

#include <algorithm>

namespace gatehouse::config::table {
namespace {

namespace ag = agentgateway;

FieldSpec bounded(std::int64_t maximum, FieldSpec spec) { return sized(1, maximum, std::move(spec)); }

/// One member of a table that other kinds have, too.
FieldSpec memberOf(const FieldSpec& parent, std::string_view name) {
    return *std::find_if(parent.fields.begin(), parent.fields.end(), [&](const FieldSpec& field) { return field.name == name; });
}

FieldSpec headerChanges(const char* name, const char* help) {
    const auto change = [] {
        return object("", "One field.", {required(bounded(256, text("name", "Its name."))), required(bounded(4096, text("value", "Its value.")))});
    };
    return object(name, help, {list("set", "Fields that are set.", change(), 0, 16), list("add", "Fields that are added.", change(), 0, 16),
                               list("remove", "Fields that are taken out.", text("", "A name."), 0, 16)});
}

FieldSpec policies() {
    const auto connection = connectionPolicy("", "");
    const auto ai = aiSettings();
    return object(
        "policies", "How this model is served. Not of a virtual one.",
        {memberOf(connection, "auth"),
         object("authorization", "Who may ask for it.",
                {byDefault("Allow", choice("action", {"Allow", "Deny", "Require"}, "What comes of an expression that is true.")),
                 required(object("policy", "Expressions.",
                                 {required(list("matchExpressions", "CEL, each true or false.", bounded(16384, text("", "An expression.")), 1, 256))}))}),
         memberOf(ai, "transformations"), memberOf(ai, "finalTransformations"),
         object("headers", "Changes of header fields.", {headerChanges("request", "Of requests to the provider."), headerChanges("response", "Of its answers.")}),
         memberOf(connection, "health"), memberOf(ai, "promptGuard"), memberOf(connection, "tls"), memberOf(connection, "tunnel")});
}

FieldSpec targetsOf(const char* name, const char* help, std::vector<FieldSpec> more) {
    std::vector<FieldSpec> fields{required(object("modelRef", "The model.", {nameOf("Name of an AgentgatewayModel of this namespace.")})),
                                  bounded(1024, text("model", "What it is asked for; needed where its name is a pattern."))};
    for (auto& field : more) fields.push_back(std::move(field));
    return object(name, help, {required(list("targets", "The models that it stands for.", object("", "One model.", std::move(fields)), 1, 64))});
}

FieldSpec virtualModel() {
    return oneOf({"weighted", "failover", "conditional"},
                 object("virtualModel", "A name that stands for other models.",
                        {targetsOf("weighted", "Drawn by weight.", {byDefault("1", integer("weight", "Its share, relative to the others.", 1, 1000000))}),
                         targetsOf("failover", "The next ones when the first fail.",
                                   {required(integer("priority", "Lower ones are asked first; those of one priority take turns.", 0, 1000000))}),
                         targetsOf("conditional", "The first whose condition is true.",
                                   {bounded(16384, text("when", "CEL; the last one may do without."))})}));
}

FieldSpec parents() {
    return required(list("parentRefs", "Gateways and ListenerSets whose listeners serve it; they allow its kind in allowedRoutes.kinds.",
                         object("", "One of them, whole or one listener of it.",
                                {groupOf("gateway.networking.k8s.io", "API group of the parent."), kindOf("Gateway", "Gateway or ListenerSet."),
                                 namespaceOf("Namespace of the parent; absent means the own."), nameOf("Name of the parent."),
                                 sectionName("Only the listener of this name."), port("port", "Only listeners on this port.")}),
                         1, 16));
}

}  // namespace

KindSchema agentgatewayModelKind() {
    std::vector<FieldSpec> fields{
        parents(),
        object("match", "What clients name.", {bounded(1024, text("model", "A name, gpt-*, *-latest or *; the object's own name where absent."))}),
        byDefault("Public", choice("visibility", {"Internal", "Public"}, "Internal: only virtual models may name it.")),
        choice("provider", ag::modelProviders(), "Who serves it."),
        bounded(1024, text("baseURL", "Where the provider is reached, and what stands in place of /v1 there.")),
        virtualModel(),
        policies()};
    // Settings of single providers, as an AgentgatewayBackend has them.
    fields.push_back(object("azure", "A resource of Azure.",
                            {required(bounded(256, text("resourceName", "Name of the resource: the first part of its host."))),
                             required(choice("resourceType", {"Foundry", "OpenAI"}, "Which service of Azure it is.")),
                             bounded(256, text("projectName", "Project; needed for Foundry.")),
                             bounded(64, text("apiVersion", "Version of the API."))}));
    fields.push_back(object("vertexai", "Google Vertex AI.",
                            {required(bounded(64, text("projectId", "Project."))), byDefault("global", bounded(64, text("region", "Region.")))}));
    fields.push_back(object("bedrock", "Amazon Bedrock.",
                            {byDefault("us-east-1", bounded(63, text("region", "Region."))),
                             object("guardrail", "A guardrail of Bedrock.",
                                    {required(bounded(256, text("identifier", "Its id."))), required(bounded(256, text("version", "Its version.")))})}));
    fields.push_back(object("custom", "A server of your own, and the APIs that it speaks.",
                            {required(keyed("type", list("formats", "APIs that it speaks; others are translated to one of them.",
                                                         object("", "One API.",
                                                                {required(choice("type", {"AnthropicTokenCount", "Completions", "Embeddings", "Messages",
                                                                                          "Realtime", "Rerank", "Responses"},
                                                                                 "Which API.")),
                                                                 bounded(1024, text("path", "Its path there, where it is not the usual one."))}),
                                                         1, 6))),
                             object("backendRef", "The Service or InferencePool that it runs in, of this namespace.",
                                    {groupOf("", "API group of the backend."), kindOf("Service", "Kind of the backend."), nameOf("Name of the backend."),
                                     port("port", "Port of the Service.")})}));
    return kind(kAgentgatewayGroup, ag::kModelKind, {"v1alpha1"}, "A model that clients may name, and who serves it.",
                {required(oneOf({"provider", "virtualModel"}, object("spec", "The model.", std::move(fields))))});
}

}  // namespace gatehouse::config::table
