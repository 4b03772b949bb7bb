// csrf, faultInjection and delay, from YAML to the wire.
#include "core/gateway/provider_stage.h"

namespace gatehouse::test {
namespace {

class Extras : public ProviderStage {
  protected:
    static std::string kgateway(std::uint16_t origin, const std::string& spec) { return yaml(origin, fmt::format(R"(apiVersion: gateway.kgateway.dev/v1alpha1
kind: TrafficPolicy
metadata: {{name: p}}
spec: {{targetRefs: [{{group: gateway.networking.k8s.io, kind: HTTPRoute, name: web}}], {}}}
)", spec)); }
    static std::string agentgateway(std::uint16_t origin, const std::string& traffic) { return yaml(origin, fmt::format(R"(apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayPolicy
metadata: {{name: p}}
spec: {{targetRefs: [{{group: gateway.networking.k8s.io, kind: HTTPRoute, name: web}}], traffic: {{{}}}}}
)", traffic)); }

    static std::string yaml(std::uint16_t origin, const std::string& policy) {
        return fmt::format(R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: gw}}
spec: {{gatewayClassName: kgateway, listeners: [{{name: http, protocol: HTTP, port: 80}}]}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: web}}
spec: {{parentRefs: [{{name: gw}}], rules: [{{backendRefs: [{{group: gateway.kgateway.dev, kind: Backend, name: web}}]}}]}}
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {{name: web}}
spec: {{type: Static, static: {{hosts: [{{host: 127.0.0.1, port: {}}}]}}}}
---
{})", origin, policy);
    }
    Message send(std::string_view method, std::string_view extra = "") const {
        auto wire = Wire::connect(port);
        wire.send(fmt::format("{} /x HTTP/1.1\r\nHost: shop.example\r\n{}Content-Length: 0\r\nConnection: close\r\n\r\n", method, extra));
        return readMessage(wire);
    }
    static std::string fine(std::size_t size = 2) { return fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{}", size, std::string(size, 'x')); }
};

TEST_F(Extras, EnvoysCsrf) {
    Origin origin(Origin::always(fine()));
    serve(kgateway(origin.port(), "csrf: {additionalOrigins: [{suffix: .partner.example}]}"));
    EXPECT_EQ(send("GET").status(), 200);
    EXPECT_EQ(send("POST", "Origin: http://shop.example\r\n").status(), 200);
    EXPECT_EQ(send("POST", "Origin: http://a.partner.example\r\n").status(), 200);
    EXPECT_EQ(send("POST", "Origin: http://evil.example\r\n").status(), 403);
    const auto seen = record(4);
    EXPECT_EQ(seen.error, "csrf");
    EXPECT_EQ(stepsOf(seen, "csrf"), "TrafficPolicy default/p: its origin is another host\n");
    EXPECT_EQ(send("POST").status(), 403);
}

TEST_F(Extras, ShadowedCsrfIsToldAndNotEnforced) {
    Origin origin(Origin::always(fine()));
    serve(kgateway(origin.port(), "csrf: {percentageShadowed: 100}"));
    EXPECT_EQ(send("POST", "Origin: http://evil.example\r\n").status(), 200);
    EXPECT_NE(stepsOf(record(1), "csrf").find("not enforced"), std::string::npos);
}

TEST_F(Extras, AgentgatewaysCsrf) {
    Origin origin(Origin::always(fine()));
    serve(agentgateway(origin.port(), "csrf: {additionalOrigins: [\"https://partner.example\"]}"));
    EXPECT_EQ(send("POST").status(), 200);
    EXPECT_EQ(send("POST", "Sec-Fetch-Site: cross-site\r\nOrigin: https://partner.example\r\n").status(), 200);
    EXPECT_EQ(send("POST", "Sec-Fetch-Site: cross-site\r\nOrigin: https://evil.example\r\n").status(), 403);
    serve(agentgateway(origin.port(), "csrf: {additionalOrigins: [\"no origin\"]}"));
    EXPECT_EQ(send("POST").status(), 500) << "rather than unchecked";
}

TEST_F(Extras, FaultsAbortWithTheirStatus) {
    Origin origin(Origin::always(fine()));
    serve(kgateway(origin.port(), "faultInjection: {abort: {httpStatus: 418}}"));
    EXPECT_EQ(send("GET").status(), 418);
    EXPECT_EQ(record(1).error, "fault-abort");
    EXPECT_NE(stepsOf(record(1), "fault").find("on purpose"), std::string::npos);
    EXPECT_EQ(origin.connections(), 0);
    serve(kgateway(origin.port(), "faultInjection: {abort: {grpcStatus: 8}}"));
    EXPECT_EQ(send("GET").status(), 429);
    const auto grpc = send("POST", "Content-Type: application/grpc\r\n");
    EXPECT_EQ(grpc.status(), 200);
    EXPECT_EQ(grpc.field("grpc-status"), "8");
    serve(kgateway(origin.port(), "faultInjection: {abort: {httpStatus: 503, percentage: 0}}"));
    EXPECT_EQ(send("GET").status(), 200);
    serve(kgateway(origin.port(), "faultInjection: {disable: {}}"));
    EXPECT_EQ(send("GET").status(), 200);
}

TEST_F(Extras, DelaysOfBothDialectsAreWaitedForAndTold) {
    Origin origin(Origin::always(fine()));
    for (const auto& yaml : {kgateway(origin.port(), "faultInjection: {delay: {fixedDelay: 60ms}}"), agentgateway(origin.port(), "delay: {duration: 60ms}"),
                             agentgateway(origin.port(), "delay: {duration: 'request.method == \"GET\" ? 60 : 0'}")}) {
        gateway.reset();
        serve(yaml);
        const auto began = std::chrono::steady_clock::now();
        EXPECT_EQ(send("GET").status(), 200);
        EXPECT_GE(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(60));
        EXPECT_NE(stepsOf(record(1), "fault").find("waited 60 ms on purpose"), std::string::npos) << stepsOf(record(1), "fault");
    }
    EXPECT_EQ(send("POST").status(), 200);
    EXPECT_EQ(stepsOf(record(2), "fault"), "");
}

TEST_F(Extras, ADelayCountsAgainstTheRequestsTime) {
    Origin origin(Origin::always(fine()));
    serve(agentgateway(origin.port(), "timeouts: {request: 50ms}, delay: {duration: 10s}"));
    EXPECT_EQ(send("GET").status(), 504);
    EXPECT_EQ(origin.connections(), 0);
}

TEST_F(Extras, AnswersComeSlowlyOnPurpose) {
    Origin origin(Origin::always(fine(2'000)));
    serve(kgateway(origin.port(), "faultInjection: {responseRateLimit: {kbitsPerSecond: 160}}"));
    const auto began = std::chrono::steady_clock::now();
    const auto answer = send("GET");
    EXPECT_EQ(answer.status(), 200);
    EXPECT_EQ(answer.body.size(), 2'000U);
    EXPECT_GE(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(95)) << "20,000 bytes/s";
}

}  // namespace
}  // namespace gatehouse::test
