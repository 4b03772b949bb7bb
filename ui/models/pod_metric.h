// PodMetric: what is known of model servers over time, as one table: name, unit, scale and which end is the bad one; and the steps of time that
// strips and small lines draw. Thread: any; pure functions over the bridge's history.
#pragma once

#include <QString>

#include <span>
#include <vector>

namespace gatehouse::ui {

struct PodHistory;
struct PodSample;

enum class PodMetric { GpuMemory, KvUse, Queue, Running, HitRate };

struct PodMetricFacts {
    PodMetric metric;
    const char* id;          ///< "gpu", for files and settings.
    QString name;            ///< "GPU memory %"
    QString unit;            ///< "%", or empty for counts.
    QString missing;         ///< A word for pods whose engine has no such metric.
    double fixedUpper = 0;   ///< 0 = grows with the data.
    double leastUpper = 4;
    double limit = 0;        ///< 0 = none.
    bool logarithmic = false;  ///< As colour.
    bool lowIsBad = false;
};

std::span<const PodMetric> podMetrics();
PodMetricFacts factsOf(PodMetric metric);
float valueOf(const PodSample& sample, PodMetric metric);
/// The last value, NaN where there is none.
float lastOf(const PodHistory& pod, PodMetric metric);
/// How much a pod needs to be looked at by this metric; what is missing comes last.
double severityBy(const PodHistory& pod, PodMetric metric);

/// Seconds of one column, so that about 150 fill the span.
double stripStep(double span);
/// The worst value in each of `columns` steps of `step` seconds from `from` on, in the bridge's milliseconds; NaN is missing.
std::vector<float> podCells(const PodHistory& pod, PodMetric metric, qint64 from, double step, std::size_t columns);
/// The value below which that share of the finite ones lies; NaN without any. Reorders `values`.
float quantile(std::vector<float>& values, double share);

}  // namespace gatehouse::ui
