// The decision of a request by clicks: how it opens, what it says, sliders that judge this pick and the last ones anew, and the way back.
#include "charts/chart_frame.h"
#include "charts/score_bars.h"
#include "charts/shift_bars.h"
#include "inference/cost_model.h"
#include "requests/decision_pane.h"
#include "requests/requests_view.h"
#include "ui/charts/live_fixture.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QTableView>
#include <QToolButton>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

/// Three pods by cost: the first is behind a queue, the second has to compute the prompt, the third is slow.
std::shared_ptr<const inference::PickRecord> costs(double queue) {
    auto pick = std::make_shared<inference::PickRecord>();
    pick->pool = "default/chat";
    pick->method = inference::PickMethod::Cost;
    pick->reason = "lowest cost 110 ms, 40.0 ms before default/llm-1";
    pick->termNames = {"queue", "prefill", "step", "room", "adapter", "eviction", "decode", "others"};
    pick->lowerIsBetter = true;
    pick->pods = 3;
    pick->promptTokens = 1'200;
    const std::vector<std::vector<double>> terms{{queue, 0.01, 0.02}, {0, 0.13, 0.02}, {0, 0.08, 0.3}};
    for (std::size_t i = 0; i < terms.size(); ++i) {
        inference::Candidate candidate;
        candidate.pod = "default/llm-" + std::to_string(i);
        candidate.ageMillis = 90;
        candidate.waiting = 2;
        candidate.running = 4;
        candidate.kvUse = 0.5;
        candidate.terms = terms[i];
        candidate.terms.resize(8);
        for (const double term : terms[i]) candidate.total += term;
        pick->candidates.push_back(candidate);
    }
    int best = 0;
    for (int i = 1; i < 3; ++i)
        if (pick->candidates[std::size_t(i)].total < pick->candidates[std::size_t(best)].total) best = i;
    pick->chosen = best;
    pick->tied = 1;
    pick->margin = 0.04;
    return pick;
}

struct DecisionTest : LiveTest {
    void feed() {
        std::vector<telemetry::RequestRecord> records;
        for (std::uint64_t i = 0; i < 30; ++i) {
            records.push_back(makeRecord(i));
            records.back().pick = costs(i < 20 ? 0.08 : 0.01);  // The queue decides twenty of them closely.
        }
        engine.takeRequests(std::move(records));
    }
    void start() {
        show(makeRequestsView(context, nullptr));
        feed();
        view->openTarget(QStringLiteral("decision:req-10"));
        ASSERT_TRUE(pane()->isVisible());
        ASSERT_TRUE(judged());
    }
    DecisionPane* pane() { return find<DecisionPane>("decision"); }
    bool judged() {
        return waitFor([this] { return !pane()->isJudging() && find<ChartCard>("decision-shares")->frame()->chart()->table().rows.size() > 0; });
    }
    ScoreBars* bars(const char* card) { return static_cast<ScoreBars*>(find<ChartCard>(card)->frame()->chart()); }
    QString result() { return find<QLabel>("whatIfResult")->text(); }
};

TEST_F(DecisionTest, SaysHowItWasDecided) {
    start();
    const auto words = find<QLabel>("decisionWords")->text();
    for (const char* wanted : {"Lowest cost 110 ms", "3 pod", "3 compared", "40.0 ms before", "at most 0.1 s old", "1,200 tokens"})
        EXPECT_TRUE(words.contains(QLatin1String(wanted))) << wanted << "\n" << words.toStdString();
    EXPECT_EQ(bars("decision-recorded")->rowCount(), 3);
    EXPECT_FALSE(find<ChartCard>("decision-what-if")->isVisible());
    // One slider for each term that some pod has.
    EXPECT_TRUE(view->findChild<QSlider*>(QStringLiteral("weight-queue")) != nullptr);
    EXPECT_TRUE(view->findChild<QSlider*>(QStringLiteral("weight-adapter")) == nullptr);
}

