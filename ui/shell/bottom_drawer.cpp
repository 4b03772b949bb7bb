#include "shell/bottom_drawer.h"

#include "models/core_sentence.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/data_table.h"
#include "widgets/segmented_control.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QUndoStack>
#include <QUndoView>
#include <QVBoxLayout>

namespace gatehouse::ui {

BottomDrawer::BottomDrawer(Theme& theme, QUndoStack& undo, QWidget* parent) : QFrame(parent), theme_(theme) {
    setObjectName(QStringLiteral("bottomDrawer"));
    auto* column = new QVBoxLayout(this);
    auto* row = new QHBoxLayout;
    pages_ = new SegmentedControl(theme, QString(), this);
    pages_->addSegment(QStringLiteral("problems"), QString());
    pages_->addSegment(QStringLiteral("history"), QString());
    fix_ = new QPushButton(this);
    fix_->setObjectName(QStringLiteral("applyFix"));
    close_ = makeIconButton(theme, QStringLiteral("close"), QString(), this);
    row->addWidget(pages_);
    row->addStretch(1);
    row->addWidget(fix_);
    row->addWidget(close_);
    stack_ = new QStackedWidget(this);
    model_ = new ProblemsModel(theme, this);
    table_ = new QTableView(stack_);
    table_->setObjectName(QStringLiteral("problemsTable"));
    table_->setModel(model_);
    table_->setProperty("bare", true);
    table_->setFrameShape(QFrame::NoFrame);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    setUpTable(table_, theme, QString(), QStringLiteral("shell/problems"));
    setColumnCharacters(table_, {0, 40, 22, 8});
    noProblems_ = new EmptyState(theme, stack_);
    history_ = new QUndoView(&undo, stack_);
    history_->setObjectName(QStringLiteral("editHistory"));
    history_->setFrameShape(QFrame::NoFrame);
    history_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    stack_->addWidget(table_);
    stack_->addWidget(noProblems_);
    stack_->addWidget(history_);
    column->addLayout(row);
    column->addWidget(stack_, 1);

    const auto space = [this, column, row] {
        column->setContentsMargins(0, theme_.borderWidth(), 0, 0);
        column->setSpacing(theme_.gap(1));
        row->setContentsMargins(theme_.gap(4), theme_.gap(2), theme_.gap(3), 0);
        row->setSpacing(theme_.gap(2));
        stack_->setContentsMargins(theme_.gap(2), 0, 0, 0);  // The table's words begin where the row above does.
    };
    space();
    connect(&theme, &Theme::changed, this, space);
    connect(pages_, &SegmentedControl::currentChanged, this, &BottomDrawer::refreshPage);
    connect(model_, &QAbstractItemModel::modelReset, this, &BottomDrawer::refreshPage);
    connect(close_, &QToolButton::clicked, this, &BottomDrawer::closed);
    connect(table_, &QTableView::activated, this, [this](const QModelIndex& index) {
        if (const auto* problem = model_->at(index.row())) emit problemChosen(*problem);
    });
    connect(table_->selectionModel(), &QItemSelectionModel::currentChanged, this, &BottomDrawer::refreshFix);
    connect(fix_, &QPushButton::clicked, this, [this] {
        if (const auto* problem = model_->at(table_->currentIndex().row()); problem && problem->fix) emit fixChosen(*problem);
    });
    retranslate();
    refreshPage();
}

void BottomDrawer::retranslate() {
    pages_->setAccessibleName(tr("Shown in the drawer"));
    pages_->setSegmentText(QStringLiteral("problems"), tr("Problems"));
    pages_->setSegmentText(QStringLiteral("history"), tr("Edit history"));
    table_->setAccessibleName(tr("Problems"));
    history_->setAccessibleName(tr("Edit history"));
    history_->setEmptyLabel(tr("As opened"));
    close_->setToolTip(tr("Close the drawer (Esc)"));
    close_->setAccessibleName(tr("Close the drawer"));
    noProblems_->set(QStringLiteral("ok"), tr("No problems: every object was read, checked and translated."));
    refreshFix();
}

void BottomDrawer::showProblems() { pages_->setCurrent(QStringLiteral("problems")); }
void BottomDrawer::showHistory() { pages_->setCurrent(QStringLiteral("history")); }
QString BottomDrawer::page() const { return pages_->current(); }

void BottomDrawer::refreshPage() {
    if (pages_->current() == QLatin1String("history")) stack_->setCurrentWidget(history_);
    else if (model_->rowCount() == 0) stack_->setCurrentWidget(noProblems_);
    else stack_->setCurrentWidget(table_);
    refreshFix();
}

void BottomDrawer::refreshFix() {
    const auto* problem = model_->at(table_->currentIndex().row());
    const bool fixable = problem && problem->fix && stack_->currentWidget() == table_;
    fix_->setVisible(fixable);
    if (fixable) fix_->setText(tr("Fix: %1").arg(coreSentence(problem->fix->label)));
}

void BottomDrawer::focusContent() { stack_->currentWidget()->setFocus(Qt::TabFocusReason); }

QSize BottomDrawer::sizeHint() const { return {theme_.gap(100), theme_.rowHeight() * 7}; }

void BottomDrawer::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        emit closed();
        return;
    }
    QFrame::keyPressEvent(event);
}

void BottomDrawer::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme_.color(Token::Surface));
    painter.fillRect(QRect(0, 0, width(), theme_.borderWidth()), theme_.color(Token::Border));
}

}  // namespace gatehouse::ui
