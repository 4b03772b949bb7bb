// Charts: their tables and files, gaps, the shared time range and crosshair, and the reasons drawn by ScoreBars and TimelineBar.
#include "charts/chart_frame.h"
#include "charts/heat_strip.h"
#include "charts/label_stack.h"
#include "charts/line_plot.h"
#include "charts/plot_sync.h"
#include "charts/qcustomplot_include.h"
#include "charts/score_bars.h"
#include "charts/share_bars.h"
#include "charts/timeline_bar.h"
#include "ui/charts/live_fixture.h"
#include "widgets/message_bar.h"

#include <QAbstractItemModelTester>
#include <QImage>
#include <QTableView>

#include <limits>
#include <random>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

constexpr double kStart = 1'700'000'000;
const double kNan = std::numeric_limits<double>::quiet_NaN();

struct PlotTest : testing::Test {
    Theme theme;
    PlotSync sync;
    ScriptedDialogs dialogs;
    LinePlot plot{theme, sync};

    PlotTest() {
        theme.setScheme(Theme::Scheme::Light);
        sync.setSpan(60);
        sync.setNow(kStart + 60);
        plot.setValueAxis({QStringLiteral("GPU memory %"), QStringLiteral("%"), 100, 100, 0});
        plot.setPanels({{QStringLiteral("a"), {{QStringLiteral("a"), QStringLiteral("llm-a"), [this] { return theme.series(1); }}}},
                        {QStringLiteral("b"), {{QStringLiteral("b"), QStringLiteral("llm-b"), [this] { return theme.series(2); }}}}});
        plot.resize(600, 240);
        plot.show();
    }
    void feed() {
        for (int i = 0; i <= 60; ++i) {
            plot.append(QStringLiteral("a"), kStart + i, i);
            plot.append(QStringLiteral("b"), kStart + i, i >= 20 && i < 30 ? kNan : 50.0);
        }
        plot.commit();
    }
};

TEST_F(PlotTest, AGapIsMissingInTheTableAndNotZero) {
    feed();
    const auto table = plot.table();
    ASSERT_EQ(table.columns.size(), 3u);
    ASSERT_EQ(table.rows.size(), 61u);
    EXPECT_EQ(table.display(60 - 25, 2), QStringLiteral("–"));
    EXPECT_EQ(table.display(0, 1), QStringLiteral("60.0"));
    const auto lines = table.toCsv().split(QLatin1Char('\n'));
    EXPECT_EQ(lines.size(), 63);
    EXPECT_TRUE(lines[1 + 60 - 25].endsWith(QStringLiteral(",25.0,"))) << lines[1 + 60 - 25].toStdString();
}

TEST_F(PlotTest, TheDescriptionNamesTheHighest) {
    feed();
    ASSERT_TRUE(waitFor([&] { return plot.accessibleDescription().contains(QStringLiteral("llm-a")); })) << plot.accessibleDescription().toStdString();
    sync.setCursor(kStart + 10);
    QTest::keyClick(&plot, Qt::Key_Right);
    EXPECT_TRUE(plot.accessibleDescription().contains(QStringLiteral("llm-b"))) << plot.accessibleDescription().toStdString();
}

