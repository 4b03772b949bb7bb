#include "inference/scores.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gatehouse::inference::scores {

void queueScores(std::span<const double> waiting, std::span<double> out) {
    double least = std::numeric_limits<double>::infinity(), most = -least;
    for (const double w : waiting) {
        if (std::isnan(w)) continue;
        least = std::min(least, w);
        most = std::max(most, w);
    }
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        if (std::isnan(waiting[i])) {
            out[i] = 0;
        } else {
            out[i] = most > least ? (most - waiting[i]) / (most - least) : 1;
        }
    }
}

double kvScore(double use) { return std::isnan(use) ? 0 : std::clamp(1 - use, 0.0, 1.0); }

double prefixScore(std::uint32_t matchedBlocks, std::uint32_t blocks) {
    return blocks == 0 ? 0 : double(matchedBlocks) / blocks;
}

double tokenLoadScore(double inFlightTokens, double uncachedTokens) {
    constexpr double kMost = 4'194'304;
    return 1 - std::clamp(inFlightTokens + uncachedTokens, 0.0, kMost) / kMost;
}

void affinityFilter(std::span<const AffinityCandidate> candidates, std::vector<std::size_t>& kept) {
    kept.clear();
    double bestSticky = std::numeric_limits<double>::infinity(), bestOther = bestSticky;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const double wait = candidates[i].inFlightTokens / kAffinityTokensPerSecond;
        const bool sticky = candidates[i].match >= kAffinityThreshold;
        double& best = sticky ? bestSticky : bestOther;
        best = std::min(best, wait);
        if (sticky) kept.push_back(i);
    }
    const bool overloaded = bestSticky - bestOther > kAffinityPatienceSeconds;
    if (!kept.empty() && !overloaded) return;
    kept.clear();
    for (std::size_t i = 0; i < candidates.size(); ++i) kept.push_back(i);
}

bool sglangImbalanced(double mostLoad, double leastLoad) { return mostLoad - leastLoad > 32 && mostLoad > 1.1 * leastLoad; }

double lmetricScore(double inputTokens, double matchedTokens, double load) {
    return std::max(0.0, inputTokens - matchedTokens) * (load + 1);
}

double dynamoCost(double activePrefillTokens, double incomingTokens, double overlapTokens, double decodeBlocks, double blockTokens) {
    return std::max(0.0, activePrefillTokens + incomingTokens - overlapTokens) / blockTokens + decodeBlocks;
}

double gatehouseTodayScore(double waiting, double reserved, double kvUse, double inFlight) {
    return 2 / (1 + (waiting + reserved) / 4) + 2 * (1 - kvUse) + 1 / (1 + inFlight / 8);
}

}  // namespace gatehouse::inference::scores
