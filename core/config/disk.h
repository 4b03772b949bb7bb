// The disk under a workspace: finding files, reading them with a signature, and atomic writing. Private to config/.
// Thread: blocking calls on the owner's thread.
#pragma once

#include "base/result.h"

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::config::disk {

/// What tells two states of a file apart without reading it.
struct Signature {
    std::int64_t modifiedNanos = 0;
    std::int64_t changedNanos = 0;
    std::uint64_t size = 0;
    std::uint64_t inode = 0;
    bool operator==(const Signature&) const = default;
};

enum class Presence { File, Missing, Unreadable };

struct Look {
    Presence presence = Presence::Missing;
    Signature signature;
    /// Written so shortly before it was looked at that a second write could leave the same signature.
    bool fresh = false;
    std::string error;
};

/// Follows symbolic links.
Look look(const std::filesystem::path& path);

/// Error "unreadable" with a sentence; more than 64 MiB is refused.
Result<std::shared_ptr<const std::string>> readFile(const std::filesystem::path& path);

/// Temporary file beside the target, fsync, rename, fsync of the folder. Keeps mode and owner where the file exists,
/// follows a symbolic link to what it names. On an error nothing has changed and the temporary file is gone.
Result<void> writeAtomically(const std::filesystem::path& path, std::string_view text);

struct Found {
    std::vector<std::filesystem::path> files;             ///< Absolute, sorted, each real file once.
    std::map<std::filesystem::path, std::string> failed;  ///< Unreadable folders and missing operands, with a sentence.
    std::vector<std::filesystem::path> folders;           ///< That were looked through, in their order.
    std::vector<std::filesystem::path> links;             ///< Files and folders that are reached by a symbolic link.
};
/// *.yaml, *.yml, *.json below folders, hidden ones left out; a file that is named itself counts whatever its name.
Found find(const std::vector<std::filesystem::path>& paths);
/// Would find() list a file of this name in a folder?
bool isWorkspaceName(std::string_view name);

/// "No space is left on the device", "Permission denied": the system's reason as the end of a sentence.
std::string reason(int error);

}  // namespace gatehouse::config::disk
