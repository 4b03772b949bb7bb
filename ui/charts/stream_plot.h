// StreamPlot: the events of streams on a time axis, one lane each: a tick per event, coloured by what it says and as high as it is
// long; stalls hatched, bursts bracketed, faults of the grammar and a cut marked with icon and word. Wheel and + - zoom, dragging
// pans, double click and 0 show all; the arrow keys go from event to event. Of two lanes, fine lines lead from each event to those that it
// became. Thread: GUI.
#pragma once

#include "charts/chart.h"
#include "llm/stream_grammar.h"
#include "llm/stream_links.h"

#include <QPoint>

namespace gatehouse::ui {

struct StreamLane {
    QString name;
    std::vector<llm::StreamPart> parts;
    std::vector<llm::StreamMark> marks;
    QStringList endFaults;  ///< In the person's language.
    bool checked = false;   ///< A grammar was there to check by.
    bool cut = false;       ///< It did not say its end.

    int faults() const;     ///< In all, those of the end included.
    qint64 longestGap() const;  ///< Microseconds; 0: one event, or none.
};

class StreamPlot : public Chart {
    Q_OBJECT
  public:
    explicit StreamPlot(Theme& theme, QWidget* parent = nullptr);

    void setLanes(std::vector<StreamLane> lanes);
    const std::vector<StreamLane>& lanes() const { return lanes_; }
    /// Between two lanes, the provider's first. Links that do not fit what is shown are let go.
    void setLinks(const llm::StreamLinks& links);
    bool linked() const { return !links_.empty(); }
    /// -1, -1: none.
    void select(int lane, int part);
    int selectedLane() const { return lane_; }
    int selectedPart() const { return part_; }
    void showAll();
    /// What is shown, in microseconds.
    std::pair<double, double> range() const { return {from_, to_}; }

    ChartTable table() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

  signals:
    void partSelected(int lane, int part);

  protected:
    void restyle() override;
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    int laneHeight() const;
    int headHeight() const;
    int left() const;
    int right() const;
    double x(double micros) const;
    double micros(double x) const;
    void zoom(double factor, double around);
    void pan(double micros);
    /// The nearest event of the lane under the pointer; {-1, -1}: none is near.
    std::pair<int, int> near(const QPoint& position) const;
    void paintLane(QPainter& painter, std::size_t lane) const;
    void paintLinks(QPainter& painter) const;
    QRectF tick(int lane, int part) const;
    const std::vector<std::size_t>& counterparts(int lane, int part) const;
    QColor colorOf(llm::StreamPart::Kind kind) const;
    QString sentence(int lane, int part) const;

    std::vector<StreamLane> lanes_;
    double first_ = 0, last_ = 1;  ///< Of all events.
    double from_ = 0, to_ = 1;     ///< Shown.
    std::vector<std::vector<std::size_t>> links_;      ///< From each event of the first lane; empty: not known.
    std::vector<std::vector<std::size_t>> backLinks_;  ///< From each of the second.
    int lane_ = -1, part_ = -1;
    bool dragging_ = false;
    bool moved_ = false;
    QPoint dragFrom_;
};

/// "text", "tool call": in the person's language.
QString streamPartWord(llm::StreamPart::Kind kind);

}  // namespace gatehouse::ui
