// `gatehouse simulate`: the laboratory, and recorded decisions taken again. Results on standard output, progress on standard error, a signal
// stops it cleanly.

#include "app/signals.h"
#include "app/verbs.h"
#include "lab/replay.h"
#include "lab/sim/scenario.h"

#include <fmt/core.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <thread>

namespace gatehouse::app {

namespace {

namespace sim = lab::sim;

constexpr std::size_t kLargestFile = 1 << 20;
constexpr std::size_t kLargestRecords = 1 << 28;

int list() {
    fmt::print("Scenarios:\n");
    for (const auto& scenario : sim::scenarios()) fmt::print("  {:<18} {}\n", scenario.name, scenario.about);
    fmt::print("Policies:\n");
    for (const auto& policy : sim::policySpecs()) fmt::print("  {:<18} {}\n", policy.name, policy.about);
    fmt::print("Workloads:\n");
    for (const auto& workload : sim::workloadShapes()) fmt::print("  {:<18} {}\n", workload.name, workload.about);
    fmt::print("Policies of --replay:\n");
    for (const auto& policy : lab::replayPolicies()) fmt::print("  {:<18} {}\n", policy.name, policy.about);
    return kExitFine;
}

bool isPath(const std::string& word) { return word.find('/') != std::string::npos || word.find('.') != std::string::npos; }

/// `what` is the word of the error: "The scenario x cannot be read.".
Result<std::string> readFile(const std::string& name, const char* what, std::size_t largest) {
    std::ifstream file;
    if (name != "-") file.open(name, std::ios::binary);
    std::istream& in = name == "-" ? std::cin : file;
    std::string text;
    char piece[1 << 16];
    while (in && text.size() <= largest) {
        in.read(piece, sizeof piece);
        text.append(piece, static_cast<std::size_t>(in.gcount()));
    }
    if (in.bad() || text.empty()) return fail("unreadable", fmt::format("The {} {} cannot be read.", what, name));
    if (text.size() > largest) return fail("unreadable", fmt::format("The {} {} is larger than {} MiB.", what, name, largest >> 20));
    return text;
}

/// A built-in name, unless the word is a path or there is a file of that name.
Result<sim::Scenario> load(const std::string& word) {
    if (!isPath(word)) {
        if (auto built = sim::findScenario(word); built || !std::ifstream(word)) return built;
    }
    const auto text = readFile(word, "scenario", kLargestFile);
    if (!text) return tl::unexpected(text.error());
    return sim::parseScenario(*text, word);
}

Result<std::vector<lab::ReplayPolicy>> replayPolicies(const Arguments& arguments) {
    if (!arguments.has("--policy")) return lab::replayPolicies();
    std::vector<lab::ReplayPolicy> all;
    for (const auto& word : arguments.values("--policy")) {
        auto policy = lab::findReplayPolicy(word);
        if (!policy && isPath(word)) {
            const auto text = readFile(word, "policy", kLargestFile);
            if (!text) return tl::unexpected(text.error());
            policy = lab::readReplayPolicy(*text, word);
        }
        if (!policy) return tl::unexpected(policy.error());
        all.push_back(std::move(*policy));
    }
    return all;
}

int runReplay(const Arguments& arguments) {
    const auto policies = replayPolicies(arguments);
    if (!policies) return failWith({"usage", policies.error().message});
    const auto text = readFile(arguments.value("--replay"), "records", kLargestRecords);
    if (!text) return failWith(text.error());
    const auto decisions = lab::readDecisions(*text);
    if (!decisions) return failWith(decisions.error());
    std::string out;
    for (const auto& policy : *policies) {
        const auto replay = lab::replay(*decisions, policy);
        if (arguments.has("--json")) out += (out.empty() ? "" : ",\n") + lab::jsonOf(replay, policy, *decisions);
        else out += (out.empty() ? "" : "\n") + lab::tableOf(replay, policy);
    }
    if (arguments.has("--json")) fmt::print("[{}]\n", out);
    else fmt::print("{}", out);
    return kExitFine;
}

Result<void> change(sim::Scenario& scenario, const Arguments& arguments) {
    if (arguments.has("--policy")) {
        scenario.policies = arguments.values("--policy");
        for (const auto& name : scenario.policies)
            if (const auto policy = sim::findPolicy(name); !policy) return fail("usage", policy.error().message);
    }
    if (arguments.has("--seed")) {
        const auto seed = parseNumber("--seed", arguments.value("--seed"), 0, UINT32_MAX);
        if (!seed) return tl::unexpected(seed.error());
        scenario.firstSeed = *seed;
    }
    if (arguments.has("--seeds")) {
        const auto seeds = parseNumber("--seeds", arguments.value("--seeds"), 1, 100);
        if (!seeds) return tl::unexpected(seeds.error());
        scenario.seeds = static_cast<int>(*seeds);
    }
    if (arguments.has("--mfu")) {
        const auto percent = parseNumber("--mfu", arguments.value("--mfu"), 10, 1'000);
        if (!percent) return tl::unexpected(percent.error());
        scenario.options.mfuFactor *= double(*percent) / 100;
    }
    if (arguments.has("--rate")) {
        const auto percent = parseNumber("--rate", arguments.value("--rate"), 1, 10'000);
        if (!percent) return tl::unexpected(percent.error());
        scenario.rate *= double(*percent) / 100;
    }
    if (arguments.has("--no-race")) scenario.options.race = false;
    return {};
}

/// On a terminal one line that changes; elsewhere one line per tenth.
void showProgress(std::size_t done, std::size_t all) {
    if (isatty(STDERR_FILENO)) {
        fmt::print(stderr, "\r{} of {} runs{}", done, all, done == all ? "\n" : "");
    } else if (done == all || done * 10 / all != (done - 1) * 10 / all) {
        fmt::print(stderr, "{} of {} runs\n", done, all);
    }
    std::fflush(stderr);
}

}  // namespace

int runSimulate(const Arguments& arguments) {
    if (arguments.has("--list")) return list();
    if (arguments.has("--replay")) {
        if (!arguments.operands.empty()) return failWith({"usage", "With --replay there is no SCENARIO."});
        return runReplay(arguments);
    }
    if (arguments.operands.empty()) return failWith({"usage", "gatehouse simulate needs a SCENARIO; --list names them."});
    auto scenario = load(arguments.operands.front());
    if (!scenario) return failWith(scenario.error());
    if (const auto changed = change(*scenario, arguments); !changed) return failWith(changed.error());

    StopSignals signals;
    std::atomic<bool> stop{false}, ended{false};
    std::optional<Result<sim::ScenarioReport>> report;
    std::thread worker([&] {
        report = sim::compareAll(*scenario, &stop, showProgress);
        ended = true;
    });
    constexpr auto kLook = std::chrono::milliseconds(20);
    while (!ended)
        if (signals.wait(kLook)) stop = true;
    worker.join();
    if (!*report) return failWith(report->error());
    if ((*report)->stopped) return failWith({"stopped", "The simulation was stopped; there is no result."});
    fmt::print("{}\n", arguments.has("--json") ? sim::jsonOf(**report) : sim::tableOf(**report));
    return kExitFine;
}

}  // namespace gatehouse::app
