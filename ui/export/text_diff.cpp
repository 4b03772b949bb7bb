#include "export/text_diff.h"

#include "models/line_diff.h"

#include <algorithm>
#include <cstddef>

namespace gatehouse::ui {
namespace {

/// Unchanged lines shown around a change: all of them.
constexpr int kWholeFile = 1'000'000'000;

using Kind = TextDiffRow::Kind;

/// Without the empty piece after a final line end.
QString trimmedEnd(const QString& text) { return text.endsWith(QLatin1Char('\n')) ? text.chopped(1) : text; }

}  // namespace

std::vector<TextDiffRow> textDiff(const QString& before, const QString& after) {
    std::vector<TextDiffRow> rows;
    int left = 0, right = 0;
    const auto add = [&](Kind kind, const QString& text) {
        rows.push_back({kind, text, kind == Kind::Added ? 0 : ++left, kind == Kind::Removed ? 0 : ++right});
    };
    if (before == after || before.isEmpty() || after.isEmpty()) {
        const auto kind = before == after ? Kind::Same : before.isEmpty() ? Kind::Added : Kind::Removed;
        const auto& text = before.isEmpty() ? after : before;
        if (!text.isEmpty())
            for (const auto& line : trimmedEnd(text).split(QLatin1Char('\n'))) add(kind, line);
        return rows;
    }
    for (const auto& line : lineDiff(trimmedEnd(before), trimmedEnd(after), kWholeFile)) {
        switch (line.kind) {
            case DiffLine::Kind::Same: add(Kind::Same, line.text); break;
            case DiffLine::Kind::Removed: add(Kind::Removed, line.text); break;
            case DiffLine::Kind::Added: add(Kind::Added, line.text); break;
            case DiffLine::Kind::Skipped: break;
        }
    }
    return rows;
}

std::vector<TextDiffPair> pairRows(const std::vector<TextDiffRow>& rows) {
    std::vector<TextDiffPair> pairs;
    for (std::size_t i = 0; i < rows.size();) {
        if (rows[i].kind == Kind::Same) {
            pairs.push_back({rows[i], rows[i]});
            ++i;
            continue;
        }
        std::vector<TextDiffRow> left, right;
        for (; i < rows.size() && rows[i].kind != Kind::Same; ++i) (rows[i].kind == Kind::Removed ? left : right).push_back(rows[i]);
        for (std::size_t j = 0; j < std::max(left.size(), right.size()); ++j)
            pairs.push_back({j < left.size() ? left[j] : TextDiffRow{}, j < right.size() ? right[j] : TextDiffRow{}});
    }
    return pairs;
}

}  // namespace gatehouse::ui
