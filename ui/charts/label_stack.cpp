#include "charts/label_stack.h"

#include <algorithm>
#include <numeric>

namespace gatehouse::ui {

std::vector<double> stackLabels(const std::vector<double>& centers, double height, double top, double bottom) {
    std::vector<std::size_t> order(centers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return centers[a] < centers[b]; });
    std::vector<double> placed(centers.size());
    double next = top + height / 2;
    for (const auto i : order) {
        placed[i] = std::max(centers[i], next);
        next = placed[i] + height;
    }
    // What was pushed out below moves up again, pushing its neighbours.
    double last = bottom - height / 2;
    for (auto i = order.rbegin(); i != order.rend(); ++i) {
        placed[*i] = std::min(placed[*i], last);
        last = placed[*i] - height;
    }
    return placed;
}

}  // namespace gatehouse::ui
