// The pools fed by hand: form by number, metric, both memories in words, who drains or is gone, the pool's own facts, pause, hidden, many pods.
#include "bridge/engine_bridge.h"
#include "charts/chart_frame.h"
#include "charts/heat_strip.h"
#include "charts/line_plot.h"
#include "inference/pick_profile.h"
#include "models/pod_metric.h"
#include "models/pod_table_model.h"
#include "pools/pool_facts.h"
#include "pools/pools_page.h"
#include "pools/pools_view.h"
#include "ui/charts/live_fixture.h"
#include "widgets/segmented_control.h"

#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

const char* const kPools = R"(apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata:
  name: chat
  annotations: {gatehouse.dev/endpoint-picker-config: epp}
spec:
  selector: {matchLabels: {app: chat}}
  targetPorts: [{number: 8000}]
  endpointPickerRef: {name: epp, port: {number: 9002}, failureMode: FailOpen}
---
apiVersion: v1
kind: Pod
metadata: {name: llm-2, labels: {app: chat}, deletionTimestamp: "2026-01-01T00:00:00Z"}
status: {podIP: 127.0.0.1, phase: Running}
)";

struct PoolsTest : LiveTest {
    std::uint64_t picks = 0;
    gateway::PoolState pool;

    PoolsTest() { pool.name = "default/chat"; }

    std::vector<gateway::PodState> pods(int count) {
        std::vector<gateway::PodState> all;
        picks += 10;
        for (int i = 0; i < count; ++i) {
            all.push_back(makePod(i, "default/chat", 30 + i % 60, i % 7, picks));
            auto& pod = all.back();
            pod.metrics.kvBlocks = 4'000;
            pod.metrics.blockTokens = 16;
            pod.engine = "vLLM";
            pod.kvSource = "vllm:kv_cache_usage_perc";
            pod.gpuSource = "DCGM exporter gpu/dcgm-1";
            pod.gpuAgeMillis = 1'200;
        }
        return all;
    }
    void feedState(std::vector<gateway::PodState> all) {
        gateway::State state;
        state.running = true;
        state.generation = 1;
        state.pods = std::move(all);
        state.pools.push_back(pool);
        engine.takeSample(std::move(state));
    }
    /// Feeds until the view has taken it: it looks twice a second.
    template <class Condition>
    bool feedUntil(int count, Condition done) {
        return waitFor([&] {
            feedState(pods(count));
            return done();
        });
    }
    QTableView* table() { return find<QTableView>("poolPodTable"); }
    ChartCard* card(const char* name) { return find<ChartCard>(name); }
    QString form() { return find<SegmentedControl>("podForm")->current(); }
    /// All that the inspector says.
    QString said() {
        QApplication::processEvents();  // New rows are shown.
        QStringList all;
        for (const auto* label : view->findChild<QWidget*>(QStringLiteral("poolInspector"))->findChildren<QLabel*>())
            if (label->isVisible()) all << label->text();
        return all.join(QLatin1Char('\n'));
    }
};

TEST_F(PoolsTest, TheFormFollowsTheNumberOfPods) {
    show(makePoolsView(context, nullptr));
    ASSERT_TRUE(feedUntil(8, [this] { return table()->model()->rowCount() == 8; }));
    EXPECT_EQ(form(), QStringLiteral("plots"));
    EXPECT_EQ(static_cast<LinePlot*>(card("pod-plots")->frame()->chart())->lineCount(), 8);
    ASSERT_TRUE(feedUntil(40, [this] { return form() == QStringLiteral("rows"); }));
    EXPECT_TRUE(card("pod-plots")->isHidden());
    EXPECT_EQ(table()->model()->rowCount(), 40);
    ASSERT_TRUE(feedUntil(90, [this] { return form() == QStringLiteral("strip"); }));
    EXPECT_TRUE(card("pod-strip")->isVisible());
    EXPECT_FALSE(table()->isVisible());
    EXPECT_EQ(static_cast<HeatStrip*>(card("pod-strip")->frame()->chart())->rows().size(), 90u);
}

