#include "requests/phase_delegate.h"

#include "charts/timeline_bar.h"
#include "models/request_table_model.h"
#include "theme/theme.h"

#include <QPainter>

namespace gatehouse::ui {

void PhaseDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    DataCellDelegate::paint(painter, option, index);
    const auto* record = model_.record(index.row());
    if (!record) return;
    const int side = theme().gap(2);
    const double height = theme().gap(2);
    const QRectF area(option.rect.left() + side, option.rect.center().y() - height / 2 + 0.5, option.rect.width() - 2 * side, height);
    if (area.width() > side) paintPhases(*painter, area, *record, theme());
}

}  // namespace gatehouse::ui
