// Fuzzy matching for the command palette: every character of the query in order, better when at the starts of words and in a row. Pure.
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace gatehouse::ui {

struct FuzzyMatch {
    int score = 0;          ///< Higher is better.
    QList<int> positions;   ///< Of the matched characters in the text.
};

/// Empty when `text` does not contain the query's characters in order. Case is ignored; blanks in the query separate words that
/// may match anywhere, in order. An empty query matches with score 0.
std::optional<FuzzyMatch> fuzzyMatch(const QString& query, const QString& text);

}  // namespace gatehouse::ui
