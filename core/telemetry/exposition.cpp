#include "telemetry/exposition.h"

#include <fmt/format.h>

#include <cmath>

namespace gatehouse::telemetry {
namespace {

/// Length of the valid UTF-8 sequence at the start of `text`, 0 when there is none (RFC 3629).
std::size_t utf8Length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto continued = [&](std::size_t count) {
        if (text.size() < count) return false;
        for (std::size_t i = 1; i < count; ++i)
            if ((byte(i) & 0xc0) != 0x80) return false;
        return true;
    };
    const auto lead = byte(0);
    if (lead < 0x80) return 1;
    if (lead >= 0xc2 && lead <= 0xdf && continued(2)) return 2;
    if (lead >= 0xe0 && lead <= 0xef && continued(3)) {
        const bool overlong = lead == 0xe0 && byte(1) < 0xa0;
        const bool surrogate = lead == 0xed && byte(1) >= 0xa0;
        return overlong || surrogate ? 0 : 3;
    }
    if (lead >= 0xf0 && lead <= 0xf4 && continued(4)) {
        const bool overlong = lead == 0xf0 && byte(1) < 0x90;
        const bool tooLarge = lead == 0xf4 && byte(1) >= 0x90;
        return overlong || tooLarge ? 0 : 4;
    }
    return 0;
}

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
        const auto length = utf8Length(value);
        if (length == 0) {
            out += "\xef\xbf\xbd";
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
