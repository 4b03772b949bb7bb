// Everything a view needs, on a real workspace in a temporary folder; the gateway runs only where a test starts it. Dialogs answer by themselves,
// navigation is written down.
#pragma once

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "theme/theme.h"
#include "widgets/action_registry.h"
#include "widgets/dialogs.h"
#include "widgets/view.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <functional>
#include <memory>

namespace gatehouse::ui::test {

class AnsweringDialogs : public Dialogs {
  public:
    bool confirm(QWidget*, const QString&, const QString&, const QString&) override { return true; }
    QString chooseFolder(QWidget*, const QString&, const QString&) override { return {}; }
    QString chooseSaveFile(QWidget*, const QString&, const QString&, const QString&) override { return saveFile; }
    QString chooseOpenFile(QWidget*, const QString&, const QString&, const QString&) override { return openFile; }
    QString askText(QWidget*, const QString&, const QString&, const QString& initial) override { return answer.isEmpty() ? initial : answer; }
    QString answer;
    QString openFile, saveFile;
};

class WritingNavigator : public Navigator {
  public:
    void navigate(const QString& view, const QString& target) override { went << view + QLatin1Char(' ') + target; }
    QStringList went;
};

inline constexpr char kWorkspace[] = R"(# The front door.
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: front
  namespace: default
spec:
  gatewayClassName: kgateway
  listeners:
    - name: web   # plain HTTP
      port: 8080
      protocol: HTTP
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: chat
  namespace: default
spec:
  parentRefs:
    - name: front
  hostnames: ["chat.example.com"]
  rules:
    # Most requests.
    - name: main
      matches:
        - path:
            type: PathPrefix
            value: /v1
      backendRefs:
        - group: gateway.kgateway.dev
          kind: Backend
          name: openai
          weight: 90
        - name: web
          port: 80
          weight: 10
      x-note: keep me
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: lost
  namespace: default
spec:
  parentRefs:
    - name: nowhere
  rules:
    - backendRefs:
        - name: web
          port: 80
---
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: default
spec:
  ports:
    - port: 80
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: web-1
  namespace: default
  labels:
    kubernetes.io/service-name: web
addressType: IPv4
endpoints:
  - addresses: ["127.0.0.1"]
    conditions:
      ready: true
  - addresses: ["127.0.0.2"]
    conditions:
      ready: false
ports:
  - port: 18999
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata:
  name: openai
  namespace: default
spec:
  type: AI
  ai:
    llm:
      host: 127.0.0.1
      port: 18998
      openai:
        authToken:
          kind: SecretRef
          secretRef:
            name: openai-key
        model: gpt-4o-mini
---
apiVersion: v1
kind: Secret
metadata:
  name: openai-key
  namespace: default
stringData:
  Authorization: sk-do-not-show
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: TrafficPolicy
metadata:
  name: guard
  namespace: default
spec:
  targetRefs:
    - group: gateway.networking.k8s.io
      kind: HTTPRoute
      name: chat
    - group: gateway.networking.k8s.io
      kind: HTTPRoute
      name: missing
  ai:
    promptEnrichment:
      prepend:
        - role: system
          content: Be brief.
    promptGuard:
      request:
        regex:
          action: MASK
          builtins:
            - CREDIT_CARD
          matches:
            - name: ticket
              pattern: 'TCK-[0-9]+'
)";

/// Spins the event loop until `done` or five seconds.
inline bool eventually(const std::function<bool()>& done) {
    QElapsedTimer clock;
    clock.start();
    while (!done() && clock.elapsed() < 5000) QTest::qWait(10);
    return done();
}

class ConsoleTest : public testing::Test {
  protected:
    void SetUp() override { openText(QString::fromUtf8(kWorkspace)); }
    void TearDown() override {
        widget_.reset();
        engine.shutdown();
    }

    void openText(const QString& text) {
        QFile file(folder.filePath(QStringLiteral("workspace.yaml")));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
        file.close();
        const auto opened = document.open({folder.path().toStdString()}, false);
        ASSERT_TRUE(opened) << opened.error().message;
    }
    void startGateway() {
        gateway::Options options;
        options.listen = {{8080, "127.0.0.1:0"}};
        options.fallbackToFreePort = true;
        options.workers = 1;
        const auto started = engine.start(options);
        ASSERT_TRUE(started) << started.error().message;
        engine.apply(document.objects());
        ASSERT_TRUE(eventually([this] { return engine.report() && engine.report()->generation > 0; }));
    }
    /// Shows a widget at a usual window size; the fixture owns it.
    template <class T>
    T* shown(T* widget, QSize size = {1140, 690}) {
        widget_.reset(widget);
        widget->resize(size);
        if (auto* view = qobject_cast<View*>(widget)) view->setActive(true);
        widget->show();
        QTest::qWait(0);
        QTest::qWait(0);
        return widget;
    }
    template <class T>
    T* child(const QString& name) {
        auto* found = widget_->template findChild<T*>(name);
        EXPECT_NE(found, nullptr) << name.toStdString();
        return found;
    }
    std::string text() { return *document.workspace().text("workspace.yaml"); }
    void click(const QString& name) {
        auto* button = child<QAbstractButton>(name);
        if (button) QTest::mouseClick(button, Qt::LeftButton);
        QTest::qWait(0);
    }
    void typeInto(const QString& name, const QString& value) {
        auto* edit = child<QLineEdit>(name);
        if (!edit) return;
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, value);
        QTest::keyClick(edit, Qt::Key_Return);
        QTest::qWait(0);
    }
    /// A picture for a person to look at, where GATEHOUSE_PICTURES names a folder.
    void picture(const QString& name) {
        const auto folderName = qEnvironmentVariable("GATEHOUSE_PICTURES");
        if (folderName.isEmpty()) return;
        for (const auto scheme : {Theme::Scheme::Light, Theme::Scheme::Dark}) {
            theme.setScheme(scheme);
            QTest::qWait(250);
            widget_->grab().save(QDir(folderName).filePath(name + (scheme == Theme::Scheme::Light ? QStringLiteral("-light.png") : QStringLiteral("-dark.png"))));
        }
        theme.setScheme(Theme::Scheme::Light);
    }

    QTemporaryDir folder;
    Theme theme;
    EngineBridge engine;
    WorkspaceDocument document{engine};
    ActionRegistry actions;
    WritingNavigator navigator;
    AnsweringDialogs dialogs;
    ViewContext context{theme, engine, document, actions, navigator, dialogs};

  private:
    std::unique_ptr<QWidget> widget_;
};

inline config::ObjectKey routeKey(const std::string& name) { return {"gateway.networking.k8s.io", "HTTPRoute", "default", name}; }

}  // namespace gatehouse::ui::test
