// Passive outlier detection, from tests/vectors/upstream/outlier.txt, on a clock of the test's own.
#include "upstream/balance.h"
#include "upstream/health.h"
#include "upstream/outlier.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

namespace gatehouse::upstream {
namespace {

using namespace std::chrono_literals;

struct Script {
    std::string name;
    std::vector<std::pair<int, std::string>> lines;
    friend void PrintTo(const Script& script, std::ostream* out) { *out << script.name; }
};

std::vector<Script> scripts() {
    std::ifstream in(GATEHOUSE_VECTORS "/upstream/outlier.txt");
    std::vector<Script> all;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.starts_with("=== ")) all.push_back({line.substr(4), {}});
        else if (!line.empty() && !line.starts_with("#") && !all.empty()) all.back().lines.emplace_back(number, line);
    }
    return all;
}

base::Millis seconds(const std::string& text) {
    return base::Millis(static_cast<std::int64_t>(std::lround(std::stod(text) * 1000)));
}

const std::map<std::string, Failure> kFailures = {{"connect", Failure::Connect}, {"reset", Failure::Reset},
                                                  {"answer", Failure::BadAnswer}, {"tls", Failure::Tls},
                                                  {"timeout", Failure::Timeout}};

class OutlierTest : public ::testing::TestWithParam<Script> {
  protected:
    const base::MonoTime start{1h};
    base::MonoTime now{start};
    EndpointRegistry registry;
    Cluster cluster;

    Endpoint& at(const std::string& index) { return *cluster.endpoints.at(std::stoul(index)); }

    void setOptions(std::istringstream& words) {
        BackendOptions options;
        auto& outlier = options.outlier;
        std::string word;
        while (words >> word) {
            const auto equal = word.find('=');
            const auto key = word.substr(0, equal);
            const auto value = word.substr(equal + 1);
            if (key == "failures") outlier.failures = static_cast<std::uint32_t>(std::stoul(value));
            else if (key == "errors") outlier.errors = static_cast<std::uint32_t>(std::stoul(value));
            else if (key == "gateway") outlier.gatewayErrors = static_cast<std::uint32_t>(std::stoul(value));
            else if (key == "split") outlier.failuresAreErrors = value != "yes";
            else if (key == "interval") outlier.interval = seconds(value);
            else if (key == "base") outlier.baseEjection = seconds(value);
            else if (key == "longest") outlier.maxEjection = seconds(value);
            else if (key == "share") outlier.maxPercent = static_cast<std::uint32_t>(std::stoul(value));
            else if (key == "panic") options.balance.panicPercent = static_cast<std::uint32_t>(std::stoul(value));
            else if (key == "stays") outlier.successEnds = value != "yes";
            else FAIL() << "unknown option " << key;
        }
        registry.cluster("c")->setOptions(options);
    }

    void run(const std::string& line) {
        std::istringstream words(line);
        std::string command, index, rest;
        words >> command;
        if (command == "options") return setOptions(words);
        words >> index;
        std::getline(words >> std::ws, rest);
        std::istringstream tail(rest);
        std::string what, times;
        tail >> what >> times;
        const int count = times.starts_with("x") ? std::stoi(times.substr(1)) : 1;
        if (command == "endpoints") {
            for (int i = 0; i < std::stoi(index); ++i)
                cluster.endpoints.push_back(registry.get("c", "10.0.0.1", static_cast<std::uint16_t>(1000 + i), ""));
            registry.cluster("c")->size = static_cast<std::uint32_t>(cluster.endpoints.size());
        } else if (command == "at") {
            now = start + seconds(index);
        } else if (command == "fail") {
            for (int i = 0; i < count; ++i) noteFailure(at(index), now, kFailures.at(what));
        } else if (command == "answer") {
            for (int i = 0; i < count; ++i) noteAnswer(at(index), std::stoi(what), now);
        } else if (command == "out") {
            EXPECT_TRUE(isEjected(at(index), now));
            EXPECT_EQ(base::MonoTime(base::MonoClock::duration(at(index).ejectedUntil.load())) - start, seconds(what));
        } else if (command == "in") {
            EXPECT_FALSE(isEjected(at(index), now));
            EXPECT_EQ(healthOf(at(index), now, {}).reason, "");
        } else if (command == "reason") {
            const auto reason = healthOf(at(index), now, std::chrono::system_clock::now()).reason;
            ASSERT_GT(reason.size(), 20U);
            EXPECT_EQ(reason.substr(0, 10), "out until ");
            EXPECT_EQ(reason.substr(18), ": " + rest);
        } else if (command == "panics") {
            EXPECT_EQ(panics(cluster, now), index == "yes");
        } else if (command == "ejections") {
            EXPECT_EQ(at(index).ejections.load(), std::stoul(what));
        } else {
            FAIL() << "unknown command " << command;
        }
    }
};

