// readEnginePage and readDcgmPage: pages of every engine as vectors, and hostile ones that must stay cheap.
#include "inference/engine_page.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

namespace gatehouse::inference {
namespace {

std::map<std::string, double> known(const PodMetrics& m) {
    const std::pair<const char*, double> all[] = {
        {"waiting", m.waiting},       {"running", m.running},         {"kvUse", m.kvUse},           {"kvBlocks", m.kvBlocks},
        {"blockTokens", m.blockTokens}, {"gpuUsedMib", m.gpuUsedMib}, {"gpuFreeMib", m.gpuFreeMib}, {"kvTokens", m.kvTokens},
        {"maxAdapters", m.maxAdapters}, {"prefixQueries", m.prefixQueries}, {"prefixHits", m.prefixHits}, {"hitRate", m.hitRate},
        {"preemptions", m.preemptions}, {"promptTokens", m.promptTokens}, {"outputTokens", m.outputTokens}, {"usable", m.usableKvTokens()}};
    std::map<std::string, double> out;
    for (const auto& [name, value] : all)
        if (m.known(value)) out[name] = value;
    return out;
}

std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const auto& name : names) out += (out.empty() ? "" : ",") + name;
    return out;
}

struct Case {
    std::string name, hint, page, expect;
};

std::vector<Case> casesOf(const char* file) {
    std::ifstream in(std::string(GATEHOUSE_VECTORS) + "/inference/" + file);
    std::vector<Case> cases;
    Case next;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("== ")) {
            next = {};
            next.name = line.substr(3);
        } else if (line.starts_with("hint: ")) {
            next.hint = line.substr(6);
        } else if (line.starts_with("expect:")) {
            next.expect = line.substr(7);
            cases.push_back(next);
        } else {
            next.page += line + "\n";
        }
    }
    return cases;
}

void check(const Case& wanted, const EnginePage& page) {
    SCOPED_TRACE(wanted.name);
    std::map<std::string, double> fields;
    std::string engine, kv, loras;
    bool limits = false;
    std::stringstream words(wanted.expect);
    for (std::string word; words >> word;) {
        const auto equals = word.find('=');
        const auto key = word.substr(0, equals);
        const auto value = equals == std::string::npos ? std::string() : word.substr(equals + 1);
        if (key == "engine") engine = value;
        else if (key == "kv") kv = value;
        else if (key == "loras") loras = value;
        else if (key == "limits") limits = true;
        else fields[key] = std::stod(value);
    }
    EXPECT_EQ(factsOf(page.engine).label, engine);
    EXPECT_EQ(std::string(page.kvSource), kv.empty() && fields.contains("kvUse") ? page.kvSource : kv);
    EXPECT_EQ(!factsOf(page.engine).limits.empty() && !page.metrics.known(page.metrics.kvUse), limits);
    EXPECT_EQ(page.adapters ? joined(page.adapters->running) + "|" + joined(page.adapters->waiting) : "", loras);
    const auto got = known(page.metrics);
    for (const auto& [field, value] : fields) {
        ASSERT_TRUE(got.contains(field)) << field;
        EXPECT_NEAR(got.at(field), value, 1e-9) << field;
    }
    for (const auto& [field, value] : got) EXPECT_TRUE(fields.contains(field)) << field << " = " << value;
}

TEST(EnginePage, Vectors) {
    const auto cases = casesOf("engines.txt");
    EXPECT_GT(cases.size(), 20U);
    std::map<std::string, int> engines;
    for (const auto& wanted : cases) {
        const auto page = readEnginePage(wanted.page, engineNamed(wanted.hint));
        check(wanted, page);
        ++engines[std::string(factsOf(page.engine).label)];
        std::string crlf = wanted.page;
        for (std::size_t at = 0; (at = crlf.find('\n', at)) != std::string::npos; at += 2) crlf.replace(at, 1, "\r\n");
        check(wanted, readEnginePage(crlf, engineNamed(wanted.hint)));
    }
    for (const auto& facts : inference::engines()) EXPECT_GT(engines[std::string(facts.label)], 0) << facts.name;
}

TEST(EnginePage, EnginesAreKnownByTheirLabels) {
    EXPECT_EQ(engineNamed("vllm"), Engine::Vllm);
    EXPECT_EQ(engineNamed("trtllm"), Engine::TrtLlm);
    EXPECT_EQ(engineNamed("text-generation-inference"), Engine::Tgi);
    EXPECT_EQ(engineNamed(""), Engine::Unknown);
    EXPECT_EQ(engineNamed("VLLM; rm"), Engine::Unknown);
    for (const auto& facts : engines()) EXPECT_EQ(engineNamed(facts.label), facts.engine);
}

