// Export: the workspace as clean YAML for GitOps. Deterministic (same bytes twice), without status, server-set metadata
// and secret values. A field that the target lacks is refused with the reason. Thread: pure but for writeExport.
#pragma once

#include "config/object.h"

#include <filesystem>
#include <string>
#include <vector>

namespace gatehouse::gitops {

struct Target {
    std::string name;         ///< "gateway-api", "kgateway-2.1"
    std::string description;
};
const std::vector<Target>& targets();

struct ExportFile {
    std::string path;   ///< Relative, e.g. "default/httproute-chat.yaml"
    std::string text;
    config::ObjectKey object;  ///< Empty kind for kustomization.yaml.
};

struct ExportNote {
    /// Kept: exported as written, with something to know about it.
    enum class Kind { LeftOut, Refused, Changed, Kept };
    Kind kind = Kind::LeftOut;
    config::ObjectKey object;
    std::string fieldPath;
    std::string message;
};

struct ExportResult {
    std::vector<ExportFile> files;  ///< Sorted by path.
    std::vector<ExportNote> notes;
    bool refused() const;           ///< Any note of kind Refused: nothing may be written.
};

/// Error "unknown-target" names the known ones.
Result<ExportResult> exportObjects(const config::ObjectSet& objects, const std::string& target);

enum class DiffState { Same, Added, Changed, Removed };
struct FileDiff {
    std::string path;
    DiffState state = DiffState::Same;
    std::string before, after;
};
/// Against what is in `directory` now. Removed = a file of an earlier export (listed in its kustomization.yaml) that would go.
std::vector<FileDiff> diffExport(const ExportResult& result, const std::filesystem::path& directory);

/// Writes every file atomically, all or a clear error; removes what diffExport calls Removed. Refuses a refused result, and a
/// directory whose kustomization.yaml is not from an earlier export (error "foreign-kustomization").
Result<void> writeExport(const ExportResult& result, const std::filesystem::path& directory);

}  // namespace gatehouse::gitops
