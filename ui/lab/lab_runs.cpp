#include "lab/lab_runs.h"

#include "models/core_sentence.h"

#include <algorithm>
#include <thread>

namespace gatehouse::ui {
namespace {

constexpr int kLookMillis = 100;
/// Before that, how fast it goes says little.
constexpr qint64 kSureMillis = 2'000;

/// The data plane and the window need a core for themselves.
unsigned threads() { return std::max(1U, std::thread::hardware_concurrency() / 2); }

}  // namespace

LabRuns::LabRuns(QObject* parent) : QObject(parent) {
    looking_.setInterval(kLookMillis);
    connect(&looking_, &QTimer::timeout, this, &LabRuns::progressed);
}

LabRuns::~LabRuns() {
    if (watch_) watch_->stop = true;
}

void LabRuns::start(const lab::sim::Scenario& scenario) {
    if (watch_) watch_->stop = true;
    watch_ = std::make_shared<lab::sim::Watch>();
    scenario_ = scenario;
    problem_.clear();
    state_ = State::Running;
    clock_.start();
    looking_.start();
    run_.start([this, scenario, watch = watch_](const BackgroundRun::Stopped&, const BackgroundRun::Hand& hand) {
        auto report = std::make_shared<Result<lab::sim::ScenarioReport>>(lab::sim::compareAll(scenario, *watch, threads()));
        hand([this, report] {
            if (!*report) {
                problem_ = coreSentence(report->error().message);
                return ended(State::Failed);
            }
            if ((*report)->stopped) return ended(State::Cancelled);
            results_.push_front(std::make_shared<const LabResult>(LabResult{++lastNumber_, QDateTime::currentDateTime(), clock_.elapsed(), std::move(**report)}));
            if (results_.size() > kKept) results_.pop_back();
            ended(State::Done);
        });
    });
    emit changed();
}

void LabRuns::cancel() {
    if (state_ != State::Running) return;
    watch_->stop = true;
    run_.stop();
    ended(State::Cancelled);
}

void LabRuns::ended(State state) {
    looking_.stop();
    state_ = state;
    emit changed();
}

double LabRuns::share() const {
    if (!watch_ || watch_->allRequests == 0) return 0;
    return std::min(1.0, double(watch_->requests) / double(watch_->allRequests));
}

std::pair<quint64, quint64> LabRuns::runs() const { return watch_ ? std::pair<quint64, quint64>(watch_->runs, watch_->allRuns) : std::pair<quint64, quint64>(0, 0); }

qint64 LabRuns::remaining() const {
    const double done = share();
    const qint64 elapsed = clock_.isValid() ? clock_.elapsed() : 0;
    if (elapsed < kSureMillis || done <= 0.01) return -1;
    return static_cast<qint64>(double(elapsed) * (1 - done) / done);
}

void LabRuns::forget(int number) {
    std::erase_if(results_, [number](const LabResultRef& result) { return result->number == number; });
    emit changed();
}

}  // namespace gatehouse::ui
