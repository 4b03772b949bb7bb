// CommandPalette: Ctrl+K. One field that finds every action (with its shortcut, and why it cannot run now), view, object and pod by a fuzzy match.
// Lies over the window's content; Escape or a click elsewhere closes it. Thread: GUI.
#pragma once

#include "theme/theme.h"
#include "widgets/action_registry.h"

#include <QAbstractListModel>
#include <QFrame>
#include <QPointer>

#include <vector>

class QLabel;
class QLineEdit;
class QListView;

namespace gatehouse::ui {

/// What the palette lists, best match first.
class PaletteModel : public QAbstractListModel {
    Q_OBJECT
  public:
    enum Role { CategoryRole = Qt::UserRole + 1, DetailRole, ShortcutRole, ReasonRole, PositionsRole };

    struct Item {
        QString id;  ///< Of an action, or category and text of an entry: for "recent first".
        QString category, text, detail, shortcut, reason;
        std::function<void()> run;
    };

    explicit PaletteModel(QObject* parent = nullptr);
    void setItems(std::vector<Item> items, const QStringList& recent);
    void setQuery(const QString& query);
    const Item* at(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

  private:
    struct Hit {
        std::size_t item;
        int score;
        QList<int> positions;  ///< In the text.
    };
    std::vector<Item> items_;
    std::vector<int> recency_;  ///< Per item: higher = run more recently.
    std::vector<Hit> hits_;
    QString query_;
};

class CommandPalette : public QFrame {
    Q_OBJECT
  public:
    CommandPalette(Theme& theme, ActionRegistry& actions, QWidget* window);

    void open(const QString& query = {});
    void close();
    QLineEdit* field() { return field_; }
    PaletteModel& model() { return *model_; }
    void retranslate();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void collect();
    void place();
    void runCurrent();
    void moveCurrent(int step);

    Theme& theme_;
    ActionRegistry& actions_;
    QLineEdit* field_;
    QListView* list_;
    QLabel* none_;
    PaletteModel* model_;
    QPointer<QWidget> before_;  ///< Gets the focus back.
};

}  // namespace gatehouse::ui
