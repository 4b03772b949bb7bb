#include "lab/batch_engine.h"

#include <algorithm>

namespace gatehouse::lab {

std::uint32_t BatchEngine::blocksFor(std::uint64_t tokens) const {
    const std::uint32_t size = std::max(profile_.blockTokens, 1U);
    return static_cast<std::uint32_t>((tokens + size - 1) / size);
}

BatchEngine::Admission BatchEngine::submit(Job job) {
    job.promptTokens = std::max(job.promptTokens, 1U);
    job.outputTokens = std::max(job.outputTokens, 1U);
    if (blocksFor(std::uint64_t(job.promptTokens) + job.outputTokens) > profile_.kvBlocks) return Admission::TooLong;
    if (waiting_.size() >= profile_.maxWaiting) return Admission::QueueFull;
    Sequence sequence;
    sequence.job = job;
    waiting_.push_back(sequence);
    return Admission::Accepted;
}

void BatchEngine::cancel(std::uint64_t id) {
    const auto is = [id](const Sequence& sequence) { return sequence.job.id == id; };
    for (Sequence& sequence : running_)
        if (is(sequence)) free(sequence);
    std::erase_if(running_, is);
    std::erase_if(waiting_, is);
}

void BatchEngine::clear() {
    running_.clear();
    waiting_.clear();
    usedBlocks_ = 0;
    stepping_ = false;
}

bool BatchEngine::grow(Sequence& sequence, std::uint32_t tokens) {
    const std::uint32_t needed = blocksFor(std::uint64_t(sequence.computed) + tokens);
    if (needed <= sequence.blocks) return true;
    if (usedBlocks_ + (needed - sequence.blocks) > profile_.kvBlocks) return false;
    usedBlocks_ += needed - sequence.blocks;
    sequence.blocks = needed;
    return true;
}

void BatchEngine::free(Sequence& sequence) {
    usedBlocks_ -= sequence.blocks;
    sequence.blocks = 0;
}

void BatchEngine::preemptLast() {
    Sequence victim = running_.back();
    running_.pop_back();
    free(victim);
    victim.computed = victim.planned = 0;
    waiting_.push_front(victim);
    ++counters_.preemptions;
}

void BatchEngine::admit(std::uint32_t& budget) {
    while (!waiting_.empty() && running_.size() < profile_.maxBatch && budget > 0) {
        Sequence& next = waiting_.front();
        // Room for the whole prompt is asked for, so that two half-prefilled prompts cannot block each other.
        if (usedBlocks_ + blocksFor(next.pending()) > profile_.kvBlocks) return;
        next.planned = std::min(next.pending(), budget);
        grow(next, next.planned);
        budget -= next.planned;
        running_.push_back(next);
        waiting_.pop_front();
    }
}

std::chrono::microseconds BatchEngine::beginStep() {
    if (stepping_) return std::chrono::microseconds{0};
    std::uint32_t budget = kStepTokens;
    bool preempted = false;
    for (std::size_t i = 0; i < running_.size(); ++i) {
        const std::uint32_t tokens = std::min(running_[i].pending(), budget);
        while (i < running_.size() && !grow(running_[i], tokens)) {
            preemptLast();
            preempted = true;
        }
        if (i >= running_.size()) break;
        running_[i].planned = tokens;
        budget -= tokens;
    }
    if (!preempted) admit(budget);
    if (running_.empty()) return std::chrono::microseconds{0};

    double prefill = 0;
    for (const Sequence& sequence : running_)
        if (sequence.pending() > 1 || sequence.generated == 0) prefill += sequence.planned;
    const auto others = static_cast<std::int64_t>(running_.size()) - 1;
    const auto compute = std::chrono::microseconds(
        static_cast<std::int64_t>(1e6 * prefill / std::max(profile_.prefillTokensPerSecond, 1.0)));
    stepping_ = true;
    const auto step = std::max(profile_.decodeStepBase + profile_.decodeStepPerSequence * others + compute, std::chrono::microseconds{1});
    counters_.waitedMicros += static_cast<std::uint64_t>(step.count()) * waiting_.size();
    counters_.mostWaiting = std::max(counters_.mostWaiting, waiting());
    return step;
}

void BatchEngine::finishStep(std::vector<Token>& out) {
    if (!stepping_) return;
    stepping_ = false;
    for (Sequence& sequence : running_) {
        if (sequence.generated == 0 && sequence.computed == 0) counters_.promptTokens += sequence.job.promptTokens;
        sequence.computed += sequence.planned;
        sequence.planned = 0;
        if (sequence.pending() > 0) continue;
        const bool last = ++sequence.generated >= sequence.job.outputTokens;
        out.push_back({sequence.job.id, sequence.generated - 1, last});
        ++counters_.outputTokens;
        if (!last) continue;
        ++counters_.finished;
        free(sequence);
    }
    std::erase_if(running_, [](const Sequence& s) { return s.generated >= s.job.outputTokens; });
}

}  // namespace gatehouse::lab
