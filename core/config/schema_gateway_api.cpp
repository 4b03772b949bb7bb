// Gateway API v1.6.1, standard channel; experimental fields are accepted and marked as not run.
#include "config/schema_build.h"

namespace gatehouse::config::table {
namespace {

constexpr char kGroup[] = "gateway.networking.k8s.io";
const std::vector<std::string> kMethods{"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"};

FieldSpec secretRef(std::string name, std::string help) {
    return object(std::move(name), std::move(help),
                  {groupOf("", "API group of the referent; empty for core."), kindOf("Secret", "Kind of the referent."),
                   nameOf("Name of the referent."),
                   namespaceOf("Namespace of the referent; another than the own needs a ReferenceGrant.")});
}

FieldSpec parametersRef(bool clusterScoped) {
    std::vector<FieldSpec> fields{required(groupOf("", "API group of the parameters object.")),
                                  required(kindOf("", "Kind of the parameters object.")),
                                  nameOf("Name of the parameters object.")};
    if (clusterScoped) fields.push_back(namespaceOf("Namespace of the parameters object, where it has one."));
    return object("parametersRef", "Settings of the implementation, in a kind of its own.", std::move(fields));
}

FieldSpec caRefs() {
    return required(list("caCertificateRefs", "Objects that hold the trusted authorities.",
                         object("", "One reference.",
                                {required(groupOf("", "API group.")), required(kindOf("", "Kind, such as ConfigMap.")),
                                 nameOf("Name."), namespaceOf("Namespace.")}),
                         1, 16));
}

FieldSpec frontendTls(std::string name, std::string help) {
    return object(std::move(name), std::move(help),
                  {object("validation", "How client certificates are checked.",
                          {caRefs(), byDefault("AllowValidOnly",
                                               choice("mode", {"AllowValidOnly", "AllowInsecureFallback"},
                                                      "What happens to a client without a valid certificate."))})});
}

FieldSpec allowedRoutes() {
    return object("allowedRoutes", "Which routes may attach to this listener.",
                  {object("namespaces", "Namespaces whose routes may attach.",
                          {byDefault("Same", choice("from", {"All", "Selector", "Same"},
                                                    "Own namespace, all of them, or those with certain labels.")),
                           labelSelector("selector", "Labels of the namespaces, for Selector.")}),
                   list("kinds", "Kinds of routes; empty for all that the protocol allows.",
                        object("", "One kind.",
                               {groupOf(kGroup, "API group of the route kind."),
                                required(kindOf("", "The route kind, such as HTTPRoute."))}),
                        0, 8)});
}

FieldSpec listener() {
    return object(
        "", "One port, protocol and hostname that the Gateway answers on.",
        {required(sized(
             1, 253, as(FieldFormat::DnsSubdomain, text("name", "Name that routes and policies use as sectionName.")))),
         sized(1, 253,
               as(FieldFormat::Hostname,
                  text("hostname", "Only requests for this host; may start with *. ; absent means any host."))),
         required(port("port", "Port that clients connect to.")),
         required(choice("protocol", {"HTTP", "HTTPS", "TLS", "TCP", "UDP"}, "What clients speak on this port.")),
         object("tls", "Certificates, for HTTPS and TLS.",
                {byDefault("Terminate", choice("mode", {"Terminate", "Passthrough"},
                                               "Decrypt here, or pass the encrypted stream on.")),
                 list("certificateRefs", "Secrets with the certificates.",
                      secretRef("", "One Secret of type kubernetes.io/tls."), 0, 64),
                 sized(0, 16, map("options", "Settings of the implementation."))}),
         allowedRoutes()});
}

KindSchema gatewayKind() {
    return kind(
        kGroup, "Gateway", {"v1", "v1beta1"}, "Where traffic enters: a set of listeners.",
        {required(object(
            "spec", "The wished listeners.",
            {required(
                 sized(1, 253, text("gatewayClassName", "Which implementation runs it; Gatehouse runs every class."))),
             required(keyed("name", list("listeners", "Ports, protocols and hostnames.", listener(), 1, 64))),
             notRun("the embedded data plane listens on this machine",
                    list("addresses", "Addresses that the Gateway asks for.",
                         object("", "One address.",
                                {byDefault("IPAddress",
                                           sized(1, 253,
                                                 text("type",
                                                      "IPAddress, Hostname, NamedAddress or a domain-prefixed type."))),
                                 sized(0, 253, text("value", "The address; empty lets the implementation choose."))}),
                         0, 16)),
             notRun("ListenerSet is not run",
                    object("allowedListeners", "Which ListenerSets may add listeners.",
                           {object("namespaces", "Namespaces of the ListenerSets.",
                                   {byDefault("None",
                                              choice("from", {"All", "Selector", "Same", "None"}, "Which namespaces.")),
                                    labelSelector("selector", "Labels of the namespaces, for Selector.")})})),
             object("infrastructure", "Marks for what a cluster creates for this Gateway.",
                    {sized(0, 8, map("labels", "Labels to put on them.")),
                     sized(0, 16, map("annotations", "Annotations to put on them.")), parametersRef(false)}),
             notRun(
                 "client certificates are not checked",
                 object("tls", "TLS settings of the whole Gateway.",
                        {object("backend", "Towards backends.",
                                {secretRef("clientCertificateRef", "Certificate that the Gateway shows to backends.")}),
                         object("frontend", "From clients.",
                                {required(frontendTls("default", "For all ports without an own entry.")),
                                 list("perPort", "For single ports.",
                                      object("", "One port.",
                                             {required(port("port", "The port.")),
                                              required(frontendTls("tls", "Its settings."))}),
                                      0, 64)})})),
             notRun("default gateways are not computed",
                    choice("defaultScope", {"All", "None"},
                           "Experimental: routes that use this Gateway by default."))}))});
}

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
    return notRun(
        "rules with it answer 500",
        object("cors", "Which other origins may call, and how.",
               {list("allowOrigins", "Origins such as https://app.example.com, or * alone.",
                     sized(1, 253, text("", "An origin.")), 0, 64),
                flag("allowCredentials", "May browsers send cookies and credentials?"),
                list("allowMethods", "Methods that other origins may use.", text("", "A method, or * alone."), 0, 9),
                names("allowHeaders", "Headers that other origins may send."),
                names("exposeHeaders", "Headers of the answer that scripts may read."),
                measured("s", byDefault("5", integer("maxAge", "How long browsers keep the preflight answer.", 1,
                                                     2147483647)))}));
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
             notRun("rules with it answer 500",
                    object("requestMirror", "Sends a copy of requests to another backend, whose answers are dropped.",
                           {simpleBackendRef(), integer("percent", "Share of requests to copy.", 0, 100),
                            object("fraction", "Share of requests to copy, as a fraction.",
                                   {required(integer("numerator", "Upper number.", 0, 2147483647)),
                                    byDefault("100", integer("denominator", "Lower number.", 1, 2147483647))})})),
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
             object("extensionRef",
                    "Applies an object of another kind: a TrafficPolicy or a DirectResponse of this namespace.",
                    {required(groupOf("", "API group of the referent.")), required(kindOf("", "Kind of the referent.")),
                     nameOf("Name of the referent.")}),
             corsFilter(),
             notRun("rules with it answer 500",
                    open(object("externalAuth", "Experimental: asks a service whether a request may pass.", {})))}));
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

