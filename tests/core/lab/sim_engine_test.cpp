// The simulated server: blocks against a block-by-block model, scheduling rules one by one, and random loads that must keep its
// invariants.
#include "lab/sim/engine.h"
#include "lab/sim/random.h"

#include <gtest/gtest.h>

#include <list>
#include <map>
#include <random>

namespace gatehouse::lab::sim {
namespace {

std::uint64_t freshSeed() {
    const char* fixed = std::getenv("GATEHOUSE_SEED");
    return fixed ? std::strtoull(fixed, nullptr, 10) : std::random_device{}();
}

/// Adds a request whose prompt is these segments (key, tokens), with an answer of its own.
std::uint32_t add(Trace& trace, const std::vector<std::pair<std::uint64_t, std::uint32_t>>& prompt, std::uint32_t output,
                  std::uint16_t adapter = kNoAdapter) {
    Request request;
    request.firstSegment = static_cast<std::uint32_t>(trace.segments.size());
    std::uint64_t chain = 0;
    std::uint32_t end = 0;
    for (const auto& [key, tokens] : prompt) trace.segments.push_back({chain = mix(chain, key), end += tokens});
    request.promptTokens = end;
    request.outputTokens = output;
    request.adapter = adapter;
    trace.segments.push_back({mix(chain, 0xa000 + trace.requests.size()), end + output});
    request.segments = static_cast<std::uint16_t>(prompt.size() + 1);
    trace.requests.push_back(request);
    return static_cast<std::uint32_t>(trace.requests.size() - 1);
}

/// vLLM's cache block by block: one list of freed blocks, oldest first, of which the front is reused.
class BlockByBlock {
  public:
    explicit BlockByBlock(std::uint32_t capacity) : blank_(capacity) {}
    std::uint32_t use(std::span<const Segment> chain, std::uint32_t tokens) {
        std::vector<std::uint64_t> keys;
        std::size_t segment = 0;
        for (std::uint32_t block = 0; (block + 1) * kBlockTokens <= tokens; ++block) {
            while (chain[segment].end < (block + 1) * kBlockTokens) ++segment;
            keys.push_back(blockKey(chain, segment, block));
        }
        std::size_t matched = 0;
        while (matched < keys.size() && (matched + 1) * kBlockTokens < tokens && where_.contains(keys[matched])) ++matched;
        for (std::size_t i = 0; i < matched; ++i) forget(keys[i]);
        std::uint32_t wanted = (tokens + kBlockTokens - 1) / kBlockTokens - static_cast<std::uint32_t>(matched);
        for (; wanted > 0; --wanted) {
            if (blank_ > 0) {
                --blank_;
            } else {
                forget(order_.front());
            }
        }
        // Freed tail first. A block that was there already (the recomputed last one) is kept once.
        if (tokens % kBlockTokens != 0) ++blank_;
        for (std::size_t i = keys.size(); i-- > 0;) {
            if (where_.contains(keys[i])) {
                forget(keys[i]);
                ++blank_;
            }
            order_.push_back(keys[i]);
            where_[keys[i]] = std::prev(order_.end());
        }
        return static_cast<std::uint32_t>(matched) * kBlockTokens;
    }

