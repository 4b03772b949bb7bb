// ChartFrame: a chart and its table twin in one place, with the menu that switches between them and saves either (PNG, CSV).
// ChartCard: the same inside a card with title and caption. Thread: GUI.
#pragma once

#include "charts/chart.h"
#include "widgets/card.h"

#include <QAbstractTableModel>

#include <functional>

class QAction;
class QHeaderView;
class QMenu;
class QStackedLayout;
class QTableView;
class QTimer;
class QToolButton;

namespace gatehouse::ui {

class Dialogs;
class MessageBar;

/// A ChartTable as a model.
class ChartTableModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    explicit ChartTableModel(Theme& theme, QObject* parent = nullptr) : QAbstractTableModel(parent), theme_(theme) {}

    void set(ChartTable table);
    const ChartTable& table() const { return table_; }
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    Theme& theme_;
    ChartTable table_;
};

/// What a table shows now, rows and columns as they are, for saving.
ChartTable tableOf(const QAbstractItemModel& model);
/// Writes the CSV atomically; the error sentence otherwise.
QString writeCsv(const QString& path, const ChartTable& table);
/// Widens columns whose header would be cut, as in languages with long words.
void widenToHeaders(QHeaderView* header);
/// A name for a file to save: "gpu-memory-20260102-150405.csv" in the person's home.
QString suggestedFile(const QString& stem, const QString& suffix);

class ChartFrame : public QWidget {
    Q_OBJECT
  public:
    /// Takes the chart over. `name` is translated, for titles; `fileStem` is not, for files ("gpu-memory").
    ChartFrame(Theme& theme, Dialogs& dialogs, MessageBar& messages, Chart* chart, const QString& fileStem, QWidget* parent = nullptr);

    void setName(const QString& name);
    void retranslate();
    Chart* chart() const { return chart_; }
    /// Opens the menu; to be put in a title row.
    QToolButton* menuButton() const { return button_; }
    QMenu* menu() const { return menu_; }

    void setTableShown(bool shown);
    bool isTableShown() const;
    bool savePng(const QString& path);
    bool saveCsv(const QString& path);

  private:
    void refreshTable();
    void askAndSave(const QString& suffix, const QString& filter, bool (ChartFrame::*save)(const QString&));

    Theme& theme_;
    Dialogs& dialogs_;
    MessageBar& messages_;
    Chart* chart_;
    QString name_;
    QString fileStem_;
    QStackedLayout* stack_;
    QTableView* tableView_;
    ChartTableModel* model_;
    QTimer* refresh_;
    QToolButton* button_;
    QMenu* menu_;
    QAction* showTable_;
    QAction* savePng_;
    QAction* saveCsv_;
    QAction* copyCsv_;
};

class ChartCard : public Card {
    Q_OBJECT
  public:
    ChartCard(Theme& theme, Dialogs& dialogs, MessageBar& messages, Chart* chart, const QString& fileStem, QWidget* parent = nullptr);
    /// Title of the card and name of the chart.
    void setName(const QString& name);
    ChartFrame* frame() const { return frame_; }

  private:
    ChartFrame* frame_;
};

}  // namespace gatehouse::ui
