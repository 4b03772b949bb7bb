// TimePlot: the base of plots over time: a grid of panels with one shared time axis, crosshair and events (PlotSync), wheel zoom,
// drag pan, double-click reset, and the same by keyboard. Internal to ui/charts. Thread: GUI.
#pragma once

#include "charts/chart.h"

#include <QPoint>

#include <vector>

class QCPAxisRect;
class QCPItemLine;
class QCPItemText;
class QCustomPlot;

namespace gatehouse::ui {

class PlotSync;

class TimePlot : public Chart {
    Q_OBJECT
  public:
    TimePlot(Theme& theme, PlotSync& sync, QWidget* parent = nullptr);
    ~TimePlot() override;

    QImage image(double scale) const override;
    QSize minimumSizeHint() const override;

  protected:
    struct Panel {
        QCPAxisRect* rect = nullptr;
        int row = 0, column = 0;
        bool bottom = true;  ///< Nothing below: shows the times.
        QCPItemLine* cursor = nullptr;
        QCPItemText* readout = nullptr;  ///< Time at the crosshair.
        std::vector<QCPItemLine*> events;
    };

    QCustomPlot& plot() { return *plot_; }
    PlotSync& sync() const { return sync_; }
    std::vector<Panel>& panels() { return panels_; }
    const std::vector<Panel>& panels() const { return panels_; }

    /// Makes `count` panels in a grid, none left of before; plottables and items of subclasses must be gone already.
    void makePanels(int count, int columns);
    /// Room right of each panel for the labels at the lines' ends, and left for the value axis.
    void setSideRoom(int left, int right);
    /// Redraws in the next turn of the event loop; nothing happens while hidden.
    void replotSoon();
    /// Redraws crosshair and labels only.
    void replotOverlay();
    /// The words at the crosshair again, after what readoutDetail() says has changed.
    void refreshCursor() { applyCursor(); }

    /// The geometry is known: put labels in place.
    virtual void placeLabels() = 0;
    /// What to say beside the time at the crosshair; nothing by default.
    virtual QString readoutDetail(double time) const;
    /// One sentence on what is shown now, for screen readers.
    virtual QString describe() const = 0;
    void restyle() override;

    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

    static QString timeText(double seconds);

  private:
    void applyRange();
    void applyCursor();
    void placeEvents();
    void stylePanel(Panel& panel);
    int panelAt(const QPoint& position) const;
    double timeAt(int panel, int x) const;
    QString eventNear(const Panel& panel, double time) const;

    PlotSync& sync_;
    QCustomPlot* plot_ = nullptr;
    std::vector<Panel> panels_;
    int leftRoom_ = 0, rightRoom_ = 0;
    int hovered_ = -1;
    bool dragging_ = false;
    bool dirty_ = false;
    QPoint dragFrom_;
};

}  // namespace gatehouse::ui
