// The pick: scores that add up, no herding, exclusions, fallback when metrics are stale, records.
#include "inference/pool.h"

#include <gtest/gtest.h>

#include <thread>

namespace gatehouse::inference {
namespace {

const base::MonoTime kNow = base::MonoTime(std::chrono::hours(1));

std::shared_ptr<Pod> makePod(int index) {
    auto pod = std::make_shared<Pod>();
    pod->endpoint = std::make_shared<upstream::Endpoint>();
    pod->endpoint->host = "10.0.0." + std::to_string(index);
    pod->endpoint->port = 8000;
    pod->name = "default/pod-" + std::to_string(index);
    return pod;
}

std::vector<std::shared_ptr<Pod>> makePods(int count) {
    std::vector<std::shared_ptr<Pod>> pods;
    for (int i = 0; i < count; ++i) pods.push_back(makePod(i));
    return pods;
}

PodMetrics metrics(double waiting, double kvUse) {
    PodMetrics m;
    m.waiting = waiting;
    m.running = 1;
    m.kvUse = kvUse;
    return m;
}

void scrapeAll(const std::vector<std::shared_ptr<Pod>>& pods, base::MonoTime at = kNow) {
    for (const auto& pod : pods) pod->store(metrics(0, 0.1), at);
}

TEST(Pick, ReservingSpreadsConcurrentPicksOverIdlePods) {
    const auto pods = makePods(4);
    scrapeAll(pods);
    Pool pool("p", "p", pods, {});
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 25; ++i) EXPECT_TRUE(pool.pick(kNow, nullptr).pod);
        });
    for (auto& thread : threads) thread.join();
    for (const auto& pod : pods) {
        EXPECT_NEAR(static_cast<double>(pod->picks.load()), 25, 2);
        EXPECT_EQ(pod->endpoint->inFlight.load(), static_cast<int>(pod->picks.load()));
    }
}

TEST(Pick, TiesAreDrawnAtRandom) {
    const auto pods = makePods(4);
    scrapeAll(pods);
    Pool pool("p", "p", pods, {});
    for (int i = 0; i < 400; ++i) {
        auto picked = pool.pick(kNow, nullptr).pod;
        Pool::release(*picked);
        picked->store(metrics(0, 0.1), kNow);
    }
    // 400 draws at one quarter: six standard deviations are 52.
    for (const auto& pod : pods) EXPECT_NEAR(static_cast<double>(pod->picks.load()), 100, 52);
}

TEST(Pick, PrefersTheShortQueueAndTheEmptyCache) {
    const auto pods = makePods(3);
    pods[0]->store(metrics(6, 0.1), kNow);
    pods[1]->store(metrics(0, 0.9), kNow);
    pods[2]->store(metrics(0, 0.2), kNow);
    Pool pool("p", "p", pods, {});
    PickRecord record;
    EXPECT_EQ(pool.pick(kNow, &record).pod, pods[2]);
    EXPECT_EQ(record.method, PickMethod::Metrics);
    EXPECT_EQ(record.chosen, 2);
    EXPECT_EQ(record.tied, 1);
    EXPECT_NEAR(record.margin, 1.0, 1e-9);
    EXPECT_NE(record.reason.find("margin 1.00 to default/pod-0"), std::string::npos) << record.reason;
}

TEST(Pick, OneWaitingRequestIsNotAThousand) {
    const auto pods = makePods(2);
    pods[0]->store(metrics(0, 0.1), kNow);
    Pool pool("p", "p", pods, {});
    const auto gap = [&](double waiting) {
        pods[1]->store(metrics(waiting, 0.1), kNow);
        PickRecord record;
        Pool::release(*pool.pick(kNow, &record).pod);
        for (const auto& pod : pods) pod->reservedSinceScrape = 0;
        return std::abs(record.candidates[0].queueScore - record.candidates[1].queueScore);
    };
    EXPECT_LT(gap(1), 0.5);
    EXPECT_GT(gap(1000), 1.9);
}

TEST(Pick, ContributionsAddUpInEveryMethod) {
    const auto pods = makePods(6);
    for (int i = 0; i < 6; ++i) {
        pods[static_cast<std::size_t>(i)]->endpoint->inFlight = i;
        if (i < 4) pods[static_cast<std::size_t>(i)]->store(metrics(i, 0.1 * i), kNow);
    }
    Pool pool("p", "p", pods, {});
    for (const auto later : {base::Millis(0), base::Millis(5000)}) {
        PickRecord record;
        Pool::release(*pool.pick(kNow + later, &record).pod);
        ASSERT_EQ(record.candidates.size(), 6U);
        double best = 0;
        for (const Candidate& c : record.candidates) {
            EXPECT_NEAR(c.queueScore + c.kvScore + c.loadScore, c.total, 1e-12);
            EXPECT_GT(c.total, 0);
            EXPECT_LE(c.total, 5);
            best = std::max(best, c.total);
        }
        EXPECT_GE(record.candidates[static_cast<std::size_t>(record.chosen)].total, best - kTieBand);
    }
}

TEST(Pick, OwnPicksCountUntilAScrapeHoldsThem) {
    const auto pods = makePods(1);
    scrapeAll(pods);
    Pool pool("p", "p", pods, {});
    pool.pick(kNow, nullptr);
    pods[0]->beginScrape();
    pool.pick(kNow, nullptr);
    pods[0]->store(metrics(0, 0), kNow);
    // The first was there when the page was made, the second perhaps not.
    EXPECT_EQ(pods[0]->reservedSinceScrape.load(), 1);
    PickRecord record;
    Pool::release(*pods[0]);
    Pool::release(*pods[0]);
    pool.pick(kNow, &record);
    EXPECT_EQ(record.candidates[0].reserved, 0) << "ended requests wait nowhere";
}

