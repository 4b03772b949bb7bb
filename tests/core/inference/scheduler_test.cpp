// The scheduler: reserve at pick, dead reckoning, prefixes, learning from answers, missing metrics, pods that go, no allocation.
#include "inference/scheduler.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <cstdlib>
#include <new>
#include <random>
#include <string>
#include <thread>

namespace {
thread_local std::size_t allocations = 0;
}

void* operator new(std::size_t size) {
    ++allocations;
    if (void* made = std::malloc(size == 0 ? 1 : size)) return made;
    throw std::bad_alloc();
}
void operator delete(void* gone) noexcept { std::free(gone); }
void operator delete(void* gone, std::size_t) noexcept { std::free(gone); }

namespace gatehouse::inference {
namespace {

using std::chrono::milliseconds;

const base::MonoTime kNow = base::MonoTime(std::chrono::hours(1));

std::vector<std::shared_ptr<Pod>> makePods(int count) {
    std::vector<std::shared_ptr<Pod>> pods;
    for (int i = 0; i < count; ++i) {
        auto pod = std::make_shared<Pod>();
        pod->endpoint = std::make_shared<upstream::Endpoint>();
        pod->endpoint->host = "10.0.0." + std::to_string(i);
        pod->endpoint->port = 8000;
        pod->name = "default/pod-" + std::to_string(i);
        pods.push_back(std::move(pod));
    }
    return pods;
}

PodMetrics metrics(double waiting, double running, double blocks = 10'000) {
    PodMetrics m;
    m.waiting = waiting;
    m.running = running;
    m.kvUse = 0.2;
    m.kvBlocks = blocks;
    m.blockTokens = 16;
    return m;
}

Prompt promptOf(char letter, std::size_t tokens, bool streams = true) {
    Prompt prompt;
    const std::string text(tokens * kBytesPerToken, letter);
    cutText(text, 1, prompt.chain);
    prompt.bytes = text.size();
    prompt.streams = streams;
    return prompt;
}

class SchedulerTest : public ::testing::Test {
  protected:
    void make(int count, std::shared_ptr<const PickProfile> profile = nullptr) {
        pods = makePods(count);
        pool = std::make_unique<Pool>("p", "default/p", pods, PickerOptions{}, scheduler, std::move(profile));
    }
    void scrapeAll(double waiting = 0, double running = 0, base::MonoTime at = kNow) {
        for (const auto& pod : pods) {
            pod->beginScrape();
            pod->store(metrics(waiting, running), at);
        }
    }
    int indexOf(const std::shared_ptr<Pod>& pod) const {
        return static_cast<int>(std::find(pods.begin(), pods.end(), pod) - pods.begin());
    }
    /// A whole request; answers which pod got it.
    int play(const Prompt& prompt, base::MonoTime at, double ttft, std::uint64_t cached, std::uint64_t output = 50, double step = 0.01) {
        auto picked = pool->pick({.now = at, .prompt = &prompt}, nullptr);
        const auto seconds = [](double value) { return std::chrono::duration_cast<base::MonoClock::duration>(std::chrono::duration<double>(value)); };
        const auto first = at + seconds(ttft);
        picked.booking.firstToken(first);
        picked.booking.finish(first + seconds(double(output) * step), {true, true, prompt.bytes / kBytesPerToken, output, cached});
        Pool::release(*picked.pod);
        return indexOf(picked.pod);
    }

