#include "canary/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gatehouse::canary {
namespace {

constexpr double kWidth = 520, kHeight = 170, kLeft = 60, kRight = 14, kTop = 12, kBottom = 28;
// Validated apart for people who confuse colours, on white and on dark paper; the canary's line is dashed as well.
constexpr const char* kStableColor = "#2a78d6";
constexpr const char* kCanaryColor = "#d95926";
constexpr const char* kInk = "#77756e";

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else if (c == '"') out += "&quot;";
        else out += c;
    }
    return out;
}

std::string open(const std::string& label, double height = kHeight) {
    return fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\" role=\"img\" aria-label=\"{}\" "
                       "font-family=\"sans-serif\" font-size=\"11\">",
                       kWidth, height, kWidth, height, escaped(label));
}

std::string text(double x, double y, std::string_view words, const char* anchor = "start") {
    return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" fill=\"{}\" text-anchor=\"{}\">{}</text>", x, y, kInk, anchor, escaped(words));
}

std::string line(double x1, double y1, double x2, double y2, const char* color, const char* more = "") {
    return fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" {}/>", x1, y1, x2, y2, color, more);
}

/// "812 ms", "1.2 s", "340 µs"; of answer lengths "812".
std::string tick(Timing timing, double value) {
    if (timing == Timing::AnswerLength) return fmt::format("{:.0f}", value);
    if (value < 1000) return fmt::format("{:.0f} µs", value);
    if (value < 1e6) return fmt::format("{:.3g} ms", value / 1000);
    return fmt::format("{:.3g} s", value / 1e6);
}

const char* timingLabel(Timing timing) {
    switch (timing) {
        case Timing::Ttft: return "TTFT";
        case Timing::Tpot: return "TPOT";
        case Timing::EndToEnd: return "end-to-end";
        case Timing::AnswerLength: return "answer length";
    }
    return "";
}

struct LogScale {
    double low, high;
    double y(double value) const {
        const double part = (std::log(std::max(value, 1e-9)) - std::log(low)) / (std::log(high) - std::log(low));
        return kHeight - kBottom - std::clamp(part, 0.0, 1.0) * (kHeight - kTop - kBottom);
    }
};

std::string quantileLine(const Sketch& sketch, const LogScale& scale, const char* color, const char* more) {
    if (sketch.empty()) return {};
    std::string points;
    for (int percent = 1; percent <= 99; ++percent) {
        const double x = kLeft + (percent - 1) / 98.0 * (kWidth - kLeft - kRight);
        points += fmt::format("{:.1f},{:.1f} ", x, scale.y(sketch.quantile(percent / 100.0)));
    }
    return fmt::format("<polyline fill=\"none\" stroke=\"{}\" stroke-width=\"2\" {} points=\"{}\"/>", color, more, points);
}

}  // namespace

std::string quantilePlot(const ArmWindow& stable, const ArmWindow& canary, Timing timing, const std::string& stableLabel, const std::string& canaryLabel) {
    const auto& a = stable.timing(timing);
    const auto& b = canary.timing(timing);
    if (a.empty() && b.empty()) return {};
    double low = 1e300, high = 0;
    for (const auto* sketch : {&a, &b}) {
        if (sketch->empty()) continue;
        low = std::min(low, std::max(sketch->quantile(0.01), 1.0));
        high = std::max(high, sketch->quantile(0.99));
    }
    const LogScale scale{low / 1.1, std::max(high * 1.1, low * 1.3)};
    auto out = open(fmt::format("{} by percentile, {} and {}", timingLabel(timing), stableLabel, canaryLabel));
    for (const double value : {low, std::sqrt(low * high), high}) {
        out += line(kLeft, scale.y(value), kWidth - kRight, scale.y(value), kInk, "stroke-width=\"0.5\" opacity=\"0.5\"");
        out += text(kLeft - 6, scale.y(value) + 4, tick(timing, value), "end");
    }
    for (const int percent : {1, 25, 50, 75, 95, 99})
        out += text(kLeft + (percent - 1) / 98.0 * (kWidth - kLeft - kRight), kHeight - 10, fmt::format("p{}", percent), "middle");
    out += quantileLine(a, scale, kStableColor, "");
    out += quantileLine(b, scale, kCanaryColor, "stroke-dasharray=\"6 3\"");
    out += line(kLeft + 8, kTop + 4, kLeft + 32, kTop + 4, kStableColor, "stroke-width=\"2\"") + text(kLeft + 38, kTop + 8, stableLabel);
    out += line(kLeft + 8, kTop + 20, kLeft + 32, kTop + 20, kCanaryColor, "stroke-width=\"2\" stroke-dasharray=\"6 3\"") + text(kLeft + 38, kTop + 24, canaryLabel);
    return out + "</svg>";
}