TEST_F(PoolsTest, AFormChosenByHandStays) {
    show(makePoolsView(context, nullptr));
    ASSERT_TRUE(feedUntil(40, [this] { return form() == QStringLiteral("rows"); }));
    auto* choice = find<SegmentedControl>("podForm");
    for (auto* button : choice->findChildren<QToolButton*>())
        if (button->text().contains(QStringLiteral("Plots"))) QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_EQ(form(), QStringLiteral("plots"));
    ASSERT_TRUE(feedUntil(41, [this] { return table()->model()->rowCount() == 41; }));
    EXPECT_EQ(form(), QStringLiteral("plots"));
    EXPECT_EQ(static_cast<LinePlot*>(card("pod-plots")->frame()->chart())->lineCount(), 12);
}

TEST_F(PoolsTest, TheWorstFiveAndTheMedianStandAboveTheStrip) {
    show(makePoolsView(context, nullptr));
    static_cast<PoolsPage*>(view.get())->setMetric(PodMetric::Queue);
    ASSERT_TRUE(feedUntil(70, [this] { return form() == QStringLiteral("strip"); }));
    auto* overlay = static_cast<LinePlot*>(card("worst-pods")->frame()->chart());
    EXPECT_EQ(overlay->lineCount(), 8);  // Five, the median, and the edges of the band.
    ASSERT_TRUE(feedUntil(70, [&] { return std::isfinite(overlay->valueAt(QStringLiteral("median"), 1e12)); }));
    EXPECT_DOUBLE_EQ(overlay->valueAt(QStringLiteral("median"), 1e12), 3);  // Of 0 to 6, ten times each.
    const auto table = overlay->table();
    EXPECT_TRUE(table.columns[4].name.startsWith(QStringLiteral("llm-"))) << table.columns[4].name.toStdString();
}

TEST_F(PoolsTest, TheMetricIsChosenForAllDrawings) {
    show(makePoolsView(context, nullptr));
    ASSERT_TRUE(feedUntil(3, [this] { return table()->model()->rowCount() == 3; }));
    auto* metric = find<QComboBox>("podMetric");
    metric->setCurrentIndex(metric->findData(int(PodMetric::Running)));
    auto* plot = static_cast<LinePlot*>(card("pod-plots")->frame()->chart());
    ASSERT_TRUE(feedUntil(3, [&] { return plot->table().rows.size() >= 2; }));
    EXPECT_EQ(plot->table().display(0, 1), QStringLiteral("3.0"));
    EXPECT_EQ(plot->accessibleName(), metric->currentText());
}

TEST_F(PoolsTest, BothMemoriesAreSaidWithSourceAndAge) {
    show(makePoolsView(context, nullptr));
    ASSERT_TRUE(feedUntil(3, [this] { return table()->model()->rowCount() == 3; }));
    const auto* model = table()->model();
    EXPECT_EQ(model->index(0, PodTableModel::Device).data().toString(), QStringLiteral("23.4 / 54.7"));
    EXPECT_EQ(model->index(0, PodTableModel::UsableKv).data().toString(), QStringLiteral("38,400"));
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, table()->visualRect(model->index(0, PodTableModel::Pod)).center());
    EXPECT_TRUE(said().contains(QStringLiteral("23.4 GiB used, 54.7 free\nDCGM exporter gpu/dcgm-1\n1.2 s old"))) << said().toStdString();
    EXPECT_TRUE(said().contains(QStringLiteral("38,400 of 64,000 tokens\nvllm:kv_cache_usage_perc\n0.2 s old"))) << said().toStdString();
    EXPECT_EQ(model->index(0, PodTableModel::Device).data(Qt::ToolTipRole).toString(), QStringLiteral("23.4 GiB used, 54.7 GiB free. From DCGM exporter gpu/dcgm-1, 1.2 s old."));
    EXPECT_EQ(model->index(0, PodTableModel::UsableKv).data(Qt::ToolTipRole).toString(), QStringLiteral("38,400 of 64,000 tokens free. From vllm:kv_cache_usage_perc, 0.2 s old."));
}

