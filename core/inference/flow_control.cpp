#include "inference/flow_control.h"

namespace gatehouse::inference {

void FlowControl::configure(const FlowOptions& options) {
    const std::lock_guard lock(mutex_);
    options_ = options;
}

FlowOptions FlowControl::options() const {
    const std::lock_guard lock(mutex_);
    return options_;
}

FlowControl::Joined FlowControl::join(int priority, std::uint64_t bytes, std::function<void()> wake) {
    if (priority < 0) {
        shed_.fetch_add(1, std::memory_order_relaxed);
        negative_.fetch_add(1, std::memory_order_relaxed);
        return {nullptr, dropped::kSaturated};
    }
    std::shared_ptr<Waiter> out;  // Told behind the lock.
    Joined joined;
    {
        const std::lock_guard lock(mutex_);
        const auto fits = [&](std::size_t requests, std::uint64_t held) {
            return requests + 1 <= options_.maxRequests && held + bytes <= options_.maxBytes;
        };
        const auto last = queue_.empty() ? queue_.end() : std::prev(queue_.end());
        const bool gives = last != queue_.end() && last->second->priority < priority && fits(queue_.size() - 1, bytes_ - last->second->bytes);
        if (!fits(queue_.size(), bytes_) && gives) {
            out = last->second;
            bytes_ -= out->bytes;
            queue_.erase(last);
        }
        if (!fits(queue_.size(), bytes_)) {
            joined.reason = dropped::kSaturated;
        } else {
            joined.waiter = std::make_shared<Waiter>();
            joined.waiter->priority = priority;
            joined.waiter->order = next_++;
            joined.waiter->bytes = bytes;
            joined.waiter->wake = std::move(wake);
            bytes_ += bytes;
            queue_.emplace(Key{-priority, joined.waiter->order}, joined.waiter);
        }
        waiting_.store(queue_.size(), std::memory_order_relaxed);
    }
    if (joined.reason != nullptr) shed_.fetch_add(1, std::memory_order_relaxed);
    if (out) {
        shed_.fetch_add(1, std::memory_order_relaxed);
        evicted_.fetch_add(1, std::memory_order_relaxed);
        out->evicted.store(true, std::memory_order_release);
        out->wake();
    }
    return joined;
}

std::vector<std::pair<int, std::size_t>> FlowControl::waitingByPriority() const {
    std::vector<std::pair<int, std::size_t>> counts;
    const std::lock_guard lock(mutex_);
    for (const auto& [key, waiter] : queue_) {
        if (counts.empty() || counts.back().first != waiter->priority) counts.emplace_back(waiter->priority, 0);
        ++counts.back().second;
    }
    return counts;
}

bool FlowControl::first(const Waiter& waiter) const {
    const std::lock_guard lock(mutex_);
    return !queue_.empty() && queue_.begin()->second.get() == &waiter;
}

void FlowControl::leave(const Waiter& waiter) {
    {
        const std::lock_guard lock(mutex_);
        const auto found = queue_.find({-waiter.priority, waiter.order});
        if (found == queue_.end() || found->second.get() != &waiter) return;
        bytes_ -= waiter.bytes;
        queue_.erase(found);
        waiting_.store(queue_.size(), std::memory_order_relaxed);
    }
    wakeFirst();
}

void FlowControl::wakeFirst() {
    if (!anybodyWaits()) return;
    std::shared_ptr<Waiter> first;
    {
        const std::lock_guard lock(mutex_);
        if (queue_.empty()) return;
        first = queue_.begin()->second;
    }
    first->wake();
}

}  // namespace gatehouse::inference
