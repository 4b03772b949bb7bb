#include "inference/what_if.h"

#include "inference/cost_model.h"
#include "inference/pick_profile.h"
#include "inference/pool_scores.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gatehouse::inference {

namespace {

using PodChange = WhatIf::PodChange;

/// Recorded totals are floats: closer than this is equal.
constexpr double kSameCost = 1e-6, kSameScore = 1e-9;
constexpr const char* kScoreTerms[] = {"queue", "kv", "load"};

const PodChange* changeOf(const WhatIf& what, const Candidate& candidate) {
    const auto found = std::find_if(what.pods.begin(), what.pods.end(), [&](const PodChange& change) { return change.pod == candidate.pod; });
    return found == what.pods.end() ? nullptr : &*found;
}

bool known(double value) { return value == value; }

/// The candidate with what its metrics would have said.
Candidate altered(const Candidate& seen, const PodChange* change, base::Millis staleAfter) {
    Candidate out = seen;
    if (change == nullptr) return out;
    if (change->waiting) out.waiting = *change->waiting;
    if (change->kvUse) out.kvUse = *change->kvUse;
    if (change->ageMillis) {
        out.ageMillis = static_cast<std::int32_t>(std::clamp(*change->ageMillis, 0.0, 1e9));
        out.estimated = out.ageMillis > staleAfter.count() || !(known(out.waiting) || known(out.running));
    } else if (change->waiting && seen.ageMillis >= 0 && seen.ageMillis <= staleAfter.count()) {
        out.estimated = false;
    }
    return out;
}

/// Requests of others there, as costs see them: what scrapes tell beyond our own, and nothing of old scrapes.
double othersOf(const Candidate& before, const Candidate& after) {
    if (after.estimated) return 0;
    const double waiting = known(after.waiting) ? after.waiting : 0;
    if (before.estimated) return std::max(0.0, waiting + (known(after.running) ? after.running : 0) - after.inFlight);
    return std::max(0.0, before.others + waiting - (known(before.waiting) ? before.waiting : 0));
}

/// The terms of a cost, as CostModel::cost() would have made them.
void alterCost(const PickRecord& record, const Candidate& before, Candidate& after, const PodChange& change) {
    after.others = othersOf(before, after);
    const double more = after.others - before.others;
    const double answer = record.answerTokens, own = before.terms[CostTerms::Prefill], growth = before.inputs.stepGrowth;
    const auto add = [&](CostTerms::Term term, double seconds) {
        after.terms[term] = std::max(0.0, after.terms[term] + CostTerms::weight(term) * seconds);
    };
    add(CostTerms::Step, growth * more);
    add(CostTerms::Decode, answer * growth * more);
    add(CostTerms::Others, more * (own + answer * growth));
    const CostModel::RoomAsk then{.capacityTokens = before.inputs.cacheTokens, .use = before.inputs.cacheUse, .growth = before.inputs.growth,
                                  .uncached = before.inputs.uncachedTokens, .answer = answer, .requests = double(before.inFlight),
                                  .others = before.others, .residence = record.residenceSeconds};
    auto now = then;
    now.others = after.others;
    if (change.kvUse) now.use = std::clamp(*change.kvUse, 0.0, 1.0);
    // A cache that is full of others' blocks has no room even where nothing of ours is there.
    if (change.kvUse) now.requests = std::max(1.0, now.requests);
    add(CostTerms::Room, CostModel::roomFor(now) - CostModel::roomFor(then));
}

/// Of the profile what looks at queues and caches; the rest keeps its terms.
void alterProfile(const PickProfile& profile, const PickRecord& record, std::vector<Candidate>& after) {
    PickProfile partial;
    for (const auto& filter : profile.filters)
        if (filter.kind == FilterKind::Utilization) partial.filters.push_back(filter);
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < profile.scorers.size(); ++i) {
        const auto kind = profile.scorers[i].kind;
        if (kind != ScorerKind::Queue && kind != ScorerKind::KvCache && kind != ScorerKind::LoadAware && kind != ScorerKind::RunningRequests) continue;
        partial.scorers.push_back(profile.scorers[i]);
        places.push_back(i);
    }
    const auto scored = [&](const std::vector<Candidate>& candidates) {
        std::vector<ProfilePod> pods(candidates.size());
        std::vector<ProfileScore> scores(candidates.size());
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            const auto& seen = candidates[i];
            pods[i].waiting = seen.estimated ? seen.inFlight : seen.waiting + seen.reserved;
            pods[i].running = seen.estimated ? seen.inFlight : seen.running;
            pods[i].kvUse = seen.kvUse;
            scores[i].filtered = !seen.excluded.empty();
        }
        partial.run(pods, record.promptTokens, scores);
        return scores;
    };
    const auto before = scored(record.candidates), now = scored(after);
    for (std::size_t i = 0; i < after.size(); ++i) {
        if (!after[i].excluded.empty()) continue;
        // Filtered now, though the record says that it was not: by what was changed.
        if (now[i].filtered && !before[i].filtered) {
            after[i].excluded = "removed by " + partial.filters[now[i].filter].name;
            continue;
        }
        for (std::size_t k = 0; k < places.size(); ++k)
            if (places[k] < after[i].terms.size()) after[i].terms[places[k]] += now[i].terms[k] - before[i].terms[k];
    }
}

