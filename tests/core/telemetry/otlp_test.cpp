// Export to a collector: what is posted, what happens while the collector is away, and trace context.
#include "telemetry/otlp.h"
#include "telemetry/trace_context.h"

#include "llm/price_book_reader.h"
#include "../gateway/loopback.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <map>

namespace gatehouse::telemetry {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

/// A collector: keeps what is posted to each path.
class Collector {
  public:
    explicit Collector(int status = 200) : status_(status), thread_([this] { run(); }) {}
    ~Collector() {
        stopping_ = true;
        listening_.close();
        thread_.join();
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(listening_.port()); }
    std::vector<json> posts(const std::string& path) {
        const std::lock_guard lock(mutex_);
        return posts_[path];
    }

  private:
    void run() {
        while (!stopping_) {
            pollfd waiting{listening_.fd(), POLLIN, 0};
            if (::poll(&waiting, 1, 20) <= 0) continue;
            const int fd = ::accept(listening_.fd(), nullptr, nullptr);
            if (fd < 0) continue;
            std::string data;
            while (!stopping_) {
                pollfd reading{fd, POLLIN, 0};
                if (::poll(&reading, 1, 20) > 0) {
                    char piece[65536];
                    const auto got = ::read(fd, piece, sizeof piece);
                    if (got <= 0) break;
                    data.append(piece, static_cast<std::size_t>(got));
                }
                const auto head = data.find("\r\n\r\n");
                if (head == std::string::npos) continue;
                const auto at = data.find("Content-Length: ");
                const auto length = std::strtoul(data.c_str() + at + 16, nullptr, 10);
                if (data.size() < head + 4 + length) continue;
                const auto path = data.substr(5, data.find(' ', 5) - 5);
                {
                    const std::lock_guard lock(mutex_);
                    posts_[path].push_back(json::parse(data.substr(head + 4, length)));
                }
                data.erase(0, head + 4 + length);
                const auto answer = "HTTP/1.1 " + std::to_string(status_) + " X\r\nContent-Length: 2\r\n\r\n{}";
                if (::write(fd, answer.data(), answer.size()) < 0) break;
            }
            ::close(fd);
        }
    }

