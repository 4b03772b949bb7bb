// The laboratory against the data plane: the same requests, on servers of two speeds, once simulated and once through the real gateway to
// model servers on loopback. Both must put the policies in the same order. What is compared live are counts of the servers' own time (how
// long requests stood in their queues, by their steps), which a busy machine stretches alike for all; all policies run side by side.
#include "gateway/gateway.h"

#include "config/workspace.h"
#include "core/gateway/loopback.h"
#include "lab/model_server.h"
#include "lab/prompt_client.h"
#include "lab/sim/simulation.h"
#include "lab/sim/report.h"
#include "lab/sim/workload.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>

namespace gatehouse::gateway {
namespace {

using Clock = std::chrono::steady_clock;
using testing::eventually;

constexpr std::uint16_t kPort = 80;
constexpr std::size_t kFast = 2, kSlow = 2;
constexpr double kSlowSpeed = 0.25;
constexpr std::uint32_t kBatch = 4;
constexpr double kPromptTokens = 600, kAnswerTokens = 16;
/// The live servers take this times the steps of the simulated ones, so that timers and threads matter little beside them.
constexpr double kStretch = 2;
constexpr std::uint64_t kSeed = 20261124;

/// The policy by its name in the laboratory, and how a pool says it.
struct Policy {
    const char* name;
    const char* annotation;
};
constexpr Policy kPolicies[] = {{"gatehouse-cost", ""}, {"gatehouse-today", "gatehouse.dev/picker: scores"}, {"random", "gatehouse.dev/endpoint-picker-config: random"}};

lab::sim::Trace traceOf() {
    lab::sim::WorkloadShape shape = **lab::sim::findWorkload("bursts");
    shape.prompt = lab::sim::Lengths::constant(kPromptTokens);
    shape.answer = lab::sim::Lengths::constant(kAnswerTokens);
    shape.arrivalCv = 1;
    shape.groups = 0;
    shape.groupTokens = 0;
    shape.continued = 0;
    shape.burstSize = 1;
    return lab::sim::generate(shape, 18, lab::sim::fromSeconds(6), kSeed);
}

/// Mean seconds until the first token.
double simulated(const lab::sim::Trace& trace, const char* policy) {
    lab::sim::ServerSpec fast;
    fast.engine.maxSequences = kBatch;
    std::vector<lab::sim::ServerSpec> servers(kFast, fast);
    fast.speed = kSlowSpeed;
    servers.insert(servers.end(), kSlow, fast);
    const auto result = lab::sim::run(trace, servers, **lab::sim::findPolicy(policy), {});
    EXPECT_TRUE(result);
    return lab::sim::figuresOf(trace, *result, {}, {}).at(lab::sim::Metric::TtftMean);
}

lab::Profile profileOf(double speed) {
    const auto stretched = [&](double micros) { return std::chrono::microseconds(static_cast<std::int64_t>(micros * kStretch / speed)); };
    lab::Profile profile;
    profile.prefillTokensPerSecond = 18'000 / kStretch * speed;
    profile.decodeStepBase = stretched(14'500);
    profile.decodeStepPerSequence = stretched(60);
    profile.maxBatch = kBatch;
    return profile;
}

std::string workspaceOf(const lab::ModelServers& servers, const char* annotation) {
    std::string text = fmt::format(R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: gw, namespace: default}}
spec:
  gatewayClassName: kgateway
  listeners: [{{name: http, protocol: HTTP, port: {}}}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: chat, namespace: default}}
spec:
  parentRefs: [{{name: gw}}]
  rules:
    - backendRefs: [{{group: inference.networking.k8s.io, kind: InferencePool, name: chat}}]
---
apiVersion: inference.networking.x-k8s.io/v1alpha1
kind: EndpointPickerConfig
metadata: {{name: random, namespace: default}}
plugins: [{{type: random-picker}}]
---
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {{name: chat, namespace: default, annotations: {{{}}}}}
spec:
  selector: {{matchLabels: {{app: chat}}}}
  targetPorts: [{{number: 8000}}]
)", kPort, annotation);
    for (const auto& server : servers.servers())
        text += fmt::format(R"(---
apiVersion: v1
kind: Pod
metadata: {{name: {}, namespace: default, labels: {{app: chat}}, annotations: {{gatehouse.dev/port: "{}"}}}}
spec: {{containers: [{{name: vllm, image: vllm/vllm-openai, ports: [{{containerPort: 8000}}]}}]}}
status: {{phase: Running, podIP: 127.0.0.1, conditions: [{{type: Ready, status: "True"}}]}}
)", server.name, server.port);
    return text;
}

/// Four model servers, a gateway in front of them, and clients.
class Cluster {
  public:
    explicit Cluster(const Policy& policy) : policy_(policy) {
        std::vector<lab::Profile> profiles(kFast, profileOf(1));
        profiles.insert(profiles.end(), kSlow, profileOf(kSlowSpeed));
        auto servers = lab::ModelServers::start(profiles, 0, "pod-");
        if (!servers) return;
        servers_ = std::move(*servers);
        Options options;
        options.listen[kPort] = "127.0.0.1:0";
        options.workers = 1;
        auto gateway = Gateway::start(std::move(options));
        if (!gateway) return;
        gateway_ = std::move(*gateway);
        const auto report = gateway_->applyAndWait(config::readObjects({{"all.yaml", workspaceOf(*servers_, policy.annotation)}}));
        for (const auto& finding : report.diagnostics) EXPECT_NE(finding.severity, config::Severity::Error) << finding.message;
        const auto state = gateway_->state();
        if (!state.listeners.empty()) target_.address = state.listeners.front().address;
        target_.path = "/v1/chat/completions";
    }

