// kgateway's BackendConfigPolicy (gateway.kgateway.dev/v1alpha1), up to 2.4.
#include "config/schema_build.h"

namespace gatehouse::config::table {
namespace {

constexpr char kGroup[] = "gateway.kgateway.dev";
constexpr std::int64_t kInt32 = 2147483647;

FieldSpec count(std::string name, std::string help, std::int64_t minimum = 0) {
    return integer(std::move(name), std::move(help), minimum, kInt32);
}
FieldSpec percent(std::string name, std::string help) {
    return measured("%", integer(std::move(name), std::move(help), 0, 100));
}
FieldSpec later(FieldSpec spec) {
    return notRun("it has no effect here", std::move(spec));
}

std::vector<FieldSpec> targetFields(bool named) {
    std::vector<FieldSpec> fields{groupOf("", "API group of the target; empty for a Service."),
                                  required(kindOf("Service", "Service or Backend."))};
    if (named) fields.push_back(nameOf("Name of the target."));
    else fields.push_back(required(map("matchLabels", "Labels, all of them.")));
    return fields;
}

FieldSpec slowStart() {
    return object("slowStart", "Lets a new endpoint take a growing share of its turns.",
                  {duration("window", "How long it takes until the endpoint takes all of them."),
                   byDefault("1.0", text("aggression", "Above 1 grows faster at first; below 1 slower. A number in quotes.")),
                   byDefault("10", percent("minWeightPercent", "Least share, from the start on."))});
}

FieldSpec loadBalancer() {
    return oneOf({"leastRequest", "roundRobin", "ringHash", "maglev", "random"},
                 object("loadBalancer", "How the next endpoint is chosen.",
                        {object("leastRequest", "The one with the fewest requests in flight among some drawn at random.",
                                {byDefault("2", count("choiceCount", "How many are drawn.")), slowStart()}),
                         object("roundRobin", "Each in turn.", {slowStart()}),
                         notRun("the endpoint with the fewest requests is chosen", any("ringHash", "By a hash of the request.")),
                         notRun("the endpoint with the fewest requests is chosen", any("maglev", "By a hash of the request.")),
                         object("random", "Any.", {}),
                         percent("healthyPanicThreshold",
                                 "Fewer endpoints than this share in: those that are out are used all the same."),
                         later(duration("updateMergeWindow", "Waits for further changes of endpoints.")),
                         later(choice("localityType", {"WeightedLb"}, "Weights of zones.")),
                         later(any("zoneAware", "Prefers endpoints in the same zone.")),
                         later(flag("closeConnectionsOnHostSetChange", "Drains connections when endpoints change."))}));
}

FieldSpec outlierDetection() {
    return object(
        "outlierDetection", "Takes endpoints that fail out for a while.",
        {byDefault("5", count("consecutive5xx", "Answers of 5xx, and failures to answer, in a row; 0 for off.")),
         byDefault("100", percent("enforcingConsecutive5xx", "Share of the occasions that are acted on.")),
         byDefault("false", flag("splitExternalLocalOriginErrors", "Counts failures to answer apart from answers of 5xx.")),
         byDefault("5", count("consecutiveLocalOriginFailure", "Failures to answer in a row, where they are counted apart.")),
         byDefault("100", percent("enforcingConsecutiveLocalOriginFailure", "Share of the occasions that are acted on.")),
         byDefault("10s", duration("interval", "Each one spent in shortens the next time out by one step.")),
         byDefault("30s", duration("baseEjectionTime", "How long it is out, times the number of ejections before.")),
         byDefault("10", percent("maxEjectionPercent", "Most endpoints that may be out at a time; one may always be."))});
}

FieldSpec connections() {
    return object("circuitBreakers", "Most that may be under way; further requests are answered 503.",
                  {count("maxConnections", "Connections to the backend.", 1),
                   count("maxPendingRequests", "Requests that wait for one.", 1),
                   count("maxRequests", "Requests at a time.", 1), later(count("maxRetries", "Further tries at a time.")),
                   later(flag("trackRemaining", "Shows how much is left in the statistics."))});
}

FieldSpec common() {
    return object("commonHttpProtocolOptions", "Connections to the backend, whatever the version of HTTP.",
                  {duration("idleTimeout", "Closes a connection without a request after this time; 0s for never."),
                   later(duration("maxConnectionDuration", "Longest life of a connection.")),
                   later(count("maxHeadersCount", "Most header fields of an answer.")),
                   later(duration("maxStreamDuration", "Longest life of a request.")),
                   count("maxRequestsPerConnection", "Requests after which a connection is closed; 0 for any number.")});
}

FieldSpec tls() {
    const auto file = [](const char* name, const char* help) { return sized(1, -1, text(name, help)); };
    return object(
        "tls", "TLS with the backend. A BackendTLSPolicy of the backend wins over it.",
        {object("secretRef", "Secret with ca.crt, and with tls.crt and tls.key to be shown to the backend.",
                {nameOf("Name of a Secret of this namespace.")}),
         notRun("requests to the backend answer 503, for TLS must not be left out",
                object("files", "Files on the proxy.", {file("tlsCertificate", "Certificate."), file("tlsKey", "Key."),
                                                        file("rootCA", "Authorities.")})),
         flag("insecureSkipVerify", "Believes any certificate."),
         choice("wellKnownCACertificates", {"System"}, "Checks against the system's authorities."),
         sized(1, -1, text("sni", "Name that is asked for, and that the certificate must carry.")),
         list("verifySubjectAltNames", "Names of which the certificate must carry one.", text("", "A name."), 0, -1),
         later(any("parameters", "Versions and ciphers.")), later(list("alpnProtocols", "Protocols offered.", text("", "One."), 0, -1)),
         later(flag("allowRenegotiation", "Permits renegotiation, which is never done here.")),
         flag("simpleTLS", "Does not show the secret's certificate to the backend.")});
}

}  // namespace

KindSchema backendConfigPolicyKind() {
    return kind(
        kGroup, "BackendConfigPolicy", {"v1alpha1"}, "How a Service's or Backend's endpoints are chosen, judged and connected to.",
        {required(object(
            "spec", "Where it attaches, and what it sets.",
            {list("targetRefs", "What it attaches to.", object("", "One target of this namespace.", targetFields(true)), 1, 16),
             list("targetSelectors", "Targets by label.", object("", "Objects with these labels.", targetFields(false)), 0, -1),
             duration("connectTimeout", "For a new connection."),
             object("dns", "Looking up names of hosts.",
                    {duration("refreshRate", "How long addresses are kept."),
                     duration("jitter", "Up to so much is added, at random."),
                     notRun("the system's resolver tells no TTL; refreshRate holds",
                            flag("respectTTL", "Keeps addresses no longer than DNS says."))}),
             later(count("perConnectionBufferLimitBytes", "Buffer of a connection.")),
             object("tcpKeepalive", "Probes of idle connections by the system.",
                    {count("keepAliveProbes", "Probes without an answer after which it is closed."),
                     duration("keepAliveTime", "Idle time before the first."),
                     duration("keepAliveInterval", "Time between them.")}),
             common(), later(any("http1ProtocolOptions", "Settings of HTTP/1.")),
             later(any("http2ProtocolOptions", "Settings of HTTP/2.")), tls(), loadBalancer(),
             later(any("healthCheck", "Asks endpoints whether they are well.")), outlierDetection(), connections(),
             later(any("upstreamProxyProtocol", "Tells the backend who the client is."))}))});
}

}  // namespace gatehouse::config::table