  private:
    void forget(std::uint64_t key) {
        order_.erase(where_.at(key));
        where_.erase(key);
    }
    std::uint32_t blank_;
    std::list<std::uint64_t> order_;
    std::map<std::uint64_t, std::list<std::uint64_t>::iterator> where_;
};

TEST(BlockCache, MatchesLikeABlockByBlockModel) {
    const auto seed = freshSeed();
    SCOPED_TRACE("GATEHOUSE_SEED=" + std::to_string(seed));
    Random random(seed);
    for (int round = 0; round < 40; ++round) {
        const auto capacity = 40 + static_cast<std::uint32_t>(random.below(200));
        BlockCache cache(capacity);
        BlockByBlock model(capacity);
        for (int i = 0; i < 200; ++i) {
            Trace trace;
            std::vector<std::pair<std::uint64_t, std::uint32_t>> prompt;
            const std::size_t parts = 1 + random.below(3);
            for (std::size_t part = 0; part < parts; ++part) {
                // The same key always has the same length, as the same text has.
                const std::uint64_t key = 1 + random.below(part == 0 ? 4 : 6);
                prompt.push_back({key, static_cast<std::uint32_t>(5 + 37 * key + 11 * part)});
            }
            add(trace, prompt, 1);
            const std::uint32_t tokens = trace.requests[0].promptTokens;
            if (tokens / kBlockTokens + 1 > capacity) continue;
            const auto chain = trace.prompt(trace.requests[0]);
            BlockCache::Lease lease;
            const std::uint32_t matched = cache.acquire(chain, tokens - 1, lease);
            ASSERT_TRUE(cache.grow(lease, matched, tokens));
            cache.publish(chain, std::min(tokens, matched + 100), lease);
            cache.publish(chain, tokens, lease);
            ASSERT_EQ(matched, model.use(chain, tokens)) << "round " << round << ", request " << i;
            cache.release(chain, lease);
            ASSERT_TRUE(cache.conserved(0));
        }
    }
}

TEST(BlockCache, EvictsTheTailBeforeTheHead) {
    Trace trace;
    const auto first = add(trace, {{1, 320}}, 1), second = add(trace, {{2, 160}}, 1);
    BlockCache cache(20);
    BlockCache::Lease lease;
    const auto chain = trace.prompt(trace.requests[first]);
    cache.acquire(chain, 319, lease);
    ASSERT_TRUE(cache.grow(lease, 0, 320));
    cache.publish(chain, 320, lease);
    cache.release(chain, lease);
    EXPECT_EQ(cache.match(chain, 320), 320u);
    const auto other = trace.prompt(trace.requests[second]);
    cache.acquire(other, 159, lease);
    ASSERT_TRUE(cache.grow(lease, 0, 160));
    EXPECT_EQ(cache.match(chain, 320), 160u);
    EXPECT_EQ(cache.evictions(), 10u);
    EXPECT_DOUBLE_EQ(cache.use(), 0.5);
}

struct Outcome {
    std::vector<SimTime> first, last;
    std::vector<std::uint32_t> cached;
};

/// Submits each request at its arrival and runs until idle, checking the engine after every step.
Outcome runAll(Engine& engine, const Trace& trace, bool check = true) {
    Outcome outcome;
    outcome.first.resize(trace.requests.size(), SimTime(-1));
    outcome.last.resize(trace.requests.size(), SimTime(-1));
    outcome.cached.resize(trace.requests.size());
    std::size_t next = 0;
    SimTime now{0};
    std::vector<Engine::Event> events;
    for (int guard = 0; guard < 2'000'000; ++guard) {
        while (next < trace.requests.size() && trace.requests[next].arrival <= now) {
            EXPECT_TRUE(engine.submit(static_cast<std::uint32_t>(next)));
            ++next;
        }
        if (engine.beginStep(now).count() == 0) {
            if (next == trace.requests.size()) return outcome;
            now = trace.requests[next].arrival;
            continue;
        }
        now = engine.stepEnds();
        events.clear();
        engine.finishStep(events);
        for (const auto& event : events) {
            if (event.first) outcome.first[event.request] = now;
            if (event.first) outcome.cached[event.request] = event.cachedTokens;
            if (event.last) {
                EXPECT_EQ(outcome.last[event.request], SimTime(-1)) << "finished twice";
                outcome.last[event.request] = now;
            }
        }
        if (check && !engine.consistent()) {
            ADD_FAILURE() << "inconsistent after step " << engine.counters().steps;
            return outcome;
        }
    }
    ADD_FAILURE() << "does not end";
    return outcome;
}

StepModel model8b() { return {**findModel("llama-8b"), **findGpu("H100")}; }

TEST(Engine, SecondPromptWithTheSameBeginningComputesOnlyItsOwnPart) {
    Trace trace;
    add(trace, {{1, 8'000}, {2, 100}}, 2);
    trace.requests[add(trace, {{1, 8'000}, {3, 100}}, 2)].arrival = SimTime(5'000'000);
    Engine engine(model8b(), {}, trace);
    const Outcome outcome = runAll(engine, trace);
    EXPECT_EQ(outcome.cached[0], 0u);
    EXPECT_EQ(outcome.cached[1], 8'000u);
    const auto cold = outcome.first[0], warm = outcome.first[1] - trace.requests[1].arrival;
    EXPECT_GT(cold.count(), 5 * warm.count());
}

TEST(Engine, TheNextTurnFindsTheAnswerToo) {
    Trace trace;
    add(trace, {{1, 1'600}}, 160);
    // Second turn: first prompt, first answer, new question.
    Request next{.arrival = SimTime(10'000'000), .promptTokens = 1'776, .outputTokens = 1, .firstSegment = 2, .segments = 4};
    const Segment prompt = trace.segments[0], answer = trace.segments[1];
    trace.segments.insert(trace.segments.end(), {prompt, answer, {mix(answer.key, 7), 1'776}, {mix(answer.key, 8), 1'777}});
    trace.requests.push_back(next);
    Engine engine(model8b(), {}, trace);
    // The KV of the answer's last token was never computed, so its last block is not there.
    EXPECT_EQ(runAll(engine, trace).cached[1], 1'744u);
}

TEST(Engine, LongPromptsAreChunkedBesideDecodes) {
    Trace trace;
    add(trace, {{1, 100}}, 50);
    trace.requests[add(trace, {{2, 20'000}}, 1)].arrival = SimTime(50'000);
    Engine engine(model8b(), {}, trace);
    const Outcome outcome = runAll(engine, trace);
    // 20,000 tokens are three chunks of at most 8,192; the short answer goes on meanwhile and ends long before a serial one would.
    EXPECT_LT(outcome.last[0], outcome.first[1] + SimTime(1'000'000));
    EXPECT_EQ(engine.counters().computedTokens, 20'000u + 100 + 49);
    EXPECT_GE(engine.counters().steps, 50u);
}

TEST(Engine, BatchIsLimitedAndFirstComeIsFirstServed) {
    Trace trace;
    for (std::uint64_t i = 0; i < 20; ++i) add(trace, {{i + 1, 64}}, 20);
    EngineOptions options;
    options.maxSequences = 4;
    Engine engine(model8b(), options, trace);
    const Outcome outcome = runAll(engine, trace);
    EXPECT_TRUE(std::is_sorted(outcome.first.begin(), outcome.first.end()));
    EXPECT_LT(outcome.first[3], outcome.first[4]);
}

TEST(Engine, PreemptsTheYoungestAndLosesNothing) {
    Trace trace;
    for (std::uint64_t i = 0; i < 6; ++i) add(trace, {{i + 1, 160}}, 400);
    EngineOptions options;
    options.blocks = 60;  // One request needs 35 blocks at its end.
    Engine engine(model8b(), options, trace);
    const Outcome outcome = runAll(engine, trace);
    EXPECT_GT(engine.counters().preemptions, 0u);
    EXPECT_EQ(engine.counters().finished, 6u);
    EXPECT_EQ(std::min_element(outcome.last.begin(), outcome.last.end()), outcome.last.begin()) << "the oldest is never preempted first";
}

TEST(Engine, RefusesWhatCanNeverFit) {
    Trace trace;
    add(trace, {{1, 1'000}}, 10);
    EngineOptions options;
    options.blocks = 10;
    Engine engine(model8b(), options, trace);
    EXPECT_FALSE(engine.submit(0));
    EXPECT_EQ(engine.beginStep(SimTime(0)).count(), 0);
}

TEST(Engine, AdaptersTakeTimeToLoadAndWaitForASlot) {
    Trace trace;
    for (std::uint16_t i = 0; i < 3; ++i) add(trace, {{i + 1u, 64}}, 30, i);
    EngineOptions options;
    options.adapterSlots = 2;
    Engine engine(model8b(), options, trace);
    const Outcome outcome = runAll(engine, trace);
    EXPECT_EQ(engine.counters().adapterLoads, 3u);
    EXPECT_GE(outcome.first[0], options.adapterLoad * 2) << "both loads are in the first step";
    EXPECT_GT(outcome.first[2], outcome.last[0]) << "the third waits until an adapter is no longer in use";
}

TEST(Engine, ForecastIsWhatThenHappens) {
    Trace trace;
    for (std::uint64_t i = 0; i < 40; ++i) add(trace, {{1 + i % 5, 1'500}, {100 + i, 700}}, 60);
    Engine engine(model8b(), {}, trace);
    std::vector<Engine::Event> events;
    SimTime now{0};
    for (std::uint32_t i = 0; i < 39; ++i) engine.submit(i);
    for (int i = 0; i < 7; ++i) {
        engine.beginStep(now);
        now = engine.stepEnds();
        engine.finishStep(events);
    }
    engine.beginStep(now);
    const SimTime forecast = forecastFirstToken(engine, 39, now + SimTime(100));
    engine.submit(39);
    for (;;) {
        now = engine.stepEnds();
        events.clear();
        engine.finishStep(events);
        if (std::any_of(events.begin(), events.end(), [](const auto& e) { return e.request == 39 && e.first; })) break;
        ASSERT_GT(engine.beginStep(now).count(), 0);
    }
    // The forecast matches prompts as of now; what others compute until then makes it a little pessimistic at most.
    EXPECT_NEAR(seconds(forecast), seconds(now), 0.1 * seconds(now));
}

TEST(Engine, RandomLoadsKeepTheInvariants) {
    const auto seed = freshSeed();
    SCOPED_TRACE("GATEHOUSE_SEED=" + std::to_string(seed));
    Random random(seed);
    for (int round = 0; round < 25; ++round) {
        Trace trace;
        std::int64_t clock = 0;
        EngineOptions options;
        options.blocks = 30 + static_cast<std::uint32_t>(random.below(400));
        options.maxSequences = 1 + static_cast<std::uint32_t>(random.below(24));
        options.stepTokens = 16 + static_cast<std::uint32_t>(random.below(600));
        options.adapterSlots = 1 + static_cast<std::uint32_t>(random.below(3));
        for (int i = 0; i < 120; ++i) {
            std::vector<std::pair<std::uint64_t, std::uint32_t>> prompt;
            for (std::uint64_t part = 0, parts = 1 + random.below(4); part < parts; ++part) {
                const std::uint64_t key = 1 + random.below(part == 0 ? 4 : 9);
                prompt.push_back({key, static_cast<std::uint32_t>(1 + 13 * key)});
            }
            const auto adapter = random.below(3) == 0 ? static_cast<std::uint16_t>(random.below(4)) : kNoAdapter;
            const auto index = add(trace, prompt, 1 + static_cast<std::uint32_t>(random.below(60)), adapter);
            Request& request = trace.requests[index];
            request.arrival = SimTime(clock += static_cast<std::int64_t>(random.below(40'000)));
            if ((request.promptTokens + request.outputTokens) / kBlockTokens + 1 > options.blocks) {
                request.outputTokens = 1;
                trace.segments.back().end = request.promptTokens + 1;
            }
        }
        Engine engine(model8b(), options, trace);
        const Outcome outcome = runAll(engine, trace);
        ASSERT_EQ(engine.counters().finished, trace.requests.size()) << "round " << round;
        for (std::size_t i = 0; i < trace.requests.size(); ++i) {
            ASSERT_LT(trace.requests[i].arrival, outcome.first[i]) << "round " << round << ", request " << i;
            ASSERT_LE(outcome.first[i], outcome.last[i]);
            ASSERT_LT(outcome.cached[i], trace.requests[i].promptTokens);
        }
        ASSERT_DOUBLE_EQ(engine.cache().use(), 0) << "nothing is pinned at the end";
        if (::testing::Test::HasFailure()) return;
    }
}

}  // namespace
}  // namespace gatehouse::lab::sim
