// The Lab view by clicks: choosing, running, cancelling, failing, comparing two runs, saving; and recorded decisions taken again.
#include "lab/lab_page.h"
#include "lab/lab_runs.h"
#include "lab/lab_tables.h"
#include "lab/lab_view.h"
#include "lab/policy_plot.h"
#include "lab/replay_pane.h"
#include "lab/results_pane.h"
#include "lab/scenario_form.h"
#include "ui/charts/live_fixture.h"
#include "widgets/message_bar.h"
#include "widgets/segmented_control.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QToolButton>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

struct LabTest : LiveTest {
    LabPage* page() { return qobject_cast<LabPage*>(view.get()); }

    void start() {
        show(makeLabView(context, nullptr));
        ASSERT_NE(page(), nullptr);
    }
    void check(const QStringList& wanted) {
        auto* list = find<QListWidget>("labPolicies");
        QTest::mouseClick(find<QToolButton>("labNoPolicy"), Qt::LeftButton);
        for (int i = 0; i < list->count(); ++i)
            if (wanted.contains(list->item(i)->text())) list->item(i)->setCheckState(Qt::Checked);
    }
    /// Small enough for a test: a handful of servers for a few simulated seconds.
    void makeSmall(const QStringList& policies, int seeds = 3) {
        find<QSpinBox>("labServers")->setValue(4);
        find<QDoubleSpinBox>("labRate")->setValue(20);
        find<QSpinBox>("labDuration")->setValue(6);
        find<QSpinBox>("labSeeds")->setValue(seeds);
        check(policies);
    }
    void click() { QTest::mouseClick(find<QPushButton>("labRun"), Qt::LeftButton); }
    bool ended() { return QTest::qWaitFor([&] { return page()->runs().state() != LabRuns::State::Running; }, 60'000); }
    QString text(const char* table, int row, int column) {
        auto* found = find<QTableView>(table);
        return found->model()->index(row, column).data().toString();
    }
    QString message() { return view->findChild<MessageBar*>()->text(); }
    bool cell(const char* table, const QString& wanted) {
        const auto* model = find<QTableView>(table)->model();
        for (int row = 0; row < model->rowCount(); ++row)
            for (int column = 0; column < model->columnCount(); ++column)
                if (model->index(row, column).data().toString() == wanted) return true;
        return false;
    }
};

TEST_F(LabTest, AScenarioFillsTheFieldsAndTheFieldsMakeTheScenario) {
    start();
    auto* choice = find<QComboBox>("labScenario");
    ASSERT_EQ(choice->count(), static_cast<int>(lab::sim::scenarios().size()));
    choice->setCurrentIndex(choice->findText(QStringLiteral("mixed-gpus")));
    emit choice->activated(choice->currentIndex());
    EXPECT_EQ(find<QSpinBox>("labServers")->value(), 8);
    EXPECT_EQ(find<QDoubleSpinBox>("labRate")->value(), 30);
    auto scenario = page()->form().scenario();
    EXPECT_EQ(scenario.policies.size(), lab::sim::policySpecs().size());
    EXPECT_TRUE(lab::sim::sameTraffic(scenario, *lab::sim::findScenario("mixed-gpus")));

    find<QSpinBox>("labServers")->setValue(6);
    find<QSpinBox>("labScrape")->setValue(200);
    find<QDoubleSpinBox>("labDecision")->setValue(0);
    find<QSpinBox>("labCompute")->setValue(70);
    find<QCheckBox>("labRace")->click();
    scenario = page()->form().scenario();
    ASSERT_EQ(scenario.servers.size(), 6U);
    EXPECT_EQ(std::count_if(scenario.servers.begin(), scenario.servers.end(), [](const auto& server) { return server.speed == 0.5; }), 3) << "kinds stay in proportion";
    EXPECT_EQ(scenario.options.scrapeInterval, lab::sim::SimTime(200'000));
    EXPECT_EQ(scenario.options.decisionLatency.count(), 0);
    EXPECT_DOUBLE_EQ(scenario.options.mfuFactor, 0.7);
    EXPECT_FALSE(scenario.options.race);
}

TEST_F(LabTest, WhatCannotBeRunSaysWhyOnTheButton) {
    start();
    QTest::mouseClick(find<QToolButton>("labNoPolicy"), Qt::LeftButton);
    EXPECT_FALSE(find<QPushButton>("labRun")->isEnabled());
    EXPECT_TRUE(find<QPushButton>("labRun")->toolTip().contains(QStringLiteral("policy")));
    EXPECT_EQ(find<QLabel>("labAmount")->text(), QStringLiteral("Choose at least one policy."));
    QTest::mouseClick(find<QToolButton>("labAllPolicies"), Qt::LeftButton);
    EXPECT_TRUE(find<QPushButton>("labRun")->isEnabled());
    find<QDoubleSpinBox>("labRate")->setValue(90'000);
    find<QSpinBox>("labDuration")->setValue(80'000);
    EXPECT_FALSE(find<QPushButton>("labRun")->isEnabled());
    EXPECT_TRUE(find<QLabel>("labAmount")->text().contains(QStringLiteral("do not fit into memory")));
}

TEST_F(LabTest, ARunShowsPoliciesInOrderWithVerdictsAndFigures) {
    start();
    makeSmall({QStringLiteral("random"), QStringLiteral("round-robin"), QStringLiteral("gatehouse-cost"), QStringLiteral("oracle")});
    click();
    EXPECT_EQ(page()->runs().state(), LabRuns::State::Running);
    EXPECT_FALSE(find<QPushButton>("labRun")->isEnabled());
    ASSERT_TRUE(ended());
    ASSERT_EQ(page()->runs().state(), LabRuns::State::Done);
    auto* plot = page()->findChild<PolicyPlot*>();
    ASSERT_EQ(plot->rowCount(), 4);
    const auto& report = page()->results().result()->report;
    double before = 0;
    for (const auto& name : plot->order()) {
        const auto found = std::find_if(report.policies.begin(), report.policies.end(), [&](const auto& p) { return p.policy->name == name.toStdString(); });
        const double mean = found->of(lab::sim::Metric::TtftP90).mean;
        EXPECT_GE(mean, before) << name.toStdString();
        before = mean;
    }
    // Five metrics of one of ours.
    EXPECT_EQ(find<QTableView>("labVerdicts")->model()->rowCount(), 5);
    EXPECT_EQ(text("labVerdicts", 0, VerdictsModel::Policy), QStringLiteral("gatehouse-cost"));
    find<SegmentedControl>("labTables")->setCurrent(QStringLiteral("figures"));
    auto* figures = find<QTableView>("labFigures");
    EXPECT_TRUE(figures->isVisible());
    EXPECT_EQ(figures->model()->rowCount(), 4);
    EXPECT_TRUE(figures->model()->index(0, 2).data(Qt::ToolTipRole).toString().contains(QStringLiteral("TTFT p90")));
    // Sorted by a figure, not by its text.
    figures->sortByColumn(2, Qt::DescendingOrder);
    EXPECT_EQ(text("labFigures", 3, 0), plot->order().first());
    // The twin of the plot has a row per policy, and the plot says each in words.
    EXPECT_EQ(plot->table().rows.size(), 4U);
    plot->setFocus();
    QTest::keyClick(plot, Qt::Key_Down);
    EXPECT_TRUE(plot->accessibleDescription().startsWith(plot->order().first()));
    EXPECT_TRUE(plot->accessibleDescription().contains(QStringLiteral("TTFT p90")));
}

TEST_F(LabTest, TheBestAndItsTiesAreMarkedAndBoundsAreNot) {
    start();
    makeSmall({QStringLiteral("random"), QStringLiteral("round-robin"), QStringLiteral("least-request"), QStringLiteral("oracle")});
    click();
    ASSERT_TRUE(ended());
    const auto result = page()->results().result();
    FiguresModel model(theme);
    model.set(result, nullptr);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const auto standings = lab::sim::standings(result->report.policies, lab::sim::Metric::TtftP90);
    int best = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        const auto name = model.index(row, 0).data().toString();
        const auto tip = model.index(row, 2).data(Qt::ToolTipRole).toString();
        const auto at = std::find_if(result->report.policies.begin(), result->report.policies.end(), [&](const auto& p) { return p.policy->name == name.toStdString(); });
        const auto standing = standings[static_cast<std::size_t>(at - result->report.policies.begin())];
        if (name == QLatin1String("oracle")) {
            EXPECT_TRUE(tip.contains(QStringLiteral("bound"))) << tip.toStdString();
            EXPECT_TRUE(model.index(row, 2).data(Qt::DecorationRole).isNull());
        } else if (standing == lab::sim::Standing::Best) {
            ++best;
            EXPECT_TRUE(tip.endsWith(QStringLiteral(": best."))) << tip.toStdString();
        } else {
            EXPECT_TRUE(tip.contains(standing == lab::sim::Standing::Tie ? QStringLiteral("ties") : QStringLiteral("behind"))) << tip.toStdString();
        }
    }
    EXPECT_EQ(best, 1);
    // Without one of ours there is nothing to judge: all figures are shown, and the choice says why.
    EXPECT_EQ(find<QTableView>("labVerdicts")->model()->rowCount(), 0);
    EXPECT_EQ(find<SegmentedControl>("labTables")->current(), QStringLiteral("figures"));
}

TEST_F(LabTest, OneSeedProvesNothingAndSaysSo) {
    start();
    makeSmall({QStringLiteral("random"), QStringLiteral("gatehouse-cost")}, 1);
    EXPECT_TRUE(find<QLabel>("labAmount")->text().contains(QStringLiteral("one seed")));
    click();
    ASSERT_TRUE(ended());
    EXPECT_EQ(text("labVerdicts", 0, VerdictsModel::Verdict), QStringLiteral("Not known"));
}

TEST_F(LabTest, ACancelledRunKeepsNothingAndCanBeRunAgain) {
    start();
    find<QSpinBox>("labDuration")->setValue(2'000);
    check({QStringLiteral("oracle")});
    click();
    ASSERT_TRUE(waitFor([&] { return page()->runs().share() > 0; }));
    EXPECT_TRUE(find<QPushButton>("labCancel")->isVisible());
    QTest::mouseClick(find<QPushButton>("labCancel"), Qt::LeftButton);
    EXPECT_EQ(page()->runs().state(), LabRuns::State::Cancelled);
    EXPECT_TRUE(page()->runs().results().empty());
    EXPECT_FALSE(find<QPushButton>("labCancel")->isVisible());
    EXPECT_TRUE(find<QPushButton>("labRun")->isEnabled());
    makeSmall({QStringLiteral("random")}, 2);
    click();
    ASSERT_TRUE(ended());
    EXPECT_EQ(page()->runs().results().size(), 1U);
}

TEST_F(LabTest, ARunThatFailsSaysWhyAndKeepsWhatWasThere) {
    start();
    makeSmall({QStringLiteral("random")}, 2);
    click();
    ASSERT_TRUE(ended());
    auto broken = page()->form().scenario();
    broken.servers.front().model = "no-such-model";
    page()->runs().start(broken);
    ASSERT_TRUE(ended());
    EXPECT_EQ(page()->runs().state(), LabRuns::State::Failed);
    EXPECT_TRUE(message().contains(QStringLiteral("no-such-model"))) << message().toStdString();
    EXPECT_EQ(page()->runs().results().size(), 1U);
    EXPECT_EQ(page()->findChild<PolicyPlot*>()->rowCount(), 1);
}

TEST_F(LabTest, ClosingWhileItRunsEndsItAtOnce) {
    start();
    find<QSpinBox>("labDuration")->setValue(5'000);
    check({QStringLiteral("oracle")});
    click();
    ASSERT_TRUE(waitFor([&] { return page()->runs().share() > 0; }));
    QElapsedTimer clock;
    clock.start();
    view.reset();
    EXPECT_LT(clock.elapsed(), 20'000) << "it would take minutes to its end";
}

TEST_F(LabTest, TwoRunsStandSideBySide) {
    start();
    makeSmall({QStringLiteral("random"), QStringLiteral("gatehouse-cost")});
    click();
    ASSERT_TRUE(ended());
    find<QSpinBox>("labScrape")->setValue(5'000);
    click();
    ASSERT_TRUE(ended());
    auto* shown = find<QComboBox>("labShown");
    auto* against = find<QComboBox>("labAgainst");
    ASSERT_EQ(shown->count(), 2);
    EXPECT_EQ(shown->currentData().toInt(), 2) << "what has just ended is shown";
    against->setCurrentIndex(against->findData(1));
    emit against->activated(against->currentIndex());
    auto* plot = page()->findChild<PolicyPlot*>();
    EXPECT_EQ(plot->rowCount(), 2);
    EXPECT_EQ(plot->table().rows.size(), 4U) << "a row per policy and run";
    EXPECT_TRUE(cell("labVerdicts", QStringLiteral("itself in run 1")));
    find<SegmentedControl>("labTables")->setCurrent(QStringLiteral("figures"));
    EXPECT_EQ(find<QTableView>("labFigures")->model()->rowCount(), 4);
    // Random does not look at metrics, so their age changes nothing for it: a tie of equal figures.
    const auto verdicts = labVerdicts(page()->results().result(), page()->results().other());
    const auto random = std::find_if(verdicts.begin(), verdicts.end(), [](const auto& row) { return row.comparison.policy->name == "random"; });
    ASSERT_NE(random, verdicts.end());
    EXPECT_EQ(random->comparison.verdict, lab::sim::Verdict::Tie);
    EXPECT_DOUBLE_EQ(random->comparison.relative.mean, 0);
}

TEST_F(LabTest, RunsOfDifferentTrafficAreNotJudged) {
    start();
    makeSmall({QStringLiteral("random")});
    click();
    ASSERT_TRUE(ended());
    find<QDoubleSpinBox>("labRate")->setValue(30);
    click();
    ASSERT_TRUE(ended());
    for (const auto& row : labVerdicts(page()->runs().results()[0], page()->runs().results()[1])) EXPECT_EQ(row.comparison.verdict, lab::sim::Verdict::Unknown);
}

TEST_F(LabTest, SavesJsonCsvAndAPicture) {
    start();
    makeSmall({QStringLiteral("random"), QStringLiteral("gatehouse-cost")}, 2);
    click();
    ASSERT_TRUE(ended());
    const auto read = [&](const QString& name) {
        QFile file(folder.filePath(name));
        EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << name.toStdString();
        return file.readAll();
    };
    ASSERT_TRUE(page()->results().save(folder.filePath(QStringLiteral("a.json")), QStringLiteral("json")));
    ASSERT_TRUE(page()->results().save(folder.filePath(QStringLiteral("a.csv")), QStringLiteral("csv")));
    ASSERT_TRUE(page()->results().save(folder.filePath(QStringLiteral("a.png")), QStringLiteral("png")));
    const auto json = QJsonDocument::fromJson(read(QStringLiteral("a.json"))).object();
    EXPECT_EQ(json[QStringLiteral("policies")].toArray().size(), 2);
    EXPECT_TRUE(read(QStringLiteral("a.csv")).startsWith("policy,metric,unit,seed,value\n"));
    EXPECT_TRUE(read(QStringLiteral("a.png")).startsWith("\x89PNG"));
    EXPECT_FALSE(page()->results().save(folder.filePath(QStringLiteral("nowhere/a.csv")), QStringLiteral("csv")));
    EXPECT_TRUE(message().contains(QStringLiteral("was not saved")));
}

TEST_F(LabTest, AScenarioFileBecomesAChoiceAndABadOneSaysWhere) {
    start();
    QFile file(folder.filePath(QStringLiteral("mine.yaml")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("servers: [{count: 3, model: llama-8b}]\nworkload: agent\nrate: 2.25\nduration: 7\npolicies: [random, lmetric]\nseeds: 2\n");
    file.close();
    ASSERT_TRUE(page()->form().openFile(file.fileName()));
    const auto scenario = page()->form().scenario();
    EXPECT_EQ(scenario.servers.size(), 3U);
    EXPECT_EQ(scenario.workload.name, "agent");
    EXPECT_DOUBLE_EQ(scenario.rate, 2.25) << "fields show rounded values; what was not changed stays exact";
    EXPECT_EQ(scenario.policies, (std::vector<std::string>{"random", "lmetric"}));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("rate: 0\n");
    file.close();
    EXPECT_FALSE(page()->form().openFile(file.fileName()));
    EXPECT_TRUE(message().contains(QStringLiteral("mine.yaml:1"))) << message().toStdString();
}

TEST_F(LabTest, TheEmptyStateRunsTheComparison) {
    start();
    makeSmall({QStringLiteral("random")}, 2);
    auto* empty = page()->results().findChild<EmptyState*>();
    ASSERT_TRUE(empty->isVisible());
    QTest::mouseClick(empty->findChild<QPushButton*>(), Qt::LeftButton);
    ASSERT_TRUE(ended());
    EXPECT_FALSE(empty->isVisible());
}

TEST_F(LabTest, AtLargeTextInASmallWindowThePanelsStandBelowEachOther) {
    theme.setTextScale(2);
    start();
    view->resize(1000, 640);
    makeSmall({QStringLiteral("random"), QStringLiteral("gatehouse-cost")}, 2);
    click();
    ASSERT_TRUE(ended());
    auto* plot = page()->findChild<PolicyPlot*>();
    EXPECT_GT(plot->heightForWidth(plot->width()), plot->heightForWidth(4'000)) << "fewer columns of panels, more rows of them";
    EXPECT_GE(plot->height(), plot->heightForWidth(plot->width()) - 1) << "nothing is squeezed: it scrolls";
    auto* area = page()->results().parentWidget()->parentWidget()->parentWidget();
    EXPECT_LE(page()->results().width(), area->width()) << "nothing is cut at the right";
    EXPECT_GT(page()->results().y(), page()->form().height() - 1) << "the results stand below the form";
    const auto place = page()->results().mapTo(area, QPoint());
    EXPECT_LT(place.y(), area->height() / 2) << "and are what is looked at after a run";
    theme.setTextScale(1);
}

/// A decision by cost: `cheap` is the cheapest, `idle` has nothing in flight.
telemetry::RequestRecord decided(std::uint64_t number, int candidates, int cheap, int idle) {
    auto record = makeRecord(number);
    auto pick = std::make_shared<inference::PickRecord>();
    pick->pool = "default/chat";
    pick->method = inference::PickMethod::Cost;
    pick->reason = "lowest cost 20 ms, 10.0 ms before default/llm-1";
    pick->lowerIsBetter = true;
    pick->termNames = {"queue", "prefill", "step", "room", "adapter", "eviction", "decode", "others"};
    pick->promptTokens = 500;
    pick->pods = candidates;
    for (int i = 0; i < candidates; ++i) {
        inference::Candidate candidate;
        candidate.pod = "default/llm-" + std::to_string(i);
        candidate.waiting = i == idle ? 0 : 4;
        candidate.running = 2;
        candidate.kvUse = 0.3;
        candidate.inFlight = i == idle ? 0 : 5;
        candidate.ageMillis = 20;
        candidate.terms = {0.0, i == cheap ? 0.02 : 0.05, 0, 0, 0, 0, 0, 0};
        candidate.total = i == cheap ? 0.02 : 0.05;
        pick->candidates.push_back(candidate);
    }
    pick->chosen = cheap;
    record.pick = std::move(pick);
    return record;
}

struct ReplayTest : LabTest {
    void startWith(std::vector<telemetry::RequestRecord> records) {
        engine.takeRequests(std::move(records));
        start();
        find<SegmentedControl>("labPart")->setCurrent(QStringLiteral("replay"));
    }
    void choose(const char* policy) {
        auto* box = find<QComboBox>("replayPolicy");
        const int at = box->findText(QString::fromLatin1(policy));
        ASSERT_GE(at, 0) << policy;
        box->setCurrentIndex(at);
    }
    void replay() {
        QTest::mouseClick(find<QPushButton>("labRun"), Qt::LeftButton);
        ASSERT_TRUE(waitFor([&] { return !page()->replay().isRunning(); }));
    }
};

TEST_F(ReplayTest, SaysWhichPodsAnotherPolicyWouldHavePickedAndAtWhatCost) {
    startWith({decided(1, 3, 0, 1), decided(2, 3, 1, 1), decided(3, 3, 0, 2)});
    EXPECT_EQ(find<QPushButton>("labRun")->text(), QStringLiteral("Replay"));
    EXPECT_TRUE(find<QComboBox>("replaySource")->currentText().contains(QStringLiteral("3")));
    choose("least-request");
    replay();
    const auto summary = find<QLabel>("replaySummary")->text();
    EXPECT_TRUE(summary.contains(QStringLiteral("2 of 3 decisions"))) << summary.toStdString();
    EXPECT_TRUE(summary.contains(QStringLiteral("40.0 ms instead of 20.0 ms"))) << summary.toStdString();
    auto* decisions = find<QTableView>("replayDecisions");
    EXPECT_EQ(decisions->model()->rowCount(), 3);
    find<QCheckBox>("replayChangedOnly")->click();
    ASSERT_EQ(decisions->model()->rowCount(), 2);
    EXPECT_EQ(text("replayDecisions", 0, ReplayDecisionsModel::Request), QStringLiteral("req-3")) << "newest first";
    EXPECT_EQ(text("replayDecisions", 0, ReplayDecisionsModel::Before), QStringLiteral("llm-0"));
    EXPECT_EQ(text("replayDecisions", 0, ReplayDecisionsModel::After), QStringLiteral("llm-2"));
    EXPECT_EQ(text("replayShares", 0, ReplaySharesModel::Change), QStringLiteral("−2"));
    // Enter opens the request.
    decisions->setCurrentIndex(decisions->model()->index(1, 0));
    emit decisions->activated(decisions->currentIndex());
    ASSERT_FALSE(navigator.visits.empty());
    EXPECT_EQ(navigator.visits.back(), std::pair(QStringLiteral("requests"), QStringLiteral("req-1")));
}

TEST_F(ReplayTest, WithoutDecisionsItSaysWhatIsMissing) {
    startWith({});
    auto* empty = page()->replay().findChild<EmptyState*>();
    ASSERT_TRUE(empty->isVisible());
    replay();
    EXPECT_EQ(page()->replay().result(), nullptr);
    EXPECT_TRUE(empty->isVisible());
}

TEST_F(ReplayTest, RecordsOfAFileAreTakenAgainToo) {
    startWith({});
    QFile file(folder.filePath(QStringLiteral("requests.json")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    auto first = decided(7, 3, 0, 1), second = decided(8, 3, 0, 1);
    second.startedAt = first.startedAt + std::chrono::milliseconds(5);
    file.write(("{\"requests\":[" + telemetry::toJson(first) + "," + telemetry::toJson(second) + "]}").c_str());
    file.close();
    page()->replay().openRecords(file.fileName());
    ASSERT_TRUE(waitFor([&] { return find<QComboBox>("replaySource")->count() == 2; }));
    EXPECT_EQ(find<QComboBox>("replaySource")->currentIndex(), 1);
    choose("least-request");
    replay();
    ASSERT_NE(page()->replay().result(), nullptr);
    EXPECT_EQ(page()->replay().result()->replay.changed, 2U);
    ASSERT_TRUE(page()->replay().save(folder.filePath(QStringLiteral("r.csv")), QStringLiteral("csv")));
    ASSERT_TRUE(page()->replay().save(folder.filePath(QStringLiteral("r.json")), QStringLiteral("json")));
    // A request of elsewhere cannot be opened, and says so.
    auto* decisions = find<QTableView>("replayDecisions");
    emit decisions->activated(decisions->model()->index(0, 0));
    EXPECT_TRUE(navigator.visits.empty());
    EXPECT_TRUE(message().contains(QStringLiteral("req-8"))) << message().toStdString();

    ASSERT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("not json at all");
    file.close();
    page()->replay().openRecords(file.fileName());
    ASSERT_TRUE(waitFor([&] { return !page()->replay().isRunning() && message().contains(QStringLiteral("JSON")); })) << message().toStdString();
    page()->replay().openRecords(folder.filePath(QStringLiteral("missing.json")));
    ASSERT_TRUE(waitFor([&] { return message().contains(QStringLiteral("missing.json")); }));
}

TEST_F(ReplayTest, APolicyOfAFileAndOfTheWorkspaceCanBeChosen) {
    open(R"(apiVersion: inference.networking.x-k8s.io/v1alpha1
kind: EndpointPickerConfig
metadata: {name: epp, namespace: default}
plugins: [{type: queue-scorer}]
)");
    startWith({decided(1, 3, 0, 1)});
    choose("EndpointPickerConfig default/epp");
    replay();
    EXPECT_EQ(page()->replay().result()->replay.changed, 1U);
    QFile file(folder.filePath(QStringLiteral("mine.yaml")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("apiVersion: llm-d.ai/v1alpha1\nkind: EndpointPickerConfig\nplugins: [{type: session-affinity-scorer}]\n");
    file.close();
    ASSERT_TRUE(page()->replay().openPolicy(file.fileName()));
    EXPECT_EQ(find<QComboBox>("replayPolicy")->currentText(), QStringLiteral("mine.yaml"));
    replay();
    EXPECT_EQ(page()->replay().result()->replay.changed, 0U) << "all are equal to it";
    EXPECT_TRUE(find<QLabel>("replayNotes")->text().contains(QStringLiteral("session-affinity-scorer")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("kind: Service\n");
    file.close();
    EXPECT_FALSE(page()->replay().openPolicy(file.fileName()));
    EXPECT_TRUE(message().contains(QStringLiteral("EndpointPickerConfig")));
}

}  // namespace
