#include "shell/fuzzy.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace gatehouse::ui {

namespace {

constexpr int kHit = 1, kWordStart = 8, kInARow = 5, kTextStart = 6, kExactCase = 1;
constexpr int kNone = std::numeric_limits<int>::min() / 2;

bool startsWord(const QString& text, int at) {
    if (at == 0) return true;
    const QChar before = text[at - 1], here = text[at];
    return !before.isLetterOrNumber() || (before.isLower() && here.isUpper());
}

}  // namespace

std::optional<FuzzyMatch> fuzzyMatch(const QString& query, const QString& text) {
    QString wanted;
    for (const QChar c : query) {
        if (!c.isSpace()) wanted.append(c);
    }
    FuzzyMatch match;
    if (wanted.isEmpty()) return match;
    const int n = int(wanted.size()), m = int(text.size());
    if (n > m) return std::nullopt;

    // best[i][j]: best score with wanted[i] matched at text[j]; from[i][j]: where wanted[i-1] was then.
    std::vector<std::vector<int>> best(std::size_t(n), std::vector<int>(std::size_t(m), kNone)), from = best;
    for (int i = 0; i < n; ++i) {
        int running = kNone, runningAt = -1;  // Best of best[i-1][0..j-1].
        for (int j = i; j < m; ++j) {
            if (i > 0 && j > 0 && best[std::size_t(i - 1)][std::size_t(j - 1)] > running) {
                running = best[std::size_t(i - 1)][std::size_t(j - 1)];
                runningAt = j - 1;
            }
            if (text[j].toCaseFolded() != wanted[i].toCaseFolded()) continue;
            int score = kHit + (startsWord(text, j) ? kWordStart : 0) + (j == 0 ? kTextStart : 0) +
                        (text[j] == wanted[i] ? kExactCase : 0);
            int previous = -1;
            if (i > 0) {
                if (running <= kNone) continue;
                int base = running;
                previous = runningAt;
                const int adjacent = best[std::size_t(i - 1)][std::size_t(j - 1)];
                if (adjacent > kNone && adjacent + kInARow >= base) {
                    base = adjacent + kInARow;
                    previous = j - 1;
                }
                score += base;
            }
            best[std::size_t(i)][std::size_t(j)] = score;
            from[std::size_t(i)][std::size_t(j)] = previous;
        }
    }
    const auto& last = best.back();
    const auto top = std::max_element(last.begin(), last.end());
    if (*top <= kNone) return std::nullopt;
    // Among equals the shorter text is nearer to what was typed.
    match.score = *top * 64 - std::min(m, 63);
    int at = int(top - last.begin());
    for (int i = n - 1; i >= 0; --i) {
        match.positions.prepend(at);
        at = from[std::size_t(i)][std::size_t(at)];
    }
    return match;
}

}  // namespace gatehouse::ui
