// parseMetricsPage: pages as vectors, and random damage.
#include "inference/scraper.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

namespace gatehouse::inference {
namespace {

std::map<std::string, double> known(const PodMetrics& m) {
    std::map<std::string, double> out;
    const auto add = [&](const char* name, double value) {
        if (m.known(value)) out[name] = value;
    };
    add("waiting", m.waiting);
    add("running", m.running);
    add("kvUse", m.kvUse);
    add("kvBlocks", m.kvBlocks);
    add("blockTokens", m.blockTokens);
    add("gpuUsedMib", m.gpuUsedMib);
    add("gpuFreeMib", m.gpuFreeMib);
    return out;
}

TEST(MetricsPage, Vectors) {
    std::ifstream in(std::string(GATEHOUSE_VECTORS) + "/inference/metrics.txt");
    std::string line, name, page;
    int cases = 0;
    while (std::getline(in, line)) {
        if (line.starts_with("== ")) {
            name = line.substr(3);
            page.clear();
        } else if (line.starts_with("expect:")) {
            ++cases;
            std::map<std::string, double> expected;
            std::stringstream words(line.substr(7));
            for (std::string word; words >> word;)
                expected[word.substr(0, word.find('='))] = std::stod(word.substr(word.find('=') + 1));
            for (const std::string& ending : {std::string("\n"), std::string("\r\n")}) {
                std::string text = page;
                for (std::size_t at = 0; ending != "\n" && (at = text.find('\n', at)) != std::string::npos; at += 2)
                    text.replace(at, 1, ending);
                const auto got = known(parseMetricsPage(text));
                ASSERT_EQ(got.size(), expected.size()) << name;
                for (const auto& [field, value] : expected) EXPECT_NEAR(got.at(field), value, 1e-9) << name;
            }
        } else {
            page += line + "\n";
        }
    }
    EXPECT_GT(cases, 10);
}

TEST(MetricsPage, RandomDamageNeverGivesNonsense) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const std::string good =
        "vllm:num_requests_waiting{engine=\"0\",model=\"a\\\"b\"} 2.0\nvllm:kv_cache_usage_perc{x=\"\"} 0.25\n"
        "vllm:cache_config_info{block_size=\"16\",num_gpu_blocks=\"27000\"} 1.0\nDCGM_FI_DEV_FB_USED{gpu=\"0\"} 4e4";
    for (int round = 0; round < 20'000; ++round) {
        std::string page = good;
        for (unsigned edits = 1 + random() % 5; edits > 0; --edits) {
            const std::size_t at = random() % page.size();
            page[at] = "{}\"=\\ ,\n\0e+-.9N"[random() % 16];
            if (random() % 4 == 0) page.resize(at + 1);
        }
        const PodMetrics m = parseMetricsPage(page);
        for (const auto& [name, value] : known(m)) {
            ASSERT_TRUE(std::isfinite(value) && value >= 0) << name << "\n" << page;
        }
        if (m.known(m.kvUse)) {
            ASSERT_LE(m.kvUse, 1) << page;
        }
    }
}

TEST(PodMetrics, GpuMemoryPercentNeedsBothSides) {
    PodMetrics m;
    EXPECT_TRUE(std::isnan(m.gpuMemoryPercent()));
    m.gpuUsedMib = 30;
    EXPECT_TRUE(std::isnan(m.gpuMemoryPercent()));
    m.gpuFreeMib = 10;
    EXPECT_DOUBLE_EQ(m.gpuMemoryPercent(), 75);
}

}  // namespace
}  // namespace gatehouse::inference
