// The formulas of published pickers, as pure functions on what they see. Parity vectors (tests/vectors/lab/scores.txt) hold each
// against values computed by hand, so that a baseline loses by its algorithm and never by a slip of ours.
// Sources: llm-d-router's scorers and filters, SGLang's gateway, LMetric (arXiv 2603.15202), Dynamo's router concepts.
// NaN stands for a metric that is not known. Thread: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace gatehouse::inference::scores {

/// queue-scorer: (max - w) / (max - min) over the candidates; all equal: 1. Unknown: 0, and it takes no part in max and min.
void queueScores(std::span<const double> waiting, std::span<double> out);
/// kv-cache-utilization-scorer: 1 - use, within 0 and 1. Unknown: 0.
double kvScore(double use);
/// prefix-cache-scorer: matched blocks / all blocks of the prompt; no blocks: 0.
double prefixScore(std::uint32_t matchedBlocks, std::uint32_t blocks);
/// token-load-scorer: 1 - min(in flight + uncached, 4,194,304) / 4,194,304.
double tokenLoadScore(double inFlightTokens, double uncachedTokens);

/// prefix-cache-affinity-filter with its defaults: which candidates stay.
struct AffinityCandidate {
    double match = 0;           ///< Share of the prompt that the index believes to be cached.
    double inFlightTokens = 0;  ///< Uncached prompt tokens on the way.
};
inline constexpr double kAffinityThreshold = 0.80;
inline constexpr double kAffinityTokensPerSecond = 15'928;
inline constexpr double kAffinityPatienceSeconds = 18;
void affinityFilter(std::span<const AffinityCandidate> candidates, std::vector<std::size_t>& kept);

/// SGLang cache_aware: true where load decides alone: max - min > 32 and max > 1.1 * min.
bool sglangImbalanced(double mostLoad, double leastLoad);
inline constexpr double kSglangMatch = 0.5;

/// LMetric as in SGLang's gateway: (input - matched) * (load + 1); lower is better.
double lmetricScore(double inputTokens, double matchedTokens, double load);

/// Dynamo: max(active prefill + incoming - overlap, 0), in blocks, + decode blocks; lower is better.
double dynamoCost(double activePrefillTokens, double incomingTokens, double overlapTokens, double decodeBlocks, double blockTokens);

/// Gatehouse's policy of scores (core/inference/pool.h), all metrics fresh: weights 2, 2, 1.
double gatehouseTodayScore(double waiting, double reserved, double kvUse, double inFlight);

}  // namespace gatehouse::inference::scores
