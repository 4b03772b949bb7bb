// The Policies view: guards, enrichment, where they apply, and a prompt to try.
#include "../editors/console_fixture.h"

#include "editors/text_box.h"
#include "editors/workspace_facts.h"
#include "policies/policies_view.h"
#include "policies/policy_rows.h"
#include "policies/prompt_trial.h"
#include "route/translate.h"
#include "widgets/segmented_control.h"
#include "widgets/status_chip.h"

#include <QCheckBox>
#include <QLabel>
#include <QPlainTextEdit>

namespace gatehouse::ui::test {
namespace {

const config::ObjectKey kGuard{"gateway.kgateway.dev", "TrafficPolicy", "default", "guard"};

class PoliciesViewTest : public ConsoleTest {
  protected:
    View* open() { return shown(makePoliciesView(context, nullptr)); }
    config::AiPolicySpec spec() {
        const auto decoded = config::decodeTrafficPolicy(*document.objects()->find(kGuard));
        EXPECT_TRUE(decoded && decoded->ai);
        return *decoded->ai;
    }
    void prompt(const QString& typed) {
        auto* input = child<QPlainTextEdit>(QStringLiteral("promptInput"));
        input->setFocus();
        input->selectAll();
        QTest::keyClicks(input, typed);
    }
    void typeBox(const QString& name, const QString& value) {
        auto* box = child<TextBox>(name);
        ASSERT_NE(box, nullptr);
        box->setFocus();
        box->selectAll();
        QTest::keyClicks(box, value);
        QTest::keyClick(box, Qt::Key_Return, Qt::ControlModifier);
        QTest::qWait(0);
    }
    QString upstream(int row) {
        auto* label = child<QWidget>(QStringLiteral("promptUpstream"))->findChild<QLabel*>(QStringLiteral("upstreamText:%1").arg(row));
        return label ? label->text() : QString();
    }
};

TEST_F(PoliciesViewTest, TrialMasksByTheCodeThatServes) {
    const auto trial = tryPrompt(spec(), "pay 4111 1111 1111 1111 for TCK-77");
    ASSERT_TRUE(trial) << trial.error().message;
    ASSERT_EQ(trial->hits.size(), 2u);
    EXPECT_FALSE(trial->rejected);
    EXPECT_EQ(trial->masked.find("4111"), std::string::npos);
    ASSERT_EQ(trial->upstream.size(), 2u);
    EXPECT_EQ(trial->upstream[0].content, "Be brief.");
    EXPECT_EQ(trial->upstream[1].content, trial->masked) << "what is shown as masked is what goes upstream";
}

TEST_F(PoliciesViewTest, TrialRejectsWithTheWrittenAnswer) {
    auto rejecting = spec();
    rejecting.requestGuard->action = config::GuardAction::Reject;
    rejecting.reject = {"No cards here.", 422};
    const auto trial = tryPrompt(rejecting, "4111 1111 1111 1111");
    ASSERT_TRUE(trial);
    EXPECT_TRUE(trial->rejected);
    EXPECT_EQ(trial->rejectStatus, 422);
    EXPECT_EQ(trial->rejectMessage, "No cards here.");
    EXPECT_TRUE(trial->upstream.empty());
}

TEST_F(PoliciesViewTest, ReachNamesTheRuleAndTheDanglingTarget) {
    route::Runtime runtime;
    const auto translation = route::translate(*document.objects(), runtime, 1);
    const auto rows = policyReach(*document.objects(), *translation.snapshot, config::attachments(*document.objects()), kGuard);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_TRUE(rows[0].applies);
    EXPECT_EQ(rows[0].object, routeKey("chat"));
    EXPECT_FALSE(rows[0].why.isEmpty());
    EXPECT_FALSE(rows[1].applies);
    EXPECT_TRUE(rows[1].why.contains(QLatin1String("missing does not exist"))) << rows[1].why.toStdString();
}

TEST_F(PoliciesViewTest, TheTryBoxMasksACardNumber) {
    open();
    prompt(QStringLiteral("card 4111 1111 1111 1111"));
    ASSERT_TRUE(eventually([this] { return upstream(1).contains(QLatin1String("<CREDIT_CARD>")); })) << upstream(1).toStdString();
    EXPECT_EQ(upstream(0), QStringLiteral("Be brief."));
    EXPECT_EQ(child<QLabel>(QStringLiteral("promptHits"))->text(), QStringLiteral("CREDIT_CARD"));
    prompt(QStringLiteral("hello"));
    EXPECT_TRUE(eventually([this] { return upstream(1) == QLatin1String("hello"); }));
}

TEST_F(PoliciesViewTest, ABuiltinIsOneClickAndOneUndoStep) {
    open();
    const auto before = text();
    auto* email = child<QCheckBox>(QStringLiteral("builtin:EMAIL"));
    EXPECT_FALSE(email->isChecked());
    EXPECT_TRUE(child<QCheckBox>(QStringLiteral("builtin:CREDIT_CARD"))->isChecked());
    email->click();
    EXPECT_NE(text().find("            - CREDIT_CARD\n            - EMAIL\n"), std::string::npos) << text();
    child<QCheckBox>(QStringLiteral("builtin:EMAIL"))->click();
    EXPECT_EQ(text(), before);
    child<QCheckBox>(QStringLiteral("builtin:CREDIT_CARD"))->click();
    EXPECT_EQ(text().find("builtins"), std::string::npos) << "an emptied list goes away";
    child<QCheckBox>(QStringLiteral("builtin:CREDIT_CARD"))->click();
    EXPECT_NE(text().find("- CREDIT_CARD"), std::string::npos) << "and comes back";
}

TEST_F(PoliciesViewTest, APatternThatDoesNotCompileSaysSoWhileTyping) {
    open();
    auto* pattern = child<QLineEdit>(QStringLiteral("pattern:0"));
    pattern->setFocus();
    pattern->selectAll();
    QTest::keyClicks(pattern, QStringLiteral("[0-9"));
    EXPECT_TRUE(child<QLabel>(QStringLiteral("patternProblem:0"))->isVisible());
    QTest::keyClicks(pattern, QStringLiteral("]+"));
    EXPECT_FALSE(child<QLabel>(QStringLiteral("patternProblem:0"))->isVisible());
    QTest::keyClick(pattern, Qt::Key_Return);
    EXPECT_NE(text().find("pattern: '[0-9]+'"), std::string::npos) << text();
}

TEST_F(PoliciesViewTest, RejectAndMessagesAreWritten) {
    open();
    child<SegmentedControl>(QStringLiteral("guardAction"))->setCurrent(QStringLiteral("reject"));
    QTest::qWait(0);
    EXPECT_NE(text().find("action: REJECT"), std::string::npos);
    typeBox(QStringLiteral("rejectMessage"), QStringLiteral("Not here."));
    EXPECT_NE(text().find("message: Not here."), std::string::npos) << text();
    click(QStringLiteral("addAppend"));
    typeBox(QStringLiteral("content:append:0"), QStringLiteral("Answer in French."));
    EXPECT_NE(text().find("content: Answer in French."), std::string::npos) << text();
    prompt(QStringLiteral("my card 4111 1111 1111 1111"));
    EXPECT_TRUE(eventually([this] { return upstream(0) == QLatin1String("Not here."); }));
    picture(QStringLiteral("policies-reject"));
}

TEST_F(PoliciesViewTest, TheReachIsShownWithReasons) {
    open();
    auto* reach = child<QWidget>(QStringLiteral("policyReach"));
    ASSERT_TRUE(eventually([&] { return reach->findChildren<QLabel*>(QStringLiteral("reachWhy")).size() == 2; }));
    EXPECT_TRUE(reach->findChildren<QLabel*>(QStringLiteral("reachWhere"))[0]->text().startsWith(QLatin1String("chat")));
    EXPECT_TRUE(reach->findChildren<QLabel*>(QStringLiteral("reachWhy"))[1]->text().contains(QLatin1String("does not exist")));
    picture(QStringLiteral("policies"));
}

TEST_F(PoliciesViewTest, AddPolicyStartsOnARouteThatNobodyGuards) {
    open();
    click(QStringLiteral("addObject"));
    const auto policies = document.objects()->ofKind("TrafficPolicy");
    ASSERT_EQ(policies.size(), 2u);
    const auto spec = config::decodeTrafficPolicy(*policies[1]);
    ASSERT_TRUE(spec);
    ASSERT_EQ(spec->targets.size(), 1u);
    EXPECT_EQ(spec->targets[0].kind, "HTTPRoute");
}

TEST_F(PoliciesViewTest, AMessageOfSeveralLinesIsWrittenAsSuch) {
    open();
    ASSERT_TRUE(document.setField(kGuard, QStringLiteral("spec.ai.promptEnrichment.prepend[0].content"), QStringLiteral("First.\nSecond.\n"), text::yaml::Type::String, QStringLiteral("x")));
    auto* box = child<TextBox>(QStringLiteral("content:prepend:0"));
    ASSERT_NE(box, nullptr);
    EXPECT_EQ(box->toPlainText(), QStringLiteral("First.\nSecond.")) << "its last newline is no line of its own";
    const int low = box->height();
    box->setFocus();
    box->moveCursor(QTextCursor::End);
    QTest::keyClick(box, Qt::Key_Return);
    QTest::keyClicks(box, QStringLiteral("Third."));
    QTest::qWait(0);
    EXPECT_EQ(spec().prepend[0].content, "First.\nSecond.\n") << "nothing is written while someone types";
    EXPECT_TRUE(eventually([&] { return box->height() > low; })) << "the box grows with its text";
    child<QCheckBox>(QStringLiteral("builtin:EMAIL"))->setFocus();
    QTest::qWait(0);
    EXPECT_EQ(spec().prepend[0].content, "First.\nSecond.\nThird.\n");
    EXPECT_NE(text().find("content: |\n"), std::string::npos) << text();
    document.undoStack().undo();
    EXPECT_EQ(spec().prepend[0].content, "First.\nSecond.\n");
    picture(QStringLiteral("policies-lines"));
}

TEST_F(PoliciesViewTest, WhatIsTypedStaysWhenTheFormIsBuiltAnew) {
    open();
    auto* box = child<TextBox>(QStringLiteral("content:prepend:0"));
    box->setFocus();
    box->moveCursor(QTextCursor::End);
    QTest::keyClicks(box, QStringLiteral(" And kind."));
    // A change from elsewhere gives the form another shape.
    ASSERT_TRUE(document.removeField(kGuard, QStringLiteral("spec.ai.promptGuard.request.regex.matches"), QStringLiteral("x")));
    QTest::qWait(0);
    auto* again = child<TextBox>(QStringLiteral("content:prepend:0"));
    ASSERT_NE(again, nullptr);
    EXPECT_EQ(again->toPlainText(), QStringLiteral("Be brief. And kind."));
    QTest::keyClick(again, Qt::Key_Return, Qt::ControlModifier);
    EXPECT_EQ(spec().prepend[0].content, "Be brief. And kind.");
}

TEST_F(PoliciesViewTest, ABadPatternIsToldWithoutItsWrapping) {
    EXPECT_EQ(patternProblem("("), "The pattern does not compile: missing ).");
    EXPECT_EQ(patternProblem("a"), "");
}

TEST_F(PoliciesViewTest, ReachTellsThatAGuardedRuleAnswers500) {
    ASSERT_TRUE(document.setField(kGuard, QStringLiteral("spec.ai.promptGuard.request.regex.matches[0].pattern"), QStringLiteral("("), text::yaml::Type::String, QStringLiteral("x")));
    open();
    auto* reach = child<QWidget>(QStringLiteral("policyReach"));
    ASSERT_TRUE(eventually([&] {
        const auto* where = reach->findChild<QLabel*>(QStringLiteral("reachWhere"));
        return where && where->text().endsWith(QLatin1String("answers 500"));
    }));
}

TEST_F(PoliciesViewTest, AThousandRoutesDoNotHoldTheWindowUp) {
    QString many = QString::fromUtf8(kWorkspace);
    for (int i = 0; i < 1000; ++i)
        many += QStringLiteral("---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: r%1\n  namespace: default\nspec:\n  parentRefs:\n    - name: front\n"
                               "  rules:\n    - matches:\n        - path:\n            value: /r%1\n      backendRefs:\n        - name: web\n          port: 80\n").arg(i);
    openText(many);
    open();
    auto* reach = child<QWidget>(QStringLiteral("policyReach"));
    ASSERT_TRUE(eventually([&] { return reach->findChild<QLabel*>(QStringLiteral("reachWhere")) != nullptr; }));
    // From the edit until the answer is shown, the longest that the event loop was away.
    qint64 longest = 0;
    QElapsedTimer gap;
    ASSERT_TRUE(document.removeField(kGuard, QStringLiteral("spec.targetRefs[1]"), QStringLiteral("x")));
    gap.start();
    ASSERT_TRUE(eventually([&] {
        longest = std::max(longest, gap.restart());
        return reach->findChildren<QLabel*>(QStringLiteral("reachWhere")).size() == 1;
    }));
    RecordProperty("longestGapMillis", static_cast<int>(longest));
    EXPECT_LT(longest, 250) << "the stall watchdog's limit";
}

TEST_F(PoliciesViewTest, PoliciesOfListenersAndBackendsStandInTheListToo) {
    const auto gateway = document.objects()->ofKind("Gateway").front()->key;
    const auto added = document.push(document.workspace().addObject("workspace.yaml", "apiVersion: gateway.kgateway.dev/v1alpha1\nkind: ListenerPolicy\nmetadata: {name: edge, namespace: " + gateway.ns +
        "}\nspec:\n  targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: " + gateway.name +
        "}]\n  default:\n    httpSettings: {serverName: x, serverHeaderTransformation: Overwrite}\n"));
    ASSERT_TRUE(added) << added.error().message;
    const auto rows = policyRows(*document.objects(), {});
    const auto edge = std::find_if(rows.begin(), rows.end(), [](const PolicyRow& row) { return row.key.kind == "ListenerPolicy"; });
    ASSERT_NE(edge, rows.end());
    EXPECT_EQ(edge->effect, QStringLiteral("ListenerPolicy: sets serverName, serverHeaderTransformation"));
    EXPECT_EQ(edge->targets, QStringLiteral("Gateway ") + QString::fromStdString(gateway.name));
    route::Runtime runtime;
    const auto translation = route::translate(*document.objects(), runtime, 1);
    const auto reach = policyReach(*document.objects(), *translation.snapshot, config::attachments(*document.objects()), edge->key);
    ASSERT_FALSE(reach.empty());
    EXPECT_TRUE(reach.front().applies);
    EXPECT_EQ(reach.front().object, gateway);
    EXPECT_FALSE(reach.front().why.isEmpty());
    auto* view = open();
    view->openTarget(QString::fromStdString(edge->key.id()));
    EXPECT_FALSE(child<QWidget>(QStringLiteral("formChoice"))->isVisibleTo(view));
    view->openTarget(QString::fromStdString(kGuard.id()));
    EXPECT_TRUE(child<QWidget>(QStringLiteral("formChoice"))->isVisibleTo(view));
}

}  // namespace
}  // namespace gatehouse::ui::test
