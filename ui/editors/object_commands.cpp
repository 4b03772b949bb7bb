#include "editors/object_commands.h"

#include "bridge/workspace_document.h"
#include "models/core_sentence.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/dialogs.h"
#include "widgets/message_bar.h"
#include "widgets/view.h"

#include <QAbstractItemView>
#include <QMenu>
#include <QToolButton>

namespace gatehouse::ui {

ObjectCommands::ObjectCommands(ViewContext& context, QAbstractItemView* list, MessageBar& messages, std::function<config::ObjectKey()> current,
                               std::function<void(const config::ObjectKey&)> show)
    : QObject(list), context_(context), list_(list), messages_(messages), current_(std::move(current)), show_(std::move(show)),
      menu_(new QMenu(list)) {
    const auto add = [&](const QString& text, const QKeySequence& keys, const QString& icon, const QString& name, void (ObjectCommands::*run)()) {
        auto* action = menu_->addAction(context_.theme.icon(icon, Token::Text), text);
        action->setObjectName(name);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);  // Delete in a text field must never delete an object.
        list_->addAction(action);
        connect(action, &QAction::triggered, this, run);
    };
    add(tr("Rename…"), QKeySequence(Qt::Key_F2), QStringLiteral("edit"), QStringLiteral("renameObject"), &ObjectCommands::rename);
    add(tr("Duplicate"), QKeySequence(Qt::CTRL | Qt::Key_D), QStringLiteral("copy"), QStringLiteral("duplicateObject"), &ObjectCommands::duplicate);
    add(tr("Delete"), QKeySequence(QKeySequence::Delete), QStringLiteral("trash"), QStringLiteral("deleteObject"), &ObjectCommands::remove);
    list_->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(list_, &QWidget::customContextMenuRequested, this, [this](const QPoint& at) { menu_->popup(list_->viewport()->mapToGlobal(at)); });
}

QToolButton* ObjectCommands::makeButton(QWidget* parent) {
    auto* button = makeIconButton(context_.theme, QStringLiteral("more"), tr("Rename, duplicate, delete"), parent);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setMenu(menu_);
    return button;
}

void ObjectCommands::apply(PreparedEdit prepared) {
    const auto done = context_.document.push(std::move(prepared.edit));
    if (!done) {
        messages_.show(MessageBar::Kind::Error, coreSentence(done.error().message));
        return;
    }
    messages_.dismiss();
    if (!prepared.object.kind.empty()) show_(prepared.object);
}

void ObjectCommands::rename() {
    const auto key = current_();
    if (key.kind.empty() || !context_.document.isOpen()) return;
    const auto name = context_.dialogs.askText(list_, tr("Rename %1").arg(QString::fromStdString(key.display())),
                                               tr("New name; what refers to it follows"), QString::fromStdString(key.name));
    if (name.isEmpty() || name.toStdString() == key.name) return;
    apply(renameObject(context_.document.workspace(), key, name.toStdString()));
}

void ObjectCommands::duplicate() {
    const auto key = current_();
    if (!key.kind.empty() && context_.document.isOpen()) apply(duplicateObject(context_.document.workspace(), key));
}

void ObjectCommands::remove() {
    const auto key = current_();
    if (key.kind.empty() || !context_.document.isOpen()) return;
    auto prepared = deleteObject(context_.document.workspace(), key);
    const bool ok = prepared.edit.has_value();
    apply(std::move(prepared));
    if (ok)
        messages_.show(MessageBar::Kind::Info, tr("%1 is deleted.").arg(QString::fromStdString(key.display())), {{tr("Undo"), [this] {
                                                                                                       context_.document.undoStack().undo();
                                                                                                       messages_.dismiss();
                                                                                                   }}});
}

}  // namespace gatehouse::ui
