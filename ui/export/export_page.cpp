#include "export/export_page.h"

#include "bridge/workspace_document.h"
#include "export/diff_pane.h"
#include "models/core_sentence.h"
#include "models/format.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/data_table.h"
#include "widgets/dialogs.h"
#include "widgets/message_bar.h"
#include "widgets/segmented_control.h"
#include "widgets/splitter_state.h"
#include "widgets/status_chip.h"

#include <QComboBox>
#include <QDesktopServices>
#include <QDir>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSplitter>
#include <QStackedLayout>
#include <QStandardItemModel>
#include <QTreeView>
#include <QUrl>

#include <algorithm>
#include <tuple>
#include <utility>

namespace gatehouse::ui {
namespace {

using gitops::DiffState;
using gitops::ExportNote;

constexpr int kPathRole = Qt::UserRole + 1;
constexpr int kObjectRole = Qt::UserRole + 2;
constexpr int kViewRole = Qt::UserRole + 3;

struct StateLook {
    const char* icon;
    Token token;
};

StateLook lookOf(DiffState state) {
    switch (state) {
        case DiffState::Added: return {"add", Token::Ok};
        case DiffState::Changed: return {"edit", Token::Warn};
        case DiffState::Removed: return {"remove", Token::Bad};
        case DiffState::Same: break;
    }
    return {"check", Token::Muted};
}

/// What a note is about, and why. A note on a file says the place at the begin of its sentence ("routes.yaml:5: ...").
std::pair<QString, QString> partsOf(const ExportNote& note) {
    const auto message = toQt(note.message);
    if (!note.object.kind.empty()) return {toQt(note.object.display()), coreSentence(note.message)};
    static const QRegularExpression placed(QStringLiteral("^(\\S+?)(?::0|(:\\d+)): (.*)$"), QRegularExpression::DotMatchesEverythingOption);
    const auto match = placed.match(message);
    return match.hasMatch() ? std::pair(match.captured(1) + match.captured(2), coreSentence(match.captured(3).toStdString())) : std::pair(QString(), coreSentence(note.message));
}

/// The view that edits a kind.
QString viewOf(const config::ObjectKey& key) {
    if (key.kind == "TrafficPolicy" || key.kind == "AgentgatewayPolicy") return QStringLiteral("policies");
    if (key.kind == "Backend" || key.kind == "AgentgatewayBackend" || key.kind == "Secret") return QStringLiteral("providers");
    return QStringLiteral("routes");
}

}  // namespace

ExportPage::ExportPage(ViewContext& context, QWidget* parent) : View(context, QStringLiteral("export"), parent) {
    buildControls();
    buildPanes();
    retranslate();
    connect(&context.document, &WorkspaceDocument::changed, this, [this] {
        if (isActive()) refresh();
    });
    connect(&context.document, &WorkspaceDocument::opened, this, [this] {
        targetChosen_ = false;
        setFolder({});
    });
}

QString ExportPage::title() const { return tr("Export", "title of the view"); }

void ExportPage::buildControls() {
    auto& theme = context().theme;
    target_ = new QComboBox(this);
    target_->setObjectName(QStringLiteral("exportTarget"));
    target_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    for (const auto& target : gitops::targets()) {
        target_->addItem(toQt(target.name), toQt(target.name));
        target_->setItemData(target_->count() - 1, coreSentence(target.description), Qt::ToolTipRole);
    }
    choose_ = new QPushButton(this);
    choose_->setObjectName(QStringLiteral("chooseFolder"));
    write_ = new QPushButton(this);
    write_->setObjectName(QStringLiteral("writeExport"));
    makePrimary(write_);
    for (QWidget* widget : {static_cast<QWidget*>(target_), static_cast<QWidget*>(choose_), static_cast<QWidget*>(write_)}) titleControls()->addWidget(widget);
    auto* row = new QHBoxLayout;
    folderLabel_ = makeCaption(theme, {}, this);
    folderLabel_->setObjectName(QStringLiteral("exportFolder"));
    summary_ = new StatusChip(theme, this);
    row->addWidget(summary_);
    row->addStretch(1);
    row->addWidget(folderLabel_);
    body()->addLayout(row);
    connect(target_, &QComboBox::activated, this, [this] { targetChosen_ = true; });
    connect(target_, &QComboBox::currentIndexChanged, this, &ExportPage::refresh);
    connect(choose_, &QPushButton::clicked, this, &ExportPage::chooseFolder);
    connect(write_, &QPushButton::clicked, this, &ExportPage::write);
}

void ExportPage::buildPanes() {
    auto& theme = context().theme;
    pages_ = new QStackedLayout;
    body()->addLayout(pages_, 1);
    empty_ = new EmptyState(theme, this);
    pages_->addWidget(empty_);

    auto* rows = new QSplitter(Qt::Vertical, this);
    auto* columns = new QSplitter(Qt::Horizontal, rows);
    filesCard_ = new Card(theme, {}, columns);
    filesCard_->setEdgeToEdge(true);
    tree_ = new QTreeView(filesCard_);
    tree_->setObjectName(QStringLiteral("exportFiles"));
    tree_->setFrameShape(QFrame::NoFrame);
    files_ = new QStandardItemModel(this);
    tree_->setModel(files_);
    setUpTree(tree_, theme, {});
    tree_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    filesCard_->content()->addWidget(tree_);
    fileCard_ = new Card(theme, QStringLiteral(" "), columns);
    fileCard_->setEdgeToEdge(true);
    mode_ = new SegmentedControl(theme, {}, fileCard_);
    mode_->setObjectName(QStringLiteral("diffMode"));
    mode_->addSegment(QStringLiteral("text"), {});
    mode_->addSegment(QStringLiteral("unified"), {});
    mode_->addSegment(QStringLiteral("side"), {});
    fileCard_->actions()->addWidget(mode_);
    pane_ = new DiffPane(theme, fileCard_);
    fileCard_->content()->addWidget(pane_, 1);
    columns->addWidget(filesCard_);
    columns->addWidget(fileCard_);
    keepSplitter(columns, QStringLiteral("export/columns"), {30, 70});
    notesCard_ = new Card(theme, {}, rows);
    notesCard_->setEdgeToEdge(true);
    notesView_ = new QTreeView(notesCard_);
    notesView_->setObjectName(QStringLiteral("exportNotes"));
    notesView_->setFrameShape(QFrame::NoFrame);
    notesView_->setRootIsDecorated(false);
    notes_ = new QStandardItemModel(this);
    notesView_->setModel(notes_);
    setUpTree(notesView_, theme, {});
    notesView_->setTextElideMode(Qt::ElideRight);
    notesView_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    notesCard_->content()->addWidget(notesView_, 1);
    noteSentence_ = new QLabel(notesCard_);
    noteSentence_->setObjectName(QStringLiteral("noteSentence"));
    noteSentence_->setWordWrap(true);
    noteSentence_->setTextFormat(Qt::PlainText);
    noteSentence_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    notesCard_->content()->addWidget(noteSentence_);
    const auto space = [this, &theme] { noteSentence_->setContentsMargins(theme.gap(3), theme.gap(1), theme.gap(3), theme.gap(2)); };
    space();
    connect(&theme, &Theme::changed, noteSentence_, space);
    connect(notesView_->selectionModel(), &QItemSelectionModel::currentChanged, this, &ExportPage::showNote);
    rows->addWidget(columns);
    rows->addWidget(notesCard_);
    keepSplitter(rows, QStringLiteral("export/rows"), {72, 28});
    pages_->addWidget(rows);

    connect(tree_->selectionModel(), &QItemSelectionModel::currentChanged, this, &ExportPage::showFile);
    connect(notesView_, &QTreeView::activated, this, &ExportPage::openNote);
    connect(mode_, &SegmentedControl::currentChanged, this, [this](const QString& id) {
        pane_->setMode(id == QLatin1String("text") ? DiffPane::Mode::Text : id == QLatin1String("unified") ? DiffPane::Mode::Unified : DiffPane::Mode::SideBySide);
    });
    connect(&theme, &Theme::changed, this, [this] {
        if (isActive()) fillTree();
    });
}

void ExportPage::retranslate() {
    View::retranslate();
    target_->setAccessibleName(tr("Target"));
    choose_->setText(tr("Choose folder…", "button"));
    write_->setText(tr("Write to folder", "button"));
    filesCard_->setTitle(tr("Files", "title of a list"));
    tree_->setAccessibleName(tr("Files of the export"));
    mode_->setAccessibleName(tr("Shown as"));
    mode_->setSegmentText(QStringLiteral("text"), tr("Text", "choice: the file's text"));
    mode_->setSegmentText(QStringLiteral("unified"), tr("Diff", "choice: unified diff"));
    mode_->setSegmentText(QStringLiteral("side"), tr("Side by side", "choice: two columns"));
    notesCard_->setTitle(tr("Notes", "title of a list: what was left out of an export"));
    notesView_->setAccessibleName(tr("What was left out, changed or refused"));
    files_->setHorizontalHeaderLabels({tr("File", "column"), tr("Change", "column: added, changed, removed")});
    notes_->setHorizontalHeaderLabels({tr("What", "column: left out, refused, changed"), tr("Object", "column"), tr("Field", "column: field path"), tr("Why", "column: reason")});
    pane_->retranslate();
    if (exported_) {
        fillTree();
        fillNotes();
    }
    showSummary();
}

void ExportPage::setActive(bool active) {
    View::setActive(active);
    if (!active) return;
    suggestTarget();
    refresh();
}

void ExportPage::suggestTarget() {
    const auto objects = context().document.objects();
    if (targetChosen_ || !objects || objects->objects.empty()) return;
    targetChosen_ = true;
    for (int i = 0; i < target_->count(); ++i) {
        const auto result = gitops::exportObjects(*objects, target_->itemData(i).toString().toStdString());
        if (!result || result->refused()) continue;
        QSignalBlocker block(target_);
        target_->setCurrentIndex(i);
        return;
    }
}

void ExportPage::refresh() {
    if (!isActive()) return;
    exported_ = false;
    result_ = {};
    diffs_.clear();
    const auto objects = context().document.objects();
    if (!context().document.isOpen() || !objects || objects->objects.empty()) {
        pages_->setCurrentIndex(0);
        empty_->set(QStringLiteral("export"), context().document.isOpen() ? tr("The workspace has no objects to export.") : tr("No workspace is open, so there is nothing to export."),
                    tr("Open Routes"), [this] { context().navigator.navigate(QStringLiteral("routes"), {}); });
        showSummary();
        return;
    }
    auto result = gitops::exportObjects(*objects, target_->currentData().toString().toStdString());
    pages_->setCurrentIndex(1);
    if (!result) {
        messages().show(MessageBar::Kind::Error, tr("The export failed: %1").arg(coreSentence(result.error().message)));
        showSummary();
        return;
    }
    result_ = std::move(*result);
    exported_ = true;
    compare();
    fillTree();
    fillNotes();
    showSummary();
}

void ExportPage::compare() {
    diffs_.clear();
    if (!folder_.isEmpty()) {
        diffs_ = gitops::diffExport(result_, folder_.toStdString());
    } else {
        for (const auto& file : result_.files) diffs_.push_back({file.path, DiffState::Added, {}, file.text});
    }
    std::sort(diffs_.begin(), diffs_.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
}

void ExportPage::fillTree() {
    QSignalBlocker block(tree_->selectionModel());
    auto& theme = context().theme;
    files_->removeRows(0, files_->rowCount());
    QHash<QString, QStandardItem*> folders;
    QStandardItem* wanted = nullptr;
    const auto stateText = [&](DiffState state) {
        if (folder_.isEmpty()) return QString();
        switch (state) {
            case DiffState::Added: return tr("Added", "state of a file");
            case DiffState::Changed: return tr("Changed", "state of a file");
            case DiffState::Removed: return tr("Removed", "state of a file");
            case DiffState::Same: break;
        }
        return tr("Same", "state of a file");
    };
    for (const auto& diff : diffs_) {
        const auto path = toQt(diff.path);
        const auto slash = path.lastIndexOf(QLatin1Char('/'));
        QStandardItem* parent = files_->invisibleRootItem();
        if (slash > 0) {
            const auto name = path.left(slash);
            auto*& folder = folders[name];
            if (!folder) {
                folder = new QStandardItem(theme.icon(QStringLiteral("folder"), Token::Muted), name);
                folder->setSelectable(false);
                files_->appendRow({folder, new QStandardItem});
            }
            parent = folder;
        }
        auto* item = new QStandardItem(theme.icon(QStringLiteral("file"), Token::Muted), path.mid(slash + 1));
        item->setData(path, kPathRole);
        item->setToolTip(path);
        auto* state = new QStandardItem(stateText(diff.state));
        if (!folder_.isEmpty()) {
            const auto look = lookOf(diff.state);
            state->setIcon(theme.icon(QLatin1String(look.icon), look.token));
        }
        parent->appendRow({item, state});
        if (path == shownPath_ || !wanted) wanted = item;
    }
    tree_->expandAll();
    const int state = QFontMetrics(theme.bodyFont()).averageCharWidth() * 14;
    tree_->header()->setStretchLastSection(false);
    tree_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    tree_->header()->setSectionResizeMode(1, QHeaderView::Fixed);
    tree_->header()->resizeSection(1, state);
    tree_->setColumnHidden(1, folder_.isEmpty());
    filesCard_->setCaption(tr("%n file(s)", nullptr, static_cast<int>(diffs_.size())));
    mode_->setSegmentEnabled(QStringLiteral("unified"), !folder_.isEmpty(), tr("Choose a folder to compare with."));
    mode_->setSegmentEnabled(QStringLiteral("side"), !folder_.isEmpty(), tr("Choose a folder to compare with."));
    if (folder_.isEmpty()) mode_->setCurrent(QStringLiteral("text"));
    block.unblock();
    if (wanted) tree_->setCurrentIndex(wanted->index());
    showFile();
}

void ExportPage::fillNotes() {
    auto& theme = context().theme;
    notes_->removeRows(0, notes_->rowCount());
    // What stops the export comes first.
    auto sorted = result_.notes;
    const auto rank = [](ExportNote::Kind kind) {
        switch (kind) {
            case ExportNote::Kind::Refused: return 0;
            case ExportNote::Kind::Changed: return 1;
            case ExportNote::Kind::LeftOut: return 2;
            case ExportNote::Kind::Kept: break;
        }
        return 3;
    };
    std::stable_sort(sorted.begin(), sorted.end(), [&](const auto& a, const auto& b) { return rank(a.kind) < rank(b.kind); });
    for (const auto& note : sorted) {
        const auto [icon, token, word] = [&]() -> std::tuple<const char*, Token, QString> {
            switch (note.kind) {
                case ExportNote::Kind::Refused: return {"error", Token::Bad, tr("Refused", "export note")};
                case ExportNote::Kind::Changed: return {"edit", Token::Warn, tr("Changed", "export note")};
                case ExportNote::Kind::LeftOut: return {"remove", Token::Muted, tr("Left out", "export note")};
                case ExportNote::Kind::Kept: break;
            }
            return {"info", Token::Muted, tr("Kept", "export note: written as it is, with something to know")};
        }();
        auto* kind = new QStandardItem(theme.icon(QLatin1String(icon), token), word);
        kind->setData(toQt(note.object.id()), kObjectRole);
        kind->setData(viewOf(note.object), kViewRole);
        auto* field = new QStandardItem(toQt(note.fieldPath));
        field->setData(true, kFixedFontRole);
        const auto [what, reason] = partsOf(note);
        auto* why = new QStandardItem(reason);
        why->setToolTip(reason);
        auto* object = new QStandardItem(what);
        object->setToolTip(what);
        notes_->appendRow({kind, object, field, why});
    }
    notesCard_->setVisible(!sorted.empty());
    notesCard_->setCaption(tr("%n note(s)", nullptr, static_cast<int>(sorted.size())));
    setColumnCharacters(notesView_, {13, 24, 22, 0});
    if (!sorted.empty()) notesView_->setCurrentIndex(notes_->index(0, 0));
    showNote();
}

void ExportPage::showNote() {
    const auto at = notesView_->currentIndex();
    noteSentence_->setText(at.isValid() ? at.siblingAtColumn(3).data().toString() : QString());
    noteSentence_->setVisible(at.isValid());
}

const gitops::FileDiff* ExportPage::currentFile() const {
    const auto path = tree_->currentIndex().siblingAtColumn(0).data(kPathRole).toString().toStdString();
    for (const auto& diff : diffs_)
        if (!path.empty() && diff.path == path) return &diff;
    return nullptr;
}

void ExportPage::showFile() {
    const auto* file = currentFile();
    if (!file) return;
    shownPath_ = toQt(file->path);
    fileCard_->setTitle(shownPath_);
    pane_->setTexts(toQt(file->before), toQt(file->after));
}

void ExportPage::showSummary() {
    folderLabel_->setText(folder_.isEmpty() ? tr("No folder chosen") : QDir::toNativeSeparators(folder_));
    folderLabel_->setToolTip(folder_);
    const auto count = [&](DiffState state) {
        return static_cast<int>(std::count_if(diffs_.begin(), diffs_.end(), [&](const auto& diff) { return diff.state == state; }));
    };
    const auto refused = static_cast<int>(std::count_if(result_.notes.begin(), result_.notes.end(), [](const auto& note) { return note.kind == ExportNote::Kind::Refused; }));
    const int changes = count(DiffState::Added) + count(DiffState::Changed) + count(DiffState::Removed);
    summary_->setVisible(exported_);
    if (refused > 0)
        summary_->set(StatusChip::Kind::Bad, tr("Refused for %n reason(s): nothing can be written", nullptr, refused));
    else if (folder_.isEmpty())
        summary_->set(StatusChip::Kind::Neutral, tr("%n file(s) for %1", nullptr, static_cast<int>(diffs_.size())).arg(target_->currentText()), {}, QStringLiteral("file"));
    else if (changes == 0)
        summary_->set(StatusChip::Kind::Ok, tr("The folder is up to date"));
    else
        summary_->set(StatusChip::Kind::Neutral,
                      tr("%1 added, %2 changed, %3 removed", "files of an export").arg(count(DiffState::Added)).arg(count(DiffState::Changed)).arg(count(DiffState::Removed)), {},
                      QStringLiteral("diff"));
    const bool upToDate = !folder_.isEmpty() && changes == 0;
    write_->setEnabled(exported_ && refused == 0 && !upToDate && !result_.files.empty());
    write_->setToolTip(refused > 0 ? tr("The target lacks fields that are in use; the notes say which.")
                       : upToDate  ? tr("The folder holds exactly this already.")
                                   : tr("Writes every file, all or none."));
}

void ExportPage::setFolder(const QString& folder) {
    folder_ = folder;
    if (exported_) {
        compare();
        fillTree();
        if (!folder_.isEmpty() && mode_->current() == QLatin1String("text")) mode_->setCurrent(QStringLiteral("unified"));
    }
    showSummary();
}

void ExportPage::chooseFolder() {
    const auto chosen = context().dialogs.chooseFolder(this, tr("Folder for the export"), folder_.isEmpty() ? QDir::homePath() : folder_);
    if (!chosen.isEmpty()) setFolder(chosen);
}

void ExportPage::write() {
    if (folder_.isEmpty()) chooseFolder();
    if (folder_.isEmpty() || !exported_) return;
    // The folder may have changed since it was looked at.
    compare();
    fillTree();
    const auto lost = static_cast<int>(std::count_if(diffs_.begin(), diffs_.end(), [](const auto& diff) { return diff.state == DiffState::Changed || diff.state == DiffState::Removed; }));
    if (lost > 0 && !context().dialogs.confirm(this, tr("Write the export"), tr("%n file(s) in %1 will be replaced or removed.", nullptr, lost).arg(folder_), tr("Write", "button")))
        return;
    const auto written = gitops::writeExport(result_, folder_.toStdString());
    if (!written) {
        messages().show(MessageBar::Kind::Error, tr("Nothing was written: %1").arg(coreSentence(written.error().message)));
        return;
    }
    messages().show(MessageBar::Kind::Ok, tr("%n file(s) are in %1.", nullptr, static_cast<int>(result_.files.size())).arg(folder_),
                    {{tr("Open folder", "button"), [folder = folder_] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); }}});
    compare();
    fillTree();
    showSummary();
}

void ExportPage::openNote(const QModelIndex& index) {
    const auto first = index.siblingAtColumn(0);
    if (const auto id = first.data(kObjectRole).toString(); !id.isEmpty()) context().navigator.navigate(first.data(kViewRole).toString(), id);
}

void ExportPage::openTarget(const QString& target) {
    const auto id = target.toStdString();
    for (const auto& file : result_.files)
        if (file.object.id() == id) {
            shownPath_ = toQt(file.path);
            fillTree();
            return;
        }
}

}  // namespace gatehouse::ui
