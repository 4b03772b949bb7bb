#include "editors/schema_form.h"

#include "editors/field_control.h"
#include "editors/form_row.h"
#include "editors/object_text.h"
#include "editors/text_box.h"
#include "models/core_sentence.h"
#include "theme/theme.h"

#include <QLineEdit>
#include <QScrollBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace gatehouse::ui {
namespace {

/// Groups nested deeper than this start closed.
constexpr int kOpenDepth = 3;

/// What a control must have beside its label, in average characters; narrower forms set labels above.
constexpr int kControlCharacters = 24;

QString toQString(const std::string& text) { return QString::fromStdString(text); }

}  // namespace

SchemaForm::SchemaForm(Theme& theme, WorkspaceDocument& document, QWidget* parent)
    : QScrollArea(parent), theme_(theme), document_(document) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setProperty("bare", true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);  // Large text may need more than the splitter gives.
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Form"));
    connect(&theme_, &Theme::changed, this, &SchemaForm::rebuild);
    rebuild();
}

FormEdits SchemaForm::edits() const { return FormEdits(document_.workspace(), object_); }

void SchemaForm::showObject(const config::ObjectSet& set, const config::ObjectKey& object, std::vector<config::Diagnostic> diagnostics) {
    const auto* found = set.find(object);
    if (!found || !found->schema || !found->root || found->root->kind != text::yaml::NodeKind::Mapping) {
        clear();
        return;
    }
    const bool another = object != object_;
    object_ = object;
    kept_ = document_.isOpen() ? document_.objects() : nullptr;
    diagnostics_ = std::move(diagnostics);
    secret_ = object.kind == "Secret";
    setReadOnly(document_.isReadOnly());
    form_ = buildForm(*found->schema, *found->root);
    if (another) highlighted_ = {};
    const auto shape = structure(form_);
    if (another || shape != structure_) {
        structure_ = shape;
        rebuild();
    } else {
        refreshValues();
    }
    showErrors();
}

void SchemaForm::clear() {
    object_ = {};
    form_ = {};
    structure_.clear();
    diagnostics_.clear();
    rebuild();
}

void SchemaForm::setReadOnly(bool readOnly) {
    readOnly_ = readOnly;
    if (page_) page_->setEnabled(!readOnly);
}

void SchemaForm::push(Result<config::Edit> edit) {
    if (const auto done = document_.push(std::move(edit)); !done) {
        emit editFailed(coreSentence(done.error().message));
        // What the controls show must be what the file has.
        QTimer::singleShot(0, this, [this] { rebuild(); showErrors(); });
    }
}

std::string SchemaForm::structure(const FormItem& item) const {
    std::string out = item.path.toString() + ":" + std::to_string(int(item.control));
    if (!isScalarControl(item.control)) out += std::string(item.present ? "p" : "a") + (isOpen(item) ? "o" : "c");
    for (const auto& addable : item.addable) out += "+" + addable.spec->name + (addable.instead.empty() ? "" : "!");
    for (const auto& [key, value] : item.entries) out += "," + key + (value.find('\n') == std::string::npos ? "" : "|");
    for (const auto& name : item.unknown) out += "?" + name;
    for (const auto& child : item.children) out += "[" + structure(child) + "]";
    return out;
}

bool SchemaForm::isOpen(const FormItem& item) const {
    const auto set = open_.find(object_.id() + "#" + item.path.toString());
    if (set != open_.end()) return set->second;
    if (!item.listItem) return item.path.steps().size() <= kOpenDepth + 2 || !item.present;
    const auto* list = form_.find(item.path.parent());
    // A reference says all in its summary; what has parts of its own opens where it is the only one.
    const bool hasParts = std::any_of(item.children.begin(), item.children.end(), [](const FormItem& child) { return !isScalarControl(child.control) && child.present; });
    return list && list->children.size() <= 1 && hasParts;
}

void SchemaForm::toggle(const FormItem& item) {
    open_[object_.id() + "#" + item.path.toString()] = !isOpen(item);
    // The button that was clicked goes away with the rows: rebuild after its event.
    QTimer::singleShot(0, this, [this] {
        structure_ = structure(form_);
        rebuild();
        showErrors();
    });
}

void SchemaForm::openWay(const config::FieldPath& path) {
    bool changed = false;
    const FormItem* item = &form_;
    while (item) {
        const FormItem* next = nullptr;
        for (const auto& child : item->children)
            if (isWithin(path, child.path)) next = &child;
        if (next && !isScalarControl(next->control) && !isOpen(*next)) {
            open_[object_.id() + "#" + next->path.toString()] = true;
            changed = true;
        }
        item = next;
    }
    if (changed) {
        structure_ = structure(form_);
        rebuild();
        showErrors();
    }
}

int SchemaForm::labelWidth(const FormItem& item, int depth) const {
    int width = 0;
    for (const auto& child : item.children) {
        const bool head = child.control == FormItem::Control::Group && !isCompact(child);
        if (!child.listItem && !head) width = std::max(width, QFontMetrics(theme_.bodyFont()).horizontalAdvance(toQString(child.label)) + depth * theme_.gap(3));
        // What is closed asks for nothing.
        if (!head || isOpen(child)) width = std::max(width, labelWidth(child, depth + 1));
    }
    return width;
}

int SchemaForm::labelColumn() const {
    const int wanted = labelWidth(form_, 0) + theme_.gap(2);
    // Beside them stand the margins, the bar and a tool.
    const int room = width() - wanted - theme_.gap(9) - 2 * theme_.iconSize();
    return room < QFontMetrics(theme_.bodyFont()).averageCharWidth() * kControlCharacters ? FormRow::kLabelAbove : wanted;
}

