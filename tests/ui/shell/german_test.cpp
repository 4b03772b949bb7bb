// The console in German on a workspace with mistakes: what core says of it is German wherever it is shown.
#include "shell_fixture.h"

#include "gateway/gateway.h"
#include "models/try_target.h"
#include "shell/bottom_drawer.h"
#include "shell/problems_model.h"
#include "shell/view_table.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QLabel>
#include <QRegularExpression>

#include <functional>
#include <set>

using namespace gatehouse::ui;

namespace {

const char* const kFaulty = R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: front}
spec:
  gatewayClassName: gatehouse
  listeners:
  - {name: web, port: 8080, protocol: HTTP}
  - {name: web, port: 8080, protocol: HTTP}
  - {name: safe, port: 8443, protocol: HTTPS, tls: {certificateRefs: [{name: nowhere}]}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: chat}
spec:
  parentRefs: [{name: front}, {name: gone}]
  timeouts: 3
  rules:
  - matches: [{path: {type: PathPrefix, value: v1}}]
    backendRefs: [{name: missing, port: 80, weight: "3"}]
  - matches: [{path: {value: /two}}, {headers: [{name: x-a, value: b}]}]
    filters: [{type: RequestRedirect, requestRedirect: {statusCode: 300}}]
    backendRefs: [{name: stable, port: 81}]
  - matches: [{path: {type: RegularExpression, value: "/a("}}]
    backendRefs: [{name: stable, port: 80, weight: 0}]
---
apiVersion: v1
kind: Service
metadata: {name: stable}
spec: {ports: [{port: 80}]}
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: TrafficPolicy
metadata: {name: guard}
spec:
  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: absent}]
  ai: {promptGuard: {request: {regex: {action: REJECT}}}}
---
apiVersion: v1
kind: Service
metadata: {name: broken
)";

/// Words that no German sentence holds, outside of quotes and names.
QString englishIn(QString text) {
    static const QRegularExpression quoted(QStringLiteral("„[^“]*“|\"[^\"]*\"|'[^']*'"));
    static const QRegularExpression words(QStringLiteral(
        "(?<![\\w/.:=-])(the|is|are|of|to|not|has|have|with|for|this|and|that|its|it|by|be|does|than|cannot|which|there|their|answers|needs|create)(?![\\w/:=-]|\\.\\w)"));
    text.remove(quoted);
    const auto match = words.match(text);
    return match.hasMatch() ? match.captured() : QString();
}

struct GermanTest : ShellTest {
    std::set<QString> seen;

    void look(const QString& text, const QString& where) {
        if (!seen.insert(text).second) return;
        const auto left = englishIn(text);
        EXPECT_TRUE(left.isEmpty()) << where.toStdString() << " shows '" << left.toStdString() << "' in: " << text.toStdString();
    }

    void lookAtModel(const QAbstractItemModel& model, const QString& where, const QModelIndex& parent = {}) {
        for (int row = 0; row < model.rowCount(parent); ++row)
            for (int column = 0; column < model.columnCount(parent); ++column) {
                const auto index = model.index(row, column, parent);
                for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(Qt::AccessibleTextRole), int(Qt::AccessibleDescriptionRole)})
                    look(index.data(role).toString(), where);
                if (column == 0) lookAtModel(model, where, index);
            }
    }

    /// Conditions and explain are the gateway's: on ports that are free.
    void startGateway() {
        gatehouse::gateway::Options options;
        options.listen = {{8080, "127.0.0.1:0"}, {8443, "127.0.0.1:0"}};
        options.fallbackToFreePort = true;
        options.workers = 1;
        ASSERT_TRUE(engine.start(options));
        engine.apply(document.objects());
        ASSERT_TRUE(QTest::qWaitFor([&] { return engine.report() && engine.report()->generation > 0; }, 5000));
    }

    void lookAtAll() {
        QCoreApplication::processEvents();
        for (const auto* view : window->findChildren<QAbstractItemView*>())
            if (view->model()) lookAtModel(*view->model(), view->objectName().isEmpty() ? QLatin1String(view->metaObject()->className()) : view->objectName());
        for (const auto* widget : window->findChildren<QWidget*>()) {
            const auto where = QLatin1String(widget->metaObject()->className()) + QLatin1Char(' ') + widget->objectName();
            look(widget->toolTip(), where);
            look(widget->accessibleName(), where);
            look(widget->accessibleDescription(), where);
            if (const auto* label = qobject_cast<const QLabel*>(widget)) look(label->text(), where);
            if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) look(button->text(), where);
        }
    }
};

}  // namespace

TEST_F(GermanTest, WhatCoreFoundIsSaidInGerman) {
    languages.use(QStringLiteral("de"));
    write(kFaulty);
    ASSERT_TRUE(session.openPaths({folder.path().toStdString()}));
    ASSERT_TRUE(QTest::qWaitFor([&] { return window->drawer().problems().rowCount() > 0; }, 5000));
    lookAtAll();
    // Without the document that cannot be read: then everything about the others is found.
    QByteArray readable(kFaulty);
    readable.truncate(readable.lastIndexOf("---"));
    write(readable);
    ASSERT_TRUE(session.openPaths({folder.path().toStdString()}));
    ASSERT_TRUE(QTest::qWaitFor([&] { return window->drawer().problems().rowCount() > 8; }, 5000));
    lookAtAll();
    startGateway();
    for (const auto& object : document.objects()->objects) {
        window->navigate(viewOfKind(object.key.kind), QString::fromStdString(object.key.id()));
        for (auto* button : window->findChildren<QAbstractButton*>())
            if (button->isVisible() && button->text().startsWith(QLatin1String("Status"))) button->click();
        lookAtAll();
    }
    bool faulty = false, condition = false;
    for (const auto& text : seen) {
        faulty = faulty || text.contains(QLatin1String("gibt es nicht"));
        condition = condition || text.contains(QStringLiteral("Alle Verweise lassen sich auflösen."));
    }
    EXPECT_TRUE(faulty) << "no problem was seen";
    EXPECT_TRUE(condition) << "no condition was seen";
}

TEST_F(GermanTest, ExplainSpeaksGerman) {
    languages.use(QStringLiteral("de"));
    QByteArray readable(kFaulty);
    readable.truncate(readable.lastIndexOf("---"));
    write(readable);
    ASSERT_TRUE(session.openPaths({folder.path().toStdString()}));
    startGateway();
    window->navigate(QStringLiteral("routes"), {});
    for (const char* url : {"http://localhost:8080/v1/a", "http://localhost:8080/two", "http://localhost:8080/a", "http://localhost:9/x", "https://localhost:8443/"}) {
        window->navigate(QStringLiteral("routes"), writeTryTarget({QStringLiteral("GET"), QLatin1String(url), {}, {}, {}, {}, {}}));
        QCoreApplication::processEvents();
        const auto* tree = window->findChild<QAbstractItemView*>(QStringLiteral("trySteps"));
        ASSERT_NE(tree, nullptr);
        EXPECT_GT(tree->model()->rowCount(), 0) << url;
        lookAtAll();
    }
}
