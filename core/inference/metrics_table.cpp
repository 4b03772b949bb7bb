// Which line of a metrics page means what, per engine, old names and new.
// Sources: vLLM docs/usage/metrics (kv_cache_usage_perc replaced gpu_cache_usage_perc in v1), SGLang production metrics, trtllm-serve and
// Triton's TensorRT-LLM backend, llama.cpp server README, TGI reference/metrics, DCGM exporter default-counters.csv, Ollama docs/api.
#include "inference/engine_page.h"
#include "inference/exposition.h"
#include "inference/scraper.h"
#include "text/json_body.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>
#include <limits>

namespace gatehouse::inference {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr double kMany = 1e9;      ///< No queue holds more.
constexpr double kCounter = 1e15;  ///< Tokens since the start.
constexpr double kMebibyte = 1 << 20;

/// A page's values: those that are kept, and what others are made of.
struct Found : PodMetrics {
    double gpuTotalMib = kUnknown;
};

enum class Fold : std::uint8_t { Sum, Mean, First };  ///< Over the series of a page: engines, models or GPUs of one pod.

struct Row {
    const char* name;
    Engine engine;            ///< Unknown: of no engine, taken with any.
    double Found::*field;
    Fold fold;
    double maximum;           ///< Values above are taken as this.
    double scale = 1;
    std::string_view where = {};    ///< Only series with this label ...
    std::string_view equals = {};   ///< ... of this value.
    std::string_view valueIn = {};  ///< The value stands in this label.
};

using enum Engine;
using enum Fold;
/// Of two rows of one engine for one field the first that is on the page counts: engines in transition export old and new names together.
constexpr Row kTable[] = {
    {"vllm:num_requests_waiting", Vllm, &Found::waiting, Sum, kMany},
    {"vllm:num_requests_running", Vllm, &Found::running, Sum, kMany},
    {"vllm:kv_cache_usage_perc", Vllm, &Found::kvUse, Mean, 1},
    {"vllm:gpu_cache_usage_perc", Vllm, &Found::kvUse, Mean, 1},
    {"vllm:cache_config_info", Vllm, &Found::kvBlocks, Sum, kMany, 1, {}, {}, "num_gpu_blocks"},
    {"vllm:cache_config_info", Vllm, &Found::blockTokens, First, kMany, 1, {}, {}, "block_size"},
    {"vllm:prefix_cache_queries_total", Vllm, &Found::prefixQueries, Sum, kCounter},
    {"vllm:prefix_cache_hits_total", Vllm, &Found::prefixHits, Sum, kCounter},
    {"vllm:prefix_cache_queries", Vllm, &Found::prefixQueries, Sum, kCounter},
    {"vllm:prefix_cache_hits", Vllm, &Found::prefixHits, Sum, kCounter},
    {"vllm:gpu_prefix_cache_queries_total", Vllm, &Found::prefixQueries, Sum, kCounter},
    {"vllm:gpu_prefix_cache_hits_total", Vllm, &Found::prefixHits, Sum, kCounter},
    {"vllm:gpu_prefix_cache_hit_rate", Vllm, &Found::hitRate, Mean, 1},
    {"vllm:num_preemptions_total", Vllm, &Found::preemptions, Sum, kCounter},
    {"vllm:prompt_tokens_total", Vllm, &Found::promptTokens, Sum, kCounter},
    {"vllm:generation_tokens_total", Vllm, &Found::outputTokens, Sum, kCounter},
    {"sglang:num_queue_reqs", Sglang, &Found::waiting, Sum, kMany},
    {"sglang:num_running_reqs", Sglang, &Found::running, Sum, kMany},
    {"sglang:token_usage", Sglang, &Found::kvUse, Mean, 1},
    {"sglang:cache_config_info", Sglang, &Found::kvBlocks, Sum, kMany, 1, {}, {}, "num_pages"},
    {"sglang:cache_config_info", Sglang, &Found::blockTokens, First, kMany, 1, {}, {}, "page_size"},
    {"sglang:max_total_num_tokens", Sglang, &Found::kvTokens, Sum, kCounter},
    {"sglang:cache_hit_rate", Sglang, &Found::hitRate, Mean, 1},
    {"sglang:lora_pool_slots_total", Sglang, &Found::maxAdapters, First, kMany},
    {"sglang:prompt_tokens_total", Sglang, &Found::promptTokens, Sum, kCounter},
    {"sglang:generation_tokens_total", Sglang, &Found::outputTokens, Sum, kCounter},
    {"trtllm_num_requests_waiting", TrtLlm, &Found::waiting, Sum, kMany},
    {"trtllm_num_requests_running", TrtLlm, &Found::running, Sum, kMany},
    {"trtllm_kv_cache_utilization", TrtLlm, &Found::kvUse, Mean, 1},
    {"trtllm_kv_cache_max_blocks", TrtLlm, &Found::kvBlocks, Sum, kMany},
    {"trtllm_kv_cache_tokens_per_block", TrtLlm, &Found::blockTokens, First, kMany},
    {"trtllm_kv_cache_hit_rate", TrtLlm, &Found::hitRate, Mean, 1},
    {"nv_trt_llm_request_metrics", TritonTrtLlm, &Found::waiting, Sum, kMany, 1, "request_type", "waiting"},
    {"nv_trt_llm_request_metrics", TritonTrtLlm, &Found::running, Sum, kMany, 1, "request_type", "scheduled"},
    {"nv_trt_llm_kv_cache_block_metrics", TritonTrtLlm, &Found::kvUse, Mean, 1, 1, "kv_cache_block_type", "fraction"},
    {"nv_trt_llm_kv_cache_block_metrics", TritonTrtLlm, &Found::kvBlocks, Sum, kMany, 1, "kv_cache_block_type", "max"},
    {"nv_trt_llm_kv_cache_block_metrics", TritonTrtLlm, &Found::blockTokens, First, kMany, 1, "kv_cache_block_type", "tokens_per"},
    {"nv_inference_pending_request_count", Triton, &Found::waiting, Sum, kMany},
    {"llamacpp:requests_deferred", LlamaCpp, &Found::waiting, Sum, kMany},
    {"llamacpp:requests_processing", LlamaCpp, &Found::running, Sum, kMany},
    {"llamacpp:kv_cache_usage_ratio", LlamaCpp, &Found::kvUse, Mean, 1},  // Until 2025.
    {"llamacpp:prompt_tokens_total", LlamaCpp, &Found::promptTokens, Sum, kCounter},
    {"llamacpp:tokens_predicted_total", LlamaCpp, &Found::outputTokens, Sum, kCounter},
    {"tgi_queue_size", Tgi, &Found::waiting, Sum, kMany},
    {"tgi_batch_current_size", Tgi, &Found::running, Sum, kMany},
    {"nv_gpu_memory_used_bytes", Unknown, &Found::gpuUsedMib, Sum, kMany, 1 / kMebibyte},
    {"nv_gpu_memory_total_bytes", Unknown, &Found::gpuTotalMib, Sum, kMany, 1 / kMebibyte},
    {"DCGM_FI_DEV_FB_USED", Unknown, &Found::gpuUsedMib, Sum, kMany},
    {"DCGM_FI_DEV_FB_FREE", Unknown, &Found::gpuFreeMib, Sum, kMany},
};
constexpr std::size_t kRows = std::size(kTable);
constexpr std::string_view kLoraInfo = "vllm:lora_requests_info";

constexpr std::size_t kMostSeries = 1'024;   ///< Of ours on one page; what comes after is left out.
constexpr std::size_t kMostAdapters = 256;
constexpr std::size_t kLongestAdapter = 256;

/// Tells lines that may be ours by their first eight bytes, which no name of the table falls short of.
class Sieve {
  public:
    Sieve() {
        for (const Row& row : kTable) add(row.name);
        add(kLoraInfo.data());
    }
    bool lets(std::string_view line) const { return line.size() > 8 && slots_[slot(line.data())]; }

