#include "gateway/record_store.h"

#include <algorithm>
#include <utility>

namespace gatehouse::gateway {

void RecordStore::add(ExchangeRecord record, std::uint64_t sequence) { append(Compact{std::move(record), sequence}); }

void RecordStore::add(telemetry::RequestRecord described) { append(std::move(described)); }

void RecordStore::append(Entry entry) {
    if (capacity_ == 0) return;
    Entry old;  // Destroyed after the lock: the last holder of a snapshot frees it.
    const std::lock_guard lock(mutex_);
    headBytes_ += headSize(entry);
    if (entries_.size() < capacity_) {
        entries_.push_back(std::move(entry));
    } else {
        old = std::exchange(entries_[added_ % capacity_], std::move(entry));
        headBytes_ -= headSize(old);
    }
    ++added_;
    if (headBytes_ > kMostHeads) trimHeads();
    const std::uint64_t bound = consumed_ ? capacity_ : std::min<std::uint64_t>(capacity_, kUnread);
    if (added_ - drained_ <= bound) return;
    ++drained_;
    if (consumed_) ++dropped_;
}

std::size_t RecordStore::headSize(const Entry& entry) {
    if (const auto* compact = std::get_if<Compact>(&entry)) return compact->record.head.size;
    const auto& head = std::get<telemetry::RequestRecord>(entry).head;
    return head ? head->text.size() : 0;
}

void RecordStore::trimHeads() {
    headless_ = std::max(headless_, added_ - entries_.size());
    while (headBytes_ > kMostHeads && headless_ < added_) {
        auto& entry = entries_[headless_++ % capacity_];
        headBytes_ -= headSize(entry);
        if (auto* compact = std::get_if<Compact>(&entry)) compact->record.head = {};
        else std::get<telemetry::RequestRecord>(entry).head.reset();
    }
}

std::size_t RecordStore::drain(std::size_t max, std::vector<telemetry::RequestRecord>& out) {
    const std::lock_guard lock(mutex_);
    consumed_ = true;
    const auto count = std::min<std::uint64_t>(max, added_ - drained_);
    out.reserve(out.size() + count);
    for (std::uint64_t i = 0; i < count; ++i) out.push_back(words(at(drained_++)));
    return count;
}

std::vector<telemetry::RequestRecord> RecordStore::recent(std::size_t limit) const {
    const std::lock_guard lock(mutex_);
    const auto count = std::min(limit, entries_.size());
    std::vector<telemetry::RequestRecord> result;
    result.reserve(count);
    for (std::size_t i = 1; i <= count; ++i) result.push_back(words(at(added_ - i)));
    return result;
}

std::uint64_t RecordStore::dropped() const {
    const std::lock_guard lock(mutex_);
    return dropped_;
}

telemetry::RequestRecord RecordStore::words(const Entry& entry) {
    if (const auto* described = std::get_if<telemetry::RequestRecord>(&entry)) return *described;
    const auto& compact = std::get<Compact>(entry);
    return describe(compact.record, compact.sequence, base::MonoClock::now(), std::chrono::system_clock::now());
}

}  // namespace gatehouse::gateway
