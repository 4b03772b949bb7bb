// The split: always 100, by drag, keys, boxes and presets; applied as one undo step that touches only weights; observed beside configured.
#include "canary/arm_statistics.h"
#include "canary/canary_splits.h"
#include "canary/canary_view.h"
#include "canary/split_editor.h"
#include "ui/charts/live_fixture.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>

#include <numeric>
#include <random>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

int sum(const SplitShares& shares) { return std::accumulate(shares.values().begin(), shares.values().end(), 0); }

TEST(SplitShares, AddUpToAHundredWhateverHappens) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (int round = 0; round < 2000; ++round) {
        std::vector<std::uint32_t> weights(1 + random() % 6);
        for (auto& weight : weights) weight = random() % 4 == 0 ? 0 : random() % 1000;
        SplitShares shares(weights);
        ASSERT_EQ(sum(shares), 100);
        for (int step = 0; step < 10; ++step) {
            const auto arm = random() % weights.size();
            const int value = static_cast<int>(random() % 140) - 20;
            if (random() % 2 == 0) {
                shares.set(arm, value);
                ASSERT_EQ(shares[arm], weights.size() > 1 ? std::clamp(value, 0, 100) : 100);
            } else {
                const auto before = shares;
                shares.moveDivider(arm, value);
                for (std::size_t i = 0; i < shares.size(); ++i)
                    ASSERT_TRUE(i == arm || i == arm + 1 || shares[i] == before[i]) << "only the neighbours change";
            }
            ASSERT_EQ(sum(shares), 100);
            for (const int share : shares.values()) ASSERT_GE(share, 0);
        }
    }
}

TEST(SplitShares, ReadsWeightsAsShares) {
    EXPECT_EQ(SplitShares({9, 1}).values(), (std::vector<int>{90, 10}));
    EXPECT_EQ(SplitShares({1, 1, 1}).values(), (std::vector<int>{34, 33, 33}));
    EXPECT_EQ(SplitShares({0, 0}).values(), (std::vector<int>{100, 0}));
    EXPECT_EQ(SplitShares({1, 999}).values(), (std::vector<int>{0, 100}));
}

TEST(SplitShares, OthersKeepTheirProportions) {
    SplitShares shares({60, 30, 10});
    shares.set(2, 55);
    EXPECT_EQ(shares.values(), (std::vector<int>{30, 15, 55}));
}

