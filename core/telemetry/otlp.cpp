#include "telemetry/otlp.h"

#include "base/log.h"
#include "telemetry/trace_context.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <mutex>
#include <thread>

namespace gatehouse::telemetry {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostInOnePost = 512;
/// For each of the last two posts: a collector that hangs must not hold the end of the process.
constexpr std::chrono::milliseconds kLastPatience{1'000};

// OTLP/JSON writes 64-bit integers as strings.
Json text(std::string_view value) { return {{"stringValue", value}}; }
Json integer(std::uint64_t value) { return {{"intValue", std::to_string(value)}}; }
Json real(double value) { return {{"doubleValue", value}}; }
Json flag(bool value) { return {{"boolValue", value}}; }

std::string nanos(base::WallTime time) {
    return std::to_string(std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count());
}

class Attributes {
  public:
    void put(const char* key, Json value) { list_.push_back({{"key", key}, {"value", std::move(value)}}); }
    void some(const char* key, const std::string& value) {
        if (!value.empty()) put(key, text(value));
    }
    void some(const char* key, std::uint64_t value) {
        if (value > 0) put(key, integer(value));
    }
    Json take() { return std::move(list_); }

  private:
    Json list_ = Json::array();
};

Json resource() {
    Attributes attributes;
    attributes.put("service.name", text("gatehouse"));
    attributes.put("service.version", text(GATEHOUSE_VERSION));
    return {{"attributes", attributes.take()}};
}

Json scope() { return {{"name", "gatehouse"}, {"version", GATEHOUSE_VERSION}}; }

Json spanAttributes(const RequestRecord& record) {
    Attributes out;
    out.some("gen_ai.operation.name", genAiOperation(record));
    out.put("gen_ai.provider.name", text(genAiProvider(record)));
    out.some("gen_ai.request.model", record.model);
    out.some("gen_ai.response.model", record.answer.model);
    out.some("gen_ai.response.id", record.answer.id);
    if (!record.answer.finishReasons.empty()) {
        auto values = Json::array();
        for (const auto& reason : record.answer.finishReasons) values.push_back(text(reason));
        out.put("gen_ai.response.finish_reasons", {{"arrayValue", {{"values", std::move(values)}}}});
    }
    if (record.streamed) out.put("gen_ai.request.stream", flag(true));
    if (record.streamed && record.firstByteMicros >= 0) out.put("gen_ai.response.time_to_first_chunk", real(static_cast<double>(record.firstByteMicros) * 1e-6));
    if (record.usage.known && !record.usage.estimated) {
        out.put("gen_ai.usage.input_tokens", integer(record.usage.inputTokens));
        out.put("gen_ai.usage.output_tokens", integer(record.usage.outputTokens));
        out.some("gen_ai.usage.cache_read.input_tokens", record.usage.cachedTokens);
        out.some("gen_ai.usage.cache_creation.input_tokens", record.usage.cacheWriteTokens);
        out.some("gen_ai.usage.reasoning.output_tokens", record.usage.reasoningTokens);
    }
    if (record.receipt && record.receipt->priced()) {
        out.put("gatehouse.cost", real(static_cast<double>(record.receipt->nano) * 1e-9));
        out.put("gatehouse.cost.currency", text(record.receipt->book->currency));
    }
    out.put("http.response.status_code", integer(static_cast<std::uint64_t>(record.status)));
    out.some("error.type", genAiError(record));
    out.some("gatehouse.request.id", record.requestId);
    out.some("gatehouse.route", record.route);
    out.some("gatehouse.backend", record.backend);
    out.some("k8s.pod.name", record.pod);
    const auto colon = record.endpoint.rfind(':');
    if (colon != std::string::npos) {
        out.put("server.address", text(std::string_view(record.endpoint).substr(0, colon)));
        if (const auto port = std::strtoul(record.endpoint.c_str() + colon + 1, nullptr, 10); port > 0) out.put("server.port", integer(port));
    }
    return out.take();
}

Json spanOf(const RequestRecord& record) {
    TraceParent made;
    if (record.traceId.empty() || record.spanId.empty()) made = childOf(std::nullopt);
    Json span;
    span["traceId"] = record.traceId.empty() ? made.traceId : record.traceId;
    span["spanId"] = record.spanId.empty() ? made.spanId : record.spanId;
    if (!record.parentSpanId.empty()) span["parentSpanId"] = record.parentSpanId;
    span["name"] = fmt::format("{}{}{}", genAiOperation(record), record.model.empty() ? "" : " ", record.model);
    span["kind"] = 3;  // CLIENT
    span["startTimeUnixNano"] = nanos(record.startedAt);
    span["endTimeUnixNano"] = nanos(record.startedAt + std::chrono::microseconds(record.totalMicros));
    span["attributes"] = spanAttributes(record);
    if (const auto error = genAiError(record); !error.empty())
        span["status"] = {{"code", 2}, {"message", record.errorSentence.empty() ? error : record.errorSentence}};
    return span;
}

std::string write(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::size_t ignoreBody(char*, std::size_t, std::size_t size, void*) { return size; }

}  // namespace

std::string otlpSpans(const std::vector<RequestRecord>& records) {
    auto spans = Json::array();
    for (const auto& record : records) spans.push_back(spanOf(record));
    Json scoped = {{"scope", scope()}, {"spans", std::move(spans)}};
    Json owned = {{"resource", resource()}, {"scopeSpans", Json::array({std::move(scoped)})}};
    return write({{"resourceSpans", Json::array({std::move(owned)})}});
}

std::string otlpMetrics(const std::vector<GenAiSeries>& series, base::WallTime since, base::WallTime now) {
    auto metrics = Json::array();
    for (const auto& one : series) {
        auto points = Json::array();
        for (const auto& point : one.points) {
            Attributes attributes;
            for (const auto& [key, value] : point.attributes) attributes.put(key.c_str(), text(value));
            std::uint64_t count = 0;
            auto counts = Json::array();
            for (const auto bucket : point.histogram.counts) {
                count += bucket;
                counts.push_back(std::to_string(bucket));
            }
            points.push_back({{"attributes", attributes.take()}, {"startTimeUnixNano", nanos(since)}, {"timeUnixNano", nanos(now)},
                              {"count", std::to_string(count)}, {"sum", point.histogram.sum}, {"bucketCounts", std::move(counts)},
                              {"explicitBounds", std::vector<double>(one.bounds.begin(), one.bounds.end())}});
        }
        Json metric;
        metric["name"] = one.name;
        metric["description"] = one.help;
        metric["unit"] = one.unit;
        metric["histogram"] = {{"aggregationTemporality", 2}, {"dataPoints", std::move(points)}};  // CUMULATIVE
        metrics.push_back(std::move(metric));
    }
    Json scoped = {{"scope", scope()}, {"metrics", std::move(metrics)}};
    Json owned = {{"resource", resource()}, {"scopeMetrics", Json::array({std::move(scoped)})}};
    return write({{"resourceMetrics", Json::array({std::move(owned)})}});
}

struct OtlpExporter::Impl {
    Impl(OtlpOptions wishes, const GenAiMetrics& source) : options(std::move(wishes)), metrics(source) {
        while (options.url.ends_with('/')) options.url.pop_back();
    }

    OtlpOptions options;
    const GenAiMetrics& metrics;
    const base::WallTime since = std::chrono::system_clock::now();
    std::atomic<std::uint64_t> dropped{0}, failures{0}, exported{0};

    std::mutex mutex;
    std::condition_variable_any wake;
    std::deque<RequestRecord> waiting;  ///< Guarded by mutex.

    bool failing = false;  ///< Own thread.
    CURL* curl = nullptr;
    std::jthread thread;

    bool post(const char* path, const std::string& body) {
        if (curl == nullptr) curl = curl_easy_init();
        if (curl == nullptr) return false;
        auto* headers = curl_slist_append(nullptr, "Content-Type: application/json");
        headers = curl_slist_append(headers, "Expect:");
        const auto url = options.url + path;
        curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
        curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(options.patience.count()));
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &ignoreBody);
        const auto code = curl_easy_perform(curl);
        curl_slist_free_all(headers);
        long status = 0;
        if (code == CURLE_OK) curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        const bool taken = status >= 200 && status < 300;
        if (!taken) failures.fetch_add(1, std::memory_order_relaxed);
        if (!taken && !failing)
            base::logError("otlp", "The collector at {} takes nothing: {}.", options.url, code == CURLE_OK ? fmt::format("it answered {}", status) : std::string(curl_easy_strerror(code)));
        if (taken && failing) base::logInfo("otlp", "The collector at {} takes telemetry again.", options.url);
        failing = !taken;
        return taken;
    }

