#include "gateway/pod_signals.h"

#include "inference/scheduler.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::gateway {
namespace {

std::int64_t ageOf(base::MonoTime at, base::MonoTime now) {
    if (at == base::MonoTime{}) return -1;
    return std::max<std::int64_t>(0, std::chrono::duration_cast<base::Millis>(now - at).count());
}

}  // namespace

void sampleSignals(const inference::Pod& pod, base::MonoTime now, PodState& state) {
    const auto& facts = inference::factsOf(pod.engine());
    state.engine = facts.name;
    // An engine may tell more than it once did: what came counts.
    if (state.ageMillis >= 0 && !state.metrics.known(state.metrics.kvUse)) state.engineLimits = facts.limits;
    state.kvSource = pod.kvSource();
    state.gpuSource = pod.gpuSource();
    state.gpuAgeMillis = ageOf(pod.gpuAt(), now);
    if (const auto adapters = pod.adapters()) {
        state.adapters = adapters->running;
        state.waitingAdapters = adapters->waiting;
    }
}

PoolState samplePoolState(const inference::Pool& pool) {
    PoolState state;
    state.name = pool.name();
    state.profile = pool.sharedProfile();
    state.byScores = pool.scheduler() == nullptr;
    if (state.byScores) return state;
    const auto& flow = pool.scheduler()->flow();
    state.queues = true;
    state.flow = flow.options();
    state.waiting = flow.waitingByPriority();
    state.shed = flow.shed();
    state.shedNegative = flow.shedNegative();
    state.evicted = flow.evicted();
    state.waits = flow.waits();
    state.waited = flow.waited();
    return state;
}

std::vector<ExporterState> sampleExporters(const inference::Scraper& scraper, base::MonoTime now) {
    std::vector<ExporterState> states;
    for (const auto& known : scraper.exporters())
        states.push_back({known.exporter.name, fmt::format("{}:{}", known.exporter.host, known.exporter.port), known.error, ageOf(known.at, now),
                          known.pods, known.joined});
    return states;
}

}  // namespace gatehouse::gateway
