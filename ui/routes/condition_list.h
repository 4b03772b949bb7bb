// ConditionList: the status that a conformant controller would write for an object: its conditions, those of its listeners and parents, each
// with icon, word, reason and generation, and the whole sentence of the chosen one. Thread: GUI. Lifetime: the details' pane.
#pragma once

#include "config/status.h"

#include <QString>
#include <QWidget>

#include <vector>

class QLabel;
class QTreeWidget;

namespace gatehouse::ui {

class Theme;

/// False for a condition whose status is not the wished one. Of some types the wished status is False.
bool isGoodCondition(const config::Condition& condition);

struct ConditionRow {
    QString scope;    ///< "Gateway default/demo http", "Listener web"; empty for the object itself.
    QString type;     ///< Empty: a fact beside the conditions, such as how many routes are attached.
    bool status = false;
    bool good = false;
    qint64 generation = 0;
    QString reason;
    QString message;
    bool operator==(const ConditionRow&) const = default;
};
/// Pure: the rows of a status, in its order.
std::vector<ConditionRow> conditionRows(const config::ObjectStatus& status);

class ConditionList : public QWidget {
    Q_OBJECT
  public:
    explicit ConditionList(Theme& theme, QWidget* parent = nullptr);
    /// `none` says why there are no rows.
    void setRows(std::vector<ConditionRow> rows, const QString& none);
    void retranslate();

  private:
    void fill();
    void showSentence();

    Theme& theme_;
    std::vector<ConditionRow> rows_;
    QTreeWidget* list_;
    QLabel* sentence_;
    QString none_;
};

}  // namespace gatehouse::ui
