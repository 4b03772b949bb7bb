// CanaryStudio: the canaries that run, one for each split at most. Feeds them with finished requests, ticks them ten times a second so
// that an armed rollback acts within one second of *worse*, and writes their weights as undo steps of the document; also while another
// view is shown. Thread: GUI. Lifetime: the Canary view's.
#pragma once

#include "canary/run.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <map>
#include <memory>
#include <string>

namespace gatehouse::ui {

class EngineBridge;
class WorkspaceDocument;

class CanaryStudio : public QObject {
    Q_OBJECT
  public:
    CanaryStudio(EngineBridge& engine, WorkspaceDocument& document, QObject* parent = nullptr);

    /// The run of a split; null: the workspace has no such split.
    canary::CanaryRun* runOf(const std::string& id);
    /// Replaces the plan of a run that has not begun, or is over. Error "canary-plan" or "canary-state".
    Result<void> setPlan(const std::string& id, canary::CanaryPlan plan);

    // Each writes one undo step, or answers why not.
    Result<void> start(const std::string& id);
    Result<void> pauseOrResume(const std::string& id);
    Result<void> step(const std::string& id);
    Result<void> promote(const std::string& id);
    Result<void> rollBack(const std::string& id);
    Result<void> undo(const std::string& id);

    /// What the timer does; tests call it.
    void tickNow();
    /// HTML where the file's name ends so, else Markdown. Error: the file could not be written.
    Result<void> writeReport(const std::string& id, const QString& file);

  signals:
    void changed(const QString& id);      ///< State, step or journal.
    void judged();                        ///< After each round of verdicts.

  private:
    using Action = Result<void> (canary::CanaryRun::*)(base::WallTime);
    Result<void> act(const std::string& id, Action action);
    Result<void> setWeights(const std::string& id, const std::vector<std::uint32_t>& weights, const std::string& name);
    std::unique_ptr<canary::CanaryRun> makeRun(canary::CanaryArms arms, canary::CanaryPlan plan);
    void takeObjects();
    void takeRequests(int count);

    EngineBridge& engine_;
    WorkspaceDocument& document_;
    std::map<std::string, std::unique_ptr<canary::CanaryRun>> runs_;
    std::map<std::string, canary::CanaryArms> arms_;
    QTimer timer_;
    bool writing_ = false;  ///< A run is changing the weights: what the document says then is its own.
};

}  // namespace gatehouse::ui
