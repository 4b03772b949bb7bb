// TextDiff: two texts line by line with line numbers, and paired for a side-by-side view. Pure. The algorithm is models/line_diff.
#pragma once

#include <QString>

#include <vector>

namespace gatehouse::ui {

struct TextDiffRow {
    enum class Kind { Same, Removed, Added };
    Kind kind = Kind::Same;
    QString text;
    int before = 0;  ///< Line number from 1 in the old text; 0 = not there.
    int after = 0;   ///< In the new text.
};

/// Every line of both texts in order.
std::vector<TextDiffRow> textDiff(const QString& before, const QString& after);

/// The rows of a side-by-side view: what was removed faces what came in its place; an absent side has line number 0.
struct TextDiffPair {
    TextDiffRow left, right;
};
std::vector<TextDiffPair> pairRows(const std::vector<TextDiffRow>& rows);

}  // namespace gatehouse::ui
