// kgateway's ListenerPolicy and HTTPListenerPolicy (gateway.kgateway.dev/v1alpha1), up to 2.4.
#include "config/schema_build.h"

namespace gatehouse::config::table {
namespace {

constexpr char kGroup[] = "gateway.kgateway.dev";
constexpr std::int64_t kInt32 = 2147483647;

FieldSpec count(std::string name, std::string help, std::int64_t minimum = 0) {
    return integer(std::move(name), std::move(help), minimum, kInt32);
}

std::vector<FieldSpec> targetFields(bool named, bool sections) {
    std::vector<FieldSpec> fields{required(groupOf("gateway.networking.k8s.io", "API group of the target.")),
                                  required(kindOf("Gateway", "Gateway; nothing else is a target."))};
    if (named) fields.push_back(nameOf("Name of the Gateway."));
    else fields.push_back(required(map("matchLabels", "Labels, all of them.")));
    if (sections) fields.push_back(sectionName("One listener of the Gateway; without it all of them."));
    return fields;
}

FieldSpec headerValues(const char* name, const char* help) {
    return list(name, help,
                object("", "One header.",
                       {required(sized(1, 256, as(FieldFormat::HeaderName, text("name", "Its name.")))),
                        required(sized(1, 4096, text("value", "Its value.")))}),
                0, 16);
}

FieldSpec accessLog() {
    return list(
        "accessLog", "A line for every request that has ended.",
        object("", "One log.",
               {object("fileSink", "Lines in a file of the gateway.",
                       {required(text("path", "/dev/stdout or /dev/stderr.")),
                        text("stringFormat", "The line, with %OPERATORS% of Envoy in it."),
                        any("jsonFormat", "A JSON object whose values hold %OPERATORS% of Envoy.")}),
                notRun("requests are logged without being sifted", any("filter", "Which requests are logged.")),
                notRun("nothing is sent; use fileSink", any("grpcService", "A service that is sent each line.")),
                notRun("nothing is sent; use fileSink", any("openTelemetry", "An OpenTelemetry collector that is sent each line."))}),
        0, 16);
}

std::vector<FieldSpec> httpFields() {
    return {
        flag("useRemoteAddress",
             "Whether the peer is the client, or a proxy whose X-Forwarded-For is believed and not added to."),
        measured("proxies", count("xffNumTrustedHops", "How many proxies in front are believed in X-Forwarded-For.")),
        list("xffTrustedCIDRs", "Proxies that are believed in X-Forwarded-For, as networks; only where useRemoteAddress is false.",
             text("", "A network such as 10.0.0.0/8."), 1, -1),
        flag("skipXFFAppend", "Does not add the peer to X-Forwarded-For."),
        duration("idleTimeout", "Closes a connection without a request after this time; 0s for never."),
        duration("streamIdleTimeout", "Ends a request on which nothing moves for this time; 0s for never."),
        measured("KiB", integer("maxRequestHeadersKb", "Largest head of a request; 431 beyond.", 1, 8192)),
        count("maxHeadersCount", "Most fields of a request's head; 431 beyond.", 1),
        count("maxRequestsPerConnection", "Requests after which a connection is closed; 0 for any number."),
        object("http2ProtocolOptions", "Settings of HTTP/2.",
               {count("maxConcurrentStreams", "Requests of a connection at a time.", 1),
                field(FieldType::Quantity, "initialStreamWindowSize", "Bytes of a request's body that may wait to be read."),
                field(FieldType::Quantity, "initialConnectionWindowSize", "The same of all requests of a connection."),
                notRun("CONNECT over HTTP/2 is as without it", flag("allowConnect", "Permits CONNECT."))}),
        choice("serverHeaderTransformation", {"Overwrite", "AppendIfAbsent", "PassThrough"},
               "What becomes of the Server header of answers."),
        sized(1, -1, text("serverName", "The name in the Server header; gatehouse where it is not said.")),
        object("healthCheck", "A path that the gateway itself answers.",
               {required(sized(0, 2048, text("path", "Answered 200 without a route.")))}),
        flag("preserveHttp1HeaderCase", "Keeps the case of HTTP/1 header names; it is always kept here."),
        flag("acceptHttp10", "Takes HTTP/1.0 requests; where it is false they are answered 426."),
        sized(1, -1, text("defaultHostForHttp10", "The host of HTTP/1.0 requests that name none.")),
        object("earlyRequestHeaderModifier", "Changes request headers before a route is looked for.",
               {headerValues("set", "Replaced or added."), headerValues("add", "Added."),
                list("remove", "Taken away.", text("", "A header's name."), 0, 16)}),
        choice("stripHostPortMode", {"MatchingPort", "AnyPort"}, "Takes the port out of the Host header."),
        flag("generateRequestId", "Gives requests without x-request-id one."),
        flag("preserveExternalRequestId", "Keeps the client's x-request-id."),
        notRun("there is no tracing that it could steer",
               object("uuidRequestIdConfig", "What the request id says to tracing.",
                      {flag("packTraceReason", "Notes in the id why the request is traced."),
                       flag("useRequestIdForTraceSampling", "Samples by the id.")})),
        accessLog(),
        notRun("no spans are sent", any("tracing", "Spans of requests, for OpenTelemetry.")),
        object("upgradeConfig", "Protocols that requests may change to.",
               {list("enabledUpgrades", "WebSocket is always served.", text("", "A protocol, such as websocket."), 1, -1)}),
        object("forwardClientCertDetails", "What upstreams are told of the client's certificate.",
               {choice("mode", {"Sanitize", "ForwardOnly", "AppendForward", "SanitizeSet", "AlwaysForwardOnly"},
                       "Sanitize: nothing, and what clients say is dropped. That is what is done."),
                notRun("nothing of the certificate is told", any("details", "Parts of the certificate that are told."))}),
        notRun("local answers keep their form", any("localReplies", "Changes what the gateway answers by itself.")),
    };
}

std::vector<FieldSpec> listenerFields(bool isDefault) {
    std::vector<FieldSpec> fields{
        object("proxyProtocol", "Connections begin with a PROXY header, which tells the client's address.",
               {flag("allowRequestsWithoutProxyProtocol", "Serves connections without one, too.")}),
        measured("bytes", count("perConnectionBufferLimitBytes", "Copy of a request's body that is kept for further tries.")),
        object("tcpKeepalive", "Probes of idle connections by the system.",
               {count("keepAliveProbes", "Probes without an answer after which it is closed."),
                duration("keepAliveTime", "Idle time before the first."), duration("keepAliveInterval", "Time between them.")}),
        duration("transportSocketConnectTimeout", "For the TLS handshake."),
        object("httpSettings", "How HTTP is spoken.", httpFields())};
    if (isDefault)
        fields.push_back(object(
            "clientCertificateValidation", "Certificates of clients on HTTPS listeners.",
            {required(choice("mode", {"Require", "Optional"}, "Whether a client must show one; one that is shown must hold.")),
             required(list("caCertificateRefs", "Authorities that it is checked against.",
                           object("", "A ConfigMap or Secret with ca.crt.",
                                  {required(groupOf("", "API group; empty for a ConfigMap.")),
                                   required(kindOf("ConfigMap", "ConfigMap or Secret.")), nameOf("Its name."),
                                   namespaceOf("Its namespace; the Gateway's where it is not said.")}),
                           1, 8))}));
    return fields;
}

std::vector<FieldSpec> targets(bool sections) {
    return {list("targetRefs", "Gateways that it attaches to.", object("", "One Gateway of this namespace.", targetFields(true, sections)), 1, 16),
            list("targetSelectors", "Gateways by label.", object("", "Gateways with these labels.", targetFields(false, sections)), 0, -1)};
}

}  // namespace

KindSchema listenerPolicyKind() {
    auto spec = targets(true);
    spec.push_back(object("default", "Settings of every listener whose port has none of its own.", listenerFields(true)));
    spec.push_back(keyed("port", list("perPort", "Settings of single ports, instead of the default ones.",
                                      object("", "One port.",
                                             {required(port("port", "Port of listeners.")),
                                              required(object("listener", "Its settings.", listenerFields(false)))}),
                                      0, 64)));
    return kind(kGroup, "ListenerPolicy", {"v1alpha1"}, "How a Gateway's listeners treat connections and requests.",
                {required(object("spec", "Where it attaches, and what it sets.", std::move(spec)))});
}

KindSchema httpListenerPolicyKind() {
    auto spec = targets(false);
    for (auto& field : httpFields()) spec.push_back(std::move(field));
    return kind(kGroup, "HTTPListenerPolicy", {"v1alpha1"},
                "How a Gateway's listeners speak HTTP: the older form of ListenerPolicy.",
                {required(object("spec", "Where it attaches, and what it sets.", std::move(spec)))});
}

}  // namespace gatehouse::config::table
