// BottomDrawer: what opens from the status bar above it: the problems, with places and fixes, and the history of edits. Thread: GUI.
#pragma once

#include "shell/problems_model.h"

#include <QFrame>

class QListView;
class QPushButton;
class QStackedWidget;
class QTableView;
class QToolButton;
class QUndoStack;
class QUndoView;

namespace gatehouse::ui {

class EmptyState;
class SegmentedControl;

class BottomDrawer : public QFrame {
    Q_OBJECT
  public:
    BottomDrawer(Theme& theme, QUndoStack& undo, QWidget* parent = nullptr);

    ProblemsModel& problems() { return *model_; }
    void showProblems();
    void showHistory();
    QString page() const;
    void retranslate();
    void focusContent();
    QSize sizeHint() const override;

  signals:
    void problemChosen(const gatehouse::config::Diagnostic& problem);
    void fixChosen(const gatehouse::config::Diagnostic& problem);
    void closed();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void refreshPage();
    void refreshFix();

    Theme& theme_;
    ProblemsModel* model_;
    SegmentedControl* pages_;
    QStackedWidget* stack_;
    QTableView* table_;
    EmptyState* noProblems_;
    QUndoView* history_;
    QPushButton* fix_;
    QToolButton* close_;
};

}  // namespace gatehouse::ui
