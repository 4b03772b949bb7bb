#include "inference/scheduler.h"

#include "base/ids.h"
#include "text/base64.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gatehouse::inference {

namespace {

/// Of a pod whose metrics do not say: what an 8B model leaves free on a card of 80 GB.
constexpr std::uint32_t kAssumedBlocks = 25'000;
/// Costs closer than this are equal: no clock here is more exact.
constexpr double kTieSeconds = 1e-6;
constexpr std::uint64_t kAdapterSeed = 2;
constexpr std::size_t kMostAdapters = 10'000;
constexpr double kWorst = 1e9;
constexpr std::uint64_t kMostTokens = 2'000'000;
constexpr double kNever = std::numeric_limits<double>::infinity();

double inSeconds(base::MonoClock::duration span) { return std::chrono::duration<double>(span).count(); }
CostModel::Time modelTime(base::MonoTime at) { return std::chrono::duration_cast<CostModel::Time>(at.time_since_epoch()); }
std::uint32_t tokens32(double value) { return static_cast<std::uint32_t>(std::clamp(value, 0.0, 4e9)); }

}  // namespace

std::vector<std::uint32_t> Scheduler::enrol(const std::vector<std::shared_ptr<Pod>>& pods) {
    const std::lock_guard lock(mutex_);
    std::vector<std::uint32_t> numbers;
    numbers.reserve(pods.size());
    std::size_t spare = 0;
    for (const auto& pod : pods) {
        if (const auto known = byPod_.find(pod.get()); known != byPod_.end() && !slots_[known->second].owner.expired()) {
            numbers.push_back(known->second);
            continue;
        }
        // A number whose pod no snapshot and no request holds any more.
        while (spare < slots_.size() && !slots_[spare].owner.expired()) ++spare;
        if (spare == slots_.size()) {
            slots_.emplace_back();
            index_.grow(slots_.size());
        }
        Slot& slot = slots_[spare];
        const auto generation = slot.generation + 1;
        // A new pod may stand at the address of one that is gone.
        if (const auto old = byPod_.find(slot.pod); old != byPod_.end() && old->second == spare) byPod_.erase(old);
        slot = Slot{};
        slot.generation = generation;
        slot.owner = pod;
        slot.session = text::toBase64(pod->name);
        slot.pod = pod.get();
        byPod_[pod.get()] = static_cast<std::uint32_t>(spare);
        index_.restart(spare, kAssumedBlocks);
        numbers.push_back(static_cast<std::uint32_t>(spare));
    }
    matched_.resize(slots_.size());
    return numbers;
}

/// Takes over a scrape that came since the last pick.
void Scheduler::observe(Slot& slot, std::uint32_t number, base::MonoTime now) {
    const auto count = slot.pod->scrapeCount();
    if (count != slot.scrape) {
        slot.scrape = count;
        slot.metrics = slot.pod->load(slot.scrapedAt);
        fitCache(slot, number);
        noteAdapters(slot);
        const auto& seen = slot.metrics;
        if (seen.known(seen.waiting) || seen.known(seen.running)) {
            const double there = (seen.known(seen.waiting) ? seen.waiting : 0) + (seen.known(seen.running) ? seen.running : 0);
            // After a silence the old residual means nothing.
            if (slot.blind) slot.server.others = std::max(0.0, there - slot.server.requests);
            else model_.seeScrape(slot.server, there);
        }
    }
    const bool fresh = slot.scrapedAt != base::MonoTime{} && now - slot.scrapedAt <= staleAfter_ &&
                       (slot.metrics.known(slot.metrics.waiting) || slot.metrics.known(slot.metrics.running));
    if (!fresh) slot.server.others = 0;
    slot.blind = !fresh;
}

/// The model of the engine's cache has the size that the engine says, in the tokens that prompts here are counted in.
void Scheduler::fitCache(Slot& slot, std::uint32_t number) {
    const auto& seen = slot.metrics;
    const double capacity = seen.kvCapacityTokens();
    if (!(capacity > 0)) return;
    const double blocks = capacity / kBlockTokens;
    const bool another = slot.kvBlocks > 0 && blocks != slot.kvBlocks;
    const bool scaled = std::abs(tokenScale_ / slot.scaleThen - 1) > 0.1;
    if (blocks == slot.kvBlocks && !scaled) return;
    const std::uint32_t nominal = std::max(1U, tokens32(std::min(blocks / tokenScale_, 5e7)));
    if (another) {
        // Another engine stands there now, with nothing in its cache.
        ++slot.generation;
        index_.restart(number, nominal);
    } else {
        index_.resize(number, nominal);
    }
    slot.kvBlocks = blocks;
    slot.scaleThen = tokenScale_;
}

