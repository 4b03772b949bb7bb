#include "canary/canary_studio.h"

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "canary/report.h"
#include "models/core_sentence.h"
#include "telemetry/canary_feed.h"

#include <QCoreApplication>
#include <QSaveFile>

#include <algorithm>

namespace gatehouse::ui {
namespace {

constexpr int kTickMillis = 100;

base::WallTime wallNow() { return std::chrono::system_clock::now(); }

std::string currencyOf(const std::deque<telemetry::RequestRecord>& requests) {
    for (auto record = requests.rbegin(); record != requests.rend(); ++record)
        if (record->receipt && record->receipt->priced()) return record->receipt->book->currency;
    return {};
}

}  // namespace

CanaryStudio::CanaryStudio(EngineBridge& engine, WorkspaceDocument& document, QObject* parent) : QObject(parent), engine_(engine), document_(document) {
    connect(&document, &WorkspaceDocument::opened, this, [this] {
        runs_.clear();
        takeObjects();
    });
    connect(&document, &WorkspaceDocument::changed, this, &CanaryStudio::takeObjects);
    connect(&engine, &EngineBridge::requestsAppended, this, [this](int count) { takeRequests(count); });
    timer_.setInterval(kTickMillis);
    connect(&timer_, &QTimer::timeout, this, &CanaryStudio::tickNow);
    takeObjects();
}

std::unique_ptr<canary::CanaryRun> CanaryStudio::makeRun(canary::CanaryArms arms, canary::CanaryPlan plan) {
    const auto id = arms.id();
    return std::make_unique<canary::CanaryRun>(std::move(arms), std::move(plan), [this, id](const std::vector<std::uint32_t>& weights, const std::string& name) {
        return setWeights(id, weights, name);
    });
}

canary::CanaryRun* CanaryStudio::runOf(const std::string& id) {
    const auto known = arms_.find(id);
    if (known == arms_.end()) return nullptr;
    auto& run = runs_[id];
    if (!run) run = makeRun(known->second, canary::CanaryPlan::usual());
    return run.get();
}

Result<void> CanaryStudio::setPlan(const std::string& id, canary::CanaryPlan plan) {
    auto* run = runOf(id);
    if (!run) return fail("canary-arms", "The workspace no longer has these arms.");
    if (run->state() == canary::RunState::Running || run->state() == canary::RunState::Paused) return fail("canary-state", "The canary runs already.");
    if (auto good = plan.check(run->arms()); !good) return good;
    runs_[id] = makeRun(arms_.at(id), std::move(plan));
    emit changed(QString::fromStdString(id));
    return {};
}

Result<void> CanaryStudio::setWeights(const std::string& id, const std::vector<std::uint32_t>& weights, const std::string& name) {
    const auto known = arms_.find(id);
    if (known == arms_.end() || !document_.isOpen()) return fail("canary-arms", "The workspace no longer has these arms.");
    if (document_.isReadOnly()) return fail("read-only", "This workspace is open for reading only.");
    writing_ = true;
    auto pushed = document_.push(canary::weightsEdit(document_.workspace(), known->second, weights, coreSentence(name).toStdString()));
    writing_ = false;
    return pushed;
}

void CanaryStudio::takeObjects() {
    const auto objects = document_.objects();
    arms_.clear();
    if (objects)
        for (auto& arms : canary::canaryArms(*objects))
            if (arms.weighted()) arms_.emplace(arms.id(), std::move(arms));
    for (auto run = runs_.begin(); run != runs_.end();) {
        const auto known = arms_.find(run->first);
        const auto sameArms = [](const canary::Arm& a, const canary::Arm& b) { return a.name == b.name; };
        const auto& its = run->second->arms().arms;
        const bool kept = known != arms_.end() && std::equal(its.begin(), its.end(), known->second.arms.begin(), known->second.arms.end(), sameArms);
        if (!kept) {
            run = runs_.erase(run);
            continue;
        }
        if (!writing_) {
            const auto state = run->second->state();
            run->second->weightsAre(known->second.weights(), wallNow());
            if (state != run->second->state()) emit changed(QString::fromStdString(run->first));
        }
        ++run;
    }
}

void CanaryStudio::takeRequests(int count) {
    const auto& requests = engine_.requests();
    auto first = requests.size() - std::min(requests.size(), static_cast<std::size_t>(std::max(count, 0)));
    for (; first < requests.size(); ++first)
        for (auto& [id, run] : runs_) {
            if (run->state() == canary::RunState::Idle) continue;
            if (const auto seen = telemetry::observationOf(requests[first], run->arms())) run->observe(*seen);
        }
}

void CanaryStudio::tickNow() {
    bool runs = false;
    for (auto& [id, run] : runs_) {
        const auto lines = run->journal().size();
        run->tick(wallNow());
        if (run->journal().size() != lines) emit changed(QString::fromStdString(id));
        runs = runs || run->state() == canary::RunState::Running || run->state() == canary::RunState::Paused;
    }
    emit judged();
    if (!runs) timer_.stop();
}

Result<void> CanaryStudio::act(const std::string& id, Action action) {
    auto* run = runOf(id);
    if (!run) return fail("canary-arms", "The workspace no longer has these arms.");
    auto done = (run->*action)(wallNow());
    timer_.start();
    emit changed(QString::fromStdString(id));
    return done;
}

Result<void> CanaryStudio::start(const std::string& id) { return act(id, &canary::CanaryRun::start); }
Result<void> CanaryStudio::step(const std::string& id) { return act(id, &canary::CanaryRun::step); }
Result<void> CanaryStudio::promote(const std::string& id) { return act(id, &canary::CanaryRun::promote); }
Result<void> CanaryStudio::rollBack(const std::string& id) { return act(id, &canary::CanaryRun::rollBack); }
Result<void> CanaryStudio::undo(const std::string& id) { return act(id, &canary::CanaryRun::undo); }

Result<void> CanaryStudio::pauseOrResume(const std::string& id) {
    const auto* run = runOf(id);
    return act(id, run && run->state() == canary::RunState::Paused ? &canary::CanaryRun::resume : &canary::CanaryRun::pause);
}

Result<void> CanaryStudio::writeReport(const std::string& id, const QString& file) {
    auto* run = runOf(id);
    if (!run) return fail("canary-arms", "The workspace no longer has these arms.");
    const canary::ReportFacts facts{.currency = currencyOf(engine_.requests()), .at = wallNow()};
    const bool html = file.endsWith(QLatin1String(".html"), Qt::CaseInsensitive) || file.endsWith(QLatin1String(".htm"), Qt::CaseInsensitive);
    const auto text = html ? canary::reportHtml(*run, facts) : canary::reportMarkdown(*run, facts);
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(text.data(), static_cast<qint64>(text.size())) != static_cast<qint64>(text.size()) || !out.commit())
        return fail("report-write", out.errorString().toStdString());
    return {};
}

}  // namespace gatehouse::ui
