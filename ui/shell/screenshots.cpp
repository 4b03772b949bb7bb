#include "shell/screenshots.h"

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "llm/capture.h"
#include "playground/lane_card.h"
#include "playground/playground_page.h"
#include "requests/message_pane.h"
#include "requests/xray_pane.h"
#include "shell/bottom_drawer.h"
#include "shell/cheat_sheet.h"
#include "shell/command_palette.h"
#include "shell/main_window.h"
#include "shell/view_table.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QPixmap>
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
        if (streamed) pane->showPart(QStringLiteral("stream"));
        else pane->pane(XrayPlace::ClientRequest)->select(QStringLiteral("/messages/0/content"));
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
    failures += drawXray(window, engine, plan);
    failures += drawPlayground(window, plan);
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
