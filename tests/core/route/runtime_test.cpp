// What outlives a snapshot, and that it does not outlive its use.
#include "config/workspace.h"
#include "route/translate.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace gatehouse::route {
namespace {

std::string workspace(const std::string& name) {
    return fmt::format(R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: gw}}
spec: {{gatewayClassName: any, listeners: [{{name: http, port: 80, protocol: HTTP}}]}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: {0}}}
spec:
  parentRefs: [{{name: gw}}]
  rules:
  - backendRefs:
    - {{group: gateway.kgateway.dev, kind: Backend, name: {0}}}
    - {{group: inference.networking.k8s.io, kind: InferencePool, name: {0}}}
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {{name: {0}}}
spec: {{type: Static, static: {{hosts: [{{host: 127.0.0.1, port: 9000}}]}}}}
---
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {{name: {0}}}
spec: {{selector: {{matchLabels: {{app: a}}}}, targetPorts: [{{number: 9001}}], endpointPickerRef: {{name: e, port: {{number: 1}}}}}}
---
apiVersion: v1
kind: Pod
metadata: {{name: p, labels: {{app: a}}}}
status: {{podIP: 127.0.0.1, phase: Running}}
)", name);
}

Translation translated(Runtime& runtime, const std::string& name) {
    return translate(*config::readObjects({{"a.yaml", workspace(name)}}), runtime, 1);
}

TEST(Runtime, StaysFlatWhileNamesChangeForEver) {
    Runtime runtime;
    auto current = translated(runtime, "r0");
    const auto counters = runtime.counters.size();
    const auto endpoints = runtime.endpoints.all().size();
    ASSERT_EQ(counters, 3U);  // One rule, two backends.
    ASSERT_EQ(endpoints, 2U);
    ASSERT_EQ(runtime.pods.size(), 1U);
    std::uint32_t highest = 0;
    for (int i = 1; i <= 2'000; ++i) {
        current = translated(runtime, fmt::format("r{}", i));
        runtime.prune();
        for (const auto& endpoint : runtime.endpoints.all()) highest = std::max(highest, endpoint->index);
    }
    EXPECT_EQ(runtime.counters.size(), counters);
    EXPECT_EQ(runtime.endpoints.all().size(), endpoints);
    EXPECT_EQ(runtime.pods.size(), 1U);
    // Numbers index the workers' tables of connections, so they must not rise for ever either.
    EXPECT_LT(highest, 2 * endpoints + 1);
}

TEST(Runtime, KeepsWhatARequestInFlightHolds) {
    Runtime runtime;
    const auto before = translated(runtime, "old");  // As a request holds it.
    before.snapshot->rules.at(0)->counters->requests = 7;
    const auto after = translated(runtime, "new");
    runtime.prune();
    EXPECT_EQ(runtime.pods.size(), 2U);
    EXPECT_EQ(runtime.endpoints.all().size(), 4U);
    const auto again = translated(runtime, "old");
    EXPECT_EQ(again.snapshot->rules.at(0)->counters->requests, 7U);
}

TEST(Runtime, ForgetsAnEndpointOnlyWhenItsLastHolderIsGone) {
    upstream::EndpointRegistry registry;
    auto held = registry.get("c", "127.0.0.1", 1, {});
    const auto index = held->index;
    registry.prune();
    EXPECT_EQ(registry.get("c", "127.0.0.1", 1, {}), held);
    held.reset();
    registry.prune();
    EXPECT_TRUE(registry.all().empty());
    EXPECT_EQ(registry.get("other", "127.0.0.1", 2, {})->index, index) << "numbers are given anew";
}

}  // namespace
}  // namespace gatehouse::route
