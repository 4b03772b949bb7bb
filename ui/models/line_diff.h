// Line differences of two texts, shortest first (Myers 1986, "An O(ND) Difference Algorithm"), as unified lines for a pane. Pure.
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace gatehouse::ui {

struct DiffLine {
    enum class Kind { Same, Removed, Added, Skipped };  ///< Skipped: unchanged lines left out.
    Kind kind = Kind::Same;
    QString text;
};

/// With `context` unchanged lines around each change.
std::vector<DiffLine> lineDiff(const QString& before, const QString& after, int context = 3);

}  // namespace gatehouse::ui