    int status_;
    testing::Listening listening_;
    std::mutex mutex_;
    std::map<std::string, std::vector<json>> posts_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

bool eventually(const std::function<bool()>& done) {
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (!done()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        ::poll(nullptr, 0, 2);
    }
    return true;
}

RequestRecord chat() {
    RequestRecord record;
    record.llm = record.streamed = true;
    record.operation = "chat";
    record.providerSystem = "anthropic";
    record.model = "claude";
    record.answer = {"msg_1", "claude-2025", {"end_turn"}, ""};
    record.status = 200;
    record.traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    record.parentSpanId = "00f067aa0ba902b7";
    record.spanId = "1111111111111111";
    record.endpoint = "127.0.0.1:9000";
    record.startedAt = base::WallTime(std::chrono::seconds(1'700'000'000));
    record.totalMicros = 1'500'000;
    record.firstByteMicros = 250'000;
    record.usage.inputTokens = 100;
    record.usage.cachedTokens = 40;
    record.usage.outputTokens = 20;
    record.usage.known = true;
    return record;
}

std::map<std::string, json> attributesOf(const json& list) {
    std::map<std::string, json> out;
    for (const auto& entry : list) out[entry["key"]] = entry["value"];
    return out;
}

OtlpOptions fast(const std::string& url) { return {url, 4, 5ms, 10ms, 2s}; }

TEST(Otlp, PostsSpansAndHistogramsToTheCollector) {
    Collector collector;
    GenAiMetrics metrics;
    metrics.observe(chat());
    auto exporter = OtlpExporter::open(fast(collector.url() + "/"), metrics);
    ASSERT_TRUE(exporter);
    (*exporter)->add(chat());
    ASSERT_TRUE(eventually([&] { return !collector.posts("/v1/traces").empty() && !collector.posts("/v1/metrics").empty(); }));
    EXPECT_TRUE(eventually([&] { return (*exporter)->exported() == 1; }));

    const auto resource = collector.posts("/v1/traces")[0]["resourceSpans"][0];
    EXPECT_EQ(attributesOf(resource["resource"]["attributes"])["service.name"]["stringValue"], "gatehouse");
    const auto span = resource["scopeSpans"][0]["spans"][0];
    EXPECT_EQ(span["name"], "chat claude");
    EXPECT_EQ(span["kind"], 3);
    EXPECT_EQ(span["traceId"], "4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_EQ(span["parentSpanId"], "00f067aa0ba902b7");
    EXPECT_EQ(span["startTimeUnixNano"], "1700000000000000000");
    EXPECT_EQ(span["endTimeUnixNano"], "1700000001500000000");
    EXPECT_FALSE(span.contains("status"));
    auto attributes = attributesOf(span["attributes"]);
    EXPECT_EQ(attributes["gen_ai.provider.name"]["stringValue"], "anthropic");
    EXPECT_EQ(attributes["gen_ai.response.model"]["stringValue"], "claude-2025");
    EXPECT_EQ(attributes["gen_ai.usage.input_tokens"]["intValue"], "100");
    EXPECT_EQ(attributes["gen_ai.usage.cache_read.input_tokens"]["intValue"], "40");
    EXPECT_EQ(attributes["gen_ai.response.finish_reasons"]["arrayValue"]["values"][0]["stringValue"], "end_turn");
    EXPECT_EQ(attributes["server.port"]["intValue"], "9000");

    std::map<std::string, json> byName;
    const auto metricPost = collector.posts("/v1/metrics")[0];
    for (const auto& metric : metricPost["resourceMetrics"][0]["scopeMetrics"][0]["metrics"]) byName[metric["name"]] = metric;
    ASSERT_TRUE(byName.contains("gen_ai.client.token.usage"));
    const auto& tokens = byName["gen_ai.client.token.usage"];
    EXPECT_EQ(tokens["unit"], "{token}");
    EXPECT_EQ(tokens["histogram"]["aggregationTemporality"], 2);
    const auto& point = tokens["histogram"]["dataPoints"][0];
    EXPECT_EQ(point["explicitBounds"].size() + 1, point["bucketCounts"].size());
    EXPECT_EQ(point["explicitBounds"][13], 67108864);
    EXPECT_EQ(point["count"], "1");
    EXPECT_EQ(attributesOf(point["attributes"])["gen_ai.token.type"]["stringValue"], "input");
    EXPECT_TRUE(byName.contains("gen_ai.client.operation.duration"));
}

TEST(Otlp, ErrorsAreSaidAndOthersPassedOver) {
    auto failed = chat();
    failed.status = 502;
    failed.error = "upstream-reset";
    const auto span = json::parse(otlpSpans({failed}))["resourceSpans"][0]["scopeSpans"][0]["spans"][0];
    EXPECT_EQ(span["status"]["code"], 2);
    EXPECT_EQ(attributesOf(span["attributes"])["error.type"]["stringValue"], "upstream-reset");

    Collector collector;
    const GenAiMetrics metrics;
    auto exporter = OtlpExporter::open(fast(collector.url()), metrics);
    ASSERT_TRUE(exporter);
    auto unsampled = chat();
    unsampled.sampled = false;
    (*exporter)->add(unsampled);
    (*exporter)->add(RequestRecord{});
    (*exporter)->stop();
    EXPECT_TRUE(collector.posts("/v1/traces").empty());
    EXPECT_EQ((*exporter)->dropped(), 0U);
}

TEST(Otlp, WhatDoesNotFitIsDroppedAndCounted) {
    const GenAiMetrics metrics;
    testing::Listening silent;  // Takes connections and never answers.
    OtlpOptions options{"http://127.0.0.1:" + std::to_string(silent.port()), 4, 1h, 1h, 50ms};
    auto exporter = OtlpExporter::open(options, metrics);
    ASSERT_TRUE(exporter);
    for (int i = 0; i < 10; ++i) (*exporter)->add(chat());
    EXPECT_EQ((*exporter)->dropped(), 6U) << "four wait";
    (*exporter)->stop();
    EXPECT_EQ((*exporter)->dropped(), 10U) << "those that waited were lost as well";
    EXPECT_EQ((*exporter)->failures(), 1U);
}

TEST(Otlp, ACollectorThatRefusesIsCounted) {
    Collector collector(503);
    const GenAiMetrics metrics;
    auto exporter = OtlpExporter::open(fast(collector.url()), metrics);
    ASSERT_TRUE(exporter);
    (*exporter)->add(chat());
    EXPECT_TRUE(eventually([&] { return (*exporter)->failures() == 1 && (*exporter)->dropped() == 1; }));
}

TEST(Otlp, AddressesMustBeUrls) {
    const GenAiMetrics metrics;
    for (const char* bad : {"", "collector:4318", "ftp://x", "http://", "http:///v1", "http://a b", "http://user:secret@host"}) {
        const auto opened = OtlpExporter::open({bad}, metrics);
        ASSERT_FALSE(opened) << bad;
        EXPECT_EQ(opened.error().code, "usage");
    }
}

TEST(TraceContext, ReadsWhatTheStandardAllows) {
    const std::string good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    const auto read = readTraceParent(good);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->traceId, "4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_EQ(read->spanId, "00f067aa0ba902b7");
    EXPECT_TRUE(read->sampled);
    EXPECT_EQ(writeTraceParent(*read), good);
    EXPECT_FALSE(readTraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00")->sampled);
    EXPECT_TRUE(readTraceParent("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-else"));
    for (const char* bad : {"", "00", "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g"})
        EXPECT_FALSE(readTraceParent(bad)) << bad;
    const auto child = childOf(read);
    EXPECT_EQ(child.traceId, read->traceId);
    EXPECT_NE(child.spanId, read->spanId);
    const auto fresh = childOf(std::nullopt);
    EXPECT_TRUE(readTraceParent(writeTraceParent(fresh)));
    EXPECT_NE(fresh.traceId, childOf(std::nullopt).traceId);
}

}  // namespace
}  // namespace gatehouse::telemetry
