// CanaryReport: what a run came to, for the pull request: one value of it, written as HTML (one file, nothing loaded from elsewhere) or
// as Markdown. Plots are inline SVG made of the same figures. English. Pure functions. Thread: any.
#pragma once

#include "canary/run.h"

#include <string>

namespace gatehouse::canary {

struct ReportFacts {
    std::string title;      ///< Empty: made of the arms' rule.
    std::string currency;   ///< Of costs; empty: "USD".
    base::WallTime at{};    ///< When it is written.
};

std::string reportHtml(const CanaryRun& run, const ReportFacts& facts);
/// As GitHub and GitLab read it. Its plots are <svg> elements in a details block, which viewers without SVG skip.
std::string reportMarkdown(const CanaryRun& run, const ReportFacts& facts);

/// A metric's value with its unit: "0.62 %", "812 ms", "$0.0041"; "no data" for NaN.
std::string valueText(Metric metric, double value, const std::string& currency);
/// A difference with its sign and unit: "+0.09 pp", "+93 ms".
std::string differenceText(Metric metric, double value, const std::string& currency);
/// "most of it (83 %) is at pod chat-canary-1, which has 25 % of the canary's requests"
std::string whereaboutsText(const Whereabouts& where);

// The plots alone, as <svg> elements.
/// Quantile lines (1 % to 99 %) of both arms, logarithmic.
std::string quantilePlot(const ArmWindow& stable, const ArmWindow& canary, Timing timing, const std::string& stableLabel, const std::string& canaryLabel);
/// The intervals of the metrics against their margins: 0 in the middle, the margin one unit to the right.
std::string intervalPlot(const CanaryVerdict& verdict);
/// The canary's part over time by the journal.
std::string stepPlot(const CanaryRun& run, base::WallTime until);

}  // namespace gatehouse::canary
