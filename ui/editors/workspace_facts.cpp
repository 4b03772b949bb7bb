#include "editors/workspace_facts.h"

#include "config/validate.h"
#include "editors/object_text.h"

namespace gatehouse::ui {

WorkspaceFacts::WorkspaceFacts(EngineBridge& engine, WorkspaceDocument& document, QObject* parent)
    : QObject(parent), engine_(engine), document_(document) {
    connect(&document_, &WorkspaceDocument::opened, this, &WorkspaceFacts::refresh);
    connect(&document_, &WorkspaceDocument::changed, this, &WorkspaceFacts::refresh);
    connect(&engine_, &EngineBridge::applied, this, &WorkspaceFacts::refresh);
    refresh();
}

void WorkspaceFacts::refresh() {
    objects_ = document_.isOpen() ? document_.objects() : nullptr;
    if (!objects_) {
        diagnostics_.clear();
        statuses_.clear();
        attachments_.clear();
        computedFor_.reset();
        emit updated();
        return;
    }
    const auto report = engine_.report();
    if (engine_.running() && report && report->revision == objects_->revision && report->generation > 0) {
        diagnostics_ = report->diagnostics;
        statuses_ = report->statuses;
    } else if (computedFor_ != objects_) {
        diagnostics_ = config::validate(*objects_);
        statuses_ = config::computeStatus(*objects_);
    }
    if (computedFor_ != objects_) attachments_ = config::attachments(*objects_);
    computedFor_ = objects_;
    emit updated();
}

std::vector<config::Diagnostic> WorkspaceFacts::of(const config::ObjectKey& object) const {
    std::vector<config::Diagnostic> out;
    for (const auto& diagnostic : diagnostics_)
        if (diagnostic.object == object) out.push_back(diagnostic);
    return out;
}

const config::ObjectStatus* WorkspaceFacts::statusOf(const config::ObjectKey& object) const {
    for (const auto& status : statuses_)
        if (status.object == object) return &status;
    return nullptr;
}

Health WorkspaceFacts::healthOf(const config::ObjectKey& object, const config::FieldPath& path) const {
    Health worst = Health::Ok;
    for (const auto& diagnostic : diagnostics_) {
        if (diagnostic.object != object) continue;
        if (!path.empty() && !isWithin(parsePath(diagnostic.fieldPath), path)) continue;
        if (diagnostic.severity == config::Severity::Error) return Health::Error;
        if (diagnostic.severity == config::Severity::Warning) worst = Health::Warning;
    }
    return worst;
}

}  // namespace gatehouse::ui
