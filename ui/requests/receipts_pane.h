// ReceiptsPane: what models used and cost since the gateway started, by provider and model, with the whole and a CSV file of every row by
// route. Thread: GUI. Lifetime: the Requests view's.
#pragma once

#include "telemetry/usage_totals.h"

#include <QWidget>

class QLabel;
class QSortFilterProxyModel;
class QStackedLayout;
class QTableView;
class QToolButton;

namespace gatehouse::ui {

class Card;
class EmptyState;
class MessageBar;
class ReceiptTableModel;
struct ViewContext;

class ReceiptsPane : public QWidget {
    Q_OBJECT
  public:
    ReceiptsPane(ViewContext& context, MessageBar& messages, QWidget* parent = nullptr);

    /// Hidden panes do no work.
    void setActive(bool active);
    void retranslate();

  private:
    void refresh();
    void saveCsv();

    ViewContext& context_;
    MessageBar& messages_;
    telemetry::UsageTotals::Rows shown_;
    ReceiptTableModel* model_;
    QSortFilterProxyModel* sorted_;
    Card* card_;
    QTableView* table_;
    QStackedLayout* pages_;
    EmptyState* empty_;
    QLabel* total_;
    QToolButton* save_;
    bool active_ = false;
};

}  // namespace gatehouse::ui
