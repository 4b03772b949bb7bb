#include "bridge/workspace_document.h"

#include "bridge/engine_bridge.h"

#include <QFile>
#include <QHash>
#include <QStandardPaths>
#include <QUndoCommand>

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace gatehouse::ui {

namespace {

constexpr int kRefreshMillis = 500;

QStringList toStrings(const std::vector<std::string>& texts) {
    QStringList list;
    for (const std::string& text : texts) list << QString::fromStdString(text);
    return list;
}

/// The journal itself keeps workspaces apart.
std::filesystem::path journalDirectory() {
    const QString base = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    return base.isEmpty() ? std::filesystem::path() : std::filesystem::path(base.toStdString()) / "journal";
}

std::optional<std::string> readWhole(const std::filesystem::path& path) {
    QFile file(QString::fromStdString(path.string()));
    if (!file.open(QIODevice::ReadOnly)) return std::nullopt;
    return file.readAll().toStdString();
}

}  // namespace

/// One undo step. It holds whole texts before and after, so undoing never depends on what the edit meant.
class WorkspaceDocument::EditCommand : public QUndoCommand {
  public:
    EditCommand(WorkspaceDocument& document, config::Edit edit)
        : QUndoCommand(QString::fromStdString(edit.name)), document_(document), edit_(std::move(edit)) {}

    const config::Edit& edit() const { return edit_; }

    void redo() override {
        if (std::exchange(applied_, true)) return;
        if (!document_.perform(edit_)) setObsolete(true);
    }

    void undo() override {
        applied_ = false;
        if (!document_.perform(config::Workspace::inverse(edit_))) setObsolete(true);
    }

    int id() const override {
        return edit_.mergeKey.empty() ? -1 : int(qHash(QByteArray::fromStdString(edit_.mergeKey)) & 0x7fffffff);
    }

    bool mergeWith(const QUndoCommand* other) override {
        const config::Edit& next = static_cast<const EditCommand*>(other)->edit_;
        if (next.mergeKey != edit_.mergeKey) return false;
        for (const auto& change : next.changes) {
            const auto mine = std::find_if(edit_.changes.begin(), edit_.changes.end(),
                                           [&](const auto& known) { return known.file == change.file; });
            if (mine == edit_.changes.end()) edit_.changes.push_back(change);
            else mine->after = change.after;
        }
        edit_.name = next.name;
        setText(QString::fromStdString(edit_.name));
        const bool nothing = std::all_of(edit_.changes.begin(), edit_.changes.end(),
                                         [](const auto& change) { return change.before == change.after; });
        setObsolete(nothing);
        return true;
    }

  private:
    WorkspaceDocument& document_;
    config::Edit edit_;
    bool applied_ = true;  // push() applies before the command is made
};

WorkspaceDocument::WorkspaceDocument(EngineBridge& engine, QObject* parent) : QObject(parent), engine_(engine) {
    refreshTimer_.setInterval(kRefreshMillis);
    connect(&refreshTimer_, &QTimer::timeout, this, &WorkspaceDocument::refreshNow);
    // A burst of edits (a slider drag, a replace in several files) reaches the gateway as one.
    applyTimer_.setSingleShot(true);
    applyTimer_.setInterval(0);
    connect(&applyTimer_, &QTimer::timeout, this, &WorkspaceDocument::applyNow);
}

Result<void> WorkspaceDocument::open(const std::vector<std::filesystem::path>& paths, bool readOnly) {
    config::Workspace::Options options;
    options.readOnly = readOnly;
    // The demo's folder is thrown away with its edits.
    const bool demo = engine_.isDemo() && paths.size() == 1 && paths.front() == engine_.demo()->directory();
    if (!readOnly && !demo) options.journalDirectory = journalDirectory();
    auto opened = config::Workspace::open(paths, std::move(options));
    if (!opened) return tl::unexpected(opened.error());
    undo_.clear();
    workspace_ = std::make_unique<config::Workspace>(std::move(*opened));
    paths_ = paths;
    readOnly_ = readOnly;
    isDemo_ = demo;
    const auto journal = readOnly || demo ? std::filesystem::path() : journalDirectory();
    drafts_.open(journal.empty() ? journal : journal / "drafts", workspace_->root());
    const bool allShown = shownNamespace_.isEmpty();
    shownNamespace_.clear();
    refreshTimer_.start();
    emit this->opened();
    if (!allShown) emit namespaceChanged();
    publish();
    QStringList recovered;
    for (const auto& file : workspace_->recovered()) recovered << QString::fromStdString(file.file);
    for (const auto& draft : drafts_.left()) recovered << QString::fromStdString(draft.id);
    if (!recovered.isEmpty()) emit recoveredFound(recovered);
    return {};
}

QStringList WorkspaceDocument::namespaces() const {
    std::set<std::string> names;
    for (const auto& object : objects()->objects)
        if (!object.key.ns.empty()) names.insert(object.key.ns);
    QStringList list;
    for (const auto& name : names) list << QString::fromStdString(name);
    // The usual one first, as kubectl would pick it.
    if (list.removeOne(QStringLiteral("default"))) list.prepend(QStringLiteral("default"));
    return list;
}

void WorkspaceDocument::showNamespace(const QString& name) {
    if (name == shownNamespace_) return;
    shownNamespace_ = name;
    emit namespaceChanged();
}

QString WorkspaceDocument::displayName() const {
    if (!workspace_) return {};
    if (isDemo_) return QStringLiteral("demo");
    const auto& first = paths_.front();
    const auto name = first.has_filename() ? first.filename() : first.parent_path().filename();
    const QString text = QString::fromStdString(name.empty() ? first.string() : name.string());
    return paths_.size() == 1 ? text : QStringLiteral("%1 +%2").arg(text).arg(paths_.size() - 1);
}

std::shared_ptr<const config::ObjectSet> WorkspaceDocument::objects() const {
    static const auto empty = std::make_shared<const config::ObjectSet>();
    return workspace_ ? workspace_->objects() : empty;
}

Result<void> WorkspaceDocument::push(Result<config::Edit> edit) {
    if (!edit) return tl::unexpected(edit.error());
    if (!workspace_) return fail("no-workspace", tr("No workspace is open.").toStdString());
    if (readOnly_) return fail("read-only", tr("This workspace is open for reading only.").toStdString());
    if (const auto applied = workspace_->apply(*edit); !applied) return applied;
    auto command = std::make_unique<EditCommand>(*this, std::move(*edit));
    undo_.push(command.release());
    publish();
    return {};
}

bool WorkspaceDocument::perform(const config::Edit& edit) {
    if (!workspace_) return false;
    if (const auto applied = workspace_->apply(edit); !applied) {
        emit stepRefused(QString::fromStdString(applied.error().message));
        return false;
    }
    publish();
    return true;
}

void WorkspaceDocument::publish() {
    applyTimer_.start();
    emit changed();
    emit savedStateChanged();
}

void WorkspaceDocument::applyNow() {
    applyTimer_.stop();
    if (workspace_) engine_.apply(workspace_->objects());
}

Result<void> WorkspaceDocument::setField(const config::ObjectKey& object, const QString& path, const QString& value,
                                         text::yaml::Type type, const QString& name, const QString& mergeKey) {
    if (!workspace_) return fail("no-workspace", tr("No workspace is open.").toStdString());
    const auto parsed = config::FieldPath::parse(path.toStdString());
    if (!parsed) return tl::unexpected(parsed.error());
    auto edit = workspace_->setField(object, *parsed, value.toStdString(), type);
    if (edit) {
        edit->name = name.toStdString();
        edit->mergeKey = mergeKey.toStdString();
    }
    return push(std::move(edit));
}

Result<void> WorkspaceDocument::setFragment(const config::ObjectKey& object, const QString& path, const QString& yaml,
                                            const QString& name) {
    if (!workspace_) return fail("no-workspace", tr("No workspace is open.").toStdString());
    const auto parsed = config::FieldPath::parse(path.toStdString());
    if (!parsed) return tl::unexpected(parsed.error());
    auto edit = workspace_->setFragment(object, *parsed, yaml.toStdString());
    if (edit) edit->name = name.toStdString();
    return push(std::move(edit));
}

Result<void> WorkspaceDocument::removeField(const config::ObjectKey& object, const QString& path, const QString& name) {
    if (!workspace_) return fail("no-workspace", tr("No workspace is open.").toStdString());
    const auto parsed = config::FieldPath::parse(path.toStdString());
    if (!parsed) return tl::unexpected(parsed.error());
    auto edit = workspace_->removeField(object, *parsed);
    if (edit) edit->name = name.toStdString();
    return push(std::move(edit));
}

bool WorkspaceDocument::modified() const { return workspace_ && workspace_->modified(); }

int WorkspaceDocument::unsavedFiles() const {
    if (!workspace_) return 0;
    const auto files = workspace_->files();
    return int(std::count_if(files.begin(), files.end(), [](const config::FileInfo& file) {
        return file.state == config::FileState::Modified || file.state == config::FileState::Conflicted;
    }));
}

QStringList WorkspaceDocument::conflictedFiles() const {
    QStringList names;
    if (!workspace_) return names;
    for (const config::FileInfo& file : workspace_->files()) {
        if (file.state == config::FileState::Conflicted || file.state == config::FileState::Deleted) names << QString::fromStdString(file.file);
    }
    return names;
}

Result<void> WorkspaceDocument::save() {
    if (!workspace_) return {};
    const auto saved = workspace_->save();
    if (saved) undo_.setClean();
    emit savedStateChanged();
    return saved;
}

void WorkspaceDocument::discardEdits() {
    if (!workspace_) return;
    for (const config::FileInfo& file : workspace_->files()) {
        if (file.state != config::FileState::Modified && file.state != config::FileState::Conflicted) continue;
        if (file.state == config::FileState::Conflicted) {
            (void)workspace_->resolveConflict(file.file, false);
            continue;
        }
        config::Edit edit;
        edit.name = tr("Discard edits").toStdString();
        auto now = workspace_->text(file.file);
        edit.changes.push_back({file.file, now ? std::optional(*now) : std::nullopt, readWhole(workspace_->root() / file.file)});
        (void)workspace_->apply(edit);
    }
    drafts_.clear();
    undo_.clear();
    publish();
}

void WorkspaceDocument::forgetStepsOn(const std::vector<std::string>& files) {
    // A step holds whole texts; one on a text that is no more could only be refused later.
    const auto touches = [&files](const config::Edit& edit) {
        return std::any_of(edit.changes.begin(), edit.changes.end(), [&files](const auto& change) {
            return std::find(files.begin(), files.end(), change.file) != files.end();
        });
    };
    for (int i = 0; i < undo_.count(); ++i) {
        if (touches(static_cast<const EditCommand*>(undo_.command(i))->edit())) {
            undo_.clear();
            return;
        }
    }
}

void WorkspaceDocument::refreshNow() {
    if (!workspace_) return;
    const config::RefreshReport report = workspace_->refresh();
    if (!report.changed()) return;
    forgetStepsOn(report.reloaded);
    forgetStepsOn(report.removed);
    publish();
    emit filesChangedOutside(toStrings(report.reloaded), toStrings(report.conflicted), toStrings(report.removed));
}

Result<void> WorkspaceDocument::resolveConflict(const QString& file, bool keepMine) {
    if (!workspace_) return {};
    const auto resolved = workspace_->resolveConflict(file.toStdString(), keepMine);
    if (resolved && !keepMine) forgetStepsOn({file.toStdString()});
    publish();
    return resolved;
}

Result<void> WorkspaceDocument::recover(const std::vector<config::RecoveredFile>& files) {
    for (const auto& file : files) {
        auto edit = workspace_->recoverEdit(file);
        if (edit && edit->name.empty()) {
            edit->name = tr("Recover edits of %1").arg(QString::fromStdString(file.file)).toStdString();
        }
        if (const auto pushed = push(std::move(edit)); !pushed) return pushed;
    }
    workspace_->discardRecovered();
    drafts_.takeLeft();
    return {};
}

namespace {

constexpr std::string_view kFilePrefix = "file:";

const config::Object* objectOf(const config::ObjectSet& set, const std::string& id) {
    const auto found = std::find_if(set.objects.begin(), set.objects.end(), [&id](const auto& object) { return object.key.id() == id; });
    return found == set.objects.end() ? nullptr : &*found;
}

}  // namespace

QString WorkspaceDocument::draftName(const std::string& id) const {
    const auto text = QString::fromStdString(id);
    if (id.starts_with(kFilePrefix)) return text.mid(int(kFilePrefix.size()));
    // group/Kind/namespace/name
    const auto parts = text.split(QLatin1Char('/'));
    if (parts.size() != 4) return text;
    return parts[2].isEmpty() ? parts[1] + QLatin1Char(' ') + parts[3] : QStringLiteral("%1 %2/%3").arg(parts[1], parts[2], parts[3]);
}

Result<std::string> WorkspaceDocument::textBehindDraft(const std::string& id) const {
    if (!workspace_) return fail("no-workspace", tr("No workspace is open.").toStdString());
    if (id.starts_with(kFilePrefix)) return workspace_->text(id.substr(kFilePrefix.size()));
    const auto set = objects();
    const auto* object = objectOf(*set, id);
    if (!object) return fail("no-object", tr("The object is not in this workspace.").toStdString());
    return workspace_->objectText(object->key);
}

void WorkspaceDocument::discardRecovered() {
    if (workspace_) workspace_->discardRecovered();
    drafts_.discardLeft();
}

}  // namespace gatehouse::ui
