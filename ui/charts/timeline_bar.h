// TimelineBar: where the time of one request went: a row per phase on one axis, the gateway's own time in one colour, the
// upstream's in another, and what no phase covers always shown. Overlap is drawn, never summed. Thread: GUI.
#pragma once

#include "charts/chart.h"
#include "telemetry/request_record.h"

#include <QColor>
#include <QRectF>

class QPainter;

namespace gatehouse::ui {

/// The two kinds of time, everywhere they are drawn.
QColor gatewayTimeColor(const Theme& theme);
QColor upstreamTimeColor(const Theme& theme);

/// Parts of [0, total] that no phase covers, as {start, duration} in microseconds.
std::vector<std::pair<qint64, qint64>> unaccountedSpans(const std::vector<telemetry::Phase>& phases, qint64 totalMicros);
qint64 unaccountedMicros(const std::vector<telemetry::Phase>& phases, qint64 totalMicros);

/// The phases as one small bar, for a table's row.
void paintPhases(QPainter& painter, const QRectF& area, const telemetry::RequestRecord& record, const Theme& theme);

class TimelineBar : public Chart {
    Q_OBJECT
  public:
    explicit TimelineBar(Theme& theme, QWidget* parent = nullptr);

    void setRecord(const telemetry::RequestRecord& record);
    /// Milliseconds and seconds share a row: a logarithmic axis shows both.
    void setLogarithmic(bool logarithmic);
    bool isLogarithmic() const { return logarithmic_; }

    ChartTable table() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    void restyle() override;
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    struct Row {
        QString name;
        std::vector<std::pair<qint64, qint64>> spans;
        qint64 duration = 0;
        enum class Kind { Gateway, Upstream, Unaccounted } kind = Kind::Gateway;
    };
    int rowHeight() const;
    int headHeight() const;
    double place(qint64 micros) const;  ///< 0..1 along the axis.
    QString sentence(const Row& row) const;

    std::vector<Row> rows_;
    qint64 total_ = 0;
    qint64 firstByte_ = -1;
    bool logarithmic_ = false;
};

}  // namespace gatehouse::ui
