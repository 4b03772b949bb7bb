// A comparison as a table for people and as JSON for programs.
#include "lab/sim/scenario.h"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace gatehouse::lab::sim {

namespace {

using Json = nlohmann::ordered_json;

/// What the comparisons name: latency, the sustained load, and the quality of single decisions.
constexpr Metric kCompared[] = {Metric::TtftP90, Metric::TpotP90, Metric::E2eP90, Metric::Goodput, Metric::RegretMean};

std::string shown(const Estimate& estimate, const char* unit) {
    if (std::isnan(estimate.mean)) return "-";
    const double scale = std::string_view(unit) == "ms" ? 1e3 : std::string_view(unit) == "%" ? 100 : 1;
    const double value = estimate.mean * scale;
    const int digits = std::abs(value) >= 100 ? 0 : std::abs(value) >= 10 ? 1 : 2;
    if (std::isnan(estimate.half)) return fmt::format("{:.{}f}", value, digits);
    return fmt::format("{:.{}f} ±{:.{}f}", value, digits, estimate.half * scale, digits);
}

struct Column {
    const char* title;
    Metric metric;
    const char* unit;
};
constexpr Column kColumns[] = {
    {"TTFT p50 ms", Metric::TtftP50, "ms"},  {"p90", Metric::TtftP90, "ms"},          {"p99", Metric::TtftP99, "ms"},
    {"TPOT p90 ms", Metric::TpotP90, "ms"},  {"E2E p90 s", Metric::E2eP90, "s"},      {"good %", Metric::GoodShare, "%"},
    {"goodput/s", Metric::Goodput, ""},      {"hit %", Metric::HitTrue, "%"},         {"believed", Metric::HitPredicted, "%"},
    {"load CV", Metric::LoadCv, ""},         {"preempted", Metric::Preemptions, ""},  {"regret ms", Metric::RegretMean, "ms"},
    {"best pick %", Metric::RegretTop1, "%"},
};

/// Characters, not bytes: "±" is one.
std::size_t width(const std::string& text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    return count;
}

std::string padded(const std::string& text, std::size_t to, bool right) {
    const std::string blanks(to > width(text) ? to - width(text) : 0, ' ');
    return right ? blanks + text : text + blanks;
}

std::string sentence(const Comparison& c) {
    const std::string amount = std::isnan(c.relative.half) ? fmt::format("{:+.1f} %", c.relative.mean * 100)
                                                           : fmt::format("{:+.1f} % (±{:.1f})", c.relative.mean * 100, c.relative.half * 100);
    return fmt::format("{}: {} against {} on {}: {}\n", name(c.verdict), c.policy->name, c.against->name, info(c.metric).key, amount);
}

Json number(double value) { return std::isnan(value) ? Json(nullptr) : Json(value); }

Json jsonOf(const Comparison& c) {
    return {{"policy", c.policy->name}, {"against", c.against->name}, {"metric", info(c.metric).key},
            {"relative", number(c.relative.mean)}, {"interval", number(c.relative.half)}, {"verdict", name(c.verdict)}};
}

Json jsonOf(const PolicyReport& report) {
    Json metrics = Json::object();
    for (std::size_t i = 0; i < kMetrics; ++i) {
        const auto metric = static_cast<Metric>(i);
        const Estimate estimate = report.of(metric);
        Json seeds = Json::array();
        for (const Figures& figures : report.seeds) seeds.push_back(number(figures.at(metric)));
        metrics[std::string(info(metric).key)] = {{"unit", info(metric).unit}, {"mean", number(estimate.mean)},
                                                  {"interval", number(estimate.half)}, {"seeds", seeds}};
    }
    return {{"policy", report.policy->name}, {"about", report.policy->about}, {"ours", report.policy->ours},
            {"bound", report.policy->bound}, {"metrics", metrics}};
}

}  // namespace

std::string tableOf(const ScenarioReport& report) {
    const Scenario& scenario = report.scenario;
    std::string out = fmt::format("{}: {} servers, {} at {:g} requests/s for {:g} s, {} seeds from {}; scrape {:g} ms, decision {:g} ms, race {}, "
                                  "MFU x {:g}\nMeans over seeds with 95 % intervals. Simulated: an error of the step model is in every figure.\n\n",
                                  scenario.name, scenario.servers.size(), scenario.workload.name, scenario.rate, scenario.duration,
                                  scenario.seeds, scenario.firstSeed, seconds(scenario.options.scrapeInterval) * 1e3,
                                  seconds(scenario.options.decisionLatency) * 1e3, scenario.options.race ? "on" : "off",
                                  scenario.options.mfuFactor);
    std::vector<std::vector<std::string>> rows(1, {"policy"});
    for (const Column& column : kColumns) rows[0].push_back(column.title);
    for (const PolicyReport& policy : report.policies) {
        std::vector<std::string> row{std::string(policy.policy->name)};
        for (const Column& column : kColumns) row.push_back(shown(policy.of(column.metric), column.unit));
        rows.push_back(std::move(row));
    }
    for (std::size_t column = 0; column < rows[0].size(); ++column) {
        std::size_t widest = 0;
        for (const auto& row : rows) widest = std::max(widest, width(row[column]));
        for (auto& row : rows) row[column] = padded(row[column], widest, column > 0);
    }
    for (const auto& row : rows) {
        std::string line;
        for (const auto& cell : row) line += (line.empty() ? "" : "  ") + cell;
        out += line + "\n";
    }
    out += "\n";
    for (const Metric metric : kCompared)
        for (const Comparison& comparison : compareWithBaselines(report.policies, metric)) out += sentence(comparison);
    return out;
}

std::string csvOf(const ScenarioReport& report) {
    std::string out = "policy,metric,unit,seed,value\n";
    for (const PolicyReport& policy : report.policies) {
        for (std::size_t i = 0; i < kMetrics; ++i) {
            const auto metric = static_cast<Metric>(i);
            for (std::size_t seed = 0; seed < policy.seeds.size(); ++seed) {
                const double value = policy.seeds[seed].at(metric);
                out += fmt::format("{},{},{},{},{}\n", policy.policy->name, info(metric).key, info(metric).unit, report.scenario.firstSeed + seed,
                                   std::isnan(value) ? std::string() : fmt::format("{:.9g}", value));
            }
        }
    }
    return out;
}

std::string jsonOf(const ScenarioReport& report) {
    const Scenario& scenario = report.scenario;
    Json policies = Json::array(), comparisons = Json::array();
    for (const PolicyReport& policy : report.policies) policies.push_back(jsonOf(policy));
    for (const Metric metric : kCompared)
        for (const Comparison& comparison : compareWithBaselines(report.policies, metric)) comparisons.push_back(jsonOf(comparison));
    const Json all = {{"scenario", scenario.name},
                      {"servers", scenario.servers.size()},
                      {"workload", scenario.workload.name},
                      {"rate", scenario.rate},
                      {"duration", scenario.duration},
                      {"seeds", scenario.seeds},
                      {"firstSeed", scenario.firstSeed},
                      {"scrapeMillis", seconds(scenario.options.scrapeInterval) * 1e3},
                      {"decisionMicros", seconds(scenario.options.decisionLatency) * 1e6},
                      {"race", scenario.options.race},
                      {"mfuFactor", scenario.options.mfuFactor},
                      {"slo", {{"ttftMillis", scenario.slo.ttft * 1e3}, {"tpotMillis", scenario.slo.tpot * 1e3}}},
                      {"policies", policies},
                      {"comparisons", comparisons}};
    return all.dump(2);
}

}  // namespace gatehouse::lab::sim
