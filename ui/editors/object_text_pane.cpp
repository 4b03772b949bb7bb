#include "editors/object_text_pane.h"

#include "editors/references.h"

#include "models/core_sentence.h"
#include "widgets/message_bar.h"

#include <QVBoxLayout>

namespace gatehouse::ui {

ObjectTextPane::ObjectTextPane(Theme& theme, WorkspaceDocument& document, WorkspaceFacts& facts, QWidget* parent)
    : QWidget(parent), document_(document), facts_(facts), editor_(new YamlEditor(theme, this)), bar_(new MessageBar(theme, this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar_);
    layout->addWidget(editor_, 1);
    bar_->dismiss();
    setFocusProxy(editor_);
    connect(editor_, &YamlEditor::commitRequested, this, &ObjectTextPane::commit);
    connect(editor_, &YamlEditor::caretMoved, this, [this](std::size_t offset) {
        if (!loading_) emit caretInField(pathAt(editor_->text(), offset));
    });
    connect(&facts_, &WorkspaceFacts::updated, this, &ObjectTextPane::follow);
    connect(&document_.drafts(), &DraftStore::changed, this, &ObjectTextPane::followDraft);
    editor_->setValueSource([this](const config::FieldPath& path) -> std::vector<std::string> {
        const auto set = facts_.objects();
        return set ? namesFor(*set, object_, path) : std::vector<std::string>{};
    });
    clear();
}

std::string ObjectTextPane::draftId() const { return file_.empty() ? object_.id() : "file:" + file_; }

bool ObjectTextPane::dropDraft(const std::string& id) {
    ownDraftChange_ = true;
    const bool dropped = document_.drafts().drop(id);
    ownDraftChange_ = false;
    return dropped;
}

void ObjectTextPane::followDraft(const QString& id) {
    // Another pane on the same object, recovered drafts, or all edits thrown away.
    if (ownDraftChange_ || (object_.kind.empty() && file_.empty()) || id.toStdString() != draftId()) return;
    editor_->setUncommitted(false);
    load(false);
}

Result<std::string> ObjectTextPane::storedText() const {
    if (!document_.isOpen()) return fail("no-workspace", "No workspace is open.");
    if (!file_.empty()) return document_.workspace().text(file_);
    if (object_.kind.empty()) return fail("no-object", "No object is chosen.");
    return document_.workspace().objectText(object_);
}

void ObjectTextPane::showObject(const config::ObjectKey& object) {
    if (object == object_ && file_.empty()) return;
    commit();
    object_ = object;
    file_.clear();
    load(true);
}

void ObjectTextPane::showFile(const std::string& file) {
    if (file == file_) return;
    commit();
    file_ = file;
    object_ = {};
    load(true);
}

void ObjectTextPane::clear() {
    object_ = {};
    file_.clear();
    loading_ = true;
    editor_->resetText({});
    editor_->setReadOnly(true);
    loading_ = false;
    bar_->dismiss();
}

void ObjectTextPane::load(bool reset) {
    const auto text = storedText();
    loading_ = true;
    bar_->dismiss();
    const auto set = facts_.objects();
    const auto* object = set && file_.empty() ? set->find(object_) : nullptr;
    editor_->setSchema(object ? object->schema : nullptr);
    editor_->setReadOnly(!text || document_.isReadOnly());
    if (reset) editor_->resetText(text ? *text : std::string{});
    else if (text) editor_->setText(*text);
    if (const auto* draft = document_.drafts().find(draftId()); text && draft) {
        editor_->setText(*draft);
        editor_->setUncommitted(true);
        loading_ = false;
        commit();
        return;
    }
    loading_ = false;
    showMarks();
}

void ObjectTextPane::follow() {
    if (object_.kind.empty() && file_.empty()) return;
    if (document_.drafts().find(draftId()) || editor_->isUncommitted()) return;  // What someone types is never replaced under the hand.
    load(false);
    if (!highlighted_.empty()) highlightField(highlighted_, false);
}

void ObjectTextPane::showMarks() {
    const auto text = editor_->text();
    std::vector<YamlEditor::Mark> marks;
    const auto add = [&](const config::Diagnostic& diagnostic, std::optional<TextSpan> span) {
        marks.push_back({span.value_or(TextSpan{0, 1}), diagnostic.severity, coreSentence(diagnostic.message)});
    };
    if (file_.empty())
        for (const auto& diagnostic : facts_.of(object_)) add(diagnostic, markSpanOf(text, parsePath(diagnostic.fieldPath)));
    else
        for (const auto& diagnostic : facts_.diagnostics())
            if (diagnostic.where.file == file_) add(diagnostic, TextSpan{diagnostic.where.begin, diagnostic.where.end});
    editor_->setMarks(std::move(marks));
}

bool ObjectTextPane::commit() {
    if (!editor_->isUncommitted() || (object_.kind.empty() && file_.empty())) return true;
    const auto text = editor_->text();
    const auto id = draftId();
    const auto keep = [&] {
        ownDraftChange_ = true;
        document_.drafts().keep(id, text);
        ownDraftChange_ = false;
        return false;
    };
    if (const auto stored = storedText(); stored && *stored == text) {
        editor_->setUncommitted(false);
        bar_->dismiss();
        dropDraft(id);
        showMarks();
        return true;
    }
    if (const auto parsed = text::yaml::parse(text); !parsed) {
        showSyntaxError(parsed.error());
        return keep();
    }
    const auto newKey = file_.empty() ? keyOfText(text) : object_;
    if (file_.empty() && !newKey) {
        showRefusal(tr("This text is no object: it needs apiVersion, kind and metadata.name."));
        return keep();
    }
    auto edit = file_.empty() ? document_.workspace().replaceObject(object_, text) : document_.workspace().replaceText(file_, text);
    if (edit)
        edit->name = (file_.empty() ? tr("Edit the text of %1").arg(QString::fromStdString(object_.name))
                                    : tr("Edit the text of %1").arg(QString::fromStdString(file_)))
                         .toStdString();
    const auto from = object_;
    // What follows the push must see this text as taken over already.
    editor_->setUncommitted(false);
    if (file_.empty()) object_ = *newKey;
    if (const auto pushed = document_.push(std::move(edit)); !pushed) {
        object_ = from;
        editor_->setUncommitted(true);
        showRefusal(coreSentence(pushed.error().message));
        return keep();
    }
    dropDraft(id);
    bar_->dismiss();
    if (from != object_) emit objectRenamed(from, object_);
    showMarks();
    return true;
}

void ObjectTextPane::discardDraft() {
    dropDraft(draftId());
    editor_->setUncommitted(false);
    load(false);
}

void ObjectTextPane::showSyntaxError(const text::yaml::ParseError& error) {
    const auto sentence = coreSentence(error.message);
    editor_->setMarks({{TextSpan{error.where.offset, error.where.offset + 1}, config::Severity::Error, sentence}});
    bar_->show(MessageBar::Kind::Error,
               tr("Line %1: %2 The text is kept here; nothing is applied until it can be read.").arg(error.where.line).arg(sentence.endsWith(QLatin1Char('.')) ? sentence : sentence + QLatin1Char('.')),
               {{tr("Go to line"), [this, offset = error.where.offset] {
                     editor_->setCaret(offset);
                     editor_->setFocus();
                 }},
                {tr("Discard my text"), [this] { discardDraft(); }}});
}

void ObjectTextPane::showRefusal(const QString& sentence) {
    bar_->show(MessageBar::Kind::Error, tr("%1 The text is kept here; nothing is applied.").arg(sentence),
               {{tr("Discard my text"), [this] { discardDraft(); }}});
}

void ObjectTextPane::highlightField(const config::FieldPath& path, bool scroll) {
    highlighted_ = path;
    const auto span = path.empty() ? std::nullopt : spanOf(editor_->text(), path);
    editor_->highlight(span);
    if (span && scroll) editor_->scrollTo(span->begin);
}

void ObjectTextPane::goTo(const config::FieldPath& path) {
    if (const auto span = markSpanOf(editor_->text(), path)) editor_->setCaret(span->begin);
    editor_->setFocus();
}

QString ObjectTextPane::errorText() const { return bar_->isVisibleTo(this) ? bar_->text() : QString(); }

}  // namespace gatehouse::ui
