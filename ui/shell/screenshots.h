// Draws the window's pages into PNG files: `gatehouse screenshot`. Waits for live data by polling, with a deadline. Thread: GUI.
#pragma once

#include <QString>

namespace gatehouse::ui {

class EngineBridge;
class MainWindow;
class WorkspaceDocument;

struct ScreenshotPlan {
    QString directory;
    QString suffix;  ///< "light", "dark-2x": the file is VIEW-SUFFIX.png
    int width = 1280;
    int height = 800;
};

/// Each answers how many pictures could not be written (said on stderr).
int drawStartPage(MainWindow& window, const ScreenshotPlan& plan);
int drawViews(MainWindow& window, EngineBridge& engine, WorkspaceDocument& document, const ScreenshotPlan& plan);

}  // namespace gatehouse::ui
