#include "telemetry/access_log.h"
#include "telemetry/exposition.h"
#include "telemetry/genai_metrics.h"
#include "telemetry/metric_names.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sys/resource.h>
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <limits>
#include <set>

namespace gatehouse::telemetry {
namespace {

using nlohmann::json;

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

RequestRecord chatRecord() {
    RequestRecord record;
    record.sequence = 7;
    record.requestId = "id-1";
    record.method = "POST";
    record.host = "h";
    record.path = "/v1/chat/completions";
    record.status = 200;
    record.llm = true;
    record.streamed = true;
    record.model = "llama";
    record.usage = {.inputTokens = 100, .outputTokens = 20, .cachedTokens = 5, .known = true};
    record.totalMicros = 30'000;
    record.firstByteMicros = 15'000;
    return record;
}

TEST(Exposition, EscapesLabelValues) {
    EXPECT_EQ(escapeLabel("a\"b\\c\nd"), "a\\\"b\\\\c\\nd");
    EXPECT_EQ(escapeLabel("grün 漢 🦊"), "grün 漢 🦊");
    EXPECT_EQ(escapeLabel("\xff"), "\xef\xbf\xbd");
    EXPECT_EQ(escapeLabel("\xc0\xaf"), "\xef\xbf\xbd\xef\xbf\xbd");
    EXPECT_EQ(escapeLabel("\xed\xa0\x80").substr(0, 3), "\xef\xbf\xbd");
    EXPECT_EQ(escapeLabel("\xe2\x82"), "\xef\xbf\xbd\xef\xbf\xbd");
}

TEST(Exposition, WritesNumbersAsPrometheusReadsThem) {
    EXPECT_EQ(formatNumber(0), "0");
    EXPECT_EQ(formatNumber(0.25), "0.25");
    EXPECT_EQ(formatNumber(std::nan("")), "NaN");
    EXPECT_EQ(formatNumber(std::numeric_limits<double>::infinity()), "+Inf");
    EXPECT_EQ(formatNumber(-std::numeric_limits<double>::infinity()), "-Inf");
}

TEST(Exposition, WritesFamiliesAndSamples) {
    Exposition page;
    page.family({"x_total", MetricType::Counter, "Things."});
    page.sample({{"a", "1"}, {"b", "q\"q"}}, std::uint64_t{18446744073709551615ULL});
    page.sample({}, 0.5);
    EXPECT_EQ(page.text(),
              "# HELP x_total Things.\n# TYPE x_total counter\nx_total{a=\"1\",b=\"q\\\"q\"} 18446744073709551615\nx_total 0.5\n");
}

TEST(Exposition, CumulatesHistogramBuckets) {
    Exposition page;
    page.family({"h", MetricType::Histogram, "H."});
    const double bounds[] = {0.1, 1};
    const std::uint64_t counts[] = {2, 3, 4};
    const std::pair<std::string_view, std::string_view> labels[] = {{"l", "v"}};
    page.histogram(labels, bounds, counts, 12.5);
    EXPECT_TRUE(contains(page.text(), "h_bucket{l=\"v\",le=\"0.1\"} 2\nh_bucket{l=\"v\",le=\"1\"} 5\nh_bucket{l=\"v\",le=\"+Inf\"} 9\n"
                                      "h_sum{l=\"v\"} 12.5\nh_count{l=\"v\"} 9\n"))
        << page.text();
}

TEST(GenAiMetrics, CountsTokensAndTimesByModel) {
    GenAiMetrics metrics;
    auto record = chatRecord();
    metrics.observe(record);
    record.usage = {};
    record.status = 502;
    record.error = "upstream-reset";
    metrics.observe(record);
    record.llm = false;
    metrics.observe(record);
    Exposition page;
    metrics.write(page);
    const auto& text = page.text();
    const std::string who = "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"openai\",gen_ai_request_model=\"llama\"";
    EXPECT_TRUE(contains(text, "gen_ai_client_token_usage_sum{" + who + ",gen_ai_token_type=\"input\"} 100\n")) << text;
    EXPECT_TRUE(contains(text, "gen_ai_client_token_usage_count{" + who + ",gen_ai_token_type=\"output\"} 1\n")) << text;
    EXPECT_TRUE(contains(text, "gen_ai_client_operation_duration_seconds_count{" + who + "} 1\n")) << text;
    EXPECT_TRUE(contains(text, "_duration_seconds_count{" + who + ",error_type=\"upstream-reset\"} 1\n")) << text;
    EXPECT_TRUE(contains(text, "time_to_first_chunk_seconds_bucket{" + who + ",le=\"0.02\"} 2\n")) << text;
}

TEST(GenAiMetrics, CountsModelOperationsAlone) {
    struct Row {
        const char *method, *path, *operation;
    };
    for (const auto& [method, path, operation] :
         {Row{"POST", "/v1/chat/completions?api-version=1", "chat"}, Row{"POST", "/v1/completions", "text_completion"},
          Row{"POST", "/v1/embeddings", "embeddings"}, Row{"GET", "/v1/models", nullptr}, Row{"POST", "/v1/files", nullptr}}) {
        GenAiMetrics metrics;
        auto record = chatRecord();
        record.method = method;
        record.path = path;
        metrics.observe(record);
        Exposition page;
        metrics.write(page);
        if (operation) EXPECT_TRUE(contains(page.text(), std::string("gen_ai_operation_name=\"") + operation + '"')) << path;
        else EXPECT_FALSE(contains(page.text(), "gen_ai_operation_name")) << path;
    }
}

TEST(GenAiMetrics, BoundsTheNumberOfModelsThatClientsCanMakeUp) {
    GenAiMetrics metrics;
    for (std::size_t i = 0; i < GenAiMetrics::kModels + 50; ++i) {
        auto record = chatRecord();
        record.model = "m" + std::to_string(i);
        metrics.observe(record);
    }
    Exposition page;
    metrics.write(page);
    EXPECT_TRUE(contains(page.text(), "gen_ai_request_model=\"other\",gen_ai_token_type=\"input\"} 5000\n"));
    EXPECT_FALSE(contains(page.text(), "\"m149\""));
}

TEST(RequestJson, HoldsEveryDecisionAndSurvivesHostileBytes) {
    auto record = chatRecord();
    record.path = "/a\"b\xff\n";
    record.guard.masked = true;
    record.guard.hits.push_back({"EMAIL", 2, 5, 9, "<EMAIL_ADDRESS>"});
    record.phases.push_back({"receive", 0, 12, false});
    record.steps.push_back({"match", route::StepOutcome::Chosen, "rule 1", "path prefix /v1", {"g", "HTTPRoute", "ns", "r"}, {}});
    auto pick = std::make_shared<inference::PickRecord>();
    pick->pool = "default/chat";
    pick->method = inference::PickMethod::LeastRequest;
    pick->reason = "metrics are stale";
    pick->chosen = 0;
    inference::Candidate candidate;
    candidate.pod = "default/p0";
    candidate.waiting = std::nan("");
    pick->candidates.push_back(candidate);
    record.pick = pick;

    const auto line = toJson(record);
    EXPECT_FALSE(contains(line, "\n"));
    const auto read = json::parse(line);
    EXPECT_EQ(read["path"], "/a\"b\xef\xbf\xbd\n");
    EXPECT_EQ(read["llm"]["inputTokens"], 100);
    EXPECT_EQ(read["llm"]["guard"]["hits"][0]["rule"], "EMAIL");
    EXPECT_EQ(read["steps"][0]["origin"], "HTTPRoute ns/r");
    EXPECT_EQ(read["pick"]["method"], "least-request");
    EXPECT_TRUE(read["pick"]["candidates"][0]["waiting"].is_null());
    EXPECT_TRUE(read["pick"]["candidates"][0]["ageMillis"].is_null());

    const auto access = json::parse(accessLine(record));
    EXPECT_FALSE(access.contains("steps"));
    EXPECT_FALSE(access["pick"].contains("candidates"));
    EXPECT_EQ(access["pick"]["reason"], "metrics are stale");
}

TEST(AccessLog, AppendsLinesOfJson) {
    const auto path = std::filesystem::temp_directory_path() / ("gatehouse-access-" + std::to_string(::getpid()) + ".log");
    for (int run = 0; run < 2; ++run) {
        auto log = AccessLog::open(path.string());
        ASSERT_TRUE(log.has_value());
        (*log)->write(chatRecord());
    }
    std::ifstream in(path);
    std::string line;
    int lines = 0;
    while (std::getline(in, line)) {
        EXPECT_EQ(json::parse(line)["requestId"], "id-1");
        ++lines;
    }
    EXPECT_EQ(lines, 2);
    std::filesystem::remove(path);
}

TEST(AccessLog, SaysWhatIsWrongAndSurvivesAFullDisk) {
    const auto refused = AccessLog::open("/nonexistent/folder/access.log");
    ASSERT_FALSE(refused.has_value());
    EXPECT_TRUE(contains(refused.error().message, "/nonexistent/folder/access.log"));
    if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
    auto log = AccessLog::open("/dev/full");
    ASSERT_TRUE(log.has_value());
    (*log)->write(chatRecord());
    (*log)->flush();
    EXPECT_TRUE((*log)->waiting());
    EXPECT_EQ((*log)->lost(), 0U);
    // What waits is bounded; beyond, lines are lost and counted.
    const auto line = accessLine(chatRecord()).size() + 1;
    const auto most = AccessLog::kMostWaiting / line;
    for (std::size_t i = 0; i < most + 10; ++i) (*log)->write(chatRecord());
    EXPECT_EQ((*log)->lost(), 11U);
}

/// Limits the size of files that this process may write, as a full disk does; writing beyond answers EFBIG.
class FileSizeLimit {
  public:
    explicit FileSizeLimit(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit lower{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &lower);
    }
    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, SIG_DFL);
    }

