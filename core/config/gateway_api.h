// Typed views of the Gateway API and core kinds, decoded from an Object. Defaults of the API are filled in.
// Source: Gateway API v1.6.1. Thread: values.
#pragma once

#include "config/object.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::config {

struct ObjectRef {
    std::string group;
    std::string kind;
    std::string ns;  ///< Filled with the referrer's namespace where absent.
    std::string name;
    ObjectKey key() const { return {group, kind, ns, name}; }
    /// "Service", "Thing (example.com)".
    std::string kindText() const { return group.empty() ? kind : kind + " (" + group + ")"; }
};

struct ParentRef : ObjectRef {
    std::string sectionName;
    std::optional<std::uint16_t> port;
    FieldPath path;
};

enum class FromNamespaces { Same, All, Selector, None };

/// One of matchExpressions. `op` as written: In, NotIn, Exists, DoesNotExist.
struct LabelExpression {
    std::string key;
    std::string op;
    std::vector<std::string> values;
};

/// As Kubernetes reads it (LabelSelectorAsSelector): all conditions must hold, an empty selector selects everything, a
/// missing one nothing, and so does one with an expression that makes no sense.
struct LabelSelector {
    bool present = false;
    std::vector<std::pair<std::string, std::string>> matchLabels;
    std::vector<LabelExpression> matchExpressions;
};

struct AllowedRoutes {
    FromNamespaces from = FromNamespaces::Same;
    LabelSelector selector;
    std::vector<std::pair<std::string, std::string>> kinds;  ///< {group, kind}; empty = by protocol.
};

/// How the certificates of clients are checked (frontend validation).
struct ClientValidation {
    std::vector<ObjectRef> caRefs;
    bool insecureFallback = false;  ///< AllowInsecureFallback.
    FieldPath at;
    bool optional = false;  ///< None is needed; one that is shown must hold (ListenerPolicy).
};

/// Gateway.spec.tls.
struct GatewayTls {
    std::optional<ObjectRef> backendCertificate;  ///< What the Gateway shows to backends.
    std::optional<ClientValidation> frontend;     ///< For ports without an own entry.
    std::vector<std::pair<std::uint16_t, ClientValidation>> perPort;
    FieldPath at;
};

struct ListenerSpec {
    std::string name;
    std::string hostname;  ///< Empty = any.
    std::uint16_t port = 0;
    std::string protocol;  ///< HTTP, HTTPS, TLS, TCP, UDP
    bool hasTls = false;
    std::string tlsMode;
    std::vector<ObjectRef> certificateRefs;
    AllowedRoutes allowedRoutes;
    FieldPath path;
};

/// Which ListenerSets may add listeners.
struct AllowedListeners {
    FromNamespaces from = FromNamespaces::None;
    LabelSelector selector;
};

struct GatewaySpec {
    ObjectKey key;
    std::string className;
    std::vector<ListenerSpec> listeners;
    AllowedListeners allowedListeners;
    GatewayTls tls;
    std::vector<std::pair<std::string, std::string>> addresses;  ///< {type, value}
    std::optional<ObjectRef> parameters;                         ///< infrastructure.parametersRef
};

struct ListenerSetSpec {
    ObjectKey key;
    ObjectRef parent;  ///< A Gateway.
    std::vector<ListenerSpec> listeners;
    FieldPath at;      ///< Of parentRef.
};

enum class PathMatchType { PathPrefix, Exact, RegularExpression };
enum class ValueMatchType { Exact, RegularExpression };

struct PathMatch {
    PathMatchType type = PathMatchType::PathPrefix;
    std::string value = "/";
};
struct ValueMatch {
    ValueMatchType type = ValueMatchType::Exact;
    std::string name;
    std::string value;
};
struct RouteMatch {
    PathMatch path;
    std::vector<ValueMatch> headers;
    std::vector<ValueMatch> queryParams;
    std::string method;  ///< Empty = any.
    FieldPath at;
};

struct HeaderChange {
    std::string name;
    std::string value;
};
struct HeaderModifier {
    std::vector<HeaderChange> set;
    std::vector<HeaderChange> add;
    std::vector<std::string> remove;
};
enum class PathModifierType { ReplaceFullPath, ReplacePrefixMatch };
struct PathModifier {
    PathModifierType type = PathModifierType::ReplaceFullPath;
    std::string value;
};
struct RequestRedirect {
    std::string scheme;
    std::string hostname;
    std::optional<PathModifier> path;
    std::optional<std::uint16_t> port;
    int statusCode = 302;
};
struct UrlRewrite {
    std::string hostname;
    std::optional<PathModifier> path;
};

/// A reference to a backend without weight or filters.
struct TargetRef : ObjectRef {
    std::optional<std::uint16_t> port;
    FieldPath at;
};
struct RequestMirror {
    TargetRef backend;
    std::uint32_t numerator = 100;
    std::uint32_t denominator = 100;
};
struct Cors {
    std::vector<std::string> allowOrigins;  ///< "https://a.example", "https://*.example", "*"
    std::vector<std::string> allowMethods;
    std::vector<std::string> allowHeaders;
    std::vector<std::string> exposeHeaders;
    bool allowCredentials = false;
    std::uint32_t maxAge = 5;  ///< Seconds.
};
struct ExternalAuth {
    bool grpc = false;
    TargetRef backend;
    std::string path;  ///< HTTP: put before the request's.
    std::vector<std::string> allowedHeaders;
    std::vector<std::string> allowedResponseHeaders;
    std::uint32_t forwardBody = 0;  ///< Bytes; 0: no body.
};

