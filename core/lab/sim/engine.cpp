#include "lab/sim/engine.h"

#include <algorithm>

namespace gatehouse::lab::sim {

namespace {

std::uint32_t blocksOf(const StepModel& model, const EngineOptions& options) {
    return options.blocks ? options.blocks : static_cast<std::uint32_t>(model.kvTokens() / kBlockTokens);
}

}  // namespace

Engine::Engine(const StepModel& model, const EngineOptions& options, const Trace& trace)
    : model_(model), options_(options), trace_(&trace), cache_(blocksOf(model, options)) {
    options_.adapterSlots = std::max(1U, options_.adapterSlots);
    running_.reserve(options_.maxSequences);
    slots_.resize(options_.adapterSlots);
}

Engine::Engine(const Engine& original, BlockCache cache)
    : model_(original.model_),
      options_(original.options_),
      trace_(original.trace_),
      cache_(std::move(cache)),
      running_(original.running_),
      waiting_(original.waiting_),
      slots_(original.slots_),
      loading_(original.loading_),
      stepEnds_(original.stepEnds_),
      stepping_(original.stepping_),
      counters_(original.counters_) {
    // A shadow gives back what was granted after the fork, and the blocks that a sequence held alone at that time.
    for (Sequence& sequence : running_) sequence.lease.granted = sequence.lease.own;
}

Engine Engine::fork() const { return Engine(*this, BlockCache::shadow(cache_)); }

bool Engine::submit(std::uint32_t index) {
    const Request& request = trace_->requests[index];
    const std::uint64_t most = std::uint64_t{request.promptTokens} + request.outputTokens;
    if (blocksFor(most) > cache_.capacity()) return false;
    ++counters_.submitted;
    waiting_.push_back(Sequence{.request = index});
    return true;
}

SimTime Engine::beginStep(SimTime now) {
    std::uint32_t budget = options_.stepTokens;
    StepLoad load;
    loading_ = SimTime(0);
    const auto preemptions = counters_.preemptions;
    planRunning(budget, load);
    // As in vLLM nobody is admitted in a step that had to preempt, unless that left nothing to run.
    if (counters_.preemptions == preemptions || running_.empty()) admit(budget, load);
    const SimTime span = model_.stepTime(load);
    if (span.count() == 0) return span;
    ++counters_.steps;
    stepping_ = true;
    stepEnds_ = now + span + loading_;
    return span + loading_;
}

void Engine::plan(Sequence& sequence, std::uint32_t tokens, StepLoad& load) {
    sequence.planned = tokens;
    sequence.held = std::max(sequence.held, sequence.computed + tokens);
    if (tokens == 1 && sequence.computed >= request(sequence).promptTokens) {
        load.addDecode(sequence.computed);
    } else {
        load.addPrefill(tokens, sequence.computed);
    }
}

void Engine::planRunning(std::uint32_t& budget, StepLoad& load) {
    for (std::size_t i = 0; i < running_.size() && budget > 0; ++i) {
        const std::uint32_t wanted = std::min(tokens(running_[i]) - running_[i].computed, budget);
        bool fits;
        while (!(fits = cache_.grow(running_[i].lease, running_[i].held, running_[i].computed + wanted))) {
            const bool alone = running_.size() == 1, self = i + 1 == running_.size();
            preemptLast();
            if (alone) cache_.clearUnpinned();  // Whatever stood in its way is gone: it fits now from the start.
            if (self) break;
        }
        if (!fits) return;
        plan(running_[i], wanted, load);
        budget -= wanted;
    }
}

void Engine::preemptLast() {
    Sequence victim = running_.back();
    running_.pop_back();
    cache_.release(trace_->chain(request(victim)), victim.lease);
    victim.computed = victim.planned = victim.held = 0;
    ++counters_.preemptions;
    waiting_.push_front(victim);
}

void Engine::admit(std::uint32_t& budget, StepLoad& load) {
    if (waiting_.empty()) return;
    if (running_.empty()) cache_.nothingRuns();
    markBusySlots();
    for (std::size_t i = 0; i < waiting_.size() && budget > 0 && running_.size() < options_.maxSequences;) {
        Sequence& next = waiting_[i];
        const std::uint16_t adapter = request(next).adapter;
        if (adapter != kNoAdapter && !takeSlot(adapter)) {
            ++i;  // Others may run meanwhile.
            continue;
        }
        if (!admitOne(next, budget)) return;
        const std::uint32_t wanted = std::min(tokens(next) - next.computed, budget);
        running_.push_back(next);
        waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(i));
        plan(running_.back(), wanted, load);
        budget -= wanted;
    }
}

