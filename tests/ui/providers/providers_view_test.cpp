// The Providers view: the table, and the short form for a new provider.
#include "../../core/gateway/data_plane_fixture.h"
#include "../editors/console_fixture.h"

#include "editors/workspace_facts.h"
#include "providers/drill_panel.h"
#include "providers/provider_draft.h"
#include "providers/provider_panel.h"
#include "providers/provider_rows.h"
#include "providers/providers_model.h"
#include "providers/providers_view.h"
#include "widgets/segmented_control.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <QScrollBar>
#include <QSettings>
#include <QToolButton>
#include <QTreeWidget>

namespace gatehouse::ui::test {
namespace {

class ProvidersViewTest : public ConsoleTest {
  protected:
    View* open() { return shown(makeProvidersView(context, nullptr)); }
};

TEST_F(ProvidersViewTest, RowsTellHostKeyEndpointsAndUsers) {
    gateway::State state;
    gateway::RuleState rule;
    rule.backends.push_back({"x", "Backend default/openai", 90, 12, 1, 340, 60, ""});
    state.rules.push_back(rule);
    auto rows = providerRows(*document.objects(), {});
    countProviders(rows, state);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].name, QStringLiteral("openai"));
    EXPECT_EQ(rows[0].host, QStringLiteral("127.0.0.1:18998"));
    EXPECT_EQ(rows[0].model, QStringLiteral("gpt-4o-mini"));
    EXPECT_EQ(rows[0].keyRef, QStringLiteral("Secret openai-key"));
    EXPECT_EQ(rows[0].requests, 12u);
    EXPECT_EQ(rows[0].inputTokens + rows[0].outputTokens, 400u);
    ASSERT_EQ(rows[0].usedBy.size(), 1u);
    EXPECT_EQ(rows[0].usedBy[0], routeKey("chat"));
    EXPECT_EQ(rows[1].name, QStringLiteral("web"));
    EXPECT_EQ(rows[1].up, 1);
    EXPECT_EQ(rows[1].total, 2);
    EXPECT_EQ(rows[1].usedBy.size(), 2u);
}

TEST_F(ProvidersViewTest, TheKeyIsNeverInTheTable) {
    open();
    auto* model = child<QTableView>(QStringLiteral("providersTable"))->model();
    QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    for (int row = 0; row < model->rowCount(); ++row)
        for (int column = 0; column < model->columnCount(); ++column)
            for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(Qt::AccessibleTextRole)})
                EXPECT_FALSE(model->index(row, column).data(role).toString().contains(QLatin1String("sk-do-not-show")));
}

TEST_F(ProvidersViewTest, BaseUrlsBecomeHostPortAndPath) {
    struct Case {
        const char* url;
        bool ok;
        const char* host;
        int port;
        const char* path;
    };
    for (const auto& one : {Case{"https://api.openai.com/v1", true, "api.openai.com", 443, ""}, Case{"http://10.0.0.7:8000/v1", true, "10.0.0.7", 8000, ""},
                            Case{"http://llm.local/serve", true, "llm.local", 80, "/serve/chat/completions"},
                            Case{"https://x.example/openai/v1/chat/completions", true, "x.example", 443, "/openai/v1/chat/completions"},
                            Case{"https://x.example:8443/v1", false, "", 0, ""}, Case{"ftp://x", false, "", 0, ""}, Case{"https://u:p@x.example/", false, "", 0, ""}}) {
        SCOPED_TRACE(one.url);
        const auto read = readBaseUrl(QString::fromLatin1(one.url));
        ASSERT_EQ(read.has_value(), one.ok);
        if (!read) continue;
        EXPECT_EQ(read->host, one.host);
        EXPECT_EQ(read->port, one.port);
        EXPECT_EQ(read->path, one.path);
    }
}

