// Inference kinds: what pools of both groups become, model rewrites and their draws, objectives, exporters.
#include "config/workspace.h"
#include "route/explain.h"
#include "route/model_rewrites.h"
#include "route/translate.h"
#include "route/translate_pools.h"

#include <gtest/gtest.h>

#include <map>

namespace gatehouse::route {
namespace {

const std::string kRoute = R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw}
spec: {gatewayClassName: any, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: chat}
spec:
  parentRefs: [{name: gw}]
  rules:
  - matches: [{path: {type: PathPrefix, value: /v1}}]
    backendRefs: [{group: inference.networking.k8s.io, kind: InferencePool, name: vllm}]
  - matches: [{path: {type: PathPrefix, value: /old}}]
    backendRefs: [{group: inference.networking.x-k8s.io, kind: InferencePool, name: vllm}]
---
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {name: vllm}
spec:
  selector: {matchLabels: {app: vllm}}
  targetPorts: [{number: 8000}, {number: 8001}]
  appProtocol: kubernetes.io/h2c
  endpointPickerRef: {name: epp, port: {number: 9002}, failureMode: FailOpen}
---
apiVersion: inference.networking.x-k8s.io/v1alpha2
kind: InferencePool
metadata: {name: vllm}
spec: {selector: {app: old}, targetPortNumber: 9000, extensionRef: {name: epp}}
---
apiVersion: v1
kind: Pod
metadata: {name: a, labels: {app: vllm, llm-d.ai/engine-type: sglang}}
status: {podIP: 10.0.0.1, phase: Running}
---
apiVersion: v1
kind: Pod
metadata: {name: b, labels: {app: vllm}, deletionTimestamp: "2026-01-01T00:00:00Z"}
status: {podIP: 10.0.0.2, phase: Running}
---
apiVersion: v1
kind: Pod
metadata: {name: c, labels: {app: old}, annotations: {gatehouse.dev/engine: tgi, gatehouse.dev/metrics-path: /m}}
status: {podIP: 10.0.0.3, phase: Running}
---
apiVersion: v1
kind: Pod
metadata: {name: dcgm, namespace: gpu, labels: {app: nvidia-dcgm-exporter}}
status: {podIP: 10.0.0.9, phase: Running}
---
)";

Translation translated(Runtime& runtime, const std::string& more) { return translate(*config::readObjects({{"a.yaml", kRoute + more}}), runtime, 1); }

const Backend& backendOf(const Translation& translation, std::size_t rule) { return translation.snapshot->rules.at(rule)->backends.at(0); }

TEST(Pools, BothGroupsRunBesideEachOther) {
    Runtime runtime;
    const auto translation = translated(runtime, "");
    const auto& v1 = backendOf(translation, 0);
    ASSERT_TRUE(v1.pool);
    std::vector<std::string> addresses;
    for (const auto& pod : v1.pool->pods()) {
        addresses.push_back(pod->endpoint->host + ":" + std::to_string(pod->endpoint->port));
        EXPECT_EQ(pod->engineHint, inference::Engine::Sglang);
        EXPECT_EQ(pod->metricsPort, pod->endpoint->port);
        ASSERT_TRUE(pod->endpoint->transport);
        EXPECT_EQ(pod->endpoint->transport->protocol, upstream::Protocol::Http2);
    }
    // Each port of each pod is an endpoint; who is on his way out gets nothing.
    EXPECT_EQ(addresses, (std::vector<std::string>{"10.0.0.1:8000", "10.0.0.1:8001"}));
    EXPECT_TRUE(v1.failOpen);
    const auto& older = backendOf(translation, 1);
    ASSERT_TRUE(older.pool);
    ASSERT_EQ(older.pool->pods().size(), 1U);
    EXPECT_EQ(older.pool->pods()[0]->endpoint->port, 9000);
    EXPECT_EQ(older.pool->pods()[0]->engineHint, inference::Engine::Tgi);
    EXPECT_EQ(older.pool->pods()[0]->metricsPath, "/m");
    EXPECT_FALSE(older.failOpen);
    EXPECT_NE(older.pool->id(), v1.pool->id());
    ASSERT_EQ(translation.snapshot->exporters.size(), 1U);
    EXPECT_EQ(translation.snapshot->exporters[0], (inference::DcgmExporter{"gpu/dcgm", "10.0.0.9", 9400}));
}

