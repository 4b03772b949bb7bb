#include "config/disk.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <system_error>
#include <unordered_set>

namespace gatehouse::config::disk {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kMaxFile = 64u << 20;
constexpr int kMaxFolderDepth = 32;
// Kernel timestamps move in steps of up to 10 ms, network file systems' in steps of up to two seconds.
constexpr std::int64_t kFreshNanos = 2'000'000'000;

class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }
    int release() { return std::exchange(fd_, -1); }

  private:
    int fd_;
};

std::int64_t nanos(const timespec& time) {
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

/// Walks in the real folders' names, so that what is no link needs no further look to be known by its real name.
class Walk {
  public:
    explicit Walk(Found& out) : out_(out) {}

    /// A file that may be a link, or anything else.
    void file(const fs::path& path) {
        std::error_code error;
        const auto real = fs::canonical(path, error);
        if (fs::is_symlink(path, error)) out_.links.push_back(path);
        plainFile(path, real.empty() ? path : real);
    }

    void folder(const fs::path& path, int depth) {
        std::error_code error;
        const auto real = fs::canonical(path, error);
        if (error || depth > kMaxFolderDepth || !seen_.insert(real.native()).second) return;  // A loop of links comes back here.
        if (fs::is_symlink(path, error)) out_.links.push_back(path);
        out_.folders.push_back(path);
        fs::directory_iterator entries(path, error);
        if (error) {
            out_.failed.emplace(path, "The folder cannot be read: " + reason(error.value()) + ".");
            return;
        }
        std::vector<fs::directory_entry> list;
        for (; entries != fs::directory_iterator(); entries.increment(error)) {
            if (error) break;
            if (!entries->path().filename().native().starts_with('.')) list.push_back(*entries);
        }
        if (error) out_.failed.emplace(path, "The folder cannot be read to its end: " + reason(error.value()) + ".");
        std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.path() < b.path(); });
        for (const auto& entry : list) {
            const auto& name = entry.path();
            const bool link = entry.is_symlink(error);
            if (!link && entry.is_regular_file(error)) {  // Known from the folder alone.
                if (isWorkspaceName(name.filename().native())) plainFile(name, real / name.filename());
                continue;
            }
            const auto status = fs::status(name, error);
            if (fs::is_directory(status)) {
                folder(name, depth + 1);
            } else if (isWorkspaceName(name.filename().native()) && (fs::is_regular_file(status) || !fs::exists(status))) {
                file(name);  // A dangling link is listed as unreadable rather than passed over.
            }
        }
    }

  private:
    void plainFile(const fs::path& path, const fs::path& real) {
        if (seen_.insert(real.native()).second) out_.files.push_back(path);
    }

    Found& out_;
    std::unordered_set<std::string> seen_;
};

bool writeAll(int fd, std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(fd, text.data(), text.size());
        if (written < 0) {
            if (errno == EINTR) continue;
            return false;
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

bool isWorkspaceName(std::string_view name) {
    if (name.starts_with('.')) return false;
    const auto dot = name.rfind('.');
    std::string extension(dot == std::string_view::npos ? std::string_view{} : name.substr(dot));
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return extension == ".yaml" || extension == ".yml" || extension == ".json";
}

std::string reason(int error) {
    return std::generic_category().message(error);
}

Look look(const fs::path& path) {
    Look result;
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) {
        const int error = errno;
        const bool missing = error == ENOENT || error == ENOTDIR;
        result.presence = missing ? Presence::Missing : Presence::Unreadable;
        if (!missing) result.error = "The file cannot be looked at: " + reason(error) + ".";
        return result;
    }
    if (!S_ISREG(info.st_mode)) {
        result.presence = Presence::Unreadable;
        result.error = "This is no regular file.";
        return result;
    }
    result.presence = Presence::File;
    result.signature = {nanos(info.st_mtim), nanos(info.st_ctim), static_cast<std::uint64_t>(info.st_size),
                        static_cast<std::uint64_t>(info.st_ino)};
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    result.fresh = nanos(now) - result.signature.changedNanos < kFreshNanos;
    return result;
}

Result<std::shared_ptr<const std::string>> readFile(const fs::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file) return fail("unreadable", "The file cannot be read: " + reason(errno) + ".");
    struct stat info {};
    if (::fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode))
        return fail("unreadable", "This is no regular file.");
    if (static_cast<std::uint64_t>(info.st_size) > kMaxFile)
        return fail("unreadable", "The file is larger than 64 MiB.");
    auto text = std::make_shared<std::string>();
    text->resize(static_cast<std::size_t>(info.st_size));
    std::size_t size = 0;
    while (true) {
        if (size == text->size()) text->resize(size + 65536);
        const auto count = ::read(file.get(), text->data() + size, text->size() - size);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return fail("unreadable", "The file cannot be read: " + reason(errno) + ".");
        if (count == 0) break;
        size += static_cast<std::size_t>(count);
        if (size > kMaxFile) return fail("unreadable", "The file is larger than 64 MiB.");
    }
    text->resize(size);
    return std::shared_ptr<const std::string>(std::move(text));
}

