// FileWatch: says when the files of a workspace have changed, as soon as whoever writes them is done, without looking all
// the time. Built on inotify: a file that was closed after writing or moved into place counts at once, one that is still
// being written is waited for. Symbolic links are followed: the swap of a link (ConfigMap volumes) counts, too.
// Where the system gives no watch, or sees not every change (network file systems), lookEvery() says how often to look.
// Thread: one owner. Lifetime: as its owner.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gatehouse::config {

class FileWatch {
  public:
    using Clock = std::chrono::steady_clock;
    using Millis = std::chrono::milliseconds;

    /// The same paths as Workspace::open().
    explicit FileWatch(std::vector<std::filesystem::path> paths);
    ~FileWatch();
    FileWatch(const FileWatch&) = delete;
    FileWatch& operator=(const FileWatch&) = delete;

    /// Readable when something happened; -1 where there are no watches at all.
    int descriptor() const { return descriptor_; }
    /// Takes what happened since the last call. To be called when the descriptor is readable and when due() has come.
    void take(Clock::time_point now);
    /// When the files should be looked at; nothing: no change is known of.
    std::optional<Clock::time_point> due() const;
    /// They are being looked at now.
    void looked();
    /// Files that somebody has open and writes to: looking now would see the half of it.
    bool beingWritten() const { return !writing_.empty(); }
    /// How long to wait at most between two looks when nothing is told. `lastLook`: how long the last one took; looking all
    /// the time must not become work in itself.
    Millis lookEvery(Clock::duration lastLook) const;
    /// Every folder is watched, and its file system tells of every change.
    bool complete() const { return complete_; }

    /// What belongs together often comes in several events; so long after the last one it counts as done...
    static constexpr Millis kSettle{2};
    /// ...but never longer than this after the first.
    static constexpr Millis kLongestSettle{20};
    /// A file that was written to and not closed counts as done after this time without a further write...
    static constexpr Millis kWritingPause{200};
    /// ...and in any case after this.
    static constexpr Millis kLongestWriting{2'000};

  private:
    struct Writing {
        Clock::time_point began;
        Clock::time_point last;
    };
    struct Folder {
        std::filesystem::path path;
        bool all = false;              ///< Every YAML file in it counts...
        std::set<std::string> named;   ///< ...and these, whatever their name.
    };

    void watchAll();
    void watch(const std::filesystem::path& folder, bool all, const std::string& named);
    void noteEvent(int watch, std::uint32_t mask, const std::string& name, Clock::time_point now);
    void noteChange(Clock::time_point now);

    const std::vector<std::filesystem::path> paths_;
    int descriptor_ = -1;
    bool complete_ = false;
    bool structure_ = false;  ///< Folders or links changed: watches have to be made anew.
    bool missing_ = false;    ///< Something of `paths_` could not be read, and so not be watched.
    std::map<int, Folder> folders_;
    std::map<std::string, Writing> writing_;
    std::optional<Clock::time_point> first_;
    Clock::time_point last_{};
};

}  // namespace gatehouse::config
