// kgateway (gateway.kgateway.dev/v1alpha1): AI fields in their 2.1 form, the rest up to 2.4.
#include "config/schema_build.h"

namespace gatehouse::config::table {
namespace {

constexpr char kGroup[] = "gateway.kgateway.dev";
const std::vector<std::string> kProviders{"openai", "azureopenai", "anthropic", "gemini", "vertexai", "bedrock"};

FieldSpec secretName(std::string help) {
    return object("secretRef", std::move(help), {nameOf("Name of a Secret of this namespace.")});
}

FieldSpec authToken() {
    return required(object("authToken", "What the provider is shown as key.",
                           {required(choice("kind", {"Inline", "SecretRef", "Passthrough"},
                                            "Written here, taken from a Secret, or passed on from the client.")),
                            text("inline", "The key itself; prefer a Secret."),
                            secretName("Secret with the token under Authorization; further ones under Authorization-NAME; or credentials of Google or Azure.")}));
}

std::vector<FieldSpec> providerFields() {
    return {
        object("openai", "OpenAI, or any server that speaks its API.",
               {authToken(), text("model", "Model to use in place of the one that the client names.")}),
        object("azureopenai", "OpenAI models at Azure.",
                      {authToken(), required(sized(1, -1, text("endpoint", "Host of the Azure resource."))),
                       required(sized(1, -1, text("deploymentName", "Name of the deployment."))),
                       required(sized(1, -1, text("apiVersion", "Version of the API.")))}),
        object("anthropic", "Anthropic.",
                      {authToken(), text("apiVersion", "Version of the API."), text("model", "Model to use.")}),
        object("gemini", "Google Gemini.",
                      {authToken(), required(text("model", "Model to use.")),
                       required(text("apiVersion", "Version of the API."))}),
        object(
            "vertexai", "Google Vertex AI.",
            {authToken(), required(sized(1, -1, text("model", "Model to use."))),
             required(sized(1, -1, text("apiVersion", "Version of the API."))),
             required(sized(1, -1, text("projectId", "Project."))), required(sized(1, -1, text("location", "Region."))),
             text("modelPath", "Path of the model's method."),
             required(choice("publisher", {"GOOGLE"}, "Publisher of the model."))}),
        object("bedrock", "Amazon Bedrock.",
                      {object("auth", "Credentials.",
                              {required(choice("type", {"Secret"}, "Where they come from.")),
                               secretName("Secret with accessKey and secretKey, with a profile, or with Authorization.")}),
                       sized(1, -1, text("model", "Model to use.")),
                       byDefault("us-east-1", sized(1, 63, text("region", "Region."))),
                       object("guardrail", "A guardrail of Bedrock.",
                              {required(text("identifier", "Its id.")), required(text("version", "Its version."))})}),
        sized(1, -1, text("host", "Host in place of the provider's own; needs port.")),
        port("port", "Port in place of the provider's own; needs host. TLS is used on 443 alone."),
        object("path", "Path in place of the provider's own.",
               {required(sized(1, -1, text("full", "The whole path.")))}),
        object("authHeader", "How the key is sent.",
               {sized(1, -1, text("prefix", "What stands before the key, such as Bearer.")),
                sized(1, -1, as(FieldFormat::HeaderName, text("headerName", "Header that carries the key.")))})};
}

FieldSpec groupProvider() {
    auto fields = providerFields();
    fields.insert(fields.begin(),
                  required(sized(1, 253, as(FieldFormat::DnsSubdomain, text("name", "Name, unique in its group.")))));
    return oneOf(kProviders, object("", "One provider.", std::move(fields)));
}

KindSchema backendKind() {
    return kind(
        kGroup, "Backend", {"v1alpha1"}, "A destination that is no Service: an LLM provider or fixed hosts.",
        {required(oneOf(
            {"ai", "static", "aws", "dynamicForwardProxy", "mcp", "gcp"},
            object(
                "spec", "The destination.",
                {choice("type", {"AI", "Static", "AWS", "DynamicForwardProxy", "MCP", "GCP"},
                        "What it is; the member of the same name holds its settings."),
                 oneOf({"llm", "priorityGroups"},
                       object("ai", "LLM providers.",
                              {oneOf(kProviders, object("llm", "One provider.", providerFields())),
                               list("priorityGroups",
                                    "Groups of providers; a later group is used when the ones before it fail.",
                                    object("", "One group.",
                                           {required(keyed("name", list("providers", "Providers of the same rank.",
                                                                        groupProvider(), 1, 32)))}),
                                    1, 32)})),
                 object("static", "Fixed hosts.",
                        {required(list("hosts", "Addresses, used in turn.",
                                       object("", "One address.",
                                              {required(sized(1, -1, text("host", "Host name or IP address."))),
                                               required(port("port", "Port."))}),
                                       1, -1)),
                         choice("appProtocol", {"http2", "grpc", "grpc-web", "kubernetes.io/h2c", "kubernetes.io/ws"},
                                "What the hosts speak; absent means HTTP/1.1.")}),
                 notRun("requests to it answer 500", any("aws", "An AWS Lambda function.")),
                 notRun("requests to it answer 500", any("dynamicForwardProxy", "The host that each request names.")),
                 notRun("requests to it answer 500", any("mcp", "Servers of the Model Context Protocol.")),
                 notRun("requests to it answer 500", any("gcp", "A service of Google Cloud."))})))});
}

FieldSpec messages(std::string name, std::string help) {
    return list(std::move(name), std::move(help),
                object("", "One message.",
                       {required(text("role", "system, user or assistant; case does not matter.")),
                        required(text("content", "Its text."))}),
                0, -1);
}

FieldSpec regexGuard() {
    return object(
        "regex", "Patterns that are looked for in every message.",
        {list("matches", "Own patterns.",
              object("", "One pattern.",
                     {text("name", "Name for people and for logs."),
                      as(FieldFormat::Regex, text("pattern", "Regular expression (RE2); case does not matter."))}),
              0, -1),
         list("builtins", "Ready-made patterns.",
              choice("", {"SSN", "CREDIT_CARD", "PHONE_NUMBER", "EMAIL"}, "One of them."), 0, -1),
         byDefault("MASK", choice("action", {"MASK", "REJECT"}, "Replace what was found, or refuse the request."))});
}

FieldSpec webhookGuard() {
    return object("webhook", "Asks a service of your own by kgateway's guardrail API. Where it cannot say, nothing passes.",
                  {required(object("host", "The service; TLS where the port is 443.",
                                   {required(sized(1, -1, text("host", "Its host."))), required(port("port", "Its port."))})),
                   list("forwardHeaderMatches", "Fields of the client's request that the service is shown; none unless named.",
                        object("", "One field.",
                               {byDefault("Exact", choice("type", {"Exact", "RegularExpression"}, "How the value is compared.")),
                                required(sized(1, 256, as(FieldFormat::HeaderName, text("name", "Name of the field.")))),
                                required(sized(1, 4096, text("value", "What its value must be.")))}),
                        0, -1)});
}

FieldSpec moderationGuard() {
    return object("moderation", "Asks a moderation model; what it flags is refused, and where it cannot say nothing passes.",
                  {object("openAIModeration", "OpenAI's moderations.",
                          {authToken(), text("model", "Model that judges; absent leaves it to the service.")})});
}

FieldSpec aiPolicy() {
    return object(
        "ai", "Settings for LLM requests.",
        {byDefault("CHAT", choice("routeType", {"CHAT", "CHAT_STREAMING"},
                                  "Are answers streamed? Gatehouse reads it from each request.")),
         list("defaults", "Body fields to fill in, where a request has none or null.",
              object("", "One field.",
                     {required(sized(1, -1, text("field", "Name of the field; a.b is b inside a."))),
                      required(sized(1, -1, as(FieldFormat::Json, text("value", "Value as JSON or plain text.")))),
                      byDefault("false", flag("override", "Replace what the client sends too?"))}),
              0, -1),
         object("promptEnrichment", "Messages that are added to every request.",
                {messages("prepend", "Before the client's messages."),
                 messages("append", "After the client's messages.")}),
         object("promptGuard", "Checks of prompts and answers.",
                {object("request", "Checks of prompts.",
                        {object("customResponse", "What a refused client reads.",
                                {byDefault("The request was rejected due to inappropriate content",
                                           text("message", "Text of the answer.")),
                                 byDefault("403", integer("statusCode", "Status of the answer.", 200, 599))}),
                         regexGuard(), webhookGuard(), moderationGuard()}),
                 object("response", "Checks of answers; what is found is masked, in streams too.", {regexGuard(), webhookGuard()})})});
}

FieldSpec later(std::string name, std::string help) {
    return notRun("it has no effect here", any(std::move(name), std::move(help)));
}
FieldSpec laterGuard(std::string name, std::string help) {
    return notRun("requests on its routes answer 500 rather than pass unchecked",
                  any(std::move(name), std::move(help)));
}

KindSchema trafficPolicyKind() {
    return kind(kGroup, "TrafficPolicy", {"v1alpha1"}, "Settings that attach to Gateways, listeners, routes or rules.",
                {required(object(
                    "spec", "Where it attaches, and what it sets.",
                    {list("targetRefs", "What it attaches to; absent leaves it to an ExtensionRef filter.",
                          object("", "One target of this namespace.",
                                 {required(groupOf("gateway.networking.k8s.io", "API group of the target.")),
                                  required(kindOf("HTTPRoute", "Gateway or HTTPRoute.")), nameOf("Name of the target."),
                                  sectionName("A listener of the Gateway, or a named rule of the route.")}),
                          1, 16),
                     notRun("it attaches to nothing here; name the targets instead",
                            list("targetSelectors", "Targets by label.",
                                 object("", "Objects with these labels.",
                                        {required(groupOf("", "API group.")), required(kindOf("", "Kind.")),
                                         required(map("matchLabels", "Labels.")), sectionName("Part of the target.")}),
                                 0, -1)),
                     aiPolicy(),
                     laterGuard("acl", "Who may call, by address."),
                     apiKeyAuthField(),
                     basicAuthField(),
                     jwtAuthField(),
                     laterGuard("oauth2", "Callers by login."),
                     rbacField(),
                     laterGuard("extAuth", "Asks a service whether a request may pass."),
                     later("extProc", "Sends requests through a service."),
                     rateLimitField(),
                     later("cors", "Which other origins may call."),
                     csrfField(),
                     later("headerModifiers", "Changes of headers."),
                     later("transformation", "Changes by template."),
                     later("timeouts", "Time limits."),
                     later("retry", "Further tries after a failure."),
                     later("buffer", "Limits on buffered bodies."),
                     later("autoHostRewrite", "Rewrites the Host header to the endpoint's."),
                     later("urlRewrite", "Changes of the path by pattern."),
                     later("compression", "Compression of bodies."),
                     faultInjectionField(),
                     later("internalRedirect", "Follows redirects here."),
                     later("statPrefix", "Name in statistics."),
                     later("tracing", "Sampling of traces."),
                     later("requestMirror", "Settings of mirrored requests.")}))});
}

KindSchema directResponseKind() {
    return kind(
        kGroup, "DirectResponse", {"v1alpha1"}, "An answer without a backend, used by an ExtensionRef filter.",
        {required(object(
            "spec", "The answer.",
            {required(integer("status", "Status code.", 200, 599)), sized(1, 4096, text("body", "Body of the answer.")),
             notRun("the body is not made from it", any("bodyFormat", "Body made from a template."))}))});
}

}  // namespace

std::vector<KindSchema> kgatewayKinds() {
    return {backendKind(), trafficPolicyKind(), gatewayExtensionKind(), directResponseKind(), backendConfigPolicyKind(), listenerPolicyKind(),
            httpListenerPolicyKind()};
}

}  // namespace gatehouse::config::table
