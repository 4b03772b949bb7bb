#include "widgets/action_registry.h"

#include <QSettings>
#include <QWidget>

#include <algorithm>
#include <utility>

namespace gatehouse::ui {

namespace {
constexpr char kCategory[] = "gatehouseCategory";
constexpr char kDefaults[] = "gatehouseShortcuts";

QString settingOf(const QAction* action) { return QStringLiteral("shortcuts/") + action->objectName(); }

/// Both may be meant by the same keys: one of them works everywhere in the window, or both belong to the same view.
bool meet(const QAction* one, const QAction* other) {
    return one->shortcutContext() == Qt::WindowShortcut || other->shortcutContext() == Qt::WindowShortcut || one->parent() == other->parent();
}

/// Also where the one sequence begins the other: Qt would wait for the rest.
bool overlap(const QKeySequence& one, const QKeySequence& other) {
    return one.matches(other) != QKeySequence::NoMatch || other.matches(one) != QKeySequence::NoMatch;
}
}

ActionRegistry::ActionRegistry(QObject* parent) : QObject(parent) {}

QAction* ActionRegistry::add(QObject* owner, const QString& id, const QString& category, const QString& text,
                             const QKeySequence& shortcut, std::function<void()> run) {
    auto* action = new QAction(text, owner);
    action->setObjectName(id);
    action->setProperty(kCategory, category);
    setDefaultShortcuts(action, shortcut.isEmpty() ? QList<QKeySequence>{} : QList<QKeySequence>{shortcut});
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

void ActionRegistry::setDefaultShortcuts(QAction* action, const QList<QKeySequence>& shortcuts) {
    action->setProperty(kDefaults, QVariant::fromValue(shortcuts));
    const auto chosen = QSettings().value(settingOf(action));
    if (!chosen.isValid()) action->setShortcuts(shortcuts);
    else action->setShortcut(QKeySequence(chosen.toString(), QKeySequence::PortableText));
}

QList<QKeySequence> ActionRegistry::defaultShortcuts(const QAction* action) { return action->property(kDefaults).value<QList<QKeySequence>>(); }

bool ActionRegistry::isRebound(const QAction* action) { return action->shortcuts() != defaultShortcuts(action); }

QString ActionRegistry::withKeys(const QString& text, const QString& id) const {
    const auto* action = find(id);
    const auto keys = action ? action->shortcut().toString(QKeySequence::NativeText) : QString();
    return keys.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, keys);
}

QAction* ActionRegistry::holderOf(const QKeySequence& keys, const QAction* except) const {
    if (keys.isEmpty()) return nullptr;
    for (const auto& action : actions_) {
        if (!action || action == except || !meet(action, except)) continue;
        const auto held = action->shortcuts();
        if (std::any_of(held.begin(), held.end(), [&](const QKeySequence& one) { return overlap(one, keys); })) return action;
    }
    return nullptr;
}

void ActionRegistry::rebind(QAction* action, const QKeySequence& keys) {
    const QList<QKeySequence> wanted = keys.isEmpty() ? QList<QKeySequence>{} : QList<QKeySequence>{keys};
    if (wanted == defaultShortcuts(action)) return resetShortcut(action);
    QSettings().setValue(settingOf(action), keys.toString(QKeySequence::PortableText));
    action->setShortcuts(wanted);
    emit shortcutsChanged();
}

void ActionRegistry::resetShortcut(QAction* action) {
    QSettings().remove(settingOf(action));
    action->setShortcuts(defaultShortcuts(action));
    emit shortcutsChanged();
}

void ActionRegistry::resetAllShortcuts() {
    QSettings().remove(QStringLiteral("shortcuts"));
    for (const auto& action : actions_)
        if (action) action->setShortcuts(defaultShortcuts(action));
    emit shortcutsChanged();
}

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
