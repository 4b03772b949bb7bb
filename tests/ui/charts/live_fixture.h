// What the tests of live views share: a bridge that is fed by hand, records and pods made to order, dialogs that answer.
#pragma once

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "theme/theme.h"
#include "widgets/action_registry.h"
#include "widgets/dialogs.h"
#include "widgets/view.h"

#include <QApplication>
#include <QFile>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::ui {

struct ScriptedDialogs : Dialogs {
    bool confirm(QWidget*, const QString&, const QString& text, const QString&) override {
        confirmed << text;
        return yes;
    }
    QString chooseFolder(QWidget*, const QString&, const QString&) override { return folder; }
    QString chooseSaveFile(QWidget*, const QString&, const QString&, const QString&) override { return file; }
    QString chooseOpenFile(QWidget*, const QString&, const QString&, const QString&) override { return openFile; }
    QString askText(QWidget*, const QString&, const QString&, const QString& initial) override { return initial; }
    bool yes = true;
    QString folder, file, openFile;
    QStringList confirmed;
};

struct RecordedNavigator : Navigator {
    void navigate(const QString& view, const QString& target) override { visits.emplace_back(view, target); }
    std::vector<std::pair<QString, QString>> visits;
};

inline gateway::PodState makePod(int number, const char* pool, double gpuPercent, double waiting, std::uint64_t picks) {
    gateway::PodState pod;
    pod.pool = pool;
    pod.pod = "default/llm-" + std::to_string(number);
    pod.address = "127.0.0.1:" + std::to_string(9000 + number);
    pod.metrics.gpuUsedMib = gpuPercent * 800;
    pod.metrics.gpuFreeMib = (100 - gpuPercent) * 800;
    pod.metrics.waiting = waiting;
    pod.metrics.running = 3;
    pod.metrics.kvUse = 0.4;
    pod.scrape = inference::ScrapeState::Fresh;
    pod.ageMillis = 200;
    pod.picks = picks;
    return pod;
}

inline std::shared_ptr<const inference::PickRecord> makePick(const std::string& pool, int chosen, int candidates) {
    auto pick = std::make_shared<inference::PickRecord>();
    pick->pool = pool;
    pick->method = inference::PickMethod::Metrics;
    pick->reason = "best score 4.20 of 5, margin 0.20 to default/llm-9";
    for (int i = 0; i < candidates; ++i) {
        inference::Candidate candidate;
        candidate.pod = "default/llm-" + std::to_string(i);
        candidate.waiting = i;
        candidate.kvUse = 0.1 * i;
        candidate.running = 2;
        candidate.ageMillis = 120;
        candidate.queueScore = 2.0 / (1 + i);
        candidate.kvScore = 1.5;
        candidate.loadScore = i == chosen ? 1.0 : 0.5;
        candidate.total = candidate.queueScore + candidate.kvScore + candidate.loadScore;
        pick->candidates.push_back(candidate);
    }
    if (candidates > 2) {
        auto& out = pick->candidates.back();
        out.excluded = "refuses connections";
        out.total = out.queueScore = out.kvScore = out.loadScore = 0;
    }
    pick->chosen = chosen;
    return pick;
}