FieldSpec backendRef() {
    return object(
        "", "Where requests go, and how many of them.",
        {groupOf("", "API group of the backend; empty for core."),
         kindOf("Service", "Service, InferencePool or Backend."), nameOf("Name of the backend."),
         namespaceOf("Namespace of the backend; another than the own needs a ReferenceGrant."),
         port("port", "Port of the Service; needed for a Service."),
         byDefault("1", integer("weight", "Share of requests, relative to its siblings; 0 means none.", 0, 1000000)),
         list("filters", "Steps for requests that go to this backend alone.", filter(), 0, 16)});
}

FieldSpec parentRefs() {
    return list("parentRefs", "Gateways that this route attaches to.",
                object("", "One Gateway, whole or one listener of it.",
                       {groupOf(kGroup, "API group of the parent."), kindOf("Gateway", "Kind of the parent."),
                        namespaceOf("Namespace of the parent; absent means the own."), nameOf("Name of the parent."),
                        sectionName("Only the listener of this name."), port("port", "Only listeners on this port.")}),
                0, 32);
}

FieldSpec routeRule() {
    return object(
        "", "Matches, and what happens to requests that match.",
        {sized(1, 253,
               as(FieldFormat::DnsSubdomain, text("name", "Name that policies can point at; unique in the route."))),
         list("matches", "Any of these must hold; absent matches every request.", routeMatch(), 0, 64),
         list("filters", "Steps for every request of this rule, in order.", filter(), 0, 16),
         list("backendRefs", "Backends and their shares.", backendRef(), 0, 16),
         object("timeouts", "Time limits.",
                {duration("request", "For the whole request, retries included; 0s for none."),
                 duration("backendRequest", "For one try at a backend; 0s for none.")}),
         notRun("requests are tried once",
                object("retry", "Experimental: further tries after a failure.",
                       {list("codes", "Status codes to try again on.", integer("", "A status code.", 400, 599), 0, -1),
                        integer("attempts", "Further tries after the first.", 1, 2147483647),
                        duration("backoff", "Least wait between tries.")})),
         notRun("requests of one client are spread freely",
                object("sessionPersistence", "Experimental: keeps a client on one endpoint.",
                       {sized(0, 128, text("sessionName", "Name of the cookie or header.")),
                        duration("absoluteTimeout", "Longest life of a session."),
                        byDefault("Cookie", choice("type", {"Cookie", "Header"}, "What carries the session.")),
                        object("cookieConfig", "Settings of the cookie.",
                               {byDefault("Session", choice("lifetimeType", {"Permanent", "Session"},
                                                            "Does the cookie outlive the browser?"))})}))});
}

