// The verbs that read a workspace and answer: check, status, explain, export. They start no thread and no socket.

#include "app/report.h"
#include "app/request_text.h"
#include "app/verbs.h"
#include "config/workspace.h"
#include "gitops/export.h"
#include "route/explain.h"
#include "route/translate.h"

#include <fmt/core.h>

#include <algorithm>

namespace gatehouse::app {

namespace {

/// A workspace as read once, with what serving it would report.
struct Reading {
    FileNames names;
    std::shared_ptr<const config::ObjectSet> objects;
    route::Translation translation;
    std::vector<config::FileInfo> unreadable;

    int exitCode() const { return unreadable.empty() ? app::exitCode(translation.diagnostics) : kExitFindings; }
};

/// `runtime` must outlive the reading: the snapshot points into it.
Result<Reading> read(const std::vector<std::string>& operands, route::Runtime& runtime) {
    config::Workspace::Options options;
    options.readOnly = true;
    auto workspace = config::Workspace::open({operands.begin(), operands.end()}, options);
    if (!workspace) return tl::unexpected(workspace.error());
    auto objects = workspace->objects();
    auto translation = route::translate(*objects, runtime, 1);
    Reading reading{FileNames(workspace->root()), std::move(objects), std::move(translation), {}};
    for (const auto& file : workspace->files()) {
        if (file.state == config::FileState::Unreadable) reading.unreadable.push_back(file);
    }
    return reading;
}

void printDiagnostics(const Reading& reading, std::FILE* to) {
    for (const auto& diagnostic : reading.translation.diagnostics) {
        fmt::print(to, "{}\n", textLine(diagnostic, reading.names));
    }
}

}  // namespace

int runCheck(const Arguments& arguments) {
    route::Runtime runtime;
    const auto reading = read(arguments.operands, runtime);
    if (!reading) return failWith(reading.error());
    if (arguments.has("--json")) {
        fmt::print("{}\n", diagnosticsJson(reading->translation.diagnostics, reading->names));
    } else {
        printDiagnostics(*reading, stdout);
        if (reading->objects->objects.empty()) fmt::print(stderr, "gatehouse: There is no object in what was given.\n");
        fmt::print(stderr, "{} in {} object{}\n", summary(reading->translation.diagnostics),
                   reading->objects->objects.size(), reading->objects->objects.size() == 1 ? "" : "s");
    }
    return reading->exitCode();
}

int runStatus(const Arguments& arguments) {
    route::Runtime runtime;
    const auto reading = read(arguments.operands, runtime);
    if (!reading) return failWith(reading.error());
    printDiagnostics(*reading, stderr);
    const auto& statuses = reading->translation.statuses;
    if (arguments.has("--json")) {
        fmt::print("{}\n", statusJson(*reading->objects, statuses));
    } else {
        fmt::print("{}", statusText(*reading->objects, statuses));
    }
    return reading->exitCode();
}

int runExplain(const Arguments& arguments) {
    auto parsed = explainRequest(arguments);
    if (!parsed) return failWith(parsed.error());
    route::Runtime runtime;
    const auto reading = read(parsed->paths, runtime);
    if (!reading) return failWith(reading.error());
    printDiagnostics(*reading, stderr);
    const auto explanation = route::explain(*reading->translation.snapshot, parsed->request);
    if (!explanation) return failWith(explanation.error());
    const std::string text = arguments.has("--json") ? explanationJson(parsed->request, *explanation, reading->names) + "\n"
                                                     : explanationText(parsed->request, *explanation, reading->names);
    fmt::print("{}", text);
    return reading->exitCode();
}

int runExport(const Arguments& arguments) {
    const std::string target = arguments.value("--target");
    const std::string out = arguments.value("--out");
    if (target.empty()) return failWith({"usage", "gatehouse export needs --target gateway-api, kgateway-2.1, kgateway-2.4 or agentgateway-1."});
    if (out.empty()) return failWith({"usage", "gatehouse export needs --out FOLDER."});
    route::Runtime runtime;
    const auto reading = read(arguments.operands, runtime);
    if (!reading) return failWith(reading.error());
    printDiagnostics(*reading, stderr);
    if (!reading->unreadable.empty()) {
        return failWith({"unreadable", "Nothing was written, because a file that cannot be read would be missing from the export."});
    }
    const auto result = gitops::exportObjects(*reading->objects, target);
    if (!result) return failWith({result.error().code == "unknown-target" ? "usage" : result.error().code, result.error().message});

    const auto diffs = gitops::diffExport(*result, out);
    for (const auto& note : result->notes) fmt::print(stderr, "{}\n", textLine(note));
    if (arguments.has("--json")) fmt::print("{}\n", exportJson(*result, diffs));
    if (result->refused()) {
        return failWith({"refused", fmt::format("Nothing was written, because {} cannot hold what is refused above.", target)});
    }
    if (!arguments.has("--dry-run") && !arguments.has("--check")) {
        if (auto written = gitops::writeExport(*result, out); !written) return failWith(written.error());
    }
    if (!arguments.has("--json")) printFileDiffs(diffs, out);
    if (!arguments.has("--check")) return reading->exitCode();
    const bool same = std::all_of(diffs.begin(), diffs.end(), [](const gitops::FileDiff& file) { return file.state == gitops::DiffState::Same; });
    if (!same) fmt::print(stderr, "gatehouse: {} is not what the workspace would write.\n", out);
    return same ? 0 : 1;
}

}  // namespace gatehouse::app
