// RecoveredSheet: the edits that an earlier run left unsaved and the texts it left unreadable, as differences to what is on disk; takes them over
// as undo steps and as drafts, or throws them away.
// Closing it decides nothing: the question comes again at the next start. Thread: GUI.
#pragma once

#include "config/workspace.h"
#include "shell/sheet.h"

#include <vector>

class QLabel;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace gatehouse::ui {

class Dialogs;
class WorkspaceDocument;

class RecoveredSheet : public Sheet {
    Q_OBJECT
  public:
    RecoveredSheet(Theme& theme, WorkspaceDocument& document, Dialogs& dialogs, QWidget* over);
    void offer();
    void retranslate();

  signals:
    void failed(const QString& sentence);
    /// These are drafts again, by object id or "file:" and the file's name.
    void draftsTaken(const QStringList& ids);

  protected:
    void applyTheme() override;

  private:
    void showFile(int row);

    WorkspaceDocument& document_;
    Dialogs& dialogs_;
    struct Row {
        QString label, before, after;
    };
    void takeOver();

    std::vector<config::RecoveredFile> files_;
    std::vector<Row> rows_;
    QListWidget* list_;
    QPlainTextEdit* diff_;
    QPushButton* discard_;
    QPushButton* later_;
    QPushButton* recover_;
};

}  // namespace gatehouse::ui
