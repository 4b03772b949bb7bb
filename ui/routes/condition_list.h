// ConditionList: the status conditions that a conformant controller would write for an object, each with its sentence. Thread: GUI.
#pragma once

#include "config/status.h"

#include <QString>
#include <QTreeWidget>

#include <vector>

namespace gatehouse::ui {

class Theme;

struct ConditionRow {
    QString scope;    ///< "Gateway default/demo/http"; empty for the object itself.
    QString type;
    bool status = false;
    bool good = false;
    QString reason;
    QString message;
};
/// Pure: the rows of a status, in its order.
std::vector<ConditionRow> conditionRows(const config::ObjectStatus& status);

class ConditionList : public QTreeWidget {
    Q_OBJECT
  public:
    explicit ConditionList(Theme& theme, QWidget* parent = nullptr);
    void setRows(std::vector<ConditionRow> rows);

  private:
    Theme& theme_;
    std::vector<ConditionRow> rows_;
};

}  // namespace gatehouse::ui
