// GenAiMetrics: histograms of model traffic under the OpenTelemetry GenAI names, fed with finished requests.
// Thread: any (one lock, off the hot path). Lifetime: the gateway's.
#pragma once

#include "telemetry/exposition.h"
#include "telemetry/request_record.h"

#include <map>
#include <mutex>
#include <span>
#include <string>
#include <tuple>
#include <vector>

namespace gatehouse::telemetry {

class GenAiMetrics {
  public:
    /// Clients choose the model's name, so only this many different ones get a series; the rest share "other".
    static constexpr std::size_t kModels = 100;

    void observe(const RequestRecord& record);
    void write(Exposition& page) const;

  private:
    struct Histogram {
        std::vector<std::uint64_t> counts;
        double sum = 0;
        void add(std::span<const double> bounds, double value);
    };
    std::string boundedModel(const std::string& model);

    mutable std::mutex mutex_;
    std::map<std::string, bool> models_;
    std::map<std::pair<std::string, std::string>, Histogram> tokens_;     ///< {model, input | output}
    std::map<std::pair<std::string, std::string>, Histogram> durations_;  ///< {model, error.type or empty}
    std::map<std::string, Histogram> firstChunks_;
};

}  // namespace gatehouse::telemetry
