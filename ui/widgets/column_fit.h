// ColumnFit: keeps a table inside its width. Columns that matter less leave first where there is no room, and come back where there is; one
// column takes what is left. A person's own choice, in a menu of all columns, stands against that, and is kept. Thread: GUI. Lifetime: the table's.
#pragma once

#include <QHash>
#include <QObject>
#include <QTimer>

#include <vector>

class QHeaderView;
class QMenu;
class QTableView;

namespace gatehouse::ui {

class ColumnFit : public QObject {
    Q_OBJECT
  public:
    /// `mayLeave`: the first leaves first; the others stay unless a person hides them. `fill` takes what is left. `settingsKey` keeps choices.
    ColumnFit(QTableView* table, std::vector<int> mayLeave, int fill, const QString& settingsKey);

    void fit();
    /// All columns with a check mark, and a way back to what fits; owned by whoever shows it.
    QMenu* menu(QWidget* parent);
    enum class Wish { Automatic, Shown, Hidden };
    void setWish(int column, Wish wish);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    int widthOf(int column) const;
    void keep() const;
    void read();

    QTableView* table_;
    QHeaderView* header_;
    const std::vector<int> mayLeave_;
    const int fill_;
    const QString key_;
    QHash<int, Wish> wishes_;
    QHash<int, int> widths_;  ///< What a hidden column had, and gets back.
    int fillLeast_ = 0;
    QTimer soon_;
    bool fitting_ = false;
};

}  // namespace gatehouse::ui
