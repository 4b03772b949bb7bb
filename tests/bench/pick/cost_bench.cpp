// Cost of a pick as the data plane makes it: the prompt's match against every pod's cache, a cost per pod, the reservation, the decision
// for the record, and the end of the request; at 10, 100 and 1,000 pods. `tokens` is the prompt's length, of which `shared` have been
// sent to every fourth pod before. Also: what reading a prompt of that length takes, and the same pick by the reference's profile.
#include "inference/endpoint_picker_config.h"
#include "inference/scheduler.h"

#include <benchmark/benchmark.h>

#include <string>

namespace {

using namespace gatehouse;
using namespace gatehouse::inference;

std::vector<std::shared_ptr<Pod>> podsOf(std::size_t count) {
    std::vector<std::shared_ptr<Pod>> pods;
    for (std::size_t i = 0; i < count; ++i) {
        auto pod = std::make_shared<Pod>();
        pod->endpoint = std::make_shared<upstream::Endpoint>();
        pod->endpoint->host = "10.0." + std::to_string(i / 250) + "." + std::to_string(i % 250);
        pod->endpoint->port = 8000;
        pod->name = "default/vllm-" + std::to_string(i);
        PodMetrics m;
        m.waiting = 0;
        m.running = double(i % 30);
        m.kvUse = double(i % 97) / 100;
        m.kvBlocks = 30'000;
        m.blockTokens = 16;
        pod->store(m, base::MonoClock::now());
        pods.push_back(std::move(pod));
    }
    return pods;
}

std::string bodyOf(std::size_t tokens, std::size_t shared, int question) {
    std::string text(shared * kBytesPerToken, 's');
    text += std::to_string(question);
    if (tokens > shared) text += std::string((tokens - shared) * kBytesPerToken, 'q');
    return R"({"model":"llama","stream":true,"messages":[{"role":"user","content":")" + text + "\"}]}";
}

void pickWith(benchmark::State& state, std::shared_ptr<const PickProfile> profile) {
    const auto count = static_cast<std::size_t>(state.range(0)), tokens = static_cast<std::size_t>(state.range(1));
    const auto pods = podsOf(count);
    Pool pool("p", "default/p", pods, {2, 2, 1, base::Millis(3'600'000)}, std::make_shared<Scheduler>(base::Millis(3'600'000)), std::move(profile));
    const auto now = base::MonoClock::now();
    std::vector<Prompt> prompts(16);
    for (int i = 0; i < 16; ++i) readPrompt(base::Buffer(bodyOf(tokens, tokens * 3 / 4, i)), prompts[static_cast<std::size_t>(i)]);
    for (std::size_t i = 0; i < count; i += 4) {
        auto warm = pool.pick({.now = now, .prompt = &prompts[0], .only = pods[i].get()}, nullptr);
        Pool::release(*warm.pod);
    }
    std::size_t turn = 0;
    std::vector<PickResult> under(64);  // Requests that are under way, so that pods differ.
    for (auto _ : state) {
        auto decision = pool.newDecision();
        auto& slot = under[turn % under.size()];
        if (slot.pod) {
            slot.booking.firstToken(now + base::Millis(300));
            slot.booking.finish(now + base::Millis(1'300), {true, true, tokens, 100, tokens / 2});
            Pool::release(*slot.pod);
        }
        if (!slot.pod && turn > under.size()) return state.SkipWithError("no pod");
        slot = pool.pick({.now = now, .prompt = &prompts[turn++ % prompts.size()]}, decision.get());
        benchmark::DoNotOptimize(slot.pod.get());
    }
    for (auto& one : under)
        if (one.pod) Pool::release(*one.pod);
}

void pickByCost(benchmark::State& state) { pickWith(state, nullptr); }
BENCHMARK(pickByCost)->ArgNames({"pods", "tokens"})->ArgsProduct({{10, 100, 1000}, {0, 1'000, 16'000}});

void pickByProfile(benchmark::State& state) {
    auto profile = std::make_shared<PickProfile>();
    profile->scorers = {{.kind = ScorerKind::Queue, .name = "queue-scorer", .weight = 2},
                        {.kind = ScorerKind::KvCache, .name = "kv-cache-utilization-scorer", .weight = 2},
                        {.kind = ScorerKind::Prefix, .name = "prefix-cache-scorer", .weight = 3}};
    pickWith(state, std::move(profile));
}
BENCHMARK(pickByProfile)->ArgNames({"pods", "tokens"})->ArgsProduct({{10, 100, 1000}, {1'000}});

void readPromptOf(benchmark::State& state) {
    const base::Buffer body(bodyOf(static_cast<std::size_t>(state.range(0)), 0, 1));
    Prompt prompt;
    for (auto _ : state) benchmark::DoNotOptimize(readPrompt(body, prompt));
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * body.size()));
}
BENCHMARK(readPromptOf)->ArgName("tokens")->Arg(1'000)->Arg(16'000);

}  // namespace
