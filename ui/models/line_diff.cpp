#include "models/line_diff.h"

#include <algorithm>

namespace gatehouse::ui {

namespace {

/// Beyond this many changed lines the middle is shown as removed and added whole: the search is quadratic in it.
constexpr int kMaxEdits = 4000;

std::vector<DiffLine> fullDiff(const QStringList& a, const QStringList& b) {
    using Kind = DiffLine::Kind;
    int head = 0;
    while (head < a.size() && head < b.size() && a[head] == b[head]) ++head;
    int tail = 0;
    while (tail < a.size() - head && tail < b.size() - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
    const int n = int(a.size()) - head - tail, m = int(b.size()) - head - tail;

    std::vector<DiffLine> middle;
    const int limit = std::min(n + m, kMaxEdits);
    std::vector<std::vector<int>> trace;
    std::vector<int> reach(std::size_t(2 * limit + 3), 0);
    bool found = n + m == 0;
    int edits = 0;
    for (; edits <= limit && !found; ++edits) {
        trace.push_back(reach);
        for (int k = -edits; k <= edits; k += 2) {
            const auto at = [&](int diagonal) -> int& { return reach[std::size_t(diagonal + limit + 1)]; };
            int x = k == -edits || (k != edits && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
            int y = x - k;
            while (x < n && y < m && a[head + x] == b[head + y]) ++x, ++y;
            at(k) = x;
            if (x >= n && y >= m) {
                found = true;
                break;
            }
        }
        if (found) break;
    }
    if (!found) {
        for (int i = 0; i < n; ++i) middle.push_back({Kind::Removed, a[head + i]});
        for (int i = 0; i < m; ++i) middle.push_back({Kind::Added, b[head + i]});
    } else if (n + m > 0) {
        int x = n, y = m;
        for (int d = edits; d >= 0; --d) {
            const auto at = [&](int diagonal) { return trace[std::size_t(d)][std::size_t(diagonal + limit + 1)]; };
            const int k = x - y;
            const int from = k == -d || (k != d && at(k - 1) < at(k + 1)) ? k + 1 : k - 1;
            const int fromX = d == 0 ? 0 : at(from), fromY = fromX - (d == 0 ? 0 : from);
            while (x > fromX && y > fromY && x > 0 && y > 0 && a[head + x - 1] == b[head + y - 1]) {
                middle.push_back({Kind::Same, a[head + x - 1]});
                --x, --y;
            }
            if (d == 0) break;
            if (x == fromX) middle.push_back({Kind::Added, b[head + --y]});
            else middle.push_back({Kind::Removed, a[head + --x]});
        }
        std::reverse(middle.begin(), middle.end());
    }
    std::vector<DiffLine> all;
    for (int i = 0; i < head; ++i) all.push_back({Kind::Same, a[i]});
    all.insert(all.end(), middle.begin(), middle.end());
    for (int i = 0; i < tail; ++i) all.push_back({Kind::Same, a[a.size() - tail + i]});
    return all;
}

}  // namespace

std::vector<DiffLine> lineDiff(const QString& before, const QString& after, int context) {
    const auto all = fullDiff(before.split(QLatin1Char('\n')), after.split(QLatin1Char('\n')));
    std::vector<bool> keep(all.size(), false);
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].kind == DiffLine::Kind::Same) continue;
        const std::size_t low = i >= std::size_t(context) ? i - std::size_t(context) : 0;
        for (std::size_t j = low; j <= std::min(all.size() - 1, i + std::size_t(context)); ++j) keep[j] = true;
    }
    std::vector<DiffLine> shown;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (keep[i]) shown.push_back(all[i]);
        else if (shown.empty() || shown.back().kind != DiffLine::Kind::Skipped) shown.push_back({DiffLine::Kind::Skipped, {}});
    }
    if (shown.size() == 1 && shown.front().kind == DiffLine::Kind::Skipped) shown.clear();
    return shown;
}

}  // namespace gatehouse::ui
