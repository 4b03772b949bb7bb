// What the laboratory measures, in words and units. Thread: any. Pure functions.
#pragma once

#include "lab/sim/scenario.h"

#include <QString>

namespace gatehouse::ui {

namespace sim = lab::sim;

/// "TTFT p90", without the unit.
QString labMetricText(sim::Metric metric);
/// "ms", "requests/s", "%"; empty for counts and ratios.
QString labMetricUnit(sim::Metric metric);
/// A value of the core in that unit.
double labMetricValue(sim::Metric metric, double value);
/// "154 ±5", "154" with one seed, "–" where there is nothing to say. Without the unit.
QString labEstimateText(sim::Metric metric, const sim::Estimate& estimate);
/// Digits behind the point that a value of this size needs.
int labDecimals(double shown);

QString labVerdictText(sim::Verdict verdict);
QString labStandingText(sim::Standing standing);
/// "−10 % ±2"; "–" where it is not known.
QString labRelativeText(const sim::Estimate& relative);

}  // namespace gatehouse::ui