TEST_F(PoolsTest, AnEngineWithoutAKvMetricSaysSo) {
    gateway::PodState pod = makePod(0, "default/chat", 40, 0, 1);
    pod.metrics.kvUse = std::numeric_limits<double>::quiet_NaN();
    pod.engineLimits = "TGI tells no use of its KV cache.";
    EXPECT_EQ(usableKvSentence(pod), QStringLiteral("TGI tells no use of its KV cache."));
    EXPECT_EQ(PodTableModel(theme).columnCount(), int(PodTableModel::ColumnCount));
    pod.engineLimits.clear();
    EXPECT_EQ(usableKvSentence(pod), QStringLiteral("Nothing is known of this pod's KV cache."));
    EXPECT_EQ(deviceMemoryText(gateway::PodState{}), QStringLiteral("–"));
}

TEST_F(PoolsTest, PodsThatDrainOrAreGoneAreSaidByIconAndWord) {
    open(kPools);
    show(makePoolsView(context, nullptr));
    ASSERT_TRUE(feedUntil(4, [this] { return table()->model()->rowCount() == 4; }));
    ASSERT_TRUE(feedUntil(2, [this] { return table()->model()->index(3, PodTableModel::State).data().toString() == QStringLiteral("Gone"); }));
    EXPECT_EQ(table()->model()->index(2, PodTableModel::State).data().toString(), QStringLiteral("Draining"));
    EXPECT_EQ(table()->model()->index(0, PodTableModel::State).data().toString(), QStringLiteral("Fresh"));
    for (int row = 0; row < 4; ++row) EXPECT_FALSE(table()->model()->index(row, PodTableModel::State).data(Qt::DecorationRole).value<QIcon>().isNull()) << row;
    EXPECT_NE(podPresenceIcon({}, PodPresence::Draining), podPresenceIcon({}, PodPresence::Gone));
}

TEST_F(PoolsTest, ThePoolsOwnFactsAreSaidAndItsObjectOpens) {
    open(kPools);
    auto profile = std::make_shared<inference::PickProfile>();
    profile->name = "EndpointPickerConfig default/epp, profile default";
    profile->filters.push_back({.kind = inference::FilterKind::Utilization, .name = "utilization-filter"});
    profile->scorers.push_back({.kind = inference::ScorerKind::Queue, .name = "queue-scorer", .weight = 2});
    pool.profile = profile;
    pool.queues = true;
    pool.waiting = {{5, 2}, {0, 1}};
    pool.shed = 9;
    pool.shedNegative = 6;
    pool.evicted = 1;
    show(makePoolsView(context, nullptr));
    ASSERT_TRUE(feedUntil(2, [this] { return table()->model()->rowCount() == 2; }));
    const auto text = said();
    for (const char* wanted : {"v1\ninference.networking.k8s.io", "app=chat", "8000", "FailOpen", "profile default", "utilization-filter", "queue-scorer × 2", "max-score-picker",
                               "3 of 5,000", "Priority 5", "9: 6 of negative priority, 1 pushed out, 2 did not fit"})
        EXPECT_TRUE(text.contains(QString::fromUtf8(wanted))) << wanted << "\n" << text.toStdString();
    QTest::mouseClick(find<QToolButton>("editPool"), Qt::LeftButton);
    ASSERT_EQ(navigator.visits.size(), 1u);
    EXPECT_EQ(navigator.visits[0], std::pair(QStringLiteral("routes"), QStringLiteral("inference.networking.k8s.io/InferencePool/default/chat")));
}

TEST_F(PoolsTest, ValuesChangeInPlaceWhileRowsStay) {
    pool.queues = true;
    show(makePoolsView(context, nullptr));
    ASSERT_TRUE(feedUntil(2, [this] { return said().contains(QStringLiteral("0 of 5,000")); }));
    QPointer<QLabel> value;
    for (auto* label : view->findChildren<QLabel*>())
        if (label->text() == QStringLiteral("0 of 5,000")) value = label;
    pool.waiting = {};
    pool.flow.maxRequests = 700;
    ASSERT_TRUE(feedUntil(2, [&] { return said().contains(QStringLiteral("0 of 700")); }));
    ASSERT_TRUE(value);
    EXPECT_EQ(value->text(), QStringLiteral("0 of 700"));
}

