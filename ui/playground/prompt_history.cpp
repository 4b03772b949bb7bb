#include "playground/prompt_history.h"

#include <QSettings>

#include <algorithm>

namespace gatehouse::ui {
namespace {

const QString kArray = QStringLiteral("playground/history");

}  // namespace

PromptHistory::PromptHistory() {
    QSettings settings;
    const int count = std::min(settings.beginReadArray(kArray), kMost);
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        entries_.push_back({settings.value("system").toString(), settings.value("user").toString(), settings.value("temperature", -1).toDouble(), settings.value("maxTokens", 0).toInt()});
    }
    settings.endArray();
}

void PromptHistory::add(const HistoryEntry& entry) {
    if (entry.user.trimmed().isEmpty() || entry.user.size() > kMostCharacters || entry.system.size() > kMostCharacters) return;
    std::erase(entries_, entry);
    entries_.insert(entries_.begin(), entry);
    if (entries_.size() > std::size_t(kMost)) entries_.resize(std::size_t(kMost));
    write();
}

void PromptHistory::clear() {
    entries_.clear();
    write();
}

void PromptHistory::write() const {
    QSettings settings;
    settings.remove(kArray);
    settings.beginWriteArray(kArray);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        settings.setArrayIndex(int(i));
        settings.setValue("system", entries_[i].system);
        settings.setValue("user", entries_[i].user);
        settings.setValue("temperature", entries_[i].temperature);
        settings.setValue("maxTokens", entries_[i].maxTokens);
    }
    settings.endArray();
}

}  // namespace gatehouse::ui