std::string intervalPlot(const CanaryVerdict& verdict) {
    constexpr double kRow = 24, kFirst = 130, kReach = 2;  // Margins to each side.
    std::vector<const MetricVerdict*> rows;
    for (const auto& row : verdict.metrics)
        if (row.margin > 0 && std::isfinite(row.difference.estimate) && row.canaryCount > 0) rows.push_back(&row);
    if (rows.empty()) return {};
    const double height = kTop + static_cast<double>(rows.size()) * kRow + kBottom;
    const double middle = kFirst + (kWidth - kFirst - kRight) / 2, unit = (kWidth - kFirst - kRight) / 2 / kReach;
    const auto x = [&](double margins) { return middle + std::clamp(margins, -kReach, kReach) * unit; };
    auto out = open("Differences of the canary with their intervals, in margins", height);
    out += line(middle, kTop, middle, height - kBottom, kInk) + text(middle, height - 10, "no difference", "middle");
    out += line(x(1), kTop, x(1), height - kBottom, kInk, "stroke-dasharray=\"2 3\"") + text(x(1), height - 10, "margin", "middle");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& row = *rows[i];
        const double y = kTop + (static_cast<double>(i) + 0.5) * kRow;
        const auto* color = row.outcome == Outcome::Worse ? kCanaryColor : kStableColor;
        out += text(kFirst - 8, y + 4, metricName(row.rule.metric), "end");
        out += line(x(row.difference.low / row.margin), y, x(row.difference.high / row.margin), y, color, "stroke-width=\"3\"");
        out += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\" fill=\"{}\"/>", x(row.difference.estimate / row.margin), y, color);
    }
    return out + "</svg>";
}

std::string stepPlot(const CanaryRun& run, base::WallTime until) {
    const auto& journal = run.journal();
    if (journal.empty()) return {};
    const auto began = journal.front().at;
    const double whole = std::max(1.0, std::chrono::duration<double>(until - began).count());
    const auto x = [&](base::WallTime at) { return kLeft + std::clamp(std::chrono::duration<double>(at - began).count() / whole, 0.0, 1.0) * (kWidth - kLeft - kRight); };
    const auto y = [](int percent) { return kHeight - kBottom - percent / 100.0 * (kHeight - kTop - kBottom); };
    auto out = open("The canary's part of the requests over time");
    for (const int percent : {0, 50, 100}) {
        out += line(kLeft, y(percent), kWidth - kRight, y(percent), kInk, "stroke-width=\"0.5\" opacity=\"0.5\"");
        out += text(kLeft - 6, y(percent) + 4, fmt::format("{} %", percent), "end");
    }
    std::string points;
    int last = journal.front().percent;
    for (const auto& entry : journal) {
        points += fmt::format("{:.1f},{:.1f} {:.1f},{:.1f} ", x(entry.at), y(last), x(entry.at), y(entry.percent));
        last = entry.percent;
    }
    points += fmt::format("{:.1f},{:.1f}", x(until), y(last));
    out += fmt::format("<polyline fill=\"none\" stroke=\"{}\" stroke-width=\"2\" points=\"{}\"/>", kCanaryColor, points);
    out += text(kLeft, kHeight - 10, "0 min") + text(kWidth - kRight, kHeight - 10, fmt::format("{:.0f} min", whole / 60), "end");
    return out + "</svg>";
}

}  // namespace gatehouse::canary
