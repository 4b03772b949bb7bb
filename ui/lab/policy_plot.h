// PolicyPlot: policies beside each other on six metrics: a row per policy, a panel per metric, quantiles as marks of three shapes, intervals as
// whiskers. A second run stands in the same rows with hollow marks. Times are on logarithmic axes: what differs is their ratio. The wheel
// zooms a panel, dragging moves it, a double click shows all of it again. Arrow keys move through the rows. Thread: GUI.
#pragma once

#include "charts/chart.h"
#include "lab/lab_runs.h"

#include <QHash>

#include <optional>
#include <vector>

namespace gatehouse::ui {

class PolicyPlot : public Chart {
    Q_OBJECT
  public:
    /// Milliseconds below which nothing here is told apart: the lower end of logarithmic axes.
    static constexpr double kLeastLog = 0.1;

    explicit PolicyPlot(Theme& theme, QWidget* parent = nullptr);

    /// Either may be null; `other` is drawn hollow.
    void setResults(LabResultRef result, LabResultRef other);
    int rowCount() const { return static_cast<int>(rows_.size()); }
    /// Names of the policies in the order of the rows: the best in TTFT p90 first.
    QStringList order() const;
    void resetZoom();

    ChartTable table() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    /// For a screen reader, and on hover: one policy in words.
    QString sentence(int row) const;

  protected:
    void restyle() override;
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

  private:
    struct PanelSpec {
        std::vector<lab::sim::Metric> metrics;  ///< Three quantiles, or one.
        bool logarithmic;
    };
    static const std::vector<PanelSpec>& panels();
    struct Row {
        QString name;
        const lab::sim::PolicySpec* policy;
        const lab::sim::PolicyReport* first = nullptr;
        const lab::sim::PolicyReport* second = nullptr;
    };
    /// Positions are in the axis's own measure: logarithms of ten, or values.
    struct Axis {
        double low = 0, high = 1;
        double zero = 0;  ///< Of a logarithmic axis: where values of 0 stand.
        bool hasZero = false;
    };
    struct Layout {
        int names = 0, columns = 1, panelWidth = 0, blocks = 1, blockHeight = 0, head = 0, row = 0, axis = 0, legend = 0;
    };
    Layout layoutFor(int width) const;
    QRect panelRect(int panel) const;  ///< Its rows' area.
    int panelAt(const QPoint& position) const;
    int rowAt(const QPoint& position) const;
    Axis wholeAxis(int panel) const;
    const Axis& axis(int panel) const;
    double place(int panel, const QRect& area, double shown) const;
    void drawPanel(QPainter& painter, int panel);
    void drawTicks(QPainter& painter, int panel) const;
    void drawMarks(QPainter& painter, int panel, const QRect& area, const lab::sim::PolicyReport& report, double y, bool hollow, const QColor& color);
    void drawLegend(QPainter& painter) const;
    QColor colorOf(const Row& row) const;
    void describe();

    LabResultRef result_, other_;
    std::vector<Row> rows_;
    std::vector<Axis> axes_;
    QHash<int, Axis> zoomed_;  ///< By panel.
    int current_ = -1;
    int dragged_ = -1;
    QPoint dragFrom_;
    Axis dragAxis_;
};

}  // namespace gatehouse::ui
