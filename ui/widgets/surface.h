// paintSurface: the ground of cards and inspectors: rounded, with a hairline border. Thread: GUI, within a paintEvent.
#pragma once

class QWidget;

namespace gatehouse::ui {

class Theme;

void paintSurface(QWidget* widget, const Theme& theme);

}  // namespace gatehouse::ui