TEST_F(PoolsTest, TheLastDecisionOfTheChosenPodOpens) {
    show(makePoolsView(context, nullptr));
    ASSERT_TRUE(feedUntil(4, [this] { return table()->model()->rowCount() == 4; }));
    auto* decision = find<QToolButton>("lastDecision");
    QTest::mouseClick(decision, Qt::LeftButton);
    EXPECT_TRUE(navigator.visits.empty());
    std::vector<telemetry::RequestRecord> records;
    for (std::uint64_t i = 0; i < 8; ++i) {
        records.push_back(makeRecord(i));
        records.back().pick = makePick("default/chat", int(i % 4), 5);
    }
    engine.takeRequests(std::move(records));
    QTest::mouseClick(decision, Qt::LeftButton);
    ASSERT_EQ(navigator.visits.size(), 1u);
    EXPECT_EQ(navigator.visits[0], std::pair(QStringLiteral("requests"), QStringLiteral("decision:req-7")));
    table()->selectRow(1);
    QTest::mouseClick(decision, Qt::LeftButton);
    EXPECT_EQ(navigator.visits.back().second, QStringLiteral("decision:req-5"));
}

TEST_F(PoolsTest, PauseStopsTheDisplayAndHiddenDoesNoWork) {
    show(makePoolsView(context, nullptr));
    ASSERT_TRUE(feedUntil(3, [this] { return table()->model()->rowCount() == 3; }));
    QTest::mouseClick(find<QPushButton>("pause"), Qt::LeftButton);
    EXPECT_TRUE(card("pod-plots")->frame()->chart()->isPaused());
    const auto kept = engine.history().front().samples.size();
    ASSERT_TRUE(feedUntil(5, [&] { return engine.history().front().samples.size() > kept + 4; }));
    EXPECT_EQ(table()->model()->rowCount(), 3);
    QTest::mouseClick(find<QPushButton>("pause"), Qt::LeftButton);
    EXPECT_EQ(table()->model()->rowCount(), 5);
    view->setActive(false);
    const auto later = engine.history().front().samples.size();
    ASSERT_TRUE(feedUntil(7, [&] { return engine.history().front().samples.size() > later + 4; }));
    EXPECT_EQ(table()->model()->rowCount(), 5);
    view->setActive(true);
    EXPECT_EQ(table()->model()->rowCount(), 7);
}

TEST_F(PoolsTest, EmptySaysWhyAndHelps) {
    show(makePoolsView(context, nullptr));
    const auto labels = [this] {
        QStringList all;
        for (const auto* label : view->findChildren<QLabel*>())
            if (label->isVisible()) all << label->text();
        return all.join(QLatin1Char('\n'));
    };
    EXPECT_TRUE(labels().contains(QStringLiteral("The gateway is not running"))) << labels().toStdString();
}

TEST_F(PoolsTest, TheTableSavesAsCsv) {
    show(makePoolsView(context, nullptr));
    ASSERT_TRUE(feedUntil(3, [this] { return table()->model()->rowCount() == 3; }));
    dialogs.file = folder.filePath(QStringLiteral("pods"));
    QTest::mouseClick(find<QToolButton>("savePoolPods"), Qt::LeftButton);
    QFile file(dialogs.file + QStringLiteral(".csv"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const auto text = QString::fromUtf8(file.readAll());
    EXPECT_EQ(text.split(QLatin1Char('\n'), Qt::SkipEmptyParts).size(), 4);
    EXPECT_TRUE(text.contains(QStringLiteral("KV free")));
}

/// No measure of time, but of work: what a refresh of 500 pods must not do is grow with their past beyond what is drawn.
TEST_F(PoolsTest, FiveHundredPodsAreDrawnAndTheirRowsNamed) {
    show(makePoolsView(context, nullptr));
    ASSERT_TRUE(feedUntil(500, [this] { return form() == QStringLiteral("strip"); }));
    auto* strip = static_cast<HeatStrip*>(card("pod-strip")->frame()->chart());
    EXPECT_EQ(strip->rows().size(), 500u);
    strip->setFocus();
    QTest::keyClick(strip, Qt::Key_Down);
    QTest::keyClick(strip, Qt::Key_Return);
    EXPECT_TRUE(said().contains(QStringLiteral("Device memory"))) << said().toStdString();
}

}  // namespace