  private:
    static std::size_t slot(const char* text) {
        std::uint64_t word = 0;
        std::memcpy(&word, text, sizeof word);
        return (word * 0x9E3779B97F4A7C15ULL) >> 54;
    }
    void add(const char* name) { slots_[slot(name)] = true; }
    std::array<bool, 1'024> slots_{};
};

/// Rows in the order of their names, found by halving.
const std::array<std::uint8_t, kRows>& byName() {
    static const auto order = [] {
        std::array<std::uint8_t, kRows> rows{};
        for (std::size_t i = 0; i < kRows; ++i) rows[i] = static_cast<std::uint8_t>(i);
        std::stable_sort(rows.begin(), rows.end(), [](auto a, auto b) { return std::string_view(kTable[a].name) < kTable[b].name; });
        return rows;
    }();
    return order;
}

/// A name that is given twice, as no honest page does, must not count twice.
class SeriesSeen {
  public:
    /// False: it was there before, or there are too many.
    bool add(std::string_view name, std::string_view labels) {
        const auto hash = std::hash<std::string_view>{}(labels) ^ (std::hash<std::string_view>{}(name) * 0x9E3779B97F4A7C15ULL);
        if (count_ == kMostSeries) return false;
        for (std::size_t at = hash % kSlots;; at = (at + 1) % kSlots) {
            if (slots_[at] == 0) {
                slots_[at] = hash | 1;
                ++count_;
                return true;
            }
            if (slots_[at] == (hash | 1)) return false;
        }
    }

