// DashboardPage: the Dashboard itself: per-pod plots that share time and crosshair, the share of picks, the reason of the last
// pick, and the same as a table; every backend's endpoints; the limits and when they bit. Feeds on the bridge's history; pausing stops the display, never the data. Thread: GUI.
#pragma once

#include "widgets/view.h"

#include <QElapsedTimer>

#include <memory>
#include <vector>

class QComboBox;
class QPushButton;
class QStackedLayout;
class QToolButton;

namespace gatehouse::gateway {
struct PodState;
}

namespace gatehouse::ui {

class EmptyState;
class EndpointTableModel;
class FilteredTableCard;
class LastPickCard;
class LimitTableModel;
class PlotSync;
class PodLines;
class PodStrips;
class PodTableCard;
class SegmentedControl;
class StatusChip;
struct PodFeed;
struct PodHistory;

class DashboardPage : public View {
    Q_OBJECT
  public:
    DashboardPage(ViewContext& context, QWidget* parent);
    ~DashboardPage() override;

    QString title() const override;
    void setActive(bool active) override;
    /// `target`: an InferencePool's object id shows that pool alone, a pod's name selects it in the table; "limits", "endpoints:" and
    /// "endpoints:NAME" show those tables, the last one what has to do with that backend.
    void openTarget(const QString& target) override;
    void focusFilter() override;

    void setPaused(bool paused);
    bool isPaused() const { return paused_; }

  protected:
    void retranslate() override;

  private:
    void buildControls();
    void buildCards();
    void onSample();
    void refresh(bool slow);
    void refreshTables(bool slow);
    void buildTables();
    void takePools();
    bool showsPool(const QString& pool) const;
    void feedCharts(bool slow);
    void feedRange();
    void showCaptions(int pods);
    void showEmptyState();
    void selectPod(const QString& name);
    PodFeed feed() const;
    const gateway::PodState* stateOf(const PodHistory& pod) const;
    double wall(qint64 engineTime) const;

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
    std::unique_ptr<PodLines> lines_;  ///< Up to PodLines::kMostPods pods.
    PodStrips* strips_ = nullptr;      ///< More.
    LastPickCard* why_ = nullptr;
    PodTableCard* table_ = nullptr;
    EndpointTableModel* endpoints_ = nullptr;
    FilteredTableCard* endpointCard_ = nullptr;
    LimitTableModel* limits_ = nullptr;
    FilteredTableCard* limitCard_ = nullptr;

    QStringList poolNames_;
    double wallOffset_ = 0;  ///< Seconds since the epoch at the engine's time 0.
    QElapsedTimer slow_;
    bool paused_ = false;
};

}  // namespace gatehouse::ui
