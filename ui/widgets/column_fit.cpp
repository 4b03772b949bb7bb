#include "widgets/column_fit.h"

#include <QAction>
#include <QEvent>
#include <QHeaderView>
#include <QMenu>
#include <QScopedValueRollback>
#include <QSettings>
#include <QTableView>
#include <QTreeView>

#include <algorithm>
#include <utility>

namespace gatehouse::ui {
namespace {

constexpr int kFillCharacters = 24;

}  // namespace

ColumnFit::ColumnFit(QTableView* table, std::vector<int> mayLeave, int fill, const QString& settingsKey)
    : ColumnFit(table, table->horizontalHeader(), std::move(mayLeave), fill, settingsKey) {}

ColumnFit::ColumnFit(QTreeView* tree, std::vector<int> mayLeave, int fill, const QString& settingsKey)
    : ColumnFit(tree, tree->header(), std::move(mayLeave), fill, settingsKey) {}

ColumnFit::ColumnFit(QAbstractItemView* table, QHeaderView* header, std::vector<int> mayLeave, int fill, const QString& settingsKey)
    : QObject(table), table_(table), header_(header), mayLeave_(std::move(mayLeave)), fill_(fill), key_(QStringLiteral("columns/") + settingsKey) {
    for (int column = 0; column < header_->count(); ++column) header_->showSection(column);
    // What was kept from an earlier run may be what was left over then.
    fillLeast_ = std::min(header_->sectionSize(fill_), header_->fontMetrics().averageCharWidth() * kFillCharacters);
    read();
    table_->viewport()->installEventFilter(this);
    // Hiding a column can resize the viewport again: once all is settled is soon enough.
    soon_.setSingleShot(true);
    soon_.setInterval(0);
    connect(&soon_, &QTimer::timeout, this, &ColumnFit::fit);
    connect(header_, &QHeaderView::sectionResized, this, [this](int column, int, int width) {
        if (fitting_ || width <= 0) return;
        if (column == fill_) fillLeast_ = width;
        if (column == grown_) grownFrom_ = width;
        soon_.start();
    });
    header_->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header_, &QHeaderView::customContextMenuRequested, this, [this](const QPoint& at) {
        auto* shown = menu(table_);
        shown->setAttribute(Qt::WA_DeleteOnClose);
        shown->popup(header_->mapToGlobal(at));
    });
    soon_.start();
}

int ColumnFit::widthOf(int column) const {
    if (column == fill_) return fillLeast_;
    return header_->isSectionHidden(column) ? widths_.value(column, header_->sectionSizeHint(column)) : header_->sectionSize(column);
}

void ColumnFit::fit() {
    if (fitting_ || header_->count() == 0) return;
    const QScopedValueRollback<bool> guard(fitting_, true);
    const int room = table_->viewport()->width();
    if (grown_ >= 0) header_->resizeSection(std::exchange(grown_, -1), grownFrom_);
    QHash<int, bool> hidden;
    int needed = 0;
    for (int column = 0; column < header_->count(); ++column) {
        hidden[column] = wishes_.value(column) == Wish::Hidden;
        if (!hidden[column]) needed += widthOf(column);
    }
    std::vector<int> left;
    for (const int column : mayLeave_) {
        if (needed <= room) break;
        if (hidden[column] || wishes_.value(column) == Wish::Shown) continue;
        hidden[column] = true;
        needed -= widthOf(column);
        left.push_back(column);
    }
    // A wide one that left may have made more room than was wanted: what fits into it comes back, the most wanted first.
    for (auto column = left.rbegin(); column != left.rend(); ++column) {
        if (needed + widthOf(*column) > room) continue;
        hidden[*column] = false;
        needed += widthOf(*column);
    }
    for (int column = 0; column < header_->count(); ++column) {
        if (hidden[column] == header_->isSectionHidden(column)) continue;
        if (hidden[column]) widths_[column] = header_->sectionSize(column);
        header_->setSectionHidden(column, hidden[column]);
        if (!hidden[column] && widths_.contains(column)) header_->resizeSection(column, widths_.value(column));
    }
    if (!hidden[fill_]) return header_->resizeSection(fill_, fillLeast_ + std::max(0, room - needed));
    for (int column = header_->count() - 1; column >= 0 && grown_ < 0; --column)
        if (!hidden[column]) grown_ = column;
    if (grown_ < 0) return;
    grownFrom_ = header_->sectionSize(grown_);
    header_->resizeSection(grown_, grownFrom_ + std::max(0, room - needed));
}

void ColumnFit::setWish(int column, Wish wish) {
    if (wish == Wish::Automatic) wishes_.remove(column);
    else wishes_[column] = wish;
    keep();
    fit();
}

QMenu* ColumnFit::menu(QWidget* parent) {
    auto* out = new QMenu(parent);
    out->setObjectName(QStringLiteral("columnMenu"));
    for (int column = 0; column < header_->count(); ++column) {
        const auto name = table_->model()->headerData(column, Qt::Horizontal).toString();
        if (name.isEmpty()) continue;
        auto* action = out->addAction(name);
        action->setCheckable(true);
        action->setChecked(!header_->isSectionHidden(column));
        action->setEnabled(column != fill_);
        action->setData(column);
        connect(action, &QAction::triggered, this, [this, column](bool on) { setWish(column, on ? Wish::Shown : Wish::Hidden); });
    }
    out->addSeparator();
    auto* automatic = out->addAction(tr("Show what fits", "columns of a table"));
    automatic->setObjectName(QStringLiteral("columnsAutomatic"));
    automatic->setEnabled(!wishes_.isEmpty());
    connect(automatic, &QAction::triggered, this, [this] {
        wishes_.clear();
        keep();
        fit();
    });
    return out;
}

void ColumnFit::keep() const {
    QStringList words;
    for (auto wish = wishes_.begin(); wish != wishes_.end(); ++wish) words << QStringLiteral("%1%2").arg(wish.value() == Wish::Shown ? QLatin1Char('+') : QLatin1Char('-')).arg(wish.key());
    QSettings().setValue(key_ + QStringLiteral("/shown"), words);
}

void ColumnFit::read() {
    for (const auto& word : QSettings().value(key_ + QStringLiteral("/shown")).toStringList()) {
        bool number = false;
        const int column = word.mid(1).toInt(&number);
        if (number && column >= 0 && column < header_->count() && column != fill_) wishes_[column] = word.startsWith(QLatin1Char('+')) ? Wish::Shown : Wish::Hidden;
    }
}

bool ColumnFit::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) soon_.start();
    return QObject::eventFilter(watched, event);
}

}  // namespace gatehouse::ui
