#include "models/pod_metric.h"

#include "bridge/engine_bridge.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace gatehouse::ui {
namespace {

constexpr double kColumns = 150;  ///< About as many as a card is wide in steps that the eye tells apart.
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr std::array kMetrics{PodMetric::GpuMemory, PodMetric::KvUse, PodMetric::Queue, PodMetric::Running, PodMetric::HitRate};

struct Metric {
    Q_DECLARE_TR_FUNCTIONS(PodMetric)
};

/// Of hits few are bad, of everything else many.
bool lowIsBad(PodMetric metric) { return metric == PodMetric::HitRate; }

/// The worse of two values, of which either may be missing: a spike must survive the step it falls into.
float worse(float a, float b, PodMetric metric) {
    if (std::isnan(a) || std::isnan(b)) return std::isnan(a) ? b : a;
    return lowIsBad(metric) ? std::min(a, b) : std::max(a, b);
}

}  // namespace

std::span<const PodMetric> podMetrics() { return kMetrics; }

PodMetricFacts factsOf(PodMetric metric) {
    const auto percent = QStringLiteral("%");
    switch (metric) {
        case PodMetric::GpuMemory:
            return {metric, "gpu-memory", Metric::tr("GPU memory %", "title of a chart"), percent, Metric::tr("No GPU metrics", "note at a pod's plot"), 100, 100, 95};
        case PodMetric::KvUse:
            return {metric, "kv-cache", Metric::tr("KV cache in use %", "title of a chart"), percent, Metric::tr("No KV metric", "note at a pod's plot"), 100, 100, 95};
        case PodMetric::Queue:
            return {metric, "queue-depth", Metric::tr("Queue depth", "title of a chart: requests waiting per pod"), {}, Metric::tr("No queue metric", "note at a pod's plot"), 0, 4, 0, true};
        case PodMetric::Running:
            return {metric, "running", Metric::tr("Running requests", "title of a chart"), {}, Metric::tr("No such metric", "note at a pod's plot"), 0, 4, 0, true};
        case PodMetric::HitRate: break;
    }
    return {metric, "hit-rate", Metric::tr("Prefix hits %", "title of a chart: share of prompt tokens found in the cache"), percent,
            Metric::tr("No prefix metric", "note at a pod's plot"), 100, 100, 0, false, true};
}

float valueOf(const PodSample& sample, PodMetric metric) {
    switch (metric) {
        case PodMetric::GpuMemory: return sample.gpuMemoryPercent;
        case PodMetric::KvUse: return sample.kvPercent;
        case PodMetric::Queue: return sample.waiting;
        case PodMetric::Running: return sample.running;
        case PodMetric::HitRate: break;
    }
    return sample.hitPercent;
}

float lastOf(const PodHistory& pod, PodMetric metric) { return pod.samples.empty() ? kNan : valueOf(pod.samples.back(), metric); }

double severityBy(const PodHistory& pod, PodMetric metric) {
    const double value = lastOf(pod, metric);
    if (!std::isfinite(value)) return -std::numeric_limits<double>::max();
    return lowIsBad(metric) ? -value : value;
}

double stripStep(double span) {
    for (const double step : {0.5, 1.0, 2.0, 5.0})
        if (span / step <= kColumns) return step;
    return 10;
}

std::vector<float> podCells(const PodHistory& pod, PodMetric metric, qint64 from, double step, std::size_t columns) {
    std::vector<float> cells(columns, kNan);
    auto sample = std::lower_bound(pod.samples.begin(), pod.samples.end(), from, [](const PodSample& s, qint64 time) { return s.time < time; });
    for (; sample != pod.samples.end(); ++sample) {
        const auto column = std::size_t(double(sample->time - from) / (step * 1000));
        if (column >= columns) break;
        cells[column] = worse(cells[column], valueOf(*sample, metric), metric);
    }
    return cells;
}

float quantile(std::vector<float>& values, double share) {
    const auto end = std::remove_if(values.begin(), values.end(), [](float value) { return !std::isfinite(value); });
    const auto count = std::distance(values.begin(), end);
    if (count == 0) return kNan;
    const auto place = values.begin() + std::min<std::ptrdiff_t>(count - 1, static_cast<std::ptrdiff_t>(share * double(count)));
    std::nth_element(values.begin(), place, end);
    return *place;
}

}  // namespace gatehouse::ui
