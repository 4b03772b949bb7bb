// CanaryRun: one canary from its first step to the end: the plan as a state machine, the statistics of its arms, the verdict, and the
// journal of what happened. It has no clock and no thread: everybody who calls says what time it is, so tests move it. The weights are
// changed through a function that edits the workspace; a run never holds what the workspace does not say.
// Thread: one owner (the GUI's). Lifetime: as its owner; the function must outlive it.
#pragma once

#include "canary/arms.h"
#include "canary/verdict.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::canary {

struct PlanStep {
    int percent = 0;                         ///< The canary's part. 100 ends the plan: promoted.
    std::chrono::seconds hold{0};            ///< At least so long.
    std::uint64_t requests = 0;              ///< At least so many of the canary.
};

struct CanaryPlan {
    std::size_t stable = 0, canary = 1;      ///< In CanaryArms::arms.
    std::vector<PlanStep> steps;
    bool automatic = false;                  ///< Steps by itself when a gate opens; else somebody steps.
    bool armed = true;                       ///< Rolls back by itself when the verdict is *worse*; else pauses.
    std::chrono::seconds patience{3600};     ///< A step that is not decided by then is inconclusive, and pauses.
    Judgement judgement = Judgement::usual();

    /// 1, 5, 25, 50, 100 with ten minutes each.
    static CanaryPlan usual();
    /// Error "canary-plan": a sentence.
    Result<void> check(const CanaryArms& arms) const;
};

enum class RunState : std::uint8_t { Idle, Running, Paused, Promoted, RolledBack };
enum class RunEvent : std::uint8_t {
    Started, Paused, Resumed, Stepped, Promoted, RolledBack, Undone,
    GateOpened,       ///< No harm at margin, held long enough: may step.
    Worse, Inconclusive, SampleRatio,
    ChangedElsewhere, ///< Somebody else changed the weights: paused.
    Failed,           ///< The weights could not be written; `note` says why.
};
const char* stateName(RunState state);
const char* eventName(RunEvent event);

struct JournalEntry {
    base::WallTime at{};
    RunEvent event = RunEvent::Started;
    bool byItself = false;  ///< The plan did it, nobody asked.
    int percent = 0;        ///< The canary's part afterwards.
    std::string note;       ///< The metric that was worse; an error's sentence; empty.
};

class CanaryRun {
  public:
    /// Writes the weights into the workspace as one edit of this name.
    using SetWeights = std::function<Result<void>(const std::vector<std::uint32_t>& weights, const std::string& name)>;

    /// `plan` must pass check().
    CanaryRun(CanaryArms arms, CanaryPlan plan, SetWeights setWeights);

    // Errors: "canary-state" where the state does not allow it; that of the edit, and then nothing has changed.
    Result<void> start(base::WallTime now);   ///< To the first step. From Idle, Promoted or RolledBack; statistics begin anew.
    Result<void> pause(base::WallTime now);
    Result<void> resume(base::WallTime now);  ///< The step's time begins anew, its statistics go on.
    Result<void> step(base::WallTime now);    ///< The last step promotes.
    Result<void> promote(base::WallTime now);
    Result<void> rollBack(base::WallTime now);
    /// Takes the last start, step, promotion or rollback back: weights, state and step. Error "canary-undo": nothing to take back.
    Result<void> undo(base::WallTime now);

    bool observe(const Observation& observation) { return statistics_.add(observation); }
    /// Judges, and does what the plan says. Call it as often as you like, but at least every second while armed.
    const CanaryVerdict& tick(base::WallTime now);
    /// The workspace says these weights now: if they are not the run's, it pauses and compares by them from here.
    void weightsAre(const std::vector<std::uint32_t>& weights, base::WallTime now);

    RunState state() const { return state_; }
    std::size_t stepIndex() const { return step_; }
    int percent() const;                         ///< The canary's, by the weights.
    base::WallTime stepBegan() const { return stepBegan_; }
    bool gateOpen() const { return gateOpen_; }
    bool canUndo() const { return !undo_.empty(); }
    const CanaryArms& arms() const { return arms_; }
    const CanaryPlan& plan() const { return plan_; }
    void arm(bool armed) { plan_.armed = armed; }
    void automate(bool automatic) { plan_.automatic = automatic; }
    const CanaryStatistics& statistics() const { return statistics_; }
    const CanaryVerdict& verdict() const { return verdict_; }
    const std::vector<JournalEntry>& journal() const { return journal_; }

  private:
    struct Before {
        std::vector<std::uint32_t> weights;
        RunState state = RunState::Idle;
        std::size_t step = 0;
    };

    Result<void> moveTo(std::vector<std::uint32_t> weights, RunState state, std::size_t step, const std::string& name, base::WallTime now, bool remember);
    Result<void> advance(base::WallTime now, bool byItself);
    Result<void> finish(RunState state, base::WallTime now, bool byItself, std::string note = {});
    void beginWindow(base::WallTime now);
    void halt(RunEvent event, base::WallTime now, std::string note);
    void write(RunEvent event, base::WallTime now, bool byItself = false, std::string note = {});
    bool gateHolds(base::WallTime now) const;

    CanaryArms arms_;
    CanaryPlan plan_;
    SetWeights setWeights_;
    std::vector<std::uint32_t> original_;  ///< Before the start: where a rollback leads.
    RunState state_ = RunState::Idle;
    std::size_t step_ = 0;
    base::WallTime stepBegan_{};
    bool gateOpen_ = false;
    CanaryStatistics statistics_;
    CanaryVerdict verdict_;
    std::vector<Before> undo_;
    std::vector<JournalEntry> journal_;
};

}  // namespace gatehouse::canary
