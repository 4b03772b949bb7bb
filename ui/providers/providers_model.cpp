#include "providers/providers_model.h"

#include "models/format.h"
#include "theme/theme.h"
#include "widgets/data_table.h"

#include <algorithm>

namespace gatehouse::ui {

ProvidersModel::ProvidersModel(Theme& theme, QObject* parent) : QAbstractTableModel(parent), theme_(theme) {
    connect(&theme_, &Theme::changed, this, [this] {
        if (!rows_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
}

void ProvidersModel::setRows(std::vector<ProviderRow> rows) {
    const bool same = std::equal(rows.begin(), rows.end(), rows_.begin(), rows_.end(), [](const auto& a, const auto& b) { return a.key == b.key; });
    if (!same) beginResetModel();
    rows_ = std::move(rows);
    if (!same) endResetModel();
    else if (!rows_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void ProvidersModel::setCounters(const gateway::State& state) {
    countProviders(rows_, state);
    if (!rows_.empty()) emit dataChanged(index(0, Endpoints), index(rowCount() - 1, ColumnCount - 1));
}

const ProviderRow* ProvidersModel::at(int row) const {
    return row >= 0 && row < rowCount() ? &rows_[static_cast<std::size_t>(row)] : nullptr;
}

int ProvidersModel::rowOf(const config::ObjectKey& key) const {
    for (std::size_t i = 0; i < rows_.size(); ++i)
        if (rows_[i].key == key) return static_cast<int>(i);
    return -1;
}

int ProvidersModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }
int ProvidersModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant ProvidersModel::data(const QModelIndex& index, int role) const {
    const auto* row = at(index.row());
    if (!row) return {};
    const bool number = index.column() >= Endpoints;
    if (role == Qt::TextAlignmentRole && number) return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && index.column() == Name && !row->problem.isEmpty()) return row->problem;
    if (role == Qt::DecorationRole && index.column() == Name) {
        if (!row->problem.isEmpty() && row->severity == config::Severity::Error) return theme_.icon(QStringLiteral("error"), Token::Bad);
        if (!row->problem.isEmpty() && row->severity == config::Severity::Warning) return theme_.icon(QStringLiteral("warning"), Token::Warn);
        const char* icon = row->key.kind == "InferencePool" ? "pool" : row->key.kind == "Service" ? "service" : row->model.isEmpty() && row->keyRef.isEmpty() ? "backend" : "model";
        return theme_.icon(QLatin1String(icon), Token::Muted);
    }
    if (role == kFixedFontRole) return index.column() == Host;
    if (role == kStatusTokenRole) {
        if (index.column() == Endpoints && row->up < row->total) return static_cast<int>(row->up == 0 ? Token::Bad : Token::Warn);
        if (index.column() == Errors && row->errors > 0) return static_cast<int>(Token::Bad);
        return {};
    }
    if (role == kSortRole) {
        switch (index.column()) {
            case Endpoints: return row->total == 0 ? -1.0 : double(row->up) / row->total;
            case Requests: return row->requests;
            case Errors: return row->errors;
            case Tokens: return row->inputTokens + row->outputTokens;
            default: return data(index, Qt::DisplayRole);
        }
    }
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case Name: return row->name;
        case Type: return row->type;
        case Host: return row->host;
        case Model: return row->model.isEmpty() ? QStringLiteral("–") : row->model;
        case Key: return row->keyRef.isEmpty() ? QStringLiteral("–") : row->keyRef;
        case Endpoints: return tr("%1 / %2", "endpoints that are up, and all").arg(row->up).arg(row->total);
        case Requests: return row->counted ? formatCount(row->requests) : QStringLiteral("–");
        case Errors: return row->counted ? formatCount(row->errors) : QStringLiteral("–");
        case Tokens: return row->counted ? formatCount(row->inputTokens + row->outputTokens) : QStringLiteral("–");
        default: return {};
    }
}

QVariant ProvidersModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole && section >= Endpoints) return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Name: return tr("Name", "column of providers");
        case Type: return tr("Type", "column of providers");
        case Host: return tr("Host", "column of providers");
        case Model: return tr("Model", "column of providers");
        case Key: return tr("Key", "column of providers: which secret, never its value");
        case Endpoints: return tr("Up", "column of providers: endpoints that are up, of all");
        case Requests: return tr("Requests", "column of providers");
        case Errors: return tr("Errors", "column of providers");
        case Tokens: return tr("Tokens", "column of providers");
        default: return {};
    }
}

}  // namespace gatehouse::ui
