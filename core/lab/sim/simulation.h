// Simulation: one trace on one cluster under one policy. Every policy of a comparison gets its own identical copy of the cluster and the
// same trace, so that they differ in their picks alone.
//
// Three lags are modelled and can be switched: metrics are as old as the last scrape (servers are scraped in turn, one interval apart
// each); a decision takes time; and a policy that does not reserve counts its pick only after that time, so picks in between do not see
// each other (`race`). Answers' tokens are seen at once.
// Thread: run() on any thread; runs share nothing but the trace. Deterministic: the same inputs give the same result.
#pragma once

#include "lab/sim/picker_policy.h"

#include <atomic>
#include <string>
#include <vector>

namespace gatehouse::lab::sim {

struct ServerSpec {
    std::string model = "qwen-32b";
    std::string gpu = "H100";
    double speed = 1;
    EngineOptions engine;
};

struct SimulationOptions {
    SimTime scrapeInterval{50'000};   ///< 0: metrics are always fresh.
    SimTime decisionLatency{1'500};   ///< P50 of the reference picker at 200 requests/s (llm-d-router test/perf).
    bool race = true;                 ///< False: every policy counts its picks at once.
    double mfuFactor = 1;
    double warmUp = 0.1;              ///< Share of the trace, from its start, that is not counted.
    std::size_t regretEvery = 0;      ///< Play out every Nth decision on all servers; 0: none.
    std::size_t mostRegrets = 400;
};

/// What became of one request.
struct Outcome {
    SimTime first{-1}, last{-1};
    std::uint32_t pod = 0;
    std::uint32_t cached = 0;
    float believed = -1;
    bool refused = false;  ///< It can never fit into that server's cache.
};

struct Regret {
    float chosen = 0, best = 0;  ///< Seconds to the first token.
    std::uint16_t rank = 0;      ///< Of the choice among the servers; 0 is the best.
};

struct RunResult {
    std::vector<Outcome> outcomes;  ///< By request of the trace.
    std::vector<Regret> regrets;
    SimTime end{0};
    std::uint64_t preemptions = 0, adapterLoads = 0, steps = 0;
    double loadCv = 0;        ///< Standard deviation over mean of requests per server, averaged over time.
    double busiestShare = 0;  ///< Requests of the server with the most, times servers, over all.
    bool stopped = false;
};

/// Both may be null. `served` grows by the requests that have ended, now and then.
Result<RunResult> run(const Trace& trace, const std::vector<ServerSpec>& servers, const PolicySpec& policy,
                      const SimulationOptions& options, const std::atomic<bool>* stop = nullptr, std::atomic<std::uint64_t>* served = nullptr);

}  // namespace gatehouse::lab::sim
