// ListenerPolicy and HTTPListenerPolicy: what each setting makes of a listener, which policy supplies it, how they merge, and
// what is reported.
#include "config/workspace.h"
#include "http/limit_table.h"
#include "route/listener_settings.h"
#include "route/translate.h"

#include <gtest/gtest.h>

#include <string>

namespace gatehouse::route {
namespace {

using namespace std::chrono_literals;

constexpr char kWorld[] = R"(
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, labels: {zone: edge}, annotations: {gatehouse.dev/trusted-hops: "2"}}
spec:
  gatewayClassName: any
  allowedListeners: {namespaces: {from: Same}}
  listeners:
  - {name: a, port: 80, protocol: HTTP, hostname: a.test}
  - {name: b, port: 80, protocol: HTTP}
  - {name: alt, port: 81, protocol: HTTP}
---
apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata: {name: more}
spec:
  parentRef: {name: gw}
  listeners: [{name: alt, port: 82, protocol: HTTP}]
)";

class ListenerPolicyTest : public ::testing::Test {
  protected:
    Runtime runtime;
    Translation translation;

    static std::string policy(const std::string& name, const std::string& spec, const std::string& extra = "",
                              const std::string& kind = "ListenerPolicy") {
        return "---\napiVersion: gateway.kgateway.dev/v1alpha1\nkind: " + kind + "\nmetadata: {name: " + name + extra +
               "}\nspec:\n" + spec + "\n";
    }
    static constexpr char kGateway[] = "  targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}]\n";
    static constexpr char kSection[] =
        "  targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw, sectionName: alt}]\n";
    static std::string http(const std::string& settings) { return "  default: {httpSettings: {" + settings + "}}\n"; }

    void apply(const std::string& policies) {
        translation = translate(*config::readObjects({{"all.yaml", kWorld + policies}}), runtime, 1);
    }
    const Listener& listener(const std::string& name, std::uint16_t port) {
        for (const auto& found : translation.snapshot->findPort(port)->listeners)
            if (found.name == name) return found;
        throw std::runtime_error("no listener " + name);
    }
    const ListenerSettings& settings(const std::string& name = "alt", std::uint16_t port = 81) {
        const auto& found = listener(name, port);
        if (!found.settings) throw std::runtime_error("no settings");
        return *found.settings;
    }
    std::string provenance(const std::string& field, const std::string& name = "alt", std::uint16_t port = 81) {
        std::string text;
        for (const auto& entry : settings(name, port).provenance)
            if (entry.field == field) text += entry.origin.name + (entry.effective ? " effective: " : " lost: ") + entry.reason + "\n";
        return text;
    }
    bool finding(const std::string& code, const std::string& path) {
        for (const auto& entry : translation.diagnostics)
            if (entry.code == code && entry.fieldPath == path) return true;
        return false;
    }
    std::string condition(const std::string& name, const std::string& type) {
        for (const auto& status : translation.statuses)
            if (status.object.name == name && status.object.group == "gateway.kgateway.dev")
                for (const auto& entry : status.conditions)
                    if (entry.type == type) return (entry.status ? "True/" : "False/") + entry.reason;
        return {};
    }
};

TEST_F(ListenerPolicyTest, WithoutOneNothingIsLookedAt) {
    apply("");
    EXPECT_EQ(listener("alt", 81).settings, nullptr);
    EXPECT_FALSE(translation.snapshot->findPort(81)->custom);
    EXPECT_EQ(listener("alt", 81).trustedHops, 2) << "the annotation's";
}

