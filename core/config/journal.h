// Journal: the unsaved texts of a workspace, one small file each, so that a crash loses no edit. The journal of a
// process that still runs is never offered: it holds a lock on the folder's lock file as long as it lives. Thread: the
// workspace's owner. Lifetime: as the workspace.
#pragma once

#include "base/result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::config {

class Journal {
  public:
    struct Entry {
        std::string file;                 ///< Relative to the workspace's root.
        std::optional<std::string> text;  ///< Empty: the file was removed.
        std::filesystem::path path;       ///< The journal file itself.
    };

    Journal() = default;
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    /// Starts journalling for `root` in `directory` and collects what dead processes left for it.
    void open(const std::filesystem::path& directory, const std::filesystem::path& root);
    bool enabled() const { return !directory_.empty(); }

    /// Keeps the unsaved text of a file; replaces what was kept for it. Failures are logged: they must not stop an
    /// edit.
    void keep(const std::string& file, const std::optional<std::string>& text);
    /// The file is as on disk again.
    void drop(const std::string& file);

    const std::vector<Entry>& left() const { return left_; }
    /// Forgets what dead processes left: in memory and on disk.
    void discardLeft();

  private:
    std::filesystem::path pathOf(const std::string& file) const;
    void collect();

    std::filesystem::path directory_;
    std::filesystem::path root_;
    std::vector<Entry> left_;
    int lock_ = -1;
    bool owner_ = false;  ///< Holds the lock: the only live process on this root.
};

}  // namespace gatehouse::config
