// OtlpExporter: sends model requests as spans and the GenAI histograms as metrics to an OpenTelemetry collector: OTLP over HTTP, JSON
// encoding. What waits is bounded; what does not fit is dropped and counted, and traffic never waits for the collector.
// Thread: a thread of its own posts; add() and the counters from any. Lifetime: the gateway's; stop() sends what waits once and joins.
#pragma once

#include "base/result.h"
#include "telemetry/genai_metrics.h"
#include "telemetry/request_record.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::telemetry {

/// An ExportTraceServiceRequest with a span of kind CLIENT per record, named "{operation} {model}".
std::string otlpSpans(const std::vector<RequestRecord>& records);
/// An ExportMetricsServiceRequest with cumulative histograms.
std::string otlpMetrics(const std::vector<GenAiSeries>& series, base::WallTime since, base::WallTime now);

struct OtlpOptions {
    std::string url;  ///< "http://127.0.0.1:4318": /v1/traces and /v1/metrics are below it.
    std::size_t queue = 4'096;
    std::chrono::milliseconds spansEvery{1'000};
    std::chrono::milliseconds metricsEvery{10'000};
    std::chrono::milliseconds patience{5'000};  ///< For one answer of the collector.
};

class OtlpExporter {
  public:
    /// Error "usage": the address is no http or https URL.
    static Result<std::unique_ptr<OtlpExporter>> open(OtlpOptions options, const GenAiMetrics& metrics);
    ~OtlpExporter();

    /// Model requests that are sampled; others are passed over.
    void add(const RequestRecord& record);
    std::uint64_t dropped() const;   ///< Spans.
    std::uint64_t failures() const;  ///< Posts that were not taken.
    std::uint64_t exported() const;  ///< Spans.
    void stop();

  private:
    struct Impl;
    explicit OtlpExporter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace gatehouse::telemetry
