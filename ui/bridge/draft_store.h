// DraftStore: texts that were typed but cannot be taken over as an edit yet (malformed, or refused), by object id or "file:" and the file's
// name. Each is journalled as it is typed, so neither a crash nor leaving the program loses one; what an earlier run left is offered beside the
// recovered edits. Without a journal directory (the demo, read-only folders) the texts live in memory alone. Thread: GUI. Lifetime: the document's.
#pragma once

#include "config/journal.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::ui {

class DraftStore : public QObject {
    Q_OBJECT
  public:
    struct Draft {
        std::string id;
        std::string text;
    };

    explicit DraftStore(QObject* parent = nullptr) : QObject(parent) {}

    /// Forgets the drafts in memory (their journal stays for the next time) and collects what earlier runs left for `root`.
    void open(const std::filesystem::path& journalDirectory, const std::filesystem::path& root);

    const std::string* find(const std::string& id) const;
    void keep(const std::string& id, const std::string& text);
    bool drop(const std::string& id);
    void clear();
    const std::map<std::string, std::string>& drafts() const { return drafts_; }

    const std::vector<Draft>& left() const { return left_; }
    /// Makes what was left drafts of this run.
    void takeLeft();
    void discardLeft();

  signals:
    void changed(const QString& id);

  private:
    std::unique_ptr<config::Journal> journal_;
    std::map<std::string, std::string> drafts_;
    std::vector<Draft> left_;
};

}  // namespace gatehouse::ui