inline telemetry::RequestRecord makeRecord(std::uint64_t sequence, int status = 200, const std::string& arm = "InferencePool default/chat-stable") {
    telemetry::RequestRecord record;
    record.sequence = sequence;
    record.requestId = "req-" + std::to_string(sequence);
    record.startedAt = std::chrono::system_clock::now() - std::chrono::seconds(1);
    record.client = "127.0.0.1:50000";
    record.method = "POST";
    record.host = "127.0.0.1:8080";
    record.path = "/v1/chat/completions";
    record.status = status;
    record.listener = "Gateway default/demo/http";
    record.route = "HTTPRoute default/chat";
    record.rule = "chat · rule 1";
    record.backend = record.arm = arm;
    record.pod = "default/llm-" + std::to_string(sequence % 4);
    record.endpoint = "127.0.0.1:" + std::to_string(9000 + sequence % 4);
    record.model = "llama-3.1-8b-instruct";
    record.llm = true;
    record.streamed = sequence % 2 == 0;
    record.usage.known = true;
    record.usage.inputTokens = 120;
    record.usage.outputTokens = 240;
    record.firstByteMicros = 80'000;
    record.totalMicros = 900'000;
    record.upstreamMicros = 880'000;
    if (status >= 500) {
        record.error = "upstream-connect";
        record.errorSentence = "No endpoint of the backend could be connected to.";
    }
    record.phases = {{"receive", 0, 2'000, false}, {"guard", 2'000, 3'000, false}, {"pick", 5'000, 1'000, false},
                     {"connect", 6'000, 4'000, true}, {"upstream wait", 10'000, 70'000, true}, {"stream", 80'000, 800'000, true}};
    record.steps = {{"listener", route::StepOutcome::Chosen, "demo/http", "port 8080 takes any host", {}, {}},
                    {"match", route::StepOutcome::Rejected, "chat · canary-by-header", "header x-canary is absent", {}, {}},
                    {"match", route::StepOutcome::Chosen, "chat · rule 1", "path starts with /v1", {}, {}},
                    {"backend", route::StepOutcome::Chosen, arm, "weight 90 of 100 (90.0 %), drew 0.42", {}, {}}};
    return record;
}

inline const char* const kSplitYaml = R"(# chat traffic
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: demo
spec:
  gatewayClassName: kgateway
  listeners:
    - name: http
      port: 8080
      protocol: HTTP
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: chat
spec:
  parentRefs:
    - name: demo
  rules:
    - backendRefs:
        - group: inference.networking.k8s.io
          kind: InferencePool
          name: chat-stable
          weight: 90   # the trusted one
        - group: inference.networking.k8s.io
          kind: InferencePool
          name: chat-canary
          weight: 10
)";

struct LiveTest : testing::Test {
    QTemporaryDir folder;
    Theme theme;
    EngineBridge engine;
    WorkspaceDocument document{engine};
    ActionRegistry actions;
    RecordedNavigator navigator;
    ScriptedDialogs dialogs;
    ViewContext context{theme, engine, document, actions, navigator, dialogs};
    std::unique_ptr<View> view;

    LiveTest() {
        QSettings().clear();
        theme.setScheme(Theme::Scheme::Light);
    }

    /// With GATEHOUSE_PICTURES=DIR every test leaves a picture of how its view ended, to be looked at.
    ~LiveTest() override {
        const auto directory = qEnvironmentVariable("GATEHOUSE_PICTURES");
        if (!view || directory.isEmpty()) return;
        QApplication::processEvents();
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        view->grab().save(QStringLiteral("%1/%2.%3.png").arg(directory, QLatin1String(test->test_suite_name()), QLatin1String(test->name())));
    }

    void show(View* made, QSize size = {1180, 720}) {
        view.reset(made);
        view->resize(size);
        view->show();
        view->activateWindow();
        (void)QTest::qWaitForWindowActive(view.get());
        view->setActive(true);
    }
    template <class Widget>
    Widget* find(const char* name) {
        auto* found = view->findChild<Widget*>(QString::fromLatin1(name));
        EXPECT_NE(found, nullptr) << name;
        return found;
    }
    void feedPods(std::vector<gateway::PodState> pods) {
        gateway::State state;
        state.running = true;
        state.generation = 1;
        state.pods = std::move(pods);
        engine.takeSample(std::move(state));
    }
    void open(const QByteArray& yaml) {
        QFile file(folder.filePath(QStringLiteral("all.yaml")));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(yaml);
        file.close();
        ASSERT_TRUE(document.open({folder.path().toStdString()}, false));
    }
};

/// Runs the event loop until `done` or five seconds.
template <class Condition>
bool waitFor(Condition done) {
    return QTest::qWaitFor(done, 5000);
}

}  // namespace gatehouse::ui
