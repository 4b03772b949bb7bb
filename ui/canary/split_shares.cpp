#include "canary/split_shares.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace gatehouse::ui {

std::vector<int> apportion(const std::vector<double>& parts, int total) {
    std::vector<int> whole(parts.size(), 0);
    const double sum = std::accumulate(parts.begin(), parts.end(), 0.0);
    if (parts.empty()) return whole;
    if (sum <= 0) {
        whole.front() = total;
        return whole;
    }
    std::vector<double> rest(parts.size());
    int given = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const double exact = parts[i] * total / sum;
        whole[i] = static_cast<int>(std::floor(exact));
        rest[i] = exact - whole[i];
        given += whole[i];
    }
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rest[a] > rest[b]; });
    for (std::size_t i = 0; given < total; i = (i + 1) % order.size(), ++given) ++whole[order[i]];
    return whole;
}

SplitShares::SplitShares(const std::vector<std::uint32_t>& weights) : values_(apportion({weights.begin(), weights.end()}, 100)) {}

void SplitShares::set(std::size_t arm, int percent) {
    if (arm >= values_.size()) return;
    if (values_.size() == 1) percent = 100;
    percent = std::clamp(percent, 0, 100);
    std::vector<double> others;
    for (std::size_t i = 0; i < values_.size(); ++i)
        if (i != arm) others.push_back(values_[i]);
    const auto scaled = apportion(others, 100 - percent);
    for (std::size_t i = 0, next = 0; i < values_.size(); ++i) values_[i] = i == arm ? percent : scaled[next++];
}

int SplitShares::divider(std::size_t arm) const {
    int at = 0;
    for (std::size_t i = 0; i <= arm && i < values_.size(); ++i) at += values_[i];
    return at;
}

void SplitShares::moveDivider(std::size_t arm, int percent) {
    if (arm + 1 >= values_.size()) return;
    const int left = divider(arm) - values_[arm];
    const int both = values_[arm] + values_[arm + 1];
    const int share = std::clamp(percent - left, 0, both);
    values_[arm] = share;
    values_[arm + 1] = both - share;
}

}  // namespace gatehouse::ui
