// A main window on a real workspace in a temporary folder, without a gateway, with dialogs that answer by themselves.
#pragma once

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "shell/languages.h"
#include "shell/main_window.h"
#include "shell/session.h"
#include "shell/settings.h"
#include "theme/theme.h"
#include "widgets/action_registry.h"
#include "widgets/dialogs.h"

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace gatehouse::ui {

class AnsweringDialogs : public Dialogs {
  public:
    bool confirm(QWidget*, const QString& title, const QString&, const QString&) override {
        asked << title;
        return yes;
    }
    QString chooseFolder(QWidget*, const QString&, const QString&) override { return folder; }
    QString chooseSaveFile(QWidget*, const QString&, const QString&, const QString&) override { return {}; }
    QString askText(QWidget*, const QString&, const QString&, const QString& initial) override { return initial; }
    CloseChoice confirmClose(QWidget*, int files) override {
        asked << QStringLiteral("close with %1").arg(files);
        return close;
    }
    bool yes = true;
    CloseChoice close = CloseChoice::Cancel;
    QString folder;
    QStringList asked;
};

inline const char* const kWorkspaceText = R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: front
spec:
  gatewayClassName: gatehouse
  listeners:
  - name: web
    port: 8080
    protocol: HTTP
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: chat
spec:
  parentRefs:
  - name: front
  rules:
  - matches:
    - path:
        type: PathPrefix
        value: /v1
    backendRefs:
    - name: stable
      port: 80
      weight: 90
    - name: canary
      port: 80
      weight: 10
---
apiVersion: v1
kind: Service
metadata:
  name: stable
spec:
  ports:
  - port: 80
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: Backend
metadata:
  name: openai
spec:
  type: Static
  static:
    hosts:
    - host: 127.0.0.1
      port: 9000
---
apiVersion: gateway.kgateway.dev/v1alpha1
kind: TrafficPolicy
metadata:
  name: guard
spec:
  targetRefs:
  - group: gateway.networking.k8s.io
    kind: HTTPRoute
    name: chat
  ai:
    promptGuard:
      request:
        regex:
          action: REJECT
          builtins: [EMAIL]
)";

struct ShellTest : testing::Test {
    QTemporaryDir folder;
    Languages languages;
    Theme theme;
    EngineBridge engine;
    WorkspaceDocument document{engine};
    ActionRegistry actions;
    AnsweringDialogs dialogs;
    Session session{engine, document, {}};
    std::unique_ptr<MainWindow> window;

    ShellTest() {
        settings::forgetAll();
        languages.use(QStringLiteral("en"));
        theme.setScheme(Theme::Scheme::Light);
        window = std::make_unique<MainWindow>(ShellParts{theme, engine, document, actions, dialogs, session, languages});
        window->resize(1280, 800);
        window->show();
        window->activateWindow();
        (void)QTest::qWaitForWindowActive(window.get());
    }
    ~ShellTest() override { languages.use(QStringLiteral("en")); }

    QString file() const { return folder.filePath(QStringLiteral("all.yaml")); }
    void write(const QByteArray& text) const {
        QFile out(file());
        ASSERT_TRUE(out.open(QIODevice::WriteOnly));
        out.write(text);
    }
    void openWorkspace() {
        write(kWorkspaceText);
        ASSERT_TRUE(session.openPaths({folder.path().toStdString()}));
    }
    Result<void> setWeight(const char* value) {
        return document.setField({"gateway.networking.k8s.io", "HTTPRoute", "default", "chat"},
                                 QStringLiteral("spec.rules[0].backendRefs[0].weight"), QString::fromLatin1(value),
                                 text::yaml::Type::Integer, QStringLiteral("Set weight of stable to %1").arg(QLatin1String(value)));
    }
    QAction* action(const char* id) { return actions.find(QString::fromLatin1(id)); }
};

}  // namespace gatehouse::ui
