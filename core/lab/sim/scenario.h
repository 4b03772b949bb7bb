// Scenario: a cluster, a workload, a load and the policies to compare: built in by name, or a YAML or JSON file.
//
//   servers: [{count: 8, model: qwen-32b, gpu: H100, speed: 1, blocks: 0, maxSequences: 256, stepTokens: 8192, adapterSlots: 4}]
//   workload: chat            # or {shape: chat, arrivalCv: 4, continued: 0.3, groups: 40, groupTokens: 2000, groupSkew: 0.8, adapters: 0}
//   rate: 20                  # requests per second, of the whole cluster
//   duration: 60              # seconds
//   policies: [round-robin, gatehouse-today]     # left out: all
//   seeds: 5
//   scrapeMillis: 50
//   decisionMicros: 1500
//   race: true
//   mfuFactor: 1
//   slo: {ttftMillis: 1000, tpotMillis: 50}
//   regretEvery: 20
//
// Thread: pure functions, but for compareAll(), which runs on threads of its own and returns when they have ended.
#pragma once

#include "lab/sim/report.h"
#include "lab/sim/workload.h"

#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::lab::sim {

struct Scenario {
    std::string name, about;
    std::vector<ServerSpec> servers;
    WorkloadShape workload;
    double rate = 10;              ///< Requests per second.
    double duration = 60;          ///< Seconds of arrivals.
    std::vector<std::string> policies;  ///< Empty: all.
    int seeds = 5;
    std::uint64_t firstSeed = 1;
    SimulationOptions options;
    Slo slo;
};

const std::vector<Scenario>& scenarios();
/// A built-in name.
Result<Scenario> findScenario(std::string_view name);
/// `origin` names the text in errors: "scenario.yaml:3: ...".
Result<Scenario> parseScenario(std::string_view text, const std::string& origin);

struct ScenarioReport {
    Scenario scenario;
    std::vector<PolicyReport> policies;
    bool stopped = false;
};

/// Every policy with every seed. `progress` (may be empty) is called with runs done and in all, one call at a time, on any thread.
/// `threads` 0: as many as there are cores.
Result<ScenarioReport> compareAll(const Scenario& scenario, const std::atomic<bool>* stop,
                                  const std::function<void(std::size_t, std::size_t)>& progress, unsigned threads = 0);

/// A comparison under way, for who waits for it. Thread: any; the numbers only grow.
struct Watch {
    std::atomic<bool> stop{false};
    std::atomic<std::uint64_t> runs{0}, allRuns{0};          ///< One of a policy with a seed each.
    std::atomic<std::uint64_t> requests{0}, allRequests{0};  ///< Of all runs; what lies ahead is known once `allRequests` is not 0.
};
Result<ScenarioReport> compareAll(const Scenario& scenario, Watch& watch, unsigned threads = 0);

/// Both made the same requests at the same times, so that their differences are paired.
bool sameTraffic(const Scenario& a, const Scenario& b);

std::string tableOf(const ScenarioReport& report);
std::string jsonOf(const ScenarioReport& report);
/// A line per policy, metric and seed, with a header line: policy,metric,unit,seed,value. Unknown values are empty.
std::string csvOf(const ScenarioReport& report);

}  // namespace gatehouse::lab::sim
