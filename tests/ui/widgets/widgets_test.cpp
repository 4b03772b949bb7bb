// The shared widgets, by clicks and keys.
#include "theme/theme.h"
#include "widgets/action_registry.h"
#include "widgets/card.h"
#include "widgets/data_table.h"
#include "widgets/filter_edit.h"
#include "widgets/inspector_panel.h"
#include "widgets/message_bar.h"
#include "widgets/segmented_control.h"
#include "widgets/splitter_state.h"
#include "widgets/status_chip.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTest>
#include <QToolButton>

#include <gtest/gtest.h>

using namespace gatehouse::ui;

namespace {

struct WidgetsTest : testing::Test {
    Theme theme;
    WidgetsTest() {
        QSettings().clear();
        theme.setScheme(Theme::Scheme::Light);
    }
};

}  // namespace

TEST_F(WidgetsTest, MessageBarShowsTextAndRunsItsActionOnce) {
    MessageBar bar(theme);
    EXPECT_TRUE(bar.isHidden());
    int runs = 0;
    bar.show(MessageBar::Kind::Error, QStringLiteral("Port 80 is taken."), {{QStringLiteral("Try again"), [&] { ++runs; }}});
    EXPECT_FALSE(bar.isHidden());
    EXPECT_EQ(bar.accessibleName(), QStringLiteral("Port 80 is taken."));
    auto* button = bar.findChild<QPushButton*>();
    ASSERT_NE(button, nullptr);
    QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_EQ(runs, 1);
}

TEST_F(WidgetsTest, MessageBarActionMayShowTheNextMessage) {
    MessageBar bar(theme);
    bar.show(MessageBar::Kind::Warning, QStringLiteral("First"), {{QStringLiteral("Next"), [&] { bar.show(MessageBar::Kind::Ok, QStringLiteral("Second")); }}});
    QTest::mouseClick(bar.findChild<QPushButton*>(), Qt::LeftButton);
    EXPECT_EQ(bar.text(), QStringLiteral("Second"));
    EXPECT_EQ(bar.kind(), MessageBar::Kind::Ok);
}

TEST_F(WidgetsTest, MessageBarIsDismissedByButtonAndByEscape) {
    MessageBar bar(theme);
    QSignalSpy dismissed(&bar, &MessageBar::dismissed);
    bar.show(MessageBar::Kind::Info, QStringLiteral("Read again."));
    QTest::mouseClick(bar.findChild<QToolButton*>(QStringLiteral("messageClose")), Qt::LeftButton);
    EXPECT_TRUE(bar.isHidden());
    bar.show(MessageBar::Kind::Info, QStringLiteral("Read again."));
    QTest::keyClick(&bar, Qt::Key_Escape);
    EXPECT_TRUE(bar.isHidden());
    EXPECT_EQ(dismissed.count(), 2);
}

TEST_F(WidgetsTest, FilterEditWaitsForAPauseAndAnnouncesAtOnceOnEnter) {
    FilterEdit filter(theme, QStringLiteral("Filter pods"));
    QSignalSpy changed(&filter, &FilterEdit::filterChanged);
    filter.show();
    QTest::keyClicks(&filter, QStringLiteral("llm"));
    EXPECT_EQ(changed.count(), 0);
    QTest::keyClick(&filter, Qt::Key_Return);
    ASSERT_EQ(changed.count(), 1);
    EXPECT_EQ(changed.takeFirst().at(0).toString(), QStringLiteral("llm"));
    QTest::keyClicks(&filter, QStringLiteral("-3"));
    EXPECT_TRUE(changed.wait(2000));
    EXPECT_EQ(changed.takeFirst().at(0).toString(), QStringLiteral("llm-3"));
    QTest::keyClick(&filter, Qt::Key_Escape);
    ASSERT_EQ(changed.count(), 1);
    EXPECT_EQ(changed.takeFirst().at(0).toString(), QString());
}

