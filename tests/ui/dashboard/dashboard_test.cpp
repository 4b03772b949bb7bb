// The dashboard fed by hand: lines appear, pause is display only, filter and table, words for what is missing, empty state.
#include "charts/chart_frame.h"
#include "charts/heat_strip.h"
#include "charts/line_plot.h"
#include "charts/score_bars.h"
#include "charts/share_bars.h"
#include "dashboard/card_grid.h"
#include "dashboard/dashboard_view.h"
#include "ui/charts/live_fixture.h"
#include "widgets/segmented_control.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QTableView>
#include <QToolButton>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

struct DashboardTest : LiveTest {
    std::uint64_t picks = 0;

    /// Four stable and two canary pods.
    void feed(double gpu = 60, bool staleLast = false) {
        std::vector<gateway::PodState> pods;
        picks += 10;
        for (int i = 0; i < 6; ++i) pods.push_back(makePod(i, i < 4 ? "default/chat-stable" : "default/chat-canary", gpu + i, i, picks * (i < 4 ? 2 : 1)));
        if (staleLast) {
            pods.back().scrape = inference::ScrapeState::Stale;
            pods.back().ageMillis = 4'000;
        }
        feedPods(std::move(pods));
    }
    LinePlot* plot(const char* card) { return static_cast<LinePlot*>(find<ChartCard>(card)->frame()->chart()); }
    int samples(const char* card) {
        const auto table = plot(card)->table();
        return static_cast<int>(table.rows.size());
    }
};

TEST_F(DashboardTest, DrawsALineForEveryPodFromTheFirstSamples) {
    show(makeDashboardView(context, nullptr));
    feed();
    ASSERT_TRUE(waitFor([this] {
        feed();
        return samples("gpu-memory") >= 3;
    }));
    EXPECT_EQ(plot("gpu-memory")->lineCount(), 6);
    EXPECT_EQ(plot("queue-depth")->lineCount(), 6);
    const auto table = plot("gpu-memory")->table();
    EXPECT_EQ(table.columns[1].name, QStringLiteral("llm-0 %"));
    EXPECT_EQ(table.display(0, 1), QStringLiteral("60.0"));
    EXPECT_EQ(table.display(0, 6), QStringLiteral("65.0"));
}

TEST_F(DashboardTest, CardsStandBelowEachOtherAndScrollWhereTheyHaveNoRoom) {
    show(makeDashboardView(context, nullptr));
    feed();
    const auto* grid = view->findChild<CardGrid*>();
    ASSERT_NE(grid, nullptr);
    const auto* gpu = find<ChartCard>("gpu-memory");
    const auto* queue = find<ChartCard>("queue-depth");
    view->resize(theme.gap(300), theme.gap(170));
    QCoreApplication::processEvents();
    EXPECT_EQ(grid->columns(), 2);
    EXPECT_EQ(gpu->y(), queue->y());
    view->resize(theme.gap(150), theme.gap(100));
    QCoreApplication::processEvents();
    EXPECT_EQ(grid->columns(), 1);
    EXPECT_GE(queue->y(), gpu->geometry().bottom());
    EXPECT_GE(gpu->height(), theme.gap(40));
    EXPECT_GT(grid->verticalScrollBar()->maximum(), 0);
}

TEST_F(DashboardTest, PauseStopsTheDisplayAndResumeCatchesUp) {
    show(makeDashboardView(context, nullptr));
    ASSERT_TRUE(waitFor([this] {
        feed();
        return samples("gpu-memory") >= 2;
    }));
    auto* pause = find<QPushButton>("pause");
    QTest::mouseClick(pause, Qt::LeftButton);
    EXPECT_TRUE(plot("gpu-memory")->isPaused());
    const auto before = samples("gpu-memory");
    const auto kept = engine.history().front().samples.size();
    ASSERT_TRUE(waitFor([&] {
        feed(90);
        return engine.history().front().samples.size() >= kept + 3;
    }));
    EXPECT_EQ(samples("gpu-memory"), before);
    QTest::mouseClick(pause, Qt::LeftButton);
    EXPECT_FALSE(plot("gpu-memory")->isPaused());
    EXPECT_GE(samples("gpu-memory"), before + 3);
}

