#include "shell/problem_fix.h"

#include "bridge/workspace_document.h"
#include "config/schema.h"
#include "config/validate.h"
#include "models/core_sentence.h"

#include <QString>

namespace gatehouse::ui {

Result<void> applyFix(WorkspaceDocument& document, const config::Diagnostic& problem) {
    if (!problem.fix) return {};
    const QString path = QString::fromStdString(problem.fix->path.toString());
    const QString name = coreSentence(problem.fix->label);
    if (!problem.fix->value) return document.removeField(problem.object, path, name);
    text::yaml::Type type = text::yaml::Type::String;
    const auto* kind = config::findKind(problem.object.group, problem.object.kind);
    if (const auto* field = kind ? config::findField(*kind, problem.fix->path.toString()) : nullptr) {
        if (field->type == config::FieldType::Integer) type = text::yaml::Type::Integer;
        if (field->type == config::FieldType::Boolean) type = text::yaml::Type::Boolean;
    }
    return document.setField(problem.object, path, QString::fromStdString(*problem.fix->value), type, name);
}

}  // namespace gatehouse::ui
