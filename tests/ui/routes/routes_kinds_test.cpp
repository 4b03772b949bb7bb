// The Routes view on everything of the Gateway API: listener sets, TLS listeners with certificates, routes of every kind, TLS policies, status.
#include "../editors/console_fixture.h"

#include "config/validate.h"
#include "core/config/cases.h"
#include "models/try_target.h"
#include "routes/condition_list.h"
#include "routes/routes_model.h"
#include "routes/routes_tree.h"
#include "routes/routes_view.h"
#include "widgets/segmented_control.h"

#include <QPlainTextEdit>
#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QTreeView>
#include <QTreeWidget>

namespace gatehouse::ui::test {
namespace {

constexpr char kEveryKind[] = R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: front, namespace: default}
spec:
  gatewayClassName: kgateway
  allowedListeners: {namespaces: {from: Same}}
  listeners:
    - {name: web, port: 8080, protocol: HTTP}
    - name: shop
      port: 8443
      protocol: HTTPS
      tls:
        certificateRefs: [{name: good}, {name: old}, {name: gone}]
    - {name: raw, port: 9443, protocol: TLS, tls: {mode: Passthrough}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata: {name: more, namespace: default}
spec:
  parentRef: {group: gateway.networking.k8s.io, kind: Gateway, name: front}
  listeners:
    - {name: extra, port: 8081, protocol: HTTP}
---
apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata: {name: stray, namespace: default}
spec:
  parentRef: {group: gateway.networking.k8s.io, kind: Gateway, name: nowhere}
  listeners:
    - {name: extra, port: 8082, protocol: HTTP}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: pages, namespace: default}
spec:
  parentRefs: [{kind: ListenerSet, name: more}]
  rules:
    - name: all
      backendRefs: [{name: web, port: 80}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: calls, namespace: default}
spec:
  parentRefs: [{name: front, sectionName: web}]
  rules:
    - matches: [{method: {service: example.Echo}}]
      backendRefs: [{name: web, port: 80}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata: {name: vault, namespace: default}
spec:
  parentRefs: [{name: front, sectionName: raw}]
  hostnames: [vault.example]
  rules:
    - backendRefs: [{name: web, port: 80}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: {name: encrypt, namespace: default}
spec:
  targetRefs: [{group: "", kind: Service, name: web}]
  validation: {hostname: web.example, wellKnownCACertificates: System}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: default}
spec:
  ports: [{port: 80}]
---
apiVersion: v1
kind: Service
metadata: {name: plain, namespace: default}
spec:
  ports: [{port: 80}]
---
apiVersion: v1
kind: Secret
metadata: {name: good, namespace: default}
stringData: {tls.crt: @crt, tls.key: @key}
---
apiVersion: v1
kind: Secret
metadata: {name: old, namespace: default}
stringData: {tls.crt: @crt-old, tls.key: @key-old}
)";

class RoutesKindsTest : public ConsoleTest {
  protected:
    void SetUp() override { openText(QString::fromStdString(gatehouse::testing::expanded(kEveryKind, {}))); }
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
    std::string parentOf(const QString& start) { return find(start).parent().data().toString().toStdString(); }
    std::string stateOf(const QString& start) { return find(start).siblingAtColumn(RoutesModel::State).data().toString().toStdString(); }
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
        ASSERT_NE(action, nullptr) << what.toStdString();
        ASSERT_TRUE(action->isEnabled()) << what.toStdString();
        action->trigger();
        QTest::qWait(0);
    }
    QTreeWidget* conditions() {
        child<SegmentedControl>(QStringLiteral("drawerChoice"))->setCurrent(QStringLiteral("status"));
        return child<QTreeWidget>(QStringLiteral("conditions"));
    }
    std::vector<config::Diagnostic> errorsOf(std::string_view kind, const std::string& name) {
        std::vector<config::Diagnostic> out;
        for (const auto& diagnostic : config::validate(*document.objects()))
            if (diagnostic.severity == config::Severity::Error && diagnostic.object.kind == kind && diagnostic.object.name == name) out.push_back(diagnostic);
        return out;
    }
};

