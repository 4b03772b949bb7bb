// SchemaForm's rows: which widgets show which item, and the edits that they ask for.
#include "editors/field_control.h"
#include "editors/form_row.h"
#include "editors/object_text.h"
#include "editors/references.h"
#include "editors/schema_form.h"
#include "editors/text_box.h"
#include "models/core_sentence.h"
#include "secret/secret.h"
#include "theme/theme.h"
#include "widgets/buttons.h"

#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace gatehouse::ui {
namespace {

QString toQString(const std::string& text) { return QString::fromStdString(text); }

std::size_t indexOf(const config::FieldPath& item) { return std::get<std::size_t>(item.steps().back()); }

}  // namespace

FormRow* SchemaForm::newRow(const FormItem& item, int depth, const QString& label) {
    auto* row = new FormRow(theme_, item.path, depth, page_);
    layout_->addWidget(row);
    rows_.push_back(row);
    if (!label.isEmpty()) row->setLabel(label, item.spec ? coreSentence(item.spec->help) : QString(), labelWidth_, nullptr);
    return row;
}

/// What a Secret holds is not for every eye; a reference to it is.
bool SchemaForm::isMasked(const std::string& value, const config::FieldPath& path) const {
    return secret_ && !secret::isReference(value) && path.toString().find("metadata") == std::string::npos;
}

FieldControl* SchemaForm::control(FormRow& row, const FormItem& item) {
    QStringList names;
    if (kept_)
        for (const auto& name : namesFor(*kept_, object_, item.path)) names << toQString(name);
    auto* made = new FieldControl(theme_, item, names, isMasked(item.value, item.path), &row);
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
        row->addControl(made, child.control == FormItem::Control::Text || child.control == FormItem::Control::Paragraph ? 1 : 0);
    }
    if (item.listItem) addItemTools(*row, item);
    else addRemove(*row, item);
}

void SchemaForm::buildMap(const FormItem& item, int depth) {
    auto* head = newRow(item, depth, toQString(item.label));
    head->setSummary(item.entries.empty() ? tr("none") : QString());
    auto* add = head->addTextTool(QStringLiteral("add"), tr("Add"), QStringLiteral("add:") + toQString(item.path.toString()),
                                  [this, path = item.path] { push(edits().addEntry(path)); });
    add->setAccessibleName(tr("Add to %1", "%1 label of a list").arg(toQString(item.label)));
    addRemove(*head, item);
    for (const auto& [key, value] : item.entries) buildEntry(item, key, value, depth);
}

void SchemaForm::buildEntry(const FormItem& map, const std::string& key, const std::string& value, int depth) {
    FormItem entry;
    entry.path = map.path.key(key);
    const auto name = QStringLiteral("field:") + toQString(entry.path.toString());
    auto* row = newRow(entry, depth + 1, QString());  // A key and its value need the whole width.
    auto* keyEdit = new QLineEdit(toQString(key), row);
    keyEdit->setObjectName(QStringLiteral("key:") + toQString(entry.path.toString()));
    keyEdit->setAccessibleName(tr("Key of %1").arg(toQString(map.label)));
    keyEdit->setFont(theme_.fixedFont());
    keyEdit->setToolTip(toQString(key));
    keyEdit->setCursorPosition(0);
    connect(keyEdit, &QLineEdit::editingFinished, this, [this, keyEdit, path = map.path, from = toQString(key)] {
        if (keyEdit->text() != from) push(edits().renameEntry(path, from, keyEdit->text()));
    });
    row->addControl(keyEdit, 2);
    const auto write = [this, path = map.path, key = toQString(key)](const QString& text) { push(edits().setEntry(path, key, text)); };
    const bool masked = isMasked(value, map.path);
    QWidget* valueEdit = nullptr;
    if (value.find('\n') != std::string::npos && !masked) {
        auto* box = new TextBox(row);
        box->show(TextBox::withoutEnd(value));
        connect(box, &TextBox::committed, this, [write, value](const QString& typed) { write(TextBox::withEndOf(value, typed)); });
        valueEdit = box;
    } else {
        auto* line = new QLineEdit(toQString(value), row);
        line->setCursorPosition(0);
        if (masked) line->setEchoMode(QLineEdit::PasswordEchoOnEdit);
        connect(line, &QLineEdit::editingFinished, this, [line, write, was = toQString(value)] {
            if (line->text() != was) write(line->text());
        });
        valueEdit = line;
    }
    valueEdit->setObjectName(name);
    valueEdit->setAccessibleName(tr("Value of %1").arg(toQString(key)));
    valueEdit->setFont(theme_.fixedFont());
    row->addControl(valueEdit, 3);
    row->addTool(QStringLiteral("close"), tr("Remove %1").arg(toQString(key)), QStringLiteral("remove:") + toQString(entry.path.toString()),
                 [this, path = entry.path] { push(edits().remove(path)); });
}

void SchemaForm::buildList(const FormItem& item, int depth) {
    auto* head = newRow(item, depth, toQString(item.label));
    head->setSummary(item.children.empty() ? tr("none") : QString());
    const auto singular = toQString(singularOf(item.label));
    auto* add = head->addTextTool(QStringLiteral("add"), tr("Add"), QStringLiteral("add:") + toQString(item.path.toString()),
                      [this, path = item.path, spec = item.spec] {
                          const auto* list = form_.find(path);
                          const auto at = list ? list->children.size() : 0;
                          open_[object_.id() + "#" + path.index(at).toString()] = true;
                          push(edits().addItem(path, *spec));
                      });
    // Names of fields are the API's, the same in every language: the row says which list it is.
    add->setAccessibleName(tr("Add to %1", "%1 label of a list").arg(toQString(item.label)));
    add->setToolTip(add->accessibleName());
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
            const auto label = toQString(labelOf(addable.spec->name));
            auto* action = menu->addAction(addable.instead.empty() ? label : tr("%1 instead of %2", "names of fields").arg(label, toQString(labelOf(addable.instead)).toLower()));
            action->setToolTip(coreSentence(addable.spec->help));
            action->setObjectName(QStringLiteral("addField:") + toQString(addable.path.toString()));
            connect(action, &QAction::triggered, this, [this, addable] {
                open_[object_.id() + "#" + addable.path.toString()] = true;
                push(addable.instead.empty() ? edits().add(addable.path, *addable.spec) : edits().addInstead(addable.path, *addable.spec, addable.instead));
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

}  // namespace gatehouse::ui
