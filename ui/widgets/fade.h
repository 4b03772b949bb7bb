// The one motion of the console: what appears fades in within 120 ms, unless motion is reduced. Thread: GUI.
#pragma once

class QWidget;

namespace gatehouse::ui {

class Theme;

/// Call when the widget has just been shown. Ends by itself, and leaves nothing on the widget.
void fadeIn(QWidget* widget, const Theme& theme);

}  // namespace gatehouse::ui