    /// False: the collector did not take them; they are lost, for it must not be asked for ever.
    bool postSpans() {
        while (true) {
            std::vector<RequestRecord> batch;
            {
                const std::lock_guard lock(mutex);
                while (!waiting.empty() && batch.size() < kMostInOnePost) {
                    batch.push_back(std::move(waiting.front()));
                    waiting.pop_front();
                }
            }
            if (batch.empty()) return true;
            if (!post("/v1/traces", otlpSpans(batch))) {
                dropped.fetch_add(batch.size(), std::memory_order_relaxed);
                return false;
            }
            exported.fetch_add(batch.size(), std::memory_order_relaxed);
        }
    }

    void postMetrics() {
        const auto series = metrics.series();
        if (!series.empty()) post("/v1/metrics", otlpMetrics(series, since, std::chrono::system_clock::now()));
    }

    void run(std::stop_token stop) {
        auto metricsDue = std::chrono::steady_clock::now() + options.metricsEvery;
        while (!stop.stop_requested()) {
            {
                std::unique_lock lock(mutex);
                const auto every = std::min(options.spansEvery, options.metricsEvery);
                wake.wait_for(lock, stop, every, [] { return false; });
            }
            if (stop.stop_requested()) break;
            postSpans();
            if (std::chrono::steady_clock::now() < metricsDue) continue;
            postMetrics();
            metricsDue = std::chrono::steady_clock::now() + options.metricsEvery;
        }
        options.patience = std::min(options.patience, kLastPatience);
        if (postSpans()) postMetrics();
        if (curl != nullptr) curl_easy_cleanup(curl);
        curl = nullptr;
    }
};

