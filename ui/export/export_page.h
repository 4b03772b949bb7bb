// ExportPage: the workspace as files for GitOps: choose a target, see each file and how it differs from the folder, read what was
// left out and why, write. Thread: GUI.
#pragma once

#include "gitops/export.h"
#include "widgets/view.h"

#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QSplitter;
class QStackedLayout;
class QStandardItemModel;
class QTreeView;

namespace gatehouse::ui {

class Card;
class DiffPane;
class EmptyState;
class SegmentedControl;
class StatusChip;

class ExportPage : public View {
    Q_OBJECT
  public:
    ExportPage(ViewContext& context, QWidget* parent);

    QString title() const override;
    void setActive(bool active) override;
    /// `target`: a config object's id; its file is shown.
    void openTarget(const QString& target) override;
    void setFolder(const QString& folder);

  protected:
    void retranslate() override;

  private:
    void buildControls();
    void buildPanes();
    void refresh();
    void suggestTarget();
    void compare();
    void fillTree();
    void fillNotes();
    void showNote();
    void showFile();
    void showSummary();
    void chooseFolder();
    void write();
    void openNote(const QModelIndex& index);
    const gitops::FileDiff* currentFile() const;

    QComboBox* target_ = nullptr;
    QPushButton* choose_ = nullptr;
    QPushButton* write_ = nullptr;
    QLabel* folderLabel_ = nullptr;
    StatusChip* summary_ = nullptr;
    QStackedLayout* pages_ = nullptr;
    EmptyState* empty_ = nullptr;
    Card* filesCard_ = nullptr;
    QTreeView* tree_ = nullptr;
    QStandardItemModel* files_ = nullptr;
    Card* fileCard_ = nullptr;
    SegmentedControl* mode_ = nullptr;
    DiffPane* pane_ = nullptr;
    Card* notesCard_ = nullptr;
    QTreeView* notesView_ = nullptr;
    QLabel* noteSentence_ = nullptr;  ///< The chosen note in full: its row may show a part of it.
    QStandardItemModel* notes_ = nullptr;

    gitops::ExportResult result_;
    std::vector<gitops::FileDiff> diffs_;
    QString folder_;
    QString shownPath_;
    bool exported_ = false;
    bool targetChosen_ = false;  ///< By the person; until then the first target that refuses nothing is suggested.
};

}  // namespace gatehouse::ui
