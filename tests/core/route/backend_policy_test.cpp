// BackendConfigPolicy: what each field makes of a backend's endpoints, how several policies merge, and what is reported.
#include "config/workspace.h"
#include "route/translate.h"
#include "upstream/balance.h"

#include <gtest/gtest.h>

#include <string>

namespace gatehouse::route {
namespace {

using namespace std::chrono_literals;

constexpr char kWorld[] = R"(
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw}
spec:
  gatewayClassName: any
  listeners: [{name: http, port: 80, protocol: HTTP}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r}
spec:
  parentRefs: [{name: gw}]
  rules:
  - backendRefs: [{name: web, port: 80}]
  - matches: [{path: {value: /fixed}}]
    backendRefs: [{group: gateway.kgateway.dev, kind: Backend, name: fixed}]
---
apiVersion: v1
kind: Service
metadata: {name: web, labels: {tier: front}}
spec: {ports: [{port: 80}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-1, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
endpoints: [{addresses: [10.0.0.1]}, {addresses: [10.0.0.2]}]
ports: [{port: 8080}]
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {name: fixed}
spec:
  type: Static
  static: {hosts: [{host: api.test, port: 443}]}
)";

class BackendPolicyTest : public ::testing::Test {
  protected:
    Runtime runtime;
    Translation translation;

    /// A policy by its name and the lines of its spec, beside targetRefs.
    static std::string policy(const std::string& name, const std::string& spec, const std::string& extra = "") {
        return "---\napiVersion: gateway.kgateway.dev/v1alpha1\nkind: BackendConfigPolicy\nmetadata: {name: " + name + extra +
               "}\nspec:\n" + spec;
    }
    static constexpr char kWeb[] = "  targetRefs: [{group: \"\", kind: Service, name: web}]\n";
    static constexpr char kFixed[] = "  targetRefs: [{group: gateway.kgateway.dev, kind: Backend, name: fixed}]\n";

    void apply(const std::string& policies) {
        translation = translate(*config::readObjects({{"all.yaml", kWorld + policies}}), runtime, 1);
    }
    const upstream::Cluster& cluster(const std::string& id) {
        for (const auto& found : translation.snapshot->clusters)
            if (found->id == id) return *found;
        throw std::runtime_error("no cluster " + id);
    }
    const upstream::BackendOptions& web() { return upstream::optionsOf(cluster("Service/default/web:80")); }
    bool finding(const std::string& code, const std::string& path) {
        for (const auto& entry : translation.diagnostics)
            if (entry.code == code && entry.fieldPath == path) return true;
        return false;
    }
    std::string condition(const std::string& name, const std::string& type) {
        for (const auto& status : translation.statuses)
            if (status.object.kind == "BackendConfigPolicy" && status.object.name == name)
                for (const auto& entry : status.conditions)
                    if (entry.type == type) return (entry.status ? "True/" : "False/") + entry.reason;
        return {};
    }
};

TEST_F(BackendPolicyTest, WithoutOneTheDefaultsHold) {
    apply("");
    EXPECT_EQ(web(), upstream::BackendOptions{});
    EXPECT_EQ(runtime.endpoints.cluster("Service/default/web:80")->size, 2U);
}

TEST_F(BackendPolicyTest, EveryFieldThatIsRunReachesTheEndpoints) {
    apply(policy("p", std::string(kWeb) + R"(
  connectTimeout: 2s
  commonHttpProtocolOptions: {idleTimeout: 20s, maxRequestsPerConnection: 100}
  tcpKeepalive: {keepAliveProbes: 3, keepAliveTime: 30s, keepAliveInterval: 5s}
  dns: {refreshRate: 5s, jitter: 1s}
  loadBalancer:
    healthyPanicThreshold: 30
    roundRobin: {slowStart: {window: 60s, aggression: "2.5", minWeightPercent: 5}}
  outlierDetection:
    consecutive5xx: 3
    interval: 4s
    baseEjectionTime: 7s
    maxEjectionPercent: 40
  circuitBreakers: {maxConnections: 10, maxPendingRequests: 20, maxRequests: 30}
)"));
    const auto& options = web();
    EXPECT_EQ(options.balance.method, upstream::Balance::RoundRobin);
    EXPECT_EQ(options.balance.panicPercent, 30U);
    EXPECT_EQ(options.balance.slowStart, (upstream::SlowStart{60s, 2.5, 0.05}));
    EXPECT_EQ(options.outlier.errors, 3U);
    EXPECT_EQ(options.outlier.failures, 0U) << "they count as errors";
    EXPECT_TRUE(options.outlier.failuresAreErrors);
    EXPECT_EQ(options.outlier.interval, 4s);
    EXPECT_EQ(options.outlier.baseEjection, 7s);
    EXPECT_EQ(options.outlier.maxPercent, 40U);
    EXPECT_FALSE(options.outlier.successEnds);
    const auto& connections = options.connections;
    EXPECT_EQ(connections.maxConnections, 10U);
    EXPECT_EQ(connections.maxPending, 20U);
    EXPECT_EQ(connections.maxRequests, 30U);
    EXPECT_EQ(connections.maxRequestsPerConnection, 100U);
    EXPECT_EQ(connections.connect, 2s);
    EXPECT_EQ(connections.idle, 20s);
    EXPECT_TRUE(connections.tcpKeepAlive);
    EXPECT_EQ(connections.keepAliveProbes, 3U);
    EXPECT_EQ(connections.keepAliveTime, 30s);
    EXPECT_EQ(connections.keepAliveInterval, 5s);
    EXPECT_EQ(connections.dnsRefresh, 5s);
    EXPECT_EQ(connections.dnsJitter, 1s);
    EXPECT_EQ(options.origin, "BackendConfigPolicy default/p");
    EXPECT_EQ(upstream::optionsOf(cluster("Backend/default/fixed")), upstream::BackendOptions{}) << "it is not its target";
    EXPECT_EQ(condition("p", "Accepted"), "True/Valid");
    EXPECT_EQ(condition("p", "Attached"), "True/Attached");
}

TEST_F(BackendPolicyTest, DefaultsAreThoseOfKgateway) {
    apply(policy("p", std::string(kWeb) + "  loadBalancer: {leastRequest: {}}\n  outlierDetection: {}\n"));
    EXPECT_EQ(web().balance.method, upstream::Balance::LeastRequest);
    EXPECT_EQ(web().balance.choices, 2U);
    EXPECT_EQ(web().balance.panicPercent, 50U);
    EXPECT_EQ(web().outlier.errors, 5U);
    EXPECT_EQ(web().outlier.interval, 10s);
    EXPECT_EQ(web().outlier.baseEjection, 30s);
    EXPECT_EQ(web().outlier.maxPercent, 10U);
}

TEST_F(BackendPolicyTest, FailuresMayBeCountedApart) {
    apply(policy("p", std::string(kWeb) +
                          "  outlierDetection: {consecutive5xx: 9, enforcingConsecutive5xx: 50, "
                          "splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailure: 2, "
                          "enforcingConsecutiveLocalOriginFailure: 70}\n"));
    EXPECT_EQ(web().outlier.errors, 9U);
    EXPECT_EQ(web().outlier.enforceErrors, 50U);
    EXPECT_EQ(web().outlier.failures, 2U);
    EXPECT_EQ(web().outlier.enforceFailures, 70U);
    EXPECT_FALSE(web().outlier.failuresAreErrors);
}

TEST_F(BackendPolicyTest, AnIdleTimeOfNothingIsNever) {
    apply(policy("p", std::string(kWeb) + "  commonHttpProtocolOptions: {idleTimeout: 0s}\n"));
    EXPECT_EQ(web().connections.idle, -1ms);
}

TEST_F(BackendPolicyTest, SeveralMergeFieldByFieldTheOldestFirst) {
    apply(policy("a-young", std::string(kWeb) + "  connectTimeout: 1s\n  loadBalancer: {random: {}}\n") +
          policy("b-old", std::string(kWeb) + "  connectTimeout: 9s\n", ", creationTimestamp: \"2024-01-01T00:00:00Z\""));
    EXPECT_EQ(web().connections.connect, 9s);
    EXPECT_EQ(web().balance.method, upstream::Balance::Random) << "what the older leaves open";
    EXPECT_NE(web().origin.find("b-old"), std::string::npos);
    EXPECT_NE(web().origin.find("a-young"), std::string::npos);
}

TEST_F(BackendPolicyTest, LabelsSelectTargets) {
    apply(policy("p", "  targetSelectors: [{group: \"\", kind: Service, matchLabels: {tier: front}}]\n  connectTimeout: 3s\n"));
    EXPECT_EQ(web().connections.connect, 3s);
    apply(policy("p", "  targetSelectors: [{group: \"\", kind: Service, matchLabels: {tier: back}}]\n  connectTimeout: 3s\n"));
    EXPECT_EQ(web(), upstream::BackendOptions{}) << "the setting is taken back";
    EXPECT_EQ(condition("p", "Attached"), "False/Pending");
}

TEST_F(BackendPolicyTest, WhatIsNotRunIsReported) {
    apply(policy("p", std::string(kWeb) + "  healthCheck: {timeout: 1s, interval: 1s, healthyThreshold: 1, "
                                          "unhealthyThreshold: 1, http: {path: /}}\n"
                                          "  loadBalancer: {maglev: {}}\n  circuitBreakers: {maxRetries: 2}\n"));
    EXPECT_TRUE(finding("GH2901", "spec.healthCheck"));
    EXPECT_TRUE(finding("GH2901", "spec.loadBalancer.maglev"));
    EXPECT_TRUE(finding("GH2901", "spec.circuitBreakers.maxRetries"));
    EXPECT_EQ(condition("p", "Accepted"), "True/PartiallyValid");
    EXPECT_EQ(web().balance.method, upstream::Balance::LeastRequest);
}

TEST_F(BackendPolicyTest, ContradictionsAndMissingTargetsAreReported) {
    apply(policy("p", R"(
  targetRefs:
  - {group: "", kind: Service, name: nothing}
  - {group: gateway.networking.k8s.io, kind: Gateway, name: gw}
  http1ProtocolOptions: {enableTrailers: true}
  http2ProtocolOptions: {maxConcurrentStreams: 5}
  dns: {refreshRate: 1s, jitter: 2s}
  tls: {secretRef: {name: none}, insecureSkipVerify: true}
)"));
    EXPECT_TRUE(finding("GH3203", "spec.targetRefs[0].name"));
    EXPECT_TRUE(finding("GH3205", "spec.targetRefs[1].kind"));
    EXPECT_TRUE(finding("GH2207", "spec.http2ProtocolOptions"));
    EXPECT_TRUE(finding("GH2207", "spec.dns.jitter"));
    EXPECT_TRUE(finding("GH2207", "spec.tls"));
    EXPECT_TRUE(finding("GH3301", "spec.tls.secretRef.name"));
    EXPECT_EQ(condition("p", "Accepted"), "False/TargetNotFound");
}

TEST_F(BackendPolicyTest, ASecretsAuthoritiesNeedANameToCheck) {
    const auto warned = [&](const std::string& tls) {
        apply(policy("p", "  targetRefs: [{group: \"\", kind: Service, name: web}]\n  tls: " + tls + "\n"));
        return finding("GH2207", "spec.tls.secretRef");
    };
    EXPECT_TRUE(warned("{secretRef: {name: ca}}"));
    EXPECT_FALSE(warned("{secretRef: {name: ca}, sni: web.test}"));
    EXPECT_FALSE(warned("{secretRef: {name: ca}, verifySubjectAltNames: [web.test]}"));
}

TEST_F(BackendPolicyTest, TlsIsMadeOrTheBackendIsNotSpokenTo) {
    const auto fixed = [&]() -> const upstream::Cluster& { return cluster("Backend/default/fixed"); };
    apply(policy("p", std::string(kFixed) + "  tls: {sni: api.test}\n"));
    ASSERT_TRUE(fixed().transport);
    EXPECT_TRUE(fixed().transport->tls);
    EXPECT_EQ(fixed().transport->sni, "api.test");
    EXPECT_EQ(fixed().endpoints.front()->transport, fixed().transport);
    apply(policy("p", std::string(kFixed) + "  tls: {files: {rootCA: /ca.pem}, sni: api.test}\n"));
    ASSERT_TRUE(fixed().transport);
    EXPECT_FALSE(fixed().transport->tls);
    EXPECT_NE(fixed().transport->broken.find("files on the proxy"), std::string::npos) << "never plaintext instead";
    EXPECT_TRUE(finding("GH2901", "spec.tls.files"));
    apply("");
    EXPECT_EQ(fixed().transport, nullptr);
}

}  // namespace
}  // namespace gatehouse::route
