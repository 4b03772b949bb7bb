#include "shell/main_window.h"

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "config/validate.h"
#include "models/core_sentence.h"
#include "shell/bottom_drawer.h"
#include "shell/cheat_sheet.h"
#include "shell/command_palette.h"
#include "shell/languages.h"
#include "shell/notice_bars.h"
#include "shell/pane_cycle.h"
#include "shell/problem_fix.h"
#include "shell/rail.h"
#include "shell/recovered_sheet.h"
#include "shell/session.h"
#include "shell/settings.h"
#include "shell/shortcut_sheet.h"
#include "shell/stall_watchdog.h"
#include "shell/start_page.h"
#include "shell/status_row.h"
#include "shell/top_bar.h"
#include "theme/theme.h"
#include "widgets/fade.h"
#include "widgets/dialogs.h"
#include "widgets/message_bar.h"

#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace gatehouse::ui {

namespace {
constexpr int kStatusMillis = 1'000;
constexpr int kProblemsDelayMillis = 50;
constexpr std::size_t kHistory = 100;
// Large text scrolls within the views; it must not push the window off a small screen.
constexpr int kLeastWidth = 960;
constexpr int kLeastHeight = 640;
}  // namespace

MainWindow::MainWindow(ShellParts parts, QWidget* parent)
    : QMainWindow(parent),
      parts_(parts),
      context_{parts.theme, parts.engine, parts.document, parts.actions, *this, parts.dialogs} {
    setObjectName(QStringLiteral("mainWindow"));
    setWindowIcon(QIcon(QStringLiteral(":/gatehouse.svg")));
    build();
    makeActions();
    makeWorkspaceMenu();
    addPaletteSources();
    connectParts();
    retranslate();
    showStartPage(!parts_.document.isOpen());
    refreshEngineBar();
    refreshProblems();
    refreshStatus();
}

MainWindow::~MainWindow() {
    // Views speak to the engine and the document; they go before those.
    for (auto& [id, view] : views_) delete view.data();
}

void MainWindow::build() {
    Theme& theme = parts_.theme;
    auto* central = new QWidget(this);
    auto* page = new QVBoxLayout(central);
    auto* row = new QHBoxLayout;
    auto* column = new QVBoxLayout;
    for (QBoxLayout* layout : std::initializer_list<QBoxLayout*>{page, row, column}) {
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(0);
    }
    rail_ = new Rail(theme, central);
    for (const ViewEntry& entry : viewTable()) rail_->addItem(QString::fromLatin1(entry.id), QString::fromLatin1(entry.icon));
    top_ = new TopBar(theme, parts_.engine, parts_.document, central);
    notices_ = new NoticeBars(theme, parts_.engine, parts_.document, parts_.session, central);
    splitter_ = new QSplitter(Qt::Vertical, central);
    splitter_->setChildrenCollapsible(false);
    stack_ = new QStackedWidget(splitter_);
    start_ = new StartPage(theme, stack_);
    stack_->addWidget(start_);
    drawer_ = new BottomDrawer(theme, parts_.document.undoStack(), splitter_);
    drawer_->hide();
    splitter_->addWidget(stack_);
    splitter_->addWidget(drawer_);
    splitter_->setStretchFactor(0, 1);
    splitter_->setStretchFactor(1, 0);
    status_ = new StatusRow(theme, central);
    column->addWidget(top_);
    column->addWidget(notices_);
    column->addWidget(splitter_, 1);
    row->addWidget(rail_);
    row->addLayout(column, 1);
    page->addLayout(row, 1);
    page->addWidget(status_);
    setCentralWidget(central);
    palette_ = new CommandPalette(theme, parts_.actions, central);
    cheat_ = new CheatSheet(theme, parts_.actions, central);
    shortcuts_ = new ShortcutSheet(theme, parts_.actions, central);
    connect(cheat_, &CheatSheet::changeWanted, this, [this] { parts_.actions.find(QStringLiteral("go.rebind"))->trigger(); });
    connect(&parts_.actions, &ActionRegistry::shortcutsChanged, this, &MainWindow::retranslate);
    recovered_ = new RecoveredSheet(theme, parts_.document, parts_.dialogs, central);
    watchdog_ = new StallWatchdog(this);
    const auto space = [this, &theme] { setMinimumSize(std::min(theme.gap(160), kLeastWidth), std::min(theme.gap(110), kLeastHeight)); };
    space();
    connect(&theme, &Theme::changed, this, space);
    rail_->setCollapsed(settings::railCollapsed());
}

