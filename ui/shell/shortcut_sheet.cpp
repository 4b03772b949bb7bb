#include "shell/shortcut_sheet.h"

#include "widgets/action_registry.h"
#include "widgets/buttons.h"
#include "widgets/data_table.h"
#include "widgets/filter_edit.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <map>

namespace gatehouse::ui {
namespace {

enum Column { Name, Keys, Usual, ColumnCount };
constexpr int kIdRole = Qt::UserRole + 1;

/// What moves and leaves everywhere stays as it is.
constexpr std::array<Qt::Key, 5> kReserved = {Qt::Key_Escape, Qt::Key_Tab, Qt::Key_Backtab, Qt::Key_Return, Qt::Key_Enter};

bool isReserved(const QKeySequence& keys) {
    const auto combination = keys[0];
    return combination.keyboardModifiers() == Qt::NoModifier &&
           std::find(kReserved.begin(), kReserved.end(), combination.key()) != kReserved.end();
}

QString native(const QList<QKeySequence>& keys) { return QKeySequence::listToString(keys, QKeySequence::NativeText); }

QString plain(QString text) { return text.remove(QLatin1Char('&')); }

}  // namespace

ShortcutSheet::ShortcutSheet(Theme& theme, ActionRegistry& actions, QWidget* over)
    : Sheet(theme, over), actions_(actions), filter_(new FilterEdit(theme, {}, this)), list_(new QTreeWidget(this)), name_(new QLabel(this)),
      keys_(new QKeySequenceEdit(this)), clear_(new QPushButton(this)), reset_(new QPushButton(this)), resetAll_(new QPushButton(this)),
      takeOver_(new QPushButton(this)), sentence_(new QLabel(this)) {
    setObjectName(QStringLiteral("shortcutSheet"));
    setWish(96, 22);
    filter_->setObjectName(QStringLiteral("shortcutFilter"));
    list_->setObjectName(QStringLiteral("shortcutList"));
    list_->setColumnCount(ColumnCount);
    setUpTree(list_, theme, {}, {});
    setColumnCharacters(list_, {0, 20, 20});
    name_->setBuddy(keys_);
    name_->setTextFormat(Qt::PlainText);
    keys_->setObjectName(QStringLiteral("shortcutKeys"));
    sentence_->setObjectName(QStringLiteral("shortcutSentence"));
    sentence_->setWordWrap(true);
    sentence_->setTextFormat(Qt::PlainText);
    auto* line = new QHBoxLayout;
    line->addWidget(name_, 1);
    line->addWidget(keys_);
    line->addWidget(clear_);
    line->addWidget(reset_);
    auto* answer = new QHBoxLayout;
    answer->addWidget(sentence_, 1);
    answer->addWidget(takeOver_);
    content()->addWidget(filter_);
    content()->addWidget(list_, 1);
    content()->addLayout(line);
    content()->addLayout(answer);
    buttons()->addWidget(resetAll_);
    const std::array<std::pair<QPushButton*, const char*>, 4> named = {
        {{clear_, "clearShortcut"}, {reset_, "resetShortcut"}, {resetAll_, "resetAllShortcuts"}, {takeOver_, "takeOverShortcut"}}};
    for (const auto& [button, name] : named) {
        button->setObjectName(QLatin1String(name));
        button->setAutoDefault(false);
    }
    connect(filter_, &FilterEdit::filterChanged, this, &ShortcutSheet::narrow);
    connect(list_, &QTreeWidget::currentItemChanged, this, &ShortcutSheet::showCurrent);
    connect(list_, &QTreeWidget::itemActivated, this, [this] { keys_->setFocus(Qt::OtherFocusReason); });
    connect(keys_, &QKeySequenceEdit::keySequenceChanged, this, [this](const QKeySequence& keys) {
        if (!keys.isEmpty()) take(QKeySequence(keys[0]));
    });
    connect(clear_, &QPushButton::clicked, this, [this] {
        if (auto* action = current()) actions_.rebind(action, {});
    });
    connect(reset_, &QPushButton::clicked, this, [this] {
        auto* action = current();
        if (!action) return;
        for (const auto& keys : ActionRegistry::defaultShortcuts(action))
            if (auto* holder = actions_.holderOf(keys, action)) actions_.rebind(holder, {});
        actions_.resetShortcut(action);
    });
    connect(resetAll_, &QPushButton::clicked, this, [this] { actions_.resetAllShortcuts(); });
    connect(takeOver_, &QPushButton::clicked, this, [this] {
        auto* action = current();
        if (!action || wanted_.isEmpty()) return;
        const auto keys = wanted_;
        // More than one may hold them, in views of their own.
        while (auto* holder = actions_.holderOf(keys, action)) actions_.rebind(holder, {});
        actions_.rebind(action, keys);
    });
    connect(&actions, &ActionRegistry::shortcutsChanged, this, [this] {
        if (isVisible()) fill();
    });
    takeOver_->hide();
    retranslate();
}

void ShortcutSheet::applyTheme() {
    name_->setFont(theme().strongFont());
    Sheet::applyTheme();
}

void ShortcutSheet::retranslate() {
    setTitle(tr("Change keyboard shortcuts"), tr("Choose an action, then press its new keys."));
    filter_->setHint(tr("Filter by action or keys"));
    list_->setAccessibleName(tr("Actions and their keys"));
    list_->setHeaderLabels({tr("Command", "column"), tr("Keys", "column: a keyboard shortcut"), tr("Usual keys", "column: the default keyboard shortcut")});
    keys_->setAccessibleName(tr("New keys"));
    for (auto* inner : keys_->findChildren<QLineEdit*>()) inner->setAccessibleName(tr("New keys"));
    clear_->setText(tr("No keys", "button: takes a shortcut away"));
    reset_->setText(tr("Usual keys", "button: back to the default shortcut"));
    resetAll_->setText(tr("All as usual", "button: back to the default shortcuts"));
    if (isVisible()) fill();
}

void ShortcutSheet::present() {
    fill();
    open();
    filter_->setFocus(Qt::OtherFocusReason);
}

QAction* ShortcutSheet::current() const {
    const auto* item = list_->currentItem();
    return item ? actions_.find(item->data(Name, kIdRole).toString()) : nullptr;
}

void ShortcutSheet::fill() {
    const auto* before = current();
    const auto kept = before ? before->objectName() : QString();
    const QSignalBlocker quiet(list_);
    list_->clear();
    std::map<QString, QTreeWidgetItem*> groups;
    QTreeWidgetItem* chosen = nullptr;
    bool rebound = false;
    for (auto* action : actions_.all()) {
        if (action->text().isEmpty()) continue;
        auto& group = groups[ActionRegistry::categoryOf(action)];
        if (!group) {
            group = new QTreeWidgetItem(list_, {ActionRegistry::categoryOf(action)});
            group->setFlags(Qt::ItemIsEnabled);
            group->setFont(Name, theme().strongFont());
        }
        auto* item = new QTreeWidgetItem(group, {plain(action->text()), native(action->shortcuts()), native(ActionRegistry::defaultShortcuts(action))});
        item->setData(Name, kIdRole, action->objectName());
        item->setToolTip(Name, plain(action->text()));
        if (ActionRegistry::isRebound(action)) {
            rebound = true;
            item->setIcon(Keys, theme().icon(QStringLiteral("edit"), Token::Accent));
            item->setToolTip(Keys, tr("Other keys than usual"));
        }
        if (action->objectName() == kept) chosen = item;
    }
    list_->expandAll();
    resetAll_->setEnabled(rebound);
    resetAll_->setToolTip(rebound ? QString() : tr("Every action has its usual keys."));
    if (chosen) {
        list_->setCurrentItem(chosen);
        list_->scrollToItem(chosen);
    }
    narrow();
    showCurrent();
}

void ShortcutSheet::narrow() {
    const auto text = filter_->text();
    for (int i = 0; i < list_->topLevelItemCount(); ++i) {
        auto* group = list_->topLevelItem(i);
        bool any = false;
        for (int j = 0; j < group->childCount(); ++j) {
            auto* item = group->child(j);
            const bool fits = text.isEmpty() || item->text(Name).contains(text, Qt::CaseInsensitive) || item->text(Keys).contains(text, Qt::CaseInsensitive) ||
                              group->text(Name).contains(text, Qt::CaseInsensitive);
            item->setHidden(!fits);
            any = any || fits;
        }
        group->setHidden(!any);
    }
}

void ShortcutSheet::showCurrent() {
    const auto* action = current();
    wanted_ = {};
    holder_ = nullptr;
    takeOver_->hide();
    const QSignalBlocker quiet(keys_);
    keys_->setKeySequence(action ? action->shortcut() : QKeySequence());
    for (QWidget* widget : {static_cast<QWidget*>(keys_), static_cast<QWidget*>(clear_), static_cast<QWidget*>(reset_)}) widget->setEnabled(action != nullptr);
    name_->setText(action ? plain(action->text()) : tr("No action is chosen"));
    if (!action) return say({}, Token::Muted);
    clear_->setEnabled(!action->shortcuts().isEmpty());
    reset_->setEnabled(ActionRegistry::isRebound(action));
    say(action->shortcutContext() == Qt::WindowShortcut ? tr("Works everywhere in the window.") : tr("Works while its view has the focus."), Token::Muted);
}

void ShortcutSheet::take(const QKeySequence& keys) {
    auto* action = current();
    if (!action) return;
    const auto shown = keys.toString(QKeySequence::NativeText);
    takeOver_->hide();
    if (isReserved(keys)) {
        const QSignalBlocker quiet(keys_);
        keys_->setKeySequence(action->shortcut());
        return say(tr("%1 moves or leaves everywhere and cannot be given away; press other keys.", "%1 keys").arg(shown), Token::Bad);
    }
    if (action->shortcuts() == QList<QKeySequence>{keys}) return;
    if (auto* holder = actions_.holderOf(keys, action)) {
        wanted_ = keys;
        holder_ = holder;
        takeOver_->setText(tr("Take %1", "button; %1 keys").arg(shown));
        takeOver_->show();
        return say(tr("%1 belongs to “%2”, which would be without keys then.", "%1 keys, %2 an action").arg(shown, plain(holder->text())), Token::Warn);
    }
    actions_.rebind(action, keys);
}

void ShortcutSheet::say(const QString& sentence, Token token) {
    sentence_->setText(sentence);
    setTextColor(sentence_, theme(), token);
    if (sentence.isEmpty() || token == Token::Muted) return;
    QAccessibleEvent event(sentence_, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

}  // namespace gatehouse::ui
