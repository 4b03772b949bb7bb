// The Policies view: guards, enrichment, where they apply, and a prompt to try.
#include "../../core/gateway/data_plane_fixture.h"
#include "../editors/console_fixture.h"

#include "editors/text_box.h"
#include "editors/workspace_facts.h"
#include "policies/policies_view.h"
#include "policies/policy_rows.h"
#include "llm/guard_coverage.h"
#include "policies/guard_bench.h"
#include "policies/prompt_trial.h"
#include "route/translate.h"
#include "widgets/segmented_control.h"
#include "widgets/status_chip.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>
#include <QTreeWidget>
#include <nlohmann/json.hpp>

namespace gatehouse::ui::test {
namespace {

const config::ObjectKey kGuard{"gateway.kgateway.dev", "TrafficPolicy", "default", "guard"};

/// The messages of a chat of OpenAI's.
std::vector<llm::Message> messagesIn(const std::string& body) {
    std::vector<llm::Message> out;
    const auto sent = nlohmann::ordered_json::parse(body, nullptr, false);
    if (sent.is_object() && sent.contains("messages") && sent["messages"].is_array())
        for (const auto& message : sent["messages"])
            if (message.is_object()) out.push_back({message.value("role", ""), message.value("content", "")});
    return out;
}

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
    QString upstream() { return child<QPlainTextEdit>(QStringLiteral("promptBody"))->toPlainText(); }
};

TEST_F(PoliciesViewTest, FormAndTextAreAmongTheToolsWhereNotAllColumnsHaveRoom) {
    auto* view = open();
    auto* tools = child<SegmentedControl>(QStringLiteral("guardTools"));
    auto* form = child<QWidget>(QStringLiteral("guardAction"));
    EXPECT_TRUE(form->isVisible() && tools->current() == QLatin1String("try"));
    const auto narrow = [&] { return child<QToolButton>(QStringLiteral("yaml"))->isVisible(); };
    EXPECT_FALSE(narrow());
    theme.setTextScale(2);
    ASSERT_TRUE(QTest::qWaitFor(narrow, 5'000));
    EXPECT_EQ(tools->current(), QStringLiteral("form"));
    form = child<QWidget>(QStringLiteral("guardAction"));
    EXPECT_TRUE(form->isVisible());
    EXPECT_LE(form->mapTo(view, QPoint(form->width(), 0)).x(), view->width());
    EXPECT_FALSE(child<QPlainTextEdit>(QStringLiteral("promptInput"))->isVisible());
    tools->setCurrent(QStringLiteral("try"));
    EXPECT_TRUE(child<QPlainTextEdit>(QStringLiteral("promptInput"))->isVisible());
    EXPECT_FALSE(form->isVisible());
    tools->setCurrent(QStringLiteral("yaml"));
    theme.setTextScale(1);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !narrow(); }, 5'000));
    EXPECT_EQ(tools->current(), QStringLiteral("try"));
    EXPECT_TRUE(child<QWidget>(QStringLiteral("guardAction"))->isVisible());
    EXPECT_TRUE(child<QPlainTextEdit>(QStringLiteral("promptInput"))->isVisible());
}

TEST_F(PoliciesViewTest, TheListIsAsWideAsItsCardBesideTheMap) {
    open();
    child<SegmentedControl>(QStringLiteral("guardTools"))->setCurrent(QStringLiteral("coverage"));
    QTest::qWait(0);
    auto* list = child<QTreeWidget>(QStringLiteral("policiesList"));
    EXPECT_EQ(list->visualItemRect(list->topLevelItem(0)).width(), list->viewport()->width());
    auto* grid = child<QTreeWidget>(QStringLiteral("coverageGrid"));
    EXPECT_FALSE(grid->horizontalScrollBar()->isVisible()) << "the map fits";
    const auto effect = [&] { return list->visualItemRect(list->topLevelItem(0)).width() > 0 && !list->isColumnHidden(1) && list->columnViewportPosition(1) < list->viewport()->width(); };
    EXPECT_FALSE(effect());
    child<SegmentedControl>(QStringLiteral("guardTools"))->setCurrent(QStringLiteral("try"));
    QTest::qWait(0);
    EXPECT_TRUE(effect()) << "what it does stands beside it again";
}

TEST_F(PoliciesViewTest, TrialMasksByTheCodeThatServes) {
    const auto trial = tryPrompt(spec(), {"openai-chat", false, "pay 4111 1111 1111 1111 for TCK-77"});
    ASSERT_TRUE(trial) << trial.error().message;
    ASSERT_EQ(trial->hits.size(), 2u);
    EXPECT_FALSE(trial->rejected);
    EXPECT_EQ(trial->masked.find("4111"), std::string::npos);
    const auto upstream = messagesIn(trial->body);
    ASSERT_EQ(upstream.size(), 2u);
    EXPECT_EQ(upstream[0].content, "Be brief.");
    EXPECT_EQ(upstream[1].content, trial->masked) << "what is shown as masked is what goes upstream";
}

TEST_F(PoliciesViewTest, TrialRejectsWithTheWrittenAnswer) {
    auto rejecting = spec();
    rejecting.requestGuard->action = config::GuardAction::Reject;
    rejecting.reject = {"No cards here.", 422};
    const auto trial = tryPrompt(rejecting, {"openai-chat", false, "4111 1111 1111 1111"});
    ASSERT_TRUE(trial);
    EXPECT_TRUE(trial->rejected);
    EXPECT_EQ(trial->rejectStatus, 422);
    EXPECT_EQ(trial->rejectMessage, "No cards here.");
    EXPECT_TRUE(messagesIn(trial->body).empty());
}

TEST_F(PoliciesViewTest, AgentgatewaysPoliciesAreListedWithWhereTheyHold) {
    const auto set = config::readObjects({{"a.yaml", R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw}
spec: {gatewayClassName: agentgateway, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r}
spec:
  parentRefs: [{name: gw}]
  rules: [{name: chat, backendRefs: [{group: agentgateway.dev, kind: AgentgatewayBackend, name: ai}]}]
---
apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayBackend
metadata: {name: ai}
spec: {ai: {provider: {openai: {}, host: 127.0.0.1, port: 1}}, policies: {ai: {defaults: [{field: temperature, value: 0}]}}}
---
apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayPolicy
metadata: {name: p}
spec:
  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: r, sectionName: chat}]
  traffic: {timeouts: {request: 5s}}
  backend: {ai: {defaults: [{field: temperature, value: 1}], prompt: {prepend: [{role: system, content: x}]}}}
)"}});
    const auto rows = policyRows(*set, {});
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].targets, QStringLiteral("HTTPRoute r/chat"));
    EXPECT_TRUE(rows[0].effect.contains(QLatin1String("timeouts, defaults, prompt"))) << rows[0].effect.toStdString();
    route::Runtime runtime;
    const auto translation = route::translate(*set, runtime, 1);
    const auto reach = policyReach(*set, *translation.snapshot, config::attachments(*set), rows[0].key);
    ASSERT_EQ(reach.size(), 2u);
    EXPECT_TRUE(reach[0].applies);
    EXPECT_TRUE(reach[1].applies);
    EXPECT_TRUE(std::any_of(reach.begin(), reach.end(), [](const ReachRow& row) { return row.why.contains(QLatin1String("AgentgatewayBackend default/ai wins")); }));
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
    ASSERT_TRUE(eventually([this] { return upstream().contains(QLatin1String("<CREDIT_CARD>")); })) << upstream().toStdString();
    EXPECT_TRUE(upstream().contains(QLatin1String("Be brief.")));
    const auto marks = child<QPlainTextEdit>(QStringLiteral("promptBody"))->extraSelections();
    ASSERT_EQ(marks.size(), 1);
    EXPECT_EQ(marks.front().cursor.selectedText(), QStringLiteral("<CREDIT_CARD>"));
    EXPECT_EQ(child<QLabel>(QStringLiteral("promptHits"))->text(), QStringLiteral("CREDIT_CARD"));
    prompt(QStringLiteral("hello"));
    EXPECT_TRUE(eventually([this] { return upstream().contains(QLatin1String("\"hello\"")); }));
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
    EXPECT_TRUE(eventually([this] { return upstream() == QLatin1String("Not here."); }));
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

