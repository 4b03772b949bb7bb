// Workspace: folders and files of multi-document YAML as editable text. The text is the truth. Edits splice bytes;
// saving is atomic; a journal survives a crash; changes from outside are noticed and never overwrite unsaved edits.
// Thread: one owner (the GUI thread, or the control thread of a headless run). Lifetime: as its owner.
#pragma once

#include "config/object.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::config {

/// A change of the workspace's text, as a value that can be undone: whole before/after texts of the files it touched.
struct Edit {
    struct FileChange {
        std::string file;                   ///< Path relative to the root.
        std::optional<std::string> before;  ///< Empty optional: the file did not exist.
        std::optional<std::string> after;   ///< Empty optional: the file is removed.
    };
    std::string name;      ///< "Set weight of canary to 10", shown in the undo history.
    std::string mergeKey;  ///< Consecutive edits with the same non-empty key become one undo step.
    std::vector<FileChange> changes;
};

enum class FileState {
    Clean,       ///< As on disk.
    Modified,    ///< Unsaved edits.
    Conflicted,  ///< Unsaved edits, and the file changed on disk too.
    Deleted,     ///< Gone on disk while open here.
    Unreadable,
};

struct FileInfo {
    std::string file;
    FileState state = FileState::Clean;
    std::string error;  ///< Sentence for Unreadable.
};

/// What a crash left behind: edits of a file that were never saved.
struct RecoveredFile {
    std::string file;
    std::string onDisk;
    std::string unsaved;
};

struct RefreshReport {
    std::vector<std::string> reloaded;    ///< Changed on disk, had no edits: taken over.
    std::vector<std::string> conflicted;  ///< Changed on disk, has unsaved edits: both kept.
    std::vector<std::string> removed;
    bool changed() const { return !reloaded.empty() || !conflicted.empty() || !removed.empty(); }
};

class Workspace {
  public:
    struct Options {
        std::filesystem::path journalDirectory;  ///< Empty: no journal.
        bool readOnly = false;
    };

    Workspace();
    ~Workspace();
    Workspace(Workspace&&) noexcept;
    Workspace& operator=(Workspace&&) noexcept;

    /// Opens every *.yaml, *.yml and *.json below the given files and folders (hidden ones and symlink loops left out).
    /// An unreadable file or folder is listed, not fatal; an error means nothing at all could be opened.
    static Result<Workspace> open(const std::vector<std::filesystem::path>& paths, Options options);
    static Result<Workspace> open(const std::vector<std::filesystem::path>& paths);

    const std::filesystem::path& root() const;
    std::vector<FileInfo> files() const;
    Result<std::string> text(const std::string& file) const;
    bool modified() const;

    /// The current reading. A new value after every change, the same pointer otherwise.
    std::shared_ptr<const ObjectSet> objects() const;

    // Edits prepared as values; nothing changes until apply().
    Result<Edit> setField(const ObjectKey& object, const FieldPath& path, std::string_view value,
                          text::yaml::Type type) const;
    Result<Edit> setFragment(const ObjectKey& object, const FieldPath& path, std::string_view yaml) const;
    Result<Edit> removeField(const ObjectKey& object, const FieldPath& path) const;
    Result<Edit> moveItem(const ObjectKey& object, const FieldPath& path, std::size_t from, std::size_t to) const;
    Result<Edit> replaceText(const std::string& file, std::string_view text) const;
    Result<Edit> replaceObject(const ObjectKey& object, std::string_view yaml) const;
    Result<Edit> addObject(const std::string& file, std::string_view yaml) const;
    Result<Edit> removeObject(const ObjectKey& object) const;
    /// The edit that mends a diagnostic; an error where it carries no fix.
    Result<Edit> fix(const Diagnostic& diagnostic) const;
    /// Several edits as one, applied in order (each prepared on the text that the former leaves).
    using Step = std::function<Result<Edit>(const Workspace&)>;
    Result<Edit> combine(std::string name, const std::vector<Step>& steps) const;

    /// Takes an edit over into the texts. Refused when `before` no longer is the current text.
    Result<void> apply(const Edit& edit);
    /// The edit that takes `edit` back.
    static Edit inverse(const Edit& edit);

    /// The text of one object as written in its file, comments included.
    Result<std::string> objectText(const ObjectKey& object) const;

    /// Writes every modified file atomically (temporary file, fsync, rename; mode kept). On an error (disk full, no
    /// permission) that file keeps its edits and the old file on disk stays whole. A conflicted file is refused.
    Result<void> save();
    Result<void> saveFile(const std::string& file);
    /// For a conflicted file: keep mine (next save overwrites) or take the disk's text.
    Result<void> resolveConflict(const std::string& file, bool keepMine);

    /// Looks at the disk again (cheap: times and sizes first).
    RefreshReport refresh();

    /// Unsaved edits that an earlier process left in the journal and that differ from the disk.
    std::vector<RecoveredFile> recovered() const;
    Result<Edit> recoverEdit(const RecoveredFile& file) const;
    void discardRecovered();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Reads objects from texts without a Workspace (tests, explain on stdin).
std::shared_ptr<const ObjectSet> readObjects(const std::map<std::string, std::string>& fileTexts);

}  // namespace gatehouse::config
