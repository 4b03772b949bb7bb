// What an engine's page says of its pod, and what a DCGM exporter's page says of the GPUs of a node. The one table of metric names of
// all engines stands in metrics_table.cpp. Pages are untrusted: unknown lines are skipped, values that are no finite numbers of at least
// zero are left out, shares end at 1, and a page costs time in proportion to its length, whatever it says.
// Thread: pure functions.
#pragma once

#include "inference/pool.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::inference {

struct EnginePage {
    Engine engine = Engine::Unknown;   ///< Whose names the page has; of several engines' the hint's, else the table's first.
    PodMetrics metrics;
    const char* kvSource = "";         ///< The metric that kvUse was read from.
    std::shared_ptr<const Adapters> adapters;  ///< Null: it names none.
    bool empty() const;                ///< Nothing that a pick or a view can use.
};

/// Prometheus text (exposition format 0.0.4, OpenMetrics' endings taken too), or what Ollama answers to /api/ps.
EnginePage readEnginePage(std::string_view page, Engine hint = Engine::Unknown);

/// The GPUs of one pod, summed.
struct PodGpus {
    std::string pod;   ///< "namespace/name"
    double usedMib = 0;
    double freeMib = 0;
    int gpus = 0;      ///< Or MIG instances.
};
/// Series that name no pod belong to nobody and are left out. Those of exported_pod come before pod, which then is the exporter's own.
std::vector<PodGpus> readDcgmPage(std::string_view page);

}  // namespace gatehouse::inference
