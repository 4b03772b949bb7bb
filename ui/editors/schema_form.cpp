#include "editors/schema_form.h"

#include "editors/field_control.h"
#include "editors/form_row.h"
#include "editors/object_text.h"
#include "editors/references.h"
#include "secret/secret.h"
#include "theme/theme.h"
#include "widgets/buttons.h"

#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {
namespace {

/// Objects of at most so many scalar members stand in one row.
constexpr std::size_t kCompactFields = 3;
/// Groups nested deeper than this start closed.
constexpr int kOpenDepth = 3;

QString toQString(const std::string& text) { return QString::fromStdString(text); }

bool isScalarControl(FormItem::Control control) {
    return control == FormItem::Control::Text || control == FormItem::Control::Integer || control == FormItem::Control::Check ||
           control == FormItem::Control::Choice;
}

bool isCompact(const FormItem& item) {
    if (item.control != FormItem::Control::Group || !item.spec || item.spec->fields.empty() || item.spec->fields.size() > kCompactFields)
        return false;
    return item.unknown.empty() && item.addable.empty() && !item.children.empty() &&
           std::all_of(item.children.begin(), item.children.end(), [](const FormItem& child) {
               return isScalarControl(child.control) && child.control != FormItem::Control::Check;
           });
}

std::size_t indexOf(const config::FieldPath& item) { return std::get<std::size_t>(item.steps().back()); }

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
        emit editFailed(toQString(done.error().message));
        // What the controls show must be what the file has.
        QTimer::singleShot(0, this, [this] { rebuild(); showErrors(); });
    }
}

std::string SchemaForm::structure(const FormItem& item) const {
    std::string out = item.path.toString() + ":" + std::to_string(int(item.control));
    if (!isScalarControl(item.control)) out += std::string(item.present ? "p" : "a") + (isOpen(item) ? "o" : "c");
    for (const auto& addable : item.addable) out += "+" + addable.spec->name;
    for (const auto& [key, value] : item.entries) out += "," + key;
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
        if (!child.listItem) width = std::max(width, QFontMetrics(theme_.bodyFont()).horizontalAdvance(toQString(child.label)) + depth * theme_.gap(3));
        width = std::max(width, labelWidth(child, depth + 1));
    }
    return width;
}

void SchemaForm::rebuild() {
    const auto* focus = page_ ? page_->focusWidget() : nullptr;
    const bool hadFocus = focus && focus->hasFocus();
    const auto focusName = focus ? focus->objectName() : QString();
    const auto* typing = qobject_cast<const QLineEdit*>(focus);
    const auto typed = typing && typing->isModified() && sender() != typing ? typing->text() : QString();
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
    labelWidth_ = labelWidth(form_, 0) + theme_.gap(2);
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
    if (hadFocus)
        if (auto* again = page_->findChild<QWidget*>(focusName)) {
            again->setFocus();
            if (auto* line = qobject_cast<QLineEdit*>(again); line && !typed.isNull() && typed != line->text()) {
                line->setText(typed);
                line->setModified(true);
            }
        }
    verticalScrollBar()->setValue(scrolled);
    for (auto* row : rows_) row->setHighlighted(!highlighted_.empty() && row->path() == highlighted_);
}

FormRow* SchemaForm::newRow(const FormItem& item, int depth, const QString& label) {
    auto* row = new FormRow(theme_, item.path, depth, page_);
    layout_->addWidget(row);
    rows_.push_back(row);
    if (!label.isEmpty()) row->setLabel(label, item.spec ? toQString(item.spec->help) : QString(), labelWidth_, nullptr);
    return row;
}

FieldControl* SchemaForm::control(FormRow& row, const FormItem& item) {
    QStringList names;
    if (kept_)
        for (const auto& name : namesFor(*kept_, object_, item.path)) names << toQString(name);
    const bool masked = secret_ && !secret::isReference(item.value);
    auto* made = new FieldControl(theme_, item, names, masked && item.path.toString().find("metadata") == std::string::npos, &row);
    connect(made, &FieldControl::focused, this, [this, made] { emit fieldFocused(made->path()); });
    connect(made, &FieldControl::committed, this, [this, made](const QString& value) {
        const auto* last = std::get_if<std::string>(&made->path().steps().back());
        const auto* owner = kept_ && kept_->find(object_) ? specAt(kept_->find(object_)->schema->root, made->path().parent()) : nullptr;
        if (last && *last == "type" && owner && !owner->unionMembers.empty() && !unionMemberFor(*owner, value.toStdString()).empty())
            push(edits().setUnionType(made->path().parent(), *owner, value));
        else
            push(edits().setScalar(made->path(), made->spec(), value));
    });
    return made;
}

void SchemaForm::buildRows(const FormItem& item, int depth) {
    for (const auto& child : item.children) buildItem(child, depth);
}