KindSchema httpRouteKind() {
    return kind(
        kGroup, "HTTPRoute", {"v1", "v1beta1"}, "Which requests go to which backends.",
        {required(object(
            "spec", "The wished routing.",
            {parentRefs(),
             list("hostnames", "Only requests for these hosts; absent takes the listener's.",
                  sized(1, 253, as(FieldFormat::Hostname, text("", "A host; may start with *. ."))), 0, 16),
             list("rules", "Rules; the most specific match over all routes wins.", routeRule(), 1, 16),
             notRun("default gateways are not computed",
                    choice("useDefaultGateways", {"All", "None"}, "Experimental: attach to default Gateways."))}))});
}

KindSchema gatewayClassKind() {
    auto schema = kind(
        kGroup, "GatewayClass", {"v1", "v1beta1"}, "An implementation that runs Gateways.",
        {required(object("spec", "The implementation.",
                         {required(sized(1, 253, text("controllerName", "Domain-prefixed name of the controller."))),
                          sized(0, 64, text("description", "A few words for people.")), parametersRef(true)}))});
    schema.namespaced = false;
    return schema;
}

KindSchema referenceGrantKind() {
    return kind(kGroup, "ReferenceGrant", {"v1beta1", "v1"},
                "Lets objects of other namespaces refer to objects of this one.",
                {required(object(
                    "spec", "Who may refer to what.",
                    {required(list("from", "Who may refer.",
                                   object("", "One kind in one namespace.",
                                          {required(groupOf("", "API group of the referrer.")),
                                           required(kindOf("", "Kind of the referrer.")),
                                           required(namespaceOf("Namespace of the referrer."))}),
                                   1, 16)),
                     required(list("to", "What may be referred to.",
                                   object("", "One kind, or one object.",
                                          {required(groupOf("", "API group of the referent; empty for core.")),
                                           required(kindOf("", "Kind of the referent.")),
                                           sized(1, 253, text("name", "One object; absent means all of the kind."))}),
                                   1, 16))}))});
}

}  // namespace

std::vector<KindSchema> gatewayApiKinds() {
    return {gatewayClassKind(), gatewayKind(), httpRouteKind(), referenceGrantKind()};
}

}  // namespace gatehouse::config::table
