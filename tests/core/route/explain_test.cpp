// Explain where it depends on what is known at run time: the state of endpoints, a client's certificate, what a record kept.
#include "route/explain.h"

#include "config/workspace.h"
#include "core/net/certificates.h"
#include "route/translate.h"
#include "upstream/outlier.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace gatehouse::route {
namespace {

constexpr char kGateway[] = R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: default}
spec:
  gatewayClassName: any
  listeners:
    - {name: http, protocol: HTTP, port: 80}
)";

std::string webOf(int endpoints, const std::string& policy = {}) {
    std::string addresses;
    for (int i = 1; i <= endpoints; ++i) addresses += fmt::format("  - {{addresses: [10.0.0.{}], conditions: {{ready: true}}}}\n", i);
    return std::string(kGateway) + fmt::format(R"(---
apiVersion: v1
kind: Service
metadata: {{name: web, namespace: default}}
spec:
  ports: [{{name: http, port: 80, targetPort: 8080}}]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {{name: web-1, namespace: default, labels: {{kubernetes.io/service-name: web}}}}
addressType: IPv4
endpoints:
{}ports: [{{name: http, port: 8080}}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: web, namespace: default}}
spec:
  parentRefs: [{{name: gw}}]
  rules:
    - backendRefs: [{{name: web, port: 80}}]
)", addresses) + policy;
}

std::string policyOf(const std::string& spec) {
    return "---\napiVersion: gateway.kgateway.dev/v1alpha1\nkind: BackendConfigPolicy\nmetadata: {name: p, namespace: default}\n"
           "spec:\n  targetRefs: [{group: \"\", kind: Service, name: web}]\n" + spec;
}

struct World {
    explicit World(const std::string& yaml)
        : objects(config::readObjects({{"w.yaml", yaml}})), translation(translate(*objects, runtime, 1)) {}
    Explanation ask(ExplainRequest request = {}) const {
        if (request.url.empty()) request.url = "http://h/";
        auto told = explain(*translation.snapshot, request);
        EXPECT_TRUE(told) << (told ? "" : told.error().message);
        return told ? *told : Explanation{};
    }
    upstream::Endpoint& endpoint(std::size_t i) const { return *translation.snapshot->clusters.at(0)->endpoints.at(i); }

    Runtime runtime;
    std::shared_ptr<const config::ObjectSet> objects;
    Translation translation;
};

