// ActionRegistry: the one list of actions that feeds menus, shortcuts and the command palette (Ctrl+K). Thread: GUI.
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QObject>
#include <QPointer>
#include <QString>

#include <functional>
#include <vector>

namespace gatehouse::ui {

class ActionRegistry : public QObject {
    Q_OBJECT
  public:
    explicit ActionRegistry(QObject* parent = nullptr);

    /// Makes an action owned by `owner`. `id` is stable ("view.dashboard"); `category` and `text` are translated.
    QAction* add(QObject* owner, const QString& id, const QString& category, const QString& text,
                 const QKeySequence& shortcut, std::function<void()> run);
    QAction* find(const QString& id) const;
    std::vector<QAction*> all() const;
    static QString categoryOf(const QAction* action);
    static void setCategory(QAction* action, const QString& category);  ///< Again after a change of language.
    /// Disables the action and says why (tooltip, palette); an empty reason enables it.
    static void setDisabledReason(QAction* action, const QString& reason);
    static QString disabledReason(const QAction* action);

    /// Further palette entries that are not actions (objects, pods): asked each time the palette opens.
    struct Entry {
        QString category;
        QString text;
        QString detail;
        std::function<void()> run;
    };
    using Source = std::function<std::vector<Entry>()>;
    void addSource(QObject* owner, Source source);
    std::vector<Entry> entries() const;

  private:
    std::vector<QPointer<QAction>> actions_;
    std::vector<std::pair<QPointer<QObject>, Source>> sources_;
};

}  // namespace gatehouse::ui