std::deque<telemetry::RequestRecord> requests(int stable, int canary, int canaryErrors) {
    std::deque<telemetry::RequestRecord> all;
    for (int i = 0; i < stable; ++i) all.push_back(makeRecord(static_cast<std::uint64_t>(i)));
    for (int i = 0; i < canary; ++i) {
        all.push_back(makeRecord(static_cast<std::uint64_t>(stable + i), i < canaryErrors ? 503 : 200, "InferencePool default/chat-canary"));
        all.back().firstByteMicros = (i + 1) * 10'000;
    }
    auto other = makeRecord(9'999);
    other.rule = "chat · canary-by-header";
    all.push_back(other);
    return all;
}
const std::vector<std::string> kArms = {"InferencePool default/chat-stable", "InferencePool default/chat-canary"};

TEST(ArmStatistics, CountsTheRulesOwnRequestsByArm) {
    const auto stats = armStatistics(requests(90, 20, 5), "HTTPRoute default/chat", "chat · rule 1", kArms, {});
    ASSERT_EQ(stats.size(), 2u);
    EXPECT_EQ(stats[0].requests, 90u);
    EXPECT_EQ(stats[1].requests, 20u);
    EXPECT_EQ(stats[1].errors, 5u);
    EXPECT_EQ(stats[1].ttftP50, 100);
    EXPECT_EQ(stats[1].ttftP95, 190);
    EXPECT_EQ(stats[0].outputTokens, 90u * 240);
    const auto later = armStatistics(requests(90, 20, 5), "HTTPRoute default/chat", "chat · rule 1", kArms, std::chrono::system_clock::now());
    EXPECT_EQ(later[0].requests, 0u);
    EXPECT_TRUE(std::isnan(later[0].ttftP50));
}

TEST(ArmStatistics, ShareOverTimeIsAGapWhereNothingCame) {
    auto all = requests(75, 25, 0);
    const auto now = std::chrono::system_clock::now();
    for (auto& record : all) record.startedAt = now - std::chrono::seconds(12);
    const auto history = shareHistory(all, "HTTPRoute default/chat", "chat · rule 1", kArms, now - std::chrono::seconds(60), now, std::chrono::seconds(5), std::chrono::seconds(5));
    int known = 0;
    for (const double share : history.shares[1])
        if (std::isfinite(share)) {
            ++known;
            EXPECT_EQ(share, 25);
        }
    EXPECT_EQ(known, 1);
}

TEST(RatioNote, SaysInWordsWhetherTheSplitHolds) {
    const std::vector<QString> arms{QStringLiteral("stable"), QStringLiteral("canary")};
    EXPECT_EQ(ratioNote(arms, {90, 10}, {0, 0}).kind, RatioNote::Kind::Nothing);
    EXPECT_EQ(ratioNote(arms, {90, 10}, {9, 3}).kind, RatioNote::Kind::TooFew);
    const auto holds = ratioNote(arms, {90, 10}, {18'204, 2'011});
    EXPECT_EQ(holds.kind, RatioNote::Kind::Holds);
    EXPECT_TRUE(holds.text.contains(QStringLiteral("20,215"))) << holds.text.toStdString();
    EXPECT_EQ(ratioNote(arms, {90, 10}, {900, 200}).kind, RatioNote::Kind::Off);
    EXPECT_EQ(ratioNote(arms, {100, 0}, {900, 1}).kind, RatioNote::Kind::Off);
    EXPECT_EQ(ratioNote(arms, {100, 0}, {900, 0}).kind, RatioNote::Kind::Holds);
}

struct CanaryTest : LiveTest {
    CanarySplitEditor* editor() { return view->findChild<CanarySplitEditor*>(); }
    SplitBar* bar() { return find<SplitBar>("splitBar"); }
    std::string yaml() { return document.workspace().text("all.yaml").value_or(""); }
    void start(const char* text = kSplitYaml) {
        open(text);
        show(makeCanaryView(context, nullptr));
    }
    void feedCounters(std::uint64_t stable, std::uint64_t canary) {
        gateway::State state;
        state.running = true;
        gateway::RuleState rule;
        rule.route = {"gateway.networking.k8s.io", "HTTPRoute", "default", "chat"};
        rule.name = "chat · rule 1";
        rule.backends = {{"a", kArms[0], 90, stable, 0, 0, 0, {}}, {"b", kArms[1], 10, canary, 0, 0, 0, {}}};
        state.rules = {rule};
        engine.takeSample(state);
    }
};

TEST_F(CanaryTest, ApplyChangesTheWeightsAndNothingElse) {
    start();
    bar()->setFocus();
    for (int i = 0; i < 15; ++i) QTest::keyClick(bar(), Qt::Key_Left);
    EXPECT_EQ(editor()->shares().values(), (std::vector<int>{75, 25}));
    EXPECT_EQ(yaml(), kSplitYaml) << "staged until applied";
    EXPECT_TRUE(find<QLabel>("stagedNote")->text().contains(QStringLiteral("75 / 25")));
    QTest::mouseClick(find<QPushButton>("apply"), Qt::LeftButton);
    std::string wanted = kSplitYaml;
    wanted.replace(wanted.find("weight: 90"), 10, "weight: 75");
    wanted.replace(wanted.find("weight: 10"), 10, "weight: 25");
    EXPECT_EQ(yaml(), wanted);
    EXPECT_EQ(document.undoStack().count(), 1);
    EXPECT_EQ(document.undoStack().undoText(), QStringLiteral("Set split of chat · rule 1 to 75 / 25"));
    EXPECT_FALSE(find<QPushButton>("apply")->isEnabled());
    document.undoStack().undo();
    EXPECT_EQ(yaml(), kSplitYaml);
    EXPECT_EQ(editor()->shares().values(), (std::vector<int>{90, 10}));
}

TEST_F(CanaryTest, DragKeysBoxesAndPresetsKeepTheSum) {
    start();
    const auto at = [this](double percent) { return QPoint(static_cast<int>(theme.unit() + (bar()->width() - 2 * theme.unit()) * percent / 100.0), bar()->height() / 2); };
    QTest::mousePress(bar(), Qt::LeftButton, {}, at(90));
    QMouseEvent move(QEvent::MouseMove, at(60), bar()->mapToGlobal(at(60)), Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(bar(), &move);
    QTest::mouseRelease(bar(), Qt::LeftButton, {}, at(60));
    EXPECT_NEAR(editor()->shares()[0], 60, 1);
    EXPECT_EQ(sum(editor()->shares()), 100);
    const int before = editor()->shares()[0];
    bar()->setFocus();
    QTest::keyClick(bar(), Qt::Key_PageUp);
    EXPECT_EQ(editor()->shares()[0], before + 10);
    QTest::keyClick(bar(), Qt::Key_Right);
    EXPECT_EQ(editor()->shares()[0], before + 11);
    find<QSpinBox>("share0")->setValue(42);
    EXPECT_EQ(editor()->shares().values(), (std::vector<int>{42, 58}));
    EXPECT_EQ(find<QSpinBox>("share1")->value(), 58);
    find<QSpinBox>("share1")->setValue(57);
    QTest::mouseClick(find<QPushButton>("preset25"), Qt::LeftButton);
    EXPECT_EQ(editor()->shares().values(), (std::vector<int>{75, 25}));
    QTest::mouseClick(find<QPushButton>("discard"), Qt::LeftButton);
    EXPECT_EQ(editor()->shares().values(), (std::vector<int>{90, 10}));
}

TEST_F(CanaryTest, RollBackIsOneStepWithoutQuestions) {
    start();
    QTest::mouseClick(find<QPushButton>("rollBack"), Qt::LeftButton);
    EXPECT_TRUE(dialogs.confirmed.isEmpty());
    EXPECT_EQ(editor()->shares().values(), (std::vector<int>{100, 0}));
    EXPECT_EQ(document.undoStack().undoText(), QStringLiteral("Roll back chat · rule 1 to chat-stable"));
    EXPECT_FALSE(find<QPushButton>("rollBack")->isEnabled());
    EXPECT_FALSE(find<QPushButton>("rollBack")->toolTip().isEmpty());
}

TEST_F(CanaryTest, AThirdArmWithoutWeightGetsOneWritten) {
    QByteArray text(kSplitYaml);
    text += "        - group: inference.networking.k8s.io\n          kind: InferencePool\n          name: chat-next\n";
    start(text.constData());
    EXPECT_EQ(sum(editor()->shares()), 100);
    find<QSpinBox>("share2")->setValue(20);
    EXPECT_EQ(sum(editor()->shares()), 100);
    QTest::mouseClick(find<QPushButton>("apply"), Qt::LeftButton);
    EXPECT_NE(yaml().find("weight: 20"), std::string::npos) << yaml();
    EXPECT_EQ(document.undoStack().count(), 1);
}

TEST_F(CanaryTest, ObservedStandsBesideConfiguredAndStartsAgainAfterAChange) {
    start();
    feedCounters(880, 120);
    view->setActive(true);
    auto* model = find<QTableView>("armTable")->model();
    QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    ASSERT_EQ(model->rowCount(), 2);
    EXPECT_EQ(model->index(1, 1).data().toString(), QStringLiteral("10"));
    EXPECT_EQ(model->index(1, 2).data().toString(), QStringLiteral("12.0"));
    EXPECT_EQ(model->index(0, 4).data().toString(), QStringLiteral("880"));
    QTest::mouseClick(find<QPushButton>("preset50"), Qt::LeftButton);
    QTest::mouseClick(find<QPushButton>("apply"), Qt::LeftButton);
    feedCounters(900, 140);
    view->setActive(true);
    EXPECT_EQ(model->index(1, 1).data().toString(), QStringLiteral("50"));
    EXPECT_EQ(model->index(0, 4).data().toString(), QStringLiteral("20"));
    EXPECT_EQ(model->index(1, 2).data().toString(), QStringLiteral("50.0"));
    EXPECT_TRUE(find<QLabel>("ratioNote")->text().contains(QStringLiteral("too few")));
}

TEST_F(CanaryTest, WeightsChangedElsewhereShowAtOnce) {
    start();
    ASSERT_TRUE(document.setField({"gateway.networking.k8s.io", "HTTPRoute", "default", "chat"}, QStringLiteral("spec.rules[0].backendRefs[1].weight"),
                                  QStringLiteral("90"), text::yaml::Type::Integer, QStringLiteral("Edit")));
    EXPECT_EQ(editor()->shares().values(), (std::vector<int>{50, 50}));
    EXPECT_TRUE(find<QLabel>("stagedNote")->text().contains(QStringLiteral("90 / 90")));
}

TEST_F(CanaryTest, WithoutASplitItSaysWhatOneIs) {
    open("apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  ports:\n    - port: 80\n");
    show(makeCanaryView(context, nullptr));
    bool said = false;
    for (auto* label : view->findChildren<QLabel*>()) said |= label->isVisible() && label->text().contains(QStringLiteral("two or more backends"));
    EXPECT_TRUE(said);
}

}  // namespace