std::string stepsOf(const Explanation& told, const std::string& stage) {
    std::string text;
    for (const auto& step : told.steps)
        if (step.stage == stage) text += step.subject + ": " + step.detail + "\n";
    return text;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(ExplainEndpoint, SaysWhatTheBalanceWouldDo) {
    struct Row {
        const char* spec;
        int endpoints;
        const char* sentence;
        std::size_t inTurn;
    };
    const Row rows[] = {
        {"", 1, "the only endpoint", 1},
        {"", 3, "least request: 3 of 3 have the fewest in flight (0) and take turns", 3},
        {"", 9, "least request: the least busy of the next 8 of 9, in turn", 9},
        {"  loadBalancer: {roundRobin: {}}\n", 3, "round robin: 3 endpoints take turns", 3},
        {"  loadBalancer: {roundRobin: {}}\n", 1, "the only endpoint", 1},
        {"  loadBalancer: {random: {}}\n", 4, "random: each of 4 endpoints has the same chance", 4},
        {"  loadBalancer: {leastRequest: {choiceCount: 2}}\n", 4, "least request: the least busy of 2 that are drawn at random among 4", 4},
    };
    for (const auto& row : rows) {
        const World world(webOf(row.endpoints, *row.spec == '\0' ? std::string() : policyOf(row.spec)));
        const auto told = world.ask();
        EXPECT_TRUE(has(stepsOf(told, "endpoint"), row.sentence)) << row.spec << stepsOf(told, "endpoint");
        EXPECT_EQ(told.endpointsInTurn, row.inTurn) << row.spec;
        EXPECT_FALSE(told.endpoint.empty());
    }
}

TEST(ExplainEndpoint, FollowsTheLoad) {
    const World world(webOf(3));
    world.endpoint(0).inFlight = 2;
    world.endpoint(1).inFlight = 1;
    world.endpoint(2).inFlight = 5;
    const auto told = world.ask();
    EXPECT_EQ(told.endpoint, "10.0.0.2:8080");
    EXPECT_EQ(told.endpointsInTurn, 1U);
    EXPECT_TRUE(has(stepsOf(told, "endpoint"), "the fewest requests in flight (1) of 3")) << stepsOf(told, "endpoint");
}

TEST(ExplainEndpoint, PassesOverWhatIsOut) {
    const World world(webOf(3));
    const auto now = base::MonoClock::now();
    while (!upstream::isEjected(world.endpoint(1), now)) upstream::noteFailure(world.endpoint(1), now);
    auto told = world.ask();
    EXPECT_NE(told.endpoint, "10.0.0.2:8080");
    EXPECT_TRUE(has(stepsOf(told, "endpoint"), "10.0.0.2:8080: out")) << stepsOf(told, "endpoint");
    EXPECT_TRUE(has(stepsOf(told, "endpoint"), "2 of 2 have the fewest")) << stepsOf(told, "endpoint");
    while (!upstream::isEjected(world.endpoint(2), now)) upstream::noteFailure(world.endpoint(2), now);
    told = world.ask();
    EXPECT_EQ(told.endpoint, "10.0.0.1:8080");
    EXPECT_TRUE(has(stepsOf(told, "endpoint"), "the only one of 3 endpoints that is in")) << stepsOf(told, "endpoint");
}

TEST(ExplainEndpoint, TellsOfSlowStartAndOfAFullBackend) {
    const World warm(webOf(2, policyOf("  loadBalancer: {roundRobin: {slowStart: {window: 600s}}}\n")));
    warm.endpoint(0).joinedAt = base::MonoClock::now().time_since_epoch().count();
    warm.endpoint(1).joinedAt = (base::MonoClock::now() - std::chrono::seconds(300)).time_since_epoch().count();
    EXPECT_TRUE(has(stepsOf(warm.ask(), "endpoint"), "10.0.0.2:8080: slow start: it takes 50 % of its turns so far")) << stepsOf(warm.ask(), "endpoint");

    const World full(webOf(2, policyOf("  circuitBreakers: {maxRequests: 3}\n")));
    full.endpoint(0).inFlight = 3;
    const auto told = full.ask();
    EXPECT_EQ(told.status, 503);
    EXPECT_TRUE(has(told.answer, "as many requests at a time as BackendConfigPolicy default/p allows (3)")) << told.answer;
}

TEST(ExplainPolicies, ListsWinnersAndLosersOfABackend) {
    auto yaml = webOf(2) + R"(---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: BackendConfigPolicy
metadata: {name: old, namespace: default, creationTimestamp: "2020-01-01T00:00:00Z"}
spec:
  targetRefs: [{group: "", kind: Service, name: web}]
  connectTimeout: 1s
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: BackendConfigPolicy
metadata: {name: new, namespace: default, creationTimestamp: "2021-01-01T00:00:00Z"}
spec:
  targetRefs: [{group: "", kind: Service, name: web}]
  connectTimeout: 9s
  loadBalancer: {random: {}}
  tls: {wellKnownCACertificates: System, sni: other.test}
  healthCheck: {timeout: 1s, interval: 5s, healthyThreshold: 1, unhealthyThreshold: 1, http: {path: /}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: {name: port, namespace: default}
spec:
  targetRefs: [{group: "", kind: Service, name: web, sectionName: http}]
  validation: {hostname: web.test, wellKnownCACertificates: System}
---
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: {name: whole, namespace: default}
spec:
  targetRefs: [{group: "", kind: Service, name: web}]
  validation: {hostname: whole.test, wellKnownCACertificates: System}
---
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: {name: zzz, namespace: default}
spec:
  targetRefs: [{group: "", kind: Service, name: web, sectionName: http}]
  validation: {hostname: late.test, wellKnownCACertificates: System}
)";
    const World world(yaml);
    const auto told = world.ask();
    std::string text;
    for (const auto& policy : told.policies) {
        EXPECT_EQ(policy.subject, "Service default/web port 80");
        EXPECT_GT(policy.where.line, 0U);
        text += fmt::format("{} {} {}: {}\n", policy.effective ? "+" : "-", policy.field, policy.origin.name, policy.reason);
    }
    EXPECT_EQ(text,
              "+ validation port: targets port http of Service default/web\n"
              "- validation whole: targets Service default/web, but BackendTLSPolicy default/port wins: it names the port\n"
              "- validation zzz: targets port http of Service default/web, but is passed over: BackendTLSPolicy default/port governs "
              "Service default/web port http already, for it is older or comes first by name; change one of them.\n"
              "+ connectTimeout old: targets Service default/web\n"
              "- connectTimeout new: targets Service default/web, but BackendConfigPolicy default/old wins: it is older "
              "(2020-01-01T00:00:00Z, the other 2021-01-01T00:00:00Z)\n"
              "+ loadBalancer new: targets Service default/web\n"
              "- tls new: targets Service default/web, but BackendTLSPolicy default/port wins: a BackendTLSPolicy goes before the tls of a "
              "BackendConfigPolicy\n"
              "- healthCheck new: targets Service default/web, but the field is not run yet\n");
    EXPECT_TRUE(has(stepsOf(told, "policy"), "connectTimeout of Service default/web port 80: ")) << stepsOf(told, "policy");
}

// ---- Client certificates.

std::string tlsYaml(const test::Authority& authority, const std::string& mode) {
    const auto pair = authority.issue("h.test");
    const auto quoted = [](const std::string& pem) {
        std::string out = "\"";
        for (const char c : pem) out += c == '\n' ? std::string("\\n") : std::string(1, c);
        return out + "\"";
    };
    return fmt::format(R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: gw, namespace: default}}
spec:
  gatewayClassName: any
  tls: {{frontend: {{default: {{validation: {{{}caCertificateRefs: [{{group: "", kind: ConfigMap, name: ca}}]}}}}}}}}
  listeners:
    - {{name: https, protocol: HTTPS, port: 443, hostname: h.test, tls: {{certificateRefs: [{{name: cert}}]}}}}
---
apiVersion: v1
kind: ConfigMap
metadata: {{name: ca, namespace: default}}
data: {{ca.crt: {}}}
---
apiVersion: v1
kind: Secret
metadata: {{name: cert, namespace: default}}
type: kubernetes.io/tls
stringData: {{tls.crt: {}, tls.key: {}}}
)", mode, quoted(authority.pem()), quoted(pair.certificatePem), quoted(pair.keyPem));
}

