// The window by keys and clicks: views, palette, undo, drawer, saving, closing, theme and language.
#include "shell_fixture.h"

#include "shell/bottom_drawer.h"
#include "shell/command_palette.h"
#include "widgets/message_bar.h"
#include "widgets/segmented_control.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>

using namespace gatehouse;
using namespace gatehouse::ui;

TEST_F(ShellTest, TheFirstStartOffersThreeWaysAndSaysWhyOneIsClosed) {
    EXPECT_TRUE(window->findChild<QWidget*>(QStringLiteral("startPage"))->isVisible());
    EXPECT_TRUE(window->findChild<QPushButton*>(QStringLiteral("startDemo"))->isEnabled());
    EXPECT_TRUE(window->findChild<QPushButton*>(QStringLiteral("startFolder"))->isEnabled());
    const auto* cluster = window->findChild<QPushButton*>(QStringLiteral("startCluster"));
    EXPECT_FALSE(cluster->isEnabled());
    EXPECT_FALSE(cluster->toolTip().isEmpty());
}

TEST_F(ShellTest, OpeningAFolderFromTheStartPageShowsAView) {
    write(kWorkspaceText);
    dialogs.folder = folder.path();
    QTest::mouseClick(window->findChild<QPushButton*>(QStringLiteral("startFolder")), Qt::LeftButton);
    EXPECT_TRUE(document.isOpen());
    EXPECT_FALSE(window->findChild<QWidget*>(QStringLiteral("startPage"))->isVisible());
    EXPECT_EQ(settings::recentFolders(), QStringList{folder.path()});
}

TEST_F(ShellTest, AFolderThatCannotBeOpenedIsSaidInABar) {
    dialogs.folder = QStringLiteral("/no/such/folder");
    QTest::mouseClick(window->findChild<QPushButton*>(QStringLiteral("startFolder")), Qt::LeftButton);
    auto* bar = window->findChild<MessageBar*>(QStringLiteral("noticeBar"));
    EXPECT_TRUE(bar->isVisible());
    EXPECT_EQ(bar->kind(), MessageBar::Kind::Error);
    EXPECT_FALSE(document.isOpen());
}

TEST_F(ShellTest, ControlAndANumberSwitchViewsAndOnlyTheShownOneIsActive) {
    openWorkspace();
    int number = 1;
    for (const ViewEntry& entry : viewTable()) {
        QTest::keyClick(window.get(), Qt::Key(Qt::Key_0 + number++ % 10), Qt::ControlModifier);
        EXPECT_EQ(window->currentView(), QLatin1String(entry.id));
        for (const ViewEntry& other : viewTable()) {
            if (View* view = window->findChild<View*>(QLatin1String(other.id) + QStringLiteral("View"))) {
                EXPECT_EQ(view->isActive(), &other == &entry) << other.id;
            }
        }
    }
    window->hide();
    EXPECT_FALSE(window->view(window->currentView())->isActive()) << "a hidden window does no work";
}

TEST_F(ShellTest, ViewsAreMadeWhenFirstShown) {
    openWorkspace();
    window->navigate(QStringLiteral("routes"), {});
    EXPECT_EQ(window->findChild<View*>(QStringLiteral("exportView")), nullptr);
    window->navigate(QStringLiteral("export"), {});
    EXPECT_NE(window->findChild<View*>(QStringLiteral("exportView")), nullptr);
}

