#include "canary/statistics.h"

#include <algorithm>
#include <span>
#include <string_view>

namespace gatehouse::canary {
namespace {

struct Class {
    std::int64_t below;
    std::string_view name;
};
constexpr std::string_view kUnknown = "unknown", kOthers = "others";
constexpr double kNano = 1e9;

std::string_view classOf(std::int64_t tokens, std::span<const Class> classes) {
    if (tokens < 0) return kUnknown;
    for (const auto& row : classes)
        if (tokens < row.below) return row.name;
    return classes.back().name;
}

std::array<std::int64_t, kTimings> timingsOf(const Observation& o) { return {o.ttft, o.tpot, o.endToEnd, o.outputTokens}; }

void addTimings(std::array<Sketch, kTimings>& sketches, const Observation& observation) {
    const auto values = timingsOf(observation);
    for (std::size_t i = 0; i < kTimings; ++i)
        if (values[i] >= 0) sketches[i].add(static_cast<double>(values[i]));
}

void addMoments(Moments& tokens, Moments& output, Moments& cost, const Observation& o) {
    if (o.inputTokens >= 0 && o.outputTokens >= 0) tokens.add(static_cast<double>(o.inputTokens + o.outputTokens));
    if (o.outputTokens >= 0) output.add(static_cast<double>(o.outputTokens));
    if (o.costNano >= 0) cost.add(static_cast<double>(o.costNano) / kNano);
}

void merge(Slice& into, const Slice& from) {
    into.requests += from.requests;
    into.errors += from.errors;
    into.blocks += from.blocks;
    for (std::size_t i = 0; i < kTimings; ++i) into.timings[i].merge(from.timings[i]);
}

std::size_t bytesOf(const ArmWindow& window) {
    std::size_t bytes = sizeof window;
    for (const auto& sketch : window.timings) bytes += sketch.memoryBytes();
    for (const auto& sketch : window.unitTimings) bytes += sketch.memoryBytes();
    for (const auto& slices : window.slices)
        for (const auto& [name, slice] : slices) {
            bytes += sizeof slice + name.capacity() + 64;
            for (const auto& sketch : slice.timings) bytes += sketch.memoryBytes();
        }
    return bytes;
}

}  // namespace

std::string_view CanaryStatistics::promptClass(std::int64_t tokens) {
    static constexpr std::array<Class, 5> kClasses{{{256, "below 256"}, {1024, "256 to 1k"}, {4096, "1k to 4k"}, {16384, "4k to 16k"}, {0, "16k and more"}}};
    return classOf(tokens, kClasses);
}

std::string_view CanaryStatistics::answerClass(std::int64_t tokens) {
    static constexpr std::array<Class, 4> kClasses{{{64, "below 64"}, {256, "64 to 256"}, {1024, "256 to 1k"}, {0, "1k and more"}}};
    return classOf(tokens, kClasses);
}

void ArmWindow::merge(const ArmWindow& other) {
    requests += other.requests;
    errors += other.errors;
    blocks += other.blocks;
    units += other.units;
    errorUnits += other.errorUnits;
    blockUnits += other.blockUnits;
    sticky = sticky || other.sticky;
    for (std::size_t i = 0; i < kTimings; ++i) {
        timings[i].merge(other.timings[i]);
        unitTimings[i].merge(other.unitTimings[i]);
    }
    tokens.merge(other.tokens);
    outputTokens.merge(other.outputTokens);
    cost.merge(other.cost);
    unitCost.merge(other.unitCost);
    unitTokens.merge(other.unitTokens);
    unitOutput.merge(other.unitOutput);
    for (std::size_t i = 0; i < kDimensions; ++i)
        for (const auto& [name, slice] : other.slices[i]) canary::merge(slices[i][name], slice);
}

StepCounts StepWindow::counts(std::size_t stable, std::size_t canary) const {
    StepCounts out;
    if (voided || stable >= arms.size() || canary >= arms.size()) return out;
    out.stable = arms[stable].units;
    out.canary = arms[canary].units;
    if (shares.size() == arms.size()) {
        const double both = shares[stable] + shares[canary];
        out.split = both > 0 ? shares[canary] / both : 0;
    } else if (out.stable + out.canary > 0) {
        out.split = static_cast<double>(out.canary) / static_cast<double>(out.stable + out.canary);
    }
    return out;
}

void CanaryStatistics::beginStep(std::vector<double> shares, base::WallTime at) {
    if (steps_.size() >= kMostSteps && steps_[0].shares == steps_[1].shares && steps_[0].voided == steps_[1].voided) {
        for (std::size_t i = 0; i < armCount_; ++i) steps_[0].arms[i].merge(steps_[1].arms[i]);
        steps_.erase(steps_.begin() + 1);
    } else if (steps_.size() >= kMostSteps) {
        steps_.erase(steps_.begin());
    }
    StepWindow step;
    step.shares = std::move(shares);
    step.began = at;
    step.arms.resize(armCount_);
    steps_.push_back(std::move(step));
    sessions_.clear();
}

void CanaryStatistics::voidSteps(bool all) {
    if (steps_.empty()) return;
    for (auto& step : steps_) step.voided = step.voided || all;
    steps_.back().voided = true;
}

bool CanaryStatistics::add(const Observation& observation) {
    if (observation.arm >= armCount_) return false;
    auto step = steps_.rbegin();
    while (step != steps_.rend() && observation.startedAt < step->began) ++step;
    if (step == steps_.rend() || observation.startedAt < step->began + kSettle) return false;
    auto& window = step->arms[observation.arm];
    ++window.requests;
    window.errors += observation.error ? 1 : 0;
    window.blocks += observation.blocked ? 1 : 0;
    addTimings(window.timings, observation);
    addMoments(window.tokens, window.outputTokens, window.cost, observation);
    addSlices(window, observation);
    if (observation.session == 0) {
        ++window.units;
        window.errorUnits += observation.error ? 1 : 0;
        window.blockUnits += observation.blocked ? 1 : 0;
    } else if (step == steps_.rbegin()) {
        addUnit(window, observation);
    }
    return true;
}

void CanaryStatistics::addUnit(ArmWindow& window, const Observation& observation) {
    window.sticky = true;
    auto found = sessions_.find(observation.session);
    if (found == sessions_.end()) {
        if (sessions_.size() >= kMostSessions) return;
        found = sessions_.emplace(observation.session, Session{}).first;
        ++window.units;
        addTimings(window.unitTimings, observation);
        addMoments(window.unitTokens, window.unitOutput, window.unitCost, observation);
    }
    auto& session = found->second;
    if (observation.error && !session.error) ++window.errorUnits;
    if (observation.blocked && !session.block) ++window.blockUnits;
    session.error = session.error || observation.error;
    session.block = session.block || observation.blocked;
}

void CanaryStatistics::addSlices(ArmWindow& window, const Observation& observation) {
    const std::array<std::string_view, kDimensions> names{observation.pod.empty() ? kUnknown : observation.pod,
                                                          promptClass(observation.inputTokens), answerClass(observation.outputTokens)};
    for (std::size_t i = 0; i < kDimensions; ++i) {
        auto& slices = window.slices[i];
        auto found = slices.find(names[i]);
        if (found == slices.end()) {
            const auto name = slices.size() < kMostPods ? names[i] : kOthers;
            found = slices.try_emplace(std::string(name)).first;
        }
        auto& slice = found->second;
        ++slice.requests;
        slice.errors += observation.error ? 1 : 0;
        slice.blocks += observation.blocked ? 1 : 0;
        addTimings(slice.timings, observation);
    }
}

ArmWindow CanaryStatistics::total(std::size_t arm) const {
    ArmWindow out;
    for (const auto& step : steps_)
        if (arm < step.arms.size()) out.merge(step.arms[arm]);
    return out;
}

std::size_t CanaryStatistics::memoryBytes() const {
    std::size_t bytes = sizeof *this + sessions_.size() * (sizeof(std::uint64_t) + sizeof(Session) + 2 * sizeof(void*));
    for (const auto& step : steps_)
        for (const auto& arm : step.arms) bytes += bytesOf(arm);
    return bytes;
}

}  // namespace gatehouse::canary