TEST_F(DashboardTest, HiddenViewsDoNoWork) {
    show(makeDashboardView(context, nullptr));
    feed();
    view->setActive(false);
    const auto before = plot("gpu-memory")->sampleCount(QStringLiteral("default/chat-stable\ndefault/llm-0\n127.0.0.1:9000"));
    ASSERT_TRUE(waitFor([&] {
        feed();
        return engine.history().front().samples.size() > 4;
    }));
    EXPECT_EQ(plot("gpu-memory")->sampleCount(QStringLiteral("default/chat-stable\ndefault/llm-0\n127.0.0.1:9000")), before);
    view->setActive(true);
    EXPECT_GT(plot("gpu-memory")->sampleCount(QStringLiteral("default/chat-stable\ndefault/llm-0\n127.0.0.1:9000")), before);
}

TEST_F(DashboardTest, ThePoolFilterNarrowsEveryCard) {
    show(makeDashboardView(context, nullptr));
    feed();
    auto* pool = find<QComboBox>("poolFilter");
    ASSERT_EQ(pool->count(), 3);
    pool->setCurrentIndex(pool->findText(QStringLiteral("chat-canary")));
    EXPECT_EQ(plot("gpu-memory")->lineCount(), 2);
    EXPECT_EQ(find<ChartCard>("share-of-picks")->frame()->chart()->table().columns.size(), 3u);
}

