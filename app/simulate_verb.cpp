// `gatehouse simulate`: the laboratory. Results on standard output, progress on standard error, a signal stops it cleanly.

#include "app/signals.h"
#include "app/verbs.h"
#include "lab/sim/scenario.h"

#include <fmt/core.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <iterator>
#include <optional>
#include <thread>

namespace gatehouse::app {

namespace {

namespace sim = lab::sim;

constexpr std::size_t kLargestFile = 1 << 20;

int list() {
    fmt::print("Scenarios:\n");
    for (const auto& scenario : sim::scenarios()) fmt::print("  {:<18} {}\n", scenario.name, scenario.about);
    fmt::print("Policies:\n");
    for (const auto& policy : sim::policySpecs()) fmt::print("  {:<18} {}\n", policy.name, policy.about);
    fmt::print("Workloads:\n");
    for (const auto& workload : sim::workloadShapes()) fmt::print("  {:<18} {}\n", workload.name, workload.about);
    return kExitFine;
}

/// A built-in name, unless there is a file of that name or the word is a path.
Result<sim::Scenario> load(const std::string& word) {
    const bool path = word.find('/') != std::string::npos || word.find('.') != std::string::npos;
    std::ifstream file(word, std::ios::binary);
    if (!path) {
        if (auto built = sim::findScenario(word)) return built;
    }
    if (!file) return path ? fail("unreadable", fmt::format("The scenario {} cannot be read.", word)) : sim::findScenario(word);
    std::string text(kLargestFile + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (file.bad() || text.empty()) return fail("unreadable", fmt::format("The scenario {} cannot be read.", word));
    if (text.size() > kLargestFile) return fail("unreadable", fmt::format("The scenario {} is larger than 1 MiB.", word));
    return sim::parseScenario(text, word);
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
