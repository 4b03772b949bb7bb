// ShortcutSheet: every action with its keys, to be given others. Keys that another action has are not taken from it without being asked for.
// Thread: GUI.
#pragma once

#include "shell/sheet.h"

#include <QKeySequence>
#include <QPointer>

class QAction;
class QKeySequenceEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace gatehouse::ui {

class ActionRegistry;
class FilterEdit;

class ShortcutSheet : public Sheet {
    Q_OBJECT
  public:
    ShortcutSheet(Theme& theme, ActionRegistry& actions, QWidget* over);
    void present();
    void retranslate();

  protected:
    void applyTheme() override;

  private:
    void fill();
    void narrow();
    void showCurrent();
    void take(const QKeySequence& keys);
    void say(const QString& sentence, Token token);
    QAction* current() const;

    ActionRegistry& actions_;
    FilterEdit* filter_;
    QTreeWidget* list_;
    QLabel* name_;
    QKeySequenceEdit* keys_;
    QPushButton* clear_;
    QPushButton* reset_;
    QPushButton* resetAll_;
    QPushButton* takeOver_;
    QLabel* sentence_;
    QKeySequence wanted_;  ///< Asked for, but another action's.
    QPointer<QAction> holder_;
};

}  // namespace gatehouse::ui
