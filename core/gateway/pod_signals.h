// What pods and exporters tell of engines and memory, for Gateway::state(). Thread: any.
#pragma once

#include "gateway/gateway.h"
#include "inference/scraper.h"

namespace gatehouse::gateway {

/// Engine, adapters, and both memory figures with their source and age.
void sampleSignals(const inference::Pod& pod, base::MonoTime now, PodState& state);
std::vector<ExporterState> sampleExporters(const inference::Scraper& scraper, base::MonoTime now);

}  // namespace gatehouse::gateway
