// A canary in its view: the plan is typed, the keys step, pause, promote, roll back and take back; what is worse is rolled back by itself and
// says where it sits; the report is written.
#include "canary/canary_card.h"
#include "canary/canary_studio.h"
#include "canary/canary_view.h"
#include "canary/verdict_table_model.h"
#include "ui/charts/live_fixture.h"
#include "widgets/status_chip.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

struct CanaryRunGuiTest : LiveTest {
    CanaryStudio* studio() { return view->findChild<CanaryStudio*>(); }
    QPushButton* button(const char* name) { return find<QPushButton>(name); }
    std::string yaml() { return document.workspace().text("all.yaml").value_or(""); }
    bool has(const char* text) { return yaml().find(text) != std::string::npos; }
    void start() {
        open(kSplitYaml);
        show(makeCanaryView(context, nullptr));
        view->activateWindow();
        view->setFocus();
    }
    void click(const char* name) { QTest::mouseClick(button(name), Qt::LeftButton); }
    canary::CanaryRun& run() { return *studio()->runOf("gateway.networking.k8s.io/HTTPRoute/default/chat#0"); }
    /// Requests that begin now, two seconds after the step.
    void feed(int stable, int canary, int canaryErrors) {
        std::vector<telemetry::RequestRecord> records;
        for (int i = 0; i < stable + canary; ++i) {
            const bool second = i >= stable;
            auto record = makeRecord(next_++, second && i - stable < canaryErrors ? 503 : 200,
                                     second ? "InferencePool default/chat-canary" : "InferencePool default/chat-stable");
            record.startedAt = std::chrono::system_clock::now() + std::chrono::seconds(2);
            if (second) record.pod = i - stable < canaryErrors ? "default/bad-0" : "default/good-" + std::to_string(i % 3);
            records.push_back(record);
        }
        engine.takeRequests(std::move(records));
        studio()->tickNow();
    }
    std::uint64_t next_ = 1;
};

TEST_F(CanaryRunGuiTest, StartWritesTheFirstStepOfThePlan) {
    start();
    find<QLineEdit>("canarySteps")->setText(QStringLiteral("2, 20 100"));
    find<QSpinBox>("canaryHold")->setValue(5);
    click("canaryStep");
    EXPECT_TRUE(has("weight: 98") && has("weight: 2")) << yaml();
    EXPECT_EQ(document.undoStack().count(), 1);
    EXPECT_EQ(run().plan().steps[0].hold, std::chrono::minutes(5));
    EXPECT_TRUE(button("canaryStep")->text().contains(QStringLiteral("20")));
    EXPECT_FALSE(find<QLineEdit>("canarySteps")->isEnabled());
    EXPECT_FALSE(button("rollBack")->isVisible()) << "one way back at a time";
    click("canaryStep");
    EXPECT_TRUE(has("weight: 80") && has("weight: 20"));
    click("canaryStep");
    EXPECT_EQ(run().state(), canary::RunState::Promoted);
    EXPECT_TRUE(has("weight: 100"));
    click("canaryUndo");
    EXPECT_TRUE(has("weight: 80") && has("weight: 20"));
    EXPECT_EQ(run().state(), canary::RunState::Paused);
}

TEST_F(CanaryRunGuiTest, OneKeyEach) {
    start();
    const auto press = [this](Qt::Key key) {
        QTest::keyClick(view.get(), key);
        QApplication::processEvents();
    };
    press(Qt::Key_S);
    EXPECT_EQ(run().percent(), 1);
    press(Qt::Key_S);
    EXPECT_EQ(run().percent(), 5);
    press(Qt::Key_P);
    EXPECT_EQ(run().state(), canary::RunState::Paused);
    EXPECT_EQ(button("canaryPause")->text(), QStringLiteral("Resume"));
    press(Qt::Key_P);
    EXPECT_EQ(run().state(), canary::RunState::Running);
    press(Qt::Key_R);
    EXPECT_EQ(run().state(), canary::RunState::RolledBack);
    EXPECT_EQ(run().percent(), 0);
    EXPECT_TRUE(dialogs.confirmed.isEmpty());
    press(Qt::Key_U);
    EXPECT_EQ(run().percent(), 5);
    press(Qt::Key_M);
    EXPECT_EQ(run().percent(), 100);
    EXPECT_TRUE(button("canaryStep")->text() == QStringLiteral("Start"));
}

