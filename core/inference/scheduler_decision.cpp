// What a pick saw, put into a Decision (decision.h), and a Decision put into words.
#include "inference/scheduler.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace gatehouse::inference {

namespace {

const char* sentence(LeftOut why) {
    switch (why) {
        case LeftOut::Avoided: return "already failed for this request";
        case LeftOut::Ejected: return "ejected after repeated failures";
        case LeftOut::Unreachable: return "refuses connections";
        case LeftOut::Filtered: return "removed by a filter";
        case LeftOut::NotAsked: return "not among those that may be picked";
        default: return "";
    }
}

std::string leftOutText(const DecidedPod& pod, const Pool& pool) {
    if (pod.leftOut == LeftOut::Filtered && pool.profile() != nullptr && pod.filter < pool.profile()->filters.size())
        return fmt::format("removed by {}", pool.profile()->filters[pod.filter].name);
    return sentence(pod.leftOut);
}

std::string rest(const Decision& decision, const Pool& pool) {
    if (decision.tied > 1) return fmt::format("drawn at random among {} equal pods", decision.tied);
    if (decision.runnerUp < 0) return "no other pod";
    const auto& name = pool.pods()[static_cast<std::size_t>(decision.runnerUp)]->name;
    if (decision.method == PickMethod::Profile) return fmt::format("margin {:.2f} to {}", decision.margin, name);
    return decision.margin >= 1 ? fmt::format("{:.2f} s before {}", decision.margin, name) : fmt::format("{:.1f} ms before {}", decision.margin * 1e3, name);
}

std::string reasonOf(const Decision& decision, const Pool& pool) {
    if (decision.method == PickMethod::None)
        return decision.pods == 0 ? "the pool has no ready pods" : fmt::format("none of {} pods can be used", decision.pods);
    const auto stale = decision.usable - decision.fresh;
    const auto& chosen = decision.kept.front();
    std::string text;
    if (decision.method == PickMethod::Only) {
        text = "the only usable pod";
    } else if (decision.method == PickMethod::Profile) {
        text = fmt::format("best score {:.2f} by {}, {}", chosen.total, pool.profile()->name, rest(decision, pool));
    } else if (decision.method == PickMethod::OwnState) {
        text = fmt::format("metrics of {} of {} pods are missing or older than {} ms: lowest cost by Gatehouse's own requests alone ({:.0f} ms), {}", stale,
                           decision.usable, pool.options().staleAfter.count(), chosen.total * 1e3, rest(decision, pool));
    } else {
        text = fmt::format("lowest cost {:.0f} ms, {}", chosen.total * 1e3, rest(decision, pool));
    }
    if (stale > 0 && decision.method == PickMethod::Cost) text += fmt::format("; {} pods without fresh metrics judged by Gatehouse's own requests", stale);
    if (stale > 0 && decision.method == PickMethod::Profile) text += fmt::format("; {} pods without fresh metrics judged by requests in flight", stale);
    if (decision.assumedCapacity) text += "; the size of its cache is assumed";
    if (decision.waitedSeconds > 0) text += fmt::format("; waited {:.2f} s for room", decision.waitedSeconds);
    return text;
}

Candidate candidateOf(const DecidedPod& seen, const Pool& pool, std::size_t terms) {
    const Pod& pod = *pool.pods()[seen.pod];
    Candidate out;
    out.pod = pod.name;
    out.address = fmt::format("{}:{}", pod.endpoint->host, pod.endpoint->port);
    out.waiting = seen.waiting;
    out.running = seen.running;
    out.kvUse = seen.kvUse;
    out.gpuMemoryPercent = seen.gpuMemoryPercent;
    out.inFlight = seen.inFlight;
    out.reserved = seen.reserved;
    out.ageMillis = seen.ageMillis;
    out.estimated = !seen.fresh;
    out.cachedTokens = seen.cachedTokens;
    out.others = seen.others;
    out.inputs = seen.inputs;
    out.excluded = leftOutText(seen, pool);
    if (seen.leftOut != LeftOut::No) return out;
    out.terms.assign(seen.terms.begin(), seen.terms.begin() + static_cast<std::ptrdiff_t>(terms));
    out.total = seen.total;
    return out;
}

}  // namespace