std::vector<double> termsOf(const PickRecord& record, const Candidate& candidate) {
    if (!record.termNames.empty()) return candidate.terms;
    return {candidate.queueScore, candidate.kvScore, candidate.loadScore};
}

/// By scores, all contributions anew, with those of pods whose metrics were the only ones that were known.
void alterScores(std::vector<Candidate>& after) {
    std::vector<ScoredPod> pods(after.size());
    std::vector<ScoredPod*> all;
    for (std::size_t i = 0; i < after.size(); ++i) {
        pods[i].waiting = after[i].waiting;
        pods[i].kvUse = after[i].kvUse;
        pods[i].inFlight = after[i].inFlight;
        pods[i].reserved = after[i].reserved;
        pods[i].fresh = !after[i].estimated && known(after[i].waiting);
        pods[i].usable = after[i].excluded.empty();
        all.push_back(&pods[i]);
    }
    scorePods(all, PickerOptions{});
    for (std::size_t i = 0; i < after.size(); ++i) {
        after[i].queueScore = pods[i].queueScore;
        after[i].kvScore = pods[i].kvScore;
        after[i].loadScore = pods[i].loadScore;
    }
}

void alterPods(const PickRecord& record, const WhatIf& what, std::vector<Candidate>& after) {
    bool metrics = false;
    for (std::size_t i = 0; i < after.size(); ++i) {
        const auto* change = changeOf(what, record.candidates[i]);
        after[i] = altered(record.candidates[i], change, what.staleAfter);
        if (change == nullptr || !after[i].excluded.empty()) continue;
        metrics |= change->waiting || change->kvUse || change->ageMillis;
        if (change->out) after[i].excluded = "taken out by hand";
    }
    if (!metrics) return;
    if (record.termNames.empty()) return alterScores(after);
    if (record.profile) return alterProfile(*record.profile, record, after);
    if (!record.lowerIsBetter) return;
    for (std::size_t i = 0; i < after.size(); ++i) {
        const auto* change = changeOf(what, record.candidates[i]);
        if (change != nullptr && after[i].excluded.empty() && after[i].terms.size() == CostTerms::kCount) alterCost(record, record.candidates[i], after[i], *change);
    }
}

double factorOf(const WhatIf& what, const std::string& term) {
    const auto found = std::find_if(what.factors.begin(), what.factors.end(), [&](const WhatIf::Factor& factor) { return factor.term == term; });
    return found == what.factors.end() ? 1 : found->by;
}

/// Totals as recorded, moved by what the terms moved, so that what is untouched stays equal to the last bit.
void weigh(const PickRecord& record, const WhatIf& what, std::vector<Candidate>& after) {
    const auto names = termNamesOf(record);
    for (std::size_t i = 0; i < after.size(); ++i) {
        if (!after[i].excluded.empty()) continue;
        const auto before = termsOf(record, record.candidates[i]);
        auto terms = termsOf(record, after[i]);
        double total = record.candidates[i].total;
        for (std::size_t k = 0; k < terms.size() && k < names.size() && k < before.size(); ++k) {
            terms[k] *= factorOf(what, names[k]);
            total += terms[k] - before[k];
        }
        after[i].total = total;
        if (!record.termNames.empty()) {
            after[i].terms = std::move(terms);
        } else {
            after[i].queueScore = terms[0];
            after[i].kvScore = terms[1];
            after[i].loadScore = terms[2];
        }
    }
}

double sameWithin(const PickRecord& record) { return record.termNames.empty() ? kTieBand : record.lowerIsBetter ? kSameCost : kSameScore; }

/// With which chance each candidate is picked; all 0 where none can be.
std::vector<double> chancesOf(const PickRecord& record, const std::vector<Candidate>& candidates) {
    const auto picker = record.profile ? record.profile->picker : PickerKind::MaxScore;
    const double sign = record.lowerIsBetter ? -1 : 1;
    double best = -std::numeric_limits<double>::infinity(), sum = 0;
    for (const auto& candidate : candidates) {
        if (!candidate.excluded.empty()) continue;
        best = std::max(best, sign * candidate.total);
        sum += std::max(0.0, candidate.total);
    }
    std::vector<double> weights(candidates.size(), 0.0);
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (!candidates[i].excluded.empty()) continue;
        switch (picker) {
            case PickerKind::MaxScore: weights[i] = sign * candidates[i].total >= best - sameWithin(record); break;
            case PickerKind::Random: weights[i] = 1; break;
            case PickerKind::WeightedRandom: weights[i] = sum > 0 ? std::max(0.0, candidates[i].total) : 1; break;
        }
    }
    double all = 0;
    for (const double weight : weights) all += weight;
    if (all > 0)
        for (double& weight : weights) weight /= all;
    return weights;
}