void MainWindow::connectParts() {
    connect(rail_, &Rail::chosen, this, [this](const QString& id) { navigate(id, {}); });
    connect(rail_, &Rail::collapsedChanged, this, [](bool collapsed) { settings::setRailCollapsed(collapsed); });
    connect(top_, &TopBar::editsClicked, this, [this] {
        drawer_->showHistory();
        setDrawerOpen(true);
    });
    connect(top_, &TopBar::gatewayClicked, this, [this] { navigate(QStringLiteral("routes"), {}); });
    connect(top_, &TopBar::requestsClicked, this, [this] { navigate(QStringLiteral("requests"), {}); });
    connect(top_, &TopBar::dropsClicked, this, [this] { navigate(QStringLiteral("requests"), {}); });
    connect(top_->paletteButton(), &QAbstractButton::clicked, this, [this] { palette_->open(); });
    connect(status_, &StatusRow::problemsClicked, this, [this] {
        const bool showing = isDrawerOpen() && drawer_->page() == QLatin1String("problems");
        drawer_->showProblems();
        setDrawerOpen(!showing);
    });
    connect(status_, &StatusRow::unsavedClicked, this, [this] { saveAll(); });
    connect(status_, &StatusRow::ageClicked, this, [this] { navigate(QStringLiteral("dashboard"), {}); });
    connect(drawer_, &BottomDrawer::closed, this, [this] { setDrawerOpen(false); });
    connect(drawer_, &BottomDrawer::problemChosen, this, &MainWindow::openProblem);
    connect(drawer_, &BottomDrawer::fixChosen, this, [this](const config::Diagnostic& problem) {
        if (const auto done = applyFix(parts_.document, problem); !done) notices_->notice(MessageBar::Kind::Error, coreSentence(done.error().message));
    });
    connect(splitter_, &QSplitter::splitterMoved, this, [this] { settings::setDrawerHeight(drawer_->height()); });
    connect(start_, &StartPage::demoChosen, this, &MainWindow::openDemo);
    connect(start_, &StartPage::folderChosen, this, &MainWindow::openFolder);
    connect(start_, &StartPage::recentChosen, this,
            [this](const QString& folder) { parts_.session.openPaths({std::filesystem::path(folder.toStdString())}); });

    WorkspaceDocument& document = parts_.document;
    connect(&document, &WorkspaceDocument::opened, this, [this] {
        notices_->forgetWorkspace();
        showStartPage(false);
        refreshStatus();
    });
    connect(&document, &WorkspaceDocument::changed, &problemsTimer_, [this] { problemsTimer_.start(); });
    connect(&document, &WorkspaceDocument::savedStateChanged, this, &MainWindow::refreshStatus);
    connect(&document, &WorkspaceDocument::filesChangedOutside, notices_,
            [this](const QStringList& reloaded, const QStringList&, const QStringList& removed) { notices_->showFileChanges(reloaded, removed); });
    connect(&document, &WorkspaceDocument::recoveredFound, recovered_, &RecoveredSheet::offer);
    connect(&document, &WorkspaceDocument::stepRefused, this,
            [this](const QString& sentence) { notices_->notice(MessageBar::Kind::Warning, coreSentence(sentence.toStdString())); });
    connect(recovered_, &RecoveredSheet::failed, this,
            [this](const QString& sentence) { notices_->notice(MessageBar::Kind::Error, sentence); });

    connect(recovered_, &RecoveredSheet::draftsTaken, this, [this](const QStringList& ids) { openDraft(ids.front().toStdString()); });
    connect(&document.drafts(), &DraftStore::changed, this, &MainWindow::refreshStatus);
    connect(status_, &StatusRow::draftsClicked, this, [this] {
        const auto& drafts = parts_.document.drafts().drafts();
        if (!drafts.empty()) openDraft(drafts.begin()->first);
    });

    EngineBridge& engine = parts_.engine;
    problemsTimer_.setSingleShot(true);
    problemsTimer_.setInterval(kProblemsDelayMillis);
    connect(&problemsTimer_, &QTimer::timeout, this, &MainWindow::refreshProblems);
    connect(&engine, &EngineBridge::applied, &problemsTimer_, [this] { problemsTimer_.start(); });
    connect(&engine, &EngineBridge::listenersChanged, this, &MainWindow::refreshEngineBar);
    connect(&engine, &EngineBridge::demoFailed, this,
            [this](const QString& sentence) { notices_->notice(MessageBar::Kind::Error, coreSentence(sentence.toStdString())); });
    connect(&parts_.session, &Session::gatewayChanged, this, &MainWindow::refreshEngineBar);
    connect(&parts_.session, &Session::openFailed, this,
            [this](const QString& sentence) { notices_->notice(MessageBar::Kind::Error, sentence); });
    statusTimer_.setInterval(kStatusMillis);
    connect(&statusTimer_, &QTimer::timeout, this, &MainWindow::refreshStatus);
    statusTimer_.start();
#ifndef NDEBUG
    connect(watchdog_, &StallWatchdog::stalled, this,
            [](qint64 millis) { qWarning("The GUI thread was held up for %lld ms.", static_cast<long long>(millis)); });
    if (QGuiApplication::platformName() != QLatin1String("offscreen")) watchdog_->start();
#endif
}

