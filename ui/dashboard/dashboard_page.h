// DashboardPage: the Dashboard itself: per-pod plots that share time and crosshair, the share of picks, the reason of the last
// pick, and the same as a table. Feeds on the bridge's history; pausing stops the display, never the data. Thread: GUI.
#pragma once

#include "widgets/view.h"

#include <QElapsedTimer>
#include <QHash>
#include <QStringList>

#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QStackedLayout;
class QTableView;
class QToolButton;

namespace gatehouse::gateway {
struct PodState;
}

namespace gatehouse::ui {

class Card;
class ChartCard;
class EmptyState;
class LinePlot;
class PlotSync;
class PodTableModel;
class ScoreBars;
class SegmentedControl;
class StackedShareBars;
class StatusChip;
struct PodHistory;

class DashboardPage : public View {
    Q_OBJECT
  public:
    DashboardPage(ViewContext& context, QWidget* parent);

    QString title() const override;
    void setActive(bool active) override;
    /// `target`: an InferencePool's object id; shows that pool alone.
    void openTarget(const QString& target) override;

    void setPaused(bool paused);
    bool isPaused() const { return paused_; }

  protected:
    void retranslate() override;

  private:
    void buildControls();
    void buildCards();
    void onSample();
    void refresh(bool slow);
    void takePools();
    void takePods();
    void feedLines();
    void feedShares();
    void feedTable();
    void feedNotes();
    void showLastPick();
    void showEmptyState();
    void showCaptions();
    std::vector<const PodHistory*> shownPods() const;
    const gateway::PodState* stateOf(const PodHistory& pod) const;
    double wall(qint64 engineTime) const;
    void saveTable();

    // Title row.
    QComboBox* pool_ = nullptr;
    SegmentedControl* range_ = nullptr;
    SegmentedControl* shape_ = nullptr;
    QToolButton* live_ = nullptr;
    QPushButton* pause_ = nullptr;
    StatusChip* pausedChip_ = nullptr;

    QStackedLayout* pages_ = nullptr;
    EmptyState* empty_ = nullptr;
    PlotSync* sync_ = nullptr;
    ChartCard* gpuCard_ = nullptr;
    LinePlot* gpu_ = nullptr;
    ChartCard* queueCard_ = nullptr;
    LinePlot* queue_ = nullptr;
    ChartCard* shareCard_ = nullptr;
    StackedShareBars* share_ = nullptr;
    ChartCard* scoreCard_ = nullptr;
    ScoreBars* scores_ = nullptr;
    QLabel* reason_ = nullptr;
    QToolButton* openRequest_ = nullptr;
    Card* tableCard_ = nullptr;
    QToolButton* saveTable_ = nullptr;
    PodTableModel* pods_ = nullptr;
    QTableView* table_ = nullptr;

    QStringList poolNames_;
    QStringList podKeys_;               ///< The panels of the plots, in order.
    int podsInPool_ = 0;                ///< Of the chosen pool; more than podKeys_ when only the busiest are drawn.
    QHash<QString, qint64> fedTo_;      ///< By pod: the time of the last sample that is drawn.
    double wallOffset_ = 0;             ///< Seconds since the epoch at the engine's time 0.
    QElapsedTimer slow_;
    QElapsedTimer pickShown_;
    QElapsedTimer chosen_;
    QString lastPickRequest_;
    bool paused_ = false;
};

}  // namespace gatehouse::ui
