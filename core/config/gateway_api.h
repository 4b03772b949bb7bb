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

struct GatewaySpec {
    ObjectKey key;
    std::string className;
    std::vector<ListenerSpec> listeners;
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

/// One entry of rules[].filters; exactly one member is filled, by `type`.
struct FilterSpec {
    std::string type;
    std::optional<HeaderModifier> requestHeaders;
    std::optional<HeaderModifier> responseHeaders;
    std::optional<RequestRedirect> redirect;
    std::optional<UrlRewrite> rewrite;
    std::optional<ObjectRef> extension;
    FieldPath at;
};

struct BackendRef : ObjectRef {
    std::optional<std::uint16_t> port;
    std::uint32_t weight = 1;
    std::vector<FilterSpec> filters;
    FieldPath at;
};

struct RouteRule {
    std::string name;
    std::vector<RouteMatch> matches;  ///< Never empty.
    std::vector<FilterSpec> filters;
    std::vector<BackendRef> backendRefs;
    std::optional<std::chrono::milliseconds> requestTimeout;  ///< 0 = disabled.
    std::optional<std::chrono::milliseconds> backendTimeout;
    FieldPath at;
};

struct HttpRouteSpec {
    ObjectKey key;
    std::vector<ParentRef> parentRefs;
    std::vector<std::string> hostnames;
    std::vector<RouteRule> rules;
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
};

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
Result<ServiceSpec> decodeService(const Object& object);
Result<EndpointSliceSpec> decodeEndpointSlice(const Object& object);
Result<PodSpec> decodePod(const Object& object);
Result<ReferenceGrantSpec> decodeReferenceGrant(const Object& object);

/// Gateway API duration text ("1h30m", "500ms").
std::optional<std::chrono::milliseconds> parseDuration(std::string_view text);

}  // namespace gatehouse::config
