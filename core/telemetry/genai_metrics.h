// GenAiMetrics: histograms of model traffic under the OpenTelemetry GenAI names, and what it cost, fed with finished requests.
// Thread: any (one lock, off the hot path). Lifetime: the gateway's.
#pragma once

#include "telemetry/caller_metrics.h"
#include "telemetry/exposition.h"
#include "telemetry/guard_metrics.h"
#include "telemetry/request_record.h"

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::telemetry {

/// gen_ai.operation.name of a record; empty for what is no model operation: a list of models, a health check.
std::string genAiOperation(const RequestRecord& record);
/// gen_ai.provider.name: of a model server of ours openai, whose API it speaks.
std::string genAiProvider(const RequestRecord& record);
/// error.type; empty: none.
std::string genAiError(const RequestRecord& record);

struct GenAiHistogram {
    std::vector<std::uint64_t> counts;  ///< One per bound and one for what lies beyond.
    double sum = 0;
    void add(std::span<const double> bounds, double value);
};

/// One metric with all its series, for whoever writes them out.
struct GenAiSeries {
    struct Point {
        std::vector<std::pair<std::string, std::string>> attributes;  ///< OpenTelemetry's names: "gen_ai.request.model"
        GenAiHistogram histogram;
    };
    std::string_view name, unit, help;  ///< "gen_ai.client.token.usage", "{token}"
    std::span<const double> bounds;
    std::vector<Point> points;
};

class GenAiMetrics {
  public:
    /// Clients choose the model's name, so only this many different ones get a series; the rest share "other".
    static constexpr std::size_t kModels = 100;

    void observe(const RequestRecord& record);
    void observeCaller(const filter::Caller& caller) { callers_.observe(caller); }
    void write(Exposition& page) const;
    std::vector<GenAiSeries> series() const;

  private:
    enum Metric : std::size_t { Tokens, Duration, FirstChunk, FirstToken, PerToken, Metrics };
    /// Values of the attributes in the order of kAttributes; empty: absent.
    using Key = std::array<std::string, 6>;
    struct Cost {
        std::string provider, model, currency;
        auto operator<=>(const Cost&) const = default;
    };
    std::string bounded(std::set<std::string>& known, const std::string& model);
    GenAiHistogram& histogramOf(Metric metric, const Key& key);

    mutable std::mutex mutex_;
    GuardMetrics guards_;
    CallerMetrics callers_;
    std::set<std::string> models_;
    std::set<std::string> answeredModels_;
    using Histograms = std::map<Key, GenAiHistogram>;
    Histograms histograms_[Metrics];
    /// The last two of each, of input and output: one request is mostly like the one before.
    std::array<std::array<Histograms::value_type*, 2>, Metrics> recent_{};
    std::map<Cost, std::int64_t> costs_;  ///< Nano-units.
    std::map<std::pair<std::string, std::string>, std::uint64_t> unpriced_;  ///< {provider, model} -> requests
};

}  // namespace gatehouse::telemetry
