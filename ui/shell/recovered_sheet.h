// RecoveredSheet: the edits that a crash left unsaved, as differences to what is on disk; takes them over as undo steps or throws them away.
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

  protected:
    void applyTheme() override;

  private:
    void showFile(int row);

    WorkspaceDocument& document_;
    Dialogs& dialogs_;
    std::vector<config::RecoveredFile> files_;
    QListWidget* list_;
    QPlainTextEdit* diff_;
    QPushButton* discard_;
    QPushButton* later_;
    QPushButton* recover_;
};

}  // namespace gatehouse::ui
