#include "requests/request_columns.h"

#include "models/request_table_model.h"

#include <QEvent>
#include <QHeaderView>
#include <QScopedValueRollback>
#include <QTableView>

#include <algorithm>
#include <array>

namespace gatehouse::ui {
namespace {

using Column = RequestTableModel::Column;

/// The first to leave first. When, what, how it ended, where and how long stay.
constexpr std::array kMayLeave = {Column::TokensIn, Column::TokensOut, Column::Method, Column::Model, Column::Backend, Column::Route, Column::Phases, Column::Ttft, Column::Pod, Column::Total};
constexpr int kPhaseCharacters = 8;
constexpr int kPathCharacters = 16;

}  // namespace

RequestColumns::RequestColumns(QTableView* table) : QObject(table), table_(table), header_(table->horizontalHeader()) {
    // Restored settings may say hidden; whether there is room is decided here.
    for (const int column : kMayLeave) header_->showSection(column);
    table_->viewport()->installEventFilter(this);
    // Hiding a column can resize the viewport again: once all is settled is soon enough.
    soon_.setSingleShot(true);
    soon_.setInterval(0);
    connect(&soon_, &QTimer::timeout, this, &RequestColumns::fit);
    connect(header_, &QHeaderView::sectionResized, this, [this](int column, int, int width) {
        if (fitting_ || width <= 0) return;
        if (column == Column::Path) pathLeast_ = width;
        if (column != Column::Phases) soon_.start();
    });
}

int RequestColumns::widthOf(int column) const {
    if (column == Column::Path && pathLeast_ > 0) return pathLeast_;
    if (column == Column::Phases) return header_->fontMetrics().averageCharWidth() * kPhaseCharacters;
    return header_->isSectionHidden(column) ? hiddenWidths_.value(column) : header_->sectionSize(column);
}

void RequestColumns::fit() {
    if (fitting_) return;
    // What was kept from an earlier run may be what was left over then.
    if (pathLeast_ == 0) pathLeast_ = std::min(header_->sectionSize(Column::Path), header_->fontMetrics().averageCharWidth() * kPathCharacters);
    const QScopedValueRollback<bool> guard(fitting_, true);
    const int room = table_->viewport()->width();
    int needed = 0;
    for (int column = 0; column < header_->count(); ++column) needed += widthOf(column);
    std::array<bool, kMayLeave.size()> leaves{};
    for (std::size_t i = 0; i < kMayLeave.size() && needed > room; ++i) {
        leaves[i] = true;
        needed -= widthOf(kMayLeave[i]);
    }
    // A wide one that left may have made more room than was wanted: what fits into it comes back, the most wanted first.
    for (std::size_t i = kMayLeave.size(); i-- > 0;) {
        if (!leaves[i] || needed + widthOf(kMayLeave[i]) > room) continue;
        leaves[i] = false;
        needed += widthOf(kMayLeave[i]);
    }
    for (std::size_t i = 0; i < kMayLeave.size(); ++i) {
        const int column = kMayLeave[i];
        if (leaves[i] == header_->isSectionHidden(column)) continue;
        if (leaves[i]) hiddenWidths_[column] = header_->sectionSize(column);
        header_->setSectionHidden(column, leaves[i]);
    }
    // Nothing stays empty at the right: the bar of phases takes it, or else the path, which is cut most often.
    const bool phases = !header_->isSectionHidden(Column::Phases);
    header_->resizeSection(Column::Path, pathLeast_ + (phases ? 0 : std::max(0, room - needed)));
    if (phases) header_->resizeSection(Column::Phases, widthOf(Column::Phases) + std::max(0, room - needed));
}

bool RequestColumns::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) soon_.start();
    return QObject::eventFilter(watched, event);
}

}  // namespace gatehouse::ui
