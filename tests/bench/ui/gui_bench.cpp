// The longest hold-up of the GUI thread, view by view, while the bridge is fed as by a busy gateway: bench_gui [PODS] [REQUESTS/S] [SECONDS].
// The whole window runs; only the gateway behind the bridge is left out. A timer beats every 2 ms; how late a beat comes is a hold-up.
#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "shell/languages.h"
#include "shell/main_window.h"
#include "shell/session.h"
#include "shell/settings.h"
#include "shell/view_table.h"
#include "theme/theme.h"
#include "widgets/action_registry.h"
#include "widgets/dialogs.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

constexpr int kBeatMillis = 2;
constexpr int kStateMillis = 200;
constexpr int kDrainMillis = 100;

const char* const kWorkspace = R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: demo}
spec:
  gatewayClassName: gatehouse
  listeners: [{name: http, port: 8080, protocol: HTTP}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: chat}
spec:
  parentRefs: [{name: demo}]
  rules:
  - backendRefs:
    - {group: inference.networking.k8s.io, kind: InferencePool, name: chat-stable, weight: 90}
    - {group: inference.networking.k8s.io, kind: InferencePool, name: chat-canary, weight: 10}
)";

/// A busy gateway as the bridge would see it.
class Load {
  public:
    Load(EngineBridge& engine, int pods, int rate) : engine_(engine), pods_(pods), rate_(rate) {}

    void state() {
        gateway::State state;
        state.running = true;
        state.generation = 1;
        state.requests = served_;
        for (int i = 0; i < pods_; ++i) {
            gateway::PodState pod;
            pod.pool = i < pods_ * 4 / 5 ? "default/chat-stable" : "default/chat-canary";
            pod.pod = "default/vllm-" + std::to_string(i);
            pod.address = "10.0." + std::to_string(i / 250) + "." + std::to_string(i % 250) + ":8000";
            const double wave = std::sin(double(tick_) / 40 + i);
            pod.metrics.gpuUsedMib = (60 + 30 * wave) * 800;
            pod.metrics.gpuFreeMib = (40 - 30 * wave) * 800;
            pod.metrics.waiting = std::max(0.0, std::round(10 * wave));
            pod.metrics.running = 8;
            pod.metrics.kvUse = 0.5 + 0.4 * wave;
            pod.scrape = inference::ScrapeState::Fresh;
            pod.ageMillis = 100;
            pod.picks = std::uint64_t(tick_) * std::uint64_t(i % 7);
            state.pods.push_back(std::move(pod));
        }
        ++tick_;
        engine_.takeSample(std::move(state));
    }

    void requests() {
        std::vector<telemetry::RequestRecord> records;
        for (int i = 0; i < rate_ * kDrainMillis / 1000; ++i) records.push_back(make());
        engine_.takeRequests(std::move(records));
    }

    /// As after minutes of load.
    void fillStore() {
        std::vector<telemetry::RequestRecord> records;
        while (records.size() < EngineBridge::kRequests) records.push_back(make());
        engine_.takeRequests(std::move(records));
    }

