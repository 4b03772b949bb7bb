// Which line of a metrics page means what, per engine, and the reader of the Prometheus text format.
// Sources: vLLM docs/usage/metrics (kv_cache_usage_perc replaced gpu_cache_usage_perc in v1), DCGM exporter default-counters.csv,
// Prometheus exposition formats 0.0.4.
#include "inference/scraper.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <optional>

namespace gatehouse::inference {

namespace {

enum class Fold { Sum, Mean, CacheConfig };

struct Row {
    std::string_view name;
    double PodMetrics::*field;
    Fold fold;          ///< Over the series of a page: engines of one pod, GPUs of one pod.
    double maximum;     ///< Values above are taken as this: a share cannot pass 1, and no queue holds a billion.
};

constexpr double kMany = 1e9;
constexpr Row kTable[] = {
    {"vllm:num_requests_waiting", &PodMetrics::waiting, Fold::Sum, kMany},
    {"vllm:num_requests_running", &PodMetrics::running, Fold::Sum, kMany},
    {"vllm:kv_cache_usage_perc", &PodMetrics::kvUse, Fold::Mean, 1},
    {"vllm:gpu_cache_usage_perc", &PodMetrics::kvUse, Fold::Mean, 1},
    {"vllm:cache_config_info", &PodMetrics::kvBlocks, Fold::CacheConfig, kMany},
    {"DCGM_FI_DEV_FB_USED", &PodMetrics::gpuUsedMib, Fold::Sum, kMany},
    {"DCGM_FI_DEV_FB_FREE", &PodMetrics::gpuFreeMib, Fold::Sum, kMany},
};
constexpr std::size_t kRows = std::size(kTable);

/// A sample line split: name{labels} value [timestamp]. Views into the line.
struct Sample {
    std::string_view name, labels, value;
};

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string_view trimLeft(std::string_view text) {
    while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
    return text;
}

/// The end of "{...}" with quoted values and their escapes; npos when it never closes.
std::size_t labelsEnd(std::string_view text) {
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (quoted && text[i] == '\\') {
            ++i;
        } else if (text[i] == '"') {
            quoted = !quoted;
        } else if (text[i] == '}' && !quoted) {
            return i;
        }
    }
    return std::string_view::npos;
}

/// The row whose name the line starts with, as a whole word.
const Row* findRow(std::string_view line) {
    for (const Row& row : kTable) {
        if (!line.starts_with(row.name) || line.size() == row.name.size()) continue;
        const char next = line[row.name.size()];
        if (next == '{' || isBlank(next)) return &row;
    }
    return nullptr;
}

std::optional<double> number(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value) || value < 0)
        return std::nullopt;
    return value;
}

/// The value of label `key`, unescaped quotes aside (the labels that are read are numbers).
std::string_view label(std::string_view labels, std::string_view key) {
    std::size_t at = 0;
    while (at < labels.size()) {
        const std::size_t equals = labels.find('=', at);
        if (equals == std::string_view::npos || equals + 1 >= labels.size() || labels[equals + 1] != '"') return {};
        std::string_view name = trimLeft(labels.substr(at, equals - at));
        while (!name.empty() && isBlank(name.back())) name.remove_suffix(1);
        std::size_t end = equals + 2;
        while (end < labels.size() && labels[end] != '"') end += labels[end] == '\\' ? 2 : 1;
        if (end >= labels.size()) return {};
        if (name == key) return labels.substr(equals + 2, end - equals - 2);
        at = end + 1;
        while (at < labels.size() && (labels[at] == ',' || isBlank(labels[at]))) ++at;
    }
    return {};
}

std::optional<Sample> split(std::string_view line) {
    Sample sample;
    const std::size_t nameEnd = line.find_first_of("{ \t");
    if (nameEnd == std::string_view::npos) return std::nullopt;
    sample.name = line.substr(0, nameEnd);
    line = trimLeft(line.substr(nameEnd));
    if (line.starts_with('{')) {
        const std::size_t end = labelsEnd(line);
        if (end == std::string_view::npos) return std::nullopt;
        sample.labels = line.substr(1, end - 1);
        line = trimLeft(line.substr(end + 1));
    }
    sample.value = line.substr(0, line.find_first_of(" \t\r"));
    return sample;
}

}  // namespace

PodMetrics parseMetricsPage(std::string_view page) {
    PodMetrics metrics;
    double sums[kRows] = {};
    int counts[kRows] = {};
    while (!page.empty()) {
        const std::size_t lineEnd = page.find('\n');
        std::string_view line = trimLeft(page.substr(0, lineEnd));
        page.remove_prefix(lineEnd == std::string_view::npos ? page.size() : lineEnd + 1);
        // Two letters tell nearly every line of a page that is not ours, comments among them.
        if (!line.starts_with("vl") && !line.starts_with("DC")) continue;
        const Row* row = findRow(line);
        if (!row) continue;
        const auto sample = split(line);
        if (!sample) continue;
        const auto index = static_cast<std::size_t>(row - kTable);
        if (row->fold == Fold::CacheConfig) {
            if (const auto blocks = number(label(sample->labels, "num_gpu_blocks"))) {
                sums[index] += std::min(*blocks, row->maximum);
                ++counts[index];
            }
            if (const auto size = number(label(sample->labels, "block_size"))) metrics.blockTokens = *size;
        } else if (const auto value = number(sample->value)) {
            sums[index] += std::min(*value, row->maximum);
            ++counts[index];
        }
    }
    for (std::size_t i = 0; i < kRows; ++i) {
        if (counts[i] == 0) continue;
        double& field = metrics.*kTable[i].field;
        // An engine in transition exports old and new name together: the row that stands first in the table counts.
        if (metrics.known(field)) continue;
        field = kTable[i].fold == Fold::Mean ? sums[i] / counts[i] : sums[i];
    }
    return metrics;
}

}  // namespace gatehouse::inference
