// HitRate: which share of the tokens that a pod looked for in its prefix cache it found, lately: of counters that only rise, forgotten with a
// half-life of ten seconds; or what the engine itself calls its rate, where it counts nothing. Thread: one owner. Lifetime: a value.
#pragma once

#include "inference/pool.h"

namespace gatehouse::inference {

class HitRate {
  public:
    static constexpr double kHalfLifeSeconds = 10;

    /// A scrape; `seconds` of any steady clock. The same scrape may be shown again.
    void see(const PodMetrics& metrics, double seconds);
    /// 0 to 100; NaN: nothing was looked for yet, or the engine does not tell.
    double percent() const { return percent_; }

  private:
    double queries_ = -1, hits_ = 0;  ///< The counters, as last seen; negative: never.
    double recentQueries_ = 0, recentHits_ = 0;
    double seenAt_ = 0;
    double percent_ = PodMetrics().hitRate;
};

}  // namespace gatehouse::inference
