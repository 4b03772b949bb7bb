// Scraper: reads each pod's /metrics with one libcurl multi on its own thread, every 50 to 1,000 ms with jitter, slower for
// pods that fail or do not change. Thread: construct, setPods and stop from the control thread.
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
    void stop();
    std::uint64_t scrapes() const;
    std::uint64_t failures() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Reads the Prometheus text format for the metric names of the table in metrics_table.cpp (vLLM old and new names, DCGM).
/// Hostile input is safe: unknown lines are skipped, values that are no numbers are ignored.
PodMetrics parseMetricsPage(std::string_view page);

}  // namespace gatehouse::inference
