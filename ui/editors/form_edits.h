// FormEdits: the changes that a form makes, as named edits of a workspace. Nothing is applied here. Each touches only the bytes
// of its field. Thread: GUI (names are translated).
#pragma once

#include "config/schema.h"
#include "config/workspace.h"
#include "editors/form_model.h"

#include <QString>

namespace gatehouse::ui {

class FormEdits {
  public:
    FormEdits(const config::Workspace& workspace, config::ObjectKey object) : workspace_(workspace), object_(std::move(object)) {}

    /// Writes a scalar as the table's type asks. An empty value of an optional field removes it.
    Result<config::Edit> setScalar(const config::FieldPath& path, const config::FieldSpec& spec, const QString& value) const;
    Result<config::Edit> remove(const config::FieldPath& path) const;
    /// Adds an absent field with the smallest value that reads as valid.
    Result<config::Edit> add(const config::FieldPath& path, const config::FieldSpec& spec) const;
    /// The same for a member of which only one may be there: takes out `other`.
    Result<config::Edit> addInstead(const config::FieldPath& path, const config::FieldSpec& spec, const std::string& other) const;
    Result<config::Edit> addItem(const config::FieldPath& list, const config::FieldSpec& spec) const;
    Result<config::Edit> duplicateItem(const config::FieldPath& item) const;
    Result<config::Edit> moveItem(const config::FieldPath& item, std::size_t to) const;
    /// Sets a union's `type` and exchanges the member that belongs to it.
    Result<config::Edit> setUnionType(const config::FieldPath& group, const config::FieldSpec& spec, const QString& value) const;
    Result<config::Edit> setEntry(const config::FieldPath& map, const QString& key, const QString& value) const;
    Result<config::Edit> renameEntry(const config::FieldPath& map, const QString& from, const QString& to) const;
    Result<config::Edit> addEntry(const config::FieldPath& map) const;
    Result<config::Edit> applyFix(const config::Fix& fix) const;

  private:
    const text::yaml::Node* node(const config::FieldPath& path) const;
    QString where(const config::FieldPath& path) const;
    static Result<config::Edit> named(Result<config::Edit> edit, const QString& name, const QString& mergeKey = {});

    const config::Workspace& workspace_;
    config::ObjectKey object_;
};

/// The type that a value of `spec` is written as: an IntOrString of digits is an integer.
text::yaml::Type yamlTypeOf(const config::FieldSpec& spec, const std::string& value);
/// The smallest value of `spec` that passes its checks, as a YAML fragment at indentation 0.
std::string starterFragment(const config::FieldSpec& spec);

}  // namespace gatehouse::ui