TEST(Pick, FallsBackToLeastRequestWhenMostMetricsAreStale) {
    const auto pods = makePods(4);
    pods[0]->store(metrics(0, 0), kNow);
    for (int i = 1; i < 4; ++i) pods[static_cast<std::size_t>(i)]->store(metrics(0, 0), kNow - base::Millis(3000));
    pods[0]->endpoint->inFlight = 5;
    pods[1]->endpoint->inFlight = 2;
    pods[2]->endpoint->inFlight = 1;
    pods[3]->endpoint->inFlight = 3;
    Pool pool("p", "p", pods, {});
    PickRecord record;
    EXPECT_EQ(pool.pick(kNow, &record).pod, pods[2]);
    EXPECT_EQ(record.method, PickMethod::LeastRequest);
    EXPECT_NE(record.reason.find("metrics of 3 of 4 pods"), std::string::npos) << record.reason;
    EXPECT_NE(record.reason.find("2000 ms"), std::string::npos) << record.reason;
    EXPECT_EQ(record.candidates[1].ageMillis, 3000);
}

TEST(Pick, NeverScrapedPodsFallBackToo) {
    const auto pods = makePods(2);
    pods[0]->endpoint->inFlight = 1;
    Pool pool("p", "p", pods, {});
    PickRecord record;
    EXPECT_EQ(pool.pick(kNow, &record).pod, pods[1]);
    EXPECT_EQ(record.method, PickMethod::LeastRequest);
    EXPECT_EQ(record.candidates[0].ageMillis, -1);
}

TEST(Pick, AStalePodAmongFreshOnesIsJudgedByItsInFlight) {
    const auto pods = makePods(4);
    for (int i = 0; i < 3; ++i) pods[static_cast<std::size_t>(i)]->store(metrics(2, 0.5), kNow);
    pods[3]->store(metrics(0, 0), kNow - base::Millis(9000));
    pods[3]->endpoint->inFlight = 12;
    Pool pool("p", "p", pods, {});
    PickRecord record;
    EXPECT_NE(pool.pick(kNow, &record).pod, pods[3]);
    EXPECT_EQ(record.method, PickMethod::Metrics);
    EXPECT_TRUE(record.candidates[3].estimated);
    EXPECT_DOUBLE_EQ(record.candidates[3].kvScore, record.candidates[0].kvScore);
}

TEST(Pick, LeavesOutEjectedUnreachableAndAvoidedPods) {
    const auto pods = makePods(4);
    scrapeAll(pods);
    pods[0]->endpoint->ejectedUntil = (kNow + base::Millis(1)).time_since_epoch().count();
    pods[1]->storeFailure("refused", kNow, true);
    Pool pool("p", "p", pods, {});
    PickRecord record;
    EXPECT_EQ(pool.pick(kNow, &record, pods[2].get()).pod, pods[3]);
    EXPECT_EQ(record.method, PickMethod::Only);
    EXPECT_NE(record.candidates[0].excluded, "");
    EXPECT_NE(record.candidates[1].excluded, "");
    EXPECT_NE(record.candidates[2].excluded, "");
    EXPECT_EQ(record.candidates[3].excluded, "");
    EXPECT_TRUE(pool.pick(kNow + base::Millis(2), &record, pods[3].get()).pod) << "the ejection is over";
    pods[1]->store(metrics(0, 0), kNow);
    EXPECT_FALSE(pods[1]->unreachable());
}

TEST(Pick, AnEmptyOrExcludedPoolAnswersNothingAndSaysWhy) {
    Pool empty("p", "p", {}, {});
    PickRecord record;
    EXPECT_FALSE(empty.pick(kNow, &record).pod);
    EXPECT_EQ(record.method, PickMethod::None);
    EXPECT_EQ(record.chosen, -1);
    EXPECT_FALSE(record.reason.empty());
    const auto pods = makePods(1);
    Pool one("p", "p", pods, {});
    EXPECT_FALSE(one.pick(kNow, &record, pods[0].get()).pod);
    EXPECT_EQ(pods[0]->endpoint->inFlight.load(), 0);
}

TEST(Pod, ReadersNeverSeeHalfAScrape) {
    auto pod = makePod(0);
    std::atomic<bool> stop{false};
    std::thread writer([&] {
        for (int i = 1; !stop; ++i) {
            PodMetrics m;
            m.waiting = m.running = m.kvUse = m.kvBlocks = m.blockTokens = m.gpuUsedMib = m.gpuFreeMib = i;
            pod->store(m, base::MonoTime(std::chrono::nanoseconds(i)));
        }
    });
    for (int i = 0; i < 200'000; ++i) {
        base::MonoTime at;
        const PodMetrics m = pod->load(at);
        if (!m.known(m.waiting)) continue;
        ASSERT_EQ(m.waiting, m.gpuFreeMib);
        ASSERT_EQ(m.waiting, static_cast<double>(at.time_since_epoch().count()));
    }
    stop = true;
    writer.join();
}

TEST(PodRegistry, KeepsAPodAcrossSwaps) {
    PodRegistry registry;
    auto endpoint = makePod(1)->endpoint;
    const auto first = registry.get("pool", "default/a", endpoint, "10.0.0.1", 8000);
    EXPECT_EQ(registry.get("pool", "default/a", endpoint, "10.0.0.1", 8000), first);
    EXPECT_NE(registry.get("other", "default/a", endpoint, "10.0.0.1", 8000), first);
    EXPECT_NE(registry.get("pool", "default/a", endpoint, "10.0.0.1", 9000), first);
}

}  // namespace
}  // namespace gatehouse::inference
