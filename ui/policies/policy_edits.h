// PolicyEdits: the changes that the guard and enrichment editor makes to a TrafficPolicy, as named edits. Thread: GUI (names are translated).
#pragma once

#include "config/workspace.h"

#include <QString>

namespace gatehouse::ui {

enum class PromptSide { Prepend, Append };

class PolicyEdits {
  public:
    PolicyEdits(const config::Workspace& workspace, config::ObjectKey policy) : workspace_(workspace), policy_(std::move(policy)) {}

    Result<config::Edit> setBuiltin(const std::string& builtin, bool on) const;
    Result<config::Edit> setReject(bool reject) const;
    Result<config::Edit> addPattern() const;
    Result<config::Edit> setPattern(std::size_t index, const QString& field, const QString& value) const;
    Result<config::Edit> removePattern(std::size_t index) const;
    Result<config::Edit> setRejectMessage(const QString& text) const;
    Result<config::Edit> setRejectStatus(int status) const;
    Result<config::Edit> addMessage(PromptSide side) const;
    Result<config::Edit> setMessage(PromptSide side, std::size_t index, const QString& field, const QString& value) const;
    Result<config::Edit> removeMessage(PromptSide side, std::size_t index) const;

  private:
    std::size_t countAt(const config::FieldPath& list) const;
    Result<config::Edit> append(const config::FieldPath& list, const std::string& item) const;
    Result<config::Edit> removeItem(const config::FieldPath& list, std::size_t index) const;
    Result<config::Edit> named(Result<config::Edit> edit, const QString& name, const QString& mergeKey = {}) const;

    const config::Workspace& workspace_;
    config::ObjectKey policy_;
};

}  // namespace gatehouse::ui
