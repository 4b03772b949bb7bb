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
constexpr std::array kFirstTokenBounds = {0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1., 2.5, 5., 7.5, 10.};
constexpr std::array kPerTokenBounds = {0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1., 2.5};

// The wire format that is spoken; a self-hosted server with an OpenAI-compatible API counts as openai (conventions).
constexpr std::string_view kOwnServer = "openai";
constexpr std::string_view kOtherModel = "other";
constexpr double kMicros = 1e6;

enum Attribute : std::size_t { Operation, Provider, RequestModel, ResponseModel, TokenType, ErrorType };
constexpr std::array<std::string_view, 6> kAttributes = {"gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model",
                                                         "gen_ai.response.model", "gen_ai.token.type",    "error.type"};
constexpr std::array<std::string_view, 6> kLabels = {"gen_ai_operation_name", "gen_ai_provider_name", "gen_ai_request_model",
                                                     "gen_ai_response_model", "gen_ai_token_type",    "error_type"};

struct Row {
    std::string_view name, unit;
    const MetricName* prometheus;
    std::span<const double> bounds;
};
constexpr Row kRows[] = {
    {"gen_ai.client.token.usage", "{token}", &metric::kTokenUsage, kTokenBounds},
    {"gen_ai.client.operation.duration", "s", &metric::kOperationDuration, kSecondBounds},
    {"gen_ai.client.operation.time_to_first_chunk", "s", &metric::kTimeToFirstChunk, kSecondBounds},
    {"gen_ai.server.time_to_first_token", "s", &metric::kTimeToFirstToken, kFirstTokenBounds},
    {"gen_ai.server.time_per_output_token", "s", &metric::kTimePerOutputToken, kPerTokenBounds},
};

}  // namespace

std::string genAiOperation(const RequestRecord& record) {
    if (!record.operation.empty()) return record.operation;
    const auto path = std::string_view(record.path).substr(0, record.path.find('?'));
    if (record.method != "POST") return {};
    if (path.ends_with("/chat/completions")) return "chat";
    if (path.ends_with("/completions")) return "text_completion";
    return path.ends_with("/embeddings") ? "embeddings" : "";
}

std::string genAiProvider(const RequestRecord& record) { return record.providerSystem.empty() ? std::string(kOwnServer) : record.providerSystem; }

std::string genAiError(const RequestRecord& record) {
    if (!record.error.empty()) return record.error;
    return record.status >= 400 ? std::to_string(record.status) : std::string();
}

void GenAiHistogram::add(std::span<const double> bounds, double value) {
    if (counts.empty()) counts.resize(bounds.size() + 1);
    const auto bucket = std::lower_bound(bounds.begin(), bounds.end(), value) - bounds.begin();
    ++counts[static_cast<std::size_t>(bucket)];
    sum += value;
}

std::string GenAiMetrics::bounded(std::set<std::string>& known, const std::string& model) {
    auto name = model.substr(0, 128);
    if (name.empty() || known.contains(name)) return name;
    if (known.size() >= kModels) return std::string(kOtherModel);
    known.insert(name);
    return name;
}

GenAiHistogram& GenAiMetrics::histogramOf(Metric metric, const Key& key) {
    auto& recent = recent_[metric];
    for (auto* entry : recent)
        if (entry != nullptr && entry->first == key) return entry->second;
    std::swap(recent[0], recent[1]);
    recent[0] = &*histograms_[metric].try_emplace(key).first;
    return recent[0]->second;
}

void GenAiMetrics::observe(const RequestRecord& record) {
    if (!record.llm) return;
    callers_.observe(record);
    const auto operation = genAiOperation(record);
    const std::lock_guard lock(mutex_);
    guards_.observe(record);
    if (operation.empty()) return;
    Key key;
    key[Operation] = operation;
    key[Provider] = genAiProvider(record);
    key[RequestModel] = bounded(models_, record.model);
    key[ResponseModel] = bounded(answeredModels_, record.answer.model);
    const auto put = [&](Metric metric, double value) { histogramOf(metric, key).add(kRows[metric].bounds, value); };
    // No usage sample where the counts are unknown: a zero would be a lie. Nor where they are ours: the metric is of billed tokens.
    if (record.usage.known && !record.usage.estimated) {
        key[TokenType] = "input";
        put(Tokens, static_cast<double>(record.usage.inputTokens));
        key[TokenType] = "output";
        put(Tokens, static_cast<double>(record.usage.outputTokens));
        key[TokenType].clear();
    }
    if (record.streamed && record.firstByteMicros >= 0) put(FirstChunk, static_cast<double>(record.firstByteMicros) / kMicros);
    if (record.firstTokenMicros >= 0) put(FirstToken, static_cast<double>(record.firstTokenMicros) / kMicros);
    if (record.streamMicros >= 0 && record.usage.known && record.usage.outputTokens > 1)
        put(PerToken, static_cast<double>(record.streamMicros) / kMicros / static_cast<double>(record.usage.outputTokens - 1));
    key[ErrorType] = genAiError(record);
    put(Duration, static_cast<double>(record.totalMicros) / kMicros);
    if (!record.receipt) return;
    if (!record.receipt->priced()) {
        ++unpriced_[{key[Provider], key[RequestModel]}];
        return;
    }
    auto& cost = costs_[{key[Provider], key[RequestModel], record.receipt->book->currency}];
    std::int64_t sum = 0;
    cost = __builtin_add_overflow(cost, record.receipt->nano, &sum) ? INT64_MAX : sum;
}

void GenAiMetrics::write(Exposition& page) const {
    const std::lock_guard lock(mutex_);
    guards_.write(page);
    callers_.write(page);
    for (std::size_t metric = 0; metric < Metrics; ++metric) {
        page.family(*kRows[metric].prometheus);
        for (const auto& [key, histogram] : histograms_[metric]) {
            std::vector<std::pair<std::string_view, std::string_view>> labels;
            for (std::size_t i = 0; i < key.size(); ++i)
                if (!key[i].empty() || i == RequestModel) labels.emplace_back(kLabels[i], key[i]);
            page.histogram(labels, kRows[metric].bounds, histogram.counts, histogram.sum);
        }
    }
    page.family(metric::kCost);
    for (const auto& [who, nano] : costs_)
        page.sample({{kLabels[Provider], who.provider}, {kLabels[RequestModel], who.model}, {"currency", who.currency}}, static_cast<double>(nano) * 1e-9);
    page.family(metric::kUnpriced);
    for (const auto& [who, count] : unpriced_) page.sample({{kLabels[Provider], who.first}, {kLabels[RequestModel], who.second}}, count);
}

std::vector<GenAiSeries> GenAiMetrics::series() const {
    const std::lock_guard lock(mutex_);
    std::vector<GenAiSeries> out;
    for (std::size_t metric = 0; metric < Metrics; ++metric) {
        if (histograms_[metric].empty()) continue;
        auto& made = out.emplace_back(GenAiSeries{kRows[metric].name, kRows[metric].unit, kRows[metric].prometheus->help, kRows[metric].bounds, {}});
        for (const auto& [key, histogram] : histograms_[metric]) {
            auto& point = made.points.emplace_back();
            for (std::size_t i = 0; i < key.size(); ++i)
                if (!key[i].empty()) point.attributes.emplace_back(kAttributes[i], key[i]);
            point.histogram = histogram;
        }
    }
    return out;
}

}  // namespace gatehouse::telemetry