View* MainWindow::view(const QString& viewId) {
    if (const auto known = views_.find(viewId); known != views_.end() && known->second) return known->second;
    for (const ViewEntry& entry : viewTable()) {
        if (viewId != QLatin1String(entry.id)) continue;
        View* made = entry.make(context_, stack_);
        stack_->addWidget(made);
        views_[viewId] = made;
        return made;
    }
    return nullptr;
}

void MainWindow::createAllViews() {
    for (const ViewEntry& entry : viewTable()) view(QString::fromLatin1(entry.id));
}

void MainWindow::navigate(const QString& viewId, const QString& target) {
    const Location location{viewId, target};
    if (!history_.empty() && history_[historyAt_] == location) {
        go(location);
        return;
    }
    if (!history_.empty()) history_.resize(historyAt_ + 1);
    history_.push_back(location);
    if (history_.size() > kHistory) history_.erase(history_.begin());
    historyAt_ = history_.size() - 1;
    go(location);
}

void MainWindow::step(int direction) {
    const auto next = std::ptrdiff_t(historyAt_) + direction;
    if (next < 0 || next >= std::ptrdiff_t(history_.size())) return;
    historyAt_ = std::size_t(next);
    go(history_[historyAt_]);
}

void MainWindow::go(const Location& location) {
    if (!parts_.document.isOpen()) {
        showStartPage(true);
        return;
    }
    View* shown = view(location.view);
    if (!shown) return;
    current_ = location.view;
    rail_->setCurrent(current_);
    stack_->setCurrentWidget(shown);
    setActiveView();
    if (!location.target.isEmpty()) {
        showNamespaceOf(location.target);
        shown->openTarget(location.target);
    }
    settings::setLastView(current_);
    if (QAction* back = parts_.actions.find(QStringLiteral("go.back"))) {
        ActionRegistry::setDisabledReason(back, historyAt_ == 0 ? tr("nothing before this") : QString());
    }
    if (QAction* forward = parts_.actions.find(QStringLiteral("go.forward"))) {
        ActionRegistry::setDisabledReason(forward, historyAt_ + 1 >= history_.size() ? tr("nothing after this") : QString());
    }
}

/// What is asked for by name is shown, also from another namespace than the chosen one.
void MainWindow::showNamespaceOf(const QString& target) {
    if (parts_.document.shownNamespace().isEmpty()) return;
    for (const auto& object : parts_.document.objects()->objects) {
        if (QString::fromStdString(object.key.id()) != target || parts_.document.shows(object.key.ns)) continue;
        parts_.document.showNamespace({});
        return;
    }
}

void MainWindow::setActiveView() {
    const bool visible = isVisible() && !isMinimized() && stack_->currentWidget() != start_;
    // The old one is put to sleep before the new one wakes, so that no sample is taken twice.
    for (const auto& [id, view] : views_) {
        if (view && view->isActive() && (id != current_ || !visible)) view->setActive(false);
    }
    const auto now = views_.find(current_);
    if (visible && now != views_.end() && now->second && !now->second->isActive()) now->second->setActive(true);
}

void MainWindow::showStartPage(bool show) {
    if (show) {
        start_->setRecent(settings::recentFolders());
        stack_->setCurrentWidget(start_);
        rail_->setCurrent({});
        setActiveView();
        return;
    }
    navigate(current_.isEmpty() ? settings::lastView() : current_, {});
    if (current_.isEmpty()) navigate(QStringLiteral("routes"), {});
}

void MainWindow::setDrawerOpen(bool open) {
    if (open == isDrawerOpen()) {
        if (open) drawer_->focusContent();
        return;
    }
    drawer_->setVisible(open);
    if (open) {
        fadeIn(drawer_, parts_.theme);
        const int wish = settings::drawerHeight() > 0 ? settings::drawerHeight() : drawer_->sizeHint().height();
        const int height = std::min(wish, splitter_->height() / 2);
        splitter_->setSizes({splitter_->height() - height, height});
        drawer_->focusContent();
    } else if (stack_->currentWidget()) {
        stack_->currentWidget()->setFocus(Qt::OtherFocusReason);
    }
}

bool MainWindow::isDrawerOpen() const { return !drawer_->isHidden(); }

void MainWindow::restoreSession() {
    parts_.theme.setReducedMotion(settings::reducedMotion().value_or(Theme::systemReducesMotion()));
    if (!restoreGeometry(settings::windowGeometry())) {
        const QRect screen = this->screen() ? this->screen()->availableGeometry() : QRect(0, 0, 1280, 800);
        resize(std::min(screen.width() * 9 / 10, 1440), std::min(screen.height() * 9 / 10, 900));
    }
}

