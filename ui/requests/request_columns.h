// RequestColumns: keeps the tail's table inside its width: columns that the inspector also tells leave first, and the last one, the bar of
// phases, takes what is left, or the path where that left too. Thread: GUI. Lifetime: the table's.
#pragma once

#include <QHash>
#include <QObject>
#include <QTimer>

class QHeaderView;
class QTableView;

namespace gatehouse::ui {

class RequestColumns : public QObject {
    Q_OBJECT
  public:
    explicit RequestColumns(QTableView* table);
    void fit();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    int widthOf(int column) const;

    QTableView* table_;
    QHeaderView* header_;
    QHash<int, int> hiddenWidths_;  ///< What a hidden column had, and gets back.
    int pathLeast_ = 0;             ///< The width that the path has without what is left over; 0: not known yet.
    QTimer soon_;
    bool fitting_ = false;
};

}  // namespace gatehouse::ui
