// PoolsPage: the pods of InferencePools, drawn by their number: small multiples up to twelve, rows with small lines up to sixty, a strip of colour
// with the worst five and the median above it beyond. Beside them what is known of the chosen pod and how the pool is set up. Sampled twice a
// second while shown; pausing stops the display, never the data. Thread: GUI.
#pragma once

#include "models/pod_metric.h"
#include "pools/pods_now.h"
#include "widgets/view.h"

#include <QElapsedTimer>

#include <memory>

class QComboBox;
class QPushButton;
class QSplitter;
class QStackedLayout;
class QToolButton;

namespace gatehouse::ui {

class ChartCard;
class EmptyState;
class PlotSync;
class PodField;
class PodPlots;
class PodRowsCard;
class PoolInspector;
class SegmentedControl;
class StatusChip;

class PoolsPage : public View {
    Q_OBJECT
  public:
    static constexpr int kMostRows = 60;

    PoolsPage(ViewContext& context, QWidget* parent);
    ~PoolsPage() override;

    QString title() const override;
    void setActive(bool active) override;
    /// `target`: an InferencePool's object id or a pod's name.
    void openTarget(const QString& target) override;

    void setPaused(bool paused);
    bool isPaused() const { return paused_; }
    void setMetric(PodMetric metric);
    /// "plots", "rows" or "strip"; empty: by the number of pods.
    void setForm(const QString& form);
    QString form() const;

  protected:
    void retranslate() override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void arrange();
    void buildControls();
    void buildCards();
    void onSample();
    void refresh();
    void takePools();
    bool showsPool(const QString& pool) const;
    PodsNow podsNow() const;
    void feedRange();
    void showForm(const QString& form);
    void showFacts(const PodsNow& now);
    void showCaptions(const PodsNow& now);
    void showEmptyState();
    void openDecision();
    QString lastDecision() const;
    double wall(qint64 engineTime) const;

    // Controls.
    QComboBox* pool_ = nullptr;
    QComboBox* metric_ = nullptr;
    SegmentedControl* range_ = nullptr;
    SegmentedControl* form_ = nullptr;
    QToolButton* live_ = nullptr;
    QPushButton* pause_ = nullptr;
    StatusChip* pausedChip_ = nullptr;

    QStackedLayout* pages_ = nullptr;
    EmptyState* empty_ = nullptr;
    QSplitter* split_ = nullptr;  ///< Side by side, or one above the other where the window is narrow or the text large.
    PlotSync* sync_ = nullptr;
    std::unique_ptr<PodPlots> plots_;
    std::unique_ptr<PodField> field_;
    ChartCard* plotsCard_ = nullptr;
    ChartCard* overlayCard_ = nullptr;
    ChartCard* stripCard_ = nullptr;
    PodRowsCard* rows_ = nullptr;
    PoolInspector* inspector_ = nullptr;

    QStringList poolNames_;
    QString selected_;    ///< podKey() of the pod that the inspector tells of.
    QString chosenForm_;  ///< By hand; empty: by the number of pods.
    double wallOffset_ = 0;
    QElapsedTimer refreshed_;
    bool paused_ = false;
    bool settingForm_ = false;
};

}  // namespace gatehouse::ui