TEST_F(CanaryRunGuiTest, WorseIsRolledBackByItselfAndSaysWhereItSits) {
    start();
    click("canaryStep");
    feed(2970, 30, 8);
    EXPECT_EQ(run().state(), canary::RunState::RolledBack);
    EXPECT_TRUE(has("weight: 100") && has("weight: 0"));
    auto* chip = find<StatusChip>("canaryVerdict");
    EXPECT_EQ(chip->kind(), StatusChip::Kind::Bad);
    EXPECT_TRUE(find<QLabel>("canaryWhere")->text().contains(QStringLiteral("bad-0"))) << find<QLabel>("canaryWhere")->text().toStdString();
    EXPECT_TRUE(find<QLabel>("canaryEvent")->text().contains(QStringLiteral("by itself")));
    auto* model = find<QTableView>("verdictTable")->model();
    QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    EXPECT_EQ(model->index(0, VerdictTableModel::Verdict).data().toString(), QStringLiteral("Worse"));
    EXPECT_EQ(model->index(0, VerdictTableModel::Canary).data().toString(), QStringLiteral("26.67 %"));
}

TEST_F(CanaryRunGuiTest, UnarmedItOnlyPauses) {
    start();
    find<QCheckBox>("canaryArmed")->setChecked(false);
    click("canaryStep");
    feed(990, 10, 8);
    EXPECT_EQ(run().state(), canary::RunState::Paused);
    EXPECT_TRUE(has("weight: 99"));
}

TEST_F(CanaryRunGuiTest, ItRunsOnWhileAnotherViewIsShown) {
    start();
    click("canaryStep");
    view->setActive(false);
    view->hide();
    feed(990, 10, 8);
    EXPECT_TRUE(has("weight: 0"));
}

TEST_F(CanaryRunGuiTest, WeightsOfAnotherHandPauseIt) {
    start();
    click("canaryStep");
    document.undoStack().undo();
    EXPECT_EQ(run().state(), canary::RunState::Paused);
    EXPECT_EQ(run().percent(), 10);
    EXPECT_TRUE(find<QLabel>("canaryEvent")->text().contains(QStringLiteral("elsewhere")));
}

TEST_F(CanaryRunGuiTest, AWrongPlanIsRefusedInWords) {
    start();
    for (const char* wrong : {"5, 1", "", "abc", "0, 50", "50, 101"}) {
        find<QLineEdit>("canarySteps")->setText(QString::fromLatin1(wrong));
        click("canaryStep");
        EXPECT_EQ(run().state(), canary::RunState::Idle) << wrong;
        EXPECT_EQ(yaml(), kSplitYaml);
    }
    bool said = false;
    for (auto* label : view->findChildren<QLabel*>()) said |= label->isVisible() && label->text().contains(QStringLiteral("did not change"));
    EXPECT_TRUE(said);
}

TEST_F(CanaryRunGuiTest, TheReportIsWrittenAsItsNameSays) {
    start();
    click("canaryStep");
    feed(990, 10, 8);
    QTemporaryDir folder;
    for (const auto& [name, begin] : {std::pair{"report.html", "<!DOCTYPE html>"}, {"report.md", "# Canary of"}}) {
        dialogs.file = folder.filePath(QString::fromLatin1(name));
        click("canaryReport");
        QFile file(dialogs.file);
        ASSERT_TRUE(file.open(QIODevice::ReadOnly)) << name;
        const auto text = file.readAll();
        EXPECT_TRUE(text.startsWith(begin)) << name;
        EXPECT_TRUE(text.contains("bad-0")) << name;
    }
    dialogs.file = folder.filePath(QStringLiteral("no/such/folder/r.md"));
    click("canaryReport");
    bool said = false;
    for (auto* label : view->findChildren<QLabel*>()) said |= label->isVisible() && label->text().contains(QStringLiteral("could not be written"));
    EXPECT_TRUE(said);
}

}  // namespace
