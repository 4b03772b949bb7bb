#include "editors/object_list_view.h"

#include "bridge/workspace_document.h"
#include "theme/theme.h"
#include "widgets/action_registry.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/filter_edit.h"

#include <QAbstractItemView>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace gatehouse::ui {

ObjectListView::ObjectListView(ViewContext& context, const QString& id, QWidget* parent)
    : View(context, id, parent), facts_(context.engine, context.document), filterEdit_(new FilterEdit(context.theme, QString(), this)),
      pages_(new QStackedWidget(this)), empty_(new EmptyState(context.theme, pages_)), add_(new QPushButton(this)) {
    body()->addWidget(pages_, 1);
    pages_->addWidget(empty_);
    add_->setObjectName(QStringLiteral("addObject"));
    makePrimary(add_);
}

void ObjectListView::setContent(QWidget* content, QAbstractItemView* list) {
    pages_->addWidget(content);
    setFocusProxy(list);
    commands_ = new ObjectCommands(context(), list, messages(), [this] { return selected_; }, [this](const config::ObjectKey& key) { select(key); });
    titleControls()->addWidget(filterEdit_);
    titleControls()->addWidget(commands_->makeButton(this));
    titleControls()->addWidget(add_);
    const auto begin = [this] {
        if (context().document.isOpen()) beginAdd();
    };
    connect(add_, &QPushButton::clicked, this, begin);
    context().actions.add(this, viewId() + QStringLiteral(".add"), title(), words().add, {}, [this, begin] {
        context().navigator.navigate(viewId(), {});
        begin();
    });
    connect(filterEdit_, &FilterEdit::filterChanged, this, [this](const QString& text) { applyFilter(text); });
    const auto applyTheme = [this] { filterEdit_->setMinimumWidth(context().theme.gap(45)); };
    connect(&context().theme, &Theme::changed, this, applyTheme);
    applyTheme();
    connect(&facts_, &WorkspaceFacts::updated, this, [this] {
        pending_ = !isActive();
        if (isActive()) refresh();
    });
    retranslate();
    refresh();
}

void ObjectListView::retranslate() {
    View::retranslate();
    const auto text = words();
    add_->setText(text.add);
    filterEdit_->setHint(text.filterHint);
    empty_->set(emptyIcon(), text.emptyReason, text.emptyButton, [this] { add_->click(); });
}

void ObjectListView::setActive(bool active) {
    View::setActive(active);
    facts_.setActive(active);
    if (!active) commitTyped();
    else if (std::exchange(pending_, false)) refresh();
}

void ObjectListView::openTarget(const QString& target) {
    const auto set = facts_.objects();
    if (!set) return;
    for (const auto& object : set->objects)
        if (QString::fromStdString(object.key.id()) == target) return select(object.key);
}

void ObjectListView::focusFilter() { filterEdit_->focusFilter(); }

void ObjectListView::showEmpty(bool empty) { pages_->setCurrentIndex(empty ? 0 : 1); }

void ObjectListView::select(const config::ObjectKey& object) {
    selected_ = object;
    filterEdit_->clear();
    applyFilter({});
    refresh();
}

}  // namespace gatehouse::ui
