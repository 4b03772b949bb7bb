// ActionRegistry: the one list of actions that feeds menus, shortcuts and the command palette (Ctrl+K). Shortcuts that a person chose are kept
// in the settings and hold as soon as their action is added. Thread: GUI.
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

    /// All shortcuts of an action in place of the one given to add().
    void setDefaultShortcuts(QAction* action, const QList<QKeySequence>& shortcuts);
    static QList<QKeySequence> defaultShortcuts(const QAction* action);
    static bool isRebound(const QAction* action);
    /// "text (Ctrl+K)", or the text alone where the action has no keys now.
    QString withKeys(const QString& text, const QString& id) const;
    /// The action that has the keys already and can be reached at the same time; null: the keys are free.
    QAction* holderOf(const QKeySequence& keys, const QAction* except) const;
    /// Gives the action these keys alone, and remembers that; empty: none. Takes them from nobody.
    void rebind(QAction* action, const QKeySequence& keys);
    void resetShortcut(QAction* action);
    void resetAllShortcuts();

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

  signals:
    void shortcutsChanged();

  private:
    std::vector<QPointer<QAction>> actions_;
    std::vector<std::pair<QPointer<QObject>, Source>> sources_;
};

}  // namespace gatehouse::ui
