// PromptHistory: the prompts that were sent, newest first, kept between runs. Header fields of lanes are not in it, so that no secret
// is. Thread: GUI.
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace gatehouse::ui {

struct HistoryEntry {
    QString system, user;
    double temperature = -1;  ///< -1: not said.
    int maxTokens = 0;        ///< 0: not said.
    bool operator==(const HistoryEntry&) const = default;
};

class PromptHistory {
  public:
    static constexpr int kMost = 20;
    static constexpr qsizetype kMostCharacters = 20'000;  ///< Of one text; longer ones are not kept.

    PromptHistory();
    const std::vector<HistoryEntry>& entries() const { return entries_; }
    void add(const HistoryEntry& entry);
    void clear();

  private:
    void write() const;
    std::vector<HistoryEntry> entries_;
};

}  // namespace gatehouse::ui
