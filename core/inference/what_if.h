// WhatIf: a recorded decision judged anew with other weights, or with a pod whose queue, cache or age were other than they were. It reads
// records alone: nothing that runs is asked or changed.
//
// What is not changed keeps its recorded terms. What is changed is made anew by the formula that made it: costs by CostModel's, from the
// inputs that the record keeps (a longer queue counts as requests of others; KV use as what the cache holds); profiles by their own
// scorers and filters, as far as these look at queues and caches; scores by scorePods(). Pods that were left out stay so, and of a large
// pool the record keeps the best few alone: a pod that is not in the record cannot win.
// Thread: pure functions and values; a tally has one owner.
#pragma once

#include "inference/pool.h"

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace gatehouse::inference {

struct WhatIf {
    /// Times the weight that a term had. Terms that are not named keep theirs.
    struct Factor {
        std::string term;  ///< Of termNamesOf().
        double by = 1;
    };
    /// A pod as if its metrics had said so; what is empty stays as it was.
    struct PodChange {
        std::string pod;  ///< Candidate::pod
        std::optional<double> waiting, kvUse, ageMillis;
        bool out = false;  ///< As if it could not be picked.
    };
    std::vector<Factor> factors;
    std::vector<PodChange> pods;
    base::Millis staleAfter = PickerOptions{}.staleAfter;

    bool changesNothing() const;
};

/// "queue", "kv", "load" where a pick was by scores.
std::vector<std::string> termNamesOf(const PickRecord& record);

struct Rejudged {
    PickRecord record;           ///< With the terms, totals, margin and ties that it would have had, and the pod that would have been best.
    std::vector<double> chance;  ///< Of each candidate, given that the recorded one was chosen; they add up to 1, or to 0 where nobody is left.
    double stays = 1;            ///< Of the recorded one.
    bool judged = true;          ///< False: the record does not say why its pod was chosen (none, or not the best), so nothing moves.
};
Rejudged judgeAnew(const PickRecord& record, const WhatIf& what);

/// Many decisions under one WhatIf.
class WhatIfTally {
  public:
    void add(const PickRecord& record, const WhatIf& what);

    struct PodShare {
        std::string pod;
        double before = 0, after = 0;  ///< Decisions for it; where equals are drawn, their chances.
    };
    std::size_t decisions() const { return decisions_; }
    std::size_t notJudged() const { return notJudged_; }
    std::size_t incomplete() const { return incomplete_; }  ///< Those whose records keep but the best of their pods.
    double elsewhere() const { return elsewhere_; }         ///< How many would have gone to another pod.
    double nowhere() const { return nowhere_; }             ///< How many no pod would have been left for.
    /// By name.
    std::vector<PodShare> shares() const;

  private:
    std::size_t decisions_ = 0, notJudged_ = 0, incomplete_ = 0;
    double elsewhere_ = 0, nowhere_ = 0;
    std::unordered_map<std::string, PodShare> shares_;
};

}  // namespace gatehouse::inference
