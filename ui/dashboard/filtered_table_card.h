// FilteredTableCard: a table that is fed live, with a filter above it, a state for when there is nothing, and its rows as CSV. The order by a
// value is renewed at most every ten seconds and never while the pointer is inside. Thread: GUI. Lifetime: a view's.
#pragma once

#include "widgets/card.h"

#include <QElapsedTimer>

class QAbstractItemModel;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace gatehouse::ui {

class Dialogs;
class FilterEdit;
class MessageBar;

class FilteredTableCard : public Card {
    Q_OBJECT
  public:
    struct Names {
        const char* table;       ///< Object name.
        const char* filter;      ///< Object name.
        const char* settings;    ///< "dashboard/limits"
        const char* fileStem;    ///< "limits"
    };
    /// Takes no ownership of the model, which outlives the card. `sortRole` orders, every column's text is filtered.
    FilteredTableCard(Theme& theme, Dialogs& dialogs, MessageBar& messages, QAbstractItemModel* model, int sortRole, Names names, QWidget* parent);

    struct Words {
        QString title, filterHint, nothing, icon, save;
    };
    void setWords(const Words& words);
    QTableView* table() const { return table_; }
    QSortFilterProxyModel* rows() const { return proxy_; }
    /// After the model took new values.
    void refreshed();
    void setFilter(const QString& text);
    void focusFilter();

  private:
    void showPage();
    void save();

    Dialogs& dialogs_;
    MessageBar& messages_;
    Names names_;
    Words words_;
    QSortFilterProxyModel* proxy_;
    QTableView* table_;
    FilterEdit* filter_;
    EmptyState* empty_;
    QStackedWidget* pages_;
    QToolButton* save_;
    QElapsedTimer ordered_;
};

}  // namespace gatehouse::ui
