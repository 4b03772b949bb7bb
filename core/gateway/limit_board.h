// LimitBoard: how often each limit was enforced, and when last. One per worker.
// Thread: bit() on the worker; read() on any. Lifetime: its worker's.
#pragma once

#include "base/clock.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace gatehouse::gateway {

struct LimitUse {
    std::string name;
    std::uint64_t count = 0;
    base::WallTime last;
};

/// Adds the uses of one worker to those of others.
void addUses(const std::vector<LimitUse>& uses, std::vector<LimitUse>& total);

class LimitBoard {
  public:
    /// `name` has static lifetime.
    void bit(const char* name);
    /// Those that were enforced at least once.
    std::vector<LimitUse> read() const;

  private:
    struct Entry {
        std::atomic<const char*> name{nullptr};
        std::atomic<std::uint64_t> count{0};
        std::atomic<std::int64_t> lastMicros{0};  ///< Since the epoch.
    };
    static constexpr std::size_t kMost = 64;  ///< More than there are limits.
    std::array<Entry, kMost> entries_;
};

}  // namespace gatehouse::gateway
