// Sessions from manifests to the endpoint, across swaps; and shares, drawn out to the last.
#include "config/workspace.h"
#include "route/explain.h"
#include "route/matcher.h"
#include "route/sessions.h"
#include "route/translate.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

namespace gatehouse::route {
namespace {

std::string service(const std::string& name, const std::vector<std::string>& addresses) {
    std::string text = fmt::format(R"(---
apiVersion: v1
kind: Service
metadata: {{name: {0}}}
spec: {{ports: [{{name: http, port: 80, targetPort: 8080}}]}}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {{name: {0}-1, labels: {{kubernetes.io/service-name: {0}}}}}
addressType: IPv4
ports: [{{name: http, port: 8080}}]
endpoints:
)", name);
    for (const auto& address : addresses) text += fmt::format("- {{addresses: [{}], conditions: {{ready: true}}}}\n", address);
    return text;
}

std::string workspace(const std::vector<std::string>& one, int weight = 1) {
    return R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw}
spec: {gatewayClassName: any, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r}
spec:
  parentRefs: [{name: gw}]
  rules:
  - backendRefs:
    - {name: one, port: 80, weight: )" +
           std::to_string(weight) + R"(}
    - {name: two, port: 80}
    sessionPersistence: {sessionName: sid, absoluteTimeout: 10m}
)" + service("one", one) + service("two", {"10.0.0.9"});
}

struct Keeper {
    Runtime runtime;
    std::shared_ptr<const Snapshot> read(const std::string& text) {
        return translate(*config::readObjects({{"a.yaml", text}}), runtime, 1).snapshot;
    }
};

Explanation ask(const Snapshot& snapshot, const std::string& cookie) {
    ExplainRequest request;
    request.url = "http://h/";
    request.draw = 0.99;  // Of new sessions: to the second backend.
    if (!cookie.empty()) request.headers.emplace_back("Cookie", cookie);
    auto got = explain(snapshot, request);
    EXPECT_TRUE(got.has_value());
    return got ? *got : Explanation{};
}

TEST(Sessions, ComeBackToTheirEndpointAcrossSwapsAndWeights) {
    Keeper keeper;
    const auto before = keeper.read(workspace({"10.0.0.1", "10.0.0.2"}));
    const auto& rule = *before->rules.at(0);
    ASSERT_TRUE(rule.sessions);
    EXPECT_EQ(rule.sessions->settings.absoluteTimeout, std::chrono::seconds(600));
    const auto& endpoint = *rule.backends[0].cluster->endpoints[1];
    const auto cookie = "sid=" + sessionTokenFor(rule, rule.backends[0], endpoint);
    EXPECT_EQ(cookie.find("10.0"), std::string::npos);
    EXPECT_EQ(ask(*before, "").backend, "Service default/two");
    EXPECT_EQ(ask(*before, cookie).backend, "Service default/one");
    EXPECT_EQ(ask(*before, cookie).endpoint, "10.0.0.2:8080");

    // Another order, another weight: none new, but those that are there stay.
    const auto after = keeper.read(workspace({"10.0.0.3", "10.0.0.2"}, 0));
    EXPECT_EQ(ask(*after, cookie).endpoint, "10.0.0.2:8080");
    EXPECT_EQ(ask(*after, "").backend, "Service default/two");

    const auto gone = keeper.read(workspace({"10.0.0.3"}));
    const auto moved = ask(*gone, cookie);
    EXPECT_EQ(moved.backend, "Service default/two");
    bool told = false;
    for (const auto& step : moved.steps) told = told || (step.stage == "session" && step.detail.find("is gone") != std::string::npos);
    EXPECT_TRUE(told);
}

TEST(Sessions, LeaveAnEndpointThatIsOut) {
    Keeper keeper;
    const auto snapshot = keeper.read(workspace({"10.0.0.1", "10.0.0.2"}));
    const auto& rule = *snapshot->rules.at(0);
    auto& endpoint = *rule.backends[0].cluster->endpoints[1];
    http::RequestHead request;
    request.headers.add("Cookie", "sid=" + sessionTokenFor(rule, rule.backends[0], endpoint));
    const auto now = base::MonoClock::now();
    EXPECT_EQ(readSession(rule, request.headers, now).endpoint, &endpoint);
    endpoint.ejectedUntil = (now + std::chrono::hours(1)).time_since_epoch().count();
    const auto choice = readSession(rule, request.headers, now);
    EXPECT_EQ(choice.state, SessionState::Out);
    EXPECT_EQ(choice.endpoint, nullptr);
}

TEST(Shares, AreDrawnToTheLast) {
    Rule rule;
    for (const std::uint32_t weight : {5U, 0U, 3U, 2U}) {
        Backend backend;
        backend.name = std::to_string(rule.backends.size());
        backend.weight = weight;
        rule.totalWeight += weight;
        rule.backends.push_back(std::move(backend));
    }
    std::map<std::string, int> counts;
    for (std::uint64_t draw = 0; draw < rule.totalWeight; ++draw) ++counts[drawBackend(rule, draw)->name];
    EXPECT_EQ(counts, (std::map<std::string, int>{{"0", 5}, {"2", 3}, {"3", 2}}));
    EXPECT_EQ(drawBackend(rule, rule.totalWeight), nullptr);
}

}  // namespace
}  // namespace gatehouse::route
