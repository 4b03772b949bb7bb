// F6 and Shift+F6: the keyboard goes from pane to pane. Thread: GUI.
#pragma once

#include <functional>
#include <vector>

class QWidget;

namespace gatehouse::ui {

struct Pane {
    QWidget* widget;
    std::function<void()> focus = {};  ///< Puts the keyboard where it belongs in the pane; empty = its first widget in the order of Tab.
};

/// Moves the keyboard to the next (1) or previous (-1) pane that is shown and takes it.
void cyclePanes(std::vector<Pane> panes, int direction);

}  // namespace gatehouse::ui