  private:
    static constexpr std::size_t kSlots = kMostSeries * 2;
    std::array<std::uint64_t, kSlots> slots_{};
    std::size_t count_ = 0;
};

struct Sums {
    std::array<double, kRows> sum{};
    std::array<int, kRows> count{};
};

void addTo(Sums& sums, std::size_t row, double value) {
    const auto& spec = kTable[row];
    if (spec.fold == First && sums.count[row] > 0) return;
    sums.sum[row] += std::min(value * spec.scale, spec.maximum);
    ++sums.count[row];
}

std::vector<std::string> namesOf(std::string_view list) {
    std::vector<std::string> names;
    while (!list.empty() && names.size() < kMostAdapters) {
        const auto comma = list.find(',');
        const auto name = trimBlanks(list.substr(0, comma));
        if (!name.empty() && name.size() <= kLongestAdapter) names.push_back(unescapeLabel(name));
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    }
    return names;
}

/// vLLM's series are stamped with their time as value; older ones stay on the page.
struct Loras {
    double newest = -1;
    std::string_view labels;

    void take(const Sample& sample) {
        const auto at = finiteNumber(sample.value);
        if (!at || *at <= newest) return;
        newest = *at;
        labels = sample.labels;
    }
    void finish(EnginePage& page) const {
        if (newest < 0 || page.engine != Vllm) return;
        if (const auto most = finiteNumber(labelOf(labels, "max_lora"))) page.metrics.maxAdapters = std::min(*most, kMany);
        page.adapters = std::make_shared<const Adapters>(
            Adapters{namesOf(labelOf(labels, "running_lora_adapters")), namesOf(labelOf(labels, "waiting_lora_adapters"))});
    }
};

/// Whose page it is: the hint's where it has any of its names, else the engine of the table's first row that is there.
Engine engineOf(const Sums& sums, Engine hint) {
    Engine first = Unknown;
    for (std::size_t i = 0; i < kRows; ++i) {
        const auto engine = kTable[i].engine;
        if (sums.count[i] == 0 || engine == Unknown) continue;
        if (engine == hint) return hint;
        if (first == Unknown) first = engine;
    }
    return first;
}

EnginePage fold(const Sums& sums, Engine hint) {
    Found found;
    EnginePage page;
    page.engine = engineOf(sums, hint);
    for (std::size_t i = 0; i < kRows; ++i) {
        const auto& row = kTable[i];
        if (sums.count[i] == 0 || (row.engine != Unknown && row.engine != page.engine)) continue;
        double& field = found.*row.field;
        if (found.known(field)) continue;
        field = row.fold == Mean ? sums.sum[i] / sums.count[i] : sums.sum[i];
        if (row.field == &Found::kvUse) page.kvSource = row.name;
    }
    if (!found.known(found.gpuFreeMib) && found.gpuTotalMib >= found.gpuUsedMib) found.gpuFreeMib = found.gpuTotalMib - found.gpuUsedMib;
    page.metrics = found;
    return page;
}

/// What Ollama has loaded: {"models":[{"size_vram":...}]}. It tells no more.
EnginePage readOllama(std::string_view text) {
    namespace json = gatehouse::text::json;
    EnginePage page;
    base::Buffer body;
    body.assign(text);
    double bytes = 0;
    bool models = false;
    const auto onField = [&](std::string_view name, json::Value& value) -> Result<void> {
        if (name != "size_vram" || value.kind() != json::Kind::Number) return {};
        const auto size = value.unsignedInteger();
        if (!size) return tl::unexpected(size.error());
        bytes += static_cast<double>(*size);
        return {};
    };
    const auto onModel = [&](json::Value& value) -> Result<void> {
        if (value.kind() != json::Kind::Object) return {};
        const auto read = value.eachMember(onField);
        return read ? Result<void>{} : tl::unexpected(read.error());
    };
    const auto walked = json::readObject(body, [&](std::string_view key, json::Value& value) -> Result<void> {
        if (key != "models" || value.kind() != json::Kind::Array) return {};
        models = true;
        const auto read = value.eachItem(onModel);
        return read ? Result<void>{} : tl::unexpected(read.error());
    });
    if (!walked || !models) return page;
    page.engine = Ollama;
    page.metrics.gpuUsedMib = std::min(bytes / kMebibyte, kMany);
    return page;
}

}  // namespace

