// Replay: recorded decisions taken again under another policy: which pod it would have picked of the same candidates in the same state, whom
// that gives more and whom less, and what the recorded cost of its choice was beside that of the choice that was made.
//
// What it does not say: a decision changes what the next one sees, and here each is taken by itself, in the state that was recorded; and a
// record keeps a few pods of a large pool, the best by the policy that picked, so that another one chooses among those alone. Both are
// counted and told. The cost is the cost model's prediction, in seconds, not what was measured.
// Thread: values, pure functions. Lifetime: a Replay's indexes are those of the decisions it was made of.
#pragma once

#include "config/object.h"
#include "inference/pick_profile.h"
#include "inference/what_if.h"
#include "lab/recorded_decisions.h"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::lab {

struct ReplayPolicy {
    enum class Kind : std::uint8_t {
        Cost,          ///< Ours: the lowest recorded cost, its terms times `factors` (inference/what_if.h).
        Scores,        ///< Ours by scores (inference/pool_scores.h), with the weights of `scores`.
        LeastRequest,  ///< The fewest own requests.
        Profile,       ///< As an EndpointPickerConfig says.
    };
    std::string name;   ///< "reference-2-2-3", or the object that it was read from.
    std::string about;  ///< One line.
    Kind kind = Kind::Cost;
    std::vector<inference::WhatIf::Factor> factors;
    inference::PickerOptions scores;
    std::shared_ptr<const inference::PickProfile> profile;
    std::vector<std::string> notes;  ///< What of it the records cannot show, and findings of the file.
};

/// The reference picker's three default sets, ours by cost, ours by scores, and least request.
const std::vector<ReplayPolicy>& replayPolicies();
Result<ReplayPolicy> findReplayPolicy(std::string_view name);
/// Of a compiled EndpointPickerConfig. Error "replay-policy": the file cannot be run.
Result<ReplayPolicy> replayPolicyOf(const config::Object& object);
/// The first EndpointPickerConfig of a text. `origin` names it in errors.
Result<ReplayPolicy> readReplayPolicy(std::string_view yaml, const std::string& origin);

/// Why a decision was not taken again.
enum class NotTaken : std::uint8_t { Taken, OnlyPod, NoCosts, NoCaches, NotBest, kCount };
/// "only one pod could be picked", ...
std::string_view sentence(NotTaken why);

struct Retaken {
    std::uint32_t decision = 0;  ///< Its place among what was replayed.
    NotTaken why = NotTaken::Taken;
    int before = -1, after = -1;  ///< Of the pick's candidates; `after` is `before` where it stays, or ties with it.
    std::uint32_t tied = 1;
    bool fewSeen = false;         ///< The pool had more pods than the record keeps.
    double costBefore, costAfter; ///< Seconds, as recorded; NaN: that decision was recorded without costs.
    bool changed() const { return after != before; }
};

struct PodShare {
    std::string pool, pod;
    std::uint64_t before = 0, after = 0;  ///< Picks.
};

struct Replay {
    std::string policy;
    std::vector<Retaken> decisions;
    std::vector<PodShare> pods;  ///< By pool and name; of the decisions that were taken again.
    std::array<std::uint64_t, std::size_t(NotTaken::kCount)> counts{};
    std::uint64_t changed = 0, tied = 0, fewSeen = 0;
    std::uint64_t costed = 0;    ///< Of the taken ones: those with costs.
    double costBefore = 0, costAfter = 0;  ///< Sums over them, seconds.
    std::uint64_t taken() const { return counts[std::size_t(NotTaken::Taken)]; }
};

Replay replay(std::span<const RecordedDecision> decisions, const ReplayPolicy& policy);

/// For people; as JSON with every decision; and a line per decision.
std::string tableOf(const Replay& replay, const ReplayPolicy& policy);
std::string jsonOf(const Replay& replay, const ReplayPolicy& policy, std::span<const RecordedDecision> decisions);
std::string csvOf(const Replay& replay, std::span<const RecordedDecision> decisions);

}  // namespace gatehouse::lab
