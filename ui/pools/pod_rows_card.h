// PodRowsCard: the pods as a table: every figure in words and numbers, and, where there is room, the past of each as a small line in its cell.
// The table twin of the view's drawings. Thread: GUI.
#pragma once

#include "models/pod_metric.h"
#include "pools/pods_now.h"
#include "widgets/card.h"

#include <QHash>

class QTableView;
class QToolButton;

namespace gatehouse::ui {

class ColumnFit;
class Dialogs;
class EngineBridge;
class MessageBar;
class PodTableModel;
class SparkDelegate;

class PodRowsCard : public Card {
    Q_OBJECT
  public:
    PodRowsCard(Theme& theme, Dialogs& dialogs, MessageBar& messages, const EngineBridge& engine, QWidget* parent);

    void retranslate();
    /// Draws the past beside the numbers.
    void setSparklines(bool drawn);
    /// The past that is drawn: the last so many seconds before the newest sample.
    void setSpan(double seconds) { span_ = seconds; }
    void feed(const PodsNow& now);
    /// By podKey(); false where it is not in the table.
    bool select(const QString& key);
    QString selected() const;
    QTableView* table() const { return table_; }

  signals:
    void podChosen(const QString& key);

  private:
    friend class SparkDelegate;
    std::vector<float> past(const QString& key, PodMetric metric, int points) const;
    double upperOf(PodMetric metric) const;
    void save();

    Theme& theme_;
    Dialogs& dialogs_;
    MessageBar& messages_;
    const EngineBridge& engine_;
    PodTableModel* model_;
    QTableView* table_;
    ColumnFit* fit_;
    QToolButton* save_;
    SparkDelegate* sparks_;
    double span_ = 300;
    bool sparklines_ = false;
    QHash<QString, std::size_t> places_;  ///< In the bridge's history, as of the last feed.
};

}  // namespace gatehouse::ui
