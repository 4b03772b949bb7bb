// PodPlots: up to twelve pods as small multiples of one metric, all with the same axes. Of more the worst twelve are drawn. Thread: GUI.
#pragma once

#include "models/pod_metric.h"
#include "models/pod_order.h"
#include "pools/pods_now.h"

#include <QHash>
#include <QStringList>

namespace gatehouse::ui {

class LinePlot;
class PlotSync;
class Theme;

class PodPlots {
  public:
    static constexpr int kMostPods = 12;

    PodPlots(Theme& theme, PlotSync& sync);

    LinePlot* plot() const { return plot_; }
    void setMetric(PodMetric metric);
    void retranslate();
    void feed(const PodsNow& now, double keptSeconds);

  private:
    std::vector<const PodHistory*> chosen(const PodsNow& now);
    void note(int panel, const PodsNow& now, const PodHistory& pod);

    Theme& theme_;
    PlotSync& sync_;
    LinePlot* plot_;
    PodMetric metric_ = PodMetric::GpuMemory;
    HeldOrder worst_;
    QStringList keys_;            ///< The panels, in order.
    QHash<QString, qint64> fed_;  ///< By pod: the time of the last sample that is drawn.
};

}  // namespace gatehouse::ui
