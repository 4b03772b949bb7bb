// PodField: many pods by one metric: a strip of colour with a row for each, and above it, on the same axis of time, the five worst as lines with the
// median and the band from the tenth to the ninetieth percentile. Thread: GUI.
#pragma once

#include "models/pod_metric.h"
#include "models/pod_order.h"
#include "pools/pods_now.h"

#include <QStringList>

namespace gatehouse::ui {

class HeatStrip;
class LinePlot;
class PlotSync;
class Theme;

class PodField {
  public:
    static constexpr int kWorst = 5;

    PodField(Theme& theme, PlotSync& sync);

    LinePlot* overlay() const { return overlay_; }
    HeatStrip* strip() const { return strip_; }
    void setMetric(PodMetric metric);
    void retranslate();
    void feed(const PodsNow& now);

  private:
    using Cells = std::vector<std::vector<float>>;
    void feedOverlay(const std::vector<const PodHistory*>& worst, const std::vector<const PodHistory*>& pods, const Cells& cells, double begin, double step);

    Theme& theme_;
    PlotSync& sync_;
    LinePlot* overlay_;
    HeatStrip* strip_;
    PodMetric metric_ = PodMetric::GpuMemory;
    HeldOrder order_, worst_;
    QStringList drawn_;  ///< The worst, as the overlay has them.
};

}  // namespace gatehouse::ui
