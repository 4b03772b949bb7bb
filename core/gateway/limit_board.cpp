#include "gateway/limit_board.h"

#include <algorithm>
#include <chrono>
#include <cstring>

namespace gatehouse::gateway {

void LimitBoard::bit(const char* name) {
    constexpr auto kRelaxed = std::memory_order_relaxed;
    using std::chrono::duration_cast;
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    for (auto& entry : entries_) {
        const auto* known = entry.name.load(kRelaxed);
        if (known != nullptr && std::strcmp(known, name) != 0) continue;
        entry.count.store(entry.count.load(kRelaxed) + 1, kRelaxed);
        entry.lastMicros.store(duration_cast<std::chrono::microseconds>(now).count(), kRelaxed);
        entry.name.store(name, std::memory_order_release);
        return;
    }
}

void addUses(const std::vector<LimitUse>& uses, std::vector<LimitUse>& total) {
    for (const auto& use : uses) {
        const auto known = std::find_if(total.begin(), total.end(), [&](const LimitUse& other) { return other.name == use.name; });
        if (known == total.end()) {
            total.push_back(use);
            continue;
        }
        known->count += use.count;
        known->last = std::max(known->last, use.last);
    }
}

std::vector<LimitUse> LimitBoard::read() const {
    std::vector<LimitUse> result;
    for (const auto& entry : entries_) {
        const auto* name = entry.name.load(std::memory_order_acquire);
        if (name == nullptr) break;
        const auto last = std::chrono::microseconds(entry.lastMicros.load(std::memory_order_relaxed));
        result.push_back({name, entry.count.load(std::memory_order_relaxed),
                          base::WallTime(std::chrono::duration_cast<base::WallTime::duration>(last))});
    }
    return result;
}

}  // namespace gatehouse::gateway
