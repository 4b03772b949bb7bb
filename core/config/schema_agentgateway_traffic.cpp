// AgentgatewayPolicy.spec.traffic: what holds for requests before any backend.
#include "config/schema_agentgateway.h"

namespace gatehouse::config::table {
namespace {

constexpr char kNoEffect[] = "it has no effect here";
constexpr char kUnchecked[] = "requests on its routes answer 500 rather than pass unchecked";

FieldSpec later(std::string name, std::string help) {
    return notRun(kNoEffect, any(std::move(name), std::move(help)));
}
FieldSpec laterGuard(std::string name, std::string help) {
    return notRun(kUnchecked, any(std::move(name), std::move(help)));
}
FieldSpec mode(std::vector<std::string> values) {
    return byDefault("Strict", choice("mode", std::move(values), "Must every client show one?"));
}

FieldSpec headerChanges(std::string name, std::string help) {
    const auto change = [] {
        return object("", "One header.",
                      {required(sized(1, 256, as(FieldFormat::HeaderName, text("name", "Name of the header.")))),
                       required(sized(1, 4096, as(FieldFormat::HeaderValue, text("value", "Value of the header."))))});
    };
    return object(std::move(name), std::move(help),
                  {list("set", "Headers to replace or add.", change(), 0, 16), list("add", "Headers to append to.", change(), 0, 16),
                   list("remove", "Headers to take away.", text("", "Name of the header."), 0, 16)});
}

FieldSpec cors() {
    return object("cors", "Which pages of other sites may read answers.",
                  {list("allowOrigins", "Origins such as https://example.com.", text("", "An origin."), 0, 64),
                   list("allowMethods", "Methods.",
                        choice("", {"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "*"}, "A method."), 0, 9),
                   list("allowHeaders", "Headers that requests may carry.", text("", "Name of the header."), 0, 64),
                   list("exposeHeaders", "Headers of answers that pages may read.", text("", "Name of the header."), 0, 64),
                   flag("allowCredentials", "May they send cookies and the like?"),
                   byDefault("5", measured("s", integer("maxAge", "How long a browser may keep the answer.", 1, 2147483647)))});
}

FieldSpec extAuth() {
    return object("extAuth", "Asks a service whether a request may pass.",
                  {agentBackendRef("The service."), laterGuard("url", "Address of the service in place of backendRef."),
                   laterGuard("grpc", "It is asked over gRPC."),
                   object("http", "It is asked over HTTP.",
                          {list("allowedRequestHeaders", "Headers of the request that it sees too.", text("", "Name of the header."), 0, 64),
                           list("allowedResponseHeaders", "Headers of its answer that go on to the backend.", text("", "Name of the header."), 0, 64),
                           laterGuard("path", "CEL of the path that it is asked at."), laterGuard("body", "CEL of the body that it is sent."),
                           laterGuard("addRequestHeaders", "Headers that it is sent: name and CEL of the value."),
                           later("redirect", "CEL of where a refused client is sent to."),
                           later("responseMetadata", "What of its answer other policies may use.")}),
                   object("forwardBody", "The request's body is sent too.",
                          {required(field(FieldType::Quantity, "maxSize", "Longest body; longer ones are refused."))}),
                   byDefault("FailClosed", choice("failureMode", {"FailClosed", "FailOpen"}, "What happens when it does not answer.")),
                   later("cache", "Answers that are kept."), laterGuard("conditional", "Settings by condition.")});
}

FieldSpec rateLimit() {
    return object(
        "rateLimit", "How much may be asked in which time.",
        {list("local", "Limits that this gateway counts itself.",
              oneOf({"requests", "tokens"},
                    object("", "One limit.",
                           {integer("requests", "So many requests.", 1, 2147483647), integer("tokens", "So many tokens.", 1, 2147483647),
                            required(choice("unit", {"Hours", "Minutes", "Seconds"}, "In which time.")),
                            byDefault("0", integer("burst", "So many more at once.", 0, 2147483647))})),
              1, 16),
         notRun("only local limits are counted", any("global", "Limits that a service counts.")),
         notRun("no limit of it is counted", any("conditional", "Settings by condition."))});
}

FieldSpec apiKeys() {
    const auto selector = [](std::string name, std::string help) {
        return object(std::move(name), std::move(help), {required(map("matchLabels", "Labels that an object must carry, all of them."))});
    };
    return oneOf({"secretRef", "secretSelector", "configMapSelector"},
                 object("apiKeyAuthentication", "Clients show a key.",
                        {mode({"Optional", "Permissive", "Strict"}), agentSecretRef("secretRef", "Secret that holds the keys, one by entry.", false),
                         selector("secretSelector", "Secrets that hold keys, by their labels."),
                         selector("configMapSelector", "ConfigMaps that hold hashes of keys, by their labels."), agentLocation(true)}));
}

FieldSpec tokens() {
    return object(
        "jwtAuthentication", "Clients show a token (JWT).",
        {mode({"Optional", "Permissive", "Strict"}),
         required(keyed("issuer",
                        list("providers", "Who may have signed it.",
                             object("", "One issuer.",
                                    {required(sized(1, 256, text("issuer", "What the token's iss must say."))),
                                     list("audiences", "Of which the token's aud must have one.", text("", "An audience."), 1, 64),
                                     required(oneOf({"inline", "remote"},
                                                    object("jwks", "The keys of the issuer.",
                                                           {sized(2, 65536, text("inline", "The key set as JSON.")),
                                                            object("remote", "Where the key set is fetched.",
                                                                   {agentBackendRef("The service that has it."),
                                                                    sized(1, 1024, text("jwksPath", "Its path there.")),
                                                                    sized(1, 1024, text("url", "Its address, in place of backendRef.")),
                                                                    byDefault("5m", duration("cacheDuration", "How long it is kept."))})})))}),
                             1, 64))),
         agentLocation(true), notRun("it has no effect here", any("mcp", "Settings for the Model Context Protocol."))});
}

FieldSpec passwords() {
    return oneOf({"users", "secretRef"},
                 object("basicAuthentication", "Clients show a name and a password.",
                        {mode({"Optional", "Strict"}), text("realm", "What browsers show to those who are asked."),
                         list("users", "Lines as htpasswd writes them.", text("", "A line."), 1, 256),
                         agentSecretRef("secretRef", "Secret that holds such lines.", true), agentLocation(true)}));
}

FieldSpec authorization() {
    return object("authorization", "Which requests may pass, by CEL.",
                  {byDefault("Allow", choice("action", {"Allow", "Deny", "Require"}, "What comes of a rule that fits.")),
                   required(object("policy", "The rules.",
                                   {required(list("matchExpressions", "CEL; of Allow and Deny one must be true, of Require all.",
                                                  sized(1, 16384, text("", "An expression.")), 1, 256))}))});
}

FieldSpec directResponse() {
    return object("directResponse", "An answer without a backend.",
                  {integer("status", "Status code.", 200, 599), sized(1, 4096, text("body", "Body of the answer.")),
                   list("headers", "Headers of the answer.",
                        object("", "One header.",
                               {required(sized(1, 256, as(FieldFormat::HeaderName, text("name", "Name of the header.")))),
                                required(sized(1, 16384, text("value", "Value of the header.")))}),
                        1, 16),
                   notRun("requests on its routes answer 500", any("bodyExpression", "CEL of the body.")),
                   notRun("requests on its routes answer 500", any("conditional", "Settings by condition."))});
}

}  // namespace

FieldSpec trafficSettings() {
    return object(
        "traffic", "What holds for requests.",
        {byDefault("PostRouting", choice("phase", {"PostRouting", "PreRouting"}, "After the route is found, or before it.")),
         object("timeouts", "Times.", {duration("request", "Longest time of a whole request.")}),
         object("retry", "Further tries.",
                {integer("attempts", "Further tries after the first.", 1, 2147483647), duration("backoff", "Least wait before the next try."),
                 list("codes", "Statuses after which it is tried again.", integer("", "A status.", 400, 599), 0, -1),
                 later("condition", "CEL of answers after which it is tried again."),
                 later("precondition", "CEL of requests that are tried again.")}),
         cors(),
         object("headerModifiers", "Changes of headers.", {headerChanges("request", "Of requests."), headerChanges("response", "Of answers.")}),
         object("hostRewrite", "Host that backends see.",
                {required(choice("mode", {"Auto", "None"}, "The backend's own name, or the client's."))}),
         directResponse(), extAuth(), rateLimit(), apiKeys(), tokens(), authorization(),
         passwords(), object("csrf", "Refuses requests that change something and come from another site's pages.",
                            {list("additionalOrigins", "Further origins such as https://example.com whose pages may call.", sized(1, 256, text("", "An origin.")), 1, 16)}),
         later("extProc", "A service that changes messages."), later("transformation", "Changes of messages by templates."),
         later("buffer", "Bodies that are held in memory."), object("delay", "Waits on purpose before the backend is asked.",
                {required(sized(1, 16384, text("duration", "How long, such as 2s; or CEL that makes a duration, or milliseconds, of the request.")))})});
}

}  // namespace gatehouse::config::table
