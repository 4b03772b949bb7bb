// The inside of Workspace, shared by the workspace_*.cpp files. Thread: as Workspace.
#pragma once

#include "config/disk.h"
#include "config/journal.h"
#include "config/reader.h"
#include "config/workspace.h"

namespace gatehouse::config {

/// One file as it is open here.
struct OpenFile {
    std::filesystem::path path;
    std::shared_ptr<const std::string>
        text;  ///< Null: it does not exist here (an edit removed it, or it is unreadable).
    std::shared_ptr<const std::string> saved;   ///< As last seen or written on disk; null: not there.
    std::shared_ptr<const std::string> theirs;  ///< Conflicted: what stands on disk now.
    disk::Signature signature;
    bool fresh = false;  ///< The signature may hide a later write; compare contents.
    FileState state = FileState::Clean;
    std::string error;

    bool edited() const {
        if ((text == nullptr) != (saved == nullptr)) return state != FileState::Unreadable;
        return text != nullptr && text != saved && *text != *saved;
    }
};

struct Workspace::State {
    std::filesystem::path root;
    std::vector<std::filesystem::path> paths;
    Options options;
    std::map<std::string, OpenFile> files;
    std::map<std::string, std::string> unreadableFolders;
    std::shared_ptr<Journal> journal;  ///< Null for the scratch copies that combine() edits.
    std::vector<RecoveredFile> recovered;
    std::map<std::string, bool> recoveredRemoval;
    mutable Reader reader;
    mutable std::shared_ptr<const ObjectSet> objects;
    mutable std::uint64_t revision = 0;

    std::string nameOf(const std::filesystem::path& path) const;
    /// Reads a file from disk anew, dropping what was here.
    void load(const std::string& name, OpenFile& file);
    void afterChange(const std::string& name, OpenFile& file);
    void invalidate() { objects.reset(); }
    Result<void> write(const std::string& name);

    Result<const Object*> find(const ObjectKey& key) const;
    std::string textOf(const std::string& file) const;
    /// The edit that gives `file` the text `after`.
    Edit change(std::string name, const std::string& file, std::optional<std::string> after) const;
};

}  // namespace gatehouse::config
