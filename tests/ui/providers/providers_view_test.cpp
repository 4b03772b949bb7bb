// The Providers view: the table, and the short form for a new provider.
#include "../editors/console_fixture.h"

#include "editors/workspace_facts.h"
#include "providers/provider_draft.h"
#include "providers/provider_rows.h"
#include "providers/providers_model.h"
#include "providers/providers_view.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QTableView>
#include <QToolButton>

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

}  // namespace
}  // namespace gatehouse::ui::test
