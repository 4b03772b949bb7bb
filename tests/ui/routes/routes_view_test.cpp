// The Routes view: tree, editing, trying a request.
#include "../editors/console_fixture.h"

#include "editors/object_text_pane.h"
#include "editors/workspace_facts.h"
#include "routes/routes_model.h"
#include "routes/routes_tree.h"
#include "routes/routes_view.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTreeView>
#include <QTreeWidget>

namespace gatehouse::ui::test {
namespace {

class RoutesViewTest : public ConsoleTest {
  protected:
    View* open() { return shown(makeRoutesView(context, nullptr)); }
    QTreeView* tree() { return child<QTreeView>(QStringLiteral("routesTree")); }
    QModelIndex find(const QString& start, const QModelIndex& under = {}) {
        auto* model = tree()->model();
        for (int row = 0; row < model->rowCount(under); ++row) {
            const auto index = model->index(row, 0, under);
            if (index.data().toString().startsWith(start)) return index;
            if (const auto deeper = find(start, index); deeper.isValid()) return deeper;
        }
        return {};
    }
    void choose(const QString& start) {
        const auto index = find(start);
        ASSERT_TRUE(index.isValid()) << start.toStdString();
        tree()->setCurrentIndex(index);
        QTest::qWait(0);
    }
    void add(const QString& what) {
        auto* button = child<QPushButton>(QStringLiteral("addObject"));
        emit button->menu()->aboutToShow();
        auto* action = button->menu()->findChild<QAction*>(QStringLiteral("add.") + what);
        ASSERT_NE(action, nullptr);
        ASSERT_TRUE(action->isEnabled()) << what.toStdString();
        action->trigger();
        QTest::qWait(0);
    }
};

TEST_F(RoutesViewTest, TreeShowsWhatIsAttachedAndWhyTheRestIsNot) {
    open();
    const auto chat = find(QStringLiteral("chat"));
    ASSERT_TRUE(chat.isValid());
    EXPECT_TRUE(chat.parent().data().toString().startsWith(QLatin1String("web"))) << "below its listener";
    EXPECT_TRUE(chat.siblingAtColumn(RoutesModel::State).data().toString().contains(QLatin1String("warning"))) << "a rule has a field that no table knows";
    ASSERT_TRUE(document.removeField(routeKey("chat"), QStringLiteral("spec.rules[0].x-note"), QStringLiteral("x")));
    EXPECT_EQ(find(QStringLiteral("chat")).siblingAtColumn(RoutesModel::State).data().toString(), QStringLiteral("Attached"));
    const auto lost = find(QStringLiteral("lost"));
    ASSERT_TRUE(lost.isValid());
    EXPECT_EQ(lost.parent().data().toString(), QStringLiteral("Not attached"));
    EXPECT_FALSE(lost.siblingAtColumn(RoutesModel::State).data(Qt::ToolTipRole).toString().isEmpty());
    EXPECT_TRUE(find(QStringLiteral("main")).data().toString().contains(QLatin1String("/v1"))) << "a rule says what it matches";
}

TEST_F(RoutesViewTest, ModelKeepsItsPromisesWhileItChanges) {
    const WorkspaceFacts facts(engine, document);
    RoutesModel model(theme);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const auto build = [&] { return buildRoutesTree({*facts.objects(), facts.attachments(), facts.statuses(), facts.diagnostics(), {}}); };
    EXPECT_TRUE(model.setNodes(build()));
    EXPECT_FALSE(model.setNodes(build())) << "the same shape is taken over in place";
    ASSERT_TRUE(document.setField(routeKey("chat"), QStringLiteral("spec.rules[0].name"), QStringLiteral("other"), text::yaml::Type::String, QStringLiteral("x")));
    EXPECT_FALSE(model.setNodes(build()));
    EXPECT_TRUE(model.indexOf(routeKey("chat"), {}).isValid());
    gateway::RuleState rule;
    rule.id = "HTTPRoute/default/chat/rules/0";
    rule.requests = 1204;
    model.setCounters({rule});
    EXPECT_EQ(model.indexOf(routeKey("chat"), {}).siblingAtColumn(RoutesModel::Requests).data().toString(), QLocale().toString(1204));
}

TEST_F(RoutesViewTest, AddRuleIsSelectedAndUndone) {
    open();
    const auto before = text();
    choose(QStringLiteral("chat"));
    add(QStringLiteral("rule"));
    EXPECT_NE(text().find("/chat-2"), std::string::npos) << text();
    EXPECT_TRUE(tree()->currentIndex().data().toString().startsWith(QLatin1String("Rule 2"))) << tree()->currentIndex().data().toString().toStdString();
    document.undoStack().undo();
    EXPECT_EQ(text(), before);
    EXPECT_FALSE(find(QStringLiteral("Rule 2")).isValid());
}

TEST_F(RoutesViewTest, AddRouteAttachesToTheChosenListener) {
    open();
    choose(QStringLiteral("web"));
    add(QStringLiteral("route"));
    const auto route = find(QStringLiteral("route"));
    ASSERT_TRUE(route.isValid());
    EXPECT_TRUE(route.parent().data().toString().startsWith(QLatin1String("web")));
    EXPECT_EQ(tree()->currentIndex(), route);
}

TEST_F(RoutesViewTest, DeleteOnTheTreeCanBeUndone) {
    open();
    const auto before = text();
    choose(QStringLiteral("lost"));
    tree()->setFocus();
    QTest::keyClick(tree(), Qt::Key_Delete);
    EXPECT_EQ(document.objects()->find(routeKey("lost")), nullptr);
    document.undoStack().undo();
    EXPECT_EQ(text(), before);
}

TEST_F(RoutesViewTest, RenameFollowsTheObject) {
    open();
    choose(QStringLiteral("chat"));
    dialogs.answer = QStringLiteral("talk");
    tree()->setFocus();
    QTest::keyClick(tree(), Qt::Key_F2);
    EXPECT_NE(document.objects()->find(routeKey("talk")), nullptr);
    EXPECT_EQ(child<QLabel>(QStringLiteral("objectName"))->text(), QStringLiteral("talk"));
}

TEST_F(RoutesViewTest, RenameInTheFormKeepsTheFocusInTheForm) {
    auto* view = open();
    choose(QStringLiteral("chat"));
    view->activateWindow();
    QCoreApplication::processEvents();
    auto* name = child<QLineEdit>(QStringLiteral("field:metadata.name"));
    ASSERT_NE(name, nullptr);
    name->setFocus();
    name->selectAll();
    QTest::keyClicks(name, QStringLiteral("talk"));
    QTest::keyClick(name, Qt::Key_Tab);
    QCoreApplication::processEvents();
    EXPECT_NE(document.objects()->find(routeKey("talk")), nullptr);
    EXPECT_EQ(child<QLabel>(QStringLiteral("objectName"))->text(), QStringLiteral("talk"));
    const auto* focused = QApplication::focusWidget();
    ASSERT_NE(focused, nullptr);
    EXPECT_EQ(focused->objectName(), QStringLiteral("field:metadata.namespace"));
}

TEST_F(RoutesViewTest, FilterKeepsTheWayToAMatch) {
    auto* view = open();
    view->focusFilter();
    QTest::keyClicks(child<QLineEdit>(QStringLiteral("routesFilter")), QStringLiteral("chat"));
    QTest::keyClick(child<QLineEdit>(QStringLiteral("routesFilter")), Qt::Key_Return);
    EXPECT_TRUE(find(QStringLiteral("chat")).isValid());
    EXPECT_FALSE(find(QStringLiteral("lost")).isValid());
}

TEST_F(RoutesViewTest, TryARequestShowsEveryStep) {
    startGateway();
    open();
    choose(QStringLiteral("chat"));
    click(QStringLiteral("tryRequest"));
    EXPECT_TRUE(child<QLineEdit>(QStringLiteral("tryUrl"))->text().startsWith(QLatin1String("http://chat.example.com:8080/v1"))) << child<QLineEdit>(QStringLiteral("tryUrl"))->text().toStdString();
    click(QStringLiteral("tryRun"));
    auto* steps = child<QTreeWidget>(QStringLiteral("trySteps"));
    EXPECT_GT(steps->topLevelItemCount(), 3);
    QStringList stages;
    for (int i = 0; i < steps->topLevelItemCount(); ++i) stages << steps->topLevelItem(i)->text(0);
    EXPECT_TRUE(stages.contains(QStringLiteral("Listener"))) << stages.join(QLatin1Char(',')).toStdString();
    EXPECT_TRUE(stages.contains(QStringLiteral("Arms"))) << stages.join(QLatin1Char(',')).toStdString();
    EXPECT_TRUE(child<QLabel>(QStringLiteral("trySummary"))->text().startsWith(QLatin1String("Would be forwarded")))
        << child<QLabel>(QStringLiteral("trySummary"))->text().toStdString();
    picture(QStringLiteral("routes-try"));
    typeInto(QStringLiteral("tryUrl"), QStringLiteral("http://other.example:8080/"));
    EXPECT_TRUE(child<QLabel>(QStringLiteral("trySummary"))->text().contains(QLatin1String("404")));
}

TEST_F(RoutesViewTest, AnUnreadableFileIsShownAsText) {
    openText(QStringLiteral("apiVersion: v1\nkind: [\n"));
    open();
    choose(QStringLiteral("workspace.yaml"));
    EXPECT_TRUE(child<QWidget>(QStringLiteral("yamlText"))->isVisible());
    picture(QStringLiteral("routes-unreadable"));
}

TEST_F(RoutesViewTest, NothingYetOffersOneAction) {
    openText(QStringLiteral("# empty\n"));
    open();
    click(QStringLiteral("emptyAction"));
    EXPECT_EQ(document.objects()->ofKind("Gateway").size(), 1u);
    EXPECT_TRUE(tree()->isVisible());
}

TEST_F(RoutesViewTest, Pictures) {
    startGateway();
    open();
    choose(QStringLiteral("main"));
    picture(QStringLiteral("routes"));
}

TEST_F(RoutesViewTest, WhatIsLeftOutSaysWhyAndOpensWhereItIs) {
    const auto write = [&](const char* name, const char* text) {
        QFile file(folder.filePath(QString::fromLatin1(name)));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
    };
    write("broken.yaml", "kind: Service\n  metadata: x\n");
    write("zz.yaml", "# Once more.\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: default}\nspec: {ports: [{port: eighty}]}\n");
    document.refreshNow();
    auto* view = open();
    ASSERT_TRUE(eventually([&] { return find(QStringLiteral("broken.yaml")).isValid(); }));
    const auto state = [&](const QString& name) { return find(name).siblingAtColumn(RoutesModel::State).data().toString(); };
    EXPECT_EQ(state(QStringLiteral("broken.yaml")), QStringLiteral("Malformed"));
    const auto branch = find(QStringLiteral("Left out"));
    ASSERT_TRUE(branch.isValid());
    const auto duplicate = find(QStringLiteral("web"), branch);
    ASSERT_TRUE(duplicate.isValid()) << "the second Service web";
    EXPECT_EQ(duplicate.siblingAtColumn(RoutesModel::State).data().toString(), QStringLiteral("Duplicate"));
    int services = 0;
    const auto kind = find(QStringLiteral("Service"));
    for (int row = 0; row < tree()->model()->rowCount(kind); ++row) services += tree()->model()->index(row, 0, kind).data().toString().startsWith(QLatin1String("web"));
    EXPECT_EQ(services, 1) << "of two with one name, the one that counts";
    tree()->setCurrentIndex(duplicate);
    QTest::qWait(0);
    auto& yaml = view->findChild<ObjectTextPane*>()->editor();
    EXPECT_NE(yaml.text().find("eighty"), std::string::npos) << yaml.text();
    EXPECT_GT(yaml.caret(), 0u) << "the caret is at what is left out";
    picture(QStringLiteral("routes-left-out"));
}

TEST_F(RoutesViewTest, TheFormNeedsNoSidewaysScrollingInAnUsualWindow) {
    // 1152 x 720 without the rail and the bars around the view.
    shown(makeRoutesView(context, nullptr), {1069, 645});
    choose(QStringLiteral("chat"));
    auto* form = child<QWidget>(QStringLiteral("formPage"));
    ASSERT_NE(form, nullptr);
    auto* area = form->parentWidget();
    EXPECT_LE(form->minimumSizeHint().width(), area->width());
}

}  // namespace
}  // namespace gatehouse::ui::test
