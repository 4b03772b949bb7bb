// CheatSheet: "?": every shortcut by category, read from the one registry of actions. Thread: GUI.
#pragma once

#include "shell/sheet.h"

class QScrollArea;

namespace gatehouse::ui {

class ActionRegistry;

class CheatSheet : public Sheet {
    Q_OBJECT
  public:
    CheatSheet(Theme& theme, ActionRegistry& actions, QWidget* over);
    void present();

  private:
    ActionRegistry& actions_;
    QScrollArea* scroll_ = nullptr;
};

}  // namespace gatehouse::ui