Result<void> writeAtomically(const fs::path& path, std::string_view text) {
    std::error_code error;
    auto target = path;
    if (fs::is_symlink(path, error)) {
        const auto real = fs::weakly_canonical(path, error);
        if (error) return fail("unwritable", path.string() + " is a link that leads nowhere.");
        target = real;
    }
    const auto folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
    fs::create_directories(folder, error);
    if (error)
        return fail("unwritable", "The folder " + folder.string() + " cannot be made: " + reason(error.value()) + ".");
    struct stat old {};
    const bool exists = ::stat(target.c_str(), &old) == 0;
    if (exists && ::access(target.c_str(), W_OK) != 0)
        return fail("unwritable", target.string() + " cannot be written: " + reason(errno) + ".");
    std::string temporary = (folder / ("." + target.filename().string() + ".gatehouse-XXXXXX")).string();
    Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!file) return fail("unwritable", target.string() + " cannot be written: " + reason(errno) + ".");
    const auto giveUp = [&](int cause) -> Result<void> {
        ::unlink(temporary.c_str());
        const auto full = cause == ENOSPC || cause == EDQUOT;
        return fail(full ? "disk-full" : "unwritable",
                    target.string() + " cannot be written: " + reason(cause) + ". The file on disk is as it was.");
    };
    if (exists) {
        // The owner is kept where the system lets us; the mode always. chown first: it may clear bits of the mode.
        if (old.st_uid != ::geteuid() || old.st_gid != ::getegid()) [[maybe_unused]]
            const int ignored = ::fchown(file.get(), old.st_uid, old.st_gid);
        if (::fchmod(file.get(), old.st_mode & 07777) != 0) return giveUp(errno);
    } else {
        const auto mask = ::umask(0);
        ::umask(mask);
        if (::fchmod(file.get(), 0666 & ~mask) != 0) return giveUp(errno);
    }
    if (!writeAll(file.get(), text)) return giveUp(errno);
    if (::fsync(file.get()) != 0) return giveUp(errno);
    if (::close(file.release()) != 0) return giveUp(errno);
    if (::rename(temporary.c_str(), target.c_str()) != 0) return giveUp(errno);
    const Descriptor parent(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (parent)
        ::fsync(parent.get());  // The rename itself survives a power cut; where it cannot be synced, the text still is.
    return {};
}

Found find(const std::vector<fs::path>& paths) {
    Found found;
    Walk walk(found);
    for (const auto& path : paths) {
        std::error_code error;
        const auto absolute = fs::absolute(path, error).lexically_normal();
        const auto status = fs::status(absolute, error);
        if (fs::is_directory(status)) {
            walk.folder(absolute, 0);
        } else if (!fs::exists(status)) {
            found.failed.emplace(absolute, error ? "It cannot be opened: " + reason(error.value()) + "."
                                                 : "There is no such file or folder.");
        } else {
            walk.file(absolute);
        }
    }
    std::sort(found.files.begin(), found.files.end());
    return found;
}

}  // namespace gatehouse::config::disk