  private:
    telemetry::RequestRecord make() {
        telemetry::RequestRecord record;
        const auto number = ++served_;
        record.sequence = number;
        record.requestId = "3629b3f4-b949-4c11-ad3e-" + std::to_string(100'000'000'000 + number);
        record.startedAt = std::chrono::system_clock::now();
        record.client = "10.1.2.3:50000";
        record.method = "POST";
        record.host = "gateway.example.com";
        record.path = "/v1/chat/completions";
        record.status = number % 50 == 0 ? 503 : 200;
        record.listener = "Gateway default/demo/http";
        record.route = "HTTPRoute default/chat";
        record.rule = "chat · rule 1";
        record.backend = record.arm = number % 10 ? "InferencePool default/chat-stable" : "InferencePool default/chat-canary";
        record.pod = "default/vllm-" + std::to_string(number % std::uint64_t(pods_));
        record.endpoint = "10.0.0.1:8000";
        record.model = "llama-3.1-8b-instruct";
        record.llm = record.streamed = record.usage.known = true;
        record.usage.inputTokens = 120;
        record.usage.outputTokens = 240;
        record.firstByteMicros = 80'000 + std::int64_t(number % 1000) * 100;
        record.totalMicros = 900'000;
        record.upstreamMicros = 880'000;
        record.phases = {{"receive", 0, 2'000, false}, {"guard", 2'000, 3'000, false}, {"pick", 5'000, 1'000, false},
                         {"connect", 6'000, 4'000, true}, {"upstream wait", 10'000, 70'000, true}, {"stream", 80'000, 800'000, true}};
        auto pick = std::make_shared<inference::PickRecord>();
        pick->pool = "default/chat-stable";
        pick->reason = "best score 4.20 of 5, margin 0.20 to default/vllm-9";
        pick->candidates.resize(16);
        for (std::size_t i = 0; i < pick->candidates.size(); ++i) pick->candidates[i].pod = "default/vllm-" + std::to_string(i);
        pick->chosen = 0;
        record.pick = std::move(pick);
        return record;
    }

    EngineBridge& engine_;
    int pods_, rate_;
    int tick_ = 0;
    std::uint64_t served_ = 0;
};

double cpuSeconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

}  // namespace

int main(int argc, char** argv) {
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("Gatehouse"));
    QApplication::setApplicationName(QStringLiteral("gatehouse-bench"));
    settings::forgetAll();
    const int pods = argc > 1 ? std::atoi(argv[1]) : 500, rate = argc > 2 ? std::atoi(argv[2]) : 2000, seconds = argc > 3 ? std::atoi(argv[3]) : 10;
    Languages languages;
    Theme theme;
    theme.setScheme(Theme::Scheme::Light);
    EngineBridge engine;
    WorkspaceDocument document(engine);
    ActionRegistry actions;
    NativeDialogs dialogs;
    Session session(engine, document, {});
    MainWindow window({theme, engine, document, actions, dialogs, session, languages});
    window.resize(1440, 900);
    window.show();
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("all.yaml")));
    if (!file.open(QIODevice::WriteOnly) || file.write(kWorkspace) < 0) return 1;
    file.close();
    if (!document.open({folder.path().toStdString()}, false)) return 1;

    Load load(engine, pods, rate);
    load.fillStore();
    QTimer states, drains, beats;
    QObject::connect(&states, &QTimer::timeout, [&] { load.state(); });
    QObject::connect(&drains, &QTimer::timeout, [&] { load.requests(); });
    states.start(kStateMillis);
    drains.start(kDrainMillis);
    double worst = 0;
    QElapsedTimer since;
    beats.setTimerType(Qt::PreciseTimer);
    QObject::connect(&beats, &QTimer::timeout, [&] {
        worst = std::max(worst, double(since.nsecsElapsed()) / 1e6 - kBeatMillis);
        since.start();
    });
    const auto run = [&](int millis) {
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < millis) QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 20);
    };
    std::printf("%d pods, %d requests/s, 100,000 requests kept, %d s per view\n\n", pods, rate, seconds);
    std::printf("| view | opening ms | longest hold-up ms | CPU %% of a core |\n|---|---|---|---|\n");
    for (const ViewEntry& entry : viewTable()) {
        QElapsedTimer opening;
        opening.start();
        window.navigate(QString::fromLatin1(entry.id), {});
        QCoreApplication::processEvents();
        const double opened = double(opening.nsecsElapsed()) / 1e6;
        run(1000);
        worst = 0;
        since.start();
        beats.start(kBeatMillis);
        const double before = cpuSeconds();
        run(seconds * 1000);
        const double used = cpuSeconds() - before;
        beats.stop();
        std::printf("| %s | %.0f | %.1f | %.1f |\n", entry.id, opened, worst, used * 100 / seconds);
        std::fflush(stdout);
    }
    return 0;
}
