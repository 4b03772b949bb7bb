#include "telemetry/exposition.h"

#include "text/utf8.h"

#include <fmt/format.h>

#include <cmath>

namespace gatehouse::telemetry {
namespace {

std::string_view typeName(MetricType type) {
    switch (type) {
        case MetricType::Counter: return "counter";
        case MetricType::Gauge: return "gauge";
        case MetricType::Histogram: return "histogram";
    }
    return "untyped";
}

}  // namespace

std::string escapeLabel(std::string_view value) {
    std::string out;
    out.reserve(value.size());
    while (!value.empty()) {
        const auto length = text::utf8Length(value);
        if (length == 0) {
            out += text::kReplacementCharacter;
            value.remove_prefix(1);
            continue;
        }
        switch (value.front()) {
            case '\\': out += "\\\\"; break;
            case '"': out += "\\\""; break;
            case '\n': out += "\\n"; break;
            default: out += value.substr(0, length);
        }
        value.remove_prefix(length);
    }
    return out;
}

std::string formatNumber(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
    return fmt::format("{}", value);
}

void Exposition::family(const MetricName& metric) {
    name_ = metric.name;
    text_ += fmt::format("# HELP {} {}\n# TYPE {} {}\n", metric.name, metric.help, metric.name, typeName(metric.type));
}

void Exposition::writeName(std::string_view suffix, Labels labels, std::string_view le) {
    text_ += name_;
    text_ += suffix;
    if (labels.empty() && le.empty()) return;
    char separator = '{';
    for (const auto& [name, value] : labels) {
        text_ += separator;
        text_ += fmt::format("{}=\"{}\"", name, escapeLabel(value));
        separator = ',';
    }
    if (!le.empty()) text_ += fmt::format("{}le=\"{}\"", separator, le);
    text_ += '}';
}

void Exposition::write(std::string_view suffix, Labels labels, std::string_view le, double value) {
    writeName(suffix, labels, le);
    text_ += ' ';
    text_ += formatNumber(value);
    text_ += '\n';
}

void Exposition::sample(LabelList labels, std::uint64_t value) {
    // Not by way of a double: a byte counter passes 2^53 one day.
    writeName({}, Labels(labels.begin(), labels.size()), {});
    text_ += fmt::format(" {}\n", value);
}

void Exposition::histogram(Labels labels, std::span<const double> bounds, std::span<const std::uint64_t> counts, double sum) {
    std::uint64_t cumulated = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        cumulated += counts[i];
        writeName("_bucket", labels, i < bounds.size() ? formatNumber(bounds[i]) : "+Inf");
        text_ += fmt::format(" {}\n", cumulated);
    }
    write("_sum", labels, {}, sum);
    writeName("_count", labels, {});
    text_ += fmt::format(" {}\n", cumulated);
}

}  // namespace gatehouse::telemetry