TEST_F(ProvidersViewTest, AnAddedProviderRefersToItsSecretAndHoldsNoKey) {
    open();
    const auto before = text();
    click(QStringLiteral("addObject"));
    click(QStringLiteral("providerAdd"));
    EXPECT_TRUE(child<QLabel>(QStringLiteral("providerNameError"))->isVisible()) << "says what is missing";
    EXPECT_EQ(text(), before);
    const auto type = [&](const char* name, const char* value) {
        auto* edit = child<QLineEdit>(QLatin1String(name));
        edit->setFocus();
        QTest::keyClicks(edit, QLatin1String(value));
    };
    type("providerName", "mistral");
    type("providerUrl", "https://api.mistral.ai/v1");
    type("providerModel", "mistral-small");
    child<QComboBox>(QStringLiteral("providerSecret"))->setEditText(QStringLiteral("mistral-key"));
    type("providerEnvironment", "MISTRAL_API_KEY");
    picture(QStringLiteral("providers-add"));
    click(QStringLiteral("providerAdd"));
    const auto after = text();
    EXPECT_NE(after.find("kind: SecretRef\n          secretRef:\n            name: mistral-key"), std::string::npos) << after;
    EXPECT_NE(after.find("Authorization: env:MISTRAL_API_KEY"), std::string::npos) << after;
    const auto row = providerRows(*document.objects(), {});
    EXPECT_TRUE(std::any_of(row.begin(), row.end(), [](const auto& r) { return r.name == QLatin1String("mistral") && r.keyRef == QLatin1String("Secret mistral-key"); }));
    EXPECT_TRUE(child<QLabel>(QStringLiteral("objectName"))->text().contains(QLatin1String("mistral"))) << "the new one is shown";
    document.undoStack().undo();
    EXPECT_EQ(text(), before) << "both objects are one step";
}