TEST_F(PlotTest, WheelZoomsAroundThePointerAndDoubleClickGoesBackToLive) {
    feed();
    auto* canvas = plot.findChild<QWidget*>();
    ASSERT_TRUE(canvas);
    QWheelEvent wheel(QPointF(200, 100), canvas->mapToGlobal(QPointF(200, 100)), {}, QPoint(0, 120), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(canvas, &wheel);
    EXPECT_FALSE(sync.following());
    EXPECT_NEAR(sync.upper() - sync.lower(), 48, 0.01);
    sync.setNow(kStart + 90);
    EXPECT_LT(sync.upper(), kStart + 61) << "new data must not move a zoomed plot";
    QTest::mouseDClick(canvas, Qt::LeftButton, {}, QPoint(200, 100));
    EXPECT_TRUE(sync.following());
    EXPECT_EQ(sync.upper(), kStart + 90);
}

TEST_F(PlotTest, KeysZoomPanAndMoveTheCrosshair) {
    feed();
    plot.setFocus();
    QTest::keyClick(&plot, Qt::Key_Left);
    ASSERT_TRUE(sync.cursor());
    const double at = *sync.cursor();
    QTest::keyClick(&plot, Qt::Key_Left);
    EXPECT_LT(*sync.cursor(), at);
    QTest::keyClick(&plot, Qt::Key_Plus);
    EXPECT_LT(sync.upper() - sync.lower(), 60);
    QTest::keyClick(&plot, Qt::Key_0);
    EXPECT_TRUE(sync.following());
    QTest::keyClick(&plot, Qt::Key_Escape);
    EXPECT_FALSE(sync.cursor());
}

TEST_F(PlotTest, TrimForgetsTheOldest) {
    feed();
    plot.trim(kStart + 50);
    EXPECT_EQ(plot.sampleCount(QStringLiteral("a")), 11);
    EXPECT_TRUE(std::isnan(plot.valueAt(QStringLiteral("a"), kStart + 40)));
    EXPECT_EQ(plot.valueAt(QStringLiteral("a"), kStart + 55.5), 55);
}

TEST_F(PlotTest, PausedLooksPaused) {
    feed();
    (void)QTest::qWaitForWindowExposed(&plot);
    QApplication::processEvents();
    const auto live = plot.image(1);
    plot.setPaused(true);
    QApplication::processEvents();
    EXPECT_NE(plot.image(1), live);
}

TEST_F(PlotTest, FollowsTheThemeAtOnce) {
    feed();
    QApplication::processEvents();
    const auto corner = [&] { return plot.image(1).pixelColor(1, 1); };
    EXPECT_EQ(corner(), theme.color(Token::Surface));
    theme.setScheme(Theme::Scheme::Dark);
    QApplication::processEvents();
    EXPECT_EQ(corner(), theme.color(Token::Surface));
    theme.setScheme(Theme::Scheme::Light);
}

TEST(PlotSync, TheLiveWindowGrowsUntilItsSpan) {
    PlotSync sync;
    sync.setSpan(300);
    sync.setOldest(kStart);
    sync.setNow(kStart + 5);
    EXPECT_EQ(sync.upper() - sync.lower(), 10);
    sync.setNow(kStart + 100);
    EXPECT_EQ(sync.upper() - sync.lower(), 100);
    sync.setNow(kStart + 1000);
    EXPECT_EQ(sync.upper() - sync.lower(), 300);
}

TEST(LabelStack, LabelsNeverOverlapAndStayInsideWhenTheyFit) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (int round = 0; round < 500; ++round) {
        const int count = static_cast<int>(random() % 10) + 1;
        std::vector<double> wanted;
        for (int i = 0; i < count; ++i) wanted.push_back(random() % 200);
        auto placed = stackLabels(wanted, 15, 0, 200);
        std::sort(placed.begin(), placed.end());
        for (int i = 1; i < count; ++i) ASSERT_GE(placed[static_cast<std::size_t>(i)] - placed[static_cast<std::size_t>(i - 1)], 15 - 1e-9);
        ASSERT_GE(placed.front(), 7.5 - 1e-9);
        ASSERT_LE(placed.back(), 192.5 + 1e-9);
    }
}

struct FrameTest : PlotTest {
    MessageBar messages{theme};
    QTemporaryDir folder;
};

