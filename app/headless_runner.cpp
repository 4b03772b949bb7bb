// `gatehouse serve`: a workspace in the data plane until a signal. Files that change are taken over at once.

#include "app/cluster_folder.h"
#include "app/live_table.h"
#include "app/memory.h"
#include "app/report.h"
#include "app/signals.h"
#include "app/verbs.h"
#include "base/ids.h"
#include "config/file_watch.h"
#include "config/workspace.h"
#include "gateway/capture_ring.h"
#include "gateway/gateway.h"
#include "lab/demo.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>

namespace gatehouse::app {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kTableEvery{2'000};
/// A streamed answer may take long; past this it is cut.
constexpr milliseconds kDrain{10'000};

class HeadlessRunner {
  public:
    HeadlessRunner(config::Workspace workspace, std::unique_ptr<config::FileWatch> watch, std::unique_ptr<gateway::Gateway> gateway,
                   std::unique_ptr<lab::Demo> demo, std::map<std::uint16_t, std::string> listen)
        : workspace_(std::move(workspace)), watch_(std::move(watch)), gateway_(std::move(gateway)), demo_(std::move(demo)), listen_(std::move(listen)),
          names_(workspace_.root()) {}

    int run(StopSignals& signals) {
        tellReport(gateway_->applyAndWait(workspace_.objects()));
        const auto state = gateway_->state();
        tellListeners(state);
        if (!state.adminAddress.empty()) print("admin at http://{}", state.adminAddress);
        if (!state.pickerAddress.empty()) print("picker at {}", state.pickerAddress);
        const auto bound = std::find_if(state.listeners.begin(), state.listeners.end(),
                                        [](const auto& listener) { return !listener.address.empty(); });
        if (bound == state.listeners.end() && !state.listeners.empty() && state.pickerAddress.empty()) {
            return failWith({"nothing-bound", "No listener could be bound, so there is nothing to serve."});
        }
        if (state.listeners.empty() && state.pickerAddress.empty()) note("The workspace has no Gateway listener yet; waiting for one.");
        if (demo_) {
            if (bound == state.listeners.end()) return failWith({"nothing-bound", "The demo has no listener."});
            if (auto started = demo_->startTraffic(bound->address); !started) return failWith(started.error());
        }
        giveBackStartUpMemory();
        loop(signals, state);
        note("Stopping; requests in flight may finish for {} s. A second signal stops at once.", kDrain.count() / 1000);
        gateway_->stop(kDrain);
        return kExitFine;
    }

  private:
    void loop(StopSignals& signals, gateway::State previous) {
        auto lastTable = Clock::now();
        while (!signals.wait(untilLook(lastTable), watch_->descriptor())) {
            const bool asked = signals.takeReload();
            if (asked) {
                note("Reading everything again, as asked.");
                gateway_->reopenAccessLog();
            }
            watch_->take(Clock::now());
            if (asked || timeToLook()) look(asked);
            if (demo_ && Clock::now() - lastTable >= kTableEvery) {
                const auto now = Clock::now();
                auto state = gateway_->state();
                fmt::print("\n{}", liveTable(state, previous, std::chrono::duration_cast<milliseconds>(now - lastTable)));
                std::fflush(stdout);
                previous = std::move(state);
                lastTable = now;
            }
        }
    }

    /// Until the files are to be looked at, or the table is to be drawn; rounded up, not to wake for nothing.
    milliseconds untilLook(Clock::time_point lastTable) const {
        auto until = lookedAt_ + watch_->lookEvery(lookTook_);
        if (const auto due = watch_->due()) until = std::min(until, *due);
        if (demo_) until = std::min(until, lastTable + kTableEvery);
        const auto left = std::chrono::ceil<milliseconds>(until - Clock::now());
        return std::max(left, milliseconds(0));
    }

    bool timeToLook() const {
        const auto now = Clock::now();
        if (const auto due = watch_->due(); due && now >= *due) return true;
        return !watch_->beingWritten() && now >= lookedAt_ + watch_->lookEvery(lookTook_);
    }

    void look(bool asked) {
        watch_->looked();
        const auto began = Clock::now();
        const auto refresh = workspace_.refresh();
        lookedAt_ = Clock::now();
        lookTook_ = lookedAt_ - began;
        // Asked to, also without a change: a port that was in use may be free now.
        if (!refresh.changed() && !asked) return;
        const auto report = gateway_->applyAndWait(workspace_.objects());
        for (const auto& file : refresh.reloaded) note("{} changed.", names_.shown(file));
        for (const auto& file : refresh.removed) note("{} is gone.", names_.shown(file));
        tellReport(report);
        tellListeners(gateway_->state());
        lookedAt_ = Clock::now();
    }

    void tellReport(const gateway::ApplyReport& report) {
        for (const auto& diagnostic : report.diagnostics) {
            if (diagnostic.severity != config::Severity::Info) fmt::print(stderr, "{}\n", textLine(diagnostic, names_));
        }
        note("Generation {} runs after {:.1f} ms: {}.", report.generation,
             static_cast<double>(report.duration.count()) / 1000.0, summary(report.diagnostics));
    }

    /// Only what is new: an address, or why there is none.
    void tellListeners(const gateway::State& state) {
        std::map<std::uint16_t, std::string> told;
        for (const auto& listener : state.listeners) {
            std::string& text = told[listener.logicalPort];
            text = listener.address.empty() ? listener.error : listener.address;
            if (const auto before = listeners_.find(listener.logicalPort); before != listeners_.end() && before->second == text) {
                continue;
            }
            // Why a port is not served is a finding of the report, with its place in the file.
            if (listener.address.empty()) {
                note("Port {} is not served.", listener.logicalPort);
            } else {
                print("port {} at http://{}", listener.logicalPort, listener.address);
            }
        }
        for (const auto& [port, bind] : listen_) {
            if (!told.contains(port) && (listeners_.contains(port) || first_))
                note("--listen {}={} has no effect: no Gateway listener has port {}.", port, bind, port);
        }
        first_ = false;
        for (const auto& [port, address] : listeners_) {
            if (!told.contains(port)) note("Port {} is closed.", port);
        }
        listeners_ = std::move(told);
    }

    template <class... Args>
    static void print(fmt::format_string<Args...> format, Args&&... args) {
        fmt::print("{}\n", fmt::format(format, std::forward<Args>(args)...));
        std::fflush(stdout);
    }
    template <class... Args>
    static void note(fmt::format_string<Args...> format, Args&&... args) {
        fmt::print(stderr, "gatehouse: {}\n", fmt::format(format, std::forward<Args>(args)...));
    }

    config::Workspace workspace_;
    std::unique_ptr<config::FileWatch> watch_;
    std::unique_ptr<gateway::Gateway> gateway_;
    std::unique_ptr<lab::Demo> demo_;  ///< Traffic ends before the gateway does.
    std::map<std::uint16_t, std::string> listen_;  ///< As --listen says.
    FileNames names_;
    std::map<std::uint16_t, std::string> listeners_;  ///< As told last: address, or why there is none.
    bool first_ = true;
    Clock::time_point lookedAt_ = Clock::now();
    Clock::duration lookTook_{};
};

/// One folder for each set of paths, so that keys of the same name in other workspaces have budgets of their own.
std::string stateFolder(const Arguments& arguments) {
    if (arguments.has("--state")) return arguments.value("--state") == "none" ? std::string() : arguments.value("--state");
    if (arguments.has("--demo")) return {};
    std::filesystem::path base;
    if (const char* state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state == '/') base = state;
    else if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') base = std::filesystem::path(home) / ".local" / "state";
    if (base.empty()) return {};
    std::string names = arguments.has("--context") ? "context " + arguments.value("--context") + '\n' : std::string();
    std::error_code error;
    for (const auto& path : arguments.operands) names += std::filesystem::absolute(path, error).lexically_normal().string() + '\n';
    return (base / "gatehouse" / fmt::format("{:016x}", base::stableHash(names))).string();
}

Result<gateway::Options> gatewayOptions(const Arguments& arguments) {
    gateway::Options options;
    auto listen = parseListen(arguments.values("--listen"));
    if (!listen) return tl::unexpected(listen.error());
    options.listen = std::move(*listen);
    if (arguments.has("--admin")) {
        auto admin = parseBind("--admin", arguments.value("--admin"));
        if (!admin) return tl::unexpected(admin.error());
        options.admin = std::move(*admin);
    }
    if (arguments.has("--picker")) {
        auto picker = parseBind("--picker", arguments.value("--picker"));
        if (!picker) return tl::unexpected(picker.error());
        options.picker = std::move(*picker);
    }
    if (arguments.has("--workers")) {
        const auto workers = parseNumber("--workers", arguments.value("--workers"), 1, 64);
        if (!workers) return tl::unexpected(workers.error());
        options.workers = static_cast<unsigned>(*workers);
    }
    options.accessLogFile = arguments.value("--access-log");
    options.otlp = arguments.value("--otlp");
    options.stateFolder = stateFolder(arguments);
    if (arguments.has("--capture")) {
        const auto size = parseSize("--capture", arguments.value("--capture"), gateway::CaptureRing::kSmallestBudget);
        if (!size) return tl::unexpected(size.error());
        options.captureBytes = static_cast<std::size_t>(*size);
    }
    return options;
}

}  // namespace

int runServe(const Arguments& arguments) {
    const bool wantsDemo = arguments.has("--demo"), wantsCluster = arguments.has("--context");
    if (wantsCluster && (wantsDemo || !arguments.operands.empty())) return failWith({"usage", "--context runs what a cluster has; leave paths and --demo out."});
    if (!wantsCluster && wantsDemo == !arguments.operands.empty()) {
        return failWith({"usage", wantsDemo ? "--demo brings its own workspace; leave the paths out."
                                            : "gatehouse serve needs a PATH, --context, or --demo."});
    }
    auto options = gatewayOptions(arguments);
    if (!options) return failWith(options.error());

    StopSignals signals;
    std::unique_ptr<lab::Demo> demo;
    std::unique_ptr<ClusterFolder> live;
    std::vector<std::filesystem::path> paths{arguments.operands.begin(), arguments.operands.end()};
    if (wantsDemo) {
        auto prepared = lab::Demo::prepare({});
        if (!prepared) return failWith(prepared.error());
        demo = std::move(*prepared);
        paths = {demo->directory()};
        options->fallbackToFreePort = true;
    }
    if (wantsCluster) {
        auto opened = ClusterFolder::open(arguments);
        if (!opened) return failWith(opened.error());
        live = std::move(*opened);
        paths = {live->directory()};
    }
    config::Workspace::Options workspaceOptions;
    workspaceOptions.readOnly = true;
    auto watch = std::make_unique<config::FileWatch>(paths);  // Before the first look, so that no change falls between.
    auto workspace = config::Workspace::open(paths, workspaceOptions);
    if (!workspace) return failWith(workspace.error());
    auto listen = options->listen;
    auto gateway = gateway::Gateway::start(std::move(*options));
    if (!gateway) return failWith(gateway.error());
    return HeadlessRunner(std::move(*workspace), std::move(watch), std::move(*gateway), std::move(demo), std::move(listen)).run(signals);
}

}  // namespace gatehouse::app
