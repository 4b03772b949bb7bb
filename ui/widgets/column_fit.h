// ColumnFit: keeps a table inside its width. Columns that matter less leave first where there is no room, and come back where there is; one
// column takes what is left. A person's own choice, in a menu of all columns, stands against that, and is kept. Thread: GUI. Lifetime: the table's.
#pragma once

#include <QHash>
#include <QObject>
#include <QTimer>

#include <vector>

class QAbstractItemView;
class QHeaderView;
class QMenu;
class QTableView;
class QTreeView;

namespace gatehouse::ui {

class ColumnFit : public QObject {
    Q_OBJECT
  public:
    /// `mayLeave`: the first leaves first; the others stay unless a person hides them. `fill` takes what is left; where it may leave and has
    /// left, the last one that is shown. `settingsKey` keeps choices.
    ColumnFit(QTableView* table, std::vector<int> mayLeave, int fill, const QString& settingsKey);
    ColumnFit(QTreeView* tree, std::vector<int> mayLeave, int fill, const QString& settingsKey);

    void fit();
    /// All columns with a check mark, and a way back to what fits; owned by whoever shows it.
    QMenu* menu(QWidget* parent);
    enum class Wish { Automatic, Shown, Hidden };
    void setWish(int column, Wish wish);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    ColumnFit(QAbstractItemView* table, QHeaderView* header, std::vector<int> mayLeave, int fill, const QString& settingsKey);
    int widthOf(int column) const;
    void keep() const;
    void read();

    QAbstractItemView* table_;
    QHeaderView* header_;
    const std::vector<int> mayLeave_;
    const int fill_;
    const QString key_;
    QHash<int, Wish> wishes_;
    QHash<int, int> widths_;  ///< What a hidden column had, and gets back.
    int fillLeast_ = 0;
    int grown_ = -1;     ///< Takes what is left in place of `fill_`; -1: none.
    int grownFrom_ = 0;  ///< Its own width.
    QTimer soon_;
    bool fitting_ = false;
};

}  // namespace gatehouse::ui