TEST_F(RoutesKindsTest, EveryKindStandsBelowItsParent) {
    open();
    picture(QStringLiteral("routes-kinds"));
    EXPECT_EQ(parentOf(QStringLiteral("more  ")), "front");
    EXPECT_TRUE(QString::fromStdString(parentOf(QStringLiteral("extra"))).startsWith(QLatin1String("more")));
    EXPECT_TRUE(QString::fromStdString(parentOf(QStringLiteral("pages"))).startsWith(QLatin1String("extra")));
    EXPECT_TRUE(QString::fromStdString(parentOf(QStringLiteral("calls"))).startsWith(QLatin1String("web"))) << parentOf(QStringLiteral("calls"));
    EXPECT_TRUE(QString::fromStdString(parentOf(QStringLiteral("vault"))).startsWith(QLatin1String("raw")));
    EXPECT_EQ(parentOf(QStringLiteral("stray")), "Not attached");
    EXPECT_TRUE(find(QStringLiteral("calls")).data().toString().contains(QLatin1String("gRPC")));
    EXPECT_TRUE(QString::fromStdString(parentOf(QStringLiteral("encrypt"))).startsWith(QLatin1String("web  Service"))) << parentOf(QStringLiteral("encrypt"));
    EXPECT_TRUE(find(QStringLiteral("encrypt")).data().toString().contains(QLatin1String("web.example")));
}

TEST_F(RoutesKindsTest, AListenerShowsItsCertificatesWithTheirNamesAndEnd) {
    open();
    EXPECT_TRUE(find(QStringLiteral("good")).data().toString().contains(QLatin1String("a.example"))) << find(QStringLiteral("good")).data().toString().toStdString();
    EXPECT_TRUE(QString::fromStdString(stateOf(QStringLiteral("good"))).startsWith(QLatin1String("Until"))) << stateOf(QStringLiteral("good"));
    EXPECT_TRUE(QString::fromStdString(stateOf(QStringLiteral("old"))).startsWith(QLatin1String("Expired"))) << stateOf(QStringLiteral("old"));
    EXPECT_EQ(stateOf(QStringLiteral("gone")), "Missing");
    EXPECT_FALSE(find(QStringLiteral("gone")).siblingAtColumn(RoutesModel::State).data(Qt::ToolTipRole).toString().isEmpty());
}

TEST_F(RoutesKindsTest, EveryKindHasAForm) {
    open();
    for (const char* start : {"front", "more  ", "calls", "vault", "encrypt", "pages"}) {
        SCOPED_TRACE(start);
        choose(QLatin1String(start));
        auto* form = child<QWidget>(QStringLiteral("formPage"));
        ASSERT_NE(form, nullptr);
        EXPECT_NE(form->findChild<QLineEdit*>(), nullptr);
    }
}

TEST_F(RoutesKindsTest, StatusShowsEveryConditionWithItsSentence) {
    open();
    choose(QStringLiteral("more  "));
    auto* list = conditions();
    const auto* status = [&]() -> const config::ObjectStatus* {
        static std::vector<config::ObjectStatus> all;
        all = config::computeStatus(*document.objects());
        for (const auto& one : all)
            if (one.object.kind == "ListenerSet" && one.object.name == "more") return &one;
        return nullptr;
    }();
    ASSERT_NE(status, nullptr);
    const auto rows = conditionRows(*status);
    ASSERT_EQ(list->topLevelItemCount(), static_cast<int>(rows.size()));
    ASSERT_FALSE(status->listeners.empty());
    std::size_t wanted = status->conditions.size();
    for (const auto& listener : status->listeners) wanted += listener.conditions.size() + 1;
    EXPECT_EQ(rows.size(), wanted) << "each listener says how many routes it has, beside its conditions";
    EXPECT_FALSE(child<QLabel>(QStringLiteral("conditionSentence"))->text().isEmpty());
    picture(QStringLiteral("routes-status"));
    // A certificate that is gone: the sentence of the first condition that is not as wished is shown without a click.
    choose(QStringLiteral("front"));
    EXPECT_FALSE(child<QLabel>(QStringLiteral("conditionSentence"))->text().isEmpty());
    bool bad = false;
    for (int i = 0; i < list->topLevelItemCount(); ++i) bad = bad || list->topLevelItem(i)->toolTip(1) == QLatin1String("Not as wished");
    EXPECT_TRUE(bad) << "the listener shop refers to a Secret that is not there";
    choose(QStringLiteral("good"));
    EXPECT_FALSE(list->isVisible());
    EXPECT_TRUE(child<QLabel>(QStringLiteral("conditionSentence"))->text().contains(QLatin1String("Secret")));
}