    bool ready() const { return !target_.address.empty(); }
    const char* name() const { return policy_.name; }
    /// Every pod's metrics were read.
    bool scraped() const {
        const auto state = gateway_->state();
        return state.pods.size() == kFast + kSlow &&
               std::all_of(state.pods.begin(), state.pods.end(), [](const PodState& pod) { return pod.scrape == inference::ScrapeState::Fresh; });
    }
    void send(std::size_t number) {
        lab::Prompt prompt;
        // A beginning of its own: nothing of it is in any cache.
        prompt.user = fmt::format("{} {}", number * 7'919, std::string(static_cast<std::size_t>(kPromptTokens * 4 - 12), static_cast<char>('a' + number % 26)));
        prompt.model = "m";
        prompt.maxTokens = static_cast<std::int64_t>(kAnswerTokens);
        const auto sent = client_.send(prompt, target_);
        if (sent) under_.push_back(*sent);
        else ADD_FAILURE() << sent.error().message;
    }
    bool over() {
        std::erase_if(under_, [&](std::uint64_t number) {
            const auto answer = client_.look(number);
            if (!answer->over()) return false;
            done_ += answer->state == lab::PromptAnswer::State::Done;
            if (answer->state != lab::PromptAnswer::State::Done) ADD_FAILURE() << name() << ": " << answer->status << ' ' << answer->error;
            client_.forget(number);
            return true;
        });
        return under_.empty();
    }
    std::size_t done() const { return done_; }
    double waitedSeconds() const {
        double sum = 0;
        for (std::size_t i = 0; i < kFast + kSlow; ++i) sum += double(servers_->load(i).waitedMicros) * 1e-6;
        return sum;
    }
    std::uint64_t servedBySlow() const {
        std::uint64_t sum = 0;
        for (std::size_t i = kFast; i < kFast + kSlow; ++i) sum += servers_->load(i).served;
        return sum;
    }
    std::uint32_t longestQueue() const {
        std::uint32_t most = 0;
        for (std::size_t i = 0; i < kFast + kSlow; ++i) most = std::max(most, servers_->load(i).mostWaiting);
        return most;
    }

  private:
    const Policy policy_;
    std::unique_ptr<lab::ModelServers> servers_;
    std::unique_ptr<Gateway> gateway_;
    lab::PromptTarget target_;
    lab::PromptClient client_;
    std::vector<std::uint64_t> under_;
    std::size_t done_ = 0;
};

TEST(LaboratoryAndDataPlane, PutPoliciesInTheSameOrderOnMixedGpus) {
    const auto trace = traceOf();
    std::map<std::string, double> ttft, waited;
    for (const auto& policy : kPolicies) ttft[policy.name] = simulated(trace, policy.name);
    ASSERT_LT(ttft["gatehouse-cost"] * 2, ttft["random"]) << "the simulation must tell them apart for the comparison to mean anything";
    ASSERT_LT(ttft["gatehouse-today"] * 1.5, ttft["random"]);

    std::vector<std::unique_ptr<Cluster>> clusters;
    for (const auto& policy : kPolicies) {
        clusters.push_back(std::make_unique<Cluster>(policy));
        ASSERT_TRUE(clusters.back()->ready());
    }
    for (const auto& cluster : clusters) ASSERT_TRUE(eventually([&] { return cluster->scraped(); })) << cluster->name();
    const auto begin = Clock::now();
    for (std::size_t i = 0; i < trace.requests.size(); ++i) {
        const auto due = begin + std::chrono::duration_cast<Clock::duration>(trace.requests[i].arrival * kStretch);
        while (Clock::now() < due) ::poll(nullptr, 0, 1);
        for (const auto& cluster : clusters) {
            cluster->send(i);
            cluster->over();
        }
    }
    const auto patience = Clock::now() + std::chrono::seconds(60);
    for (const auto& cluster : clusters)
        while (!cluster->over() && Clock::now() < patience) ::poll(nullptr, 0, 5);

    std::string report = fmt::format("seed {}, {} requests\n", kSeed, trace.requests.size());
    std::map<std::string, const Cluster*> by;
    for (const auto& cluster : clusters) {
        EXPECT_EQ(cluster->done(), trace.requests.size()) << cluster->name();
        waited[cluster->name()] = cluster->waitedSeconds();
        by[cluster->name()] = cluster.get();
        report += fmt::format("{}: simulated TTFT mean {:.3f} s; live {:.1f} request-seconds in queues, longest queue {}, {} served by slow servers\n", cluster->name(),
                              ttft[cluster->name()], cluster->waitedSeconds(), cluster->longestQueue(), cluster->servedBySlow());
    }
    SCOPED_TRACE(report);
    EXPECT_LT(waited["gatehouse-cost"] * 2, waited["random"]);
    EXPECT_LT(waited["gatehouse-today"] * 1.25, waited["random"]);
    EXPECT_LT(by["gatehouse-cost"]->servedBySlow(), by["random"]->servedBySlow());
    EXPECT_LT(by["gatehouse-cost"]->longestQueue(), by["random"]->longestQueue());
    std::fputs(report.c_str(), stderr);
}

}  // namespace
}  // namespace gatehouse::gateway
