// agentgateway's own kinds (agentgateway.dev/v1alpha1, as published with 1.4): AgentgatewayBackend, AgentgatewayPolicy, and how
// backends are spoken to. schema_agentgateway_ai.cpp and schema_agentgateway_traffic.cpp hold the rest.
#include "config/agentgateway.h"
#include "config/schema_agentgateway.h"

#include <algorithm>

namespace gatehouse::config::table {
namespace {

const std::vector<std::string> kProviders{"openai", "azureopenai", "azure", "anthropic", "gemini", "vertexai", "bedrock", "custom"};
constexpr char kNoEffect[] = "it has no effect here";
constexpr char kAnswers500[] = "requests to it answer 500";

FieldSpec model() {
    return sized(1, 256, text("model", "Model to use in place of the one that the client names."));
}

FieldSpec bounded(std::int64_t maximum, FieldSpec spec) {
    return sized(1, maximum, std::move(spec));
}

FieldSpec customProvider() {
    return object(
        "custom", "A server of your own, and the APIs that it speaks.",
        {required(keyed("type",
                        list("formats", "APIs that it speaks; others are translated to one of them.",
                             object("", "One API.",
                                    {required(choice("type",
                                                     {"AnthropicTokenCount", "Completions", "Embeddings", "Messages", "Realtime",
                                                      "Rerank", "Responses"},
                                                     "Which API.")),
                                     bounded(1024, text("path", "Its path there, where it is not the usual one."))}),
                             1, 6))),
         object("backendRef", "The Service or InferencePool that it runs in, of this namespace; else set host and port.",
                {groupOf("", "API group of the backend."), kindOf("Service", "Kind of the backend."),
                 nameOf("Name of the backend."), port("port", "Port of the Service.")}),
         model()});
}

std::vector<FieldSpec> providerFields() {
    return {
        object("openai", "OpenAI, or any server that speaks its API.",
               {model(), notRun(kNoEffect, any("moderation", "OpenAI's own moderation inside the request."))}),
        object("azureopenai", "OpenAI models at Azure.",
               {required(bounded(256, text("endpoint", "Host of the Azure resource."))),
                bounded(256, text("deploymentName", "Name of the deployment; needed unless apiVersion is v1.")),
                byDefault("v1", bounded(64, text("apiVersion", "Version of the API.")))}),
        object("azure", "A resource of Azure, by its name.",
               {required(bounded(256, text("resourceName", "Name of the resource: the first part of its host."))),
                required(choice("resourceType", {"Foundry", "OpenAI"}, "Which service of Azure it is.")),
                bounded(256, text("projectName", "Project; needed for Foundry.")),
                byDefault("v1", bounded(64, text("apiVersion", "Version of the API."))), model()}),
        object("anthropic", "Anthropic.", {model()}),
        object("gemini", "Google Gemini.", {model()}),
        object("vertexai", "Google Vertex AI.",
               {model(), required(bounded(64, text("projectId", "Project."))),
                byDefault("global", bounded(64, text("region", "Region.")))}),
        object("bedrock", "Amazon Bedrock.",
               {model(), byDefault("us-east-1", bounded(63, text("region", "Region."))),
                object("guardrail", "A guardrail of Bedrock.",
                       {required(bounded(256, text("identifier", "Its id."))),
                        required(bounded(256, text("version", "Its version.")))})}),
        customProvider(),
        bounded(256, text("host", "Host in place of the provider's own; needs port. Set policies.tls for TLS.")),
        port("port", "Port in place of the provider's own; needs host."),
        bounded(1024, text("path", "Path in place of the provider's own.")),
        bounded(1024, text("pathPrefix", "What stands in place of /v1 in the provider's paths; needs host."))};
}

FieldSpec groupProvider() {
    auto fields = providerFields();
    fields.insert(fields.begin(), required(bounded(253, as(FieldFormat::DnsSubdomain,
                                                           text("name", "Name, unique in all groups.")))));
    fields.push_back(connectionPolicy("policies", "How this provider alone is spoken to."));
    return oneOf(kProviders, object("", "One provider.", std::move(fields)));
}

FieldSpec aiBackend() {
    return oneOf({"provider", "groups"},
                 object("ai", "LLM providers.",
                        {oneOf(kProviders, object("provider", "One provider.", providerFields())),
                         list("groups", "Groups of providers; a later group is used when the ones before it fail.",
                              object("", "One group.",
                                     {required(keyed("name", list("providers", "Providers of the same rank.", groupProvider(), 1, 16)))}),
                              1, 8)}));
}

KindSchema backendKind() {
    return kind(
        kAgentgatewayGroup, "AgentgatewayBackend", {"v1alpha1"},
        "A destination of agentgateway that is no Service: LLM providers or a fixed host.",
        {required(oneOf({"ai", "static", "dynamicForwardProxy", "mcp", "aws", "a2a"},
                        object("spec", "The destination.",
                               {aiBackend(),
                                object("static", "A fixed host.",
                                       {bounded(256, text("host", "Host name or IP address.")), port("port", "Port."),
                                        notRun(kAnswers500, any("unixPath", "A socket of the machine."))}),
                                notRun(kAnswers500, any("dynamicForwardProxy", "The host that each request names.")),
                                notRun(kAnswers500, any("mcp", "Servers of the Model Context Protocol.")),
                                notRun(kAnswers500, any("aws", "Agents of Amazon Bedrock.")),
                                notRun(kAnswers500, any("a2a", "An agent that speaks A2A.")),
                                connectionPolicy("policies", "How it is spoken to. Goes before policies that target it.")})))});
}

FieldSpec awsAuth() {
    return object("aws", "Requests are signed with keys of AWS; without members with those of the environment.",
                  {agentSecretRef("secretRef", "Secret with accessKey, secretKey and, where there is one, sessionToken.", false),
                   object("assumeRole", "A role that is assumed with the environment's keys.",
                          {required(text("roleArn", "The role's ARN.")), text("sessionName", "Name of the session."),
                           text("sessionNameExpression", "CEL that makes the session's name of the request."),
                           list("tags", "Tags of the session.",
                                object("", "One tag.",
                                       {required(text("key", "Its name.")), text("value", "Its value."),
                                        text("expression", "CEL that makes its value of the request.")}),
                                0, 50)}),
                   bounded(256, text("region", "Region to sign for; the provider's where absent.")),
                   bounded(256, text("serviceName", "Service to sign for; the provider's where absent."))});
}

FieldSpec authSettings() {
    return object(
        "auth", "What the backend is shown as key.",
        {sized(0, 2048, text("key", "The key itself; prefer a Secret.")),
         agentSecretRef("secretRef", "Secret that holds the key.", true),
         open(object("passthrough", "The client's own key goes on to the backend.", {})), awsAuth(),
         object("azure", "A token of Azure Entra.",
                {agentSecretRef("secretRef", "Secret with clientID, tenantID and clientSecret.", false),
                 open(object("managedIdentity", "The identity of the machine.",
                             {text("clientId", "Its client id."), text("objectId", "Its object id."),
                              text("resourceId", "Its resource id.")})),
                 open(object("workloadIdentity", "The identity of the workload.", {}))}),
         object("gcp", "A token of Google Cloud.",
                {byDefault("AccessToken", choice("type", {"AccessToken", "IdToken"}, "Kind of token.")),
                 bounded(256, text("audience", "Whom the token is for; of an IdToken alone.")),
                 agentSecretRef("secretRef", "Secret with the credentials as JSON.", true)}),
         notRun(kAnswers500, any("oauthTokenExchange", "The client's token is exchanged for another one.")),
         notRun(kAnswers500, any("crossAppAccess", "The client's token is exchanged across applications.")),
         notRun(kAnswers500, any("jwtSign", "A token that is signed here.")), agentLocation(false),
         notRun("no further key is sent",
                list("credentials", "Further keys, each in a place of its own.",
                     object("", "One key.",
                            {required(agentSecretRef("secretRef", "Secret that holds the key.", true)), required(agentLocation(false))}),
                     1, 8))});
}

FieldSpec tlsSettings() {
    return object(
        "tls", "The backend is spoken to over TLS; without members by the system's authorities.",
        {list("caCertificateRefs", "Who may have signed the backend's certificate.",
              object("", "A ConfigMap or Secret with ca.crt.",
                     {byDefault("ConfigMap", choice("kind", {"ConfigMap", "Secret"}, "Kind of the object.")),
                      nameOf("Name of an object of this namespace.")}),
              0, 1),
         list("mtlsCertificateRef", "Certificate that is shown to the backend.",
              agentSecretRef("", "A Secret with tls.crt and tls.key.", false), 0, 1),
         choice("insecureSkipVerify", {"All", "Hostname"}, "What is not checked. Insecure."),
         bounded(253, as(FieldFormat::DnsSubdomain, text("sni", "Server name to ask for; the host where absent."))),
         list("verifySubjectAltNames", "Names of which the certificate must have one; the host where absent.",
              bounded(256, text("", "A name.")), 1, 16),
         notRun("the protocol follows http.version", list("alpnProtocols", "Protocols to offer.", bounded(64, text("", "A protocol.")), 1, 16)),
         notRun(kNoEffect, any("keyExchangeGroups", "Groups for the exchange of keys.")),
         byDefault("Inline", choice("certificateSource", {"Inline", "SPIFFE"}, "Where certificates come from."))});
}

FieldSpec healthSettings() {
    return object(
        "health", "When a backend is left out, and for how long.",
        {bounded(16384, text("unhealthyCondition", "CEL that is true for answers of a backend that is not well.")),
         object("eviction", "For how long it is left out.",
                {byDefault("3s", duration("duration", "Base time; longer after each further time.")),
                 integer("consecutiveFailures", "Failures in a row until it is left out.", 0, 2147483647),
                 notRun("consecutiveFailures alone decides", integer("healthThreshold", "Health in percent below which it is left out.", 0, 100)),
                 notRun("it comes back in full", integer("restoreHealth", "Health in percent that it comes back with.", 0, 100))})});
}

KindSchema policyKind() {
    const auto target = [](bool byLabels) {
        std::vector<FieldSpec> fields{required(groupOf("", "API group of the target.")), required(kindOf("", "Kind of the target."))};
        if (byLabels) fields.push_back(required(map("matchLabels", "Labels that an object must carry, all of them.")));
        else fields.push_back(nameOf("Name of the target, of this namespace."));
        fields.push_back(sectionName("A listener of a Gateway, a rule of a route, a provider of a backend, or a port of a Service."));
        fields.push_back(notRun("the policy holds for no port", port("port", "Port of a Gateway; of settings of listeners alone.")));
        return object("", byLabels ? "Objects by their labels." : "One object.", std::move(fields));
    };
    return kind(
        kAgentgatewayGroup, "AgentgatewayPolicy", {"v1alpha1"},
        "Rules of agentgateway for requests, listeners and backends, attached to other objects.",
        {required(object(
            "spec", "What holds, and for what.",
            {keyed("name", list("targetRefs", "Objects that it holds for, all of one kind.", target(false), 1, 16)),
             list("targetSelectors", "Objects that it holds for, by their labels, all of one kind.", target(true), 1, 16),
             object("strategy", "How it is merged with others.",
                    {byDefault("Default", choice("inheritance", {"Default", "Override"},
                                                 "Override: policies of what lies below its target add nothing."))}),
             trafficSettings(), notRun(kNoEffect, any("frontend", "Settings of listeners.")),
             connectionPolicy("backend", "How backends are spoken to, and what holds for prompts and answers.")}))});
}

}  // namespace

FieldSpec agentSecretRef(std::string name, std::string help, bool withKey) {
    std::vector<FieldSpec> fields{nameOf("Name of a Secret of this namespace."),
                                  notRun("only Secrets are read", text("group", "API group of another kind of holder.")),
                                  text("kind", "Secret, where group is empty.")};
    if (withKey) fields.push_back(bounded(253, text("key", "Key of its data; Authorization where absent.")));
    return object(std::move(name), std::move(help), std::move(fields));
}

FieldSpec agentLocation(bool expressions) {
    std::vector<std::string> members{"header", "queryParameter", "cookie"};
    std::vector<FieldSpec> fields{
        object("header", "A header.",
               {required(bounded(256, as(FieldFormat::HeaderName, text("name", "Its name.")))),
                bounded(256, text("prefix", "What stands before the key, such as Bearer."))}),
        object("queryParameter", "A parameter of the query.", {required(bounded(256, text("name", "Its name.")))}),
        object("cookie", "A cookie.", {required(bounded(256, text("name", "Its name.")))})};
    if (expressions) {
        members.emplace_back("expression");
        fields.push_back(bounded(16384, text("expression", "CEL that finds it.")));
    }
    return oneOf(std::move(members), object("location", "Where it stands; Authorization with Bearer where absent.", std::move(fields)));
}

FieldSpec agentBackendRef(std::string help) {
    return object("backendRef", std::move(help),
                  {groupOf("", "API group of the backend."), kindOf("Service", "Kind of the backend."), nameOf("Name of the backend."),
                   namespaceOf("Namespace of the backend; absent means the policy's own."), port("port", "Port of the Service.")});
}

FieldSpec agentAuth(std::vector<std::string> members) {
    auto auth = authSettings();
    std::erase_if(auth.fields, [&](const FieldSpec& member) { return std::find(members.begin(), members.end(), member.name) == members.end(); });
    return auth;
}

FieldSpec connectionPolicy(std::string name, std::string help) {
    return object(
        std::move(name), std::move(help),
        {aiSettings(), authSettings(), tlsSettings(),
         object("http", "HTTP towards the backend.",
                {duration("requestTimeout", "Longest time until the backend's answer."),
                 choice("version", {"HTTP1", "HTTP2"}, "Version of HTTP; by what the backend says where absent.")}),
         object("tcp", "Connections to the backend.",
                {duration("connectTimeout", "Longest time until a connection stands."),
                 object("keepalive", "Probes of idle connections.",
                        {duration("time", "Idle time before the first one."), duration("interval", "Time between two of them."),
                         integer("retries", "Probes without an answer until the connection is cut.", 1, 64)})}),
         healthSettings(), notRun(kNoEffect, any("mcp", "Settings for the Model Context Protocol.")),
         notRun("requests to its backends answer 500 rather than pass unchecked", any("extAuth", "Asks a service before the backend.")),
         notRun(kNoEffect, any("transformation", "Changes of messages by templates.")),
         notRun(kAnswers500, any("tunnel", "The backend is reached by another proxy."))});
}

std::vector<KindSchema> agentgatewayKinds() {
    return {backendKind(), policyKind(), agentgatewayModelKind()};
}

}  // namespace gatehouse::config::table
