#include "app/cluster_session.h"

#include "app/report.h"
#include "config/diagnostic_codes.h"
#include "config/workspace.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <cstdio>
#include <unistd.h>

namespace gatehouse::app {

namespace {

/// A kubeconfig is code: what it wants to run is shown and asked once.
bool agree(const cluster::ExecSpec& spec, bool always) {
    const cluster::ExecAgreements agreements(cluster::ExecAgreements::usualFile());
    if (agreements.has(spec)) return true;
    if (!always) {
        if (::isatty(0) == 0 || ::isatty(2) == 0) return false;
        fmt::print(stderr, "{} wants to run a program for the credentials of user \"{}\":\n    {}\nRun it now and from now on? [y/N] ", printable(spec.file, false),
                   printable(spec.user, false), printable(cluster::shownCommand(spec), false));
        char answer[16] = {};
        if (std::fgets(answer, sizeof answer, stdin) == nullptr || (answer[0] != 'y' && answer[0] != 'Y')) return false;
    }
    if (auto kept = agreements.remember(spec); !kept) fmt::print(stderr, "gatehouse: {}\n", printable(kept.error().message, true));
    return true;
}

}  // namespace

Result<ClusterSession> openCluster(const Arguments& arguments, const std::string& context) {
    const auto config = cluster::Kubeconfig::load(arguments.value("--kubeconfig"));
    if (!config) return tl::unexpected(config.error());
    auto target = config->target(context);
    if (!target) return tl::unexpected(target.error());
    cluster::ClientOptions options;
    options.exec.terminal = ::isatty(0) != 0;
    options.consent = [always = arguments.has("--run-plugin")](const cluster::ExecSpec& spec) { return agree(spec, always); };
    ClusterSession session{std::make_unique<cluster::Client>(std::move(*target), std::move(options)), {}};
    auto discovery = cluster::discover(*session.client);
    if (!discovery) {
        const bool refused = discovery.error().code == "exec-refused";
        return fail(discovery.error().code, discovery.error().message + (refused ? " Agree with --run-plugin." : ""));
    }
    for (const auto& problem : discovery->problems) fmt::print(stderr, "gatehouse: {}\n", printable(problem, true));
    session.discovery = std::move(*discovery);
    return session;
}

std::string inventoryLine(const cluster::Discovery& discovery, const cluster::Inventory& inventory) {
    std::string out = "Kubernetes " + (discovery.serverVersion.empty() ? "of unknown version" : discovery.serverVersion);
    if (inventory.gatewayApiVersion.empty()) out += inventory.kinds.empty() ? "; no Gateway API" : "; Gateway API of unknown version";
    else out += fmt::format("; Gateway API {} ({})", inventory.gatewayApiVersion, inventory.gatewayApiChannel);
    for (const auto& gateway : inventory.gateways) {
        out += "; " + gateway.name + (gateway.version.empty() ? "" : " " + gateway.version);
        if (!gateway.deployment.empty()) out += fmt::format(" in {} ({} of {} ready)", gateway.deployment, gateway.ready, gateway.wanted);
        if (!gateway.classes.empty()) out += fmt::format(", class{} {}", gateway.classes.size() == 1 ? "" : "es", fmt::join(gateway.classes, ", "));
    }
    return out;
}

Result<std::shared_ptr<const config::ObjectSet>> readWhole(const std::vector<std::string>& paths) {
    config::Workspace::Options options;
    options.readOnly = true;
    auto workspace = config::Workspace::open({paths.begin(), paths.end()}, options);
    if (!workspace) return tl::unexpected(workspace.error());
    for (const auto& file : workspace->files())
        if (file.state == config::FileState::Unreadable) return fail("unreadable", fmt::format("{}: {}", file.file, file.error));
    auto objects = workspace->objects();
    const FileNames names(workspace->root());
    std::string first;
    for (const auto& diagnostic : objects->diagnostics) {
        // What is an object is the cluster's to judge; what is none, or stands there twice, is nobody's.
        const bool unread = diagnostic.object.kind.empty() || diagnostic.code == config::codes::kDuplicateObject || diagnostic.code == config::codes::kAliases;
        if (diagnostic.severity != config::Severity::Error || !unread) continue;
        if (first.empty()) first = textLine(diagnostic, names);
        else fmt::print(stderr, "{}\n", textLine(diagnostic, names));
    }
    if (!first.empty()) return fail("unreadable", first);
    return objects;
}

}  // namespace gatehouse::app
