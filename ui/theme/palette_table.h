// The colour table of the console, one row per scheme. Contrast of text is at least 4.5:1 and of graphics at least 3:1 on window and surface
// (tests/ui/theme proves it). Thread: immutable statics.
#pragma once

#include "theme/theme.h"

#include <array>

namespace gatehouse::ui {

struct SchemeColors {
    std::array<QRgb, 10> tokens;  ///< In the order of enum Token.
    QRgb onAccent;
    std::array<QRgb, 8> series;
};

const SchemeColors& schemeColors(Theme::Scheme scheme);

/// `top` laid over `bottom` with the given opacity.
QColor blend(const QColor& bottom, const QColor& top, double opacity);

/// WCAG 2 contrast ratio of two opaque colours, 1 to 21.
double contrastRatio(const QColor& a, const QColor& b);

}  // namespace gatehouse::ui
