#include "inference/pool.h"

#include "base/ids.h"
#include "inference/pool_scores.h"
#include "inference/scheduler.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

namespace gatehouse::inference {

namespace {

constexpr double kNotScored = -std::numeric_limits<double>::infinity();

enum class Excluded : std::uint8_t { No, Avoided, Ejected, Unreachable, NotAsked };

/// One pod as read for this pick.
struct Seen : ScoredPod {
    Excluded excluded = Excluded::No;
};

/// The pods as of this moment. Scratch of the calling thread: it grows once, so that a pick allocates nothing.
struct Scan {
    std::vector<Seen> pods;
    std::vector<ScoredPod*> scored;
    int usable = 0, fresh = 0;
};

void read(const Pod& pod, const PickAsk& ask, base::Millis staleAfter, Scan& scan, Seen& seen) {
    const auto& endpoint = *pod.endpoint;
    seen.inFlight = std::max(0, endpoint.inFlight.load(std::memory_order_relaxed));
    // Picks that have ended meanwhile wait nowhere, so no more can be outstanding than are in flight.
    seen.reserved = std::clamp(pod.reservedSinceScrape.load(std::memory_order_relaxed), 0, seen.inFlight);
    if (&pod == ask.avoid) {
        seen.excluded = Excluded::Avoided;
    } else if (ask.leavesOut(pod)) {
        seen.excluded = Excluded::NotAsked;
    } else if (endpoint.ejectedUntil.load(std::memory_order_relaxed) > ask.now.time_since_epoch().count()) {
        seen.excluded = Excluded::Ejected;
    } else if (pod.unreachable()) {
        seen.excluded = Excluded::Unreachable;
    }
    if (seen.excluded != Excluded::No) return;
    ++scan.usable;

    base::MonoTime at;
    const PodMetrics metrics = pod.load(at);
    seen.waiting = metrics.waiting;
    seen.kvUse = metrics.kvUse;
    seen.fresh = metrics.known(metrics.waiting) && ask.now - at <= staleAfter;
    if (!seen.fresh) return;
    ++scan.fresh;
}

/// True when by metrics, false when by least-request.
bool score(Scan& scan, const PickerOptions& options) {
    scan.scored.clear();
    for (Seen& pod : scan.pods) {
        pod.usable = pod.excluded == Excluded::No;
        pod.total = kNotScored;
        scan.scored.push_back(&pod);
    }
    return scorePods(scan.scored, options);
}

struct Choice {
    int chosen = -1;
    int tied = 0;
    int runnerUp = -1;
    double margin = 0;
};

Choice choose(const std::vector<Seen>& pods) {
    double best = kNotScored;
    for (const Seen& pod : pods) best = std::max(best, pod.total);
    Choice choice;
    if (best == kNotScored) return choice;
    for (const Seen& pod : pods) choice.tied += pod.total >= best - kTieBand;
    auto draw = choice.tied > 1 ? base::randomBelow(static_cast<std::uint64_t>(choice.tied)) : 0;
    double next = kNotScored;
    for (int i = 0; i < static_cast<int>(pods.size()); ++i) {
        const double total = pods[static_cast<std::size_t>(i)].total;
        if (total >= best - kTieBand && choice.chosen < 0 && draw-- == 0) {
            choice.chosen = i;
        } else if (total > next) {
            next = total;
            choice.runnerUp = i;
        }
    }
    if (choice.runnerUp >= 0 && choice.tied == 1) choice.margin = best - next;
    return choice;
}

const char* sentence(Excluded excluded) {
    switch (excluded) {
        case Excluded::Avoided: return "already failed for this request";
        case Excluded::Ejected: return "ejected after repeated failures";
        case Excluded::Unreachable: return "refuses connections";
        case Excluded::NotAsked: return "not among those that may be picked";
        default: return "";
    }
}

std::string sentence(const Scan& scan, const std::vector<std::shared_ptr<Pod>>& pods, const Choice& choice,
                     PickMethod method, const PickerOptions& options) {
    if (method == PickMethod::None)
        return pods.empty() ? "the pool has no ready pods" : fmt::format("none of {} pods can be used", pods.size());
    if (method == PickMethod::Only) return "the only usable pod";
    const auto& chosen = scan.pods[static_cast<std::size_t>(choice.chosen)];
    const auto rest = [&]() -> std::string {
        if (choice.tied > 1) return fmt::format("drawn at random among {} equal pods", choice.tied);
        if (choice.runnerUp < 0) return "no other pod";
        return fmt::format("margin {:.2f} to {}", choice.margin, pods[static_cast<std::size_t>(choice.runnerUp)]->name);
    };
    if (method == PickMethod::LeastRequest)
        return fmt::format("metrics of {} of {} pods are missing or older than {} ms: least requests in flight ({}), {}",
                           scan.usable - scan.fresh, scan.usable, options.staleAfter.count(), chosen.inFlight, rest());
    return fmt::format("best score {:.2f} of {:.0f}, {}{}", chosen.total,
                       options.queueWeight + options.kvWeight + options.loadWeight, rest(),
                       scan.fresh < scan.usable
                           ? fmt::format("; {} pods without fresh metrics judged by requests in flight",
                                         scan.usable - scan.fresh)
                           : "");
}

void fill(PickRecord& record, const Pool& pool, const Scan& scan, const Choice& choice, PickMethod method,
          base::MonoTime now) {
    record.pool = pool.name();
    record.method = method;
    record.chosen = choice.chosen;
    record.margin = choice.margin;
    record.tied = std::max(choice.tied, 1);
    record.pods = static_cast<int>(scan.pods.size());
    record.reason = sentence(scan, pool.pods(), choice, method, pool.options());
    record.candidates.clear();
    record.candidates.reserve(scan.pods.size());
    for (std::size_t i = 0; i < scan.pods.size(); ++i) {
        const Pod& pod = *pool.pods()[i];
        const Seen& seen = scan.pods[i];
        base::MonoTime at;
        const PodMetrics metrics = pod.load(at);
        Candidate& candidate = record.candidates.emplace_back();
        candidate.pod = pod.name;
        candidate.address = fmt::format("{}:{}", pod.endpoint->host, pod.endpoint->port);
        candidate.waiting = seen.excluded == Excluded::No ? seen.waiting : metrics.waiting;
        candidate.running = metrics.running;
        candidate.kvUse = seen.excluded == Excluded::No ? seen.kvUse : metrics.kvUse;
        candidate.gpuMemoryPercent = metrics.gpuMemoryPercent();
        candidate.inFlight = seen.inFlight;
        candidate.reserved = seen.reserved;
        if (at != base::MonoTime{}) {
            const auto age = std::chrono::duration_cast<base::Millis>(now - at).count();
            candidate.ageMillis = static_cast<std::int32_t>(std::clamp<std::int64_t>(age, 0, INT32_MAX));
        }
        candidate.excluded = sentence(seen.excluded);
        if (seen.excluded != Excluded::No) continue;
        candidate.estimated = !seen.fresh;
        candidate.queueScore = seen.queueScore;
        candidate.kvScore = seen.kvScore;
        candidate.loadScore = seen.loadScore;
        candidate.total = seen.total;
    }
}

}  // namespace

Pool::Pool(std::string id, std::string name, std::vector<std::shared_ptr<Pod>> pods, PickerOptions options,
           std::shared_ptr<Scheduler> scheduler, std::shared_ptr<const PickProfile> profile)
    : id_(std::move(id)),
      name_(std::move(name)),
      pods_(std::move(pods)),
      options_(options),
      mutex_(std::make_shared<std::mutex>()),
      scheduler_(std::move(scheduler)),
      profile_(std::move(profile)) {
    if (scheduler_) slots_ = scheduler_->enrol(pods_);
}

int Pool::priorityOf(std::string_view objective) const {
    const auto found = priorities_.objectives.find(objective);
    return found == priorities_.objectives.end() ? 0 : found->second;
}

int Pool::priorityOfModel(std::string_view model) const {
    const auto found = priorities_.models.find(model);
    return found == priorities_.models.end() ? 0 : found->second;
}

PickResult Pool::pickByScores(const PickAsk& ask, PickRecord* record, bool reserve) const {
    static thread_local Scan scan;
    Choice choice;
    PickMethod method = PickMethod::None;
    PickResult result;
    {
        std::lock_guard lock(*mutex_);
        scan.pods.assign(pods_.size(), Seen{});
        scan.usable = scan.fresh = 0;
        for (std::size_t i = 0; i < pods_.size(); ++i)
            read(*pods_[i], ask, options_.staleAfter, scan, scan.pods[i]);
        const bool byMetrics = score(scan, options_);
        choice = choose(scan.pods);
        if (choice.chosen >= 0) {
            method = scan.usable == 1 ? PickMethod::Only : byMetrics ? PickMethod::Metrics : PickMethod::LeastRequest;
            result.pod = pods_[static_cast<std::size_t>(choice.chosen)];
            if (reserve) result.pod->count();
        }
    }
    if (record) fill(*record, *this, scan, choice, method, ask.now);
    return result;
}

PickResult Pool::pick(const PickAsk& ask, Decision* decision) {
    if (!scheduler_) {
        if (decision == nullptr) return pickByScores(ask, nullptr, true);
        auto record = std::make_shared<PickRecord>();
        auto result = pickByScores(ask, record.get(), true);
        decision->method = record->method;
        decision->whole = std::move(record);
        return result;
    }
    const auto picked = scheduler_->pick(*this, ask, decision, true, false);
    if (picked.pod < 0) return {};
    return {pods_[static_cast<std::size_t>(picked.pod)], Booking(scheduler_, picked.reservation)};
}

DecisionRef Pool::newDecision() const { return scheduler_ ? scheduler_->shelf().take() : DecisionRef(new Decision, ReturnDecision{}); }

PickResult Pool::pick(base::MonoTime now, PickRecord* record, const Pod* avoid) {
    const PickAsk ask{.now = now, .avoid = avoid};
    if (!scheduler_) return pickByScores(ask, record, true);
    Decision decision;
    auto result = pick(ask, record != nullptr ? &decision : nullptr);
    if (record != nullptr) *record = describe(decision, *this);
    return result;
}

std::shared_ptr<Pod> Pool::preview(const PickAsk& ask, PickRecord& record) const {
    if (!scheduler_) return pickByScores(ask, &record, false).pod;
    Decision decision;
    const auto picked = scheduler_->pick(*this, ask, &decision, false, true);
    record = describe(decision, *this);
    return picked.pod < 0 ? nullptr : pods_[static_cast<std::size_t>(picked.pod)];
}

void Pool::release(Pod& pod) { pod.endpoint->inFlight.fetch_sub(1, std::memory_order_relaxed); }

Booking::Booking(std::shared_ptr<Scheduler> scheduler, Reservation* reservation) : scheduler_(std::move(scheduler)), reservation_(reservation) {}
Booking::Booking(Booking&& other) noexcept
    : scheduler_(std::move(other.scheduler_)), reservation_(std::exchange(other.reservation_, nullptr)) {}

Booking& Booking::operator=(Booking&& other) noexcept {
    if (this == &other) return *this;
    if (reservation_ != nullptr) finish(base::MonoClock::now(), {});
    scheduler_ = std::move(other.scheduler_);
    reservation_ = std::exchange(other.reservation_, nullptr);
    return *this;
}

Booking::~Booking() {
    if (reservation_ != nullptr) finish(base::MonoClock::now(), {});
}

void Booking::firstToken(base::MonoTime now) {
    if (reservation_ != nullptr) scheduler_->firstToken(*reservation_, now);
}

void Booking::finish(base::MonoTime now, const PickOutcome& outcome) {
    if (reservation_ == nullptr) return;
    scheduler_->finish(*std::exchange(reservation_, nullptr), now, outcome);
    scheduler_.reset();
}

}  // namespace gatehouse::inference
