#include "inference/hit_rate.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::inference {

void HitRate::see(const PodMetrics& metrics, double seconds) {
    if (!metrics.known(metrics.prefixQueries) || !metrics.known(metrics.prefixHits)) {
        percent_ = metrics.hitRate * 100;
        return;
    }
    // Counters that fell back are those of another process: what it counted before is not lately.
    const bool anew = queries_ < 0 || metrics.prefixQueries < queries_ || metrics.prefixHits < hits_;
    const double queries = anew ? 0 : metrics.prefixQueries - queries_;
    const double hits = anew ? 0 : metrics.prefixHits - hits_;
    queries_ = metrics.prefixQueries;
    hits_ = metrics.prefixHits;
    if (queries <= 0) return;  // Nothing was looked for: the rate is what it was.
    const double kept = std::exp2(-std::max(0.0, seconds - seenAt_) / kHalfLifeSeconds);
    seenAt_ = seconds;
    recentQueries_ = recentQueries_ * kept + queries;
    recentHits_ = recentHits_ * kept + std::min(hits, queries);
    percent_ = 100 * recentHits_ / recentQueries_;
}

}  // namespace gatehouse::inference
