// MainWindow: rail, top bar, views, drawer, status line. It constructs views when first shown, moves between them, offers every action to palette
// and keyboard, and shows what happened elsewhere (files changed outside, ports taken) in bars above the view. Thread: GUI.
#pragma once

#include "shell/view_table.h"
#include "widgets/view.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

#include <map>
#include <memory>
#include <vector>

class QMenu;
class QSplitter;
class QStackedWidget;

namespace gatehouse::config {
struct Diagnostic;
}

namespace gatehouse::ui {

class BottomDrawer;
class CheatSheet;
class CommandPalette;
class Languages;
class NoticeBars;
class Rail;
class RecoveredSheet;
class Session;
class StallWatchdog;
class ShortcutSheet;
class StartPage;
class StatusRow;
class TopBar;

/// Everything the window is given; references outlive it.
struct ShellParts {
    Theme& theme;
    EngineBridge& engine;
    WorkspaceDocument& document;
    ActionRegistry& actions;
    Dialogs& dialogs;
    Session& session;
    Languages& languages;
};

class MainWindow : public QMainWindow, public Navigator {
    Q_OBJECT
  public:
    explicit MainWindow(ShellParts parts, QWidget* parent = nullptr);
    ~MainWindow() override;

    void navigate(const QString& viewId, const QString& target) override;
    QString currentView() const { return current_; }
    View* view(const QString& viewId);  ///< Constructs it when needed; null for an unknown id.
    void createAllViews();
    CommandPalette& palette() { return *palette_; }
    BottomDrawer& drawer() { return *drawer_; }
    void setDrawerOpen(bool open);
    bool isDrawerOpen() const;
    void showStartPage(bool show);
    void restoreSession();
    bool saveAll();  ///< False when something could not be written; a bar says why.

  protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

  private:
    struct Location {
        QString view, target;
        bool operator==(const Location&) const = default;
    };
    void build();
    void connectParts();
    void makeActions();
    void nameActions();
    void addPaletteSources();
    QMenu* makeGearMenu();
    void makeWorkspaceMenu();
    void go(const Location& location);
    void step(int direction);
    void showNamespaceOf(const QString& target);
    void setActiveView();
    void retranslate();
    void recreateViews();
    void movePane(int direction);
    void openFolder();
    void openDemo();
    bool mayReplaceWorkspace();
    void refreshProblems();
    void refreshStatus();
    void refreshEngineBar();
    void openDraft(const std::string& id);
    void openProblem(const config::Diagnostic& problem);
    void setThemeByName(const QString& name);
    void stepTextSize(int direction);
    void setReducedMotion(bool reduced);

    ShellParts parts_;
    ViewContext context_;
    Rail* rail_ = nullptr;
    TopBar* top_ = nullptr;
    StatusRow* status_ = nullptr;
    NoticeBars* notices_ = nullptr;
    QSplitter* splitter_ = nullptr;
    QStackedWidget* stack_ = nullptr;
    StartPage* start_ = nullptr;
    BottomDrawer* drawer_ = nullptr;
    CommandPalette* palette_ = nullptr;
    CheatSheet* cheat_ = nullptr;
    ShortcutSheet* shortcuts_ = nullptr;
    RecoveredSheet* recovered_ = nullptr;
    StallWatchdog* watchdog_ = nullptr;
    QMenu* workspaceMenu_ = nullptr;
    QPointer<QMenu> gearMenu_;
    std::map<QString, QPointer<View>> views_;
    QString current_;
    std::vector<Location> history_;
    std::size_t historyAt_ = 0;
    QTimer statusTimer_;
    QTimer problemsTimer_;
};

}  // namespace gatehouse::ui