void SchemaForm::buildItem(const FormItem& item, int depth) {
    switch (item.control) {
        case FormItem::Control::Map: buildMap(item, depth); break;
        case FormItem::Control::List: buildList(item, depth); break;
        case FormItem::Control::Group: isCompact(item) ? buildCompact(item, depth) : buildGroup(item, depth); break;
        case FormItem::Control::Raw: {
            auto* row = newRow(item, depth, toQString(item.label));
            row->setSummary(item.summary.empty() ? tr("edit as text") : tr("%1 (edit as text)").arg(toQString(item.summary)));
            addRemove(*row, item);
            break;
        }
        default: buildScalar(item, depth);
    }
}

void SchemaForm::addRemove(FormRow& row, const FormItem& item) {
    const bool removable = item.present && item.spec && (item.listItem || !item.spec->required);
    auto* button = row.addTool(QStringLiteral("close"), tr("Remove %1").arg(toQString(item.label)),
                               QStringLiteral("remove:") + toQString(item.path.toString()),
                               [this, path = item.path] { push(edits().remove(path)); });
    auto policy = button->sizePolicy();
    policy.setRetainSizeWhenHidden(true);  // Controls end at one line whether they can be removed or not.
    button->setSizePolicy(policy);
    button->setIcon(theme_.icon(QStringLiteral("close"), Token::Muted));
    button->setVisible(removable);
}

void SchemaForm::addItemTools(FormRow& row, const FormItem& item) {
    const auto* list = form_.find(item.path.parent());
    const auto count = list ? list->children.size() : 0;
    const auto at = indexOf(item.path);
    const auto name = toQString(item.path.toString());
    if (count > 1) {
        row.addTool(QStringLiteral("arrow-up"), tr("Move up"), QStringLiteral("up:") + name, [this, path = item.path, at] { push(edits().moveItem(path, at - 1)); })
            ->setEnabled(at > 0);
        row.addTool(QStringLiteral("arrow-down"), tr("Move down"), QStringLiteral("down:") + name, [this, path = item.path, at] { push(edits().moveItem(path, at + 1)); })
            ->setEnabled(at + 1 < count);
    }
    if (item.control == FormItem::Control::Group && !isCompact(item))
        row.addTool(QStringLiteral("copy"), tr("Duplicate"), QStringLiteral("copy:") + name, [this, path = item.path] { push(edits().duplicateItem(path)); });
    addRemove(row, item);
}

void SchemaForm::buildScalar(const FormItem& item, int depth) {
    auto* row = newRow(item, depth, item.listItem ? QStringLiteral(" ") : toQString(item.label));
    row->addControl(control(*row, item));
    if (item.listItem) addItemTools(*row, item);
    else addRemove(*row, item);
}

void SchemaForm::buildCompact(const FormItem& item, int depth) {
    auto* row = newRow(item, depth, item.listItem ? QStringLiteral(" ") : toQString(item.label));
    for (const auto& child : item.children) {
        auto* made = control(*row, child);
        if (auto* line = qobject_cast<QLineEdit*>(made->focusWidget()); line && line->placeholderText().size() < 2)
            line->setPlaceholderText(toQString(child.label).toLower());
        made->focusWidget()->setToolTip(toQString(child.label));
        row->addControl(made, child.control == FormItem::Control::Text ? 1 : 0);
    }
    if (item.listItem) addItemTools(*row, item);
    else addRemove(*row, item);
}

void SchemaForm::buildMap(const FormItem& item, int depth) {
    auto* head = newRow(item, depth, toQString(item.label));
    head->setSummary(item.entries.empty() ? tr("none") : QString());
    head->addTextTool(QStringLiteral("add"), tr("Add"), QStringLiteral("add:") + toQString(item.path.toString()),
                      [this, path = item.path] { push(edits().addEntry(path)); });
    addRemove(*head, item);
    for (const auto& [key, value] : item.entries) {
        FormItem entry;
        entry.path = item.path.key(key);
        auto* row = newRow(entry, depth, QStringLiteral(" "));
        auto* keyEdit = new QLineEdit(toQString(key), row);
        auto* valueEdit = new QLineEdit(toQString(value), row);
        keyEdit->setObjectName(QStringLiteral("key:") + toQString(entry.path.toString()));
        valueEdit->setObjectName(QStringLiteral("field:") + toQString(entry.path.toString()));
        keyEdit->setAccessibleName(tr("Key of %1").arg(toQString(item.label)));
        valueEdit->setAccessibleName(tr("Value of %1").arg(toQString(key)));
        keyEdit->setFont(theme_.fixedFont());
        valueEdit->setFont(theme_.fixedFont());
        keyEdit->setCursorPosition(0);
        valueEdit->setCursorPosition(0);
        if (secret_ && !secret::isReference(value) && item.path.toString().find("metadata") == std::string::npos)
            valueEdit->setEchoMode(QLineEdit::PasswordEchoOnEdit);
        connect(keyEdit, &QLineEdit::editingFinished, this, [this, keyEdit, map = item.path, from = toQString(key)] {
            if (keyEdit->text() != from) push(edits().renameEntry(map, from, keyEdit->text()));
        });
        connect(valueEdit, &QLineEdit::editingFinished, this, [this, valueEdit, map = item.path, name = toQString(key), was = toQString(value)] {
            if (valueEdit->text() != was) push(edits().setEntry(map, name, valueEdit->text()));
        });
        row->addControl(keyEdit, 2);
        row->addControl(valueEdit, 3);
        row->addTool(QStringLiteral("close"), tr("Remove %1").arg(toQString(key)), QStringLiteral("remove:") + toQString(entry.path.toString()),
                     [this, path = entry.path] { push(edits().remove(path)); });
    }
}

