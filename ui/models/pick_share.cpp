#include "models/pick_share.h"

#include <algorithm>

namespace gatehouse::ui {
namespace {

/// The counter as last sampled at or before `time`; the first sample's value before that, so that history's start is no jump.
quint64 counterAt(const std::deque<PodSample>& samples, qint64 time) {
    const auto after = std::upper_bound(samples.begin(), samples.end(), time,
                                        [](qint64 value, const PodSample& sample) { return value < sample.time; });
    return after == samples.begin() ? samples.front().picks : std::prev(after)->picks;
}

}  // namespace

quint64 picksBetween(const PodHistory& history, qint64 from, qint64 to) {
    if (history.samples.empty()) return 0;
    const auto before = counterAt(history.samples, from);
    const auto after = counterAt(history.samples, to);
    return after > before ? after - before : 0;
}

std::vector<double> pickShares(const std::vector<const PodHistory*>& pods, qint64 at, qint64 window) {
    std::vector<double> shares;
    shares.reserve(pods.size());
    double total = 0;
    for (const auto* pod : pods) {
        shares.push_back(static_cast<double>(picksBetween(*pod, at - window, at)));
        total += shares.back();
    }
    if (total > 0)
        for (auto& share : shares) share *= 100.0 / total;
    return shares;
}

}  // namespace gatehouse::ui