TEST_F(DecisionTest, ASliderJudgesThisAndTheLastOnesAnew) {
    start();
    auto* queue = find<QSlider>("weight-queue");
    queue->setFocus();
    QTest::keyClick(queue, Qt::Key_End);
    ASSERT_TRUE(judged());
    EXPECT_TRUE(find<ChartCard>("decision-what-if")->isVisible());
    const auto* anew = bars("decision-what-if")->pick();
    EXPECT_EQ(anew->candidates[std::size_t(anew->chosen)].pod, "default/llm-1");  // 4 x 80 + 30 > 150 ms.
    EXPECT_TRUE(result().contains(QStringLiteral("20 of 30 (66.7 %)"))) << result().toStdString();
    const auto table = find<ChartCard>("decision-shares")->frame()->chart()->table();
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        const auto first = table.display(row, 0) == QStringLiteral("llm-0");
        if (!first) continue;
        EXPECT_EQ(table.display(row, 1), QStringLiteral("100.0"));
        EXPECT_EQ(table.display(row, 2), QStringLiteral("33.3"));
    }
    EXPECT_EQ(table.rows.size(), 3u);
    QTest::mouseClick(find<QPushButton>("whatIfReset"), Qt::LeftButton);
    ASSERT_TRUE(judged());
    EXPECT_FALSE(find<ChartCard>("decision-what-if")->isVisible());
    EXPECT_EQ(queue->value(), 100);
}

TEST_F(DecisionTest, APodCanBeTakenOutOrHaveAnotherQueue) {
    start();
    EXPECT_EQ(find<QComboBox>("whatIfPod")->currentText(), QStringLiteral("llm-0"));
    EXPECT_EQ(find<QSpinBox>("whatIfQueue")->value(), 2);
    QTest::mouseClick(find<QCheckBox>("whatIfOut"), Qt::LeftButton, {}, QPoint(8, find<QCheckBox>("whatIfOut")->height() / 2));
    ASSERT_TRUE(judged());
    EXPECT_TRUE(result().contains(QStringLiteral("30 of 30"))) << result().toStdString();
    find<QComboBox>("whatIfPod")->setCurrentIndex(2);
    EXPECT_FALSE(find<QCheckBox>("whatIfOut")->isChecked());
    ASSERT_TRUE(judged());
    EXPECT_FALSE(find<ChartCard>("decision-what-if")->isVisible());
    find<QComboBox>("whatIfPod")->setCurrentIndex(0);
    find<QSpinBox>("whatIfQueue")->setValue(200);
    ASSERT_TRUE(judged());
    // 198 more there, each of which the prompt's 10 ms slow down.
    const auto& first = bars("decision-what-if")->pick()->candidates[0];
    EXPECT_NEAR(first.terms[7], inference::CostTerms::weight(inference::CostTerms::Others) * 198 * 0.01, 1e-6);
    EXPECT_NE(bars("decision-what-if")->pick()->chosen, 0);
}

TEST_F(DecisionTest, OpensFromTheInspectorAndByItsKeyAndGoesBack) {
    show(makeRequestsView(context, nullptr));
    feed();
    auto* table = find<QTableView>("requestTable");
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(3, 0)).center());
    QApplication::processEvents();
    auto* open = find<QToolButton>("showDecision");
    open->click();
    EXPECT_TRUE(pane()->isVisible());
    EXPECT_FALSE(table->isVisible());
    QTest::mouseClick(find<QToolButton>("decisionBack"), Qt::LeftButton);
    EXPECT_FALSE(pane()->isVisible());
    EXPECT_TRUE(table->isVisible());
    open->click();
    QTest::keyClick(pane(), Qt::Key_Escape);
    EXPECT_FALSE(pane()->isVisible());
}

TEST_F(DecisionTest, ARequestWithoutAPickSaysSo) {
    show(makeRequestsView(context, nullptr));
    engine.takeRequests({makeRecord(1)});
    view->openTarget(QStringLiteral("decision:req-1"));
    EXPECT_FALSE(pane()->isVisible());
}

TEST_F(DecisionTest, PicksByScoresAreJudgedToo) {
    show(makeRequestsView(context, nullptr));
    std::vector<telemetry::RequestRecord> records;
    for (std::uint64_t i = 0; i < 10; ++i) {
        records.push_back(makeRecord(i));
        records.back().pick = makePick("default/chat", 0, 3);
    }
    engine.takeRequests(std::move(records));
    view->openTarget(QStringLiteral("decision:req-4"));
    ASSERT_TRUE(judged());
    auto* queue = find<QSlider>("weight-queue");
    ASSERT_NE(queue, nullptr);
    queue->setValue(0);
    ASSERT_TRUE(judged());
    EXPECT_TRUE(result().contains(QStringLiteral("of 10"))) << result().toStdString();
}

}  // namespace