TEST(EnginePage, DcgmVectors) {
    const auto cases = casesOf("dcgm.txt");
    EXPECT_GT(cases.size(), 4U);
    for (const auto& wanted : cases) {
        SCOPED_TRACE(wanted.name);
        std::ostringstream got;
        for (const auto& pod : readDcgmPage(wanted.page)) got << " " << pod.pod << " " << pod.usedMib << "/" << pod.freeMib << "/" << pod.gpus;
        EXPECT_EQ(got.str(), wanted.expect);
    }
}

/// What the work must be in proportion to is the page's length, not the number of its series squared.
TEST(EnginePage, TenMebibytesOfOurOwnNamesAreReadInOnePass) {
    std::string page, dcgm;
    page.reserve(11 << 20);
    dcgm.reserve(11 << 20);
    for (int i = 0; page.size() < (10U << 20); ++i) page += "vllm:num_requests_waiting{engine=\"" + std::to_string(i) + "\"} 1\n";
    for (int i = 0; dcgm.size() < (10U << 20); ++i)
        dcgm += "DCGM_FI_DEV_FB_USED{gpu=\"0\",namespace=\"n\",pod=\"p" + std::to_string(i) + "\"} 1\n";
    const auto begin = std::chrono::steady_clock::now();
    const auto read = readEnginePage(page);
    EXPECT_EQ(read.metrics.waiting, 1'024);  // Of so many series the first count.
    EXPECT_EQ(readDcgmPage(dcgm).size(), 1'024U);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
    page.assign(10U << 20, '{');
    EXPECT_TRUE(readEnginePage(page).empty());
    page.assign(10U << 20, 'v');
    EXPECT_TRUE(readEnginePage(page).empty());
    EXPECT_TRUE(readEnginePage("vllm:num_requests_waiting" + std::string(1 << 20, '{')).empty());
}

TEST(EnginePage, RandomDamageOfEveryEngineNeverGivesNonsense) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (const auto& good : casesOf("engines.txt")) {
        for (int round = 0; round < 400; ++round) {
            auto page = good.page;
            for (unsigned edits = 1 + random() % 6; edits > 0 && !page.empty(); --edits) {
                const std::size_t at = random() % page.size();
                page[at] = "{}\"=\\ ,\n\0e+-.9N:[]"[random() % 19];
                if (random() % 8 == 0) page.resize(at + 1);
            }
            const auto read = readEnginePage(page, engineNamed(good.hint));
            for (const auto& [name, value] : known(read.metrics)) ASSERT_TRUE(std::isfinite(value) && value >= 0) << name << "\n" << page;
            ASSERT_FALSE(read.metrics.kvUse > 1) << page;
            readDcgmPage(page);
        }
    }
}

TEST(PodMemory, DeviceAndKvAreKeptApartWithSourceAndAge) {
    Pod pod;
    const auto start = base::MonoTime(std::chrono::hours(1));
    PodMetrics page;
    page.kvUse = 0.75;
    page.kvBlocks = 1'000;
    page.blockTokens = 16;
    pod.setEngine(Engine::Vllm, "vllm:kv_cache_usage_perc", nullptr);
    pod.store(page, start);
    base::MonoTime at;
    EXPECT_DOUBLE_EQ(pod.load(at).usableKvTokens(), 4'000);
    EXPECT_TRUE(std::isnan(pod.load(at).gpuFreeMib));
    EXPECT_EQ(pod.gpuSource(), "");
    pod.storeGpu(70'000, 10'000, start + std::chrono::seconds(1), "DCGM exporter gpu/dcgm-1");
    pod.store(page, start + std::chrono::seconds(9));
    const auto seen = pod.load(at);
    EXPECT_DOUBLE_EQ(seen.gpuFreeMib, 10'000);
    EXPECT_DOUBLE_EQ(seen.gpuMemoryPercent(), 87.5);
    EXPECT_EQ(at, start + std::chrono::seconds(9));
    EXPECT_EQ(pod.gpuAt(), start + std::chrono::seconds(1));  // Its own age: the exporter may be down.
    EXPECT_EQ(pod.gpuSource(), "DCGM exporter gpu/dcgm-1");
    EXPECT_STREQ(pod.kvSource(), "vllm:kv_cache_usage_perc");
}

TEST(PodMemory, DeviceMemoryIsKnownBeforeTheFirstScrape) {
    Pod pod;
    pod.storeGpu(1, 3, base::MonoTime(std::chrono::seconds(5)), "x");
    base::MonoTime at;
    const auto seen = pod.load(at);
    EXPECT_EQ(at, base::MonoTime{});
    EXPECT_DOUBLE_EQ(seen.gpuMemoryPercent(), 25);
    EXPECT_TRUE(std::isnan(seen.waiting));
}

TEST(PodMemory, TheHintStandsUntilAPageWasRead) {
    Pod pod;
    pod.engineHint = Engine::Tgi;
    EXPECT_EQ(pod.engine(), Engine::Tgi);
    pod.setEngine(Engine::Vllm, "", nullptr);
    EXPECT_EQ(pod.engine(), Engine::Vllm);
}

}  // namespace
}  // namespace gatehouse::inference
