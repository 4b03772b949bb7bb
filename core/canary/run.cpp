#include "canary/run.h"

#include <fmt/format.h>

#include <algorithm>

namespace gatehouse::canary {
namespace {

constexpr std::size_t kMostJournal = 1000;
constexpr std::size_t kMostUndo = 50;

std::string changeName(const CanaryArms& arms, std::size_t canary, int percent) {
    return fmt::format("Give {} {} %", arms.arms[canary].label, percent);
}

/// The metric that decided, and where its difference sits.
std::string whyWorse(const CanaryVerdict& verdict) {
    for (const auto& metric : verdict.metrics)
        if (metric.rule.guard && metric.outcome == Outcome::Worse)
            return metric.where ? fmt::format("{}: {}", metricName(metric.rule.metric), metric.where->value) : metricName(metric.rule.metric);
    return {};
}

}  // namespace

CanaryPlan CanaryPlan::usual() {
    CanaryPlan plan;
    for (const int percent : {1, 5, 25, 50, 100}) plan.steps.push_back({percent, std::chrono::minutes(10), 0});
    plan.judgement.steps = plan.steps.size();
    return plan;
}

Result<void> CanaryPlan::check(const CanaryArms& arms) const {
    if (!arms.weighted()) return fail("canary-plan", "Clients choose between these arms: there are no weights to step.");
    if (stable >= arms.arms.size() || canary >= arms.arms.size() || stable == canary) return fail("canary-plan", "The plan names arms that are not there.");
    if (steps.empty()) return fail("canary-plan", "The plan has no step.");
    int last = 0;
    for (const auto& step : steps) {
        if (step.percent <= last || step.percent > 100) return fail("canary-plan", "The steps must rise, from above 0 to at most 100 percent.");
        if (step.hold.count() < 0) return fail("canary-plan", "A step cannot be held for less than no time.");
        last = step.percent;
    }
    if (patience.count() <= 0) return fail("canary-plan", "A step needs time before it is inconclusive.");
    if (!(judgement.alpha > 0 && judgement.alpha < 1) || !(judgement.ratioAlpha > 0 && judgement.ratioAlpha < 1))
        return fail("canary-plan", "An error rate lies between 0 and 1.");
    if (judgement.guards() == 0) return fail("canary-plan", "No metric decides.");
    return {};
}

CanaryRun::CanaryRun(CanaryArms arms, CanaryPlan plan, SetWeights setWeights)
    : arms_(std::move(arms)), plan_(std::move(plan)), setWeights_(std::move(setWeights)), original_(arms_.weights()), statistics_(arms_.arms.size()) {
    plan_.judgement.steps = plan_.steps.size();
}

int CanaryRun::percent() const {
    const auto shares = arms_.shares();
    return plan_.canary < shares.size() ? static_cast<int>(shares[plan_.canary] * 100 + 0.5) : 0;
}

void CanaryRun::write(RunEvent event, base::WallTime now, bool byItself, std::string note) {
    if (journal_.size() >= kMostJournal) journal_.erase(journal_.begin());
    journal_.push_back({now, event, byItself, percent(), std::move(note)});
}

void CanaryRun::beginWindow(base::WallTime now) {
    if (verdict_.voided) statistics_.voidSteps(false);
    statistics_.beginStep(arms_.shares(), now);
    stepBegan_ = now;
    gateOpen_ = false;
    verdict_ = judge(statistics_, plan_.judgement, plan_.stable, plan_.canary);
}

Result<void> CanaryRun::moveTo(std::vector<std::uint32_t> weights, RunState state, std::size_t step, const std::string& name, base::WallTime now, bool remember) {
    const Before before{arms_.weights(), state_, step_};
    if (weights != before.weights) {
        if (auto set = setWeights_(weights, name); !set) {
            write(RunEvent::Failed, now, false, set.error().message);
            return set;
        }
        for (std::size_t i = 0; i < weights.size(); ++i) arms_.arms[i].weight = weights[i];
    }
    if (remember) {
        if (undo_.size() >= kMostUndo) undo_.erase(undo_.begin());
        undo_.push_back(before);
    }
    state_ = state;
    step_ = step;
    if (state == RunState::Promoted || state == RunState::RolledBack) return {};
    beginWindow(now);
    return {};
}

Result<void> CanaryRun::start(base::WallTime now) {
    if (state_ == RunState::Running || state_ == RunState::Paused) return fail("canary-state", "The canary runs already.");
    if (auto good = plan_.check(arms_); !good) return good;
    const auto before = original_;
    original_ = arms_.weights();
    auto kept = std::exchange(statistics_, CanaryStatistics(arms_.arms.size()));
    const auto verdict = std::exchange(verdict_, {});
    const int first = plan_.steps.front().percent;
    auto moved = moveTo(weightsWith(original_, plan_.canary, first), first == 100 ? RunState::Promoted : RunState::Running, 0,
                        changeName(arms_, plan_.canary, first), now, true);
    if (!moved) {
        original_ = before;
        statistics_ = std::move(kept);
        verdict_ = verdict;
        return moved;
    }
    write(RunEvent::Started, now);
    return {};
}

Result<void> CanaryRun::pause(base::WallTime now) {
    if (state_ != RunState::Running) return fail("canary-state", "Only a running canary can be paused.");
    state_ = RunState::Paused;
    write(RunEvent::Paused, now);
    return {};
}

Result<void> CanaryRun::resume(base::WallTime now) {
    if (state_ != RunState::Paused) return fail("canary-state", "Only a paused canary can be resumed.");
    state_ = RunState::Running;
    if (verdict_.outcome == Outcome::Worse) {
        // Somebody has seen it and goes on: what was found so far is no reason to stop again.
        statistics_.voidSteps(true);
        beginWindow(now);
    } else if (verdict_.voided) {
        beginWindow(now);
    }
    stepBegan_ = now;
    write(RunEvent::Resumed, now);
    return {};
}

Result<void> CanaryRun::advance(base::WallTime now, bool byItself) {
    const auto next = step_ + 1;
    if (next >= plan_.steps.size() || plan_.steps[next].percent == 100) return finish(RunState::Promoted, now, byItself);
    const int percent = plan_.steps[next].percent;
    if (auto moved = moveTo(weightsWith(original_, plan_.canary, percent), RunState::Running, next, changeName(arms_, plan_.canary, percent), now, true); !moved)
        return moved;
    write(RunEvent::Stepped, now, byItself);
    return {};
}

Result<void> CanaryRun::step(base::WallTime now) {
    if (state_ != RunState::Running && state_ != RunState::Paused) return fail("canary-state", "The canary does not run.");
    return advance(now, false);
}

Result<void> CanaryRun::finish(RunState state, base::WallTime now, bool byItself, std::string note) {
    const int percent = state == RunState::Promoted ? 100 : 0;
    const auto last = state == RunState::Promoted ? plan_.steps.size() - 1 : step_;
    if (auto moved = moveTo(weightsWith(original_, plan_.canary, percent), state, last, changeName(arms_, plan_.canary, percent), now, true); !moved) return moved;
    write(state == RunState::Promoted ? RunEvent::Promoted : RunEvent::RolledBack, now, byItself, std::move(note));
    return {};
}

Result<void> CanaryRun::promote(base::WallTime now) {
    if (state_ != RunState::Running && state_ != RunState::Paused) return fail("canary-state", "The canary does not run.");
    return finish(RunState::Promoted, now, false);
}

Result<void> CanaryRun::rollBack(base::WallTime now) {
    if (state_ == RunState::RolledBack || state_ == RunState::Idle) return fail("canary-state", "There is nothing to roll back.");
    return finish(RunState::RolledBack, now, false);
}

Result<void> CanaryRun::undo(base::WallTime now) {
    if (undo_.empty()) return fail("canary-undo", "There is nothing to take back.");
    const auto before = undo_.back();
    // What was running waits for a word: what ended it may still hold.
    const auto state = before.state == RunState::Running ? RunState::Paused : before.state;
    const auto verdict = verdict_;
    if (auto moved = moveTo(before.weights, state, before.step, "Take the canary's last change back", now, false); !moved) return moved;
    if (state == RunState::Paused && verdict.outcome == Outcome::Worse) verdict_ = verdict;
    undo_.pop_back();
    write(RunEvent::Undone, now);
    return {};
}

void CanaryRun::halt(RunEvent event, base::WallTime now, std::string note) {
    state_ = RunState::Paused;
    write(event, now, true, std::move(note));
}

bool CanaryRun::gateHolds(base::WallTime now) const {
    const auto& step = plan_.steps[step_];
    return verdict_.outcome == Outcome::NoHarm && now - stepBegan_ >= step.hold &&
           statistics_.steps().back().arms[plan_.canary].requests >= step.requests;
}

const CanaryVerdict& CanaryRun::tick(base::WallTime now) {
    if (statistics_.steps().empty() || (state_ != RunState::Running && state_ != RunState::Paused)) return verdict_;
    auto verdict = judge(statistics_, plan_.judgement, plan_.stable, plan_.canary, now - stepBegan_ >= plan_.patience);
    // A paused run keeps the reason for which it was paused.
    if (state_ == RunState::Paused && verdict_.outcome == Outcome::Worse) return verdict_;
    verdict_ = std::move(verdict);
    if (state_ == RunState::Paused) return verdict_;
    if (verdict_.outcome == Outcome::Worse) {
        if (!plan_.armed || !finish(RunState::RolledBack, now, true, whyWorse(verdict_))) halt(RunEvent::Worse, now, whyWorse(verdict_));
    } else if (verdict_.voided) {
        halt(RunEvent::SampleRatio, now, {});
    } else if (verdict_.outcome == Outcome::Inconclusive) {
        halt(RunEvent::Inconclusive, now, {});
    } else if (!gateHolds(now)) {
        gateOpen_ = false;
    } else {
        if (!gateOpen_) write(RunEvent::GateOpened, now, true);
        gateOpen_ = true;
        if (plan_.automatic && !advance(now, true)) state_ = RunState::Paused;
    }
    return verdict_;
}

void CanaryRun::weightsAre(const std::vector<std::uint32_t>& weights, base::WallTime now) {
    if (weights.size() != arms_.arms.size() || weights == arms_.weights()) return;
    for (std::size_t i = 0; i < weights.size(); ++i) arms_.arms[i].weight = weights[i];
    if (state_ != RunState::Running && state_ != RunState::Paused) return;
    beginWindow(now);
    if (state_ == RunState::Running) halt(RunEvent::ChangedElsewhere, now, {});
}

}  // namespace gatehouse::canary