bool Engine::admitOne(Sequence& next, std::uint32_t budget) {
    const auto chain = trace_->chain(request(next));
    const std::uint32_t all = tokens(next);
    const std::uint32_t matched = cache_.acquire(chain, all - 1, next.lease);  // The last token is always computed.
    const std::uint32_t wanted = std::min(all - matched, budget);
    if (!cache_.grow(next.lease, matched, matched + wanted)) {
        cache_.release(chain, next.lease);
        return false;
    }
    next.computed = next.held = matched;
    if (!next.admitted) {
        next.admitted = true;
        next.cached = matched;
        counters_.promptTokens += request(next).promptTokens;
        counters_.cachedTokens += matched;
    }
    return true;
}

void Engine::markBusySlots() {
    for (Slot& slot : slots_) {
        slot.busy = slot.adapter != kNoAdapter && std::any_of(running_.begin(), running_.end(), [&](const Sequence& sequence) {
            return request(sequence).adapter == slot.adapter;
        });
    }
}

bool Engine::takeSlot(std::uint16_t adapter) {
    Slot* oldest = nullptr;
    for (Slot& slot : slots_) {
        if (slot.adapter == adapter) {
            slot.used = counters_.steps + 1;
            slot.busy = true;
            return true;
        }
        if (slot.busy) continue;
        if (!oldest || slot.used < oldest->used) oldest = &slot;
    }
    if (!oldest) return false;
    *oldest = {adapter, true, counters_.steps + 1};
    loading_ += options_.adapterLoad;
    ++counters_.adapterLoads;
    return true;
}

void Engine::finishStep(std::vector<Event>& out) {
    stepping_ = false;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < running_.size(); ++i) {
        Sequence& sequence = running_[i];
        const Request& its = request(sequence);
        sequence.computed += sequence.planned;
        counters_.computedTokens += sequence.planned;
        const bool produced = sequence.planned > 0 && sequence.computed == its.promptTokens + sequence.generated;
        sequence.planned = 0;
        if (sequence.computed / kBlockTokens > sequence.lease.published)
            cache_.publish(trace_->chain(its), sequence.computed, sequence.lease);
        if (produced) {
            ++sequence.generated;
            ++counters_.outputTokens;
            const bool last = sequence.generated >= its.outputTokens;
            if (sequence.generated == 1 || last) out.push_back({sequence.request, sequence.generated == 1, last, sequence.cached});
            if (last) {
                cache_.release(trace_->chain(its), sequence.lease);
                ++counters_.finished;
                continue;
            }
        }
        if (kept != i) running_[kept] = running_[i];
        ++kept;
    }
    running_.resize(kept);
}

bool Engine::consistent() const {
    std::uint64_t own = 0;
    for (const Sequence& sequence : running_) own += sequence.lease.own;
    return cache_.conserved(own) && running_.size() <= options_.maxSequences &&
           counters_.submitted == counters_.finished + running_.size() + waiting_.size();
}

SimTime forecastFirstToken(const Engine& engine, std::uint32_t request, SimTime now) {
    constexpr int kMostSteps = 1'500;
    Engine copy = engine.fork();
    if (!copy.submit(request)) return SimTime::max();
    const double queue = copy.waiting();
    std::vector<Engine::Event> events;
    SimTime clock = now;
    for (int step = 0; step < kMostSteps; ++step) {
        if (copy.stepping()) {
            clock = copy.stepEnds();
            copy.finishStep(events);
            for (const auto& event : events)
                if (event.request == request && event.first) return clock;
            events.clear();
        }
        if (copy.beginStep(clock).count() == 0) return SimTime::max();
    }
    const double gone = std::max(1.0, queue - copy.waiting());
    return now + fromSeconds(seconds(clock - now) * queue / gone);
}

}  // namespace gatehouse::lab::sim
