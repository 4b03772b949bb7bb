// PickProfile: filters, scorers and a picker of the reference endpoint picker, as an EndpointPickerConfig lists them, ready to run. Plugins
// have the reference's own names, defaults and formulas (scores.h); what they look at is Gatehouse's: the scrape with our own picks since
// then, and the honest prefix index in place of the approximate one.
//   total = sum of weight * score, each score within 0 and 1, over what the filters left.
// Thread: immutable; run() on any thread with buffers of its own. Lifetime: shared by the Pools of a snapshot.
#pragma once

#include "inference/pool.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::inference {

enum class ScorerKind : std::uint8_t {
    Queue, KvCache, Prefix, RunningRequests, LoadAware, LoraAffinity, TokenLoad, ActiveRequest, NoHitLru, SessionAffinity
};
enum class FilterKind : std::uint8_t { PrefixAffinity, Utilization };
enum class PickerKind : std::uint8_t { MaxScore, Random, WeightedRandom };

/// What plugins look at, of one pod that can serve. NaN: not known.
struct ProfilePod {
    double waiting = 0, running = 0, kvUse = 0;
    double matchedTokens = 0;   ///< Of the prompt, as the index believes.
    double inFlightTokens = 0;  ///< Uncached prompt tokens on the way.
    double uncachedTokens = 0;  ///< Of this request there.
    int inFlight = 0;
    int adapterState = 0;       ///< 0 none of these; 1 waits for it; 2 has a free slot; 3 active.
    std::uint64_t coldAt = 0;   ///< When it last got a request without a hit; 0: never.
    bool session = false;       ///< The request's session is there.
};

/// What came of it for one pod.
struct ProfileScore {
    bool filtered = false;
    std::uint8_t filter = 0;  ///< In PickProfile::filters.
    double total = 0;
    std::array<double, kMostTerms> terms{};  ///< Weighted.
};

class PickProfile {
  public:
    struct Scorer {
        ScorerKind kind;
        std::string name;       ///< The plugin's, as the configuration says.
        double weight = 1;
        double threshold = 128; ///< load-aware-scorer.
        double idle = 0, mostBusy = 1;  ///< active-request-scorer.
        double mostTokens = 4'194'304;  ///< token-load-scorer.
        double alpha = 0;       ///< prefix-cache-scorer: share of the matched length in the score.
    };
    struct Filter {
        FilterKind kind;
        std::string name;
        double threshold = 0.80;              ///< prefix-cache-affinity-filter.
        double tokensPerSecond = 15'928;
        double patienceSeconds = 18;
        double queueDepth = 5, kvUse = 0.8;   ///< utilization-filter.
    };
    std::string name;  ///< "EndpointPickerConfig default/epp, profile default"
    std::vector<Filter> filters;
    std::vector<Scorer> scorers;  ///< At most kMostTerms.
    PickerKind picker = PickerKind::MaxScore;

    bool needsPrompt() const;
    /// `scores` as long as `pods`. `promptTokens` of the request; 0: not known.
    void run(std::span<const ProfilePod> pods, double promptTokens, std::span<ProfileScore> scores) const;
    /// Which one, after run(); -1: none is left. `tied`: how many shared the best score.
    int choose(std::span<const ProfileScore> scores, std::uint32_t& tied) const;

  private:
    void score(const Scorer& scorer, std::size_t term, std::span<const ProfilePod> pods, double promptTokens, std::span<ProfileScore> scores) const;
    void filter(std::uint8_t index, std::span<const ProfilePod> pods, double promptTokens, std::span<ProfileScore> scores) const;
};

}  // namespace gatehouse::inference