void Scheduler::drain(Slot& slot, base::MonoTime now) const {
    if (slot.silentTokens > 0) slot.silentTokens = std::max(0.0, slot.silentTokens - slot.server.rate() * inSeconds(now - slot.silentAt));
    slot.silentAt = now;
    model_.settle(slot.server, modelTime(now));
}

LeftOut Scheduler::judge(const Pod& pod, const PickAsk& ask) const {
    if (ask.leavesOut(pod)) return LeftOut::NotAsked;
    if (ask.only != nullptr && &pod != ask.only) return LeftOut::Filtered;
    if (&pod == ask.avoid) return LeftOut::Avoided;
    if (pod.endpoint->ejectedUntil.load(std::memory_order_relaxed) > ask.now.time_since_epoch().count()) return LeftOut::Ejected;
    return pod.unreachable() ? LeftOut::Unreachable : LeftOut::No;
}

bool Scheduler::isFull(const Slot& slot, const Pod& pod) const {
    const auto& server = slot.server;
    const double own = server.requests;
    if (slot.blind) return own >= server.sequences + kFullQueue;
    const double reserved = std::clamp(pod.reservedSinceScrape.load(std::memory_order_relaxed), 0, server.requests);
    const double waiting = slot.metrics.known(slot.metrics.waiting) ? slot.metrics.waiting : 0;
    const double running = slot.metrics.known(slot.metrics.running) ? slot.metrics.running : 0;
    return (waiting > 0 ? waiting + reserved : std::max(0.0, running + reserved - server.sequences)) >= kFullQueue;
}

/// A model is an adapter once some engine has named it as one.
std::uint64_t Scheduler::adapterOf(const Prompt* prompt) const {
    if (prompt == nullptr || prompt->model.empty() || adapters_.size() == 0) return kBaseModel;
    const auto hash = hashText(prompt->model, kAdapterSeed);
    return adapters_.find(hash) == KeyIndex::kNone ? kBaseModel : hash;
}

void Scheduler::noteAdapters(Slot& slot) {
    auto named = slot.pod->adapters();
    if (named == slot.adapters) return;
    slot.adapters = std::move(named);
    slot.active.clear();
    slot.queued.clear();
    if (!slot.adapters) return;
    const auto note = [&](const std::vector<std::string>& names, std::vector<std::uint64_t>& hashes) {
        for (const auto& name : names) {
            hashes.push_back(hashText(name, kAdapterSeed));
            if (adapters_.find(hashes.back()) == KeyIndex::kNone && adapters_.size() < kMostAdapters) adapters_.insert(hashes.back(), 1);
        }
    };
    note(slot.adapters->running, slot.active);
    note(slot.adapters->waiting, slot.queued);
}

/// As lora-affinity-scorer asks: 3 active, 2 a slot is free, 1 waiting, 0 none of these.
int Scheduler::adapterStateOf(const Slot& slot, std::uint64_t adapter) const {
    const auto holds = [&](const std::vector<std::uint64_t>& hashes) { return std::find(hashes.begin(), hashes.end(), adapter) != hashes.end(); };
    const auto& own = slot.server.adapters;
    if (holds(slot.active) || std::any_of(own.begin(), own.end(), [&](const auto& use) { return use.first == adapter; })) return 3;
    const double used = std::max(double(slot.active.size() + slot.queued.size()), double(own.size()));
    if (used < (slot.metrics.known(slot.metrics.maxAdapters) ? slot.metrics.maxAdapters : 1)) return 2;
    return holds(slot.queued) ? 1 : 0;
}

double Scheduler::adapterWaitOf(const Slot& slot, std::uint64_t adapter) const {
    // The metric names adapters of current requests, ours and others': one that is in use is loaded.
    if (!slot.blind && adapterStateOf(slot, adapter) == 3) return 0;
    return model_.adapterWait(slot.server, adapter, slot.metrics.known(slot.metrics.maxAdapters) ? slot.metrics.maxAdapters : 1);
}

CacheState Scheduler::cacheOf(std::uint32_t number, const Slot& slot) const {
    const auto& cache = index_.server(number);
    // A capacity that is only assumed says nothing of room.
    return {slot.kvBlocks > 0 ? double(cache.capacity()) * kBlockTokens * tokenScale_ : 0, cache.use(), cache.evictions() > 0};
}

double Scheduler::estimatedTokens(const Prompt* prompt) const {
    if (prompt == nullptr || prompt->bytes == 0) return promptMean_;
    return std::max(1.0, double(prompt->bytes) / kBytesPerToken * tokenScale_);
}

