// LabRuns: comparisons of the laboratory, one at a time beside the GUI thread, and the results of those that ended, newest first. How far
// one came is looked at by timer, never told run by run. Thread: GUI; the comparison on threads of its own. Lifetime: the Lab view's;
// destruction cancels and waits, which takes milliseconds.
#pragma once

#include "bridge/background_run.h"
#include "lab/sim/scenario.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <deque>
#include <memory>

namespace gatehouse::ui {

struct LabResult {
    int number = 0;  ///< From 1, rising.
    QDateTime at;
    qint64 millis = 0;  ///< How long it took.
    lab::sim::ScenarioReport report;
};
using LabResultRef = std::shared_ptr<const LabResult>;

class LabRuns : public QObject {
    Q_OBJECT
  public:
    enum class State { Idle, Running, Done, Failed, Cancelled };
    static constexpr std::size_t kKept = 12;

    explicit LabRuns(QObject* parent = nullptr);
    ~LabRuns() override;

    void start(const lab::sim::Scenario& scenario);
    void cancel();

    State state() const { return state_; }
    const QString& problem() const { return problem_; }  ///< Where it failed.
    const lab::sim::Scenario& scenario() const { return scenario_; }  ///< Of the last one that was begun.
    /// 0 to 1; 0 while traces are made.
    double share() const;
    std::pair<quint64, quint64> runs() const;
    /// Milliseconds until it ends, by how fast it went; -1: too early to say.
    qint64 remaining() const;
    const std::deque<LabResultRef>& results() const { return results_; }
    void forget(int number);

  signals:
    void changed();     ///< State or results.
    void progressed();  ///< While one runs.

  private:
    void ended(State state);

    State state_ = State::Idle;
    QString problem_;
    lab::sim::Scenario scenario_;
    std::shared_ptr<lab::sim::Watch> watch_;
    std::deque<LabResultRef> results_;
    int lastNumber_ = 0;
    QElapsedTimer clock_;
    QTimer looking_;
    BackgroundRun run_;  ///< Last: gone before what it hands things to.
};

}  // namespace gatehouse::ui