bool EnginePage::empty() const {
    return !metrics.known(metrics.waiting) && !metrics.known(metrics.running) && !metrics.known(metrics.kvUse) && !metrics.known(metrics.gpuUsedMib);
}

EnginePage readEnginePage(std::string_view page, Engine hint) {
    static const Sieve sieve;
    if (trimBlanks(page.substr(0, 64)).starts_with('{')) return readOllama(page);
    Sums sums;
    SeriesSeen seen;
    Loras loras;
    for (LineReader lines(page); const auto line = lines.next();) {
        if (!sieve.lets(*line)) continue;
        const auto name = nameOf(*line);
        const auto& order = byName();
        auto row = std::lower_bound(order.begin(), order.end(), name, [](auto index, std::string_view wanted) { return kTable[index].name < wanted; });
        const bool lora = name == kLoraInfo;
        if (!lora && (row == order.end() || kTable[*row].name != name)) continue;
        const auto sample = splitSample(*line, name.size());
        if (!sample || !seen.add(name, sample->labels)) continue;
        if (lora) loras.take(*sample);
        for (; row != order.end() && kTable[*row].name == name; ++row) {
            const auto& spec = kTable[*row];
            if (!spec.where.empty() && labelOf(sample->labels, spec.where) != spec.equals) continue;
            const auto value = finiteNumber(spec.valueIn.empty() ? sample->value : labelOf(sample->labels, spec.valueIn));
            if (value) addTo(sums, *row, *value);
        }
    }
    auto out = fold(sums, hint);
    loras.finish(out);
    return out;
}

PodMetrics parseMetricsPage(std::string_view page) { return readEnginePage(page).metrics; }

std::vector<PodGpus> readDcgmPage(std::string_view page) {
    constexpr std::size_t kMostPods = 4'096;
    std::vector<PodGpus> pods;
    SeriesSeen seen;
    for (LineReader lines(page); const auto line = lines.next();) {
        if (!line->starts_with("DCGM_FI_DEV_FB_")) continue;
        const auto name = nameOf(*line);
        const bool used = name == "DCGM_FI_DEV_FB_USED";
        if (!used && name != "DCGM_FI_DEV_FB_FREE") continue;
        const auto sample = splitSample(*line, name.size());
        const auto value = sample ? finiteNumber(sample->value) : std::nullopt;
        if (!value || !seen.add(name, sample->labels)) continue;
        const bool exported = !labelOf(sample->labels, "exported_pod").empty();
        const auto pod = labelOf(sample->labels, exported ? "exported_pod" : "pod");
        const auto ns = labelOf(sample->labels, exported ? "exported_namespace" : "namespace");
        if (pod.empty() || ns.empty()) continue;
        auto key = unescapeLabel(ns) + "/" + unescapeLabel(pod);
        auto found = std::find_if(pods.begin(), pods.end(), [&](const PodGpus& known) { return known.pod == key; });
        if (found == pods.end()) {
            if (pods.size() == kMostPods) continue;
            found = pods.insert(pods.end(), PodGpus{std::move(key)});
        }
        (used ? found->usedMib : found->freeMib) += std::min(*value, kMany);
        found->gpus += used;
    }
    return pods;
}

}  // namespace gatehouse::inference