OtlpExporter::OtlpExporter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

OtlpExporter::~OtlpExporter() { stop(); }

Result<std::unique_ptr<OtlpExporter>> OtlpExporter::open(OtlpOptions options, const GenAiMetrics& metrics) {
    const std::string_view url = options.url;
    const bool http = url.starts_with("http://"), https = url.starts_with("https://");
    const auto rest = url.substr(http ? 7 : https ? 8 : 0);
    if ((!http && !https) || rest.empty() || rest.front() == '/' || rest.find_first_of(" \t\r\n@") != std::string_view::npos)
        return fail("usage", fmt::format("\"{}\" is no address of a collector; write http://HOST:4318.", url));
    auto impl = std::make_unique<Impl>(std::move(options), metrics);
    auto* raw = impl.get();
    raw->thread = std::jthread([raw](std::stop_token stop) { raw->run(std::move(stop)); });
    return std::unique_ptr<OtlpExporter>(new OtlpExporter(std::move(impl)));
}

void OtlpExporter::add(const RequestRecord& record) {
    if (!record.llm || genAiOperation(record).empty() || !record.sampled) return;
    RequestRecord kept = record;
    // A span says none of these.
    kept.head.reset();
    kept.pick.reset();
    kept.steps.clear();
    kept.phases.clear();
    const std::lock_guard lock(impl_->mutex);
    if (impl_->waiting.size() >= impl_->options.queue) {
        impl_->dropped.fetch_add(1, std::memory_order_relaxed);
        return;
    }
    impl_->waiting.push_back(std::move(kept));
}

std::uint64_t OtlpExporter::dropped() const { return impl_->dropped.load(std::memory_order_relaxed); }
std::uint64_t OtlpExporter::failures() const { return impl_->failures.load(std::memory_order_relaxed); }
std::uint64_t OtlpExporter::exported() const { return impl_->exported.load(std::memory_order_relaxed); }

void OtlpExporter::stop() {
    impl_->thread.request_stop();
    if (impl_->thread.joinable()) impl_->thread.join();
}

}  // namespace gatehouse::telemetry
