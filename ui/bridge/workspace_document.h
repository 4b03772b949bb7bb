// WorkspaceDocument: the GUI's side of a config::Workspace. Every edit is a named undo step; every change is validated and applied
// to the running gateway at once (coalesced, well under 50 ms). Views read objects() and push edits; they never touch files.
// Thread: GUI. Lifetime: the application's; the workspace inside can be replaced.
#pragma once

#include "bridge/draft_store.h"
#include "config/workspace.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>
#include <QUndoStack>

#include <filesystem>
#include <memory>
#include <vector>

namespace gatehouse::ui {

class EngineBridge;

class WorkspaceDocument : public QObject {
    Q_OBJECT
  public:
    explicit WorkspaceDocument(EngineBridge& engine, QObject* parent = nullptr);

    /// Opens folders or files in place of what is open; the error sentence when nothing could be opened.
    Result<void> open(const std::vector<std::filesystem::path>& paths, bool readOnly);
    bool isOpen() const { return workspace_ != nullptr; }
    bool isReadOnly() const { return readOnly_; }
    bool isDemo() const { return isDemo_; }  ///< The demo's throw-away folder.
    QString displayName() const;
    /// What was opened; empty before.
    const std::vector<std::filesystem::path>& paths() const { return paths_; }

    config::Workspace& workspace() { return *workspace_; }
    std::shared_ptr<const config::ObjectSet> objects() const;
    QUndoStack& undoStack() { return undo_; }
    /// Typed texts that are no edits yet.
    DraftStore& drafts() { return drafts_; }
    /// "HTTPRoute default/chat", or the file's name.
    QString draftName(const std::string& id) const;
    /// What the workspace has where the draft would go; an error when the object or file is gone.
    Result<std::string> textBehindDraft(const std::string& id) const;

    /// The namespaces of the objects, "default" first. Views list what shows() allows; everything is still served, checked and saved.
    QStringList namespaces() const;
    QString shownNamespace() const { return shownNamespace_; }  ///< Empty = all.
    void showNamespace(const QString& name);
    /// True for what has no namespace, and for all while none is chosen.
    bool shows(const std::string& ns) const { return shownNamespace_.isEmpty() || ns.empty() || shownNamespace_.toStdString() == ns; }

    /// Pushes an edit as an undo step named edit.name (merging with the last when mergeKey is equal). An error result is shown
    /// by the caller in its MessageBar; nothing has changed then.
    Result<void> push(Result<config::Edit> edit);

    // Shorthands that prepare and push.
    Result<void> setField(const config::ObjectKey& object, const QString& path, const QString& value, text::yaml::Type type,
                          const QString& name, const QString& mergeKey = {});
    Result<void> setFragment(const config::ObjectKey& object, const QString& path, const QString& yaml, const QString& name);
    Result<void> removeField(const config::ObjectKey& object, const QString& path, const QString& name);

    bool modified() const;
    int unsavedFiles() const;
    Result<void> save();
    /// Files with unsaved edits that changed on disk, or went away from it: each waits for resolveConflict().
    QStringList conflictedFiles() const;

    /// Hands objects() to the engine now (after it was started late, or again after a retry).
    void applyNow();
    /// Looks at the disk now; the timer does so twice a second.
    void refreshNow();
    /// Settles a conflicted file; with keepMine the next save overwrites what is on disk.
    Result<void> resolveConflict(const QString& file, bool keepMine);
    /// Takes over what a crash left behind, edits as undo steps and drafts as drafts; or throws it away.
    Result<void> recover(const std::vector<config::RecoveredFile>& files);
    void discardRecovered();
    /// Takes every unsaved edit back to what is on disk and drops all drafts, so that nothing is offered for recovery later; clears the undo stack.
    void discardEdits();

  signals:
    void opened();                              ///< Another workspace.
    void changed();                             ///< objects() is a new value (edit, undo, change from outside).
    void savedStateChanged();
    void namespaceChanged();                    ///< shows() answers anew; the objects are the same.
    void filesChangedOutside(const QStringList& reloaded, const QStringList& conflicted, const QStringList& removed);
    void recoveredFound(const QStringList& files);  ///< An earlier run left unsaved edits or drafts; offer them.
    void stepRefused(const QString& sentence);      ///< An undo or redo could not be done; nothing has changed.

  private:
    class EditCommand;
    void publish();
    bool perform(const config::Edit& edit);
    void forgetStepsOn(const std::vector<std::string>& files);

    EngineBridge& engine_;
    std::unique_ptr<config::Workspace> workspace_;
    std::vector<std::filesystem::path> paths_;
    bool readOnly_ = false;
    bool isDemo_ = false;
    QString shownNamespace_;
    DraftStore drafts_;
    QUndoStack undo_;
    QTimer refreshTimer_;
    QTimer applyTimer_;
};

}  // namespace gatehouse::ui