TEST_F(WidgetsTest, SegmentsAreExclusiveAndFollowArrows) {
    SegmentedControl control(theme, QStringLiteral("Shown as"));
    for (const char* id : {"chart", "table", "raw"}) control.addSegment(QString::fromLatin1(id), QString::fromLatin1(id));
    QSignalSpy changed(&control, &SegmentedControl::currentChanged);
    EXPECT_EQ(control.current(), QStringLiteral("chart"));
    control.show();
    QTest::mouseClick(control.findChild<QToolButton*>(QStringLiteral("table")), Qt::LeftButton);
    EXPECT_EQ(control.current(), QStringLiteral("table"));
    control.setSegmentEnabled(QStringLiteral("chart"), false, QStringLiteral("no data"));
    QTest::keyClick(&control, Qt::Key_Left);
    EXPECT_EQ(control.current(), QStringLiteral("table")) << "a disabled segment is skipped";
    QTest::keyClick(&control, Qt::Key_Right);
    EXPECT_EQ(control.current(), QStringLiteral("raw"));
    EXPECT_EQ(changed.count(), 2);
}

TEST_F(WidgetsTest, StatusChipSaysItsActionAndIsClickedByKeyboard) {
    StatusChip chip(theme);
    QSignalSpy clicked(&chip, &StatusChip::clicked);
    chip.set(StatusChip::Kind::Bad, QStringLiteral("2 errors"));
    EXPECT_EQ(chip.focusPolicy(), Qt::NoFocus);
    QTest::mouseClick(&chip, Qt::LeftButton);
    EXPECT_EQ(clicked.count(), 0) << "a flat chip is no button";
    chip.setClickable(true, QStringLiteral("Problems"));
    EXPECT_EQ(chip.accessibleName(), QStringLiteral("Problems: 2 errors"));
    QTest::mouseClick(&chip, Qt::LeftButton);
    chip.show();
    QTest::keyClick(&chip, Qt::Key_Space);
    EXPECT_EQ(clicked.count(), 2);
}

TEST_F(WidgetsTest, EmptyStateHidesItsButtonWithoutText) {
    EmptyState empty(theme);
    int runs = 0;
    empty.set(QStringLiteral("empty"), QStringLiteral("No requests yet."));
    EXPECT_TRUE(empty.findChild<QPushButton*>()->isHidden());
    empty.set(QStringLiteral("empty"), QStringLiteral("No requests yet."), QStringLiteral("Send one"), [&] { ++runs; });
    QTest::mouseClick(empty.findChild<QPushButton*>(), Qt::LeftButton);
    EXPECT_EQ(runs, 1);
}

TEST_F(WidgetsTest, InspectorRowsAreNamedAndClearRemovesThem) {
    InspectorPanel panel(theme, QStringLiteral("Details"));
    panel.addSection(QStringLiteral("Timing"));
    QLabel* value = panel.addRow(QStringLiteral("Total"), QStringLiteral("12 ms"), InspectorPanel::Style::Number);
    EXPECT_EQ(value->accessibleName(), QStringLiteral("Total: 12 ms"));
    EXPECT_EQ(value->font().family(), theme.tabularFont().family());
    panel.clear();
    for (const QLabel* label : panel.findChildren<QLabel*>()) EXPECT_NE(label->text(), QStringLiteral("12 ms"));
}

TEST_F(WidgetsTest, TablesUseTheRowHeightOfTheThemeAndFollowTextSize) {
    QTableView table;
    QStandardItemModel model(3, 2);
    table.setModel(&model);
    setUpTable(&table, theme, QStringLiteral("Pods"));
    EXPECT_EQ(table.accessibleName(), QStringLiteral("Pods"));
    EXPECT_EQ(table.rowHeight(0), theme.rowHeight());
    const int before = theme.rowHeight();
    theme.setTextScale(2);
    EXPECT_GE(table.rowHeight(0), 2 * before - 2);
    theme.setTextScale(1);
}

