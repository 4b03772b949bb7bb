// Comparing an export with a folder, and writing it there.

#include "gitops/export.h"
#include "gitops/kustomization.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <optional>
#include <unistd.h>

namespace gatehouse::gitops {

namespace {

namespace fs = std::filesystem;

std::optional<std::string> readFile(const fs::path& path) {
    std::error_code error;
    if (!fs::is_regular_file(path, error)) return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(file), {});
}

tl::unexpected<Error> failedTo(std::string_view what, const fs::path& path, int error) {
    return fail("export-write", fmt::format("{} could not be {}: {}.", path.string(), what, std::strerror(error)));
}

/// Bytes on disk (fsync) before their name appears: a crash leaves the old file or the new one.
Result<void> writeDurably(const fs::path& path, std::string_view text) {
    ::unlink(path.c_str());  // Left over by a crash; never written through, it may be a link.
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (file < 0) return failedTo("created", path, errno);
    for (std::size_t written = 0; written < text.size();) {
        const auto count = ::write(file, text.data() + written, text.size() - written);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) {
            const int error = errno;
            ::close(file);
            return failedTo("written", path, error);
        }
        written += static_cast<std::size_t>(count);
    }
    const int synced = ::fsync(file) == 0 ? 0 : errno;
    const int closed = ::close(file) == 0 ? 0 : errno;
    if (synced || closed) return failedTo("written", path, synced ? synced : closed);
    return {};
}

/// Temporary files of one export; those that never got their name are removed, and folders that were made for nothing.
struct Staged {
    std::vector<std::pair<fs::path, fs::path>> files;  ///< {temporary, final}
    std::vector<fs::path> folders;                     ///< Made here, outer ones first.
    ~Staged() {
        std::error_code ignored;
        for (const auto& [temporary, final] : files) fs::remove(temporary, ignored);
        for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder) fs::remove(*folder, ignored);  // Only when empty.
    }
    Result<void> makeFolder(const fs::path& folder) {
        std::error_code error;
        std::vector<fs::path> missing;
        for (auto each = fs::absolute(folder, error); !each.empty() && !fs::exists(each, error) && each != each.root_path(); each = each.parent_path()) missing.push_back(each);
        fs::create_directories(folder, error);
        if (error) return failedTo("created", folder, error.value());
        folders.insert(folders.end(), missing.rbegin(), missing.rend());
        return {};
    }
};

}  // namespace

std::vector<FileDiff> diffExport(const ExportResult& result, const fs::path& directory) {
    std::vector<FileDiff> diffs;
    for (const auto& file : result.files) {
        FileDiff diff{file.path, DiffState::Added, "", file.text};
        if (auto before = readFile(directory / file.path)) {
            diff.state = *before == file.text ? DiffState::Same : DiffState::Changed;
            diff.before = std::move(*before);
        }
        diffs.push_back(std::move(diff));
    }
    const auto listed = readFile(directory / kKustomizationFile);
    const auto earlier = listed ? exportedResources(*listed) : std::nullopt;
    for (const auto& path : earlier.value_or(std::vector<std::string>{})) {
        const bool still = std::any_of(diffs.begin(), diffs.end(), [&](const auto& diff) { return diff.path == path; });
        if (still) continue;
        if (auto before = readFile(directory / path)) diffs.push_back({path, DiffState::Removed, std::move(*before), ""});
    }
    std::sort(diffs.begin(), diffs.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return diffs;
}

Result<void> writeExport(const ExportResult& result, const fs::path& directory) {
    if (result.refused()) return fail("export-refused", "Nothing was written, because the target lacks what is refused.");
    if (const auto listed = readFile(directory / kKustomizationFile); listed && !exportedResources(*listed)) {
        return fail("foreign-kustomization",
                    fmt::format("{} is not from an export, so nothing was written over it; choose an empty folder.",
                                (directory / kKustomizationFile).string()));
    }
    const auto diffs = diffExport(result, directory);
    Staged staged;
    for (const auto& diff : diffs) {
        if (diff.state == DiffState::Same || diff.state == DiffState::Removed) continue;
        const fs::path path = directory / diff.path;
        if (auto made = staged.makeFolder(path.parent_path()); !made) return made;
        fs::path temporary = path;
        temporary += fmt::format(".{}.tmp", ::getpid());
        staged.files.emplace_back(temporary, path);
        if (auto written = writeDurably(temporary, diff.after); !written) return written;
    }
    // The list last: whoever reads it finds what it names.
    std::stable_partition(staged.files.begin(), staged.files.end(),
                          [](const auto& file) { return file.second.filename() != kKustomizationFile; });
    for (const auto& [temporary, path] : staged.files) {
        std::error_code error;
        fs::rename(temporary, path, error);
        if (error) return failedTo("replaced", path, error.value());
    }
    for (const auto& diff : diffs) {
        if (diff.state != DiffState::Removed) continue;
        std::error_code error;
        fs::remove(directory / diff.path, error);
        if (error) return failedTo("removed", directory / diff.path, error.value());
        fs::remove((directory / diff.path).parent_path(), error);  // Only when empty; otherwise this fails, rightly.
    }
    return {};
}

}  // namespace gatehouse::gitops
