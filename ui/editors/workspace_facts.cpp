#include "editors/workspace_facts.h"

#include "config/validate.h"

namespace gatehouse::ui {
namespace {

/// The object whose text the place is in, among several of one name.
const config::Object* holderOf(const std::vector<const config::Object*>& sameName, const config::SourceLocation& where) {
    const config::Object* holder = nullptr;
    for (const auto* object : sameName)
        if (object->where.file == where.file && object->textBegin <= where.begin && (!holder || object->textBegin > holder->textBegin)) holder = object;
    return holder;
}

}  // namespace

bool counts(const config::ObjectSet& objects, const config::Object& object) { return objects.find(object.key) == &object; }

std::vector<config::Diagnostic> aboutWhatCounts(const config::ObjectSet& objects, const std::vector<config::Diagnostic>& diagnostics) {
    std::unordered_map<std::string, std::vector<const config::Object*>> sameName;
    for (const auto& object : objects.objects)
        if (!counts(objects, object)) sameName[object.key.id()].push_back(&object);
    if (sameName.empty()) return diagnostics;
    for (auto& [id, several] : sameName) several.push_back(objects.find(several.front()->key));
    std::vector<config::Diagnostic> out;
    for (const auto& diagnostic : diagnostics) {
        const auto several = sameName.find(diagnostic.object.id());
        const auto* holder = several == sameName.end() ? nullptr : holderOf(several->second, diagnostic.where);
        if (!holder || counts(objects, *holder)) out.push_back(diagnostic);
    }
    return out;
}

WorkspaceFacts::WorkspaceFacts(EngineBridge& engine, WorkspaceDocument& document, QObject* parent)
    : QObject(parent), engine_(engine), document_(document) {
    connect(&document_, &WorkspaceDocument::opened, this, &WorkspaceFacts::refresh);
    connect(&document_, &WorkspaceDocument::changed, this, &WorkspaceFacts::refresh);
    connect(&document_, &WorkspaceDocument::namespaceChanged, this, &WorkspaceFacts::refresh);
    connect(&engine_, &EngineBridge::applied, this, &WorkspaceFacts::refresh);
    refresh();
}

void WorkspaceFacts::setActive(bool active) {
    active_ = active;
    if (active && stale_) refresh();
}

void WorkspaceFacts::take(std::vector<config::Diagnostic> diagnostics) {
    diagnostics_ = std::move(diagnostics);
    byObject_.clear();
    counting_ = objects_ ? aboutWhatCounts(*objects_, diagnostics_) : diagnostics_;
    for (std::size_t i = 0; i < counting_.size(); ++i) byObject_[counting_[i].object.id()].push_back(i);
}

void WorkspaceFacts::refresh() {
    objects_ = document_.isOpen() ? document_.objects() : nullptr;
    stale_ = !active_;
    if (stale_) return;
    if (!objects_) {
        take({});
        statuses_.clear();
        attachments_.clear();
        computedFor_.reset();
        emit updated();
        return;
    }
    const auto report = engine_.report();
    if (engine_.running() && report && report->generation > 0) {
        // The report of an edit comes within milliseconds; until then the last one stands.
        take(report->diagnostics);
        statuses_ = report->statuses;
    } else if (computedFor_ != objects_) {
        take(config::validate(*objects_));
        statuses_ = config::computeStatus(*objects_);
    }
    if (computedFor_ != objects_) attachments_ = config::attachments(*objects_);
    computedFor_ = objects_;
    emit updated();
}

std::vector<config::Diagnostic> WorkspaceFacts::of(const config::ObjectKey& object) const {
    std::vector<config::Diagnostic> out;
    if (const auto found = byObject_.find(object.id()); found != byObject_.end())
        for (const auto index : found->second) out.push_back(counting_[index]);
    return out;
}

const config::ObjectStatus* WorkspaceFacts::statusOf(const config::ObjectKey& object) const {
    for (const auto& status : statuses_)
        if (status.object == object) return &status;
    return nullptr;
}

}  // namespace gatehouse::ui
