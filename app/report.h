// How findings, conditions and explanations are printed: text for people, JSON for scripts. The JSON names are stable.
// Thread: pure functions.
#pragma once

#include "config/object.h"
#include "config/status.h"
#include "config/workspace.h"
#include "gitops/export.h"
#include "route/explain.h"

#include <filesystem>
#include <string>
#include <vector>

namespace gatehouse::app {

/// How a workspace's file is named on the terminal: relative to where the command runs, so that it can be opened from there.
class FileNames {
  public:
    explicit FileNames(std::filesystem::path root) : root_(std::move(root)) {}
    std::string shown(const std::string& file) const;

  private:
    std::filesystem::path root_;
};

/// Control characters as escapes, so that what is quoted cannot steer a terminal; line ends stay where `lines` says so.
std::string printable(std::string_view text, bool lines);

/// "file:line:column: severity CODE message [field]", without a newline.
std::string textLine(const config::Diagnostic& diagnostic, const FileNames& names);
std::string diagnosticsJson(const std::vector<config::Diagnostic>& diagnostics, const FileNames& names);

/// "2 errors, 1 warning"; "nothing to report" when there are none above Info.
std::string summary(const std::vector<config::Diagnostic>& diagnostics);
/// Exit code 0, or 1 with a warning or an error among them.
int exitCode(const std::vector<config::Diagnostic>& diagnostics);

std::string statusText(const config::ObjectSet& objects, const std::vector<config::ObjectStatus>& statuses);
std::string statusJson(const config::ObjectSet& objects, const std::vector<config::ObjectStatus>& statuses);

std::string explanationText(const route::ExplainRequest& request, const route::Explanation& explanation,
                            const FileNames& names);
std::string explanationJson(const route::ExplainRequest& request, const route::Explanation& explanation,
                            const FileNames& names);

std::string textLine(const gitops::ExportNote& note);
/// "added   FOLDER/default/gateway-a.yaml", a line each, on standard output.
void printFileDiffs(const std::vector<gitops::FileDiff>& diffs, const std::filesystem::path& folder);
std::string exportJson(const gitops::ExportResult& result, const std::vector<gitops::FileDiff>& diffs);

}  // namespace gatehouse::app
