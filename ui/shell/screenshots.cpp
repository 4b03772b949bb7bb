#include "shell/screenshots.h"

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "lab/lab_page.h"
#include "lab/lab_runs.h"
#include "lab/replay_pane.h"
#include "lab/scenario_form.h"
#include "llm/capture.h"
#include "playground/lane_card.h"
#include "playground/playground_page.h"
#include "policies/bench_panel.h"
#include "pools/pools_page.h"
#include "providers/drill_panel.h"
#include "requests/decision_pane.h"
#include "requests/message_pane.h"
#include "requests/xray_pane.h"
#include "shell/bottom_drawer.h"
#include "shell/cheat_sheet.h"
#include "shell/command_palette.h"
#include "shell/main_window.h"
#include "shell/view_table.h"
#include "widgets/segmented_control.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QPixmap>
#include <QPushButton>
#include <QSlider>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <utility>

namespace gatehouse::ui {

namespace {

constexpr int kDataMillis = 8'000;
constexpr int kSettleMillis = 400;
constexpr std::size_t kSamplesWanted = 25;
constexpr std::size_t kRequestsWanted = 40;

/// Lets the application run until `done` or the deadline.
void runUntil(int millis, const std::function<bool()>& done) {
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < millis && !done()) QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 50);
}

void settle(int millis = kSettleMillis) {
    runUntil(millis, [] { return false; });
}

int write(MainWindow& window, const ScreenshotPlan& plan, const QString& name) {
    const QString path = QDir(plan.directory).filePath(QStringLiteral("%1-%2.png").arg(name, plan.suffix));
    if (QDir().mkpath(plan.directory) && window.grab().save(path)) return 0;
    std::fprintf(stderr, "gatehouse: %s could not be written\n", qPrintable(path));
    return 1;
}

/// Something worth showing in a view: the object of a kind with the most to say, or the newest request with a routing decision.
QString targetOf(const QString& view, const EngineBridge& engine, const WorkspaceDocument& document) {
    if (view == QLatin1String("requests")) {
        const auto& requests = engine.requests();
        const auto found = std::find_if(requests.rbegin(), requests.rend(), [](const auto& r) { return r.pick != nullptr && r.streamed; });
        return found == requests.rend() ? QString() : QString::fromStdString(found->requestId);
    }
    if (view == QLatin1String("pools")) return engine.history().empty() ? QString() : engine.history().front().pod;
    const char* kind = view == QLatin1String("routes")      ? "HTTPRoute"
                       : view == QLatin1String("providers") ? "Backend"
                       : view == QLatin1String("policies")  ? "TrafficPolicy"
                       : view == QLatin1String("canary")    ? "HTTPRoute"
                                                            : nullptr;
    if (!kind) return {};
    const auto objects = document.objects()->ofKind(kind);
    const auto longest = std::max_element(objects.begin(), objects.end(), [](const config::Object* a, const config::Object* b) {
        return a->where.end - a->where.begin < b->where.end - b->where.begin;
    });
    return longest == objects.end() ? QString() : QString::fromStdString((*longest)->key.id());
}

/// The newest streamed request to a model under X-ray: its fields, its stream; and a body of one's own.
int drawXray(MainWindow& window, EngineBridge& engine, const ScreenshotPlan& plan) {
    int failures = 0;
    const auto newest = [&](bool streamed) {
        const auto& requests = engine.requests();
        const auto found = std::find_if(requests.rbegin(), requests.rend(), [&](const auto& r) {
            return r.capture != nullptr && r.capture->data() != nullptr && r.streamed == streamed && r.status == 200 && (r.guard.masked || requests.size() > 200);
        });
        return found == requests.rend() ? QString() : QString::fromStdString(found->requestId);
    };
    for (const bool streamed : {false, true}) {
        QString request;
        runUntil(kDataMillis, [&] { return !(request = newest(streamed)).isEmpty(); });
        if (request.isEmpty()) continue;
        window.navigate(QStringLiteral("requests"), QStringLiteral("xray:") + request);
        auto* pane = window.findChild<XrayPane*>();
        if (pane == nullptr) continue;
        runUntil(kDataMillis, [&] { return !pane->isLinking(); });
        if (streamed) {
            pane->showPart(QStringLiteral("stream"));
            if (auto* events = window.findChild<QTableView*>(QStringLiteral("streamEvents"))) events->setCurrentIndex(events->model()->index(4, 0));
        }
        if (!streamed) pane->pane(XrayPlace::ClientRequest)->select(QStringLiteral("/messages/0/content"));
        settle();
        failures += write(window, plan, streamed ? QStringLiteral("stream") : QStringLiteral("xray"));
    }
    if (auto* paste = window.findChild<QToolButton*>(QStringLiteral("xrayBody"))) {
        paste->click();
        auto* pane = window.findChild<XrayPane*>();
        runUntil(kDataMillis, [&] { return pane == nullptr || !pane->isLinking(); });
        settle();
        failures += write(window, plan, QStringLiteral("xray-body"));
    }
    if (auto* back = window.findChild<QToolButton*>(QStringLiteral("xrayBack"))) back->click();
    return failures;
}

