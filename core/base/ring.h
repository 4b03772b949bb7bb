// Ring<T>: a bounded single-producer single-consumer queue that drops the newest when full and counts the drops.
// Thread: push on one thread, drain on one other; dropped() on any. Lifetime: outlives both threads.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace gatehouse::base {

template <class T>
class Ring {
  public:
    /// `capacity` is rounded up to a power of two.
    explicit Ring(std::size_t capacity) {
        std::size_t size = 1;
        while (size < capacity) size *= 2;
        slots_.resize(size);
    }

    /// False, and one more drop counted, when full.
    bool push(T&& value) {
        const auto tail = tail_.load(std::memory_order_relaxed);
        if (tail - head_.load(std::memory_order_acquire) == slots_.size()) {
            dropped_.fetch_add(1, std::memory_order_relaxed);
            return false;
        }
        slots_[tail & (slots_.size() - 1)] = std::move(value);
        tail_.store(tail + 1, std::memory_order_release);
        return true;
    }

    /// Hands up to `max` values to `consume(T&&)` in order; answers how many.
    template <class Consume>
    std::size_t drain(std::size_t max, Consume&& consume) {
        auto head = head_.load(std::memory_order_relaxed);
        const auto tail = tail_.load(std::memory_order_acquire);
        std::size_t taken = 0;
        for (; head != tail && taken < max; ++head, ++taken) {
            consume(std::move(slots_[head & (slots_.size() - 1)]));
            slots_[head & (slots_.size() - 1)] = T{};
            head_.store(head + 1, std::memory_order_release);
        }
        return taken;
    }

    std::uint64_t dropped() const { return dropped_.load(std::memory_order_relaxed); }

  private:
    std::vector<T> slots_;
    alignas(64) std::atomic<std::size_t> head_{0};
    alignas(64) std::atomic<std::size_t> tail_{0};
    std::atomic<std::uint64_t> dropped_{0};
};

}  // namespace gatehouse::base