TEST_F(RoutesKindsTest, WhatIsAddedIsValidAndSelected) {
    open();
    struct Case {
        const char *at, *what, *kind, *name;
    };
    for (const auto& [at, what, kind, name] : {Case{"front", "tlsListener", "Gateway", "front"}, Case{"front", "passthrough", "Gateway", "front"},
                                               Case{"more  ", "listener", "ListenerSet", "more"}, Case{"front", "listenerSet", "ListenerSet", "front-listeners"},
                                               Case{"web  HTTP", "grpcRoute", "GRPCRoute", "calls-2"}, Case{"raw", "tlsRoute", "TLSRoute", "tls"},
                                               Case{"extra", "route", "HTTPRoute", "route"}, Case{"plain", "tlsPolicy", "BackendTLSPolicy", "plain-tls"},
                                               Case{"front", "listenerPolicy", "ListenerPolicy", "front-listeners"},
                                               Case{"raw", "listenerPolicy", "ListenerPolicy", "front-raw"}}) {
        SCOPED_TRACE(what);
        choose(QLatin1String(at));
        const auto before = text();
        const auto errors = errorsOf(kind, name).size();
        add(QLatin1String(what));
        EXPECT_NE(text(), before);
        EXPECT_NE(document.objects()->find(kind, "default", name), nullptr);
        EXPECT_LE(errorsOf(kind, name).size(), errors) << (errorsOf(kind, name).empty() ? std::string() : errorsOf(kind, name).front().message);
        document.undoStack().undo();
        EXPECT_EQ(text(), before) << "one step takes it back";
        document.undoStack().redo();
    }
}

TEST_F(RoutesKindsTest, ARecordedRequestIsExplainedAtOnce) {
    startGateway();
    auto* view = open();
    telemetry::RequestRecord record;
    record.method = "PUT";
    record.host = "shop.example:18081";
    record.path = "/a?b=c";
    record.listener = "Gateway default/front/extra";
    const auto target = tryTargetOf(record, *document.objects());
    EXPECT_EQ(target.url, QStringLiteral("http://shop.example:8081/a?b=c")) << "the listener's own port, not the one that was dialled";
    view->openTarget(writeTryTarget(target));
    EXPECT_EQ(child<QLineEdit>(QStringLiteral("tryUrl"))->text(), target.url);
    EXPECT_GT(child<QTreeWidget>(QStringLiteral("trySteps"))->topLevelItemCount(), 0) << child<QLabel>(QStringLiteral("trySummary"))->text().toStdString();
    EXPECT_FALSE(readTryTarget(QStringLiteral("gateway.networking.k8s.io/HTTPRoute/default/chat")));

    // With its head: what it lacks is said where the answer may differ for it.
    record.head = std::make_shared<telemetry::RecordedHead>(telemetry::RecordedHead{"/a?b=c\nX-Team: blue\nCookie: (hidden)\n", false});
    record.port = 8081;
    view->openTarget(writeTryTarget(tryTargetOf(record, *document.objects())));
    const auto stepTexts = [&] {
        QString text;
        auto* steps = child<QTreeWidget>(QStringLiteral("trySteps"));
        for (int i = 0; i < steps->topLevelItemCount(); ++i) text += steps->topLevelItem(i)->text(1) + QLatin1Char('\n');
        return text;
    };
    EXPECT_TRUE(stepTexts().contains(QStringLiteral("the body is not kept"))) << stepTexts().toStdString();
    EXPECT_TRUE(stepTexts().contains(QStringLiteral("Cookie"))) << stepTexts().toStdString();
    EXPECT_TRUE(child<QPlainTextEdit>(QStringLiteral("tryBody"))->placeholderText().contains(QStringLiteral("not kept")));
    EXPECT_TRUE(child<QPlainTextEdit>(QStringLiteral("tryHeaders"))->toPlainText().contains(QStringLiteral("X-Team: blue")));
    QTest::keyClicks(child<QLineEdit>(QStringLiteral("tryUrl")), QStringLiteral("x"));
    QTest::keyClick(child<QLineEdit>(QStringLiteral("tryUrl")), Qt::Key_Return);
    EXPECT_FALSE(stepTexts().contains(QStringLiteral("the body is not kept"))) << "a typed URL is another request";
}

