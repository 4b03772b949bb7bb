#include "shell/pane_cycle.h"

#include <QApplication>
#include <QWidget>

#include <algorithm>

namespace gatehouse::ui {
namespace {

bool takesFocus(const QWidget* widget) { return widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus); }

bool focusPane(const Pane& pane) {
    if (pane.focus) {
        pane.focus();
        return true;
    }
    for (QWidget* child = pane.widget->nextInFocusChain(); child && child != pane.widget; child = child->nextInFocusChain()) {
        if (!pane.widget->isAncestorOf(child) || !takesFocus(child)) continue;
        child->setFocus(Qt::TabFocusReason);
        return true;
    }
    return false;
}

}  // namespace

void cyclePanes(std::vector<Pane> panes, int direction) {
    std::erase_if(panes, [](const Pane& pane) { return pane.widget->isHidden(); });
    const int count = int(panes.size());
    if (count == 0) return;
    QWidget* focused = QApplication::focusWidget();
    const auto at = std::find_if(panes.begin(), panes.end(), [&](const Pane& pane) { return focused && (pane.widget == focused || pane.widget->isAncestorOf(focused)); });
    int next = at == panes.end() ? 0 : (int(at - panes.begin()) + direction + count) % count;
    for (int tries = 0; tries < count && !focusPane(panes[std::size_t(next)]); ++tries) next = (next + direction + count) % count;
}

}  // namespace gatehouse::ui
