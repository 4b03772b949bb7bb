#include "lab/sim/find_by_name.h"
#include "lab/sim/picker_policy.h"

namespace gatehouse::lab::sim {

const std::vector<PolicySpec>& policySpecs() {
    static const std::vector<PolicySpec> kSpecs = {
        {.name = "random", .about = "any server", .make = makeRandom},
        {.name = "round-robin", .about = "one after the other", .make = makeRoundRobin},
        {.name = "least-request", .about = "fewest own requests in flight", .reserves = true, .make = makeLeastRequest},
        {.name = "power-of-two", .about = "of two drawn, the one with fewer own requests", .reserves = true, .make = makePowerOfTwo},
        {.name = "reference-1-1-1", .about = "reference picker, queue 1, kv 1, prefix 1 (GIE v1.0 chart)", .make = makeReference111},
        {.name = "reference-2-2-3", .about = "reference picker, queue 2, kv 2, prefix 3 (compiled in)", .make = makeReference223},
        {.name = "reference-affinity", .about = "reference picker, prefix-affinity filter and token load (default since 2026-08)",
         .make = makeReferenceAffinity},
        {.name = "reference-precise", .about = "reference picker, 2-2-3 with the precise prefix index fed by KV events",
         .usesTruth = true, .make = makeReferencePrecise},
        {.name = "sglang-cache-aware", .about = "SGLang gateway, cache_aware", .reserves = true, .make = makeSglangCacheAware},
        {.name = "lmetric", .about = "new prefill tokens times batch size (LMetric)", .reserves = true, .make = makeLmetric},
        {.name = "dynamo", .about = "prefill blocks plus decode blocks (Dynamo KV router), index fed by KV events", .reserves = true,
         .usesTruth = true, .make = makeDynamo},
        {.name = "gatehouse-today", .about = "scores by queue, KV cache and own load: a pool with the annotation gatehouse.dev/picker: scores", .reserves = true, .ours = true,
         .make = makeGatehouseToday},
        {.name = "gatehouse-cost", .about = "what the data plane does: cost in seconds with dead reckoning and an honest prefix index",
         .reserves = true, .ours = true, .make = makeGatehouseCost},
        {.name = "oracle", .about = "plays every server forward with its true state and takes the earliest first token", .reserves = true,
         .usesTruth = true, .bound = true, .make = makeOracle},
    };
    return kSpecs;
}

Result<const PolicySpec*> findPolicy(std::string_view name) { return findByName(policySpecs(), name, "policy"); }

namespace {

template <class Better>
std::size_t best(std::span<const double> values, Random& random, Better better) {
    std::size_t chosen = 0;
    std::uint64_t tied = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] != values[i]) continue;
        if (tied == 0 || better(values[i], values[chosen])) {
            chosen = i;
            tied = 1;
        } else if (values[i] == values[chosen] && random.below(++tied) == 0) {
            chosen = i;
        }
    }
    return tied == 0 ? random.below(values.size()) : chosen;
}

}  // namespace

std::size_t highest(std::span<const double> values, Random& random) {
    return best(values, random, [](double a, double b) { return a > b; });
}

std::size_t lowest(std::span<const double> values, Random& random) {
    return best(values, random, [](double a, double b) { return a < b; });
}

}  // namespace gatehouse::lab::sim