void MainWindow::recreateViews() {
    // Every text of a view comes back in the new language, also those that it made long ago.
    const QWidget* shown = stack_->currentWidget();
    for (auto& [id, view] : views_) delete view.data();
    views_.clear();
    if (shown != start_ && !history_.empty()) go(history_[historyAt_]);
}

void MainWindow::openFolder() {
    const QStringList recent = settings::recentFolders();
    const QString folder = parts_.dialogs.chooseFolder(this, tr("Open a folder of YAML files"), recent.isEmpty() ? QString() : recent.first());
    if (folder.isEmpty() || !mayReplaceWorkspace()) return;
    parts_.session.openPaths({std::filesystem::path(folder.toStdString())});
}

void MainWindow::openDemo() {
    if (parts_.document.isDemo() || !mayReplaceWorkspace()) return;
    current_ = QStringLiteral("dashboard");
    parts_.session.openDemo();
}

bool MainWindow::mayReplaceWorkspace() {
    if (!parts_.document.modified() || parts_.document.isDemo()) return true;
    switch (parts_.dialogs.confirmClose(this, parts_.document.unsavedFiles())) {
        case Dialogs::CloseChoice::Save: return saveAll();
        case Dialogs::CloseChoice::Discard: parts_.document.discardEdits(); return true;
        case Dialogs::CloseChoice::Cancel: return false;
    }
    return false;
}

bool MainWindow::saveAll() {
    if (!parts_.document.isOpen()) return true;
    const auto saved = parts_.document.save();
    if (saved) {
        notices_->dismissFiles();
        return true;
    }
    notices_->showSaveFailure(coreSentence(saved.error().message), [this] { saveAll(); });
    return false;
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!mayReplaceWorkspace()) {
        event->ignore();
        return;
    }
    settings::setWindowGeometry(saveGeometry());
    for (const auto& [id, view] : views_) {
        if (view && view->isActive()) view->setActive(false);
    }
    statusTimer_.stop();
    event->accept();
}

void MainWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::WindowStateChange) setActiveView();
    if (event->type() == QEvent::LanguageChange && palette_) {
        retranslate();
        recreateViews();
    }
    QMainWindow::changeEvent(event);
}

void MainWindow::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    setActiveView();
}

void MainWindow::hideEvent(QHideEvent* event) {
    QMainWindow::hideEvent(event);
    setActiveView();
}

void MainWindow::refreshProblems() {
    const auto report = parts_.engine.report();
    const auto objects = parts_.document.objects();
    const bool current = report && parts_.engine.running() && report->revision == objects->revision;
    // Without a report of this very text, what the text alone says.
    drawer_->problems().set(current ? report->diagnostics : config::validate(*objects));
    status_->setProblems(drawer_->problems().errors(), drawer_->problems().warnings());
    // Nothing was checked yet: "no problems" would be a claim.
    status_->setChecked(parts_.document.isOpen());
}

void MainWindow::refreshStatus() {
    top_->refresh();
    status_->setDrafts(int(parts_.document.drafts().drafts().size()));
    status_->setUnsaved(parts_.document.unsavedFiles(), parts_.document.isDemo());
    const EngineBridge& engine = parts_.engine;
    qint64 age = engine.sampleAge();
    for (const auto& pod : engine.state().pods) {
        if (pod.scrape == inference::ScrapeState::Fresh) age = std::max(age, engine.sampleAge() + qint64(pod.ageMillis));
    }
    status_->setAge(age, engine.running());
    setWindowModified(parts_.document.modified());
    if (QAction* save = parts_.actions.find(QStringLiteral("file.save"))) {
        ActionRegistry::setDisabledReason(save, !parts_.document.isOpen()    ? tr("no workspace is open")
                                                : parts_.document.modified() ? QString()
                                                                             : tr("nothing to save"));
    }
}

void MainWindow::refreshEngineBar() {
    top_->setGatewayError(parts_.session.gatewayError());
    notices_->refreshEngine();
}

void MainWindow::movePane(int direction) {
    cyclePanes({{rail_, [this] { rail_->focusCurrent(); }}, {top_}, {stack_}, {drawer_, [this] { drawer_->focusContent(); }}, {status_}}, direction);
}

void MainWindow::openProblem(const config::Diagnostic& problem) {
    if (problem.object.kind.empty()) {
        navigate(QStringLiteral("routes"), QString::fromStdString(problem.where.file));
        return;
    }
    navigate(viewOfKind(problem.object.kind), QString::fromStdString(problem.object.id()));
}

void MainWindow::openDraft(const std::string& id) {
    const auto target = QString::fromStdString(id);
    if (target.startsWith(QLatin1String("file:"))) navigate(QStringLiteral("routes"), target.mid(5));
    else navigate(viewOfKind(target.section(QLatin1Char('/'), 1, 1).toStdString()), target);
}

}  // namespace gatehouse::ui
