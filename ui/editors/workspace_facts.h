// WorkspaceFacts: what is known about the objects of the open workspace beyond their text: diagnostics, status conditions and
// attachments. Taken from the running gateway's last apply; computed here while no gateway runs. Thread: GUI. Lifetime: a view's.
#pragma once

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "config/status.h"

#include <QObject>
#include <QString>

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace gatehouse::ui {

enum class Health { Ok, Warning, Error, Unknown };

/// Whether the object is the one that its kind, namespace and name stand for: of several with the same name, one counts.
bool counts(const config::ObjectSet& objects, const config::Object& object);
/// The findings without those in objects that do not count.
std::vector<config::Diagnostic> aboutWhatCounts(const config::ObjectSet& objects, const std::vector<config::Diagnostic>& diagnostics);

class WorkspaceFacts : public QObject {
    Q_OBJECT
  public:
    WorkspaceFacts(EngineBridge& engine, WorkspaceDocument& document, QObject* parent = nullptr);

    /// A hidden view's facts wait until it is shown again. Active at first.
    void setActive(bool active);

    std::shared_ptr<const config::ObjectSet> objects() const { return objects_; }
    const std::vector<config::Diagnostic>& diagnostics() const { return diagnostics_; }
    /// Those of them that are about the objects that count.
    const std::vector<config::Diagnostic>& counting() const { return counting_; }
    const std::vector<config::ObjectStatus>& statuses() const { return statuses_; }
    const std::vector<config::Attachment>& attachments() const { return attachments_; }

    std::vector<config::Diagnostic> of(const config::ObjectKey& object) const;
    const config::ObjectStatus* statusOf(const config::ObjectKey& object) const;

  signals:
    void updated();

  private:
    void refresh();
    void take(std::vector<config::Diagnostic> diagnostics);

    EngineBridge& engine_;
    WorkspaceDocument& document_;
    std::shared_ptr<const config::ObjectSet> objects_;
    std::shared_ptr<const config::ObjectSet> computedFor_;
    std::vector<config::Diagnostic> diagnostics_;
    std::vector<config::Diagnostic> counting_;
    std::vector<config::ObjectStatus> statuses_;
    std::vector<config::Attachment> attachments_;
    std::unordered_map<std::string, std::vector<std::size_t>> byObject_;  ///< Indices into counting_.
    bool active_ = true;
    bool stale_ = false;
};

}  // namespace gatehouse::ui
