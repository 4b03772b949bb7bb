// Gateway API v1.6.1: HTTPRoute, GRPCRoute and TLSRoute, with the fields of the experimental channel.
#include "config/schema_build.h"

namespace gatehouse::config::table {
namespace {

constexpr char kGroup[] = "gateway.networking.k8s.io";
const std::vector<std::string> kMethods{"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"};

FieldSpec headerChanges(std::string name, std::string help) {
    const auto change = [] {
        return object(
            "", "One header.",
            {required(sized(1, 256, as(FieldFormat::HeaderName, text("name", "Header name; case does not matter.")))),
             required(sized(1, 4096, as(FieldFormat::HeaderValue, text("value", "Its value."))))});
    };
    return object(std::move(name), std::move(help),
                  {keyed("name", list("set", "Headers to write, in place of any value they had.", change(), 0, 16)),
                   keyed("name", list("add", "Headers to append, beside any value they have.", change(), 0, 16)),
                   list("remove", "Names of headers to drop.", text("", "Header name."), 0, 16)});
}

FieldSpec pathModifier() {
    return oneOf({"replaceFullPath", "replacePrefixMatch"},
                 object("path", "A new path.",
                        {required(choice("type", {"ReplaceFullPath", "ReplacePrefixMatch"},
                                         "Replace the whole path, or only the matched prefix.")),
                         sized(0, 1024, text("replaceFullPath", "The new path.")),
                         sized(0, 1024, text("replacePrefixMatch", "What stands in place of the matched prefix."))}));
}

FieldSpec simpleBackendRef() {
    return required(object("backendRef", "Where to send it.",
                           {groupOf("", "API group of the backend; empty for core."),
                            kindOf("Service", "Kind of the backend."), nameOf("Name of the backend."),
                            namespaceOf("Namespace of the backend; another than the own needs a ReferenceGrant."),
                            port("port", "Port of the Service.")}));
}

FieldSpec corsFilter() {
    const auto names = [](std::string name, std::string help) {
        return list(std::move(name), std::move(help),
                    sized(1, 256, as(FieldFormat::HeaderName, text("", "Header name, or * alone."))), 0, 64);
    };
    return object(
        "cors", "Which other origins may call, and how.",
        {list("allowOrigins", "Origins such as https://app.example.com, or * alone.",
              sized(1, 253, text("", "An origin.")), 0, 64),
         flag("allowCredentials", "May browsers send cookies and credentials?"),
         list("allowMethods", "Methods that other origins may use.", text("", "A method, or * alone."), 0, 9),
         names("allowHeaders", "Headers that other origins may send."),
         names("exposeHeaders", "Headers of the answer that scripts may read."),
         measured("s", byDefault("5", integer("maxAge", "How long browsers keep the preflight answer.", 1, 2147483647)))});
}

FieldSpec mirrorFilter() {
    return object("requestMirror", "Sends a copy of requests to another backend, whose answers are dropped.",
                  {simpleBackendRef(), integer("percent", "Share of requests to copy.", 0, 100),
                   object("fraction", "Share of requests to copy, as a fraction.",
                          {required(integer("numerator", "Upper number.", 0, 2147483647)),
                           byDefault("100", integer("denominator", "Lower number.", 1, 2147483647))})});
}

FieldSpec externalAuthFilter() {
    const auto headers = [](std::string name, std::string help) {
        return list(std::move(name), std::move(help),
                    sized(1, 256, as(FieldFormat::HeaderName, text("", "Header name."))), 0, 64);
    };
    return object(
        "externalAuth", "Experimental: asks a service whether a request may pass; without its yes it does not.",
        {required(choice("protocol", {"HTTP", "GRPC"}, "What the service speaks.")), simpleBackendRef(),
         object("http", "Settings for HTTP.",
                {text("path", "Put before the path of the request when the service is asked."),
                 headers("allowedHeaders", "Headers of the request that the service sees beside the usual ones."),
                 headers("allowedResponseHeaders", "Headers of the service's answer that go on to the backend.")}),
         notRun("rules with it answer 500",
                object("grpc", "Settings for GRPC.",
                       {headers("allowedHeaders", "Headers of the request that the service sees.")})),
         object("forwardBody", "Lets the service see the body.",
                {measured("bytes", integer("maxSize", "Longest body that is shown to it; 0 shows none.", 0, 65535))})});
}

FieldSpec extensionRef() {
    return object("extensionRef",
                  "Applies an object of another kind: a TrafficPolicy or a DirectResponse of this namespace.",
                  {required(groupOf("", "API group of the referent.")), required(kindOf("", "Kind of the referent.")),
                   nameOf("Name of the referent.")});
}

FieldSpec filter() {
    return oneOf(
        {"requestHeaderModifier", "responseHeaderModifier", "requestMirror", "requestRedirect", "urlRewrite",
         "extensionRef", "cors", "externalAuth"},
        object(
            "", "One step between the match and the backend.",
            {required(choice("type",
                             {"RequestHeaderModifier", "ResponseHeaderModifier", "RequestMirror", "RequestRedirect",
                              "URLRewrite", "ExtensionRef", "CORS", "ExternalAuth"},
                             "What the step does; the member of the same name holds its settings.")),
             headerChanges("requestHeaderModifier", "Changes of the request's headers."),
             headerChanges("responseHeaderModifier", "Changes of the answer's headers."),
             mirrorFilter(),
             object(
                 "requestRedirect", "Answers with a redirect; the request goes to no backend.",
                 {choice("scheme", {"http", "https"}, "Scheme of the new address; absent keeps the request's."),
                  sized(1, 253,
                        as(FieldFormat::PreciseHostname,
                           text("hostname", "Host of the new address; absent keeps the request's."))),
                  pathModifier(), port("port", "Port of the new address; absent follows the scheme or the listener."),
                  byDefault("302",
                            [] {
                                auto code = integer("statusCode", "Status of the answer.", 301, 308);
                                code.enumValues = {"301", "302", "303", "307", "308"};
                                return code;
                            }())}),
             object("urlRewrite", "Changes host or path before the request is forwarded.",
                    {sized(1, 253,
                           as(FieldFormat::PreciseHostname, text("hostname", "Host header that the backend sees."))),
                     pathModifier()}),
             extensionRef(), corsFilter(), externalAuthFilter()}));
}

FieldSpec grpcFilter() {
    return oneOf(
        {"requestHeaderModifier", "responseHeaderModifier", "requestMirror", "extensionRef"},
        object("", "One step between the match and the backend.",
               {required(choice("type",
                                {"RequestHeaderModifier", "ResponseHeaderModifier", "RequestMirror", "ExtensionRef"},
                                "What the step does; the member of the same name holds its settings.")),
                headerChanges("requestHeaderModifier", "Changes of the request's headers."),
                headerChanges("responseHeaderModifier", "Changes of the answer's headers."), mirrorFilter(),
                extensionRef()}));
}

FieldSpec valueMatch(std::string name, std::string help, std::int64_t longest, bool header) {
    auto value =
        required(sized(1, longest, text("value", "Value to compare with, exact or as a regular expression (RE2).")));
    if (header) value.format = FieldFormat::HeaderValue;
    return keyed(
        "name",
        list(std::move(name), std::move(help),
             object(
                 "", "One condition.",
                 {byDefault("Exact", choice("type", {"Exact", "RegularExpression"}, "How the value is compared.")),
                  required(sized(1, 256,
                                 as(FieldFormat::HeaderName, text("name", header ? "Header name; case does not matter."
                                                                                 : "Parameter name; case matters.")))),
                  std::move(value)}),
             0, 16));
}

FieldSpec routeMatch() {
    return object(
        "", "Conditions that must all hold.",
        {object(
             "path", "Condition on the path.",
             {byDefault("PathPrefix",
                        choice("type", {"Exact", "PathPrefix", "RegularExpression"},
                               "Whole path, path elements from the start, or a regular expression (RE2).")),
              byDefault("/", sized(0, 1024, as(FieldFormat::HttpPathValue, text("value", "Path to compare with."))))}),
         valueMatch("headers", "Conditions on headers.", 4096, true),
         valueMatch("queryParams", "Conditions on query parameters.", 1024, false),
         choice("method", kMethods, "Only this method; absent means any.")});
}

/// `step`: the element of its filters.
FieldSpec backendRef(FieldSpec step) {
    return object(
        "", "Where requests go, and how many of them.",
        {groupOf("", "API group of the backend; empty for core."),
         kindOf("Service", "Service, InferencePool or Backend."), nameOf("Name of the backend."),
         namespaceOf("Namespace of the backend; another than the own needs a ReferenceGrant."),
         port("port", "Port of the Service; needed for a Service."),
         byDefault("1", integer("weight", "Share of requests, relative to its siblings; 0 means none.", 0, 1000000)),
         list("filters", "Steps for requests that go to this backend alone.", std::move(step), 0, 16)});
}

FieldSpec tlsBackendRef() {
    auto spec = backendRef(filter());
    spec.fields.pop_back();  // Encrypted streams have no steps.
    return spec;
}

FieldSpec parentRefs() {
    return list("parentRefs", "Gateways and ListenerSets that this route attaches to.",
                object("", "One of them, whole or one listener of it.",
                       {groupOf(kGroup, "API group of the parent."), kindOf("Gateway", "Gateway or ListenerSet."),
                        namespaceOf("Namespace of the parent; absent means the own."), nameOf("Name of the parent."),
                        sectionName("Only the listener of this name."), port("port", "Only listeners on this port.")}),
                0, 32);
}

FieldSpec hostnames(std::int64_t least, std::int64_t most, std::string help) {
    return list("hostnames", std::move(help),
                sized(1, 253, as(FieldFormat::Hostname, text("", "A host; may start with *. ."))), least, most);
}

FieldSpec useDefaultGateways() {
    return notRun("default gateways are not computed",
                  choice("useDefaultGateways", {"All", "None"}, "Experimental: attach to default Gateways."));
}

FieldSpec ruleName() {
    return sized(1, 253,
                 as(FieldFormat::DnsSubdomain, text("name", "Name that policies can point at; unique in the route.")));
}

FieldSpec sessionPersistence() {
    return object("sessionPersistence", "Experimental: keeps a client on one endpoint.",
                  {sized(0, 128, text("sessionName", "Name of the cookie or header.")),
                   duration("absoluteTimeout", "Longest life of a session."),
                   byDefault("Cookie", choice("type", {"Cookie", "Header"}, "What carries the session.")),
                   object("cookieConfig", "Settings of the cookie.",
                          {byDefault("Session", choice("lifetimeType", {"Permanent", "Session"},
                                                       "Does the cookie outlive the browser?"))})});
}

FieldSpec routeRule() {
    return object(
        "", "Matches, and what happens to requests that match.",
        {ruleName(),
         list("matches", "Any of these must hold; absent matches every request.", routeMatch(), 0, 64),
         list("filters", "Steps for every request of this rule, in order.", filter(), 0, 16),
         list("backendRefs", "Backends and their shares.", backendRef(filter()), 0, 16),
         object("timeouts", "Time limits.",
                {duration("request", "For the whole request, retries included; 0s for none."),
                 duration("backendRequest", "For one try at a backend; 0s for none.")}),
         object("retry", "Experimental: further tries after a failure.",
                {list("codes", "Status codes to try again on.", integer("", "A status code.", 400, 599), 0, -1),
                 integer("attempts", "Further tries after the first.", 1, 2147483647),
                 duration("backoff", "Least wait between tries.")}),
         sessionPersistence()});
}

KindSchema httpRouteKind() {
    return kind(kGroup, "HTTPRoute", {"v1", "v1beta1"}, "Which requests go to which backends.",
                {required(object(
                    "spec", "The wished routing.",
                    {parentRefs(), hostnames(0, 16, "Only requests for these hosts; absent takes the listener's."),
                     list("rules", "Rules; the most specific match over all routes wins.", routeRule(), 1, 16),
                     useDefaultGateways()}))});
}

FieldSpec grpcMatch() {
    return object(
        "", "Conditions that must all hold.",
        {object("method", "Condition on the called method; service, method or both.",
                {byDefault("Exact", choice("type", {"Exact", "RegularExpression"},
                                           "How both names are compared, exact or as a regular expression (RE2).")),
                 sized(0, 1024, text("service", "Name of the service, with its package.")),
                 sized(0, 1024, text("method", "Name of the method."))}),
         valueMatch("headers", "Conditions on headers.", 4096, true)});
}

KindSchema grpcRouteKind() {
    auto rule = object(
        "", "Matches, and what happens to calls that match.",
        {ruleName(), list("matches", "Any of these must hold; absent matches every call.", grpcMatch(), 0, 64),
         list("filters", "Steps for every call of this rule, in order.", grpcFilter(), 0, 16),
         list("backendRefs", "Backends and their shares.", backendRef(grpcFilter()), 0, 16), sessionPersistence()});
    return kind(kGroup, "GRPCRoute", {"v1"}, "Which gRPC calls go to which backends.",
                {required(object(
                    "spec", "The wished routing.",
                    {parentRefs(), hostnames(0, 16, "Only calls for these hosts; absent takes the listener's."),
                     list("rules", "Rules; the most specific match over all routes wins.", std::move(rule), 0, 16),
                     useDefaultGateways()}))});
}

KindSchema tlsRouteKind() {
    auto rule = object("", "Where the connections go.",
                       {ruleName(), required(list("backendRefs", "Backends and their shares.", tlsBackendRef(), 1, 16))});
    return kind(
        kGroup, "TLSRoute", {"v1", "v1alpha3", "v1alpha2"}, "Which TLS connections go to which backends, by server name.",
        {required(object(
            "spec", "The wished routing.",
            {parentRefs(), required(hostnames(1, 1024, "Server names (SNI) of the connections.")),
             required(list("rules", "The rule; there is one.", std::move(rule), 1, 1)), useDefaultGateways()}))});
}

}  // namespace

std::vector<KindSchema> routeKinds() {
    return {httpRouteKind(), grpcRouteKind(), tlsRouteKind()};
}

}  // namespace gatehouse::config::table