TEST_F(PoliciesViewTest, OfAThousandRulesThatAPolicyReachesTheFirstStandThere) {
    QString many = QString::fromUtf8(kWorkspace);
    for (int i = 0; i < 1000; ++i)
        many += QStringLiteral("---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: r%1\n  namespace: default\nspec:\n  parentRefs:\n    - name: front\n"
                               "  rules:\n    - matches:\n        - path:\n            value: /r%1\n      backendRefs:\n        - name: web\n          port: 80\n").arg(i);
    openText(many);
    ASSERT_TRUE(document.setFragment(kGuard, QStringLiteral("spec.targetRefs"), QStringLiteral("[{group: gateway.networking.k8s.io, kind: Gateway, name: front}]"), QStringLiteral("x")));
    open();
    auto* reach = child<QWidget>(QStringLiteral("policyReach"));
    const auto rows = [&] {
        int alive = 0;
        for (const auto* label : reach->findChildren<QLabel*>(QStringLiteral("reachWhere"))) alive += label->isVisibleTo(reach) ? 1 : 0;
        return alive;
    };
    ASSERT_TRUE(eventually([&] { return rows() > 0; }));
    const int first = rows();
    EXPECT_LT(first, 100);
    click(QStringLiteral("reachMore"));
    EXPECT_TRUE(eventually([&] { return rows() == 2 * first; })) << rows();
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

TEST_F(PoliciesViewTest, TheTrialSpeaksEveryDialectInBothDirections) {
    auto both = spec();
    both.responseGuard = both.requestGuard;
    for (const auto& dialect : trialDialects()) {
        for (const bool answer : {false, true}) {
            if (answer && !hasAnswers(dialect)) continue;
            const std::string typed = "née \"so\" 4111 1111 1111 1111, and 4111 1111 1111 1111\n.";
            const auto trial = tryPrompt(both, TrialQuestion{dialect, answer, typed});
            ASSERT_TRUE(trial) << dialect << " " << trial.error().message;
            EXPECT_EQ(trial->body.find("4111"), std::string::npos) << dialect << trial->body;
            ASSERT_EQ(trial->hits.size(), 2u) << dialect;
            ASSERT_EQ(trial->marks.size(), 2u) << dialect;
            for (const auto& mark : trial->marks)
                EXPECT_EQ(trial->body.substr(mark.begin, mark.end - mark.begin), "<CREDIT_CARD>") << dialect << answer << "\n" << trial->body;
        }
    }
    EXPECT_FALSE(tryPrompt(both, TrialQuestion{"openai-embeddings", true, "x"}));
}

TEST_F(PoliciesViewTest, TheDialectAndTheDirectionAreChosenByClicks) {
    open();
    auto* dialect = child<QComboBox>(QStringLiteral("promptDialect"));
    dialect->setCurrentText(QStringLiteral("anthropic-messages"));
    prompt(QStringLiteral("card 4111 1111 1111 1111"));
    ASSERT_TRUE(eventually([this] { return upstream().contains(QLatin1String("max_tokens")) && upstream().contains(QLatin1String("<CREDIT_CARD>")); })) << upstream().toStdString();
    child<SegmentedControl>(QStringLiteral("promptDirection"))->setCurrent(QStringLiteral("response"));
    EXPECT_TRUE(upstream().contains(QLatin1String("\"assistant\""))) << upstream().toStdString();
    dialect->setCurrentText(QStringLiteral("openai-embeddings"));
    EXPECT_EQ(child<SegmentedControl>(QStringLiteral("promptDirection"))->current(), QStringLiteral("request")) << "an embedding's answer holds no text";
}

TEST_F(PoliciesViewTest, TheCoverageMapSaysWhatNobodyLooksAt) {
    const auto policy = compilePolicy(spec());
    ASSERT_TRUE(policy);
    const auto rows = llm::guardCoverage(*policy);
    const auto cell = [&](const std::string& path, llm::CoverageColumn column) {
        for (const auto& row : rows)
            if (row.path == path) return row.cells[static_cast<std::size_t>(column)];
        return llm::CoverageCell{};
    };
    using llm::Coverage;
    using llm::CoverageColumn;
    for (const auto* path : {"/v1/chat/completions", "/v1/responses", "/v1/messages", "/v1beta/models/any:generateContent", "/model/any/converse", "/v2/chat", "/api/chat"}) {
        for (const auto column : {CoverageColumn::System, CoverageColumn::Prompt, CoverageColumn::ToolInput, CoverageColumn::ToolOutput})
            EXPECT_EQ(cell(path, column).state, Coverage::Inspected) << path << static_cast<int>(column);
        for (const auto column : {CoverageColumn::Answer, CoverageColumn::Stream, CoverageColumn::StreamTools})
            EXPECT_EQ(cell(path, column).state, Coverage::NotInspected) << path << " has no guard of answers";
    }
    EXPECT_EQ(cell("/v1/embeddings", CoverageColumn::Answer).state, Coverage::None);
    EXPECT_EQ(cell("/v1/audio/transcriptions", CoverageColumn::Prompt).state, Coverage::Refused);
    EXPECT_EQ(cell("/v1/realtime", CoverageColumn::Stream).state, Coverage::NotInspected);
    auto both = spec();
    both.responseWebhook = config::WebhookSpec{{"guard.local", 8000}, {}, {}};
    const auto hooked = compilePolicy(both);
    ASSERT_TRUE(hooked);
    for (const auto& row : llm::guardCoverage(*hooked))
        for (const auto column : {CoverageColumn::Answer, CoverageColumn::AnswerTools, CoverageColumn::Stream, CoverageColumn::StreamTools})
            if (const auto& each = row.cells[static_cast<std::size_t>(column)]; each.state != Coverage::None && row.path != "/v1/realtime") {
                EXPECT_EQ(each.guards, std::vector<std::string>{"ai.promptGuard.response.webhook"}) << row.path << static_cast<int>(column);
            }
}

TEST_F(PoliciesViewTest, TheCoverageMapIsAClickAway) {
    open();
    child<SegmentedControl>(QStringLiteral("guardTools"))->setCurrent(QStringLiteral("coverage"));
    auto* grid = child<QTreeWidget>(QStringLiteral("coverageGrid"));
    ASSERT_TRUE(grid->isVisible());
    ASSERT_GT(grid->topLevelItemCount(), 10);
    EXPECT_EQ(grid->topLevelItem(0)->text(0), QStringLiteral("/v1/chat/completions"));
    EXPECT_EQ(grid->topLevelItem(0)->text(2), QStringLiteral("seen"));
    EXPECT_EQ(grid->topLevelItem(0)->text(5), QStringLiteral("unseen"));
    EXPECT_TRUE(grid->topLevelItem(0)->toolTip(2).contains(QLatin1String("ai.promptGuard.request.regex")));
    picture(QStringLiteral("policies-coverage"));
}

TEST_F(PoliciesViewTest, ABenchComparesWithWhatIsExpected) {
    const auto file = readBenchFile("hello there\n\n{\"text\": \"card 4111 1111 1111 1111\", \"expect\": \"mask\"}\r\n"
                                    "{\"prompt\": \"nothing\", \"expect\": \"hit\"}\n{\"text\": \"TCK-1 is a ticket\", \"expect\": \"pass\"}\n"
                                    "{\"text\": \"x\", \"expect\": \"maybe\"}\n{\"expect\": \"pass\"}\n{broken\n{\"text\":\"4111 1111 1111 1111\",\"expect\":\"reject\"}");
    ASSERT_EQ(file.lines.size(), 5u);
    ASSERT_EQ(file.problems.size(), 3u);
    EXPECT_NE(file.problems[0].find("Line 6"), std::string::npos) << file.problems[0];
    const auto policy = compilePolicy(spec());
    ASSERT_TRUE(policy);
    const auto run = runBench(*policy, file.lines);
    using J = BenchResult::Judgement;
    EXPECT_EQ(run.results[0].judgement, J::None);
    EXPECT_EQ(run.results[1].judgement, J::Right);
    EXPECT_EQ(spansText(run.results[1].hits), "CREDIT_CARD 5-24");
    EXPECT_EQ(run.results[2].judgement, J::Miss);
    EXPECT_EQ(run.results[3].judgement, J::FalsePositive);
    EXPECT_EQ(run.results[4].judgement, J::Other);
    EXPECT_EQ(run.totals.texts, 5u);
    EXPECT_EQ(run.totals.hits, 3u);
    EXPECT_EQ(run.totals.misses, 1u);
    EXPECT_EQ(run.totals.falsePositives, 1u);
    const auto csv = benchCsv(run);
    EXPECT_TRUE(csv.starts_with("line,direction,verdict,expected,judgement,spans,text\n1,request,passed,,,,hello there\n")) << csv;
    EXPECT_NE(csv.find("3,request,masked,mask,right,CREDIT_CARD 5-24,card 4111"), std::string::npos) << csv;
}

TEST_F(PoliciesViewTest, AFileOfTextsIsRunAgainWithEveryEdit) {
    QFile file(folder.filePath(QStringLiteral("texts.jsonl")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("{\"text\": \"ann@example.com\", \"expect\": \"hit\"}\nplain\n");
    file.close();
    open();
    child<SegmentedControl>(QStringLiteral("guardTools"))->setCurrent(QStringLiteral("bench"));
    dialogs.openFile = file.fileName();
    dialogs.saveFile = folder.filePath(QStringLiteral("bench.csv"));
    click(QStringLiteral("benchOpen"));
    auto* table = child<QTreeWidget>(QStringLiteral("benchTable"));
    ASSERT_EQ(table->topLevelItemCount(), 2);
    EXPECT_EQ(table->topLevelItem(0)->text(2), QStringLiteral("miss"));
    child<QCheckBox>(QStringLiteral("builtin:EMAIL"))->click();
    ASSERT_TRUE(eventually([&] { return table->topLevelItemCount() == 2 && table->topLevelItem(0)->text(2) == QLatin1String("right"); }));
    EXPECT_EQ(table->topLevelItem(0)->text(3), QStringLiteral("EMAIL 0-15"));
    EXPECT_TRUE(child<QLabel>(QStringLiteral("benchTotals"))->text().contains(QLatin1String("2 text")));
    picture(QStringLiteral("policies-bench"));
    click(QStringLiteral("benchSave"));
    QFile saved(dialogs.saveFile);
    ASSERT_TRUE(saved.open(QIODevice::ReadOnly));
    EXPECT_TRUE(saved.readAll().contains("EMAIL 0-15"));
}

TEST_F(PoliciesViewTest, ServicesOfGuardsAreAskedByAButtonThatNamesThem) {
    std::atomic<int> asked{0};
    gatehouse::test::Origin origin(gatehouse::test::Origin::answering([&](const gatehouse::test::Message& request) {
        ++asked;
        const bool bad = request.body.find("forbidden") != std::string::npos;
        const std::string body = bad ? R"({"action":{"body":"Not here.","status_code":422,"reason":"a word"}})" : R"({"action":{}})";
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }));
    auto yaml = QString::fromUtf8(kWorkspace);
    yaml.replace(QStringLiteral("      request:\n        regex:"), QStringLiteral("      request:\n        webhook: {host: {host: 127.0.0.1, port: %1}}\n        regex:").arg(origin.port()));
    openText(yaml);
    open();
    auto* ask = child<QPushButton>(QStringLiteral("promptAskServices"));
    ASSERT_TRUE(eventually([&] { return ask->isVisible(); }));
    const auto host = QStringLiteral("127.0.0.1:%1").arg(origin.port());
    EXPECT_TRUE(child<QLabel>(QStringLiteral("promptAskNote"))->text().contains(host)) << child<QLabel>(QStringLiteral("promptAskNote"))->text().toStdString();
    prompt(QStringLiteral("this is forbidden"));
    ASSERT_TRUE(eventually([&] { return upstream().contains(QLatin1String("this is forbidden")); }));
    EXPECT_EQ(asked, 0) << "typing sends nothing";
    QTest::mouseClick(ask, Qt::LeftButton);
    ASSERT_TRUE(eventually([&] { return child<StatusChip>(QStringLiteral("promptVerdict"))->kind() == StatusChip::Kind::Bad; }));
    EXPECT_EQ(asked, 1);
    EXPECT_TRUE(child<QLabel>(QStringLiteral("promptAsked"))->text().contains(QLatin1String("rejected"))) << child<QLabel>(QStringLiteral("promptAsked"))->text().toStdString();
    EXPECT_TRUE(upstream().contains(QLatin1String("Not here.")));
    picture(QStringLiteral("policies-services"));
    // The next letter is another text: what was said of the last one is gone.
    prompt(QStringLiteral("something else"));
    ASSERT_TRUE(eventually([&] { return !child<QLabel>(QStringLiteral("promptAsked"))->isVisible(); }));
    QTest::mouseClick(ask, Qt::LeftButton);
    ASSERT_TRUE(eventually([&] { return child<QLabel>(QStringLiteral("promptAsked"))->text().contains(QLatin1String("passed")); }));
}

TEST_F(PoliciesViewTest, AgentgatewaysGuardsCanBeTriedCoveredAndBenched) {
    openText(QStringLiteral(R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw}
spec: {gatewayClassName: agentgateway, listeners: [{name: http, port: 8080, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r}
spec:
  parentRefs: [{name: gw}]
  rules: [{name: chat, backendRefs: [{group: agentgateway.dev, kind: AgentgatewayBackend, name: ai}]}]
---
apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayBackend
metadata: {name: ai}
spec: {ai: {provider: {openai: {}, host: 127.0.0.1, port: 1}}}
---
apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayPolicy
metadata: {name: p}
spec:
  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: r}]
  backend:
    ai:
      prompt: {prepend: [{role: system, content: Be kind.}]}
      promptGuard:
        request:
          - regex: {builtins: [CreditCard], action: Mask}
---
apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayPolicy
metadata: {name: q}
spec:
  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: gone}]
  backend: {ai: {promptGuard: {request: [{regex: {builtins: [CreditCard], action: Mask}}]}}}
)"));
    open();
    auto* tools = child<SegmentedControl>(QStringLiteral("guardTools"));
    ASSERT_TRUE(eventually([&] { return tools->isVisible(); }));
    prompt(QStringLiteral("pay 4111 1111 1111 1111"));
    ASSERT_TRUE(eventually([&] { return upstream().contains(QLatin1String("<CREDIT_CARD>")); })) << upstream().toStdString();
    EXPECT_TRUE(upstream().contains(QLatin1String("Be kind.")));
    tools->setCurrent(QStringLiteral("coverage"));
    auto* grid = child<QTreeWidget>(QStringLiteral("coverageGrid"));
    ASSERT_GT(grid->topLevelItemCount(), 10);
    EXPECT_EQ(grid->topLevelItem(0)->text(2), QStringLiteral("seen"));
    EXPECT_EQ(grid->topLevelItem(0)->text(3), QStringLiteral("unseen")) << "tools are out of the guard's scope";
    EXPECT_TRUE(grid->topLevelItem(0)->toolTip(2).contains(QLatin1String("backend.ai.promptGuard.request[0].regex")));
    QFile file(folder.filePath(QStringLiteral("texts.jsonl")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("{\"text\": \"4111 1111 1111 1111\", \"expect\": \"mask\"}\nplain\n");
    file.close();
    tools->setCurrent(QStringLiteral("bench"));
    dialogs.openFile = file.fileName();
    click(QStringLiteral("benchOpen"));
    auto* table = child<QTreeWidget>(QStringLiteral("benchTable"));
    ASSERT_EQ(table->topLevelItemCount(), 2);
    EXPECT_EQ(table->topLevelItem(0)->text(2), QStringLiteral("right"));
    // One that runs nowhere says so.
    tools->setCurrent(QStringLiteral("try"));
    auto* list = child<QTreeWidget>(QStringLiteral("policiesList"));
    list->setCurrentItem(list->topLevelItem(1));
    ASSERT_TRUE(eventually([&] { return child<QLabel>(QStringLiteral("promptHits"))->text().contains(QLatin1String("attach it")); }));
}

}  // namespace
}  // namespace gatehouse::ui::test