TEST_F(ShellTest, TheNamespaceSwitchNarrowsTheViewsAndASearchWidensThem) {
    QFile file(folder.filePath(QStringLiteral("prod.yaml")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: shop\n  namespace: prod\nspec:\n  parentRefs:\n  - name: front\n    namespace: default\n");
    file.close();
    openWorkspace();
    auto* chip = window->findChild<QToolButton*>(QStringLiteral("workspaceChip"));
    EXPECT_TRUE(chip->text().contains(QStringLiteral("all 2 namespaces"))) << chip->text().toStdString();
    window->palette().open(QStringLiteral("prod"));
    const auto& found = window->palette().model();
    int row = 0;
    while (found.at(row) && found.at(row)->category != QLatin1String("Namespace")) ++row;
    ASSERT_NE(found.at(row), nullptr);
    window->palette().close();
    QAction* prod = nullptr;
    emit chip->menu()->aboutToShow();
    for (QAction* action : chip->menu()->actions())
        if (action->text() == QLatin1String("Namespace prod")) prod = action;
    ASSERT_NE(prod, nullptr);
    prod->trigger();
    EXPECT_EQ(document.shownNamespace(), QStringLiteral("prod"));
    EXPECT_TRUE(chip->text().endsWith(QStringLiteral("prod"))) << chip->text().toStdString();
    window->navigate(QStringLiteral("routes"), {});
    QStringList texts;
    const auto* model = window->findChild<QTreeView*>(QStringLiteral("routesTree"))->model();
    for (const auto& index : model->match(model->index(0, 0), Qt::DisplayRole, QString(), -1, Qt::MatchContains | Qt::MatchRecursive)) texts << index.data().toString();
    EXPECT_FALSE(texts.filter(QStringLiteral("shop")).isEmpty()) << texts.join(QLatin1Char('|')).toStdString();
    EXPECT_TRUE(texts.filter(QStringLiteral("chat")).isEmpty()) << texts.join(QLatin1Char('|')).toStdString();
    // What is asked for by name is shown, whatever is chosen.
    window->navigate(QStringLiteral("routes"), QStringLiteral("gateway.networking.k8s.io/HTTPRoute/default/chat"));
    EXPECT_TRUE(document.shownNamespace().isEmpty());
}

/// Words that a label, button or chip has no room for. Middle-elided table cells are not meant: they show the whole on hover.
QStringList clippedWords(QWidget* root) {
    QStringList clipped;
    for (auto* widget : root->findChildren<QWidget*>()) {
        if (!widget->isVisible() || widget->visibleRegion().isEmpty()) continue;
        const auto* label = qobject_cast<QLabel*>(widget);
        const auto* button = qobject_cast<QPushButton*>(widget);
        if (label && (label->wordWrap() || label->text().isEmpty())) continue;
        if (!label && !button) continue;
        // A button may lose free room around its words, not the words.
        const QString words = label ? label->text() : button->text();
        const int needed = label ? widget->minimumSizeHint().width() : widget->fontMetrics().horizontalAdvance(words) + 8;
        if (widget->width() + 1 < needed || widget->height() + 6 < widget->minimumSizeHint().height())
            clipped << QStringLiteral("%1 in %2 (%3x%4)").arg(words, widget->parentWidget()->objectName()).arg(widget->width()).arg(widget->height());
    }
    return clipped;
}

TEST_F(ShellTest, TextOfTwiceTheSizeFitsASmallWindow) {
    openWorkspace();
    theme.setTextScale(2);
    const auto directory = qEnvironmentVariable("GATEHOUSE_PICTURES");
    for (const char* language : {"en", "de"}) {
        languages.use(QString::fromLatin1(language));
        for (const char* id : {"routes", "providers", "policies", "canary", "dashboard", "requests", "export"}) {
            window->navigate(QString::fromLatin1(id), {});
            window->resize(1024, 700);
            QApplication::processEvents();
            EXPECT_EQ(window->size(), QSize(1024, 700)) << id << ' ' << language;
            if (!directory.isEmpty()) window->grab().save(QStringLiteral("%1/large-%2-%3.png").arg(directory, QLatin1String(id), QLatin1String(language)));
            if (qstrcmp(id, "dashboard") == 0 || qstrcmp(id, "requests") == 0) {
                const auto clipped = clippedWords(window.get());
                EXPECT_TRUE(clipped.isEmpty()) << id << ' ' << language << ": " << clipped.join(QLatin1String(", ")).toStdString();
            }
        }
    }
    theme.setTextScale(1);
}

TEST_F(ShellTest, AltArrowsWalkTheHistory) {
    openWorkspace();
    for (const char* id : {"routes", "requests", "export"}) window->navigate(QString::fromLatin1(id), {});
    QTest::keyClick(window.get(), Qt::Key_Left, Qt::AltModifier);
    EXPECT_EQ(window->currentView(), QStringLiteral("requests"));
    QTest::keyClick(window.get(), Qt::Key_Left, Qt::AltModifier);
    EXPECT_EQ(window->currentView(), QStringLiteral("routes"));
    QTest::keyClick(window.get(), Qt::Key_Right, Qt::AltModifier);
    EXPECT_EQ(window->currentView(), QStringLiteral("requests"));
    EXPECT_TRUE(action("go.forward")->isEnabled());
    window->navigate(QStringLiteral("policies"), {});
    EXPECT_FALSE(action("go.forward")->isEnabled()) << "a new way forgets the old one";
}

TEST_F(ShellTest, ThePaletteOpensFindsAndRuns) {
    openWorkspace();
    window->navigate(QStringLiteral("routes"), {});
    QTest::keyClick(window.get(), Qt::Key_K, Qt::ControlModifier);
    ASSERT_TRUE(window->palette().isVisible());
    QTest::keyClicks(window->palette().field(), QStringLiteral("export"));
    ASSERT_NE(window->palette().model().at(0), nullptr);
    EXPECT_EQ(window->palette().model().at(0)->id, QStringLiteral("view.export"));
    QTest::keyClick(window->palette().field(), Qt::Key_Return);
    EXPECT_FALSE(window->palette().isVisible());
    EXPECT_EQ(window->currentView(), QStringLiteral("export"));
    EXPECT_EQ(settings::recentCommands().first(), QStringLiteral("view.export"));
}

TEST_F(ShellTest, ThePaletteFindsObjectsAndGoesToTheirView) {
    openWorkspace();
    window->palette().open(QStringLiteral("openai"));
    const auto* item = window->palette().model().at(0);
    ASSERT_NE(item, nullptr);
    EXPECT_EQ(item->category, QStringLiteral("Backend"));
    QTest::keyClick(window->palette().field(), Qt::Key_Return);
    EXPECT_EQ(window->currentView(), QStringLiteral("providers"));
}

TEST_F(ShellTest, ThePaletteSaysWhyAnActionCannotRunAndDoesNotRunIt) {
    openWorkspace();
    window->palette().open(QStringLiteral("undo"));
    const auto* item = window->palette().model().at(0);
    ASSERT_NE(item, nullptr);
    EXPECT_EQ(item->id, QStringLiteral("edit.undo"));
    EXPECT_FALSE(item->reason.isEmpty());
    QTest::keyClick(window->palette().field(), Qt::Key_Return);
    EXPECT_TRUE(window->palette().isVisible());
    QTest::keyClick(window->palette().field(), Qt::Key_Escape);
    EXPECT_FALSE(window->palette().isVisible());
}

TEST_F(ShellTest, LimitsAreReachedFromTheGearAndFromThePalette) {
    openWorkspace();
    const auto shown = [this] {
        const auto* shape = window->findChild<SegmentedControl*>(QStringLiteral("shownAs"));
        return shape && window->currentView() == QLatin1String("dashboard") ? shape->current() : QString();
    };
    auto* gear = window->findChild<QToolButton*>(QStringLiteral("gearButton"));
    auto* entry = gear->menu()->findChild<QAction*>(QStringLiteral("gearLimits"));
    ASSERT_NE(entry, nullptr);
    entry->trigger();
    EXPECT_EQ(shown(), QStringLiteral("limits"));
    EXPECT_TRUE(window->findChild<QTableView*>(QStringLiteral("limitTable"))->parentWidget()->isVisible());
    QTest::keyClick(window.get(), Qt::Key_K, Qt::ControlModifier);
    auto* search = window->palette().findChild<QLineEdit*>();
    ASSERT_NE(search, nullptr);
    QTest::keyClicks(search, QStringLiteral("show endpoints"));
    QTest::keyClick(search, Qt::Key_Return);
    EXPECT_EQ(shown(), QStringLiteral("endpoints"));
    QTest::keyClick(window.get(), Qt::Key_Slash);
    EXPECT_EQ(window->focusWidget(), window->findChild<QLineEdit*>(QStringLiteral("endpointFilter")));
}

TEST_F(ShellTest, UndoAndRedoNameTheEdit) {
    openWorkspace();
    EXPECT_FALSE(action("edit.undo")->isEnabled());
    ASSERT_TRUE(setWeight("70"));
    EXPECT_EQ(action("edit.undo")->text(), QStringLiteral("Undo: Set weight of stable to 70"));
    action("edit.undo")->trigger();
    EXPECT_FALSE(action("edit.undo")->isEnabled());
    EXPECT_EQ(action("edit.redo")->text(), QStringLiteral("Redo: Set weight of stable to 70"));
    EXPECT_FALSE(document.modified());
    action("edit.redo")->trigger();
    EXPECT_TRUE(document.modified());
}

TEST_F(ShellTest, SaveIsOfferedOnlyWhenThereIsSomethingToSave) {
    openWorkspace();
    EXPECT_FALSE(action("file.save")->isEnabled());
    ASSERT_TRUE(setWeight("70"));
    EXPECT_TRUE(action("file.save")->isEnabled());
    EXPECT_TRUE(window->findChild<QWidget*>(QStringLiteral("unsavedChip"))->isVisible());
    QTest::keyClick(window.get(), Qt::Key_S, Qt::ControlModifier);
    EXPECT_FALSE(document.modified());
    EXPECT_FALSE(window->findChild<QWidget*>(QStringLiteral("unsavedChip"))->isVisible());
    QFile saved(file());
    ASSERT_TRUE(saved.open(QIODevice::ReadOnly));
    EXPECT_TRUE(saved.readAll().contains("weight: 70"));
}

TEST_F(ShellTest, ClosingWithUnsavedEditsAsks) {
    openWorkspace();
    ASSERT_TRUE(setWeight("70"));
    dialogs.close = Dialogs::CloseChoice::Cancel;
    EXPECT_FALSE(window->close());
    EXPECT_EQ(dialogs.asked, QStringList{QStringLiteral("close with 1")});
    dialogs.close = Dialogs::CloseChoice::Save;
    EXPECT_TRUE(window->close());
    EXPECT_FALSE(document.modified());
}

TEST_F(ShellTest, ATextThatCannotBeReadIsCountedFoundAndKeptWhenClosing) {
    openWorkspace();
    auto* chip = window->findChild<QAbstractButton*>(QStringLiteral("draftsChip"));
    ASSERT_NE(chip, nullptr);
    EXPECT_FALSE(chip->isVisible());
    const auto id = config::ObjectKey{"gateway.networking.k8s.io", "HTTPRoute", "default", "chat"}.id();
    document.drafts().keep(id, "kind: [HTTPRoute\n");
    ASSERT_TRUE(chip->isVisible());
    EXPECT_TRUE(chip->text().startsWith(QLatin1Char('1'))) << chip->text().toStdString();
    window->navigate(QStringLiteral("export"), {});
    QTest::mouseClick(chip, Qt::LeftButton);
    EXPECT_EQ(window->currentView(), QStringLiteral("routes"));
    EXPECT_TRUE(window->close());
    EXPECT_TRUE(dialogs.asked.isEmpty()) << "it is kept, so nothing needs an answer";
    EXPECT_NE(document.drafts().find(id), nullptr);
}

TEST_F(ShellTest, ProblemsAreCountedListedAndOpenTheirObject) {
    openWorkspace();
    auto* chip = window->findChild<QAbstractButton*>(QStringLiteral("problemsChip"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return window->drawer().problems().rowCount() > 0; }, 3000)) << "Service canary is missing";
    QTest::mouseClick(chip, Qt::LeftButton);
    ASSERT_TRUE(window->isDrawerOpen());
    auto* table = window->findChild<QTableView*>(QStringLiteral("problemsTable"));
    int row = -1;
    for (int i = 0; i < window->drawer().problems().rowCount(); ++i) {
        if (window->drawer().problems().at(i)->object.kind == "HTTPRoute") row = i;
    }
    ASSERT_GE(row, 0);
    window->navigate(QStringLiteral("export"), {});
    table->setCurrentIndex(table->model()->index(row, 0));
    emit table->activated(table->currentIndex());
    EXPECT_EQ(window->currentView(), QStringLiteral("routes"));
    QTest::keyClick(table, Qt::Key_Escape);
    EXPECT_FALSE(window->isDrawerOpen());
}

TEST_F(ShellTest, FilesChangedOutsideAreSaidAndConflictsKeepTheEdits) {
    openWorkspace();
    ASSERT_TRUE(setWeight("70"));
    write(QByteArray(kWorkspaceText).replace("weight: 10", "weight: 12345"));
    document.refreshNow();
    auto* bar = window->findChild<MessageBar*>(QStringLiteral("filesBar"));
    ASSERT_TRUE(bar->isVisible());
    EXPECT_EQ(bar->kind(), MessageBar::Kind::Warning);
    EXPECT_TRUE(document.modified());
    const auto choose = [bar](const QString& text) {
        for (auto* button : bar->findChildren<QPushButton*>()) {
            if (button->text() == text && button->isVisible()) return button;
        }
        return static_cast<QPushButton*>(nullptr);
    };
    EXPECT_NE(choose(QStringLiteral("Keep my edits")), nullptr);
    // Saving says why it cannot, and leaves the choice.
    EXPECT_FALSE(window->saveAll());
    EXPECT_EQ(bar->kind(), MessageBar::Kind::Error);
    EXPECT_EQ(choose(QStringLiteral("Try again")), nullptr);
    EXPECT_NE(choose(QStringLiteral("Take the files from disk")), nullptr);
    // So does what happens to other files.
    QFile other(folder.filePath(QStringLiteral("other.yaml")));
    ASSERT_TRUE(other.open(QIODevice::WriteOnly));
    other.write("apiVersion: v1\nkind: Service\nmetadata: {name: other}\n");
    other.close();
    document.refreshNow();
    ASSERT_NE(choose(QStringLiteral("Keep my edits")), nullptr);
    QTest::mouseClick(choose(QStringLiteral("Keep my edits")), Qt::LeftButton);
    EXPECT_FALSE(bar->isVisible());
    EXPECT_TRUE(window->saveAll());
    EXPECT_FALSE(document.modified());
}

TEST_F(ShellTest, AGatewayThatDoesNotStartIsSaidWithARetry) {
    EXPECT_FALSE(engine.running());
    gateway::Options options;
    options.admin = "192.0.2.1:9";  // Not loopback: refused.
    Session failing(engine, document, options);
    MainWindow other(ShellParts{theme, engine, document, actions, dialogs, failing, languages});
    other.show();
    EXPECT_FALSE(failing.startGateway());
    auto* bar = other.findChild<MessageBar*>(QStringLiteral("engineBar"));
    EXPECT_TRUE(bar->isVisible());
    EXPECT_EQ(bar->kind(), MessageBar::Kind::Error);
    EXPECT_FALSE(bar->findChildren<QPushButton*>().isEmpty());
}

TEST_F(ShellTest, APortInUseIsSaidAndFreePortsAreOffered) {
    openWorkspace();
    gateway::Options options;
    options.workers = 1;
    ASSERT_TRUE(engine.start(options));
    gateway::State state;
    state.running = true;
    state.listeners.push_back({8080, "", "Port 8080 is in use by another program."});
    engine.takeSample(state);
    auto* bar = window->findChild<MessageBar*>(QStringLiteral("engineBar"));
    EXPECT_TRUE(bar->isVisible());
    EXPECT_TRUE(bar->text().contains(QStringLiteral("8080")));
    EXPECT_EQ(bar->findChildren<QPushButton*>().size(), 2);
    state.listeners[0] = {8080, "127.0.0.1:8080", ""};
    engine.takeSample(state);
    EXPECT_FALSE(bar->isVisible());
    engine.shutdown();
}

TEST_F(ShellTest, AChangeOfThemeRepaintsTheWindowLive) {
    openWorkspace();
    const QColor before = window->grab().toImage().pixelColor(20, 700);
    action("theme.dark")->trigger();
    const QColor after = window->grab().toImage().pixelColor(20, 700);
    EXPECT_EQ(before, QColor(0xFF, 0xFF, 0xFF));
    EXPECT_LT(after.lightnessF(), 0.3f);
    EXPECT_EQ(settings::theme(), QStringLiteral("dark"));
}

TEST_F(ShellTest, TheCheatSheetListsShortcutsAndEscapeClosesIt) {
    openWorkspace();
    QTest::keyClick(window.get(), Qt::Key_Question);
    auto* sheet = window->findChild<QWidget*>(QStringLiteral("cheatSheet"));
    ASSERT_TRUE(sheet->isVisible());
    bool found = false;
    for (const QLabel* label : sheet->findChildren<QLabel*>()) found |= label->text() == QKeySequence(Qt::CTRL | Qt::Key_S).toString(QKeySequence::NativeText);
    EXPECT_TRUE(found);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    EXPECT_FALSE(sheet->isVisible());
}

TEST_F(ShellTest, F6WalksThePanes) {
    openWorkspace();
    window->navigate(QStringLiteral("routes"), {});
    QStringList seen;
    for (int i = 0; i < 4; ++i) {
        QTest::keyClick(window.get(), Qt::Key_F6);
        for (const char* pane : {"rail", "topBar", "statusRow", "routesView"}) {
            const auto* widget = window->findChild<QWidget*>(QString::fromLatin1(pane));
            if (QApplication::focusWidget() && widget->isAncestorOf(QApplication::focusWidget())) seen << QString::fromLatin1(pane);
        }
    }
    seen.removeDuplicates();
    EXPECT_EQ(seen.size(), 4) << seen.join(QLatin1Char(' ')).toStdString();
}

TEST_F(ShellTest, GeometryAndViewComeBack) {
    openWorkspace();
    window->navigate(QStringLiteral("requests"), {});
    window->resize(1111, 777);
    ASSERT_TRUE(window->close());
    EXPECT_EQ(settings::lastView(), QStringLiteral("requests"));
    MainWindow next(ShellParts{theme, engine, document, actions, dialogs, session, languages});
    next.restoreSession();
    EXPECT_EQ(next.size(), QSize(1111, 777));
    EXPECT_EQ(next.currentView(), QStringLiteral("requests"));
}

TEST_F(ShellTest, GermanComesAtOnceAndGoes) {
    openWorkspace();
    window->navigate(QStringLiteral("routes"), {});
    languages.use(QStringLiteral("de"));
    QCoreApplication::processEvents();
    EXPECT_EQ(action("file.save")->text(), QStringLiteral("Alle Dateien speichern"));
    EXPECT_EQ(window->findChild<QAbstractButton*>(QStringLiteral("rail.providers"))->text(), QStringLiteral("Anbieter"));
    EXPECT_EQ(window->currentView(), QStringLiteral("routes"));
    languages.use(QStringLiteral("en"));
    QCoreApplication::processEvents();
    EXPECT_EQ(window->findChild<QAbstractButton*>(QStringLiteral("rail.providers"))->text(), QStringLiteral("Providers"));
}
