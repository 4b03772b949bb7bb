// Sparkline: a small line without axes, as it stands in a row of a table: the value's past beside its number. Missing data is a gap. Thread: GUI.
#pragma once

#include <QColor>
#include <QRectF>

#include <span>

class QPainter;

namespace gatehouse::ui {

/// From 0 to `upper`, the oldest value left. `limit` above 0 is a dashed line in `limitColor`.
void paintSparkline(QPainter& painter, const QRectF& area, std::span<const float> values, double upper, const QColor& color, double limit = 0, const QColor& limitColor = {});

}  // namespace gatehouse::ui