TEST_F(RoutesKindsTest, ABackendLeadsToItsEndpoints) {
    open();
    choose(QStringLiteral("all"));
    const auto rule = tree()->currentIndex();
    tree()->expand(rule);
    tree()->setCurrentIndex(tree()->model()->index(0, 0, rule));
    QTest::qWait(0);
    auto* more = child<QToolButton>(QStringLiteral("moreActions"));
    auto* action = more->menu()->findChild<QAction*>(QStringLiteral("showEndpoints"));
    ASSERT_NE(action, nullptr);
    action->trigger();
    ASSERT_FALSE(navigator.went.isEmpty());
    EXPECT_EQ(navigator.went.last(), QStringLiteral("dashboard endpoints:web"));
    // And to the object itself.
    more->menu()->findChild<QAction*>(QStringLiteral("showTarget"))->trigger();
    QTest::qWait(0);
    EXPECT_EQ(child<QLabel>(QStringLiteral("objectName"))->text(), QStringLiteral("web"));
}

TEST_F(RoutesKindsTest, TryingARequestOverTlsTakesAServerName) {
    startGateway();
    open();
    choose(QStringLiteral("calls"));
    click(QStringLiteral("tryRequest"));
    auto* sni = child<QLineEdit>(QStringLiteral("trySni"));
    EXPECT_FALSE(sni->isVisible()) << "plain HTTP has none";
    typeInto(QStringLiteral("tryUrl"), QStringLiteral("https://a.example:8443/"));
    EXPECT_TRUE(sni->isVisible());
    typeInto(QStringLiteral("trySni"), QStringLiteral("elsewhere.example"));
    auto* steps = child<QTreeWidget>(QStringLiteral("trySteps"));
    EXPECT_GT(steps->topLevelItemCount(), 0);
    QString all;
    for (int i = 0; i < steps->topLevelItemCount(); ++i) all += steps->topLevelItem(i)->text(1) + QLatin1Char('\n');
    EXPECT_TRUE(all.contains(QLatin1String("elsewhere.example"))) << all.toStdString();
    picture(QStringLiteral("routes-try-tls"));
}

TEST_F(RoutesKindsTest, DeletingABackendsRowTakesTheReferenceAlone) {
    open();
    choose(QStringLiteral("all"));
    const auto rule = tree()->currentIndex();
    tree()->expand(rule);
    tree()->setCurrentIndex(tree()->model()->index(0, 0, rule));
    QTest::qWait(0);
    tree()->setFocus();
    QTest::keyClick(tree(), Qt::Key_Delete);
    EXPECT_NE(document.objects()->find("Service", "default", "web"), nullptr);
    EXPECT_EQ(errorsOf("HTTPRoute", "pages").size(), 0u);
    EXPECT_FALSE(find(QStringLiteral("all")).model()->hasChildren(find(QStringLiteral("all"))));
}

}  // namespace
}  // namespace gatehouse::ui::test
