#include "bridge/draft_store.h"

#include <utility>

namespace gatehouse::ui {

void DraftStore::open(const std::filesystem::path& journalDirectory, const std::filesystem::path& root) {
    // The old journal lets go of its lock before the new one asks for it: both can be of one folder.
    journal_.reset();
    left_.clear();
    const auto before = std::exchange(drafts_, {});
    if (!journalDirectory.empty()) {
        journal_ = std::make_unique<config::Journal>();
        journal_->open(journalDirectory, root);
        for (const auto& entry : journal_->left())
            if (entry.text) left_.push_back({entry.file, *entry.text});
    }
    for (const auto& [id, text] : before) emit changed(QString::fromStdString(id));
}

const std::string* DraftStore::find(const std::string& id) const {
    const auto found = drafts_.find(id);
    return found == drafts_.end() ? nullptr : &found->second;
}

void DraftStore::keep(const std::string& id, const std::string& text) {
    auto [found, isNew] = drafts_.try_emplace(id, text);
    if (!isNew && found->second == text) return;
    found->second = text;
    if (journal_) journal_->keep(id, text);
    emit changed(QString::fromStdString(id));
}

bool DraftStore::drop(const std::string& id) {
    if (!drafts_.erase(id)) return false;
    if (journal_) journal_->drop(id);
    emit changed(QString::fromStdString(id));
    return true;
}

void DraftStore::clear() {
    while (!drafts_.empty()) drop(std::string(drafts_.begin()->first));
}

void DraftStore::takeLeft() {
    // Kept anew before the old copies go, so that no moment has neither.
    for (const auto& draft : std::exchange(left_, {}))
        if (!drafts_.contains(draft.id)) keep(draft.id, draft.text);
    if (journal_) journal_->discardLeft();
}

void DraftStore::discardLeft() {
    left_.clear();
    if (journal_) journal_->discardLeft();
}

}  // namespace gatehouse::ui
