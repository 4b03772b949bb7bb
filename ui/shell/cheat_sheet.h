// CheatSheet: "?": every shortcut by category, read from the one registry of actions. Thread: GUI.
#pragma once

#include "shell/sheet.h"

class QPushButton;
class QScrollArea;

namespace gatehouse::ui {

class ActionRegistry;

class CheatSheet : public Sheet {
    Q_OBJECT
  public:
    CheatSheet(Theme& theme, ActionRegistry& actions, QWidget* over);
    void present();

  signals:
    void changeWanted();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    ActionRegistry& actions_;
    QScrollArea* scroll_ = nullptr;
    QPushButton* change_;
};

}  // namespace gatehouse::ui
