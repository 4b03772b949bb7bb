// What core says, in the language of the console. Core writes English and knows no Qt: diagnostics, conditions, reasons of picks and draws,
// errors of results, notes of exports, help of fields. core_sentence_table.cpp holds every literal that it makes them of (a script finds them in
// core's sources); here the pattern that a text was made of is found again and said in the console's language, with the same names and numbers
// in its holes. Thread: any. Lifetime: the book lives as long as who made it; the functions are always there.
#pragma once

#include <QString>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::ui {

/// Every literal of core that people read, as it stands in its sources: fmt's "{}" and "{:.1f}" are holes.
const std::vector<const char*>& corePatterns();

/// The text in the language of the console; itself where that is English or where no pattern fits. Names, values and numbers stay as they are.
QString coreSentence(std::string_view english);

/// A set of patterns and what they are in one language.
class SentenceBook {
  public:
    /// Translations name the holes they fill in as {} in order, or as {1}, {2} in any order; they may leave holes out. What stands in a hole is
    /// said too where it is a fragment of several words; a single word only where the hole is marked, {w} or {1w}: elsewhere it is a name.
    using Translate = std::function<QString(const char* pattern)>;
    SentenceBook(const std::vector<const char*>& patterns, const Translate& translate);
    ~SentenceBook();

    QString say(std::string_view english) const;
    /// Is the text one of the patterns, or a join of them with names and values?
    bool knows(std::string_view english) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace gatehouse::ui
