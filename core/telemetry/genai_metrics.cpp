#include "telemetry/genai_metrics.h"

#include "telemetry/metric_names.h"

#include <algorithm>
#include <array>

namespace gatehouse::telemetry {
namespace {

// Bucket bounds of the GenAI conventions.
constexpr std::array kTokenBounds = {1.,     4.,      16.,     64.,      256.,     1024.,     4096.,
                                     16384., 65536., 262144., 1048576., 4194304., 16777216., 67108864.};
constexpr std::array kSecondBounds = {0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92};

// The wire format that is spoken; a self-hosted server with an OpenAI-compatible API counts as openai (conventions).
constexpr std::string_view kProvider = "openai";
constexpr std::string_view kOtherModel = "other";

/// Empty for what is no model operation: a list of models, a health check.
std::string_view operationName(const RequestRecord& record) {
    const auto path = std::string_view(record.path).substr(0, record.path.find('?'));
    if (record.method != "POST") return {};
    if (path.ends_with("/chat/completions")) return "chat";
    if (path.ends_with("/completions")) return "text_completion";
    return path.ends_with("/embeddings") ? "embeddings" : std::string_view{};
}

}  // namespace

void GenAiMetrics::Histogram::add(std::span<const double> bounds, double value) {
    if (counts.empty()) counts.resize(bounds.size() + 1);
    const auto bucket = std::lower_bound(bounds.begin(), bounds.end(), value) - bounds.begin();
    ++counts[static_cast<std::size_t>(bucket)];
    sum += value;
}

std::string GenAiMetrics::boundedModel(const std::string& model) {
    const auto name = model.substr(0, 128);
    if (models_.contains(name)) return name;
    if (models_.size() >= kModels) return std::string(kOtherModel);
    models_.emplace(name, true);
    return name;
}

void GenAiMetrics::observe(const RequestRecord& record) {
    const std::string operation(operationName(record));
    if (!record.llm || operation.empty()) return;
    constexpr double kMicros = 1e6;
    const std::lock_guard lock(mutex_);
    const auto model = boundedModel(record.model);
    const auto key = operation + '\n' + model;
    // No usage sample where the counts are unknown: a zero would be a lie.
    if (record.usage.known) {
        tokens_[{key, "input"}].add(kTokenBounds, static_cast<double>(record.usage.inputTokens));
        tokens_[{key, "output"}].add(kTokenBounds, static_cast<double>(record.usage.outputTokens));
    }
    auto error = record.error;
    if (error.empty() && record.status >= 400) error = std::to_string(record.status);
    durations_[{key, error}].add(kSecondBounds, static_cast<double>(record.totalMicros) / kMicros);
    if (record.streamed && record.firstByteMicros >= 0)
        firstChunks_[key].add(kSecondBounds, static_cast<double>(record.firstByteMicros) / kMicros);
}

void GenAiMetrics::write(Exposition& page) const {
    const std::lock_guard lock(mutex_);
    using Label = std::pair<std::string_view, std::string_view>;
    const auto labels = [](const std::string& key) {
        const auto split = key.find('\n');
        return std::vector<Label>{{"gen_ai_operation_name", std::string_view(key).substr(0, split)},
                                  {"gen_ai_provider_name", kProvider},
                                  {"gen_ai_request_model", std::string_view(key).substr(split + 1)}};
    };
    page.family(metric::kTokenUsage);
    for (const auto& [key, histogram] : tokens_) {
        auto set = labels(key.first);
        set.emplace_back("gen_ai_token_type", key.second);
        page.histogram(set, kTokenBounds, histogram.counts, histogram.sum);
    }
    page.family(metric::kOperationDuration);
    for (const auto& [key, histogram] : durations_) {
        auto set = labels(key.first);
        if (!key.second.empty()) set.emplace_back("error_type", key.second);
        page.histogram(set, kSecondBounds, histogram.counts, histogram.sum);
    }
    page.family(metric::kTimeToFirstChunk);
    for (const auto& [key, histogram] : firstChunks_)
        page.histogram(labels(key), kSecondBounds, histogram.counts, histogram.sum);
}

}  // namespace gatehouse::telemetry