    std::shared_ptr<Scheduler> scheduler = std::make_shared<Scheduler>(base::Millis(2'000));
    std::vector<std::shared_ptr<Pod>> pods;
    std::unique_ptr<Pool> pool;
};

TEST_F(SchedulerTest, PicksOfManyThreadsSeeEachOther) {
    make(8);
    scrapeAll();
    std::vector<std::thread> threads;
    std::mutex mutex;
    std::vector<PickResult> picked;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            const auto prompt = promptOf(static_cast<char>('a' + t), 0);
            for (int i = 0; i < 40; ++i) {
                auto one = pool->pick({.now = kNow, .prompt = &prompt}, nullptr);
                ASSERT_TRUE(one.pod);
                const std::lock_guard lock(mutex);
                picked.push_back(std::move(one));
            }
        });
    for (auto& thread : threads) thread.join();
    for (const auto& pod : pods) EXPECT_NEAR(pod->endpoint->inFlight.load(), 20, 1) << pod->name;
    EXPECT_EQ(scheduler->reservations(), 160U);
    for (auto& one : picked) Pool::release(*one.pod);
    picked.clear();
    EXPECT_EQ(scheduler->reservations(), 0U);
    for (std::uint32_t i = 0; i < 8; ++i) {
        EXPECT_EQ(scheduler->view(i).requests, 0);
        EXPECT_NEAR(scheduler->view(i).queuedTokens, 0, 1e-6);
    }
}

TEST_F(SchedulerTest, ThreadsPickScrapeEndAndEnrolAtOnce) {
    make(6);
    scrapeAll();
    std::atomic<bool> stop{false};
    std::vector<std::thread> threads;
    for (int t = 0; t < 3; ++t)
        threads.emplace_back([&, t] {
            std::mt19937 random(static_cast<unsigned>(t));
            std::vector<PickResult> under;
            DecisionRef decision;
            for (int i = 0; i < 3'000; ++i) {
                const auto prompt = promptOf(static_cast<char>('a' + random() % 5), random() % 600, random() % 2 == 0);
                decision = pool->newDecision();
                auto one = pool->pick({.now = kNow + milliseconds(i), .prompt = &prompt}, decision.get());
                if (one.pod) under.push_back(std::move(one));
                if (under.size() < 10) continue;
                auto& ending = under[random() % under.size()];
                if (random() % 2 == 0) ending.booking.firstToken(kNow + milliseconds(i));
                ending.booking.finish(kNow + milliseconds(i), {random() % 2 == 0, true, 100, 20, random() % 50});
                Pool::release(*ending.pod);
                std::swap(ending, under.back());
                under.pop_back();
            }
            for (auto& one : under) Pool::release(*one.pod);
        });
    std::thread scraper([&] {
        for (int i = 0; !stop; ++i) {
            scrapeAll(i % 3, i % 7, kNow + milliseconds(i));
            scheduler->full(*pool, kNow + milliseconds(i));
        }
    });
    std::thread editor([&] {
        while (!stop) {
            auto more = pods;
            more.push_back(makePods(1)[0]);
            const Pool other("p", "default/p", more, PickerOptions{}, scheduler);
        }
    });
    for (auto& thread : threads) thread.join();
    stop = true;
    scraper.join();
    editor.join();
    EXPECT_EQ(scheduler->reservations(), 0U);
    for (std::uint32_t i = 0; i < 6; ++i) EXPECT_EQ(scheduler->view(i).requests, 0);
}

TEST_F(SchedulerTest, AWarmPickAllocatesNothing) {
    make(100);
    scrapeAll();
    const auto prompt = promptOf('a', 2'000);
    const auto once = [&] {
        auto decision = pool->newDecision();
        auto one = pool->pick({.now = kNow, .prompt = &prompt}, decision.get());
        one.booking.firstToken(kNow);
        one.booking.finish(kNow, {});
        Pool::release(*one.pod);
    };
    for (int i = 0; i < 300; ++i) once();
    const auto before = allocations;
    for (int i = 0; i < 100; ++i) once();
    EXPECT_EQ(allocations - before, 0U);
}

TEST_F(SchedulerTest, StaysWithTheCacheUntilTheQueueCostsMore) {
    make(4);
    scrapeAll();
    const auto prompt = promptOf('a', 8'000);
    const int home = play(prompt, kNow, 0.5, 0);
    std::vector<PickResult> under;
    int stayed = 0, left = 0;
    for (int i = 0; i < 40; ++i) {
        // The same beginning, and 3,000 tokens of its own.
        Prompt mine = prompt;
        cutText(std::string(12'000, static_cast<char>('A' + i)), 1, mine.chain);
        mine.bytes += 12'000;
        under.push_back(pool->pick({.now = kNow, .prompt = &mine}, nullptr));
        (indexOf(under.back().pod) == home ? stayed : left) += 1;
        EXPECT_GE(stayed, 1) << "the cache is worth a queue of nobody";
    }
    EXPECT_GT(stayed, 2);
    EXPECT_GT(left, 10) << "a hot beginning is spread before its pod drowns";
    for (auto& one : under) Pool::release(*one.pod);
}

TEST_F(SchedulerTest, LearnsWhichPodIsTwiceAsFast) {
    make(2);
    auto at = kNow;
    for (int i = 0; i < 120; ++i, at += milliseconds(2'000)) {
        scrapeAll(0, 0, at);
        for (int pod = 0; pod < 2; ++pod) {
            const auto prompt = promptOf(static_cast<char>('a' + i % 26), 4'000 + static_cast<std::size_t>(i));
            auto picked = pool->pick({.now = at, .prompt = &prompt, .only = pods[static_cast<std::size_t>(pod)].get()}, nullptr);
            const double cached = 0, rate = pod == 0 ? 20'000 : 10'000;
            const auto ttft = std::chrono::duration_cast<base::MonoClock::duration>(std::chrono::duration<double>(prompt.bytes / 4.0 / rate + 0.02));
            picked.booking.firstToken(at + ttft);
            picked.booking.finish(at + ttft + milliseconds(500), {true, true, prompt.bytes / 4, 50, static_cast<std::uint64_t>(cached)});
            Pool::release(*picked.pod);
        }
    }
    const auto fast = scheduler->view(0), slow = scheduler->view(1);
    EXPECT_NEAR(fast.prefillRate / slow.prefillRate, 2, 0.5);
    EXPECT_GT(fast.prefillRate, 12'000);
    EXPECT_LT(slow.prefillRate, 13'000);
}

TEST_F(SchedulerTest, TrustsItsIndexLessWhereAnswersSayOtherwise) {
    make(1);
    auto at = kNow;
    const auto prompt = promptOf('a', 6'000);
    scrapeAll();
    play(prompt, at, 0.4, 5'000);  // Engines here do say what was cached.
    for (int i = 0; i < 60; ++i) play(prompt, at += milliseconds(900), 0.4, 1);
    EXPECT_LT(scheduler->view(0).trust, 0.2);
}

TEST_F(SchedulerTest, AnswersThatMakeNoSenseBreakNothing) {
    make(3);
    scrapeAll();
    const auto prompt = promptOf('a', 3'000);
    for (int i = 0; i < 300; ++i) {
        auto picked = pool->pick({.now = kNow, .prompt = &prompt}, nullptr);
        ASSERT_TRUE(picked.pod) << i;
        // No time passes, or it runs backwards; more is cached than was sent.
        if (i % 3 != 0) picked.booking.firstToken(kNow - milliseconds(i % 2));
        const std::uint64_t huge = i % 5 == 0 ? ~0ULL : 100;
        picked.booking.finish(kNow, {true, true, huge, i % 7 == 0 ? ~0ULL : 100, huge});
        Pool::release(*picked.pod);
    }
    auto picked = pool->pick({.now = kNow + milliseconds(1), .prompt = &prompt}, nullptr);
    EXPECT_TRUE(picked.pod);
    Pool::release(*picked.pod);
    for (std::uint32_t i = 0; i < 3; ++i) {
        EXPECT_TRUE(std::isfinite(scheduler->view(i).prefillRate));
        EXPECT_TRUE(std::isfinite(scheduler->view(i).slowness));
    }
}

TEST_F(SchedulerTest, PromptsThatDoNotStreamDrainWithTimeAndAreGoneWhenTheyEnd) {
    make(1);
    scrapeAll();
    const auto prompt = promptOf('a', 15'000, false), other = promptOf('b', 15'000, false);
    auto first = pool->pick({.now = kNow, .prompt = &prompt}, nullptr), second = pool->pick({.now = kNow, .prompt = &other}, nullptr);
    EXPECT_NEAR(scheduler->view(0).queuedTokens, 30'000, 1);
    const Prompt none;
    Pool::release(*pool->pick({.now = kNow + milliseconds(500), .prompt = &none, .only = pods[0].get()}, nullptr).pod);
    EXPECT_NEAR(scheduler->view(0).queuedTokens, 30'000 - 0.5 * scheduler->view(0).prefillRate, 600);
    first.booking.finish(kNow + milliseconds(500), {true, true, 15'000, 5, 0});
    EXPECT_LE(scheduler->view(0).queuedTokens, 15'001);
    second.booking.finish(kNow + milliseconds(501), {});
    EXPECT_EQ(scheduler->view(0).queuedTokens, 0);
    Pool::release(*first.pod);
    Pool::release(*second.pod);
}

TEST_F(SchedulerTest, OthersRequestsAreTheResidualOfAScrape) {
    make(2);
    pods[0]->store(metrics(4, 20), kNow);
    pods[1]->store(metrics(0, 1), kNow);
    const auto prompt = promptOf('a', 500);
    for (int i = 0; i < 3; ++i) {
        auto picked = pool->pick({.now = kNow, .prompt = &prompt}, nullptr);
        EXPECT_EQ(picked.pod, pods[1]);
        Pool::release(*picked.pod);
    }
    EXPECT_NEAR(scheduler->view(0).others, 24, 1e-9);
}

TEST_F(SchedulerTest, WithoutMetricsItGoesByItsOwnStateSaysSoAndRecovers) {
    make(4);
    scrapeAll();
    const auto late = kNow + milliseconds(5'000);
    const auto prompt = promptOf('a', 500);
    Decision decision;
    std::vector<PickResult> under;
    std::vector<int> counts(4);
    for (int i = 0; i < 8; ++i) {
        under.push_back(pool->pick({.now = late, .prompt = &prompt}, &decision));
        ++counts[static_cast<std::size_t>(indexOf(under.back().pod))];
    }
    EXPECT_EQ(decision.method, PickMethod::OwnState);
    const auto record = describe(decision, *pool);
    EXPECT_NE(record.reason.find("metrics of 4 of 4 pods are missing or older than 2000 ms"), std::string::npos) << record.reason;
    EXPECT_EQ(record.candidates[0].ageMillis, 5'000);
    EXPECT_TRUE(record.candidates[0].estimated);
    for (auto& one : under) Pool::release(*one.pod);
    under.clear();

    for (const auto& pod : pods) pod->store(metrics(pod == pods[2] ? 0 : 9, 30), late);
    auto picked = pool->pick({.now = late, .prompt = &prompt}, &decision);
    EXPECT_EQ(decision.method, PickMethod::Cost);
    EXPECT_EQ(picked.pod, pods[2]) << "what others sent counts again at once";
    Pool::release(*picked.pod);
}

TEST_F(SchedulerTest, NeverScrapedPodsWorkAndTheCacheSizeIsCalledAssumed) {
    make(2);
    const auto prompt = promptOf('a', 500);
    Decision decision;
    auto picked = pool->pick({.now = kNow, .prompt = &prompt}, &decision);
    ASSERT_TRUE(picked.pod);
    EXPECT_EQ(decision.method, PickMethod::OwnState);
    EXPECT_NE(describe(decision, *pool).reason.find("assumed"), std::string::npos);
    Pool::release(*picked.pod);
}

TEST_F(SchedulerTest, AnotherEngineAtTheSamePlaceHasAnEmptyCache) {
    make(1);
    pods[0]->store(metrics(0, 0, 10'000), kNow);
    const auto prompt = promptOf('a', 4'000);
    auto under = pool->pick({.now = kNow, .prompt = &prompt}, nullptr);
    pods[0]->store(metrics(0, 0, 5'000), kNow);
    Decision decision;
    auto next = pool->pick({.now = kNow, .prompt = &prompt}, &decision);
    EXPECT_EQ(decision.kept[0].cachedTokens, 0);
    under.booking.finish(kNow, {true, true, 4'000, 10, 0});  // Of the engine that is gone.
    EXPECT_EQ(scheduler->view(0).cacheTokens, 80'000);
    Pool::release(*under.pod);
    Pool::release(*next.pod);
}

TEST_F(SchedulerTest, APodThatComesAgainKeepsItsStateAndOneThatIsGoneGivesItsNumberBack) {
    make(2);
    scrapeAll();
    const auto prompt = promptOf('a', 4'000);
    const int home = play(prompt, kNow, 0.3, 0);
    pool = std::make_unique<Pool>("p", "default/p", pods, PickerOptions{}, scheduler);
    Decision decision;
    auto again = pool->pick({.now = kNow, .prompt = &prompt}, &decision);
    EXPECT_EQ(indexOf(again.pod), home);
    EXPECT_GT(decision.kept[0].cachedTokens, 3'000);
    Pool::release(*again.pod);
    const auto old = pool->slotNumbers();
    again = {};
    pool.reset();
    pods = makePods(2);
    pool = std::make_unique<Pool>("p", "default/p", pods, PickerOptions{}, scheduler);
    EXPECT_EQ(pool->slotNumbers(), old);
    auto fresh = pool->pick({.now = kNow, .prompt = &prompt}, &decision);
    EXPECT_EQ(decision.kept[0].cachedTokens, 0) << "another pod's cache";
    Pool::release(*fresh.pod);
}

TEST_F(SchedulerTest, LeavesOutWhatCannotServeAndCountsIt) {
    make(12);
    scrapeAll();
    pods[0]->endpoint->ejectedUntil = (kNow + milliseconds(1)).time_since_epoch().count();
    pods[1]->storeFailure("refused", kNow, true);
    pods[2]->storeFailure("refused", kNow, true);
    Decision decision;
    auto picked = pool->pick({.now = kNow, .avoid = pods[3].get()}, &decision);
    const auto record = describe(decision, *pool);
    EXPECT_EQ(record.pods, 12);
    EXPECT_EQ(record.candidates.size(), Decision::kKeptPods);
    ASSERT_EQ(record.removed.size(), 3U);
    EXPECT_EQ(record.removed[0], (std::pair<std::string, int>("already failed for this request", 1)));
    EXPECT_EQ(record.removed[2], (std::pair<std::string, int>("refuses connections", 2)));
    for (std::size_t i = 1; i < record.candidates.size(); ++i)
        EXPECT_TRUE(!record.candidates[i].excluded.empty() || record.candidates[i].total >= record.candidates[0].total);
    Pool::release(*picked.pod);
    PickRecord all;
    EXPECT_TRUE(pool->preview({.now = kNow}, all));
    EXPECT_EQ(all.candidates.size(), 12U) << "a preview shows every pod";
    EXPECT_EQ(scheduler->reservations(), 1U) << "and reserves nothing";
}

TEST_F(SchedulerTest, FullMeansAQueueInEveryPod) {
    make(2);
    pods[0]->store(metrics(9, 30), kNow);
    pods[1]->store(metrics(0, 200), kNow);
    EXPECT_FALSE(scheduler->full(*pool, kNow));
    pods[1]->store(metrics(5, 256), kNow);
    EXPECT_TRUE(scheduler->full(*pool, kNow));
    EXPECT_TRUE(scheduler->seemedFull());
    EXPECT_FALSE(scheduler->full(*pool, kNow + milliseconds(9'000))) << "stale queues are not believed";
    Pool empty("q", "default/q", {}, PickerOptions{}, std::make_shared<Scheduler>(base::Millis(2'000)));
    EXPECT_FALSE(empty.scheduler()->full(empty, kNow)) << "nobody waits for pods that are not there";
}

TEST_F(SchedulerTest, AnAdapterGoesWhereItIsLoaded) {
    make(3);
    scrapeAll();
    pods[1]->setEngine(Engine::Vllm, "", std::make_shared<const Adapters>(Adapters{{"sql-lora"}, {}}));
    for (const auto& pod : pods) {
        auto m = metrics(0, 0);
        m.maxAdapters = 4;
        pod->store(m, kNow);
    }
    Prompt prompt = promptOf('a', 100);
    prompt.model = "sql-lora";
    Decision decision;
    auto picked = pool->pick({.now = kNow, .prompt = &prompt}, &decision);
    EXPECT_EQ(picked.pod, pods[1]);
    EXPECT_GT(decision.kept[1].terms[CostTerms::Adapter], 0.1);
    Pool::release(*picked.pod);
}

}  // namespace
}  // namespace gatehouse::inference
