// The actions of the window: one registration each, which feeds shortcuts, menus, palette and cheat sheet.
#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "shell/bottom_drawer.h"
#include "shell/cheat_sheet.h"
#include "shell/command_palette.h"
#include "shell/languages.h"
#include "shell/main_window.h"
#include "shell/rail.h"
#include "shell/recovered_sheet.h"
#include "shell/session.h"
#include "shell/shortcut_sheet.h"
#include "shell/settings.h"
#include "shell/start_page.h"
#include "shell/status_row.h"
#include "shell/top_bar.h"
#include "theme/theme.h"
#include "widgets/action_registry.h"

#include <QActionGroup>
#include <QMenu>
#include <QToolButton>

#include <algorithm>
#include <array>
#include <utility>

namespace gatehouse::ui {

namespace {

constexpr std::array<double, 5> kTextSizes = {1.0, 1.25, 1.5, 1.75, 2.0};

struct ThemeChoice {
    const char* name;
    const char* text;
};
constexpr std::array<ThemeChoice, 4> kThemes = {{
    {"system", QT_TRANSLATE_NOOP("gatehouse::ui::MainWindow", "As the desktop")},
    {"light", QT_TRANSLATE_NOOP("gatehouse::ui::MainWindow", "Light")},
    {"dark", QT_TRANSLATE_NOOP("gatehouse::ui::MainWindow", "Dark")},
    {"contrast", QT_TRANSLATE_NOOP("gatehouse::ui::MainWindow", "High contrast")},
}};

Theme::Scheme schemeOf(const QString& name) {
    if (name == QLatin1String("light")) return Theme::Scheme::Light;
    if (name == QLatin1String("dark")) return Theme::Scheme::Dark;
    if (name == QLatin1String("contrast")) return Theme::Scheme::HighContrast;
    return Theme::systemScheme();
}

}  // namespace

void MainWindow::makeActions() {
    ActionRegistry& actions = parts_.actions;
    const auto add = [&](const char* id, const QKeySequence& keys, std::function<void()> run) {
        return actions.add(this, QString::fromLatin1(id), {}, {}, keys, std::move(run));
    };
    int number = 1;
    for (const ViewEntry& entry : viewTable()) {
        const QString id = QString::fromLatin1(entry.id);
        add(qPrintable(QStringLiteral("view.") + id), QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_0 + number % 10)), [this, id] { navigate(id, {}); });
        ++number;
    }
    QAction* palette = add("go.palette", QKeySequence(Qt::CTRL | Qt::Key_K), [this] { palette_->open(); });
    actions.setDefaultShortcuts(palette, {QKeySequence(Qt::CTRL | Qt::Key_K), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P)});
    add("go.back", QKeySequence(Qt::ALT | Qt::Key_Left), [this] { step(-1); });
    add("go.forward", QKeySequence(Qt::ALT | Qt::Key_Right), [this] { step(1); });
    add("go.filter", QKeySequence(Qt::Key_Slash), [this] {
        if (View* shown = views_[current_]) shown->focusFilter();
    });
    add("go.nextPane", QKeySequence(Qt::Key_F6), [this] { movePane(1); });
    add("go.previousPane", QKeySequence(Qt::SHIFT | Qt::Key_F6), [this] { movePane(-1); });
    add("go.problems", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M), [this] {
        drawer_->showProblems();
        setDrawerOpen(true);
    });
    add("go.limits", {}, [this] { navigate(QStringLiteral("dashboard"), QStringLiteral("limits")); });
    add("go.endpoints", {}, [this] { navigate(QStringLiteral("dashboard"), QStringLiteral("endpoints:")); });
    add("go.shortcuts", QKeySequence(Qt::Key_Question), [this] { cheat_->present(); });
    add("go.rebind", {}, [this] {
        createAllViews();  // Each brings actions of its own.
        shortcuts_->present();
    });

    QAction* undo = add("edit.undo", QKeySequence::Undo, [this] { parts_.document.undoStack().undo(); });
    QAction* redo = add("edit.redo", QKeySequence::Redo, [this] { parts_.document.undoStack().redo(); });
    add("edit.history", {}, [this] {
        drawer_->showHistory();
        setDrawerOpen(true);
    });
    QAction* save = add("file.save", QKeySequence::Save, [this] { saveAll(); });
    add("file.openFolder", QKeySequence::Open, [this] { openFolder(); });
    add("file.openDemo", {}, [this] { openDemo(); });
    add("file.quit", QKeySequence::Quit, [this] { close(); });
    add("gateway.restart", {}, [this] { parts_.session.restart(); });

    for (const ThemeChoice& choice : kThemes) {
        add(qPrintable(QStringLiteral("theme.") + QLatin1String(choice.name)), {},
            [this, name = QString::fromLatin1(choice.name)] { setThemeByName(name); });
    }
    add("look.larger", QKeySequence::ZoomIn, [this] { stepTextSize(1); });
    add("look.smaller", QKeySequence::ZoomOut, [this] { stepTextSize(-1); });
    add("look.motion", {}, [this] { setReducedMotion(!parts_.theme.reducedMotion()); });
    add("look.rail", QKeySequence(Qt::CTRL | Qt::Key_B), [this] { rail_->setCollapsed(!rail_->isCollapsed()); });
    for (const auto& language : Languages::all()) {
        add(qPrintable(QStringLiteral("language.") + language.code), {}, [this, code = language.code] {
            settings::setLanguage(code);
            parts_.languages.use(code);
        });
    }
    QUndoStack& stack = parts_.document.undoStack();
    connect(&stack, &QUndoStack::indexChanged, this, [this] { nameActions(); });
    nameActions();
    top_->addAction(undo, QStringLiteral("undo"));
    top_->addAction(redo, QStringLiteral("redo"));
    top_->addAction(save, QStringLiteral("save"));
}