Scheduler::Terms Scheduler::costOf(std::uint32_t number, const Slot& slot, double promptTokens, std::uint64_t adapter) const {
    const auto& server = slot.server;
    const double uncached = std::max(1.0, promptTokens - server.trust * matched_[number] * tokenScale_);
    const double wait = adapter == kBaseModel ? 0 : adapterWaitOf(slot, adapter);
    const auto terms = model_.cost(server, cacheOf(number, slot), server.prefillTokens + slot.silentTokens, uncached, wait);
    Terms out;
    for (std::uint8_t i = 0; i < CostTerms::kCount; ++i) out.value[i] = terms.weighed(static_cast<CostTerms::Term>(i));
    // Whatever engines and answers made it learn, every pod stays comparable.
    out.total = std::isfinite(terms.total()) ? terms.total() : kWorst;
    return out;
}

void Scheduler::scoreByProfile(const Pool& pool, const PickAsk& ask, double promptTokens) {
    const auto& profile = *pool.profile();
    const auto& slots = pool.slotNumbers();
    profilePods_.assign(slots.size(), {});
    profileScores_.assign(slots.size(), {});
    const auto adapter = adapterOf(ask.prompt);
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const Slot& slot = slots_[slots[i]];
        const auto& metrics = slot.metrics;
        auto& pod = profilePods_[i];
        const double reserved = std::clamp(slot.pod->reservedSinceScrape.load(std::memory_order_relaxed), 0, slot.server.requests);
        pod.waiting = slot.blind ? slot.server.requests : metrics.waiting + reserved;
        pod.running = slot.blind ? slot.server.requests : metrics.running;
        pod.kvUse = slot.blind ? index_.server(slots[i]).use() : metrics.kvUse;
        pod.matchedTokens = matched_[slots[i]] * tokenScale_;
        pod.inFlightTokens = slot.server.prefillTokens + slot.silentTokens;
        pod.uncachedTokens = std::max(0.0, promptTokens - pod.matchedTokens);
        pod.inFlight = slot.server.requests;
        pod.adapterState = adapter == kBaseModel ? 0 : adapterStateOf(slot, adapter);
        pod.coldAt = slot.coldAt;
        pod.session = ask.prompt != nullptr && !ask.prompt->session.empty() && ask.prompt->session == slot.session;
        profileScores_[i].filtered = seen_[i].leftOut != LeftOut::No;
        profileScores_[i].filter = kNotByProfile;
    }
    profile.run(profilePods_, promptTokens, profileScores_);
    for (std::size_t i = 0; i < slots.size(); ++i) {
        if (profileScores_[i].filtered && seen_[i].leftOut == LeftOut::No) {
            seen_[i].leftOut = LeftOut::Filtered;
            seen_[i].filter = profileScores_[i].filter;
        }
        seen_[i].total = -profileScores_[i].total;  // Lower is better, as a cost.
    }
}

Scheduler::Choice Scheduler::lowest() const {
    Choice choice;
    double best = kNever, next = kNever;
    for (const Candidate& candidate : seen_)
        if (candidate.leftOut == LeftOut::No) best = std::min(best, candidate.total);
    for (const Candidate& candidate : seen_) choice.tied += candidate.leftOut == LeftOut::No && candidate.total <= best + kTieSeconds;
    auto draw = choice.tied > 1 ? base::randomBelow(choice.tied) : 0;
    for (std::size_t i = 0; i < seen_.size(); ++i) {
        if (seen_[i].leftOut != LeftOut::No) continue;
        if (seen_[i].total <= best + kTieSeconds && choice.pod < 0 && draw-- == 0) {
            choice.pod = static_cast<int>(i);
        } else if (seen_[i].total < next) {
            next = seen_[i].total;
            choice.runnerUp = static_cast<int>(i);
        }
    }
    if (choice.runnerUp >= 0 && choice.tied == 1) choice.margin = next - best;
    return choice;
}

