#include "inference/pick_profile.h"

#include "base/ids.h"
#include "inference/scores.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gatehouse::inference {

namespace {

/// Lowest and highest of what is left; false where nothing is known.
template <class Of>
bool range(std::span<const ProfilePod> pods, std::span<const ProfileScore> scores, Of of, double& least, double& most) {
    least = std::numeric_limits<double>::infinity();
    most = -least;
    for (std::size_t i = 0; i < pods.size(); ++i) {
        if (scores[i].filtered || std::isnan(of(pods[i]))) continue;
        least = std::min(least, of(pods[i]));
        most = std::max(most, of(pods[i]));
    }
    return least <= most;
}

double prefixOf(const PickProfile::Scorer& scorer, const ProfilePod& pod, double promptTokens) {
    const double share = promptTokens > 0 ? std::min(1.0, pod.matchedTokens / promptTokens) : 0;
    if (scorer.alpha <= 0) return share;
    const double length = std::min(1.0, pod.matchedTokens / 8'192);
    return (1 - scorer.alpha) * share + scorer.alpha * length * length;
}

}  // namespace

bool PickProfile::needsPrompt() const {
    return !filters.empty() || std::any_of(scorers.begin(), scorers.end(), [](const Scorer& scorer) {
        return scorer.kind == ScorerKind::Prefix || scorer.kind == ScorerKind::TokenLoad || scorer.kind == ScorerKind::NoHitLru ||
               scorer.kind == ScorerKind::LoraAffinity;
    });
}

void PickProfile::filter(std::uint8_t index, std::span<const ProfilePod> pods, double promptTokens, std::span<ProfileScore> scores) const {
    const Filter& rule = filters[index];
    // A filter that would leave nobody leaves all, as in the reference.
    const auto apply = [&](auto stays) {
        bool any = false;
        for (std::size_t i = 0; i < pods.size(); ++i) any |= !scores[i].filtered && stays(pods[i]);
        if (!any) return;
        for (std::size_t i = 0; i < pods.size(); ++i) {
            if (scores[i].filtered || stays(pods[i])) continue;
            scores[i].filtered = true;
            scores[i].filter = index;
        }
    };
    if (rule.kind == FilterKind::Utilization) {
        return apply([&](const ProfilePod& pod) {
            return !(pod.waiting >= rule.queueDepth) && !(pod.kvUse >= rule.kvUse);
        });
    }
    const auto sticky = [&](const ProfilePod& pod) { return promptTokens > 0 && pod.matchedTokens / promptTokens >= rule.threshold; };
    double bestSticky = std::numeric_limits<double>::infinity(), bestOther = bestSticky;
    for (std::size_t i = 0; i < pods.size(); ++i) {
        if (scores[i].filtered) continue;
        double& best = sticky(pods[i]) ? bestSticky : bestOther;
        best = std::min(best, pods[i].inFlightTokens / rule.tokensPerSecond);
    }
    if (bestSticky - bestOther > rule.patienceSeconds) return;
    apply(sticky);
}

void PickProfile::score(const Scorer& scorer, std::size_t term, std::span<const ProfilePod> pods, double promptTokens,
                        std::span<ProfileScore> scores) const {
    const auto each = [&](auto value) {
        for (std::size_t i = 0; i < pods.size(); ++i) {
            if (scores[i].filtered) continue;
            const double one = value(pods[i]);
            scores[i].terms[term] = scorer.weight * (std::isnan(one) ? 0 : std::clamp(one, 0.0, 1.0));
            scores[i].total += scores[i].terms[term];
        }
    };
    double least = 0, most = 0;
    // (max - v) / (max - min); all equal: 1; unknown: 0.
    const auto inverse = [&](auto of) {
        range(pods, scores, of, least, most);
        each([&](const ProfilePod& pod) { return std::isnan(of(pod)) ? 0 : most > least ? (most - of(pod)) / (most - least) : 1; });
    };
    switch (scorer.kind) {
        case ScorerKind::Queue: return inverse([](const ProfilePod& pod) { return pod.waiting; });
        case ScorerKind::RunningRequests: return inverse([](const ProfilePod& pod) { return pod.running; });
        case ScorerKind::KvCache: return each([](const ProfilePod& pod) { return scores::kvScore(pod.kvUse); });
        case ScorerKind::Prefix: return each([&](const ProfilePod& pod) { return prefixOf(scorer, pod, promptTokens); });
        case ScorerKind::LoadAware:
            return each([&](const ProfilePod& pod) {
                return !(pod.waiting > 0) ? 0.5 : 0.5 * (1 - std::min(pod.waiting, scorer.threshold) / scorer.threshold);
            });
        case ScorerKind::LoraAffinity:
            return each([](const ProfilePod& pod) {
                constexpr double kByState[] = {0, 0.6, 0.8, 1.0};
                return kByState[std::clamp(pod.adapterState, 0, 3)];
            });
        case ScorerKind::TokenLoad:
            return each([&](const ProfilePod& pod) {
                return 1 - std::clamp(pod.inFlightTokens + pod.uncachedTokens, 0.0, scorer.mostTokens) / scorer.mostTokens;
            });
        case ScorerKind::ActiveRequest: {
            range(pods, scores, [](const ProfilePod& pod) { return double(pod.inFlight); }, least, most);
            return each([&](const ProfilePod& pod) {
                return pod.inFlight <= scorer.idle ? 1 : most > 0 ? scorer.mostBusy * (most - pod.inFlight) / most : 1;
            });
        }
        case ScorerKind::NoHitLru: {
            std::size_t left = 0;
            bool hit = false;
            for (std::size_t i = 0; i < pods.size(); ++i) {
                if (scores[i].filtered) continue;
                ++left;
                hit |= pods[i].matchedTokens > 0;
            }
            return each([&](const ProfilePod& pod) {
                if (hit || left < 2) return 0.5;
                std::size_t older = 0;  // Rank by the least recent cold request: who never had one comes first.
                for (std::size_t i = 0; i < pods.size(); ++i) older += !scores[i].filtered && pods[i].coldAt < pod.coldAt;
                return 1 - double(older) / double(left - 1);
            });
        }
        case ScorerKind::SessionAffinity: return each([](const ProfilePod& pod) { return pod.session ? 1.0 : 0.0; });
    }
}

void PickProfile::run(std::span<const ProfilePod> pods, double promptTokens, std::span<ProfileScore> scores) const {
    for (std::size_t i = 0; i < filters.size(); ++i) filter(static_cast<std::uint8_t>(i), pods, promptTokens, scores);
    for (std::size_t i = 0; i < scorers.size(); ++i) score(scorers[i], i, pods, promptTokens, scores);
}

int PickProfile::choose(std::span<const ProfileScore> scores, std::uint32_t& tied) const {
    int chosen = -1;
    tied = 0;
    if (picker == PickerKind::WeightedRandom) {
        // U^(1/w): the highest key is a draw by weight. A score of 0 is drawn only where all are 0.
        double best = -1;
        for (std::size_t i = 0; i < scores.size(); ++i) {
            if (scores[i].filtered) continue;
            const double uniform = double(base::randomBits() >> 11) * 0x1.0p-53;
            const double key = scores[i].total > 0 ? std::pow(uniform, 1 / scores[i].total) : 0;
            if (key <= best) continue;
            best = key;
            chosen = static_cast<int>(i);
        }
        tied = chosen >= 0;
        return chosen;
    }
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (scores[i].filtered) continue;
        if (picker == PickerKind::MaxScore && chosen >= 0) {
            const double best = scores[static_cast<std::size_t>(chosen)].total;
            if (scores[i].total < best) continue;
            if (scores[i].total > best) tied = 0;
        }
        if (base::randomBelow(++tied) == 0 || chosen < 0) chosen = static_cast<int>(i);
    }
    return chosen;
}

}  // namespace gatehouse::inference
