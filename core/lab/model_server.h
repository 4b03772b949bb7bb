// Simulated model servers on loopback: OpenAI chat, completions and models (SSE and buffered), /metrics with the vLLM and DCGM
// names, /health. Latency follows a batch model (prefill rate, decode step, KV blocks, waiting queue), not a constant sleep.
// Thread: start and setFault from any one owner; servers run on one thread of their own.
#pragma once

#include "base/result.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::lab {

/// How fast a server is. Sources of the presets are in profiles.cpp.
struct Profile {
    std::string name = "llama-8b";
    std::string model = "llama-3.1-8b-instruct";
    double prefillTokensPerSecond = 12'000;
    std::chrono::microseconds decodeStepBase{7'000};      ///< One token for a batch of one.
    std::chrono::microseconds decodeStepPerSequence{120};  ///< Added per further sequence in the batch.
    std::uint32_t maxBatch = 32;
    std::uint32_t kvBlocks = 4'096;
    std::uint32_t blockTokens = 16;
    std::uint32_t maxWaiting = 256;       ///< Beyond: 503.
    double gpuTotalMib = 81'920;
    double gpuStaticMib = 24'000;         ///< Weights and runtime.
};
Result<Profile> findProfile(const std::string& name);
std::vector<std::string> profileNames();

struct Fault {
    double slowFactor = 1;      ///< All times multiplied.
    double errorRate = 0;       ///< Share of requests answered 500.
    bool crashed = false;       ///< Listening socket closed, running answers cut.
    bool metricsGone = false;   ///< /metrics answers 404.
};

struct ServerInfo {
    std::string name;           ///< "pod-0"
    std::uint16_t port = 0;
    std::string model;
};

class ModelServers {
  public:
    /// One server per profile entry; portBase 0 = free ports, else consecutive from portBase. Names are name0..nameN.
    static Result<std::unique_ptr<ModelServers>> start(const std::vector<Profile>& profiles, std::uint16_t portBase,
                                                       const std::string& namePrefix);
    ~ModelServers();  ///< Stops and joins.

    const std::vector<ServerInfo>& servers() const;
    void setFault(std::size_t server, Fault fault);
    Fault fault(std::size_t server) const;

    struct Load {
        std::uint32_t running = 0, waiting = 0;
        double kvUse = 0;
        std::uint64_t served = 0;
        std::uint64_t waitedMicros = 0;  ///< Of all requests so far, in its queue, by the time of its steps.
        std::uint32_t mostWaiting = 0;
    };
    Load load(std::size_t server) const;

  private:
    struct Impl;
    explicit ModelServers(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Reads "slow=3", "error=0.2", "crash", "no-metrics", joined by commas.
Result<Fault> parseFault(const std::string& text);

}  // namespace gatehouse::lab