Scheduler::Picked Scheduler::pick(const Pool& pool, const PickAsk& ask, Decision* decision, bool reserve, bool all) {
    const std::lock_guard lock(mutex_);
    const auto& slots = pool.slotNumbers();
    for (const auto number : slots) {
        // First all scrapes: one may say that a pod's cache began anew, or name an adapter.
        observe(slots_[number], number, ask.now);
        drain(slots_[number], ask.now);
    }
    if (ask.prompt != nullptr) index_.matchAll(ask.prompt->chain, matched_);
    else std::fill(matched_.begin(), matched_.end(), 0U);
    const double promptTokens = estimatedTokens(ask.prompt);
    const auto adapter = adapterOf(ask.prompt);
    seen_.assign(slots.size(), {});
    std::uint32_t usable = 0, fresh = 0, notFull = 0;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const Slot& slot = slots_[slots[i]];
        Candidate& candidate = seen_[i];
        candidate.leftOut = judge(*slot.pod, ask);
        candidate.fresh = !slot.blind;
        if (candidate.leftOut != LeftOut::No) continue;
        ++usable;
        fresh += candidate.fresh;
        notFull += !isFull(slot, *slot.pod);
        if (pool.profile() == nullptr) candidate.total = costOf(slots[i], slot, promptTokens, adapter).total;
    }
    if (ask.among == nullptr) full_.store(usable > 0 && notFull == 0, std::memory_order_relaxed);
    Choice choice;
    if (pool.profile() != nullptr && usable > 0) {
        scoreByProfile(pool, ask, promptTokens);
        choice = lowest();
        std::uint32_t tied = 0;
        if (const int drawn = pool.profile()->choose(profileScores_, tied); drawn != choice.pod) {
            choice.pod = drawn;
            choice.margin = 0;
        }
        choice.tied = tied;
    } else if (usable > 0) {
        choice = lowest();
    }
    Picked picked{choice.pod, nullptr};
    if (decision != nullptr) {
        decision->usable = usable;
        decision->fresh = fresh;
        decision->method = choice.pod < 0             ? PickMethod::None
                           : usable == 1              ? PickMethod::Only
                           : pool.profile() != nullptr ? PickMethod::Profile
                           : fresh * 2 >= usable && fresh > 0 ? PickMethod::Cost
                                                              : PickMethod::OwnState;
        describeInto(*decision, pool, ask, promptTokens, adapter, choice, all);
    }
    if (choice.pod < 0 || !reserve) return picked;
    const auto number = slots[static_cast<std::size_t>(choice.pod)];
    picked.reservation = &reserveAt(number, slots_[number], ask, promptTokens, adapter);
    return picked;
}

Reservation& Scheduler::reserveAt(std::uint32_t number, Slot& slot, const PickAsk& ask, double promptTokens, std::uint64_t adapter) {
    if (idle_.empty()) {
        made_.push_back(std::make_unique<Reservation>());
        idle_.reserve(made_.capacity());
        idle_.push_back(made_.back().get());
    }
    Reservation& made = *idle_.back();
    idle_.pop_back();
    made.slot = number;
    made.generation = slot.generation;
    made.adapter = adapter;
    made.promptTokens = promptTokens;
    made.nominalTokens = promptTokens / tokenScale_;
    made.silent = ask.prompt == nullptr || !ask.prompt->streams;
    made.hadFirst = false;
    made.lease = {};
    made.chain.clear();
    if (ask.prompt != nullptr) made.chain.assign(ask.prompt->chain.begin(), ask.prompt->chain.end());

    auto& server = slot.server;
    const double believed = matched_[number] * tokenScale_;
    const double uncached = std::max(1.0, promptTokens - server.trust * believed);
    const double queued = server.prefillTokens + slot.silentTokens;
    const bool roomy = model_.room(server, cacheOf(number, slot), uncached) == 0;
    model_.begin(server, made.sent, modelTime(ask.now), queued, believed, uncached, roomy, adapter);
    if (made.silent) {
        const auto wait = std::chrono::duration<double>((queued + uncached) / server.rate() + model_.stepOf(server));
        model_.first(server, made.sent, modelTime(ask.now) + std::chrono::duration_cast<CostModel::Time>(wait));
        slot.silentTokens += uncached;
        slot.silentUnder += uncached;
        made.hadFirst = true;
    }
    index_.begin(made.chain, std::max(made.chain.empty() ? 0 : made.chain.back().end, tokens32(made.nominalTokens)), number, made.lease);
    if (ask.prompt != nullptr && matched_[number] == 0) slot.coldAt = ++picks_;
    slot.pod->count();
    return made;
}

void Scheduler::firstToken(Reservation& reservation, base::MonoTime now) {
    const std::lock_guard lock(mutex_);
    if (reservation.hadFirst) return;
    reservation.hadFirst = true;
    model_.first(slots_[reservation.slot].server, reservation.sent, modelTime(now));
}