TEST_P(OutlierTest, RunsItsScript) {
    for (const auto& [number, line] : GetParam().lines) {
        SCOPED_TRACE("outlier.txt:" + std::to_string(number) + ": " + line);
        run(line);
    }
}

INSTANTIATE_TEST_SUITE_P(Vectors, OutlierTest, ::testing::ValuesIn(scripts()),
                         [](const auto& info) { return std::to_string(info.index); });

TEST(EndpointHealthTest, SaysWhenItComesBackAndWhy) {
    EndpointRegistry registry;
    const auto endpoint = registry.get("c", "10.0.0.1", 80, "default/web-0");
    const base::MonoTime now{1h};
    for (int i = 0; i < 5; ++i) noteFailure(*endpoint, now, Failure::Reset);
    std::tm noon{};
    noon.tm_year = 126;
    noon.tm_mday = 1;
    noon.tm_hour = 14;
    noon.tm_min = 3;
    noon.tm_sec = 12;
    noon.tm_isdst = -1;
    const auto wall = std::chrono::system_clock::from_time_t(std::mktime(&noon));
    const auto health = healthOf(*endpoint, now, wall);
    EXPECT_EQ(health.reason, "out until 14:03:22: 5 resets in a row");
    EXPECT_EQ(health.standing, Standing::Out);
    EXPECT_EQ(health.outMillis, 10'000);
    EXPECT_EQ(health.podName, "default/web-0");
    EXPECT_EQ(health.lastFailure, "reset");
    EXPECT_EQ(health.failures, 5U);
    EXPECT_EQ(healthOf(*endpoint, now + 10s, wall).standing, Standing::In);
}

TEST(EndpointHealthTest, LatencyIsAMovingMean) {
    EndpointRegistry registry;
    const auto endpoint = registry.get("c", "10.0.0.1", 80, "");
    const base::MonoTime now{1h};
    EXPECT_EQ(healthOf(*endpoint, now, {}).latencyMicros, 0U);
    noteAnswer(*endpoint, 200, now, 800us);
    EXPECT_EQ(healthOf(*endpoint, now, {}).latencyMicros, 800U);
    noteAnswer(*endpoint, 200, now, 1600us);
    EXPECT_EQ(healthOf(*endpoint, now, {}).latencyMicros, 900U);
    for (int i = 0; i < 100; ++i) noteAnswer(*endpoint, 500, now, 100us);
    EXPECT_NEAR(healthOf(*endpoint, now, {}).latencyMicros, 100, 8);
}

TEST(ClusterStateTest, OptionsAreSwappedUnderReaders) {
    EndpointRegistry registry;
    const auto endpoint = registry.get("c", "10.0.0.1", 80, "");
    EXPECT_EQ(optionsOf(*endpoint), BackendOptions{});
    BackendOptions options;
    options.balance.method = Balance::RoundRobin;
    registry.cluster("c")->setOptions(options);
    const auto& first = optionsOf(*endpoint);
    EXPECT_EQ(first.balance.method, Balance::RoundRobin);
    registry.cluster("c")->setOptions({});
    EXPECT_EQ(optionsOf(*endpoint), BackendOptions{});
    registry.cluster("c")->setOptions(options);
    EXPECT_EQ(&optionsOf(*endpoint), &first) << "what was once made is used again";
}

}  // namespace
}  // namespace gatehouse::upstream