void MainWindow::nameActions() {
    ActionRegistry& actions = parts_.actions;
    const auto name = [&](const char* id, const QString& category, const QString& text) {
        QAction* action = actions.find(QString::fromLatin1(id));
        ActionRegistry::setCategory(action, category);
        action->setText(text);
        return action;
    };
    const QString view = tr("View"), move = tr("Go"), edit = tr("Edit"), file = tr("Workspace"), look = tr("Appearance");
    for (const ViewEntry& entry : viewTable()) {
        name(qPrintable(QStringLiteral("view.") + QLatin1String(entry.id)), view, entry.translatedTitle());
    }
    name("go.palette", move, tr("Search actions and objects"));
    name("go.back", move, tr("Back"));
    name("go.forward", move, tr("Forward"));
    name("go.filter", move, tr("To the filter of the view"));
    name("go.nextPane", move, tr("To the next pane"));
    name("go.previousPane", move, tr("To the previous pane"));
    name("go.problems", move, tr("Show problems"));
    name("go.limits", move, tr("Show limits"));
    name("go.endpoints", move, tr("Show endpoints"));
    name("go.shortcuts", move, tr("Keyboard shortcuts"));
    name("go.rebind", look, tr("Change keyboard shortcuts…"));
    name("look.motion", look, tr("Turn the fading of what appears on or off"));
    const QUndoStack& stack = parts_.document.undoStack();
    QAction* undo = name("edit.undo", edit, stack.canUndo() ? tr("Undo: %1").arg(stack.undoText()) : tr("Undo"));
    QAction* redo = name("edit.redo", edit, stack.canRedo() ? tr("Redo: %1").arg(stack.redoText()) : tr("Redo"));
    ActionRegistry::setDisabledReason(undo, stack.canUndo() ? QString() : tr("nothing to undo"));
    ActionRegistry::setDisabledReason(redo, stack.canRedo() ? QString() : tr("nothing to redo"));
    name("edit.history", edit, tr("Show the edit history"));
    name("file.save", file, tr("Save all files"));
    name("file.openFolder", file, tr("Open a folder…"));
    name("file.openDemo", file, tr("Open the demo"));
    name("file.quit", file, tr("Quit"));
    name("gateway.restart", tr("Gateway"), tr("Restart the gateway"));
    for (const ThemeChoice& choice : kThemes) {
        name(qPrintable(QStringLiteral("theme.") + QLatin1String(choice.name)), look, tr("Theme: %1").arg(tr(choice.text)));
    }
    name("look.larger", look, tr("Larger text"));
    name("look.smaller", look, tr("Smaller text"));
    name("look.rail", look, tr("Collapse or expand the rail"));
    for (const auto& language : Languages::all()) {
        name(qPrintable(QStringLiteral("language.") + language.code), look, tr("Language: %1").arg(language.name));
    }
}