void Scheduler::finish(Reservation& reservation, base::MonoTime now, const PickOutcome& said) {
    PickOutcome outcome = said;  // As far as it can be: what is said is a server's.
    outcome.inputTokens = std::min<std::uint64_t>(said.inputTokens, kMostTokens);
    outcome.outputTokens = std::min<std::uint64_t>(said.outputTokens, kMostTokens);
    outcome.cachedTokens = std::min(said.cachedTokens, outcome.inputTokens);
    {
        const std::lock_guard lock(mutex_);
        Slot& slot = slots_[reservation.slot];
        auto& server = slot.server;
        const auto at = modelTime(now);
        if (reservation.silent) {
            slot.silentUnder = std::max(0.0, slot.silentUnder - reservation.sent.uncached);
            slot.silentTokens = std::min(slot.silentTokens, slot.silentUnder);
        }
        const bool knows = outcome.answered && outcome.usageKnown && reservation.hadFirst && outcome.outputTokens > 0;
        if (outcome.cachedTokens > 0) seesCached_ = true;
        if (knows) learn(slot, reservation, outcome, at);
        if (knows) {
            const bool slept = reservation.silent && at - reservation.sent.first < (at - reservation.sent.at) / 2;
            model_.finish(server, reservation.sent, at, double(outcome.outputTokens), reservation.adapter, !slept);
        } else {
            model_.abandon(server, reservation.sent, reservation.hadFirst, reservation.adapter);
        }
        if (slot.generation == reservation.generation) {
            // The answer's blocks stay in the engine's cache too, though nobody here knows their text.
            const auto answer = knows ? tokens32(double(outcome.outputTokens) / tokenScale_) : 0;
            const auto prompt = std::max(reservation.chain.empty() ? 0 : reservation.chain.back().end, tokens32(reservation.nominalTokens));
            if (answer > 0) {
                const auto last = reservation.chain.empty() ? 3 : reservation.chain.back().key;
                reservation.chain.push_back({mix(last, ++picks_), prompt + answer});
                index_.done(reservation.chain, prompt, answer, reservation.slot, reservation.lease);
            } else {
                index_.leave(reservation.chain, reservation.slot, reservation.lease);
            }
        }
        full_.store(false, std::memory_order_relaxed);  // To be looked at anew.
        idle_.push_back(&reservation);
    }
    flow_.wakeFirst();
}

/// What an answer told beyond its end.
void Scheduler::learn(Slot& slot, const Reservation& reservation, const PickOutcome& outcome, CostModel::Time now) {
    const double input = double(outcome.inputTokens);
    if (input > 0 && reservation.nominalTokens >= 64) {
        const double scale = std::clamp(input / reservation.nominalTokens, 0.25, 4.0);
        tokenScale_ += 0.02 * (scale - tokenScale_);
    }
    if (input <= 0) return;
    promptMean_ += 0.02 * (input - promptMean_);
    // Where engines do not say what was cached, what we believe is all there is.
    const double cached = seesCached_ ? double(outcome.cachedTokens) : std::min(input, slot.server.trust * reservation.sent.believed);
    if (reservation.silent) model_.learnPrefillWhole(slot.server, reservation.sent, now, input, cached, double(outcome.outputTokens));
    else model_.learnPrefill(slot.server, reservation.sent, input, cached);
}

bool Scheduler::full(const Pool& pool, const PickAsk& ask) {
    const std::lock_guard lock(mutex_);
    bool any = false, room = false;
    for (const auto number : pool.slotNumbers()) {
        Slot& slot = slots_[number];
        if (judge(*slot.pod, ask) != LeftOut::No) continue;
        observe(slot, number, ask.now);
        any = true;
        room |= !isFull(slot, *slot.pod);
    }
    const bool full = any && !room;
    if (ask.among == nullptr) full_.store(full, std::memory_order_relaxed);
    return full;
}

Scheduler::View Scheduler::view(std::uint32_t number) {
    const std::lock_guard lock(mutex_);
    const Slot& slot = slots_[number];
    const auto& cache = index_.server(number);
    return {slot.server.rate(),    slot.server.slowness, slot.server.trust, slot.server.others, slot.server.prefillTokens + slot.silentTokens,
            slot.server.requests,  slot.server.decoding, double(cache.capacity()) * kBlockTokens, cache.use()};
}

std::size_t Scheduler::reservations() const {
    const std::lock_guard lock(mutex_);
    return made_.size() - idle_.size();
}

std::shared_ptr<Scheduler> SchedulerRegistry::get(const std::string& poolId, base::Millis staleAfter) {
    auto& scheduler = byId_[poolId];
    if (!scheduler) scheduler = std::make_shared<Scheduler>(staleAfter);
    return scheduler;
}

void SchedulerRegistry::prune() {
    std::erase_if(byId_, [](const auto& entry) { return entry.second.use_count() == 1; });
}

}  // namespace gatehouse::inference
