#include "lab/sim/scenario.h"

#include "lab/sim/find_by_name.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <thread>

namespace gatehouse::lab::sim {

namespace {

std::vector<ServerSpec> servers(std::size_t count, const char* model, const char* gpu = "H100") {
    ServerSpec server;
    server.model = model;
    server.gpu = gpu;
    return std::vector<ServerSpec>(count, server);
}

Scenario make(const char* name, const char* about, const char* workload, std::vector<ServerSpec> cluster, double rate, double duration) {
    Scenario scenario;
    scenario.name = name;
    scenario.about = about;
    scenario.workload = **findWorkload(workload);
    scenario.servers = std::move(cluster);
    scenario.rate = rate;
    scenario.duration = duration;
    scenario.options.regretEvery = 20;
    return scenario;
}

std::vector<ServerSpec> mixed() {
    auto cluster = servers(4, "qwen-32b");
    ServerSpec slow = cluster.front();
    slow.speed = 0.5;
    cluster.insert(cluster.end(), 4, slow);
    return cluster;
}

std::vector<ServerSpec> withBlocks(std::vector<ServerSpec> cluster, std::uint32_t blocks) {
    for (ServerSpec& server : cluster) server.engine.blocks = blocks;
    return cluster;
}

/// Loads are chosen near the knee, where policies differ: below it all are alike, beyond it queues only grow.
std::vector<Scenario> makeScenarios() {
    std::vector<Scenario> all;
    all.push_back(make("chat", "8 servers, conversations", "chat", servers(8, "qwen-32b"), 60, 120));
    all.push_back(make("code", "8 servers, completions in bursts", "code", servers(8, "qwen-32b"), 15, 240));
    all.push_back(make("agent", "8 servers, tool calls with shared instructions", "agent", servers(8, "qwen-32b"), 14, 120));
    all.push_back(make("shared-prefix", "8 servers, 150 shared beginnings of 6,000 tokens", "shared-prefix", servers(8, "qwen-32b"), 32, 120));
    all.push_back(make("long-context", "8 servers, long conversations", "long-context", servers(8, "qwen-32b"), 5, 240));
    all.push_back(make("decode-heavy", "8 servers, long answers that fill the cache", "decode-heavy", servers(8, "qwen-32b"), 1.6, 400));
    all.push_back(make("bursts", "8 servers, gamma bursts", "bursts", servers(8, "qwen-32b"), 45, 120));
    all.push_back(make("mixed-gpus", "4 servers and 4 of half their speed", "bursts", mixed(), 30, 120));
    all.push_back(make("cache-pressure", "8 servers with half of their cache, tool calls", "agent",
                       withBlocks(servers(8, "qwen-32b"), 9'600), 12, 120));
    all.push_back(make("lora", "8 servers, 24 adapters, 4 slots each", "lora", servers(8, "qwen-32b"), 25, 120));
    all.push_back(make("hundred", "100 servers of an 8B model, bursts", "bursts", servers(100, "llama-8b"), 1'500, 15));
    Scenario anchor = make("kv-cache-wins", "the anchor: llm-d's KV-cache wins", "shared-prefix", servers(8, "qwen-32b"), 30, 120);
    anchor.policies = {"reference-precise", "reference-2-2-3", "least-request", "random"};
    all.push_back(std::move(anchor));
    return all;
}

Result<std::vector<const PolicySpec*>> policiesOf(const Scenario& scenario) {
    std::vector<const PolicySpec*> policies;
    for (const std::string& name : scenario.policies) {
        const auto spec = findPolicy(name);
        if (!spec) return tl::unexpected(spec.error());
        if (std::find(policies.begin(), policies.end(), *spec) == policies.end()) policies.push_back(*spec);
    }
    if (scenario.policies.empty())
        for (const PolicySpec& spec : policySpecs()) policies.push_back(&spec);
    return policies;
}

/// Takes runs one by one from a list that several threads share.
struct Work {
    const Scenario& scenario;
    const std::vector<Trace>& traces;
    std::vector<PolicyReport>& reports;
    const std::atomic<bool>* stop;
    const std::function<void(std::size_t, std::size_t)>& progress;
    std::atomic<std::uint64_t>* served = nullptr;
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::size_t done = 0;
    std::optional<Error> error;
    bool stopped = false;

    void operator()() {
        const std::size_t runs = reports.size() * traces.size();
        for (std::size_t i = next++; i < runs; i = next++) {
            PolicyReport& report = reports[i % reports.size()];
            const std::size_t seed = i / reports.size();
            auto result = run(traces[seed], scenario.servers, *report.policy, scenario.options, stop, served);
            std::lock_guard lock(mutex);
            if (!result) error = result.error();
            if (!result || result->stopped) {
                stopped = true;
                return;
            }
            report.seeds[seed] = figuresOf(traces[seed], *result, scenario.options, scenario.slo);
            if (progress) progress(++done, runs);
        }
    }
};

}  // namespace

const std::vector<Scenario>& scenarios() {
    static const std::vector<Scenario> kScenarios = makeScenarios();
    return kScenarios;
}

Result<Scenario> findScenario(std::string_view name) {
    const auto found = findByName(scenarios(), name, "scenario");
    if (!found) return tl::unexpected(found.error());
    return **found;
}

namespace {

Result<ScenarioReport> compareWith(const Scenario& scenario, const std::atomic<bool>* stop,
                                   const std::function<void(std::size_t, std::size_t)>& progress, Watch* watch, unsigned threads) {
    const auto policies = policiesOf(scenario);
    if (!policies) return tl::unexpected(policies.error());
    std::vector<Trace> traces;
    for (int i = 0; i < scenario.seeds && !(stop && *stop); ++i) {
        traces.push_back(generate(scenario.workload, scenario.rate, fromSeconds(scenario.duration), scenario.firstSeed + std::uint64_t(i)));
        if (traces.back().requests.empty()) return fail("lab-scenario", "The scenario is so short that no request comes.");
    }
    ScenarioReport report{scenario, {}, false};
    for (const PolicySpec* policy : *policies) report.policies.push_back({policy, std::vector<Figures>(traces.size())});
    if (watch) {
        std::uint64_t requests = 0;
        for (const Trace& trace : traces) requests += trace.requests.size();
        watch->allRuns = policies->size() * traces.size();
        watch->allRequests = requests * policies->size();
    }
    Work work{scenario, traces, report.policies, stop, progress, watch ? &watch->requests : nullptr};
    if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::thread> others;
    for (unsigned i = 1; i < threads; ++i) others.emplace_back([&work] { work(); });
    work();
    for (std::thread& other : others) other.join();
    if (work.error) return tl::unexpected(*work.error);
    report.stopped = work.stopped || (stop && *stop);
    return report;
}

}  // namespace

Result<ScenarioReport> compareAll(const Scenario& scenario, const std::atomic<bool>* stop,
                                  const std::function<void(std::size_t, std::size_t)>& progress, unsigned threads) {
    return compareWith(scenario, stop, progress, nullptr, threads);
}

Result<ScenarioReport> compareAll(const Scenario& scenario, Watch& watch, unsigned threads) {
    return compareWith(scenario, &watch.stop, [&watch](std::size_t, std::size_t) { watch.runs.fetch_add(1, std::memory_order_relaxed); }, &watch, threads);
}

bool sameTraffic(const Scenario& a, const Scenario& b) {
    return a.workload == b.workload && a.rate == b.rate && a.duration == b.duration && a.seeds == b.seeds && a.firstSeed == b.firstSeed;
}

}  // namespace gatehouse::lab::sim
