// Exposition: writes the Prometheus text format 0.0.4: families with help and type, samples with escaped labels.
// Thread: one owner. Lifetime: one page.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse::telemetry {

enum class MetricType { Counter, Gauge, Histogram };

/// One row of the table of metric names (metric_names.h).
struct MetricName {
    std::string_view name;  ///< As exposed, "_total" of counters included.
    MetricType type = MetricType::Counter;
    std::string_view help;
};

using Labels = std::span<const std::pair<std::string_view, std::string_view>>;
using LabelList = std::initializer_list<std::pair<std::string_view, std::string_view>>;

class Exposition {
  public:
    /// Starts a family; its samples follow until the next one.
    void family(const MetricName& metric);
    void sample(LabelList labels, double value) { write({}, Labels(labels.begin(), labels.size()), {}, value); }
    void sample(LabelList labels, std::uint64_t value);
    /// `counts` holds one count per bound and one more for what lies beyond; each is the bucket's own, not cumulated.
    void histogram(Labels labels, std::span<const double> bounds, std::span<const std::uint64_t> counts, double sum);

    const std::string& text() const { return text_; }
    std::string take() { return std::move(text_); }

  private:
    void write(std::string_view suffix, Labels labels, std::string_view le, double value);
    void writeName(std::string_view suffix, Labels labels, std::string_view le);
    std::string_view name_;
    std::string text_;
};

/// Backslash, double quote and line feed escaped, as label values want it; invalid UTF-8 becomes U+FFFD.
std::string escapeLabel(std::string_view value);
/// Shortest text that reads back as the value; NaN, +Inf, -Inf as Prometheus writes them.
std::string formatNumber(double value);

}  // namespace gatehouse::telemetry
