// What pods and exporters tell of engines and memory, and pools of their queues, for Gateway::state(). Thread: any.
#pragma once

#include "gateway/gateway.h"
#include "inference/scraper.h"

namespace gatehouse::gateway {

/// Engine, adapters, and both memory figures with their source and age.
void sampleSignals(const inference::Pod& pod, base::MonoTime now, PodState& state);
/// How it picks, and its queue.
PoolState samplePoolState(const inference::Pool& pool);
std::vector<ExporterState> sampleExporters(const inference::Scraper& scraper, base::MonoTime now);

}  // namespace gatehouse::gateway