void SchemaForm::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    if (!form_.spec || labelColumn() == labelWidth_) return;
    // The splitter that resizes is at work: the rows change after it.
    QTimer::singleShot(0, this, [this] {
        if (!form_.spec || labelColumn() == labelWidth_) return;
        rebuild();
        showErrors();
    });
}

void SchemaForm::rebuild() {
    const auto* focus = page_ ? page_->focusWidget() : nullptr;
    const bool hadFocus = focus && focus->hasFocus();
    const auto focusName = focus ? focus->objectName() : QString();
    const auto typing = sender() == focus ? TypedText() : TypedText::of(focus);
    const int scrolled = verticalScrollBar()->value();
    rows_.clear();
    if (auto* old = takeWidget()) {
        // The edit that led here may come from one of these widgets: they go when its event is over, silently.
        for (auto* child : old->findChildren<QWidget*>()) child->blockSignals(true);
        old->hide();
        old->deleteLater();
    }
    page_ = new QWidget(this);
    page_->setObjectName(QStringLiteral("formPage"));
    page_->setEnabled(!readOnly_);
    layout_ = new QVBoxLayout(page_);
    layout_->setContentsMargins(0, theme_.gap(2), 0, theme_.gap(3));
    layout_->setSpacing(0);
    labelWidth_ = labelColumn();
    if (form_.spec) {
        buildRows(form_, 0);
        buildAddMenu(form_, 0);
        if (!form_.unknown.empty()) {
            QStringList names;
            for (const auto& name : form_.unknown) names << toQString(name);
            auto* row = newRow(form_, 0, tr("Kept as written"));
            row->setSummary(names.join(QStringLiteral(", ")));
        }
    }
    layout_->addStretch(1);
    setWidget(page_);
    page_->show();
    page_->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
    const auto wanted = hadFocus ? focusName : std::exchange(lostFocus_, {});
    if (auto* again = wanted.isEmpty() ? nullptr : page_->findChild<QWidget*>(wanted)) {
        again->setFocus();
        if (hadFocus) typing.into(again);
    } else if (hadFocus && !form_.spec) {
        lostFocus_ = focusName;
        QTimer::singleShot(0, this, [this] { lostFocus_.clear(); });
    }
    verticalScrollBar()->setValue(scrolled);
    for (auto* row : rows_) row->setHighlighted(!highlighted_.empty() && row->path() == highlighted_);
}

void SchemaForm::refreshValues() {
    for (auto* row : rows_)
        for (auto* made : row->controls())
            if (const auto* item = form_.find(made->path()); item && item->path == made->path()) made->update(*item);
    // Entries of maps and summaries are plain widgets: cheap to bring up to date by name.
    std::vector<const FormItem*> todo{&form_};
    while (!todo.empty()) {
        const auto* item = todo.back();
        todo.pop_back();
        for (const auto& [key, value] : item->entries) {
            auto* field = page_->findChild<QWidget*>(QStringLiteral("field:") + toQString(item->path.key(key).toString()));
            if (auto* line = qobject_cast<QLineEdit*>(field); line && !line->hasFocus() && line->text() != toQString(value)) line->setText(toQString(value));
            if (auto* box = qobject_cast<TextBox*>(field)) box->show(TextBox::withoutEnd(value));
        }
        for (const auto& child : item->children) todo.push_back(&child);
    }
    for (auto* row : rows_) {
        const auto* item = form_.find(row->path());
        if (item && item->path == row->path() && isScalarControl(item->control) && !item->listItem)
            if (auto* remove = row->findChild<QToolButton*>(QStringLiteral("remove:") + toQString(item->path.toString())))
                remove->setVisible(item->present && !item->spec->required);
        if (item && item->path == row->path() && item->control == FormItem::Control::Group && !isCompact(*item) && row->controls().empty())
            row->setSummary(isOpen(*item) ? QString() : toQString(item->summary));
    }
}

void SchemaForm::showErrors() {
    std::map<FormRow*, std::vector<config::Diagnostic>> byRow;
    for (const auto& diagnostic : diagnostics_) {
        const auto path = parsePath(diagnostic.fieldPath);
        if (path.empty()) continue;
        FormRow* best = nullptr;
        for (auto* row : rows_)
            if (!row->path().empty() && isWithin(path, row->path()) && (!best || row->path().steps().size() > best->path().steps().size()))
                best = row;
        if (best) byRow[best].push_back(diagnostic);
    }
    for (auto* row : rows_) {
        const auto found = byRow.find(row);
        row->setErrors(found == byRow.end() ? std::vector<config::Diagnostic>{} : found->second,
                       [this](const config::Fix& fix) { push(edits().applyFix(fix)); });
    }
}

void SchemaForm::highlightField(const config::FieldPath& path, bool scroll) {
    if (scroll && !path.empty()) openWay(path);
    FormRow* best = nullptr;
    for (auto* row : rows_)
        if (!path.empty() && !row->path().empty() && isWithin(path, row->path()) &&
            (!best || row->path().steps().size() > best->path().steps().size()))
            best = row;
    highlighted_ = best ? best->path() : config::FieldPath();
    for (auto* row : rows_) row->setHighlighted(row == best);
    if (best && scroll) QTimer::singleShot(0, best, [this, best] { ensureWidgetVisible(best, 0, theme_.gap(6)); });
}

void SchemaForm::focusField(const config::FieldPath& path) {
    highlightField(path, true);
    if (auto* field = page_->findChild<QWidget*>(QStringLiteral("field:") + toQString(path.toString()))) field->setFocus();
}

}  // namespace gatehouse::ui
