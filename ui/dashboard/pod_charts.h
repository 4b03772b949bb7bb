// The per-pod drawings of the dashboard in their two forms, which share one time axis: PodLines, a small plot for each of up to twelve pods, and
// PodStrips, a row of colour for each of many. Both are fed from the bridge's history and own their charts' cards. Thread: GUI.
#pragma once

#include "models/pod_order.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QStringList>

#include <functional>

namespace gatehouse::gateway {
struct PodState;
}

namespace gatehouse::ui {

class Chart;
class ChartCard;
class HeatStrip;
class LinePlot;
class PlotSync;
class StackedShareBars;
class Theme;
struct PodHistory;

/// What both forms are fed with.
struct PodFeed {
    const std::vector<PodHistory>& history;
    std::vector<const PodHistory*> pods;  ///< Those of the chosen pool, by name.
    double wallOffset = 0;                ///< Seconds since the epoch at the engine's time 0.
    std::function<const gateway::PodState*(const PodHistory&)> stateOf;
};

/// Makes a card for a chart; the page knows dialogs and messages.
using CardMaker = std::function<ChartCard*(Chart* chart, const char* stem)>;

/// The three cards of a form, and what is the same for both.
class PodCharts {
  public:
    ChartCard* gpuCard = nullptr;
    ChartCard* queueCard = nullptr;
    ChartCard* shareCard = nullptr;
    void setVisible(bool visible);
    void setPaused(bool paused);
    void nameCards();
};

class PodLines : public PodCharts {
  public:
    static constexpr int kMostPods = 12;

    PodLines(Theme& theme, PlotSync& sync, const CardMaker& card);

    void retranslate(double gpuLimit);
    void setPods(const std::vector<const PodHistory*>& pods);
    const QStringList& keys() const { return keys_; }
    void feedLines(const PodFeed& feed, double keptSeconds);
    void feedShares(const PodFeed& feed);
    void feedNotes(const PodFeed& feed);
    /// "chat-stable 80 %, chat-canary 20 %"; empty without picks or with many pools.
    QString shareCaption() const;

  private:
    Theme& theme_;
    PlotSync& sync_;
    LinePlot* gpu_;
    LinePlot* queue_;
    StackedShareBars* share_;
    QStringList keys_;            ///< The panels of the plots, in order.
    QHash<QString, qint64> fed_;  ///< By pod: the time of the last sample that is drawn.
};

class PodStrips : public QObject, public PodCharts {
    Q_OBJECT
  public:
    PodStrips(Theme& theme, PlotSync& sync, const CardMaker& card, QObject* parent);

    void retranslate();
    /// Everything again: rows in their order, cells of the shown range.
    void feed(const PodFeed& feed);
    int rowCount() const;

  signals:
    void podActivated(const QString& key);

  private:
    std::vector<const PodHistory*> inOrder(std::vector<const PodHistory*> pods);

    PlotSync& sync_;
    HeatStrip* gpu_;
    HeatStrip* queue_;
    HeatStrip* share_;
    HeldOrder order_;
};

}  // namespace gatehouse::ui
