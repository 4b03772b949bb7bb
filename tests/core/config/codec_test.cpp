// What the decoders make of the Gateway API's kinds: defaults, and GRPCRoute in HTTPRoute's terms.
#include "config/gateway_api.h"
#include "config/workspace.h"

#include <gtest/gtest.h>

namespace gatehouse::config {
namespace {

using namespace std::chrono_literals;

class Codec : public ::testing::Test {
  protected:
    /// The object of a `kind` of the Gateway API named x, with this spec.
    const Object& read(const std::string& kind, const std::string& spec) {
        set_ = readObjects({{"x.yaml", "apiVersion: gateway.networking.k8s.io/v1\nkind: " + kind + "\nmetadata: {name: x}\nspec:\n" + spec}});
        return set_->objects.at(0);
    }
    std::shared_ptr<const ObjectSet> set_;
};

struct MethodCase {
    const char* method;
    PathMatchType type;
    const char* path;
};

class GrpcMethod : public ::testing::TestWithParam<MethodCase> {};

TEST_P(GrpcMethod, IsAPath) {
    const auto set = readObjects({{"x.yaml", "apiVersion: gateway.networking.k8s.io/v1\nkind: GRPCRoute\nmetadata: {name: x}\nspec: {rules: [{matches: [" +
                                                 std::string(GetParam().method) + "]}]}\n"}});
    const auto route = decodeGrpcRoute(set->objects.at(0));
    ASSERT_TRUE(route);
    const auto& match = route->rules.at(0).matches.at(0);
    EXPECT_EQ(match.path.type, GetParam().type);
    EXPECT_EQ(match.path.value, GetParam().path);
    EXPECT_EQ(match.method, "POST");
}

INSTANTIATE_TEST_SUITE_P(All, GrpcMethod,
                         ::testing::Values(MethodCase{"{method: {service: a.B, method: C}}", PathMatchType::Exact, "/a.B/C"},
                                           MethodCase{"{method: {service: a.B}}", PathMatchType::PathPrefix, "/a.B"},
                                           MethodCase{"{method: {method: C}}", PathMatchType::RegularExpression, "/[^/]+/C"},
                                           MethodCase{"{method: {method: a.b}}", PathMatchType::RegularExpression, "/[^/]+/a\\.b"},
                                           MethodCase{"{method: {type: RegularExpression, service: 'a|b', method: 'C.*'}}",
                                                      PathMatchType::RegularExpression, "/(?:a|b)/(?:C.*)"},
                                           MethodCase{"{method: {type: RegularExpression, method: 'C'}}",
                                                      PathMatchType::RegularExpression, "/[^/]+/(?:C)"},
                                           MethodCase{"{headers: [{name: a, value: b}]}", PathMatchType::PathPrefix, "/"}));

TEST_F(Codec, GrpcRouteWithoutMatchesTakesEveryCall) {
    const auto route = decodeGrpcRoute(read("GRPCRoute", "  rules: [{backendRefs: [{name: s, port: 80}]}]\n"));
    ASSERT_TRUE(route);
    EXPECT_EQ(route->key.kind, "GRPCRoute");
    ASSERT_EQ(route->rules.at(0).matches.size(), 1u);
    EXPECT_EQ(route->rules[0].matches[0].method, "POST");
    EXPECT_EQ(route->rules[0].matches[0].path.value, "/");
    EXPECT_EQ(route->rules[0].backendRefs.at(0).port, 80);
}

TEST_F(Codec, FiltersCarryTheirSettings) {
    const auto route = decodeHttpRoute(read("HTTPRoute",
                                            "  rules:\n  - filters:\n"
                                            "    - {type: RequestMirror, requestMirror: {backendRef: {name: m, port: 1}}}\n"
                                            "    - {type: RequestMirror, requestMirror: {backendRef: {name: m, namespace: far}, percent: 7}}\n"
                                            "    - {type: RequestMirror, requestMirror: {backendRef: {name: m}, fraction: {numerator: 1, denominator: 3}}}\n"
                                            "    - {type: CORS, cors: {allowOrigins: ['*'], allowCredentials: true}}\n"
                                            "    - {type: ExternalAuth, externalAuth: {protocol: HTTP, backendRef: {name: a, port: 2}, http: {path: /p, "
                                            "allowedHeaders: [x], allowedResponseHeaders: [y]}, forwardBody: {maxSize: 9}}}\n"
                                            "    - {type: ExternalAuth, externalAuth: {protocol: GRPC, backendRef: {name: a}, grpc: {allowedHeaders: [z]}}}\n"));
    ASSERT_TRUE(route);
    const auto& filters = route->rules.at(0).filters;
    ASSERT_EQ(filters.size(), 6u);
    EXPECT_EQ(filters[0].mirror->numerator, 100u);
    EXPECT_EQ(filters[0].mirror->denominator, 100u);
    EXPECT_EQ(filters[0].mirror->backend.kind, "Service");
    EXPECT_EQ(filters[0].mirror->backend.at.toString(), "spec.rules[0].filters[0].requestMirror.backendRef");
    EXPECT_EQ(filters[1].mirror->numerator, 7u);
    EXPECT_EQ(filters[1].mirror->backend.ns, "far");
    EXPECT_EQ(filters[2].mirror->denominator, 3u);
    EXPECT_TRUE(filters[3].cors->allowCredentials);
    EXPECT_EQ(filters[3].cors->maxAge, 5u);
    EXPECT_EQ(filters[4].auth->path, "/p");
    EXPECT_EQ(filters[4].auth->backend.port, 2);
    EXPECT_EQ(filters[4].auth->allowedHeaders, std::vector<std::string>{"x"});
    EXPECT_EQ(filters[4].auth->allowedResponseHeaders, std::vector<std::string>{"y"});
    EXPECT_EQ(filters[4].auth->forwardBody, 9u);
    EXPECT_FALSE(filters[4].auth->grpc);
    EXPECT_TRUE(filters[5].auth->grpc);
    EXPECT_EQ(filters[5].auth->allowedHeaders, std::vector<std::string>{"z"});
}

TEST_F(Codec, RetriesAndSessions) {
    const auto route = decodeHttpRoute(read("HTTPRoute",
                                            "  rules:\n  - retry: {codes: [500, 503, 42], attempts: 3, backoff: 250ms}\n"
                                            "    sessionPersistence: {sessionName: s, absoluteTimeout: 1h, cookieConfig: {lifetimeType: Permanent}}\n"
                                            "  - retry: {}\n    sessionPersistence: {type: Header}\n  - {}\n"));
    ASSERT_TRUE(route);
    const auto& rules = route->rules;
    ASSERT_EQ(rules.size(), 3u);
    EXPECT_EQ(rules[0].retry->codes, (std::vector<int>{500, 503}));
    EXPECT_EQ(rules[0].retry->attempts, 3u);
    EXPECT_EQ(rules[0].retry->backoff, 250ms);
    EXPECT_EQ(rules[0].session->sessionName, "s");
    EXPECT_TRUE(rules[0].session->permanent);
    EXPECT_EQ(rules[0].session->absoluteTimeout, std::chrono::milliseconds(1h));
    EXPECT_EQ(rules[1].retry->attempts, 1u);
    EXPECT_TRUE(rules[1].retry->codes.empty());
    EXPECT_TRUE(rules[1].session->byHeader);
    EXPECT_FALSE(rules[2].retry);
    EXPECT_FALSE(rules[2].session);
}

TEST_F(Codec, GatewayTlsByPort) {
    const auto gateway = decodeGateway(read("Gateway",
                                            "  gatewayClassName: c\n  listeners: []\n  allowedListeners: {namespaces: {from: Selector, selector: {matchLabels: {a: b}}}}\n"
                                            "  tls:\n    backend: {clientCertificateRef: {name: mine, namespace: far}}\n    frontend:\n"
                                            "      default: {validation: {caCertificateRefs: [{group: '', kind: ConfigMap, name: ca}]}}\n"
                                            "      perPort:\n      - {port: 443, tls: {validation: {mode: AllowInsecureFallback, caCertificateRefs: [{group: '', kind: Secret, name: t}]}}}\n"
                                            "      - {port: 444, tls: {}}\n"));
    ASSERT_TRUE(gateway);
    EXPECT_EQ(gateway->allowedListeners.from, FromNamespaces::Selector);
    EXPECT_TRUE(gateway->allowedListeners.selector.present);
    EXPECT_EQ(gateway->tls.backendCertificate->key().id(), "core/Secret/far/mine");
    ASSERT_TRUE(gateway->tls.frontend);
    EXPECT_EQ(gateway->tls.frontend->caRefs.at(0).name, "ca");
    EXPECT_FALSE(gateway->tls.frontend->insecureFallback);
    ASSERT_EQ(gateway->tls.perPort.size(), 2u);
    EXPECT_EQ(gateway->tls.perPort[0].first, 443);
    EXPECT_TRUE(gateway->tls.perPort[0].second.insecureFallback);
    EXPECT_TRUE(gateway->tls.perPort[1].second.caRefs.empty());
    EXPECT_EQ(decodeGateway(read("Gateway", "  gatewayClassName: c\n"))->allowedListeners.from, FromNamespaces::None);
}

TEST_F(Codec, ListenerSetsPoliciesAndTlsRoutes) {
    const auto set = decodeListenerSet(read("ListenerSet", "  parentRef: {name: gw}\n  listeners: [{name: l, port: 80, protocol: HTTP}]\n"));
    ASSERT_TRUE(set);
    EXPECT_EQ(set->parent.key().display(), "Gateway default/gw");
    EXPECT_EQ(set->listeners.at(0).path.toString(), "spec.listeners[0]");
    const auto policy = decodeBackendTlsPolicy(read("BackendTLSPolicy",
                                                    "  targetRefs: [{group: '', kind: Service, name: s, sectionName: p}]\n  validation:\n    hostname: S.Example\n"
                                                    "    wellKnownCACertificates: System\n    subjectAltNames: [{type: URI, uri: 'a:b'}, {type: Hostname, hostname: h}]\n"));
    ASSERT_TRUE(policy);
    EXPECT_EQ(policy->targets.at(0).sectionName, "p");
    EXPECT_EQ(policy->hostname, "s.example");
    EXPECT_TRUE(policy->systemTrust);
    ASSERT_EQ(policy->subjectAltNames.size(), 2u);
    EXPECT_TRUE(policy->subjectAltNames[0].uri);
    EXPECT_EQ(policy->subjectAltNames[1].value, "h");
    const auto route = decodeTlsRoute(read("TLSRoute", "  parentRefs: [{name: gw}]\n  hostnames: [A.Example]\n  rules: [{name: r, backendRefs: [{name: s, port: 1, weight: 3}]}]\n"));
    ASSERT_TRUE(route);
    EXPECT_EQ(route->hostnames.at(0), "a.example");
    EXPECT_EQ(route->rules.at(0).backendRefs.at(0).weight, 3u);
    EXPECT_EQ(route->parentRefs.at(0).kind, "Gateway");
}

}  // namespace
}  // namespace gatehouse::config
