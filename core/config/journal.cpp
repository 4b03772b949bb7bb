#include "config/journal.h"

#include "base/ids.h"
#include "base/log.h"
#include "config/disk.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string_view>

namespace gatehouse::config {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kMagic = "gatehouse-journal 1\n";

/// Header lines, a blank line, then the text byte for byte.
std::string encode(const std::string& root, const std::string& file, const std::optional<std::string>& text) {
    return fmt::format("{}root: {}\nfile: {}\nstate: {}\n\n{}", kMagic, root, file, text ? "text" : "removed",
                       text.value_or(""));
}

std::optional<std::string> takeLine(std::string_view& rest, std::string_view name) {
    if (rest.substr(0, name.size()) != name) return std::nullopt;
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    auto value = std::string(rest.substr(name.size(), end - name.size()));
    rest.remove_prefix(end + 1);
    return value;
}

}  // namespace

Journal::~Journal() {
    if (lock_ >= 0) ::close(lock_);
}

fs::path Journal::pathOf(const std::string& file) const {
    const auto hash = base::stableHash(file, base::stableHash(root_.string() + "\n"));
    const auto suffix = owner_ ? std::string() : fmt::format("-{}", ::getpid());
    return directory_ / fmt::format("{:016x}{}.journal", hash, suffix);
}

void Journal::open(const fs::path& directory, const fs::path& root) {
    root_ = root;
    std::error_code error;
    fs::create_directories(directory, error);
    if (error) {
        base::logWarning("journal", "{} cannot be made, unsaved edits would not survive a crash: {}",
                         directory.string(), error.message());
        return;
    }
    fs::permissions(directory, fs::perms::owner_all, error);  // Texts may hold what the workspace's own mode protects.
    directory_ = directory;
    const auto lockPath = directory_ / fmt::format("{:016x}.lock", base::stableHash(root_.string()));
    lock_ = ::open(lockPath.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    owner_ = lock_ >= 0 && ::flock(lock_, LOCK_EX | LOCK_NB) == 0;
    if (owner_) collect();
}

void Journal::collect() {
    std::error_code error;
    // All names first: a file that is renamed below could be met a second time by its new name.
    std::vector<fs::path> paths;
    for (fs::directory_iterator entries(directory_, error), end; !error && entries != end; entries.increment(error))
        if (const auto extension = entries->path().extension(); extension == ".journal" || extension == ".left") paths.push_back(entries->path());
    for (const auto& path : paths) {
        const auto extension = path.extension();
        const auto text = disk::readFile(path);
        if (!text) continue;
        std::string_view rest = **text;
        if (rest.substr(0, kMagic.size()) != kMagic) continue;
        rest.remove_prefix(kMagic.size());
        const auto root = takeLine(rest, "root: ");
        const auto file = takeLine(rest, "file: ");
        const auto state = takeLine(rest, "state: ");
        if (!root || !file || !state || *root != root_.string() || rest.substr(0, 1) != "\n") continue;
        Entry entry;
        entry.file = *file;
        if (*state == "text") entry.text = std::string(rest.substr(1));
        // Out of the way of what this process will journal for the same file.
        entry.path = path;
        if (extension == ".journal") {
            auto aside = entry.path;
            aside += fmt::format(".{:08x}.left", static_cast<std::uint32_t>(base::randomBits()));
            std::error_code renamed;
            fs::rename(entry.path, aside, renamed);
            if (!renamed) entry.path = aside;
        }
        left_.push_back(std::move(entry));
    }
    std::sort(left_.begin(), left_.end(), [](const Entry& a, const Entry& b) { return a.file < b.file; });
}

void Journal::keep(const std::string& file, const std::optional<std::string>& text) {
    if (!enabled()) return;
    const auto path = pathOf(file);
    auto temporary = path;
    temporary += ".new";
    {
        // Without fsync: an edit must not wait for the disk, and a crash of the process alone loses nothing.
        std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
        out << encode(root_.string(), file, text);
        out.close();
        if (!out) {
            base::logWarning("journal", "the unsaved text of {} could not be kept", file);
            std::error_code ignored;
            fs::remove(temporary, ignored);
            return;
        }
    }
    std::error_code error;
    fs::permissions(temporary, fs::perms::owner_read | fs::perms::owner_write, error);
    fs::rename(temporary, path, error);
    if (error) base::logWarning("journal", "the unsaved text of {} could not be kept: {}", file, error.message());
}

void Journal::drop(const std::string& file) {
    if (!enabled()) return;
    std::error_code ignored;
    fs::remove(pathOf(file), ignored);
}

void Journal::discardLeft() {
    for (const auto& entry : left_) {
        std::error_code ignored;
        fs::remove(entry.path, ignored);
    }
    left_.clear();
}

}  // namespace gatehouse::config