/// The pools in their other forms, and a decision with another weight of what costs most.
int drawPools(MainWindow& window, const ScreenshotPlan& plan, const QString& request) {
    int failures = 0;
    if (auto* page = qobject_cast<PoolsPage*>(window.view(QStringLiteral("pools")))) {
        window.navigate(QStringLiteral("pools"), {});
        for (const auto& [form, metric] : {std::pair("rows", PodMetric::GpuMemory), std::pair("strip", PodMetric::KvUse)}) {
            page->setForm(QLatin1String(form));
            page->setMetric(metric);
            settle(2 * kSettleMillis);
            failures += write(window, plan, QStringLiteral("pools-") + QLatin1String(form));
        }
        page->setMetric(PodMetric::GpuMemory);
        page->setForm({});
    }
    if (request.isEmpty()) return failures;
    window.navigate(QStringLiteral("requests"), QStringLiteral("decision:") + request);
    auto* pane = window.findChild<DecisionPane*>();
    if (pane == nullptr || pane->isHidden()) return failures;
    for (const char* term : {"weight-others", "weight-queue"})
        if (auto* slider = pane->findChild<QSlider*>(QLatin1String(term))) slider->setValue(QLatin1String(term) == QLatin1String("weight-queue") ? 300 : 25);
    runUntil(kDataMillis, [&] { return !pane->isJudging(); });
    settle();
    failures += write(window, plan, QStringLiteral("decision"));
    emit pane->closed();
    return failures;
}

/// Both lanes with their answers.
int drawPlayground(MainWindow& window, const ScreenshotPlan& plan) {
    window.navigate(QStringLiteral("playground"), {});
    settle();
    auto* page = qobject_cast<PlaygroundPage*>(window.view(QStringLiteral("playground")));
    if (page == nullptr) return 1;
    page->send();
    runUntil(2 * kDataMillis, [&] {
        return !page->isRunning() && std::all_of(page->lanes().begin(), page->lanes().end(), [](const auto* lane) { return lane->record().has_value(); });
    });
    settle();
    return write(window, plan, QStringLiteral("playground-answers"));
}

/// What the views show on demand: tools of Policies, what models cost, the way to a provider, its drill.
int drawTools(MainWindow& window, const ScreenshotPlan& plan, const QString& provider, const QString& policy) {
    int failures = 0;
    QTemporaryDir folder;
    QFile texts(folder.filePath(QStringLiteral("texts.jsonl")));
    if (texts.open(QIODevice::WriteOnly))
        texts.write("{\"text\": \"My card is 4111 1111 1111 1111.\", \"expect\": \"mask\"}\n{\"text\": \"Write to ann@example.com\", \"expect\": \"mask\"}\n"
                    "{\"text\": \"Order 4111 1111 1111 1112 is late\", \"expect\": \"pass\"}\n{\"text\": \"Where is Project Nightjar?\", \"expect\": \"hit\"}\n"
                    "{\"text\": \"How do I write a regular expression?\", \"expect\": \"pass\"}\nA line without an expectation.\n");
    texts.close();
    window.navigate(QStringLiteral("policies"), policy);
    if (auto* tools = window.findChild<SegmentedControl*>(QStringLiteral("guardTools"))) {
        tools->setCurrent(QStringLiteral("coverage"));
        settle();
        failures += write(window, plan, QStringLiteral("policies-coverage"));
        tools->setCurrent(QStringLiteral("bench"));
        if (auto* bench = window.findChild<BenchPanel*>(QStringLiteral("benchPanel"))) bench->open(texts.fileName());
        settle();
        failures += write(window, plan, QStringLiteral("policies-bench"));
        tools->setCurrent(QStringLiteral("try"));
    }
    window.navigate(QStringLiteral("requests"), {});
    if (auto* shown = window.findChild<SegmentedControl*>(QStringLiteral("requestsShown"))) {
        shown->setCurrent(QStringLiteral("receipts"));
        settle();
        failures += write(window, plan, QStringLiteral("receipts"));
        shown->setCurrent(QStringLiteral("tail"));
    }
    window.navigate(QStringLiteral("providers"), provider);
    settle();
    if (auto* test = window.findChild<QPushButton*>(QStringLiteral("testConnection")); test != nullptr && test->isVisible()) {
        test->click();
        runUntil(kDataMillis, [&] { return test->isEnabled(); });
        settle();
        failures += write(window, plan, QStringLiteral("providers-tested"));
    }
    auto* part = window.findChild<SegmentedControl*>(QStringLiteral("providerPart"));
    auto* drill = window.findChild<DrillPanel*>(QStringLiteral("drillPanel"));
    if (part != nullptr && drill != nullptr) {
        part->setCurrent(QStringLiteral("drill"));
        auto* start = window.findChild<QPushButton*>(QStringLiteral("drillStart"));
        runUntil(kDataMillis, [&] { return start->isEnabled(); });
        start->click();
        runUntil(8 * kDataMillis, [&] { return !drill->isRunning(); });
        settle();
        failures += write(window, plan, QStringLiteral("providers-drill"));
        part->setCurrent(QStringLiteral("object"));
    }
    return failures;
}

