// `gatehouse pods`: simulated model servers until a signal.

#include "app/signals.h"
#include "app/verbs.h"
#include "lab/model_server.h"

#include <fmt/core.h>

namespace gatehouse::app {

namespace {

constexpr std::uint64_t kMostPods = 1'000;

/// "2:slow=3" or "pod-2:slow=3".
Result<std::pair<std::size_t, lab::Fault>> parsePodFault(const std::string& text, std::size_t count) {
    const auto colon = text.find(':');
    if (colon == std::string::npos) {
        return fail("usage", fmt::format("--fault needs POD:FAULT such as 0:slow=3, not \"{}\".", text));
    }
    std::string pod = text.substr(0, colon);
    if (pod.starts_with("pod-")) pod.erase(0, 4);
    const auto index = parseNumber("--fault", pod, 0, count - 1);
    if (!index) return tl::unexpected(index.error());
    const auto fault = lab::parseFault(text.substr(colon + 1));
    if (!fault) return fail("usage", fault.error().message);
    return std::pair{static_cast<std::size_t>(*index), *fault};
}

}  // namespace

int runPods(const Arguments& arguments) {
    const std::string profileName = arguments.has("--profile") ? arguments.value("--profile") : lab::Profile{}.name;
    if (profileName == "help") {
        for (const auto& name : lab::profileNames()) fmt::print("{}\n", name);
        return kExitFine;
    }
    const auto profile = lab::findProfile(profileName);
    if (!profile) return failWith({"usage", profile.error().message});
    std::size_t count = 1;
    if (arguments.has("--count")) {
        const auto number = parseNumber("--count", arguments.value("--count"), 1, kMostPods);
        if (!number) return failWith(number.error());
        count = static_cast<std::size_t>(*number);
    }
    std::uint16_t base = 0;
    if (arguments.has("--port-base")) {
        const auto number = parseNumber("--port-base", arguments.value("--port-base"), 0, 65'536 - count);
        if (!number) return failWith(number.error());
        base = static_cast<std::uint16_t>(*number);
    }
    std::vector<std::pair<std::size_t, lab::Fault>> faults;
    for (const auto& text : arguments.values("--fault")) {
        auto fault = parsePodFault(text, count);
        if (!fault) return failWith(fault.error());
        faults.push_back(std::move(*fault));
    }

    StopSignals signals;
    const auto servers = lab::ModelServers::start(std::vector(count, *profile), base, "pod-");
    if (!servers) return failWith(servers.error());
    for (const auto& [index, fault] : faults) (*servers)->setFault(index, fault);
    for (const auto& server : (*servers)->servers()) {
        fmt::print("{} http://127.0.0.1:{} {}\n", server.name, server.port, server.model);
    }
    std::fflush(stdout);
    while (!signals.wait(std::chrono::hours(1))) {
    }
    return kExitFine;
}

}  // namespace gatehouse::app
