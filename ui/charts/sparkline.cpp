#include "charts/sparkline.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {

void paintSparkline(QPainter& painter, const QRectF& area, std::span<const float> values, double upper, const QColor& color, double limit, const QColor& limitColor) {
    if (values.size() < 2 || area.width() < 4 || upper <= 0) return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    const auto place = [&](double value) { return area.bottom() - std::clamp(value / upper, 0.0, 1.0) * area.height(); };
    if (limit > 0 && limit < upper) {
        painter.setPen(QPen(limitColor, 1, Qt::DotLine));
        painter.drawLine(QPointF(area.left(), place(limit)), QPointF(area.right(), place(limit)));
    }
    painter.setPen(QPen(color, 1));
    QPolygonF run;
    const auto flush = [&] {
        if (run.size() > 1) painter.drawPolyline(run);
        else if (run.size() == 1) painter.drawPoint(run.front());
        run.clear();
    };
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isfinite(values[i])) run << QPointF(area.left() + area.width() * double(i) / double(values.size() - 1), place(values[i]));
        else flush();
    }
    flush();
    painter.restore();
}

}  // namespace gatehouse::ui
