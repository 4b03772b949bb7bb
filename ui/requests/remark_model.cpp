#include "requests/remark_model.h"

#include "models/core_sentence.h"
#include "models/format.h"
#include "theme/theme.h"
#include "widgets/data_table.h"

#include <QIcon>

#include <algorithm>

namespace gatehouse::ui {

void RemarkModel::set(std::vector<XrayRemark> remarks) {
    beginResetModel();
    remarks_ = std::move(remarks);
    endResetModel();
}

int RemarkModel::count(XrayRemark::Kind kind) const {
    return static_cast<int>(std::count_if(remarks_.begin(), remarks_.end(), [kind](const XrayRemark& remark) { return remark.kind == kind; }));
}

int RemarkModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(remarks_.size()); }
int RemarkModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

MessageModel::Mark RemarkModel::markOf(XrayRemark::Kind kind) {
    switch (kind) {
        case XrayRemark::Kind::Dropped: return MessageModel::Mark::Dropped;
        case XrayRemark::Kind::Defaulted: return MessageModel::Mark::Defaulted;
        case XrayRemark::Kind::Coerced: return MessageModel::Mark::Coerced;
        case XrayRemark::Kind::Added: return MessageModel::Mark::Added;
        case XrayRemark::Kind::Guard: return MessageModel::Mark::Guard;
    }
    return {};
}

QString RemarkModel::why(const XrayRemark& remark) {
    switch (remark.kind) {
        case XrayRemark::Kind::Added: return tr("Nothing of the other side is behind it.");
        case XrayRemark::Kind::Guard: return tr("The pattern %1 hit here.", "of a guard").arg(toQt(remark.reason));
        default: return coreSentence(remark.reason);
    }
}

QVariant RemarkModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto& remark = at(index.row());
    const bool mild = remark.kind == XrayRemark::Kind::Added;
    switch (role) {
        case Qt::DisplayRole: return index.column() == What ? MessageModel::markWord(markOf(remark.kind)) : index.column() == Field ? remark.field : why(remark);
        case Qt::ToolTipRole: return why(remark);
        case kFixedFontRole: return index.column() == Field;
        case kSentenceRole: return index.column() == Why;
        case kStatusTokenRole: return index.column() == What && !mild ? QVariant(int(Token::Warn)) : QVariant();
        case Qt::DecorationRole:
            return index.column() == What ? QVariant(theme_.icon(MessageModel::markIcon(markOf(remark.kind)), mild ? Token::Muted : Token::Warn)) : QVariant();
        default: return {};
    }
}

QVariant RemarkModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == What ? tr("What", "column: what happened to a field") : section == Field ? tr("Field", "column") : tr("Why", "column");
}

}  // namespace gatehouse::ui
