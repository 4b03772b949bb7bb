// RecordStore: the last finished exchanges, kept as the workers left them and put into words only when somebody looks. Words
// cost several microseconds per request, more than proxying it does.
// Thread: any (one lock). Lifetime: the gateway's.
#pragma once

#include "gateway/exchange_record.h"
#include "telemetry/request_record.h"

#include <cstdint>
#include <mutex>
#include <variant>
#include <vector>

namespace gatehouse::gateway {

class RecordStore {
  public:
    explicit RecordStore(std::size_t capacity) : capacity_(capacity) {}

    /// Appends, in order of sequence: compact, or in words already where somebody needed them (metrics, the access log).
    void add(ExchangeRecord record, std::uint64_t sequence);
    void add(telemetry::RequestRecord described);

    /// The oldest that the one consumer has not had. Until its first call only the newest kUnread wait for it; later what
    /// it leaves until the store has overwritten it is lost to it, and counted.
    std::size_t drain(std::size_t max, std::vector<telemetry::RequestRecord>& out);
    /// Newest first.
    std::vector<telemetry::RequestRecord> recent(std::size_t limit) const;
    std::uint64_t dropped() const;

  private:
    static constexpr std::uint64_t kUnread = 1'000;

    /// Heads of all entries together: beyond it the oldest lose theirs. 20,000 ordinary ones take half of it.
    static constexpr std::size_t kMostHeads = 16 * 1024 * 1024;

    struct Compact {
        ExchangeRecord record;
        std::uint64_t sequence = 0;
    };
    using Entry = std::variant<Compact, telemetry::RequestRecord>;

    void append(Entry entry);
    const Entry& at(std::uint64_t position) const { return entries_[position % capacity_]; }
    static std::size_t headSize(const Entry& entry);
    void trimHeads();
    static telemetry::RequestRecord words(const Entry& entry);

    const std::size_t capacity_;
    mutable std::mutex mutex_;
    std::vector<Entry> entries_;   ///< Grows to capacity_, then the oldest is overwritten.
    std::uint64_t added_ = 0;      ///< Entries ever; the position of the next.
    std::uint64_t drained_ = 0;    ///< Position of the first that the consumer has not had.
    std::uint64_t dropped_ = 0;
    std::size_t headBytes_ = 0;
    std::uint64_t headless_ = 0;   ///< Entries before this position have lost their heads.
    bool consumed_ = false;
};

}  // namespace gatehouse::gateway