TEST_F(ProvidersViewTest, AgentgatewaysBackendsAreRowsToo) {
    const auto set = config::readObjects({{"a.yaml", R"(apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayBackend
metadata: {name: models}
spec:
  ai:
    groups:
    - providers:
      - {name: a, openai: {model: gpt-4o}, policies: {auth: {secretRef: {name: keys}}}}
      - {name: b, custom: {formats: [{type: Completions}], backendRef: {name: vllm, port: 8000}}}
    - providers: [{name: c, azure: {resourceName: res, resourceType: OpenAI}}]
  policies: {auth: {passthrough: {}}}
---
apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayBackend
metadata: {name: fixed}
spec: {static: {host: web.test, port: 8080}}
)"}});
    const auto rows = providerRows(*set, {});
    ASSERT_EQ(rows.size(), 4u);
    EXPECT_EQ(rows[0].name, QStringLiteral("models · a"));
    EXPECT_EQ(rows[0].model, QStringLiteral("gpt-4o"));
    EXPECT_EQ(rows[0].keyRef, QStringLiteral("Secret keys"));
    EXPECT_EQ(rows[1].host, QStringLiteral("Service vllm:8000"));
    EXPECT_EQ(rows[1].keyRef, QStringLiteral("from the client"));
    EXPECT_EQ(rows[2].host, QStringLiteral("res"));
    EXPECT_EQ(rows[3].host, QStringLiteral("web.test:8080"));
    EXPECT_FALSE(rows[3].llm);
}

TEST_F(ProvidersViewTest, AnAddedProviderIsWrittenInTheChosenKinds) {
    ProviderDraft draft{QStringLiteral("groq"), QStringLiteral("https://api.groq.com/openai/v1"), QStringLiteral("llama"), QStringLiteral("groq-key"), {}, true};
    EXPECT_EQ(backendYaml(draft, "default"), R"(apiVersion: agentgateway.dev/v1alpha1
kind: AgentgatewayBackend
metadata:
  name: groq
  namespace: default
spec:
  ai:
    provider:
      openai:
        model: llama
      host: api.groq.com
      port: 443
      pathPrefix: /openai/v1
  policies:
    auth:
      secretRef:
        name: groq-key
    tls:
      sni: api.groq.com
)");
    const auto read = config::readObjects({{"a.yaml", backendYaml(draft, "default")}});
    EXPECT_TRUE(read->diagnostics.empty());
    open();
    click(QStringLiteral("addObject"));
    const auto type = [&](const char* name, const char* value) {
        auto* edit = child<QLineEdit>(QLatin1String(name));
        edit->setFocus();
        QTest::keyClicks(edit, QLatin1String(value));
    };
    type("providerName", "own");
    type("providerUrl", "http://10.0.0.7:8000/v1");
    child<QComboBox>(QStringLiteral("providerDialect"))->setCurrentIndex(1);
    click(QStringLiteral("providerAdd"));
    EXPECT_NE(text().find("kind: AgentgatewayBackend"), std::string::npos) << text();
    EXPECT_NE(text().find("passthrough: {}"), std::string::npos) << text();
}

/// An AI Backend with two providers, the first of which is left alone.
constexpr char kTwoProviders[] = R"(apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata: {name: ai, namespace: default}
spec:
  type: AI
  ai:
    priorityGroups:
    - providers:
      - {name: fast, openai: {authToken: {kind: SecretRef, secretRef: {name: k}}, model: gpt-4o}}
    - providers:
      - {name: sure, azureopenai: {authToken: {kind: SecretRef, secretRef: {name: k}}, endpoint: x.test, deploymentName: mini, apiVersion: v}}
)";

gateway::State sampledState() {
    gateway::State state;
    gateway::ProviderSample fast;
    fast.backend = "Backend default/ai";
    fast.name = "fast";
    fast.model = "gpt-4o";
    fast.health.standing = upstream::Standing::Out;
    fast.health.reason = "out until 14:03:22: 5 resets in a row";
    fast.health.outMillis = 12'000;
    fast.health.inFlight = 3;
    fast.calls = {40, 4, 0.25, 320'000, 2'100'000};
    fast.keys.push_back({"Secret default/k, Authorization", "cooling down", "refused with 401", 240'000, std::nullopt, 9, 1});
    fast.keys.push_back({"Secret default/k, Authorization-b", "ready", "", 0, std::nullopt, 31, 0});
    fast.inputRate = 2'500'000;
    fast.outputRate = 10'000'000;
    fast.currency = "USD";
    fast.priceBook = "built-in 2026-01";
    gateway::ProviderSample sure;
    sure.backend = "Backend default/ai";
    sure.name = "sure";
    sure.group = 1;
    sure.health.inFlight = 0;
    sure.keys.push_back({"Secret default/k, clientID", "ready", "", 0, std::chrono::system_clock::now() + std::chrono::minutes(50), 2, 0});
    state.providers = {fast, sure};
    return state;
}

TEST_F(ProvidersViewTest, EachProviderOfABackendIsARowWithItsHealth) {
    openText(QString::fromLatin1(kTwoProviders));
    auto rows = providerRows(*document.objects(), {});
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].name, QStringLiteral("ai · fast"));
    EXPECT_EQ(rows[1].model, QStringLiteral("mini"));
    Theme look;
    ProvidersModel model(look);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setRows(rows);
    const auto shown = [&](int row, int column, int role = Qt::DisplayRole) { return model.index(row, column).data(role).toString(); };
    EXPECT_EQ(shown(0, ProvidersModel::Median), QStringLiteral("–")) << "nothing is known before the gateway runs";
    model.setCounters(sampledState());
    EXPECT_EQ(shown(0, ProvidersModel::Endpoints), QStringLiteral("out for 12 s"));
    EXPECT_EQ(shown(0, ProvidersModel::Key), QStringLiteral("Secret k · 1 of 2 ready"));
    EXPECT_TRUE(shown(0, ProvidersModel::Key, Qt::ToolTipRole).contains(QLatin1String("Authorization: cooling down (refused with 401)")));
    EXPECT_EQ(shown(0, ProvidersModel::Median), QStringLiteral("320"));
    EXPECT_EQ(shown(0, ProvidersModel::Slowest), QStringLiteral("2,100"));
    EXPECT_EQ(shown(0, ProvidersModel::Errors), QStringLiteral("4 (25 %)"));
    EXPECT_EQ(shown(0, ProvidersModel::InFlight), QStringLiteral("3"));
    EXPECT_EQ(shown(0, ProvidersModel::Price), QStringLiteral("2.5 / 10"));
    EXPECT_EQ(shown(1, ProvidersModel::Price), QStringLiteral("–"));
    EXPECT_EQ(shown(1, ProvidersModel::Endpoints), QStringLiteral("1 / 1"));
    EXPECT_TRUE(shown(1, ProvidersModel::Expires).contains(QLatin1String("min"))) << shown(1, ProvidersModel::Expires).toStdString();
    model.setCounters({});
    EXPECT_EQ(shown(0, ProvidersModel::Median), QStringLiteral("–"));
}

TEST_F(ProvidersViewTest, TheInspectorShowsKeysByNameAndFollowsTheRow) {
    openText(QString::fromLatin1(kTwoProviders));
    engine.takeSample(sampledState());
    open();
    auto* table = child<QTableView>(QStringLiteral("providersTable"));
    auto* panel = child<ProviderPanel>(QStringLiteral("providerPanel"));
    ASSERT_TRUE(panel->isVisible());
    const auto said = [&] {
        QString all;
        for (const auto* label : panel->findChildren<QLabel*>())
            if (label->isVisible()) all += label->text() + QLatin1Char('\n');
        return all;
    };
    EXPECT_TRUE(said().contains(QLatin1String("Secret default/k, Authorization-b"))) << said().toStdString();
    EXPECT_TRUE(said().contains(QLatin1String("refused with 401; back in")));
    picture(QStringLiteral("providers-keys"));
    table->setCurrentIndex(table->model()->index(1, 0));
    EXPECT_TRUE(eventually([&] { return said().contains(QStringLiteral("ai · sure")); })) << said().toStdString();
    EXPECT_TRUE(eventually([&] { return said().contains(QLatin1String("Its token ends in")); }));
    EXPECT_FALSE(said().contains(QLatin1String("Authorization-b")));
    engine.takeSample(sampledState());
    QTest::qWait(600);
    EXPECT_EQ(table->currentIndex().row(), 1) << "the second provider stays chosen while the table is brought up to date";
}

TEST_F(ProvidersViewTest, TestConnectionShowsEachStep) {
    std::mutex mutex;
    std::string sent;
    gatehouse::test::Origin server(gatehouse::test::Origin::answering([&](const gatehouse::test::Message& request) {
        const std::lock_guard lock(mutex);
        sent += request.head;
        return std::string("HTTP/1.1 401 X\r\nContent-Type: application/json\r\nContent-Length: 33\r\n\r\n{\"error\":{\"message\":\"wrong key\"}}");
    }));
    openText(QString::fromUtf8(kWorkspace).replace(QStringLiteral("port: 18998"), QStringLiteral("port: %1").arg(server.port())));
    startGateway();
    open();
    auto* button = child<QPushButton>(QStringLiteral("testConnection"));
    ASSERT_TRUE(eventually([&] { return button->isEnabled(); }));
    // Without a turn of the event loop: the answer may be there at its next.
    QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_FALSE(button->isEnabled());
    QString all;
    const auto said = [&](QLatin1String words) {
        all.clear();
        for (const auto* label : child<QWidget>(QStringLiteral("providerPanel"))->findChildren<QLabel*>())
            if (label->isVisible()) all += label->text() + QLatin1Char('\n');
        return all.contains(words);
    };
    EXPECT_TRUE(eventually([&] { return said(QLatin1String("was refused with 401: wrong key")); })) << all.toStdString();
    EXPECT_TRUE(button->isEnabled());
    EXPECT_TRUE(all.contains(QLatin1String("Connected to port"))) << all.toStdString();
    EXPECT_FALSE(all.contains(QLatin1String("sk-do-not-show")));
    const std::lock_guard lock(mutex);
    EXPECT_NE(sent.find("Bearer sk-do-not-show"), std::string::npos) << "the provider was really shown the key";
    picture(QStringLiteral("providers-test"));
}

TEST_F(ProvidersViewTest, UsersLeadToTheirRoutes) {
    open();
    auto* users = child<QWidget>(QStringLiteral("usedBy"));
    auto* first = users->findChild<QToolButton*>();
    ASSERT_NE(first, nullptr);
    QTest::mouseClick(first, Qt::LeftButton);
    ASSERT_EQ(navigator.went.size(), 1);
    EXPECT_EQ(navigator.went.front(), QStringLiteral("routes gateway.networking.k8s.io/HTTPRoute/default/chat"));
    picture(QStringLiteral("providers"));
}

TEST_F(ProvidersViewTest, ColumnsFitTheTableAndCanBeChosen) {
    QSettings().remove(QStringLiteral("columns"));
    open();
    auto* table = child<QTableView>(QStringLiteral("providersTable"));
    auto* header = table->horizontalHeader();
    ASSERT_TRUE(eventually([&] { return header->isSectionHidden(ProvidersModel::Host); }));
    EXPECT_EQ(table->horizontalScrollBar()->maximum(), 0) << "nothing is scrolled sideways";
    EXPECT_EQ(header->length(), table->viewport()->width()) << "and nothing is left over";
    for (const int column : {ProvidersModel::Name, ProvidersModel::Endpoints, ProvidersModel::Median, ProvidersModel::Errors}) EXPECT_FALSE(header->isSectionHidden(column)) << column;
    // A person wants to see the host: it stays, whatever the room.
    auto* button = child<QToolButton>(QStringLiteral("providerColumns"));
    QTest::mouseClick(button, Qt::LeftButton);
    auto* menu = child<QMenu>(QStringLiteral("columnMenu"));
    ASSERT_NE(menu, nullptr);
    QAction* host = nullptr;
    for (auto* action : menu->actions())
        if (action->data().isValid() && action->data().toInt() == ProvidersModel::Host) host = action;
    ASSERT_NE(host, nullptr);
    EXPECT_FALSE(host->isChecked());
    host->trigger();
    menu->close();
    EXPECT_FALSE(header->isSectionHidden(ProvidersModel::Host));
    picture(QStringLiteral("providers-columns"));
    // It is so the next time, too.
    open();
    table = child<QTableView>(QStringLiteral("providersTable"));
    ASSERT_TRUE(eventually([&] { return table->horizontalHeader()->isSectionHidden(ProvidersModel::Tokens); }));
    EXPECT_FALSE(table->horizontalHeader()->isSectionHidden(ProvidersModel::Host));
    QTest::mouseClick(child<QToolButton>(QStringLiteral("providerColumns")), Qt::LeftButton);
    menu = child<QMenu>(QStringLiteral("columnMenu"));
    menu->findChild<QAction*>(QStringLiteral("columnsAutomatic"))->trigger();
    menu->close();
    EXPECT_TRUE(table->horizontalHeader()->isSectionHidden(ProvidersModel::Host));
}

TEST_F(ProvidersViewTest, ADrillShowsWhatEachFaultLedTo) {
    open();
    auto* table = child<QTableView>(QStringLiteral("providersTable"));
    table->setCurrentIndex(table->model()->index(0, 0));
    child<SegmentedControl>(QStringLiteral("providerPart"))->findChildren<QToolButton*>().at(1)->click();
    auto* start = child<QPushButton>(QStringLiteral("drillStart"));
    auto* drill = child<DrillPanel>(QStringLiteral("drillPanel"));
    ASSERT_TRUE(drill->isVisible());
    ASSERT_TRUE(eventually([&] { return start->isEnabled(); }));
    EXPECT_TRUE(child<QComboBox>(QStringLiteral("drillRule"))->currentText().contains(QLatin1String("chat")));
    QTest::mouseClick(start, Qt::LeftButton);
    EXPECT_TRUE(drill->isRunning());
    auto* faults = child<QTreeWidget>(QStringLiteral("drillTable"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !drill->isRunning(); }, 60'000));
    EXPECT_EQ(faults->topLevelItemCount(), static_cast<int>(lab::faultCases().size()));
    EXPECT_TRUE(faults->topLevelItem(2)->text(0).startsWith(QLatin1String("500")));
    EXPECT_EQ(faults->topLevelItem(2)->text(1), QStringLiteral("the client got an error")) << "there is one provider alone";
    EXPECT_FALSE(child<QLabel>(QStringLiteral("drillSummary"))->text().isEmpty());
    picture(QStringLiteral("providers-drill"));
    dialogs.saveFile = folder.filePath(QStringLiteral("drill.csv"));
    QTest::mouseClick(child<QToolButton>(QStringLiteral("drillSave")), Qt::LeftButton);
    QFile saved(dialogs.saveFile);
    ASSERT_TRUE(saved.open(QIODevice::ReadOnly));
    const auto csv = saved.readAll();
    EXPECT_TRUE(csv.startsWith("fault,outcome,status,answered_by,left_out,millis,detail\n"));
    EXPECT_TRUE(csv.contains("\nserver-error,error-answered,"));
    EXPECT_FALSE(csv.contains("sk-do-not-show"));
    // A drill can be left, and begun anew.
    QTest::mouseClick(start, Qt::LeftButton);
    EXPECT_TRUE(drill->isRunning());
    QTest::mouseClick(start, Qt::LeftButton);
    EXPECT_FALSE(drill->isRunning());
    EXPECT_TRUE(start->isEnabled());
    // What no model is behind has nothing to drill.
    table->setCurrentIndex(table->model()->index(1, 0));
    ASSERT_TRUE(eventually([&] { return !start->isEnabled(); }));
}

}  // namespace
}  // namespace gatehouse::ui::test