/// The pod that would have been best, how many share that, and by how much.
void rank(const PickRecord& before, PickRecord& after, const std::vector<double>& chance) {
    const double sign = before.lowerIsBetter ? -1 : 1;
    const auto most = std::max_element(chance.begin(), chance.end());
    after.chosen = most == chance.end() || *most <= 0 ? -1 : static_cast<int>(most - chance.begin());
    // Who won stays where it is still as good as any.
    const auto first = static_cast<std::size_t>(before.chosen);
    if (before.chosen >= 0 && first < chance.size() && after.chosen >= 0 && chance[first] >= *most) after.chosen = before.chosen;
    after.tied = 0;
    after.margin = 0;
    if (after.chosen < 0) return;
    const double best = sign * after.candidates[static_cast<std::size_t>(after.chosen)].total;
    double next = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < after.candidates.size(); ++i) {
        const auto& candidate = after.candidates[i];
        if (!candidate.excluded.empty()) continue;
        after.tied += sign * candidate.total >= best - sameWithin(before);
        if (static_cast<int>(i) != after.chosen) next = std::max(next, sign * candidate.total);
    }
    if (after.tied <= 1 && std::isfinite(next)) after.margin = std::max(0.0, best - next);
    after.tied = std::max(after.tied, 1);
}

}  // namespace

bool WhatIf::changesNothing() const {
    return std::all_of(factors.begin(), factors.end(), [](const Factor& factor) { return factor.by == 1; }) &&
           std::all_of(pods.begin(), pods.end(), [](const PodChange& pod) { return !pod.waiting && !pod.kvUse && !pod.ageMillis && !pod.out; });
}

std::vector<std::string> termNamesOf(const PickRecord& record) {
    if (!record.termNames.empty()) return record.termNames;
    return {std::begin(kScoreTerms), std::end(kScoreTerms)};
}

Rejudged judgeAnew(const PickRecord& record, const WhatIf& what) {
    Rejudged out{.record = record, .chance = std::vector<double>(record.candidates.size(), 0.0)};
    const auto chosen = static_cast<std::size_t>(record.chosen);
    const auto before = chancesOf(record, record.candidates);
    if (record.chosen < 0 || chosen >= before.size() || before[chosen] <= 0) {
        out.judged = false;
        if (record.chosen >= 0 && chosen < out.chance.size()) out.chance[chosen] = 1;
        return out;
    }
    alterPods(record, what, out.record.candidates);
    weigh(record, what, out.record.candidates);
    const auto after = chancesOf(record, out.record.candidates);
    // Given the recorded draw: what it can keep stays, the rest goes to those that gained.
    double gained = 0;
    for (std::size_t i = 0; i < after.size(); ++i) gained += std::max(0.0, after[i] - before[i]);
    out.stays = std::min(1.0, after[chosen] / before[chosen]);
    if (gained <= 0 && after[chosen] > 0) out.stays = 1;
    for (std::size_t i = 0; i < after.size(); ++i)
        if (gained > 0) out.chance[i] = (1 - out.stays) * std::max(0.0, after[i] - before[i]) / gained;
    out.chance[chosen] += out.stays;
    rank(record, out.record, out.chance);
    return out;
}

void WhatIfTally::add(const PickRecord& record, const WhatIf& what) {
    if (record.chosen < 0 || static_cast<std::size_t>(record.chosen) >= record.candidates.size()) return;
    ++decisions_;
    incomplete_ += record.pods > static_cast<int>(record.candidates.size());
    const auto share = [this](const std::string& pod) -> PodShare& {
        auto& entry = shares_[pod];
        if (entry.pod.empty()) entry.pod = pod;
        return entry;
    };
    share(record.candidates[static_cast<std::size_t>(record.chosen)].pod).before += 1;
    const auto anew = judgeAnew(record, what);
    notJudged_ += !anew.judged;
    double placed = 0;
    for (std::size_t i = 0; i < anew.chance.size(); ++i) {
        share(record.candidates[i].pod).after += anew.chance[i];
        placed += anew.chance[i];
    }
    nowhere_ += std::max(0.0, 1 - placed);
    elsewhere_ += anew.judged ? 1 - anew.stays : 0;
}

std::vector<WhatIfTally::PodShare> WhatIfTally::shares() const {
    std::vector<PodShare> all;
    for (const auto& [name, share] : shares_) all.push_back(share);
    std::sort(all.begin(), all.end(), [](const PodShare& a, const PodShare& b) { return a.pod < b.pod; });
    return all;
}

}  // namespace gatehouse::inference