  private:
    rlimit before_{};
};

std::vector<std::string> linesOf(const std::filesystem::path& path) {
    std::ifstream in(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

TEST(AccessLog, LosesNoLineWhileTheDiskIsFullForATime) {
    const auto path = std::filesystem::temp_directory_path() / ("gatehouse-full-" + std::to_string(::getpid()) + ".log");
    auto log = AccessLog::open(path.string());
    ASSERT_TRUE(log.has_value());
    const auto line = accessLine(chatRecord()).size() + 1;
    {
        const FileSizeLimit full(line * 3 / 2);  // One line and a half.
        for (int i = 0; i < 5; ++i) {
            (*log)->write(chatRecord());
            (*log)->flush();
        }
        EXPECT_EQ(std::filesystem::file_size(path), line * 3 / 2);
    }
    (*log)->flush();
    EXPECT_FALSE((*log)->waiting());
    const auto lines = linesOf(path);
    EXPECT_EQ(lines.size(), 5U);
    for (const auto& text : lines) EXPECT_EQ(json::parse(text)["requestId"], "id-1");
    std::filesystem::remove(path);
}

TEST(AccessLog, GoesOnInANewFileAfterARotation) {
    const auto path = std::filesystem::temp_directory_path() / ("gatehouse-rotated-" + std::to_string(::getpid()) + ".log");
    const auto moved = std::filesystem::path(path.string() + ".1");
    auto log = AccessLog::open(path.string());
    ASSERT_TRUE(log.has_value());
    (*log)->write(chatRecord());
    (*log)->flush();
    std::filesystem::rename(path, moved);
    (*log)->write(chatRecord());
    (*log)->askReopen();
    (*log)->write(chatRecord());
    (*log)->flush();
    EXPECT_EQ(linesOf(moved).size(), 2U);
    EXPECT_EQ(linesOf(path).size(), 1U);
    std::filesystem::remove(path);
    std::filesystem::remove(moved);
}

}  // namespace
}  // namespace gatehouse::telemetry
