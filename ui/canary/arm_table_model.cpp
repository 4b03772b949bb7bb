#include "canary/arm_table_model.h"

#include "models/format.h"
#include "theme/theme.h"

#include <cmath>
#include <limits>

namespace gatehouse::ui {

ArmTableModel::ArmTableModel(Theme& theme, QObject* parent) : QAbstractTableModel(parent), theme_(theme) {
    connect(&theme_, &Theme::changed, this, [this] {
        if (!rows_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
}

void ArmTableModel::set(std::vector<ArmRow> rows) {
    if (rows.size() != rows_.size()) {
        beginResetModel();
        rows_ = std::move(rows);
        endResetModel();
        return;
    }
    rows_ = std::move(rows);
    if (!rows_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int ArmTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }
int ArmTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant ArmTableModel::data(const QModelIndex& index, int role) const {
    if (index.row() < 0 || index.row() >= rowCount()) return {};
    const auto& row = rows_[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
            switch (index.column()) {
                case Arm: return row.name;
                case Configured: return formatNumber(row.configured, row.configured == std::floor(row.configured) ? 0 : 1);
                case SinceChange: return formatNumber(row.sinceChange, 1);
                case LastMinute: return formatNumber(row.lastMinute, 1);
                case Requests: return formatCount(row.requests);
                case Errors:
                    return row.requests == 0 ? formatNumber(std::numeric_limits<double>::quiet_NaN())
                                             : formatNumber(100.0 * static_cast<double>(row.errors) / static_cast<double>(row.requests), 2);
                case TtftP50: return formatNumber(row.ttftP50);
                case TtftP95: return formatNumber(row.ttftP95);
                case TokensIn: return formatCount(row.inputTokens);
                case TokensOut: return formatCount(row.outputTokens);
                default: return {};
            }
        case Qt::DecorationRole:
            if (index.column() != Arm) return {};
            if (!row.invalidReason.isEmpty()) return theme_.icon(QStringLiteral("error"), Token::Bad);
            return row.color ? QVariant(row.color()) : QVariant();
        case Qt::ToolTipRole:
            if (index.column() != Arm) return {};
            return row.invalidReason.isEmpty() ? row.wholeName : QStringLiteral("%1: %2").arg(row.wholeName, row.invalidReason);
        case Qt::TextAlignmentRole: return int((index.column() == Arm ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        case Qt::FontRole: return index.column() == Arm ? QVariant() : QVariant(theme_.tabularFont());
        default: return {};
    }
}

QVariant ArmTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return int((section == Arm ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) {
        switch (section) {
            case SinceChange: return tr("Share of the requests since the weights were last changed");
            case LastMinute: return tr("Share of the requests of the last minute");
            case Requests: return tr("Requests since the weights were last changed");
            case Errors: return tr("Answers of 500 and above, since the weights were last changed");
            case TtftP50: return tr("Half of the answers began within this time");
            case TtftP95: return tr("95 of 100 answers began within this time");
            default: return {};
        }
    }
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Arm: return tr("Arm", "column: one side of a split");
        case Configured: return tr("Configured %", "column");
        case SinceChange: return tr("Observed %", "column: since the last change");
        case LastMinute: return tr("Last min %", "column: observed share of the last minute");
        case Requests: return tr("Requests", "column");
        case Errors: return tr("Errors %", "column");
        case TtftP50: return tr("TTFT p50 ms", "column: median time to first token");
        case TtftP95: return tr("TTFT p95 ms", "column: time to first token, 95th percentile");
        case TokensIn: return tr("In tok", "column: input tokens, short");
        case TokensOut: return tr("Out tok", "column: output tokens, short");
        default: return {};
    }
}

}  // namespace gatehouse::ui
