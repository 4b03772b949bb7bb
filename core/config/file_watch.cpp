#include "config/file_watch.h"

#include "config/disk.h"

#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace gatehouse::config {
namespace fs = std::filesystem;
namespace {

constexpr std::uint32_t kEvents = IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ATTRIB |
                                  IN_DELETE_SELF | IN_MOVE_SELF;
constexpr FileWatch::Millis kLook{200};
constexpr FileWatch::Millis kSafetyLook{2'000};
/// A look may take this share of the time.
constexpr int kLooksShare = 200;

/// File systems that others change without this machine being told (statfs(2), linux/magic.h).
bool tellsAll(const fs::path& folder) {
    struct statfs info {};
    if (::statfs(folder.c_str(), &info) != 0) return false;
    constexpr std::array<std::uint32_t, 9> kRemote{0x6969,     /* NFS */ 0x517b,     /* SMB */ 0xff534d42, /* CIFS */
                                                   0xfe534d42, /* SMB2 */ 0x65735546, /* FUSE */ 0x01021997, /* 9P */
                                                   0x00c36400, /* Ceph */ 0x5346414f, /* AFS */ 0x6b414653 /* kAFS */};
    return std::find(kRemote.begin(), kRemote.end(), static_cast<std::uint32_t>(info.f_type)) == kRemote.end();
}

bool isLink(const fs::path& path) {
    struct stat info {};
    return ::lstat(path.c_str(), &info) == 0 && S_ISLNK(info.st_mode);
}

}  // namespace

FileWatch::FileWatch(std::vector<fs::path> paths)
    : paths_(std::move(paths)), descriptor_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
    watchAll();
}

FileWatch::~FileWatch() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void FileWatch::watchAll() {
    structure_ = false;
    complete_ = descriptor_ >= 0;
    if (descriptor_ < 0) return;
    const auto before = std::exchange(folders_, {});
    const auto found = disk::find(paths_);
    missing_ = !found.failed.empty();
    if (missing_) complete_ = false;
    for (const auto& folder : found.folders) watch(folder, true, {});
    std::error_code error;
    for (const auto& path : paths_) {
        const auto absolute = fs::absolute(path, error).lexically_normal();
        if (!fs::is_directory(absolute, error)) watch(absolute.parent_path(), false, absolute.filename().string());
    }
    for (const auto& link : found.links) {
        const auto target = fs::canonical(link, error);
        if (error) continue;
        watch(target.parent_path(), false, target.filename().string());
    }
    for (const auto& [number, folder] : before)
        if (!folders_.contains(number)) ::inotify_rm_watch(descriptor_, number);
}

void FileWatch::watch(const fs::path& folder, bool all, const std::string& named) {
    const int number = ::inotify_add_watch(descriptor_, folder.c_str(), kEvents);
    if (number < 0) {
        complete_ = false;
        return;
    }
    auto& known = folders_[number];
    if (known.path.empty()) known.path = folder;
    known.all = known.all || all;
    if (!named.empty()) known.named.insert(named);
    if (!tellsAll(folder)) complete_ = false;
}

void FileWatch::take(Clock::time_point now) {
    alignas(inotify_event) char buffer[16 * 1024];
    while (descriptor_ >= 0) {
        const auto size = ::read(descriptor_, buffer, sizeof buffer);
        if (size < 0 && errno == EINTR) continue;
        if (size <= 0) break;
        for (const char* at = buffer; at < buffer + size;) {
            inotify_event event{};
            std::memcpy(&event, at, sizeof event);
            // The name is padded with zeros.
            noteEvent(event.wd, event.mask, event.len > 0 ? std::string(at + sizeof event) : std::string(), now);
            at += sizeof event + event.len;
        }
    }
    for (auto entry = writing_.begin(); entry != writing_.end();) {
        const auto& [began, last] = entry->second;
        if (now - last < kWritingPause && now - began < kLongestWriting) {
            ++entry;
            continue;
        }
        entry = writing_.erase(entry);
        noteChange(now);
    }
    // Before anybody looks: what comes into a new folder after this is told.
    const bool missed = missing_;
    if (structure_ || missed) watchAll();
    if (missed && !missing_) noteChange(now);
}

void FileWatch::noteEvent(int number, std::uint32_t mask, const std::string& name, Clock::time_point now) {
    if ((mask & IN_Q_OVERFLOW) != 0) {
        structure_ = true;
        writing_.clear();
        return noteChange(now);
    }
    const auto folder = folders_.find(number);
    if (folder == folders_.end()) return;
    if ((mask & IN_IGNORED) != 0) {  // The folder is gone, and its watch with it.
        folders_.erase(folder);
        return;
    }
    if ((mask & (IN_ISDIR | IN_DELETE_SELF | IN_MOVE_SELF)) != 0) {
        // Of a folder its name, its place and its rights count; not that it was read or written in.
        structure_ = true;
        return noteChange(now);
    }
    const auto path = (folder->second.path / name).string();
    const bool counts = folder->second.named.contains(name) || (folder->second.all && disk::isWorkspaceName(name));
    if (!counts) {
        // A link of any name may stand between a file's name and its text: ConfigMap volumes swap "..data".
        if ((mask & (IN_MOVED_TO | IN_CREATE)) != 0 && isLink(path)) {
            structure_ = true;
            noteChange(now);
        }
        return;
    }
    if ((mask & (IN_MODIFY | IN_CREATE)) != 0 && (mask & IN_CLOSE_WRITE) == 0) {
        if ((mask & IN_CREATE) != 0 && isLink(path)) {
            structure_ = true;
            return noteChange(now);
        }
        writing_.try_emplace(path, Writing{now, now}).first->second.last = now;
        return;
    }
    if ((mask & IN_ATTRIB) != 0 && writing_.contains(path)) return;  // Part of the writing.
    writing_.erase(path);
    if ((mask & IN_MOVED_TO) != 0 && isLink(path)) structure_ = true;
    noteChange(now);
}

void FileWatch::noteChange(Clock::time_point now) {
    if (!first_) first_ = now;
    last_ = now;
}

std::optional<FileWatch::Clock::time_point> FileWatch::due() const {
    if (!writing_.empty()) {
        // All of one change, or nothing: another file may belong to the one that is being written.
        auto soonest = Clock::time_point::max();
        for (const auto& [path, writing] : writing_)
            soonest = std::min(soonest, std::min(writing.last + kWritingPause, writing.began + kLongestWriting));
        return soonest;
    }
    if (!first_) return std::nullopt;
    return std::min(last_ + kSettle, *first_ + kLongestSettle);
}

void FileWatch::looked() { first_.reset(); }

FileWatch::Millis FileWatch::lookEvery(Clock::duration lastLook) const {
    return std::max(complete_ ? kSafetyLook : kLook, std::chrono::duration_cast<Millis>(lastLook * kLooksShare));
}

}  // namespace gatehouse::config