TEST_F(WidgetsTest, ColumnWidthsAreKeptBetweenRuns) {
    const auto make = [this](QStandardItemModel& model) {
        auto table = std::make_unique<QTableView>();
        table->setModel(&model);
        setUpTable(table.get(), theme, QStringLiteral("Pods"), QStringLiteral("test/pods"));
        setColumnCharacters(table.get(), {10, 10});
        return table;
    };
    QStandardItemModel model(1, 2);
    auto first = make(model);
    first->show();
    first->horizontalHeader()->resizeSection(0, 321);
    ASSERT_TRUE(QTest::qWaitFor([] { return QSettings().contains(QStringLiteral("columns/test/pods")); }, 3000));
    auto second = make(model);
    EXPECT_EQ(second->columnWidth(0), 321);
}

TEST_F(WidgetsTest, ColumnsGrowWithTheTextAlsoBetweenRuns) {
    QStandardItemModel model(1, 3);
    QTableView table;
    table.setModel(&model);
    setUpTable(&table, theme, QStringLiteral("Pods"), QStringLiteral("test/grow"));
    setColumnCharacters(&table, {12, 0, 6});
    table.resize(1200, 200);
    table.show();
    const int before = table.columnWidth(0);
    theme.setTextScale(2);
    QTest::qWait(0);
    EXPECT_NEAR(table.columnWidth(0), 2 * before, before / 8) << "digits do not grow by exactly two";
    EXPECT_EQ(table.columnWidth(0) + table.columnWidth(1) + table.columnWidth(2), table.viewport()->width()) << "the middle one fills";
    ASSERT_TRUE(QTest::qWaitFor([] { return QSettings().contains(QStringLiteral("columnUnits/test/grow")); }));
    theme.setTextScale(1);
    QTest::qWait(0);
    EXPECT_NEAR(table.columnWidth(0), before, 6);
    // Kept while the text was large, opened with usual text.
    QTableView again;
    again.setModel(&model);
    setUpTable(&again, theme, QStringLiteral("Pods"), QStringLiteral("test/grow"));
    EXPECT_NEAR(again.columnWidth(0), before, 6);
}

TEST_F(WidgetsTest, SplitterStartsInItsShares) {
    QSplitter splitter;
    splitter.addWidget(new QWidget);
    splitter.addWidget(new QWidget);
    keepSplitter(&splitter, QStringLiteral("test/main"), {1, 3});
    splitter.resize(800, 100);
    splitter.show();
    QTest::qWait(0);
    EXPECT_NEAR(splitter.sizes().at(0), 200, 12);
}

TEST(ActionRegistry, KeepsActionsWithReasonAndForgetsTheDead) {
    ActionRegistry registry;
    QWidget owner;
    int runs = 0;
    QAction* save = registry.add(&owner, QStringLiteral("file.save"), QStringLiteral("File"), QStringLiteral("Save"), QKeySequence::Save, [&] { ++runs; });
    EXPECT_EQ(registry.find(QStringLiteral("file.save")), save);
    EXPECT_EQ(ActionRegistry::categoryOf(save), QStringLiteral("File"));
    ActionRegistry::setDisabledReason(save, QStringLiteral("nothing to save"));
    save->trigger();
    EXPECT_EQ(runs, 0);
    EXPECT_EQ(ActionRegistry::disabledReason(save), QStringLiteral("nothing to save"));
    ActionRegistry::setDisabledReason(save, {});
    save->trigger();
    EXPECT_EQ(runs, 1);
    {
        QWidget view;
        registry.add(&view, QStringLiteral("x"), {}, QStringLiteral("X"), {}, {});
        registry.addSource(&view, [] { return std::vector<ActionRegistry::Entry>{{QStringLiteral("Pod"), QStringLiteral("llm-1"), {}, {}}}; });
        EXPECT_EQ(registry.all().size(), 2u);
        EXPECT_EQ(registry.entries().size(), 1u);
    }
    EXPECT_EQ(registry.all().size(), 1u);
    EXPECT_TRUE(registry.entries().empty());
}