/// One entry of rules[].filters; exactly one member is filled, by `type`.
struct FilterSpec {
    std::string type;
    std::optional<HeaderModifier> requestHeaders;
    std::optional<HeaderModifier> responseHeaders;
    std::optional<RequestRedirect> redirect;
    std::optional<UrlRewrite> rewrite;
    std::optional<RequestMirror> mirror;
    std::optional<Cors> cors;
    std::optional<ExternalAuth> auth;
    std::optional<ObjectRef> extension;
    FieldPath at;
};

struct BackendRef : ObjectRef {
    std::optional<std::uint16_t> port;
    std::uint32_t weight = 1;
    std::vector<FilterSpec> filters;
    FieldPath at;
};

struct RetrySpec {
    std::vector<int> codes;       ///< 400 to 599; empty: connection errors alone.
    std::uint32_t attempts = 1;   ///< Further tries after the first.
    std::optional<std::chrono::milliseconds> backoff;
};
struct SessionPersistence {
    std::string sessionName;  ///< Empty: a name is made.
    bool byHeader = false;
    bool permanent = false;   ///< The cookie outlives the browser.
    std::optional<std::chrono::milliseconds> absoluteTimeout;
};

struct RouteRule {
    std::string name;
    std::vector<RouteMatch> matches;  ///< Never empty.
    std::vector<FilterSpec> filters;
    std::vector<BackendRef> backendRefs;
    std::optional<std::chrono::milliseconds> requestTimeout;  ///< 0 = disabled.
    std::optional<std::chrono::milliseconds> backendTimeout;
    std::optional<RetrySpec> retry;
    std::optional<SessionPersistence> session;
    FieldPath at;
};

/// HTTPRoute, and GRPCRoute in its terms (key.kind tells): a method match is one of the path "/service/method" then.
struct HttpRouteSpec {
    ObjectKey key;
    std::vector<ParentRef> parentRefs;
    std::vector<std::string> hostnames;
    std::vector<RouteRule> rules;
};

/// TLSRoute: connections by SNI to backends, unread.
struct TlsRouteSpec {
    ObjectKey key;
    std::vector<ParentRef> parentRefs;
    std::vector<std::string> hostnames;
    std::vector<RouteRule> rules;  ///< backendRefs and name only.
};

struct BackendTlsPolicySpec {
    struct Target : ObjectRef {
        std::string sectionName;  ///< A port's name of the Service.
        FieldPath at;
    };
    struct AltName {
        bool uri = false;
        std::string value;
    };
    ObjectKey key;
    std::vector<Target> targets;
    std::string hostname;
    std::vector<AltName> subjectAltNames;
    std::vector<ObjectRef> caRefs;
    bool systemTrust = false;  ///< wellKnownCACertificates: System
    std::string wellKnown;     ///< As written.
};

struct ServicePort {
    std::string name;
    std::uint16_t port = 0;
    std::string targetPort;
    std::string appProtocol;
};
struct ServiceSpec {
    ObjectKey key;
    std::string type;
    std::vector<ServicePort> ports;
};

struct SliceEndpoint {
    std::vector<std::string> addresses;
    bool ready = true;
    std::string targetName;  ///< targetRef.name (the Pod), may be empty.
};
struct EndpointSliceSpec {
    ObjectKey key;
    std::string serviceName;  ///< Label kubernetes.io/service-name.
    std::string addressType;
    std::vector<SliceEndpoint> endpoints;
    std::vector<std::pair<std::string, std::uint16_t>> ports;  ///< {name, port}
};

struct PodSpec {
    ObjectKey key;
    std::string podIp;
    std::string phase;
    bool ready = true;
    std::optional<std::uint16_t> portOverride;         ///< Annotation gatehouse.dev/port.
    std::optional<std::uint16_t> metricsPortOverride;  ///< Annotation gatehouse.dev/metrics-port.
    std::string metricsPath;   ///< Annotation gatehouse.dev/metrics-path; empty: the engine's.
    std::string engine;        ///< Annotation gatehouse.dev/engine or label llm-d.ai/engine-type; empty: its page tells.
    bool dcgmExporter = false; ///< It tells of the GPUs of its node.
};

/// Of the annotation gatehouse.dev/metrics-path: absolute, printable.
bool isMetricsPath(std::string_view path);

struct ReferenceGrantSpec {
    struct From {
        std::string group, kind, ns;
    };
    struct To {
        std::string group, kind, name;
    };
    ObjectKey key;
    std::vector<From> from;
    std::vector<To> to;
};

// Decoders. An error means the object is too broken to use as a whole; single bad rules are dropped by validation
// (translate answers 500 for them) and never make these fail.
Result<GatewaySpec> decodeGateway(const Object& object);
Result<HttpRouteSpec> decodeHttpRoute(const Object& object);
/// The same without what readings share: decodes the tree anew. Use decodeHttpRoute().
Result<HttpRouteSpec> decodeHttpRouteTree(const Object& object);
Result<ListenerSetSpec> decodeListenerSet(const Object& object);
Result<HttpRouteSpec> decodeGrpcRoute(const Object& object);
Result<TlsRouteSpec> decodeTlsRoute(const Object& object);
Result<BackendTlsPolicySpec> decodeBackendTlsPolicy(const Object& object);
Result<ServiceSpec> decodeService(const Object& object);
Result<EndpointSliceSpec> decodeEndpointSlice(const Object& object);
Result<PodSpec> decodePod(const Object& object);
Result<ReferenceGrantSpec> decodeReferenceGrant(const Object& object);

/// Gateway API duration text ("1h30m", "500ms").
std::optional<std::chrono::milliseconds> parseDuration(std::string_view text);

}  // namespace gatehouse::config