void SchemaForm::buildList(const FormItem& item, int depth) {
    auto* head = newRow(item, depth, toQString(item.label));
    head->setSummary(item.children.empty() ? tr("none") : QString());
    const auto singular = toQString(singularOf(item.label));
    head->addTextTool(QStringLiteral("add"), tr("Add %1").arg(singular), QStringLiteral("add:") + toQString(item.path.toString()),
                      [this, path = item.path, spec = item.spec] {
                          const auto* list = form_.find(path);
                          const auto at = list ? list->children.size() : 0;
                          open_[object_.id() + "#" + path.index(at).toString()] = true;
                          push(edits().addItem(path, *spec));
                      });
    addRemove(*head, item);
    for (const auto& child : item.children) {
        if (child.control != FormItem::Control::Group || isCompact(child)) {
            buildItem(child, depth + 1);
            continue;
        }
        const bool open = isOpen(child);
        auto* row = newRow(child, depth + 1, QString());
        const auto title = singular.left(1).toUpper() + singular.mid(1) + QLatin1Char(' ') + toQString(child.label);
        connect(row->setToggle(title, open, QStringLiteral("toggle:") + toQString(child.path.toString())), &QToolButton::clicked, this,
                [this, path = child.path] {
                    if (const auto* now = form_.find(path)) toggle(*now);
                });
        row->setSummary(open ? QString() : toQString(child.summary));
        addItemTools(*row, child);
        if (open) {
            buildRows(child, depth + 2);
            buildAddMenu(child, depth + 2);
        }
    }
}

void SchemaForm::buildGroup(const FormItem& item, int depth) {
    const bool open = isOpen(item);
    auto* row = newRow(item, depth, QString());
    connect(row->setToggle(toQString(item.label), open, QStringLiteral("toggle:") + toQString(item.path.toString())), &QToolButton::clicked, this,
            [this, path = item.path] {
                if (const auto* now = form_.find(path)) toggle(*now);
            });
    row->setSummary(open ? QString() : toQString(item.summary));
    addRemove(*row, item);
    if (!open) return;
    buildRows(item, depth + 1);
    buildAddMenu(item, depth + 1);
}

void SchemaForm::buildAddMenu(const FormItem& item, int depth) {
    if (!item.addable.empty()) {
        auto* row = newRow(item, depth, QStringLiteral(" "));
        auto* button = makeTextButton(theme_, QStringLiteral("add"), tr("Add field"), row);
        button->setObjectName(QStringLiteral("addField:") + toQString(item.path.toString()));
        button->setAccessibleName(item.label.empty() ? tr("Add field") : tr("Add field to %1").arg(toQString(item.label)));
        button->setPopupMode(QToolButton::InstantPopup);
        auto* menu = new QMenu(button);
        menu->setToolTipsVisible(true);
        for (const auto& addable : item.addable) {
            auto* action = menu->addAction(toQString(labelOf(addable.spec->name)));
            action->setToolTip(toQString(addable.spec->help));
            action->setObjectName(QStringLiteral("addField:") + toQString(addable.path.toString()));
            connect(action, &QAction::triggered, this, [this, addable] {
                open_[object_.id() + "#" + addable.path.toString()] = true;
                push(edits().add(addable.path, *addable.spec));
            });
        }
        button->setMenu(menu);
        row->addControl(button, 0);
        row->setSummary(QString());
    }
    if (!item.unknown.empty() && !item.path.empty()) {
        QStringList names;
        for (const auto& name : item.unknown) names << toQString(name);
        newRow(item, depth, tr("Kept as written"))->setSummary(names.join(QStringLiteral(", ")));
    }
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
        for (const auto& [key, value] : item->entries)
            if (auto* line = page_->findChild<QLineEdit*>(QStringLiteral("field:") + toQString(item->path.key(key).toString()));
                line && !line->hasFocus() && line->text() != toQString(value))
                line->setText(toQString(value));
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