TEST(ExplainTls, JudgesAClientCertificateAsTheHandshakeWould) {
    const test::Authority trusted, other;
    const World strict(tlsYaml(trusted, "")), lenient(tlsYaml(trusted, "mode: AllowInsecureFallback, "));
    const auto ask = [](const World& world, std::optional<std::string> certificate) {
        ExplainRequest request;
        request.url = "https://h.test/";
        request.clientCertificate = std::move(certificate);
        return world.ask(request);
    };
    EXPECT_EQ(ask(strict, {}).status, 404) << "taken to be there; there is no route";
    EXPECT_TRUE(has(stepsOf(ask(strict, {}), "tls"), "demands one that its authorities vouch for"));
    EXPECT_EQ(ask(strict, trusted.issue("client").certificatePem).status, 404);
    const auto none = ask(strict, "");
    EXPECT_EQ(none.status, 525);
    EXPECT_TRUE(has(none.answer, "the client has no certificate")) << none.answer;
    const auto stranger = ask(strict, other.issue("client").certificatePem);
    EXPECT_EQ(stranger.status, 525);
    EXPECT_TRUE(has(stranger.answer, "client is not trusted")) << stranger.answer;
    const auto fallback = ask(lenient, other.issue("client").certificatePem);
    EXPECT_EQ(fallback.status, 404);
    EXPECT_TRUE(has(stepsOf(fallback, "tls"), "AllowInsecureFallback")) << stepsOf(fallback, "tls");
    ExplainRequest unknown;
    unknown.url = "https://other.test/";
    const auto refused = strict.ask(unknown);
    EXPECT_EQ(refused.status, 525);
    EXPECT_TRUE(has(stepsOf(refused, "tls"), "its hostname h.test does not cover server name other.test")) << stepsOf(refused, "tls");
}

// ---- Recorded requests.

TEST(ExplainRecorded, TellsWhatTheRecordDidNotKeep) {
    const World world(webOf(1));
    ExplainRequest request;
    request.url = "http://h:80/x";
    request.client = "[2001:db8::1]:5555";
    request.headers = {{"host", "h"}, {"authorization", "(hidden)"}, {"x-forwarded-for", "6.6.6.6"}};
    request.recorded = ExplainRequest::Recorded{"id", false, true};
    const auto told = world.ask(request);
    EXPECT_TRUE(has(stepsOf(told, "request"), "authorization: records do not keep the value")) << stepsOf(told, "request");
    EXPECT_TRUE(has(stepsOf(told, "request"), "more than a record keeps"));
    EXPECT_TRUE(has(stepsOf(told, "request"), "the body is not kept"));
    std::string client;
    for (const auto& [name, value] : told.forwardedHeaders)
        if (name == "x-forwarded-for") client += value;
    EXPECT_EQ(client, "2001:db8::1") << "the client's own word is replaced by its address";
    request.recorded->headMissing = true;
    EXPECT_TRUE(has(stepsOf(world.ask(request), "request"), "they are not kept any more"));
}

TEST(ExplainPort, TakesTheOneThatSpeaksTheScheme) {
    const test::Authority authority;
    auto yaml = tlsYaml(authority, "");
    yaml.replace(yaml.find("  listeners:\n"), 13, "  listeners:\n    - {name: http, protocol: HTTP, port: 8080}\n");
    const World world(yaml);
    ExplainRequest request;
    request.port = 0;
    request.url = "https://h.test/";
    EXPECT_EQ(world.ask(request).listener, "Gateway default/gw/https");
    request.url = "http://h.test/";
    EXPECT_EQ(world.ask(request).listener, "Gateway default/gw/http");
    request.url = "https://h.test:444/";
    EXPECT_EQ(world.ask(request).status, 404);
}

}  // namespace
}  // namespace gatehouse::route