TEST_F(DashboardTest, TheTableTwinHasEveryPodAndSavesAsCsv) {
    show(makeDashboardView(context, nullptr));
    feed(60, true);
    find<SegmentedControl>("shownAs")->setCurrent(QStringLiteral("table"));
    auto* table = find<QTableView>("podTable");
    ASSERT_EQ(table->model()->rowCount(), 6);
    EXPECT_TRUE(table->isVisible());
    dialogs.file = folder.filePath(QStringLiteral("pods"));
    QTest::mouseClick(find<QToolButton>("savePodTable"), Qt::LeftButton);
    QFile file(dialogs.file + QStringLiteral(".csv"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const auto lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    ASSERT_EQ(lines.size(), 7);
    for (int row = 0; row < 6; ++row)
        for (int column = 0; column < table->model()->columnCount(); ++column)
            EXPECT_TRUE(lines[row + 1].contains(table->model()->index(row, column).data().toString())) << row << ' ' << column;
    EXPECT_TRUE(lines.last().contains(QStringLiteral("Stale 4.0 s"))) << lines.last().toStdString();
}

TEST_F(DashboardTest, WhyShowsTheLastPickAndLeadsToItsRequest) {
    show(makeDashboardView(context, nullptr));
    auto record = makeRecord(5);
    record.pick = makePick("default/chat-stable", 1, 4);
    engine.takeRequests({record});
    feed();
    EXPECT_EQ(find<QLabel>("pickReason")->text(), QString::fromStdString(record.pick->reason));
    auto* scores = static_cast<ScoreBars*>(find<ChartCard>("last-pick")->frame()->chart());
    EXPECT_EQ(scores->rowCount(), 4);
}

TEST_F(DashboardTest, WithoutPodsItSaysWhyAndOffersOneAction) {
    open(kSplitYaml);
    show(makeDashboardView(context, nullptr));
    QStringList texts;
    for (auto* label : view->findChildren<QLabel*>())
        if (label->isVisible()) texts << label->text();
    EXPECT_TRUE(texts.join(QLatin1Char('|')).contains(QStringLiteral("gateway is not running"))) << texts.join(QLatin1Char('|')).toStdString();
}

struct ManyPodsTest : DashboardTest {
    void feedMany(int count, double firstQueue = 0) {
        std::vector<gateway::PodState> pods;
        for (int i = 0; i < count; ++i)
            pods.push_back(makePod(i, i < count / 2 ? "default/chat-stable" : "default/chat-canary", 50, i == 0 ? firstQueue : i, picks));
        picks += 3;
        feedPods(std::move(pods));
    }
    HeatStrip* strip(const char* card) { return static_cast<HeatStrip*>(find<ChartCard>(card)->frame()->chart()); }
};

TEST_F(ManyPodsTest, EveryPodOfManyIsARowWorstFirstInItsPool) {
    show(makeDashboardView(context, nullptr));
    feedMany(40);
    auto* queue = strip("queue-depth-strip");
    ASSERT_TRUE(queue->isVisible());
    EXPECT_FALSE(find<ChartCard>("queue-depth")->isVisible());
    ASSERT_EQ(queue->rows().size(), 40u);
    EXPECT_EQ(queue->rows().front().label, QStringLiteral("llm-19"));
    EXPECT_EQ(queue->rows().front().band, QStringLiteral("chat-stable"));
    EXPECT_EQ(queue->rows()[20].label, QStringLiteral("llm-39"));
    EXPECT_EQ(queue->rows()[20].band, QStringLiteral("chat-canary"));
    const auto table = queue->table();
    ASSERT_EQ(table.rows.size(), 40u);
    EXPECT_EQ(table.display(0, 2), QStringLiteral("19.0"));
}

TEST_F(ManyPodsTest, RowsKeepTheirPlacesWhileValuesChange) {
    show(makeDashboardView(context, nullptr));
    feedMany(20);
    const auto first = strip("queue-depth-strip")->rows().front().id;
    feedMany(20, 90);  // Another pod is the worst now, but rows must not jump.
    view->setActive(false);
    view->setActive(true);
    EXPECT_EQ(strip("queue-depth-strip")->rows().front().id, first);
}

TEST_F(ManyPodsTest, FewPodsBringTheSmallPlotsBack) {
    show(makeDashboardView(context, nullptr));
    feedMany(24);
    ASSERT_TRUE(find<ChartCard>("gpu-memory-strip")->isVisible());
    auto* pool = find<QComboBox>("poolFilter");
    pool->setCurrentIndex(pool->findText(QStringLiteral("chat-canary")));
    EXPECT_TRUE(find<ChartCard>("gpu-memory")->isVisible());
    EXPECT_FALSE(find<ChartCard>("gpu-memory-strip")->isVisible());
    EXPECT_EQ(plot("gpu-memory")->lineCount(), 12);
}

TEST_F(ManyPodsTest, KeysNameARowAndEnterOpensItInTheTable) {
    show(makeDashboardView(context, nullptr));
    feedMany(30);
    auto* queue = strip("queue-depth-strip");
    queue->setFocus();
    QTest::keyClick(queue, Qt::Key_Down);
    QTest::keyClick(queue, Qt::Key_Down);
    EXPECT_EQ(queue->currentRow(), 1);
    EXPECT_TRUE(queue->accessibleDescription().contains(QStringLiteral("llm-13"))) << queue->accessibleDescription().toStdString();
    QTest::keyClick(queue, Qt::Key_Return);
    auto* table = find<QTableView>("podTable");
    ASSERT_TRUE(table->isVisible());
    ASSERT_TRUE(table->currentIndex().isValid());
    EXPECT_EQ(table->currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("llm-13"));
}

TEST_F(ManyPodsTest, APodFromThePaletteIsSelectedInTheTable) {
    show(makeDashboardView(context, nullptr));
    feedMany(30);
    view->openTarget(QStringLiteral("default/llm-7"));
    EXPECT_EQ(find<QTableView>("podTable")->currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("llm-7"));
}

}  // namespace
