// The share of prefix-cache lookups that hit lately.
#include "inference/hit_rate.h"

#include <gtest/gtest.h>

#include <cmath>

namespace gatehouse::inference {
namespace {

PodMetrics counted(double queries, double hits) {
    PodMetrics metrics;
    metrics.prefixQueries = queries;
    metrics.prefixHits = hits;
    return metrics;
}

TEST(HitRate, CountsFromTheSecondScrapeOn) {
    HitRate rate;
    EXPECT_TRUE(std::isnan(rate.percent()));
    rate.see(counted(1'000, 900), 0);
    EXPECT_TRUE(std::isnan(rate.percent()));
    rate.see(counted(1'100, 950), 1);
    EXPECT_DOUBLE_EQ(rate.percent(), 50);
    rate.see(counted(1'100, 950), 2);
    EXPECT_DOUBLE_EQ(rate.percent(), 50);
}

TEST(HitRate, ForgetsWithItsHalfLife) {
    HitRate rate;
    rate.see(counted(0, 0), 0);
    rate.see(counted(100, 100), 1);
    rate.see(counted(200, 100), 11);
    EXPECT_NEAR(rate.percent(), 100 * 50.0 / 150.0, 1e-9);
}

TEST(HitRate, ARestartedEngineBeginsAnew) {
    HitRate rate;
    rate.see(counted(0, 0), 0);
    rate.see(counted(100, 80), 1);
    rate.see(counted(10, 0), 2);
    EXPECT_DOUBLE_EQ(rate.percent(), 80);
    rate.see(counted(20, 0), 2);
    EXPECT_LT(rate.percent(), 80);
}

TEST(HitRate, TakesTheEnginesOwnRateWhereNothingIsCounted) {
    HitRate rate;
    PodMetrics metrics;
    metrics.hitRate = 0.25;
    rate.see(metrics, 0);
    EXPECT_DOUBLE_EQ(rate.percent(), 25);
    rate.see(PodMetrics{}, 1);
    EXPECT_TRUE(std::isnan(rate.percent()));
}

}  // namespace
}  // namespace gatehouse::inference
