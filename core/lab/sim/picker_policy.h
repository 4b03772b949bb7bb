// PickerPolicy: a rule that chooses a server for each request, seeing what a real gateway would see at that moment: the last scrape
// of each server with its age, its own requests, and what answers told it. One file per policy; policies.cpp is the registry.
//
// Life of a pick in a run: pick() at arrival; dispatched() when counters rise, which is at once for policies that reserve, else
// after the decision latency, as in the reference picker, so that picks in between do not see each other; firstToken() and
// finished() as the answer's stream shows them. Thread: one owner per run. Lifetime: of the run.
#pragma once

#include "base/result.h"
#include "inference/prefix_index.h"
#include "inference/scores.h"
#include "lab/sim/engine.h"
#include "lab/sim/random.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::lab::sim {

using namespace inference::scores;  // Formulas of others are the data plane's own.
using inference::ApproximateIndex;
using inference::HonestIndex;

/// What a scrape of a server's metrics page says.
struct PodView {
    double waiting = 0, running = 0;
    double kvUse = 0;                 ///< 0..1
    SimTime scrapedAt{-1};            ///< -1: never.
    std::uint32_t kvBlocks = 0;       ///< cache_config_info num_gpu_blocks, of 16 tokens.
    std::uint32_t adapterSlots = 0;   ///< lora_requests_info max_lora.
};

struct PickContext {
    SimTime now{0};
    const Trace& trace;
    std::uint32_t index;              ///< Of the request in the trace.
    const Request& request;
    std::span<const PodView> pods;
    /// The true state. Only policies whose spec says so may look: an oracle, and those fed by KV events.
    std::span<const Engine> truth;

    std::span<const Segment> prompt() const { return trace.prompt(request); }
};

/// How a run is set up, for policies that need it beforehand.
struct PolicySetup {
    std::size_t pods = 0;
    std::size_t requests = 0;  ///< Of the trace: what is kept per request has this size.
    std::uint64_t seed = 0;
};

class PickerPolicy {
  public:
    virtual ~PickerPolicy() = default;
    virtual std::size_t pick(const PickContext& context) = 0;
    virtual void dispatched(const PickContext&, std::size_t) {}
    virtual void firstToken(const PickContext&, std::size_t, std::uint32_t /*cachedTokens*/) {}
    virtual void finished(const PickContext&, std::size_t) {}
    /// Prompt tokens that the last pick believed to be cached on its choice; -1: it has no idea of caches.
    virtual double believedTokens() const { return -1; }
};

struct PolicySpec {
    std::string_view name;
    std::string_view about;
    bool reserves = false;   ///< Counts a pick in the same critical section as it scores.
    bool ours = false;
    bool usesTruth = false;  ///< Sees the servers' true caches (KV events) or all of their state (oracle).
    bool bound = false;      ///< Not a policy that could be built: left out when the best baseline is looked for.
    std::unique_ptr<PickerPolicy> (*make)(const PolicySetup&);
};

const std::vector<PolicySpec>& policySpecs();
Result<const PolicySpec*> findPolicy(std::string_view name);

/// Our own requests per server, as every gateway can count them.
struct OwnCounts {
    explicit OwnCounts(std::size_t pods) : requests(pods), prefillTokens(pods) {}
    std::vector<int> requests;           ///< In flight.
    std::vector<double> prefillTokens;   ///< Uncached prompt tokens whose first answer token has not come.
};

/// The index of the highest (lowest) value; ties are drawn evenly. `values` must not be empty; NaN never wins unless all are NaN.
std::size_t highest(std::span<const double> values, Random& random);
std::size_t lowest(std::span<const double> values, Random& random);

// One factory per file.
std::unique_ptr<PickerPolicy> makeRandom(const PolicySetup&);
std::unique_ptr<PickerPolicy> makeRoundRobin(const PolicySetup&);
std::unique_ptr<PickerPolicy> makeLeastRequest(const PolicySetup&);
std::unique_ptr<PickerPolicy> makePowerOfTwo(const PolicySetup&);
std::unique_ptr<PickerPolicy> makeReference111(const PolicySetup&);
std::unique_ptr<PickerPolicy> makeReference223(const PolicySetup&);
std::unique_ptr<PickerPolicy> makeReferencePrecise(const PolicySetup&);
std::unique_ptr<PickerPolicy> makeReferenceAffinity(const PolicySetup&);
std::unique_ptr<PickerPolicy> makeSglangCacheAware(const PolicySetup&);
std::unique_ptr<PickerPolicy> makeLmetric(const PolicySetup&);
std::unique_ptr<PickerPolicy> makeDynamo(const PolicySetup&);
std::unique_ptr<PickerPolicy> makeGatehouseToday(const PolicySetup&);
std::unique_ptr<PickerPolicy> makeGatehouseCost(const PolicySetup&);
std::unique_ptr<PickerPolicy> makeOracle(const PolicySetup&);

}  // namespace gatehouse::lab::sim