DecidedPod Scheduler::describePod(const Pool& pool, std::uint32_t position, base::MonoTime now, double promptTokens, std::uint64_t adapter) const {
    const auto number = pool.slotNumbers()[position];
    const Slot& slot = slots_[number];
    const Candidate& seen = seen_[position];
    DecidedPod out;
    out.pod = position;
    out.leftOut = seen.leftOut;
    out.filter = seen.filter;
    out.fresh = seen.fresh;
    out.inFlight = std::max(0, slot.pod->endpoint->inFlight.load(std::memory_order_relaxed));
    out.reserved = std::clamp(slot.pod->reservedSinceScrape.load(std::memory_order_relaxed), 0, out.inFlight);
    if (slot.scrapedAt != base::MonoTime{}) {
        const auto age = std::chrono::duration_cast<base::Millis>(now - slot.scrapedAt).count();
        out.ageMillis = static_cast<std::int32_t>(std::clamp<std::int64_t>(age, 0, std::numeric_limits<std::int32_t>::max()));
    }
    out.waiting = static_cast<float>(slot.metrics.waiting);
    out.running = static_cast<float>(slot.metrics.running);
    out.kvUse = static_cast<float>(slot.metrics.kvUse);
    out.gpuMemoryPercent = static_cast<float>(slot.metrics.gpuMemoryPercent());
    out.cachedTokens = static_cast<float>(std::min(promptTokens, slot.server.trust * matched_[number] * tokenScale_));
    out.others = static_cast<float>(slot.server.others);
    if (pool.profile() != nullptr) {
        const auto& score = profileScores_[position];
        std::copy(score.terms.begin(), score.terms.end(), out.terms.begin());
        out.total = static_cast<float>(score.total);
    } else if (seen.leftOut == LeftOut::No) {
        const auto terms = costOf(number, slot, promptTokens, adapter);
        std::copy(terms.value.begin(), terms.value.end(), out.terms.begin());
        out.total = static_cast<float>(terms.total);
        const auto cache = cacheOf(number, slot);
        out.inputs.uncachedTokens = static_cast<float>(std::max(1.0, promptTokens - slot.server.trust * matched_[number] * tokenScale_));
        out.inputs.stepGrowth = static_cast<float>(slot.server.slowness * model_.step().slope());
        out.inputs.cacheTokens = static_cast<float>(cache.capacityTokens);
        out.inputs.cacheUse = static_cast<float>(cache.use);
        out.inputs.growth = static_cast<float>(slot.server.growth);
    }
    return out;
}

