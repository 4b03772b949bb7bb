#include "shell/cheat_sheet.h"

#include "widgets/action_registry.h"
#include "widgets/buttons.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <vector>

namespace gatehouse::ui {

namespace {

struct Row {
    QString keys, text;
};

using Groups = std::vector<std::pair<QString, std::vector<Row>>>;

Groups groupsOf(const ActionRegistry& actions) {
    Groups groups;
    for (const QAction* action : actions.all()) {
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        if (keys.isEmpty()) continue;
        const QString category = ActionRegistry::categoryOf(action);
        auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& known) { return known.first == category; });
        if (group == groups.end()) group = groups.insert(groups.end(), {category, {}});
        QString text = action->text();
        group->second.push_back({keys, text.remove(QLatin1Char('&'))});
    }
    return groups;
}

}  // namespace

CheatSheet::CheatSheet(Theme& theme, ActionRegistry& actions, QWidget* over) : Sheet(theme, over), actions_(actions) {
    setObjectName(QStringLiteral("cheatSheet"));
    setWish(120, 16);
    change_ = new QPushButton(this);
    change_->setObjectName(QStringLiteral("changeShortcuts"));
    change_->setAutoDefault(false);
    change_->setText(tr("Change shortcuts…"));
    buttons()->addWidget(change_);
    connect(change_, &QPushButton::clicked, this, [this] {
        close();
        emit changeWanted();
    });
}

void CheatSheet::changeEvent(QEvent* event) {
    Sheet::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) change_->setText(tr("Change shortcuts…"));
}

void CheatSheet::present() {
    setTitle(tr("Keyboard shortcuts"), tr("Everything else is in the palette: %1.", "%1 keys").arg(actions_.find(QStringLiteral("go.palette"))->shortcut().toString(QKeySequence::NativeText)));
    delete scroll_;
    scroll_ = new QScrollArea(this);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setWidgetResizable(true);
    scroll_->setAccessibleName(tr("Keyboard shortcuts"));
    auto* page = new QWidget(scroll_);
    auto* outer = new QHBoxLayout(page);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(theme().gap(8));
    Groups groups = groupsOf(actions_);
    groups.push_back({tr("In lists and tables"),
                      {{QStringLiteral("↑ ↓"), tr("Move; type to jump to a name")},
                       {tr("Enter"), tr("Open what is selected")},
                       {tr("Esc"), tr("Leave the filter, the drawer, the sheet")}}});
    std::size_t total = 0;
    for (const auto& group : groups) total += group.second.size() + 2;
    const std::size_t perColumn = (total + 2) / 3;
    QVBoxLayout* column = nullptr;
    std::size_t used = perColumn;
    for (const auto& [category, rows] : groups) {
        if (!column || used + rows.size() / 2 >= perColumn) {
            column = new QVBoxLayout;
            column->setSpacing(theme().gap(1));
            outer->addLayout(column, 1);
            used = 0;
        }
        auto* title = new QLabel(category, page);
        title->setFont(theme().strongFont());
        column->addWidget(title);
        auto* grid = new QGridLayout;
        grid->setColumnStretch(1, 1);
        grid->setHorizontalSpacing(theme().gap(4));
        grid->setVerticalSpacing(theme().gap(1));
        int line = 0;
        for (const Row& row : rows) {
            auto* keys = new QLabel(row.keys, page);
            setMuted(keys, theme());
            auto* text = new QLabel(row.text, page);
            grid->addWidget(keys, line, 0, Qt::AlignTop);
            grid->addWidget(text, line++, 1, Qt::AlignTop);
        }
        column->addLayout(grid);
        column->addSpacing(theme().gap(3));
        used += rows.size() + 2;
    }
    for (int i = 0; i < outer->count(); ++i) static_cast<QVBoxLayout*>(outer->itemAt(i)->layout())->addStretch(1);
    scroll_->setWidget(page);
    scroll_->viewport()->setAutoFillBackground(false);
    page->setAutoFillBackground(false);
    // As large as the words need; what the window cannot hold scrolls.
    const QSize room(parentWidget()->width() - theme().gap(24), parentWidget()->height() - theme().gap(48));
    scroll_->setMinimumSize((page->sizeHint() + QSize(theme().gap(4), 0)).boundedTo(room));
    content()->addWidget(scroll_, 1);
    open();
}

}  // namespace gatehouse::ui