/// A comparison under way, its end, the same beside another one, and recorded decisions taken again.
int drawLab(MainWindow& window, const ScreenshotPlan& plan) {
    window.navigate(QStringLiteral("lab"), QStringLiteral("mixed-gpus"));
    auto* page = qobject_cast<LabPage*>(window.view(QStringLiteral("lab")));
    if (page == nullptr) return 1;
    auto scenario = page->form().scenario();
    scenario.duration = 20;
    scenario.seeds = 3;
    page->form().choose(scenario);
    int failures = 0;
    const auto run = [&] {
        page->run();
        runUntil(kDataMillis, [&] { return page->runs().share() > 0.3; });
        if (failures == 0 && page->runs().results().empty()) failures += write(window, plan, QStringLiteral("lab-running"));
        runUntil(12 * kDataMillis, [&] { return page->runs().state() != LabRuns::State::Running; });
        settle();
    };
    run();
    failures += write(window, plan, QStringLiteral("lab-results"));
    if (auto* tables = window.findChild<SegmentedControl*>(QStringLiteral("labTables"))) tables->setCurrent(QStringLiteral("figures"));
    settle();
    failures += write(window, plan, QStringLiteral("lab-figures"));
    scenario.options.scrapeInterval = std::chrono::seconds(1);
    page->form().choose(scenario);
    run();
    if (auto* against = window.findChild<QComboBox*>(QStringLiteral("labAgainst"))) {
        against->setCurrentIndex(against->count() - 1);
        emit against->activated(against->currentIndex());
    }
    if (auto* tables = window.findChild<SegmentedControl*>(QStringLiteral("labTables"))) tables->setCurrent(QStringLiteral("verdicts"));
    settle();
    failures += write(window, plan, QStringLiteral("lab-compared"));
    window.navigate(QStringLiteral("lab"), QStringLiteral("replay"));
    page->run();
    runUntil(kDataMillis, [&] { return !page->replay().isRunning(); });
    settle();
    return failures + write(window, plan, QStringLiteral("lab-replay"));
}

}  // namespace

int drawStartPage(MainWindow& window, const ScreenshotPlan& plan) {
    window.resize(plan.width, plan.height);
    window.show();
    settle();
    return write(window, plan, QStringLiteral("start"));
}

int drawViews(MainWindow& window, EngineBridge& engine, WorkspaceDocument& document, const ScreenshotPlan& plan) {
    window.resize(plan.width, plan.height);
    window.show();
    window.createAllViews();
    runUntil(kDataMillis, [&] {
        return !engine.history().empty() && engine.history().front().samples.size() >= kSamplesWanted &&
               engine.requests().size() >= kRequestsWanted;
    });
    int failures = 0;
    for (const ViewEntry& entry : viewTable()) {
        const QString id = QString::fromLatin1(entry.id);
        window.navigate(id, targetOf(id, engine, document));
        // Charts fill while they are shown; forms validate after a short delay.
        settle(id == QLatin1String("dashboard") || id == QLatin1String("canary") ? 3 * kSettleMillis : kSettleMillis);
        failures += write(window, plan, id);
    }
    for (const auto& [target, name] : {std::pair("endpoints:", "endpoints"), std::pair("limits", "limits")}) {
        window.navigate(QStringLiteral("dashboard"), QLatin1String(target));
        settle(2 * kSettleMillis);
        failures += write(window, plan, QLatin1String(name));
    }
    failures += drawTools(window, plan, targetOf(QStringLiteral("providers"), engine, document), targetOf(QStringLiteral("policies"), engine, document));
    failures += drawPools(window, plan, targetOf(QStringLiteral("requests"), engine, document));
    failures += drawXray(window, engine, plan);
    failures += drawPlayground(window, plan);
    failures += drawLab(window, plan);
    window.navigate(QStringLiteral("routes"), {});
    window.drawer().showProblems();
    window.setDrawerOpen(true);
    settle();
    failures += write(window, plan, QStringLiteral("problems"));
    window.setDrawerOpen(false);
    window.palette().open(QStringLiteral("ch"));
    settle();
    failures += write(window, plan, QStringLiteral("palette"));
    window.palette().close();
    if (auto* shortcuts = window.findChild<CheatSheet*>()) {
        shortcuts->present();
        settle();
        failures += write(window, plan, QStringLiteral("shortcuts"));
        shortcuts->close();
    }
    return failures;
}

}  // namespace gatehouse::ui