/// Called before the pick is reserved, so that the chosen pod stands there as it was judged.
void Scheduler::describeInto(Decision& decision, const Pool& pool, const PickAsk& ask, double promptTokens, std::uint64_t adapter, const Choice& choice,
                             bool all) {
    const auto count = static_cast<std::uint32_t>(seen_.size());
    decision.pods = count;
    decision.tied = choice.tied;
    decision.answerTokens = static_cast<float>(model_.expectedAnswer());
    decision.residenceSeconds = static_cast<float>(model_.residence());
    decision.runnerUp = choice.runnerUp;
    decision.margin = static_cast<float>(choice.margin);
    decision.promptTokens = ask.prompt != nullptr && ask.prompt->bytes > 0 ? static_cast<float>(promptTokens) : 0;
    decision.assumedCapacity = choice.pod >= 0 && slots_[pool.slotNumbers()[static_cast<std::size_t>(choice.pod)]].kvBlocks == 0;
    decision.leftOut = {};
    decision.kept.clear();
    if (choice.pod >= 0) decision.kept.push_back(describePod(pool, static_cast<std::uint32_t>(choice.pod), ask.now, promptTokens, adapter));
    const std::size_t room = all ? count : Decision::kKeptPods;
    // The best of the rest, by insertion into a short list; of those left out the first.
    order_.clear();
    order_.reserve(room + 1);
    for (std::uint32_t i = 0; i < count; ++i) {
        ++decision.leftOut[static_cast<std::size_t>(seen_[i].leftOut)];
        if (static_cast<int>(i) == choice.pod) continue;
        const auto before = [&](std::uint32_t a, std::uint32_t b) {
            const bool outA = seen_[a].leftOut != LeftOut::No, outB = seen_[b].leftOut != LeftOut::No;
            return outA != outB ? outB : !outA && seen_[a].total < seen_[b].total;
        };
        if (all) {
            order_.push_back(i);
            continue;
        }
        if (order_.size() + 1 >= room && !order_.empty() && !before(i, order_.back())) continue;
        order_.insert(std::upper_bound(order_.begin(), order_.end(), i, before), i);
        if (order_.size() + 1 > room) order_.pop_back();
    }
    for (const auto position : order_) decision.kept.push_back(describePod(pool, position, ask.now, promptTokens, adapter));
}

PickRecord describe(const Decision& decision, const Pool& pool) {
    if (decision.whole) {
        PickRecord record = *decision.whole;
        record.waitedSeconds = decision.waitedSeconds;
        record.priority = decision.priority;
        return record;
    }
    PickRecord record;
    record.pool = pool.name();
    record.method = decision.method;
    record.reason = reasonOf(decision, pool);
    record.chosen = decision.method == PickMethod::None ? -1 : 0;
    record.margin = decision.margin;
    record.tied = static_cast<int>(std::max(decision.tied, 1U));
    record.lowerIsBetter = pool.profile() == nullptr;
    record.pods = static_cast<int>(decision.pods);
    record.promptTokens = decision.promptTokens;
    record.waitedSeconds = decision.waitedSeconds;
    record.priority = decision.priority;
    record.profile = pool.sharedProfile();
    if (!record.profile) {
        record.answerTokens = decision.answerTokens;
        record.residenceSeconds = decision.residenceSeconds;
    }
    if (pool.profile() != nullptr) {
        for (const auto& scorer : pool.profile()->scorers) record.termNames.push_back(scorer.name);
    } else {
        for (std::uint8_t i = 0; i < CostTerms::kCount; ++i) record.termNames.emplace_back(CostTerms::name(static_cast<CostTerms::Term>(i)));
    }
    for (std::size_t i = 1; i < decision.leftOut.size(); ++i)
        if (decision.leftOut[i] > 0) record.removed.emplace_back(sentence(static_cast<LeftOut>(i)), static_cast<int>(decision.leftOut[i]));
    for (const auto& seen : decision.kept) record.candidates.push_back(candidateOf(seen, pool, record.termNames.size()));
    return record;
}

void ReturnDecision::operator()(Decision* decision) const {
    if (shelf) shelf->put(decision);
    else delete decision;
}

DecisionRef DecisionShelf::take() {
    std::unique_ptr<Decision> taken;
    {
        const std::lock_guard lock(mutex_);
        if (!idle_.empty()) {
            taken = std::move(idle_.back());
            idle_.pop_back();
        }
    }
    if (!taken) {
        taken = std::make_unique<Decision>();
        taken->kept.reserve(Decision::kKeptPods);
    }
    return DecisionRef(taken.release(), ReturnDecision{shared_from_this()});
}

void DecisionShelf::put(Decision* decision) {
    std::unique_ptr<Decision> back(decision);
    auto kept = std::move(back->kept);
    kept.clear();
    *back = Decision{};
    back->kept = std::move(kept);
    const std::lock_guard lock(mutex_);
    if (idle_.size() < kMostIdle) idle_.push_back(std::move(back));
}

}  // namespace gatehouse::inference