TEST(Pools, ObjectivesOfEitherGroupGivePriorities) {
    Runtime runtime;
    const auto translation = translated(runtime, R"(apiVersion: llm-d.ai/v1alpha2
kind: InferenceObjective
metadata: {name: urgent}
spec: {priority: 7, poolRef: {name: vllm}}
---
apiVersion: inference.networking.x-k8s.io/v1alpha2
kind: InferenceObjective
metadata: {name: batch}
spec: {priority: -3, poolRef: {name: vllm}}
---
apiVersion: llm-d.ai/v1alpha2
kind: InferenceObjective
metadata: {name: elsewhere}
spec: {priority: 9, poolRef: {name: other}}
---
apiVersion: inference.networking.x-k8s.io/v1alpha2
kind: InferenceModel
metadata: {name: m}
spec: {modelName: llama, criticality: Sheddable, poolRef: {name: vllm}}
)");
    const auto& pool = *backendOf(translation, 0).pool;
    EXPECT_EQ(pool.priorityOf("urgent"), 7);
    EXPECT_EQ(pool.priorityOf("batch"), -3);
    EXPECT_EQ(pool.priorityOf("elsewhere"), 0);
    const auto& older = *backendOf(translation, 1).pool;  // The model's poolRef is of the older group, where that pool exists.
    EXPECT_EQ(older.priorityOfModel("llama"), -10);
    EXPECT_EQ(older.priorityOf("llama"), 0);
}

config::Object rewriteObject(const std::string& yaml, std::shared_ptr<const config::ObjectSet>& keep) {
    keep = config::readObjects({{"r.yaml", yaml}});
    return keep->objects.front();
}

TEST(ModelRewrites, DrawByWeightAndExactNamesFirst) {
    std::shared_ptr<const config::ObjectSet> keep;
    const auto object = rewriteObject(R"(apiVersion: llm-d.ai/v1alpha2
kind: InferenceModelRewrite
metadata: {name: r}
spec:
  poolRef: {name: vllm}
  rules:
  - targets: [{modelRewrite: base}]
  - matches: [{model: {value: chat}}, {model: {type: Exact, value: talk}}]
    targets: [{modelRewrite: v1, weight: 3}, {modelRewrite: v2, weight: 1}]
  - matches: [{model: {value: chat}}]
    targets: [{modelRewrite: never}]
  - matches: [{model: {value: part}}]
    targets: [{modelRewrite: all, weight: 2}, {modelRewrite: none}]
  - matches: [{model: {value: even}}]
    targets: [{modelRewrite: a}, {modelRewrite: b}]
)", keep);
    const auto spec = config::decodeInferenceModelRewrite(object);
    ASSERT_TRUE(spec);
    ModelRewrites rewrites;
    rewrites.add(*spec, object);
    const auto asked = [&](const char* model, double draw) { return std::string(rewrites.choose(model, draw)->model); };
    EXPECT_EQ(asked("chat", 0), "v1");
    EXPECT_EQ(asked("chat", 0.7499), "v1");
    EXPECT_EQ(asked("talk", 0.75), "v2");
    EXPECT_EQ(asked("chat", 1.0), "v2");
    EXPECT_EQ(asked("chat", -1), "v1");
    EXPECT_EQ(asked("other", 0.5), "base");
    for (const double draw : {0.0, 0.5, 0.999}) EXPECT_EQ(asked("part", draw), "all");
    EXPECT_EQ(asked("even", 0.49), "a");
    EXPECT_EQ(asked("even", 0.5), "b");
    EXPECT_EQ(rewrites.choose("chat", 0.9)->sentence, "asks for v2, 1 of 4 by InferenceModelRewrite default/r");
    EXPECT_FALSE(ModelRewrites().choose("chat", 0));
}

