// The data plane alone as a reverse proxy, for the proxy benchmark on machines without the console: the same Gateway facade
// that `gatehouse serve` uses, on the workspace files given. Usage: bench_proxy FILE.yaml LOGICAL=HOST:PORT
#include "config/workspace.h"
#include "gateway/gateway.h"

#include <csignal>
#include <cstdio>
#include <string>

int main(int argc, char** argv) {
    using namespace gatehouse;
    if (argc != 3) return 2;
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stop, nullptr);
    const std::string listen = argv[2];
    const auto equals = listen.find('=');
    gateway::Options options;
    options.workers = 1;
    options.listen[static_cast<std::uint16_t>(std::stoi(listen.substr(0, equals)))] = listen.substr(equals + 1);
    auto gateway = gateway::Gateway::start(options);
    auto workspace = config::Workspace::open({argv[1]});
    if (!gateway || !workspace) return 1;
    const auto report = (*gateway)->applyAndWait(workspace->objects());
    for (const auto& found : report.diagnostics) std::fprintf(stderr, "%s %s\n", found.code.c_str(), found.message.c_str());
    for (const auto& listener : (*gateway)->state().listeners)
        std::printf("%s %s\n", listener.address.c_str(), listener.error.c_str());
    std::fflush(stdout);
    int signal = 0;
    sigwait(&stop, &signal);
    (*gateway)->stop(std::chrono::milliseconds(500));
}
