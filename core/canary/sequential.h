// Statistics that may be looked at at any time: an error rate alpha holds however often, and whenever, somebody looks (Ville's
// inequality). Pure functions of counts. Thread: any.
#pragma once

#include <cstdint>
#include <span>
#include <utility>

namespace gatehouse::canary {

/// A difference with bounds that hold at all times together with probability 1 - alpha. Bounds may be infinite.
struct Interval {
    double estimate = 0, low = 0, high = 0;
};

/// log of the likelihood ratio of a Beta(weight p, weight (1 - p)) mixture of success rates against the rate p, for `k` successes of
/// `n`. Under the rate p its exponential is a martingale with mean 1 (beta-binomial mixture: Robbins, "Statistical methods related to
/// the law of the iterated logarithm", Ann. Math. Stat. 41, 1970; Howard, Ramdas, McAuliffe, Sekhon, arXiv 1810.08240, section 3.2).
/// 0 < p < 1, k <= n.
double logMixtureRatio(std::uint64_t k, std::uint64_t n, double p, double weight);

/// Prior weight of label tests. 4 finds a canary that only fails one error sooner; 16 finds one point more of errors more often, by some two
/// hours in a hundred where three metrics share the error rate (20 requests a second at 90/10, 2 % of errors).
inline constexpr double kPriorWeight = 16;

/// One step of a plan, for two arms.
struct StepCounts {
    double split = 0;  ///< The canary's configured part of the two arms' requests.
    std::uint64_t stable = 0, canary = 0;          ///< Requests.
    std::uint64_t stableHits = 0, canaryHits = 0;  ///< Of these, those that are counted: errors, blocks.
};

/// The exact label test. With equal rates each hit is the canary's with probability `split`, whatever the rate is and however it changes
/// over time; so the mixture ratio of the hits' labels is a martingale, and so is the product over steps. Alarm at log(1 / alpha).
double logLabelRatio(std::span<const StepCounts> steps, double weight = kPriorWeight);

/// The same for all requests: how far the observed split is from the configured one (Lindon, Malek: "Anytime-valid inference for
/// multinomial count data", arXiv 2011.03567, section 3, for two arms).
double logSplitRatio(std::span<const StepCounts> steps, double weight = kPriorWeight);

/// Robbins' normal mixture as an asymptotic confidence sequence (Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas: "Time-uniform central
/// limit theory and asymptotic confidence sequences", arXiv 2103.06476, theorem 2.2): half the width of the interval for a mean of `n`
/// values of this variance, narrowest near `tunedFor` values.
double sequenceWidth(double n, double variance, double alpha, double tunedFor = 10'000);

struct RateDifference {
    Interval difference;  ///< Canary minus stable, by the pooled rate: per-arm variances raise too many false alarms where hits are rare.
    double harmBound = 0; ///< Above it the difference is not, with alpha: the variance is what it would be at the margin.
};
/// Steps are weighted by what they tell, split (1 - split) n, so that a change of the rate over time is no difference.
RateDifference rateDifference(std::span<const StepCounts> steps, double margin, double alpha);

/// One arm's mean of values.
struct MeanOf {
    std::uint64_t count = 0;
    double mean = 0, variance = 0;
};
/// Canary minus stable, of values that are not rare events.
Interval meanDifference(const MeanOf& stable, const MeanOf& canary, double alpha);

/// Ranks (1 = smallest) between which the quantile `part` lies at all times with probability 1 - alpha: the values below it are
/// Bernoulli(part), so the beta-binomial mixture says which counts are possible (Howard, Ramdas: "Sequential estimation of quantiles
/// with applications to A/B testing and best-arm identification", Bernoulli 28(3), 2022, arXiv 1906.09712, theorem 1). Rank 0: no lower
/// bound; n + 1: no upper bound.
std::pair<std::uint64_t, std::uint64_t> quantileRanks(std::uint64_t n, double part, double alpha);

}  // namespace gatehouse::canary
