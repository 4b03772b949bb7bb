#include "widgets/action_registry.h"

#include <QWidget>

#include <algorithm>
#include <utility>

namespace gatehouse::ui {

namespace {
constexpr char kCategory[] = "gatehouseCategory";
}

ActionRegistry::ActionRegistry(QObject* parent) : QObject(parent) {}

QAction* ActionRegistry::add(QObject* owner, const QString& id, const QString& category, const QString& text,
                             const QKeySequence& shortcut, std::function<void()> run) {
    auto* action = new QAction(text, owner);
    action->setObjectName(id);
    action->setProperty(kCategory, category);
    if (!shortcut.isEmpty()) action->setShortcut(shortcut);
    if (auto* widget = qobject_cast<QWidget*>(owner)) {
        // A shortcut of a view works only while the view is the one shown.
        action->setShortcutContext(widget->isWindow() ? Qt::WindowShortcut : Qt::WidgetWithChildrenShortcut);
        widget->addAction(action);
    }
    connect(action, &QAction::triggered, this, [run = std::move(run)] {
        if (run) run();
    });
    actions_.emplace_back(action);
    return action;
}

QAction* ActionRegistry::find(const QString& id) const {
    for (const auto& action : actions_) {
        if (action && action->objectName() == id) return action;
    }
    return nullptr;
}

std::vector<QAction*> ActionRegistry::all() const {
    std::vector<QAction*> alive;
    for (const auto& action : actions_) {
        if (action) alive.push_back(action);
    }
    return alive;
}

QString ActionRegistry::categoryOf(const QAction* action) { return action->property(kCategory).toString(); }

void ActionRegistry::setCategory(QAction* action, const QString& category) { action->setProperty(kCategory, category); }

void ActionRegistry::setDisabledReason(QAction* action, const QString& reason) {
    action->setEnabled(reason.isEmpty());
    action->setToolTip(reason.isEmpty() ? action->text() : reason);
    action->setProperty("gatehouseReason", reason);
}

QString ActionRegistry::disabledReason(const QAction* action) { return action->property("gatehouseReason").toString(); }

void ActionRegistry::addSource(QObject* owner, Source source) { sources_.emplace_back(owner, std::move(source)); }

std::vector<ActionRegistry::Entry> ActionRegistry::entries() const {
    std::vector<Entry> all;
    for (const auto& [owner, source] : sources_) {
        if (!owner) continue;
        auto some = source();
        std::move(some.begin(), some.end(), std::back_inserter(all));
    }
    return all;
}

}  // namespace gatehouse::ui