void MainWindow::retranslate() {
    setWindowTitle(QStringLiteral("Gatehouse[*]"));
    nameActions();
    for (const ViewEntry& entry : viewTable()) {
        rail_->setWord(QString::fromLatin1(entry.id), entry.translatedTitle(),
                       parts_.actions.find(QStringLiteral("view.") + QLatin1String(entry.id))->shortcut().toString(QKeySequence::NativeText));
    }
    rail_->retranslate();
    top_->retranslate();
    top_->setPaletteKeys(parts_.actions.find(QStringLiteral("go.palette"))->shortcut().toString(QKeySequence::NativeText));
    status_->retranslate();
    drawer_->retranslate();
    palette_->retranslate();
    recovered_->retranslate();
    shortcuts_->retranslate();
    start_->retranslate();
    delete gearMenu_;
    gearMenu_ = makeGearMenu();
    status_->gear()->setMenu(gearMenu_);
    makeWorkspaceMenu();
    refreshStatus();
    status_->setProblems(drawer_->problems().errors(), drawer_->problems().warnings());
}

QMenu* MainWindow::makeGearMenu() {
    auto* menu = new QMenu(this);
    QMenu* themes = menu->addMenu(tr("&Theme"));
    auto* themeGroup = new QActionGroup(menu);
    for (const ThemeChoice& choice : kThemes) {
        QAction* action = themes->addAction(tr(choice.text));
        action->setCheckable(true);
        action->setChecked(settings::theme() == QLatin1String(choice.name));
        themeGroup->addAction(action);
        connect(action, &QAction::triggered, this, [this, name = QString::fromLatin1(choice.name)] { setThemeByName(name); });
    }
    QMenu* sizes = menu->addMenu(tr("Text &size"));
    auto* sizeGroup = new QActionGroup(menu);
    for (const double size : kTextSizes) {
        QAction* action = sizes->addAction(tr("%1 %", "text size").arg(size * 100));
        action->setCheckable(true);
        action->setChecked(qFuzzyCompare(size, parts_.theme.textScale()));
        sizeGroup->addAction(action);
        connect(action, &QAction::triggered, this, [this, size] {
            settings::setTextScale(size);
            parts_.theme.setTextScale(size);
        });
    }
    QMenu* languages = menu->addMenu(tr("&Language"));
    auto* languageGroup = new QActionGroup(menu);
    for (const auto& language : Languages::all()) {
        QAction* action = languages->addAction(language.name);
        action->setCheckable(true);
        action->setChecked(language.code == parts_.languages.current());
        languageGroup->addAction(action);
        // Later: the menu that is open now is made anew in the new language.
        connect(action, &QAction::triggered, this, [this, code = language.code] {
            settings::setLanguage(code);
            QMetaObject::invokeMethod(this, [this, code] { parts_.languages.use(code); }, Qt::QueuedConnection);
        });
    }
    QAction* motion = menu->addAction(tr("&Reduce motion"));
    motion->setObjectName(QStringLiteral("gearMotion"));
    motion->setCheckable(true);
    motion->setChecked(parts_.theme.reducedMotion());
    connect(menu, &QMenu::aboutToShow, motion, [this, motion] { motion->setChecked(parts_.theme.reducedMotion()); });
    connect(motion, &QAction::triggered, this, &MainWindow::setReducedMotion);
    menu->addSeparator();
    QAction* limits = menu->addAction(tr("L&imits"));
    limits->setObjectName(QStringLiteral("gearLimits"));
    connect(limits, &QAction::triggered, this, [this] { parts_.actions.find(QStringLiteral("go.limits"))->trigger(); });
    QAction* shortcuts = menu->addAction(tr("&Keyboard shortcuts"));
    connect(shortcuts, &QAction::triggered, this, [this] { parts_.actions.find(QStringLiteral("go.shortcuts"))->trigger(); });
    QAction* rebind = menu->addAction(tr("&Change keyboard shortcuts…"));
    rebind->setObjectName(QStringLiteral("gearRebind"));
    connect(rebind, &QAction::triggered, this, [this] { parts_.actions.find(QStringLiteral("go.rebind"))->trigger(); });
    return menu;
}