TEST(ModelRewrites, TheOlderObjectGoesFirstAndTheShareIsKept) {
    Runtime runtime;
    const auto translation = translated(runtime, R"(apiVersion: llm-d.ai/v1alpha2
kind: InferenceModelRewrite
metadata: {name: a-newer, creationTimestamp: "2026-02-01T00:00:00Z"}
spec: {poolRef: {name: vllm}, rules: [{matches: [{model: {value: m}}], targets: [{modelRewrite: newer}]}]}
---
apiVersion: inference.networking.x-k8s.io/v1alpha2
kind: InferenceModelRewrite
metadata: {name: z-older, creationTimestamp: "2026-01-01T00:00:00Z"}
spec: {poolRef: {name: vllm}, rules: [{matches: [{model: {value: m}}], targets: [{modelRewrite: older, weight: 9}, {modelRewrite: rest, weight: 1}]}]}
)");
    const auto& rewrites = backendOf(translation, 0).modelRewrites;
    ASSERT_TRUE(rewrites);
    std::map<std::string, int> drawn;
    for (int i = 0; i < 1'000; ++i) ++drawn[std::string(rewrites->choose("m", i / 1'000.0)->model)];
    EXPECT_EQ(drawn, (std::map<std::string, int>{{"older", 900}, {"rest", 100}}));
    EXPECT_FALSE(backendOf(translation, 1).modelRewrites);
    EXPECT_TRUE(std::any_of(translation.diagnostics.begin(), translation.diagnostics.end(), [](const auto& finding) { return finding.code == "GH3112"; }));
}

TEST(ModelRewrites, ExplainShowsTheModelThatIsAskedFor) {
    Runtime runtime;
    const auto translation = translated(runtime, R"(apiVersion: llm-d.ai/v1alpha2
kind: InferenceModelRewrite
metadata: {name: r}
spec: {poolRef: {name: vllm}, rules: [{matches: [{model: {value: m}}], targets: [{modelRewrite: v1}, {modelRewrite: v2}]}]}
)");
    ExplainRequest request;
    request.method = "POST";
    request.url = "http://h/v1/chat/completions";
    request.body = R"({"model":"m","messages":[{"role":"user","content":"hi"}]})";
    request.headers = {{"Content-Type", "application/json"}};
    request.draw = 0.9;
    const auto explained = explain(*translation.snapshot, request);
    ASSERT_TRUE(explained);
    EXPECT_NE(explained->forwardedBody.find("\"v2\""), std::string::npos) << explained->forwardedBody;
    EXPECT_TRUE(std::any_of(explained->steps.begin(), explained->steps.end(), [](const Step& step) {
        return step.stage == "rewrite" && step.detail == "asks for v2, 1 of 2 by InferenceModelRewrite default/r" && step.origin.name == "r";
    }));
}

TEST(ServedPools, AreListedForOtherGatewaysAloneAndAreTheOnesThatRoutesHave) {
    const auto set = config::readObjects({{"a.yaml", kRoute + R"(---
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {name: unrouted, namespace: other}
spec: {selector: {matchLabels: {app: vllm}}, targetPorts: [{number: 8000}]}
---
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {name: broken}
spec: {targetPorts: []}
)"}});
    Runtime runtime;
    EXPECT_TRUE(translate(*set, runtime, 1).snapshot->served.empty());
    EXPECT_EQ(translate(*set, runtime, 2).snapshot->pools.size(), 2U) << "nobody asks for the others";
    runtime.servesPools = true;
    const auto snapshot = translate(*set, runtime, 3).snapshot;
    std::map<std::string, const ServedPool*> byId;
    for (const auto& served : snapshot->served) byId[served.backend.id] = &served;
    ASSERT_TRUE(byId.contains("InferencePool/default/vllm"));
    ASSERT_TRUE(byId.contains("InferencePool.v1alpha2/default/vllm"));
    ASSERT_TRUE(byId.contains("InferencePool/other/unrouted"));
    const auto& served = *byId["InferencePool/default/vllm"];
    EXPECT_EQ(served.picker, "epp");
    EXPECT_TRUE(served.backend.failOpen);
    EXPECT_EQ(served.backend.name, "InferencePool default/vllm");
    EXPECT_TRUE(byId["InferencePool/other/unrouted"]->picker.empty());
    int same = 0;
    for (const auto& pool : snapshot->pools) same += pool == served.backend.pool;
    EXPECT_EQ(same, 1) << "the very pool that the route sends to, once";
    EXPECT_EQ(snapshot->pools.size(), snapshot->served.size());
}

}  // namespace
}  // namespace gatehouse::route