TEST_F(ListenerPolicyTest, EverySettingOfConnectionsReachesTheLimits) {
    apply(policy("p", std::string(kGateway) + R"(
  default:
    proxyProtocol: {}
    perConnectionBufferLimitBytes: 4096
    tcpKeepalive: {keepAliveProbes: 3, keepAliveTime: 30s, keepAliveInterval: 5s}
    transportSocketConnectTimeout: 3s
    httpSettings:
      idleTimeout: 20s
      streamIdleTimeout: 0s
      maxRequestHeadersKb: 8
      maxHeadersCount: 50
      maxRequestsPerConnection: 7
      http2ProtocolOptions: {maxConcurrentStreams: 5, initialStreamWindowSize: 128Ki, initialConnectionWindowSize: 1000000})"));
    const auto& port = *translation.snapshot->findPort(81);
    ASSERT_TRUE(port.custom);
    EXPECT_TRUE(port.proxyProtocol);
    EXPECT_FALSE(port.proxyOptional);
    ASSERT_TRUE(port.settings);
    const auto limits = port.settings->limits({});
    EXPECT_EQ(limits.keptBodyBytes, 4096U);
    EXPECT_EQ(limits.idle, 20s);
    EXPECT_EQ(limits.streamIdle, ListenerSettings::kNever);
    EXPECT_EQ(limits.headBytes, 8192U);
    EXPECT_EQ(limits.targetBytes, 8192U) << "a target is part of a head";
    EXPECT_EQ(limits.headFields, 50U);
    EXPECT_EQ(limits.requestsPerConnection, 7U);
    EXPECT_EQ(limits.h2.streams, 5U);
    EXPECT_EQ(limits.h2.streamWindow, 131072U);
    EXPECT_EQ(limits.h2.connectionWindow, 1000000U);
    EXPECT_EQ(limits.bodyBytes, http::Limits{}.bodyBytes) << "what it does not say stays";
    EXPECT_EQ(port.settings->handshake, 3s);
    EXPECT_TRUE(port.settings->tcp.tcpKeepAlive);
    EXPECT_EQ(port.settings->tcp.keepAliveTime, 30s);
    for (const auto& origin : port.settings->limitOrigins) {
        EXPECT_NE(http::findLimit(origin.limit), nullptr) << origin.limit;
        EXPECT_EQ(origin.origin, "ListenerPolicy default/p");
    }
    EXPECT_EQ(condition("p", "Accepted"), "True/Valid");
    EXPECT_EQ(condition("p", "Attached"), "True/Attached");
}

TEST_F(ListenerPolicyTest, ListenerSetsOfTheGatewayAreItsListeners) {
    apply(policy("p", kGateway + http("serverName: s")));
    EXPECT_EQ(settings("alt", 82).serverName, "s");
}

TEST_F(ListenerPolicyTest, ASectionIsAListenerOfTheGatewayItself) {
    apply(policy("p", kSection + http("serverName: s")));
    EXPECT_EQ(settings("alt", 81).serverName, "s");
    EXPECT_EQ(listener("alt", 82).settings, nullptr) << "of the same name, in a ListenerSet";
    EXPECT_EQ(listener("b", 80).settings, nullptr);
}

TEST_F(ListenerPolicyTest, LabelsSelectGateways) {
    const std::string to = "  targetSelectors: [{group: gateway.networking.k8s.io, kind: Gateway, matchLabels: {zone: edge}}]\n";
    apply(policy("p", to + http("serverName: s")));
    EXPECT_EQ(settings().serverName, "s");
    apply(policy("p", "  targetSelectors: [{group: gateway.networking.k8s.io, kind: Gateway, matchLabels: {zone: core}}]\n" + http("serverName: s")));
    EXPECT_EQ(listener("alt", 81).settings, nullptr);
    EXPECT_EQ(condition("p", "Attached"), "False/Pending");
}

TEST_F(ListenerPolicyTest, AnotherNamespaceIsNotReached) {
    apply(policy("p", kGateway + http("serverName: s"), ", namespace: other"));
    EXPECT_EQ(listener("alt", 81).settings, nullptr);
    EXPECT_TRUE(finding("GH3203", "spec.targetRefs[0].name"));
    EXPECT_EQ(condition("p", "Accepted"), "False/TargetNotFound");
}

TEST_F(ListenerPolicyTest, TheListenersOwnComesBeforeTheGatewaysSettingBySetting) {
    apply(policy("a-wide", kGateway + http("serverName: wide, idleTimeout: 9s")) + policy("z-narrow", kSection + http("serverName: narrow")));
    EXPECT_EQ(settings().serverName, "narrow");
    EXPECT_EQ(settings().idle, 9s);
    EXPECT_EQ(settings("b", 80).serverName, "wide");
    EXPECT_EQ(provenance("httpSettings.serverName"),
              "z-narrow effective: targets listener alt of Gateway default/gw\n"
              "a-wide lost: targets Gateway default/gw, but ListenerPolicy default/z-narrow wins: the listener level is more specific than the Gateway level\n");
    EXPECT_FALSE(finding("GH4306", "spec.default.httpSettings.serverName")) << "that is no conflict";
}

TEST_F(ListenerPolicyTest, OfOneLevelTheOlderWinsAndTheOtherIsTold) {
    apply(policy("a", kGateway + http("serverName: young"), ", creationTimestamp: \"2026-02-01T00:00:00Z\"") +
          policy("b", kGateway + http("serverName: old, idleTimeout: 9s"), ", creationTimestamp: \"2026-01-01T00:00:00Z\""));
    EXPECT_EQ(settings().serverName, "old");
    EXPECT_TRUE(finding("GH4306", "spec.default.httpSettings.serverName"));
    apply(policy("a", kGateway + http("serverName: light")) +
          policy("b", kGateway + http("serverName: heavy"), ", annotations: {kgateway.dev/policy-weight: \"5\"}"));
    EXPECT_EQ(settings().serverName, "heavy");
}

TEST_F(ListenerPolicyTest, SettingsOfAPortStandInsteadOfAllDefaultOnes) {
    apply(policy("a", kGateway + http("serverName: wide, idleTimeout: 9s")) +
          policy("b", std::string(kGateway) + "  perPort: [{port: 81, listener: {httpSettings: {serverName: port}}}]\n"));
    EXPECT_EQ(settings().serverName, "port");
    EXPECT_FALSE(settings().idle.has_value());
    EXPECT_EQ(settings("b", 80).idle, 9s);
    EXPECT_EQ(provenance("httpSettings.idleTimeout"),
              "a lost: targets Gateway default/gw, but port 81 has settings of its own, which stand instead of the default ones\n");
}

TEST_F(ListenerPolicyTest, TheOlderKindSetsTheSame) {
    apply(policy("h", std::string(kGateway) + "  useRemoteAddress: true\n  xffNumTrustedHops: 1\n  healthCheck: {path: /up}\n", "", "HTTPListenerPolicy"));
    EXPECT_EQ(listener("alt", 81).trustedHops, 1);
    EXPECT_EQ(settings().healthPath, "/up");
    EXPECT_EQ(condition("h", "Accepted"), "True/Valid");
}

TEST_F(ListenerPolicyTest, ThePolicyWinsOverTheAnnotationsAndSaysSo) {
    apply(policy("p", kGateway + http("xffNumTrustedHops: 0")));
    EXPECT_EQ(listener("alt", 81).trustedHops, 0);
    EXPECT_EQ(provenance("httpSettings.xffNumTrustedHops"),
              "p effective: targets Gateway default/gw\n"
              "gw lost: annotation gatehouse.dev/trusted-hops, but ListenerPolicy default/p wins: a policy comes before the annotation\n");
    apply(policy("p", kGateway + http("serverName: s")));
    EXPECT_EQ(listener("alt", 81).trustedHops, 2) << "where the policy says nothing the annotation holds";
}

TEST_F(ListenerPolicyTest, ThePeerMayBeAProxyOfItsOwn) {
    apply(policy("p", kGateway + http("useRemoteAddress: false, xffNumTrustedHops: 1")));
    EXPECT_EQ(listener("alt", 81).trustedHops, 2);
    EXPECT_FALSE(settings().appendForwarded);
    apply(policy("p", kGateway + http("useRemoteAddress: false, xffTrustedCIDRs: [10.0.0.0/8]")));
    EXPECT_TRUE(settings().trusts({10, 1, 2, 3}, false));
    EXPECT_FALSE(settings().trusts({11, 1, 2, 3}, false));
    EXPECT_FALSE(settings().trusts({10, 1, 2, 3}, true));
}

TEST_F(ListenerPolicyTest, ListenersOfOnePortShareWhatHoldsForConnections) {
    const std::string a = "  targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw, sectionName: a}]\n";
    apply(policy("p", a + http("idleTimeout: 5s, serverName: s")));
    EXPECT_EQ(translation.snapshot->findPort(80)->settings->idle, 5s);
    EXPECT_TRUE(finding("GH4305", "spec.default.httpSettings.idleTimeout"));
    EXPECT_FALSE(finding("GH4305", "spec.default.httpSettings.serverName")) << "that is each request's";
    EXPECT_EQ(listener("b", 80).settings, nullptr);
    apply(policy("p", kGateway + http("idleTimeout: 5s")));
    EXPECT_FALSE(finding("GH4305", "spec.default.httpSettings.idleTimeout")) << "it holds for both";
}

TEST_F(ListenerPolicyTest, WhatIsNotRunIsReported) {
    apply(policy("p", std::string(kGateway) + R"(
  default:
    httpSettings:
      tracing: {provider: {openTelemetry: {grpcService: {backendRef: {name: otel, port: 4317}}}}}
      uuidRequestIdConfig: {packTraceReason: true}
      localReplies: {defaultBodyFormat: {text: x}}
      upgradeConfig: {enabledUpgrades: [websocket, CONNECT]}
      http2ProtocolOptions: {allowConnect: true}
      forwardClientCertDetails: {mode: ForwardOnly, details: {cert: true}}
      accessLog: [{grpcService: {logName: l, backendRef: {name: l, port: 1}}}])"));
    const std::string http = "spec.default.httpSettings.";
    for (const auto* field : {"tracing", "uuidRequestIdConfig", "localReplies", "upgradeConfig.enabledUpgrades[1]",
                              "http2ProtocolOptions.allowConnect", "forwardClientCertDetails.mode", "forwardClientCertDetails.details",
                              "accessLog[0].grpcService"})
        EXPECT_TRUE(finding("GH2901", http + field)) << field;
    EXPECT_FALSE(finding("GH2901", http + "upgradeConfig.enabledUpgrades[0]"));
    EXPECT_EQ(condition("p", "Accepted"), "True/PartiallyValid");
}

TEST_F(ListenerPolicyTest, ContradictionsAreReported) {
    apply(policy("p", std::string(kGateway) + R"(
  default:
    tcpKeepalive: {keepAliveTime: 10ms}
    clientCertificateValidation: {mode: Require, caCertificateRefs: [{group: "", kind: ConfigMap, name: nobody}]}
    httpSettings:
      xffNumTrustedHops: 1
      xffTrustedCIDRs: [10.0.0.0/8, nonsense, 10.0.0.0/33]
      healthCheck: {path: up}
      forwardClientCertDetails: {mode: Sanitize, details: {cert: true}}
      accessLog: [{fileSink: {path: /dev/stdout}}]
  perPort:
  - {port: 80, listener: {}}
  - {port: 80, listener: {}})"));
    const std::string spec = "spec.default.";
    EXPECT_TRUE(finding("GH2208", spec + "tcpKeepalive.keepAliveTime"));
    EXPECT_TRUE(finding("GH3304", spec + "clientCertificateValidation.caCertificateRefs[0]"));
    EXPECT_TRUE(finding("GH2208", spec + "httpSettings.xffTrustedCIDRs"));
    EXPECT_TRUE(finding("GH2208", spec + "httpSettings.xffTrustedCIDRs[1]"));
    EXPECT_TRUE(finding("GH2208", spec + "httpSettings.xffTrustedCIDRs[2]"));
    EXPECT_TRUE(finding("GH2208", spec + "httpSettings.healthCheck.path"));
    EXPECT_TRUE(finding("GH2208", spec + "httpSettings.forwardClientCertDetails.details"));
    EXPECT_TRUE(finding("GH2208", spec + "httpSettings.accessLog[0].fileSink"));
    EXPECT_TRUE(finding("GH2208", "spec.perPort[1].port"));
    apply(policy("p", "  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: r}]\n"));
    EXPECT_TRUE(finding("GH3205", "spec.targetRefs[0].kind"));
    apply(policy("p", "  targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw, sectionName: none}]\n"));
    EXPECT_TRUE(finding("GH3204", "spec.targetRefs[0].sectionName"));
}

}  // namespace
}  // namespace gatehouse::route
