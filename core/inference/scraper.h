// Scraper: reads each pod's metrics with one libcurl multi on its own thread, every 50 to 1,000 ms with jitter, slower for
// pods that fail or do not change, and the GPUs of every node from its DCGM exporter, joined by namespace and pod.
// Where a pod's engine is not known the paths of all engines are tried until one has a page that is understood.
// Thread: construct, setPods and stop from the control thread.
#pragma once

#include "inference/pool.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

namespace gatehouse::inference {

struct ScraperOptions {
    base::Millis fastest{50};
    base::Millis slowest{1000};
    base::Millis timeout{1000};
};

class Scraper {
  public:
    explicit Scraper(ScraperOptions options);
    ~Scraper();  ///< Stops and joins.
    void setPods(std::vector<std::shared_ptr<Pod>> pods);
    void setExporters(std::vector<DcgmExporter> exporters);
    void stop();
    std::uint64_t scrapes() const;
    std::uint64_t failures() const;
    /// CPU time of its thread.
    base::Micros cpu() const;

    struct ExporterState {
        DcgmExporter exporter;
        base::MonoTime at;    ///< Of the last good page; the epoch: none.
        std::string error;    ///< Of the last try; empty: it went well.
        std::size_t pods = 0;     ///< That its page names.
        std::size_t joined = 0;   ///< Of these, those of our pools.
    };
    std::vector<ExporterState> exporters() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The metrics of a page alone: readEnginePage() of engine_page.h says the rest.
PodMetrics parseMetricsPage(std::string_view page);

}  // namespace gatehouse::inference