void MainWindow::makeWorkspaceMenu() {
    if (!workspaceMenu_) {
        workspaceMenu_ = new QMenu(this);
        top_->workspaceButton()->setMenu(workspaceMenu_);
        connect(workspaceMenu_, &QMenu::aboutToShow, this, &MainWindow::makeWorkspaceMenu);
    }
    workspaceMenu_->clear();
    if (const QStringList namespaces = parts_.document.namespaces(); namespaces.size() > 1) {
        workspaceMenu_->addSection(tr("Show"));
        auto* group = new QActionGroup(workspaceMenu_);
        const auto choice = [&](const QString& text, const QString& name) {
            QAction* action = workspaceMenu_->addAction(text);
            action->setCheckable(true);
            action->setChecked(parts_.document.shownNamespace() == name);
            group->addAction(action);
            connect(action, &QAction::triggered, this, [this, name] { parts_.document.showNamespace(name); });
        };
        choice(tr("All namespaces"), {});
        for (const QString& name : namespaces) choice(tr("Namespace %1").arg(name), name);
        workspaceMenu_->addSeparator();
    }
    workspaceMenu_->addAction(parts_.actions.find(QStringLiteral("file.openFolder")));
    workspaceMenu_->addAction(parts_.actions.find(QStringLiteral("file.openDemo")));
    const QStringList recent = settings::recentFolders();
    if (!recent.isEmpty()) workspaceMenu_->addSection(tr("Opened before"));
    for (const QString& folder : recent) {
        QAction* action = workspaceMenu_->addAction(QString(folder).replace(QLatin1Char('&'), QLatin1String("&&")));
        connect(action, &QAction::triggered, this, [this, folder] {
            if (mayReplaceWorkspace()) parts_.session.openPaths({std::filesystem::path(folder.toStdString())});
        });
    }
    workspaceMenu_->addSeparator();
    workspaceMenu_->addAction(parts_.actions.find(QStringLiteral("file.save")));
}

void MainWindow::addPaletteSources() {
    parts_.actions.addSource(this, [this] {
        std::vector<ActionRegistry::Entry> entries;
        for (const auto& object : parts_.document.objects()->objects) {
            const QString id = QString::fromStdString(object.key.id());
            const QString name = QString::fromStdString(object.key.ns.empty() ? object.key.name : object.key.ns + "/" + object.key.name);
            entries.push_back({QString::fromStdString(object.key.kind), name, QString::fromStdString(object.where.file),
                               [this, id, view = viewOfKind(object.key.kind)] { navigate(view, id); }});
        }
        return entries;
    });
    parts_.actions.addSource(this, [this] {
        std::vector<ActionRegistry::Entry> entries;
        const QStringList namespaces = parts_.document.namespaces();
        if (namespaces.size() < 2) return entries;
        entries.push_back({tr("Namespace"), tr("All namespaces"), {}, [this] { parts_.document.showNamespace({}); }});
        for (const QString& name : namespaces) entries.push_back({tr("Namespace"), name, {}, [this, name] { parts_.document.showNamespace(name); }});
        return entries;
    });
    parts_.actions.addSource(this, [this] {
        std::vector<ActionRegistry::Entry> entries;
        for (const auto& pod : parts_.engine.state().pods) {
            entries.push_back({tr("Live pod"), QString::fromStdString(pod.pod), QString::fromStdString(pod.pool + "  " + pod.address),
                               [this, pod = QString::fromStdString(pod.pod)] { navigate(QStringLiteral("dashboard"), pod); }});
        }
        return entries;
    });
}

void MainWindow::setThemeByName(const QString& name) {
    settings::setTheme(name);
    parts_.theme.setScheme(schemeOf(name));
    if (gearMenu_) QMetaObject::invokeMethod(this, &MainWindow::retranslate, Qt::QueuedConnection);
}

void MainWindow::setReducedMotion(bool reduced) {
    settings::setReducedMotion(reduced);
    parts_.theme.setReducedMotion(reduced);
}

void MainWindow::stepTextSize(int direction) {
    const auto nearest = std::min_element(kTextSizes.begin(), kTextSizes.end(), [this](double a, double b) {
        return std::abs(a - parts_.theme.textScale()) < std::abs(b - parts_.theme.textScale());
    });
    const auto next = std::clamp<std::ptrdiff_t>((nearest - kTextSizes.begin()) + direction, 0, std::ptrdiff_t(kTextSizes.size()) - 1);
    settings::setTextScale(kTextSizes[std::size_t(next)]);
    parts_.theme.setTextScale(kTextSizes[std::size_t(next)]);
}

}  // namespace gatehouse::ui
