#include "models/limit_table_model.h"

#include "models/format.h"
#include "models/limit_words.h"
#include "theme/theme.h"
#include "widgets/data_table.h"

#include <QLocale>

#include <algorithm>

namespace gatehouse::ui {
namespace {

bool isNumeric(int column) { return column == LimitTableModel::Value || column == LimitTableModel::Count; }

}  // namespace

LimitTableModel::LimitTableModel(Theme& theme, QObject* parent) : QAbstractTableModel(parent), theme_(theme) {
    connect(&theme_, &Theme::changed, this, [this] {
        if (!rows_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
}

void LimitTableModel::update(const std::vector<gateway::LimitState>& limits) {
    const bool same = std::equal(limits.begin(), limits.end(), rows_.begin(), rows_.end(), [](const auto& a, const auto& b) { return a.name == b.name; });
    if (!same) beginResetModel();
    rows_ = limits;
    if (!same) endResetModel();
    else if (!rows_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int LimitTableModel::enforced() const {
    return static_cast<int>(std::count_if(rows_.begin(), rows_.end(), [](const auto& row) { return row.count > 0; }));
}

int LimitTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }
int LimitTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString LimitTableModel::text(const gateway::LimitState& limit, int column) const {
    switch (column) {
        case Name: return toQt(limit.name);
        case What: return limit.what.empty() ? tr("a reason to refuse connections, not a limit") : limitWords(limit.what);
        case Value: {
            if (!limit.isLimit) return QStringLiteral("–");
            const auto shown = [](const std::string& value) { return limitWords(value).replace(QLatin1Char(','), QLocale().groupSeparator()); };
            QStringList others;
            for (const auto& other : limit.overrides)
                if (const auto value = shown(other.value); !others.contains(value)) others << value;
            if (others.isEmpty()) return shown(limit.value);
            return tr("%1; by policy %2", "%1 value of a limit, %2 values that policies set").arg(shown(limit.value), others.join(QStringLiteral(", ")));
        }
        case Answer: return limitWords(limit.answer);
        case Count: return limit.count == 0 ? QStringLiteral("–") : formatCount(limit.count);
        case Last: {
            if (limit.count == 0) return tr("never", "when a limit was enforced last");
            const auto last = toDateTime(limit.last);
            const auto ago = std::max<qint64>(0, last.msecsTo(QDateTime::currentDateTime()));
            return tr("%1 ago", "%1 a span of time").arg(formatAge(ago));
        }
        default: return {};
    }
}

QVariant LimitTableModel::data(const QModelIndex& index, int role) const {
    if (index.row() < 0 || index.row() >= rowCount()) return {};
    const auto& limit = rows_[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole: return text(limit, index.column());
        case Qt::TextAlignmentRole: return int((isNumeric(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case kFixedFontRole: return index.column() == Name;
        case kSentenceRole: return index.column() == What || index.column() == Answer;
        case kStatusTokenRole:
            if (limit.count > 0 && (index.column() == Count || index.column() == Last)) return static_cast<int>(Token::Warn);
            return limit.count == 0 && (index.column() == Count || index.column() == Last) ? QVariant(static_cast<int>(Token::Muted)) : QVariant();
        case Qt::DecorationRole:
            // Shape and word too, never colour alone.
            return index.column() == Name ? QVariant(theme_.icon(limit.count > 0 ? QStringLiteral("warning") : QStringLiteral("dot"), limit.count > 0 ? Token::Warn : Token::Muted)) : QVariant();
        case Qt::AccessibleTextRole:
            if (index.column() != Name) return {};
            return limit.count > 0 ? tr("%1, enforced", "%1 name of a limit").arg(toQt(limit.name)) : QVariant(toQt(limit.name));
        case Qt::ToolTipRole:
            if (index.column() == Last && limit.count > 0) return QLocale().toString(toDateTime(limit.last), QLocale::LongFormat);
            if (index.column() == Value && !limit.overrides.empty()) {
                QStringList lines;
                for (const auto& other : limit.overrides)
                    lines << tr("%1 on %2, from %3", "%1 value of a limit, %2 listener, %3 policy").arg(limitWords(other.value), toQt(other.listener), toQt(other.origin));
                return lines.join(QLatin1Char('\n'));
            }
            if (index.column() == Value && !limit.source.empty()) return tr("From: %1", "%1 where a value is taken from").arg(toQt(limit.source));
            return {};
        case kSortRole:
            if (index.column() == Count) return static_cast<qulonglong>(limit.count);
            if (index.column() == Last) return limit.count > 0 ? toDateTime(limit.last).toMSecsSinceEpoch() : qint64{0};
            return text(limit, index.column());
        default: return {};
    }
}

QVariant LimitTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return int((isNumeric(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) {
        if (section == Count) return tr("How often the limit was enforced since the gateway started");
        if (section == Answer) return tr("A status, or what happens to the connection");
        return {};
    }
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Name: return tr("Limit", "column");
        case What: return tr("What it limits", "column");
        case Value: return tr("Value", "column");
        case Answer: return tr("What the client gets", "column");
        case Count: return tr("Times", "column: how often a limit was enforced");
        case Last: return tr("Last", "column: when a limit was enforced last");
        default: return {};
    }
}

}  // namespace gatehouse::ui