TEST_F(FrameTest, CsvEqualsTheTableTwin) {
    auto* chart = new LinePlot(theme, sync);
    chart->setValueAxis({QStringLiteral("Queue"), {}, 0, 4, 0});
    chart->setPanels({{QStringLiteral("a"), {{QStringLiteral("a"), QStringLiteral("a, \"quoted\""), {}}}}});
    for (int i = 0; i < 10; ++i) chart->append(QStringLiteral("a"), kStart + i, i == 3 ? kNan : i * 1.5);
    ChartFrame frame(theme, dialogs, messages, chart, QStringLiteral("queue"));
    frame.setName(QStringLiteral("Queue"));
    frame.resize(500, 300);
    frame.show();
    frame.setTableShown(true);
    const auto* model = frame.findChild<QTableView*>()->model();
    QAbstractItemModelTester tester(frame.findChild<QTableView*>()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    const auto path = folder.filePath(QStringLiteral("queue.csv"));
    ASSERT_TRUE(frame.saveCsv(path));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const auto lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    ASSERT_EQ(lines.size(), model->rowCount() + 1);
    EXPECT_TRUE(lines[0].endsWith(QStringLiteral("\"a, \"\"quoted\"\"\""))) << lines[0].toStdString();
    for (int row = 0; row < model->rowCount(); ++row) {
        const auto shown = model->index(row, 1).data().toString();
        EXPECT_EQ(lines[row + 1].section(QLatin1Char(','), 1), shown == QStringLiteral("–") ? QString() : shown);
    }
}

TEST_F(FrameTest, PictureIsSavedSharpAndAFailureIsSaid) {
    auto* chart = new LinePlot(theme, sync);
    chart->setPanels({{QStringLiteral("a"), {{QStringLiteral("a"), QStringLiteral("a"), {}}}}});
    ChartFrame frame(theme, dialogs, messages, chart, QStringLiteral("x"));
    frame.resize(400, 200);
    frame.show();
    QApplication::processEvents();
    const auto path = folder.filePath(QStringLiteral("x.png"));
    ASSERT_TRUE(frame.savePng(path));
    EXPECT_GE(QImage(path).width(), 800);
    EXPECT_FALSE(frame.savePng(folder.filePath(QStringLiteral("missing/x.png"))));
    EXPECT_TRUE(messages.text().contains(QStringLiteral("missing")));
}

TEST(ShareBars, GroupsAddUp) {
    Theme theme;
    PlotSync sync;
    sync.setSpan(60);
    sync.setNow(kStart + 60);
    StackedShareBars bars(theme, sync);
    bars.setParts({{QStringLiteral("1"), QStringLiteral("llm-1"), QStringLiteral("stable"), {}},
                   {QStringLiteral("2"), QStringLiteral("llm-2"), QStringLiteral("stable"), {}},
                   {QStringLiteral("3"), QStringLiteral("llm-3"), QStringLiteral("canary"), {}}});
    bars.setColumns(10, {{kStart + 50, {0, 0, 0}}, {kStart + 60, {60, 30, 10}}});
    bars.resize(500, 250);
    bars.show();
    QApplication::processEvents();
    EXPECT_EQ(bars.groupShare(QStringLiteral("stable")), 90);
    EXPECT_EQ(bars.table().rows.size(), 2u);
    EXPECT_EQ(bars.table().display(0, 3), QStringLiteral("10.0"));
    bars.setParts({{QStringLiteral("9"), QStringLiteral("llm-9"), QStringLiteral("stable"), {}}});
    bars.setColumns(10, {{kStart + 60, {100}}});
    QApplication::processEvents();
    EXPECT_EQ(bars.groupShare(QStringLiteral("stable")), 100);
}

struct StripTest : testing::Test {
    Theme theme;
    PlotSync sync;
    HeatStrip strip{theme, sync};

    StripTest() {
        theme.setScheme(Theme::Scheme::Light);
        sync.setSpan(60);
        sync.setNow(kStart + 60);
        strip.setScale({QStringLiteral("Queue depth"), {}, 0, 10, true, 0});
        strip.setRows({{QStringLiteral("a"), QStringLiteral("llm-a"), QStringLiteral("stable"), {}},
                       {QStringLiteral("b"), QStringLiteral("llm-b"), QStringLiteral("stable"), {}},
                       {QStringLiteral("c"), QStringLiteral("llm-c"), QStringLiteral("canary"), {}}});
        strip.resize(600, 240);
        strip.show();
        std::vector<std::vector<float>> values(3, std::vector<float>(60, 2.0F));
        values[1].assign(60, std::numeric_limits<float>::quiet_NaN());
        values[2].back() = 140;
        strip.setCells(kStart, 1, std::move(values));
        QApplication::processEvents();
    }
};

TEST_F(StripTest, MissingDataIsNeverZero) {
    EXPECT_TRUE(std::isnan(strip.fraction(kNan)));
    EXPECT_EQ(strip.fraction(0), 0);
    EXPECT_TRUE(std::isnan(strip.valueAt(QStringLiteral("b"), kStart + 30)));
    const auto table = strip.table();
    ASSERT_EQ(table.rows.size(), 3u);
    EXPECT_EQ(table.display(1, 2), QStringLiteral("–"));
    EXPECT_EQ(table.display(0, 3), QStringLiteral("2.0"));
    EXPECT_EQ(table.display(2, 4), QStringLiteral("140.0"));
}

TEST_F(StripTest, TheScaleGrowsInRoundStepsAndIsLogarithmic) {
    EXPECT_EQ(strip.upper(), 200);
    EXPECT_EQ(strip.fraction(200), 1);
    EXPECT_GT(strip.fraction(2), 0.15) << "small queues are told apart";
}

TEST_F(StripTest, ThePointerNamesTheRowBelowIt) {
    auto* plot = strip.findChild<QCustomPlot*>();
    ASSERT_NE(plot, nullptr);
    QTest::mouseMove(plot, QPoint(plot->width() / 3, plot->height() * 5 / 6));
    QApplication::processEvents();
    EXPECT_EQ(strip.currentRow(), 2);
    EXPECT_TRUE(strip.accessibleDescription().contains(QStringLiteral("llm-c of canary"))) << strip.accessibleDescription().toStdString();
    QTest::mouseMove(plot, QPoint(plot->width() / 3, plot->height() / 2));
    QApplication::processEvents();
    EXPECT_EQ(strip.currentRow(), 1);
    EXPECT_TRUE(strip.accessibleDescription().contains(QStringLiteral("no data")));
}

TEST(ScoreBars, ChosenFirstThenByScoreThenTheExcluded) {
    Theme theme;
    ScoreBars bars(theme);
    bars.setPick(makePick("default/chat", 2, 5));
    const auto table = bars.table();
    ASSERT_EQ(table.rows.size(), 5u);
    EXPECT_EQ(table.display(0, 0), QStringLiteral("default/llm-2"));
    EXPECT_EQ(table.display(0, 1), QStringLiteral("yes"));
    EXPECT_EQ(table.display(1, 0), QStringLiteral("default/llm-0"));
    EXPECT_EQ(table.display(4, 12), QStringLiteral("refuses connections"));
    EXPECT_EQ(table.display(4, 2), QStringLiteral("–"));
    bars.resize(500, bars.sizeHint().height());
    bars.show();
    bars.setFocus();
    QTest::keyClick(&bars, Qt::Key_Down);
    EXPECT_TRUE(bars.accessibleDescription().startsWith(QStringLiteral("default/llm-2"))) << bars.accessibleDescription().toStdString();
}

TEST(ScoreBars, SteadyRowsKeepTheirPlaces) {
    Theme theme;
    ScoreBars bars(theme);
    bars.setSteady(true);
    for (const int chosen : {0, 3, 1}) {
        bars.setPick(makePick("default/chat", chosen, 5));
        EXPECT_EQ(bars.table().display(0, 0), QStringLiteral("default/llm-0"));
    }
}

TEST(TimelineBar, UnaccountedTimeIsWhatNoPhaseCovers) {
    const std::vector<telemetry::Phase> phases = {{"receive", 10, 20, false}, {"guard", 25, 15, false}, {"stream", 60, 30, true}};
    EXPECT_EQ(unaccountedMicros(phases, 100), 10 + 20 + 10);
    EXPECT_EQ(unaccountedSpans(phases, 100), (std::vector<std::pair<qint64, qint64>>{{0, 10}, {40, 20}, {90, 10}}));
    EXPECT_EQ(unaccountedMicros({}, 100), 100);
    EXPECT_EQ(unaccountedMicros({{"stream", 0, 500, true}}, 100), 0);
}

TEST(TimelineBar, TableHasEveryPhaseAndTheRest) {
    Theme theme;
    TimelineBar bar(theme);
    bar.setRecord(makeRecord(1));
    const auto table = bar.table();
    ASSERT_EQ(table.rows.size(), 7u);
    EXPECT_EQ(table.display(6, 3), QStringLiteral("20.000"));
    EXPECT_TRUE(bar.accessibleDescription().contains(QStringLiteral("unaccounted")));
}

}  // namespace
